"""A published result: what stands on a result sheet, holes and misprints included.

Decides only what can stand on a sheet at all. What follows from it is worked out in
`massstart.deduction`; whether it obeys the rules, in `massstart.verification`.
"""

from collections.abc import Iterator
from itertools import chain, count
from typing import Any

from attrs import Factory, field, frozen

from massstart.problems import InvalidRecord, Problem
from massstart.records import Starter, to_rulebook, to_time, to_tuple
from massstart.rulebook import Rulebook, check_distance, is_count
from massstart.rulebooks import ids as rulebook_ids
from massstart.times import RaceTime, flat_time


@frozen(kw_only=True)
class SheetRow:
    """One printed line. ``None`` is what was not printed.

    Attributes:
        rank: the printed rank.
        bib: the number worn.
        name, nation: as printed.
        laps: laps completed.
        sprints: points per sprint, the final sprint last; ``None`` if the sheet has no such columns.
        total: printed total.
        time: race time, or the time of the last crossing.
        status: as printed: ``DNF``, ``DQ``, ``LAP``, …
        qualified: the printed mark, ``Q`` or ``q``.
        world_cup_points: printed World Cup points.
        world_cup_replaced: whether they replace those of another division on the day, printed ``(N)``.
    """

    rank: int | None = None
    bib: str | None = None
    name: str | None = None
    nation: str | None = None
    laps: int | None = None
    sprints: tuple[int, ...] | None = field(default=None, converter=to_tuple)
    total: int | None = None
    time: RaceTime | None = field(default=None, converter=to_time)
    status: str | None = None
    qualified: str | None = None
    world_cup_points: int | None = None
    world_cup_replaced: bool | None = None


def _laps(sheet: Any) -> Any:
    return sheet.rulebook.laps if isinstance(sheet.rulebook, Rulebook) else None


@frozen(kw_only=True)
class Sheet:
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
    laps: int = Factory(_laps, takes_self=True)
    advance: int | None = None
    complete: bool = True
    starters: int | None = None
    competition: str | None = None
    date: str | None = None
    event: str | None = None
    round: str | None = None
    sources: tuple[str, ...] = field(default=(), converter=to_tuple)

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

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """None: what is doubtful about a sheet is for `massstart.verify` to find."""
        return ()

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
            {"rank": row.rank, "bib": row.bib, "name": row.name, "nation": row.nation, "laps": row.laps}
            | {f"S{number}": points for number, points in enumerate(row.sprints or unprinted, 1)}
            | {"total": row.total}
            | flat_time(row.time)
            | {"status": row.status, "qualified": row.qualified}
            | {"world_cup_points": row.world_cup_points, "world_cup_replaced": row.world_cup_replaced}
            for row in self.rows
        ]


def _check_sheet(sheet: Sheet) -> Iterator[Problem]:
    for name in ("id", "competition", "date", "event", "round"):
        value = getattr(sheet, name)
        if not isinstance(value, str) and (name == "id" or value is not None):
            yield Problem("type", name, f"{value!r} is no text", "write text")
    for name in ("advance", "starters"):
        value = getattr(sheet, name)
        if value is not None and not is_count(value, 1):
            yield Problem("type", name, f"{value!r} is no number of skaters", "give one from 1 on, or none")
    if not isinstance(sheet.rows, tuple) or not all(isinstance(row, SheetRow) for row in sheet.rows):
        yield Problem("type", "rows", "are no rows of a sheet", "list the printed rows")
        return
    if not sheet.rows:
        yield Problem("empty", "rows", "the sheet has no rows", "list the printed rows")
    for index, row in enumerate(sheet.rows):
        for place, problem in _check_row(row):
            yield Problem(problem.kind, f"rows[{index}].{place}", problem.message, problem.remedy)
    if not isinstance(sheet.rulebook, Rulebook):
        choice = ", ".join(rulebook_ids())
        yield Problem(
            "unknown-rulebook", "rulebook", f"{sheet.rulebook!r} is no rulebook", f"choose {choice}, or define one"
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
    for name, least in (("rank", 1), ("laps", 0), ("total", 0), ("world_cup_points", 0)):
        value = getattr(row, name)
        if value is not None and not is_count(value, least):
            yield (
                name,
                Problem("type", "", f"{value!r} is no such number", f"give a whole number from {least} on, or none"),
            )
    for name in ("bib", "name", "nation", "status", "qualified"):
        value = getattr(row, name)
        if value is not None and not isinstance(value, str):
            yield name, Problem("type", "", f"{value!r} is no text", "write text, or leave it out")
    if row.sprints is not None and not (isinstance(row.sprints, tuple) and all(is_count(cell) for cell in row.sprints)):
        yield "sprints", Problem("type", "", f"{row.sprints!r} are no points", "give whole numbers from 0 on")
    if row.time is not None and not isinstance(row.time, RaceTime):
        yield "time", Problem("time", "", f"{row.time!r} is no time", "write M:SS.cc or M:SS.mmm, such as 7:58.22")
