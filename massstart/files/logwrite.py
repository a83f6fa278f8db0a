"""Race logs as JSON lines.

Decides the keys of a line and their order.
"""

import json
from collections.abc import Callable
from typing import Any

from massstart.files.jsonwrite import id_text, order_list, present, to_object
from massstart.live.events import Event, Finish, Lapped, Passing, Revoke
from massstart.live.log import RaceLog
from massstart.records import Advanced, Disqualified, Sprint, Unfinished

_WRITERS: dict[type[Event], Callable[[Any], dict[str, Any]]] = {
    Passing: lambda event: {"event": "passing", "id": id_text(event.id), "time": str(event.time)},
    Sprint: lambda event: {"event": "sprint", "lap": event.lap, "order": order_list(event.order)},
    Finish: lambda event: {"event": "finish", "order": order_list(event.order)},
    Lapped: lambda event: {"event": "lapped", "id": id_text(event.id)},
    Unfinished: lambda event: {
        "event": "unfinished",
        "id": id_text(event.id),
        "laps": event.laps,
        "time": None if event.time is None else str(event.time),
    },
    Disqualified: lambda event: {
        "event": "disqualified",
        "id": id_text(event.id),
        "clause": event.clause,
        "reason": event.reason,
    },
    Advanced: lambda event: {"event": "advanced", "id": id_text(event.id), "reason": event.reason},
    Revoke: lambda event: {"event": "revoke", "number": event.number, "reason": event.reason},
}


def event_object(event: Event) -> dict[str, Any]:
    """An event as an object of the format."""
    return present(_WRITERS[type(event)](event))


def lines(log: RaceLog) -> str:
    """A log as JSON lines; `massstart.live.RaceLog.to_lines` is the way in."""
    header = {
        name: value for name, value in to_object(log.header).items() if value or name in ("starters", "sprint_laps")
    }
    if log.first_passing != 1:
        header["first_passing"] = log.first_passing
    objects = [header]
    numbers: dict[int, int] = {}
    for number, event in enumerate(log.events, 1):
        if event is not None:
            numbers[number] = len(objects)
            found = event_object(event)
            if isinstance(event, Revoke):
                found["number"] = numbers[event.number]
            objects.append(found)
    return "".join(json.dumps(found, ensure_ascii=False) + "\n" for found in objects)
