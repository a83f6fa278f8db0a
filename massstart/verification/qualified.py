"""The marks of those who go to the next round: do they stand at those whom the rule sends on?

Decides what a wrong mark is, in a semifinal and in Division B.
"""

from collections.abc import Iterable

from massstart.deduction import Line
from massstart.identity import word
from massstart.season.promotion import promoted
from massstart.verification.order import placed, settled_rank
from massstart.verification.report import Report


def check_qualified(report: Report) -> None:
    """The marks stand at those whom the rule sends on."""
    marked = [line for line in report.lines if line.printed.qualified is not None]
    division_b = word(report.sheet.round) == "division b"
    if report.sheet.advance is None and not division_b:
        for line in marked:
            # A decision of the Referee (q) asks for no rank.
            if line.printed.qualified != "q" or not line.row.is_ranked:
                message = f"{line.row.label} is marked, but nobody goes on from here"
                report.find("qualified", line, message, line.printed.qualified)
        report.unchecked["qualified"] = "nobody goes on from here"
        report.checked["qualified"] = len(marked)
        return
    if not marked:
        report.unchecked["qualified"] = "the sheet prints no marks"
        return
    if division_b:
        _check_promotion(report, marked)
        return
    best = report.sheet.advance or 0
    for line in report.lines:
        mark, rank = line.printed.qualified, settled_rank(report, line)
        if not line.row.is_ranked:
            due: tuple[str | None, ...] = (None,)
        elif rank is None:
            continue
        else:
            due = ("Q",) if rank <= best else (None, "q")
        report.checked["qualified"] += 1
        if mark not in due:
            report.find(
                "qualified",
                line,
                f"{line.row.label} is {placed(line, rank)}; the best {best} go on",
                mark or "no mark",
                due[0] or "no mark",
            )
    if report.checked["qualified"] < len(report.lines):
        report.unchecked["qualified"] = "not every rank is printed"


def _check_promotion(report: Report, marked: Iterable[Line]) -> None:
    """From Division B those whom `massstart.season.promotion` names start in Division A too (likely)."""
    if not report.prints_sprints or any(line.printed.rank is None for line in report.ranked):
        report.unchecked["qualified"] = "without ranks and sprint columns it is not known who starts in Division A too"
        return
    up = promoted(report.lines)
    for line in marked:
        report.checked["qualified"] += 1
        if line not in up:
            report.find(
                "qualified",
                line,
                f"{line.row.label} is not among those who start in Division A too",
                line.printed.qualified,
                "no mark",
            )
    report.unchecked["qualified"] = "a skater without the mark may have chosen not to start in Division A"
