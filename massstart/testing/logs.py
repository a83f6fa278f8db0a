"""Strategies for race logs: the crossings and calls of a race, in the order in which they may arrive.

Decides how a race is told as a log, and what may go wrong on the way: events that are late, missing, sent twice, or
taken back. Import them from `massstart.testing`.
"""

from collections.abc import Hashable, Iterable
from random import Random

from attrs import evolve, fields_dict, frozen
from hypothesis import strategies as st

from massstart.live.events import Arrival, DidNotStart, Finish, Lapped, LogEvent, Passing, Revoke
from massstart.live.log import RaceLog
from massstart.order import Order, id_order
from massstart.problems import InvalidRecord
from massstart.race import Race, Underway
from massstart.records import RaceRecord, Sprint
from massstart.testing.changes import as_lists, changed
from massstart.testing.strategies import Books, Draw, races
from massstart.times import RaceTime

#: A lap of the invented crossings, and the gap between two places, in milliseconds.
LAP, GAP = 25_000, 10


@frozen
class LoggedRace:
    """A race, and a log that tells of it.

    Attributes:
        race: what the log must say in the end.
        arrivals: every event that was sent, those that must be refused among them.
        log: the log of them, ``None`` standing for each that was refused.
    """

    race: Race
    arrivals: tuple[LogEvent, ...]
    log: RaceLog


def ties_sorted(race: Race) -> Race:
    """The race with the skaters of each dead heat by their ids, as crossings at one time tell of them."""

    def by_id(order: Order) -> Order:
        return Order.from_groups([sorted(group, key=id_order) for group in order.groups])

    return evolve(race, sprints=[Sprint(one.lap, by_id(one.order)) for one in race.sprints], finish=by_id(race.finish))


def header_of(race: Race) -> Underway:
    """A race before it began."""
    known = {name: getattr(race, name) for name in fields_dict(RaceRecord)}
    return Underway(
        **known | dict.fromkeys(("sprints", "finish", "times", "lapped", "unfinished", "disqualified", "advanced"), ())
    )


def calls_of(race: Race) -> list[LogEvent]:
    """A race as the judges call it: everything but the times, in the order in which it happens.

    Example:
        >>> from massstart import Race
        >>> from massstart.testing import calls_of
        >>> race = Race(rulebook="isu-2018", starters=["a", "b"], sprints={4: ["b"]}, finish=["a", "b"], lapped=["b"])
        >>> [type(event).__name__ for event in calls_of(race)]
        ['Sprint', 'Finish', 'Lapped']
    """
    return [*race.sprints, *race.unfinished, Finish(race.finish), *map(Lapped, race.lapped), *race.disqualified, *race.advanced]  # fmt: skip


def crossings_of(race: Race, *, missing: Iterable[Hashable] = ()) -> list[LogEvent]:
    """A race as crossings, in the order in which they happen, and as calls where crossings do not tell enough.

    Args:
        race: every sprint must name everyone who is still in the race.
        missing: those of whom no crossing was recorded.

    Example:
        >>> from massstart import Race
        >>> from massstart.testing import crossings_of
        >>> orders = {lap: ["b", "a"] for lap in (4, 8, 12)}
        >>> race = Race(rulebook="isu-2018", starters=["a", "b"], sprints=orders, finish=["a", "b"])
        >>> len(crossings_of(race))
        32
    """
    finish = _times(race)
    passings = [passing for passing in _passings(race, finish) if passing.id not in set(missing)]
    passings.sort(key=lambda passing: passing.time.milliseconds)
    events: list[LogEvent] = [*passings, *race.unfinished, *race.disqualified, *race.advanced]
    said = RaceLog(header_of(race), events).progress()
    known = {sprint.lap: sprint.order for sprint in said.sprints}
    events += [sprint for sprint in race.sprints if known.get(sprint.lap) != sprint.order]
    if said.finish != race.finish:
        events.append(Finish(race.finish))
        said = RaceLog(header_of(race), events).progress()
    return [*events, *(Lapped(id) for id in race.lapped if id not in said.lapped)]


def _times(race: Race) -> dict[Hashable, RaceTime]:
    """The race times, if all are there, tell the order across the line, and leave time to skate; else invented ones."""
    known = dict(race.times)
    start = race.laps * LAP
    usable = all(time.exact and time.milliseconds >= start for time in known.values())
    orderly = all(warning.kind != "times-order" for warning in race.warnings)
    if usable and orderly and known.keys() == set(race.finish.ids):
        return known
    return {id: RaceTime(start + place * GAP, exact=True) for id, place in race.finish}


