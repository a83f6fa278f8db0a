"""Does a published sheet follow the rules?

Decides which checks a sheet goes through, and in which order their findings are listed.
"""

from massstart.deduction import deduce
from massstart.sheet import Sheet
from massstart.verification.findings import KINDS, Verification


def verify(sheet: Sheet) -> Verification:
    """Check a published sheet against its rulebook.

    A sheet that leaves facts out is consistent when some completion of them satisfies the rulebook; what had
    to be assumed is listed.

    Args:
        sheet: the sheet as printed.

    Returns:
        The findings, what was assumed, and what was and was not checked.

    Raises:
        TypeError: something else than a sheet.

    Example:
        >>> from massstart import Sheet, SheetRow, verify
        >>> rows = [SheetRow(rank=1, name="A", total=60, time="7:40.00"), SheetRow(rank=2, name="B", total=41, time="7:40.10")]
        >>> report = verify(Sheet(id="demo", rulebook="isu-2018", rows=rows))
        >>> print(report.findings[0])
        points-sum: the totals leave 1 point for the intermediate sprints, which hand out 15
    """
    if not isinstance(sheet, Sheet):
        raise TypeError(f"verify takes a Sheet, not {type(sheet).__name__}; rank scores a Race")
    # Loaded when a sheet is checked: whoever ranks races needs no tables of a season.
    from massstart.verification.checks import CHECKS
    from massstart.verification.report import Report

    report = Report(sheet, deduce(sheet))
    for check in CHECKS:
        check(report)
    return Verification(
        sheet,
        tuple(sorted(report.findings, key=lambda finding: (KINDS.index(finding.kind), finding.row or 0))),
        (*[one.message for one in report.deduction.assumed], *report.assumed),
        tuple((kind, report.checked[kind]) for kind in KINDS if report.checked[kind]),
        tuple((kind, report.unchecked[kind]) for kind in KINDS if kind in report.unchecked),
    )
