"""Snapshot files: everything that a screen shows of a race at one moment.

Decides their keys. Standings, outlook and changes stand there as in files of their own.
"""

from typing import Annotated, Literal

from attrs import frozen

from massstart.files import changes, outlooks, results  # noqa: F401  # they describe what stands in a snapshot
from massstart.files.kinds import Kind, nest, register
from massstart.files.objects import As, Count, Id, Ids, Shown, filed, id_text, part
from massstart.live.changes import Changes
from massstart.live.outlook import Outlook
from massstart.live.snapshot import Snapshot, Why
from massstart.problems import Problem
from massstart.reasons import By
from massstart.result import Result

nest(Result)
nest(Outlook)
nest(Changes)


@frozen(kw_only=True)
class WhyFile:
    """One comparison of a skater with others."""

    id: Id
    side: Literal["with", "behind", "ahead"]
    by: By
    others: Annotated[Ids, As(lambda ids: [id_text(id) for id in ids], tuple)]


part(Why, WhyFile)


@frozen(kw_only=True)
class SnapshotFile:
    """A race at one moment."""

    event: Count
    standings: Result
    why: list[Why]
    outlook: Shown[Outlook] = None
    changes: Changes
    warnings: list[Problem]
    refused: list[Problem]
    missing: list[Problem]
    racing: Ids
    expected: Ids
    hints: list[Problem]


def _read(file: SnapshotFile) -> Snapshot:
    return Snapshot(
        event=file.event,
        standings=file.standings,
        why=tuple(file.why),
        outlook=file.outlook,
        changes=file.changes,
        warnings=tuple(file.warnings),
        refused=tuple(file.refused),
        missing=tuple(file.missing),
        racing=tuple(file.racing),
        expected=tuple(file.expected),
        hints=tuple(file.hints),
    )


def _write(snapshot: Snapshot) -> SnapshotFile:
    racing, expected = ([id_text(id) for id in ids] for ids in (snapshot.racing, snapshot.expected))
    file: SnapshotFile = filed(SnapshotFile, snapshot, racing=racing, expected=expected)
    return file


register(Kind(word="snapshot", value=Snapshot, file=SnapshotFile, read=_read, write=_write))
