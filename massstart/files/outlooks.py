"""Outlook files: what is still possible in a race under way.

Decides the keys of an outlook. The race itself does not stand there.
"""

from attrs import frozen

from massstart.files.kinds import Kind, register
from massstart.files.objects import Count, Id, Number, Shown, distinct, filed, part
from massstart.live.outlook import Outlook
from massstart.live.outlookrow import OutlookRow, Verdict


@frozen(kw_only=True)
class OutlookRowFile:
    """What a skater can still reach."""

    id: Id
    name: Shown[str] = None
    nation: Shown[str] = None
    points: Count
    best: Number
    worst: Number
    status: Verdict
    through_if: Shown[Number] = None
    possible_if: Shown[Number] = None
    finish: Number | None = None
    needs: str | None = None


part(OutlookRow, OutlookRowFile)


@frozen(kw_only=True)
class OutlookFile:
    """What is still possible in a race under way."""

    advance: Number
    sprints_left: list[Number]
    rows: list[OutlookRow]


def _read(file: OutlookFile) -> Outlook:
    return Outlook(file.advance, tuple(file.sprints_left), tuple(file.rows))


def _write(outlook: Outlook) -> OutlookFile:
    distinct([row.id for row in outlook], "rows")
    file: OutlookFile = filed(OutlookFile, outlook)
    return file


register(Kind(word="outlook", value=Outlook, file=OutlookFile, read=_read, write=_write))
