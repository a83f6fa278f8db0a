"""Strategies for published sheets: true ones with holes, and ones with a misprint.

Decides which columns may be missing, and which misprints can be proved. The races behind the sheets come from
`massstart.testing.strategies`.
"""

from collections.abc import Callable, Iterable
from itertools import pairwise
from typing import Any

from attrs import evolve, frozen
from hypothesis import strategies as st

from massstart.ranking import rank
from massstart.row import Row
from massstart.sheet import Sheet, SheetRow
from massstart.testing.strategies import Books, Draw, chosen_books, chosen_fates, drawn_races, numbers
from massstart.verification import FindingKind

#: The columns that a sheet may leave out.
COLUMNS = ("name", "bib", "laps", "sprints", "total", "time", "qualified")


@st.composite
def sheets(
    draw: Draw,
    *,
    rulebook: Books | None = None,
    min_size: int = 1,
    max_size: int = 24,
    dead_heats: bool = True,
    realistic: bool = False,
    holes: bool = True,
) -> Sheet:
    """Published sheets that follow the rules: what `massstart.rank` makes of a race, printed.

    Args:
        rulebook: a rulebook, the id of one, or a strategy; any unless given.
        min_size: the smallest number of rows, from 1 on.
        max_size: the largest.
        dead_heats: whether anyone may be tied across the line.
        realistic: as for `races`.
        holes: whether columns may be missing.
    """
    book = draw(chosen_books(rulebook))
    race = draw(
        drawn_races(
            book=st.just(book),
            ids=numbers(min_size=max(min_size, 1), max_size=max_size).map(list),
            fates=chosen_fates(lapped=True, unfinished=True, disqualified=True, did_not_start=False),
            dead_heats=dead_heats,
            own_distance=True,
            full_sprints=True,
            realistic=realistic,
            orderly=True,
        )
    )
    missing = draw(st.sets(st.sampled_from(COLUMNS))) if holes else set()
    return Sheet(
        id=race.id or "sheet",
        # A sheet has no sprint laps of its own, so those of the race go into its rulebook.
        rulebook=evolve(book, laps=race.laps, sprint_laps=race.sprint_laps),
        laps=race.laps,
        advance=race.advance,
        starters=len(race.starters),
        rows=[evolve(_printed(row, race.advance), **dict.fromkeys(missing)) for row in rank(race)],
        date=race.date,
        sources=race.sources,
    )


_MARKS = {"finished": None, "lapped": "LAP", "unfinished": "DNF", "disqualified": "DQ"}


def _printed(row: Row, advance: int | None) -> SheetRow:
    return SheetRow(
        rank=row.rank,
        bib=str(row.id),
        name=row.name,
        nation=row.nation,
        laps=row.laps,
        sprints=tuple(cell or 0 for cell in row.sprints),
        total=row.total,
        time=row.time,
        mark=_MARKS[row.status],
        # Where nobody goes on, a sheet has no marks.
        qualified=row.qualified if advance else None,
    )


@frozen
class TamperedSheet:
    """A published sheet with one misprint.

    Attributes:
        sheet: the sheet, misprint included.
        original: the sheet before.
        change: what was changed, in a sentence.
        kind: the kind of finding that `massstart.verify` must report, maybe among others.
    """

    sheet: Sheet
    original: Sheet
    change: str
    kind: FindingKind


@st.composite
def tampered_sheets(
    draw: Draw,
    *,
    rulebook: Books | None = None,
    min_size: int = 1,
    max_size: int = 24,
    realistic: bool = False,
) -> TamperedSheet:
    """Published sheets without holes, each with one misprint that can be proved to be one.

    Args:
        rulebook: a rulebook, the id of one, or a strategy; any unless given.
        min_size: the smallest number of rows.
        max_size: the largest.
        realistic: as for `races`.
    """
    sheet = draw(sheets(rulebook=rulebook, min_size=min_size, max_size=max_size, realistic=realistic, holes=False))
    return draw(st.sampled_from([made for tamper in _TAMPERINGS for made in tamper(sheet)]))


def _tampered(sheet: Sheet, change: str, kind: FindingKind, rows: dict[int, dict[str, Any]]) -> TamperedSheet:
    changed = tuple(evolve(row, **rows.get(index, {})) for index, row in enumerate(sheet.rows))
    return TamperedSheet(evolve(sheet, rows=changed), sheet, change, kind)


def _wrong_totals(sheet: Sheet) -> Iterable[TamperedSheet]:
    for index, row in enumerate(sheet.rows):
        total = row.total or 0
        forfeited = sheet.rulebook.forfeits and row.mark in ("LAP", "DNF")
        kind: FindingKind = "forfeit" if forfeited else "total"
        yield _tampered(sheet, f"one point more in the total of row {index + 1}", kind, {index: {"total": total + 1}})


def _too_many_points(sheet: Sheet) -> Iterable[TamperedSheet]:
    best = max(*sheet.rulebook.intermediate, *sheet.rulebook.final)
    for index, row in enumerate(sheet.rows):
        cells = row.sprints or ()
        if row.mark != "DQ":
            change = {"sprints": (*cells[:-1], best + 1)}
            yield _tampered(
                sheet, f"{best + 1} points of the final sprint in row {index + 1}", "sprint-award", {index: change}
            )


def _exchanged_ranks(sheet: Sheet) -> Iterable[TamperedSheet]:
    ranked = [(index, row) for index, row in enumerate(sheet.rows) if row.rank is not None]
    for (one, upper), (other, lower) in pairwise(ranked):
        settled = (upper.laps, upper.total) != (lower.laps, lower.total) or upper.laps == sheet.laps
        if upper.rank != lower.rank and settled:
            change = {one: {"rank": lower.rank}, other: {"rank": upper.rank}}
            yield _tampered(sheet, f"the ranks of rows {one + 1} and {other + 1} are exchanged", "rank", change)


def _wrong_marks(sheet: Sheet) -> Iterable[TamperedSheet]:
    marked = sum(row.qualified is not None for row in sheet.rows)
    for index, row in enumerate(sheet.rows):
        if row.qualified is None:
            yield _tampered(sheet, f"Q in row {index + 1}", "qualified", {index: {"qualified": "Q"}})
        elif row.qualified == "Q" and marked > 1:
            yield _tampered(sheet, f"no Q in row {index + 1}", "qualified", {index: {"qualified": None}})


def _wrong_field(sheet: Sheet) -> Iterable[TamperedSheet]:
    more = evolve(sheet, starters=len(sheet.rows) + 1)
    yield TamperedSheet(more, sheet, "one starter more than rows", "field")
    for index in range(1, len(sheet.rows)):
        change = {index: {"bib": sheet.rows[0].bib}}
        yield _tampered(sheet, f"row {index + 1} has the number of row 1", "field", change)


_TAMPERINGS: tuple[Callable[[Sheet], Iterable[TamperedSheet]], ...] = (
    _wrong_totals,
    _too_many_points,
    _exchanged_ranks,
    _wrong_marks,
    _wrong_field,
)
