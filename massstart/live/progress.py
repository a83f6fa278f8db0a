"""What the events of a race say together: the sprints, the finish, and what became of each skater.

Decides how the calls of the judges and the crossings of the line make one race. An order that the judges give comes
first; whoever they do not name follows in the order of the crossings. Which events count stands in
`massstart.live.log`, how crossings are counted in `massstart.live.passings`.
"""

from collections.abc import Hashable, Iterable, Iterator
from typing import TypeVar

from attrs import evolve, frozen

from massstart.live.events import Arrival, DidNotStart, Exchange, Finish, Lapped, Left, LogEvent, Passing
from massstart.live.passings import Crossings, in_order
from massstart.order import Order, id_order
from massstart.records import Advanced, Disqualified, RaceRecord, Sprint, Unfinished
from massstart.times import RaceTime

T = TypeVar("T", bound=LogEvent)


@frozen(eq=False, kw_only=True)
class Progress:
    """The race so far, as far as its events tell it.

    Attributes:
        crossings: of everyone, up to the lap after which they left the race.
        sprints: the order at each intermediate sprint at which anybody is known to have crossed.
        called: the laps of the sprints that the judges called.
        arrived: the order across the line of those at full distance, and of whoever the judges name in it.
        stopped: those whom the judges called lapped before, by laps and time.
        finish: those who arrived, then those who stopped.
        times: by id, of those in ``finish`` who crossed the line as often as the distance has laps.
        lapped: who was lapped, at the finish or on the way there.
        unfinished: who left the race, and was not disqualified.
        disqualified, advanced: as called.
        did_not_start: as called, or as the start list says.
        uncounted: who left the race, and nobody knows after how many laps.
        open_places: the places across the line that arrivals have passed over.
        racing: those of whom no outcome is known, in the order of the start list.
    """

    crossings: Crossings
    sprints: tuple[Sprint, ...]
    called: frozenset[int]
    arrived: Order
    stopped: Order
    finish: Order
    times: dict[Hashable, RaceTime]
    lapped: tuple[Hashable, ...]
    unfinished: tuple[Unfinished, ...]
    disqualified: tuple[Disqualified, ...]
    advanced: tuple[Advanced, ...]
    did_not_start: tuple[Hashable, ...]
    uncounted: tuple[Hashable, ...]
    open_places: tuple[int, ...]
    racing: tuple[Hashable, ...]

    @property
    def is_over(self) -> bool:
        """Whether everything is known that a result needs."""
        return not (self.racing or self.uncounted or self.open_places)


def progress(course: RaceRecord, events: Iterable[LogEvent], first_passing: int) -> Progress:
    """What events that do not contradict each other say of a race."""
    events = list(events)
    counted = _of(events, Unfinished)
    uncounted = [event.id for event in _of(events, Left) if event.id not in {note.id for note in counted}]
    disqualified = _of(events, Disqualified)
    out = {note.id for note in disqualified}
    # Whoever left has not completed the distance, whatever crossed the line later.
    until = dict.fromkeys(uncounted, course.laps - 1) | {note.id: note.laps for note in counted}
    crossings = Crossings.from_passings(_as_worn(events), first=first_passing, until=until)
    called = {event.lap: event.order for event in _of(events, Sprint)}
    # Whoever the judges do not name follows in the order of the crossings.
    sprints = [Sprint(lap, called.get(lap, Order()).followed_by(crossings.order(lap))) for lap in course.sprint_laps]
    judged = next((event.order for event in _of(events, Finish)), Order())
    arrivals = _arrived(_of(events, Arrival))
    # A place that arrivals pass over stays open, until the judges give the whole order.
    arrived = judged.followed_by(arrivals) if judged.ids else arrivals
    arrived = arrived.followed_by(crossings.order(course.laps))
    times = {id: time for id in arrived.ids if (time := crossings.time(id, course.laps)) is not None}

    lapped = {event.id for event in _of(events, Lapped)}
    left_out = [id for id in lapped if id not in arrived.ids and id not in out and id in crossings.times]
    stopped = in_order({id: (-crossings.laps(id), crossings.last(id).milliseconds) for id in left_out})  # type: ignore[union-attr]  # each has crossed
    # The first at the line gives the moment, as far as not disqualified: a disqualified skater wins nothing (assumed).
    winner = next((times[id] for id in arrived.ids if id not in out and id in times), None)
    if winner is not None:
        lapped |= crossings.lapped(course.laps, winner).intersection(times)
    finish = arrived.followed_by(stopped)
    seen = {id: max([sprint.lap for sprint in sprints if id in sprint.order.ids], default=0) for id in uncounted}
    left = [*counted, *(Unfinished(id, max(crossings.laps(id), seen[id])) for id in uncounted)]
    absent = {*course.did_not_start, *(event.id for event in _of(events, DidNotStart))}
    unfinished = tuple(
        evolve(note, time=note.time or crossings.time(note.id, note.laps)) for note in left if note.id not in out
    )
    known = {*finish.ids, *out, *(note.id for note in unfinished), *absent}
    return Progress(
        crossings=crossings,
        sprints=tuple(sprint for sprint in sprints if sprint.lap in called or sprint.order.ids),
        called=frozenset(called),
        arrived=arrived,
        stopped=stopped,
        finish=finish,
        times=times,
        lapped=tuple(id for id in course.starters.ids if id in lapped),
        unfinished=unfinished,
        disqualified=disqualified,
        advanced=_of(events, Advanced),
        did_not_start=tuple(id for id in course.starters.ids if id in absent),
        uncounted=tuple(id for id in uncounted if id not in out and id not in crossings.times),
        open_places=_open_places(arrived),
        racing=tuple(id for id in course.starters.ids if id not in known),
    )


def _of(events: Iterable[LogEvent], kind: type[T]) -> tuple[T, ...]:
    return tuple(event for event in events if isinstance(event, kind))


def _as_worn(events: Iterable[LogEvent]) -> Iterator[Passing]:
    """The crossings by who wore the transponders."""
    wears: dict[Hashable, Hashable] = {}
    for event in _of(events, Exchange):
        wears[event.id], wears[event.other] = wears.get(event.other, event.other), wears.get(event.id, event.id)
    skater = {transponder: id for id, transponder in wears.items()}
    return (evolve(event, id=skater.get(event.id, event.id)) for event in _of(events, Passing))


def _arrived(events: Iterable[Arrival]) -> Order:
    """The order across the line as it was called skater by skater; a place that was passed over stays open."""
    called = [(event.place, event.id) for event in events if event.place is not None]
    called.sort(key=lambda pair: (pair[0], id_order(pair[1])))
    return Order([id for _, id in called], [place for place, _ in called])


def _open_places(order: Order) -> tuple[int, ...]:
    taken = {place + more for _, place in order.pairs for more in range(sum(one == place for _, one in order.pairs))}
    return tuple(place for place in range(1, max(taken, default=0)) if place not in taken)
