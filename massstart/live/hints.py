"""What a log suggests, and does not prove: a crossing that was missed, a skater who is missing from a sprint.

Decides what is told to whoever keeps the log. Nothing here changes a result.
"""

from collections.abc import Hashable, Iterator, Sequence
from itertools import pairwise
from statistics import median

from massstart.live.log import RaceLog
from massstart.live.passings import Crossings
from massstart.live.progress import Progress
from massstart.problems import Problem
from massstart.words import listing

#: A lap that takes this many times the usual one is likely two laps, with a crossing that nobody recorded (assumed).
TWO_LAPS = 1.7
#: Of a sprint that is full otherwise, at most so many are missing.
FEW = 2


def hints(log: RaceLog) -> tuple[Problem, ...]:
    """What looks wrong in a log that nothing contradicts, each with its place in the race.

    Example:
        >>> from massstart.live import RaceLog, Sprint, Underway
        >>> from massstart.live.hints import hints
        >>> from massstart.order import Order
        >>> race = Underway(rulebook="isu-2018", starters=["4", "87", "9", "53"])
        >>> [hint.message for hint in hints(RaceLog(race, [Sprint(4, Order(["4", "87", "53"]))]))]
        ["everybody still racing stands in the order but '9'"]
    """
    so_far = log.progress()
    return hints_of(log.header.starters.ids, so_far)


def hints_of(starters: Sequence[Hashable], so_far: Progress) -> tuple[Problem, ...]:
    """The same of a log that was looked through already."""
    return (*_slow_laps(so_far.crossings), *_missing_from_sprints(starters, so_far))


def expected(so_far: Progress) -> tuple[Hashable, ...]:
    """Those still racing in the order in which they are expected at the line; nobody who has not crossed it yet.

    Who crossed it longest ago is expected first.
    """
    last = {id: time.milliseconds for id in so_far.racing if (time := so_far.crossings.last(id)) is not None}
    return tuple(sorted(last, key=last.__getitem__))


def _laps_of(crossings: Crossings, id: Hashable) -> list[int]:
    """How long each lap of a skater took, in milliseconds, from the second crossing on."""
    times = [time.milliseconds for time in crossings.times[id]]
    return [later - earlier for earlier, later in pairwise(times)]


def _slow_laps(crossings: Crossings) -> Iterator[Problem]:
    every = [lap for id in crossings.times for lap in _laps_of(crossings, id)]
    usual = median(every) if every else 0
    for id in crossings.times:
        for number, lap in enumerate(_laps_of(crossings, id), crossings.first + 1):
            if lap > TWO_LAPS * usual:
                took = f"lap {number} of {id!r} took {lap / 1000:.1f} s, and a lap takes {usual / 1000:.1f}"
                yield Problem(
                    "missed-crossing", f"passings.{id}", took, "send the crossing that was missed, if one was"
                )


def _missing_from_sprints(starters: Sequence[Hashable], so_far: Progress) -> Iterator[Problem]:
    # While the field crosses the line somebody is always missing; an order of the judges is meant to be whole.
    for sprint in [sprint for sprint in so_far.sprints if sprint.lap in so_far.called]:
        there = {note.id for note in so_far.unfinished if note.laps >= sprint.lap}.union(
            so_far.racing, so_far.finish.ids
        )
        gone = {note.id for note in so_far.disqualified}
        missing = [id for id in starters if id in there - gone and id not in sprint.order.ids]
        if 0 < len(missing) <= FEW and len(sprint.order) > len(missing):
            who = listing([repr(id) for id in missing])
            wrong = f"everybody still racing stands in the order but {who}"
            yield Problem(
                "missing-from-sprint", f"sprints.{sprint.lap}", wrong, "add who was overlooked, if anybody was"
            )
