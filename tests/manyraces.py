"""Random blocks of races as arrays, and where they are scored otherwise than `rank` ranks them.

`python tests/manyraces.py 100000` holds so many races against `rank`, with every status, tie and policy.
"""

import sys
import warnings
from collections.abc import Iterator
from itertools import product
from typing import Any, get_args

import numpy as np
from attrs import evolve

from massstart import Race, Row, Rulebook, rank, rulebook, rulebooks
from massstart.batch import (
    ABSENT,
    DISQUALIFIED,
    FINISHED,
    LAPPED,
    STATUSES,
    UNFINISHED,
    DoubtfulRaces,
    Races,
    Scored,
    score,
    score_table,
    to_races,
)  # fmt: skip
from massstart.rulebook import DeadHeat, DisqualifiedPlace

#: A skater's row as arrays have it: rank, total, place across the line, points in each sprint, who goes through.
Line = tuple[int, int, int, tuple[int, ...], int]
_MARKS = {None: 0, "Q": 1, "q": 2}


def books() -> list[Rulebook]:
    """Every ISU rulebook with every policy, forfeiting points and not."""
    policies = product(get_args(DeadHeat), get_args(DisqualifiedPlace), get_args(DisqualifiedPlace), (False, True))
    return [
        evolve(book, sprint_dead_heat=dead_heat, disqualified_in_sprint=sprint, disqualified_at_finish=finish, forfeits=forfeits)
        for dead_heat, sprint, finish, forfeits in policies
        for book in map(rulebook, rulebooks.ids())
    ]  # fmt: skip


def places(keys: Any, there: Any) -> Any:
    """The places of those who are there, 1, 2, 2, 4 where keys are equal: one more than how many have a smaller one."""
    ahead = (keys[:, None, :] < keys[:, :, None]) & there[:, None, :]
    return np.where(there, ahead.sum(axis=2) + 1, 0)


def random_block(
    chance: np.random.Generator, book: Rulebook, races: int, skaters: int, *, guests: bool = True, sound: float = 0.7
) -> Races:
    """Races with every status, dead heats, guests, and skaters whom the Referee sends through.

    Args:
        chance: where the numbers come from.
        book: the rulebook.
        races: how many.
        skaters: how many columns.
        guests: whether anyone skates out of competition.
        sound: the share of those who finish and are not lapped.
    """
    shape = (races, skaters)
    rest = (1 - sound) / 4
    status = chance.choice(5, size=shape, p=[sound, rest, rest, rest, rest]).astype(np.uint8)
    laps = chance.integers(0, book.laps, shape)
    times = chance.choice([-1, 300_000, 300_010, 310_000], size=shape)

    def keys() -> Any:
        # Every other block has few dead heats, the others many.
        return chance.integers(0, skaters if chance.random() < 0.5 else 50 * skaters, shape)

    at_line = (status <= LAPPED) | ((status == DISQUALIFIED) & (chance.random(shape) < 0.5))
    sprints = np.zeros((races, len(book.sprint_laps), skaters), np.int16)
    for number, lap in enumerate(book.sprint_laps):
        there = (status != ABSENT) & ((status != UNFINISHED) | (laps >= lap))
        order = places(keys(), there)
        sprints[:, number] = np.where(order <= chance.integers(0, skaters + 1, (races, 1)), order, 0)
    away = (chance.random(shape) < 0.1) if guests else np.zeros(shape, bool)
    return Races(
        rulebook=book,
        finish=places(keys(), at_line).astype(np.int16),
        sprints=sprints,
        status=status,
        laps_completed=laps,
        last_times=times,
        guests=away,
        advanced=(chance.random(shape) < 0.1) & (status < DISQUALIFIED) & ~away,
        advance=int(chance.integers(1, 9)),
    )


def long_table(races: Races, order: Any = None) -> dict[str, list[Any]]:
    """Arrays as a table; skaters are known by their columns."""
    count, skaters = races.finish.shape
    order = np.arange(count * skaters) if order is None else order
    assert races.sprints is not None
    assert races.status is not None
    columns: dict[str, Any] = {
        "race": np.repeat(np.arange(count), skaters), "skater": np.tile(np.arange(skaters), count), "finish": races.finish.ravel(),
        "status": np.array(STATUSES)[races.status.ravel()],
        "laps_completed": races.laps_completed, "last_time": races.last_times, "guest": races.guests, "advanced": races.advanced,
    } | {f"sprint_{lap}": races.sprints[:, k].ravel() for k, lap in enumerate(races.sprint_laps)}  # fmt: skip
    return {name: np.asarray(column).ravel()[order].tolist() for name, column in columns.items()}


def scored_quietly(table: Any, book: Any = "isu-2018", **options: Any) -> Any:
    """The table scored, its doubts left aside."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DoubtfulRaces)
        return score_table(table, book, **options)


def line(scored: Scored, race: int, skater: int) -> Line:
    """What the arrays say of a skater."""
    return (
        int(scored.rank[race, skater]),
        int(scored.total[race, skater]),
        int(scored.finish[race, skater]),
        tuple(scored.points[race, :, skater].tolist()),
        int(scored.qualified[race, skater]),
    )


def line_of(row: Row) -> Line:
    """What a row says of its skater."""
    points = tuple(value or 0 for value in row.sprints)
    return (row.rank or 0, row.total or 0, row.finish or 0, points, _MARKS[row.qualified])


def expected(race: Race) -> list[Line]:
    """What `rank` says of each starter, nothing of those who have no row."""
    nothing: Line = (0, 0, 0, (0,) * (len(race.sprint_laps) + 1), 0)
    lines = dict.fromkeys(race.starters.ids, nothing)
    lines |= {row.id: line_of(row) for row in rank(race)}
    return list(lines.values())


def disagreements(races: Races, scored: Scored, of: list[Race] | None = None) -> Iterator[str]:
    """Each skater of whom the arrays say something else than `rank`.

    Args:
        races: the arrays.
        scored: what came out.
        of: the same races, unless they follow from the arrays.
    """
    for number, race in enumerate(to_races(races) if of is None else of):
        for column, wanted in enumerate(expected(race)):
            found = line(scored, number, column)
            if found != wanted:
                yield f"{races.where('rank', number, column)}: {found}, and rank has {wanted}; {race}"


def main(number: int) -> None:
    """Hold so many races against `rank`."""
    chance = np.random.default_rng(number)
    done = skaters = wrong = 0
    statuses = np.zeros(ABSENT + 1, int)
    while done < number:
        for book in books():
            size = int(chance.integers(1, 31))
            races = random_block(chance, book, 20, size, guests=bool(chance.random() < 0.5))
            assert races.status is not None
            statuses += np.bincount(races.status.ravel(), minlength=ABSENT + 1)
            for found in disagreements(races, score(races)):
                wrong += 1
                print(found)
            done, skaters = done + len(races), skaters + races.finish.size
    assert statuses[[FINISHED, LAPPED, UNFINISHED, DISQUALIFIED, ABSENT]].all()
    print(f"{done} races, {skaters} skaters, {statuses.tolist()} by status, {wrong} disagreements")


if __name__ == "__main__":
    main(int(sys.argv[1]))
