"""The pictures of a simulation: ranks by skater, chances by lap, and whether chances came true, as SVG or PNG.

Decides how they look. Shades are greys with their numbers in them, lines differ in dashes and marks and are named at their ends,
so that nothing depends on colour. What the numbers mean stands in `massstart.chances`.
"""

from collections.abc import Sequence
from textwrap import wrap
from typing import TYPE_CHECKING, Literal

from massstart.chances.calibration import Calibration
from massstart.chances.chances import Chances
from massstart.chances.course import Course
from massstart.showing.model import table
from massstart.showing.pictures.canvas import (
    FAINT,
    INK,
    LANE,
    LEVEL,
    MARGIN,
    UP,
    Measure,
    check_format,
    clean,
    painted,
    saved,
    shortened,
)
from massstart.showing.pictures.registry import draw
from massstart.words import count

if TYPE_CHECKING:
    from matplotlib.axes import Axes

#: The width of a rank, and the size of a square that a share or a course is drawn in, in inches.
_RANK = 0.36
_SIDE = 4.0
#: A share from here on has white figures on a dark ground; below the other, none.
_DARK, _SHOWN = 0.25, 0.005
_DASHES: tuple[tuple[int, tuple[float, ...]], ...] = ((0, ()), (0, (5, 2)), (0, (1, 1.5)), (0, (6, 2, 1, 2)))
_MARKS = "osD^v"


@draw.register
def draw_chances(value: Chances, as_: Literal["svg", "png"] = "svg") -> bytes:
    """Draw how often each skater has each rank, the darker the likelier, and the chance to go through.

    Args:
        value: the chances.
        as_: ``svg``, with its text as text, or ``png`` at 150 dots per inch.

    Returns:
        The picture. The same chances give the same bytes with the same release of matplotlib.

    Raises:
        MissingExtra: matplotlib is not installed.
        ValueError: another format.

    Example:
        >>> from massstart.chances import Chance, Chances
        >>> from massstart.showing.pictures.chances import draw_chances
        >>> row = Chance(id="4", name="Ann", through=0.75, error=0.01, win=0.75, rank=1.25, ranks=(75, 25))
        >>> "Ann: goes through in 75.0 percent" in draw_chances(Chances(rows=(row,), races=100, seed=0, advance=1)).decode()
        True
    """
    check_format(as_)
    shown = table(value)
    told = (
        f"{row.label}: {value.means} in {100 * row.through:.1f} percent of {count(value.races, value.unit)}."
        for row in value
    )
    return saved(
        lambda: painted(lambda axes, measure: _ranks(axes, value, measure)), shown.title,
        (shown.title, *told, *shown.remarks), as_,
    )  # fmt: skip


def _ranks(axes: "Axes", value: Chances, measure: Measure) -> tuple[float, float]:
    labels = [shortened(row.label) for row in value]
    left = MARGIN + max((measure(label) for label in labels), default=0.0) + 0.2
    ranks = max((rank for row in value for rank, times in enumerate(row.ranks, 1) if times), default=1)
    chance = left + ranks * _RANK + 0.15
    width = max(chance + 1.2 + MARGIN, 6.0)
    top = _heading(
        axes, table(value).title, f"Ranks in {count(value.races, value.unit)} made by a model, in percent", width
    )
    axes.text(chance, top - 0.12, f"{value.means}", size=8, va="bottom", weight="bold")
    lowest = top + len(value) * LANE
    for rank in range(1, ranks + 1):
        axes.text(left + (rank - 0.5) * _RANK, top - 0.12, str(rank), size=7, color=LEVEL, ha="center", va="bottom")
    for index, (row, label) in enumerate(zip(value, labels, strict=True)):
        y = top + index * LANE
        axes.text(MARGIN, y + LANE / 2, label, va="center")
        for rank, times in enumerate(row.ranks[:ranks]):
            _shade(axes, left + rank * _RANK, y, times / value.races)
        proved = " proved" if row.is_exact else f" ± {100 * row.error:.1f}"
        axes.text(chance, y + LANE / 2, f"{100 * row.through:.1f}{proved}", size=8, va="center")
    if value.advance < ranks and value.means == "goes through":
        cut = left + value.advance * _RANK
        axes.plot([cut, cut], [top - 0.3, lowest + 0.05], color=INK, lw=1.6, zorder=5)
    return width, _below(axes, _words(value), lowest, width)


