"""The outlook of a race under way: what each skater can still reach, and what is needed to go on.

Decides which place across the line is enough. Which ranks can be reached from a place stands in `massstart.live.bounds`.
"""

from bisect import bisect_left
from collections.abc import Hashable, Iterator, Mapping
from typing import Any

from attrs import asdict, evolve, field, frozen

from massstart.live.bounds import Bounds
from massstart.live.needs import needs
from massstart.live.outlookrow import OutlookRow, Verdict
from massstart.problems import InvalidRecord, Problem, UnknownName
from massstart.race import Underway
from massstart.records import Starter
from massstart.scoring import totals_so_far
from massstart.tabular import Tabular
from massstart.values import is_count

#: How many choices may be tried before the outlook gives up: some seconds' worth, and a hundred times what a race under
#: an ISU rulebook takes.
STEPS = 100_000


@frozen
class Outlook(Tabular):
    """What everyone still racing can reach.

    Attributes:
        advance: how many go on.
        sprints_left: the laps of the sprints still to come, the final sprint last.
        rows: the skaters still racing: most points first, then as they started.
        race: the race so far; ``None`` where the outlook was read from a file.
    """

    advance: int
    sprints_left: tuple[int, ...]
    rows: tuple[OutlookRow, ...]
    race: Underway | None = field(default=None, eq=False)

    def what_if(self, places: Mapping[Hashable, int]) -> dict[Hashable, tuple[int, int]]:
        """The best and the worst rank of everyone still racing, if some finish in given places.

        Args:
            places: places across the line, by id.

        Raises:
            InvalidRecord: someone who is not racing, a place that there is not, or a place for two; or the race is not
                known.
            TooManyWays: the race is still too open.
        """
        if self.race is None:
            wrong = "an outlook that was read from a file does not hold the race"
            raise InvalidRecord([Problem("missing-fact", "race", wrong, "make it anew, with outlook(race)")])
        problems = [*self._check(places)]
        if problems:
            raise InvalidRecord(problems)
        bounds = Bounds(self.race, places, STEPS)
        return {
            row.id: (bounds.best(row.id, bounds.free(row.id)[0]), bounds.worst(row.id, bounds.free(row.id)[-1]))
            for row in self.rows
        }

    def needs(self, id: Hashable) -> str:
        """What a skater needs to go on, in a sentence.

        It says which place across the line is enough whatever the others do, from which it is still possible, and
        names the rivals that matter: those who can end up ahead without another point. Where only the final sprint
        is left, its "if" is exact: it is what is needed, and all that is needed. Only a final scale whose last
        points lift nobody, or a lapped skater who forfeits, leaves it open even then.

        Raises:
            UnknownName: nobody who is racing has the id.

        Example:
            >>> from massstart.live import Underway, outlook
            >>> race = Underway(
            ...     rulebook="isu-2018", starters="a b c d e f g h i j".split(),
            ...     sprints={4: ["a", "b", "c"], 8: ["b", "c", "d"], 12: ["b", "a", "d"]},
            ... )
            >>> outlook(race).needs("c")
            'Through with sixth or better, whatever the others do; still possible from last place, if at most one of b and a ends up ahead without points from the final sprint'
        """
        return self[id].needs

    def _check(self, places: Mapping[Hashable, int]) -> Iterator[Problem]:
        racing = {row.id for row in self.rows}
        taken: dict[int, Hashable] = {}
        for id, place in places.items():
            where = f"places.{id}"
            if id not in racing:
                yield Problem("unknown-id", where, f"{id!r} is not in the race", "name skaters who are still racing")
            if not is_count(place, 1) or place > len(self.rows):
                yield Problem("place", where, f"{place!r} is not a place", f"give one from 1 to {len(self.rows)}")
            elif taken.setdefault(place, id) != id:
                yield Problem("place", where, f"{taken[place]!r} has place {place} too", "give each place once")

    def _title(self) -> str:
        return "Outlook"

    def to_rows(self) -> list[dict[str, Any]]:
        """The rows as flat dicts, for pandas, polars or csv; all have the same keys."""
        return [asdict(row) for row in self.rows]

    def __iter__(self) -> Iterator[OutlookRow]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, id: Hashable) -> OutlookRow:
        for row in self.rows:
            if row.id == id:
                return row
        raise UnknownName(f"{id!r} is not racing; there are {', '.join(str(row.id) for row in self.rows)}")


def _row(starter: Starter, points: int, bounds: Bounds, advance: int) -> OutlookRow:
    id = starter.id
    places = bounds.free(id)
    # Both grow with the place: who falls back by one place across the line never ranks better for it.
    surely = bisect_left(places, True, key=lambda place: not bounds.must_be(id, place, advance))
    perhaps = bisect_left(places, True, key=lambda place: not bounds.can_be(id, place, advance))
    verdict: Verdict = "through" if surely == len(places) else "possible" if perhaps else "out"
    return OutlookRow(
        id=id,
        name=starter.name,
        nation=starter.nation,
        points=points,
        best=bounds.best(id, places[0]),
        worst=bounds.worst(id, places[-1]),
        status=verdict,
        through_if=places[surely - 1] if surely else None,
        possible_if=places[perhaps - 1] if perhaps else None,
    )


def outlook(race: Underway, *, advance: int | None = None) -> Outlook:
    """Work out what everyone still racing can reach.

    Args:
        race: the race so far.
        advance: how many go on; the race's own ``advance`` unless given, else the rulebook's.

    Returns:
        A row for everyone still racing.

    Raises:
        InvalidRecord: ``advance`` is not a number from 1 on.
        TooManyWays: the race is still too open to be worked out exactly: many long sprints left, under a rulebook of
            one's own.
        TypeError: no race under way.

    The ranks are exact over every way in which the sprints left and the finish can fall, if everyone still racing
    completes the distance, is not lapped from now on, and nobody ties. Skaters whom the Referee sends through
    are left aside.

    Example:
        >>> from massstart.live import Underway, outlook
        >>> race = Underway(rulebook="isu-2018", starters="a b c d e f g h i".split(), sprints={12: ["b", "d", "a"]})
        >>> row = outlook(race, advance=8)["b"]
        >>> row.best, row.worst, row.status, row.through_if, row.possible_if
        (1, 9, 'possible', 6, 9)
    """
    if not isinstance(race, Underway):
        raise TypeError(f"outlook takes an Underway, not {type(race).__name__}")
    wanted = advance if advance is not None else race.advance or race.rulebook.advance
    if not is_count(wanted, 1):
        raise InvalidRecord(
            [Problem("type", "advance", f"{wanted!r} is not a number of skaters", "give one from 1 on")]
        )
    bounds = Bounds(race, {}, STEPS)
    points = totals_so_far(race)
    starters = {starter.id: starter for starter in race.starters}
    order = sorted(race.racing, key=lambda id: -points[id])
    rows = [_row(starters[id], points[id], bounds, wanted) for id in order]
    told = tuple([evolve(row, needs=needs(row, rows, race, wanted)) for row in rows])
    return Outlook(wanted, race.sprints_left, told, race)
