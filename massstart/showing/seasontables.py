"""Season rankings and places at the Games, as tables for the terminal.

Decides which columns there are, and that every tie that was broken is told below.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

from massstart.competition.chances import Chance
from massstart.competition.quota import Quota
from massstart.competition.season import Standings
from massstart.problems import Problem
from massstart.showing import terminal
from massstart.showing.terminal import as_text, console, grid
from massstart.words import count, ordinal

#: With more competitions than this the table shows totals only, for it has to fit into 80 columns.
_MOST_RACES = 8


def standings(value: Standings, chances: Sequence[Chance] = ()) -> None:
    """A season ranking, then why those ahead of others with as many points are, then the warnings.

    With chances, the columns Max, Best and Worst show the total and the ranks that are still possible.
    """
    races = max((len(row.points) for row in value), default=0)
    columns = [str(number) for number in range(1, races + 1)] if races <= _MOST_RACES else []
    more = ["Max", "Best", "Worst"] if chances else []
    lines = [
        [
            row.rank, row.name, row.nation, *(["-" if cell is None else cell for cell in row.points] if columns else []),
            row.total, *([chances[index].most, chances[index].best, chances[index].worst] if chances else []),
        ]
        for index, row in enumerate(value)
    ]  # fmt: skip
    after = f"after {count(value.after, 'competition')}" if value.after else None
    title = ", ".join(filter(None, (value.competition, value.event, after)))
    level = [
        f"{ordinal(row.rank)} {row.label}, ahead of {other.label} {value.parting(row, other)}"
        for row, other in pairwise(value)
        if row.total == other.total and row.rank < other.rank
    ]
    _show(title, ["Rnk", "Name", "Nat", *columns, "Total", *more], lines, level, value.warnings)


def quota(value: Quota) -> None:
    """The places, then the reserves, each with its reason."""
    lines = [[row.place, row.name, row.nation, row.points, row.reason] for row in value]
    _show(value.title, ["Place", "Name", "Nat", "Points", "Why"], lines, (), value.warnings)


def _show(
    title: str | None,
    headings: Sequence[str],
    lines: Iterable[Iterable[Any]],
    remarks: Iterable[str],
    warnings: Iterable[Problem],
) -> None:
    out = console()
    wide = ("Name", "Why")
    shown = grid(*headings, right=[one for one in headings if one not in (*wide, "Nat")], wide=wide)
    for line in lines:
        shown.add_row(*map(as_text, line))
    out.print(as_text(title), style="bold")
    out.print(shown)
    for text in remarks:
        out.print(as_text(text))
    terminal.warnings(out, warnings)
