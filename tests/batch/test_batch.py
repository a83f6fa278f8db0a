"""Many races as arrays: shapes and kinds of numbers, what is refused and what is doubtful, and from and to races.

That the outcome is the one of `rank` is tested in `tests/property/test_many_races.py`.
"""

from typing import Any

import numpy as np
import pytest
from attrs import evolve
from manyraces import disagreements, random_block

from massstart import InvalidRecord, Order, Race, Rulebook, Scale, Sheet, load, rank, rulebook
from massstart.batch import (
    ABSENT,
    DISQUALIFIED,
    FINISHED,
    LAPPED,
    STATUSES,
    UNFINISHED,
    Races,
    Scored,
    kernel,
    score,
    to_arrays,
    to_races,
)  # fmt: skip
from massstart.batch.check import MOST_SKATERS

#: Two races of four skaters, with somebody of every status but absent.
GIVEN: dict[str, Any] = {
    "rulebook": "isu-2018",
    "finish": [[1, 2, 3, 4], [1, 2, 0, 0]],
    "sprints": [[[1, 2, 3, 0]] * 3, [[1, 2, 3, 0], [3, 1, 2, 0], [0, 1, 0, 2]]],
    "status": [[FINISHED, LAPPED, FINISHED, FINISHED], [FINISHED, FINISHED, UNFINISHED, DISQUALIFIED]],
    "laps_completed": [[0, 0, 0, 0], [0, 0, 9, 0]],
    "last_times": [[-1, -1, -1, -1], [-1, -1, 300_000, -1]],
    "guests": [[False] * 4, [False] * 4],
    "advanced": [[False] * 4, [False] * 4],
    "advance": 1,
}
NOBODY = np.zeros((2, 4), bool)


def at(value: Any, race: int, skater: int, of: Any) -> Any:
    """An array with one cell changed."""
    array = np.array(of)
    array[race, skater] = value
    return array


def refused(**changes: Any) -> list[tuple[str, str]]:
    """The kinds and places of what is refused."""
    return [(problem.kind, problem.where) for problem in problems(Races(**GIVEN | changes))]


def problems(races: Races, **options: Any) -> Any:
    with pytest.raises(InvalidRecord) as refusal:
        score(races, **options)
    return refusal.value.problems


def doubts(races: Races) -> list[tuple[str, str, str]]:
    return [(problem.kind, problem.where, problem.message) for problem in score(races).warnings]


