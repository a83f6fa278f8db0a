"""How fast the outlook of a race is, beside ranking one race: ``pytest tests/benchmarks --benchmark-only``.

``python tests/benchmarks/test_outlook_speed.py`` prints the ratio for growing fields and for each number of sprints left.
"""

import random
import time
import timeit
from collections.abc import Callable
from typing import Any

import pytest
from attrs import evolve

from massstart import Race, rank
from massstart.live import Arrival, RaceLog, Underway, outlook, snapshot


def races(skaters: int, gone: int, *, many: int = 10) -> list[Underway]:
    """Races after some of their sprints, always the same."""
    chance = random.Random(100 * skaters + gone)  # noqa: S311  # no secret
    ids = [str(number) for number in range(skaters)]
    return [
        Underway(
            rulebook="isu-2024",
            starters=ids,
            sprints={lap: chance.sample(ids, 3) for lap in (4, 8, 12)[:gone]},
        )
        for _ in range(many)
    ]


def ranked(race: Underway) -> Any:
    """The same race, finished, from plain lists to its ranking."""
    return rank(
        Race(
            rulebook="isu-2024",
            starters=race.starters.ids,
            sprints={sprint.lap: sprint.order.ids for sprint in race.sprints},
            finish=race.starters.ids,
        )
    )


@pytest.mark.parametrize("gone", [0, 1, 2, 3])
@pytest.mark.parametrize("skaters", [16, 24])
def test_outlook(benchmark: Any, skaters: int, gone: int) -> None:
    (race,) = races(skaters, gone, many=1)
    assert len(benchmark(outlook, race)) == skaters


def finishing(skaters: int) -> list[RaceLog]:
    """The log of a race after each arrival, always the same."""
    (race,) = races(skaters, 3, many=1)
    order = random.Random(skaters).sample(race.starters.ids, skaters)  # noqa: S311  # no secret
    log = RaceLog(evolve(race, sprints=()), race.sprints)
    logs = []
    for id in order[:-1]:
        log = log.with_event(Arrival(id))
        logs.append(log)
    return logs


@pytest.mark.parametrize("skaters", [16, 24])
def test_outlook_at_the_line(benchmark: Any, skaters: int) -> None:
    logs = finishing(skaters)
    assert len(benchmark(outlook, logs[len(logs) // 2])) == skaters


@pytest.mark.parametrize("skaters", [16, 24])
def test_snapshot(benchmark: Any, skaters: int) -> None:
    logs = finishing(skaters)
    assert not benchmark(snapshot, logs[len(logs) // 2]).is_over


def best_of(function: Callable[[Any], Any], race: Any, number: int) -> float:
    """Seconds of processor time for one call, undisturbed as far as possible."""
    return min(timeit.repeat(lambda: function(race), number=number, repeat=5, timer=time.process_time)) / number


def main() -> None:
    """Print the mean and the slowest of ten races, each at its best of five, and the ratio to ranking one race."""
    print("skaters  sprints left  mean ms  slowest ms  mean / ranking one race")
    for skaters in (8, 12, 16, 20, 24, 28):
        for gone in (0, 1, 2, 3):
            times = []
            base = []
            for race in races(skaters, gone):
                times.append(best_of(outlook, race, 3))
                base.append(best_of(ranked, race, 100))
            mean = sum(times) / len(times)
            ratio = sum(times) / sum(base)
            print(f"{skaters:7}  {4 - gone:12}  {mean * 1e3:7.1f}  {max(times) * 1e3:10.1f}  {ratio:8.0f}")


def at_the_line() -> None:
    """Print the mean and the slowest of an outlook, and of a snapshot, after each arrival."""
    for skaters in (16, 24):
        for name, function in (("outlook at the line", outlook), ("snapshot", snapshot)):
            times = [best_of(function, log, 1) for log in finishing(skaters)]
            print(
                f"{skaters} skaters, {name}: mean {sum(times) / len(times) * 1e3:.1f} ms, slowest {max(times) * 1e3:.1f} ms"
            )


if __name__ == "__main__":
    main()
    at_the_line()
