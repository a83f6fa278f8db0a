"""In which ways a final sprint can have gone whose order across the line is not all known.

**What is searched.** The places of the final scale are given out from the top, each to somebody whose total allows its
points and whom nobody still waiting is known to have beaten; with dead heats, to several. Whoever is left over wins
nothing, as far as the total allows that.

**Why the answer is exact.** Every choice is tried, but for two that change nothing: of skaters of whom the same is known
the first stands for the others, and a state that was reached before is not entered again. A branch is left when somebody
still waiting needs more points than the place brings, or when more is handed out than the totals leave.

**What it costs.** Exponential in the places where little is known, so every turn of a loop takes a step of the budget
of `massstart.verification.sprintsearch`, shared with the search for the other sprints. With ranks, or some times, few ways are left.
"""

from collections.abc import Hashable, Iterable, Iterator, Sequence

from attrs import field, frozen

from massstart.rulebook import DeadHeat, Scale
from massstart.verification.sprintsearch import Budget


def _numbers(numbers: Iterable[int]) -> frozenset[int]:
    return frozenset(numbers)


@frozen
class Finisher:
    """What is known of a skater in a final sprint whose order across the line is not all known.

    Attributes:
        points: what the final sprint can have brought, 0 included where it can be nothing.
        before: who is known to have crossed before, as positions among the finishers.
        like: what else is known; of two skaters with the same, either can stand for the other.
    """

    points: frozenset[int] = field(converter=_numbers)
    before: frozenset[int] = field(converter=_numbers)
    like: Hashable


@frozen
class FinalSprint:
    """A search for ways in which a final sprint can have gone.

    Attributes:
        finishers: everyone who crossed the line.
        scale: the points of the final sprint.
        dead_heat: what a dead heat does to the next place; ``None`` for ways without dead heats.
        most: the points that it can have handed out at most; ``None`` for any number.
        budget: how much searching is allowed.

    Example:
        >>> from massstart import Scale
        >>> from massstart.verification.finalsprint import Finisher, FinalSprint
        >>> from massstart.verification.sprintsearch import Budget
        >>> finishers = [Finisher({5, 3}, set(), "a"), Finisher({5, 3, 0}, set(), "b"), Finisher({3, 0}, {1}, "c")]
        >>> list(FinalSprint(finishers, Scale(5, 3), None, None, Budget()).ways(every=True))
        [{0: 5, 1: 3}, {1: 5, 0: 3}]
    """

    finishers: Sequence[Finisher]
    scale: Scale
    dead_heat: DeadHeat | None
    most: int | None
    budget: Budget

    def ways(self, *, every: bool) -> Iterator[dict[int, int]]:
        """Ways in which it can have gone: the points of those who win any, by position.

        Args:
            every: whether those come too that only exchange skaters who are alike.

        Raises:
            SearchGivenUp: after too many steps.
        """
        kinds = self._kinds(every=every)
        stack: list[Iterator[tuple[int, dict[int, int]]]] = [iter([(0, {})])]
        seen = set()
        #: Whose total does not allow winning nothing.
        needy = {number for number, finisher in enumerate(self.finishers) if 0 not in finisher.points}
        while stack:
            place, won = next(stack[-1], (None, {}))
            if place is None:
                stack.pop()
                continue
            self.budget.spend(len(won) + 1)
            state = (place, frozenset(won.items()))
            if state in seen:
                continue
            seen.add(state)
            if place < len(self.scale) and len(won) < len(self.finishers):
                stack.append(self._next(place, won, kinds))
            elif needy <= won.keys():
                yield won

    def _kinds(self, *, every: bool) -> list[int]:
        """A number for each finisher; those who can stand for one another share it."""
        size = len(self.finishers)
        self.budget.spend(size + sum(len(finisher.before) for finisher in self.finishers))
        if every:
            return list(range(size))
        behind: list[set[int]] = [set() for _ in range(size)]
        for number, finisher in enumerate(self.finishers):
            for ahead in finisher.before:
                behind[ahead].add(number)
        first: dict[Hashable, int] = {}
        return [
            first.setdefault((finisher, frozenset(behind[number])), number)
            for number, finisher in enumerate(self.finishers)
        ]

    def _next(self, place: int, won: dict[int, int], kinds: Sequence[int]) -> Iterator[tuple[int, dict[int, int]]]:
        """Those who can have taken a place of the scale, one or several, each with the place that comes after."""
        self.budget.spend(len(self.finishers))
        points = self.scale.points[place]
        waiting = [number for number in range(len(self.finishers)) if number not in won]
        if any(min(self.finishers[number].points, default=points + 1) > points for number in waiting):
            return
        free = [
            number
            for number in waiting
            if points in self.finishers[number].points and self.finishers[number].before <= won.keys()
        ]
        free.sort(key=lambda number: kinds[number])
        there = sum(won.values())
        for size in range(1, len(free) + 1 if self.dead_heat else 2):
            then = place + (1 if self.dead_heat == "follow" else size)
            # Without another dead heat, what is left is the least that can follow.
            least = there + size * points + sum(self.scale.points[then : then + len(waiting) - size])
            if self.most is not None and least > self.most:
                return
            for group in self._groups(free, size, kinds):
                yield then, won | dict.fromkeys(group, points)

    def _groups(self, free: Sequence[int], size: int, kinds: Sequence[int]) -> Iterator[list[int]]:
        """Groups of some skaters; of those who are alike the first."""
        stack: list[tuple[int, ...]] = [()]
        while stack:
            group = stack.pop()
            if len(group) == size:
                yield [free[index] for index in group]
                continue
            self.budget.spend(len(free))
            last = group[-1] if group else -1
            stack += [
                (*group, index)
                for index in reversed(range(last + 1, len(free) - size + len(group) + 1))
                if index - 1 == last or kinds[free[index - 1]] != kinds[free[index]]
            ]
