"""Start list files: who starts in the final, and the reserves.

Decides the keys of a start list, also where it stands in the file of an event.
"""

from typing import Annotated

from attrs import frozen

from massstart.advancement import Entry, StartList
from massstart.files.kinds import Kind, register
from massstart.files.objects import Id, Key, Number, Shown, distinct, filed, part
from massstart.files.problems import ProblemFile  # noqa: F401  # it describes the warnings
from massstart.problems import Problem
from massstart.row import Qualified


@frozen(kw_only=True)
class EntryFile:
    """A line of a start list."""

    start: Shown[Number] = None
    id: Id
    name: Shown[str] = None
    nation: Shown[str] = None
    semifinal: Annotated[Number, Key("from")]
    rank: Shown[Number] = None
    qualified: Shown[Qualified] = None


part(Entry, EntryFile)


@frozen(kw_only=True)
class StartListFile:
    """The start list of the final."""

    rows: list[Entry]
    reserves: Shown[list[Entry]] = None
    warnings: list[Problem] | None = None


def _read(file: StartListFile) -> StartList:
    return StartList(tuple(file.rows), tuple(file.reserves or ()), tuple(file.warnings or ()))


def _write(start_list: StartList) -> StartListFile:
    distinct([entry.id for entry in (*start_list.rows, *start_list.reserves)], "rows")
    file: StartListFile = filed(StartListFile, start_list, warnings=[*start_list.warnings] or None)
    return file


register(Kind(word="start-list", value=StartList, file=StartListFile, read=_read, write=_write))
