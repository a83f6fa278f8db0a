"""The small records that races and events are made of, and how plain lists and dicts become them.

The converters only bring things into shape. What they cannot read they hand on as it is, for
`massstart.racecheck` to refuse together with everything else that is wrong with the race; so they take
and return any object, and the types of a `massstart.race.Race` hold once it has been checked.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from operator import attrgetter
from typing import Any, overload

from attrs import field, frozen

from massstart.order import Order, id_order
from massstart.problems import InvalidRecord, UnknownName
from massstart.rulebooks import rulebook
from massstart.times import RaceTime


@frozen
class Starter:
    """A skater at the start.

    Attributes:
        id: any hashable value, unique within the race; a string in files.
        name: as it shall be printed.
        nation: the three-letter code.
    """

    id: Hashable
    name: str | None = None
    nation: str | None = None

    @property
    def label(self) -> str:
        """The name, or the id where there is no name."""
        return self.name or str(self.id)


def _as_starters(entries: tuple[Hashable, ...]) -> tuple[Starter, ...]:
    return tuple([entry if isinstance(entry, Starter) else Starter(entry) for entry in entries])


@frozen
class Starters(Sequence[Starter]):
    """Those at the start: a sequence of `Starter`, and their ids.

    Attributes:
        ids: the ids, in the order given.
        entries: what was given: an id, or a `Starter` where a name is known.
    """

    ids: tuple[Hashable, ...]
    entries: tuple[Hashable, ...] = field(eq=_as_starters)

    @overload
    def __getitem__(self, index: int) -> Starter: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Starter, ...]: ...
    def __getitem__(self, index: int | slice) -> Starter | tuple[Starter, ...]:
        if isinstance(index, slice):
            return tuple(self)[index]
        entry = self.entries[index]
        return entry if isinstance(entry, Starter) else Starter(entry)

    def __len__(self) -> int:
        return len(self.entries)


@frozen
class Sprint:
    """An intermediate sprint: the first across the line at a lap, as far as the judges noted them."""

    lap: int
    order: Order


@frozen
class Unfinished:
    """A skater who left the race: the laps completed and the time at the last crossing, if known."""

    id: Hashable
    laps: int
    time: RaceTime | None = None


@frozen
class Disqualified:
    """A disqualified skater, with the clause and the reason, if given."""

    id: Hashable
    clause: str | None = None
    reason: str | None = None


@frozen
class Advanced:
    """A skater whom the Referee sends to the next round in addition."""

    id: Hashable
    reason: str | None = None


@frozen
class Withdrawal:
    """A skater who withdraws from an event, with the reason, if given."""

    id: Hashable
    reason: str | None = None


def to_rulebook(value: Any) -> Any:
    """A rulebook from its id."""
    if not isinstance(value, str):
        return value
    try:
        return rulebook(value)
    except UnknownName:
        return value


def to_order(value: Any) -> Any:
    """An order from a list of ids."""
    if not isinstance(value, (list, tuple)):
        return value
    try:
        return Order.from_list(value)
    except InvalidRecord:
        return value


def to_time(value: Any) -> Any:
    """A time from its text."""
    if not isinstance(value, str):
        return value
    try:
        return RaceTime.from_text(value)
    except ValueError:
        return value


def to_tuple(value: Any) -> Any:
    """A tuple from a list, or from a set where the order means nothing."""
    if type(value) is tuple:
        return value
    if isinstance(value, set | frozenset):
        return tuple(sorted(value, key=id_order))
    return tuple(value) if isinstance(value, list) else value


def to_starters(value: Any) -> Any:
    """Starters from ids and starters."""
    if not isinstance(value, (list, tuple)):
        return value
    entries = tuple(value)
    if Starter in map(type, entries):
        return Starters(tuple([entry.id if isinstance(entry, Starter) else entry for entry in entries]), entries)
    return Starters(entries, entries)


def to_sprints(value: Any) -> Any:
    """Sprints, ascending, from a mapping of laps to orders."""
    if type(value) is dict or isinstance(value, Mapping):
        value = [Sprint(lap, to_order(order)) for lap, order in value.items()]
    if not isinstance(value, (list, tuple)) or not {*map(type, value)} <= {Sprint}:
        return value
    try:
        return tuple(sorted(value, key=attrgetter("lap")))
    except TypeError:
        return tuple(value)


def to_times(value: Any) -> Any:
    """Pairs of id and time from a mapping."""
    if value != () and isinstance(value, Mapping):
        return tuple([(id, to_time(time)) for id, time in value.items()])
    return value


def to_unfinished(value: Any) -> Any:
    """Who left the race, from a mapping of ids to laps, or to laps and time."""
    return _to_notes(value, Unfinished, _unfinished)


def to_disqualified(value: Any) -> Any:
    """The disqualified, from ids, or a mapping of ids to reasons."""
    return _to_notes(value, Disqualified, _disqualified)


def to_advanced(value: Any) -> Any:
    """Those added by decision, from ids, or a mapping of ids to reasons."""
    return _to_notes(value, Advanced, Advanced)


def to_withdrawals(value: Any) -> Any:
    """Those who withdraw, in their order, from ids, or a mapping of ids to reasons."""
    return _to_notes(value, Withdrawal, Withdrawal)


def _to_notes(value: Any, kind: type, make: Callable[[Any, Any], object]) -> Any:
    if value == ():
        return value
    if isinstance(value, Mapping):
        return tuple([note if isinstance(note, kind) else make(id, note) for id, note in value.items()])
    if isinstance(value, set | frozenset):
        value = sorted(value, key=id_order)
    if isinstance(value, list | tuple):
        return tuple([note if isinstance(note, kind) else make(note, None) for note in value])
    return value


def _unfinished(id: Any, note: Any) -> Unfinished:
    laps, time = note if isinstance(note, tuple) and len(note) == 2 else (note, None)
    return Unfinished(id, laps, to_time(time))


def _disqualified(id: Any, reason: Any) -> Disqualified:
    return Disqualified(id, None, reason)
