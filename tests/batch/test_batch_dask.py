"""Many races on an engine that spreads work over machines: Dask, with two worker processes."""

import os
import signal
import time
from collections.abc import Iterator
from importlib.util import find_spec
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from manyraces import long_table, random_block, scored_quietly

from massstart import rulebook
from massstart.batch import Races, Scored, score
from massstart.live import Underway
from massstart.simulation import ByStrength, Field, Orders, chances

# Dask itself is imported where it is used: it takes a second, in every process that collects these tests.
pytestmark = [pytest.mark.slow, pytest.mark.skipif(find_spec("dask") is None, reason="dask is not installed")]

BOOK = rulebook("isu-2024")
SOME = random_block(np.random.default_rng(11), BOOK, 84, 12)
ONE_PROCESS = score(SOME)
CHUNKS = [1, 3, 7]


@pytest.fixture(scope="module")
def client() -> Iterator[Any]:
    """Two worker processes of one thread each, reached by TCP as a remote scheduler is."""
    from dask.distributed import Client, LocalCluster

    with (
        LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as cluster,
        Client(cluster.scheduler_address) as client,
    ):
        yield client


def points_and_ranks(finish: Any, sprints: Any) -> Any:
    """The points of each sprint and, as the last row, the ranks: one array for one chunk of races."""
    scored = score(Races(rulebook="isu-2018", finish=finish[:, 0], sprints=sprints))
    return np.concatenate([scored.points, scored.rank[:, None]], axis=1)


def slowly(races: Races) -> Scored:
    time.sleep(0.3)
    return score(races)


def outcome(scored: Scored) -> bytes:
    return b"".join(getattr(scored, name).tobytes() for name in ("rank", "total", "points", "finish", "qualified"))


def ipc(frame: pd.DataFrame) -> bytes:
    table = pa.Table.from_pandas(frame, preserve_index=False).combine_chunks().replace_schema_metadata()
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    return bytes(sink.getvalue())


def sizes(chunks: int) -> list[int]:
    return [len(part) for part in np.array_split(np.arange(84), chunks)]


@pytest.mark.parametrize("chunks", CHUNKS)
@pytest.mark.usefixtures("client")
def test_arrays_by_blocks_are_the_same_bytes(chunks: int) -> None:
    import dask.array as da

    order = np.random.default_rng(1).random((84, 4, 12)).argsort(axis=2) + 1
    here = points_and_ranks(order[:, 3:], order[:, :3])
    finish, sprints = (
        da.from_array(part, chunks=(tuple(sizes(chunks)), -1, -1)) for part in (order[:, 3:], order[:, :3])
    )
    there = da.map_blocks(
        points_and_ranks, finish, sprints, dtype=here.dtype, chunks=(finish.chunks[0], 5, 12)
    ).compute()
    assert (there.dtype, there.shape, there.tobytes()) == (here.dtype, here.shape, here.tobytes())


@pytest.mark.parametrize("chunks", CHUNKS)
def test_blocks_with_every_status_are_the_same_bytes(client: Any, chunks: int) -> None:
    ends = np.cumsum(sizes(chunks)).tolist()
    parts = [SOME[start:end] for start, end in zip([0, *ends], ends, strict=False)]
    assert join(client.gather(client.map(score, parts))) == outcome(ONE_PROCESS)


def join(parts: list[Scored]) -> bytes:
    names = ("rank", "total", "points", "finish", "qualified")
    return b"".join(np.concatenate([getattr(part, name) for part in parts]).tobytes() for name in names)


@pytest.mark.parametrize("chunks", CHUNKS)
@pytest.mark.usefixtures("client")
def test_tables_by_partitions_are_the_same_bytes(chunks: int) -> None:
    import dask.dataframe as dd
    from dask.delayed import delayed

    table = pd.DataFrame(long_table(SOME))
    here = scored_quietly(table, "isu-2024", advance=8)
    ends = np.cumsum(sizes(chunks)) * 12
    parts = [table[end - size * 12 : end] for end, size in zip(ends, sizes(chunks), strict=True)]
    frame = dd.from_delayed([delayed(part) for part in parts], meta=table[:0])
    scored = frame.map_partitions(scored_quietly, "isu-2024", advance=8, meta=scored_quietly(table[:0], "isu-2024"))
    assert ipc(scored.compute()) == ipc(here)
    assert ipc(scored.compute(scheduler="synchronous")) == ipc(here)


def test_worker_that_is_killed_changes_nothing(client: Any) -> None:
    parts = [SOME[start : start + 12] for start in range(0, 84, 12)]
    futures = client.map(slowly, parts)
    workers = client.run(os.getpid)
    assert len(workers) == 2
    os.kill(next(iter(workers.values())), signal.SIGKILL)
    assert join(client.gather(futures)) == outcome(ONE_PROCESS)


class Slow(ByStrength):
    """A model that takes its time, so that a worker can be killed on the way."""

    def __call__(self, chance: np.random.Generator, field: Field, races: int, there: Any) -> Orders:
        time.sleep(0.3)
        return super().__call__(chance, field, races, there)


def test_chances_are_the_same_after_a_worker_was_killed(client: Any) -> None:
    race = Underway(rulebook="isu-2018", starters=list("abcdefghij"), advance=8)
    here = chances(race, races=30_000, seed=3)
    killed = []

    def on_the_cluster(function: Any, numbers: Any) -> Any:
        futures = client.map(function, numbers)
        pid = next(iter(client.run(os.getpid).values()))
        os.kill(pid, signal.SIGKILL)
        killed.append(pid)
        return client.gather(futures)

    assert chances(race, Slow(), races=30_000, seed=3, map=on_the_cluster) == here
    assert len(killed) == 1
