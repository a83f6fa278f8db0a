"""Everything that has a JSON format, as plain objects and as text.

Decides the keys and their order; the same value gives the same bytes.
"""

import json
from collections.abc import Callable
from typing import Any

from massstart.advancement import Entry, StartList
from massstart.competition import season
from massstart.competition.event import Event
from massstart.competition.quota import Quota
from massstart.competition.seeding import Draw
from massstart.live.changes import Changes
from massstart.live.outlook import Outlook, OutlookRow
from massstart.live.standings import Standings
from massstart.live.underway import Underway
from massstart.order import Order
from massstart.race import Race
from massstart.records import Starter
from massstart.result import Result, Row
from massstart.rulebook import VALUE_FIELDS, Rulebook, Scale
from massstart.rulebooks import RULEBOOKS
from massstart.sheet import Sheet, SheetRow
from massstart.verification import Finding, Verification

Writable = (
    Race
    | Underway
    | Sheet
    | Result
    | Changes
    | Verification
    | StartList
    | Rulebook
    | Outlook
    | season.Standings
    | Quota
    | Event
)


def dumps(value: Writable) -> str:
    """Write a value as JSON, on one line.

    Args:
        value: a race, a race under way, sheet, result, changes, verification, start list, rulebook, outlook, standings,
            quota or event.

    Raises:
        TypeError: a value that has no JSON format, or ids that are not strings.

    Example:
        >>> from massstart import Race, dumps, rank
        >>> dumps(rank(Race(rulebook="isu-2018", starters=["4"], finish=["4"])))[:58]
        '{"kind": "result", "version": 1, "rulebook": "isu-2018", "'
    """
    return json.dumps(to_object(value), ensure_ascii=False)


def to_object(value: Writable) -> dict[str, Any]:
    """The object that `dumps` writes."""
    for kind, write in _WRITERS.items():
        if isinstance(value, kind):
            return write(value)
    raise TypeError(f"{type(value).__name__} has no JSON format")


def id_text(id: object) -> str:
    """An id that can stand in a file."""
    if not isinstance(id, str):
        raise TypeError(f"the id {id!r} is no string; only strings can stand in a file")
    return id


def _rulebook_reference(book: Rulebook) -> str | dict[str, Any]:
    """The id of a rulebook on offer; any other in full."""
    if book in RULEBOOKS:
        return book.id
    return {"id": book.id} | {name: _plain(getattr(book, name)) for name in VALUE_FIELDS}


def _plain(value: object) -> object:
    return list(value) if isinstance(value, Scale | tuple) else value


def _rulebook(book: Rulebook) -> dict[str, Any]:
    return {
        "kind": "rulebook",
        "version": 1,
        "id": book.id,
        "junior": book.junior,
        "first_day": None if book.first_day is None else str(book.first_day),
        "last_day": None if book.last_day is None else str(book.last_day),
        "values": {
            name: {"value": _plain(getattr(book, name)), "confidence": book.confidence(name)} for name in VALUE_FIELDS
        },
        "evidence": [
            {"fields": list(item.fields), "confidence": item.confidence, "source": item.source}
            for item in book.evidence
        ],
    }


def _race(race: Race | Underway) -> dict[str, Any]:
    found = {
        "kind": "race",
        "version": 1,
        **_texts(race),
        "rulebook": _rulebook_reference(race.rulebook),
        "laps": race.laps,
        "sprint_laps": list(race.sprint_laps),
        "starters": [_starter(starter) for starter in race.starters],
        "sprints": {str(sprint.lap): order_list(sprint.order) for sprint in race.sprints},
        "finish": order_list(race.finish),
        "times": {id_text(id): str(time) for id, time in race.times},
        "lapped": [id_text(id) for id in race.lapped],
        "unfinished": {
            id_text(note.id): {"laps": note.laps} | ({"time": str(note.time)} if note.time else {})
            for note in race.unfinished
        },
        "disqualified": {
            id_text(note.id): present({"clause": note.clause, "reason": note.reason}) for note in race.disqualified
        },
        "did_not_start": [id_text(id) for id in race.did_not_start],
        "advance": race.advance,
        "advanced": {id_text(note.id): present({"reason": note.reason}) for note in race.advanced},
    }
    return present(found)


def _underway(race: Underway) -> dict[str, Any]:
    """A race whose finish is absent."""
    return {name: value for name, value in _race(race).items() if name not in ("finish", "times")}


def _texts(record: Race | Underway | Sheet) -> dict[str, Any]:
    names = ("id", "competition", "date", "event", "round")
    return {name: getattr(record, name) for name in names} | {"sources": list(record.sources) or None}


def present(found: dict[str, Any]) -> dict[str, Any]:
    """An object without what is ``None``."""
    return {name: value for name, value in found.items() if value is not None}


def _starter(starter: Starter) -> dict[str, Any]:
    return {"id": id_text(starter.id)} | present({"name": starter.name, "nation": starter.nation})


def order_list(order: Order) -> list[Any]:
    """An order across the line, with a list within the list for a dead heat."""
    return [id_text(group[0]) if len(group) == 1 else [id_text(id) for id in group] for group in order.groups]


def _sheet(sheet: Sheet) -> dict[str, Any]:
    return present(
        {
            "kind": "sheet",
            "version": 1,
            **_texts(sheet),
            "rulebook": _rulebook_reference(sheet.rulebook),
            "laps": sheet.laps,
            "advance": sheet.advance,
            "complete": sheet.complete,
            "starters": sheet.starters,
            "rows": [_sheet_row(row) for row in sheet.rows],
        }
    )


