"""What is written down of a race: its small records, and how plain lists and dicts become them.

The converters only bring things into shape. What they cannot read they hand on as it is, for `massstart.racecheck` to
refuse together with everything else that is wrong with the race. So the types of a record hold once it has been
checked, which `massstart.race.Race` and `massstart.race.Underway` do when they are made.
"""

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date, datetime, timedelta
from numbers import Real
from operator import attrgetter
from typing import Any, Self, TypeAlias, TypeVar, cast, overload

from attrs import Factory, evolve, field, frozen

from massstart.order import Order, id_order
from massstart.problems import InvalidRecord, Problem, UnknownName
from massstart.rulebook import Rulebook
from massstart.rulebooks import rulebook
from massstart.times import RaceTime
from massstart.values import is_day, to_whole


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
    """Those at the start: a sequence of `Starter`.

    Attributes:
        entries: what was given: an id, or a `Starter` where a name or a nation is known.
    """

    entries: tuple[Hashable, ...] = field(eq=_as_starters)

    @property
    def ids(self) -> tuple[Hashable, ...]:
        """The ids, in the order given."""
        if Starter not in map(type, self.entries):
            return self.entries
        return tuple([entry.id if isinstance(entry, Starter) else entry for entry in self.entries])

    @property
    def named(self) -> dict[Hashable, Starter]:
        """Those of whom more than the id is known, by id."""
        return {entry.id: entry for entry in self.entries if isinstance(entry, Starter)}

    @overload
    def __getitem__(self, index: int) -> Starter: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Starter, ...]: ...
    def __getitem__(self, index: int | slice) -> Starter | tuple[Starter, ...]:
        if isinstance(index, slice):
            return _as_starters(self.entries[index])
        return _as_starters((self.entries[index],))[0]

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


#: How an order can be written: as a list of ids, with a list within it for each dead heat.
OrderLike: TypeAlias = Order | list[Any] | tuple[Any, ...]
#: How a time can be written: as text (``7:58.22``), in seconds, or as a duration.
TimeLike: TypeAlias = RaceTime | str | float | timedelta
#: How a day can be written: as a date, or as text of the form ``YYYY-MM-DD``.
DayLike: TypeAlias = str | date
#: Ids in any collection, or what is noted of each by id.
IdsLike: TypeAlias = list[Any] | tuple[Any, ...] | AbstractSet[Any]

Note = TypeVar("Note")


def to_rulebook(value: Rulebook | str) -> Rulebook:
    """A rulebook from its id."""
    if isinstance(value, str):
        try:
            return rulebook(value)
        except UnknownName:
            pass
    return cast(Rulebook, value)


def to_order(value: OrderLike) -> Order:
    """An order from a list of ids."""
    if isinstance(value, (list, tuple)):
        try:
            return Order.from_list(value)
        except InvalidRecord:
            pass
    return cast(Order, value)


def to_time(value: TimeLike | None) -> RaceTime | None:
    """A time from its text, from seconds, or from a duration."""
    try:
        if isinstance(value, str):
            return RaceTime.from_text(value)
        if isinstance(value, timedelta):
            return RaceTime.from_seconds(value.total_seconds())
        if isinstance(value, Real) and not isinstance(value, bool):
            return RaceTime.from_seconds(float(value))
    except ValueError:
        pass
    return cast(RaceTime | None, value)


def to_tuple(value: Any) -> tuple[Any, ...]:
    """A tuple from a list, or from a set where the order means nothing."""
    if isinstance(value, tuple):
        return value
    if isinstance(value, list):
        return tuple(value)
    return tuple(sorted(value, key=id_order)) if isinstance(value, AbstractSet) else cast(tuple[Any, ...], value)


def to_ids(value: IdsLike) -> tuple[Hashable, ...]:
    """Ids from any collection."""
    return to_tuple(value)


def to_texts(value: Sequence[str]) -> tuple[str, ...]:
    """Texts from a list."""
    return to_tuple(value)


def to_laps(value: Sequence[int]) -> tuple[int, ...]:
    """Laps from a list."""
    laps = to_tuple(value)
    if not isinstance(laps, tuple) or {*map(type, laps)} <= {int}:
        return laps
    return tuple([to_whole(lap) for lap in laps])


def to_number(value: int | None) -> int | None:
    """A whole number, whatever library it comes from."""
    return cast(int | None, to_whole(value))


def to_distance(value: int) -> int:
    """A number of laps, whatever library it comes from."""
    return cast(int, to_whole(value))


def to_starters(value: list[Any] | tuple[Any, ...] | Starters) -> Starters:
    """Starters from ids and starters."""
    return Starters(tuple(value)) if isinstance(value, (list, tuple)) else value


def to_day(value: DayLike | None) -> str | None:
    """The text of a day from a date, or from a date with its time."""
    if isinstance(value, datetime):
        value = value.date()
    return value.isoformat() if isinstance(value, date) else value


def check_day(value: object) -> Iterator[Problem]:
    """What is wrong with a day, if one is given: it is text of the form YYYY-MM-DD, and a real day."""
    if isinstance(value, str) and not is_day(value):
        message = f"{value!r} is not a date of the form YYYY-MM-DD"
        yield Problem("date", "date", message, "write the day of the race, such as 2025-11-16")


def to_sprints(value: Mapping[int, OrderLike] | Sequence[Sprint]) -> tuple[Sprint, ...]:
    """Sprints, ascending, from a mapping of laps to orders."""
    if isinstance(value, (dict, Mapping)):
        value = [Sprint(to_whole(lap), to_order(order)) for lap, order in value.items()]
    if not isinstance(value, (list, tuple)) or not all(isinstance(sprint, Sprint) for sprint in value):
        return cast(tuple[Sprint, ...], value)
    try:
        return tuple(sorted(value, key=attrgetter("lap")))
    except TypeError:
        return tuple(value)


