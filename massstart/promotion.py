"""Who of Division B starts in Division A the same day.

Decides the cut of 2025/26: the first three, and one more with the most intermediate points among the rest. Likely:
it rebuilds the totals of every official standing seen. Whether they start is their own choice.
"""

from collections.abc import Iterable

from massstart.deduction import Fact

#: How many go up by rank alone.
BY_RANK = 3


def promoted(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """The rows of a Division B sheet that may start in Division A too.

    Only rows with a rank and sprint columns count. The one more has points and finished; the better rank decides
    a tie.
    """
    ranked = [fact for fact in facts if fact.ranked and fact.row.rank is not None]
    first = [fact for fact in ranked if (fact.row.rank or 0) <= BY_RANK]
    others = [fact for fact in ranked if fact not in first and fact.ending == "finished"]
    scorers = [fact for fact in others if sum(fact.row.sprints or ()) > 0]
    one_more = min(scorers, key=lambda fact: (-sum((fact.row.sprints or ())[:-1]), fact.row.rank), default=None)
    return (*first, *([one_more] if one_more else []))
