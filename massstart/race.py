"""What happened on the ice: the record of one race, over or under way.

Decides what a race consists of, who is still racing, and which sprints are still to come. Which records are refused or
warned of stands in `massstart.racecheck`; what the rules make of a race, in `massstart.ranking`.
"""

from collections.abc import Hashable
from typing import Any

from attrs import asdict, field, frozen

from massstart.order import Order
from massstart.problems import InvalidRecord, Problem
from massstart.racecheck import check_race, check_underway, race_warnings, underway_warnings
from massstart.records import RaceRecord, to_order


@frozen(kw_only=True)
class Race(RaceRecord):
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
        guests: ids of those who skate out of competition: they take nobody's place or points, and are ranked apart.
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

    def __attrs_post_init__(self) -> None:
        problems = check_race(self)
        if problems:
            raise InvalidRecord(problems)

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """What is doubtful about the record, though it can be scored."""
        return tuple(race_warnings(self))


@frozen(kw_only=True)
class Underway(RaceRecord):
    """A race that nobody has finished: who started, the sprints skated so far, and who is out.

    It has the fields of `Race`; ``finish`` and ``times`` are empty. Whoever is not in ``unfinished``, ``disqualified``
    or ``did_not_start`` is still racing. A lapped skater still races, and will stand in the finish.

    A sprint that ``sprints`` does not name is still to come, also where a later one is given: its order may arrive
    late, and until then its points can be won. Such a gap is warned of.

    Raises:
        InvalidRecord: with every problem of the record.

    Example:
        >>> from massstart import rank
        >>> from massstart.live import Underway
        >>> race = Underway(
        ...     rulebook="isu-2018", starters=["a", "b", "c"], sprints={4: ["b", "a"]}, unfinished={"c": 3},
        ... )
        >>> race.racing, race.sprints_left
        (('a', 'b'), (8, 12, 16))
        >>> [(row.rank, row.id) for row in rank(race.with_finish(["a", "b"]))]
        [(1, 'a'), (2, 'b'), (3, 'c')]
    """

    def __attrs_post_init__(self) -> None:
        problems = check_underway(self)
        if problems:
            raise InvalidRecord(problems)

    @property
    def racing(self) -> tuple[Hashable, ...]:
        """Who is still in the race, in the order of the starters."""
        out = {note.id for note in self.unfinished}.union([note.id for note in self.disqualified], self.did_not_start)
        return tuple([id for id in self.starters.ids if id not in out])

    @property
    def sprints_left(self) -> tuple[int, ...]:
        """The laps of the sprints still to come, the final sprint last."""
        skated = {sprint.lap for sprint in self.sprints}
        return (*[lap for lap in self.sprint_laps if lap not in skated], self.laps)

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """What is doubtful about the record, though it can be used."""
        return tuple(underway_warnings(self))

    def with_finish(self, finish: Any, **changes: Any) -> Race:
        """The race, completed.

        Args:
            finish: the order across the line, as in `Race`.
            changes: other fields of the race that are not as they are here, such as ``times``.

        Raises:
            InvalidRecord: with every problem of the completed race.
        """
        return Race(**asdict(self, recurse=False) | {"finish": finish} | changes)
