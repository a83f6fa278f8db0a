"""An event as a picture: the semifinals feeding the final, as SVG or PNG.

Decides how the event looks. At the left stand the semifinals by rank, each with its cut; at the right the final, or its
start list while it is not skated. A line leads from the rank in the semifinal to that in the final. How any picture is
made and saved stands in `massstart.showing.pictures.canvas`, what is known of the event in `massstart.event.event`.
"""

from textwrap import wrap
from typing import TYPE_CHECKING, Literal

from massstart.event.event import Event
from massstart.event.overall import OverallRow
from massstart.records import Starter
from massstart.showing.model import table
from massstart.showing.model.events import place_in
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
    curve,
    painted,
    saved,
    shortened,
)
from massstart.showing.pictures.registry import draw

if TYPE_CHECKING:
    from matplotlib.axes import Axes

#: How many ranks of the final are drawn bold: the podium.
PODIUM = 3


@draw.register
def draw_event(value: Event, as_: Literal["svg", "png"] = "svg") -> bytes:
    """Draw an event at its stage.

    Args:
        value: the event.
        as_: ``svg``, with its text as text, or ``png`` at 150 dots per inch.

    Returns:
        The picture. The same event gives the same bytes with the same release of matplotlib. Its description holds
        the overall ranking and what is open or assumed.

    Raises:
        MissingExtra: matplotlib is not installed.
        ValueError: another format.

    Example:
        >>> from massstart import load
        >>> from massstart.event import Event
        >>> from massstart.showing.pictures.event import draw_event
        >>> event = Event(
        ...     semifinals=[load("pyeongchang-2018-men-semifinal-1"), load("pyeongchang-2018-men-semifinal-2")],
        ...     final=load("pyeongchang-2018-men-final"),
        ... )
        >>> "Haralds Silovs: overall 17, 9 in semifinal 1" in draw_event(event).decode()
        True
    """
    check_format(as_)
    shown = table(value)
    title = shown.title.rpartition(", ")[0] or "Event"
    sentences = (title, *map(_sentence, value.overall()), *shown.remarks)
    return saved(lambda: painted(lambda axes, measure: _paint(axes, value, title, measure)), title, sentences, as_)


def _sentence(row: OverallRow) -> str:
    parts = [f"overall {row.rank or 'without a rank'}"]
    if row.final:
        parts.append(f"{place_in(row.final)} in the final")
    if row.semifinal_row:
        parts.append(f"{place_in(row.semifinal_row)} in semifinal {row.semifinal}")
    return f"{row.skater.label}: {', '.join(parts)}"


Line = tuple[Starter, str]


def _semifinals(value: Event, rows: list[OverallRow]) -> list[list[Line]]:
    """Who stands in each semifinal, with the rank in it; of one that is not skated, who was drawn to it."""
    found: list[list[Line]] = []
    drawn = value.draw.semifinals if value.draw else ()
    for number in range(1, len(value.advance_by_semifinal) + 1):
        own = [(row, row.semifinal_row) for row in rows if row.semifinal == number and row.semifinal_row]
        own.sort(key=lambda pair: (not pair[1].is_ranked, pair[1].rank is None, pair[1].rank or 0))
        lines = [(row.skater, str(place_in(placing))) for row, placing in own]
        if not lines and number <= len(drawn):
            lines = [(value.entrants.starter(id), "") for id in drawn[number - 1]]
        found.append(lines)
    return found


def _finalists(value: Event, rows: list[OverallRow]) -> list[Line]:
    """Who stands in the final with the rank in it, or on its start list with the number."""
    if value.final is not None:
        return [(row.skater, str(place_in(row.final))) for row in rows if row.final]
    listed = value.start_list()
    return [(value.entrants.starter(one.id), str(one.start or "?")) for one in listed]


def _paint(axes: "Axes", value: Event, title: str, measure: Measure) -> tuple[float, float]:
    rows = list(value.overall())
    semifinals, final = _semifinals(value, rows), _finalists(value, rows)
    everyone = [skater for lines in (*semifinals, final) for skater, _ in lines]
    names = max((measure(shortened(one.label), weight="bold") for one in everyone), default=1.0)
    left = MARGIN + 0.4
    start = left + names + 0.85
    end = start + 2.4
    right = end + 0.5
    width = max(right + names + 0.85 + MARGIN, 7.5)
    heading = wrap(clean(title), int((width - 2 * MARGIN) * 8.5))
    for number, line in enumerate(heading):
        axes.text(MARGIN, MARGIN + 0.25 * number, line, size=12, weight="bold", va="top")
    top = y = MARGIN + 0.25 * len(heading) + 0.5
    podium = {skater.id for skater, place in final if value.final and place.isdecimal() and int(place) <= PODIUM}
    through = {skater.id for skater, _ in final}
    ports: dict[object, float] = {}
    for number, (lines, cut) in enumerate(zip(semifinals, value.advance_by_semifinal, strict=True), 1):
        skated = number <= len(value.semifinals) and value.semifinals[number - 1] is not None
        parted = not skated
        axes.text(MARGIN, y, f"Semifinal {number}{'' if skated else ' (not skated)'}", weight="bold", va="center")
        for index, (skater, place) in enumerate(lines):
            y += LANE
            # Of a tie on the last place all go; the line stands below them.
            if not parted and index and not (place.isdecimal() and int(place) <= cut):
                parted = True
                axes.plot([MARGIN, start], [y - LANE / 2] * 2, color=INK, lw=1.4, zorder=1)
            colour = INK if skater.id in through or not skated else LEVEL
            _line(axes, left, (skater, place), y, colour, names, bold=skater.id in podium)
            ports[skater.id] = y
        y += 2 * LANE
    lowest = y
    y = max(top, (top + lowest - 2 * LANE - len(final) * LANE) / 2)
    axes.text(end + 0.2, y, "Final" if value.final else "Start list of the final", weight="bold", va="center")
    for skater, place in final:
        y += LANE
        bold = skater.id in podium
        _line(axes, right, (skater, place), y, INK, names, bold=bold)
        axes.plot([end], [y], marker="o", ms=6 if bold else 3.5, color=UP if bold else INK, zorder=5)
        if skater.id in ports:
            look = {"color": UP, "lw": 2.6, "zorder": 4} if bold else {"color": LEVEL, "lw": 1.0, "zorder": 2}
            axes.plot([start], [ports[skater.id]], marker="o", ms=3.5, color=INK, zorder=5)
            curve(axes, (start, ports[skater.id]), (end, y), **look)
    y = max(lowest, y + LANE)
    axes.plot([MARGIN, width - MARGIN], [y, y], color=FAINT, lw=0.6)
    key = f"A line in a semifinal: the cut. Thick: the first {PODIUM} of the final. Grey names: not in the final."
    for note in (key, *value.open()):
        for line in wrap(clean(note), int((width - 2 * MARGIN) * 15), subsequent_indent="  "):
            y += 0.18
            axes.text(MARGIN, y, line, size=8, va="center")
    return width, y + MARGIN


def _line(axes: "Axes", x: float, line: Line, y: float, colour: str, names: float, *, bold: bool) -> None:
    """The place, the name and the nation of a skater."""
    skater, place = line
    weight = "bold" if bold else "normal"
    axes.text(x - 0.1, y, place, ha="right", va="center", color=colour, weight="bold")
    axes.text(x, y, shortened(skater.label), va="center", color=colour, weight=weight)
    axes.text(x + names + 0.15, y, clean(skater.nation or ""), va="center", color=colour)
