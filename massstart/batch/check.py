"""Arrays that cannot be: what is refused, with race and skater, and what is doubtful.

Decides the same as `massstart.racecheck` does for one race, and what shapes and kinds of numbers arrays may have.
"""

from collections.abc import Iterator

import numpy as np
from attrs import define, evolve, field, frozen

from massstart.batch.races import ABSENT, DISQUALIFIED, LAPPED, OPTIONAL, UNFINISHED, UNTIMED, Bools, Ints, Races
from massstart.problems import InvalidRecord, Problem
from massstart.rulebook import Rulebook, check_distance
from massstart.rulebooks import ids as rulebook_ids
from massstart.values import is_count
from massstart.words import count

#: How many cells of a kind a message names.
NAMED = 5
#: The most columns: a key of the ranking must fit in 64 bits with them.
MOST_SKATERS = 2**20

#: The bits of a whole number that a float holds.
_BITS = 52

_BOOLEAN = ("guests", "advanced")


def check_shapes(races: Races) -> None:
    """Refuse arrays that do not fit together.

    Raises:
        InvalidRecord: with every problem.
    """
    problems = [*_wrong_shapes(races)]
    if problems:
        raise InvalidRecord(problems)


def _wrong_shapes(races: Races) -> Iterator[Problem]:
    if not isinstance(races.rulebook, Rulebook):
        remedy = f"choose {', '.join(rulebook_ids())}, or define one"
        yield Problem("unknown-rulebook", "rulebook", f"{races.rulebook!r} is not a rulebook", remedy)
        return
    yield from check_distance(races.laps, races.sprint_laps)
    if races.advance is not None and not is_count(races.advance, 1):
        yield Problem("type", "advance", f"{races.advance!r} is not a number of skaters", "give one from 1 on, or none")
    most = races.rulebook.intermediate.points[0] * len(tuple(races.sprint_laps or ())) + races.rulebook.final.points[0]
    if most >= 2**31:
        yield Problem("scale", "rulebook", f"{most} points are too many for arrays", "use smaller points, or rank")
    given = {name: getattr(races, name) for name in ("finish", *OPTIONAL)}
    loose = [name for name, array in given.items() if not (array is None or isinstance(array, np.ndarray))]
    for name in loose:
        yield Problem("shape", name, "has rows of different lengths", "fill them up, with ABSENT in status")
    if races.finish is None:
        yield Problem("shape", "finish", "is missing", "give a row for each race and a column for each skater")
    if loose or races.finish is None:
        return
    if races.finish.ndim != 2:
        wrong = f"has {count(races.finish.ndim, 'dimension')}, not 2"
        yield Problem("shape", "finish", wrong, "give a row for each race and a column for each skater")
        return
    if races.skaters > MOST_SKATERS:
        yield Problem("shape", "finish", f"has {races.skaters} columns", f"give {MOST_SKATERS} at most")
    here = races.finish.shape
    for name, array in given.items():
        if array is None:
            continue
        wanted = (here[0], len(races.sprint_laps), here[1]) if name == "sprints" else here
        if array.shape != wanted:
            remedy = "give a row for each race, a column for each skater" + " and the sprints between" * (
                name == "sprints"
            )
            yield Problem("shape", name, f"has the shape {array.shape}, not {wanted}", remedy)
        elif array.dtype.kind not in ("b" if name in _BOOLEAN else "iu"):
            wanted_kind = "booleans" if name in _BOOLEAN else "whole numbers"
            yield Problem("type", name, f"holds {array.dtype}, not {wanted_kind}", f"convert it to {wanted_kind}")
    if races.ids is not None and (
        len(races.ids) != here[0] or any(len(ids) > here[1] or len(set(ids)) < len(ids) for ids in races.ids)
    ):
        yield Problem("shape", "ids", "do not fit the races", "name the columns of each race, each skater once")


@frozen
class Doubt:
    """What is doubtful in a kind of array: the first race, and how many there are."""

    first: Problem
    races: int

    def and_(self, other: "Doubt") -> "Doubt":
        """The same over more races."""
        return Doubt(self.first, self.races + other.races)

    @property
    def problem(self) -> Problem:
        """The first, saying how many there are."""
        return evolve(self.first, message=f"{self.first.message} ({count(self.races, 'race')} like this)")


