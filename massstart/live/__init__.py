"""The race while it is skated: what has happened so far, and what can still happen."""

from massstart.live.changes import changes
from massstart.live.log import RaceLog
from massstart.live.outlook import outlook
from massstart.live.underway import Underway

__all__ = ["RaceLog", "Underway", "changes", "outlook"]
