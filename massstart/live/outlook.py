"""The outlook of a race under way: what each skater can still reach, and what is needed to go on.

Decides which place across the line is enough. Which ranks can be reached from a place stands in `massstart.live.bounds`.
"""

from bisect import bisect_left
from collections.abc import Hashable, Iterator, Mapping
from typing import Any

from attrs import asdict, evolve, field, frozen

from massstart.live.bounds import Bounds
from massstart.live.finishline import check_places, finish_line
from massstart.live.log import RaceLog
from massstart.live.needs import needs
from massstart.live.outlookrow import OutlookRow, Verdict
from massstart.order import Order
from massstart.problems import InvalidRecord, Problem, UnknownName
from massstart.race import Underway
from massstart.racecheck import check_order
from massstart.records import OrderLike, Starter
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
        rows: the skaters still racing and those across the line: most points first, then as they started.
        race: the race so far; ``None`` where the outlook was read from a file.
        finish: who has crossed the line at full distance, in order.
        stopped: those lapped who have ended their race.
    """

    advance: int
    sprints_left: tuple[int, ...]
    rows: tuple[OutlookRow, ...]
    race: Underway | None = field(default=None, eq=False)
    finish: Order = field(factory=Order, eq=False)
    stopped: Order = field(factory=Order, eq=False)

    def what_if(self, places: Mapping[Any, int]) -> "Outlook":
        """The outlook if some finish in given places, which stand in ``finish`` of their rows.

        Args:
            places: places across the line, by id, of those who have not crossed it. Those who share one cross in a dead
                heat, which uses up as many places as it has skaters.

        Raises:
            InvalidRecord: someone who is not racing, a place that is not free, or too many in one; or the race is not
                known.
            TooManyWays: the race is still too open.

        Example:
            >>> from massstart.live import Underway, outlook
            >>> race = Underway(rulebook="isu-2018", starters="a b c d e f g h i".split(), sprints={4: [], 8: [], 12: ["b"]})
            >>> row = outlook(race).what_if({"a": 7, "b": 9})["a"]
            >>> row.finish, row.best, row.worst, row.status
            (7, 8, 8, 'through')
        """
        if self.race is None:
            wrong = "an outlook that was read from a file does not hold the race"
            raise InvalidRecord([Problem("missing-fact", "race", wrong, "make it anew, with outlook(race)")])
        line = finish_line(self.race, self.finish, self.stopped, {})
        problems = [*check_places(line, {row.id for row in self.rows}, places)]
        if problems:
            raise InvalidRecord(problems)
        return _outlook(self.race, self.finish, self.stopped, places, self.advance)

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


def outlook(race: Underway | RaceLog, *, finish: OrderLike = (), advance: int | None = None) -> Outlook:
    """Work out what everyone can reach while the race goes on, also while the field crosses the line.

    Args:
        race: the race so far, or its log, which says itself who has crossed the line.
        finish: the order across the line of those who have finished, of a race without a log; disqualified skaters may
            stand there. Nobody unless given.
        advance: how many go on; the race's own ``advance`` unless given, else the rulebook's.

    Returns:
        A row for everyone racing and everyone across the line, whose place stands.

    Raises:
        InvalidRecord: ``advance`` is not a number from 1 on, or ``finish`` names somebody who is not in the race.
        TooManyWays: the race is still too open to be worked out exactly: many long sprints left, under a rulebook of
            one's own.
        TypeError: no race under way.

    The ranks are exact over every way in which the sprints left and the finish can fall, if everyone still racing
    completes the distance, is not lapped from now on, and ties with nobody. Skaters whom the Referee sends through
    are left aside.

    Example:
        >>> from massstart.live import Underway, outlook
        >>> race = Underway(rulebook="isu-2018", starters="a b c d e f g h i".split(), sprints={12: ["b", "d", "a"]})
        >>> row = outlook(race, advance=8)["b"]
        >>> row.best, row.worst, row.status, row.through_if, row.possible_if
        (1, 9, 'possible', 6, 9)

        Six are across the line. Of the three to come, b has points, and the best seven go on:

        >>> race = Underway(rulebook="isu-2018", starters="a b c d e f g h i".split(), sprints={4: [], 8: [], 12: ["b"]})
        >>> now = outlook(race, finish=["c", "d", "e", "f", "g", "h"], advance=7)
        >>> now["h"].finish, now["h"].status, now["b"].status, now["a"].needs
        (6, 'through', 'through', 'Out: no place across the line can be enough')
    """
    arrived = stopped = Order()
    if isinstance(race, RaceLog):
        so_far, race = race.progress(), race.state()
        arrived, stopped = so_far.arrived, so_far.stopped
        if so_far.is_over:
            # A sprint that nobody has called by now wins nobody any points.
            race = evolve(race, sprint_laps=[sprint.lap for sprint in race.sprints])
    elif isinstance(race, Underway):
        arrived = finish if isinstance(finish, Order) else Order.from_list(finish)
        problems = [*_check_finish(race, arrived)]
        if problems:
            raise InvalidRecord(problems)
    else:
        raise TypeError(f"outlook takes an Underway or a RaceLog, not {type(race).__name__}")
    if race.guests:
        # They take nobody's place or points.
        arrived, stopped = (order.without(set(race.guests), close=True) for order in (arrived, stopped))
        race = race.competing
    wanted = advance if advance is not None else race.advance or race.rulebook.advance
    if not is_count(wanted, 1):
        raise InvalidRecord(
            [Problem("type", "advance", f"{wanted!r} is not a number of skaters", "give one from 1 on")]
        )
    return _outlook(race, arrived, stopped, {}, wanted)


def _check_finish(race: Underway, finish: Order) -> Iterator[Problem]:
    there = {*race.racing, *(note.id for note in race.disqualified)}
    yield from check_order("finish", finish, set(race.starters.ids))
    for position, (id, _) in enumerate(finish):
        if id in race.starters.ids and id not in there:
            where = f"finish{finish.where(position)}"
            yield Problem("two-outcomes", where, f"{id!r} did not start, or left the race", "keep what happened")


def _outlook(race: Underway, finish: Order, stopped: Order, also: Mapping[Hashable, int], advance: int) -> Outlook:
    line = finish_line(race, finish, stopped, also)
    bounds = Bounds(race, line, STEPS)
    void = race.lapped if race.rulebook.forfeits else ()
    points = totals_so_far(race)
    for id, place in line.places.items():
        # Whoever has a place has the points of the final sprint too.
        points[id] += 0 if id in void else line.worth.get(place, 0)
    starters = {starter.id: starter for starter in race.starters}
    order = sorted(race.racing, key=lambda id: -points[id])
    rows = [_row(starters[id], points[id], line.places.get(id), bounds, advance) for id in order]
    told = tuple([evolve(row, needs=needs(row, rows, race, line, advance)) for row in rows])
    # The final sprint is to come for as long as anybody is.
    left = race.sprints_left if line.free or not race.racing else race.sprints_left[:-1]
    return Outlook(advance, left, told, race, finish, stopped)


def _row(starter: Starter, points: int, finish: int | None, bounds: Bounds, advance: int) -> OutlookRow:
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
        finish=finish,
    )
