"""Whether totals can come from the sprints of a rulebook at all, and in how many ways.

Decides which ways of handing out the points of the sprints lead to given totals: the completion of a sheet
that prints totals but no sprint columns. It searches; `massstart.verification` says what the outcome means.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, product

from attrs import Factory, define, frozen

from massstart.rulebook import DeadHeat, Scale

#: Steps after which a search gives up, well within a second. The published sheets take some hundreds.
STEPS = 100_000

#: The points a skater takes from each intermediate sprint.
Share = tuple[int, ...]


class TooManyWays(Exception):
    """The search was given up."""


@define
class Budget:
    """How much searching is still allowed, so that no sheet can make a verification hang.

    Attributes:
        steps: what is left.
    """

    steps: int = Factory(lambda: STEPS)

    def spend(self) -> None:
        """Take one step.

        Raises:
            TooManyWays: none is left.
        """
        self.steps -= 1
        if self.steps < 0:
            raise TooManyWays


@frozen
class Claim:
    """What is known of one skater's points from the intermediate sprints.

    Attributes:
        won: their sum, or ``None`` if not known.
        cells: the points in each sprint, where printed.
        reach: which sprints the skater can have been in.
    """

    won: int | None
    cells: Share | None
    reach: tuple[bool, ...]


@define
class Search:
    """A search for ways of handing out the intermediate sprints.

    Attributes:
        claims: one for each skater.
        scale: the points of each intermediate sprint.
        dead_heat: what a dead heat does to the next place.
        budget: how much searching is allowed.
    """

    claims: Sequence[Claim]
    scale: Scale
    dead_heat: DeadHeat
    budget: Budget = Factory(Budget)
    _hopeless: set[tuple[int, tuple[Share, ...]]] = Factory(set)

    def ways(self, *, with_dead_heats: bool) -> Iterator[tuple[Share, ...]]:
        """Every way without (or with) dead heats: each skater's points in each sprint, in the order of the claims.

        A skater of whom nothing is known is left with what the others leave, so has no points here.

        Raises:
            TooManyWays: after too many steps.
        """
        plain = tuple(self.scale.points[:reached] for reached in self._reached())
        for chosen in self._choices() if with_dead_heats else [plain]:
            self.budget.spend()
            if with_dead_heats and chosen == plain:
                continue
            self._hopeless.clear()
            left = self._after_printed(chosen)
            if left is not None and self._adds_up(left):
                yield from self._deal(0, left)

    def _reached(self) -> list[int]:
        """How many skaters reached each sprint."""
        return [sum(reach) for reach in zip(*(claim.reach for claim in self.claims), strict=True)]

    def _choices(self) -> Iterator[tuple[Share, ...]]:
        """A handing-out for each sprint, as far as their sum can be what the skaters hold."""
        wanted = sum(sum(claim.cells) if claim.cells else claim.won or 0 for claim in self.claims)
        *columns, last = [self._column(sprint, reached) for sprint, reached in enumerate(self._reached())]
        by_sum: defaultdict[int, list[Share]] = defaultdict(list)
        for award in last:
            by_sum[sum(award)].append(award)
        for chosen in product(*columns):
            self.budget.spend()
            missing = wanted - sum(map(sum, chosen))
            for total, awards in by_sum.items():
                if total == missing or (total > missing and self._takers()):
                    yield from ((*chosen, award) for award in awards)

    def _column(self, sprint: int, reached: int) -> list[Share]:
        """Every legal handing-out of a sprint to those who may hold points of it."""
        holders = 0
        for claim in self.claims:
            points = claim.won if claim.cells is None else claim.cells[sprint]
            holders += claim.reach[sprint] and points != 0
        column = []
        for award in legal_awards(self.scale, self.dead_heat, reached, holders):
            self.budget.spend()
            column.append(award)
        return column

    def _after_printed(self, columns: Sequence[Share]) -> tuple[Share, ...] | None:
        """What the printed cells leave of each sprint; ``None`` if they take what is not there."""
        left = [list(column) for column in columns]
        for claim in self.claims:
            for column, points in zip(left, claim.cells or (), strict=False):
                if points and points not in column:
                    return None
                if points:
                    column.remove(points)
        return tuple(map(tuple, left))

    def _adds_up(self, left: tuple[Share, ...]) -> bool:
        wanted = sum(claim.won for claim in self.claims if claim.cells is None and claim.won)
        there = sum(map(sum, left))
        return wanted == there or (wanted < there and self._takers() > 0)

    def _takers(self) -> int:
        """How many skaters can hold points that nobody claims."""
        return sum(claim.won is None for claim in self.claims)

    def _deal(self, index: int, left: tuple[Share, ...]) -> Iterator[tuple[Share, ...]]:
        self.budget.spend()
        if index == len(self.claims):
            if all(len(column) <= self._takers() for column in left):
                yield ()
            return
        if (index, left) in self._hopeless:
            return
        found = False
        claim = self.claims[index]
        for share in self._shares(claim, left):
            rest = left if claim.cells is not None else _without(left, share)
            for others in self._deal(index + 1, rest):
                found = True
                yield (share, *others)
        if not found:
            self._hopeless.add((index, left))

    def _shares(self, claim: Claim, left: tuple[Share, ...]) -> Iterator[Share]:
        if claim.cells is not None:
            yield claim.cells
        elif not claim.won:
            yield (0,) * len(left)
        else:
            choices = [
                (0, *sorted(set(column), reverse=True)) if reached else (0,)
                for column, reached in zip(left, claim.reach, strict=True)
            ]
            for share in product(*choices):
                self.budget.spend()
                if sum(share) == claim.won:
                    yield share


def _without(left: tuple[Share, ...], share: Share) -> tuple[Share, ...]:
    rest = []
    for column, points in zip(left, share, strict=True):
        position = column.index(points) if points else len(column)
        rest.append(column[:position] + column[position + 1 :])
    return tuple(rest)


def legal_awards(scale: Scale, dead_heat: DeadHeat, reached: int, longest: int) -> Iterator[Share]:
    """Every legal handing-out of a scale, so many skaters having reached the sprint, to at most ``longest`` of them.

    Example:
        >>> from massstart import Scale
        >>> list(legal_awards(Scale(3, 2, 1), "skip", 5, longest=3))
        [(3, 2, 1), (3, 2, 2), (3, 3, 1), (3, 3, 3)]
    """
    return _awards(scale.points, dead_heat, reached, longest)


def _awards(points: Share, dead_heat: DeadHeat, reached: int, longest: int) -> Iterator[Share]:
    if not points or reached <= 0:
        yield ()
        return
    for tied in range(1, min(reached, longest) + 1):
        used = tied if dead_heat == "skip" else 1
        for rest in _awards(points[used:], dead_heat, reached - tied, longest - tied):
            yield (points[0],) * tied + rest


def is_legal_award(awarded: Sequence[int], scale: Scale, dead_heat: DeadHeat, reached: int, missing: int = 0) -> bool:
    """Whether the points won in one sprint are a legal handing-out.

    Args:
        awarded: the points, in any order.
        scale: the points of the sprint.
        dead_heat: what a dead heat does to the next place.
        reached: how many skaters can have won any.
        missing: how many others may have won points that are not among those awarded.

    Example:
        >>> from massstart import Scale
        >>> is_legal_award([3, 1], Scale(3, 2, 1), "skip", reached=8)
        False
        >>> is_legal_award([3, 1], Scale(3, 2, 1), "skip", reached=8, missing=1)
        True
    """
    return _is_legal(Counter(awarded), scale.points, dead_heat, reached, missing)


def _is_legal(awarded: Counter[int], points: Share, dead_heat: DeadHeat, reached: int, missing: int) -> bool:
    if awarded.total() > reached:
        return False
    if awarded.total() == reached == 0 or not points:
        return not awarded
    value, level = points[0], points.count(points[0])
    rest = Counter({other: times for other, times in awarded.items() if other != value})
    for others in range(missing + 1):
        # All who have the points of one place: they hold its places, or share them in dead heats.
        tied = awarded[value] + others
        used = tied if dead_heat == "skip" else min(tied, level)
        if tied and _is_legal(rest, points[used:], dead_heat, reached - awarded[value], missing - others):
            return True
    return False


def sprint_columns(ways: Sequence[tuple[Share, ...]], fixed: bool) -> set[tuple[Share, ...]]:  # noqa: FBT001
    """The different ways among several, sprint by sprint.

    Args:
        ways: as `Search.ways` yields them.
        fixed: whether the sprints can be told apart; else their order means nothing.
    """
    columns = [tuple(zip(*way, strict=True)) for way in ways]
    return {column if fixed else tuple(sorted(column)) for column in columns}


@frozen
class FinalSprint:
    """What is known of a final sprint whose order across the line is not all known.

    Attributes:
        scale: the points of the final sprint.
        dead_heat: what a dead heat does to the next place.
        candidates: for each skater, the points that the total allows, 0 included where it does.
        before: for each skater, those who are known to have crossed before.
        budget: how much searching is allowed.
    """

    scale: Scale
    dead_heat: DeadHeat
    candidates: Mapping[int, Sequence[int]]
    before: Mapping[int, set[int]]
    budget: Budget

    def ways(self, *, with_dead_heats: bool) -> Iterator[dict[int, int]]:
        """Ways in which it can have gone: the points of those who win any. With dead heats, also those without.

        Raises:
            TooManyWays: after too many steps.
        """
        return self._place(0, {}, with_dead_heats=with_dead_heats)

    def _place(self, position: int, placed: dict[int, int], *, with_dead_heats: bool) -> Iterator[dict[int, int]]:
        if position >= len(self.scale) or len(placed) == len(self.candidates):
            if all(0 in points or skater in placed for skater, points in self.candidates.items()):
                yield placed
            return
        points = self.scale.points[position]
        free = [
            skater
            for skater, allowed in self.candidates.items()
            if skater not in placed and points in allowed and self.before[skater] <= placed.keys()
        ]
        most = len(free) if with_dead_heats else 1
        for size in range(1, most + 1):
            used = size if self.dead_heat == "skip" else 1
            for together in combinations(free, size):
                self.budget.spend()
                there = placed | dict.fromkeys(together, points)
                yield from self._place(position + used, there, with_dead_heats=with_dead_heats)
