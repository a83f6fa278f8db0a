"""What follows from the crossings of the line: laps completed, the order at each lap, and who is lapped.

Decides how crossings are counted and compared. Crossings count in the order of their times, whenever they arrive.
What the judges say instead stands in `massstart.live.log`.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from itertools import groupby
from typing import Self

from attrs import frozen

from massstart.live.events import Passing
from massstart.order import Order, id_order
from massstart.times import RaceTime


def _clock(time: RaceTime) -> int:
    return time.milliseconds


@frozen(eq=False)
class Crossings:
    """The crossings of a race, skater by skater.

    Attributes:
        times: by id, ascending; whoever has not crossed the line is not there.
        first: the laps that the first crossing completes, 1 or 0.
    """

    times: Mapping[Hashable, Sequence[RaceTime]]
    first: int = 1

    @classmethod
    def from_passings(cls, passings: Iterable[Passing], *, first: int = 1, until: Mapping[Hashable, int] = {}) -> Self:
        """Gather the crossings.

        Args:
            passings: in any order.
            first: the laps that the first crossing completes.
            until: by id, the laps after which a skater left the race; later crossings do not count.
        """
        found: dict[Hashable, list[RaceTime]] = {}
        for passing in passings:
            found.setdefault(passing.id, []).append(passing.time)
        return cls(
            {
                id: sorted(times, key=_clock)[: until[id] - first + 1 if id in until else None]
                for id, times in found.items()
            },
            first,
        )

    def laps(self, id: Hashable, at: RaceTime | None = None) -> int:
        """The laps that a skater has completed, at some moment or by now; 0 before the first crossing."""
        times = self.times.get(id, ())
        done = len(times) if at is None else sum(_clock(time) <= _clock(at) for time in times)
        return max(done - 1 + self.first, 0)

    def time(self, id: Hashable, lap: int) -> RaceTime | None:
        """When a skater completed a lap."""
        times = self.times.get(id, ())
        index = lap - self.first
        return times[index] if 0 <= index < len(times) else None

    def last(self, id: Hashable) -> RaceTime | None:
        """When a skater crossed the line last."""
        times = self.times.get(id)
        return times[-1] if times else None

    def order(self, lap: int) -> Order:
        """Everyone who has completed a lap, in the order across the line there.

        Equal times are a dead heat, and hundredths count as thousandths that end in 0 (assumed): only the judges
        can tell more.
        """
        return in_order({id: _clock(time) for id in self.times if (time := self.time(id, lap)) is not None})

    def lapped(self, laps: int, winner: RaceTime) -> frozenset[Hashable]:
        """Who has two or more laps still to complete when the winner finishes, of those who crossed the line at all."""
        return frozenset(id for id in self.times if self.laps(id, winner) <= laps - 2)


def in_order(criterion: Mapping[Hashable, object]) -> Order:
    """Skaters by what they are sorted by; equals are tied."""
    ids = sorted(criterion, key=lambda id: (criterion[id], id_order(id)))
    return Order.from_groups([list(group) for _, group in groupby(ids, key=criterion.__getitem__)])
