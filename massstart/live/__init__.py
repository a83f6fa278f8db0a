"""The race while it is skated: what has happened so far, and what can still happen."""

from massstart.live.changes import Change, Changes, changes
from massstart.live.events import (
    Arrival,
    DidNotStart,
    Distance,
    Exchange,
    Finish,
    Lapped,
    Left,
    LogEvent,
    Passing,
    Revoke,
)
from massstart.live.log import RaceLog
from massstart.live.outlook import Outlook, outlook
from massstart.live.outlookrow import OutlookRow
from massstart.live.snapshot import Snapshot, snapshot
from massstart.live.standings import provisional
from massstart.race import Underway
from massstart.records import Advanced, Disqualified, Sprint, Unfinished

__all__ = [
    "Advanced",
    "Arrival",
    "Change",
    "Changes",
    "DidNotStart",
    "Disqualified",
    "Distance",
    "Exchange",
    "Finish",
    "Lapped",
    "Left",
    "LogEvent",
    "Outlook",
    "OutlookRow",
    "Passing",
    "RaceLog",
    "Revoke",
    "Snapshot",
    "Sprint",
    "Underway",
    "Unfinished",
    "changes",
    "outlook",
    "provisional",
    "snapshot",
]
