"""Race logs as JSON lines: a race without outcomes, then an event a line.

Decides what a line may look like, and how the lines are told apart. What an event may *say* is decided in
`massstart.live.events`.
"""

import json
from typing import Annotated, Any

from attrs import evolve, frozen

from massstart.files.jsontext import lines, parse, shorten
from massstart.files.kinds import Kind, from_object, register
from massstart.files.limits import EVENTS, check_size
from massstart.files.objects import (
    As,
    Count,
    Id,
    Line,
    Number,
    Rule,
    Time,
    fields_of,
    filed,
    order_list,
    structure,
    unstructure,
)  # fmt: skip
from massstart.files.races import UnderwayFile, underway_file
from massstart.live.events import KINDS, Left, LogEvent, Revoke, word_of
from massstart.live.log import RaceLog
from massstart.problems import InvalidRecord, Problem, within
from massstart.race import Underway
from massstart.records import to_order

_Order = Annotated[Line, As(order_list, to_order)]


@frozen(kw_only=True)
class PassingFile:
    """A crossing of the line."""

    id: Id
    time: Time


@frozen(kw_only=True)
class SprintFile:
    """The judges' order at an intermediate sprint."""

    lap: Number
    order: _Order


@frozen(kw_only=True)
class FinishFile:
    """The judges' order at the finish."""

    order: _Order


@frozen(kw_only=True)
class ArrivalFile:
    """One skater across the finishing line, in a place or the next one."""

    id: Id
    place: Number | None = None


@frozen(kw_only=True)
class LappedFile:
    """A skater called lapped."""

    id: Id


@frozen(kw_only=True)
class UnfinishedFile:
    """A skater who left the race."""

    id: Id
    laps: Count | None = None
    time: Time | None = None


@frozen(kw_only=True)
class DisqualifiedFile:
    """A disqualified skater."""

    id: Id
    clause: str | None = None
    reason: str | None = None


@frozen(kw_only=True)
class DidNotStartFile:
    """A skater who does not start."""

    id: Id


@frozen(kw_only=True)
class AdvancedFile:
    """A skater whom the Referee sends to the next round."""

    id: Id
    reason: str | None = None


@frozen(kw_only=True)
class DistanceFile:
    """Another distance than the first line says."""

    laps: Number
    sprint_laps: list[Number]


@frozen(kw_only=True)
class ExchangeFile:
    """Two skaters who wear each other's transponders."""

    id: Id
    other: Id


@frozen(kw_only=True)
class RevokeFile:
    """An event taken back."""

    number: Number
    reason: str | None = None


#: By the word that stands under ``event``: what a line looks like. What it tells of stands in `KINDS`.
LINES: dict[str, type] = {
    "passing": PassingFile,
    "sprint": SprintFile,
    "finish": FinishFile,
    "arrival": ArrivalFile,
    "lapped": LappedFile,
    "unfinished": UnfinishedFile,
    "disqualified": DisqualifiedFile,
    "did_not_start": DidNotStartFile,
    "advanced": AdvancedFile,
    "distance": DistanceFile,
    "exchange": ExchangeFile,
    "revoke": RevokeFile,
}


#: What is known of a race only once it has begun.
OUTCOMES = ("sprints", "lapped", "unfinished", "disqualified", "did_not_start", "advanced")


@frozen(kw_only=True)
class HeaderFile(UnderwayFile):
    """The first line of a race log: the race without outcomes."""

    first_passing: Annotated[int, Rule("enum", (0, 1))] | None = None


def header_from(text: str | bytes) -> RaceLog:
    """A log without events from its first line.

    Raises:
        InvalidRecord: with every problem of the line.

    Example:
        >>> from massstart.feed import header
        >>> log = header('{"kind": "race", "version": 1, "rulebook": "isu-2018", "starters": [{"id": "4"}, {"id": "87"}]}')
        >>> log.state().racing
        ('4', '87')
    """
    if not text.strip():
        raise InvalidRecord([Problem("json", "", "the log is empty", "write the header, then a line for each event")])
    log: RaceLog = from_object(parse(text), (RaceLog,))
    return log


