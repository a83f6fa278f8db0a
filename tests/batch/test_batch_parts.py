"""More races than fit in memory: runs from Parquet to Parquet, stopped and resumed."""

import json
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from attrs import evolve
from manyraces import long_table, random_block, scored_quietly

from massstart import InvalidRecord, rulebook
from massstart.batch import Progress, parts, score_parquet
from massstart.files.saving import save
from massstart.problems import MissingExtra

RACES, SKATERS = 60, 7


@pytest.fixture(scope="module")
def table() -> pa.Table:
    """Sixty random races of seven skaters, with a status each."""
    return pa.table(long_table(random_block(np.random.default_rng(2), rulebook("isu-2018"), RACES, SKATERS)))


@pytest.fixture
def source(table: pa.Table, tmp_path: Path) -> Path:
    """The races in a folder of three files, of several groups of rows each."""
    folder = tmp_path / "races"
    folder.mkdir()
    for number, (start, end) in enumerate([(0, 100), (100, 101), (101, RACES * SKATERS)]):
        pq.write_table(table[start:end], folder / f"{number}.parquet", row_group_size=33)
    return folder


def written(target: Path) -> list[tuple[str, bytes]]:
    return [(path.name, path.read_bytes()) for path in sorted(target.iterdir())]


def refused(*arguments: Any, **options: Any) -> list[tuple[str, str]]:
    with pytest.raises(InvalidRecord) as refusal:
        score_parquet(*arguments, **options)
    return [(problem.kind, problem.where) for problem in refusal.value.problems]


class Stopped(Exception):
    """Somebody stops a run."""


def stop_after(number: int) -> Any:
    def progress(done: Progress) -> None:
        if done.parts == number:
            raise Stopped

    return progress


