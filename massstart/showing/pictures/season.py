"""A season as a picture: the rank of each skater after each competition, as SVG or PNG.

Decides how the season looks. A column for each competition holds the ranks after it; the number in a circle is the
points won there. A line that climbs is solid, one that falls dashed. How any picture is made and saved stands in
`massstart.showing.pictures.canvas`, who ranks where in `massstart.season.ranking`.
"""

from itertools import pairwise
from textwrap import wrap
from typing import TYPE_CHECKING, Literal

from massstart.season.ranking import SeasonKey, Standings, season_key
from massstart.showing.model import table
from massstart.showing.pictures.canvas import (
    DOWN,
    FAINT,
    INK,
    LANE,
    LEVEL,
    MARGIN,
    SPRINT,
    UP,
    Measure,
    check_format,
    clean,
    curve,
    painted,
    saved,
    shortened,
)
from massstart.showing.pictures.chart import lanes
from massstart.showing.pictures.registry import draw

if TYPE_CHECKING:
    from matplotlib.axes import Axes

#: How many skaters of a ranking are drawn.
SHOWN = 24

Ranks = tuple[int | None, ...]


@draw.register
def draw_season(value: Standings, as_: Literal["svg", "png"] = "svg") -> bytes:
    """Draw a season ranking after each of its competitions.

    Args:
        value: the ranking. Of more than 24 skaters the first 24 are drawn, and a note says so.
        as_: ``svg``, with its text as text, or ``png`` at 150 dots per inch.

    Returns:
        The picture. The same ranking gives the same bytes with the same release of matplotlib. Its description holds
        the reason of every rank.

    Raises:
        MissingExtra: matplotlib is not installed.
        ValueError: another format.

    Example:
        >>> from massstart import load
        >>> from massstart.season import standings
        >>> from massstart.showing.pictures.season import draw_season
        >>> season = standings([load(f"wc-2025-26-{n}-women-division-{x}") for n in (1, 2) for x in "ab"])
        >>> "Mia MANGANELLO (USA), 1st: 108 points (60 + 48)" in draw_season(season).decode()
        True
    """
    check_format(as_)
    title = table(value).title
    told = (f"{row.label}{f' ({row.nation})' if row.nation else ''}, {value.reason(row)}" for row in value)
    sentences = (title, *told, *notes(value))
    return saved(lambda: painted(lambda axes, measure: _paint(axes, value, title, measure)), title, sentences, as_)


def ranks_after(value: Standings) -> tuple[Ranks, ...]:
    """For each competition the ranks after it, of everyone in the order of the ranking.

    ``None`` before a skater's first start. The last are the ranks of the ranking itself; the others follow from the
    points by the same key, among the skaters of this ranking.

    Example:
        >>> from massstart.season.ranking import Standings, StandingsRow
        >>> rows = [StandingsRow(rank=1, points=(48, 60), total=108), StandingsRow(rank=2, points=(60, 31), total=91)]
        >>> ranks_after(Standings(rows=rows))
        ((2, 1), (1, 2))
    """
    races = max((len(row.points) for row in value), default=0)
    found: list[Ranks] = []
    for number in range(1, races):
        points = [row.points[:number] for row in value]
        latest = max((index for own in points for index, cell in enumerate(own) if cell), default=-1)
        keys = [season_key(own, latest, value.best) if set(own) - {None} else None for own in points]
        ordered = sorted(key for key in keys if key is not None)
        first: dict[SeasonKey | None, int] = {}
        for place, key in enumerate(ordered, 1):
            first.setdefault(key, place)
        found.append(tuple(first.get(key) for key in keys))
    return (*found, tuple(row.rank for row in value))


def notes(value: Standings) -> tuple[str, ...]:
    """What the picture leaves out or had to work out, in sentences."""
    found = []
    if len(value) > SHOWN:
        found.append(
            f"The first {SHOWN} of {len(value)} skaters are shown; ranks behind {SHOWN} stand on one line, without points."
        )
    if not all(row.points for row in value):
        found.append("The points of the single competitions are not known of every skater.")
    if len(ranks_after(value)) > 1:
        found.append("The ranks after earlier competitions follow from the points of the skaters in this ranking.")
    return tuple(found)


