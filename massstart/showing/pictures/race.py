"""The race at a glance: a picture of `massstart.showing.pictures.chart.Chart`, as SVG or PNG.

Decides how the picture looks. A column for each sprint, one for the line and one for the rank; a skater is a line
from left to right, so whoever ranks better than the place across the line climbs at the end. Nothing is told by colour
alone: climbing is a solid line, falling a dashed one, and arrows give the number of ranks.

How any picture is made and saved stands in `massstart.showing.pictures.canvas`.
"""

from collections.abc import Sequence
from itertools import pairwise
from textwrap import wrap
from typing import TYPE_CHECKING, Any, Literal

from attrs import frozen

from massstart.race import Race
from massstart.result import Result
from massstart.sheet import Sheet
from massstart.showing.pictures.canvas import (
    DOWN,
    FAINT,
    INK,
    LANE,
    LEVEL,
    MARGIN,
    PAPER,
    SPRINT,
    UP,
    Measure,
    check_format,
    clean,
    painted,
    saved,
    shortened,
)
from massstart.showing.pictures.chart import Chart, Way, chart, lanes
from massstart.showing.pictures.registry import draw

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# Inches, from the line to the rank.
SLOPE = 1.75


@draw.register(Race)
@draw.register(Result)
@draw.register(Sheet)
def draw_race(record: Race | Sheet | Result, as_: Literal["svg", "png"] = "svg") -> bytes:
    """Draw a race at a glance.

    Args:
        record: a race, a published sheet, or a result.
        as_: ``svg``, with its text as text, or ``png`` at 150 dots per inch.

    Returns:
        The picture. The same record gives the same bytes with the same release of matplotlib.

    Raises:
        MissingExtra: matplotlib is not installed.
        ValueError: another format.

    What is not known is left out, and a note in the picture says so.

    Example:
        >>> from massstart import load
        >>> from massstart.showing.pictures.race import draw_race
        >>> picture = draw_race(load("beijing-2022-men-semifinal-1"))
        >>> "Sven Kramer (NED), ninth across the line, ranked 7th" in picture.decode()
        True
    """
    check_format(as_)
    shown = chart(record)
    return saved(lambda: _figure(shown), shown.title, shown.sentences, as_)


@frozen
class _Layout:
    """Where everything stands, in inches from the upper left corner."""

    sprints: tuple[float, ...]
    line: float
    rank: float
    name: float
    nation: float
    points: float
    top: float
    lowest: int
    width: float

    @property
    def columns(self) -> tuple[float, ...]:
        return (*self.sprints, self.line, self.rank)

    @property
    def bottom(self) -> float:
        return self.y(self.lowest + 1)

    def y(self, lane: float) -> float:
        return self.top + (lane - 1) * LANE


@frozen
class _Lanes:
    """A skater's way through the columns, as lanes; ``None`` where the place is not known."""

    skater: Way
    lanes: tuple[int | None, ...]

    @property
    def known(self) -> dict[int, int]:
        """The lanes that are known, by column."""
        return {column: lane for column, lane in enumerate(self.lanes) if lane is not None}


def _figure(shown: Chart) -> "Figure":
    return painted(lambda axes, measure: _paint(axes, shown, measure))


def _paint(axes: "Axes", shown: Chart, measure: Measure) -> tuple[float, float]:
    ways = _ways(shown)
    names = max((measure(_name(skater), weight=_weight(shown, skater)) for skater in shown.skaters), default=0.0)
    title, layout = _layout(shown, ways, names)
    _headings(axes, shown, layout, title)
    _cut(axes, shown, layout)
    for way in ways:
        _way(axes, shown, way, layout)
    _ties(axes, ways, layout)
    for way in ways:
        _marks(axes, way, layout)
        _row(axes, shown, way, layout)
    height = _foot(axes, shown, ways, layout, measure)
    return layout.width, height


def _name(skater: Way) -> str:
    return shortened(skater.row.label)


def _weight(shown: Chart, skater: Way) -> str:
    return "bold" if shown.crosses_cut(skater) else "normal"


def _ways(shown: Chart) -> list[_Lanes]:
    skaters = shown.skaters
    columns = [lanes([skater.places[column] for skater in skaters]) for column, _ in enumerate(shown.sprints)]
    line = list(lanes([skater.row.finish for skater in skaters]))
    # Who did not cross the line stands below those who did.
    below = max(filter(None, line), default=0)
    for index, skater in enumerate(skaters):
        if skater.row.status in ("unfinished", "disqualified"):
            below = line[index] = below + 1 if shown.line_known else index + 1
    return [
        _Lanes(skater, (*(column[index] for column in columns), line[index], index + 1))
        for index, skater in enumerate(skaters)
    ]


