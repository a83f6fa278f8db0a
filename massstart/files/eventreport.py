"""What can be said of an event, as an object of JSON.

Decides the keys of an event report. The event itself is written by `massstart.files.jsonwrite`.
"""

from collections.abc import Iterable
from typing import Any

from attrs import asdict

from massstart.advancement import Entry, StartList
from massstart.competition.event import Event
from massstart.competition.finalists import Changes
from massstart.competition.overall import OverallRow
from massstart.files.jsonwrite import to_object


def event_report(event: Event) -> dict[str, Any]:
    """What stands, what is open and what was assumed in an event at its stage.

    Raises:
        TypeError: an id that is no string.

    Example:
        >>> from massstart.competition import Event
        >>> from massstart.files.eventreport import event_report
        >>> event_report(Event(field=["4", "13"]))["open"]
        ['the semifinals are not drawn']
    """
    changes, overall = event.changes(), event.overall()
    return {
        "kind": "event-report",
        "version": 1,
        "event": event.id,
        "stage": event.stage,
        "frozen": event.published is not None,
        "open": list(event.open()),
        "assumed": list(event.assumed()),
        "warnings": [asdict(problem) for problem in event.warnings],
        # Writing the event makes sure that every id is a string.
        "draw": to_object(event).get("draw"),
        "start_list": to_object(event.start_list()),
        "changes": _changes(changes) if changes else None,
        "overall": {"policy": overall.policy, "rows": [_row(row) for row in overall]},
    }


def _changes(changes: Changes) -> dict[str, Any]:
    return {
        "leaves": _entries(changes.leaves),
        "enters": _entries(changes.enters),
        "renumbered": [{"id": old.id, "start": old.start, "new": new.start} for old, new in changes.renumbered],
    }


def _entries(entries: Iterable[Entry]) -> Any:
    return to_object(StartList(tuple(entries), ()))["rows"]


def _row(row: OverallRow) -> dict[str, Any]:
    placing = row.placing
    return {
        "rank": row.rank,
        "id": row.skater.id,
        "name": row.skater.name,
        "nation": row.skater.nation,
        "finalist": row.is_finalist,
        "status": row.status,
        "final_rank": row.final and row.final.rank,
        "from": row.semifinal,
        "semifinal_rank": placing and placing.rank,
        "semifinal_points": placing and placing.points,
        "semifinal_time": str(placing.time) if placing and placing.time else None,
    }
