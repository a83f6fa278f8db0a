"""One event: draw, semifinals, start list of the final, final, overall ranking."""

import sys

from massstart.event.event import Event
from massstart.event.finalists import ListChanges
from massstart.event.overall import Overall, OverallRow
from massstart.event.record import Withdrawal
from massstart.event.seeding import Draw, draw

__all__ = ["Draw", "Event", "ListChanges", "Overall", "OverallRow", "Withdrawal", "draw"]

# Whichever of the two is imported last tells hypothesis how to draw events.
if sys.modules.get("hypothesis"):
    from _massstart_hypothesis import register

    register()
    del register
del sys
