"""A published result: what stands on a result sheet, holes and misprints included.

Decides only what can stand on a sheet at all. What follows from it is worked out in
`massstart.deduction`; whether it obeys the rules, in `massstart.verification.checks`.
"""

from collections.abc import Iterator, Sequence
from itertools import chain, count
from typing import Any

from attrs import Factory, field, frozen

from massstart.problems import InvalidRecord, Problem
from massstart.records import (
    Starter,
    check_day,
    to_day,
    to_distance,
    to_laps,
    to_number,
    to_rulebook,
    to_time,
    to_tuple,
)
from massstart.rulebook import Rulebook, check_distance
from massstart.rulebooks import ids as rulebook_ids
from massstart.tabular import Tabular, flat_time
from massstart.times import RaceTime
from massstart.values import is_count


def _to_points(value: Sequence[int] | None) -> tuple[int, ...] | None:
    return None if value is None else to_laps(value)


@frozen(kw_only=True)
class SheetRow:
    """One printed line. ``None`` is what was not printed.

    Attributes:
        rank: the printed rank.
        start: the start number: the place in the start list.
        bib: the number worn.
        name, nation: as printed.
        laps: laps completed.
        sprints: points per sprint, the final sprint last; ``None`` if the sheet has no such columns.
        total: printed total.
        time: race time, or the time of the last crossing.
        mark: how the race ended, as printed: ``DNF``, ``DQ``, ``LAP``, …
        qualified: the printed mark, ``Q`` or ``q``.
        world_cup_points: printed World Cup points.
        world_cup_replaced: whether they replace those of another division on the day, printed ``(N)``.
    """

    rank: int | None = field(default=None, converter=to_number)
    start: int | None = field(default=None, converter=to_number)
    bib: str | None = None
    name: str | None = None
    nation: str | None = None
    laps: int | None = field(default=None, converter=to_number)
    sprints: tuple[int, ...] | None = field(default=None, converter=_to_points)
    total: int | None = field(default=None, converter=to_number)
    time: RaceTime | None = field(default=None, converter=to_time)
    mark: str | None = None
    qualified: str | None = None
    world_cup_points: int | None = field(default=None, converter=to_number)
    world_cup_replaced: bool | None = None


def _laps(sheet: Any) -> Any:
    return sheet.rulebook.laps if isinstance(sheet.rulebook, Rulebook) else None


@frozen(kw_only=True)
class Sheet(Tabular):
    """A published result sheet.

    Attributes:
        id: a name for the sheet.
        rulebook: the `Rulebook` in force, or the id of one.
        rows: the printed lines, in their order.
        laps: the distance; the rulebook's unless given.
        advance: how many go to the next round; ``None`` where there is none.
        complete: whether every skater who started has a row.
        starters: how many started, if printed.
        competition, date, event, round, sources: free text that is carried along.
        warnings: what a reader left out or assumed. What is doubtful about the sheet itself is for
            `massstart.verify` to find. They are no part of the sheet: two sheets can be equal without them.

    Raises:
        InvalidRecord: with everything that cannot stand on a sheet.

    Example:
        >>> from massstart import Sheet, SheetRow
        >>> sheet = Sheet(id="demo", rulebook="isu-2018", rows=[SheetRow(rank=1, name="A", total=60)])
        >>> sheet.rows[0].total
        60
    """

    id: str
    rulebook: Rulebook = field(converter=to_rulebook)
    rows: tuple[SheetRow, ...] = field(converter=to_tuple)
    laps: int = field(default=Factory(_laps, takes_self=True), converter=to_distance)
    advance: int | None = field(default=None, converter=to_number)
    complete: bool = True
    starters: int | None = field(default=None, converter=to_number)
    competition: str | None = None
    date: str | None = field(default=None, converter=to_day)
    event: str | None = None
    round: str | None = None
    sources: tuple[str, ...] = field(default=(), converter=to_tuple)
    warnings: tuple[Problem, ...] = field(default=(), converter=to_tuple, eq=False)

    def __attrs_post_init__(self) -> None:
        problems = list(_check_sheet(self))
        if problems:
            raise InvalidRecord(problems)

    @property
    def skaters(self) -> tuple[Starter, ...]:
        """The skaters row by row. The id is the bib, else the name, else ``row 4``, whichever is unambiguous."""
        skaters: list[Starter] = []
        taken: set[str] = set()
        for number, row in enumerate(self.rows, 1):
            printed = (name for name in (row.bib, row.name) if name is not None)
            unprinted = (f"row {number}{'*' * marks}" for marks in count())
            id = next(name for name in chain(printed, unprinted) if name not in taken)
            taken.add(id)
            skaters.append(Starter(id, row.name, row.nation))
        return tuple(skaters)

    def _title(self) -> str:
        return f"Sheet {self.id}"

    def to_rows(self) -> list[dict[str, Any]]:
        """The rows as flat dicts, for pandas, polars or csv; every dict has the same keys.

        The sprints are ``S1``, ``S2`` and so on, the final sprint last. The time stands there twice: as text, and as
        ``seconds``. What was not printed is ``None``.

        Example:
            >>> from massstart import load
            >>> row = load("wc-2025-26-2-men-division-a").to_rows()[4]
            >>> row["name"], row["S4"], row["time"], row["seconds"]
            ('Gabriel ODOR', 6, '7:42.976', 462.976)
        """
        unprinted = [None] * (len(self.rulebook.sprint_laps) + 1)
        return [
            {
                "rank": row.rank,
                "start": row.start,
                "bib": row.bib,
                "name": row.name,
                "nation": row.nation,
                "laps": row.laps,
            }
            | {f"S{number}": points for number, points in enumerate(row.sprints or unprinted, 1)}
            | {"total": row.total}
            | flat_time(row.time)
            | {"mark": row.mark, "qualified": row.qualified}
            | {"world_cup_points": row.world_cup_points, "world_cup_replaced": row.world_cup_replaced}
            for row in self.rows
        ]


