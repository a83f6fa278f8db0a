"""How fast many races are scored as arrays: ``pytest tests/benchmarks --benchmark-only``.

Held against a loop over `rank`, against the baseline of `test_speed.py`, and against what no kernel in NumPy can do
without: NumPy's own sort of one key a skater. Read the ratios within one run. ``python tests/benchmarks/test_batch_speed.py``
prints them, the growth with the field, the memory, and two processes beside one.
"""

import time
import tracemalloc
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import product
from statistics import median
from typing import Any, get_args

import numpy as np
import pytest
from attrs import evolve, fields

from massstart import Race, Rulebook, rank, rulebook
from massstart.batch import (
    ABSENT,
    DISQUALIFIED,
    LAPPED,
    UNFINISHED,
    Races,
    Scored,
    score,
    to_races,
)  # fmt: skip
from massstart.rulebook import DeadHeat, DisqualifiedPlace

#: Cells of a benchmark, whatever the size of the field.
CELLS = 2_400_000


def plain_arrays(skaters: int, races: int) -> Races:
    """Everybody finishes, and every sprint names everybody."""
    chance = np.random.default_rng(skaters)
    orders = chance.random((races, 4, skaters)).argsort(axis=2).astype(np.uint8 if skaters < 255 else np.uint16) + 1
    return Races(rulebook="isu-2018", finish=orders[:, 3].copy(), sprints=orders[:, :3].copy(), advance=8)


def mixed_arrays(skaters: int, races: int, book: Rulebook) -> Races:
    """One skater lapped, one unfinished, one disqualified, one absent, a dead heat for fifth; sprints name three."""
    chance = np.random.default_rng(skaters)
    position = chance.random((races, skaters)).argsort(axis=1).argsort(axis=1)
    finish = position + 1
    finish[position == 5] = 5
    finish[position > skaters - 4] = 0
    status = np.zeros(position.shape, np.uint8)
    for code, place in ((LAPPED, 4), (UNFINISHED, 3), (DISQUALIFIED, 2), (ABSENT, 1)):
        status[position == skaters - place] = code
    sprints = np.zeros((races, 3, skaters), np.uint8)
    for lap in range(3):
        # The disqualified stand in the sprints too, so that the policies matter.
        keys = np.where((status == UNFINISHED) | (status == ABSENT), 2, chance.random(position.shape))
        sprints[np.arange(races)[:, None], lap, keys.argsort(axis=1)[:, :3]] = [1, 2, 3]
    return Races(
        rulebook=book, finish=finish.astype(np.uint8), sprints=sprints, status=status,
        laps_completed=np.where(status == UNFINISHED, 9, 0).astype(np.uint8),
        last_times=np.where(status == UNFINISHED, 324_530, -1).astype(np.int32), advance=8,
    )  # fmt: skip


def policies() -> Iterator[Rulebook]:
    """The rulebook in force with every policy."""
    for dead_heat, sprint, finish in product(
        get_args(DeadHeat), get_args(DisqualifiedPlace), get_args(DisqualifiedPlace)
    ):
        yield evolve(
            rulebook("isu-2024"),
            sprint_dead_heat=dead_heat, disqualified_in_sprint=sprint, disqualified_at_finish=finish,
        )  # fmt: skip


def sort_of_keys(skaters: int, races: int) -> Callable[[], Any]:
    """The limit: NumPy's sort of one whole number of 32 bits for each skater."""
    keys = np.random.default_rng(1).integers(0, 70 * (skaters + 1), (races, skaters)).astype(np.int32)
    return lambda: np.argsort(keys, axis=1)


