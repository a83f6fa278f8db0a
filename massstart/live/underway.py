"""A race under way: what has happened on the ice so far.

Decides who is still racing and which sprints are still to come. Which records are refused stands in
`massstart.racecheck`, what a sprint is worth in `massstart.scoring`; a race under way and one that is over go through
the same code. What can still happen is worked out in `massstart.live.outlook`.
"""

from collections.abc import Hashable, Mapping
from typing import Any

import attrs
from attrs import frozen

from massstart.order import Order
from massstart.problems import InvalidRecord, Problem, UnknownName
from massstart.race import Race, RaceFacts
from massstart.racecheck import check_race, underway_warnings
from massstart.scoring import intermediate_awards, totals


@frozen(kw_only=True)
class Underway(RaceFacts):
    """A race that nobody has finished: who started, the sprints skated so far, and who is out.

    It has the fields of `Race` without ``finish`` and ``times``. Whoever is not in ``unfinished``, ``disqualified``
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
        >>> race.racing, race.sprints_left, race.points("b")
        (('a', 'b'), (8, 12, 16), 3)
        >>> [(row.rank, row.id) for row in rank(race.with_finish(["a", "b"]))]
        [(1, 'a'), (2, 'b'), (3, 'c')]
    """

    def __attrs_post_init__(self) -> None:
        problems = check_race(self, under_way=True)
        if problems:
            raise InvalidRecord(problems)

    @property
    def finish(self) -> Order:
        """The order across the line: nobody yet."""
        return Order()

    @property
    def times(self) -> tuple[()]:
        """The race times: none yet."""
        return ()

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

    def totals(self) -> dict[Hashable, int]:
        """The points that count so far, of every starter: none for the disqualified, nor where they are forfeited."""
        disqualified = {note.id for note in self.disqualified}
        return dict.fromkeys(self.starters.ids, 0) | totals(self, intermediate_awards(self, disqualified))

    def points(self, id: Hashable) -> int:
        """The points of a starter that count so far; see `totals`.

        Raises:
            UnknownName: no starter has the id.
        """
        found = self.totals()
        if id not in found:
            raise UnknownName(f"no starter has the id {id!r}; there are {', '.join(map(str, found))}")
        return found[id]

    def with_finish(self, finish: Any, *, times: Mapping[Hashable, Any] | None = None, **changes: Any) -> Race:
        """The race, completed.

        Args:
            finish: the order across the line, as in `Race`.
            times: race times by id, as in `Race`.
            changes: other fields of the race that are not as they are here.

        Raises:
            InvalidRecord: with every problem of the completed race.
        """
        known = {name: getattr(self, name) for name in attrs.fields_dict(RaceFacts)}
        return Race(**known | {"finish": finish, "times": times or ()} | changes)
