"""What the page asks of the library: JSON in, JSON out.

Nothing is kept between two calls. The page sends the whole log each time, so that undoing is a matter of the page alone, and a
worker that died can be started anew.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from attrs import asdict, fields_dict

from massstart import (
    InvalidRecord,
    MassStartError,
    Order,
    Problem,
    Race,
    Result,
    Sheet,
    Starter,
    dumps,
    load,
    loads,
    rank,
    show,
    verify,
)
from massstart.event import Event
from massstart.feed import read_feed
from massstart.files.logs import event_object
from massstart.live import (
    DidNotStart,
    Distance,
    Exchange,
    Lapped,
    Left,
    Passing,
    RaceLog,
    Underway,
    provisional,
    snapshot,
)
from massstart.records import RaceRecord


def state(log: str) -> dict[str, Any]:
    """Everything that the board shows of a race."""
    feed = read_feed(log)
    now: dict[str, Any] = json.loads(dumps(snapshot(feed.log)))
    race = feed.log.course
    return now | {
        "problems": [asdict(one) for one in feed.refused],
        "laps": race.laps,
        "sprint_laps": list(race.sprint_laps),
        "advance": race.advance,
        "sent": [one.id for one in feed.log.progress().advanced],
        "over": now["standings"]["kind"] == "result",
    }


def course(header: dict[str, Any]) -> dict[str, Any]:
    """Distance, sprints and points of a race, or what is wrong with its first line."""
    race = read_feed(json.dumps(header)).log.course
    book = race.rulebook
    return {
        "laps": race.laps, "sprint_laps": list(race.sprint_laps), "intermediate": list(book.intermediate),
        "final": list(book.final), "advance": race.advance,
    }  # fmt: skip


def export(log: str, as_: str) -> str:
    """A race as a file: its log, the race itself, or the standings as a page or a table.

    A page has the reasons; what is printed leaves them out, and fits one A4.
    """
    whole = read_feed(log).log
    if as_ == "jsonl":
        return dumps(whole)
    if as_ == "json":
        return dumps(whole.race())
    if as_ == "sheet":
        return dumps(rank(whole.race()).to_sheet(whole.header.id or "race"))
    return show(provisional(whole), "csv" if as_ == "csv" else "html", reasons=as_ == "html")


def bundled(id: str) -> dict[str, Any]:
    """The first line of the log of a bundled race: its start list by number."""
    sheet = load(id, Sheet)
    there = [row for row in sheet.rows if row.bib is not None]
    starters = [
        {"id": row.bib, "name": row.name, "nation": row.nation}
        for row in sorted(there, key=lambda row: int(row.bib or 0))
    ]
    head = {name: getattr(sheet, name) for name in ("competition", "event", "round", "advance")}
    known = {name: value for name, value in head.items() if value is not None}
    return {
        "kind": "race",
        "version": 1,
        "rulebook": sheet.rulebook.id,
        "date": sheet.date,
        **known,
        "starters": starters,
    }


def opened(path: str) -> dict[str, Any]:
    """What a file holds that somebody chose or dropped: entries, a race, a log, an event, or a sheet."""
    value = load(path)
    if isinstance(value, Race | Underway | RaceLog):
        return {"kind": "race", "race": entered(value)}
    if isinstance(value, Event):
        return {"kind": "event", "event": dumps(value)} | event(dumps(value))
    return checked(path, value)


def entered(record: Race | Underway | RaceLog) -> dict[str, Any]:
    """A race as the page enters it: its first line, the orders by stage, and what was called of whom.

    Raises:
        InvalidRecord: it tells of times, of crossings, or of another distance, which the page has no place for.
    """
    known: Any = record.progress() if isinstance(record, RaceLog) else record
    events = record.events if isinstance(record, RaceLog) else ()
    if known.times or any(isinstance(event, Passing | Distance | Exchange) for event in events):
        wrong = "this race has times, crossings or another distance, and the page has no place for them"
        raise InvalidRecord([Problem("kind", "", wrong, "check it as a sheet, or use the command line")])
    if isinstance(record, RaceLog):
        header, arrived, uncounted = record.header, known.arrived, known.uncounted
    else:
        said = {name: getattr(record, name) for name in fields_dict(RaceRecord)}
        told = ("sprints", "finish", "lapped", "unfinished", "disqualified", "advanced")
        header = Underway(**said | dict.fromkeys(told, ()))
        arrived, uncounted = getattr(record, "finish", Order()), ()
    orders = {str(sprint.lap): _groups(sprint.order) for sprint in known.sprints} | {"finish": _groups(arrived)}
    absent = [DidNotStart(id) for id in known.did_not_start if id not in header.did_not_start]
    # Of whoever left after nobody knows how many laps, the event itself; the race so far counts the fewest that are sure.
    left = {event.id: event for event in events if isinstance(event, Left)}
    counted = [note for note in known.unfinished if note.id not in uncounted]
    calls = [
        *absent, *counted, *(left[id] for id in uncounted), *map(Lapped, known.lapped), *known.disqualified, *known.advanced,
    ]  # fmt: skip
    return {
        "header": json.loads(dumps(RaceLog(header)).partition("\n")[0]),
        "orders": {stage: order for stage, order in orders.items() if order},
        "calls": [_call(event) for event in calls],
    }


def _groups(order: Order) -> list[list[Any]]:
    """An order as the page keeps it: who crossed together, and ``?`` for a place that was passed over."""
    groups: list[list[Any]] = []
    for id, place in order:
        if place <= sum(map(len, groups)):
            groups[-1].append(id)
            continue
        groups += [["?"]] * (place - 1 - sum(map(len, groups)))
        groups.append([id])
    return groups


def _call(event: Any) -> dict[str, Any]:
    told = event_object(event)
    return {"call": told.pop("event")} | told


def checked(path: str, value: Any = None) -> dict[str, Any]:
    """A sheet held against the rules, or a race as it is ranked; the page of it to look at."""
    value = load(path) if value is None else value
    if isinstance(value, Sheet):
        found = verify(value)
        return {
            "kind": "verification", "consistent": found.consistent, "html": show(found, "html"),
            "findings": json.loads(dumps(found))["findings"], "rows": len(value.rows), "id": value.id,
            "warnings": [str(warning) for warning in value.warnings],
        }  # fmt: skip
    if isinstance(value, Race):
        value = rank(value)
    if isinstance(value, Result):
        return {
            "kind": "result", "html": show(value, "html", reasons=True), "findings": [],
            "warnings": [str(warning) for warning in value.warnings],
        }  # fmt: skip
    return {"kind": "shown", "html": show(value, "html"), "findings": [], "warnings": []}


def event(text: str, deed: list[Any] | None = None) -> dict[str, Any]:
    """An event after a deed, with what stands in it and what is open.

    The deeds are ``draw`` (how many semifinals), ``semifinal`` (its number, and a log), ``withdraw`` (an id), ``publish``,
    ``reopen`` and ``final`` (a log).
    """
    now = loads(text, Event)
    if deed:
        name, *given = deed
        now = _DEEDS[name](now, *given)
    report = json.loads(dumps(now, "event-report"))
    races = [*range(1, len(now.draw.semifinals) + 1)] if now.draw else []
    return {
        "event": dumps(now), "report": report, "html": show(now, "html"), "races": races, "stage": now.stage,
        "open": list(now.open()), "assumed": list(now.assumed()), "warnings": [str(warning) for warning in now.warnings],
    }  # fmt: skip


_DEEDS: dict[str, Callable[..., Event]] = {
    "draw": lambda now, number: now.with_draw(number),
    "semifinal": lambda now, number, log: now.with_semifinal(number, read_feed(log).log.race()),
    "withdraw": lambda now, id: now.with_withdrawal(id),
    "publish": lambda now: now.with_list_frozen(),
    "reopen": lambda now: now.with_list_reopened(),
    "final": lambda now, log: now.with_final(read_feed(log).log.race()),
}


def event_race(text: str, part: int | str) -> str:
    """The race of an event that is to come, as the first line of its log."""
    return dumps(RaceLog(loads(text, Event).race(part)))  # type: ignore[arg-type]  # a number, or final


def new_event(field: list[dict[str, Any]], head: dict[str, Any]) -> dict[str, Any]:
    """An event of some skaters, the best first."""
    return event(dumps(Event(field=[Starter(**one) for one in field], **head)))


def call(name: str, arguments: str) -> str:
    """One question of the page: ``ok`` with the answer, or ``problems`` with everything that is wrong."""
    try:
        answer = _QUESTIONS[name](*json.loads(arguments))
    except InvalidRecord as error:
        return json.dumps({"problems": [asdict(one) for one in error.problems]}, ensure_ascii=False)
    except MassStartError as error:
        return json.dumps({"problems": [asdict(Problem("refused", "", str(error), ""))]}, ensure_ascii=False)
    return json.dumps({"ok": answer}, ensure_ascii=False)


_QUESTIONS: dict[str, Callable[..., Any]] = {
    one.__name__: one for one in (state, course, export, bundled, opened, checked, event, event_race, new_event)
}


def received(name: str, content: bytes) -> str:
    """Keep a file that somebody dropped, under its own name in the memory of the page, and say where."""
    path = Path("received", Path(name).name)  # apart from the modules
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
    return str(path)
