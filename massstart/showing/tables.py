"""What people read: tables and sentences for the terminal, at home in 80 columns and without colour.

Decides how values look there; the columns of results, sheets and start lists stand in `massstart.showing.table`. Every text goes out as it is: nothing in a name is taken for markup.
"""

import os
import sys
from collections.abc import Hashable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from io import StringIO
from typing import TypeVar

from rich.console import Console
from rich.padding import Padding
from rich.progress import Progress
from rich.table import Table as Grid
from rich.text import Text

from massstart.advancement import StartList
from massstart.conformance import Outcome
from massstart.order import Order
from massstart.race import Race
from massstart.result import Result, Row
from massstart.rulebook import VALUE_FIELDS, Rulebook
from massstart.sheet import Sheet
from massstart.showing.table import DIRECTION, Table, clean, finding_text, report, table, title, verdict
from massstart.verification import Verification
from massstart.words import count

T = TypeVar("T")


def console() -> Console:
    """A console on standard output; 80 columns wide where that is no terminal."""
    width = None if sys.stdout.isatty() or "COLUMNS" in os.environ else 80
    return Console(width=width, highlight=False, markup=False, emoji=False)


@contextmanager
def progress(items: Sequence[T], doing: str) -> Iterator[Iterable[T]]:
    """A progress bar on standard error, if that is a terminal and there are enough items to wait for."""
    bar = Progress(console=Console(stderr=True), transient=True, disable=len(items) < 10 or not sys.stderr.isatty())
    with bar:
        yield bar.track(items, description=doing)


def _text(value: object) -> Text:
    # No terminal keeps a turned direction to the name that turns it.
    return Text(DIRECTION.sub("\ufffd", clean(value)))


def _table(*columns: str, right: Sequence[str] = (), wide: Sequence[str] = ()) -> Grid:
    table = Grid(box=None, pad_edge=False, padding=(0, 1, 0, 0), header_style="bold")
    for column in columns:
        table.add_column(
            column,
            justify="right" if column in right else "left",
            no_wrap=column not in wide,
            overflow="fold",
            min_width=12 if column == "Name" else None,
        )
    return table


def result(value: Result) -> None:
    """A result as a table."""
    show(table(value), console())


def sheet(value: Sheet) -> None:
    """A sheet as it was published."""
    show(table(value), console())


def start_list(value: StartList) -> None:
    """The start list of the final, then the reserves."""
    show(table(value), console())


def show(shown: Table, out: Console) -> None:
    """A table with its title above, and legend, reasons, footnotes and remarks below."""
    out.print(_text(shown.title), style="bold")
    for group in shown.groups:
        if group.heading:
            out.print(_text(group.heading))
        numbers = [column.shown for column in shown.columns if column.number]
        words = [column.shown for column in shown.columns if not column.number]
        lines = _table(*(column.shown for column in shown.columns), right=numbers, wide=words)
        for line in group.lines:
            lines.add_row(*(_text(cell.shown) for cell in line.cells))
        out.print(lines)
    if shown.legend:
        out.print(_text("; ".join(f"{sign}: {meaning}" for sign, meaning in shown.legend)), style="dim")
    for line in shown.lines:
        if line.reason:
            out.print(_text(line.label))
            _indented(out, line.reason)
    for number, note in enumerate(shown.notes, 1):
        out.print(_text(f"[{number}] {note}"))
    for remark in shown.remarks:
        out.print(_text(remark))


def text(shown: Table) -> str:
    """The same as plain text of 80 columns."""
    written = StringIO()
    out = Console(file=written, width=80, color_system=None, highlight=False, markup=False, emoji=False, _environ={})
    show(shown, out)
    return "".join(f"{line.rstrip(' ')}\n" for line in written.getvalue().splitlines())


def _indented(out: Console, text: object) -> None:
    out.print(Padding(_text(text), (0, 0, 0, 2), expand=False))


def race(value: Race) -> None:
    """A race as it was recorded: the places in the sprints and across the line."""
    sprints = [f"S{number}" for number in range(1, len(value.sprint_laps) + 1)]
    lines = _table("Id", "Name", "Nat", *sprints, "Line", "Time", "", right=(*sprints, "Line", "Time"), wide=("Name",))
    orders = {sprint.lap: _places(sprint.order) for sprint in value.sprints}
    line, times = _places(value.finish), dict(value.times)
    marks: dict[Hashable, str] = dict.fromkeys(value.lapped, "LAP") | dict.fromkeys(value.did_not_start, "DNS")
    marks |= {note.id: f"DNF {note.laps} laps" for note in value.unfinished} | {
        note.id: "DQ" for note in value.disqualified
    }
    for skater in value.starters:
        cells = [orders.get(lap, {}).get(skater.id) for lap in value.sprint_laps]
        shown = (_number(skater.id, skater.name), skater.name, skater.nation, *cells)
        lines.add_row(*map(_text, (*shown, line.get(skater.id), times.get(skater.id), marks.get(skater.id))))
    out = console()
    out.print(_text(title(value)), style="bold")
    out.print(lines)
    for warning in value.warnings:
        out.print(_text(f"warning: {warning}"))


