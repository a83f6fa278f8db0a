"""Races as arrays, and arrays as races.

Decides what of a race scoring needs: names, race times, reasons and sources stay behind.
"""

from collections.abc import Hashable, Iterator, Sequence
from typing import Any

import numpy as np

from massstart.batch.races import ABSENT, DISQUALIFIED, FINISHED, LAPPED, STATUSES, UNFINISHED, UNTIMED, Races
from massstart.problems import InvalidRecord, Problem
from massstart.race import Race
from massstart.records import Unfinished
from massstart.result import Result
from massstart.times import RaceTime


def to_arrays(races: Sequence[Race | Result]) -> Races:
    """Some races as arrays, those of a small field with columns that stand for nobody.

    Args:
        races: races, or results of races, of one rulebook, distance and number of those who go on.

    Raises:
        InvalidRecord: no races, races that are held in different ways, or one with a place kept open.
        TypeError: something that is neither a race nor the result of one.

    Example:
        >>> from massstart import Race
        >>> from massstart.batch import score, to_arrays
        >>> races = to_arrays([
        ...     Race(rulebook="isu-2018", starters=["a", "b"], finish=["b", "a"]),
        ...     Race(rulebook="isu-2018", starters=["c"], finish=["c"]),
        ... ])
        >>> races.finish.tolist(), score(races).rank.tolist()
        ([[2, 1], [1, 0]], [[2, 1], [1, 0]])
    """
    records = [_race(number, race) for number, race in enumerate(races)]
    problems = [*_unlike(records)]
    if problems:
        raise InvalidRecord(problems)
    first = records[0]
    shape = (len(records), max(len(race.starters) for race in records))
    finish = np.zeros(shape, np.int32)
    sprints = np.zeros((len(records), len(first.sprint_laps), shape[1]), np.int32)
    status = np.full(shape, ABSENT, np.uint8)
    laps, times = np.zeros(shape, np.int32), np.full(shape, UNTIMED, np.int64)
    guests, advanced = np.zeros(shape, bool), np.zeros(shape, bool)
    for row, race in enumerate(records):
        at = {id: column for column, id in enumerate(race.starters.ids)}
        status[row, : len(at)] = FINISHED
        for id, place in race.finish:
            finish[row, at[id]] = place
        for sprint in race.sprints:
            for id, place in sprint.order:
                sprints[row, race.sprint_laps.index(sprint.lap), at[id]] = place
        status[row, [at[id] for id in race.lapped]] = LAPPED
        for note in race.unfinished:
            status[row, at[note.id]] = UNFINISHED
            laps[row, at[note.id]] = note.laps
            times[row, at[note.id]] = note.time.milliseconds if note.time else UNTIMED
        status[row, [at[note.id] for note in race.disqualified]] = DISQUALIFIED
        status[row, [at[id] for id in race.did_not_start]] = ABSENT
        guests[row, [at[id] for id in race.guests]] = True
        advanced[row, [at[note.id] for note in race.advanced]] = True
    return Races(
        rulebook=first.rulebook, laps=first.laps, sprint_laps=first.sprint_laps, advance=first.advance,
        finish=finish, sprints=sprints, status=status, laps_completed=laps, last_times=times, guests=guests,
        advanced=advanced, ids=[race.starters.ids for race in records],
    )  # fmt: skip


def to_races(races: Races) -> Iterator[Race]:
    """Arrays as races, one after the other; skaters without ids are known by their columns, from 0 on.

    Raises:
        InvalidRecord: a race that cannot be.

    Example:
        >>> from massstart import rank
        >>> from massstart.batch import Races, to_races
        >>> (race,) = to_races(Races(rulebook="isu-2018", finish=[[2, 1]], ids=[["a", "b"]]))
        >>> print(rank(race).reason("b"))
        1st: 60 points (final sprint: 60); first across the line; ahead of a on points (40)
    """
    for row in range(len(races)):
        ids: Sequence[Hashable] = range(races.skaters) if races.ids is None else races.ids[row]
        status = [FINISHED] * len(ids) if races.status is None else races.status[row].tolist()

        def those(mask: Any, ids: Sequence[Hashable] = ids, row: int = row) -> list[Hashable]:
            return [] if mask is None else [id for id, there in zip(ids, mask[row], strict=False) if there]

        laps = None if races.laps_completed is None else races.laps_completed[row].tolist()
        times = None if races.last_times is None else races.last_times[row].tolist()
        ended = {
            name: [id for id, code in zip(ids, status, strict=False) if STATUSES[code] == name] for name in STATUSES
        }
        left = [column for column, code in enumerate(status[: len(ids)]) if code == UNFINISHED]
        yield Race(
            rulebook=races.rulebook, laps=races.laps, sprint_laps=races.sprint_laps, advance=races.advance,
            starters=list(ids),
            finish=_order(ids, races.finish[row].tolist()),
            sprints={} if races.sprints is None else {
                lap: _order(ids, places) for lap, places in zip(races.sprint_laps, races.sprints[row].tolist(), strict=True)
            },
            lapped=ended["lapped"],
            unfinished=[
                Unfinished(ids[column], laps[column] if laps else 0, _time(times[column] if times else UNTIMED))
                for column in left
            ],
            disqualified=ended["disqualified"],
            did_not_start=ended["absent"],
            guests=those(races.guests),
            advanced=those(races.advanced),
        )  # fmt: skip


def _race(number: int, record: Race | Result) -> Race:
    race = record.record if isinstance(record, Result) else record
    if not isinstance(race, Race):
        raise TypeError(f"race {number} is neither a Race nor the Result of one, but a {type(race).__name__}")
    return race


def _unlike(races: Sequence[Race]) -> Iterator[Problem]:
    """What keeps some races from being one block."""
    if not races:
        yield Problem("empty", "", "there are no races", "give at least one")
    for number, race in enumerate(races):
        for name in ("rulebook", "laps", "sprint_laps", "advance"):
            if getattr(race, name) != getattr(races[0], name):
                wrong = "is not that of the first race"
                yield Problem(
                    "different-races", f"[{number}].{name}", wrong, "score races that are held alike together"
                )
        orders = {"finish": race.finish} | {f"sprints.{sprint.lap}": sprint.order for sprint in race.sprints}
        for where, order in orders.items():
            if [place for _, place in order] != [place for _, place in order.from_groups(order.groups)]:
                wrong = "a place is kept open"
                yield Problem("place", f"[{number}].{where}", wrong, "close it up; arrays have places 1, 2, 2, 4")


def _order(ids: Sequence[Hashable], places: Sequence[int]) -> list[Any]:
    """The order across a line, from places."""
    groups: dict[int, list[Hashable]] = {}
    for id, place in sorted(zip(ids, places, strict=False), key=lambda pair: pair[1]):
        if place:
            groups.setdefault(place, []).append(id)
    return [group if len(group) > 1 else group[0] for group in groups.values()]


def _time(milliseconds: int) -> RaceTime | None:
    return None if milliseconds == UNTIMED else RaceTime(milliseconds, exact=True)
