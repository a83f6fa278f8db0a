"""The events of a race log: a crossing of the line, a call of the judges, a correction.

Decides what an event consists of, and which one contradicts the race or the events before it. What follows from the
crossings stands in `massstart.live.passings`, what all events together say in `massstart.live.log`.

Some events are the small records that a race is made of: `Sprint`, `Unfinished`, `Disqualified` and `Advanced`.
"""

from collections.abc import Hashable, Iterable, Iterator, Mapping

from attrs import evolve, field, frozen

from massstart.deduction import FASTEST_LAP_MS
from massstart.order import Order
from massstart.problems import Problem, within
from massstart.racecheck import check_order, no_time, unknown_id
from massstart.records import (
    Advanced,
    Disqualified,
    RaceRecord,
    Sprint,
    Unfinished,
    to_distance,
    to_laps,
    to_order,
    to_time,
)
from massstart.rulebook import check_distance
from massstart.times import RaceTime
from massstart.values import is_count, is_hashable
from massstart.words import count


@frozen
class Passing:
    """One crossing of the line.

    Attributes:
        id: the skater.
        time: since the start, or since the first crossing where that starts the clock.
    """

    id: Hashable
    time: RaceTime = field(converter=to_time)


@frozen
class Finish:
    """The order across the line at full distance, as far as the judges give it."""

    order: Order = field(converter=to_order)


@frozen
class Arrival:
    """One skater across the finishing line, as called.

    Attributes:
        id: the skater.
        place: the place across the line, from 1 on, shared in a dead heat; the next one unless given. A place that is
            passed over stays open, for a skater whom nobody has recognised yet.
    """

    id: Hashable
    place: int | None = None


@frozen
class DidNotStart:
    """A skater on the start list who does not start."""

    id: Hashable


@frozen
class Lapped:
    """A skater whom the judges call lapped."""

    id: Hashable


@frozen
class Left:
    """A skater who left the race, before anybody has counted the laps.

    The crossings tell the laps, or a later `Unfinished` does.
    """

    id: Hashable


@frozen
class Distance:
    """Another distance than the start list says: a race that is cut short, or started anew over fewer laps.

    Attributes:
        laps: the distance in laps.
        sprint_laps: the laps of the intermediate sprints.
    """

    laps: int = field(converter=to_distance)
    sprint_laps: tuple[int, ...] = field(default=(), converter=to_laps)


@frozen
class Exchange:
    """Two skaters who wear each other's transponders: the crossings of each are those of the other."""

    id: Hashable
    other: Hashable


@frozen
class Revoke:
    """An earlier event is taken back; it stays in the log, and no longer counts. One that took back another lets it count.

    Attributes:
        number: of the event that is taken back.
        reason: why, if given.
    """

    number: int
    reason: str | None = None


#: One event of a race log.
LogEvent = (
    Passing
    | Sprint
    | Finish
    | Arrival
    | Lapped
    | Unfinished
    | Left
    | Disqualified
    | DidNotStart
    | Advanced
    | Distance
    | Exchange
    | Revoke
)
#: By the word that stands for each in a file; `Left` is an ``unfinished`` without laps.
KINDS: dict[str, type[LogEvent]] = {
    "passing": Passing,
    "sprint": Sprint,
    "finish": Finish,
    "arrival": Arrival,
    "lapped": Lapped,
    "unfinished": Unfinished,
    "disqualified": Disqualified,
    "did_not_start": DidNotStart,
    "advanced": Advanced,
    "distance": Distance,
    "exchange": Exchange,
    "revoke": Revoke,
}
#: What the judges or the Referee call of one skater.
_Call = Lapped | Unfinished | Left | Disqualified | DidNotStart | Advanced
_WORDS: dict[type[LogEvent], str] = {kind: word for word, kind in KINDS.items()} | {Left: "unfinished"}


def word_of(event: LogEvent) -> str:
    """The word that stands for an event in a file."""
    return _WORDS[type(event)]


def tidy(event: LogEvent) -> LogEvent:
    """The event with an order or a time that was given as a list or as text read."""
    if isinstance(event, Sprint):
        return evolve(event, order=to_order(event.order))
    return evolve(event, time=to_time(event.time)) if isinstance(event, Unfinished) else event


def check_event(
    number: int, event: LogEvent, course: RaceRecord, before: Mapping[int, LogEvent], first_passing: int
) -> list[Problem]:
    """Every problem of an event: what is wrong with it, or what it contradicts.

    Args:
        number: its number, from 1 on.
        event: the event.
        course: the race.
        before: the events that count when it arrives, by number.
        first_passing: the laps that the first crossing completes: 1, or 0 where it starts the clock.
    """
    where = f"events.{number}"
    if type(event) not in _WORDS:
        return [Problem("type", where, f"{event!r} is not an event", f"write one of {', '.join(KINDS)}")]
    problems = [*_check_shape(where, event, course)]
    if not problems and isinstance(event, Passing) and first_passing and event.time.milliseconds < FASTEST_LAP_MS:
        wrong = f"nobody skates a lap within {event.time.milliseconds / 1000} s of the start"
        remedy = "correct the time, or write first_passing 0 where the first crossing starts the clock"
        problems.append(Problem("impossible-passing", where, wrong, remedy))
    if problems or isinstance(event, Revoke):
        return problems
    return [*_check_conflicts(where, event, before)]


