"""The table of an event: its overall ranking.

Decides which columns there are and what stands in a cell.
"""

from massstart.event.event import Event
from massstart.event.overall import OverallRow
from massstart.row import Row
from massstart.showing.model.cells import (
    ID,
    MEANINGS,
    NAME,
    NATION,
    RANK,
    SEMIFINAL,
    STATUSES,
    TIME,
    Cell,
    Column,
    Group,
    Line,
    Table,
    made,
    shown_id,
)  # fmt: skip
from massstart.showing.model.registry import table

_FINAL = Column("final_rank", "Final", "rank in the final", number=True, optional=False)
_PLACE = Column("semifinal_rank", "SRnk", "rank in the semifinal", number=True, optional=False)
_WON = Column("semifinal_total", "Points", "points that count in the semifinal", number=True)


@table.register
def _event(value: Event, *, reasons: bool = False) -> Table:
    if reasons:
        raise ValueError("an event has no reasons; show its semifinals and its final with theirs")
    overall = value.overall()
    columns = [RANK, ID, NAME, NATION, _FINAL, SEMIFINAL, _PLACE, _WON, TIME]
    found = (value.competition, value.event, value.date, f"overall ranking (assumed: {overall.policy})")
    remarks = (
        *(f"open: {line}" for line in value.open()),
        *(f"assumed: {line}" for line in value.assumed()),
        *(f"warning: {problem}" for problem in value.warnings),
    )
    legend = {sign: MEANINGS[ending] for ending, sign in STATUSES.items()}
    title = ", ".join(part for part in found if part)
    return made(title, columns, [Group(tuple(map(_overall_line, overall)))], legend, remarks)


def _overall_line(row: OverallRow) -> Line:
    skater, semifinal = row.skater, row.semifinal_row
    rank = row.rank or (STATUSES["disqualified"] if row.status == "disqualified" else "?")
    final = place_in(row.final) if row.final else "?" if row.is_finalist else None
    shown = (rank, shown_id(skater.id, skater.name), skater.name, skater.nation, final, row.semifinal)
    cells = (*shown, place_in(semifinal), semifinal.total, semifinal.time) if semifinal else (*shown, None, None, None)
    return Line(tuple(map(Cell, cells)), skater.label)


def place_in(row: Row) -> int | str:
    """The rank in a race, or why there is none."""
    return row.rank or STATUSES.get(row.status, "?")
