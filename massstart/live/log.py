"""The log of a race: what arrived while it was skated, and what it says at any moment.

Decides which events count: those that were neither refused nor taken back. Which are refused stands in
`massstart.live.events`, what they say together in `massstart.live.progress`.
"""

from collections.abc import Sequence
from typing import Any, Self

from attrs import evolve, field, frozen

from massstart.live.events import LogEvent, Revoke, check_event, tidy
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
    _counting: dict[int, LogEvent] = field(init=False, factory=dict, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        problems = _check_header(self.header, self.first_passing)
        for number, event in enumerate(self.events, 1):
            if event is not None:
                problems += self._count(number, event)
        if problems:
            raise InvalidRecord(problems)

    def _count(self, number: int, event: LogEvent) -> Sequence[Problem]:
        """Let an event count, unless it has problems."""
        problems = check_event(number, event, self.header, self._counting, self.first_passing)
        if not problems:
            self._counting[number] = event
            if isinstance(event, Revoke):
                del self._counting[event.number]
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

    def with_refused(self) -> Self:
        """The log after the arrival of an event that was refused: the next one has a number of its own."""
        return self._grown(None)

    def _grown(self, event: LogEvent | None) -> Self:
        # A new log checks all of its events, and a race has hundreds of them: those before were checked.
        grown = object.__new__(type(self))
        for name, value in (
            ("header", self.header),
            ("events", (*self.events, event)),
            ("first_passing", self.first_passing),
            ("_counting", dict(self._counting)),
        ):
            object.__setattr__(grown, name, value)
        return grown

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
        return self if number == len(self.events) else evolve(self, events=self.events[:number])

    def progress(self, after: int | None = None) -> Progress:
        """What the events say together: all of them, or the first ``after``."""
        log = self if after is None else self.until(after)
        return progress(log.header, tuple(log._counting.values()), log.first_passing)  # noqa: SLF001  # of this class

    def state(self, after: int | None = None) -> Underway:
        """The race before its finish: after all events, or after the first ``after``.

        A sprint counts as skated when the judges have called it, or as many have crossed the line there as it has
        points for, or everyone still in the race has. Whoever has finished is still racing here, until the whole
        race can be ranked: `race` has the finish.
        """
        so_far = self.progress(after)
        gone = {note.id for note in so_far.disqualified}
        left = {note.id for note in so_far.unfinished}
        racing = set(self.header.starters.ids).difference(gone, left, self.header.did_not_start)
        enough = len(self.header.rulebook.intermediate)
        skated = [
            sprint
            for sprint in so_far.sprints
            if sprint.lap in so_far.called
            or len(set(sprint.order.ids) - gone) >= enough
            or racing.issubset(sprint.order.ids)
        ]
        return evolve(
            self.header,
            sprints=skated,
            lapped=[id for id in so_far.lapped if id in racing],
            unfinished=so_far.unfinished,
            disqualified=so_far.disqualified,
            advanced=so_far.advanced,
        )

    def race(self, after: int | None = None) -> Race:
        """The race, once the outcome of everyone is known: after all events, or after the first ``after``.

        Raises:
            InvalidRecord: somebody's outcome is missing, and which events would bring it.
        """
        so_far = self.progress(after)
        if so_far.racing:
            raise InvalidRecord([self._missing(so_far, id) for id in so_far.racing])
        return self.header.with_finish(
            so_far.finish,
            times=so_far.times,
            sprints=so_far.sprints,
            lapped=[id for id in so_far.lapped if id in so_far.finish.ids],
            unfinished=so_far.unfinished,
            disqualified=so_far.disqualified,
            advanced=so_far.advanced,
        )

    def _missing(self, so_far: Progress, id: Any) -> Problem:
        where = f"starters[{self.header.starters.ids.index(id)}]"
        if id in so_far.lapped:
            wrong = f"{id!r} was lapped, but neither the judges nor a crossing say where it finished"
            return Problem("no-outcome", where, wrong, "call the finish with it, or send its passings")
        done = f"{so_far.crossings.laps(id)} of {self.header.laps} laps"
        return Problem(
            "no-outcome", where, f"{id!r} is still racing, {done}",
            "send its passings, or call finish, lapped, unfinished or disqualified",
        )  # fmt: skip


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
