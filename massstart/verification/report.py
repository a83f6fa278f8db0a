"""A verification in the making: the facts of a sheet, and what the checks say of them.

Decides in which column a finding stands.
"""

from collections import Counter

from attrs import Factory, define

from massstart.deduction import Deduction, Line
from massstart.rulebook import Rulebook
from massstart.sheet import Sheet
from massstart.verification.findings import Finding, FindingKind

#: The column that findings of a kind stand in, where the finding itself does not tell another.
_COLUMNS: dict[FindingKind, str] = {
    "rank": "rank",
    "total": "total",
    "points-sum": "total",
    "forfeit": "total",
    "qualified": "qualified",
    "world-cup-points": "world_cup_points",
}


@define
class Report:
    """A verification in the making."""

    sheet: Sheet
    deduction: Deduction
    findings: list[Finding] = Factory(list)
    assumed: list[str] = Factory(list)
    checked: Counter[FindingKind] = Factory(Counter)
    unchecked: dict[FindingKind, str] = Factory(dict)

    @property
    def lines(self) -> tuple[Line, ...]:
        """All rows."""
        return self.deduction.lines

    @property
    def ranked(self) -> list[Line]:
        """The rows of skaters who have a rank."""
        return self.deduction.ranked

    @property
    def at_full_distance(self) -> list[Line]:
        """The rows of skaters who crossed the finishing line."""
        return self.deduction.at_full_distance

    @property
    def prints_sprints(self) -> bool:
        """Whether every row has its sprint columns."""
        return all(line.printed.sprints is not None for line in self.ranked)

    @property
    def places_kept_open(self) -> bool:
        """Whether somebody disqualified may hold a place in a sprint that the rulebook then keeps open."""
        policies = (self.book().disqualified_in_sprint, self.book().disqualified_at_finish)
        return "kept" in policies and any(line.row.status == "disqualified" for line in self.lines)

    def find(
        self,
        kind: FindingKind,
        line: Line | None,
        message: str,
        printed: object = None,
        expected: object = None,
        column: str | None = None,
    ) -> None:
        """Note a finding; in the column of its kind, unless another is given."""
        row = None if line is None else line.index + 1
        self.findings.append(
            Finding(
                kind,
                row,
                message,
                None if printed is None else str(printed),
                None if expected is None else str(expected),
                column or _COLUMNS.get(kind),
            )
        )

    def book(self) -> Rulebook:
        """The rulebook in force."""
        return self.sheet.rulebook