@define
class Tally:
    """What was found, by kind and array: how often, and the first of them."""

    races: Races
    problems: dict[tuple[str, str], list[Problem | int]] = field(factory=dict)
    doubts: dict[tuple[str, str], Doubt] = field(factory=dict)

    def refuse(self, kind: str, name: str, wrong: Bools, start: int, message: str, remedy: str) -> None:
        """Note the cells that are wrong."""
        if not wrong.any():
            return
        found = self.problems.setdefault((kind, name), [0])
        cells = np.argwhere(wrong)
        for race, skater in cells[: max(0, NAMED + 1 - len(found))]:
            where = self.races.where(name, int(race) + start, int(skater))
            found.append(Problem(kind, where, message, remedy))
        assert isinstance(found[0], int)
        found[0] += len(cells)

    def doubt(self, kind: str, name: str, wrong: Bools, start: int, message: str, remedy: str) -> None:
        """Note the races that are doubtful."""
        if wrong.any():
            first = Problem(kind, self._where(name, int(np.argmax(wrong)) + start), message, remedy)
            doubt = Doubt(first, int(wrong.sum()))
            self.doubts[kind, name] = self.doubts[kind, name].and_(doubt) if (kind, name) in self.doubts else doubt

    def _where(self, name: str, race: int) -> str:
        return f"{self.races.column(name)}, race {self.races.which(race)}"

    def all(self) -> list[Problem]:
        """The problems, the first of each kind named and the others counted."""
        problems = []
        for (kind, name), (number, *named) in self.problems.items():
            assert isinstance(number, int)
            problems += [problem for problem in named if isinstance(problem, Problem)]
            if number > NAMED:
                problems.append(
                    Problem(
                        kind, self.races.column(name), f"{number - NAMED} further cells are like these", "mend them too"
                    )
                )
        return problems

    def warnings(self) -> tuple[Problem, ...]:
        """What is doubtful, by kind and array, in a fixed order."""
        return tuple(self.doubts[key].problem for key in sorted(self.doubts))


def check_block(races: Races, tally: Tally, start: int) -> None:
    """Look at every cell of some races.

    Args:
        races: the races.
        tally: takes what is found.
        start: the number of the first race.
    """
    orders = {"finish": races.finish}
    if races.sprints is not None:
        orders |= {f"sprints[:, {number}]": races.sprints[:, number] for number in range(len(races.sprint_laps))}
    for name, order in orders.items():
        _check_places(tally, name, order, start)
    placed = races.finish != 0
    if races.status is None:
        tally.refuse("no-outcome", "finish", ~placed, start, "has no place and no status", "give one of the two")
    else:
        _check_outcomes(races, tally, start, placed, orders)
    if races.advanced is not None:
        never = np.zeros(placed.shape, bool) if races.status is None else races.status >= DISQUALIFIED
        if races.guests is not None:
            never = never | races.guests
        wrong = "is disqualified, a guest, or did not start"
        tally.refuse("cannot-advance", "advanced", races.advanced & never, start, wrong, "remove it")
    _warn(races, tally, start)


def _check_places(tally: Tally, name: str, order: Ints, start: int) -> None:
    skaters = order.shape[1]
    if int(order.min(initial=0)) < 0 or int(order.max(initial=0)) > skaters:
        wrong = (order < 0) | (order > skaters)
        remedy = f"give 1 to {skaters}, or 0 for whoever has no place"
        tally.refuse("place", name, wrong, start, "is not a place in this field", remedy)
        return
    rows = _not_plain(order)
    if not len(rows):
        return
    # Sorted, with those who have no place last, a place is its own position or the one before it again.
    some = order if len(rows) == len(order) else order[rows]
    ordered = some.astype(np.uint32)
    ordered -= 1
    ordered.sort(axis=1)
    fits = ordered == np.arange(skaters, dtype=np.uint32)
    fits |= ordered >= skaters
    # In one dimension, for rows of a few skaters cost twice as much.
    same = np.zeros(some.size, bool)
    same[1:] = ordered.ravel()[1:] == ordered.ravel()[:-1]
    same[::skaters] = False
    fits |= same.reshape(some.shape)
    if not fits.all():
        bad = np.flatnonzero(~fits.all(axis=1))
        # The first place that does not follow on those before it, with everybody who has it.
        place = ordered[bad, np.argmax(~fits[bad], axis=1)] + 1
        wrong = np.zeros(order.shape, bool)
        wrong[rows[bad]] = some[bad] == place[:, None]
        tally.refuse("place", name, wrong, start, "does not follow on the places before it", "count 1, 2, 2, 4")


