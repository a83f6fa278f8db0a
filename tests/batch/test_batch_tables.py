"""Many races as a table of pandas, polars or pyarrow."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from attrs import evolve
from manyraces import long_table, random_block, scored_quietly

from massstart import InvalidRecord, rank, rulebook
from massstart.batch import STATUSES, DoubtfulRaces, from_table, score, score_table, to_races

Make = Callable[[dict[str, Any]], Any]
Rows = dict[str, list[Any]]


def _narrow(rows: dict[str, Any]) -> Any:
    return pd.DataFrame(rows).convert_dtypes(dtype_backend="pyarrow")


MAKERS: dict[str, Make] = {
    "polars": pl.DataFrame, "pandas": pd.DataFrame, "pandas of pyarrow": _narrow, "pyarrow": pa.table,
}  # fmt: skip
LAPS = (4, 8, 12)
GIVEN: Rows = {
    "race": ["x", "x", "x", "x", "y", "y"],
    "skater": ["87", "4", "13", "5", "4", "87"],
    "finish": [2, 1, None, None, 1, None],
    "sprint_4": [1, 2, 3, None, 1, None],
    "sprint_8": [1, 2, 3, None, 1, None],
    "sprint_12": [1, 2, None, 3, 1, None],
    "status": [None, "finished", "unfinished", "disqualified", "lapped", "absent"],
    "laps_completed": [None, None, 9, None, None, None],
    "last_time": [None, None, 324_530, None, None, None],
    "guest": [None, None, None, None, None, None],
    "advanced": [None, None, True, None, False, None],
    "name": ["Ann", "Bea", "Cleo", "Dora", "Bea", "Ann"],
}


def listed(table: Any) -> Rows:
    """A table as lists, empty cells as `None`."""
    if isinstance(table, pd.DataFrame):
        return {name: [None if pd.isna(value) else value for value in table[name]] for name in map(str, table)}
    return table.to_dict(as_series=False) if isinstance(table, pl.DataFrame) else table.to_pydict()


def problems(table: Any, book: Any = "isu-2018", **options: Any) -> list[tuple[str, str]]:
    with pytest.raises(InvalidRecord) as refusal:
        score_table(table, book, **options)
    return [(problem.kind, problem.where) for problem in refusal.value.problems]


def changed(rows: Rows, **columns: Any) -> Rows:
    """A table with other columns, or without one that is `None`."""
    return {name: column for name, column in (rows | columns).items() if column is not None}


@pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS)
class TestEveryKindOfTable:
    """One reader for all of them."""

    def test_comes_back_with_the_outcome_beside_it(self, make: Make) -> None:
        table = make(GIVEN)
        scored = scored_quietly(table, advance=1)
        assert type(scored) is type(table)
        rows = listed(scored)
        assert {name: rows[name] for name in GIVEN} == listed(table)
        assert {name: column for name, column in rows.items() if name not in GIVEN} == {
            "rank": [2, 1, 3, None, 1, None],
            "total": [49, 66, 2, 0, 69, 0],
            "points_4": [3, 2, 1, 0, 3, 0],
            "points_8": [3, 2, 1, 0, 3, 0],
            "points_12": [3, 2, 0, 0, 3, 0],
            "points_16": [40, 60, 0, 0, 60, 0],
            "qualified": [None, "Q", "q", None, "Q", None],
        }

    def test_types_are_the_same_whatever_is_empty(self, make: Make) -> None:
        def types(rows: Rows) -> list[str]:
            scored = scored_quietly(make(rows))
            made = ("rank", "total", "points_4", "qualified")
            if isinstance(scored, pa.Table):
                return [str(scored.schema.field(name).type) for name in made]
            return [str(scored[name].dtype) for name in made]

        few: Rows = {"race": [1], "skater": [1], "finish": [1]}
        assert types(few) == types(GIVEN) == types({name: [] for name in few} if make is not _narrow else few)

    def test_order_of_rows_means_nothing(self, make: Make) -> None:
        some = random_block(np.random.default_rng(3), rulebook("isu-2024"), 12, 9)
        plain = listed(scored_quietly(make(long_table(some)), "isu-2024"))
        order = np.random.default_rng(4).permutation(12 * 9)
        shuffled = listed(scored_quietly(make(long_table(some, order)), "isu-2024"))
        assert shuffled == {name: [column[row] for row in order] for name, column in plain.items()}

    def test_agrees_with_rank(self, make: Make) -> None:
        some = random_block(np.random.default_rng(5), rulebook("isu-2018"), 20, 9)
        rows = listed(scored_quietly(make(long_table(some)), advance=some.advance))
        cells = zip(*(rows[name] for name in ("race", "skater", "rank", "total", "qualified")), strict=True)
        found = {(race, skater): tuple(line) for race, skater, *line in cells}
        for number, race in enumerate(to_races(some)):
            for row in rank(race):
                assert found.pop((number, row.id)) == (row.rank, row.total, row.qualified)
        assert set(found.values()) <= {(None, 0, None)}

    def test_partitions_give_the_same_rows(self, make: Make) -> None:
        some = random_block(np.random.default_rng(6), rulebook("isu-2018"), 7, 5)
        rows = long_table(some)
        parts = [{name: column[start : start + 5] for name, column in rows.items()} for start in range(0, 35, 5)]
        whole = listed(scored_quietly(make(rows)))
        joined = [listed(scored_quietly(make(part))) for part in parts]
        assert whole == {name: [value for part in joined for value in part[name]] for name in whole}

    def test_ids_are_of_any_kind(self, make: Make) -> None:
        table = make({"race": [1.5, 1.5, 2.5], "skater": [True, False, True], "finish": [2, 1, 1]})
        assert listed(scored_quietly(table))["rank"] == [2, 1, 1]

    def test_no_rows(self, make: Make) -> None:
        empty: dict[str, Any] = {"race": [], "skater": [], "finish": [], "sprint_4": [], "status": []}
        if make is not _narrow:
            assert listed(score_table(make(empty), "isu-2018"))["total"] == []

    def test_words_and_numbers_in_the_wrong_column(self, make: Make) -> None:
        rows = changed(
            GIVEN, finish=["1"] * 6, status=[1] * 6, guest=[0] * 6, last_time=[0.5, 1, 1, None, 2e300, 1], name=None,
        )  # fmt: skip
        assert problems(make(rows)) == [
            ("type", "finish"), ("type", "status"), ("type", "last_time of 87 in race x"), ("type", "last_time of 4 in race y"),
            ("type", "guest"),
        ]  # fmt: skip


class TestRefusals:
    """Every problem of a kind at once, with race and skater."""

    @pytest.mark.parametrize(
        ("changes", "expected"),
        [
            ({"race": None}, [("missing-column", "race")]),
            ({"race": None, "skater": None, "finish": None},
             [("missing-column", "race"), ("missing-column", "skater"), ("missing-column", "finish")]),
            ({"sprint_5": [0] * 6}, [("unknown-column", "sprint_5")]),
            ({"sprint": [0] * 6}, [("unknown-column", "sprint")]),
            ({"Sprint 4": [0] * 6}, [("unknown-column", "Sprint 4")]),
            ({"Status": [None] * 6}, [("unknown-column", "Status")]),
            ({"laps-completed": [None] * 6}, [("unknown-column", "laps-completed")]),
            ({"rank": [1] * 6, "points_16": [1] * 6}, [("repeated-column", "rank"), ("repeated-column", "points_16")]),
            ({"skater": ["87", "4", "87", "5", "4", "87"]},
             [("repeated-id", "row of 87 in race x"), ("repeated-id", "row of 87 in race x")]),
            ({"race": ["x", None, "x", "x", "y", None]}, [("missing-id", "race, row 1")]),
            ({"skater": ["87", "4", "13", None, "4", "87"]}, [("missing-id", "skater, row 3")]),
            ({"status": ["gone", "finished", "DNF", None, None, None]},
             [("type", "status of 87 in race x"), ("type", "status of 13 in race x")]),
            ({"finish": [7, 1, None, None, 1, None]}, [("place", "finish of 87 in race x")]),
            ({"finish": [2, 1, None, None, 2, None]}, [("place", "finish of 4 in race y")]),
            ({"finish": [2, None, None, None, 1, None]},
             [("place", "finish of 87 in race x"), ("no-outcome", "finish of 4 in race x")]),
            ({"sprint_8": [1, 2, -3, None, 1, None]}, [("place", "sprint_8 of 13 in race x")]),
            ({"laps_completed": [None] * 6}, [("laps", "status of 13 in race x")]),
            ({"laps_completed": [1, None, None, None, None, None]}, [
                ("laps", "laps_completed of 13 in race x"), ("left-race", "sprint_4 of 13 in race x"),
                ("left-race", "sprint_8 of 13 in race x"),
            ]),
            ({"last_time": [None, None, -3, None, None, None]}, [("time", "last_time of 13 in race x")]),
            ({"last_time": [2**64 - 1, 0, 0, 0, 0, 0]}, [("type", "last_time of 87 in race x")]),
            ({"guest": [False, False, True, False, False, False]}, [("cannot-advance", "advanced of 13 in race x")]),
        ],
    )  # fmt: skip
    def test_each_by_kind_and_place(self, changes: dict[str, Any], expected: list[tuple[str, str]]) -> None:
        assert problems(pl.DataFrame(changed(GIVEN, **changes), strict=False)) == expected

    def test_numbers_that_no_array_holds(self) -> None:
        for finish in ([np.nan, 1.0], [np.inf, 1.0], [0.5, 1.0], [-1e300, 1.0]):
            table = pl.DataFrame({"race": [1, 1], "skater": [1, 2], "finish": finish})
            assert problems(table) == [("type", "finish of 1 in race 1")]

    def test_first_five_are_named_and_the_others_counted(self) -> None:
        table = pl.DataFrame(
            {"race": [1] * 9, "skater": range(9), "finish": [*range(1, 10)], "status": ["gone"] * 8 + [None]}
        )
        with pytest.raises(InvalidRecord) as refusal:
            score_table(table, "isu-2018")
        assert [problem.where for problem in refusal.value.problems[:5]] == [
            f"status of {k} in race 1" for k in range(5)
        ]
        assert [str(problem) for problem in refusal.value.problems[5:]] == [
            "status: 3 further cells are like these (type); mend them too"
        ]
        table = table.with_columns(finish=pl.lit(99), status=pl.lit("finished"))
        with pytest.raises(InvalidRecord) as refusal:
            score_table(table, "isu-2018")
        assert [problem.where for problem in refusal.value.problems][4:] == ["finish of 4 in race 1", "finish"]

    def test_exactly_five_are_all_named(self) -> None:
        table = pl.DataFrame({"race": [1] * 5, "skater": range(5), "finish": [*range(1, 6)], "status": ["gone"] * 5})
        assert len(problems(table)) == 5

    def test_skater_who_stands_twice_in_the_smaller_race(self) -> None:
        table = pl.DataFrame({"race": [1, 1, 2, 2, 2], "skater": [9, 9, 1, 2, 3], "finish": [1, 2, 1, 2, 3]})
        assert problems(table) == [("repeated-id", "row of 9 in race 1")] * 2

    def test_number_of_rows_without_a_race(self) -> None:
        with pytest.raises(InvalidRecord) as refusal:
            score_table(
                pl.DataFrame({"race": [None, 1, None], "skater": [1, None, 2], "finish": [1, 1, 2]}), "isu-2018"
            )
        assert list(map(str, refusal.value.problems)) == [
            "race, row 0: is empty (2 rows like this) (missing-id); fill it in, or drop the row",
            "skater, row 1: is empty (missing-id); fill it in, or drop the row",
        ]

    def test_sprint_column_of_races_without_sprints(self) -> None:
        table = pl.DataFrame({"race": [1], "skater": [1], "finish": [1], "sprint_4": [1]})
        assert problems(table, evolve(rulebook("isu-2018"), sprint_laps=())) == [("unknown-column", "sprint_4")]

    def test_rulebook_and_distance_go_first(self) -> None:
        assert problems(pl.DataFrame(GIVEN), "isu-1900") == [("unknown-rulebook", "rulebook")]
        assert problems(pl.DataFrame(GIVEN), advance=0) == [("type", "advance")]

    def test_one_huge_field_among_small_ones(self) -> None:
        sizes = [1] * 3000 + [3000]
        races = np.repeat(np.arange(3001), sizes)
        finish = np.concatenate([np.arange(1, size + 1) for size in sizes])
        table = pl.DataFrame({"race": races, "skater": np.arange(len(races)), "finish": finish})
        assert problems(table) == [("shape", "race 3000")]

    @pytest.mark.parametrize("table", [None, {"race": [1]}, pl.LazyFrame(GIVEN), pl.Series([1])])
    def test_what_is_not_a_table_in_memory(self, table: Any) -> None:
        with pytest.raises(
            TypeError, match="is not a table in memory; give a DataFrame of pandas or polars, or a Table"
        ):
            score_table(table, "isu-2018")

    def test_contradictions_pass_unchecked(self) -> None:
        table = pl.DataFrame({"race": [1, 1], "skater": [1, 2], "finish": [2, 2]})
        assert len(problems(table)) == 2
        assert score_table(table, "isu-2018", check=False)["total"].to_list() == [40, 40]


class TestDoubts:
    """A table has no room for warnings, so Python's own tell the reader."""

    def test_once_for_each_kind_and_column(self) -> None:
        with pytest.warns(DoubtfulRaces) as caught:
            score_table(pl.DataFrame(changed(GIVEN, sprint_8=None)), "isu-2018")
        assert all(warning.filename == __file__ for warning in caught)
        doubts = [warning.message for warning in caught if isinstance(warning.message, DoubtfulRaces)]
        assert [(doubt.problem.kind, doubt.problem.where) for doubt in doubts] == [("short-sprint", "sprint_8, race x")]
        assert str(doubts[0]) == (
            "sprint_8, race x: fewer skaters are named than win points there (2 races like this) (short-sprint); "
            "name the skaters who are missing"
        )

    def test_sound_table_warns_of_nothing(self) -> None:
        rows: Rows = {"race": [1, 1], "skater": [1, 2], "finish": [1, 2]} | {f"sprint_{lap}": [1, 2] for lap in LAPS}
        assert score_table(pl.DataFrame(rows), "isu-2018")["rank"].to_list() == [1, 2]


