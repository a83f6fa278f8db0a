"""What a skater can still reach before the last races of a season.

Decides bounds on the rank after a number of races to come. They hold for everyone in the ranking; a skater who is not
in it yet could still come between.
"""

from bisect import bisect_left
from collections.abc import Sequence
from typing import Literal

from attrs import frozen

from massstart.problems import InvalidRecord, Problem
from massstart.season.ranking import Standings, StandingsRow, season_key
from massstart.season.worldcup import TABLES
from massstart.values import is_count

#: What the ranks of one race are worth, both divisions together, as in 2025/26.
SCALE = tuple(points for table in TABLES[1:] for points in table.points)


@frozen
class Reach:
    """What one skater can still reach.

    Attributes:
        row: the skater's row now.
        most: the total after winning every race to come.
        best: the best rank possible: the skater wins every race, everyone else scores nothing. Exact.
        worst: a bound: no rank behind this is possible.
    """

    row: StandingsRow
    most: int
    best: int
    worst: int

    def status(self, places: int) -> Literal["through", "possible", "out"]:
        """Whether the skater is among the first so many: in every case, in some, or in none."""
        return "through" if self.worst <= places else "possible" if self.best <= places else "out"


def reach(standings: Standings, *, left: int = 1, scale: Sequence[int] = SCALE) -> tuple[Reach, ...]:
    """What everyone in a ranking can still reach.

    Args:
        standings: the ranking so far, with the points of each race.
        left: how many races are to come.
        scale: what the ranks of one race are worth.

    Raises:
        InvalidRecord: no such number of races, or rows without the points of each race.

    Example:
        >>> from massstart import load
        >>> from massstart.season import standings
        >>> from massstart.season.reach import reach
        >>> season = standings([load(f"wc-2025-26-{n}-women-division-{x}") for n in (1, 2) for x in "ab"])
        >>> one = reach(season)[4]
        >>> one.row.name, one.most, one.best, one.worst, one.status(10)
        ('Bente KERKHOFF', 136, 1, 26, 'possible')
    """
    problems = (
        [] if is_count(left, 1) else [Problem("type", "left", f"{left!r} is not a number of races", "count from 1 on")]
    )
    if any(not row.points for row in standings.rows):
        problems.append(Problem("missing-fact", "rows", "without the points of each race", "add them to every row"))
    if problems:
        raise InvalidRecord(problems)
    win, none = (max(scale),) * left, (0,) * left
    last = len(standings.rows[0].points) + left - 1 if standings.rows else 0
    rows = standings.rows
    with_none = sorted(season_key(row.points + none, last, standings.best) for row in rows)
    with_wins = sorted(season_key(row.points + win, last, standings.best) for row in rows)
    found = []
    for row in rows:
        highest, lowest = (
            season_key(row.points + win, last, standings.best),
            season_key(row.points + none, last, standings.best),
        )
        worst = 1 + (
            _passing(row, standings, scale)
            if left == 1
            # The skater's own row, with wins, stands among them.
            else bisect_left(with_wins, lowest) - (highest < lowest)
        )
        found.append(Reach(row, -highest.total, 1 + bisect_left(with_none, highest), worst))
    return tuple(found)


def _passing(row: StandingsRow, standings: Standings, scale: Sequence[int]) -> int:
    """How many can be ahead of a skater who scores nothing in one race: each rank is worth its points to one only."""
    last = len(row.points)
    mine = season_key((*row.points, 0), last, standings.best)
    slots = sorted({*scale})
    needs: list[int | None] = []
    for other in standings.rows:
        if other is not row:
            enough = (slot for slot in (0, *slots) if season_key((*other.points, slot), last, standings.best) < mine)
            needs.append(next(enough, None))
    ahead = needs.count(0)
    waiting = sorted(need for need in needs if need)
    for slot in sorted(scale):
        # The least that is enough goes to whoever needs least.
        if waiting and slot >= waiting[0]:
            waiting.pop(0)
            ahead += 1
    return ahead
