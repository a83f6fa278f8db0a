"""An event in the terminal: its draw, the start list of the final, the overall ranking, and what is open.

Decides the order of these parts, and which of them a stage has. Their columns stand in `massstart.showing.model.table`.
"""

from attrs import evolve
from rich.console import Console

from massstart.advancement import Entry, StartList
from massstart.event.event import Event
from massstart.event.finalists import ListChanges
from massstart.showing.model import table
from massstart.showing.model.cells import sentence
from massstart.showing.model.events import draw_table
from massstart.showing.terminal.console import as_text, console
from massstart.showing.terminal.tables import show


def event(value: Event) -> None:
    """What can be said of an event at its stage."""
    out = console()
    overall = table(value)
    out.print(as_text(overall.title.rpartition(", ")[0] or "Event"), style="bold")
    out.print(as_text(f"stage: {value.stage}"))
    if value.draw is not None:
        show(draw_table(value, value.draw), out)
    listed = value.start_list()
    if listed.rows or listed.reserves:
        frozen = "frozen" if value.published is not None else "not frozen"
        shown = table(listed if value.final is None else StartList(listed.rows, ()))
        show(evolve(shown, title=f"Start list of the final ({frozen})"), out)
    _changes(out, value.changes())
    if value.overall().rows:
        show(evolve(overall, title=f"Overall ranking (assumed: {value.policy})"), out)
    else:
        for remark in overall.remarks:
            out.print(as_text(remark))


def _changes(out: Console, changes: ListChanges) -> None:
    if changes:
        out.print(as_text("If the list were reopened"), style="bold")
    for entry in changes.leaves:
        out.print(as_text(f"  {_label(entry)} leaves (number {_start(entry)})"))
    for entry in changes.enters:
        out.print(as_text(f"  {_label(entry)} enters (number {_start(entry)})"))
    for old, new in changes.renumbered:
        out.print(as_text(f"  {_label(old)}: number {_start(new)} instead of {_start(old)}"))


def _label(entry: Entry) -> str:
    return sentence(entry.name or entry.id)


def _start(entry: Entry) -> str:
    return "not known" if entry.start is None else str(entry.start)