def _shade(axes: "Axes", x: float, y: float, share: float) -> None:
    from matplotlib.patches import Rectangle

    grey = str(round(1 - min(1.0, share * 2.2) * 0.85, 3))
    axes.add_patch(Rectangle((x, y), _RANK, LANE, facecolor=grey, edgecolor="white", lw=0.5))
    if share >= _SHOWN:
        colour = "white" if share >= _DARK else INK
        axes.text(x + _RANK / 2, y + LANE / 2, f"{100 * share:.0f}", size=6.5, color=colour, ha="center", va="center")


@draw.register
def draw_course(value: Course, as_: Literal["svg", "png"] = "svg") -> bytes:
    """Draw how everybody's chance changed over the race; see `draw_chances`."""
    check_format(as_)
    shown = table(value)
    told = [
        f"{line.label}: {', '.join(f'{cell.text} percent {column.meaning}' for cell, column in zip(line.cells, shown.columns, strict=True) if column.number)}."
        for line in shown.lines
    ]
    return saved(
        lambda: painted(lambda axes, measure: _lines(axes, value, measure)), shown.title,
        (shown.title, *told, *shown.remarks), as_,
    )  # fmt: skip


def _lines(axes: "Axes", value: Course, measure: Measure) -> tuple[float, float]:
    _, last = value.moments[-1]
    wide, high = _SIDE * 1.2, max(_SIDE, len(last) * LANE * 0.85)
    left = MARGIN + 0.5
    named = left + wide + 0.35
    labels = [f"{100 * row.through:.0f}  {shortened(row.label)}" for row in last]
    width = named + max(measure(label) for label in labels) + MARGIN
    said = f"How likely in percent, {count(last.races, 'race')} each"
    top = _heading(axes, table(value).title, said, width)
    first, end = value.moments[0][0], max(value.moments[-1][0], value.moments[0][0] + 1)

    def x(laps: int) -> float:
        return left + wide * (laps - first) / (end - first)

    def y(share: float) -> float:
        return top + high * (1 - share)

    for tenth in range(0, 11, 2):
        axes.plot([left, left + wide], [y(tenth / 10)] * 2, color=FAINT, lw=0.5, zorder=0)
        axes.text(left - 0.1, y(tenth / 10), f"{tenth * 10}", size=8, ha="right", va="center")
    for laps, _ in value.moments:
        axes.text(x(laps), top + high + 0.15, "start" if laps == 0 else f"lap {laps}", size=8, ha="center", va="top")
    heights = _apart([y(row.through) for row in last], LANE * 0.85)
    for number, (row, label, height) in enumerate(zip(last, labels, heights, strict=True)):
        shares = [found[row.id].through for _, found in value.moments]
        look = {"ls": _DASHES[number % len(_DASHES)], "marker": _MARKS[number % len(_MARKS)], "ms": 3.5}
        colour = INK if number < last.advance else LEVEL
        places = [x(laps) for laps, _ in value.moments]
        axes.plot(places, [y(share) for share in shares], color=colour, lw=1.1, **look)  # type: ignore[arg-type]  # each look fits
        axes.plot([places[-1] + 0.05, named - 0.08], [y(shares[-1]), height], color=FAINT, lw=0.6)
        axes.text(named, height, label, size=8, va="center")
    return width, _below(axes, _words(last, is_cut=False), top + high + 0.35, width)


