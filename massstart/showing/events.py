"""An event in the terminal: its draw, the start list of the final, the overall ranking, and what is open.

Decides the order of these parts, and which of them a stage has. How a table looks is decided in
`massstart.showing.tables`.
"""

from collections.abc import Iterable

from rich.console import Console

from massstart.competition.event import Event
from massstart.competition.finalists import Changes
from massstart.competition.overall import Overall, OverallRow
from massstart.competition.seeding import Draw
from massstart.showing.tables import _entries, _number, _table, _text, _title, _warnings, console

_ENDINGS = {"disqualified": "DQ", "unfinished": "DNF", "lapped": "LAP", "absent": "DNS"}


def event(value: Event) -> None:
    """What can be said of an event at its stage."""
    out = console()
    out.print(_text(_title(value.competition, value.event, value.date, f"stage: {value.stage}")), style="bold")
    if value.draw is not None:
        _draw(out, value, value.draw)
    entries = value.start_list()
    if entries.rows:
        frozen = "frozen" if value.published is not None else "not frozen"
        out.print(_text(f"Start list of the final ({frozen}):"), style="bold")
        out.print(_entries(entries.rows))
    if entries.reserves and value.final is None:
        out.print(_text("Reserves, each for a withdrawal from the same semifinal (assumed):"))
        out.print(_entries(entries.reserves))
    _changes(out, value.changes())
    _overall(out, value.overall())
    _lines(out, "open", value.open())
    _lines(out, "assumed", value.assumed())
    _warnings(out, value.warnings)


def _lines(out: Console, word: str, lines: Iterable[str]) -> None:
    for line in lines:
        out.print(_text(f"{word}: {line}"))


def _draw(out: Console, value: Event, draw: Draw) -> None:
    seed = "" if draw.seed is None else f", seed {draw.seed!r}"
    out.print(_text(f"Draw ({draw.method}{seed}):"), style="bold")
    table = _table("Semifinal", "Id", "Name", "Nat", right=("Semifinal",))
    for number, group in enumerate(draw.semifinals, 1):
        for id in group:
            skater = value.entrants.starter(id)
            table.add_row(*map(_text, (number, _number(id, skater.name), skater.name, skater.nation)))
    out.print(table)


def _changes(out: Console, changes: Changes) -> None:
    if changes:
        out.print(_text("If the list were reopened:"), style="bold")
    for entry in changes.leaves:
        out.print(_text(f"  {_label(entry.name, entry.id)} leaves (number {_start(entry.start)})"))
    for entry in changes.enters:
        out.print(_text(f"  {_label(entry.name, entry.id)} enters (number {_start(entry.start)})"))
    for old, new in changes.renumbered:
        out.print(_text(f"  {_label(old.name, old.id)}: number {_start(new.start)} instead of {_start(old.start)}"))


def _label(name: str | None, id: object) -> str:
    return name or str(id)


def _start(number: int | None) -> str:
    return "not known" if number is None else str(number)


def _overall(out: Console, overall: Overall) -> None:
    if not overall.rows:
        return
    out.print(_text(f"Overall ranking (assumed: {overall.policy}):"), style="bold")
    numbers = ("Rnk", "Final", "Semifinal", "SRnk", "Points", "Time")
    table = _table("Rnk", "Id", "Name", "Nat", *numbers[1:], right=numbers)
    for row in overall:
        placing = row.placing
        shown = [placing.rank or _ENDINGS.get(placing.ending, "?"), placing.points, placing.time] if placing else []
        id = _number(row.skater.id, row.skater.name)
        rank = row.rank or ("DQ" if row.status == "disqualified" else "?")
        table.add_row(*map(_text, (rank, id, row.skater.name, row.skater.nation, _final(row), row.semifinal, *shown)))
    out.print(table)


def _final(row: OverallRow) -> int | str | None:
    if not row.is_finalist:
        return None
    return row.rank or ("?" if row.final is None else _ENDINGS.get(row.final.ending, "?"))
