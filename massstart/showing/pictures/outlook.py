"""An outlook as a picture: for each skater the ranks that are possible, and the line of the cut, as SVG or PNG.

Decides how an outlook looks. Who is through has a filled bar and a check mark, who is out an empty one and a cross, and
whoever is neither a hatched one with a question mark; the verdict stands beside it as a word. So nothing depends on
colour. What is possible stands in `massstart.live.outlook`.
"""

from textwrap import wrap
from typing import TYPE_CHECKING, Literal

from massstart.live.outlook import Outlook
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
from massstart.words import ordinal

if TYPE_CHECKING:
    from matplotlib.axes import Axes

#: The width of a rank, in inches.
_RANK = 0.24
_SIGNS = {"through": "\u2713", "possible": "?", "out": "\u2717"}


@draw.register
def draw_outlook(value: Outlook, as_: Literal["svg", "png"] = "svg") -> bytes:
    """Draw what everybody can still reach.

    Args:
        value: the outlook.
        as_: ``svg``, with its text as text, or ``png`` at 150 dots per inch.

    Returns:
        The picture. The same outlook gives the same bytes with the same release of matplotlib. Its description holds
        what each skater needs.

    Raises:
        MissingExtra: matplotlib is not installed.
        ValueError: another format.

    Example:
        >>> from massstart.live import Underway, outlook
        >>> from massstart.showing.pictures.outlook import draw_outlook
        >>> race = Underway(rulebook="isu-2018", starters=["a", "b", "c"], sprints={4: ["a"], 8: ["a"]}, advance=1)
        >>> "a: rank 1 to 3, possible. Through with first place" in draw_outlook(outlook(race)).decode()
        True
    """
    check_format(as_)
    shown = table(value)
    told = (f"{row.label}: rank {row.best} to {row.worst}, {row.status}. {row.needs}." for row in value)
    sentences = (shown.title, shown.groups[0].heading, *told, *shown.remarks)
    return saved(lambda: painted(lambda axes, measure: _paint(axes, value, measure)), shown.title, sentences, as_)


def _paint(axes: "Axes", value: Outlook, measure: Measure) -> tuple[float, float]:
    shown = table(value)
    rows = sorted(value, key=lambda row: (row.best + row.worst, row.best))
    labels = [shortened(row.label) for row in rows]
    left = MARGIN + max((measure(label) for label in labels), default=0.0) + 0.35
    ranks = max((row.worst for row in rows), default=1)
    verdict = left + ranks * _RANK + 0.2
    width = max(verdict + 1.1 + MARGIN, 6.0)
    heading = wrap(clean(shown.title), int((width - 2 * MARGIN) * 8.5))
    top = MARGIN + 0.25 * len(heading) + 0.75

    def x(rank: float) -> float:
        return left + (rank - 1) * _RANK

    for number, line in enumerate(heading):
        axes.text(MARGIN, MARGIN + 0.25 * number, line, size=12, weight="bold", va="top")
    axes.text(MARGIN, MARGIN + 0.25 * len(heading), clean(shown.groups[0].heading), size=9, va="top")
    lowest = top + len(rows) * LANE
    for rank in range(1, ranks + 1):
        axes.text(x(rank + 0.5), top - 0.12, str(rank), size=7, color=LEVEL, ha="center", va="bottom")
        axes.plot([x(rank), x(rank)], [top - 0.05, lowest], color=FAINT, lw=0.4, zorder=0)
    if value.advance < ranks:
        cut = x(value.advance + 1)
        axes.plot([cut, cut], [top - 0.3, lowest + 0.05], color=INK, lw=1.6, zorder=5)
    for index, (row, label) in enumerate(zip(rows, labels, strict=True)):
        y = top + (index + 0.5) * LANE
        axes.text(MARGIN, y, label, va="center", weight="bold" if row.status == "through" else "normal")
        _bar(axes, x(row.best), y, (row.worst - row.best + 1) * _RANK, row.status)
        across = "" if row.finish is None else f", {ordinal(row.finish)} across the line"
        axes.text(verdict, y, f"{_SIGNS[row.status]} {row.status}{across}", size=8, va="center")
    key = f"Bar: the ranks that are possible. Thick line: the best {value.advance} go on. Filled: through. Hatched: possible. Empty: out."
    below = lowest + 0.2
    for line in wrap(key, int((width - 2 * MARGIN) * 15)):
        axes.text(MARGIN, below, line, size=8, va="center")
        below += 0.18
    return width + (1.3 if any(row.finish for row in rows) else 0), below + 0.1


def _bar(axes: "Axes", x: float, y: float, width: float, status: str) -> None:
    from matplotlib.patches import Rectangle

    look = {
        "through": {"facecolor": UP, "edgecolor": UP},
        "possible": {"facecolor": "white", "edgecolor": INK, "hatch": "////"},
        "out": {"facecolor": "white", "edgecolor": LEVEL},
    }[status]
    axes.add_patch(Rectangle((x, y - LANE * 0.32), width, LANE * 0.64, lw=0.8, zorder=3, **look))  # type: ignore[arg-type]  # each look fits
