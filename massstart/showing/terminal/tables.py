"""What people read: tables and sentences for the terminal, at home in 80 columns and without colour.

Decides how values look there; the columns of results, sheets and start lists stand in `massstart.showing.model.table`. Every text goes out as it is: nothing in a name is taken for markup.
"""

from collections.abc import Hashable, Iterable, Sequence
from io import StringIO

from rich.console import Console

from massstart.advancement import StartList
from massstart.conformance import Outcome
from massstart.live.outlook import Outlook
from massstart.order import Order
from massstart.race import Race
from massstart.result import Result
from massstart.rulebook import VALUE_FIELDS, Rulebook
from massstart.sheet import Sheet
from massstart.showing.model import table
from massstart.showing.model.cells import Table, shown_id
from massstart.showing.model.results import finding_text, report, title, verdict
from massstart.showing.terminal.console import as_text, console, grid, indented
from massstart.verification import Verification
from massstart.words import count


def result(value: Result) -> None:
    """A result as a table."""
    show(table(value), console())


def sheet(value: Sheet) -> None:
    """A sheet as it was published."""
    show(table(value), console())


def start_list(value: StartList) -> None:
    """The start list of the final, then the reserves."""
    show(table(value), console())


def outlook(value: Outlook) -> None:
    """Everyone still racing: the ranks that are possible, and the places across the line that are needed."""
    show(table(value), console())


def show(shown: Table, out: Console) -> None:
    """A table with its title above, and legend, reasons, footnotes and remarks below."""
    out.print(as_text(shown.title), style="bold")
    for group in shown.groups:
        if group.heading:
            out.print(as_text(group.heading))
        numbers = [column.shown for column in shown.columns if column.number]
        words = [column.shown for column in shown.columns if not column.number]
        lines = grid(*(column.shown for column in shown.columns), right=numbers, wide=words, spare=_spare(shown))
        for line in group.lines:
            lines.add_row(*(as_text(cell.shown) for cell in line.cells))
        out.print(lines)
    if shown.legend:
        out.print(as_text("; ".join(f"{sign}: {meaning}" for sign, meaning in shown.legend)), style="dim")
    for line in shown.lines:
        if line.reason:
            out.print(as_text(line.label))
            indented(out, line.reason)
    for number, note in enumerate(shown.notes, 1):
        out.print(as_text(f"[{number}] {note}"))
    for remark in shown.remarks:
        out.print(as_text(remark))


def _spare(shown: Table) -> list[int]:
    """The columns that a narrow terminal does without, the first of them first; never one with a finding."""
    keys = [column.key for column in shown.columns]
    return [
        keys.index(key)
        for key in ("nation", "id", "bib", "time")
        if key in keys
        and key != shown.who
        and not shown.columns[keys.index(key)].notes
        and not any(line.cells[keys.index(key)].notes for line in shown.lines)
    ]


def text(shown: Table) -> str:
    """The same as plain text of 80 columns."""
    written = StringIO()
    out = Console(file=written, width=80, color_system=None, highlight=False, markup=False, emoji=False, _environ={})
    show(shown, out)
    return "".join(f"{line.rstrip(' ')}\n" for line in written.getvalue().splitlines())


def race(value: Race) -> None:
    """A race as it was recorded: the places in the sprints and across the line."""
    sprints = [f"S{number}" for number in range(1, len(value.sprint_laps) + 1)]
    lines = grid("Id", "Name", "Nat", *sprints, "Line", "Time", "", right=(*sprints, "Line", "Time"), wide=("Name",))
    orders = {sprint.lap: _places(sprint.order) for sprint in value.sprints}
    line, times = _places(value.finish), dict(value.times)
    marks: dict[Hashable, str] = dict.fromkeys(value.guests, "guest") | dict.fromkeys(value.lapped, "LAP")
    marks |= dict.fromkeys(value.did_not_start, "DNS")
    marks |= {note.id: f"DNF {note.laps} laps" for note in value.unfinished} | {
        note.id: "DQ" for note in value.disqualified
    }
    for skater in value.starters:
        cells = [orders.get(lap, {}).get(skater.id) for lap in value.sprint_laps]
        shown = (shown_id(skater.id, skater.name), skater.name, skater.nation, *cells)
        lines.add_row(*map(as_text, (*shown, line.get(skater.id), times.get(skater.id), marks.get(skater.id))))
    out = console()
    out.print(as_text(title(value)), style="bold")
    out.print(lines)
    for warning in value.warnings:
        out.print(as_text(f"warning: {warning}"))


