"""What people read: tables and sentences for the terminal, at home in 80 columns and without colour.

Decides how values look there. Every text goes out as it is: nothing in a name is taken for markup.
"""

import os
import sys
from collections.abc import Hashable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.progress import Progress
from rich.table import Table
from rich.text import Text

from massstart.advancement import Entry, StartList
from massstart.conformance import Outcome
from massstart.live.outlook import Outlook, OutlookRow
from massstart.live.standings import Standings
from massstart.problems import Problem
from massstart.race import Race
from massstart.result import Result, Row
from massstart.rulebook import VALUE_FIELDS, Rulebook
from massstart.sheet import Sheet
from massstart.verification import Verification
from massstart.words import count, listing

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
    shown = "" if value is None else str(value)
    return Text("".join(character if character.isprintable() else "\ufffd" for character in shown))


def _table(*columns: str, right: Sequence[str] = (), wide: str = "Name") -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), header_style="bold")
    for column in columns:
        is_wide = column == wide
        table.add_column(
            column,
            justify="right" if column in right else "left",
            no_wrap=not is_wide,
            overflow="fold",
            min_width=12 if is_wide else None,
        )
    return table


def result(value: Result) -> None:
    """A result as a table: S4 in the heading is the final sprint, Line the place across the line."""
    record = value.record
    sprints = [f"S{number}" for number in range(1, len(record.rulebook.sprint_laps) + 2)]
    if value.rows:
        sprints = [f"S{number}" for number in range(1, len(value.rows[0].sprints) + 1)]
    table = _table(
        "Rnk",
        "Id",
        "Name",
        "Nat",
        *sprints,
        "Total",
        "Line",
        "Time",
        "",
        right=("Rnk", *sprints, "Total", "Line", "Time"),
    )
    for row in value:
        cells = ["?" if cell is None else cell or "" for cell in row.sprints]
        time = f"{row.laps if row.laps is not None else '?'} laps" if row.status == "unfinished" else row.time
        line = {"disqualified": "DQ", "lapped": f"{row.finish or ''} LAP", "unfinished": "DNF"}.get(
            row.status, row.finish
        )
        shown = [
            row.rank,
            _number(row.id, row.name),
            row.name,
            row.nation,
            *cells,
            row.total,
            line,
            time,
            row.qualified,
        ]
        table.add_row(*map(_text, shown))
    out = console()
    title = _title(record.competition, record.event, record.round, record.rulebook.id, f"{record.laps} laps")
    out.print(_text(title), style="bold")
    out.print(table)
    _warnings(out, value.warnings)


def standings(value: Result, ahead: Outlook | None, number: int | None) -> RenderableType:
    """Standings after an event of a race log, with what each skater can still reach where that is known.

    Ranks within the best are marked: ``through`` whatever happens, ``out`` whatever happens.
    """
    record = value.record
    sprints = [f"S{number}" for number in range(1, len(record.sprint_laps if isinstance(record, Race) else ()) + 2)]
    right = ("Rnk", *sprints, "Total", "Laps", "Time", "Best", "Worst")
    table = _table(
        "Rnk", "Id", "Name", *sprints, "Total", "Laps", "Time", *(("Best", "Worst", "") if ahead else ()), right=right
    )
    known = {row.id: row for row in ahead or ()}
    for row in value:
        reach = known.get(row.id)
        time = {"disqualified": "DQ", "unfinished": "DNF"}.get(row.status, row.time)
        can = (reach.best, reach.worst, "" if reach.status == "possible" else reach.status) if reach else ("",) * 3
        shown = (
            row.rank,
            _number(row.id, row.name),
            row.name,
            *(cell or "" for cell in row.sprints),
            row.total,
            row.laps,
            time,
        )
        table.add_row(*map(_text, (*shown, *(can if ahead else ()))))
    after = None if number is None else f"after event {number}"
    left = f"sprints left at {listing([str(lap) for lap in ahead.sprints_left])}" if ahead else None
    stage = "provisional" if isinstance(value, Standings) else "result"
    title = _title(record.competition, record.event, record.round, f"{record.laps} laps", stage, after, left)
    return Group(Text(""), _text(title), table)


def unfinished_race(value: Standings) -> None:
    """The last standings of a race of which no result is known."""
    out = console()
    racing = [row.label for row in value if row.status == "racing"]
    out.print(standings(value, None, None))
    out.print(_text(f"The race is not over: no outcome is known of {listing(racing)}."))


def _number(id: Hashable, name: str | None) -> Hashable:
    """An id to show beside a name; a sheet without numbers uses the name itself as id."""
    return None if id == name else id


def _title(*parts: str | None) -> str:
    return ", ".join(part for part in parts if part)


def _warnings(out: Console, warnings: Sequence[Problem]) -> None:
    for warning in warnings:
        out.print(_text(f"warning: {warning}"))


def explanation(row: Row) -> None:
    """Why a skater has a rank."""
    out = console()
    number = _number(row.id, row.name)
    known = _title(None if number is None or row.name is None else str(number), row.nation)
    out.print(_text(row.label + (f" ({known})" if known else "")), style="bold")
    out.print(Padding(_text(row.reason), (0, 0, 0, 2), expand=False))
    through = {"Q": "Q: through to the next round by rank", "q": "q: sent to the next round by decision of the Referee"}
    if row.qualified:
        out.print(Padding(_text(through[row.qualified]), (0, 0, 0, 2), expand=False))


