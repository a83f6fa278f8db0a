"""The laws of race logs: what replaying one gives, and what an outlook may say on the way.

They ask what only this library has: a log that is replayed, and an outlook after each of its events.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from random import Random

from massstart.live.events import Revoke
from massstart.live.outlook import Outlook, outlook
from massstart.live.standings import provisional
from massstart.problems import TooManyWays
from massstart.ranking import rank
from massstart.testing.logs import LoggedRace, arrived

#: A law: what a log and its race break of it, nothing if they keep it.
LogLaw = Callable[[LoggedRace], Iterator[str]]


def replay(logged: LoggedRace) -> Iterator[str]:
    """Replaying a log gives the race as it would be entered by hand, and its ranking."""
    if logged.log.race() != logged.race:
        yield "the race differs"
    if provisional(logged.log) != rank(logged.race):
        yield "the last standings are not the result"


def any_order(logged: LoggedRace) -> Iterator[str]:
    """The events that count give the same race in any order of arrival."""
    refused = [number for number, event in enumerate(logged.log.events, 1) if event is None]
    gone = {event.number for event in logged.log.events if isinstance(event, Revoke)}.union(refused)
    events = [
        event for number, event in enumerate(logged.arrivals, 1) if number not in gone and not isinstance(event, Revoke)
    ]
    for seed in range(3):
        Random(seed).shuffle(events)  # noqa: S311  # no secret
        if arrived(logged.log.header, events).race() != logged.race:
            yield f"the race differs in the order {events}"


def within_the_outlook(logged: LoggedRace) -> Iterator[str]:
    """The final rank of everyone lies within every earlier outlook."""
    result = rank(logged.race)
    for number, ahead in _outlooks(logged):
        for row in ahead:
            final = result[row.id].rank
            if final is None or not row.best <= final <= row.worst:
                yield f"{row.id!r} is {final}, and after event {number} {row.best} to {row.worst} were possible"


def never_lost(logged: LoggedRace) -> Iterator[str]:
    """Who is through stays through, and who is out stays out."""
    settled: dict[object, str] = {}
    for number, ahead in _outlooks(logged):
        for row in ahead:
            if settled.get(row.id, row.status) != row.status:
                yield f"{row.id!r} was {settled[row.id]}, and is {row.status} after event {number}"
            if row.status != "possible":
                settled[row.id] = row.status


def only_narrows(logged: LoggedRace) -> Iterator[str]:
    """What is possible after an event was possible before it."""
    ranges: dict[object, tuple[int, int]] = {}
    for number, ahead in _outlooks(logged):
        for row in ahead:
            best, worst = ranges.get(row.id, (row.best, row.worst))
            if not best <= row.best <= row.worst <= worst:
                yield f"{row.id!r} could be {best} to {worst}, and after event {number} {row.best} to {row.worst}"
            ranges[row.id] = (row.best, row.worst)


def _outlooks(logged: LoggedRace) -> Iterator[tuple[int, Outlook]]:
    """The outlook after each event that leaves fewer sprints, and after each arrival, where it can be worked out."""
    latest = None
    for number in range(len(logged.log.events) + 1):
        log = logged.log.until(number)
        stage = log.state().sprints_left, log.progress().arrived
        if stage != latest:
            latest = stage
            with suppress(TooManyWays):
                yield number, outlook(log)


#: Laws of every log.
LOG_LAWS: tuple[LogLaw, ...] = (replay, any_order)
#: Laws of logs in which nothing is late, taken back or missing, and in which everyone finishes, without dead heats.
OUTLOOK_LAWS: tuple[LogLaw, ...] = (within_the_outlook, never_lost, only_narrows)
