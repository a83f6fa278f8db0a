"""Does a published sheet follow the rules? Findings, each at its row, and what could not be checked.

Decides what counts as a misprint. The facts come from `massstart.deduction`; each check below reads them and
reports what it could check and what not. Nothing counts as checked that was not.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from datetime import date
from itertools import islice, pairwise, product
from typing import Literal

from attrs import Factory, define, frozen

from massstart.completion import Budget, Claim, FinalSprint, Search, Share, TooManyWays, is_legal_award, sprint_columns
from massstart.deduction import Deduction, Fact, could_be_lapped, deduce
from massstart.promotion import promoted
from massstart.rulebook import Rulebook
from massstart.sheet import Sheet
from massstart.words import count, listing, ordinal
from massstart.worldcup import points_table

FindingKind = Literal[
    "rank", "total", "sprint-award", "final-sprint", "points-sum", "forfeit", "qualified", "world-cup-points", "field"
]


@frozen
class Finding:
    """Something printed that the rules do not give.

    Attributes:
        kind: ``rank``, ``total``, ``sprint-award``, ``final-sprint``, ``points-sum``, ``forfeit``,
            ``qualified``, ``world-cup-points`` or ``field``.
        row: the row on the sheet, from 1 on; ``None`` for the sheet as a whole.
        message: what is wrong.
        printed: what stands there.
        expected: what should.
        column: where in the row it stands: ``total``, ``sprints[1]`` or another field of a `SheetRow`. With no row,
            the whole column; ``None`` for the sheet as a whole.
    """

    kind: FindingKind
    row: int | None
    message: str
    printed: str | None = None
    expected: str | None = None
    column: str | None = None

    def __str__(self) -> str:
        place = "" if self.row is None else f"row {self.row}: "
        return f"{self.kind}: {place}{self.message}"


@frozen
class Verification:
    """What came of checking a sheet.

    Attributes:
        sheet: the sheet.
        findings: what contradicts the rules, by kind and row; none means that the sheet is consistent.
        assumed: what had to be assumed to fill the holes of the sheet.
        checked: by kind, how many rows (of ``sprint-award``: how many columns) were checked.
        unchecked: by kind, why it could not be checked, or not everywhere.
    """

    sheet: Sheet
    findings: tuple[Finding, ...]
    assumed: tuple[str, ...]
    checked: tuple[tuple[FindingKind, int], ...]
    unchecked: tuple[tuple[FindingKind, str], ...]

    @property
    def consistent(self) -> bool:
        """Whether nothing was found."""
        return not self.findings


def verify(sheet: Sheet) -> Verification:
    """Check a published sheet against its rulebook.

    A sheet that leaves facts out is consistent when some completion of them satisfies the rulebook; what had
    to be assumed is listed.

    Args:
        sheet: the sheet as printed.

    Returns:
        The findings, what was assumed, and what was and was not checked.

    Raises:
        TypeError: something else than a sheet.

    Example:
        >>> from massstart import Sheet, SheetRow, verify
        >>> rows = [SheetRow(rank=1, name="A", total=60, time="7:40.00"), SheetRow(rank=2, name="B", total=41, time="7:40.10")]
        >>> report = verify(Sheet(id="demo", rulebook="isu-2018", rows=rows))
        >>> print(report.findings[0])
        points-sum: the totals leave 1 point for the intermediate sprints, which hand out 15
    """
    if not isinstance(sheet, Sheet):
        raise TypeError(f"verify takes a Sheet, not {type(sheet).__name__}; rank scores a Race")
    report = _Report(sheet, deduce(sheet))
    for check in _CHECKS:
        check(report)
    kinds: tuple[FindingKind, ...] = FindingKind.__args__  # type: ignore[attr-defined]  # Literal lists its values there
    return Verification(
        sheet,
        tuple(sorted(report.findings, key=lambda finding: (kinds.index(finding.kind), finding.row or 0))),
        (*report.deduction.assumed, *report.assumed),
        tuple((kind, report.checked[kind]) for kind in kinds if report.checked[kind]),
        tuple((kind, report.unchecked[kind]) for kind in kinds if kind in report.unchecked),
    )


#: The column that findings of a kind stand in, where the finding itself does not tell another.
_COLUMNS: dict[FindingKind, str] = {
    "rank": "rank",
    "total": "total",
    "points-sum": "total",
    "forfeit": "total",
    "qualified": "qualified",
    "world-cup-points": "world_cup_points",
}


@define
class _Report:
    """A verification in the making."""

    sheet: Sheet
    deduction: Deduction
    findings: list[Finding] = Factory(list)
    assumed: list[str] = Factory(list)
    checked: Counter[FindingKind] = Factory(Counter)
    unchecked: dict[FindingKind, str] = Factory(dict)

    @property
    def facts(self) -> tuple[Fact, ...]:
        """All rows."""
        return self.deduction.facts

    @property
    def ranked(self) -> list[Fact]:
        """The rows of skaters who have a rank."""
        return [fact for fact in self.facts if fact.ranked]

    @property
    def at_full_distance(self) -> list[Fact]:
        """The rows of skaters who crossed the finishing line."""
        return [fact for fact in self.facts if fact.at_full_distance]

    @property
    def prints_sprints(self) -> bool:
        """Whether every row has its sprint columns."""
        return all(fact.row.sprints is not None for fact in self.ranked)

    @property
    def places_kept_open(self) -> bool:
        """Whether somebody disqualified may hold a place in a sprint that the rulebook then keeps open."""
        policies = (self.book().disqualified_in_sprint, self.book().disqualified_at_finish)
        return "kept" in policies and any(fact.ending == "disqualified" for fact in self.facts)

    def find(
        self,
        kind: FindingKind,
        fact: Fact | None,
        message: str,
        printed: object = None,
        expected: object = None,
        column: str | None = None,
    ) -> None:
        """Note a finding; in the column of its kind, unless another is given."""
        row = None if fact is None else fact.index + 1
        self.findings.append(
            Finding(
                kind,
                row,
                message,
                None if printed is None else str(printed),
                None if expected is None else str(expected),
                column or _COLUMNS.get(kind),
            )
        )

    def book(self) -> Rulebook:
        """The rulebook in force."""
        return self.sheet.rulebook


def _check_field(report: _Report) -> None:
    """No skater stands there twice, nobody is missing, and the ranks are all there."""
    seen: dict[Hashable, Fact] = {}
    for fact in report.facts:
        who = fact.row.bib or (fact.row.name and (fact.row.name, fact.row.nation))
        if who and who in seen:
            report.find(
                "field", fact, f"{fact.label} stands in row {seen[who].index + 1} already", fact.label, column="name"
            )
        seen.setdefault(who, fact)
        if fact.row.laps is not None and fact.row.laps > report.sheet.laps:
            report.find(
                "field", fact, f"{fact.row.laps} laps of {report.sheet.laps}", fact.row.laps, report.sheet.laps, "laps"
            )
    report.checked["field"] = len(report.facts)
    if not report.sheet.complete:
        report.unchecked["field"] = "rows are missing, so gaps in the ranks mean nothing"
        return
    started = [fact for fact in report.facts if fact.ending != "absent"]
    if report.sheet.starters not in (None, len(started)):
        report.find(
            "field",
            None,
            f"{report.sheet.starters} started, {len(started)} have a row",
            len(started),
            report.sheet.starters,
        )
    ranks = sorted(fact.row.rank for fact in report.ranked if fact.row.rank is not None)
    for fact in report.ranked:
        if fact.row.rank is None:
            report.find("field", fact, f"{fact.label} has no rank", column="rank")
    for rank in dict.fromkeys(ranks):
        due = 1 + sum(other < rank for other in ranks)
        if rank != due:
            report.find("field", None, f"rank {rank} is printed where rank {due} is due", rank, due, "rank")
    by_rank: defaultdict[int, list[Fact]] = defaultdict(list)
    for fact in report.ranked:
        by_rank[fact.row.rank or 0].append(fact)
    for rank, level in sorted(by_rank.items()):
        for one, other in pairwise(level if rank else ()):
            if _rule_order(one, other):
                report.find(
                    "field",
                    other,
                    f"rank {rank} is printed twice, for {one.label} and {other.label}",
                    rank,
                    column="rank",
                )
            else:
                report.assumed.append(f"{one.label} and {other.label} share rank {rank}: a full dead heat")


def _check_totals(report: _Report) -> None:
    """A total is the sum of the points that count; points are forfeited by whom the rulebook says, and by nobody else."""
    for fact in report.facts:
        row = fact.row
        if row.total is None:
            continue
        won = None if row.sprints is None else sum(row.sprints)
        forfeits = report.book().forfeits and fact.ending in ("lapped", "unfinished")
        if not fact.ranked:
            report.checked["total"] += 1
            if row.total:
                report.find("total", fact, f"{fact.label} is {fact.ending} and has no points", row.total, 0)
        elif forfeits:
            report.checked["forfeit"] += 1
            if row.total:
                report.find("forfeit", fact, f"{fact.label} is {fact.ending} and forfeits all points", row.total, 0)
            if fact.ending == "lapped" and not could_be_lapped(report.sheet, row):
                report.find(
                    "forfeit", fact, f"{fact.label} cannot have been lapped at {row.time}", row.status, column="status"
                )
        elif won is not None:
            report.checked["total"] += 1
            voided = report.book().forfeits and row.total == 0 and won
            if voided:
                report.find(
                    "forfeit", fact, f"{fact.label} cannot have been lapped at {row.time}, so keeps the points", 0, won
                )
            elif row.total != won:
                report.find("total", fact, f"the sprints of {fact.label} add up to {won}", row.total, won)
    if any(fact.row.sprints is None or fact.row.total is None for fact in report.ranked):
        report.unchecked["total"] = "not every row prints its sprints and its total"
    if not report.book().forfeits:
        report.unchecked["forfeit"] = f"nothing is forfeited under {report.book().id}"
    elif not report.checked["forfeit"]:
        report.unchecked["forfeit"] = "nobody is shown as lapped or unfinished"


def _check_sprint_awards(report: _Report) -> None:
    """Each sprint column hands out its scale: to the first across the line, once, and all of it."""
    if not report.prints_sprints:
        report.unchecked["sprint-award"] = (
            "not every row prints its sprint columns"
            if any(fact.row.sprints is not None for fact in report.ranked)
            else "the sheet prints no sprint columns"
        )
        return
    if not report.sheet.complete:
        report.unchecked["sprint-award"] = "rows are missing"
        return
    laps = (*report.book().sprint_laps, report.sheet.laps)
    for column, lap in enumerate(laps):
        is_final = column == len(laps) - 1
        title = "the final sprint" if is_final else f"sprint {column + 1}"
        scale = report.book().final if is_final else report.book().intermediate
        there = [fact for fact in report.facts if fact.ending != "absent" and (fact.laps is None or fact.laps >= lap)]
        reached = [fact for fact in there if fact.ranked and (fact.laps is not None or not is_final)]
        awarded = [fact.row.sprints[column] for fact in report.facts if fact.row.sprints and fact.row.sprints[column]]
        out = [fact for fact in there if fact.ending == "disqualified"]
        policy = report.book().disqualified_at_finish if is_final else report.book().disqualified_in_sprint
        missing = len(out) if policy == "kept" else 0
        report.checked["sprint-award"] += 1
        for fact in report.facts:
            if fact.row.sprints and fact.row.sprints[column] and fact not in there and not is_final:
                report.find(
                    "sprint-award", fact, f"{fact.label} has points of {title}, {count(lap - (fact.laps or 0), 'lap')} after leaving",
                    fact.row.sprints[column], 0, f"sprints[{column}]",
                )  # fmt: skip
        # Whose laps are not known may have left the race before.
        unsure = sum(fact.laps is None for fact in reached)
        fields = range(len(reached) - unsure, len(reached) + 1)
        dead_heat = report.book().sprint_dead_heat
        if not any(is_legal_award(awarded, scale, dead_heat, field, missing) for field in fields):
            printed = "-".join(map(str, sorted(awarded, reverse=True))) or "nothing"
            report.find(
                "sprint-award",
                None,
                f"{title} hands out {printed}; the scale is {scale}",
                printed,
                scale,
                f"sprints[{column}]",
            )


def _check_final_sprint(report: _Report) -> None:
    """The points of the final sprint follow the order of the times."""
    last = f"sprints[{len(report.book().sprint_laps)}]"
    for fact in report.ranked:
        if not fact.at_full_distance and fact.row.sprints and fact.row.sprints[-1]:
            report.find("final-sprint", fact, f"{fact.label} did not finish", fact.row.sprints[-1], 0, last)
    timed = [fact for fact in report.at_full_distance if fact.line is not None]
    if len(timed) < len(report.at_full_distance):
        report.unchecked["final-sprint"] = "not every finisher has a time"
    printed = [fact for fact in timed if fact.row.sprints is not None]
    report.checked["final-sprint"] = len(printed)
    printed.sort(key=lambda fact: (-(fact.cells[-1] or 0), fact.line or 0))
    rising = _longest_rise([fact.line or 0 for fact in printed])
    for position, fact in enumerate(printed):
        if position not in rising:
            points = fact.cells[-1] or 0
            report.find(
                "final-sprint", fact, f"{fact.label} has {count(points, 'point')} of the final sprint, against the times",
                points, f"the points of place {fact.line} by time", last,
            )  # fmt: skip
    _check_dead_heats(report, printed, last)
    for fact in report.ranked if report.deduction.line_known else ():
        if fact.row.sprints is None and fact.counted is not None and fact.ending == "finished":
            final = fact.cells[-1] or 0
            report.checked["final-sprint"] += 1
            if fact.counted < final:
                report.find(
                    "final-sprint", fact, f"{fact.label}, {ordinal(fact.line or 0)} by time, wins {final} at the finish",
                    fact.counted, f"{final} or more", "total",
                )  # fmt: skip


def _check_dead_heats(report: _Report, printed: Sequence[Fact], last: str) -> None:
    """Only skaters with one time share the points of a place."""
    for one, other in pairwise(printed):
        points = one.cells[-1] or 0
        same = points == (other.cells[-1] or 0) and list(report.book().final).count(points) == 1
        if same and one.row.time and other.row.time and one.row.time.before(other.row.time):
            report.find(
                "final-sprint",
                other,
                f"{one.label} and {other.label} tie for {points} with different times",
                points,
                column=last,
            )


def _longest_rise(values: Sequence[int]) -> set[int]:
    """The positions of a longest rising run through values; a tie counts as rising."""
    best: list[tuple[int, ...]] = []
    for position, value in enumerate(values):
        longest: tuple[int, ...] = ()
        for run in best:
            if values[run[-1]] <= value and len(run) > len(longest):
                longest = run
        best.append((*longest, position))
    longest_of_all = max(best, key=len) if best else ()
    return set(longest_of_all)


def _rule_order(one: Fact, other: Fact) -> int | None:
    """-1 if the first ranks ahead by the rule, 1 if behind, 0 in a proven dead heat, ``None`` if not settled."""
    if one.at_full_distance != other.at_full_distance:
        return -1 if one.at_full_distance else 1
    if not one.at_full_distance and one.laps != other.laps:
        return None if one.laps is None or other.laps is None else -1 if one.laps > other.laps else 1
    if not one.at_full_distance and one.laps is None:
        return None
    if one.counted is None or other.counted is None:
        return None
    if one.counted != other.counted:
        return -1 if one.counted > other.counted else 1
    if one.row.time is None or other.row.time is None:
        return None
    before = one.row.time.before(other.row.time)
    if before is None:
        return 0 if one.row.time == other.row.time and one.row.time.exact else None
    return -1 if before else 1


def _check_ranks(report: _Report) -> None:
    """The ranks follow laps, then points that count, then the order across the line."""
    ranked = [fact for fact in report.ranked if fact.row.rank is not None]
    unsettled = 0
    for fact in ranked:
        orders = [(other, _rule_order(fact, other)) for other in report.ranked if other is not fact]
        ahead = 1 + sum(order == 1 for _, order in orders)
        open_ = sum(order is None for _, order in orders)
        printed = fact.row.rank or 0
        wrong = [
            other
            for other, order in orders
            if other.row.rank and order and (order < 0) != (printed < other.row.rank) and printed != other.row.rank
        ]
        unsettled += bool(open_)
        report.checked["rank"] += not open_
        if report.sheet.complete and not ahead <= printed <= ahead + open_:
            expected = str(ahead) if not open_ else f"{ahead} to {ahead + open_}"
            report.find("rank", fact, f"{fact.label} ranks {expected} by laps, points and line", printed, expected)
        elif wrong and not report.sheet.complete:
            names = listing([other.label for other in wrong])
            report.find("rank", fact, f"{fact.label} is on the wrong side of {names}", printed)
    for position, fact in enumerate((fact for fact in report.facts if fact.ending == "disqualified"), 1):
        last = len(report.ranked)
        if report.sheet.complete and fact.row.rank not in (None, *range(last + 1, last + position + 1)):
            report.find("rank", fact, f"{fact.label} is disqualified, so listed last", fact.row.rank, "none")
    if unsettled:
        report.unchecked["rank"] = (
            f"{count(unsettled, 'row')}: laps, points or times do not settle the order everywhere"
        )


def _check_points_sum(report: _Report) -> None:
    """The totals can come from the sprints of the rulebook."""
    if report.prints_sprints:
        report.unchecked["points-sum"] = "the sprint columns are printed, and were checked instead"
    elif not report.sheet.complete:
        report.unchecked["points-sum"] = "rows are missing"
    elif report.places_kept_open:
        report.unchecked["points-sum"] = (
            "who was disqualified may have left places open, and the sheet does not tell which"
        )
    elif any(finding.kind == "final-sprint" for finding in report.findings):
        report.unchecked["points-sum"] = "the points of the final sprint contradict the times"
    else:
        try:
            _complete(report)
        except TooManyWays:
            report.unchecked["points-sum"] = "there are too many ways to try them all"


def _complete(report: _Report) -> None:
    """Look for a handing-out of the sprints that gives the totals, with as few dead heats as that takes."""
    fixed = any(fact.row.sprints is not None for fact in report.facts)
    budget = Budget()
    for in_sprints, at_finish in product((False, True), repeat=2):
        first: tuple[Share, ...] | None = None
        different: set[tuple[Share, ...]] = set()
        searched_all = True
        try:
            for way in _ways(report, budget, in_sprints=in_sprints, at_finish=at_finish):
                first = first or way
                different |= sprint_columns([way], fixed)
                if len(different) > 1 or in_sprints or at_finish:
                    break
        except TooManyWays:
            if first is None:
                raise
            searched_all = False
        if first is not None:
            report.checked["points-sum"] = len(report.ranked)
            if in_sprints or at_finish:
                where = " and ".join(["in a sprint"] * in_sprints + ["at the finish"] * at_finish)
                report.assumed.append(f"a dead heat {where}: without one the totals cannot be reached")
            elif searched_all and len(different) == 1 and all(fact.counted is not None for fact in report.ranked):
                report.assumed.append(_only_way(report, first, fixed))
            return
    if any(fact.laps is None for fact in report.ranked):
        report.unchecked["points-sum"] = "somebody whose laps are not printed may have left before a sprint"
        return
    report.checked["points-sum"] = len(report.ranked)
    report.find("points-sum", None, *_sums(report))


def _ways(report: _Report, budget: Budget, *, in_sprints: bool, at_finish: bool) -> Iterator[tuple[Share, ...]]:
    book = report.book()
    for finals in _finals(report, budget, with_dead_heats=at_finish):
        search = Search(_claims(report, finals), book.intermediate, book.sprint_dead_heat, budget)
        yield from search.ways(with_dead_heats=in_sprints)


def _sums(report: _Report) -> tuple[str, object, object]:
    """Message, printed and expected sum of the points for the intermediate sprints."""
    book = report.book()
    finishers = len(report.at_full_distance)
    at_finish = sum(islice(book.final, finishers))
    due = sum(sum(islice(book.intermediate, _reached(report, lap))) for lap in book.sprint_laps)
    left = sum(fact.counted or 0 for fact in report.ranked) - at_finish
    if left == due:
        return (
            f"no handing-out of {count(len(book.sprint_laps), 'sprint')} {book.intermediate} gives these totals",
            None,
            None,
        )
    return f"the totals leave {count(left, 'point')} for the intermediate sprints, which hand out {due}", left, due


def _reached(report: _Report, lap: int) -> int:
    return sum(fact.laps is None or fact.laps >= lap for fact in report.ranked)


def _finals(report: _Report, budget: Budget, *, with_dead_heats: bool) -> Iterator[dict[int, int]]:
    """Ways in which the final sprint can have gone."""
    if report.deduction.line_known:
        yield {fact.index: fact.cells[-1] or 0 for fact in report.at_full_distance}
        return
    book = report.book()
    most = max(book.intermediate) * len(book.sprint_laps)
    at_finish = report.at_full_distance
    candidates: dict[int, Sequence[int]] = {
        fact.index: (fact.row.sprints[-1],)
        if fact.row.sprints is not None
        else [
            points
            for points in (*dict.fromkeys(book.final), 0)
            if fact.counted is None or fact.ending == "lapped" or 0 <= fact.counted - points <= most
        ]
        for fact in at_finish
    }
    before = {
        fact.index: {other.index for other in at_finish if other is not fact and _crossed_before(other, fact)}
        for fact in at_finish
    }
    sprint = FinalSprint(book.final, book.sprint_dead_heat, candidates, before, budget)
    yield from sprint.ways(with_dead_heats=with_dead_heats)


def _crossed_before(one: Fact, other: Fact) -> bool:
    """Whether one is known to have crossed before the other, by time or by rank on equal points."""
    if one.line is not None and other.line is not None:
        return one.line < other.line
    if one.counted is None or one.counted != other.counted or one.row.rank is None or other.row.rank is None:
        return False
    return one.row.rank < other.row.rank


def _claims(report: _Report, finals: dict[int, int]) -> list[Claim]:
    claims = []
    laps = report.book().sprint_laps
    for fact in report.ranked:
        hidden = report.book().forfeits and fact.ending != "finished"
        won = None if fact.counted is None or hidden else fact.counted - finals.get(fact.index, 0)
        cells = None if fact.row.sprints is None else fact.row.sprints[:-1]
        claims.append(Claim(won, cells, tuple(fact.laps is None or fact.laps >= lap for lap in laps)))
    # Whoever won most has the fewest ways to have won it: the search goes wrong sooner.
    return sorted(claims, key=lambda claim: -(claim.won or 0))


def _only_way(report: _Report, way: tuple[Share, ...], fixed: bool) -> str:  # noqa: FBT001
    claims = report.ranked
    claims.sort(key=lambda fact: -((fact.counted or 0) - (fact.cells[-1] or 0)))
    columns = []
    for sprint in range(len(report.book().sprint_laps)):
        won = sorted(((share[sprint], fact.label) for fact, share in zip(claims, way, strict=True)), reverse=True)
        columns.append(", ".join(f"{label} {points}" for points, label in won if points))
    order = "" if fixed else " (in some order of the sprints)"
    return f"no dead heat in a sprint; then the sprints can only have gone one way{order}: {'; '.join(columns)}"


def _check_qualified(report: _Report) -> None:
    """The marks stand at those whom the rule sends on."""
    marked = [fact for fact in report.facts if fact.row.qualified is not None]
    division_b = report.sheet.round == "division b"
    if report.sheet.advance is None and not division_b:
        for fact in marked:
            # A decision of the Referee (q) asks for no rank.
            if fact.row.qualified != "q" or not fact.ranked:
                message = f"{fact.label} is marked, but nobody goes on from here"
                report.find("qualified", fact, message, fact.row.qualified)
        report.unchecked["qualified"] = "nobody goes on from here"
        report.checked["qualified"] = len(marked)
        return
    if not marked:
        report.unchecked["qualified"] = "the sheet prints no marks"
        return
    if division_b:
        _check_promotion(report, marked)
        return
    best = report.sheet.advance or 0
    for fact in report.facts:
        mark, rank = fact.row.qualified, _settled_rank(report, fact)
        if not fact.ranked:
            due: tuple[str | None, ...] = (None,)
        elif rank is None:
            continue
        else:
            due = ("Q",) if rank <= best else (None, "q")
        report.checked["qualified"] += 1
        if mark not in due:
            report.find(
                "qualified",
                fact,
                f"{fact.label} is {_place(fact, rank)}; the best {best} go on",
                mark or "no mark",
                due[0] or "no mark",
            )
    if report.checked["qualified"] < len(report.facts):
        report.unchecked["qualified"] = "not every rank is printed"


def _place(fact: Fact, rank: int | None) -> str:
    return fact.ending if rank is None else ordinal(rank)


def _settled_rank(report: _Report, fact: Fact) -> int | None:
    """The rank that the rule gives; where the sheet leaves it open, the printed one."""
    if not fact.ranked:
        return None
    orders = [_rule_order(fact, other) for other in report.ranked if other is not fact]
    if not report.sheet.complete or None in orders:
        return fact.row.rank
    return 1 + orders.count(1)


def _check_promotion(report: _Report, marked: Iterable[Fact]) -> None:
    """From Division B those whom `massstart.promotion` names start in Division A too (likely)."""
    if not report.prints_sprints or any(fact.row.rank is None for fact in report.ranked):
        report.unchecked["qualified"] = "without ranks and sprint columns it is not known who starts in Division A too"
        return
    up = promoted(report.facts)
    for fact in marked:
        report.checked["qualified"] += 1
        if fact not in up:
            report.find(
                "qualified",
                fact,
                f"{fact.label} is not among those who start in Division A too",
                fact.row.qualified,
                "no mark",
            )
    report.unchecked["qualified"] = "a skater without the mark may have chosen not to start in Division A"


def _check_world_cup_points(report: _Report) -> None:
    """World Cup points are those of the rank."""
    printed = [fact for fact in report.facts if fact.row.world_cup_points is not None]
    if not printed:
        report.unchecked["world-cup-points"] = "the sheet prints none"
        return
    try:
        table = points_table(report.sheet.round, date.fromisoformat(report.sheet.date or ""))
    except ValueError:
        table = None
    if table is None:
        report.unchecked["world-cup-points"] = "no table is known for this round and date"
        return
    for fact in printed:
        rank = _settled_rank(report, fact)
        due = 0 if not fact.ranked else None if rank is None else table.at(rank)
        if due is None:
            report.unchecked["world-cup-points"] = "the table does not reach every rank"
            continue
        report.checked["world-cup-points"] += 1
        if fact.row.world_cup_points != due:
            report.find(
                "world-cup-points", fact, f"{_place(fact, rank)} is worth {due}", fact.row.world_cup_points, due
            )


_CHECKS: tuple[Callable[[_Report], None], ...] = (
    _check_field,
    _check_totals,
    _check_sprint_awards,
    _check_final_sprint,
    _check_ranks,
    _check_points_sum,
    _check_qualified,
    _check_world_cup_points,
)
