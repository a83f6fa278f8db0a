"""What follows from a published sheet: how each skater ended, the order across the line, the points.

Decides which facts a sheet tells, prints or not, and lists what had to be assumed on the way; and whether they settle
the order. It judges nothing: a sheet that contradicts itself is for `massstart.verification.checks` to name.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Protocol

from attrs import evolve, frozen

from massstart.marks import status_of
from massstart.order import Order
from massstart.problems import Problem
from massstart.row import Qualified, Row, Status
from massstart.scoring import award
from massstart.sheet import Sheet, SheetRow
from massstart.times import RaceTime
from massstart.words import count, listing

#: No lap of 400 m is skated faster (assumed; the best laps ever raced at 500 and 1000 m take about 24 s). A lapped
#: skater has more than one lap to go when the winner finishes, so comes in at least this much later.
FASTEST_LAP_MS = 23_000

#: The kind of the assumption that whoever has no laps printed, and nothing else against it, finished.
FULL_DISTANCE = "full-distance"


@frozen
class Line:
    """A printed line, and what follows from it.

    Attributes:
        index: the line, from 0 on.
        printed: what was printed.
        row: what is known of the skater. The rank is the printed one, and so is the mark for the next round; the
            points that count are the sum of the printed sprints rather than the printed total; the place across the
            line is that among those whose time is printed.
    """

    index: int
    printed: SheetRow
    row: Row


@frozen
class Deduction:
    """What a sheet tells, line by line, and what was assumed to get there.

    Attributes:
        lines: in the order of the sheet.
        assumed: each with its place on the sheet and the fact that would settle it; of kind ``assumed``, or
            `FULL_DISTANCE` for all whose laps are not printed and who are taken to have finished.
        finish_known: whether the place across the line is known for everybody at full distance; not where a
            disqualified skater's place is kept open, for the sheet does not tell which.
    """

    lines: tuple[Line, ...]
    assumed: tuple[Problem, ...]
    finish_known: bool

    @property
    def ranked(self) -> list[Line]:
        """The lines of skaters who have a rank, known or not."""
        return [line for line in self.lines if line.row.is_ranked]

    @property
    def at_full_distance(self) -> list[Line]:
        """The lines of skaters who crossed the finishing line."""
        return [line for line in self.lines if line.row.at_full_distance]


def deduce(sheet: Sheet) -> Deduction:
    """Work out what a sheet tells.

    Example:
        >>> from massstart import load
        >>> from massstart.deduction import deduce
        >>> deduce(load("beijing-2022-men-semifinal-1")).lines[6].row.sprints
        (0, 3, 0, 0)
    """
    assumed: list[Problem] = []
    lines = _with_places(_lines(sheet, assumed))
    has_disqualified = any(line.row.status == "disqualified" for line in lines)
    kept_open = sheet.rulebook.disqualified_at_finish == "kept" and has_disqualified
    timed = all(line.row.finish is not None for line in lines if line.row.at_full_distance)
    finish_known = sheet.complete and timed and not kept_open
    if finish_known:
        lines = _with_final_points(sheet, lines)
    return Deduction(tuple(lines), tuple(assumed), finish_known)


class Doubtful(Protocol):
    """Whatever says what is doubtful about it: a race, a sheet, a result."""

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """What is doubtful."""


def warnings_of(record: Doubtful) -> tuple[Problem, ...]:
    """What is doubtful about the ranking of a record.

    Of a sheet that is also what had to be assumed, and the printed totals that cannot be right.

    Example:
        >>> from massstart import Sheet, SheetRow
        >>> from massstart.deduction import warnings_of
        >>> rows = [SheetRow(rank=1, name="A", time="7:40.00"), SheetRow(rank=2, name="B", time="4:49.19")]
        >>> [warning.message for warning in warnings_of(Sheet(id="demo", rulebook="isu-2018", rows=rows))]
        ['B: unfinished, for 4:49.19 is shorter than 16 laps can be skated in']
    """
    if not isinstance(record, Sheet):
        return record.warnings
    # Hardly any sheet prints the laps of those who finished: that they did is no doubt worth a warning.
    deduction = deduce(record)
    assumed = (one for one in deduction.assumed if one.kind != FULL_DISTANCE)
    return (*record.warnings, *assumed, *_doubtful_totals(deduction.lines))


def _doubtful_totals(lines: Iterable[Line]) -> Iterator[Problem]:
    """The printed totals that cannot be right by the sprints, by how the skater ended, or by the times."""
    for line in lines:
        row, printed = line.row, line.printed.total
        if printed is None:
            continue
        where = f"rows[{line.index}].total"
        final = row.sprints[-1] or 0
        if row.total != printed:
            counted = f"{row.label}: {count(row.total or 0, 'point')} counted, and {printed} printed as the total"
            yield Problem("total", where, counted, "correct the sprints, the total or the mark, whichever is wrong")
        elif row.status == "finished" and printed < final:
            won = f"{row.label}: {count(printed, 'point')} printed, and {final} won in the final sprint by the times"
            yield Problem("total", where, won, "correct the total or the time, whichever is wrong")


def missing_facts(sheet: Sheet, deduction: Deduction) -> Iterator[Problem]:
    """The facts that a sheet would need besides to settle the order."""
    if not sheet.complete:
        yield Problem("missing-fact", "rows", "rows are missing from the sheet", "add a row for everyone who started")
    unfinished = sum(line.row.status == "unfinished" for line in deduction.lines)
    level = Counter(line.row.total for line in deduction.at_full_distance)
    for line in deduction.ranked:
        where, row = f"rows[{line.index}]", line.row
        if row.total is None:
            yield Problem(
                "missing-fact", f"{where}.total", f"the points of {row.label} are not printed", "add the total"
            )
        elif row.at_full_distance and row.finish is None and level[row.total] > 1:
            yield Problem(
                "missing-fact", f"{where}.time", f"{row.label} is level with others and has no time", "add the time"
            )
        elif row.laps is None and unfinished > 1:
            yield Problem("missing-fact", f"{where}.laps", f"the laps of {row.label} are not printed", "add the laps")


def could_be_lapped(sheet: Sheet, printed: SheetRow) -> bool:
    """Whether the printed times leave room for the skater to have been lapped."""
    winner = _winning_time(sheet)
    if winner is None or printed.time is None:
        return True
    return printed.time.milliseconds - winner.milliseconds >= FASTEST_LAP_MS


def _winning_time(sheet: Sheet) -> RaceTime | None:
    times = [row.time for row in sheet.rows if row.rank == 1 and row.time and row.laps in (None, sheet.laps)]
    return times[0] if times else None


def _lines(sheet: Sheet, assumed: list[Problem]) -> list[Line]:
    """Each printed line with the status, the laps and the points that follow from it."""
    winner = _winning_time(sheet)
    book = sheet.rulebook
    behind = _first_unfinished(sheet, winner)
    lines: list[Line] = []
    unprinted: list[str] = []
    for index, (printed, skater) in enumerate(zip(sheet.rows, sheet.skaters, strict=True)):
        status: Status | None = status_of(printed.mark or "")
        laps = printed.laps
        # Points of the final sprint, or any that count where the unfinished forfeit theirs, prove the full distance.
        proved = printed.sprints[-1] > 0 if printed.sprints is not None else bool(book.forfeits and printed.total)
        if printed.mark and status is None:
            assumed.append(
                _assumed(
                    index, "status", f"{skater.label}: the mark {printed.mark!r} is not known and was not used",
                    "write LAP, DNF, DQ or DNS, or leave it out",
                )
            )  # fmt: skip
        if status in (None, "lapped") and laps is not None and laps < sheet.laps:
            status = "unfinished"
        elif status is None and laps is None and not proved and (why := _too_fast(printed.time, sheet, winner)):
            status = "unfinished"
            assumed.append(_assumed(index, "laps", f"{skater.label}: unfinished, for {printed.time} is {why}"))
        elif status is None and laps is None and not proved and _is_behind(printed.rank, behind):
            status = "unfinished"
            behind_whom = f"rank {printed.rank} is behind an unfinished skater"
            assumed.append(_assumed(index, "laps", f"{skater.label}: unfinished, for {behind_whom}"))
        elif status is None and laps is None:
            unprinted.append(skater.label)
        status = status or "finished"
        won = sum(printed.sprints) if printed.sprints is not None else None
        voided = book.forfeits and status == "finished" and printed.total == 0 and bool(won)
        if voided and could_be_lapped(sheet, printed):
            status = "lapped"
            why = f"the total is 0 in spite of {count(won or 0, 'point')} won"
            assumed.append(_assumed(index, "status", f"{skater.label}: lapped, for {why}", "add LAP if it is so"))
        forfeited = book.forfeits and status in ("lapped", "unfinished")
        row = Row(
            rank=printed.rank if status not in ("disqualified", "absent") else None,
            id=skater.id,
            name=printed.name,
            nation=printed.nation,
            status=status,
            laps=sheet.laps if status in ("finished", "lapped") else laps,
            sprints=(None,) * (len(book.sprint_laps) + 1) if printed.sprints is None else printed.sprints,
            total=0 if forfeited or status in ("disqualified", "absent") else printed.total if won is None else won,
            finish=None,
            time=printed.time,
            qualified=_MARKED.get(printed.qualified or ""),
        )
        lines.append(Line(index, printed, row))
    if unprinted:
        names = listing(unprinted if len(unprinted) < 5 else [*unprinted[:3], f"{len(unprinted) - 3} others"])
        message = f"the full distance for those whose laps are not printed: {names}"
        assumed.append(Problem(FULL_DISTANCE, "rows", message, _ADD_LAPS))
    return lines


_ADD_LAPS = "add the laps where they are known"


def _assumed(index: int, fact: str, message: str, remedy: str = _ADD_LAPS) -> Problem:
    return Problem("assumed", f"rows[{index}].{fact}", message, remedy)


def _too_fast(time: RaceTime | None, sheet: Sheet, winner: RaceTime | None) -> str | None:
    """Why a time cannot be one over the full distance; ``None`` if it can."""
    if time is None:
        return None
    # Where the winner beats that as well, the laps are no laps of 400 m.
    shortest = sheet.laps * FASTEST_LAP_MS
    if time.milliseconds < shortest and not (winner and winner.milliseconds < shortest):
        return f"shorter than {count(sheet.laps, 'lap')} can be skated in"
    if winner is not None:
        return f"shorter than the winner's {winner}" if time.before(winner) else None
    # Without the winner, whoever is known at full distance cannot be beaten from a rank behind.
    full = [row.time for row in sheet.rows if row.laps == sheet.laps and row.time and status_of(row.mark or "") is None]
    fastest = min(full, key=lambda known: known.milliseconds, default=None)
    if fastest is not None and time.before(fastest):
        return f"shorter than the {fastest} of the fastest who is known at full distance"
    return None


def _first_unfinished(sheet: Sheet, winner: RaceTime | None) -> int | None:
    """The best printed rank of a skater who is proved unfinished by a mark, by the laps or by the time."""
    ranks = []
    for row in sheet.rows:
        meaning = status_of(row.mark or "")
        short = row.laps is not None and row.laps < sheet.laps
        won = row.sprints is not None and row.sprints[-1] > 0
        fast = row.laps is None and not won and not (sheet.rulebook.forfeits and row.total)
        if row.rank is not None and (
            meaning == "unfinished"
            or (meaning in (None, "lapped") and short)
            or (meaning is None and fast and _too_fast(row.time, sheet, winner))
        ):
            ranks.append(row.rank)
    return min(ranks, default=None)


def _is_behind(rank: int | None, unfinished: int | None) -> bool:
    return rank is not None and unfinished is not None and rank > unfinished


_MARKED: dict[str, Qualified] = {"Q": "Q", "q": "q"}


def _with_places(lines: list[Line]) -> list[Line]:
    """The lines with the places across the line of those at full distance who have a time."""
    places: dict[int, int] = {}
    for group in _crossings(lines):
        place = len(places) + 1
        places.update((line.index, place) for line in group)
    return [evolve(line, row=line.row._replace(finish=places.get(line.index))) for line in lines]


def _crossings(lines: list[Line]) -> Iterator[list[Line]]:
    timed = [line for line in lines if line.row.at_full_distance and line.row.time]
    timed.sort(key=_hundredths)
    for _, group in groupby(timed, key=_hundredths):
        level = list(group)
        exact = all(line.row.time and line.row.time.exact for line in level)
        level.sort(key=_milliseconds if exact else _printed_order)
        for _, tied in groupby(level, key=_milliseconds if exact else _printed_order):
            yield list(tied)


def _hundredths(line: Line) -> int:
    return _milliseconds(line) // 10


def _milliseconds(line: Line) -> int:
    return line.row.time.milliseconds if line.row.time else 0


def _printed_order(line: Line) -> tuple[int, int]:
    """Within one hundredth the sheet's own order is all there is: final-sprint points, then rank."""
    return -(line.row.sprints[-1] or 0), line.printed.rank or 0


def _with_final_points(sheet: Sheet, lines: list[Line]) -> list[Line]:
    """The lines with the points of the final sprint, and what is left of a total, where no sprints are printed."""
    crossed = sorted((line.row.finish or 0, line.index) for line in lines if line.row.at_full_distance)
    order = Order([index for _, index in crossed], [finish for finish, _ in crossed])
    points = dict(award(order, sheet.rulebook.final, sheet.rulebook.sprint_dead_heat))
    return [
        line
        if line.printed.sprints is not None or not line.row.is_ranked
        else evolve(line, row=_with_final(line.row, points.get(line.index, 0), forfeits=sheet.rulebook.forfeits))
        for line in lines
    ]


def _with_final(row: Row, final: int, *, forfeits: bool) -> Row:
    width = len(row.sprints) - 1
    hidden = row.total is None or (forfeits and row.status != "finished")
    left = None if hidden else (row.total or 0) - final
    return row._replace(sprints=((0,) * width if left == 0 else (None,) * width) + (final,))