def _paint(axes: "Axes", value: Standings, title: str, measure: Measure) -> tuple[float, float]:
    rows = value.rows[:SHOWN]
    after = [[min(lane, SHOWN + 1) if lane else None for lane in lanes(ranks)] for ranks in ranks_after(value)[:-1]]
    after.append([*range(1, len(rows) + 1)])
    columns = [MARGIN + 0.7 + SPRINT * 1.4 * number for number in range(len(after))]
    name = columns[-1] + 0.75
    nation = name + max((measure(shortened(row.label)) for row in rows), default=0.0) + 0.2
    total = nation + 0.9
    width = max(total + MARGIN, 7.5)
    heading = wrap(clean(title), int((width - 2 * MARGIN) * 8.5))
    top = MARGIN + 0.25 * len(heading) + 0.7
    lowest = max((lane for column in after for lane in column[: len(rows)] if lane), default=0)

    def y(lane: int) -> float:
        return top + (lane - 1) * LANE

    for number, line in enumerate(heading):
        axes.text(MARGIN, MARGIN + 0.25 * number, line, size=12, weight="bold", va="top")
    for number, x in enumerate(columns, 1):
        axes.text(x, top - 0.25, f"After {number}" if len(columns) > 1 else "Rank", ha="center", va="bottom")
        axes.plot([x, x], [top - 0.18, y(lowest + 1) - LANE / 2], color=FAINT, lw=0.6, zorder=0)
    axes.text(total, top - 0.25, "Total", ha="right", va="bottom")
    for lane in range(1, lowest + 1):
        text = str(lane) if lane <= SHOWN else f">{SHOWN}"
        axes.text(MARGIN + 0.2, y(lane), text, color=LEVEL, size=8, ha="right", va="center")
    for index, row in enumerate(rows):
        known = [(column, lanes_[index]) for column, lanes_ in enumerate(after)]
        drawn = [(column, lane) for column, lane in known if lane is not None]
        for (start, above), (end, below) in pairwise(drawn):
            colour, style, lw = (
                (UP, "solid", 1.8)
                if below < above
                else (DOWN, (0, (4, 2)), 1.3)
                if below > above
                else (LEVEL, "solid", 0.9)
            )
            curve(axes, (columns[start], y(above)), (columns[end], y(below)), color=colour, ls=style, lw=lw, zorder=2)
        for column, lane in drawn:
            _mark(axes, columns[column], y(lane), row.points[column] if row.points and lane <= SHOWN else None)
        height = y(index + 1)
        axes.text(name - 0.1, height, str(row.rank), ha="right", va="center", weight="bold")
        axes.text(name, height, shortened(row.label), va="center")
        axes.text(nation, height, clean(row.nation or ""), va="center")
        axes.text(total, height, str(row.total), ha="right", va="center")
    below_all = y(lowest + 1) + 0.15
    key = "Circle: points won in the competition. Dot: none, or not known. Solid: climbs. Dashed: falls."
    for note in (key, *notes(value)):
        for line in wrap(note, int((width - 2 * MARGIN) * 15), subsequent_indent="  "):
            axes.text(MARGIN, below_all, line, size=8, va="center")
            below_all += 0.18
    return width, below_all + 0.1


def _mark(axes: "Axes", x: float, y: float, points: int | None) -> None:
    """The points won, as a number in a circle; a dot for none."""
    if points:
        axes.plot([x], [y], marker="o", ms=14, mfc="white", mec=INK, mew=0.9, zorder=10)
        axes.text(x, y, str(points), ha="center", va="center", size=7.5, zorder=11)
    else:
        axes.plot([x], [y], marker="o", ms=3.5, color=INK, zorder=10)
