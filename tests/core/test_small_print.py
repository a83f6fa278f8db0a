"""Details that a mutation run showed to be unguarded: each test here goes red when one of them is changed."""

from typing import Any

import pytest
from attrs import evolve

from massstart import (
    InvalidRecord,
    Order,
    Race,
    RaceTime,
    Rulebook,
    Scale,
    Sheet,
    SheetRow,
    UnknownName,
    advance,
    rank,
    rulebook,
)
from massstart.order import id_order
from massstart.records import Disqualified, Sprint, Starter
from massstart.rulebook import Evidence

A_TO_D = ["a", "b", "c", "d"]


def race(**changes: Any) -> Race:
    given: dict[str, Any] = {"rulebook": "isu-2018", "starters": A_TO_D, "finish": A_TO_D} | changes
    return Race(**given)


def test_sets_come_out_by_number_then_text() -> None:
    entered = race(starters=["10", "9", "b", "a"], finish=[], did_not_start={"10", "9", "b", "a"})
    assert entered.did_not_start == ("9", "10", "a", "b")
    out = race(starters=["10", "9", "b", "a"], finish=[], disqualified={"10", "9", "b", "a"})
    assert [note.id for note in out.disqualified] == ["9", "10", "a", "b"]


def test_sprints_come_out_by_lap() -> None:
    given = race(sprints={12: ["a"], 4: ["b"], 8: ["c"]})
    assert [sprint.lap for sprint in given.sprints] == [4, 8, 12]
    assert race(sprints=[Sprint(8, Order(("c",), range(1, 2))), Sprint(4, Order())]).sprints[0].lap == 4


def test_reasons_and_ready_notes_come_by_id() -> None:
    assert race(disqualified={"a": "obstruction"}).disqualified == (Disqualified("a", None, "obstruction"),)
    ready = Disqualified("a", "257.4.5", "obstruction")
    assert race(disqualified={"a": ready}).disqualified == (ready,)


def test_hundredths_leave_the_thousandths_at_nothing() -> None:
    assert RaceTime.from_text("7:42.97") == RaceTime(462970)
    assert RaceTime.from_text("7:42.970") == RaceTime(462970, exact=True)


def test_ids_that_read_alike_are_told_apart_by_type() -> None:
    assert id_order("1") != id_order(1)
    assert id_order(("x",)) != id_order("('x',)")


def test_absent_skaters_may_come_as_a_list() -> None:
    order = Order.from_list(["a", "b", "c"])
    assert order.without(["b"], close=True).ids == ("a", "c")
    assert order.without([], close=True) == order


def test_problems_of_the_starters_join_those_found_before() -> None:
    with pytest.raises(InvalidRecord) as caught:
        race(rulebook="isu-1999", starters=["a", "a"], finish=["a"])
    assert [one.kind for one in caught.value.problems] == ["unknown-rulebook", "repeated-id"]


@pytest.mark.parametrize("name", ["finish", "unfinished", "disqualified", "did_not_start"])
def test_outcomes_are_not_judged_where_they_cannot_be_read(name: str) -> None:
    with pytest.raises(InvalidRecord) as caught:
        race(**({"finish": ["a"]} | {name: 5}))
    assert [(one.kind, one.where) for one in caught.value.problems] == [("type", name)]


def test_sprint_is_short_if_someone_who_reached_it_could_have_won_points() -> None:
    def short(**changes: Any) -> list[str]:
        return [warning.where for warning in race(**changes).warnings if warning.kind == "short-sprint"]

    full = {8: A_TO_D, 12: A_TO_D}
    assert short(sprints={4: ["a", "b"], **full}, disqualified=["d"]) == ["sprints.4"]
    assert short(sprints={4: ["d", "a", "b"], **full}, disqualified=["d"]) == ["sprints.4"]
    assert short(
        sprints={4: ["a", "b"], 8: ["a", "b"], 12: ["a", "b"]}, finish=["a", "b"], unfinished={"c": 4, "d": 3}
    ) == ["sprints.4"]


def test_warnings_say_what_contradicts_what() -> None:
    slow = race(finish=["a", "b", ["d", "c"]], times={"a": "1:00.00", "b": "0:59.00", "c": "1:01.00", "d": "1:02.00"})
    messages = [(one.message, one.remedy) for one in slow.warnings if one.kind == "times-order"]
    assert messages == [
        ("0:59.00 is faster than 1:00.00 of 'a', who crossed before", "correct a time, or the order in finish"),
        ("1:02.00 and 1:01.00 of 'c' are not a dead heat", "correct a time, or the order in finish"),
    ]
    sprint = next(one for one in slow.warnings if one.kind == "short-sprint")
    assert (sprint.message, sprint.remedy) == (
        "no skaters named, 3 win points there",
        "name the skaters who are missing",
    )


