"""What is written down of an event: its races, its field, and what was decided around them; unchecked.

Decides what an event consists of. Which events are refused or warned of stands in `massstart.event.check`; what follows
from one, in `massstart.event.event`.
"""

from collections.abc import Hashable, Sequence
from typing import Any

import attrs
from attrs import Factory, frozen

from massstart.advancement import Entry
from massstart.event.entrants import Entrants, Record, identify
from massstart.event.overall import Policy
from massstart.event.seeding import Draw
from massstart.records import IdsLike, Starters, to_day, to_notes, to_starters, to_texts, to_tuple


@frozen
class Withdrawal:
    """A skater who withdraws from an event, with the reason, if given."""

    id: Hashable
    reason: str | None = None


def to_withdrawals(value: dict[Any, str | None] | IdsLike) -> tuple[Withdrawal, ...]:
    """Those who withdraw, in their order, from ids, or a mapping of ids to reasons."""
    return to_notes(value, Withdrawal, Withdrawal)


def to_records(value: Sequence[Record | None]) -> tuple[Record | None, ...]:
    """Races and sheets from a list."""
    return to_tuple(value)


def to_entries(value: Sequence[Entry] | None) -> tuple[Entry, ...] | None:
    """The lines of a start list, from a list."""
    return None if value is None else to_tuple(value)


def _records(event: Any) -> list[tuple[str, Record | None]]:
    return [*((f"semifinals[{index}]", one) for index, one in enumerate(event.semifinals)), ("final", event.final)]


def _entered(event: Any) -> Any:
    """The field that the records tell, if they are records."""
    try:
        return list(identify(None, _records(event)).starters)
    except AttributeError:
        return None


@frozen(kw_only=True)
class EventRecord:
    """Everything that is written down of an event; unchecked."""

    semifinals: tuple[Record | None, ...] = attrs.field(default=(), converter=to_records)
    final: Record | None = None
    field: Starters = attrs.field(default=Factory(_entered, takes_self=True), converter=to_starters)
    draw: Draw | None = None
    withdrawals: tuple[Withdrawal, ...] = attrs.field(default=(), converter=to_withdrawals)
    published: tuple[Entry, ...] | None = attrs.field(default=None, converter=to_entries)
    advance: int | None = None
    policy: Policy = "rank-points-time"
    id: str | None = None
    competition: str | None = None
    date: str | None = attrs.field(default=None, converter=to_day)
    event: str | None = None
    sources: tuple[str, ...] = attrs.field(default=(), converter=to_texts)

    @property
    def records(self) -> list[tuple[str, Record | None]]:
        """The semifinals and the final, each with its place in the event."""
        return _records(self)

    @property
    def entrants(self) -> Entrants:
        """The skaters, and who they are in each record."""
        return identify(self.field, self.records)
