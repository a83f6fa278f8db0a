"""The ranking a second time, written another way than the engine: by comparing and counting, from rules.md alone.

No key sorts here. Whether one skater ranks before another is asked of every pair, a rank is one more than the
number who rank before, and a sprint place one more than the number who crossed before. Nothing is imported
from the package; a race is only looked at.
"""

from collections.abc import Collection, Hashable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from massstart import Order, Race, Scale

Status = Literal["finished", "lapped", "unfinished", "disqualified"]


@dataclass(frozen=True)
class Line:
    """What the rules say of one skater."""

    rank: int | None
    status: Status
    sprints: tuple[int, ...]
    total: int
    finish: int | None
    qualified: Literal["Q", "q"] | None


class Oracle:
    """One race, judged by the rules."""

    def __init__(self, race: "Race") -> None:
        self.race = race
        self.out = {note.id for note in race.disqualified}
        self.left = {note.id: note for note in race.unfinished}
        self.at_full_distance = set(race.finish.ids)
        self.ranked = (self.at_full_distance | set(self.left)) - self.out
        self.cells = {id: self._cells(id) for id in self.ranked}
        self.totals = {id: self._total(id) for id in self.ranked}

    def lines(self) -> dict[Hashable, Line]:
        """A line for everyone who started."""
        return {id: self.line(id) for id in self.ranked | self.out}

    def line(self, id: Hashable) -> Line:
        """The line of a skater who started."""
        if id in self.out:
            nothing = (0,) * (len(self.race.sprint_laps) + 1)
            return Line(None, "disqualified", nothing, 0, None, None)
        return Line(self.rank(id), self._status(id), self.cells[id], self.totals[id], self._finish(id), self.mark(id))

    def ranks_before(self, one: Hashable, other: Hashable) -> bool:
        """Section 2.4 and 2.5: laps completed, then points that count, then the order across the line.

        Among unfinished skaters the time at the last crossing stands for the order across the line; who was not
        timed ranks behind who was (assumed).
        """
        if self._laps(one) != self._laps(other):
            return self._laps(one) > self._laps(other)
        if self.totals[one] != self.totals[other]:
            return self.totals[one] > self.totals[other]
        if one in self.at_full_distance:
            return one in _crossed_before(self.race.finish, other)
        here, there = self.left[one].time, self.left[other].time
        if here is None or there is None:
            return here is not None and there is None
        return here.milliseconds < there.milliseconds

    def rank(self, id: Hashable) -> int:
        """Section 2.6: who is level with nobody in between shares a rank, and the next is skipped."""
        return 1 + sum(self.ranks_before(other, id) for other in self.ranked)

    def mark(self, id: Hashable) -> Literal["Q", "q"] | None:
        """Section 3: the best by rank, all of those tied on the last place, and whom the Referee adds."""
        if self.race.advance is not None and self.rank(id) <= self.race.advance:
            return "Q"
        return "q" if id in {note.id for note in self.race.advanced} else None

    def _laps(self, id: Hashable) -> int:
        return self.race.laps if id in self.at_full_distance else self.left[id].laps

    def _status(self, id: Hashable) -> Status:
        if id in self.left:
            return "unfinished"
        return "lapped" if id in self.race.lapped else "finished"

    def _finish(self, id: Hashable) -> int | None:
        if id not in self.at_full_distance:
            return None
        return 1 + len(_crossed_before(self.race.finish, id) - self._overlooked("disqualified_at_finish"))

    def _cells(self, id: Hashable) -> tuple[int, ...]:
        book = self.race.rulebook
        orders = {sprint.lap: sprint.order for sprint in self.race.sprints}
        cells = []
        for lap in self.race.sprint_laps:
            if lap in orders:
                absent = self._overlooked("disqualified_in_sprint")
                cells.append(self._points(orders[lap], book.intermediate, id, absent))
            else:
                cells.append(0)
        absent = self._overlooked("disqualified_at_finish")
        cells.append(self._points(self.race.finish, book.final, id, absent))
        return tuple(cells)

    def _overlooked(self, policy: str) -> set[Hashable]:
        """Whose places are closed up: they do not count as having crossed before anyone."""
        return self.out if getattr(self.race.rulebook, policy) == "closed" else set()

    def _points(self, order: "Order", scale: "Scale", id: Hashable, absent: Collection[Hashable]) -> int:
        if id not in order.ids:
            return 0
        before = _crossed_before(order, id).difference(absent)
        if self.race.rulebook.sprint_dead_heat == "skip":
            ahead = len(before)
        else:
            # A dead heat uses up one place: of those who crossed together, one is counted.
            ahead = len({frozenset(_crossed_before(order, other)) for other in before})
        return scale.points[ahead] if ahead < len(scale.points) else 0

    def _total(self, id: Hashable) -> int:
        if self.race.rulebook.forfeits and self._status(id) != "finished":
            return 0
        return sum(self.cells[id])


def _crossed_before(order: "Order", id: Hashable) -> set[Hashable]:
    places = dict(order)
    return {other for other, place in places.items() if place < places[id]}


def judge(race: "Race") -> dict[Hashable, Line]:
    """What the rules say of everyone who started."""
    return Oracle(race).lines()