def outlook(value: Outlook) -> None:
    """Everyone still racing: the ranks that are possible, and the places across the line that are needed."""
    race = value.race
    out = console()
    out.print(_text(_title(race.competition, race.event, race.round, race.rulebook.id)), style="bold")
    left = listing([str(lap) for lap in value.sprints_left])
    out.print(
        _text(f"{count(len(value.sprints_left), 'sprint')} to come, after lap {left}; best {value.advance} go on")
    )
    numbers = ("Points", "Best", "Worst", "Enough", "Hope")
    table = _table("Id", "Name", "Nat", *numbers[:3], "", *numbers[3:], right=numbers)
    for row in value:
        through = "-" if row.through_if is None else row.through_if
        possible = "-" if row.possible_if is None else row.possible_if
        number = _number(row.id, row.name)
        shown = (number, row.name, row.starter.nation, row.points, row.best, row.worst, row.status, through, possible)
        table.add_row(*map(_text, shown))
    out.print(table)
    out.print(
        _text(
            "Enough: the last place across the line that is enough whatever the others do. Hope: the last that can be "
            "enough. All this if everyone still racing completes the distance, unlapped, without dead heats."
        )
    )
    _warnings(out, race.warnings)


def needs(value: Outlook, row: OutlookRow) -> None:
    """What one skater needs."""
    out = console()
    known = _title(None if row.name is None else str(row.id), row.starter.nation, count(row.points, "point"))
    out.print(_text(f"{row.label} ({known})"), style="bold")
    out.print(Padding(_text(value.needs(row.id)), (0, 0, 0, 2), expand=False))
    out.print(Padding(_text(f"Rank {row.best} to {row.worst}"), (0, 0, 0, 2), expand=False))


def verification(value: Verification) -> None:
    """The findings of a verification, what was assumed, and what was and was not checked."""
    out = console()
    verdict = "consistent" if value.consistent else count(len(value.findings), "finding")
    out.print(_text(f"{value.sheet.id}: {verdict}"), style="bold")
    for finding in value.findings:
        places = (
            f" (printed {finding.printed}, expected {finding.expected})" if finding.printed and finding.expected else ""
        )
        out.print(Padding(_text(f"{finding}{places}"), (0, 0, 0, 2), expand=False))
    for assumption in value.assumed:
        out.print(Padding(_text(f"assumed: {assumption}"), (0, 0, 0, 2), expand=False))
    checked = ", ".join(f"{kind} {number}" for kind, number in value.checked)
    out.print(Padding(_text(f"checked: {checked}"), (0, 0, 0, 2), expand=False))
    for kind, why in value.unchecked:
        out.print(Padding(_text(f"not checked: {kind}: {why}"), (0, 0, 0, 2), expand=False))


def start_list(value: StartList) -> None:
    """The start list of the final, then the reserves."""
    out = console()
    out.print(_entries(value.rows))
    if value.reserves:
        out.print(_text("Reserves, each for a withdrawal from the same semifinal (assumed):"))
        out.print(_entries(value.reserves))


def _entries(entries: Iterable[Entry]) -> Table:
    table = _table("Start", "Id", "Name", "Nat", "Semifinal", "Rnk", "", right=("Start", "Semifinal", "Rnk"))
    for entry in entries:
        start = "?" if entry.start is None and entry.qualified else entry.start
        rank = "?" if entry.rank is None else entry.rank
        number = _number(entry.id, entry.name)
        table.add_row(*map(_text, (start, number, entry.name, entry.nation, entry.semifinal, rank, entry.qualified)))
    return table


def rulebooks(books: Iterable[Rulebook]) -> None:
    """The rulebooks, a line each."""
    table = _table(
        "Id", "From", "Laps", "Sprints", "Points", "Final sprint", "Forfeit", "Known", right=("Laps",), wide=""
    )
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
    table = _table("Value", "", "Sureness", wide="")
    for name in VALUE_FIELDS:
        value = getattr(book, name)
        shown = ", ".join(map(str, value)) if isinstance(value, tuple) else "none" if value is None else value
        table.add_row(*map(_text, (name, shown, book.confidence(name))))
    out.print(table)
    for item in book.evidence:
        out.print(
            Padding(_text(f"{item.confidence}: {', '.join(item.fields)}: {item.source}"), (0, 0, 0, 2), expand=False)
        )


def archive(sheets: Iterable[Sheet]) -> None:
    """The bundled races."""
    out = console()
    table = _table("Id", "Date", "Rulebook", "Rows", right=("Rows",), wide="")
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
        out.print(Padding(_text(outcome.difference), (0, 0, 0, 2), expand=False))
    table = _table("Asked", "Cases", "Passed", "Failed", right=("Cases", "Passed", "Failed"), wide="")
    for does in dict.fromkeys(outcome.case.does for outcome in outcomes):
        own = [outcome for outcome in outcomes if outcome.case.does == does]
        lost = sum(outcome in failed for outcome in own)
        table.add_row(*map(_text, (does, len(own), len(own) - lost, lost)))
    out.print(table)
    passed = len(outcomes) - len(failed)
    out.print(_text(f"{passed} of {count(len(outcomes), 'case')} passed"), style="bold")
