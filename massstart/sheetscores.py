"""A published sheet, scored from its own facts: the printed points, laps and times.

Decides when those facts settle the order. They are worked out in `massstart.deduction`; the printed ranks
play no part, except between two skaters within one printed hundredth.
"""

from collections import Counter
from collections.abc import Hashable, Iterator

from attrs import field, frozen

from massstart.deduction import Deduction, Fact, deduce
from massstart.key import UNTIMED, Key, Status
from massstart.problems import InvalidRecord, Problem
from massstart.records import Starter
from massstart.sheet import Sheet
from massstart.times import RaceTime


def sheet_scores(sheet: Sheet) -> "SheetScores":
    """Score a sheet.

    Raises:
        InvalidRecord: its facts do not settle the order, with every gap.
    """
    deduction = deduce(sheet)
    gaps = list(_gaps(sheet, deduction))
    if gaps:
        raise InvalidRecord(gaps)
    skaters = sheet.skaters
    facts = {skaters[fact.index].id: fact for fact in deduction.facts if fact.ending != "absent"}
    keys = {id: _key(sheet, fact) for id, fact in facts.items() if fact.ranked}
    return SheetScores(sheet, keys, frozenset(facts.keys() - keys.keys()), facts, deduction.line_known)


@frozen
class SheetScores:
    """The scores of a sheet; see `massstart.key.Scores`."""

    record: Sheet
    keys: dict[Hashable, Key] = field(eq=False)
    unranked: frozenset[Hashable] = field(eq=False)
    _facts: dict[Hashable, Fact] = field(eq=False)
    _line_known: bool = field(eq=False)

    def starter(self, id: Hashable) -> Starter:
        """Name and nation of a skater."""
        return self.record.skaters[self._facts[id].index]

    def status(self, id: Hashable) -> Status:
        """How the skater's race ended."""
        ending = self._facts[id].ending
        assert ending != "absent"  # who did not start has no row
        return ending

    def laps(self, id: Hashable) -> int | None:
        """The laps completed, if known."""
        return self._facts[id].laps

    def sprints(self, id: Hashable) -> tuple[int | None, ...]:
        """The points of each sprint, as far as the sheet tells."""
        return self._facts[id].cells

    def finish(self, id: Hashable) -> int | None:
        """The place across the line, if everybody's time is known."""
        return self._facts[id].line if self._line_known else None

    def time(self, id: Hashable) -> RaceTime | None:
        """The printed time."""
        return self._facts[id].row.time

    def is_added(self, id: Hashable) -> bool:
        """Whether the sheet marks the skater as added by decision."""
        return self._facts[id].row.qualified == "q"


def _key(sheet: Sheet, fact: Fact) -> Key:
    points = -(fact.counted or 0)
    if fact.at_full_distance:
        return Key(0, points, fact.line or UNTIMED)
    # Without the laps, the skater is somewhere short of the distance; _gaps lets only one such skater through.
    short = sheet.laps - (fact.laps or 0)
    return Key(short, points, fact.row.time.milliseconds if fact.row.time else UNTIMED)


def _gaps(sheet: Sheet, deduction: Deduction) -> Iterator[Problem]:
    """The facts that are missing from a sheet to settle the order."""
    if not sheet.complete:
        yield Problem("missing-fact", "rows", "rows are missing from the sheet", "add a row for everyone who started")
    ranked = [fact for fact in deduction.facts if fact.ranked]
    unfinished = [fact for fact in ranked if fact.ending == "unfinished"]
    level = Counter(fact.counted for fact in ranked if fact.at_full_distance)
    for fact in ranked:
        where = f"rows[{fact.index}]"
        if fact.counted is None:
            yield Problem(
                "missing-fact", f"{where}.total", f"the points of {fact.label} are not printed", "add the total"
            )
        elif fact.at_full_distance and fact.line is None and level[fact.counted] > 1:
            yield Problem(
                "missing-fact", f"{where}.time", f"{fact.label} is level with others and has no time", "add the time"
            )
        elif fact.laps is None and len(unfinished) > 1:
            yield Problem("missing-fact", f"{where}.laps", f"the laps of {fact.label} are not printed", "add the laps")
