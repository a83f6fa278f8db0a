"""What a rulebook is: a distance, two scales of points, and the policies that rankings depend on.

Decides the shape of a rulebook and what a valid one is. Which rulebooks the ISU has had stands in
`massstart.rulebooks`; what the engine makes of one, in `massstart.scoring` and `massstart.ranking`.
"""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import Any, Literal

import attrs
from attrs import field, frozen

from massstart.problems import InvalidRecord, Problem
from massstart.values import is_count

#: How sure a value is: an official document or every official result shows it; much points to it; somebody had to choose.
Confidence = Literal["certain", "likely", "assumed"]
#: Which place follows a dead heat in a sprint: after two firsts the third (``skip``), or the second (``follow``).
DeadHeat = Literal["skip", "follow"]
#: What becomes of the place of a disqualified skater: the others move up (``closed``), or nobody has it (``kept``).
DisqualifiedPlace = Literal["closed", "kept"]


@frozen(init=False)
class Scale:
    """Points by place in a sprint: the first place first, no points after the last.

    Raises:
        InvalidRecord: no points at all, one that is not a whole number from 1 on, or more points for
            a later place.

    Example:
        >>> from massstart import Scale
        >>> Scale(3, 2, 1).points
        (3, 2, 1)
    """

    points: tuple[int, ...]

    def __init__(self, *points: int) -> None:
        if not points or not all(is_count(value, 1) for value in points):
            raise InvalidRecord([Problem("scale", "", f"{points!r} is not a scale", "give whole numbers from 1 on")])
        if any(later > earlier for earlier, later in pairwise(points)):
            raise InvalidRecord(
                [Problem("scale", "", f"{points!r} gives more for a later place", "put the most points first")]
            )
        self.__attrs_init__(points)

    def __iter__(self) -> Iterator[int]:
        return iter(self.points)

    def __len__(self) -> int:
        return len(self.points)

    def __str__(self) -> str:
        return "-".join(map(str, self.points))


@frozen
class Evidence:
    """How sure some values of a rulebook are, and why.

    Attributes:
        fields: the names of the rulebook's fields that this is about.
        confidence: ``certain``, ``likely`` or ``assumed``, as the page of the rules defines the words.
        source: the document, the arithmetic or the data behind it.
    """

    fields: tuple[str, ...]
    confidence: Confidence
    source: str


#: Behind the two policies that no source states; they apply to every rulebook that says nothing else.
ASSUMED_POLICIES = Evidence(
    ("sprint_dead_heat", "disqualified_in_sprint"),
    "assumed",
    "no source states it; a choice had to be made",
)


