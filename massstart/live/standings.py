"""The standings while a race goes on: provisional, by the keys that will rank it in the end.

Decides the order on the track, and what is shown of a skater who is still racing. Points, criteria and shared ranks
are those of the final ranking, `massstart.ranking`.
"""

from collections.abc import Hashable

from massstart.live.log import RaceLog
from massstart.live.passings import in_order
from massstart.live.progress import Progress
from massstart.order import Order
from massstart.ranking import rank, rows_of_guests, rows_of_race
from massstart.result import Result
from massstart.row import Row


def provisional(log: RaceLog, after: int | None = None) -> Result:
    """The standings of a race: provisional while it goes on, then its result.

    The criteria are those of the final ranking. While the race goes on, the order on the track stands in for the
    order across the line, and whoever is still racing is taken to complete the distance (a choice: by laps completed,
    the standings would turn upside down whenever the first few cross the line). Nobody is marked as through then, and
    ``finish`` is ``None`` for whoever is still racing.

    Args:
        log: the race.
        after: the number of the event after which to look; the last unless given.

    Raises:
        InvalidRecord: the log has fewer events.

    Example:
        >>> from massstart import loads
        >>> from massstart.live import RaceLog, provisional
        >>> log = loads('''
        ... {"kind": "race", "version": 1, "rulebook": "isu-2018", "starters": [{"id": "4"}, {"id": "87"}]}
        ... {"event": "sprint", "lap": 4, "order": ["4", "87"]}
        ... {"event": "sprint", "lap": 8, "order": ["87", "4"]}
        ... {"event": "finish", "order": ["4", "87"]}
        ... ''', RaceLog)
        >>> now = provisional(log, after=2)
        >>> now.is_provisional, [(row.rank, row.id, row.total, row.status, row.laps) for row in now]
        (True, [(1, '87', 5, 'racing', 8), (2, '4', 5, 'racing', 8)])
        >>> provisional(log)
        <Result of a race: 2 rows>
    """
    log = log if after is None else log.until(after)
    so_far = log.progress()
    if so_far.is_over:
        return rank(log.race())
    state = log.state()
    order = so_far.finish.followed_by(_on_the_track(so_far))
    racing = frozenset(so_far.racing)
    race = state.with_finish(order, times=so_far.times, advance=None, advanced=())

    def so_far_of(row: Row) -> Row:
        if row.id not in racing:
            return row
        return row._replace(laps=laps_so_far(so_far, row.id), finish=None, time=so_far.crossings.last(row.id))

    rows = rows_of_race(race.competing, racing.difference(race.guests))
    return Result(state, tuple(map(so_far_of, rows)), tuple(map(so_far_of, rows_of_guests(race, racing))))


def laps_so_far(so_far: Progress, id: Hashable) -> int:
    """The laps that a skater has completed, by the crossings and by the sprints in which the judges saw it."""
    return max(so_far.crossings.laps(id), *(sprint.lap for sprint in so_far.sprints if id in sprint.order.ids), 0)


def _on_the_track(so_far: Progress) -> Order:
    """Those still racing: by laps completed, then by the order at the lap completed last."""
    sprints = {sprint.lap: sprint.order for sprint in so_far.sprints}
    laps = {id: laps_so_far(so_far, id) for id in so_far.racing}
    places = {lap: dict(sprints.get(lap) or so_far.crossings.order(lap)) for lap in set(laps.values())}
    return in_order({id: (-lap, places[lap].get(id, float("inf"))) for id, lap in laps.items()})
