"""How fast a race is scored, beside a baseline that checks nothing: ``pytest tests/benchmarks --benchmark-only``.

Read the ratios within one run; the machines these numbers come from are noisy. ``python tests/benchmarks/test_speed.py``
prints the ratios themselves, the memory of a ranked race, and the growth with the field.
"""

import random
import timeit
import tracemalloc
from collections.abc import Callable
from typing import Any

import pytest

from massstart import Race, rank

Given = tuple[list[str], dict[int, list[str]], list[str]]


def a_race(skaters: int) -> Given:
    """Starters, sprints and finish as plain lists, always the same."""
    chance = random.Random(skaters)  # noqa: S311  # no secret
    ids = [str(number) for number in range(skaters)]
    sprints = {lap: chance.sample(ids, 3) for lap in (4, 8, 12)}
    return ids, sprints, chance.sample(ids, skaters)


def baseline(given: Given) -> list[tuple[int, str, int, int]]:
    """A dict of points and one sort: no checks, no rows, no dead heats, everybody at full distance."""
    ids, sprints, finish = given
    points = dict.fromkeys(ids, 0)
    for order in sprints.values():
        for id, won in zip(order, (3, 2, 1), strict=False):
            points[id] += won
    for id, won in zip(finish, (60, 40, 20, 10, 6, 3), strict=False):
        points[id] += won
    places = {id: place for place, id in enumerate(finish, 1)}
    ranked = sorted(ids, key=lambda id: (-points[id], places[id]))
    return [(rank, id, points[id], places[id]) for rank, id in enumerate(ranked, 1)]


def scored(given: Given) -> list[tuple[Any, ...]]:
    """The same by this library: a checked race, its ranking, every row read."""
    ids, sprints, finish = given
    result = rank(Race(rulebook="isu-2018", starters=ids, sprints=sprints, finish=finish))
    return [(row.rank, row.id, row.total, row.finish) for row in result]


@pytest.mark.parametrize("skaters", [16, 24])
@pytest.mark.parametrize("score", [baseline, scored])
def test_race_to_rows(benchmark: Any, score: Callable[[Given], Any], skaters: int) -> None:
    given = a_race(skaters)
    assert benchmark(score, given) == baseline(given)


@pytest.mark.parametrize("skaters", [8, 24, 72, 200])
def test_growth(benchmark: Any, skaters: int) -> None:
    given = a_race(skaters)
    assert benchmark(scored, given) == baseline(given)


def best_of(function: Callable[[Given], Any], given: Given) -> float:
    """Seconds for one call, undisturbed as far as possible."""
    return min(timeit.repeat(lambda: function(given), number=200, repeat=25)) / 200


def main() -> None:
    """Print ratios, memory and growth."""
    for skaters in (8, 16, 24, 48, 100, 200):
        given = a_race(skaters)
        # Taken in turns, so that a disturbance falls on both.
        pairs = [(best_of(baseline, given), best_of(scored, given)) for _ in range(3)]
        base, ours = (min(column) for column in zip(*pairs, strict=True))
        tracemalloc.start()
        ids, sprints, finish = given
        kept = [rank(Race(rulebook="isu-2018", starters=ids, sprints=sprints, finish=finish)) for _ in range(50)]
        memory = tracemalloc.get_traced_memory()[0] / len(kept)
        tracemalloc.stop()
        print(
            f"{skaters:4} skaters: {ours * 1e6:7.1f} us, {ours / base:4.1f} times the baseline, {memory / 1024:5.1f} KiB"
        )


if __name__ == "__main__":
    main()
