"""The World Cup points on a sheet: are they those of the rank?

Decides what a wrong number of World Cup points is.
"""

from datetime import date

from massstart.season.worldcup import points_table
from massstart.verification.order import placed, settled_rank
from massstart.verification.report import Report
from massstart.words import count


def check_world_cup_points(report: Report) -> None:
    """World Cup points are those of the rank."""
    printed = [line for line in report.lines if line.printed.world_cup_points is not None]
    if not printed:
        report.unchecked["world-cup-points"] = "the sheet prints none"
        return
    try:
        table = points_table(report.sheet.round, date.fromisoformat(report.sheet.date or ""))
    except ValueError:
        table = None
    if table is None:
        # A word that is not known must not pass for a sheet that is right.
        why = f"no table is known for the round {report.sheet.round!r} on {report.sheet.date}"
        report.unchecked["world-cup-points"] = why
        report.assumed.append(f"{count(len(printed), 'row')} of World Cup points stand as printed, unchecked: {why}")
        return
    for line in printed:
        rank = settled_rank(report, line)
        due = 0 if not line.row.is_ranked else None if rank is None else table.at(rank)
        if due is None:
            report.unchecked["world-cup-points"] = "the table does not reach every rank"
            continue
        report.checked["world-cup-points"] += 1
        if line.printed.world_cup_points != due:
            report.find(
                "world-cup-points", line, f"{placed(line, rank)} is worth {due}", line.printed.world_cup_points, due
            )
