"""The entries of an event from a table: a row a skater, the best of the ranking first.

Decides which table is a list of entries: one that says who the skaters are and how they rank, and nothing of any race.
"""

from operator import itemgetter
from typing import Any

from massstart.event.event import Event
from massstart.files.cells import whole
from massstart.files.grid import Grid, check_header
from massstart.files.racetable import starter_of
from massstart.files.tableread import cells_of, head
from massstart.problems import InvalidRecord
from massstart.records import Starter

_COLUMNS = {"rank", "bib", "name", "given", "family", "nation"}
_HEAD = ("id", "competition", "date", "event", "advance", "sources")


def holds_entries(made: Grid) -> bool:
    """Whether a table is a list of entries."""
    keys = {key for key in made.keys if key}
    return bool(keys - {"rank"}) and keys <= _COLUMNS


def entries_from(made: Grid) -> Event:
    """An event that nobody has skated in, with the skaters of a table as its field.

    Raises:
        InvalidRecord: with every problem, by line and column.
    """
    check_header(made)
    said: dict[str, Any] = head(made)
    said.pop("junior", None)  # competition or event say it too
    for key in sorted(said.keys() - {*_HEAD}):
        made.refuse(made.header.line, "", f"the head of a list of entries has no {key!r}", "remove the line")
    found = [_entry(made, record.line, cells_of(made, record)) for record in made.rows]
    found.sort(key=itemgetter(0))
    # An event has no place for what was left out.
    made.problems += made.warnings
    if made.problems:
        raise InvalidRecord(made.problems)
    return Event(field=[starter for _, starter in found if starter], **said)


def _entry(made: Grid, line: int, cells: dict[str, str | None]) -> tuple[float, Starter | None]:
    """A skater with the rank that the draw follows, behind all others where there is none."""
    rank = cells.get("rank")
    if rank is None:
        return float("inf"), starter_of(made, line, cells)
    try:
        return whole(rank), starter_of(made, line, cells)
    except ValueError:
        made.refuse(line, "rank", f"{rank!r} is not a rank", "write digits alone, or nothing")
        return 0, None
