"""The table of an outlook: what each skater can still reach.

Decides which columns there are and what stands in a cell.
"""

from massstart.live.outlook import Outlook
from massstart.live.outlookrow import OutlookRow
from massstart.showing.model.cells import ID, LINE, NAME, NATION, Cell, Column, Group, Line, Table, made, shown_id
from massstart.showing.model.registry import table
from massstart.showing.model.results import title
from massstart.words import count, listing

_POINTS = Column("points", "Points", "points that count so far", number=True, optional=False)
_BEST = Column("best", "Best", "the best rank that is possible", number=True, optional=False)
_WORST = Column("worst", "Worst", "the worst rank that is possible", number=True, optional=False)
_VERDICT = Column("status", "Verdict", "through, possible or out", optional=False)
_ENOUGH = Column("through_if", "Enough", "the last place across the line that is enough", number=True, optional=False)
_HOPE = Column("possible_if", "Hope", "the last place across the line that can be enough", number=True, optional=False)


_TERMS = (
    "Enough: the last place across the line that is enough whatever the others do. Hope: the last that can be enough. "
    "All this if everyone still racing completes the distance, unlapped, without dead heats."
)


@table.register
def _outlook(value: Outlook, *, reasons: bool = False) -> Table:
    arrived = sum(row.finish is not None for row in value)
    left = [str(lap) for lap in value.sprints_left]
    parts = [f"{arrived} of {len(value)} across the line"] if arrived else []
    if left:
        parts.append(f"{count(len(left), 'sprint')} to come, after lap {listing(left)}")
    stage = "; ".join([*parts, f"best {value.advance} go on"])
    warnings = value.race.warnings if value.race else ()
    return made(
        f"{title(value.race)}, provisional" if value.race else "Outlook, provisional",
        [ID, NAME, NATION, LINE, _POINTS, _BEST, _WORST, _VERDICT, _ENOUGH, _HOPE],
        [Group(tuple(_line(row, reasons=reasons) for row in value), stage)],
        remarks=[_TERMS, *(f"warning: {warning}" for warning in warnings)],
    )


def _line(row: OutlookRow, *, reasons: bool) -> Line:
    number = shown_id(row.id, row.name)
    reached = (row.finish, row.points, row.best, row.worst, row.status)
    places = ("-" if place is None else place for place in (row.through_if, row.possible_if))
    cells = (number, row.name, row.nation, *reached, *places)
    return Line(tuple(map(Cell, cells)), row.label, row.needs if reasons else "")
