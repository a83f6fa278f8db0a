"""Counting many races in chunks, on this machine or on another engine.

Decides how chance is shared out, so that the answer does not depend on who counts. A chunk is a pure function of its
number: any engine that maps a function over numbers can run it.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any, Protocol, TypeVar

import numpy as np

from massstart.problems import InvalidRecord, Problem
from massstart.values import is_count

#: Races of one chunk. It is part of the answer: each chunk has a seed of its own.
CHUNK = 5_000

Counts = dict[str, Any]
T = TypeVar("T")


class Map(Protocol):
    """Whatever maps a function over numbers, in order: the built-in ``map``, or that of a pool or a cluster."""

    def __call__(self, function: Callable[[int], Any], numbers: Iterable[int], /) -> Iterable[Any]:
        """The function of each number."""


def count_races(
    one_chunk: Callable[[np.random.Generator, int], Counts],
    races: int,
    seed: int,
    *,
    map: Map = map,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[Counts, Counts]:
    """Count races in chunks.

    Args:
        one_chunk: counts so many races with a generator of chance, as arrays of whole numbers by name.
        races: how many.
        seed: from which all chance follows.
        map: an engine that maps a function over numbers, in their order; one process unless given.
        progress: told how many races are counted, and of how many, after each chunk.

    Returns:
        The counts of the first and of the second half of the chunks. Sums of whole numbers: the same whatever the engine.

    Numbers that cannot be are refused by whoever asks, with `check_numbers`.
    """
    sizes = [min(CHUNK, races - start) for start in range(0, races, CHUNK)]
    halves: tuple[Counts, Counts] = ({}, {})
    done = 0
    for number, counts in enumerate(map(partial(_chunk, one_chunk, seed, races), range(len(sizes)))):
        half = halves[number >= (len(sizes) + 1) // 2]
        for name, found in counts.items():
            half[name] = half[name] + found if name in half else found
        done += sizes[number]
        if progress is not None:
            progress(done, races)
    return halves


#: The numbers that may be 0; all others are from 1 on.
_FROM_0 = ("seed", "reserves")


def wrong_numbers(**given: object) -> Iterator[Problem]:
    """What is wrong with numbers, by the names under which they were given."""
    for name, value in given.items():
        least = 0 if name in _FROM_0 else 1
        if not is_count(value, least):
            yield Problem("type", name, f"{value!r} is not such a number", f"give a whole number from {least} on")


def check_numbers(**given: object) -> None:
    """Refuse numbers that cannot be.

    Raises:
        InvalidRecord: with every problem.
    """
    problems = [*wrong_numbers(**given)]
    if problems:
        raise InvalidRecord(problems)


def _chunk(one_chunk: Callable[[np.random.Generator, int], Counts], seed: int, races: int, number: int) -> Counts:
    """One chunk: its seed is the child that `SeedSequence.spawn` would make as so many-th."""
    chance = np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(number,)))
    return one_chunk(chance, min(CHUNK, races - number * CHUNK))


def standard_error(times: int, of: int) -> float:
    """The standard error of a share. What never or always happened counts as though it had once gone otherwise.

    Example:
        >>> standard_error(50, 100), round(standard_error(0, 98), 4)
        (0.05, 0.0101)
    """
    share = times / of if 0 < times < of else (times + 1) / (of + 2)
    return float(np.sqrt(share * (1 - share) / of))
