"""What skaters are ranked by, and what an engine needs to know of them to rank them.

Decides the criteria and their order, for races and for published sheets alike.
"""

from collections.abc import Hashable, Mapping
from typing import Literal, NamedTuple, Protocol

from massstart.race import Race
from massstart.records import Starter
from massstart.sheet import Sheet
from massstart.times import RaceTime

Status = Literal["finished", "lapped", "unfinished", "disqualified", "racing"]
Qualified = Literal["Q", "q"]


class Key(NamedTuple):
    """What a skater is ranked by. Smaller ranks first; the fields are the criteria in the order of the rule.

    Certain: it reproduces every complete official table seen. That points and then the time at the last
    crossing decide among unfinished skaters with equal laps is likely.
    """

    #: Laps short of the distance; 0 for everyone who finished.
    laps_short: int
    #: The points that count, negated.
    points: int
    #: The place across the line; the milliseconds at the last crossing for an unfinished skater.
    line: float


#: The line of an unfinished skater whose last crossing nobody timed: behind those who were timed (assumed).
UNTIMED = float("inf")


class Scores(Protocol):
    """What is known of the skaters of one record: the keys that rank them, and what their rows show."""

    @property
    def record(self) -> Race | Sheet:
        """The race or sheet that was scored."""

    @property
    def keys(self) -> Mapping[Hashable, Key]:
        """The key of everyone who is ranked."""

    @property
    def unranked(self) -> frozenset[Hashable]:
        """The disqualified."""

    def starter(self, id: Hashable) -> Starter:
        """Name and nation of a skater who has a row."""

    def status(self, id: Hashable) -> Status:
        """How the skater's race ended."""

    def laps(self, id: Hashable) -> int | None:
        """The laps completed, if known."""

    def sprints(self, id: Hashable) -> tuple[int | None, ...]:
        """The points won in each sprint, the final sprint last; ``None`` where not known."""

    def finish(self, id: Hashable) -> int | None:
        """The place across the line at full distance, if known."""

    def time(self, id: Hashable) -> RaceTime | None:
        """The race time, if known."""

    def is_added(self, id: Hashable) -> bool:
        """Whether the Referee sends the skater to the next round in addition."""