def _check_shape(where: str, event: LogEvent, course: RaceRecord) -> Iterator[Problem]:
    known = set(course.starters.ids)
    ids: Iterable[Hashable] = ()
    if isinstance(event, Sprint | Finish):
        if not isinstance(event.order, Order):
            wrong = f"{event.order!r} is not an order"
            yield Problem("type", f"{where}.order", wrong, "list ids; a list within for a dead heat")
            return
        yield from check_order(f"{where}.order", event.order, known)
        ids = event.order.ids
    elif isinstance(event, Distance):
        for problem in check_distance(event.laps, event.sprint_laps):
            yield within(where, problem)
    elif isinstance(event, Exchange):
        yield from _check_exchange(where, event, known)
        ids = tuple([id for id in (event.id, event.other) if is_hashable(id)])
    elif not isinstance(event, Revoke):
        if not is_hashable(event.id):
            yield Problem("type", f"{where}.id", f"{event.id!r} is not hashable", "use strings or numbers as ids")
            return
        if event.id not in known:
            yield unknown_id(f"{where}.id", event.id)
        ids = (event.id,)
    for id in ids:
        if id in course.did_not_start:
            wrong = f"{id!r} did not start"
            yield Problem("did-not-start", where, wrong, "take it out of did_not_start, or correct the id")
    if isinstance(event, Sprint) and event.lap not in course.sprint_laps:
        laps = ", ".join(map(str, course.sprint_laps)) or "no lap"
        wrong = f"no sprint is skated at lap {event.lap!r}"
        yield Problem("unknown-lap", f"{where}.lap", wrong, f"this race has sprints at {laps}")
    times = {Passing: RaceTime, Unfinished: RaceTime | None}
    if isinstance(event, Passing | Unfinished) and not isinstance(event.time, times[type(event)]):
        yield no_time(f"{where}.time", event.time)
    if isinstance(event, Unfinished):
        if not is_count(event.laps):
            wrong = f"{event.laps!r} is not a number of laps"
            yield Problem("laps", f"{where}.laps", wrong, "give the laps completed")
        elif event.laps >= course.laps:
            wrong = f"{event.laps} laps of {course.laps} are the whole distance"
            yield Problem("laps", f"{where}.laps", wrong, "give fewer laps, or call the finish")
    if isinstance(event, Advanced) and event.id in course.guests:
        wrong = f"{event.id!r} skates out of competition"
        yield Problem("cannot-advance", where, wrong, "such a skater never advances")
    if isinstance(event, Arrival) and event.place is not None and not is_count(event.place, 1):
        wrong = f"{event.place!r} is not a place across the line"
        yield Problem("place", f"{where}.place", wrong, "give one from 1 on, or leave it out for the next one")
    elif isinstance(event, Arrival) and (event.place or 0) > len(known) - len(course.did_not_start):
        wrong = f"{count(len(known) - len(course.did_not_start), 'skater')} cannot take place {event.place}"
        yield Problem("place", f"{where}.place", wrong, "correct the place, or an arrival before it")
    for name in ("clause", "reason"):
        text = getattr(event, name, None)
        if text is not None and not isinstance(text, str):
            yield Problem("type", f"{where}.{name}", f"{text!r} is not text", "write text, or leave it out")


def _check_exchange(where: str, event: Exchange, known: set[Hashable]) -> Iterator[Problem]:
    for name, id in (("id", event.id), ("other", event.other)):
        if not is_hashable(id) or id not in known:
            yield unknown_id(f"{where}.{name}", id)
    if event.id == event.other:
        yield Problem("repeated-id", f"{where}.other", f"{event.id!r} stands there twice", "name two skaters")


def _check_conflicts(where: str, event: LogEvent, before: Mapping[int, LogEvent]) -> Iterator[Problem]:
    for number, other in before.items():
        contradiction = _contradiction(event, other)
        if contradiction:
            kind, wrong = contradiction
            remedy = f"drop this one, or revoke event {number} first"
            yield Problem(kind, where, f"{wrong} (event {number}: {word_of(other)})", remedy, number)
    if isinstance(event, Arrival) and event.place is not None:
        yield from _check_place(where, event, event.place, before)


