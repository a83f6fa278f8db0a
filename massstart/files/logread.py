"""Race logs from JSON lines, strictly.

Decides what a line may look like, and how the lines are told apart. What an event may *say* is decided in
`massstart.live.events`.
"""

from collections.abc import Callable
from typing import Any, Literal

from attrs import evolve, frozen

from massstart.files.jsonread import Placed, parse, structure, underway_from
from massstart.live.events import KINDS, Event, Finish, Lapped, Passing, Revoke
from massstart.live.log import RaceLog
from massstart.problems import InvalidRecord, Problem
from massstart.records import Advanced, Disqualified, Sprint, Unfinished, to_order, to_time


@frozen(kw_only=True)
class PassingFile:
    """A crossing of the line."""

    event: Literal["passing"]
    id: str
    time: str


@frozen(kw_only=True)
class SprintFile:
    """The judges' order at an intermediate sprint."""

    event: Literal["sprint"]
    lap: int
    order: list[Placed]


@frozen(kw_only=True)
class FinishFile:
    """The judges' order at the finish."""

    event: Literal["finish"]
    order: list[Placed]


@frozen(kw_only=True)
class LappedFile:
    """A skater called lapped."""

    event: Literal["lapped"]
    id: str


@frozen(kw_only=True)
class UnfinishedFile:
    """A skater who left the race."""

    event: Literal["unfinished"]
    id: str
    laps: int
    time: str | None = None


@frozen(kw_only=True)
class DisqualifiedFile:
    """A disqualified skater."""

    event: Literal["disqualified"]
    id: str
    clause: str | None = None
    reason: str | None = None


@frozen(kw_only=True)
class AdvancedFile:
    """A skater added by decision of the Referee."""

    event: Literal["advanced"]
    id: str
    reason: str | None = None


@frozen(kw_only=True)
class RevokeFile:
    """An event taken back."""

    event: Literal["revoke"]
    number: int
    reason: str | None = None


#: By word: the shape of a line, and the event that it tells of.
_LINES: dict[str, tuple[type, Callable[[Any], Event]]] = {
    "passing": (PassingFile, lambda line: Passing(line.id, line.time)),
    "sprint": (SprintFile, lambda line: Sprint(line.lap, to_order(line.order))),
    "finish": (FinishFile, lambda line: Finish(line.order)),
    "lapped": (LappedFile, lambda line: Lapped(line.id)),
    "unfinished": (UnfinishedFile, lambda line: Unfinished(line.id, line.laps, to_time(line.time))),
    "disqualified": (DisqualifiedFile, lambda line: Disqualified(line.id, line.clause, line.reason)),
    "advanced": (AdvancedFile, lambda line: Advanced(line.id, line.reason)),
    "revoke": (RevokeFile, lambda line: Revoke(line.number, line.reason)),
}


def header_from(text: str | bytes) -> RaceLog:
    """A log without events from its first line.

    Raises:
        InvalidRecord: with every problem of the line.
    """
    if not text.strip():
        raise InvalidRecord([Problem("json", "", "the log is empty", "write the header, then a line for each event")])
    found = parse(text)
    first = found.pop("first_passing", None)
    return RaceLog(underway_from(found), first_passing=1 if first is None else first)


def event_from(text: str | bytes) -> Event:
    """An event from its line.

    Raises:
        InvalidRecord: with every problem of the line.
    """
    found = parse(text)
    word = found.get("event")
    if not isinstance(word, str) or word not in _LINES:
        raise InvalidRecord([Problem("event", "event", f"{word!r} is no event", f"write one of {', '.join(KINDS)}")])
    kind, make = _LINES[word]
    return make(structure(found, kind))


def _at(number: int, problem: Problem) -> Problem:
    """The problem of a line, with the number of its event; where in the line some JSON ends says little."""
    inside = f".{problem.where}" if problem.where and problem.kind != "json" else ""
    return evolve(problem, where=f"events.{number}{inside}")


def is_log(text: str | bytes) -> bool:
    """Whether a text is JSON lines: a header with something after it, or with a key that only a header has."""
    first, *events = _lines(text) or [""]
    try:
        header = parse(first)
    except InvalidRecord:
        return False
    return bool(events) or "first_passing" in header


def _lines(text: str | bytes) -> list[str | bytes]:
    # Not splitlines: U+2028 and its like may stand within a text.
    return [line for line in text.split(b"\n" if isinstance(text, bytes) else "\n") if line.strip()]  # type: ignore[arg-type]  # bytes by bytes, text by text


def log_from(text: str | bytes) -> RaceLog:
    """A log from JSON lines; `massstart.live.RaceLog.from_lines` is the way in."""
    lines = _lines(text)
    log = header_from(lines[0] if lines else "")
    problems: list[Problem] = []
    for line in lines[1:]:
        try:
            log = with_line(log, line)
        except InvalidRecord as error:
            problems += error.problems
            log = log.with_refused()
    if problems:
        raise InvalidRecord(problems)
    return log


def with_line(log: RaceLog, line: str | bytes) -> RaceLog:
    """The log with the event of one line more.

    Raises:
        InvalidRecord: with every problem of the line or of its event, by number; the log stays as it is.
    """
    try:
        event = event_from(line.strip())
    except InvalidRecord as error:
        raise InvalidRecord([_at(len(log.events) + 1, problem) for problem in error.problems]) from None
    return log.with_event(event)