def _sheet_row(row: SheetRow) -> dict[str, Any]:
    found = {
        "rank": row.rank,
        "bib": row.bib,
        "name": row.name,
        "nation": row.nation,
        "laps": row.laps,
        "sprints": None if row.sprints is None else list(row.sprints),
        "total": row.total,
        "time": None if row.time is None else str(row.time),
        "status": row.status,
        "qualified": row.qualified,
    }
    return found | present({"world_cup_points": row.world_cup_points, "world_cup_replaced": row.world_cup_replaced})


def _result(result: Result) -> dict[str, Any]:
    return {
        "kind": "result",
        "version": 1,
        "rulebook": result.record.rulebook.id,
        "warnings": [
            {"kind": one.kind, "where": one.where, "message": one.message, "remedy": one.remedy}
            for one in result.warnings
        ],
        "rows": [_row(row) for row in result],
    }


def _standings(now: Standings) -> dict[str, Any]:
    return _result(now) | {"kind": "provisional", "sprints_left": list(now.state.sprints_left)}


def _changes(found: Changes) -> dict[str, Any]:
    return {
        "kind": "changes",
        "version": 1,
        "best": found.best,
        "rows": [
            {
                "id": id_text(change.id),
                "name": change.name,
                "before": None if change.before is None else change.before._asdict(),
                "after": None if change.after is None else change.after._asdict(),
                "best": change.best,
                "causes": list(change.causes),
            }
            for change in found
        ],
    }


def _row(row: Row) -> dict[str, Any]:
    return {
        "rank": row.rank,
        "id": id_text(row.id),
        "name": row.name,
        "nation": row.nation,
        "status": row.status,
        "laps": row.laps,
        "sprints": list(row.sprints),
        "total": row.total,
        "finish": row.finish,
        "time": None if row.time is None else str(row.time),
        "qualified": row.qualified,
        "reason": row.reason,
    }


def _verification(report: Verification) -> dict[str, Any]:
    return {
        "kind": "verification",
        "version": 1,
        "sheet": report.sheet.id,
        "consistent": report.consistent,
        "findings": [_finding(finding) for finding in report.findings],
        "assumed": list(report.assumed),
        "checked": dict(report.checked),
        "unchecked": dict(report.unchecked),
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "kind": finding.kind,
        "row": finding.row,
        "message": finding.message,
        "printed": finding.printed,
        "expected": finding.expected,
    }


def _start_list(start_list: StartList) -> dict[str, Any]:
    return {
        "kind": "start-list",
        "version": 1,
        "rows": [_entry(entry) for entry in start_list.rows],
        "reserves": [_entry(entry) for entry in start_list.reserves],
    }


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "start": entry.start,
        "id": id_text(entry.id),
        "name": entry.name,
        "nation": entry.nation,
        "from": entry.semifinal,
        "rank": entry.rank,
        "qualified": entry.qualified,
    }


def _outlook(outlook: Outlook) -> dict[str, Any]:
    return {
        "kind": "outlook",
        "version": 1,
        "advance": outlook.advance,
        "sprints_left": list(outlook.sprints_left),
        "rows": [_outlook_row(row) for row in outlook],
    }


def _outlook_row(row: OutlookRow) -> dict[str, Any]:
    return {
        "id": id_text(row.id),
        "name": row.name,
        "points": row.points,
        "best": row.best,
        "worst": row.worst,
        "status": row.status,
        "through_if": row.through_if,
        "possible_if": row.possible_if,
    }


def _season(value: season.Standings) -> dict[str, Any]:
    return {
        "kind": "standings",
        "version": 1,
        "id": value.id,
        "competition": value.competition,
        "event": value.event,
        "after": value.after,
        "sources": list(value.sources),
        "rows": [
            {
                "rank": row.rank,
                "name": row.name,
                "nation": row.nation,
                "points": list(row.points),
                "total": row.total,
            }
            for row in value
        ],
    }


def _quota(value: Quota) -> dict[str, Any]:
    return {
        "kind": "quota",
        "version": 1,
        "id": value.id,
        "title": value.title,
        "date": value.date,
        "event": value.event,
        "places": value.places,
        "per_nation": value.per_nation,
        "reserves": value.reserves,
        "sources": list(value.sources),
        "rows": [
            {"place": row.place, "name": row.name, "nation": row.nation, "number": row.number, "points": row.points}
            for row in value
        ],
    }


def _event(event: Event) -> dict[str, Any]:
    return present(
        {
            "kind": "event",
            "version": 1,
            **{name: getattr(event, name) for name in ("id", "competition", "date", "event")},
            "sources": list(event.sources) or None,
            "advance": event.advance,
            "policy": event.policy,
            "field": [_starter(starter) for starter in event.field],
            "draw": None if event.draw is None else _draw(event.draw),
            "semifinals": [None if one is None else to_object(one) for one in event.semifinals],
            "withdrawals": [{"id": id_text(one.id)} | present({"reason": one.reason}) for one in event.withdrawals],
            "start_list": None if event.published is None else [_entry(entry) for entry in event.published],
            "final": None if event.final is None else to_object(event.final),
        }
    )


def _draw(draw: Draw) -> dict[str, Any]:
    groups = [[id_text(id) for id in group] for group in draw.semifinals]
    return {"method": draw.method} | present({"seed": draw.seed}) | {"semifinals": groups}


_WRITERS: dict[type, Callable[[Any], dict[str, Any]]] = {
    Race: _race,
    Underway: _underway,
    Sheet: _sheet,
    # Before Result, for they are results too.
    Standings: _standings,
    Result: _result,
    Changes: _changes,
    Verification: _verification,
    StartList: _start_list,
    Rulebook: _rulebook,
    Outlook: _outlook,
    season.Standings: _season,
    Quota: _quota,
    Event: _event,
}