def _places(order: Order) -> dict[Hashable, int]:
    places: dict[Hashable, int] = {}
    for group in order.groups:
        places |= dict.fromkeys(group, len(places) + 1)
    return places


def explanation(only: Result) -> None:
    """Why a skater has a rank, and what is doubtful about the result; its only row is that of the skater."""
    out = console()
    (row,), (reason,) = only.rows, only.reasons
    number = shown_id(row.id, row.name)
    known = ", ".join(str(part) for part in (number if row.name else None, row.nation) if part is not None)
    out.print(as_text(row.label + (f" ({known})" if known else "")), style="bold")
    indented(out, reason)
    through = {"Q": "Q: through to the next round by rank", "q": "q: sent to the next round by decision of the Referee"}
    if row.qualified:
        indented(out, through[row.qualified])
    for warning in only.warnings:
        out.print(as_text(f"warning: {warning}"))


def verification(value: Verification) -> None:
    """The findings of a verification, what was assumed, and what was and was not checked."""
    out = console()
    out.print(as_text(f"{value.sheet_id}: {verdict(value)}"), style="bold")
    for line in (*map(finding_text, value.findings), *report(value)):
        indented(out, line)


def rulebooks(books: Iterable[Rulebook]) -> None:
    """The rulebooks, a line each."""
    table = grid("Id", "From", "Laps", "Sprints", "Points", "Final sprint", "Forfeit", "Known", right=("Laps",))
    for book in books:
        sprints = ",".join(map(str, book.sprint_laps))
        forfeits = "yes" if book.forfeits else "no"
        sureness = book.confidence("final")
        table.add_row(
            *map(
                as_text,
                (book.id, book.first_day, book.laps, sprints, book.intermediate, book.final, forfeits, sureness),
            )
        )
    console().print(table)


def rulebook(book: Rulebook) -> None:
    """Every value of a rulebook with its confidence, then the sources."""
    out = console()
    out.print(as_text(f"{book.id}: {book.first_day or 'undated'} to {book.last_day or 'today'}"), style="bold")
    table = grid("Value", "", "Sureness")
    for name in VALUE_FIELDS:
        value = getattr(book, name)
        shown = ", ".join(map(str, value)) if isinstance(value, tuple) else "none" if value is None else value
        table.add_row(*map(as_text, (name, shown, book.confidence(name))))
    out.print(table)
    for item in book.evidence:
        indented(out, f"{item.confidence}: {', '.join(item.fields)}: {item.source}")


def archive(sheets: Iterable[Sheet]) -> None:
    """The bundled races."""
    out = console()
    table = grid("Id", "Date", "Rulebook", "Rows", right=("Rows",))
    for sheet in sheets:
        table.add_row(
            *map(
                as_text,
                (
                    sheet.id,
                    sheet.date,
                    sheet.rulebook.id,
                    f"{len(sheet.rows)}{'' if sheet.complete else ' (some missing)'}",
                ),
            )
        )
    out.print(table)
    out.print(as_text("The sources of each stand in its file: massstart archive --json"))


def conformance(outcomes: Sequence[Outcome]) -> None:
    """The failed cases, each with its first difference, then how many passed."""
    out = console()
    failed = [outcome for outcome in outcomes if not outcome.passed]
    for outcome in failed:
        out.print(as_text(f"{outcome.case.id}: failed"), style="bold", soft_wrap=True)
        indented(out, outcome.difference)
    table = grid("Asked", "Cases", "Passed", "Failed", right=("Cases", "Passed", "Failed"))
    for does in dict.fromkeys(outcome.case.does for outcome in outcomes):
        own = [outcome for outcome in outcomes if outcome.case.does == does]
        lost = sum(outcome in failed for outcome in own)
        table.add_row(*map(as_text, (does, len(own), len(own) - lost, lost)))
    out.print(table)
    passed = len(outcomes) - len(failed)
    out.print(as_text(f"{passed} of {count(len(outcomes), 'case')} passed"), style="bold")