def _tuple(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


@frozen
class Rulebook:
    """One edition of the rules, or an organiser's own.

    The engine knows no season: whatever differs between rulebooks is a field here.

    Attributes:
        id: short name, such as ``isu-2018``.
        laps: the distance in laps; a race can say otherwise.
        sprint_laps: the laps after which the intermediate sprints are skated, ascending, all before the last.
        intermediate: the points of each intermediate sprint.
        final: the points of the final sprint, at the last lap.
        forfeits: whether a skater who is lapped or does not finish loses all points.
        advance: how many of each semifinal go to the final.
        max_starters: a field larger than this is warned of; ``None`` for no limit.
        sprint_dead_heat: tied skaters each get the points of the higher place; then the next place is
            skipped (``skip``) or goes to the next skater (``follow``).
        disqualified_in_sprint: the places of a disqualified skater in the intermediate sprints are
            ``closed`` up or ``kept`` open.
        disqualified_at_finish: the same for the place across the line and the final sprint.
        junior: whether it is for juniors.
        first_day: the first day on which it applies; ``None`` for a rulebook without a date.
        last_day: the last day; ``None`` while it is in force.
        evidence: what is known about the values, and how surely.

    Raises:
        InvalidRecord: with every field that cannot be.

    Example:
        A rulebook of one's own takes a few lines:

        >>> from massstart import Rulebook, Scale
        >>> school = Rulebook(
        ...     id="school", laps=10, sprint_laps=(3, 6),
        ...     intermediate=Scale(20, 10, 5), final=Scale(40, 20, 10), forfeits=False,
        ... )
        >>> school.final.points
        (40, 20, 10)
    """

    id: str
    laps: int
    sprint_laps: tuple[int, ...] = field(converter=_tuple)
    intermediate: Scale
    final: Scale
    forfeits: bool
    advance: int = 8
    max_starters: int | None = None
    sprint_dead_heat: DeadHeat = "skip"
    disqualified_in_sprint: DisqualifiedPlace = "closed"
    disqualified_at_finish: DisqualifiedPlace = "closed"
    junior: bool = False
    first_day: date | None = None
    last_day: date | None = None
    evidence: tuple[Evidence, ...] = (ASSUMED_POLICIES,)

    def __attrs_post_init__(self) -> None:
        problems = [
            *self._check_fields(),
            *check_distance(self.laps, self.sprint_laps),
        ]
        if problems:
            raise InvalidRecord(problems)

    def _check_fields(self) -> Iterator[Problem]:
        if not isinstance(self.id, str) or not self.id:
            yield Problem("type", "id", f"{self.id!r} is not an id", "give a short name")
        for name in ("intermediate", "final"):
            if not isinstance(getattr(self, name), Scale):
                yield Problem("scale", name, "is not a scale", "write it as Scale(3, 2, 1)")
        for name in ("forfeits", "junior"):
            if not isinstance(getattr(self, name), bool):
                yield Problem("type", name, f"{getattr(self, name)!r} is neither true nor false", "say which")
        if not is_count(self.advance, 1):
            yield Problem("type", "advance", f"{self.advance!r} is not a number of skaters", "give one from 1 on")
        if self.max_starters is not None and not is_count(self.max_starters, 1):
            yield Problem(
                "type", "max_starters", f"{self.max_starters!r} is not a limit", "give a number from 1 on, or none"
            )
        for name, choices in _CHOICES.items():
            if getattr(self, name) not in choices:
                yield Problem(
                    "policy", name, f"{getattr(self, name)!r} is not a policy", f"choose {' or '.join(choices)}"
                )

    def confidence(self, name: str) -> Confidence:
        """How sure one field's value is: the least sure of what is known about it.

        A value about which nothing is known is ``assumed``.

        Raises:
            AttributeError: the rulebook has no such field.

        Example:
            >>> from massstart import rulebook
            >>> rulebook("isu-2018").confidence("final")
            'certain'
            >>> rulebook("isu-2018").confidence("sprint_dead_heat")
            'assumed'
        """
        getattr(self, name)
        known = [evidence.confidence for evidence in self.evidence if name in evidence.fields]
        return max(known, key=_SURENESS.index) if known else "assumed"


_SURENESS: tuple[Confidence, ...] = ("certain", "likely", "assumed")
_CHOICES: dict[str, tuple[str, ...]] = {
    "sprint_dead_heat": ("skip", "follow"),
    "disqualified_in_sprint": ("closed", "kept"),
    "disqualified_at_finish": ("closed", "kept"),
}
#: The fields that a rulebook's values stand in, in the order in which they are shown.
VALUE_FIELDS = tuple(
    name for name in attrs.fields_dict(Rulebook) if name not in {"id", "junior", "first_day", "last_day", "evidence"}
)


def check_distance(laps: Any, sprint_laps: Any) -> Iterator[Problem]:
    """What is wrong with a distance and the laps of its intermediate sprints."""
    if not is_count(laps, 1):
        yield Problem("distance", "laps", f"{laps!r} is not a distance", "give the number of laps, from 1 on")
    if not isinstance(sprint_laps, tuple) or not all(is_count(lap, 1) for lap in sprint_laps):
        yield Problem("sprint-laps", "sprint_laps", f"{sprint_laps!r} are not laps", "list the laps of the sprints")
        return
    if list(sprint_laps) != sorted(set(sprint_laps)):
        yield Problem("sprint-laps", "sprint_laps", f"{sprint_laps} do not ascend", "list each lap once, in order")
    if is_count(laps, 1) and any(lap >= laps for lap in sprint_laps):
        yield Problem(
            "sprint-laps", "sprint_laps", f"{max(sprint_laps)} is not before the last lap, {laps}",
            "leave out the final sprint; intermediate sprints come before it",
        )  # fmt: skip