def event_from(text: str | bytes) -> LogEvent:
    """An event from its line.

    Raises:
        InvalidRecord: with every problem of the line.
    """
    given = parse(text)
    word = given.pop("event", None)
    if not isinstance(word, str) or word not in LINES:
        wrong = f"{shorten(word)} is not an event"
        raise InvalidRecord([Problem("event", "event", wrong, f"write one of {', '.join(LINES)}")])
    said = fields_of(structure(given, LINES[word]))
    if word == "unfinished" and "laps" not in said:
        if "time" in said:
            remedy = "add the laps, or leave out the time"
            raise InvalidRecord(
                [Problem("laps", "laps", "the time of the last crossing says nothing without them", remedy)]
            )
        return Left(said["id"])
    event: LogEvent = KINDS[word](**said)
    return event


def _at(number: int, problem: Problem) -> Problem:
    """The problem of a line, with the number of its event; where in the line some JSON ends says little."""
    return within(f"events.{number}", evolve(problem, where="") if problem.kind == "json" else problem)


def log_from(text: str | bytes) -> RaceLog:
    """A log from JSON lines.

    Raises:
        InvalidRecord: with every problem of the race, or else of all events, by their numbers.
    """
    log, problems = log_and_problems(text)
    if problems:
        raise InvalidRecord(problems)
    return log


def log_and_problems(text: str | bytes) -> tuple[RaceLog, list[Problem]]:
    """A log from JSON lines as far as they can be used, and every problem of the others, by the numbers of the events.

    Raises:
        InvalidRecord: with every problem of the race.
    """
    header, *events = lines(text) or [""]
    check_size(events, EVENTS, "events")
    log = header_from(header)
    problems: list[Problem] = []
    for line in events:
        try:
            log = with_line(log, line)
        except InvalidRecord as error:
            problems += error.problems
            log = log.with_refused()
    return log, problems


def with_line(log: RaceLog, line: str | bytes) -> RaceLog:
    """The log with the event of one line more.

    Raises:
        InvalidRecord: with every problem of the line or of its event, by number; the log stays as it is.

    Example:
        >>> from massstart.feed import header, with_line
        >>> log = header('{"kind": "race", "version": 1, "rulebook": "isu-2018", "starters": [{"id": "4"}, {"id": "87"}]}')
        >>> with_line(log, '{"event": "sprint", "lap": 4, "order": ["87", "4"]}').state().sprints_left
        (8, 12, 16)
    """
    try:
        event = event_from(line.strip())
    except InvalidRecord as error:
        raise InvalidRecord([_at(len(log.events) + 1, problem) for problem in error.problems]) from None
    return log.with_event(event)


def underway_from(text: str | bytes) -> Underway:
    """The race under way that a log tells of.

    Raises:
        InvalidRecord: with every problem of the log; or its race is over.
    """
    log = log_from(text)
    try:
        log.race()
    except InvalidRecord:
        return log.state()
    raise InvalidRecord([Problem("finished", "", "the race of this log is over", "rank it; nothing is open any more")])


def _read(file: HeaderFile) -> RaceLog:
    given = fields_of(file)
    first = given.pop("first_passing", 1)
    return RaceLog(Underway(**given), first_passing=first)


def event_object(event: LogEvent) -> dict[str, Any]:
    """An event as an object of JSON."""
    word = word_of(event)
    changes = {"laps": None, "time": None} if isinstance(event, Left) else {}
    return {"event": word} | unstructure(filed(LINES[word], event, **changes))


def _text(log: RaceLog) -> str:
    """A log as JSON lines, without the events that were refused."""
    objects = [{"kind": "race", "version": 1} | unstructure(_write(log))]
    numbers: dict[int, int] = {}
    for number, event in enumerate(log.events, 1):
        if event is not None:
            numbers[number] = len(objects)
            shifted = evolve(event, number=numbers[event.number]) if isinstance(event, Revoke) else event
            objects.append(event_object(shifted))
    return "\n".join(json.dumps(line, ensure_ascii=False) for line in objects)


def _write(log: RaceLog) -> HeaderFile:
    # Without an event, this key alone tells a log from a race under way.
    first = log.first_passing if log.first_passing != 1 or not any(log.events) else None
    header = underway_file(log.header, HeaderFile, first_passing=first)
    assert isinstance(header, HeaderFile)  # it was made as one
    empty: dict[str, Any] = {name: None for name in OUTCOMES if not getattr(header, name)}
    return evolve(header, **empty)


#: A log is told from a race by its lines, which `massstart.files.loading` looks at.
register(
    Kind(
        word="race", value=RaceLog, file=HeaderFile, read=_read, write=_write, fits=lambda _: False, text=_text,
    )
)  # fmt: skip