def test_the_least_sure_word_about_a_value_counts() -> None:
    evidence = tuple(Evidence(("laps",), sureness, "x") for sureness in ("certain", "assumed", "likely"))
    book = Rulebook(
        id="own", laps=4, sprint_laps=(), intermediate=Scale(1), final=Scale(1), forfeits=False, evidence=evidence
    )  # fmt: skip
    assert book.confidence("laps") == "assumed"


def test_unknown_names_are_listed_with_commas() -> None:
    with pytest.raises(UnknownName, match="there are isu-2014, isu-2018, isu-2024, isu-2014-junior"):
        rulebook("x")


def test_results_of_unequal_races_hash_apart_and_say_what_they_are_of() -> None:
    assert len({hash(rank(race(laps=laps))) for laps in (13, 14, 15)}) == 3
    assert repr(rank(race())) == "<Result of a race: 4 rows>"


def test_three_in_a_dead_heat_use_up_one_place_where_the_next_follows() -> None:
    book = Rulebook(
        id="own", laps=4, sprint_laps=(2,), intermediate=Scale(3, 2, 1), final=Scale(5, 4, 1), forfeits=False,
        sprint_dead_heat="follow",
    )  # fmt: skip
    result = rank(race(rulebook=book, sprints={2: [["a", "b", "c"], "d"]}, finish=["d", ["a", "b"], "c"]))
    assert {row.id: row.sprints for row in result} == {"a": (3, 4), "b": (3, 4), "c": (3, 1), "d": (2, 5)}


def test_points_decide_among_the_unfinished_with_equal_laps() -> None:
    result = rank(
        race(
            finish=["a"],
            unfinished={"b": (5, "3:00.00"), "c": (5, "3:01.00"), "d": (5, "2:59.00")},
            sprints={4: ["c", "b"]},
        )
    )
    assert [(row.id, row.total) for row in result] == [("a", 60), ("c", 3), ("b", 2), ("d", 0)]


def test_start_list_tells_everything_of_those_added_and_of_the_reserves() -> None:
    from massstart import Starter

    named = [Starter(id, f"Name {id}", "NED") for id in A_TO_D]
    final = advance(rank(race(starters=named, advanced=["d"], finish=[["a", "b"], "c", "d"])), advance=1)
    assert [(one.start, one.id, one.name, one.nation, one.semifinal, one.rank, one.qualified) for one in final] == [
        (1, "a", "Name a", "NED", 1, 1, "Q"),
        (2, "b", "Name b", "NED", 1, 1, "Q"),
        (3, "d", "Name d", "NED", 1, 4, "q"),
    ]
    assert [
        (one.start, one.id, one.name, one.nation, one.semifinal, one.rank, one.qualified) for one in final.reserves
    ] == [(None, "c", "Name c", "NED", 1, 3, None)]


def test_shared_ranks_take_the_next_numbers_in_turn_and_the_gap_stays() -> None:
    one = rank(race(finish=[["a", "b"], "c", "d"]))
    two = rank(race(starters=["e", "f"], finish=["e", "f"]))
    assert [(entry.start, entry.id) for entry in advance(one, two, advance=3)] == [
        (1, "a"), (2, "e"), (3, "b"), (4, "f"), (5, "c"),
    ]  # fmt: skip


def test_those_added_start_at_1_where_nobody_else_goes_on() -> None:
    sheet = Sheet(id="s", rulebook="isu-2018", rows=[SheetRow(rank=9, name="A", qualified="q")], complete=False)
    assert [(entry.start, entry.qualified) for entry in advance(sheet)] == [(1, "q")]
    unknown = Sheet(
        id="s",
        rulebook="isu-2018",
        rows=[SheetRow(name="A", qualified="Q"), SheetRow(rank=9, name="B", qualified="q")],
        complete=False,
    )
    assert [(entry.start, entry.id) for entry in advance(unknown)] == [(None, "A"), (2, "B")]


def found(**changes: Any) -> list[tuple[str, str]]:
    """The kinds and places of what is wrong with a race."""
    with pytest.raises(InvalidRecord) as caught:
        race(**changes)
    return [(problem.kind, problem.where) for problem in caught.value.problems]


