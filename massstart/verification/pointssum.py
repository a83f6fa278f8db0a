"""Whether the totals of a sheet can come from the sprints of its rulebook: the check of the points-sum.

Decides what the facts of a sheet claim from the sprints, and what the outcome of the search means: a finding, something
to be assumed, or no answer. The searches stand in `massstart.verification.sprintsearch` and
`massstart.verification.finalsprint`.

A sheet that prints no sprint columns is consistent when some handing-out of the sprints gives its totals. Dead heats are
tried only where there is no way without: first at the finish, then in a sprint, then in both. Where the times do not
tell the order across the line, the final sprint is searched too, and each way of it leaves claims of its own; ways that
leave the same claims, whoever holds them, are one question.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, product

from attrs import Factory, define, evolve, field, frozen

from massstart.deduction import Line
from massstart.rulebook import Rulebook
from massstart.verification.finalsprint import FinalSprint, Finisher
from massstart.verification.sprintaward import reachable_sums
from massstart.verification.sprintsearch import Budget, Claim, Search, SearchGivenUp, Share, sprint_columns
from massstart.words import count


@frozen
class PointsSum:
    """What came of checking the totals against the sprints.

    Attributes:
        checked: how many rows were checked.
        finding: what is wrong, if anything.
        printed, expected: for a finding about the sum of the points, what the sheet leaves and what is due.
        assumed: what had to be assumed, if anything.
        unchecked: why it could not be checked, if it could not.
    """

    checked: int = 0
    finding: str | None = None
    printed: int | None = None
    expected: int | None = None
    assumed: str | None = None
    unchecked: str | None = None


@frozen
class _Skater:
    """What a row tells, as far as it matters here.

    Attributes:
        label: how to name the skater.
        rank: as printed.
        total: the points that count; ``None`` if not known.
        finish: the place across the line; ``None`` without a time, or short of the distance.
        crossed: whether the skater crossed the finishing line.
        lapped: whether lapped.
        laps: the laps completed, if known.
        cells: the printed points of each sprint, the final sprint last, if printed.
        final: the points of the final sprint, if they follow from the times.
    """

    label: str
    rank: int | None
    total: int | None
    finish: int | None
    crossed: bool
    lapped: bool
    laps: int | None
    cells: Share | None
    final: int


def _read(line: Line) -> _Skater:
    """The one place where a line is read."""
    row, printed = line.row, line.printed
    return _Skater(
        label=row.label,
        rank=printed.rank,
        total=row.total,
        finish=row.finish,
        crossed=row.at_full_distance,
        lapped=row.status == "lapped",
        laps=row.laps,
        cells=printed.sprints,
        final=row.sprints[-1] or 0,
    )


def check_points_sum(rulebook: Rulebook, lines: Iterable[Line], *, finish_known: bool) -> PointsSum:
    """Look for a handing-out of the sprints that gives the totals, with as few dead heats as that takes.

    Args:
        rulebook: the rulebook in force.
        lines: those of a complete sheet, not all of which print their sprints.
        finish_known: whether the times tell everybody's place across the line.

    Example:
        >>> from massstart import Sheet, SheetRow, rulebook
        >>> from massstart.deduction import deduce
        >>> from massstart.verification.pointssum import check_points_sum
        >>> rows = [SheetRow(rank=1, name="A", total=60, time="7:40.00"), SheetRow(rank=2, name="B", total=41, time="7:40.10")]
        >>> known = deduce(Sheet(id="demo", rulebook="isu-2018", rows=rows))
        >>> outcome = check_points_sum(rulebook("isu-2018"), known.lines, finish_known=known.finish_known)
        >>> outcome.finding, outcome.printed, outcome.expected
        ('the totals leave 1 point for the intermediate sprints, which hand out 15', 1, 15)
    """
    try:
        return _Sums(rulebook, [_read(line) for line in lines if line.row.is_ranked], finish_known).outcome()
    except SearchGivenUp:
        return PointsSum(unchecked="there are too many ways to try them all")


@define
class _Sums:
    """The question of one sheet, with all that was searched for it so far."""

    book: Rulebook
    skaters: Sequence[_Skater]
    finish_known: bool
    budget: Budget = Factory(Budget)
    _totals: list[Claim] = field(init=False)
    _searches: dict[tuple[bool, tuple[Claim, ...]], Search] = field(init=False, factory=dict)

    def outcome(self) -> PointsSum:
        """What the search says."""
        checked = len(self.skaters)
        for in_sprints, at_finish in product((False, True), repeat=2):
            if not self._is_possible(in_sprints=in_sprints, at_finish=at_finish):
                continue
            if in_sprints or at_finish:
                where = " and ".join(["in a sprint"] * in_sprints + ["at the finish"] * at_finish)
                return PointsSum(checked, assumed=f"a dead heat {where}: without one the totals cannot be reached")
            return PointsSum(checked, assumed=self._only_way())
        if any(skater.laps is None for skater in self.skaters):
            return PointsSum(unchecked="somebody whose laps are not printed may have left before a sprint")
        return self._refuted()

    def _is_possible(self, *, in_sprints: bool, at_finish: bool) -> bool:
        left = sum(self._dues()) - sum(claim.won or 0 for claim in self._totals)
        for final in self._finals(with_dead_heats=at_finish, every=False):
            # Without dead heats no more can be claimed than is due: known at a glance, and finals can be many.
            won = sum(points for number, points in final.items() if self._totals[number].won is not None)
            if in_sprints or left + won >= 0:
                search = self._search(self._claims(final), in_sprints=in_sprints)
                if search.is_possible():
                    return True
        return False

    def _search(self, claims: Sequence[Claim], *, in_sprints: bool) -> Search:
        """The search for some claims, in an order of its own; see `_order`."""
        key = (in_sprints, tuple(sorted(claims, key=_order)))
        if key not in self._searches:
            dead_heat = self.book.sprint_dead_heat if in_sprints else None
            self._searches[key] = Search(key[1], self.book.intermediate, dead_heat, self.budget)
        return self._searches[key]

    def _claims(self, final: dict[int, int]) -> list[Claim]:
        """What is left of everybody's total when the final sprint went in a given way."""
        self.budget.spend(len(self.skaters))
        claims = list(self._totals)
        for number, points in final.items():
            total = claims[number].won
            if points and total is not None:
                claims[number] = evolve(claims[number], won=total - points)
        return claims

    @_totals.default
    def _without_final(self) -> list[Claim]:
        """The claims if nobody won points in the final sprint."""
        return [
            Claim(
                won=None if self._hidden(skater) else skater.total,
                cells=None if skater.cells is None else skater.cells[:-1],
                reach=tuple([skater.laps is None or skater.laps >= lap for lap in self.book.sprint_laps]),
            )
            for skater in self.skaters
        ]

    def _hidden(self, skater: _Skater) -> bool:
        """Whether the skater forfeits points, so that the total does not tell how many they were."""
        return self.book.forfeits and (skater.lapped or not skater.crossed)

    # --- the final sprint ---

    def _finals(self, *, with_dead_heats: bool, every: bool) -> Iterator[dict[int, int]]:
        """Ways in which the final sprint can have gone: points by skater."""
        crossed = [number for number, skater in enumerate(self.skaters) if skater.crossed]
        if self.finish_known:
            yield {number: self.skaters[number].final for number in crossed}
            return
        dead_heat = self.book.sprint_dead_heat if with_dead_heats else None
        self.budget.spend(len(crossed) ** 2 + len(crossed) * len(self.book.final))
        sums = reachable_sums(self.book.intermediate, len(self.book.sprint_laps))[-1]
        finishers = [self._finisher(self.skaters[number], crossed, sums) for number in crossed]
        for won in FinalSprint(finishers, self.book.final, dead_heat, self._most(), self.budget).ways(every=every):
            yield {crossed[position]: points for position, points in won.items()}

    def _finisher(self, skater: _Skater, crossed: Sequence[int], sums: int) -> Finisher:
        if skater.cells is not None:
            points = {skater.cells[-1]}
        else:
            points = {
                points
                for points in (*self.book.final, 0)
                if skater.total is None
                or skater.lapped
                or (points <= skater.total and sums >> skater.total - points & 1)
            }
        before = {position for position, number in enumerate(crossed) if _crossed_before(self.skaters[number], skater)}
        return Finisher(points, before, (skater.total, skater.cells, skater.lapped))

    def _most(self) -> int | None:
        """The points that the final sprint can have handed out at most: what the others leave of the totals."""
        if any(claim.won is None for claim in self._totals):
            return None
        return sum(skater.total or 0 for skater in self.skaters) - sum(self._dues())

    # --- what the outcome means ---

    def _dues(self) -> list[int]:
        """The points that each intermediate sprint hands out without dead heats."""
        reached = [sum(reach) for reach in zip(*[claim.reach for claim in self._totals], strict=True)]
        return [sum(islice(self.book.intermediate, there)) for there in reached]

    def _refuted(self) -> PointsSum:
        """The finding that nothing gives the totals."""
        checked = len(self.skaters)
        finishers = sum(skater.crossed for skater in self.skaters)
        left = sum(skater.total or 0 for skater in self.skaters) - sum(islice(self.book.final, finishers))
        due = sum(self._dues())
        if left != due:
            message = f"the totals leave {count(left, 'point')} for the intermediate sprints, which hand out {due}"
            return PointsSum(checked, message, left, due)
        sprints = count(len(self.book.sprint_laps), "sprint")
        return PointsSum(checked, f"no handing-out of {sprints} {self.book.intermediate} gives these totals")

    def _only_way(self) -> str | None:
        """The sentence that names the only way without dead heats; ``None`` if there are more, or perhaps more."""
        if any(skater.total is None for skater in self.skaters):
            return None
        fixed = any(skater.cells is not None for skater in self.skaters)
        different: set[tuple[Share, ...]] = set()
        try:
            for way in self._ways(fixed=fixed):
                different.add(sprint_columns(way, fixed=fixed))
                if len(different) > 1:
                    return None
                only = way
        except SearchGivenUp:
            return None
        facts = zip(self.skaters, self._totals, strict=True)
        hidden = [skater.label for skater, claim in facts if claim.won is None and claim.cells is None]
        dues = self._dues()
        if len(hidden) > 1 and sum(map(sum, only)) < sum(dues):
            return None
        columns = []
        for shares, due in zip(zip(*only, strict=True), dues, strict=True):
            holders = [*zip(shares, [skater.label for skater in self.skaters], strict=True)]
            # What nobody claims was won by the one skater whose points are hidden.
            holders += [(due - sum(shares), label) for label in hidden]
            won = sorted(holders, reverse=True)
            columns.append(", ".join(f"{label} {points}" for points, label in won if points))
        order = "" if fixed else " (in some order of the sprints)"
        return f"no dead heat in a sprint; then the sprints can only have gone one way{order}: {'; '.join(columns)}"

    def _ways(self, *, fixed: bool) -> Iterator[tuple[Share, ...]]:
        """Every way without dead heats: everybody's points in each sprint."""
        for final in self._finals(with_dead_heats=False, every=True):
            claims = self._claims(final)
            order = sorted(range(len(claims)), key=lambda number: _order(claims[number]))
            for shares in self._search(claims, in_sprints=False).ways(fixed=fixed):
                way = dict(zip(order, shares, strict=True))
                yield tuple([way[number] for number in range(len(claims))])


def _order(claim: Claim) -> tuple[int, bool, Share, tuple[bool, ...]]:
    """Most points first; the claims of two skaters that are the same stand together."""
    return -(claim.won or 0), claim.won is None, claim.cells or (), claim.reach


def _crossed_before(ahead: _Skater, behind: _Skater) -> bool:
    """Whether one is known to have crossed before the other, by time or by rank on equal points."""
    if ahead.finish is not None and behind.finish is not None:
        return ahead.finish < behind.finish
    if ahead.total is None or ahead.total != behind.total or ahead.rank is None or behind.rank is None:
        return False
    return ahead.rank < behind.rank