class TestColumns:
    """What a column may be made of."""

    def test_pandas_keeps_its_index(self) -> None:
        table = pd.DataFrame(GIVEN, index=[9, 9, 7, 3, 1, 0])
        scored = scored_quietly(table)
        assert scored.index.tolist() == table.index.tolist()
        assert scored["total"].tolist() == [49, 66, 2, 0, 69, 0]
        assert list(table.columns) == list(GIVEN)

    def test_pandas_columns_of_objects(self) -> None:
        plain = pd.DataFrame(GIVEN)
        assert listed(scored_quietly(plain.astype(object))) == listed(scored_quietly(plain))

    def test_races_and_skaters_are_tuples(self) -> None:
        table = pd.DataFrame(
            {"race": [("a", 1), ("b", 1), ("a", 1)], "skater": [(1,), (1,), (2,)], "finish": [2, 1, 1]}
        )
        assert listed(scored_quietly(table))["rank"] == [2, 1, 1]

    def test_words_by_number(self) -> None:
        rows = changed(GIVEN, race=["x"] * 4 + ["y"] * 2)
        enum = pl.DataFrame(rows).cast({"race": pl.Categorical, "status": pl.Enum(STATUSES)})
        pandas = pd.DataFrame(rows).astype({"race": "category", "status": "category"})
        arrow = pa.table(rows)
        for name in ("race", "status"):
            arrow = arrow.set_column(arrow.column_names.index(name), name, arrow[name].dictionary_encode())
        totals = [listed(scored_quietly(table))["total"] for table in (enum, pandas, arrow)]
        assert totals == [[49, 66, 2, 0, 69, 0]] * 3

    def test_distance_of_the_races(self) -> None:
        rows: Rows = {"race": [1, 1], "skater": [1, 2], "finish": [1, 2], "sprint_2": [2, 1]}
        scored = score_table(pl.DataFrame(rows), "isu-2018", laps=5, sprint_laps=[2])
        assert scored.columns[4:] == ["rank", "total", "points_2", "points_5", "qualified"]
        assert scored["total"].to_list() == [62, 43]

    def test_nobody_finishes(self) -> None:
        rows: Rows = {"race": [1, 1], "skater": [1, 2], "finish": [None, None], "status": ["unfinished", "unfinished"]}
        scored = scored_quietly(pl.DataFrame(rows | {"laps_completed": [3, 4]}))
        assert scored["rank"].to_list() == [2, 1]

    def test_fields_of_different_sizes_without_a_status(self) -> None:
        scored = scored_quietly(pl.DataFrame({"race": [1, 2, 2], "skater": [1, 1, 2], "finish": [1, 1, 2]}))
        assert scored["rank"].to_list() == [1, 1, 2]

    def test_places_of_a_large_field(self) -> None:
        for size in (127, 128, 200, 40_000):
            finish = np.random.default_rng(size).permutation(size) + 1
            scored = scored_quietly(pl.DataFrame({"race": [1] * size, "skater": np.arange(size), "finish": finish}))
            assert (scored["rank"].to_numpy() == finish).all()


