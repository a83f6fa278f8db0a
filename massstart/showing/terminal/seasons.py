"""A season ranking in the terminal, with what is still possible.

Decides the columns of what is still possible. The others stand in `massstart.showing.model.table`.
"""

from collections.abc import Sequence

from attrs import evolve

from massstart.season.ranking import Standings
from massstart.season.reach import Reach
from massstart.showing.model import table
from massstart.showing.model.cells import Cell, Column
from massstart.showing.terminal.console import console
from massstart.showing.terminal.tables import show

_REACH = (
    Column("most", "Max", "the most points that are possible", number=True),
    Column("best", "Best", "the best rank that is possible", number=True),
    Column("worst", "Worst", "no rank behind this is possible", number=True),
)


def standings(value: Standings, possible: Sequence[Reach] = ()) -> None:
    """A season ranking; with what is possible, the total and the ranks that are still possible of everyone."""
    shown = table(value)
    if possible:
        lines = [
            evolve(line, cells=(*line.cells, Cell(one.most), Cell(one.best), Cell(one.worst)))
            for line, one in zip(shown.lines, possible, strict=True)
        ]
        group = evolve(shown.groups[0], lines=tuple(lines))
        shown = evolve(shown, columns=(*shown.columns, *_REACH), groups=(group,))
    show(shown, console())
