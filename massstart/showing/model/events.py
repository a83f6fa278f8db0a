"""The table of an event: its draw, then its overall ranking.

Decides which columns there are and what stands in a cell.
"""

from attrs import evolve

from massstart.event.event import Event
from massstart.event.overall import OverallRow
from massstart.event.seeding import Draw
from massstart.row import Row
from massstart.showing.model.cells import (
    ID,
    MEANINGS,
    NAME,
    NATION,
    RANK,
    SEMIFINAL,
    STATUSES,
    Cell,
    Column,
    Group,
    Line,
    Table,
    made,
    sentence,
    shown_id,
)  # fmt: skip
from massstart.showing.model.registry import table

_FINAL = Column("final_rank", "Final", "rank in the final", number=True, optional=False)
_PLACE = Column("semifinal_rank", "SRnk", "rank in the semifinal", number=True, optional=False)
_WON = Column("semifinal_total", "SPts", "points that count in the semifinal", number=True)
_TIME = Column("semifinal_time", "STime", "time in the semifinal", number=True)
_START = Column("start", "Start", "place on the start list", number=True, optional=False)


@table.register
def _event(value: Event, *, reasons: bool = False) -> Table:
    if reasons:
        raise ValueError("an event has no reasons; show its semifinals and its final with theirs")
    remarks = (
        *(f"open: {line}" for line in value.open()),
        *(f"assumed: {line}" for line in value.assumed()),
        *(f"warning: {problem}" for problem in value.warnings),
    )
    known = [part for part in (value.competition, value.event, value.date) if part]
    if value.draw is not None and not any(record for _, record in value.records):
        drawn = draw_table(value, value.draw)
        return evolve(drawn, title=", ".join([*known, drawn.title]), remarks=tuple(map(sentence, remarks)))
    overall = value.overall()
    columns = [RANK, ID, NAME, NATION, _FINAL, SEMIFINAL, _PLACE, _WON, _TIME]
    legend = {sign: MEANINGS[ending] for ending, sign in STATUSES.items()}
    title = ", ".join([*known, f"overall ranking (assumed: {overall.policy})"])
    return made(title, columns, [Group(tuple(map(_overall_line, overall)))], legend, remarks)


def draw_table(value: Event, draw: Draw) -> Table:
    """Who skates in which semifinal."""
    seed = "" if draw.seed is None else f", seed {draw.seed!r}"
    groups = []
    for number, group in enumerate(draw.semifinals, 1):
        lines = []
        for start, id in enumerate(group, 1):
            one = value.entrants.starter(id)
            cells = map(Cell, (number, start, shown_id(id, one.name), one.name, one.nation))
            lines.append(Line(tuple(cells), one.label))
        groups.append(Group(tuple(lines), f"Semifinal {number}"))
    return made(f"Draw ({draw.method}{seed})", [SEMIFINAL, _START, ID, NAME, NATION], groups)


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