class TestArrays:
    """The arrays of a table by themselves."""

    def test_ids_and_rows(self) -> None:
        races = from_table(pl.DataFrame(GIVEN)[[4, 0, 1, 2, 3, 5]], "isu-2018", advance=1)
        assert races.advance == 1
        assert races.ids == [["4", "87"], ["87", "4", "13", "5"]]
        assert races.rows.tolist() == [[0, 5, -1, -1], [1, 2, 3, 4]]
        assert races.finish.tolist() == [[1, 0, 0, 0], [2, 1, 0, 0]]
        assert score(races).rank.tolist() == [[1, 0, 0, 0], [2, 1, 3, 0]]
        (_, race) = to_races(races)
        assert [row.id for row in rank(race)] == ["4", "87", "13", "5"]

    def test_races_are_in_the_order_in_which_they_first_stand_there(self) -> None:
        races = from_table(
            pl.DataFrame({"race": [2, 1, 2, 0], "skater": [5, 6, 7, 8], "finish": [1, 1, 2, 1]}), "isu-2018"
        )
        assert races.ids == [[5, 7], [6], [8]]

    def test_part_names_its_own_cells(self) -> None:
        races = from_table(pl.DataFrame(changed(GIVEN, finish=[2, 1, None, None, 7, None])), "isu-2018")
        with pytest.raises(InvalidRecord) as refusal:
            score(races)
        assert [problem.where for problem in refusal.value.problems] == ["finish of 4 in race y"]