def _apart(heights: Sequence[float], least: float) -> list[float]:
    """Heights, moved so far that labels stand clear of each other; they rise already."""
    found: list[float] = []
    for height in heights:
        found.append(max(height, found[-1] + least) if found else height)
    over = max(0.0, found[-1] - max(heights)) if found else 0.0
    return [height - over / 2 for height in found]


@draw.register
def draw_calibration(value: Calibration, as_: Literal["svg", "png"] = "svg") -> bytes:
    """Draw whether chances came true: on the line, they did; see `draw_chances`."""
    check_format(as_)
    shown = table(value)
    told = [
        f"{line.label}: expected {row.expected:.1%}, came true {row.observed:.1%} of {count(row.skaters, 'skater')}."
        for line, row in zip(shown.lines, value.rows, strict=True)
    ]
    return saved(
        lambda: painted(lambda axes, _: _reliability(axes, value)),
        shown.title,
        (shown.title, *told, *shown.remarks),
        as_,
    )


def _reliability(axes: "Axes", value: Calibration) -> tuple[float, float]:
    left, width = MARGIN + 0.6, MARGIN + 0.6 + _SIDE + 1.2
    top = _heading(axes, table(value).title, "How many it came true for, by what was expected, in percent", width)

    def x(share: float) -> float:
        return left + _SIDE * share

    def y(share: float) -> float:
        return top + _SIDE * (1 - share)

    for tenth in range(0, 11, 2):
        axes.plot([left, left + _SIDE], [y(tenth / 10)] * 2, color=FAINT, lw=0.5, zorder=0)
        axes.text(left - 0.1, y(tenth / 10), f"{tenth * 10}", size=8, ha="right", va="center")
        axes.text(x(tenth / 10), top + _SIDE + 0.12, f"{tenth * 10}", size=8, ha="center", va="top")
    axes.plot([x(0), x(1)], [y(0), y(1)], color=LEVEL, lw=1.0, ls=(0, (4, 2)))
    for row in value.rows:
        low, high = max(0.0, row.expected - 2 * row.error), min(1.0, row.expected + 2 * row.error)
        axes.plot([x(row.expected)] * 2, [y(low), y(high)], color=LEVEL, lw=1.2)
        axes.plot([x(row.expected)], [y(row.observed)], color=UP, marker="o", ms=5)
        axes.text(x(row.expected) + 0.07, y(row.observed), str(row.skaters), size=7, va="center")
    said = (
        "Dots: the skaters of a class, with their number. Bars: where the dot lies in 19 of 20 cases if the chances are right. "
        f"{value.verdict}."
    )
    return width, _below(axes, [said], top + _SIDE + 0.4, width)


def _heading(axes: "Axes", title: str, said: str, width: float) -> float:
    """A title and what is shown; gives the height at which the drawing begins."""
    lines = wrap(clean(title), int((width - 2 * MARGIN) * 8.5))
    for number, line in enumerate(lines):
        axes.text(MARGIN, MARGIN + 0.25 * number, line, size=12, weight="bold", va="top")
    axes.text(MARGIN, MARGIN + 0.25 * len(lines), clean(said), size=9, va="top")
    return MARGIN + 0.25 * len(lines) + 0.7


def _words(value: Chances, *, is_cut: bool = True) -> list[str]:
    cut = f"Thick line: the best {value.advance} go on. " if is_cut and value.means == "goes through" else ""
    return [f"{cut}Standard error {100 * value.largest_error:.1f} at most. Seed {value.seed}.", *value.remarks]


def _below(axes: "Axes", sentences: Sequence[str], height: float, width: float) -> float:
    """Sentences below a drawing; gives the height of the whole."""
    height += 0.2
    for sentence in sentences:
        for line in wrap(clean(sentence), int((width - 2 * MARGIN) * 14)):
            axes.text(MARGIN, height, line, size=8, va="center")
            height += 0.18
    return height + 0.1
