"""How plain lists, sets and dicts become the records of a race, and what cannot."""

from typing import Any

import pytest

from massstart import InvalidRecord, Order, Race
from massstart.reasons import decisive

RACE: dict[str, Any] = {"rulebook": "isu-2018", "starters": ["a", "b", "c"], "finish": ["a", "b", "c"]}


class TestOrder:
    def test_places_may_be_given(self) -> None:
        order = Order(["a", "b", "c", "d"], [1, 2, 2, 4])
        assert order == Order.from_list(["a", ["b", "c"], "d"])
        assert Order(["a", "b"]) == Order(["a", "b"], (1, 2)) == Order.from_list(["a", "b"])
        assert (order.is_gapless, Order(["a"]).is_gapless) == (False, True)

    @pytest.mark.parametrize("places", [[3, 2, 1], [1], [1, 1, 2], [0, 1, 2], [1, 2, True], [1, 2, 2, 4], [1, 1, 1.5]])
    def test_places_that_do_not_fit_are_refused(self, places: list[Any]) -> None:
        with pytest.raises(InvalidRecord) as caught:
            Order(["a", "b", "c"], places)
        assert [problem.kind for problem in caught.value.problems] == ["places"]

    def test_a_place_may_be_kept_open(self) -> None:
        assert list(Order(["a", "c"], [1, 3])) == [("a", 1), ("c", 3)]

    def test_there_is_no_place_in_the_file_behind_the_last(self) -> None:
        order = Order.from_list(["a", ["b", "c"]])
        assert [order.where(position) for position in range(3)] == ["[0]", "[1][0]", "[1][1]"]
        with pytest.raises(IndexError):
            order.where(3)

    def test_whoever_is_taken_out_of_an_order_need_not_be_in_it(self) -> None:
        order = Order.from_list(["a", ["b", "c"], "d"])
        assert order.without({"x"}, close=True) == order
        assert order.without({"b"}, close=True) == Order(["a", "c", "d"])
        assert order.without({"a"}, close=True) == Order.from_list([["b", "c"], "d"])


class TestNotes:
    def test_sets_are_taken_where_the_order_means_nothing(self) -> None:
        race = Race(**RACE, disqualified={"b", "a"}, lapped={"c"})
        assert [note.id for note in race.disqualified] == ["a", "b"]
        assert race.lapped == ("c",)

    @pytest.mark.parametrize("name", ["disqualified", "unfinished", "advanced", "lapped", "times", "sprints"])
    def test_what_is_neither_a_collection_nor_a_mapping_is_refused(self, name: str) -> None:
        with pytest.raises(InvalidRecord) as caught:
            Race(**RACE | {name: 5})
        assert [problem.where for problem in caught.value.problems] == [name]

    @pytest.mark.parametrize("sprints", [{4: ["a"], "x": ["b"]}, {"4": ["a"]}])
    def test_laps_that_cannot_be_compared_are_refused_one_by_one(self, sprints: Any) -> None:
        with pytest.raises(InvalidRecord) as caught:
            Race(**RACE, sprints=sprints)
        assert {problem.kind for problem in caught.value.problems} == {"unknown-lap"}

    def test_laps_of_the_sprints_that_are_no_list_are_refused(self) -> None:
        with pytest.raises(InvalidRecord) as caught:
            Race(**RACE | {"sprint_laps": 5})
        assert [problem.where for problem in caught.value.problems] == ["sprint_laps"]


def test_the_first_criterion_that_differs_decides() -> None:
    assert decisive((0, -3, 4), (0, -2, 1)) == "total"
    assert decisive((1, -3, 4), (0, -3, 4)) == "laps_short"
    assert decisive((0, -3, 4), (0, -3, 5)) == "finish"
    assert decisive((0, -3, 4), (0, -3, 4)) is None