def test_two_outcomes_of_one_do_not_make_up_for_none_of_another() -> None:
    assert found(finish=["a", "b", "c"], unfinished={"a": 3}) == [
        ("two-outcomes", "unfinished.a"),
        ("no-outcome", "starters[3]"),
    ]


def test_a_disqualified_finisher_is_no_problem_beside_another() -> None:
    assert found(finish=["a", "b", "c"], disqualified=["b"]) == [("no-outcome", "starters[3]")]


@pytest.mark.parametrize("field", ["lapped", "advanced", "sprints", "times", "unfinished", "disqualified"])
@pytest.mark.parametrize("value", [5, ("ab",), ([],)])
def test_what_is_no_list_or_mapping_is_refused_beside_all_else(field: str, value: object) -> None:
    others: dict[str, Any] = {"finish": ["a", "b"], "unfinished": {"c": 3}, "did_not_start": ["d"]}
    assert {where.partition("[")[0].partition(".")[0] for _, where in found(**others | {field: value})} >= {field}


def test_an_id_that_cannot_be_one_is_named_with_its_place() -> None:
    with pytest.raises(InvalidRecord, match=r"the id at \[1\] is not hashable"):
        race(starters=["a", ["b"], "c"])
    assert ("type", "times") in found(times=(([], RaceTime(1)),))


def test_names_and_nations_are_text() -> None:
    assert ("type", "starters") in found(starters=[Starter("a"), Starter("b", nation=5)], finish=["a", "b"])  # type: ignore[arg-type]  # on purpose


def test_reasons_and_clauses_are_text() -> None:
    assert found(disqualified={"a": ("257.4.5", "x")}, advanced={"b": 5}) == [
        ("type", "disqualified.a"),
        ("type", "advanced.b"),
    ]
    assert found(disqualified=[Disqualified("a", 257)]) == [("type", "disqualified.a")]  # type: ignore[arg-type]  # on purpose


def test_every_sprint_after_a_bad_one_is_checked() -> None:
    wrong = {3: ["a"], 4: ["d"], 8: ["d"]}
    places = [where for _, where in found(finish=["a", "b", "c"], unfinished={"d": 2}, sprints=wrong)]
    assert places == ["sprints.3", "sprints.4[0]", "sprints.8[0]"]
    no_order: dict[int, Any] = {4: 5, 8: ["d"]}
    places = [where for _, where in found(finish=["a", "b", "c"], unfinished={"d": 2}, sprints=no_order)]
    assert places == ["sprints.4", "sprints.8[0]"]


def test_who_leaves_at_a_sprint_was_in_it() -> None:
    left = race(finish=["a", "b", "c"], unfinished={"d": 4}, sprints={4: ["d"]})
    assert rank(left)["d"].sprints[0] == 3


def test_a_race_without_intermediate_sprints_has_none() -> None:
    assert found(sprint_laps=(), sprints={4: ["a"]}) == [("unknown-lap", "sprints.4")]


def test_limits_begin_where_they_say() -> None:
    book = evolve(rulebook("isu-2018"), max_starters=3)
    kinds = [
        [one.kind for one in race(rulebook=book, starters=A_TO_D[:n], finish=A_TO_D[:n], sprint_laps=()).warnings]
        for n in (3, 4)
    ]
    assert kinds == [[], ["many-starters"]]
    assert race(rulebook=book, finish=A_TO_D[:3], did_not_start=["d"], sprint_laps=()).warnings == ()
    smallest = Rulebook(
        id="x", laps=1, sprint_laps=(), intermediate=Scale(1), final=Scale(1), forfeits=False, advance=1, max_starters=1
    )
    assert (smallest.advance, smallest.max_starters) == (1, 1)
    for wrong in ({"sprint_laps": (1,)}, {"sprint_laps": 5}):
        with pytest.raises(InvalidRecord, match="sprint_laps"):
            evolve(smallest, **wrong)


def test_a_sprint_is_short_if_places_are_kept_for_the_disqualified_too() -> None:
    kept = evolve(rulebook("isu-2018"), disqualified_in_sprint="kept")
    given: dict[str, Any] = {"sprint_laps": (4,), "sprints": {4: ["a", "b", "c"]}, "disqualified": ["a"]}
    assert race(rulebook=kept, **given).warnings == ()
    assert [one.where for one in race(**given).warnings] == ["sprints.4"]


def test_times_of_a_dead_heat_are_compared_whatever_the_ids_are() -> None:
    mixed = race(starters=["a", 1], finish=[["a", 1]], sprint_laps=(), times={"a": "7:40.00", 1: "7:41.00"})
    assert [one.kind for one in mixed.warnings] == ["times-order"]