def _passings(race: Race, finish: dict[Hashable, RaceTime]) -> Iterable[Passing]:
    """Every crossing: lap by lap in the order of the sprints, the lapped late at the lap before the last."""
    sprints = {sprint.lap: dict(sprint.order) for sprint in race.sprints}
    unfinished = {note.id: note for note in race.unfinished}
    first = min((time.milliseconds for time in finish.values()), default=race.laps * LAP)
    for number, id in enumerate(race.starters.ids):
        if id in race.did_not_start:
            continue
        note = unfinished.get(id)
        # A disqualified skater who is not at the finish left on the last lap.
        done = note.laps if note else race.laps if id in finish else race.laps - 1
        for lap in range(1, done + 1):
            place = sprints.get(lap, {}).get(id, number)
            time = RaceTime(first - (race.laps - lap) * LAP + place * GAP, exact=True)
            if lap == race.laps:
                time = finish[id]
            elif lap == race.laps - 1 and id in race.lapped:
                time = RaceTime(finish[id].milliseconds - LAP + 5 * GAP, exact=True)
            # Where nobody took the time of the last crossing, the crossing is missing.
            if not (note and lap == done and note.time is None):
                yield Passing(id, time)


def arrived(header: Underway, arrivals: Iterable[LogEvent]) -> RaceLog:
    """The log of events as they arrive; those that are refused leave an empty number."""
    log = RaceLog(header)
    for event in arrivals:
        try:
            log = log.with_event(event)
        except InvalidRecord:
            log = log.with_refused()
    return log


@st.composite
def race_logs(
    draw: Draw,
    *,
    rulebook: Books | None = None,
    min_size: int = 0,
    max_size: int = 12,
    crossings: bool | None = None,
    late: bool = True,
    repeated: bool = True,
    missing: bool = True,
    revoked: bool = True,
    dead_heats: bool = True,
    everyone_finishes: bool = False,
) -> LoggedRace:
    """Logs of any legal race, each with the race that it must replay to.

    Args:
        rulebook: a rulebook, the id of one, or a strategy; any unless given.
        min_size: the smallest number of starters.
        max_size: the largest.
        crossings: whether the log tells of crossings, or only of what the judges call; either unless given.
        late: whether events may arrive in any order.
        repeated: whether an event may be sent twice; the second is refused.
        missing: whether the crossings of some skaters may be missing, and called instead, and whether the call of a
            sprint may name fewer than win points there.
        revoked: whether wrong events may be sent and taken back.
        dead_heats: whether anyone may be tied across the line.
        everyone_finishes: nobody lapped, unfinished, disqualified or absent.
    """
    by_crossing = draw(st.booleans()) if crossings is None else crossings
    race = ties_sorted(draw(
        races(
            rulebook=rulebook, min_size=min_size, max_size=max_size, dead_heats=dead_heats,
            everyone_finishes=everyone_finishes, full_sprints=by_crossing or not missing, realistic=by_crossing,
        )
    ))  # fmt: skip
    # Numbers instead of a draw for each event: a log has hundreds of them.
    random = Random(draw(st.integers(0, 2**16)))  # noqa: S311  # no secret
    if by_crossing:
        lost = [id for id in race.starters.ids if random.random() < 0.1] if missing and draw(st.booleans()) else []
        events = crossings_of(race, missing=lost)
    else:
        events = calls_of(race)
    header = header_of(race)
    if draw(st.booleans()):
        events = [told for event in events for told in _one_by_one(event)]
    if draw(st.booleans()):
        header = evolve(header, did_not_start=())
        events = [*map(DidNotStart, race.did_not_start), *events]
    if late and draw(st.booleans()):
        random.shuffle(events)
    arrivals = events
    if revoked and draw(st.booleans()):
        arrivals = _with_corrections(events, random)
    if repeated and draw(st.booleans()):
        arrivals = _with_repetitions(arrivals, random)
    log = arrived(header, arrivals)
    return LoggedRace(changed(race, times=log.progress().times), tuple(arrivals), log)


def _one_by_one(event: LogEvent) -> list[LogEvent]:
    """A finish as it is called skater by skater; any other event as it is."""
    return [Arrival(id, place) for id, place in event.order] if isinstance(event, Finish) else [event]


def _with_corrections(events: list[LogEvent], random: Random) -> list[LogEvent]:
    """Before some events, a wrong one that is taken back."""
    found: list[LogEvent] = []
    for event in events:
        wrong = _wrong(event) if random.random() < 0.2 else None
        if wrong is not None:
            found += [wrong, Revoke(len(found) + 1, "a mistake")]
        found.append(event)
    return found


def _wrong(event: LogEvent) -> LogEvent | None:
    """What may have been sent by mistake instead."""
    if isinstance(event, Passing):
        return Passing(event.id, RaceTime(event.time.milliseconds + 1, exact=True))
    if isinstance(event, Sprint | Finish):
        return evolve(event, order=Order.from_list(as_lists(event.order)[1:]))
    return event


def _with_repetitions(arrivals: list[LogEvent], random: Random) -> list[LogEvent]:
    """Some events a second time, the numbers that are taken back moving along."""
    found: list[LogEvent] = []
    numbers: dict[int, int] = {}
    for number, event in enumerate(arrivals, 1):
        sent = Revoke(numbers[event.number], event.reason) if isinstance(event, Revoke) else event
        found.append(sent)
        numbers[number] = len(found)
        if random.random() < 0.2:
            found.append(sent)
    return found