class TestRuns:
    """What is written, in which parts, and how far a run has come."""

    def test_target_is_made_with_the_folders_above_it_or_may_be_there_and_empty(
        self, source: Path, tmp_path: Path
    ) -> None:
        deep, there = tmp_path / "scored" / "isu-2018", tmp_path / "there"
        there.mkdir()
        for target in (deep, there):
            score_parquet(source, target, "isu-2018", rows=1000)
        assert written(deep) == written(there) != []

    def test_parts_together_are_the_table_scored_as_a_whole(
        self, table: pa.Table, source: Path, tmp_path: Path
    ) -> None:
        target = tmp_path / "scored"
        done = score_parquet(source, target, "isu-2018", rows=50, advance=3)
        whole = scored_quietly(table, advance=3)
        assert pa.concat_tables(map(pq.read_table, sorted(target.iterdir()))).equals(whole)
        assert pl.read_parquet(target)["rank"].to_list() == whole["rank"].to_pylist()
        assert (done.races, done.rows, done.rows_in_all, done.parts) == (RACES, RACES * SKATERS, RACES * SKATERS, 9)
        assert [path.name for path in sorted(target.iterdir())] == [f"part-{number:05}.parquet" for number in range(9)]
        assert [path.name for path in sorted(tmp_path.iterdir())] == ["races", "scored", "scored.json"]

    @pytest.mark.parametrize(
        ("rows", "sizes"),
        [(7, [7] * 60), (13, [7] * 60), (14, [14] * 30), (50, [49] * 8 + [28]), (420, [420]), (10**6, [420])],
    )
    @pytest.mark.slow
    def test_part_ends_with_the_last_race_that_fits(
        self, source: Path, tmp_path: Path, rows: int, sizes: list[int]
    ) -> None:
        done: list[Progress] = []
        score_parquet(source, tmp_path / "scored", "isu-2018", rows=rows, progress=done.append)
        assert np.diff([0, *(progress.rows for progress in done)]).tolist() == sizes
        assert [progress.races * SKATERS for progress in done] == [progress.rows for progress in done]
        assert [progress.parts for progress in done] == [*range(1, len(sizes) + 1)]

    def test_files_and_their_groups_of_rows_mean_nothing(
        self, table: pa.Table, source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        pq.write_table(table, tmp_path / "one.parquet")
        score_parquet(tmp_path / "one.parquet", tmp_path / "a", "isu-2018", rows=50)
        score_parquet(source, tmp_path / "b", "isu-2018", rows=50)
        assert written(tmp_path / "a") == written(tmp_path / "b")
        monkeypatch.setattr(parts, "_BATCH", 5)
        with pytest.raises(Stopped):
            score_parquet(source, tmp_path / "c", "isu-2018", rows=50, progress=stop_after(4))
        score_parquet(source, tmp_path / "c", "isu-2018", rows=50)
        assert written(tmp_path / "a") == written(tmp_path / "c")

    @pytest.mark.slow
    def test_doubts_are_counted_over_all_parts(self, source: Path, tmp_path: Path) -> None:
        runs = [score_parquet(source, tmp_path / str(rows), "isu-2018", rows=rows).warnings for rows in (8, 50, 1000)]
        assert runs[0] == runs[1] == runs[2]
        assert [(problem.kind, problem.where[:9]) for problem in runs[0]] == [
            ("short-sprint", "sprint_4,"), ("short-sprint", "sprint_8,"), ("short-sprint", "sprint_12"),
        ]  # fmt: skip

    def test_races_of_any_type_that_ascends(self, tmp_path: Path) -> None:
        for number, races in enumerate(
            (["a", "b", "b"], [0.5, 1.0, 1.0], pa.array(["a", "b", "b"]).dictionary_encode())
        ):
            rows = {"race": races, "skater": ["x", "x", "y"], "finish": [1, 1, 2]}
            pq.write_table(pa.table(rows), tmp_path / "races.parquet")
            assert score_parquet(tmp_path / "races.parquet", tmp_path / str(number), "isu-2018", rows=2).parts == 2

    def test_nothing(self, tmp_path: Path) -> None:
        pq.write_table(
            pa.table({"race": pa.array([], pa.int64()), "skater": ["x"][:0], "finish": [1][:0]}),
            tmp_path / "no.parquet",
        )
        assert score_parquet(tmp_path / "no.parquet", tmp_path / "scored", "isu-2018") == Progress(0, 0, 0, 0)


class TestResuming:
    """A run that was stopped goes on, and ends as if it had not been."""

    @pytest.mark.parametrize("number", range(1, 10))
    def test_bytes_are_those_of_an_unbroken_run(self, source: Path, tmp_path: Path, number: int) -> None:
        unbroken = score_parquet(source, tmp_path / "unbroken", "isu-2018", rows=50)
        with pytest.raises(Stopped):
            score_parquet(source, tmp_path / "stopped", "isu-2018", rows=50, progress=stop_after(number))
        assert len(written(tmp_path / "stopped")) == number
        done: list[Progress] = []
        assert score_parquet(source, tmp_path / "stopped", "isu-2018", rows=50, progress=done.append) == unbroken
        assert [progress.parts for progress in done] == [*range(number + 1, 10)]
        assert written(tmp_path / "stopped") == written(tmp_path / "unbroken")

    def test_run_that_is_done_does_nothing(self, source: Path, tmp_path: Path) -> None:
        first = score_parquet(source, tmp_path / "scored", "isu-2018", rows=50)
        assert score_parquet(source, tmp_path / "scored", "isu-2018", rows=50, progress=stop_after(9)) == first

    def test_part_that_was_written_and_not_noted_is_written_anew(
        self, source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        score_parquet(source, tmp_path / "unbroken", "isu-2018", rows=50)

        def failing(path: Path, content: bytes) -> None:
            if len(json.loads(content)["parts"]) == 3:
                raise Stopped
            save(path, content)

        with monkeypatch.context() as patched:
            patched.setattr(parts, "save", failing)
            with pytest.raises(Stopped):
                score_parquet(source, tmp_path / "stopped", "isu-2018", rows=50)
        assert len(written(tmp_path / "stopped")) == 3
        score_parquet(source, tmp_path / "stopped", "isu-2018", rows=50)
        assert written(tmp_path / "stopped") == written(tmp_path / "unbroken")

    @pytest.mark.slow
    def test_killed_process(self, source: Path, tmp_path: Path) -> None:
        code = (
            "import sys, time; from massstart.batch import score_parquet;"
            "score_parquet(*sys.argv[1:3], 'isu-2018', rows=8, progress=lambda done: time.sleep(0.02))"
        )
        target = tmp_path / "killed"
        with subprocess.Popen([sys.executable, "-c", code, source, target]) as run:
            while not (target / "part-00003.parquet").exists():
                assert run.poll() is None
                time.sleep(0.01)
            run.send_signal(signal.SIGKILL)
        assert 4 <= len(written(target)) < RACES
        score_parquet(source, target, "isu-2018", rows=8)
        score_parquet(source, tmp_path / "unbroken", "isu-2018", rows=8)
        assert written(target) == written(tmp_path / "unbroken")
        assert not (tmp_path / "killed.part").exists()

    @pytest.mark.parametrize(
        ("options", "word"),
        [
            ({"rows": 51}, "rows"),
            ({"advance": 1}, "advance"),
            ({"laps": 17}, "laps"),
            ({"sprint_laps": [4, 8, 12, 14]}, "sprint_laps"),
        ],
    )
    def test_other_plan_is_refused(self, source: Path, tmp_path: Path, options: dict[str, Any], word: str) -> None:
        with pytest.raises(Stopped):
            score_parquet(source, tmp_path / "scored", "isu-2018", rows=50, progress=stop_after(1))
        with pytest.raises(InvalidRecord, match=f"another run has begun it, with other {word} "):
            score_parquet(source, tmp_path / "scored", "isu-2018", **{"rows": 50} | options)

    def test_other_rules_and_another_source_are_refused(self, table: pa.Table, source: Path, tmp_path: Path) -> None:
        target = tmp_path / "scored"
        with pytest.raises(Stopped):
            score_parquet(source, target, "isu-2018", rows=50, progress=stop_after(1))
        own = evolve(rulebook("isu-2018"), sprint_dead_heat="follow")
        with pytest.raises(InvalidRecord, match="with other rules "):
            score_parquet(source, target, own, rows=50)
        changed = table.set_column(2, "finish", table["finish"].take(pa.array(range(len(table)))[::-1]))
        pq.write_table(changed[:100], source / "0.parquet", row_group_size=33)
        with pytest.raises(InvalidRecord, match="with other source "):
            score_parquet(source, target, "isu-2018", rows=50)

    def test_target_that_was_changed_is_refused(self, source: Path, tmp_path: Path) -> None:
        target = tmp_path / "scored"
        score_parquet(source, target, "isu-2018", rows=50)
        part = target / "part-00002.parquet"
        content = part.read_bytes()
        part.write_bytes(content + b" ")
        assert refused(source, target, "isu-2018", rows=50) == [("target", str(part))]
        part.unlink()
        assert refused(source, target, "isu-2018", rows=50) == [("target", str(part))]
        (tmp_path / "scored.json").write_text("{}")
        assert refused(source, target, "isu-2018", rows=50) == [("target", str(tmp_path / "scored.json"))]
        (tmp_path / "scored.json").unlink()
        assert refused(source, target, "isu-2018", rows=50) == [("target", str(target))]


class TestRefusals:
    """Sources and targets that will not do."""

    def rows(self, tmp_path: Path, **columns: Any) -> Path:
        plain = {"race": [1, 1, 2, 2, 3, 3], "skater": [1, 2, 1, 2, 1, 2], "finish": [1, 2, 1, 2, 1, 2]}
        path = tmp_path / "races.parquet"
        pq.write_table(
            pa.table({name: column for name, column in (plain | columns).items() if column is not None}), path
        )
        return path

    @pytest.mark.parametrize("rows", [2, 3, 4, 100])
    @pytest.mark.parametrize(
        ("columns", "expected"),
        [
            ({"race": [1, 1, 3, 3, 2, 2]}, ("order", "race, row 4")),
            ({"race": [2, 2, 1, 1, 3, 3]}, ("order", "race, row 2")),
            ({"race": [1, 1, 2, 2, 1, 1]}, ("order", "race, row 4")),
            ({"race": [1, 1, 2, 2, None, 3]}, ("missing-id", "race, row 4")),
            ({"skater": [1, 2, 1, 2, 1, None]}, ("missing-id", "skater, row 5")),
            ({"skater": [1, 2, 1, 1, 1, 2]}, ("repeated-id", "row of 1 in race 2")),
            ({"finish": [1, 2, 1, 2, 1, 3]}, ("place", "finish of 2 in race 3")),
            ({"race": [[1], [1], [2], [2], [3], [3]]}, ("type", "race")),
        ],
    )
    def test_cells(self, tmp_path: Path, rows: int, columns: dict[str, Any], expected: tuple[str, str]) -> None:
        source = self.rows(tmp_path, **columns)
        assert refused(source, tmp_path / "scored", "isu-2018", rows=rows)[0] == expected

    def test_order_of_races_is_looked_at_where_a_run_goes_on(self, tmp_path: Path) -> None:
        source = self.rows(tmp_path, race=[1, 1, 3, 3, 2, 2])
        for _ in range(2):
            assert refused(source, tmp_path / "scored", "isu-2018", rows=2) == [("order", "race, row 4")]

    def test_parts_before_a_refusal_stay(self, tmp_path: Path) -> None:
        source = self.rows(tmp_path, finish=[1, 2, 1, 2, 1, 3])
        refused(source, tmp_path / "scored", "isu-2018", rows=2)
        assert len(written(tmp_path / "scored")) == 2

    def test_race_that_is_longer_than_a_part(self, tmp_path: Path) -> None:
        source = self.rows(tmp_path)
        assert refused(source, tmp_path / "scored", "isu-2018", rows=1) == [("rows", "race 1")]

    @pytest.mark.parametrize("rows", [0, True, 2.5, None])
    def test_number_of_rows(self, tmp_path: Path, rows: Any) -> None:
        assert refused(self.rows(tmp_path), tmp_path / "scored", "isu-2018", rows=rows) == [("type", "rows")]

    def test_rulebook(self, tmp_path: Path) -> None:
        assert refused(self.rows(tmp_path), tmp_path / "x", "isu-1900") == [("unknown-rulebook", "rulebook")]
        assert not (tmp_path / "x").exists()

    @pytest.mark.parametrize("column", ["race", "skater"])
    def test_missing_column(self, tmp_path: Path, column: str) -> None:
        source = self.rows(tmp_path, **{column: None})
        assert refused(source, tmp_path / "scored", "isu-2018") == [("missing-column", column)]

    def test_source_that_is_not_there_or_not_parquet(self, tmp_path: Path) -> None:
        (tmp_path / "text.parquet").write_text("text")
        (tmp_path / "empty").mkdir()
        for name in ("none.parquet", "text.parquet"):
            assert refused(tmp_path / name, tmp_path / "scored", "isu-2018") == [("file", name)]
        assert refused(tmp_path / "empty", tmp_path / "scored", "isu-2018") == [("file", str(tmp_path / "empty"))]

    def test_files_with_different_columns(self, source: Path, tmp_path: Path) -> None:
        pq.write_table(pa.table({"race": [1]}), source / "9.parquet")
        assert refused(source, tmp_path / "scored", "isu-2018") == [("columns", "9.parquet")]

    def test_target_that_cannot_be_written_to(self, tmp_path: Path) -> None:
        source = self.rows(tmp_path)
        (tmp_path / "file").write_text("")
        assert refused(source, tmp_path / "file", "isu-2018") == [("file", str(tmp_path / "file"))]
        (tmp_path / "scored.part").mkdir()
        assert refused(source, tmp_path / "scored", "isu-2018") == [
            ("file", str(tmp_path / "scored" / "part-00000.parquet"))
        ]

    def test_without_pyarrow(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
        with pytest.raises(MissingExtra, match=r"pip install 'massstart\[parquet\]'"):
            score_parquet(tmp_path / "races.parquet", tmp_path / "scored", "isu-2018")
