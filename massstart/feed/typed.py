"""What an official types during a race, as the events of its log.

Decides the short words. One entry is taken whole or not at all; what is wrong with an event is decided in
`massstart.live.events`.
"""

import re
from collections.abc import Hashable

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
from massstart.order import Order
from massstart.problems import InvalidRecord, Problem
from massstart.records import Advanced, Disqualified, Sprint, Unfinished, to_time
from massstart.times import RaceTime

#: What can be typed, and what it says.
CARD: tuple[tuple[str, str], ...] = (
    ("4: 83 4 74", "the sprint at lap 4, in this order; 26=78 is a dead heat"),
    ("f: 100 4 26=78", "across the finishing line, in the next places; ? is somebody unknown"),
    ("f3: 9", "across the line in third place, in a dead heat with whoever stands there"),
    ("i3: 9", "was missed: in third place, and the others one place back"),
    ("finish: 100 4 26", "the whole order, as the judges give it"),
    ("p 87 0:33.10", "crossed the line at this time"),
    ("lap 103", "is lapped"),
    ("dnf 5", "left the race; dnf 5 9 after nine laps, dnf 5 9 5:24.53 at this time"),
    ("dq 9 257.4.5", "is disqualified; clause and reason may be left out"),
    ("dns 11", "did not start"),
    ("adv 12 hindered", "is sent to the next round by the Referee; the reason may be left out"),
    ("laps 12", "is cut short to 12 laps; the sprints at its laps stay, or laps 12 3 6 9 names them"),
    ("swap 4 87", "wear each other's transponders"),
    ("restart", "is started anew: all is taken back but who does not start"),
    ("no 7", "event 7 is taken back"),
    ("undo", "the latest event is taken back"),
    ("redo", "what was taken back last counts again"),
    ("?", "this list"),
)

#: Characters of an entry: the order of 500 skaters. Python makes no number of more than 4300 digits.
_LONGEST = 4_000
_COLON = re.compile(r"\s*(finish|[fi]?)\s*([0-9]*)\s*:(.*)", re.IGNORECASE | re.DOTALL)
_TOKEN = re.compile(r"=|[^\s,;=]+")
#: Why an event was taken back, where it was not the latest.
_BY_NUMBER, _STARTED_ANEW = "taken back by its number", "started anew"
#: Somebody unknown, who keeps a place.
UNKNOWN = "?"


def typed(log: RaceLog, entry: str) -> RaceLog:
    """The log with what an entry says.

    Args:
        log: the log.
        entry: one of the entries of `CARD`.

    Raises:
        InvalidRecord: the entry says nothing that is known, or nothing that can be; the log stays as it is.

    Example:
        >>> from massstart.feed import typed
        >>> from massstart.live import RaceLog, Underway
        >>> log = RaceLog(Underway(rulebook="isu-2018", starters=["4", "26", "78", "9"]))
        >>> for entry in ("4: 78 4", "f: 4 ? 26", "f2: 78", "dnf 9 12"):
        ...     log = typed(log, entry)
        >>> race = log.race()
        >>> list(race.finish), race.unfinished[0].laps
        ([('4', 1), ('78', 2), ('26', 3)], 12)
    """
    text = entry.strip()
    if len(text) > _LONGEST:
        wrong = f"{len(text):,} characters are no entry; it has at most {_LONGEST:,}"
        raise InvalidRecord([Problem("entry", "", wrong, "type one thing that happened")])
    found = _COLON.fullmatch(text)
    if found:
        return _ordered(log, found[1].lower(), found[2], found[3])
    word, *rest = text.split(maxsplit=2) or [""]
    return _called(log, word.lower(), rest, entry)


def _ordered(log: RaceLog, word: str, number: str, text: str) -> RaceLog:
    groups = _groups(log, text)
    if word == "f":
        return log.with_events(_arrivals(log, groups, int(number) if number else None))
    if any(None in group for group in groups):
        wrong = "somebody unknown keeps a place only among those typed with f:"
        raise InvalidRecord([Problem("entry", "", wrong, "type who it was; or, at the finish, f: 100 ? 26")])
    if word == "finish" and not number:
        return log.with_event(Finish(Order.from_groups(groups)))
    if word == "i" and number and len(groups) == 1 and len(groups[0]) == 1:
        return log.inserted(Arrival(groups[0][0], int(number)))
    if not word and number:
        return log.with_event(Sprint(int(number), Order.from_groups(groups)))
    raise _unknown(f"{word}{number}:")


def _groups(log: RaceLog, text: str) -> list[list[Hashable]]:
    """Who crossed together; ``None`` for somebody unknown."""
    ids = _ids(log)
    groups: list[list[Hashable]] = []
    tied = False
    for token in _TOKEN.findall(text):
        if token == "=":  # noqa: S105  # the sign of a dead heat
            tied = True
            continue
        id = None if token == UNKNOWN else ids.get(token, token)
        if tied and groups:
            groups[-1].append(id)
        else:
            groups.append([id])
        tied = False
    if not groups or tied:
        raise InvalidRecord([Problem("entry", "", "nobody is named", "type the numbers, as in f: 100 4 26=78")])
    return groups