class TestOutcome:
    """What comes out, with its shapes and kinds of numbers."""

    def test_every_value_of_two_races(self) -> None:
        scored = score(Races(**GIVEN))
        assert scored.rank.tolist() == [[1, 2, 3, 4], [1, 2, 3, 0]]
        assert scored.total.tolist() == [[69, 46, 23, 10], [64, 48, 3, 0]]
        assert scored.points[0].tolist() == [[3, 2, 1, 0]] * 3 + [[60, 40, 20, 10]]
        assert scored.points[1].tolist() == [[3, 2, 1, 0], [1, 3, 2, 0], [0, 3, 0, 0], [60, 40, 0, 0]]
        assert scored.finish.tolist() == [[1, 2, 3, 4], [1, 2, 0, 0]]
        assert scored.qualified.tolist() == [[1, 0, 0, 0], [1, 0, 0, 0]]
        assert len(scored) == 2

    def test_forfeited_points_are_shown_and_do_not_count(self) -> None:
        scored = score(Races(**GIVEN | {"rulebook": "isu-2024"}))
        assert scored.total.tolist() == [[69, 0, 23, 10], [64, 48, 0, 0]]
        assert scored.points[0, :, 1].tolist() == [2, 2, 2, 40]
        assert scored.rank.tolist() == [[1, 4, 2, 3], [1, 2, 3, 0]]

    def test_referee_sends_on_whoever_is_not_through_by_rank(self) -> None:
        advanced = [[True, False, False, True], [False] * 4]
        assert score(Races(**GIVEN | {"advanced": advanced})).qualified.tolist() == [[1, 0, 0, 2], [1, 0, 0, 0]]

    def test_without_a_next_round_only_the_referee_sends_on(self) -> None:
        scored = score(Races(rulebook="isu-2018", finish=[[1, 2]], advanced=[[False, True]]))
        assert scored.qualified.tolist() == [[0, 2]]

    def test_untimed_skaters_rank_behind_the_timed_with_the_same_laps(self) -> None:
        def ranks(times: Any) -> Any:
            races = Races(
                rulebook="isu-2018", finish=[[0, 0, 0]], status=[[UNFINISHED] * 3], laps_completed=[[9, 9, 9]],
                last_times=times,
            )  # fmt: skip
            return score(races).rank.tolist()

        assert ranks([[-1, 300_001, 300_000]]) == [[3, 2, 1]]
        assert ranks([[-1, -1, 0]]) == [[2, 2, 1]]
        assert ranks(None) == [[1, 1, 1]]

    def test_last_times_need_no_room_of_their_own(self) -> None:
        # Laps, points and times together are more than the bits of a key, so they are numbered first.
        times = np.array([[2**60, 2**60 - 1, -1, 0, 7, 7, 2**62]])
        races = Races(
            rulebook=evolve(rulebook("isu-2018"), intermediate=Scale(2**20)), finish=[[0] * 6 + [1]],
            sprints=[[[2, 0, 0, 0, 0, 0, 1], [1, 0, 0, 0, 0, 0, 0], [0] * 7]],
            status=[[UNFINISHED] * 6 + [FINISHED]], laps_completed=[[9, 9, 9, 9, 3, 3, 0]], last_times=times,
        )  # fmt: skip
        assert score(races).rank.tolist() == [[2, 4, 5, 3, 6, 6, 1]]

    def test_keys_leave_room_for_the_columns(self) -> None:
        # 61 bits of laps, points and times, and three of the column: one more than there are.
        races = Races(
            rulebook=evolve(rulebook("isu-2018"), intermediate=Scale(2**20)), finish=[[0] * 7],
            sprints=[[[1, 0, 0, 0, 0, 0, 0], [0] * 7, [0] * 7]], status=[[UNFINISHED] * 7], laps_completed=[[15] * 7],
            last_times=[[2**39, 5, 4, 3, 2, 1, 2**38]],
        )  # fmt: skip
        assert score(races).rank.tolist() == [[1, 6, 5, 4, 3, 2, 7]]

    def test_points_are_more_than_fit_in_32_bits_with_the_place(self) -> None:
        book = evolve(rulebook("isu-2018"), final=Scale(3 * 2**28, 1))
        order = [[*range(24, 0, -1)]]
        assert score(Races(rulebook=book, finish=order)).rank.tolist() == order

    @pytest.mark.parametrize(
        ("skaters", "kind"), [(24, np.uint8), (254, np.uint8), (255, np.uint16), (300, np.uint16), (70_000, np.int64)]
    )
    def test_ranks_and_places_have_room_for_the_field(self, skaters: int, kind: Any) -> None:
        order = np.random.default_rng(1).permutation(skaters)[None] + 1
        scored = score(Races(rulebook="isu-2018", finish=order))
        assert scored.rank.dtype == scored.finish.dtype == kind
        assert (scored.rank == order).all()
        assert (scored.finish == order).all()

    @pytest.mark.parametrize("last", [300, 4095, 4096, 6000, 9000, 70_000])
    def test_one_dead_heat_in_a_huge_field(self, last: int) -> None:
        order = np.arange(1, last + 1)
        order[2] = 2
        scored = score(Races(rulebook=evolve(rulebook("isu-2018"), sprint_dead_heat="follow"), finish=order[None]))
        assert scored.total[0, :7].tolist() == [60, 40, 40, 20, 10, 6, 3]

    @pytest.mark.parametrize("last", [300, 70_000])
    def test_dead_heats_and_policies_of_a_huge_field(self, last: int) -> None:
        book = evolve(rulebook("isu-2018"), sprint_dead_heat="follow")
        order = np.arange(1, last + 1)
        order[1:3] = 2
        order[-2:] = last - 1
        status = np.zeros((1, last), np.uint8)
        status[0, 0] = DISQUALIFIED
        scored = score(Races(rulebook=book, finish=order[None], sprints=np.stack([[order] * 3]), status=status))
        assert scored.points[0, :, :5].tolist() == [[0, 3, 3, 2, 1]] * 3 + [[0, 60, 60, 40, 20]]
        assert scored.rank[0, :5].tolist() == [0, 1, 1, 3, 4]
        assert scored.rank[0, -3:].tolist() == [last - 3, last - 2, last - 2]
        assert scored.finish[0, -3:].tolist() == [last - 3, last - 2, last - 2]

    @pytest.mark.parametrize("kind", [np.int8, np.uint8, np.int16, np.uint16, np.int32, np.uint32, np.int64, np.uint64])
    def test_any_kind_of_whole_number_is_taken(self, kind: Any) -> None:
        names = ("finish", "sprints", "status", "laps_completed")
        given = {name: np.array(GIVEN[name], kind) for name in names}
        scored, plain = score(Races(**GIVEN | given)), score(Races(**GIVEN))
        assert scored.rank.tolist() == plain.rank.tolist()
        assert scored.total.tolist() == plain.total.tolist()
        assert {value.dtype for value in (scored.rank, plain.rank)} == {np.dtype(np.uint8)}

    @pytest.mark.parametrize(
        ("points", "kinds"),
        [(60, (np.int16, np.int16)), (10_000, (np.int32, np.int16)), (40_000, (np.int32, np.int32))],
    )
    def test_points_have_room_for_the_scale(self, points: int, kinds: tuple[Any, Any]) -> None:
        book = evolve(rulebook("isu-2018"), intermediate=Scale(points), final=Scale(points))
        scored = score(Races(rulebook=book, finish=[[1, 2]], sprints=[[[1, 2]] * 3]))
        assert (scored.total.dtype, scored.points.dtype) == kinds
        assert scored.total.tolist() == [[4 * points, 0]]

    def test_many_sprints_of_many_points(self) -> None:
        book = evolve(rulebook("isu-2018"), laps=101, sprint_laps=tuple(range(1, 101)), intermediate=Scale(2**24))
        scored = score(Races(rulebook=book, finish=[[1, 2]], sprints=[[[2, 1]] * 100]))
        assert scored.total.dtype == np.int32
        assert scored.total.tolist() == [[60, 100 * 2**24 + 40]]

    @pytest.mark.parametrize(("races", "skaters"), [(0, 24), (3, 0), (0, 0)])
    def test_nobody_and_nothing(self, races: int, skaters: int) -> None:
        empty = np.zeros((races, skaters), int)
        outcomes: dict[str, Any] = {"status": empty, "laps_completed": empty, "advance": 8}
        for more in ({}, outcomes):
            scored = score(Races(rulebook="isu-2018", finish=empty, **more))
            assert scored.rank.shape == scored.total.shape == scored.qualified.shape == (races, skaters)
            assert scored.points.shape == (races, 4, skaters)
            assert scored.warnings == ()

    def test_only_the_absent(self) -> None:
        scored = score(Races(rulebook="isu-2018", finish=[[0, 0]], status=[[ABSENT, ABSENT]], advance=8))
        assert scored.rank.tolist() == scored.qualified.tolist() == [[0, 0]]

    def test_distance_of_the_race_goes_before_the_rulebook(self) -> None:
        races = Races(
            rulebook="isu-2018", laps=5, sprint_laps=[2], finish=[[0, 1]], sprints=[[[1, 2]]],
            status=[[UNFINISHED, FINISHED]], laps_completed=[[4, 0]],
        )  # fmt: skip
        scored = score(races)
        assert scored.points.tolist() == [[[3, 2], [0, 60]]]
        assert not list(disagreements(races, scored))

    def test_blocks_change_nothing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        races = random_block(np.random.default_rng(7), rulebook("isu-2024"), 50, 9)
        whole = score(races)
        monkeypatch.setattr(kernel, "BLOCK", 9 * 7)
        parts = score(races)
        for name in ("rank", "total", "points", "finish", "qualified"):
            assert (getattr(whole, name) == getattr(parts, name)).all()
        assert [problem.message for problem in whole.warnings] == [problem.message for problem in parts.warnings]
        assert [problem.where for problem in whole.warnings] == [problem.where for problem in parts.warnings]

    def test_given_arrays_stay_as_they_are(self) -> None:
        races = random_block(np.random.default_rng(8), rulebook("isu-2018"), 20, 9)
        before = [np.array(getattr(races, name)) for name in ("finish", "sprints", "status")]
        score(races)
        for array, name in zip(before, ("finish", "sprints", "status"), strict=True):
            assert (array == getattr(races, name)).all()

    def test_races_are_sliced_with_everything_they_hold(self) -> None:
        ids = [list("abcd"), list("efgh")]
        some = Races(**GIVEN | {"ids": ids})[1:]
        assert len(some) == 1
        assert (some.skaters, some.ids, some.advance) == (4, ids[1:], 1)
        assert score(some).rank.tolist() == [[1, 2, 3, 0]]
        with pytest.raises(TypeError, match=r"1 is not a slice; of one race, write \[1:1 \+ 1\]"):
            some[1]  # type: ignore[index]  # what a caller may try

    def test_numbers_of_statuses_are_those_of_their_words(self) -> None:
        numbers = (FINISHED, LAPPED, UNFINISHED, DISQUALIFIED, ABSENT)
        assert [STATUSES[number] for number in numbers] == [
            "finished", "lapped", "unfinished", "disqualified", "absent",
        ]  # fmt: skip

    def test_outcome_without_a_check_is_the_same(self) -> None:
        races = random_block(np.random.default_rng(9), rulebook("isu-2024"), 40, 12)
        checked, unchecked = score(races), score(races, check=False)
        assert isinstance(unchecked, Scored)
        assert (checked.rank == unchecked.rank).all()
        assert unchecked.warnings == ()