def _not_plain(order: Ints) -> Ints:
    """The rows whose places are perhaps not 1, 2, 3, …, each once.

    The sum of n powers of two has n bits only if they are n different ones. So if n places, each as its power of two, add up
    to 2^n - 1, they are 1 to n. It takes half the time of the sort, and a float holds it for up to 52 skaters.
    """
    skaters = order.shape[1]
    if skaters > _BITS:
        return np.arange(len(order))
    powers = np.append(0, 2.0 ** np.arange(skaters))
    sums = np.take(powers, order, mode="clip") @ np.ones(skaters)
    return np.flatnonzero(sums != powers.cumsum()[_number(order != 0)])


def _check_outcomes(races: Races, tally: Tally, start: int, placed: Bools, orders: dict[str, Ints]) -> None:
    status = races.status
    assert status is not None
    unknown = (status < 0) | (status > ABSENT)
    tally.refuse("status", "status", unknown, start, "is not a status", f"give 0 to {ABSENT}")
    without = (status <= LAPPED) & ~placed
    tally.refuse("no-outcome", "finish", without, start, "finished and has no place", "give the place")
    unfinished, absent = status == UNFINISHED, status == ABSENT
    both = (unfinished | absent) & placed
    tally.refuse("two-outcomes", "finish", both, start, "has a place and did not finish", "keep what happened")
    laps = races.laps_completed
    if laps is None:
        wrong = "did not finish, and laps_completed is missing"
        tally.refuse("laps", "status", unfinished, start, wrong, "give the laps completed")
    else:
        off = unfinished & ((laps < 0) | (laps >= races.laps))
        remedy = f"give the laps completed, from 0 to {races.laps - 1}"
        tally.refuse("laps", "laps_completed", off, start, "is not a number of laps short of the distance", remedy)
    if races.last_times is not None:
        off = unfinished & (races.last_times < UNTIMED)
        tally.refuse("time", "last_times", off, start, "is not a time", "give milliseconds, or -1")
    for lap, (name, order) in zip(races.sprint_laps, [*orders.items()][1:], strict=False):
        named = order != 0
        there = "has a place here and did not start"
        tally.refuse("did-not-start", name, named & absent, start, there, "remove one of the two")
        if laps is not None:
            gone = named & unfinished & (laps < lap)
            wrong = "has a place here and had left the race"
            tally.refuse("left-race", name, gone, start, wrong, "remove it here, or correct laps_completed")


def _warn(races: Races, tally: Tally, start: int) -> None:
    book, shape = races.rulebook, races.finish.shape
    status = np.broadcast_to(np.uint8(0) if races.status is None else races.status, shape)
    away = np.broadcast_to(np.bool_(0) if races.guests is None else races.guests, shape)
    if book.max_starters is not None and races.skaters > book.max_starters:
        many = _number((status != ABSENT) & ~away) > book.max_starters
        wrong = f"more start than the {book.max_starters} that {book.id} allows ({book.confidence('max_starters')})"
        tally.doubt("many-starters", "finish", many, start, wrong, "split the field, or set max_starters in a rulebook")
    counts = np.ones(shape, bool) if races.guests is None else ~away
    if races.status is not None and book.disqualified_in_sprint == "closed":
        counts &= status != DISQUALIFIED
    for sprint, lap in enumerate(races.sprint_laps):
        order = np.zeros(shape, np.uint8) if races.sprints is None else races.sprints[:, sprint]
        if order.all():
            continue
        named = _number((order != 0) & counts)
        few = named < len(book.intermediate)
        some = np.flatnonzero(few)
        if not len(some):
            continue
        # Few races name less than win points, and are looked at once more: maybe nobody else was there.
        reached = (status[some] < DISQUALIFIED) & ~away[some]
        if races.laps_completed is not None:
            reached &= (status[some] != UNFINISHED) | (races.laps_completed[some] >= lap)
        few[some] = named[some] < _number(reached)
        wrong = "fewer skaters are named than win points there"
        tally.doubt("short-sprint", f"sprints[:, {sprint}]", few, start, wrong, "name the skaters who are missing")


def _number(those: Bools) -> Ints:
    """How many of each race. A product, for it takes a third of the time of `sum(axis=1)`."""
    return (those.astype(np.float32) @ np.ones(those.shape[1], np.float32)).astype(np.int32)
