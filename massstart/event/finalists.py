"""Who starts in the final after all: reserves for those who withdraw, and what a correction does to a published list.

Decides which reserve steps in, and with which start number. Who qualifies in the first place stands in
`massstart.advancement`.
"""

from collections.abc import Hashable, Iterable, Sequence

from attrs import evolve, frozen

from massstart.advancement import Entry, StartList, by_rank, by_start


def step_in(base: StartList, withdrawn: Iterable[Hashable], advance: Sequence[int]) -> StartList:
    """The start list after withdrawals.

    Args:
        base: the list before, with its reserves.
        withdrawn: ids, in the order in which they withdrew; who is not on the list is no reserve any more.
        advance: how many of each semifinal go to the final.

    Each withdrawal lets in the next ranked of the same semifinal, all of them where they share a rank, until the
    semifinal has as many skaters in the final as before, or as `advance` says if a tie had let in more. The reserve takes
    the free start number; a second one, let in by a shared rank, starts behind everyone. Nobody steps in for a skater
    whom the Referee sent through. All of this is assumed: no source states it.

    Example:
        >>> from massstart import Race, advance, rank
        >>> from massstart.event.finalists import step_in
        >>> final = advance(rank(Race(rulebook="isu-2018", starters=[*"abcd"], finish=[*"abcd"], advance=2)))
        >>> [(entry.start, entry.id) for entry in step_in(final, ["a", "c"], [2])]
        [(1, 'd'), (2, 'b')]
    """
    left = list(base.rows)
    reserves = list(base.reserves)
    due = [
        min(places, sum(_by_place(entry, number) for entry in base.rows)) for number, places in enumerate(advance, 1)
    ]
    for id in withdrawn:
        # One by one, as it happened: a reserve who stepped in may withdraw as well, and nobody else changes the number.
        reserves = [entry for entry in reserves if entry.id != id]
        place = next((entry for entry in left if entry.id == id), None)
        if place is None:
            continue
        left.remove(place)
        semifinal = place.semifinal
        if place.qualified == "q" or sum(_by_place(entry, semifinal) for entry in left) >= due[semifinal - 1]:
            continue
        waiting = [entry for entry in reserves if entry.semifinal == semifinal]
        start = place.start
        for entry in [one for one in waiting if one.rank == waiting[0].rank]:
            reserves.remove(entry)
            left.append(evolve(entry, start=start, qualified=None))
            start = max((one.start or 0 for one in left), default=0) + 1
    return StartList(tuple(sorted(left, key=by_start)), tuple(reserves))


def _by_place(entry: Entry, semifinal: int) -> bool:
    """Whether an entry takes one of a semifinal's places in the final; those whom the Referee sent through take none."""
    return entry.semifinal == semifinal and entry.qualified != "q"


def published_list(published: Sequence[Entry], now: StartList) -> StartList:
    """A published list as the base of withdrawals: whoever is ranked and not on it is a reserve.

    Args:
        published: the entries as published.
        now: what the semifinals give.
    """
    listed = {entry.id for entry in published}
    others = (evolve(entry, start=None, qualified=None) for entry in now.rows if entry.id not in listed)
    reserves = (entry for entry in (*others, *now.reserves) if entry.id not in listed and entry.rank is not None)
    return StartList(tuple(sorted(published, key=by_start)), tuple(sorted(reserves, key=by_rank)))


@frozen
class ListChanges:
    """What becomes of a published start list if it is made anew.

    Attributes:
        leaves: who is on the list and would not be.
        enters: who is not on the list and would be, with the new start number.
        renumbered: who stays with another start number: the entry as published, and the new one.

    Example:
        >>> from massstart import Race, advance, rank
        >>> from massstart.event.finalists import ListChanges
        >>> from attrs import evolve
        >>> race = Race(rulebook="isu-2018", starters=[*"abc"], finish=[*"abc"], advance=2)
        >>> corrected = evolve(race, disqualified=["a"])
        >>> changes = ListChanges.between(advance(rank(race)), advance(rank(corrected)))
        >>> [entry.id for entry in changes.leaves], [entry.id for entry in changes.enters]
        (['a'], ['c'])
        >>> [(old.id, old.start, new.start) for old, new in changes.renumbered]
        [('b', 2, 1)]
    """

    leaves: tuple[Entry, ...]
    enters: tuple[Entry, ...]
    renumbered: tuple[tuple[Entry, Entry], ...]

    @classmethod
    def between(cls, old: StartList, new: StartList) -> "ListChanges":
        """Compare two start lists."""
        before = {entry.id: entry for entry in old}
        after = {entry.id: entry for entry in new}
        both = [(before[id], after[id]) for id in before if id in after]
        return cls(
            tuple(entry for entry in old if entry.id not in after),
            tuple(entry for entry in new if entry.id not in before),
            tuple(pair for pair in both if pair[0].start != pair[1].start),
        )

    def __bool__(self) -> bool:
        return bool(self.leaves or self.enters or self.renumbered)
