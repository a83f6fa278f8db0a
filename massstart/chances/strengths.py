"""How strong skaters are: the numbers that a model takes.

Decides what a strength means, and whose strength a starter has.
"""

from collections.abc import Iterator, Sequence
from math import isfinite
from typing import Any

from attrs import asdict, field, frozen

from massstart.identity import nation, same_name
from massstart.problems import InvalidRecord, Problem
from massstart.records import Starter, to_tuple
from massstart.tabular import Tabular


@frozen(kw_only=True)
class Strength:
    """How strong a skater is. Of two skaters whose strengths differ by d, the stronger is ahead with the chance 1 / (1 + exp(-d)).

    Attributes:
        id, name, nation: the skater; whoever has no id is found by name and nation.
        finish: the strength across the line; 0 is the average.
        sprint: the strength in an intermediate sprint.
        races: how many races are behind the numbers; 0 where they were given.
    """

    id: Any = None
    name: str | None = None
    nation: str | None = None
    finish: float = 0.0
    sprint: float = 0.0
    races: int = 0

    @property
    def label(self) -> str:
        """The name, or the id where there is no name."""
        return self.name or str(self.id)


@frozen(kw_only=True)
class Strengths(Tabular):
    """The strengths of some skaters. Whoever is not among them is average, which is assumed.

    Attributes:
        rows: the strengths.
        fall: the chance that a skater does not finish a race, from 0 to 1.
        lapped: the chance that a skater who finishes is lapped.
        source: where the numbers come from.

    Raises:
        InvalidRecord: chances or strengths that cannot be, or a skater who stands twice.

    Example:
        >>> from massstart.simulation import Strength, Strengths
        >>> Strengths(rows=[Strength(id="a", finish=1.5), Strength(name="Sven Kramer", nation="NED", sprint=1.0)]).rows[1].finish
        0.0
    """

    rows: tuple[Strength, ...] = field(default=(), converter=to_tuple)
    fall: float = 0.0
    lapped: float = 0.0
    source: str = "given strengths"

    def __attrs_post_init__(self) -> None:
        problems = [
            Problem("chance", name, f"{value!r} is not a chance", "give one from 0 to 1")
            for name, value in (("fall", self.fall), ("lapped", self.lapped))
            if not (is_number(value) and 0 <= value <= 1)
        ]
        problems += _wrong_rows(self.rows)
        for index, row in enumerate(() if any(problem.kind == "type" for problem in problems) else self.rows):
            problems += [
                Problem(
                    "strength", f"rows[{index}].{name}", f"{value!r} is not a strength", "give a number, 0 for average"
                )
                for name, value in (("finish", row.finish), ("sprint", row.sprint))
                if not (is_number(value) and abs(value) <= _MOST)
            ]
            if row.id is None and row.name is None:
                problems.append(Problem("missing-fact", f"rows[{index}]", "names nobody", "give an id or a name"))
            if any(_is_one(row, other) for other in self.rows[:index]):
                problems.append(
                    Problem("repeated-skater", f"rows[{index}]", f"{row.label} stands here a second time", "keep one")
                )
        if problems:
            raise InvalidRecord(problems)

    def of(self, starter: Starter) -> Strength | None:
        """The strength of a starter, by id, else by name and nation; ``None`` where none is known."""
        by_id = [row for row in self.rows if row.id is not None and row.id == starter.id]
        by_name = [
            row
            for row in self.rows
            if row.id is None and same_name(row.name, starter.name) and _fit(row.nation, starter.nation)
        ]
        return next(iter(by_id + by_name), None)

    def unknown(self, starters: Sequence[Starter]) -> tuple[Problem, ...]:
        """A warning for all those of whom nothing is known."""
        names = [starter.label for starter in starters if self.of(starter) is None]
        if not names:
            return ()
        shown = (
            f"{', '.join(names[:_NAMED])} and {len(names) - _NAMED} more" if len(names) > _NAMED else ", ".join(names)
        )
        wrong = f"no strength is known of {shown}: taken for average (assumed)"
        return (Problem("unknown-strength", "strengths", wrong, "give strengths, or sheets that name them"),)

    def _title(self) -> str:
        return "Strengths"

    def to_rows(self) -> list[dict[str, Any]]:
        """The strengths as flat dicts, for pandas, polars or csv; all have the same keys."""
        return [asdict(row) for row in self.rows]


#: How many skaters a warning names before it counts the rest.
_NAMED = 5

#: The largest strength: such a skater loses to an average one once in 10**21 races.
_MOST = 50.0


def _wrong_rows(rows: object) -> Iterator[Problem]:
    if not isinstance(rows, tuple):
        yield Problem("type", "rows", f"{rows!r} is not a list of strengths", "give a list of Strength")
        return
    for index, row in enumerate(rows):
        if not isinstance(row, Strength):
            yield Problem("type", f"rows[{index}]", f"{row!r} is not a strength", "give a Strength")


def is_number(value: object) -> bool:
    """Whether a value is a finite number; ``True`` is not."""
    try:
        return isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)
    except OverflowError:  # a whole number of 309 digits or more
        return False


def _fit(one: str | None, other: str | None) -> bool:
    return not (nation(one) and nation(other)) or nation(one) == nation(other)


def _is_one(row: Strength, other: Strength) -> bool:
    if row.id is not None or other.id is not None:
        return bool(row.id == other.id)
    return same_name(row.name, other.name) and _fit(row.nation, other.nation)
