"""How one skater ended: the one record of it, for races, published sheets, standings, events and pictures.

Decides what a row holds, and by which criteria in which order skaters are ranked.
"""

from collections.abc import Hashable
from typing import Literal, NamedTuple, TypeAlias

from massstart.times import RaceTime

#: How a race ended for a skater, or that it goes on.
Status = Literal["finished", "lapped", "unfinished", "disqualified", "absent", "racing"]
#: ``Q``: goes to the next round by rank. ``q``: is sent there by the Referee.
Qualified = Literal["Q", "q"]


#: What a skater is ranked by; smaller ranks first. Certain: it reproduces every complete official table seen. That points
#: and then the time at the last crossing decide among unfinished skaters with equal laps is likely.
#:
#: - the laps short of the distance; 0 for everyone who finished;
#: - the points that count, negated;
#: - the place across the line; the milliseconds at the last crossing for an unfinished skater.
#:
#: A plain tuple, for those sort twice as fast as named ones.
Key: TypeAlias = tuple[int, int, float]

#: The names of the criteria, in the order of the rule.
CRITERIA = ("laps_short", "total", "finish")

#: The last criterion of an unfinished skater whose last crossing nobody timed: behind those who were timed (assumed).
UNTIMED = float("inf")


class Row(NamedTuple):
    """One skater of one race. ``None`` is what is not known.

    A named tuple, for every skater of every race has one, and a frozen class takes twice as long to make.

    Attributes:
        rank: from 1 on, shared in a full dead heat; ``None`` for a skater who has none.
        id: what the skater is known by.
        name: as it shall be printed.
        nation: the three-letter code.
        status: how the race ended: ``finished``, ``lapped``, ``unfinished``, ``disqualified``, ``absent`` for a skater
            who did not start, or ``racing`` while the race goes on.
        laps: the laps completed.
        sprints: the points won in each sprint, the final sprint last, forfeited or not.
        total: the points that count.
        finish: the place across the line; ``None`` if not at full distance. The places of the disqualified are
            closed up, unless the rulebook keeps them open.
        time: the race time, or that of the last crossing; ``None`` for a disqualified skater.
        qualified: ``Q`` for those who go to the next round by rank, ``q`` for a skater whom the Referee sends there.
        key: what the skater is ranked by; ``None`` without a rank.

    Example:
        >>> from massstart import Race, rank
        >>> row = rank(Race(rulebook="isu-2018", starters=["a"], finish=["a"]))["a"]
        >>> row.rank, row.status, row.sprints, row.total, row.finish
        (1, 'finished', (0, 0, 0, 60), 60, 1)
    """

    rank: int | None
    id: Hashable
    name: str | None
    nation: str | None
    status: Status
    laps: int | None
    sprints: tuple[int | None, ...]
    total: int | None
    finish: int | None
    time: RaceTime | None
    qualified: Qualified | None
    key: Key | None = None

    @property
    def label(self) -> str:
        """The name, or the id where there is no name."""
        return self.name or str(self.id)

    @property
    def is_ranked(self) -> bool:
        """Whether the skater has a rank, known or not."""
        return self.status not in ("disqualified", "absent")

    @property
    def at_full_distance(self) -> bool:
        """Whether the skater crossed the finishing line."""
        return self.status in ("finished", "lapped")
