"""Changes files: what changed between two results of a race.

Decides their keys.
"""

from typing import Annotated, Literal

from attrs import frozen

from massstart.files.kinds import Kind, register
from massstart.files.objects import As, Count, Id, Number, Shown, distinct, filed, part
from massstart.live.changes import Change, Changes, Standing
from massstart.row import Status


@frozen(kw_only=True)
class StandingFile:
    """Where a skater stood."""

    rank: Shown[Number] = None
    total: Count
    status: Status


part(Standing, StandingFile)


@frozen(kw_only=True)
class ChangeFile:
    """What changed for a skater."""

    id: Id
    name: Shown[str] = None
    before: Shown[Standing] = None
    after: Shown[Standing] = None
    advance: Shown[Literal["through", "out"]] = None
    causes: Annotated[Shown[list[Number]], As(list, tuple)] = None


part(Change, ChangeFile)


@frozen(kw_only=True)
class ChangesFile:
    """What changed between two results."""

    advance: Number
    rows: list[Change]


def _write_changes(changes: Changes) -> ChangesFile:
    distinct([change.id for change in changes], "rows")
    file: ChangesFile = filed(ChangesFile, changes)
    return file


register(
    Kind(
        word="changes", value=Changes, file=ChangesFile, read=lambda file: Changes(tuple(file.rows), file.advance),
        write=_write_changes,
    )
)  # fmt: skip