class TestShapes:
    """Arrays that do not fit together are refused, checked or not."""

    @pytest.mark.parametrize(
        ("changes", "expected"),
        [
            ({"rulebook": "isu-1900"}, [("unknown-rulebook", "rulebook")]),
            ({"rulebook": None}, [("unknown-rulebook", "rulebook")]),
            ({"laps": 0}, [("distance", "laps")]),
            ({"advance": 0}, [("type", "advance")]),
            ({"advance": True}, [("type", "advance")]),
            ({"finish": [1, 2, 3, 4]}, [("shape", "finish")]),
            ({"finish": 1}, [("shape", "finish")]),
            ({"finish": None}, [("shape", "finish")]),
            ({"finish": [[1, 2], [1]], "sprints": [[[1, 2]], [[1]]]}, [("shape", "finish"), ("shape", "sprints")]),
            ({"status": [[0, 0, 0, 0], [0]]}, [("shape", "status")]),
            ({"finish": np.ones((2, 4))}, [("type", "finish")]),
            ({"finish": np.ones((2, 4), bool)}, [("type", "finish")]),
            ({"finish": np.full((2, 4), "1")}, [("type", "finish")]),
            ({"sprints": [[1, 2, 3, 0], [1, 2, 3, 0]]}, [("shape", "sprints")]),
            ({"sprints": np.zeros((2, 2, 4), int)}, [("shape", "sprints")]),
            (
                {"status": np.zeros((1, 4), int), "guests": NOBODY.astype(int)},
                [("shape", "status"), ("type", "guests")],
            ),
            ({"status": NOBODY}, [("type", "status")]),
            ({"laps_completed": np.zeros((2, 4))}, [("type", "laps_completed")]),
            ({"last_times": np.zeros((2, 3), int)}, [("shape", "last_times")]),
            ({"advanced": np.zeros((2, 4), np.uint8)}, [("type", "advanced")]),
            ({"ids": [list("abcd")]}, [("shape", "ids")]),
            ({"ids": [list("abcd"), list("abcde")]}, [("shape", "ids")]),
            ({"ids": [list("abcd"), list("abca")]}, [("shape", "ids")]),
        ],
    )
    def test_every_misfit_is_named(self, changes: dict[str, Any], expected: list[tuple[str, str]]) -> None:
        races = Races(**GIVEN | changes)
        for options in ({}, {"check": False}):
            found = [(problem.kind, problem.where) for problem in problems(races, **options)]
            # A distance that cannot be leaves no room for the sprint laps either.
            assert [one for one in found if one[1] != "sprint_laps" or "laps" not in changes] == expected

    def test_message_says_what_is_there_and_what_is_wanted(self) -> None:
        (problem,) = problems(Races(**GIVEN | {"sprints": np.zeros((2, 2, 4), int)}))
        assert problem.message == "has the shape (2, 2, 4), not (2, 3, 4)"
        assert problem.remedy == "give a row for each race, a column for each skater and the sprints between"
        (problem,) = problems(Races(**GIVEN | {"finish": np.ones((2, 4)), "status": None}))
        assert problem.message == "holds float64, not whole numbers"
        (problem,) = problems(Races(**GIVEN | {"guests": np.ones((2, 4))}))
        assert problem.message == "holds float64, not booleans"
        (problem,) = problems(Races(rulebook="isu-2018", finish=[1]))
        assert problem.message == "has 1 dimension, not 2"

    def test_points_that_no_array_holds(self) -> None:
        book = evolve(rulebook("isu-2018"), final=Scale(2**31 - 9))
        (problem,) = problems(Races(rulebook=book, finish=[[1]]))
        assert (problem.kind, problem.where) == ("scale", "rulebook")
        assert score(Races(rulebook=evolve(book, final=Scale(2**31 - 10)), finish=[[1]])).total.tolist() == [
            [2**31 - 10]
        ]

    def test_most_columns(self) -> None:
        (problem,) = problems(Races(rulebook="isu-2018", finish=np.zeros((0, MOST_SKATERS + 1), int)))
        assert (problem.kind, problem.message) == ("shape", f"has {MOST_SKATERS + 1} columns")
        assert len(score(Races(rulebook="isu-2018", finish=np.zeros((0, MOST_SKATERS), int)))) == 0


