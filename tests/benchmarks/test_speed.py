"""How fast a race is scored, beside a baseline that checks nothing: ``pytest tests/benchmarks --benchmark-only``.

Read the ratios within one run; the machines these numbers come from are noisy. ``python tests/benchmarks/test_speed.py``
prints the ratios themselves, the memory of a ranked race, and the growth with the field.

Each figure is over a hundred races of one size that differ: one race repeated flatters the sort of the baseline.
"""

import random
import time
import timeit
import tracemalloc
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from massstart import Race, Result, Starter, rank

Given = dict[str, Any]
RACES = 100


def plain_races(skaters: int) -> list[Given]:
    """Starters, sprints and finish as plain lists; everybody finishes."""
    chance = random.Random(skaters)  # noqa: S311  # no secret
    ids = [str(number) for number in range(skaters)]
    return [
        {
            "rulebook": "isu-2018",
            "starters": ids,
            "sprints": {lap: chance.sample(ids, 3) for lap in (4, 8, 12)},
            "finish": chance.sample(ids, skaters),
        }
        for _ in range(RACES)
    ]


def mixed_races(skaters: int) -> list[Given]:
    """The same with one skater lapped, one unfinished, one disqualified, and a dead heat for fifth place."""
    chance = random.Random(skaters)  # noqa: S311  # no secret
    races = []
    for given in plain_races(skaters):
        finish = [*given["finish"]]
        unfinished, disqualified = chance.sample(
            [id for id in finish if not any(id in order for order in given["sprints"].values())], 2
        )
        finish.remove(unfinished)
        finish.remove(disqualified)
        tied = [*finish[:4], finish[4:6], *finish[6:]]
        races.append(
            given
            | {"finish": tied, "lapped": [finish[-1]], "unfinished": {unfinished: 9}, "disqualified": [disqualified]}
        )
    return races


def real_races(skaters: int) -> list[Given]:
    """Races as they are: names, nations and times, and one skater absent besides."""
    races = []
    for given in mixed_races(skaters):
        flat = [id for entry in given["finish"] for id in (entry if isinstance(entry, list) else [entry])]
        times = {id: f"7:{40 + place // 100}.{place % 100:02d}" for place, id in enumerate(flat)}
        times[given["finish"][4][1]] = times[given["finish"][4][0]]
        starters = [Starter(id, f"Skater {id}", "NED") for id in [*given["starters"], "absent"]]
        races.append(given | {"starters": starters, "times": times, "did_not_start": ["absent"]})
    return races


def baseline(races: Sequence[Given]) -> list[list[tuple[int, str, int, int]]]:
    """A dict of points and one sort: no checks, no rows, no dead heats, everybody at full distance."""
    return [_baseline(given["starters"], given["sprints"], given["finish"]) for given in races]


def _baseline(ids: list[str], sprints: dict[int, list[str]], finish: list[str]) -> list[tuple[int, str, int, int]]:
    points = dict.fromkeys(ids, 0)
    for order in sprints.values():
        for id, won in zip(order, (3, 2, 1), strict=False):
            points[id] += won
    for id, won in zip(finish, (60, 40, 20, 10, 6, 3), strict=False):
        points[id] += won
    places = {id: place for place, id in enumerate(finish, 1)}
    ranked = sorted(ids, key=lambda id: (-points[id], places[id]))
    return [(rank, id, points[id], places[id]) for rank, id in enumerate(ranked, 1)]


def results(races: Sequence[Given]) -> list[Result]:
    """The same by this library: a checked race and its ranking."""
    return [rank(Race(**given)) for given in races]


def four_fields(races: Sequence[Given]) -> list[Any]:
    """The four fields that the baseline has, of every row."""
    return [[(row.rank, row.id, row.total, row.finish) for row in result] for result in results(races)]


def every_field(races: Sequence[Given]) -> list[Any]:
    """Every field of every row."""
    return [
        [
            (row.rank, row.id, row.name, row.nation, row.status, row.laps, row.sprints, row.total, row.finish, row.time,
             row.qualified)
            for row in result
        ]
        for result in results(races)
    ]  # fmt: skip


def flat_rows(races: Sequence[Given]) -> list[Any]:
    """Every row as a flat dict."""
    return [result.to_rows() for result in results(races)]


WAYS: tuple[Callable[[Sequence[Given]], Any], ...] = (results, four_fields, every_field, flat_rows)


@pytest.mark.parametrize("skaters", [16, 24])
@pytest.mark.parametrize("score", [baseline, four_fields])
def test_race_to_rows(benchmark: Any, score: Callable[[Sequence[Given]], Any], skaters: int) -> None:
    races = plain_races(skaters)
    assert benchmark(score, races) == baseline(races)


@pytest.mark.parametrize("skaters", [8, 24, 72, 200])
def test_growth(benchmark: Any, skaters: int) -> None:
    races = plain_races(skaters)[:10]
    assert benchmark(four_fields, races) == baseline(races)


@pytest.mark.parametrize("skaters", [24, 200])
def test_reasons(benchmark: Any, skaters: int) -> None:
    ranked = results(plain_races(skaters)[:10])
    texts = benchmark(lambda: [result.reasons for result in ranked])
    assert all(len(reasons) == skaters for reasons in texts)


def best_of(function: Callable[[Any], Any], given: Any, repeat: int = 15) -> float:
    """Seconds for one race, undisturbed as far as possible."""
    return min(timeit.repeat(lambda: function(given), timer=time.process_time, number=1, repeat=repeat)) / len(given)


def main() -> None:
    """Print ratios, memory and growth."""
    for name, make in (("plain", plain_races), ("mixed", mixed_races), ("real", real_races)):
        for skaters in (16, 24):
            races, plain = make(skaters), plain_races(skaters)
            # Taken in turns, so that a disturbance falls on all.
            turns = [(best_of(baseline, plain), *(best_of(way, races) for way in WAYS)) for _ in range(5)]
            base, *ours = (min(column) for column in zip(*turns, strict=True))
            ratios = ", ".join(f"{way.__name__} {seconds / base:.1f}" for way, seconds in zip(WAYS, ours, strict=True))
            print(f"{name:5} {skaters} skaters: baseline {base * 1e6:.1f} us; times the baseline: {ratios}")
    for skaters in (8, 16, 24, 48, 100, 200):
        races = plain_races(skaters)
        ranked = results(races)
        checked = [Race(**given) for given in races]
        scoring, reasons = (
            min(best_of(way, given, 5) for _ in range(3))
            for way, given in ((lambda races: [rank(race) for race in races], checked),
                               (lambda results: [result.reasons for result in results], ranked))
        )  # fmt: skip
        tracemalloc.start()
        kept = results(races)
        memory = tracemalloc.get_traced_memory()[0] / len(kept)
        tracemalloc.stop()
        print(
            f"{skaters:4} skaters: ranking {scoring * 1e6:6.1f} us; all reasons {reasons * 1e6:7.1f} us, "
            f"{reasons / scoring:4.1f} times the ranking; {memory / 1024:5.1f} KiB"
        )


if __name__ == "__main__":
    main()
