"""Who goes from the semifinals to the final: qualifiers, start numbers, reserves.

Decides the cut, its ties and the start list of the next round. That a disqualified skater has no rank, and so
never advances, is settled in `massstart.ranking`; what a sheet tells of a rank, in `massstart.placing`.
"""

from collections.abc import Hashable, Iterator, Sequence

from attrs import evolve, frozen

from massstart.key import Qualified
from massstart.placing import Placing, placings
from massstart.problems import InvalidRecord, Problem
from massstart.race import Race
from massstart.result import Result
from massstart.rulebook import is_count
from massstart.sheet import Sheet


@frozen
class Entry:
    """A line of a start list.

    Attributes:
        start: the start number; ``None`` for a reserve, or where a sheet does not tell the rank.
        id, name, nation: the skater.
        semifinal: which semifinal the skater comes from, from 1 on.
        rank: the rank there; ``None`` where a sheet does not tell it.
        qualified: ``Q``, ``q`` for a skater added by decision of the Referee, ``None`` for a reserve, on the list
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
class StartList:
    """The start list of the final.

    Attributes:
        rows: the starters by start number.
        reserves: who is next, by rank and then by semifinal. The reserve for a withdrawal is the next ranked of
            the same semifinal (assumed: no source states it).
    """

    rows: tuple[Entry, ...]
    reserves: tuple[Entry, ...]

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


def advance(*semifinals: Result | Sheet, best: int | None = None) -> StartList:
    """Send the best of each semifinal to the final.

    Args:
        semifinals: results, or published sheets, in their order. A sheet that settles its own order is ranked;
            of any other, the printed ranks and marks are taken.
        best: how many of each; the record's own ``advance`` unless given, else the rulebook's.

    Returns:
        The start list: rank *k* of semifinal *s* of *n* gets the number ``n * (k - 1) + s`` (certain for two in
        2018, and seven further cases agree); those added by decision follow (assumed). Of an exact tie on the
        last place all go (assumed). How many start is a result, never given.

    Raises:
        InvalidRecord: no semifinal, or a skater who stands in two of them.
        TypeError: something that is neither a result nor a sheet.

    Example:
        >>> from massstart import Race, advance, rank
        >>> one = rank(Race(rulebook="isu-2018", starters=["a", "b", "c"], finish=["a", "b", "c"]))
        >>> two = rank(Race(rulebook="isu-2018", starters=["d", "e", "f"], finish=["f", "e", "d"]))
        >>> [(entry.start, entry.id) for entry in advance(one, two, best=2)]
        [(1, 'a'), (2, 'f'), (3, 'b'), (4, 'e')]
    """
    problems = list(_check(semifinals, best))
    if problems:
        raise InvalidRecord(problems)
    cuts = [best or cut(_record(semifinal)) for semifinal in semifinals]
    return start_list([placings(semifinal) for semifinal in semifinals], cuts)


def start_list(semifinals: Sequence[Sequence[Placing] | None], cuts: Sequence[int]) -> StartList:
    """The start list from how the semifinals ended; `advance` for those who have placings already.

    Args:
        semifinals: the placings of each, by rank; ``None`` for one that is still to be skated. Those who are
            added by decision have no start number then, for they follow everyone else.
        cuts: how many of each go to the final.
    """
    rows: list[Entry] = []
    added: list[Entry] = []
    reserves: list[Entry] = []
    for number, (semifinal, cut) in enumerate(zip(semifinals, cuts, strict=True), 1):
        slot = 0
        for one in filter(_can_advance, semifinal or ()):
            if _is_through(one, cut):
                # Those who share a rank take the next slots in turn; a gap in a sheet's ranks leaves its slots free.
                slot = max(slot + 1, one.rank or 0)
                start = None if one.rank is None else len(semifinals) * (slot - 1) + number
                rows.append(_entry(one, number, start, "Q"))
            elif one.mark == "q":
                added.append(_entry(one, number, None, "q"))
            else:
                reserves.append(_entry(one, number, None, None))
    rows.sort(key=by_start)
    added.sort(key=by_rank)
    if None not in semifinals:
        following = max((entry.start or 0 for entry in rows), default=0)
        added = [evolve(entry, start=following + number) for number, entry in enumerate(added, 1)]
    return StartList((*rows, *added), tuple(sorted(reserves, key=by_rank)))


def cut(record: Race | Sheet) -> int:
    """How many of a semifinal go to the final: as many as it says, else as its rulebook says."""
    return record.advance or record.rulebook.advance


def _check(semifinals: Sequence[Result | Sheet], best: int | None) -> Iterator[Problem]:
    if not semifinals:
        yield Problem("empty", "", "no semifinal is given", "give at least one")
    if best is not None and not is_count(best, 1):
        yield Problem("type", "best", f"{best!r} is no number of skaters", "give one from 1 on")
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


def _record(semifinal: Result | Sheet) -> Race | Sheet:
    return semifinal.record if isinstance(semifinal, Result) else semifinal


def _can_advance(one: Placing) -> bool:
    return one.ranked and (one.rank is not None or one.mark is not None)


def _is_through(one: Placing, cut: int) -> bool:
    return one.mark == "Q" if one.rank is None else one.rank <= cut


def _entry(one: Placing, semifinal: int, start: int | None, mark: Qualified | None) -> Entry:
    return Entry(start, one.skater.id, one.skater.name, one.skater.nation, semifinal, one.rank, mark)


def by_start(entry: Entry) -> tuple[bool, int]:
    """Sorts a list by start number; who has none comes last."""
    return entry.start is None, entry.start or 0


def by_rank(entry: Entry) -> tuple[bool, int, int]:
    """Sorts by rank, then by semifinal; whose rank is not known comes last."""
    return entry.rank is None, entry.rank or 0, entry.semifinal
