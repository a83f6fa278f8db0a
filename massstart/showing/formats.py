"""One way from a value to something to read, in each format.

Decides which formats there are, and which module makes each. What is needed to show something is loaded when
something is shown: whoever ranks races needs none of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

from massstart.problems import MissingExtra, UnknownName

if TYPE_CHECKING:
    from massstart.advancement import StartList
    from massstart.chances import Calibration, Chances, Comparison, Course, Strengths
    from massstart.event.event import Event
    from massstart.live.outlook import Outlook
    from massstart.result import Result
    from massstart.season.quota import Quota
    from massstart.season.ranking import Standings
    from massstart.sheet import Sheet
    from massstart.verification import Verification

    #: What has a picture.
    Drawable: TypeAlias = Result | Sheet | Standings | Event | Outlook | Chances | Course | Calibration
    #: What can be shown as a table.
    Showable: TypeAlias = Drawable | Verification | StartList | Quota | Comparison | Strengths

#: The formats in which `show` writes.
Format = Literal["text", "markdown", "html", "csv", "svg"]
#: Every `Format`.
FORMATS: tuple[Format, ...] = get_args(Format)


def show(value: Showable, as_: Format = "text", *, reasons: bool = False) -> str:
    """Show a value as a table that people read, or as a picture.

    Args:
        value: a result, a sheet, a verification, a start list, an outlook, an event, a season ranking (`Standings`) or the places
            at the Games (`Quota`). A sheet is shown as it was printed; a verification
            is shown as its sheet, with the findings at their cells.
        as_: ``text`` for a terminal of 80 columns (extra ``cli``), ``markdown``, ``html`` for one self-contained
            page (extra ``html``), ``csv``, or ``svg`` for a picture of a result, a sheet, an event, an outlook or a season ranking (extra ``plot``). In CSV
            nothing is marked; that of a sheet reads back as the sheet, that of a verification lists its findings.
        reasons: whether each line says why the skater has this rank. Those of a sheet follow from its own facts.

    Returns:
        The text, with a line feed at the end; the same value gives the same text.

    Raises:
        InvalidRecord: reasons are wanted of a sheet whose facts do not settle the order.
        MissingExtra: the library for the format is not installed.
        TypeError: a value that cannot be shown.
        UnknownName: no such format.
        ValueError: reasons are wanted of a start list or in a picture, which have none.

    Example:
        >>> from massstart import Race, rank, show
        >>> race = Race(rulebook="isu-2018", starters=["4", "13"], sprints={4: ["13"]}, finish=["4", "13"])
        >>> print(show(rank(race), "csv"), end="")
        Rnk,Id,S1,S2,S3,S4,Total,Line
        1,4,,,,60,60,1
        2,13,3,,,40,43,2
    """
    if as_ not in FORMATS:
        raise UnknownName(f"no format {as_!r}; there are {', '.join(FORMATS)}")
    if as_ == "svg":
        if reasons:
            raise ValueError("a picture gives no reasons; choose text, markdown, html or csv")
        from massstart.showing.pictures import draw

        return draw(value).decode()
    from massstart.showing.model import table

    shown = table(value, reasons=reasons)
    if as_ == "csv":
        from massstart.showing.flat import flat

        return flat(value, shown)
    if as_ == "markdown":
        from massstart.showing.markdown import markdown

        return markdown(shown)
    if as_ == "html":
        from massstart.showing.html import html

        return html(shown)
    try:
        from massstart.showing.terminal.tables import text
    except ModuleNotFoundError as error:
        raise MissingExtra("text needs rich; run: pip install 'massstart[cli]'") from error
    return text(shown)


def picture(value: Drawable, as_: Literal["svg", "png"] = "svg") -> bytes:
    """Draw a result, a sheet, a season ranking, an event, an outlook, chances, their course or a calibration.

    Args:
        value: what to draw.
        as_: ``svg``, with its text as text, or ``png`` at 150 dots per inch.

    Returns:
        The picture. The same value gives the same bytes with the same release of matplotlib.

    Raises:
        MissingExtra: matplotlib is not installed.
        TypeError: anything else, which has no picture.
        ValueError: another format.

    Example:
        >>> from massstart import load
        >>> from massstart.showing import picture
        >>> drawn = picture(load("beijing-2022-men-semifinal-1"))
        >>> "Sven Kramer (NED), ninth across the line, ranked 7th" in drawn.decode()
        True
    """
    from massstart.showing.pictures import draw

    return draw(value, as_)
