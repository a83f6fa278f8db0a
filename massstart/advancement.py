"""Who goes from the semifinals to the final: qualifiers, start numbers, reserves.

Decides the cut, its ties and the start list of the next round. That a disqualified skater has no rank, and so
never advances, and what a sheet tells of a rank, is settled in `massstart.ranking`.
"""

from collections.abc import Hashable, Iterator, Sequence
from typing import Any

from attrs import asdict, evolve, field, frozen

from massstart.deduction import warnings_of
from massstart.problems import InvalidRecord, Problem, within
from massstart.race import Race, Underway
from massstart.ranking import outcomes
from massstart.result import Heading, Result
from massstart.row import Qualified, Row
from massstart.sheet import Sheet
from massstart.tabular import Tabular
from massstart.values import is_count

#: Whatever tells how a race is held.
Record = Race | Sheet | Underway | Heading


@frozen
class Entry:
    """A line of a start list.

    Attributes:
        start: the start number; ``None`` for a reserve, or where a sheet does not tell the rank.
        id, name, nation: the skater.
        semifinal: which semifinal the skater comes from, from 1 on.
        rank: the rank there; ``None`` where a sheet does not tell it.
        qualified: ``Q``, ``q`` for a skater whom the Referee sends through, ``None`` for a reserve, on the list
            of an event also for one who stepped in.
    """

    start: int | None
    id: Hashable
    name: str | None
    nation: str | None
    semifinal: int
    rank: int | None
    qualified: Qualified | None


@frozen
class StartList(Tabular):
    """The start list of the final.

    Attributes:
        rows: the starters by start number.
        reserves: who is next, by rank and then by semifinal. The reserve for a withdrawal is the next ranked of
            the same semifinal (assumed: no source states it).
        warnings: what is doubtful about the semifinals. Two lists can be equal without them.
    """

    rows: tuple[Entry, ...]
    reserves: tuple[Entry, ...]
    warnings: tuple[Problem, ...] = field(default=(), eq=False)

    def _title(self) -> str:
        return "Start list of the final"

    def to_rows(self) -> list[dict[str, Any]]:
        """The starters and then the reserves as flat dicts, for pandas, polars or csv; all have the same keys.

        Example:
            >>> from massstart import Race, advance, rank
            >>> race = Race(rulebook="isu-2018", starters=["a", "b"], finish=["b", "a"])
            >>> advance(rank(race), advance=1).to_rows()[1]
            {'start': None, 'id': 'a', 'name': None, 'nation': None, 'semifinal': 1, 'rank': 2, 'qualified': None, 'is_reserve': True}
        """
        return [asdict(entry) | {"is_reserve": False} for entry in self.rows] + [
            asdict(entry) | {"is_reserve": True} for entry in self.reserves
        ]

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


def advance(*semifinals: Result | Sheet, advance: int | None = None) -> StartList:
    """Send the best of each semifinal to the final.

    Args:
        semifinals: results, or published sheets, in their order. A sheet that settles its own order is ranked;
            of any other, the printed ranks and marks are taken.
        advance: how many of each; the record's own ``advance`` unless given, else the rulebook's.

    Returns:
        The start list. Rank *k* of semifinal *s* of *n* gets the number ``n * (k - 1) + s`` (certain for two in
        2018, and seven further cases agree); those whom the Referee sends through follow (assumed). Of an exact tie on the
        last place all go (assumed). How many start is a result, never given.

    Raises:
        InvalidRecord: no semifinal, or a skater who stands in two of them.
        TypeError: something that is neither a result nor a sheet.

    Example:
        >>> from massstart import Race, advance, rank
        >>> one = rank(Race(rulebook="isu-2018", starters=["a", "b", "c"], finish=["a", "b", "c"]))
        >>> two = rank(Race(rulebook="isu-2018", starters=["d", "e", "f"], finish=["f", "e", "d"]))
        >>> [(entry.start, entry.id) for entry in advance(one, two, advance=2)]
        [(1, 'a'), (2, 'f'), (3, 'b'), (4, 'e')]
    """
    problems = list(_check(semifinals, advance))
    if problems:
        raise InvalidRecord(problems)
    cuts = [advance or own_advance(_record(semifinal)) for semifinal in semifinals]
    listed = start_list(
        [
            Semifinal(outcomes(semifinal), record.laps, advance or own_advance(record), advanced_by_referee(record))
            for semifinal in semifinals
            for record in [_record(semifinal)]
        ]
    )
    return evolve(
        listed,
        warnings=tuple(different_cuts(cuts))
        + tuple(
            within(f"semifinals[{index}]", warning)
            for index, semifinal in enumerate(semifinals)
            for warning in warnings_of(semifinal)
        ),
    )


