"""Who of Division B starts in Division A the same day.

Decides the cut of 2025/26: the first three, and one more with the most intermediate points among the rest. Likely:
it rebuilds the totals of every official standing seen. Whether they start is their own choice.
"""

from collections.abc import Iterable

from massstart.deduction import Line

#: How many go up by rank alone.
BY_RANK = 3


def promoted(lines: Iterable[Line]) -> tuple[Line, ...]:
    """The lines of a Division B sheet whose skaters may start in Division A too.

    Only lines with a rank and sprint columns count. The one more has points and finished; the better rank decides
    a tie.
    """
    ranked = [line for line in lines if line.row.rank is not None]
    first = [line for line in ranked if (line.row.rank or 0) <= BY_RANK]
    others = [line for line in ranked if line not in first and line.row.status == "finished"]
    scorers = [line for line in others if sum(line.printed.sprints or ()) > 0]
    one_more = min(scorers, key=lambda line: (-sum((line.printed.sprints or ())[:-1]), line.row.rank), default=None)
    return (*first, *([one_more] if one_more else []))
