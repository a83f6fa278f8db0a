"""The order that the facts of a sheet give, as far as they settle it.

Decides between two lines by the criteria of the rule, and which rank follows from that.
"""

from massstart.deduction import Line
from massstart.verification.report import Report
from massstart.words import ordinal


def rule_order(one: Line, other: Line) -> int | None:
    """-1 if the first ranks ahead by the rule, 1 if behind, 0 in a proven dead heat, ``None`` if not settled."""
    if one.row.at_full_distance != other.row.at_full_distance:
        return -1 if one.row.at_full_distance else 1
    if not one.row.at_full_distance and one.row.laps != other.row.laps:
        return None if one.row.laps is None or other.row.laps is None else -1 if one.row.laps > other.row.laps else 1
    if not one.row.at_full_distance and one.row.laps is None:
        return None
    if one.row.total is None or other.row.total is None:
        return None
    if one.row.total != other.row.total:
        return -1 if one.row.total > other.row.total else 1
    if one.printed.time is None or other.printed.time is None:
        return None
    before = one.printed.time.before(other.printed.time)
    if before is None:
        return 0 if one.printed.time == other.printed.time and one.printed.time.exact else None
    return -1 if before else 1


def settled_rank(report: Report, line: Line) -> int | None:
    """The rank that the rule gives; where the sheet leaves it open, the printed one."""
    if not line.row.is_ranked:
        return None
    orders = [rule_order(line, other) for other in report.ranked if other is not line]
    if not report.sheet.complete or None in orders:
        return line.printed.rank
    return 1 + orders.count(1)


def placed(line: Line, rank: int | None) -> str:
    """The rank in words, or how the race ended for a skater who has none."""
    return line.row.status if rank is None else ordinal(rank)
