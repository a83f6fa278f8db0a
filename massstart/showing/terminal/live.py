"""A race under way in the terminal: standings, and what is still possible.

Decides which columns there are. Whatever is settled looks as in `massstart.showing.terminal.tables`.
"""

from collections.abc import Iterable

from rich.console import Group, RenderableType
from rich.text import Text

from massstart.live.outlook import Outlook
from massstart.live.outlookrow import OutlookRow
from massstart.problems import Problem
from massstart.result import Result
from massstart.sheet import Sheet
from massstart.showing.model.cells import shown_id
from massstart.showing.terminal.console import as_text, console, grid, heading, indented
from massstart.words import count, listing


def standings(value: Result, ahead: Outlook | None, number: int | None) -> RenderableType:
    """Standings after an event of a race log, with what each skater can still reach where that is known.

    Ranks within the best are marked: ``through`` whatever happens, ``out`` whatever happens.
    """
    record = value.record
    sprints = [f"S{number}" for number in range(1, len(() if isinstance(record, Sheet) else record.sprint_laps) + 2)]
    right = ("Rnk", *sprints, "Total", "Laps", "Time", "Best", "Worst")
    table = grid(
        "Rnk", "Id", "Name", *sprints, "Total", "Laps", "Time", *(("Best", "Worst", "") if ahead else ()), right=right
    )
    known = {row.id: row for row in ahead or ()}
    for row in value:
        reach = known.get(row.id)
        time = {"disqualified": "DQ", "unfinished": "DNF"}.get(row.status, row.time)
        can = (reach.best, reach.worst, "" if reach.status == "possible" else reach.status) if reach else ("",) * 3
        shown = (
            row.rank,
            shown_id(row.id, row.name),
            row.name,
            *("?" if cell is None else cell or "" for cell in row.sprints),
            row.total,
            row.laps,
            time,
        )
        table.add_row(*map(as_text, (*shown, *(can if ahead else ()))))
    after = None if number is None else f"after event {number}"
    laps = [str(lap) for lap in ahead.sprints_left] if ahead else []
    left = f"sprints left at {listing(laps)}" if laps else None
    stage = "provisional" if value.is_provisional else "result"
    title = heading(record.competition, record.event, record.round, f"{record.laps} laps", stage, after, left)
    return Group(Text(""), title, table)


def unfinished_race(value: Result, missing: Iterable[Problem]) -> None:
    """The last standings of a race of which no result is known, and what is missing."""
    out = console()
    racing = [row.label for row in value if row.status == "racing"]
    out.print(standings(value, None, None))
    if racing:
        out.print(as_text(f"The race is not over: no outcome is known of {listing(racing)}."))
    for problem in missing:
        if problem.kind != "no-outcome":
            out.print(as_text(f"The race is not over: {problem.message}; {problem.remedy}."))


def needs(value: Outlook, row: OutlookRow) -> None:
    """What one skater needs."""
    out = console()
    known = heading(None if row.name is None else str(row.id), row.nation, count(row.points, "point"))
    out.print(as_text(f"{row.label} ({known.plain})"), style="bold")
    indented(out, value.needs(row.id))
    indented(out, f"Rank {row.best} to {row.worst}")
