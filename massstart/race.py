"""What happened on the ice: the record of one race.

Decides what a race consists of. Which records are refused or warned of stands in `massstart.racecheck`;
what the rules make of a race, in `massstart.scoring` and `massstart.ranking`.
"""

from collections.abc import Hashable
from typing import Any

from attrs import Factory, field, frozen

from massstart.order import Order
from massstart.problems import InvalidRecord, Problem
from massstart.racecheck import check_race, race_warnings
from massstart.records import (
    Advanced,
    Disqualified,
    Sprint,
    Starters,
    Unfinished,
    to_advanced,
    to_disqualified,
    to_order,
    to_rulebook,
    to_sprints,
    to_starters,
    to_times,
    to_tuple,
    to_unfinished,
)
from massstart.rulebook import Rulebook
from massstart.times import RaceTime


def _laps(race: Any) -> Any:
    return race.rulebook.laps if isinstance(race.rulebook, Rulebook) else None


def _sprint_laps(race: Any) -> Any:
    return race.rulebook.sprint_laps if isinstance(race.rulebook, Rulebook) else ()


@frozen(kw_only=True)
class RaceFacts:
    """What is known of a race before its finish: the fields that `Race` and `massstart.live.underway.Underway` share."""

    rulebook: Rulebook = field(converter=to_rulebook)
    starters: Starters = field(converter=to_starters)
    sprints: tuple[Sprint, ...] = field(default=(), converter=to_sprints)
    lapped: tuple[Hashable, ...] = field(default=(), converter=to_tuple, eq=frozenset)
    unfinished: tuple[Unfinished, ...] = field(default=(), converter=to_unfinished, eq=frozenset)
    disqualified: tuple[Disqualified, ...] = field(default=(), converter=to_disqualified, eq=frozenset)
    did_not_start: tuple[Hashable, ...] = field(default=(), converter=to_tuple, eq=frozenset)
    advanced: tuple[Advanced, ...] = field(default=(), converter=to_advanced, eq=frozenset)
    laps: int = Factory(_laps, takes_self=True)
    sprint_laps: tuple[int, ...] = field(default=Factory(_sprint_laps, takes_self=True), converter=to_tuple)
    advance: int | None = None
    id: str | None = None
    competition: str | None = None
    date: str | None = None
    event: str | None = None
    round: str | None = None
    sources: tuple[str, ...] = field(default=(), converter=to_tuple)

    @property
    def skaters(self) -> Starters:
        """The starters; a published sheet has them under this name too."""
        return self.starters


@frozen(kw_only=True)
class Race(RaceFacts):
    """One race: who started, the order at each sprint and at the finish, and what became of the others.

    Attributes:
        rulebook: a `Rulebook`, or the id of one.
        starters: ids, or `Starter` values where names and nations are known.
        finish: the order across the line at full distance: ids, with a list within the list for a dead heat.
        sprints: the order at each intermediate sprint, by lap.
        times: race times by id, of those in ``finish``: text (``7:58.22``) or `RaceTime`.
        lapped: those in ``finish`` who were lapped.
        unfinished: who left the race, by id: the laps completed, or ``(laps, time)``.
        disqualified: ids, or reasons by id. They may stand in the sprints and in the finish.
        did_not_start: ids.
        advanced: whom the Referee sends to the next round in addition: ids, or reasons by id.
        laps: the distance, from 1 on; the rulebook's unless given.
        sprint_laps: the laps of the intermediate sprints; the rulebook's unless given.
        advance: how many go to the next round; ``None`` where there is none.
        id, competition, date, event, round, sources: free text that is carried along.

    Raises:
        InvalidRecord: with every problem of the record.

    Example:
        >>> from massstart import Race
        >>> race = Race(
        ...     rulebook="isu-2018", starters=["a", "b", "c"],
        ...     sprints={4: ["b", "a", "c"], 8: ["b"], 12: ["c", "b", "a"]}, finish=["a", ["b", "c"]],
        ... )
        >>> [(warning.kind, warning.where) for warning in race.warnings]
        [('short-sprint', 'sprints.8')]
    """

    finish: Order = field(converter=to_order)
    times: tuple[tuple[Hashable, RaceTime], ...] = field(default=(), converter=to_times, eq=frozenset)

    def __attrs_post_init__(self) -> None:
        problems = check_race(self)
        if problems:
            raise InvalidRecord(problems)

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """What is doubtful about the record, though it can be scored."""
        return tuple(race_warnings(self))