def _check_place(where: str, event: Arrival, place: int, before: Mapping[int, LogEvent]) -> Iterator[Problem]:
    """Whether a place is free, or one to share: a dead heat uses up as many places as it has skaters."""
    judged = _judged(before)
    if place <= judged:
        wrong = f"the order of the finish gives place {place} to somebody else"
        yield Problem("place", where, wrong, f"the next place is {next_place(before)}; revoke the finish to change it")
        return
    sharing = arrivals(before)
    sharing.setdefault(place, []).append(event.id)
    for start, ids in sharing.items():
        for other in sharing:
            if start < other < start + len(ids):
                wrong = f"{len(ids)} skaters at place {start} leave no place {other}"
                remedy = f"the next place is {start + len(ids)}; revoke an arrival to give it another place"
                yield Problem("place", where, wrong, remedy)
                return


def arrivals(events: Mapping[int, LogEvent]) -> dict[int, list[Hashable]]:
    """Who arrived in which place, by the events that count."""
    found: dict[int, list[Hashable]] = {}
    for event in events.values():
        if isinstance(event, Arrival) and event.place is not None:
            found.setdefault(event.place, []).append(event.id)
    return found


def _judged(events: Mapping[int, LogEvent]) -> int:
    """How many places the order of the finish gives, if it was called."""
    return next((len(event.order) for event in events.values() if isinstance(event, Finish)), 0)


def next_place(events: Mapping[int, LogEvent]) -> int:
    """The place of the next arrival: behind everybody who has arrived."""
    behind = [place + len(ids) for place, ids in arrivals(events).items()]
    return max([_judged(events) + 1, *behind])


def _contradiction(event: LogEvent, other: LogEvent) -> tuple[str, str] | None:
    """The kind and wording of what sets two events against each other."""
    if isinstance(event, Passing) and isinstance(other, Passing):
        return _crossed_twice(event, other)
    if isinstance(event, Sprint) and isinstance(other, Sprint) and event.lap == other.lap:
        return "repeated-event", f"the sprint at lap {event.lap} has an order"
    if isinstance(event, Finish) and isinstance(other, Finish):
        return "repeated-event", "the finish has an order"
    if isinstance(event, Arrival) and event.id in _finishing(other):
        # The other way round it is no contradiction: a later order of the judges outweighs the arrivals.
        return "repeated-event", f"{event.id!r} has arrived already"
    if isinstance(event, _Call) and type(event) is type(other) and event.id == other.id:
        return "repeated-event", f"{event.id!r} is called so already"
    if isinstance(event, Left) and isinstance(other, Unfinished) and event.id == other.id:
        return "repeated-event", f"{event.id!r} is called so already"
    return _opposed(event, other) or _opposed(other, event)


def _crossed_twice(event: Passing, other: Passing) -> tuple[str, str] | None:
    if event.id != other.id:
        return None
    gap = abs(event.time.milliseconds - other.time.milliseconds)
    if gap == 0:
        return "repeated-event", f"{event.id!r} crossed the line at {other.time} already"
    if gap < FASTEST_LAP_MS:
        wrong = f"{event.id!r} crossed the line at {other.time}, and nobody skates a lap within {gap / 1000} s"
        return "impossible-passing", wrong
    return None


def _opposed(one: LogEvent, another: LogEvent) -> tuple[str, str] | None:
    """What sets two events of different kinds against each other, in this order."""
    if isinstance(one, Unfinished) and isinstance(another, Sprint) and another.lap > one.laps:
        if one.id in another.order.ids:
            wrong = f"{one.id!r} left the race after {one.laps} laps, and stands in the sprint at lap {another.lap}"
            return "left-race", wrong
        return None
    if isinstance(one, Unfinished | Left):
        if one.id in _finishing(another):
            return "two-outcomes", f"{one.id!r} cannot both finish and leave the race"
        if isinstance(another, Lapped) and one.id == another.id:
            return "two-outcomes", f"{one.id!r} cannot both be lapped at the finish and leave the race"
    if isinstance(one, DidNotStart) and one.id in _there(another):
        return "did-not-start", f"{one.id!r} cannot both stay away and take part"
    if isinstance(one, Advanced) and isinstance(another, Disqualified) and one.id == another.id:
        return "cannot-advance", f"{one.id!r} cannot be disqualified and sent to the next round"
    return None


def _finishing(event: LogEvent) -> tuple[Hashable, ...]:
    """Whom an event puts across the finishing line."""
    if isinstance(event, Finish):
        return event.order.ids
    return (event.id,) if isinstance(event, Arrival) else ()


def _there(event: LogEvent) -> tuple[Hashable, ...]:
    """Whom an event shows to have started."""
    if isinstance(event, Sprint | Finish):
        return event.order.ids
    if isinstance(event, Exchange):
        return (event.id, event.other)
    return () if isinstance(event, DidNotStart | Revoke | Distance) else (event.id,)
