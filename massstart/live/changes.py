"""What changed between two standings: who moved, whose points changed, who goes through no more, and why.

Decides what counts as a change, and which event caused it.
"""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from attrs import frozen

from massstart.live.log import RaceLog
from massstart.live.standings import provisional
from massstart.problems import InvalidRecord, Problem
from massstart.result import Result
from massstart.row import Status
from massstart.values import is_count
from massstart.words import count, ordinal


class Standing(NamedTuple):
    """What a skater's change is read off."""

    rank: int | None
    total: int
    status: Status


@frozen
class Change:
    """What changed for one skater.

    Attributes:
        id: the skater.
        name: the skater's name, if known.
        before, after: rank, points that count, and status; ``None`` where the skater had no row.
        advance: ``through`` where the skater is now among those who go through by rank, ``out`` where no longer,
            else ``None``.
        causes: the numbers of the events that changed rank, points or status; empty where two results were compared.
    """

    id: Hashable
    name: str | None
    before: Standing | None
    after: Standing | None
    advance: Literal["through", "out"] | None
    causes: tuple[int, ...] = ()

    def __str__(self) -> str:
        parts = []
        old, new = self.before, self.after
        if old is None or new is None:
            parts.append("is on the start list no more" if new is None else "is on the start list now")
        else:
            if old.rank != new.rank:
                parts.append(f"{_rank(old)} to {_rank(new)}")
            if old.total != new.total:
                more = new.total - old.total
                parts.append(f"{count(abs(more), 'point')} {'more' if more > 0 else 'less'}")
            if old.status != new.status:
                parts.append(new.status)
        if self.advance:
            parts.append("goes through now" if self.advance == "through" else "goes through no longer")
        if self.causes:
            parts.append(f"by event{'' if len(self.causes) == 1 else 's'} {', '.join(map(str, self.causes))}")
        return f"{self.name or self.id}: {', '.join(parts)}"


@frozen
class Changes:
    """What changed for whom: those who changed, in the order of the later standings, then those without a row there.

    Attributes:
        rows: one for each skater for whom something changed.
        advance: how many go through.
    """

    rows: tuple[Change, ...]
    advance: int

    def __iter__(self) -> Iterator[Change]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


def changes(before: RaceLog | Result, after: RaceLog | Result, *, advance: int | None = None) -> Changes:
    """What changed between two standings of a race.

    Args:
        before: a log, or the result or standings of a race.
        after: the same, later or corrected.
        advance: how many go through; as many as the race or its rulebook says unless given.

    Returns:
        A change for each skater whose rank, points or status differ. Where the second log continues the first, each
        tells which events caused it.

    Raises:
        InvalidRecord: ``advance`` is not a number of skaters.

    Example:
        >>> from massstart import loads
        >>> from massstart.live import RaceLog, changes
        >>> log = loads('''
        ... {"kind": "race", "version": 1, "rulebook": "isu-2018", "starters": [{"id": "4"}, {"id": "87"}]}
        ... {"event": "sprint", "lap": 4, "order": ["4", "87"]}
        ... {"event": "finish", "order": ["4", "87"]}
        ... {"event": "disqualified", "id": "4"}
        ... ''', RaceLog)
        >>> for change in changes(log.until(2), log):
        ...     print(change)
        87: 2nd to 1st, 21 points more, by event 3
        4: 1st to no rank, 63 points less, disqualified, goes through no longer, by event 3
    """
    causes = _causes(before, after) if isinstance(before, RaceLog) and isinstance(after, RaceLog) else {}
    old, new = (provisional(given) if isinstance(given, RaceLog) else given for given in (before, after))
    return between(old, new, advance=advance, causes=causes)


def between(
    before: Result, after: Result, *, advance: int | None = None, causes: Mapping[Hashable, Sequence[int]]
) -> Changes:
    """What changed between two results; see `changes`.

    Args:
        before: the result or standings of a race.
        after: the same, later or corrected.
        advance: how many go through.
        causes: by id, the numbers of the events that caused the changes.
    """
    if advance is None:
        advance = after.record.advance or after.record.rulebook.advance
    if not is_count(advance, 1):
        wrong = f"{advance!r} is not a number of skaters"
        raise InvalidRecord([Problem("type", "advance", wrong, "give one from 1 on")])
    names = {row.id: row.name for row in (*before, *after)}
    then, now = _standings(before), _standings(after)
    found = []
    for id in dict.fromkeys((*now, *then)):
        old, new = then.get(id), now.get(id)
        if old != new:
            found.append(Change(id, names[id], old, new, _crossed(old, new, advance), tuple(causes.get(id, ()))))
    return Changes(tuple(found), advance)


def _standings(result: Result) -> dict[Hashable, Standing]:
    return {row.id: Standing(row.rank, row.total or 0, row.status) for row in result}


def _crossed(old: Standing | None, new: Standing | None, advance: int) -> Literal["through", "out"] | None:
    was, is_ = (one is not None and one.rank is not None and one.rank <= advance for one in (old, new))
    return None if was == is_ else "through" if is_ else "out"


def _causes(before: RaceLog, after: RaceLog) -> dict[Hashable, list[int]]:
    """By skater, the numbers of the events that made a difference."""
    first = len(before.events)
    if (before.header, before.first_passing, before.events) != (
        after.header,
        after.first_passing,
        after.events[:first],
    ):
        return {}
    causes: dict[Hashable, list[int]] = {}
    latest = _standings(provisional(before))
    for number in range(first + 1, len(after.events) + 1):
        now = _standings(provisional(after, after=number))
        for id in now:
            if now[id] != latest.get(id):
                causes.setdefault(id, []).append(number)
        latest = now
    return causes


def _rank(standing: Standing) -> str:
    return "no rank" if standing.rank is None else ordinal(standing.rank)
