"""What came of checking a sheet: the findings, and what was and was not checked.

Decides what a finding tells, and when a sheet is consistent.
"""

from typing import Any, Literal, get_args

from attrs import asdict, frozen

from massstart.sheet import Sheet
from massstart.tabular import Tabular
from massstart.words import count

#: The kinds of findings. Kinds are API; a release may add some.
FindingKind = Literal[
    "rank", "total", "sprint-award", "final-sprint", "points-sum", "forfeit", "qualified", "world-cup-points", "field"
]

#: In the order in which findings are listed.
KINDS: tuple[FindingKind, ...] = get_args(FindingKind)


@frozen
class Finding:
    """Something printed that the rules do not give.

    Attributes:
        kind: ``rank``, ``total``, ``sprint-award``, ``final-sprint``, ``points-sum``, ``forfeit``,
            ``qualified``, ``world-cup-points`` or ``field``.
        row: the row on the sheet, from 1 on; ``None`` for the sheet as a whole.
        message: what is wrong.
        printed: what stands there.
        expected: what should.
        column: where in the row it stands: ``total``, ``sprints[1]`` or another field of a `SheetRow`. With no row,
            the whole column; ``None`` for the sheet as a whole.
    """

    kind: FindingKind
    row: int | None
    message: str
    printed: str | None = None
    expected: str | None = None
    column: str | None = None

    def __str__(self) -> str:
        place = "" if self.row is None else f"row {self.row}: "
        return f"{self.kind}: {place}{self.message}"


@frozen
class Verification(Tabular):
    """What came of checking a sheet.

    Attributes:
        sheet: the sheet; its id alone where the verification was read from a file.
        findings: what contradicts the rules, by kind and row; none means that the sheet is consistent.
        assumed: what had to be assumed to fill the holes of the sheet.
        checked: by kind, how many rows (of ``sprint-award``: how many columns) were checked.
        unchecked: by kind, why it could not be checked, or not everywhere.
    """

    sheet: Sheet | str
    findings: tuple[Finding, ...]
    assumed: tuple[str, ...]
    checked: tuple[tuple[FindingKind, int], ...]
    unchecked: tuple[tuple[FindingKind, str], ...]

    def to_rows(self) -> list[dict[str, Any]]:
        """The findings as flat dicts, for pandas, polars or csv; none of a sheet that is consistent."""
        return [asdict(finding) for finding in self.findings]

    def _title(self) -> str:
        return f"{self.sheet_id}: {'consistent' if self.consistent else count(len(self.findings), 'finding')}"

    def _remarks(self) -> list[str]:
        return [
            *(f"assumed: {one}" for one in self.assumed),
            *(f"not checked: {kind}: {why}" for kind, why in self.unchecked),
        ]

    @property
    def sheet_id(self) -> str:
        """The id of the sheet."""
        return self.sheet if isinstance(self.sheet, str) else self.sheet.id

    @property
    def consistent(self) -> bool:
        """Whether nothing was found."""
        return not self.findings
