"""The tables of a season ranking, and of the places at the Games.

Decides which columns there are and what stands in a cell.
"""

from itertools import pairwise

from attrs import evolve

from massstart.season.quota import Quota
from massstart.season.ranking import Standings
from massstart.showing.model.cells import NAME, NATION, RANK, Cell, Column, Group, Line, Table, made
from massstart.showing.model.registry import table
from massstart.words import count, ordinal

#: With more competitions than this a season shows totals only, for it has to fit into 80 columns.
_MOST_RACES = 8
_SUM = Column("total", "Total", "points of the season", number=True, optional=False)
_SEAT = Column("place", "Place", "place at the Games, R for a reserve", number=True, optional=False)
_SEASON_POINTS = Column("points", "Points", "points of the season", number=True)
_WHY = Column("reason", "Why", "why the place is there")


@table.register
def _standings(value: Standings, *, reasons: bool = False) -> Table:
    """A season ranking, with the reason of every tie that was broken, and the warnings."""
    races = max((len(row.points) for row in value), default=0)
    shown = range(races if races <= _MOST_RACES else 0)
    points = [
        Column(f"points[{index}]", str(index + 1), f"competition {index + 1}", number=True, optional=False)
        for index in shown
    ]
    lines = []
    for row in value:
        # A published ranking may give the points of single races for some skaters only.
        dropped = value.dropped(row)
        points_won = (
            f"({row.points[index]})" if index in dropped else row.points[index] if row.points else None
            for index in shown
        )
        cells = (row.rank, row.name, row.nation, *points_won)
        lines.append(Line(tuple(map(Cell, (*cells, row.total))), row.label, value.reason(row) if reasons else ""))
    after = f"after {count(value.after, 'competition')}" if value.after else None
    best = f"the best {count(value.best, 'result')} count{'s' * (value.best == 1)}" if value.best else None
    parts = ", ".join(filter(None, (value.competition, value.event, after, best)))
    remarks = (
        *(
            f"{ordinal(row.rank)} {row.label}, ahead of {other.label} {value.parting(row, other)}"
            for row, other in pairwise(value)
            if row.total == other.total and row.rank < other.rank
        ),
        *(f"warning: {problem}" for problem in value.warnings),
    )
    title = value.title or parts or "Season ranking"
    made_of = made(title, [RANK, NAME, NATION, *points, _SUM], [Group(tuple(lines))], remarks=remarks)
    return (
        evolve(made_of, legend=(("( )", "does not count"),)) if any(map(value.dropped, value)) and points else made_of
    )


@table.register
def _quota(value: Quota, *, reasons: bool = False) -> Table:
    """The places, then the reserves; each shows its reason in any case."""
    del reasons
    lines = [
        Line(tuple(map(Cell, (row.place, row.name, row.nation, row.points, row.reason))), row.name or row.nation)
        for row in value
    ]
    remarks = [f"warning: {problem}" for problem in value.warnings]
    columns = [_SEAT, NAME, NATION, _SEASON_POINTS, _WHY]
    return made(value.title or "Places at the Games", columns, [Group(tuple(lines))], remarks=remarks)
