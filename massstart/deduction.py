"""What follows from a published sheet: how each skater ended, the order across the line, the points.

Decides which facts a sheet tells, prints or not, and lists what had to be assumed on the way. It judges
nothing: a sheet that contradicts itself is for `massstart.verification` to name.
"""

from collections.abc import Iterator
from itertools import groupby
from typing import Literal

from attrs import evolve, frozen

from massstart.order import Order
from massstart.scoring import award
from massstart.sheet import Sheet, SheetRow
from massstart.times import RaceTime
from massstart.words import count, listing

Ending = Literal["finished", "lapped", "unfinished", "disqualified", "absent"]

#: What the printed marks mean.
MARKS: dict[str, Ending] = {
    "DNF": "unfinished",
    "DQ": "disqualified",
    "DSQ": "disqualified",
    "LAP": "lapped",
    "DNS": "absent",
    "WDR": "absent",
}

#: No lap of 400 m is skated faster (assumed; the best laps ever raced at 500 and 1000 m take about 24 s). A lapped
#: skater has more than one lap to go when the winner finishes, so comes in at least this much later.
FASTEST_LAP_MS = 23_000


@frozen
class Fact:
    """What is known of one row of a sheet.

    Attributes:
        index: the row, from 0 on.
        label: how to name the skater.
        row: what was printed.
        ending: how the skater's race ended.
        laps: the laps completed, if known.
        cells: the points won in each sprint, the final sprint last; ``None`` where they are not known.
        counted: the points that count, if known: the sum of the printed cells rather than the printed total.
        line: the place across the line among those whose time is printed; ``None`` without a time.
    """

    index: int
    label: str
    row: SheetRow
    ending: Ending
    laps: int | None
    cells: tuple[int | None, ...]
    counted: int | None
    line: int | None = None

    @property
    def at_full_distance(self) -> bool:
        """Whether the skater crossed the finishing line."""
        return self.ending in ("finished", "lapped")

    @property
    def ranked(self) -> bool:
        """Whether the skater has a rank."""
        return self.ending not in ("disqualified", "absent")


@frozen
class Deduction:
    """The facts of a sheet, row by row, and what was assumed to get there.

    Attributes:
        facts: one for each row.
        assumed: sentences.
        line_known: whether the place across the line is known for everybody at full distance; not where a
            disqualified skater's place is kept open, for the sheet does not tell which.
    """

    facts: tuple[Fact, ...]
    assumed: tuple[str, ...]
    line_known: bool


def deduce(sheet: Sheet) -> Deduction:
    """Work out what a sheet tells."""
    assumed: list[str] = []
    facts = _places(_endings(sheet, assumed))
    kept_open = sheet.rulebook.disqualified_at_finish == "kept" and any(fact.ending == "disqualified" for fact in facts)
    timed = all(fact.line is not None for fact in facts if fact.at_full_distance)
    line_known = sheet.complete and timed and not kept_open
    if line_known:
        facts = _final_cells(sheet, facts)
    return Deduction(tuple(facts), tuple(assumed), line_known)


def could_be_lapped(sheet: Sheet, row: SheetRow) -> bool:
    """Whether the printed times leave room for the skater to have been lapped."""
    winner = _winning_time(sheet)
    if winner is None or row.time is None:
        return True
    return row.time.milliseconds - winner.milliseconds >= FASTEST_LAP_MS


def _winning_time(sheet: Sheet) -> RaceTime | None:
    times = [row.time for row in sheet.rows if row.rank == 1 and row.time and row.laps in (None, sheet.laps)]
    return times[0] if times else None


