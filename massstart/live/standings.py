"""The standings while a race goes on: provisional, by the keys that will rank it in the end.

Decides the order on the track, and what is shown of a skater who is still racing. Points, criteria and shared ranks
are those of the final ranking: `massstart.scoring`, `massstart.key` and `massstart.result`.
"""

from collections.abc import Collection, Hashable

from attrs import define

from massstart.key import Status
from massstart.live.account import Account
from massstart.live.log import RaceLog
from massstart.live.passings import in_order
from massstart.live.underway import Underway
from massstart.order import Order
from massstart.problems import Problem
from massstart.ranking import rank
from massstart.result import Result
from massstart.scoring import RaceScores
from massstart.times import RaceTime


@define(unsafe_hash=True)
class TrackScores(RaceScores):
    """The scores of a race that goes on, its order on the track taken as the order across the line.

    Whoever is still racing has won no points of the final sprint, and is taken to complete the distance.
    """

    state: Underway
    said: Account

    def final(self, disqualified: Collection[Hashable]) -> dict[Hashable, int]:
        """Who has won points in the final sprint, and how many."""
        return super().final({*disqualified, *self.said.racing})

    def status(self, id: Hashable) -> Status:
        """How the skater's race ended, if it has."""
        return "racing" if id in self.said.racing else super().status(id)

    def laps(self, id: Hashable) -> int | None:
        """The laps completed so far."""
        return laps_so_far(self.said, id) if id in self.said.racing else super().laps(id)

    def finish(self, id: Hashable) -> int | None:
        """The place across the line of a skater who has finished."""
        return None if id in self.said.racing else super().finish(id)

    def time(self, id: Hashable) -> RaceTime | None:
        """The time at the last crossing; a disqualified skater has none."""
        return self.said.crossings.last(id) if id in self.said.racing else super().time(id)


class Standings(Result):
    """Provisional standings: a `Result` of a race that goes on.

    Nobody is marked as through, and ``finish`` is ``None`` for whoever is still racing.
    """

    __slots__ = ()

    scores: TrackScores

    @property
    def state(self) -> Underway:
        """The race before its finish."""
        return self.scores.state

    @property
    def has_finishers(self) -> bool:
        """Whether somebody has finished."""
        return bool(self.scores.said.finish.ids)

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """What is doubtful about the race so far."""
        return self.state.warnings

    def __eq__(self, other: object) -> bool:
        return super().__eq__(other) is True and isinstance(other, Standings) and self.state == other.state

    def __hash__(self) -> int:
        return hash(self.state)

    def __repr__(self) -> str:
        return f"<Standings of {self.record.id or 'a race'}: {len(self)} rows>"


def standings(log: RaceLog, after: int | None = None) -> Result:
    """The standings of a race: `Standings` while it goes on, then its `Result`.

    The criteria are those of the final ranking. While the race goes on, the order on the track stands in for the
    order across the line, and whoever is still racing is taken to complete the distance (a choice: by laps completed,
    the standings would turn upside down whenever the first few cross the line).

    Args:
        log: the race.
        after: the number of the event after which to look; the last unless given.

    Raises:
        InvalidRecord: the log has fewer events.

    Example:
        >>> from massstart.live import RaceLog
        >>> from massstart.live.standings import standings
        >>> log = RaceLog.from_lines('''
        ... {"kind": "race", "version": 1, "rulebook": "isu-2018", "starters": [{"id": "4"}, {"id": "87"}]}
        ... {"event": "sprint", "lap": 4, "order": ["4", "87"]}
        ... {"event": "sprint", "lap": 8, "order": ["87", "4"]}
        ... {"event": "finish", "order": ["4", "87"]}
        ... ''')
        >>> now = standings(log, after=2)
        >>> [(row.rank, row.id, row.total, row.status, row.laps) for row in now]
        [(1, '87', 5, 'racing', 8), (2, '4', 5, 'racing', 8)]
        >>> standings(log)
        <Result of a race: 2 rows>
    """
    log = log if after is None else log.until(after)
    said = log.account()
    if not said.racing:
        return rank(log.race())
    state = log.state()
    race = state.with_finish(
        Order.from_groups([*said.finish.groups, *_on_the_track(said).groups]), times=said.times, advance=None
    )
    return Standings(TrackScores(race, state, said))


def laps_so_far(said: Account, id: Hashable) -> int:
    """The laps that a skater has completed, by the crossings and by the sprints in which the judges saw it."""
    return max(said.crossings.laps(id), *(sprint.lap for sprint in said.sprints if id in sprint.order.ids), 0)


def _on_the_track(said: Account) -> Order:
    """Those still racing: by laps completed, then by the order at the lap completed last."""
    sprints = {sprint.lap: sprint.order for sprint in said.sprints}
    laps = {id: laps_so_far(said, id) for id in said.racing}
    places = {lap: dict(sprints.get(lap) or said.crossings.order(lap)) for lap in set(laps.values())}
    return in_order({id: (-lap, places[lap].get(id, float("inf"))) for id, lap in laps.items()})
