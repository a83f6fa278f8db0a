"""Many races of one rulebook as arrays: a row for each race, a column for each skater.

Decides what the arrays hold, and which parts of a block of races belong together. Which arrays are refused stands in
`massstart.batch.check`, what the rules make of them in `massstart.batch.kernel`.
"""

from collections.abc import Hashable, Iterator, Sequence
from typing import Any, Self, TypeAlias

import numpy as np
import numpy.typing as npt
from attrs import Factory, evolve, field, frozen

from massstart.problems import Problem
from massstart.records import to_distance, to_laps, to_number, to_rulebook
from massstart.row import Status
from massstart.rulebook import Rulebook

#: Whole numbers of any size.
Ints: TypeAlias = npt.NDArray[Any]
#: Whether, cell by cell.
Bools: TypeAlias = npt.NDArray[np.bool_]

#: How a skater's race ended, by the number that stands for it in an array.
STATUSES: tuple[Status, ...] = ("finished", "lapped", "unfinished", "disqualified", "absent")
#: Crossed the line at full distance.
FINISHED = STATUSES.index("finished")
#: Was lapped, and crossed the line.
LAPPED = STATUSES.index("lapped")
#: Left the race.
UNFINISHED = STATUSES.index("unfinished")
#: Was disqualified.
DISQUALIFIED = STATUSES.index("disqualified")
#: Did not start, or is no skater at all: what fills a row up.
ABSENT = STATUSES.index("absent")

#: The last time of an unfinished skater whom nobody timed.
UNTIMED = -1

#: The arrays that a block of races may go without.
OPTIONAL = ("sprints", "status", "laps_completed", "last_times", "guests", "advanced")


def _laps(races: "Races") -> int:
    # Without a rulebook there is no distance either; the check says which of the two is missing.
    return races.rulebook.laps if isinstance(races.rulebook, Rulebook) else 0


def _sprint_laps(races: "Races") -> tuple[int, ...]:
    return races.rulebook.sprint_laps if isinstance(races.rulebook, Rulebook) else ()


def _array(value: Any) -> Any:
    """An array; rows of different lengths as they are, for the check to refuse."""
    try:
        return None if value is None else np.asarray(value)
    except ValueError:
        return value


@frozen(kw_only=True, eq=False)
class Races:
    """Many races of one rulebook and one distance. Nothing is checked before `score`.

    Fields of different sizes stand in one block when the columns that a race does not need are ABSENT.

    Attributes:
        rulebook: a `massstart.Rulebook`, or the id of one.
        finish: the place across the line, as (races, skaters) of whole numbers: 1, 2, 2, 4 in a dead heat, 0 for
            whoever did not cross it at full distance.
        sprints: the same in each intermediate sprint, as (races, sprints, skaters), in the order of ``sprint_laps``; 0 for
            whoever is not named. ``None``: nobody is named in any.
        status: FINISHED, LAPPED, UNFINISHED, DISQUALIFIED or ABSENT, the numbers 0 to 4, as (races, skaters). ``None``:
            everybody finished.
        laps_completed: read for the UNFINISHED only; (races, skaters).
        last_times: milliseconds at the last crossing, -1 where nobody knows; read for the UNFINISHED only.
        guests: who skates out of competition, as (races, skaters) of booleans.
        advanced: whom the Referee sends through, as (races, skaters) of booleans.
        laps: the distance; the rulebook's unless given.
        sprint_laps: the laps of the intermediate sprints; the rulebook's unless given.
        advance: how many of each race go on; ``None`` where there is no next round.
        ids: the ids of the columns, race by race. A race with fewer ids than columns ends with columns that stand for
            nobody. ``None``: skaters are known by their columns.

    Example:
        >>> from massstart.batch import Races, score
        >>> two = Races(rulebook="isu-2018", advance=1, finish=[[1, 2, 3], [3, 1, 1]], sprints=[
        ...     [[0, 0, 1], [0, 0, 1], [0, 0, 1]],
        ...     [[1, 2, 3], [1, 2, 3], [1, 2, 3]],
        ... ])
        >>> score(two).total.tolist()
        [[60, 40, 29], [29, 66, 63]]
    """

    rulebook: Rulebook = field(converter=to_rulebook)
    finish: Ints = field(converter=_array)
    sprints: Ints | None = field(default=None, converter=_array)
    status: Ints | None = field(default=None, converter=_array)
    laps_completed: Ints | None = field(default=None, converter=_array)
    last_times: Ints | None = field(default=None, converter=_array)
    guests: Bools | None = field(default=None, converter=_array)
    advanced: Bools | None = field(default=None, converter=_array)
    laps: int = field(default=Factory(_laps, takes_self=True), converter=to_distance)
    sprint_laps: tuple[int, ...] = field(default=Factory(_sprint_laps, takes_self=True), converter=to_laps)
    advance: int | None = field(default=None, converter=to_number)
    ids: Sequence[Sequence[Hashable]] | None = None

    def __len__(self) -> int:
        """How many races there are."""
        return len(self.finish)

    @property
    def skaters(self) -> int:
        """How many columns there are."""
        return int(self.finish.shape[1])

    def __getitem__(self, rows: slice) -> Self:
        """Some of the races; the arrays are views.

        Raises:
            TypeError: what is not a slice; a single race is a slice too, as in ``races[5:6]``.
        """
        if not isinstance(rows, slice):
            raise TypeError(f"{rows!r} is not a slice; of one race, write [{rows}:{rows} + 1]")
        given: dict[str, Any] = {name: getattr(self, name) for name in (*OPTIONAL, "ids")}
        some: dict[str, Any] = {name: None if value is None else value[rows] for name, value in given.items()}
        return evolve(self, finish=self.finish[rows], **some)

    def blocks(self, size: int) -> Iterator[Self]:
        """The races in order, so many at a time."""
        return (self[start : start + size] for start in range(0, len(self), size))

    def column(self, name: str) -> str:
        """What a message calls an array."""
        return name

    def which(self, race: int) -> str:
        """What a message calls a race."""
        return str(race)

    def where(self, name: str, race: int, skater: int) -> str:
        """What a message calls a cell, with the skater's id if there is one."""
        cell = f"{name}[{race}, {skater}]"
        return f"{cell} of {self.ids[race][skater]}" if self.ids and skater < len(self.ids[race]) else cell


@frozen(eq=False)
class Scored:
    """What the rules make of many races. The shapes are those of the `Races`.

    Attributes:
        rank: from 1 on, shared in a full dead heat; 0 for the disqualified, the absent and guests.
        total: the points that count.
        points: the points won in each sprint, the final sprint last, forfeited or not: (races, sprints + 1, skaters).
        finish: the place across the line as the rulebook counts it; 0 for whoever has none.
        qualified: 1 for those who go on by rank (``Q``), 2 for those whom the Referee sends on (``q``), else 0.
        warnings: what is doubtful about the races, by kind: how many, and the first. None unless the arrays were checked.
    """

    rank: Ints
    total: Ints
    points: Ints
    finish: Ints
    qualified: Ints
    warnings: tuple[Problem, ...] = ()

    def __len__(self) -> int:
        """How many races there are."""
        return len(self.rank)
