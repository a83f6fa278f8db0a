"""What one World Cup sheet, and one day with both divisions, is worth.

Decides the World Cup points of every row: those of the rule for the printed rank, not the printed points, for that is
how the official standings count. Who a row is, and what a season adds up to, is decided elsewhere.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from attrs import frozen

from massstart.deduction import Line, deduce
from massstart.problems import InvalidRecord, Problem
from massstart.ranking import rank
from massstart.season.promotion import promoted
from massstart.season.worldcup import PointsTable, points_table
from massstart.sheet import Sheet
from massstart.words import count, listing, ordinal

DIVISIONS = ("division a", "division b")
#: How many rows a warning names before it counts the rest.
_NAMED = 3


@frozen
class Worth:
    """The World Cup points of a sheet.

    Attributes:
        sheet: the sheet.
        lines: what it tells, line by line.
        points: by row, the points of the rule; ``None`` for a skater who did not start.
        warnings: where the print differs, and what else is doubtful.
    """

    sheet: Sheet
    lines: tuple[Line, ...]
    points: tuple[int | None, ...]
    warnings: tuple[Problem, ...]


def worth(sheet: Sheet, tables: Iterable[PointsTable]) -> Worth:
    """The points of every row of a World Cup sheet.

    An unfinished skater gets the points of the rank, a disqualified one none (certain). Where no table reaches, the
    printed points count.

    Raises:
        InvalidRecord: a row without rank, or without points where no table reaches.
    """
    lines = deduce(sheet).lines
    table = points_table(sheet.round, date.fromisoformat(sheet.date or ""), tables)
    ranks = _ranks(sheet, lines)
    points: list[int | None] = []
    problems, unknown, misprints = [], [], []
    for line in lines:
        printed, due = line.printed.world_cup_points, None
        if line.row.is_ranked:
            due = table.at(ranks[line.index]) if table else None
            if due is None:
                due = printed
                unknown.append(f"{line.row.label}, {ordinal(ranks[line.index])}")
            if due is None:
                where = f"{sheet.id}: rows[{line.index}].world_cup_points"
                message = f"no table says what {ordinal(ranks[line.index])} is worth, and nothing is printed"
                problems.append(Problem("missing-fact", where, message, "add the points, or a table"))
        elif line.row.status == "disqualified":
            due = 0
        if printed is not None and printed != (due or 0):
            misprints.append(f"{line.row.label} ({printed} printed, {due or 0} due)")
        points.append(due)
    if problems:
        raise InvalidRecord(problems)
    return Worth(sheet, lines, tuple(points), tuple(_warnings(sheet, misprints, unknown)))


def _ranks(sheet: Sheet, lines: Iterable[Line]) -> dict[int, int]:
    """The rank of every ranked row: the printed one, else the one that the facts of the sheet give."""
    ranked = [line for line in lines if line.row.is_ranked]
    if all(line.row.rank is not None for line in ranked):
        return {line.index: line.row.rank or 0 for line in ranked}
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
    up = {line.index for line in promoted(b.lines)}
    has_sprints = all(line.printed.sprints is not None for line in b.lines if line.row.is_ranked)
    for below, above in both.items():
        if has_sprints and below not in up:
            yield Problem(
                "promotion", f"{a.sheet.id}: rows[{above}]",
                f"{a.lines[above].row.label} starts in both divisions without a place of promotion; the better points count",
                "check who starts in Division A",
            )  # fmt: skip
    promotions = {above: below for below, above in both.items()}
    for line in a.lines:
        if not line.printed.world_cup_replaced:
            continue
        own = promotions.get(line.index)
        if own is None or (b.points[own] or 0) >= (a.points[line.index] or 0):
            why = "has no row there" if own is None else f"has {b.points[own]} there"
            yield Problem(
                "replaced", f"{a.sheet.id}: rows[{line.index}]",
                f"the points of {line.row.label} are marked (N), as replacing those of Division B, but the skater {why}",
                "check the mark",
            )  # fmt: skip