def _arrivals(log: RaceLog, groups: list[list[Hashable]], place: int | None) -> list[LogEvent]:
    """Arrivals in the next places; somebody unknown takes one and is not told."""
    at = log.next_place if place is None else place
    events: list[LogEvent] = []
    for group in groups:
        if None in group and len(group) > 1:
            wrong = "nobody can be in a dead heat with somebody unknown"
            raise InvalidRecord([Problem("entry", "", wrong, "type a ? alone; then f3: 9 for who shares third place")])
        events += [Arrival(id, at) for id in group if id is not None]
        at += len(group)
    if not events:
        raise InvalidRecord([Problem("entry", "", "nobody is named", "type who comes next; a ? before keeps a place")])
    return events


def _called(log: RaceLog, word: str, rest: list[str], entry: str) -> RaceLog:
    if word == "undo" and not rest:
        return _undone(log)
    if word == "redo" and not rest:
        return log.with_event(Revoke(_latest_revoke(log)))
    if word == "no" and len(rest) == 1 and rest[0].isdecimal():
        return log.without(int(rest[0]), reason=_BY_NUMBER)
    if word == "restart" and not rest:
        return log.without(*_to_start_anew(log), reason=_STARTED_ANEW)
    if word == "laps" and rest:
        return log.with_event(_distance(log, " ".join(rest).split()))
    if word == "swap" and len(rest) == 2:
        return log.with_event(Exchange(*(_ids(log).get(number, number) for number in rest)))
    if word not in ("p", "lap", "dnf", "dq", "dns", "adv") or not rest:
        raise _unknown(entry)
    ids = _ids(log)
    id, said = ids.get(rest[0], rest[0]), " ".join(rest[1:])
    if word == "p":
        return log.with_event(Passing(id, _time(said)))
    if word == "dnf":
        return log.with_event(_left(id, said.split()))
    if word == "dq":
        clause, _, reason = said.partition(" ")
        is_clause = clause[:1].isdigit()
        why = reason.strip() if is_clause else said
        return log.with_event(Disqualified(id, clause if is_clause else None, why or None))
    if word == "adv":
        return log.with_event(Advanced(id, said or None))
    if said:
        raise _unknown(entry)
    return log.with_event(Lapped(id) if word == "lap" else DidNotStart(id))


def _ids(log: RaceLog) -> dict[str, Hashable]:
    return {str(id): id for id in log.header.starters.ids}


def _distance(log: RaceLog, numbers: list[str]) -> Distance:
    if not all(number.isdecimal() for number in numbers):
        raise InvalidRecord(
            [Problem("entry", "", f"{' '.join(numbers)!r} are not laps", "type laps 12, or laps 12 3 6 9")]
        )
    laps, *sprints = map(int, numbers)
    return Distance(laps, sprints or [lap for lap in log.course.sprint_laps if lap < laps])


def _to_start_anew(log: RaceLog) -> list[int]:
    found = [
        number
        for number, event in log.counting.items()
        if not isinstance(event, DidNotStart | Distance | Exchange | Revoke)
    ]
    if not found:
        raise InvalidRecord([Problem("entry", "", "there is nothing to take back", "the race has not begun")])
    return found


def _left(id: Hashable, said: list[str]) -> LogEvent:
    if not said:
        return Left(id)
    if len(said) > 2 or not said[0].isdecimal():
        raise InvalidRecord([Problem("entry", "", f"{' '.join(said)!r} is not a number of laps", "type dnf 5 9")])
    return Unfinished(id, int(said[0]), _time(said[1]) if len(said) > 1 else None)


def _time(text: str) -> RaceTime:
    time = to_time(text)
    if not isinstance(time, RaceTime):
        raise InvalidRecord([Problem("time", "", f"{text!r} is not a time", "type it as 5:24.53")])
    return time


def _undone(log: RaceLog) -> RaceLog:
    """Without what was typed last: an event, or what ``no`` and ``restart`` took back."""
    counting = log.counting
    taken: list[int] = []
    for number in reversed(counting):
        event = counting[number]
        reason = event.reason if isinstance(event, Revoke) else None
        if reason == _STARTED_ANEW or (reason == _BY_NUMBER and not taken):
            taken.append(number)
        else:
            break
    return log.without(*taken) if taken else log.without(_latest(log))


def _latest(log: RaceLog) -> int:
    number = max((number for number, event in log.counting.items() if not isinstance(event, Revoke)), default=None)
    if number is None:
        raise InvalidRecord([Problem("entry", "", "there is nothing to take back", "type the race first")])
    return number


def _latest_revoke(log: RaceLog) -> int:
    counting = log.counting
    # A revoke that took back another one let something count again; there is nothing to do again about it.
    undone = [
        number
        for number, event in counting.items()
        if isinstance(event, Revoke) and not isinstance(log.events[event.number - 1], Revoke)
    ]
    latest = max(undone, default=0)
    if not latest or any(number > latest and not isinstance(event, Revoke) for number, event in counting.items()):
        raise InvalidRecord([Problem("entry", "", "nothing was taken back last", "type undo first")])
    return latest


def _unknown(entry: str) -> InvalidRecord:
    known = ", ".join(shape for shape, _ in CARD)
    return InvalidRecord([Problem("entry", "", f"{entry.strip()!r} is not an entry", f"type one of {known}")])