def _check_sheet(sheet: Sheet) -> Iterator[Problem]:
    for name in ("id", "competition", "date", "event", "round"):
        value = getattr(sheet, name)
        if not isinstance(value, str) and (name == "id" or value is not None):
            yield Problem("type", name, f"{value!r} is not text", "write text")
    yield from check_day(sheet.date)
    for name in ("advance", "starters"):
        value = getattr(sheet, name)
        if value is not None and not is_count(value, 1):
            yield Problem("type", name, f"{value!r} is not a number of skaters", "give one from 1 on, or none")
    if not isinstance(sheet.rows, tuple) or not all(isinstance(row, SheetRow) for row in sheet.rows):
        yield Problem("type", "rows", "are not rows of a sheet", "list the printed rows")
        return
    if not sheet.rows:
        yield Problem("empty", "rows", "the sheet has no rows", "list the printed rows")
    for index, row in enumerate(sheet.rows):
        for place, problem in _check_row(row):
            yield Problem(problem.kind, f"rows[{index}].{place}", problem.message, problem.remedy)
    if not isinstance(sheet.rulebook, Rulebook):
        choice = ", ".join(rulebook_ids())
        yield Problem(
            "unknown-rulebook", "rulebook", f"{sheet.rulebook!r} is not a rulebook", f"choose {choice}, or define one"
        )
        return
    yield from check_distance(sheet.laps, ())
    columns = len(sheet.rulebook.sprint_laps) + 1
    for index, row in enumerate(sheet.rows):
        if isinstance(row.sprints, tuple) and len(row.sprints) != columns:
            yield Problem(
                "sprint-columns", f"rows[{index}].sprints", f"{len(row.sprints)} columns; {sheet.rulebook.id} has {columns}",
                "give every sprint's points, the final sprint last",
            )  # fmt: skip


def _check_row(row: SheetRow) -> Iterator[tuple[str, Problem]]:
    for name, least in (("rank", 1), ("start", 1), ("laps", 0), ("total", 0), ("world_cup_points", 0)):
        value = getattr(row, name)
        if value is not None and not is_count(value, least):
            yield (
                name,
                Problem("type", "", f"{value!r} is not such a number", f"give a whole number from {least} on, or none"),
            )
    for name in ("bib", "name", "nation", "mark", "qualified"):
        value = getattr(row, name)
        if value is not None and not isinstance(value, str):
            yield name, Problem("type", "", f"{value!r} is not text", "write text, or leave it out")
    if row.sprints is not None and not (isinstance(row.sprints, tuple) and all(is_count(cell) for cell in row.sprints)):
        yield "sprints", Problem("type", "", f"{row.sprints!r} are not points", "give whole numbers from 0 on")
    if row.time is not None and not isinstance(row.time, RaceTime):
        yield "time", Problem("time", "", f"{row.time!r} is not a time", "write M:SS.cc or M:SS.mmm, such as 7:58.22")
