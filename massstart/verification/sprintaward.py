"""What one sprint can hand out, dead heats included.

Decides which handings-out of a scale are legal. What an order across the line is worth stands in `massstart.scoring`;
here the order is not known, only how often each value was handed out.
"""

from collections.abc import Sequence
from itertools import groupby

from massstart.rulebook import DeadHeat, Scale

#: How often each value of a scale is handed out, the highest value first.
Counts = tuple[int, ...]

#: Points above which it is not worked out which sums can be reached, for that would take longer than the search.
_HIGH = 10_000


def least_award(given: Counts, places: Counts, reached: int, dead_heat: DeadHeat | None) -> Counts | None:
    """The smallest legal handing-out of a sprint that contains what is handed out already.

    Args:
        given: what is handed out, by value.
        places: how many places of the scale have each value.
        reached: how many skaters reached the sprint.
        dead_heat: what a dead heat does to the next place; ``None`` for a sprint without one.

    Returns:
        How often each value is handed out then; ``None`` where no legal handing-out contains what is given.

    Example:
        >>> from massstart.verification.sprintaward import least_award
        >>> scale = (1, 1, 1)  # three places, such as 3-2-1, each with a value of its own
        >>> least_award((2, 0, 0), scale, 9, "skip"), least_award((2, 0, 0), scale, 9, "follow")
        ((2, 0, 1), (2, 1, 1))
        >>> print(least_award((2, 1, 0), scale, 9, "skip"))
        None
    """
    holders = end = 0
    award = []
    for count, size in zip(given, places, strict=True):
        end += size
        # Where dead heats use up places, those of a value may be used up before it is its turn.
        due = min(size, reached - holders) if dead_heat == "follow" else max(0, min(end, reached) - holders)
        if count > due and (not due or dead_heat is None):
            return None
        award.append(max(count, due))
        holders += award[-1]
    return tuple(award) if holders <= reached else None


def is_legal_award(awarded: Sequence[int], scale: Scale, dead_heat: DeadHeat, reached: int, missing: int = 0) -> bool:
    """Whether the points won in one sprint are a legal handing-out.

    Args:
        awarded: the points, in any order.
        scale: the points of the sprint.
        dead_heat: what a dead heat does to the next place.
        reached: how many skaters can have won any.
        missing: how many others may have won points that are not among those awarded.

    Example:
        >>> from massstart import Scale
        >>> from massstart.verification.sprintaward import is_legal_award
        >>> is_legal_award([3, 1], Scale(3, 2, 1), "skip", reached=8)
        False
        >>> is_legal_award([3, 1], Scale(3, 2, 1), "skip", reached=8, missing=1)
        True
    """
    values, places = levels(scale)
    given = tuple(map(awarded.count, values))
    if len(awarded) > reached or sum(given) < len(awarded):
        return False
    for absent in range(missing + 1):
        least = least_award(given, places, reached + absent, dead_heat)
        if least is not None and sum(least) - len(awarded) <= absent:
            return True
    return False


def levels(scale: Scale) -> tuple[tuple[int, ...], Counts]:
    """The values of a scale, and how many places have each."""
    levels = [(value, len(list(places))) for value, places in groupby(scale)]
    return tuple(value for value, _ in levels), tuple(size for _, size in levels)


def reachable_sums(scale: Scale, sprints: int) -> list[int]:
    """Which points one skater can have from so many sprints together: for 0, 1, 2, … sprints a number, read bit by bit.

    Where the points are very high every bit is set, and so rules nothing out.

    Example:
        >>> from massstart import Scale
        >>> from massstart.verification.sprintaward import reachable_sums
        >>> sums = reachable_sums(Scale(5, 3), sprints=2)[2]
        >>> [points for points in range(12) if sums >> points & 1]
        [0, 3, 5, 6, 8, 10]
    """
    if max(scale) * sprints > _HIGH:
        return [-1] * (sprints + 1)
    sums = [1]
    for _ in range(sprints):
        sums.append(sums[-1])
        for points in set(scale):
            sums[-1] |= sums[-2] << points
    return sums
