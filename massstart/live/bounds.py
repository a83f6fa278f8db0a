"""The best and the worst rank that a skater can still reach from a place across the line.

**What is bounded.** The rank over every end of the race that counts as possible: every sprint left falls in any order of
those still racing, and they all finish, without dead heats, and lapped only if they are lapped already. The worst rank
is one more than the number of rivals who can all be ahead at once; the best follows from how many can all be behind,
which is the same question with every number negated.

**Why it is exact.** Each step exchanges what two skaters still have to come, so that nobody gets in the way who was not:
for the best rank the skater wins every sprint left, for the worst comes last in each; the rivals who are ahead are those
with most points now; and they hold the best places left. Only one thing stays open, how these values meet: whether they
can be handed out so that every rival reaches a target, which `massstart.live.assignment` decides. ``docs/outlook.md``
gives the argument step by step.

**What it costs.** A count is found by halving, so each place asks a handful of such questions, for each number of rivals
whose place is given, or who forfeit, one more. Skaters with equal points share their answers.
"""

from bisect import bisect_left
from collections.abc import Hashable, Sequence
from typing import Literal

from massstart.live.assignment import Assignment
from massstart.live.finishline import FinishLine
from massstart.race import Underway
from massstart.scoring import totals_so_far

#: Where a rival shall be. The question for "behind" is the one for "ahead" with every number negated.
Side = Literal[1, -1]
AHEAD: Side = 1
BEHIND: Side = -1


class Bounds:
    """The ranks that each skater of a race can still reach.

    Args:
        race: the race so far.
        line: the places across the line, taken and free.
        steps: how much may be looked into before it gives up; see `massstart.problems.TooManyWays`.
    """

    def __init__(self, race: Underway, line: FinishLine, steps: int) -> None:
        book = race.rulebook
        size = len(race.racing)
        points = totals_so_far(race)
        self._assignment = Assignment(steps)
        self._line = line
        self._points = {id: points[id] for id in race.racing}
        #: Those whose points count no more, whatever they win.
        self._void = frozenset(race.lapped if book.forfeits else ()).intersection(race.racing)
        # Who has left the race since a sprint whose order is not known yet may have won points there.
        self._sprints = [
            _padded(book.intermediate.points, size + sum(note.laps >= lap for note in race.unfinished))
            for lap in race.sprints_left[:-1]
        ]
        #: More than any sum of points, doubled.
        self._apart = 16 * (1 + sum(points.values()) + sum(map(sum, self._sprints)) + sum(line.worth.values()))
        #: What the rivals win in the sprints left, for either question.
        self._left: dict[Side, list[list[int]]] = {
            AHEAD: [[2 * points for points in sprint[:-1]] for sprint in self._sprints],
            BEHIND: [[-2 * points for points in reversed(sprint[1:])] for sprint in self._sprints],
        }
        self._known: dict[tuple[object, ...], bool] = {}

    def free(self, id: Hashable) -> Sequence[int]:
        """The places across the line that a skater can take, best first."""
        return [self._line.places[id]] if id in self._line.places else self._line.free

    def best(self, id: Hashable, place: int) -> int:
        """The best rank from a place across the line."""
        rivals = len(self._points) - 1
        return 1 + rivals - self._most(id, place, BEHIND)

    def worst(self, id: Hashable, place: int) -> int:
        """The worst rank from a place across the line."""
        return 1 + self._most(id, place, AHEAD)

    def can_be(self, id: Hashable, place: int, rank: int) -> bool:
        """Whether a place across the line can be enough for a rank."""
        return self._can(id, place, BEHIND, len(self._points) - rank)

    def must_be(self, id: Hashable, place: int, rank: int) -> bool:
        """Whether a place across the line is enough for a rank in every case."""
        return not self._can(id, place, AHEAD, rank)

    def _most(self, id: Hashable, place: int, side: Side) -> int:
        """How many rivals can be ahead, or behind, all at once."""
        counts = range(len(self._points))
        return bisect_left(counts, True, key=lambda count: not self._can(id, place, side, count)) - 1

    def _can(self, id: Hashable, place: int, side: Side, count: int) -> bool:
        """Whether so many rivals can be ahead, or behind, all at once."""
        # Skaters with equal points are in the same position.
        asked = (place, side, count, self._points[id], id in self._void, id in self._line.places)
        if asked not in self._known:
            self._known[asked] = count < len(self._points) and self._is_possible(id, place, side, count)
        return self._known[asked]

    def _is_possible(self, id: Hashable, place: int, side: Side, count: int) -> bool:
        # For the best rank the skater wins every sprint left; for the worst, comes last in each.
        won = 0 if side == BEHIND else -1
        own = self._points[id] + sum(sprint[won] for sprint in self._sprints) + self._line.worth.get(place, 0)
        if id in self._void:
            own = 0
        # Everything is doubled, so that being ahead at the line is worth one where points are level.
        need = 2 * own + 1 if side == AHEAD else -2 * own
        sprints = self._left[side]
        worth = self._line.worth

        def line(at: int) -> int:
            return side * (2 * worth.get(at, 0) + (at < place))

        loose: list[int] = []
        pinned: list[int] = []
        surely = waiting = 0
        for rival, points in self._points.items():
            at = self._line.places.get(rival)
            if rival == id:
                continue
            if rival not in self._void:
                if at is None:
                    loose.append(2 * side * points)
                elif sprints:
                    pinned.append(2 * side * points + line(at))
                else:
                    # With no sprint left, nothing about a rival across the line is open.
                    surely += 2 * side * points + line(at) >= need
            elif own:
                surely += side == BEHIND
            elif at is None:
                waiting += 1
            else:
                surely += (at < place) == (side == AHEAD)
        loose.sort(reverse=True)
        pinned.sort(reverse=True)
        places = [at for at in self._line.free if at != place]
        # Level with nothing, the line alone decides. Whoever forfeits is best put where the place is of least use.
        fitting = sorted([line(at) for at in places if (at < place) == (side == AHEAD)])
        for idle in range(min(waiting, len(fitting)) + 1):
            lines = sorted(map(line, places), reverse=True)
            for value in fitting[:idle]:
                lines.remove(value)
            for some in range(len(pinned) + 1):
                rest = max(0, count - surely - idle - some)
                targets = [need - value for value in lines[:rest]]
                targets += [need - value + self._apart for value in pinned[:some]]
                columns = [[self._apart] * some + loose[:rest], *sprints]
                if rest <= len(loose) and self._assignment.is_possible(targets, columns):
                    return True
        return False


def _padded(points: tuple[int, ...], size: int) -> list[int]:
    return [*points[:size], *[0] * (size - len(points))]