@frozen
class Semifinal:
    """How a semifinal ended, and who goes on from it.

    Attributes:
        rows: everyone entered, by rank.
        laps: the distance.
        advance: how many go to the final by rank.
        advanced: the ids of those whom the Referee sends there besides.
    """

    rows: tuple[Row, ...]
    laps: int
    advance: int
    advanced: frozenset[Hashable]


def start_list(semifinals: Sequence[Semifinal | None]) -> StartList:
    """The start list from how the semifinals ended.

    Args:
        semifinals: in their order; ``None`` for one that is still to be skated. Those whom the Referee sends through
            have no start number then, for they follow everyone else.
    """
    rows: list[Entry] = []
    advanced: list[Entry] = []
    reserves: list[Entry] = []
    following = 0
    for number, semifinal in enumerate(semifinals, 1):
        slot = taken = 0
        for row in filter(_can_advance, semifinal.rows if semifinal else ()):
            assert semifinal is not None  # it has this row
            if row.qualified == "Q" if row.rank is None else row.rank <= semifinal.advance:
                # Those who share a rank take the next slots in turn; a gap in a sheet's ranks leaves its slots free.
                slot = max(slot + 1, row.rank or 0)
                # A number that is taken, though the sheet does not tell by whom, is not given to anybody else.
                taken = max(taken + 1, slot)
                following = max(following, len(semifinals) * (taken - 1) + number)
                start = None if row.rank is None else len(semifinals) * (slot - 1) + number
                rows.append(_entry(row, number, start, "Q"))
            elif row.id in semifinal.advanced:
                advanced.append(_entry(row, number, None, "q"))
            else:
                reserves.append(_entry(row, number, None, None))
    rows.sort(key=by_start)
    advanced.sort(key=by_rank)
    if None not in semifinals:
        advanced = [evolve(entry, start=following + number) for number, entry in enumerate(advanced, 1)]
    return StartList((*rows, *advanced), tuple(sorted(reserves, key=by_rank)))


def different_cuts(cuts: Sequence[int]) -> Iterator[Problem]:
    """That more go on from one semifinal than from another, which is rarely meant."""
    if len({*cuts}) > 1:
        wrong = f"{', '.join(map(str, cuts))} go on from the semifinals"
        yield Problem("different-advance", "advance", wrong, "say how many of each, if it is a mistake")


def own_advance(record: Record) -> int:
    """How many of a semifinal go to the final: as many as it says, else as its rulebook says."""
    return record.advance or record.rulebook.advance


def advanced_by_referee(record: Record) -> frozenset[Hashable]:
    """The ids of those whom the Referee sends to the next round."""
    if isinstance(record, Sheet):
        marked = zip(record.skaters, record.rows, strict=True)
        return frozenset([skater.id for skater, row in marked if row.qualified == "q"])
    return frozenset([note.id for note in record.advanced])


def _check(semifinals: Sequence[Result | Sheet], advance: int | None) -> Iterator[Problem]:
    if not semifinals:
        yield Problem("empty", "", "there are no semifinals", "give at least one")
    if advance is not None and not is_count(advance, 1):
        yield Problem("type", "advance", f"{advance!r} is not a number of skaters", "give one from 1 on")
    seen: dict[Hashable, int] = {}
    for number, semifinal in enumerate(semifinals, 1):
        if not isinstance(semifinal, Result | Sheet):
            raise TypeError(f"semifinal {number} is neither a Result nor a Sheet; rank(race) gives a Result")
        for skater in _record(semifinal).skaters:
            if skater.id in seen:
                yield Problem(
                    "repeated-id", str(skater.id), f"starts in semifinals {seen[skater.id]} and {number}",
                    "give each skater an id of its own",
                )  # fmt: skip
            seen[skater.id] = number


def _record(semifinal: Result | Sheet) -> Record:
    return semifinal.record if isinstance(semifinal, Result) else semifinal


def _can_advance(row: Row) -> bool:
    return row.is_ranked and (row.rank is not None or row.qualified is not None)


def _entry(row: Row, semifinal: int, start: int | None, mark: Qualified | None) -> Entry:
    return Entry(start, row.id, row.name, row.nation, semifinal, row.rank, mark)


def by_start(entry: Entry) -> tuple[bool, int]:
    """Sorts a list by start number; skaters without one come last."""
    return entry.start is None, entry.start or 0


def by_rank(entry: Entry) -> tuple[bool, int, int]:
    """Sorts by rank, then by semifinal; skaters whose rank is not known come last."""
    return entry.rank is None, entry.rank or 0, entry.semifinal
