"""The log of a race: what arrived while it was skated, and what it says at any moment.

Decides which events count: those that were neither refused nor taken back. Which are refused stands in
`massstart.live.events`, what they say together in `massstart.live.progress`.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Self

from attrs import evolve, field, frozen

from massstart.live.events import Arrival, Distance, LogEvent, Revoke, check_event, next_place, tidy
from massstart.live.progress import Progress, progress
from massstart.problems import InvalidRecord, Problem
from massstart.race import Race, Underway
from massstart.words import count


def _to_events(events: Any) -> Any:
    return tuple(None if event is None else tidy(event) for event in events)


@frozen
class RaceLog:
    """The events of a race in the order of their arrival; immutable.

    Attributes:
        header: the race before it began, without sprints and outcomes.
        events: numbered from 1; ``None`` stands for one that arrived and was refused.
        first_passing: the laps that the first crossing completes: 1, or 0 where it starts the clock.

    Raises:
        InvalidRecord: with every event that cannot be, by its number.

    Example:
        >>> from massstart import loads
        >>> from massstart.live import RaceLog
        >>> log = loads('''
        ... {"kind": "race", "version": 1, "rulebook": "isu-2018", "laps": 2, "sprint_laps": [1], "starters": [{"id": "4"}, {"id": "87"}]}
        ... {"event": "passing", "id": "87", "time": "0:41.30"}
        ... {"event": "passing", "id": "4", "time": "0:41.90"}
        ... {"event": "finish", "order": ["4", "87"]}
        ... ''', RaceLog)
        >>> log.state(after=1).sprints_left, log.state(after=2).sprints_left
        ((1, 2), (2,))
        >>> log.race().sprints[0].order.ids, log.race().finish.ids
        (('87', '4'), ('4', '87'))
    """

    header: Underway
    events: tuple[LogEvent | None, ...] = field(default=(), converter=_to_events)
    first_passing: int = 1
    #: The events that count, and those that were taken back, by number.
    _counting: dict[int, LogEvent] = field(init=False, factory=dict, eq=False, repr=False)
    _taken_back: dict[int, LogEvent] = field(init=False, factory=dict, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        problems = _check_header(self.header, self.first_passing)
        for number, event in enumerate(self.events, 1):
            if event is not None:
                problems += self._count(number, event)
        if problems:
            raise InvalidRecord(problems)

    def _count(self, number: int, event: LogEvent) -> Sequence[Problem]:
        """Let an event count, unless it has problems."""
        event = _placed(event, self._counting)
        problems = check_event(number, event, self.course, self._counting, self.first_passing)
        if isinstance(event, Revoke) and not problems:
            problems = self._revoke(number, event)
        elif isinstance(event, Distance) and not problems:
            problems = self._misfits(number, self._counting | {number: event})
        if not problems:
            self._counting[number] = event
        return problems

    def _revoke(self, number: int, event: Revoke) -> list[Problem]:
        """Take back an event; of one that took back another, the other counts again."""
        if type(event.number) is not int or event.number not in self._counting:
            where, wrong = f"events.{number}.number", f"{event.number!r} is not an earlier event that still counts"
            return [Problem("unknown-event", where, wrong, "give the number of one")]
        counting, taken_back = dict(self._counting), dict(self._taken_back)
        try:
            _move(event.number, counting, taken_back)
        except KeyError as gone:
            where, wrong = f"events.{number}.number", f"event {gone} was taken back otherwise since"
            return [Problem("unknown-event", where, wrong, "let it count again first", gone.args[0])]
        # What counts again must not contradict what was sent in its place.
        course = _course(self.header, counting)
        others = {one: counting[one] for one in counting if one in self._counting}
        again = [one for one in counting if one not in self._counting and not isinstance(counting[one], Revoke)]
        problems = [
            evolve(problem, where=f"events.{number}")
            for one in again
            for problem in check_event(one, counting[one], course, others, self.first_passing)
        ]
        if course != self.course:
            problems += self._misfits(number, counting)
        if not problems:
            for kept, now in ((self._counting, counting), (self._taken_back, taken_back)):
                kept.clear()
                kept.update(now)
        return problems

    def with_event(self, event: LogEvent) -> Self:
        """The log with one event more.

        Raises:
            InvalidRecord: the event cannot be, and why, by the number that it would have; this log stays as it is.
        """
        event = tidy(event)
        grown = self._grown(event)
        problems = grown._count(len(grown.events), event)  # noqa: SLF001  # of this class
        if problems:
            raise InvalidRecord(problems)
        return grown

    def _misfits(self, number: int, counting: dict[int, LogEvent]) -> list[Problem]:
        """The events that cannot be over the distance that is in force then."""
        course = _course(self.header, counting)
        return [
            evolve(problem, where=f"events.{number}", event=one, remedy=f"revoke event {one} first")
            for one, event in counting.items()
            if not isinstance(event, Distance)
            for problem in check_event(one, event, course, {}, self.first_passing)
        ]

    @property
    def course(self) -> Underway:
        """The race before it began, over the distance that is in force."""
        return _course(self.header, self._counting)

    @property
    def counting(self) -> dict[int, LogEvent]:
        """The events that count, by their numbers, neither refused nor taken back; an arrival with its place."""
        return dict(sorted(self._counting.items()))

    @property
    def next_place(self) -> int:
        """The place across the line of whoever arrives next."""
        return next_place(self._counting)

    def with_events(self, events: Iterable[LogEvent]) -> Self:
        """The log with several events more, or with none of them.

        Raises:
            InvalidRecord: one of them cannot be; this log stays as it is.
        """
        log = self
        for event in events:
            log = log.with_event(event)
        return log

    def without(self, *numbers: int, reason: str | None = None) -> Self:
        """The log with events taken back, all or none: a race that is started anew takes back what went before.

        Args:
            numbers: of the events.
            reason: why, if given.

        Raises:
            InvalidRecord: one of them is not there, or was taken back already.
        """
        return self.with_events(Revoke(number, reason) for number in sorted(numbers, reverse=True))

    def restored(self, number: int) -> Self:
        """The log in which an event counts again that was taken back.

        Raises:
            InvalidRecord: it was not taken back, or something that was sent since contradicts it.

        Example:
            >>> from massstart.live import Arrival, RaceLog, Underway
            >>> log = RaceLog(Underway(rulebook="isu-2018", starters=["4", "87"]), [Arrival("87"), Arrival("4")])
            >>> log.without(2).progress().arrived.ids, log.without(2).restored(2).progress().arrived.ids
            (('87',), ('87', '4'))
        """
        counting = self._counting.items()
        revoke = next((by for by, event in counting if isinstance(event, Revoke) and event.number == number), None)
        if revoke is None:
            wrong = f"{number!r} is not an event that was taken back"
            raise InvalidRecord([Problem("unknown-event", "number", wrong, "give the number of one")])
        return self.with_event(Revoke(revoke))

    def replace(self, number: int, event: LogEvent) -> Self:
        """The log with another event in place of one that counts; an arrival takes the place of the other.

        Raises:
            InvalidRecord: there is no such event, or the other cannot be; this log stays as it is.

        Example:
            >>> from massstart.live import Arrival, RaceLog, Underway
            >>> log = RaceLog(Underway(rulebook="isu-2018", starters=["4", "87", "9"]), [Arrival("87"), Arrival("4")])
            >>> list(log.replace(1, Arrival("9")).progress().arrived)
            [('9', 1), ('4', 2)]
        """
        old = self._counting.get(number)
        if isinstance(old, Arrival) and isinstance(event, Arrival) and event.place is None:
            event = evolve(event, place=old.place)
        return self.without(number).with_event(event)

    def inserted(self, arrival: Arrival) -> Self:
        """The log with an arrival that was missed: whoever has its place, or came behind, goes one place back.

        Raises:
            InvalidRecord: the skater cannot arrive; this log stays as it is.

        Example:
            >>> from massstart.live import Arrival, RaceLog, Underway
            >>> log = RaceLog(Underway(rulebook="isu-2018", starters=["4", "87", "9"]), [Arrival("87"), Arrival("4")])
            >>> list(log.inserted(Arrival("9", 2)).progress().arrived)
            [('87', 1), ('9', 2), ('4', 3)]
        """
        behind = {
            number: event
            for number, event in self._counting.items()
            if isinstance(event, Arrival) and arrival.place and event.place and event.place >= arrival.place
        }
        moved = [evolve(event, place=(event.place or 0) + 1) for event in behind.values()]
        return self.without(*behind).with_events([arrival, *moved])

    def with_refused(self) -> Self:
        """The log after the arrival of an event that was refused: the next one has a number of its own."""
        return self._grown(None)

    def _grown(self, event: LogEvent | None) -> Self:
        # A new log checks all of its events, and a race has hundreds of them: those before were checked.
        return self._with((*self.events, event), dict(self._counting), dict(self._taken_back))

    def _with(
        self, events: tuple[LogEvent | None, ...], counting: dict[int, LogEvent], taken_back: dict[int, LogEvent]
    ) -> Self:
        """This log with other events, which were checked when they were sent."""
        log = object.__new__(type(self))
        for name, value in (
            ("header", self.header),
            ("events", events),
            ("first_passing", self.first_passing),
            ("_counting", counting),
            ("_taken_back", taken_back),
        ):
            object.__setattr__(log, name, value)
        return log

    def with_header(self, *, first_passing: int | None = None, **changes: Any) -> Self:
        """The same events in a race that differs: another distance, other sprint laps, another start list.

        Raises:
            InvalidRecord: with every event that cannot be in this race, by its number.

        Example:
            A race of 17 laps is declared finished at the 16th passing, with the last sprint at the twelfth.

            >>> from massstart.live import RaceLog, Underway
            >>> log = RaceLog(Underway(rulebook="isu-2018", laps=17, starters=[]))
            >>> log.with_header(laps=16).header.laps
            16
        """
        return evolve(
            self,
            header=evolve(self.header, **changes),
            first_passing=self.first_passing if first_passing is None else first_passing,
        )

    def until(self, number: int) -> Self:
        """The log as it was after some of its events.

        Raises:
            InvalidRecord: there are fewer events.
        """
        if type(number) is not int or not 0 <= number <= len(self.events):
            raise InvalidRecord(
                [
                    Problem(
                        "unknown-event",
                        "after",
                        f"{number!r}: the log has {count(len(self.events), 'event')}",
                        "give one of their numbers, or 0",
                    )
                ]
            )
        if number == len(self.events):
            return self
        counting: dict[int, LogEvent] = {}
        taken_back: dict[int, LogEvent] = {}
        for at, event in enumerate(self.events[:number], 1):
            if event is not None:
                counting[at] = _placed(event, counting)
                if isinstance(event, Revoke):
                    _move(event.number, counting, taken_back)
        return self._with(self.events[:number], counting, taken_back)

    def progress(self, after: int | None = None) -> Progress:
        """What the events say together: all of them, or the first ``after``."""
        log = self if after is None else self.until(after)
        return progress(log.course, log.counting.values(), log.first_passing)

    def state(self, after: int | None = None) -> Underway:
        """The race before its finish: after all events, or after the first ``after``.

        A sprint counts as skated when the judges have called it, or as many have crossed the line there as it has
        points for, or everyone still in the race has. Whoever has finished is still racing here, until the whole
        race can be ranked: `race` has the finish.
        """
        so_far = self.progress(after)
        gone = {note.id for note in so_far.disqualified}
        left = {note.id for note in so_far.unfinished}
        racing = set(self.header.starters.ids).difference(gone, left, so_far.did_not_start)
        enough = len(self.header.rulebook.intermediate)
        skated = [
            sprint
            for sprint in so_far.sprints
            if sprint.lap in so_far.called
            or len(set(sprint.order.ids) - gone.union(self.header.guests)) >= enough
            or racing.issubset(sprint.order.ids)
        ]
        return evolve(
            self.course,
            sprints=skated,
            lapped=[id for id in so_far.lapped if id in racing],
            unfinished=so_far.unfinished,
            disqualified=so_far.disqualified,
            did_not_start=so_far.did_not_start,
            advanced=so_far.advanced,
        )

    def race(self, after: int | None = None) -> Race:
        """The race, once the outcome of everyone is known: after all events, or after the first ``after``.

        Raises:
            InvalidRecord: somebody's outcome is missing, and which events would bring it.
        """
        so_far = self.progress(after)
        if not so_far.is_over:
            raise InvalidRecord(self.missing(after))
        return self.course.with_finish(
            so_far.finish,
            times=so_far.times,
            sprints=so_far.sprints,
            lapped=[id for id in so_far.lapped if id in so_far.finish.ids],
            unfinished=so_far.unfinished,
            disqualified=so_far.disqualified,
            did_not_start=so_far.did_not_start,
            advanced=so_far.advanced,
        )

    def missing(self, after: int | None = None) -> tuple[Problem, ...]:
        """What the log still lacks to make a race: outcomes, laps of those who left, places that were passed over."""
        so_far = self.progress(after)
        return (
            *(self._missing(so_far, id) for id in so_far.racing),
            *(self._uncounted(id) for id in so_far.uncounted),
            *(_nobody(place) for place in so_far.open_places),
        )

    def _uncounted(self, id: Any) -> Problem:
        where = f"starters[{self.header.starters.ids.index(id)}]"
        wrong = f"{id!r} left the race, and nobody has counted the laps"
        return Problem("laps", where, wrong, "call unfinished again, with the laps, or send its passings")

    def _missing(self, so_far: Progress, id: Any) -> Problem:
        where = f"starters[{self.header.starters.ids.index(id)}]"
        if id in so_far.lapped:
            wrong = f"{id!r} was lapped, but neither the judges nor a crossing say where it finished"
            return Problem("no-outcome", where, wrong, "call the finish with it, or send its passings")
        done = f"{so_far.crossings.laps(id)} of {self.course.laps} laps"
        return Problem(
            "no-outcome", where, f"{id!r} is still racing, {done}",
            "send its passings, or call finish, lapped, unfinished or disqualified",
        )  # fmt: skip


def _course(header: Underway, counting: Mapping[int, LogEvent]) -> Underway:
    """The race over the distance that was called last."""
    called = [event for _, event in sorted(counting.items()) if isinstance(event, Distance)]
    return evolve(header, laps=called[-1].laps, sprint_laps=called[-1].sprint_laps) if called else header


def _placed(event: LogEvent, counting: dict[int, LogEvent]) -> LogEvent:
    """An arrival with its place, the next one where none is given; any other event as it is."""
    if isinstance(event, Arrival) and event.place is None:
        return evolve(event, place=next_place(counting))
    return event


def _nobody(place: int) -> Problem:
    wrong = f"nobody has place {place} across the line, and others come behind"
    return Problem("place", "finish", wrong, "send the arrival in that place, or the whole finish")


def _move(number: int, here: dict[int, LogEvent], there: dict[int, LogEvent]) -> None:
    """Move an event from those that count to those that do not, or back; what it took back goes the other way.

    Raises:
        KeyError: an event on the way is not there.
    """
    event = there[number] = here.pop(number)
    if isinstance(event, Revoke):
        _move(event.number, there, here)


def _check_header(header: Any, first_passing: Any) -> list[Problem]:
    if not isinstance(header, Underway):
        # Without a race, no event could be checked.
        raise InvalidRecord([Problem("type", "header", f"{header!r} is not a race under way", "make an Underway")])
    problems = [
        Problem("outcome", f"header.{name}", "is known only once the race has begun", "send it as an event")
        for name in ("sprints", "lapped", "unfinished", "disqualified", "advanced")
        if getattr(header, name)
    ]
    if type(first_passing) is not int or first_passing not in (0, 1):
        wrong = f"{first_passing!r} laps at the first crossing"
        problems.append(Problem("type", "header.first_passing", wrong, "write 1, or 0 where it starts the clock"))
    return problems
