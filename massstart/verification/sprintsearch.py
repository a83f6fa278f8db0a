"""Whether totals can come from the sprints of a rulebook at all, and in which ways.

**What is searched.** A skater's *claim* is the points from all intermediate sprints together. Wanted is a share for
everyone, some points of each sprint that add up to the claim, such that each sprint hands out what its scale allows. The
skaters are served one after the other, most points first. For those who wait it only matters how often each value of
each sprint was handed out so far; such a position is looked into once, and sprints that look alike in it are one.

**Why the answer is exact.** Every share that adds up is tried, unless it leaves a sprint that those who wait cannot
complete. `massstart.verification.sprintaward.least_award` finds the smallest completion: going down the scale, it hands out each
place that is not covered yet, so down to any value no completion has fewer holders. Whoever takes a value claims as much
at least; where too few who wait do, or what is due is more than they claim, no completion is left.

**What it costs.** Three sprints of all-different values are a numerical three-dimensional matching, which is
NP-complete, so the worst case is exponential. Every turn of a loop takes a step of one `Budget`, and without a step left
the search gives up: no answer, never a wrong one. The published sheets take some hundreds of steps.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from attrs import Factory, define, frozen

from massstart.rulebook import DeadHeat, Scale
from massstart.verification.sprintaward import Counts, least_award, levels, reachable_sums

#: Steps after which a search gives up. Each is a microsecond or two, so this is well within a second.
STEPS = 150_000

#: The points a skater takes from each intermediate sprint.
Share = tuple[int, ...]


class SearchGivenUp(Exception):
    """The search took more steps than it may."""


@define
class Budget:
    """How much searching is still allowed, so that no sheet can make a verification hang.

    Attributes:
        steps: what is left.
    """

    steps: int = Factory(lambda: STEPS)

    def spend(self, steps: int = 1) -> None:
        """Take some steps.

        Raises:
            SearchGivenUp: there are not as many left.
        """
        self.steps -= steps
        if self.steps < 0:
            raise SearchGivenUp


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


class _Column(NamedTuple):
    """A sprint, as those find it who are not served yet.

    Attributes:
        served: how many are.
        sprint: the first of the sprints that they cannot tell apart from it but by what is handed out.
        given: what is handed out.
    """

    served: int
    sprint: int
    given: Counts


class _Option(NamedTuple):
    """What the next skater can take from a sprint.

    Attributes:
        points: the points, perhaps 0.
        then: the number of the column that this leaves.
        due: the points that it must still hand out then, at least.
    """

    points: int
    then: int
    due: int


#: For each sprint the number of its column.
_Position = tuple[int, ...]


class _Deal(NamedTuple):
    """The first skaters served.

    Attributes:
        shares: what each of them took.
        position: what that leaves.
        apart: for each sprint a number; sprints from which everyone took the same share it.
    """

    shares: tuple[Share, ...]
    position: _Position
    apart: tuple[int, ...]


class Search:
    """A search for ways of handing out the intermediate sprints.

    Args:
        claims: one for each skater.
        scale: the points of each intermediate sprint.
        dead_heat: what a dead heat does to the next place; ``None`` for ways without dead heats.
        budget: how much searching is allowed.

    Example:
        >>> from massstart import Scale
        >>> from massstart.verification.sprintsearch import Claim, Search
        >>> def claims(*points):
        ...     return [Claim(won, None, (True, True)) for won in points]
        >>> list(Search(claims(4, 1, 1), Scale(2, 1), None).ways(fixed=False))
        [((2, 2), (0, 1), (1, 0))]
        >>> Search(claims(4, 2, 2), Scale(2, 1), None).is_possible()
        False
        >>> Search(claims(4, 2, 2), Scale(2, 1), "skip").is_possible()
        True
    """

    def __init__(
        self, claims: Sequence[Claim], scale: Scale, dead_heat: DeadHeat | None, budget: Budget | None = None
    ) -> None:
        self._claims = claims
        self._dead_heat = dead_heat
        self._budget = budget or Budget()
        self._values, self._places = levels(scale)
        waiting = [number for number, claim in enumerate(claims) if claim.cells is None and claim.won]
        #: Who is to be served. Whoever won most has the fewest ways to have won it: the search goes wrong sooner.
        self._queue = sorted(waiting, key=lambda number: -(claims[number].won or 0))
        #: By how many are served: the points that the others claim.
        self._wanted = [*accumulate([claims[number].won or 0 for number in reversed(self._queue)], initial=0)][::-1]
        self._sprints = range(len(claims[0].reach) if claims else 0)
        self._budget.spend((1 + len(self._sprints)) * (len(claims) + len(self._values)))
        self._sums = reachable_sums(scale, len(self._sprints))
        self._reached = [sum(claim.reach[sprint] for claim in claims) for sprint in self._sprints]
        #: By sprint: how many of whom nothing is known can take what nobody claims.
        unknown = [claim.reach for claim in claims if claim.won is None and claim.cells is None]
        self._takers = [sum(reach[sprint] for reach in unknown) for sprint in self._sprints]
        self._twins = self._find_twins()
        self._columns: list[_Column] = []
        self._numbers: dict[_Column, int] = {}
        self._options_of: dict[int, list[_Option]] = {}
        self._able_to: dict[tuple[int, int], Counts] = {}
        self._known: dict[tuple[int, _Position], bool] = {}
        self._start = self._first_position()

    def is_possible(self) -> bool:
        """Whether there is any way.

        Raises:
            SearchGivenUp: after too many steps.
        """
        return self._start is not None and self._leads_on(0, self._start)

    def ways(self, *, fixed: bool) -> Iterator[tuple[Share, ...]]:
        """Every way: the shares, in the order of the claims. Of ways that only exchange sprints, at least one comes.

        A skater of whom nothing is known takes what the others leave, so has no points here.

        Args:
            fixed: whether the sprints can be told apart, so that every way comes.

        Raises:
            SearchGivenUp: after too many steps.
        """
        if self._start is None:
            return
        apart = tuple(range(len(self._start))) if fixed else self._start
        stack = [iter([_Deal((), self._start, apart)])]
        while stack:
            deal = next(stack[-1], None)
            if deal is None:
                stack.pop()
            elif len(deal.shares) == len(self._queue):
                yield self._way(deal.shares)
            else:
                stack.append(self._deals(deal))

    def _way(self, shares: tuple[Share, ...]) -> tuple[Share, ...]:
        dealt = dict(zip(self._queue, shares, strict=True))
        nothing = (0,) * len(self._start or ())
        return tuple([dealt.get(number, claim.cells or nothing) for number, claim in enumerate(self._claims)])

    # --- before anybody is served ---

    def _first_position(self) -> _Position | None:
        """What the printed cells leave; ``None`` if that rules out every way."""
        due = 0
        columns = []
        for sprint in self._sprints:
            printed = [claim.cells[sprint] for claim in self._claims if claim.cells and claim.reach[sprint]]
            given = tuple(map(printed.count, self._values))
            least = self._due(0, sprint, given)
            if least is None or sum(given) + printed.count(0) < len(printed):
                return None
            due += least
            columns.append((sprint, given))
        # Without dead heats just that is handed out, and whoever has no known points can take the rest of it.
        too_much = self._dead_heat is None and due < self._wanted[0]
        if too_much or not self._can_be(0, due) or not all(map(self._has_share, self._claims)):
            return None
        return tuple([self._number(0, sprint, given) for sprint, given in columns])

    def _has_share(self, claim: Claim) -> bool:
        """Whether the sprints that the skater can have been in give what is printed, or some points that add up to it."""
        if claim.cells is not None:
            return not any(points for points, there in zip(claim.cells, claim.reach, strict=True) if not there)
        won = claim.won or 0
        return won >= 0 and bool(self._sums[sum(claim.reach)] >> won & 1)

    def _find_twins(self) -> list[list[int]]:
        """By how many are served, and by sprint: the first sprint that is alike but for what was handed out of it."""
        facts = [*zip(self._reached, self._takers, strict=True)]
        twins = [[facts.index(fact) for fact in facts]]
        for number in reversed(self._queue):
            pairs = list(zip(twins[-1], self._claims[number].reach, strict=True))
            first: dict[tuple[int, bool], int] = {}
            twins.append([first.setdefault(pair, sprint) for sprint, pair in enumerate(pairs)])
        return twins[::-1]

    # --- one skater after the other ---

    def _due(self, served: int, sprint: int, given: Counts) -> int | None:
        """The points that a sprint must still hand out at least; ``None`` if those left to be served cannot take them."""
        least = least_award(given, self._places, self._reached[sprint], self._dead_heat)
        if least is None:
            return None
        due = takers = 0
        for value, there, award, able in zip(self._values, given, least, self._able(served, sprint), strict=True):
            takers += award - there
            if takers > able:
                return None
            due += value * (award - there)
        return due

    def _able(self, served: int, sprint: int) -> Counts:
        """By value: how many of those left to be served can take it from a sprint, since they claim as much."""
        key = (served, self._twins[served][sprint])
        if key not in self._able_to:
            left = self._queue[served:]
            self._budget.spend(len(left) + len(self._values))
            claimed = [self._claims[number].won or 0 for number in reversed(left) if self._claims[number].reach[sprint]]
            able = [len(claimed) - bisect_left(claimed, value) + self._takers[sprint] for value in self._values]
            self._able_to[key] = tuple(able)
        return self._able_to[key]

    def _number(self, served: int, sprint: int, given: Counts) -> int:
        """The number of a column; sprints that are alike share it."""
        column = _Column(served, self._twins[served][sprint], given)
        if column not in self._numbers:
            self._numbers[column] = len(self._columns)
            self._columns.append(column)
        return self._numbers[column]

    def _options(self, number: int) -> list[_Option]:
        """What the next skater can take from a sprint, most points first."""
        if number not in self._options_of:
            served, sprint, given = self._columns[number]
            takes = [(0, given)]
            if self._claims[self._queue[served]].reach[sprint]:
                raised = [(*given[:level], given[level] + 1, *given[level + 1 :]) for level in range(len(given))]
                takes = [*takes, *zip(self._values, raised, strict=True)]
            options = []
            for points, then in takes:
                self._budget.spend(len(given) + 4)
                due = self._due(served + 1, sprint, then)
                if due is not None:
                    options.append(_Option(points, self._number(served + 1, sprint, then), due))
            self._options_of[number] = options
        return self._options_of[number]

    def _takes(self, served: int, position: _Position, alike: Sequence[int]) -> Iterator[list[_Option]]:
        """What the next skater can take from each sprint to get what is claimed.

        Of sprints with the same number in ``alike``, the earlier gives no less than the later.
        """
        options = [self._options(number) for number in position]
        self._budget.spend(len(position))
        latest: dict[int, int] = {}
        twins = []
        for sprint, number in enumerate(alike):
            twins.append(latest.get(number, -1))
            latest[number] = sprint
        #: The most that the sprints from each on can give.
        most = [*accumulate([max(choices).points for choices in reversed(options)], initial=0)][::-1]
        wanted = [self._wanted[served] - self._wanted[served + 1]] * len(position)
        picks = [-1] * len(position)
        last = len(position) - 1
        sprint = 0
        while sprint >= 0:
            self._budget.spend()
            picks[sprint] += 1
            pick = picks[sprint]
            if pick == len(options[sprint]):
                sprint -= 1
                continue
            left = wanted[sprint] - options[sprint][pick].points
            if 0 <= left <= most[sprint + 1] and sprint < last and self._sums[last - sprint] >> left & 1:
                sprint += 1
                wanted[sprint] = left
                picks[sprint] = picks[twins[sprint]] - 1 if twins[sprint] >= 0 else -1
            elif left == 0 and sprint == last:
                self._budget.spend(len(position))
                taken = [choices[pick] for choices, pick in zip(options, picks, strict=True)]
                if self._can_be(served + 1, sum(option.due for option in taken)):
                    yield taken

    def _can_be(self, served: int, due: int) -> bool:
        """Whether those left to be served claim what must be handed out, or others can take it."""
        return due <= self._wanted[served] or any(self._takers)

    def _leads_on(self, served: int, start: _Position) -> bool:
        """Whether a position can be completed."""
        stack = [iter([tuple(sorted(start))])]
        path: list[_Position] = []
        while stack:
            depth = served + len(path)
            position = next(stack[-1], None)
            if position is None:
                stack.pop()
                if path:
                    self._known[depth - 1, path.pop()] = False
                continue
            known = self._known.get((depth, position))
            if known or depth == len(self._queue):
                self._known.update({(served + index, passed): True for index, passed in enumerate(path)})
                return True
            if known is None:
                path.append(position)
                stack.append(self._after(depth, position))
        return False

    def _after(self, served: int, position: _Position) -> Iterator[_Position]:
        """The positions that the next skater can leave."""
        for taken in self._takes(served, position, position):
            yield tuple(sorted([option.then for option in taken]))

    def _deals(self, deal: _Deal) -> Iterator[_Deal]:
        """The next skater served in each way that leads on."""
        served = len(deal.shares)
        for taken in self._takes(served, deal.position, deal.apart):
            position = tuple([option.then for option in taken])
            if self._leads_on(served + 1, position):
                self._budget.spend(len(position) + served)
                share = tuple([option.points for option in taken])
                numbers: dict[tuple[int, int], int] = {}
                facts = zip(deal.apart, share, strict=True)
                apart = tuple([numbers.setdefault(fact, len(numbers)) for fact in facts])
                yield _Deal((*deal.shares, share), position, apart)


def sprint_columns(way: tuple[Share, ...], *, fixed: bool) -> tuple[Share, ...]:
    """What each sprint hands out, skater by skater; two ways are the same if this is.

    Args:
        way: as `Search.ways` yields it.
        fixed: whether the sprints can be told apart; else their order means nothing.
    """
    columns = tuple(zip(*way, strict=True))
    return columns if fixed else tuple(sorted(columns))