def _endings(sheet: Sheet, assumed: list[str]) -> list[Fact]:
    winner = _winning_time(sheet)
    facts: list[Fact] = []
    unprinted: list[str] = []
    for index, (row, skater) in enumerate(zip(sheet.rows, sheet.skaters, strict=True)):
        ending = MARKS.get((row.status or "").upper())
        laps = row.laps
        # Points of the final sprint, or any that count where the unfinished forfeit theirs, prove the full distance.
        proved = row.sprints[-1] > 0 if row.sprints is not None else bool(sheet.rulebook.forfeits and row.total)
        if row.status and ending is None:
            assumed.append(f"{skater.label}: the mark {row.status!r} is not known and was not used")
        if ending in (None, "lapped") and laps is not None and laps < sheet.laps:
            ending = "unfinished"
        elif ending is None and laps is None and winner and not proved and row.time and row.time.before(winner):
            ending = "unfinished"
            assumed.append(f"{skater.label}: unfinished, for {row.time} is shorter than the winner's {winner}")
        elif ending is None and laps is None:
            unprinted.append(skater.label)
        ending = ending or "finished"
        if ending in ("finished", "lapped"):
            laps = sheet.laps
        won = sum(row.sprints) if row.sprints is not None else None
        voided = sheet.rulebook.forfeits and ending == "finished" and row.total == 0 and bool(won)
        if voided and could_be_lapped(sheet, row):
            ending = "lapped"
            assumed.append(f"{skater.label}: lapped, for the total is 0 in spite of {count(won or 0, 'point')} won")
        forfeited = sheet.rulebook.forfeits and ending in ("lapped", "unfinished")
        counted = 0 if forfeited or ending in ("disqualified", "absent") else row.total if won is None else won
        cells = row.sprints if row.sprints is not None else (None,) * (len(sheet.rulebook.sprint_laps) + 1)
        facts.append(Fact(index, skater.label, row, ending, laps, cells, counted))
    if unprinted:
        names = listing(unprinted if len(unprinted) < 5 else [*unprinted[:3], f"{len(unprinted) - 3} others"])
        assumed.append(f"the full distance for those whose laps are not printed: {names}")
    return facts


def _places(facts: list[Fact]) -> list[Fact]:
    """The facts with the places across the line of those at full distance who have a time."""
    lines: dict[int, int] = {}
    for group in _crossings(facts):
        place = len(lines) + 1
        lines.update((fact.index, place) for fact in group)
    return [evolve(fact, line=lines.get(fact.index)) for fact in facts]


def _crossings(facts: list[Fact]) -> Iterator[list[Fact]]:
    timed = [fact for fact in facts if fact.at_full_distance and fact.row.time]
    timed.sort(key=_hundredths)
    for _, group in groupby(timed, key=_hundredths):
        level = list(group)
        exact = all(fact.row.time and fact.row.time.exact for fact in level)
        level.sort(key=_milliseconds if exact else _printed_order)
        for _, tied in groupby(level, key=_milliseconds if exact else _printed_order):
            yield list(tied)


def _hundredths(fact: Fact) -> int:
    return _milliseconds(fact) // 10


def _milliseconds(fact: Fact) -> int:
    return fact.row.time.milliseconds if fact.row.time else 0


def _printed_order(fact: Fact) -> tuple[int, int]:
    """Within one hundredth the sheet's own order is all there is: final-sprint points, then rank."""
    return -(fact.cells[-1] or 0), fact.row.rank or 0


def _final_cells(sheet: Sheet, facts: list[Fact]) -> list[Fact]:
    """The facts with the points of the final sprint, and what is left of a total, where no sprints are printed."""
    crossed = sorted((fact.line or 0, fact.index) for fact in facts if fact.at_full_distance)
    order = Order(tuple(index for _, index in crossed), tuple(line for line, _ in crossed))
    finals = dict(award(order, sheet.rulebook.final, sheet.rulebook.sprint_dead_heat))
    return [_with_final(fact, finals.get(fact.index, 0), forfeits=sheet.rulebook.forfeits) for fact in facts]


def _with_final(fact: Fact, final: int, *, forfeits: bool) -> Fact:
    if fact.row.sprints is not None or not fact.ranked:
        return fact
    width = len(fact.cells) - 1
    hidden = fact.counted is None or (forfeits and fact.ending != "finished")
    left = None if hidden else (fact.counted or 0) - final
    return evolve(fact, cells=((0,) * width if left == 0 else (None,) * width) + (final,))
