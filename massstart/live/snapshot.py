"""Everything that a screen shows of a race at one moment, as one value.

Decides what belongs together. Nothing is kept from one snapshot to the next: a log goes in, a snapshot comes out.
"""

from collections.abc import Hashable, Iterable
from typing import Literal

from attrs import frozen

from massstart.live.changes import Changes, between
from massstart.live.hints import expected, hints_of
from massstart.live.log import RaceLog
from massstart.live.outlook import Outlook, outlook
from massstart.live.standings import provisional
from massstart.problems import Problem, TooManyWays
from massstart.reasons import By
from massstart.result import Result


@frozen
class Why:
    """One comparison of a skater with others: what a sentence says, for a page in another language.

    Attributes:
        id: the skater.
        side: ``behind`` the others, ``ahead`` of them, or ``with`` them on one rank.
        by: what parts them; see `massstart.reasons.Comparison`.
        others: the ids of the others.
    """

    id: Hashable
    side: Literal["with", "behind", "ahead"]
    by: By
    others: tuple[Hashable, ...]


@frozen
class Snapshot:
    """A race at one moment.

    Attributes:
        event: the number of the latest event; 0 before the first.
        standings: provisional while the race goes on, with the reason for every rank; then the result.
        why: what the reasons say, as values.
        outlook: what everybody can reach, with what each needs; ``None`` once the race is over, or where it is too open
            to be worked out.
        changes: what the latest event has changed.
        warnings: what is doubtful about the race.
        refused: what could not be used of the log.
        missing: what the log still lacks for a result: outcomes, laps of those who left, places that were passed over.
        racing: those of whom no outcome is known.
        expected: those in the order in which they are expected at the line, by their crossings.
        hints: what looks wrong, and may be right.
    """

    event: int
    standings: Result
    why: tuple[Why, ...]
    outlook: Outlook | None
    changes: Changes
    warnings: tuple[Problem, ...]
    refused: tuple[Problem, ...]
    missing: tuple[Problem, ...]
    racing: tuple[Hashable, ...]
    expected: tuple[Hashable, ...]
    hints: tuple[Problem, ...]

    @property
    def is_over(self) -> bool:
        """Whether the outcome of everybody is known."""
        return not self.standings.is_provisional


def snapshot(log: RaceLog, *, refused: Iterable[Problem] = ()) -> Snapshot:
    """A race as its log tells it at this moment.

    Args:
        log: the log.
        refused: what could not be used of it, such as `massstart.feed.Feed.refused`.

    Example:
        >>> from massstart.live import Arrival, RaceLog, Underway, snapshot
        >>> log = RaceLog(Underway(rulebook="isu-2018", starters=["4", "87", "9"], advance=2), [Arrival("87"), Arrival("4")])
        >>> now = snapshot(log)
        >>> now.racing, [(row.id, row.finish, row.status) for row in now.outlook]
        (('9',), [('87', 1, 'through'), ('4', 2, 'through'), ('9', None, 'out')])
        >>> str(now.changes.rows[0])
        '4: 40 points more, finished, by event 2'
    """
    number, so_far = len(log.events), log.progress()
    before, standings = provisional(log.until(max(number - 1, 0))), provisional(log)
    return Snapshot(
        event=number,
        standings=standings,
        why=tuple(
            Why(row.id, one.side, one.by, tuple([other.id for other in one.skaters]))
            for row in standings
            for one in standings.comparisons(row.id)
        ),
        outlook=_ahead(log) if standings.is_provisional else None,
        changes=between(before, standings, causes=dict.fromkeys([row.id for row in standings], (number,))),
        warnings=standings.warnings,
        refused=tuple(refused),
        missing=log.missing(),
        racing=so_far.racing,
        expected=expected(so_far),
        hints=hints_of(log.header.starters.ids, so_far),
    )


def _ahead(log: RaceLog) -> Outlook | None:
    try:
        return outlook(log)
    except TooManyWays:
        return None