def _layout(shown: Chart, ways: Sequence[_Lanes], names: float) -> tuple[list[str], _Layout]:
    first = MARGIN + 0.45
    sprints = tuple(first + SPRINT * number for number, _ in enumerate(shown.sprints))
    line = first + SPRINT * len(sprints) + 0.25
    rank = line + SLOPE
    name = rank + 0.45
    nation = name + names + 0.2
    points = nation + 0.9
    width = max(points + 1.05 + MARGIN, 7.5)
    title = wrap(clean(shown.title), int((width - 2 * MARGIN) * 8.5))
    lowest = max((lane for way in ways for lane in way.known.values()), default=0)
    top = MARGIN + 0.25 * len(title) + 0.95
    return title, _Layout(sprints, line, rank, name, nation, points, top, lowest, width)


def _headings(axes: "Axes", shown: Chart, at: _Layout, title: Sequence[str]) -> None:
    for number, line in enumerate(title):
        axes.text(MARGIN, MARGIN + 0.25 * number, line, size=12, weight="bold", va="top")
    axes.text(MARGIN, MARGIN + 0.25 * len(title), clean(shown.details), size=10, va="top")
    heads = [*zip(at.columns, (*shown.sprints, "Across\nthe line", "Rank"), strict=True)]
    for x, text in heads:
        axes.text(x, at.top - 0.3, text, ha="center", va="bottom", linespacing=1.1)
    axes.text(at.points, at.top - 0.3, "Points", ha="right", va="bottom")
    for x, _ in heads:
        axes.plot([x, x], [at.top - 0.2, at.bottom - LANE / 2], color=FAINT, lw=0.6, zorder=0)
    for lane in range(1, at.lowest + 1):
        axes.text(MARGIN + 0.15, at.y(lane), str(lane), color=LEVEL, size=8, ha="right", va="center")


def _cut(axes: "Axes", shown: Chart, at: _Layout) -> None:
    if shown.cut is not None:
        y = at.y(shown.cut + 0.5)
        axes.plot([MARGIN, at.width - MARGIN], [y, y], color=INK, lw=1.0, dashes=(1, 2), zorder=1)
        axes.plot([at.rank - 0.15, at.width - MARGIN], [y, y], color=INK, lw=1.6, zorder=1)


def _way(axes: "Axes", shown: Chart, way: _Lanes, at: _Layout) -> None:
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    gained = way.skater.gained or 0
    crosses = shown.crosses_cut(way.skater)
    colour = UP if gained > 0 else DOWN if gained < 0 else LEVEL
    slope = (3.6 if crosses else 2.0) if gained > 0 else (2.4 if crosses else 1.3) if gained < 0 else 0.9
    for (start, above), (end, below) in pairwise(way.known.items()):
        from_, to = at.columns[start], at.columns[end]
        decides = start == len(at.sprints)
        # Curves arrive level, and at the line before the place numbers, so that they do not run through them.
        port = to - 0.42 if end == len(at.sprints) else to
        bend = 0.0 if decides else (port - from_) / 2
        points = [
            (from_, at.y(above)), (from_ + bend, at.y(above)), (port - bend, at.y(below)), (port, at.y(below)),
            (to, at.y(below)),
        ]  # fmt: skip
        if end > start + 1 or (decides and way.skater.row.finish is None):
            dashes: str | tuple[int, tuple[int, int]] = (0, (1, 2))
        else:
            dashes = (0, (4, 2)) if decides and gained < 0 else "solid"
        axes.add_patch(
            PathPatch(
                Path(points, [Path.MOVETO, Path.CURVE4, Path.CURVE4, Path.CURVE4, Path.LINETO]),
                fill=False,
                color=colour if decides or gained > 0 else FAINT if dashes == "solid" else LEVEL,
                lw=slope if decides else 1.6 if crosses and gained > 0 else 0.9,
                ls=dashes,
                capstyle="butt",
                zorder=2 + (gained != 0) + (gained > 0) + 2 * crosses,
            )
        )


def _ties(axes: "Axes", ways: Sequence[_Lanes], at: _Layout) -> None:
    """A bar joins the lanes of those who share a place."""
    for column, x in enumerate(at.columns):
        shared: dict[int, list[int]] = {}
        for way in ways:
            place = (*way.skater.places, way.skater.row.finish, way.skater.row.rank)[column]
            lane = way.lanes[column]
            if place is not None and lane is not None:
                shared.setdefault(place, []).append(lane)
        for tied in shared.values():
            if len(tied) > 1:
                axes.plot([x, x], [at.y(min(tied)), at.y(max(tied))], color=INK, lw=3.0, zorder=8)


