"""The checks of a sheet: its field, its totals, its sprints, its ranks.

Decides what counts as a misprint. The facts come from `massstart.deduction`; each check reads them and reports what it
could check and what not. Nothing counts as checked that was not.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from itertools import pairwise

from massstart.deduction import Line, could_be_lapped
from massstart.identity import nation, spellings, word
from massstart.verification.order import rule_order
from massstart.verification.pointssum import check_points_sum
from massstart.verification.qualified import check_qualified
from massstart.verification.report import Report
from massstart.verification.sprintaward import is_legal_award
from massstart.verification.worldcuppoints import check_world_cup_points
from massstart.words import count, listing, ordinal


def _check_field(report: Report) -> None:
    """No skater stands there twice, nobody is missing, and the ranks are all there."""
    numbers: dict[str, Line] = {}
    names: dict[tuple[Hashable, str], Line] = {}
    for line in report.lines:
        bib, name, of = line.printed.bib, line.printed.name, nation(line.printed.nation)
        ways = {(way, of) for way in spellings(name)} if name else set()
        earlier = [names[way] for way in ways if way in names]
        # Two skaters with one name wear two numbers.
        same = [other for other in earlier if not (bib and other.printed.bib) or other.printed.bib == bib]
        if same:
            row = min(other.index for other in same) + 1
            report.find("field", line, f"{line.row.label} stands in row {row} already", name, column="name")
        elif bib and word(bib) in numbers:
            row = numbers[word(bib)].index + 1
            report.find("field", line, f"the number {bib} stands in row {row} already", bib, column="bib")
        for way in ways:
            names.setdefault(way, line)
        if bib:
            numbers.setdefault(word(bib), line)
        if line.printed.laps is not None and line.printed.laps > report.sheet.laps:
            report.find(
                "field",
                line,
                f"{line.printed.laps} laps of {report.sheet.laps}",
                line.printed.laps,
                report.sheet.laps,
                "laps",
            )
    report.checked["field"] = len(report.lines)
    if not report.sheet.complete:
        report.unchecked["field"] = "rows are missing, so gaps in the ranks mean nothing"
        return
    started = [line for line in report.lines if line.row.status != "absent"]
    if report.sheet.starters not in (None, len(started)):
        report.find(
            "field",
            None,
            f"{report.sheet.starters} started, {len(started)} have a row",
            len(started),
            report.sheet.starters,
        )
    ranks = sorted(line.printed.rank for line in report.ranked if line.printed.rank is not None)
    for line in report.ranked:
        if line.printed.rank is None:
            report.find("field", line, f"{line.row.label} has no rank", column="rank")
    for rank in dict.fromkeys(ranks):
        due = 1 + sum(other < rank for other in ranks)
        if rank != due:
            report.find("field", None, f"rank {rank} is printed where rank {due} is due", rank, due, "rank")
    by_rank: defaultdict[int, list[Line]] = defaultdict(list)
    for line in report.ranked:
        by_rank[line.printed.rank or 0].append(line)
    for rank, level in sorted(by_rank.items()):
        for one, other in pairwise(level if rank else ()):
            if rule_order(one, other):
                report.find(
                    "field",
                    other,
                    f"rank {rank} is printed twice, for {one.row.label} and {other.row.label}",
                    rank,
                    column="rank",
                )
            else:
                report.assumed.append(f"{one.row.label} and {other.row.label} share rank {rank}: a full dead heat")


def _check_totals(report: Report) -> None:
    """A total is the sum of the points that count; points are forfeited by whom the rulebook says, and by nobody else."""
    for line in report.lines:
        printed, row = line.printed, line.row
        if printed.total is None:
            continue
        won = None if printed.sprints is None else sum(printed.sprints)
        forfeits = report.book().forfeits and row.status in ("lapped", "unfinished")
        if not row.is_ranked:
            report.checked["total"] += 1
            if printed.total:
                report.find("total", line, f"{row.label} is {row.status} and has no points", printed.total, 0)
        elif forfeits:
            report.checked["forfeit"] += 1
            if printed.total:
                report.find("forfeit", line, f"{row.label} is {row.status} and forfeits all points", printed.total, 0)
            if row.status == "lapped" and not could_be_lapped(report.sheet, printed):
                report.find(
                    "forfeit",
                    line,
                    f"{row.label} cannot have been lapped at {printed.time}",
                    printed.mark,
                    column="mark",
                )
        elif won is not None:
            report.checked["total"] += 1
            voided = report.book().forfeits and printed.total == 0 and won
            if voided:
                report.find(
                    "forfeit",
                    line,
                    f"{row.label} cannot have been lapped at {printed.time}, so keeps the points",
                    0,
                    won,
                )
            elif printed.total != won:
                report.find("total", line, f"the sprints of {row.label} add up to {won}", printed.total, won)
    if any(line.printed.sprints is None or line.printed.total is None for line in report.ranked):
        report.unchecked["total"] = "not every row prints its sprints and its total"
    if not report.book().forfeits:
        report.unchecked["forfeit"] = f"nothing is forfeited under {report.book().id}"
    elif not report.checked["forfeit"]:
        report.unchecked["forfeit"] = "nobody is shown as lapped or unfinished"


def _check_sprint_awards(report: Report) -> None:
    """Each sprint column hands out its scale: to the first across the line, once, and all of it."""
    if not report.prints_sprints:
        report.unchecked["sprint-award"] = (
            "not every row prints its sprint columns"
            if any(line.printed.sprints is not None for line in report.ranked)
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
        there = [
            line
            for line in report.lines
            if line.row.status != "absent" and (line.row.laps is None or line.row.laps >= lap)
        ]
        reached = [line for line in there if line.row.is_ranked and (line.row.laps is not None or not is_final)]
        awarded = [
            line.printed.sprints[column]
            for line in report.lines
            if line.printed.sprints and line.printed.sprints[column]
        ]
        out = [line for line in there if line.row.status == "disqualified"]
        policy = report.book().disqualified_at_finish if is_final else report.book().disqualified_in_sprint
        # The points of a skater marked LAP or DNF, who forfeits them, may be printed as 0 though they were won.
        hidden = [line for line in there if _may_hide_points(report, line)]
        missing = len(hidden) + (len(out) if policy == "kept" else 0)
        report.checked["sprint-award"] += 1
        for line in report.lines:
            if line.printed.sprints and line.printed.sprints[column] and line not in there and not is_final:
                report.find(
                    "sprint-award", line, f"{line.row.label} has points of {title}, {count(lap - (line.row.laps or 0), 'lap')} after leaving",
                    line.printed.sprints[column], 0, f"sprints[{column}]",
                )  # fmt: skip
        # Whose laps are not known may have left the race before.
        unsure = sum(line.row.laps is None for line in reached)
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


def _may_hide_points(report: Report, line: Line) -> bool:
    forfeits = report.book().forfeits and line.row.status in ("lapped", "unfinished")
    return forfeits and line.printed.mark is not None and not any(line.printed.sprints or ())


def _check_final_sprint(report: Report) -> None:
    """The points of the final sprint follow the order of the times."""
    last = f"sprints[{len(report.book().sprint_laps)}]"
    for line in report.ranked:
        if not line.row.at_full_distance and line.printed.sprints and line.printed.sprints[-1]:
            report.find("final-sprint", line, f"{line.row.label} did not finish", line.printed.sprints[-1], 0, last)
    timed = [line for line in report.at_full_distance if line.row.finish is not None]
    if len(timed) < len(report.at_full_distance):
        report.unchecked["final-sprint"] = "not every finisher has a time"
    printed = [line for line in timed if line.printed.sprints is not None]
    report.checked["final-sprint"] = len(printed)
    printed.sort(key=lambda line: (-(line.row.sprints[-1] or 0), line.row.finish or 0))
    rising = _longest_rise([line.row.finish or 0 for line in printed])
    for position, line in enumerate(printed):
        if position not in rising:
            points = line.row.sprints[-1] or 0
            report.find(
                "final-sprint", line, f"{line.row.label} has {count(points, 'point')} of the final sprint, against the times",
                points, f"the points of place {line.row.finish} by time", last,
            )  # fmt: skip
    _check_dead_heats(report, printed, last)
    for line in report.ranked if report.deduction.finish_known else ():
        if line.printed.sprints is None and line.row.total is not None and line.row.status == "finished":
            final = line.row.sprints[-1] or 0
            report.checked["final-sprint"] += 1
            if line.row.total < final:
                report.find(
                    "final-sprint", line, f"{line.row.label}, {ordinal(line.row.finish or 0)} by time, wins {final} at the finish",
                    line.row.total, f"{final} or more", "total",
                )  # fmt: skip


def _check_dead_heats(report: Report, printed: Sequence[Line], last: str) -> None:
    """Only skaters with one time share the points of a place."""
    for one, other in pairwise(printed):
        points = one.row.sprints[-1] or 0
        same = points == (other.row.sprints[-1] or 0) and list(report.book().final).count(points) == 1
        if same and one.printed.time and other.printed.time and one.printed.time.before(other.printed.time):
            report.find(
                "final-sprint",
                other,
                f"{one.row.label} and {other.row.label} tie for {points} with different times",
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


def _check_ranks(report: Report) -> None:
    """The ranks follow laps, then points that count, then the order across the line."""
    ranked = [line for line in report.ranked if line.printed.rank is not None]
    unsettled = 0
    for line in ranked:
        orders = [(other, rule_order(line, other)) for other in report.ranked if other is not line]
        ahead = 1 + sum(order == 1 for _, order in orders)
        open_ = sum(order is None for _, order in orders)
        printed = line.printed.rank or 0
        wrong = [
            other
            for other, order in orders
            if other.printed.rank
            and order
            and (order < 0) != (printed < other.printed.rank)
            and printed != other.printed.rank
        ]
        unsettled += bool(open_)
        report.checked["rank"] += not open_
        if report.sheet.complete and not ahead <= printed <= ahead + open_:
            expected = str(ahead) if not open_ else f"{ahead} to {ahead + open_}"
            report.find("rank", line, f"{line.row.label} ranks {expected} by laps, points and line", printed, expected)
        elif wrong and not report.sheet.complete:
            names = listing([other.row.label for other in wrong])
            report.find("rank", line, f"{line.row.label} is on the wrong side of {names}", printed)
    for position, line in enumerate((line for line in report.lines if line.row.status == "disqualified"), 1):
        last = len(report.ranked)
        if report.sheet.complete and line.printed.rank not in (None, *range(last + 1, last + position + 1)):
            report.find("rank", line, f"{line.row.label} is disqualified, so listed last", line.printed.rank, "none")
    if unsettled:
        report.unchecked["rank"] = (
            f"{count(unsettled, 'row')}: laps, points or times do not settle the order everywhere"
        )


def _check_points_sum(report: Report) -> None:
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
        outcome = check_points_sum(report.book(), report.lines, finish_known=report.deduction.finish_known)
        report.checked["points-sum"] = outcome.checked
        if outcome.finding is not None:
            report.find("points-sum", None, outcome.finding, outcome.printed, outcome.expected)
        if outcome.assumed is not None:
            report.assumed.append(outcome.assumed)
        if outcome.unchecked is not None:
            report.unchecked["points-sum"] = outcome.unchecked


CHECKS: tuple[Callable[[Report], None], ...] = (
    _check_field,
    _check_totals,
    _check_sprint_awards,
    _check_final_sprint,
    _check_ranks,
    _check_points_sum,
    check_qualified,
    check_world_cup_points,
)