class TestRefusals:
    """Cells that cannot be, each with race and skater."""

    @pytest.mark.parametrize(
        ("changes", "expected"),
        [
            ({"finish": at(5, 0, 3, GIVEN["finish"])}, [("place", "finish[0, 3]")]),
            ({"finish": at(-1, 0, 3, GIVEN["finish"])}, [("place", "finish[0, 3]")]),
            ({"finish": [[1, 2, 2, 3], [1, 2, 0, 0]]}, [("place", "finish[0, 3]")]),
            ({"finish": [[2, 3, 4, 4], [1, 2, 0, 0]]}, [("place", "finish[0, 0]")]),
            ({"finish": [[1, 1, 1, 3], [1, 2, 0, 0]]}, [("place", "finish[0, 3]")]),
            ({"sprints": [[[1, 2, 4, 0]] * 3] * 2, "laps_completed": np.full((2, 4), 15)},
             [("place", f"sprints[:, {sprint}][{race}, 2]") for sprint in range(3) for race in range(2)]),
            ({"finish": at(0, 0, 1, GIVEN["finish"])}, [("place", "finish[0, 2]"), ("no-outcome", "finish[0, 1]")]),
            ({"finish": at(0, 0, 3, GIVEN["finish"])}, [("no-outcome", "finish[0, 3]")]),
            ({"finish": at(0, 0, 3, GIVEN["finish"]), "status": None}, [
                ("no-outcome", "finish[0, 3]"), ("no-outcome", "finish[1, 2]"), ("no-outcome", "finish[1, 3]"),
            ]),
            ({"finish": at(3, 1, 2, GIVEN["finish"])}, [("two-outcomes", "finish[1, 2]")]),
            ({"finish": at(3, 1, 3, GIVEN["finish"])}, []),
            ({"status": at(5, 0, 1, GIVEN["status"])}, [("status", "status[0, 1]")]),
            ({"status": at(-1, 0, 1, GIVEN["status"])}, [("status", "status[0, 1]")]),
            ({"status": at(ABSENT, 0, 3, GIVEN["status"])}, [("two-outcomes", "finish[0, 3]")]),
            ({"status": at(ABSENT, 1, 3, GIVEN["status"])}, [("did-not-start", "sprints[:, 2][1, 3]")]),
            ({"status": at(UNFINISHED, 0, 3, GIVEN["status"])}, [("two-outcomes", "finish[0, 3]")]),
            ({"laps_completed": None}, [("laps", "status[1, 2]")]),
            ({"laps_completed": at(16, 1, 2, GIVEN["laps_completed"])}, [("laps", "laps_completed[1, 2]")]),
            ({"laps_completed": at(15, 1, 2, GIVEN["laps_completed"])}, []),
            ({"laps_completed": at(-1, 1, 2, GIVEN["laps_completed"])},
             [("laps", "laps_completed[1, 2]"), ("left-race", "sprints[:, 0][1, 2]"), ("left-race", "sprints[:, 1][1, 2]")]),
            ({"laps_completed": at(7, 1, 2, GIVEN["laps_completed"])}, [("left-race", "sprints[:, 1][1, 2]")]),
            ({"laps_completed": at(8, 1, 2, GIVEN["laps_completed"])}, []),
            ({"laps_completed": at(99, 0, 0, GIVEN["laps_completed"])}, []),
            ({"last_times": at(-2, 1, 2, GIVEN["last_times"])}, [("time", "last_times[1, 2]")]),
            ({"last_times": at(-2, 0, 0, GIVEN["last_times"])}, []),
            ({"last_times": at(0, 1, 2, GIVEN["last_times"])}, []),
            ({"advanced": at(True, 1, 3, NOBODY)}, [("cannot-advance", "advanced[1, 3]")]),
            ({"advanced": at(True, 1, 2, NOBODY)}, []),
            ({"advanced": at(True, 0, 0, NOBODY), "guests": at(True, 0, 0, NOBODY)}, [("cannot-advance", "advanced[0, 0]")]),
        ],
    )  # fmt: skip
    def test_each_by_kind_and_place(self, changes: dict[str, Any], expected: list[tuple[str, str]]) -> None:
        if expected:
            assert refused(**changes) == expected
        else:
            score(Races(**GIVEN | changes))

    def test_guest_cannot_advance_where_everybody_finished(self) -> None:
        races = Races(rulebook="isu-2018", finish=[[1, 2]], guests=[[True, False]], advanced=[[True, True]])
        assert [problem.where for problem in problems(races)] == ["advanced[0, 0]"]
        score(evolve(races, guests=None))

    def test_place_of_the_race_before_is_not_one_of_this_race(self) -> None:
        races = Races(rulebook="isu-2018", finish=[[1, 1, 3], [3, 3, 3]])
        assert [problem.where for problem in problems(races)] == ["finish[1, 0]", "finish[1, 1]", "finish[1, 2]"]

    @pytest.mark.parametrize("skaters", [52, 53, 70])
    def test_place_that_is_left_out_of_a_large_field(self, skaters: int) -> None:
        finish = np.tile(np.arange(1, skaters + 1), (3, 1))
        assert len(score(Races(rulebook="isu-2018", finish=finish))) == 3
        finish[1, -2] = skaters
        assert [problem.where for problem in problems(Races(rulebook="isu-2018", finish=finish))] == [
            f"finish[1, {skaters - 2}]", f"finish[1, {skaters - 1}]",
        ]  # fmt: skip

    @pytest.mark.parametrize("skaters", [51, 52, 53, 60, 70, 300])
    def test_first_place_is_left_out_of_a_large_field(self, skaters: int) -> None:
        finish = np.tile(np.arange(1, skaters + 1), (3, 1))
        finish[2, 0] = 2
        assert [problem.where for problem in problems(Races(rulebook="isu-2018", finish=finish))] == [
            "finish[2, 0]", "finish[2, 1]",
        ]  # fmt: skip

    def test_skater_is_named(self) -> None:
        finish = np.tile(np.arange(1, 7), (4, 1))
        finish[3, 5] = 9
        races = Races(rulebook="isu-2018", finish=finish, ids=[[f"{race}-{k}" for k in range(6)] for race in range(4)])
        (problem,) = problems(races)
        assert str(problem) == (
            "finish[3, 5] of 3-5: is not a place in this field (place); give 1 to 6, or 0 for whoever has no place"
        )

    def test_column_that_stands_for_nobody_has_no_id(self) -> None:
        races = Races(rulebook="isu-2018", finish=[[1, 9]], ids=[["a"]])
        assert [problem.where for problem in problems(races)] == ["finish[0, 1]"]

    def test_race_is_counted_from_the_first_block_on(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(kernel, "BLOCK", 4)
        finish = np.tile([1, 2], (9, 1))
        finish[7, 1] = 3
        assert [problem.where for problem in problems(Races(rulebook="isu-2018", finish=finish))] == ["finish[7, 1]"]

    @pytest.mark.parametrize("block", [2, 8, 4096 * 24])
    @pytest.mark.parametrize(("number", "rest"), [(5, []), (6, ["1 further cells"]), (12, ["7 further cells"])])
    def test_first_five_are_named_and_the_others_counted(
        self, number: int, rest: list[str], block: int, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(kernel, "BLOCK", block)
        finish = np.tile([1, 2], (20, 1))
        finish[3 : 3 + number, 0] = 3
        found = problems(Races(rulebook="isu-2018", finish=finish))
        assert [problem.where for problem in found[:5]] == [f"finish[{race}, 0]" for race in range(3, 8)]
        assert [problem.message[: len(rest[0])] for problem in found[5:]] == rest if rest else len(found) == 5

    def test_all_kinds_come_at_once(self) -> None:
        changes = {"finish": at(9, 0, 0, GIVEN["finish"]), "last_times": at(-5, 1, 2, GIVEN["last_times"])}
        assert refused(**changes) == [("place", "finish[0, 0]"), ("time", "last_times[1, 2]")]


class TestDoubts:
    """What is taken, with a warning."""

    def test_sprint_that_names_too_few(self) -> None:
        sprints = np.tile([1, 2, 3, 0], (3, 3, 1))
        sprints[1:, 0, 2] = 0
        sprints[2, 2] = 0
        races = Races(rulebook="isu-2018", finish=np.tile([1, 2, 3, 4], (3, 1)), sprints=sprints)
        wrong = "fewer skaters are named than win points there"
        assert doubts(races) == [
            ("short-sprint", "sprints[:, 0], race 1", f"{wrong} (2 races like this)"),
            ("short-sprint", "sprints[:, 2], race 2", f"{wrong} (1 race like this)"),
        ]

    def test_no_sprint_at_all(self) -> None:
        assert [doubt[:2] for doubt in doubts(Races(rulebook="isu-2018", finish=[[1]]))] == [
            ("short-sprint", f"sprints[:, {number}], race 0") for number in range(3)
        ]

    @pytest.mark.parametrize("block", [8, 4096 * 24])
    def test_counted_over_all_blocks(self, block: int, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(kernel, "BLOCK", block)
        races = Races(rulebook="isu-2018", finish=np.tile([1, 2, 3, 4], (30, 1)))
        assert [doubt[2][-20:] for doubt in doubts(races)] == ["(30 races like this)"] * 3

    def test_sprint_of_few_who_are_left(self) -> None:
        sprint = [[[1, 2, 0, 0]] * 3]
        for status, laps, warned in (
            ([0, 0, UNFINISHED, ABSENT], 3, 0), ([0, 0, UNFINISHED, ABSENT], 4, 1), ([0, 0, UNFINISHED, ABSENT], 8, 2),
            ([0, 0, DISQUALIFIED, ABSENT], 0, 0), ([0, 0, DISQUALIFIED, 0], 0, 3),
        ):  # fmt: skip
            finish = [[1, 2, 0, 3 if status[3] == 0 else 0]]
            races = Races(
                rulebook="isu-2018", finish=finish, sprints=sprint, status=[status], laps_completed=[[laps] * 4]
            )
            assert len(doubts(races)) == warned, (status, laps)
            (race,) = to_races(races)
            assert len(race.warnings) == warned

    def test_disqualified_counts_in_a_sprint_whose_places_stay_open(self) -> None:
        races = Races(rulebook="isu-2018", finish=[[1, 2, 3, 0]], sprints=[[[2, 3, 0, 1]] * 3], status=[[0, 0, 0, 3]])
        assert len(doubts(races)) == 3
        assert doubts(evolve(races, rulebook=evolve(races.rulebook, disqualified_in_sprint="kept"))) == []

    def test_guests_neither_reach_a_sprint_nor_are_named_there(self) -> None:
        races = Races(rulebook="isu-2018", finish=[[1, 2, 3]], sprints=[[[1, 2, 3]] * 3], guests=[[True, False, False]])
        assert doubts(races) == []
        assert len(doubts(evolve(races, sprints=[[[1, 2, 0]] * 3]))) == 3

    def test_many_starters(self) -> None:
        shape = (3, 30)
        finish = np.tile(np.arange(1, 31), (3, 1))
        status, guests = np.zeros(shape, np.uint8), np.zeros(shape, bool)
        finish[0, 28:], status[0, 28:] = 0, ABSENT
        guests[1, :2] = True
        book = evolve(rulebook("isu-2018"), sprint_laps=())
        races = Races(rulebook=book, finish=finish, status=status, guests=guests)
        ((kind, where, message),) = doubts(races)
        assert (kind, where) == ("many-starters", "finish, race 2")
        assert message == "more start than the 28 that isu-2018 allows (likely) (1 race like this)"
        assert doubts(evolve(races, rulebook=evolve(book, max_starters=None))) == []
        assert len(doubts(evolve(races, status=None, finish=finish[2:], guests=None))) == 1

    def test_same_as_the_warnings_of_races(self) -> None:
        for seed in range(6):
            races = random_block(np.random.default_rng(seed), rulebook("isu-2018"), 30, 5 + 6 * seed)
            kinds: dict[str, int] = {}
            for race in to_races(races):
                for problem in race.warnings:
                    kind = problem.kind + problem.where.replace("starters", "")
                    kinds[kind] = kinds.get(kind, 0) + 1
            kinds.pop("no-starters", None)
            laps = races.rulebook.sprint_laps
            found = {
                kind + (f"sprints.{laps[int(where[11])]}" if kind == "short-sprint" else ""): message.split("(")[-1]
                for kind, where, message in doubts(races)
            }
            assert {kind: text.split()[0] for kind, text in found.items()} == {k: str(v) for k, v in kinds.items()}


class TestConversion:
    """Races as arrays, and arrays as races."""

    RACE = Race(
        rulebook="isu-2024", starters=["a", "b", "c", "d", "e", "f"], sprints={4: ["f", "a", "b"], 8: ["a", ["b", "c"]]},
        finish=["f", "c", ["a", "b"]], lapped=["b"], unfinished={"d": (9, "5:24.53")}, disqualified=["e"],
        guests=["f"], advanced=["d"], advance=1,
    )  # fmt: skip

    def test_every_fact_that_scoring_needs_comes_through(self) -> None:
        races = to_arrays([self.RACE])
        assert races.finish.tolist() == [[3, 3, 2, 0, 0, 1]]
        assert races.sprints is not None
        assert races.sprints.tolist() == [[[2, 3, 0, 0, 0, 1], [1, 2, 2, 0, 0, 0], [0] * 6]]
        given = [getattr(races, name).tolist() for name in ("status", "laps_completed", "last_times")]
        assert given == [[[0, 1, 0, 2, 3, 0]], [[0, 0, 0, 9, 0, 0]], [[-1, -1, -1, 324_530, -1, -1]]]
        assert [np.flatnonzero(mask).tolist() for mask in (races.guests, races.advanced) if mask is not None] == [
            [5],
            [3],
        ]
        assert (races.ids, races.advance) == ([self.RACE.starters.ids], 1)

    def test_round_trip_gives_the_same_result(self) -> None:
        (back,) = to_races(to_arrays([self.RACE]))
        assert [(row.id, row.rank, row.total, row.sprints, row.qualified) for row in rank(back)] == [
            (row.id, row.rank, row.total, row.sprints, row.qualified) for row in rank(self.RACE)
        ]
        assert (back.guests, back.advance) == (self.RACE.guests, 1)

    def test_results_are_taken_as_races(self) -> None:
        assert (to_arrays([rank(self.RACE)]).finish == to_arrays([self.RACE]).finish).all()

    def test_small_field_ends_with_columns_for_nobody(self) -> None:
        races = to_arrays([Race(rulebook="isu-2018", starters=list(ids), finish=list(ids)) for ids in ("abc", "d")])
        assert races.status is not None
        assert races.status.tolist() == [[FINISHED] * 3, [FINISHED, ABSENT, ABSENT]]
        assert [race.starters.ids for race in to_races(races)] == [("a", "b", "c"), ("d",)]
        assert score(races).rank.tolist() == [[1, 2, 3], [1, 0, 0]]

    def test_skaters_without_ids_are_known_by_their_columns(self) -> None:
        races = Races(rulebook="isu-2018", finish=[[1, 0]], status=[[0, UNFINISHED]], laps_completed=[[0, 3]])
        (race,) = to_races(races)
        assert race.starters.ids == (0, 1)
        assert [(note.id, note.laps, note.time) for note in race.unfinished] == [(1, 3, None)]

    def test_laps_that_nobody_gave_are_none(self) -> None:
        (race,) = to_races(Races(rulebook="isu-2018", finish=[[1, 0]], status=[[0, UNFINISHED]]))
        assert race.unfinished[0].laps == 0

    def test_arrays_that_cannot_be_a_race_are_refused(self) -> None:
        with pytest.raises(InvalidRecord):
            list(to_races(Races(rulebook="isu-2018", finish=[[0, 1]])))

    @pytest.mark.parametrize(
        ("changes", "where"),
        [({"rulebook": "isu-2018"}, "rulebook"), ({"laps": 15}, "laps"), ({"advance": 2}, "advance"),
         ({"laps": 16, "sprint_laps": [4, 8]}, "sprint_laps")],
    )  # fmt: skip
    def test_races_that_are_held_in_different_ways(self, changes: dict[str, Any], where: str) -> None:
        plain: dict[str, Any] = {"rulebook": "isu-2024", "starters": ["a"], "finish": ["a"]}
        with pytest.raises(InvalidRecord) as refusal:
            to_arrays([Race(**plain), Race(**plain), Race(**plain | changes)])
        assert [(problem.kind, problem.where) for problem in refusal.value.problems] == [
            ("different-races", f"[2].{where}")
        ]

    def test_no_races(self) -> None:
        with pytest.raises(InvalidRecord) as refusal:
            to_arrays([])
        assert [problem.kind for problem in refusal.value.problems] == ["empty"]

    def test_place_kept_open(self) -> None:
        open_place = Order(["a", "b"], [1, 3])
        races = [
            Race(rulebook="isu-2018", starters=["a", "b"], finish=open_place),
            Race(rulebook="isu-2018", starters=["a", "b"], finish=["a", "b"], sprints={8: open_place}),
        ]
        with pytest.raises(InvalidRecord) as refusal:
            to_arrays(races)
        assert [(problem.kind, problem.where) for problem in refusal.value.problems] == [
            ("place", "[0].finish"), ("place", "[1].sprints.8"),
        ]  # fmt: skip

    def test_sheet_is_neither_race_nor_result_of_one(self) -> None:
        sheet = load("beijing-2022-men-semifinal-1", Sheet)
        for record in (sheet, rank(sheet)):
            with pytest.raises(TypeError, match="race 1 is neither a Race nor the Result of one, but a Sheet"):
                to_arrays([self.RACE, record])  # type: ignore[list-item]  # what is refused


def test_own_rulebook_is_taken() -> None:
    school = Rulebook(
        id="school", laps=10, sprint_laps=(3,), intermediate=Scale(20, 10), final=Scale(40, 20), forfeits=False
    )
    scored = score(Races(rulebook=school, finish=[[1, 2, 3]], sprints=[[[0, 2, 1]]]))
    assert scored.total.tolist() == [[40, 30, 20]]