@pytest.mark.parametrize("check", [True, False])
@pytest.mark.parametrize("skaters", [8, 16, 24, 48, 200, 1000])
def test_plain(benchmark: Any, skaters: int, check: bool) -> None:  # noqa: FBT001  # pytest hands it over by name
    races = plain_arrays(skaters, CELLS // 10 // skaters)
    assert len(benchmark(score, races, check=check)) == len(races)


@pytest.mark.parametrize("check", [True, False])
@pytest.mark.parametrize(
    "book", [*policies()], ids=lambda book: f"{book.sprint_dead_heat}-{book.disqualified_in_sprint}"
)
def test_every_status_tie_and_policy(benchmark: Any, book: Rulebook, check: bool) -> None:  # noqa: FBT001  # as above
    races = mixed_arrays(24, CELLS // 10 // 24, book)
    assert len(benchmark(score, races, check=check)) == len(races)


@pytest.mark.parametrize("skaters", [8, 24, 48])
def test_limit(benchmark: Any, skaters: int) -> None:
    assert len(benchmark(sort_of_keys(skaters, CELLS // 10 // skaters)))


def test_loop_over_rank(benchmark: Any) -> None:
    races = list(to_races(plain_arrays(24, 100)))
    assert len(benchmark(lambda: [rank(race) for race in races])) == 100


def in_turns(*functions: Callable[[], Any], turns: int = 9) -> list[float]:
    """The median seconds of each function, taken in turns, so that a disturbance falls on all."""
    taken: list[list[float]] = [[] for _ in functions]
    for _ in range(turns):
        for number, function in enumerate(functions):
            start = time.perf_counter()
            function()
            taken[number].append(time.perf_counter() - start)
    return [median(times) for times in taken]


def loop(races: list[Race]) -> None:
    for race in races:
        rank(race)


def plain_baseline(races: Races) -> None:
    """A dict of points and one sort for each race, as in `test_speed.py`: no checks, no dead heats, everybody finishes."""
    assert races.sprints is not None
    for finish, sprints in zip(races.finish.tolist(), races.sprints.tolist(), strict=True):
        totals = [0] * len(finish)
        for order, scale in zip((*sprints, finish), ((3, 2, 1),) * 3 + ((60, 40, 20, 10, 6, 3),), strict=True):
            for skater, place in enumerate(order):
                if place <= len(scale):
                    totals[skater] += scale[place - 1]
        sorted(range(len(finish)), key=lambda skater: (-totals[skater], finish[skater]))


def size(value: Races | Scored) -> int:
    """The bytes of the arrays."""
    parts = (getattr(value, name.name) for name in fields(type(value)))
    return sum(part.nbytes for part in parts if isinstance(part, np.ndarray))


def main() -> None:
    """Print the figures."""
    for skaters in (8, 16, 24, 48, 200, 1000):
        races = plain_arrays(skaters, CELLS // skaters)
        few = plain_arrays(skaters, max(10, 2400 // skaters))
        ranked = list(to_races(few))
        sort, checked, unchecked, by_rank, simple = in_turns(
            sort_of_keys(skaters, len(races)), lambda: score(races), lambda: score(races, check=False),  # noqa: B023  # called at once
            lambda: loop(ranked), lambda: plain_baseline(few),  # noqa: B023  # called at once
        )  # fmt: skip
        by_rank, simple = by_rank / len(few) * len(races), simple / len(few) * len(races)
        print(
            f"{skaters:4} skaters: {len(races) / checked:9,.0f} races/s, {checked / len(races) * 1e6:7.2f} us a race; times the "
            f"sort: checked {checked / sort:.2f}, unchecked {unchecked / sort:.2f}; rank {by_rank / checked:4.0f} times as long, "
            f"baseline {simple / checked:3.0f} times; bytes a race: in {size(races) // len(races)}, out "
            f"{size(score(races)) // len(races)}"
        )
    for book in policies():
        races = mixed_arrays(24, CELLS // 24, book)
        sort, checked, unchecked = in_turns(
            sort_of_keys(24, len(races)), lambda: score(races), lambda: score(races, check=False),  # noqa: B023  # called at once
        )  # fmt: skip
        print(
            f"24 skaters, {book.sprint_dead_heat:6} {book.disqualified_in_sprint:6} {book.disqualified_at_finish:6}: "
            f"checked {checked / len(races) * 1e6:.2f} us ({checked / sort:.1f} times the sort), unchecked "
            f"{unchecked / len(races) * 1e6:.2f} us ({unchecked / sort:.1f} times)"
        )
    for number in (100_000, 400_000):
        races = mixed_arrays(24, number, rulebook("isu-2024"))
        tracemalloc.start()
        scored = score(races)
        kept, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        print(
            f"{number:,} races: {size(races) / number:.0f} bytes a race in, {size(scored) / number:.0f} out, and "
            f"{(peak - kept) / 2**20:.0f} MiB besides, however many races"
        )
    parts = [mixed_arrays(24, 100_000, rulebook("isu-2024"))] * 8
    with ProcessPoolExecutor(2) as two:
        list(two.map(score, parts[:2]))  # the processes are there
        one_process, two_processes = in_turns(
            lambda: [score(part) for part in parts], lambda: list(two.map(score, parts)), turns=5
        )
    print(
        f"800,000 mixed races: one process {one_process:.2f} s, two {two_processes:.2f} s with arrays sent to them and back"
    )


if __name__ == "__main__":
    main()