def _places(order: Order) -> dict[Hashable, int]:
    places: dict[Hashable, int] = {}
    for group in order.groups:
        places |= dict.fromkeys(group, len(places) + 1)
    return places


def _number(id: Hashable, name: str | None) -> Hashable:
    """An id to show beside a name; a sheet without numbers uses the name itself as id."""
    return None if id == name else id


def explanation(row: Row) -> None:
    """Why a skater has a rank."""
    out = console()
    number = _number(row.id, row.name)
    known = ", ".join(str(part) for part in (number if row.name else None, row.nation) if part is not None)
    out.print(_text(row.label + (f" ({known})" if known else "")), style="bold")
    _indented(out, row.reason)
    through = {"Q": "Q: through to the next round by rank", "q": "q: sent to the next round by decision of the Referee"}
    if row.qualified:
        _indented(out, through[row.qualified])


def verification(value: Verification) -> None:
    """The findings of a verification, what was assumed, and what was and was not checked."""
    out = console()
    out.print(_text(f"{value.sheet.id}: {verdict(value)}"), style="bold")
    for line in (*map(finding_text, value.findings), *report(value)):
        _indented(out, line)


def rulebooks(books: Iterable[Rulebook]) -> None:
    """The rulebooks, a line each."""
    table = _table("Id", "From", "Laps", "Sprints", "Points", "Final sprint", "Forfeit", "Known", right=("Laps",))
    for book in books:
        sprints = ",".join(map(str, book.sprint_laps))
        forfeits = "yes" if book.forfeits else "no"
        sureness = book.confidence("final")
        table.add_row(
            *map(
                _text, (book.id, book.first_day, book.laps, sprints, book.intermediate, book.final, forfeits, sureness)
            )
        )
    console().print(table)


def rulebook(book: Rulebook) -> None:
    """Every value of a rulebook with its confidence, then the sources."""
    out = console()
    out.print(_text(f"{book.id}: {book.first_day or 'undated'} to {book.last_day or 'today'}"), style="bold")
    table = _table("Value", "", "Sureness")
    for name in VALUE_FIELDS:
        value = getattr(book, name)
        shown = ", ".join(map(str, value)) if isinstance(value, tuple) else "none" if value is None else value
        table.add_row(*map(_text, (name, shown, book.confidence(name))))
    out.print(table)
    for item in book.evidence:
        _indented(out, f"{item.confidence}: {', '.join(item.fields)}: {item.source}")


def archive(sheets: Iterable[Sheet]) -> None:
    """The bundled races."""
    out = console()
    table = _table("Id", "Date", "Rulebook", "Rows", right=("Rows",))
    for sheet in sheets:
        table.add_row(
            *map(
                _text,
                (
                    sheet.id,
                    sheet.date,
                    sheet.rulebook.id,
                    f"{len(sheet.rows)}{'' if sheet.complete else ' (some missing)'}",
                ),
            )
        )
    out.print(table)
    out.print(_text("The sources of each stand in its file: massstart archive --json"))


def conformance(outcomes: Sequence[Outcome]) -> None:
    """The failed cases, each with its first difference, then how many passed."""
    out = console()
    failed = [outcome for outcome in outcomes if not outcome.passed]
    for outcome in failed:
        out.print(_text(f"{outcome.case.id}: failed"), style="bold", soft_wrap=True)
        _indented(out, outcome.difference)
    table = _table("Asked", "Cases", "Passed", "Failed", right=("Cases", "Passed", "Failed"))
    for does in dict.fromkeys(outcome.case.does for outcome in outcomes):
        own = [outcome for outcome in outcomes if outcome.case.does == does]
        lost = sum(outcome in failed for outcome in own)
        table.add_row(*map(_text, (does, len(own), len(own) - lost, lost)))
    out.print(table)
    passed = len(outcomes) - len(failed)
    out.print(_text(f"{passed} of {count(len(outcomes), 'case')} passed"), style="bold")
