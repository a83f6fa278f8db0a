"""What one World Cup sheet, and one day with both divisions, is worth.

Decides the World Cup points of every row: those of the rule for the printed rank, not the printed points, for that is
how the official standings count. Who a row is, and what a season adds up to, is decided elsewhere.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from attrs import frozen

from massstart.deduction import Fact, deduce
from massstart.problems import InvalidRecord, Problem
from massstart.promotion import promoted
from massstart.ranking import rank
from massstart.sheet import Sheet
from massstart.words import count, listing, ordinal
from massstart.worldcup import PointsTable, points_table

DIVISIONS = ("division a", "division b")
#: How many rows a warning names before it counts the rest.
_NAMED = 3


@frozen
class Worth:
    """The World Cup points of a sheet.

    Attributes:
        sheet: the sheet.
        facts: what it tells of each row.
        points: by row, the points of the rule; ``None`` for a skater who did not start.
        warnings: where the print differs, and what else is doubtful.
    """

    sheet: Sheet
    facts: tuple[Fact, ...]
    points: tuple[int | None, ...]
    warnings: tuple[Problem, ...]


def worth(sheet: Sheet, tables: Iterable[PointsTable]) -> Worth:
    """The points of every row of a World Cup sheet.

    An unfinished skater gets the points of the rank, a disqualified one none (certain). Where no table reaches, the
    printed points count.

    Raises:
        InvalidRecord: a row without rank, or without points where no table reaches.
    """
    facts = deduce(sheet).facts
    table = points_table(sheet.round, date.fromisoformat(sheet.date or ""), tables)
    ranks = _ranks(sheet, facts)
    points: list[int | None] = []
    problems, unknown, misprints = [], [], []
    for fact in facts:
        printed, due = fact.row.world_cup_points, None
        if fact.ranked:
            due = table.at(ranks[fact.index]) if table else None
            if due is None:
                due = printed
                unknown.append(f"{fact.label}, {ordinal(ranks[fact.index])}")
            if due is None:
                where = f"{sheet.id}: rows[{fact.index}].world_cup_points"
                message = f"no table says what {ordinal(ranks[fact.index])} is worth, and nothing is printed"
                problems.append(Problem("missing-fact", where, message, "add the points, or a table"))
        elif fact.ending == "disqualified":
            due = 0
        if printed is not None and printed != (due or 0):
            misprints.append(f"{fact.label} ({printed} printed, {due or 0} due)")
        points.append(due)
    if problems:
        raise InvalidRecord(problems)
    return Worth(sheet, facts, tuple(points), tuple(_warnings(sheet, misprints, unknown)))


def _ranks(sheet: Sheet, facts: Iterable[Fact]) -> dict[int, int]:
    """The rank of every ranked row: the printed one, else the one that the facts of the sheet give."""
    ranked = [fact for fact in facts if fact.ranked]
    if all(fact.row.rank is not None for fact in ranked):
        return {fact.index: fact.row.rank or 0 for fact in ranked}
    try:
        result = rank(sheet)
    except InvalidRecord as error:
        raise InvalidRecord(
            [Problem(one.kind, f"{sheet.id}: {one.where}", one.message, one.remedy) for one in error.problems]
        ) from None
    found = {skater.id: index for index, skater in enumerate(sheet.skaters)}
    return {found[str(row.id)]: row.rank for row in result if row.rank is not None}


def _warnings(sheet: Sheet, misprints: list[str], unknown: list[str]) -> Iterator[Problem]:
    if not sheet.complete:
        yield Problem(
            "incomplete", sheet.id, "rows are missing, and so are the points of these skaters", "add the rows"
        )
    if misprints:
        yield Problem(
            "world-cup-points", sheet.id, f"{_few(misprints)}; what is due counts", "compare the sheet with the table"
        )
    if unknown:
        yield Problem(
            "no-table", sheet.id, f"no table says what a rank is worth ({_few(unknown)}); the printed points count",
            "give a table of points",
        )  # fmt: skip


def _few(items: list[str]) -> str:
    return listing([*items[:_NAMED], *([count(len(items) - _NAMED, "other")] if len(items) > _NAMED else [])])


def check_divisions(a: Worth, b: Worth, both: Mapping[int, int]) -> Iterator[Problem]:
    """What is doubtful about those who start in both divisions on a day.

    Args:
        a: Division A.
        b: Division B.
        both: rows of Division A by row of Division B, of the same skaters.
    """
    up = {fact.index for fact in promoted(b.facts)}
    has_sprints = all(fact.row.sprints is not None for fact in b.facts if fact.ranked)
    for below, above in both.items():
        if has_sprints and below not in up:
            yield Problem(
                "promotion", f"{a.sheet.id}: rows[{above}]",
                f"{a.facts[above].label} starts in both divisions without a place of promotion; the better points count",
                "check who starts in Division A",
            )  # fmt: skip
    promotions = {above: below for below, above in both.items()}
    for fact in a.facts:
        if not fact.row.world_cup_replaced:
            continue
        own = promotions.get(fact.index)
        if own is None or (b.points[own] or 0) >= (a.points[fact.index] or 0):
            why = "has no row there" if own is None else f"has {b.points[own]} there"
            yield Problem(
                "replaced", f"{a.sheet.id}: rows[{fact.index}]",
                f"the points of {fact.label} are marked (N), as replacing those of Division B, but the skater {why}",
                "check the mark",
            )  # fmt: skip