#: Each skater with a time.
Times: TypeAlias = tuple[tuple[Hashable, RaceTime], ...]


def to_times(value: Mapping[Any, TimeLike] | Times) -> Times:
    """Pairs of id and time from a mapping."""
    if isinstance(value, tuple) or not isinstance(value, Mapping):
        return value
    return cast(Times, tuple([(id, to_time(time)) for id, time in value.items()]))


def to_unfinished(
    value: Mapping[Any, int | tuple[int, TimeLike | None] | Unfinished] | IdsLike,
) -> tuple[Unfinished, ...]:
    """Who left the race, from a mapping of ids to laps, or to laps and time."""
    return to_notes(value, Unfinished, _unfinished)


def to_disqualified(value: Mapping[Any, str | Disqualified | None] | IdsLike) -> tuple[Disqualified, ...]:
    """The disqualified, from ids, or a mapping of ids to reasons."""
    return to_notes(value, Disqualified, _disqualified)


def to_advanced(value: Mapping[Any, str | Advanced | None] | IdsLike) -> tuple[Advanced, ...]:
    """Those whom the Referee sends through, from ids, or a mapping of ids to reasons."""
    return to_notes(value, Advanced, Advanced)


def to_notes(value: Any, kind: type[Note], make: Callable[[Any, Any], Note]) -> tuple[Note, ...]:
    """Notes of one kind from ids, or from a mapping of ids to what is noted."""
    if value == ():
        return ()
    if isinstance(value, (list, tuple)):
        return tuple([note if isinstance(note, kind) else make(note, None) for note in value])
    if isinstance(value, Mapping):
        return tuple([note if isinstance(note, kind) else make(id, note) for id, note in value.items()])
    if isinstance(value, AbstractSet):
        return tuple([make(id, None) for id in sorted(value, key=id_order)])
    return cast(tuple[Note, ...], value)


def _unfinished(id: Any, note: Any) -> Unfinished:
    laps, time = note if isinstance(note, tuple) and len(note) == 2 else (note, None)
    return Unfinished(id, to_whole(laps), to_time(time))


def _disqualified(id: Any, reason: Any) -> Disqualified:
    return Disqualified(id, None, reason)


def _laps(race: "RaceRecord") -> int:
    # Without a rulebook there is not a distance either; the check says which of the two is missing.
    return race.rulebook.laps if isinstance(race.rulebook, Rulebook) else cast(int, None)


def _sprint_laps(race: "RaceRecord") -> tuple[int, ...]:
    return race.rulebook.sprint_laps if isinstance(race.rulebook, Rulebook) else ()


@frozen(kw_only=True)
class RaceRecord:
    """Everything that is written down of a race, over or under way; unchecked."""

    rulebook: Rulebook = field(converter=to_rulebook)
    starters: Starters = field(converter=to_starters)
    sprints: tuple[Sprint, ...] = field(default=(), converter=to_sprints)
    finish: Order = field(factory=Order, converter=to_order)
    times: Times = field(default=(), converter=to_times, eq=frozenset)
    lapped: tuple[Hashable, ...] = field(default=(), converter=to_ids, eq=frozenset)
    unfinished: tuple[Unfinished, ...] = field(default=(), converter=to_unfinished, eq=frozenset)
    disqualified: tuple[Disqualified, ...] = field(default=(), converter=to_disqualified, eq=frozenset)
    did_not_start: tuple[Hashable, ...] = field(default=(), converter=to_ids, eq=frozenset)
    guests: tuple[Hashable, ...] = field(default=(), converter=to_ids, eq=frozenset)
    advanced: tuple[Advanced, ...] = field(default=(), converter=to_advanced, eq=frozenset)
    laps: int = field(default=Factory(_laps, takes_self=True), converter=to_distance)
    sprint_laps: tuple[int, ...] = field(default=Factory(_sprint_laps, takes_self=True), converter=to_laps)
    advance: int | None = field(default=None, converter=to_number)
    id: str | None = None
    competition: str | None = None
    date: str | None = field(default=None, converter=to_day)
    event: str | None = None
    round: str | None = None
    sources: tuple[str, ...] = field(default=(), converter=to_texts)

    @property
    def competing(self) -> Self:
        """The race without its guests, whose places close up everywhere."""
        return self._only([id for id in self.starters.ids if id not in set(self.guests)]) if self.guests else self

    @property
    def of_guests(self) -> Self:
        """The race of the guests alone."""
        return self._only(self.guests)

    def _only(self, ids: Sequence[Hashable]) -> Self:
        """The race as though nobody else had taken part; nobody in it is a guest."""
        kept = set(ids)
        away = set(self.starters.ids) - kept
        changes: dict[str, Any] = {
            "starters": [entry for entry in self.starters if entry.id in kept],
            "sprints": [Sprint(sprint.lap, sprint.order.without(away, close=True)) for sprint in self.sprints],
            "finish": self.finish.without(away, close=True),
            "times": tuple([pair for pair in self.times if pair[0] in kept]),
            "guests": (),
        }
        for name in ("lapped", "did_not_start"):
            changes[name] = [id for id in getattr(self, name) if id in kept]
        for name in ("unfinished", "disqualified", "advanced"):
            changes[name] = [note for note in getattr(self, name) if note.id in kept]
        return evolve(self, **changes)

    @property
    def skaters(self) -> Starters:
        """The starters; a published sheet has them under this name too."""
        return self.starters
