"""How each skater's race ended: the rank, and the facts that skaters of different races are compared by.

Decides what is taken from a published sheet whose own facts do not settle its order: the printed ranks and marks.
Who goes to the final by them stands in `massstart.advancement`.
"""

from attrs import frozen

from massstart.deduction import Ending, deduce
from massstart.key import Qualified, Status
from massstart.problems import InvalidRecord
from massstart.race import Race
from massstart.ranking import rank as rank_record
from massstart.records import Starter
from massstart.result import Result, Row
from massstart.sheet import Sheet
from massstart.times import RaceTime


@frozen
class Placing:
    """One skater of one race.

    Attributes:
        skater: the skater.
        ending: how the race ended; ``absent`` for a skater who did not start.
        rank: the rank; ``None`` where there is none, or a sheet does not tell it.
        mark: ``q`` for a skater added by decision of the Referee; ``Q`` where only the printed mark tells.
        laps_short: laps short of the distance; ``None`` if not known.
        points: the points that count; ``None`` if not known.
        time: the race time, or that of the last crossing; ``None`` if not known.
    """

    skater: Starter
    ending: Ending | Status
    rank: int | None = None
    mark: Qualified | None = None
    laps_short: int | None = None
    points: int | None = None
    time: RaceTime | None = None

    @property
    def started(self) -> bool:
        """Whether the skater started."""
        return self.ending != "absent"

    @property
    def ranked(self) -> bool:
        """Whether the skater has a rank, known or not."""
        return self.ending not in ("disqualified", "absent")


def placings(record: Race | Sheet | Result) -> tuple[Placing, ...]:
    """How the race of everyone entered ended: by rank, then those whose rank is not known, or who have none.

    Args:
        record: a race, a result, or a sheet. A sheet that settles its own order is ranked; of any other, the
            printed ranks and marks are taken.

    Example:
        >>> from massstart import Race
        >>> from massstart.placing import placings
        >>> race = Race(rulebook="isu-2018", starters=["a", "b", "c"], finish=["b", "a"], did_not_start=["c"])
        >>> [(one.skater.id, one.rank, one.points, one.ending) for one in placings(race)]
        [('b', 1, 60, 'finished'), ('a', 2, 40, 'finished'), ('c', None, None, 'absent')]
    """
    if isinstance(record, Result):
        result = record
    else:
        try:
            result = rank_record(record)
        except InvalidRecord:
            assert isinstance(record, Sheet)  # a race can always be ranked
            return _printed(record)
    ranked = tuple(_of_row(result, row) for row in result)
    started = {one.skater.id for one in ranked}
    absent = (Placing(skater, "absent") for skater in result.record.skaters if skater.id not in started)
    return (*ranked, *absent)


def _of_row(result: Result, row: Row) -> Placing:
    added = result.scores.is_added(row.id)
    short = None if row.laps is None else result.record.laps - row.laps
    return Placing(
        result.scores.starter(row.id), row.status, row.rank, "q" if added else None, short, row.total, row.time
    )


def _printed(sheet: Sheet) -> tuple[Placing, ...]:
    found = []
    for fact, skater in zip(deduce(sheet).facts, sheet.skaters, strict=True):
        mark: Qualified | None = "Q" if fact.row.qualified == "Q" else "q" if fact.row.qualified == "q" else None
        short = None if fact.laps is None else sheet.laps - fact.laps
        rank = fact.row.rank if fact.ranked else None
        found.append(Placing(skater, fact.ending, rank, mark, short, fact.counted, fact.row.time))
    return tuple(sorted(found, key=lambda one: (not one.ranked, one.rank is None, one.rank or 0)))
