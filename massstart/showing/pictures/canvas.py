"""What every picture shares: settings, colours, measures, text, and the file it is saved as.

Decides that a picture has the same bytes everywhere, that nothing in a name is markup, and that the picture can be had
in words. What a picture shows is left to the modules that draw.

matplotlib is imported when something is drawn. Its settings are those of its own default style, whatever the user has
set, and they are put back afterwards.
"""

import unicodedata
import warnings
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from massstart.problems import MissingExtra

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

#: The width in inches of a text in a style.
Measure = Callable[..., float]

#: Names longer than this end in an ellipsis; an SVG still has the whole name in its description.
LONGEST = 32

# Inches. A lane is as high as a line of text needs to stand clear of its neighbours.
LANE = 0.27
SPRINT = 0.95
MARGIN = 0.25
DOTS_PER_INCH = 150

# Two of the colours of Okabe and Ito, which the colour-blind tell apart, and greys.
UP, DOWN, LEVEL, FAINT, INK = "#0072B2", "#D55E00", "#8A8A8A", "#C4C4C4", "#1A1A1A"

SETTINGS: dict[str, Any] = {
    "font.family": ["DejaVu Sans"],
    "font.size": 9.0,
    "svg.fonttype": "none",
    "svg.hashsalt": "massstart",
    "text.parse_math": False,
    "text.color": INK,
    "lines.solid_capstyle": "round",
}

PAPER = {"boxstyle": "square,pad=0.15", "facecolor": "white", "edgecolor": "none"}


def check_format(as_: str) -> None:
    """Refuse a format that no picture has."""
    if as_ not in ("svg", "png"):
        raise ValueError(f"a picture is svg or png, not {as_!r}")


@contextmanager
def settings() -> Iterator[None]:
    """The settings of every picture, for as long as it is drawn and saved.

    Raises:
        MissingExtra: matplotlib is not installed.
    """
    try:
        from matplotlib import style
    except ImportError as error:
        raise MissingExtra("pictures need matplotlib: pip install 'massstart[plot]'") from error
    with style.context(["default", SETTINGS]), warnings.catch_warnings():
        # A letter that the font lacks is a box in a PNG, and in an SVG the viewer's business.
        warnings.filterwarnings("ignore", message="Glyph .* missing from", category=UserWarning)
        yield


def painted(paint: Callable[["Axes", Measure], tuple[float, float]]) -> "Figure":
    """A figure in inches from the upper left corner; ``paint`` gives its width and height."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(dpi=DOTS_PER_INCH)
    renderer = FigureCanvasAgg(figure).get_renderer()  # type: ignore[no-untyped-call]  # matplotlib leaves it untyped
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()

    def measure(text: str, **style: Any) -> float:
        """The width of a text in inches. The letters of East Asia are wider than the box that stands for them."""
        artist = axes.text(0, 0, text, **style)
        width = artist.get_window_extent(renderer).width / DOTS_PER_INCH
        artist.remove()
        return width + 0.07 * sum(unicodedata.east_asian_width(letter) in "WF" for letter in text)

    width, height = paint(axes, measure)
    figure.set_size_inches(width, height)
    axes.set_xlim(0, width)
    axes.set_ylim(height, 0)
    return figure


def curve(axes: "Axes", start: tuple[float, float], end: tuple[float, float], **look: Any) -> None:
    """A line that leaves and arrives level."""
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    bend = (end[0] - start[0]) / 2
    points = [start, (start[0] + bend, start[1]), (end[0] - bend, end[1]), end]
    way = Path(points, [Path.MOVETO, Path.CURVE4, Path.CURVE4, Path.CURVE4])
    axes.add_patch(PathPatch(way, fill=False, capstyle="butt", **look))


def saved(make: Callable[[], "Figure"], title: str, sentences: Iterable[str], as_: str) -> bytes:
    """A figure as SVG or PNG, with the sentences as its description."""
    words = "\n".join(map(clean, sentences))
    metadata: dict[str, Any] = {"Title": clean(title)}
    if as_ == "svg":
        metadata |= {"Creator": "massstart", "Date": None}
    else:
        metadata |= {"Software": "massstart", "Description": words}
    file = BytesIO()
    with settings():
        make().savefig(file, format=as_, dpi=DOTS_PER_INCH, metadata=metadata)
    return _described(file.getvalue(), words) if as_ == "svg" else file.getvalue()


def _described(picture: bytes, words: str) -> bytes:
    """An SVG with the picture in words, and with fonts to fall back on."""
    extra = (
        f"</title>\n <desc>{escape(words)}</desc>\n"
        " <style>text {font-family: 'DejaVu Sans', Verdana, sans-serif !important}</style>"
    )
    text = picture.decode().replace("<svg ", '<svg role="img" ', 1)
    return text.replace("</title>", extra, 1).encode()


def clean(text: str) -> str:
    """A text on one line without control characters, which no SVG can hold; joiners within a word stay."""
    return "".join(
        " " if letter.isspace() else letter if letter.isprintable() or letter in "\u200c\u200d" else "\ufffd"
        for letter in text
    )


def shortened(text: str) -> str:
    """A clean text that ends in an ellipsis where it is longer than a picture has room for."""
    text = clean(text)
    return text if len(text) <= LONGEST else text[: LONGEST - 1].rstrip() + "…"
