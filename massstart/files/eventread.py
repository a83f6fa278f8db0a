"""Events from JSON, strictly.

Decides what an event file may look like. The races and sheets in it are read by `massstart.files.jsonread`; what an
event may *say* is decided in `massstart.competition.eventcheck`.
"""

from collections.abc import Callable
from os import PathLike
from typing import Any, Literal, NotRequired, TypedDict, TypeVar

from attrs import evolve, frozen

from massstart.advancement import Entry
from massstart.competition.event import Event
from massstart.competition.overall import Policy
from massstart.competition.seeding import Draw, Method
from massstart.files.jsonread import StarterFile, parse, record_from, structure
from massstart.files.loading import read_bytes
from massstart.key import Qualified
from massstart.problems import InvalidRecord, Problem
from massstart.records import Starter, Withdrawal

T = TypeVar("T")


@frozen(kw_only=True)
class DrawFile:
    """The draw of an event file."""

    semifinals: list[list[str]]
    method: Method | None = None
    seed: str | None = None


@frozen(kw_only=True)
class WithdrawalFile:
    """A withdrawal of an event file."""

    id: str
    reason: str | None = None


#: A line of the published start list, as in a start list. Written this way, for a class cannot have a field `from`.
EntryFile = TypedDict(
    "EntryFile",
    {
        "id": str,
        "from": int,
        "start": NotRequired[int | None],
        "name": NotRequired[str | None],
        "nation": NotRequired[str | None],
        "rank": NotRequired[int | None],
        "qualified": NotRequired[Qualified | None],
    },
)


@frozen(kw_only=True)
class EventFile:
    """An event file; its races, sheets and draw are read by themselves."""

    kind: Literal["event"]
    version: Literal[1]
    semifinals: list[dict[str, Any] | None] | None = None
    final: dict[str, Any] | None = None
    field: list[StarterFile] | None = None
    draw: dict[str, Any] | None = None
    withdrawals: list[WithdrawalFile] | None = None
    start_list: list[EntryFile] | None = None
    advance: int | None = None
    policy: Policy | None = None
    id: str | None = None
    competition: str | None = None
    date: str | None = None
    event: str | None = None
    sources: list[str] | None = None


def load_event(source: str | PathLike[str]) -> Event:
    """Read an event from a file.

    Raises:
        InvalidRecord: the file is there but is no event that can be used, with every problem.
        UnknownName: there is no such file.
    """
    return loads_event(read_bytes(source))


def loads_event(text: str | bytes) -> Event:
    """Read an event from JSON text.

    Raises:
        InvalidRecord: with every problem of the text.

    Example:
        >>> from massstart.files.eventread import loads_event
        >>> event = loads_event('{"kind": "event", "version": 1, "field": [{"id": "4"}, {"id": "13"}]}')
        >>> event.stage
        'entered'
    """
    return event_from(parse(text))


def event_from(found: dict[str, Any]) -> Event:
    """An event from an object of the format."""
    problems: list[Problem] = []
    given: dict[str, Any] = {}
    try:
        file: EventFile = structure(found, EventFile)
    except InvalidRecord as error:
        problems += error.problems
    else:
        given = {name: getattr(file, name) for name in _AS_THEY_ARE}
        given["field"] = None if file.field is None else [Starter(one.id, one.name, one.nation) for one in file.field]
        given["withdrawals"] = [Withdrawal(one.id, one.reason) for one in file.withdrawals or ()]
        given["published"] = None if file.start_list is None else [_entry(one) for one in file.start_list]
    semifinals = found.get("semifinals")
    records = [
        *(
            (f"semifinals[{index}]", one)
            for index, one in enumerate(semifinals if isinstance(semifinals, list) else ())
        ),
        ("final", found.get("final")),
    ]
    *given["semifinals"], given["final"] = (_part(where, one, record_from, problems) for where, one in records)
    given["draw"] = _part("draw", found.get("draw"), _draw, problems)
    if problems:
        raise InvalidRecord(sorted(problems, key=lambda one: (one.where, one.kind)))
    return Event(**{name: value for name, value in given.items() if value is not None})


_AS_THEY_ARE = ("advance", "policy", "id", "competition", "date", "event", "sources")


def _entry(one: EntryFile) -> Entry:
    optional = (one.get("start"), one["id"], one.get("name"), one.get("nation"))
    return Entry(*optional, one["from"], one.get("rank"), one.get("qualified"))


def _draw(found: dict[str, Any]) -> Draw:
    file: DrawFile = structure(found, DrawFile)
    return Draw(file.semifinals, file.method or "given", file.seed)


def _part(where: str, found: Any, read: Callable[[dict[str, Any]], T], problems: list[Problem]) -> T | None:
    """A part of the file that is read by itself; what is no object is reported with the file as a whole."""
    if not isinstance(found, dict):
        return None
    try:
        return read(found)
    except InvalidRecord as error:
        places = ((one, f"{where}.{one.where}" if one.where else where) for one in error.problems)
        problems += [evolve(one, where=place) for one, place in places]
        return None
