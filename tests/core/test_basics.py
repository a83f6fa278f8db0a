"""Times, orders, scales, rulebooks and the words of reasons."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from attrs import evolve

from massstart import (
    InvalidRecord,
    Order,
    Problem,
    Race,
    RaceTime,
    Rulebook,
    Scale,
    Sheet,
    SheetRow,
    UnknownName,
    rulebook,
)
from massstart.event import Event
from massstart.order import id_order
from massstart.rulebooks import RULEBOOKS
from massstart.season import quota
from massstart.season.ranking import Standings
from massstart.words import count, listing, ordinal, place


@pytest.mark.parametrize("text", ["7:42.97", "7:42.976", "0:33.10", "12:00.00", "0:00.00"])
def test_time_is_written_as_it_was_read(text: str) -> None:
    assert str(RaceTime.from_text(text)) == text


@pytest.mark.parametrize(
    "text", ["", "7:60.00", "42.97", "7:42", "7:42.9", "7:42.9761", " 7:42.97", "\u0667:42.97", "-1:00.00"]
)
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a time"):
        RaceTime.from_text(text)


@pytest.mark.parametrize(
    ("one", "other", "before"),
    [
        ("7:42.97", "7:42.98", True),
        ("7:43.00", "7:42.98", False),
        ("7:42.97", "7:42.97", None),
        ("7:42.97", "7:42.979", None),
        ("7:42.976", "7:42.979", True),
        ("7:42.979", "7:42.976", False),
        ("7:42.976", "7:42.976", None),
    ],
)
def test_hundredths_are_truncated_so_equal_ones_settle_nothing(one: str, other: str, before: bool | None) -> None:  # noqa: FBT001
    assert RaceTime.from_text(one).before(RaceTime.from_text(other)) is before


def test_a_negative_time_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="milliseconds"):
        RaceTime(-1)


def test_order_knows_its_groups_and_where_they_stand_in_the_file() -> None:
    order = Order.from_list(["a", ["b", "c"], "d"])
    assert order.groups == (("a",), ("b", "c"), ("d",))
    assert [order.where(position) for position in range(4)] == ["[0]", "[1][0]", "[1][1]", "[2]"]
    assert (len(order), order.is_gapless, Order.from_list(["a", "b"]).is_gapless) == (4, False, True)


def test_tuple_within_an_order_is_an_id() -> None:
    assert Order.from_list([("NED", 1), ("NOR", 2)]).ids == (("NED", 1), ("NOR", 2))


def test_order_without_some_closes_up_or_keeps_their_places() -> None:
    order = Order.from_list(["a", ["b", "c"], "d", "e"])
    assert list(order.without({"b", "d"}, close=True)) == [("a", 1), ("c", 2), ("e", 3)]
    assert list(order.without({"b", "d"}, close=False)) == [("a", 1), ("c", 2), ("e", 5)]
    assert order.without({"x"}, close=True) == order


@pytest.mark.parametrize("bad", ["ab", 5, None, [["a"], []], [{}], [["a", []]]])
def test_what_is_no_order_is_refused(bad: Any) -> None:
    with pytest.raises(InvalidRecord):
        Order.from_list(bad)


def test_ids_without_an_order_of_their_own_are_sorted_by_number_then_text() -> None:
    assert sorted(["b", "10", "9", 2, ("x",)], key=id_order) == [2, "9", "10", ("x",), "b"]
    assert sorted(["10", "7", "0", "9", "007", "00"], key=id_order) == ["0", "00", "007", "7", "9", "10"]
    long = "9" * 4301
    assert sorted(["b", f"1{long}", long, "8"], key=id_order) == ["8", long, f"1{long}", "b"]


@pytest.mark.parametrize("points", [(), (0,), (3, 4), (True,), (1.5,), ("3",)])
def test_what_is_no_scale_is_refused(points: tuple[Any, ...]) -> None:
    with pytest.raises(InvalidRecord):
        Scale(*points)


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"id": ""}, "id"),
        ({"laps": 0}, "laps"),
        ({"laps": True}, "laps"),
        ({"sprint_laps": (16,)}, "sprint_laps"),
        ({"sprint_laps": (4, 4)}, "sprint_laps"),
        ({"sprint_laps": [0]}, "sprint_laps"),
        ({"intermediate": (3, 2, 1)}, "intermediate"),
        ({"final": None}, "final"),
        ({"forfeits": 1}, "forfeits"),
        ({"junior": None}, "junior"),
        ({"advance": 0}, "advance"),
        ({"max_starters": 0}, "max_starters"),
        ({"sprint_dead_heat": "share"}, "sprint_dead_heat"),
        ({"disqualified_in_sprint": None}, "disqualified_in_sprint"),
    ],
)
def test_rulebook_is_refused(changes: dict[str, Any], where: str) -> None:
    with pytest.raises(InvalidRecord) as caught:
        evolve(rulebook("isu-2018"), **changes)
    assert [problem.where for problem in caught.value.problems] == [where]


@pytest.mark.parametrize(
    ("day", "junior", "id"),
    [
        (date(2014, 7, 1), False, "isu-2014"),
        (date(2018, 6, 30), False, "isu-2014"),
        (date(2018, 7, 1), False, "isu-2018"),
        (datetime(2024, 6, 30, 23, 59, tzinfo=UTC), False, "isu-2018"),
        (date(2024, 7, 1), False, "isu-2024"),
        (date(2026, 2, 21), False, "isu-2024"),
        (date(2016, 1, 1), True, "isu-2014-junior"),
        (date(2022, 1, 1), True, "isu-2018-junior"),
        (date(2025, 1, 1), True, "isu-2024-junior"),
    ],
)
def test_rulebook_is_found_by_date(day: date, junior: bool, id: str) -> None:  # noqa: FBT001
    assert rulebook(day, junior=junior).id == id
    assert rulebook(id).junior is junior


@pytest.mark.parametrize("which", ["isu-2011", "", date(2014, 6, 30), date(2011, 11, 20)])
def test_unknown_rulebook_is_an_error_that_names_what_exists(which: str | date) -> None:
    with pytest.raises(UnknownName, match=r"isu-2014.*isu-2018.*isu-2024"):
        rulebook(which)


#: The table of the rules, typed in again: laps, sprint laps, intermediate, final, forfeits, how sure the points are.
TABLE = {
    "isu-2014": (16, (4, 8, 12), (5, 3, 1), (60, 40, 20), False, "certain"),
    "isu-2018": (16, (4, 8, 12), (3, 2, 1), (60, 40, 20, 10, 6, 3), False, "certain"),
    "isu-2024": (16, (4, 8, 12), (3, 2, 1), (60, 40, 20, 10, 6, 3), True, "certain"),
    "isu-2014-junior": (10, (5,), (5, 3, 1), (30, 20, 10), False, "likely"),
    "isu-2018-junior": (10, (4, 7), (3, 2, 1), (30, 20, 10, 4, 2, 1), False, "likely"),
    "isu-2024-junior": (10, (4, 7), (3, 2, 1), (30, 20, 10, 4, 2, 1), True, "assumed"),
}


def test_rulebooks_are_those_of_the_table() -> None:
    found = {
        book.id: (
            book.laps,
            book.sprint_laps,
            book.intermediate.points,
            book.final.points,
            book.forfeits,
            book.confidence("final"),
        )
        for book in RULEBOOKS
    }
    assert found == TABLE


@pytest.mark.parametrize("book", RULEBOOKS, ids=lambda book: book.id)
def test_policies_that_nobody_has_confirmed_are_called_assumed(book: Rulebook) -> None:
    assert book.confidence("sprint_dead_heat") == "assumed"
    assert book.confidence("disqualified_in_sprint") == "assumed"
    assert book.confidence("max_starters") == "likely"
    assert book.confidence("disqualified_at_finish") == "likely"
    assert book.confidence("last_day") == "assumed"
    with pytest.raises(AttributeError):
        book.confidence("colour")


def test_words() -> None:
    assert [ordinal(number) for number in (1, 2, 3, 4, 11, 12, 13, 21, 112)] == [
        "1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "112th",
    ]  # fmt: skip
    assert (place(1), place(12), place(13)) == ("first", "twelfth", "13th")
    assert (count(0, "point"), count(1, "point"), count(2, "point")) == ("no points", "1 point", "2 points")
    assert (listing(["a"]), listing(["a", "b"]), listing(["a", "b", "c"])) == ("a", "a and b", "a, b and c")


def test_problem_without_a_place_reads_well() -> None:
    assert str(Problem("empty", "", "nothing there", "add it")) == "nothing there (empty); add it"


@pytest.mark.parametrize("day", ["2025-11-16", date(2025, 11, 16), datetime(2025, 11, 16, 14, 30, tzinfo=UTC)])
def test_day_is_text_or_a_date_with_or_without_its_time(day: Any) -> None:
    race = Race(rulebook="isu-2024", starters=["a"], finish=["a"], date=day)
    sheet = Sheet(id="s", rulebook="isu-2024", rows=[SheetRow(rank=1, name="A")], date=day)
    standings = Standings(rows=[], date=day)
    values = (race, sheet, Event(final=race, date=day), standings, quota(standings))
    assert [value.date for value in values] == ["2025-11-16"] * 5


@pytest.mark.parametrize("day", ["16.11.2025", "11/16/2025", "20251116", "2025-02-30", "soon", ""])
def test_what_is_not_a_day_is_refused(day: str) -> None:
    with pytest.raises(InvalidRecord, match="is not a date of the form YYYY-MM-DD") as caught:
        Race(rulebook="isu-2024", starters=["a"], finish=["a"], date=day)
    with pytest.raises(InvalidRecord) as also:
        Sheet(id="s", rulebook="isu-2024", rows=[SheetRow(rank=1, name="A")], date=day)
    with pytest.raises(InvalidRecord) as third:
        Event(date=day)
    for error in (caught, also, third):
        assert [(one.kind, one.where) for one in error.value.problems] == [("date", "date")]