def _marks(axes: "Axes", way: _Lanes, at: _Layout) -> None:
    """The points won, as numbers; a dot for a place without points."""
    skater = way.skater
    for column, points in enumerate(skater.row.sprints):
        lane, x = way.lanes[column], at.columns[column]
        if lane is None:
            continue
        y = at.y(lane)
        is_line = column == len(at.sprints)
        if is_line and skater.row.finish is None:
            text = {"unfinished": "DNF", "disqualified": "DQ"}[skater.row.status]
            laps = (
                f" {skater.row.laps} laps" if skater.row.status == "unfinished" and skater.row.laps is not None else ""
            )
            axes.text(x, y, text + laps, ha="center", va="center", size=8, zorder=10, bbox=PAPER)
            continue
        if is_line:
            text = f"LAP {skater.row.finish}" if skater.row.status == "lapped" else str(skater.row.finish)
            axes.text(x - 0.17, y, text, ha="right", va="center", size=8, zorder=9, bbox=PAPER)
        if points:
            void = skater.forfeited
            axes.plot(
                [x], [y], marker="s" if void else "o", ms=15 if void else 14,
                mfc="white", mec=LEVEL if void else INK, mew=0.8 if void else 1.2, zorder=10,
            )  # fmt: skip
            text = f"({points})" if void else str(points)
            axes.text(x, y, text, ha="center", va="center", size=8, weight="normal" if void else "bold", zorder=11)
        else:
            axes.plot([x], [y], marker="o", ms=3.5, color=INK, zorder=10)
    axes.plot([at.rank], [at.y(way.lanes[-1] or 0)], marker="o", ms=4.5, color=INK, zorder=10)


def _row(axes: "Axes", shown: Chart, way: _Lanes, at: _Layout) -> None:
    skater = way.skater
    y = at.y(way.lanes[-1] or 0)
    weight = _weight(shown, skater)
    gained = skater.gained or 0
    rank = "" if skater.row.status == "disqualified" else str(skater.row.rank or "?")
    axes.text(at.name - 0.1, y, rank, ha="right", va="center", weight="bold")
    axes.text(at.name, y, _name(skater), va="center", weight=weight)
    axes.text(at.nation, y, clean(skater.row.nation or ""), va="center")
    total = "" if skater.row.status == "disqualified" else "?" if skater.row.total is None else str(skater.row.total)
    axes.text(at.points, y, total, ha="right", va="center", weight=weight)
    if gained:
        text = f"▲{gained}" if gained > 0 else f"▼{-gained}"
        axes.text(at.points + 0.2, y, text, color=UP if gained > 0 else DOWN, va="center", weight=weight)
    axes.text(at.points + 0.75, y, clean(skater.row.qualified or ""), va="center", weight="bold")


def _foot(axes: "Axes", shown: Chart, ways: Sequence[_Lanes], at: _Layout, measure: Measure) -> float:
    """The key and the notes; the height of the picture."""
    x, y = MARGIN, at.bottom + 0.25
    gains = [skater.gained or 0 for skater in shown.skaters]
    key: list[tuple[str, dict[str, Any]]] = []
    if max(gains, default=0) > 0:
        key.append(("▲ ranked better than across the line, by points", {"color": UP, "lw": 2.6}))
    if min(gains, default=0) < 0:
        key.append(("▼ ranked worse", {"color": DOWN, "lw": 1.6, "ls": (0, (4, 2))}))
    if any(skater.gained == 0 for skater in shown.skaters):
        key.append(("as across the line", {"color": LEVEL, "lw": 0.9}))
    if any(start + 1 < end for way in ways for start, end in pairwise(way.known)):
        key.append(("places in between not known", {"color": LEVEL, "lw": 1.2, "ls": (0, (1, 2))}))
    key.append(("points won", {"marker": "o", "ms": 10, "mfc": "white", "mec": INK, "ls": "none"}))
    if shown.cut is not None:
        key.append((f"the cut: the best {shown.advance} go through", {"color": INK, "lw": 1.6}))
    for text, look in key:
        width = 0.5 + measure(text, size=8) + 0.25
        if x + width > at.width - MARGIN and x > MARGIN:
            x, y = MARGIN, y + 0.22
        axes.plot([x, x + 0.4] if "lw" in look else [x + 0.3], [y, y] if "lw" in look else [y], **look)
        axes.text(x + 0.5, y, text, size=8, va="center")
        x += width
    y += 0.25
    for note in shown.notes:
        for line in wrap(clean(note), int((at.width - 2 * MARGIN) * 15.5), subsequent_indent="  "):
            axes.text(MARGIN, y, line, size=8, va="center")
            y += 0.18
    return y + 0.1
