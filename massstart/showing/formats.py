"""One way from a value to something to read, in each format.

Decides which formats there are, and which module makes each. The libraries that some need are imported late.
"""

import csv
from collections.abc import Iterable
from io import StringIO
from typing import Literal, get_args

from massstart.competition.event import Event
from massstart.competition.season import Standings
from massstart.files.csvwrite import write_csv
from massstart.problems import MissingExtra, UnknownName
from massstart.result import Result
from massstart.sheet import Sheet
from massstart.showing.html import html
from massstart.showing.markdown import markdown
from massstart.showing.table import Showable, Table, table
from massstart.verification import Verification

Format = Literal["text", "markdown", "html", "csv", "svg"]
FORMATS: tuple[Format, ...] = get_args(Format)


def show(value: Showable, as_: Format = "text", *, reasons: bool = False) -> str:
    """Show a value as a table that people read, or as a picture.

    Args:
        value: a result, a sheet, a verification, a start list, an event, a season ranking (`Standings`) or the places
            at the Games (`Quota`). A sheet is shown as it was printed; a verification
            is shown as its sheet, with the findings at their cells.
        as_: ``text`` for a terminal of 80 columns (extra ``cli``), ``markdown``, ``html`` for one self-contained
            page (extra ``html``), ``csv``, or ``svg`` for a picture of a result, a sheet, an event or a season ranking (extra ``plot``). In CSV
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
        return picture(value, "svg", reasons=reasons).decode()
    found = table(value, reasons=reasons)
    if as_ == "csv":
        if isinstance(value, Sheet) and not reasons:
            return write_csv(value)
        return _csv(_findings(value) if isinstance(value, Verification) else _rows(found))
    if as_ == "markdown":
        return markdown(found)
    if as_ == "html":
        return html(found)
    try:
        from massstart.showing.tables import text
    except ModuleNotFoundError as error:
        raise MissingExtra("text needs rich; run: pip install 'massstart[cli]'") from error
    return text(found)


def picture(value: Showable, as_: Literal["svg", "png"], *, reasons: bool = False) -> bytes:
    """A picture of a result, a sheet, a season ranking or an event.

    See `draw`, `draw_season` and `draw_event` of `massstart.showing.drawing`, ``seasonchart`` and ``bracket``.

    Raises:
        MissingExtra: matplotlib is not installed.
        TypeError: anything else, which has no picture.
        ValueError: reasons are wanted.
    """
    if not isinstance(value, Result | Sheet | Standings | Event):
        kinds = "a Result, a Sheet, Standings or an Event"
        raise TypeError(f"of a {type(value).__name__} there is no picture, only of {kinds}")
    if reasons:
        raise ValueError("a picture gives no reasons; choose text, markdown, html or csv")
    if isinstance(value, Standings):
        from massstart.showing.seasonchart import draw_season

        return draw_season(value, as_)
    if isinstance(value, Event):
        from massstart.showing.bracket import draw_event

        return draw_event(value, as_)
    from massstart.showing.drawing import draw

    return draw(value, as_)


def _rows(table: Table) -> Iterable[list[str]]:
    reasons = any(line.reason for line in table.lines)
    yield [column.heading for column in table.columns] + ["Reason"] * reasons
    for line in table.lines:
        yield [cell.text for cell in line.cells] + [line.reason] * reasons


def _findings(report: Verification) -> Iterable[list[object]]:
    yield ["kind", "row", "column", "printed", "expected", "message"]
    for one in report.findings:
        yield [one.kind, one.row, one.column, one.printed, one.expected, one.message]


def _csv(rows: Iterable[Iterable[object]]) -> str:
    out = StringIO()
    csv.writer(out, lineterminator="\n").writerows(map(_harmless, row) for row in rows)
    return out.getvalue()


def _harmless(cell: object) -> object:
    """A cell that no spreadsheet runs as a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(("=", "+", "-", "@")) else cell
