"""Everything that a race is refused for: all problems at once, each with kind, place and remedy."""

import pickle
from collections.abc import Callable
from typing import Any

import pytest
from attrs import evolve

from massstart import InvalidRecord, Race, RaceTime, Rulebook, Scale, Starter, rank
from massstart.records import Disqualified, Sprint, Unfinished

STARTERS = ["a", "b", "c", "d"]


def problems(**changes: Any) -> list[tuple[str, str]]:
    given: dict[str, Any] = {"rulebook": "isu-2018", "starters": STARTERS, "finish": STARTERS} | changes
    with pytest.raises(InvalidRecord) as caught:
        Race(**given)
    assert all(problem.message and problem.remedy for problem in caught.value.problems)
    return [(problem.kind, problem.where) for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"starters": ["a", "b", "a"], "finish": ["a", "b"]}, [("repeated-id", "starters[2]")]),
        ({"finish": ["a", "b", "c", "x", "d"]}, [("unknown-id", "finish[3]")]),
        ({"finish": ["a", ["b", "c", "b"], "d"]}, [("repeated-id", "finish[1][2]")]),
        ({"sprints": {4: ["a", ["b", "x"]]}}, [("unknown-id", "sprints.4[1][1]")]),
        ({"sprints": {8: ["a", "a"]}}, [("repeated-id", "sprints.8[1]")]),
        ({"sprints": {5: ["a"]}}, [("unknown-lap", "sprints.5")]),
        ({"sprints": {"4": ["a"]}}, [("unknown-lap", "sprints.4")]),
        ({"sprints": {"4": ["a"], 8: ["b"]}}, [("unknown-lap", "sprints.4")]),
        ({"sprints": {4: "abc"}}, [("type", "sprints.4")]),
        ({"sprints": {4: [[]]}}, [("type", "sprints.4")]),
        ({"sprints": ["a"]}, [("type", "sprints")]),
        ({"finish": "abcd"}, [("type", "finish")]),
        ({"finish": ["a", [], "b", "c", "d"]}, [("type", "finish")]),
        ({"finish": ["a", {}, "b"]}, [("type", "finish")]),
        ({"starters": "abcd"}, [("type", "starters")]),
        ({"starters": ["a", {}]}, [("type", "starters")]),
        ({"starters": [Starter("a", name=5), "b", "c", "d"]}, [("type", "starters")]),  # type: ignore[arg-type]  # on purpose
        ({"finish": ["a", "b", "c"]}, [("no-outcome", "starters[3]")]),
        ({"unfinished": {"d": 3}}, [("two-outcomes", "unfinished.d")]),
        ({"did_not_start": ["d"]}, [("two-outcomes", "did_not_start.d")]),
        (
            {"finish": ["a", "b", "c"], "disqualified": ["d"], "unfinished": {"d": 3}},
            [("two-outcomes", "disqualified.d")],
        ),
        ({"finish": ["a", "b", "c"], "unfinished": {"d": 16}}, [("laps", "unfinished.d.laps")]),
        ({"finish": ["a", "b", "c"], "unfinished": {"d": -1}}, [("laps", "unfinished.d.laps")]),
        ({"finish": ["a", "b", "c"], "unfinished": {"d": True}}, [("laps", "unfinished.d.laps")]),
        ({"finish": ["a", "b", "c"], "unfinished": {"d": (3, "x")}}, [("time", "unfinished.d.time")]),
        (
            {"finish": ["a", "b", "c"], "unfinished": {"d": 5}, "sprints": {4: ["d"], 8: ["a", "d"]}},
            [("left-race", "sprints.8[1]")],
        ),
        (
            {"finish": ["a", "b", "c"], "did_not_start": ["d"], "sprints": {4: ["d"]}},
            [("did-not-start", "sprints.4[0]")],
        ),
        (
            {"finish": ["a", "b", "c"], "did_not_start": ["d"], "times": {"d": "7:40.00"}},
            [("did-not-start", "times.d")],
        ),
        ({"finish": ["a", "b", "c"], "unfinished": {"d": 3}, "times": {"d": "7:40.00"}}, [("time", "times.d")]),
        ({"times": {"a": "7:60.00"}}, [("time", "times.a")]),
        ({"times": {"a": [460.0]}}, [("time", "times.a")]),
        ({"times": {"x": "7:40.00"}}, [("unknown-id", "times.x")]),
        ({"times": 5}, [("type", "times")]),
        ({"lapped": ["x"]}, [("unknown-id", "lapped[0]")]),
        ({"lapped": "a"}, [("type", "lapped")]),
        ({"lapped": ["a", "a"]}, [("repeated-id", "lapped[1]")]),
        ({"finish": ["a", "b", "c"], "unfinished": {"d": 3}, "lapped": ["d"]}, [("lapped-not-finished", "lapped[0]")]),
        ({"unfinished": {"x": 3}}, [("unknown-id", "unfinished.x")]),
        ({"unfinished": 5}, [("type", "unfinished")]),
        ({"disqualified": ["d", "d"]}, [("repeated-id", "disqualified.d")]),
        ({"disqualified": ["d"], "advanced": ["d"]}, [("cannot-advance", "advanced.d")]),
        ({"finish": ["a", "b", "c"], "did_not_start": ["d"], "advanced": ["d"]}, [("cannot-advance", "advanced.d")]),
        ({"advance": 0}, [("type", "advance")]),
        ({"advance": True}, [("type", "advance")]),
        ({"id": 5}, [("type", "id")]),
        ({"laps": 0}, [("distance", "laps")]),
        ({"laps": 12}, [("sprint-laps", "sprint_laps")]),
        ({"sprint_laps": (8, 4)}, [("sprint-laps", "sprint_laps")]),
        ({"sprint_laps": "4"}, [("sprint-laps", "sprint_laps")]),
        ({"rulebook": "isu-1999"}, [("unknown-rulebook", "rulebook")]),
        ({"rulebook": "isu-1999", "sprints": {99: ["a"]}}, [("unknown-rulebook", "rulebook")]),
    ],
)
def test_race_is_refused(changes: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    assert problems(**changes) == expected


def test_all_problems_are_reported_at_once() -> None:
    found = problems(
        rulebook="isu-1999",
        finish=["a", "a", "x"],
        times={"b": "soon"},
        sprints={4: ["y"]},
        unfinished={"d": 99},
        advance=-1,
    )
    assert found == [
        ("unknown-rulebook", "rulebook"),
        ("type", "advance"),
        ("unknown-id", "sprints.4[0]"),
        ("unknown-id", "finish[2]"),
        ("repeated-id", "finish[1]"),
        ("time", "times.b"),
        ("no-outcome", "starters[1]"),
        ("no-outcome", "starters[2]"),
    ]


def test_laps_are_checked_against_the_distance_of_the_race() -> None:
    assert problems(laps=15, finish=["a", "b", "c"], unfinished={"d": 15}) == [("laps", "unfinished.d.laps")]


def test_refusal_survives_pickling() -> None:
    with pytest.raises(InvalidRecord) as caught:
        Race(rulebook="isu-2018", starters=["a"], finish=[])
    copy = pickle.loads(pickle.dumps(caught.value))  # noqa: S301  # our own bytes
    assert copy.problems == caught.value.problems
    assert str(copy) == (
        "starters[0]: 'a' neither finished nor is accounted for (no-outcome); "
        "add it to finish, unfinished, disqualified or did_not_start"
    )


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"sprints": {4: ["a", "b"], 8: STARTERS, 12: STARTERS}}, [("short-sprint", "sprints.4")]),
        ({"sprints": {4: [["a", "b"]], 8: STARTERS}}, [("short-sprint", "sprints.4"), ("short-sprint", "sprints.12")]),
        ({"times": {"a": "7:40.00", "b": "7:40.00", "c": "7:39.99"}}, [("times-order", "times.c")]),
        ({"times": {"a": "7:40.008", "b": "7:40.001"}}, [("times-order", "times.b")]),
        ({"finish": ["a", ["c", "b"], "d"], "times": {"b": "7:40.00", "c": "7:40.50"}}, [("times-order", "times.c")]),
        ({"finish": ["a", ["c", "b"], "d"], "times": {"b": "7:40.00", "c": "7:40.00"}}, []),
        (
            {"finish": ["a", "b", "c", "d"], "disqualified": ["b"], "times": {"a": "7:40.00", "b": "7:30.00"}},
            [],
        ),
    ],
)
def test_race_is_warned_of_and_scored(changes: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    full = {4: STARTERS, 8: STARTERS, 12: STARTERS}
    race = Race(**({"rulebook": "isu-2018", "starters": STARTERS, "finish": STARTERS, "sprints": full} | changes))
    assert [(warning.kind, warning.where) for warning in rank(race).warnings] == expected


def test_places_that_a_disqualified_skater_leaves_open_are_no_short_sprint_under_a_rulebook_that_keeps_them() -> None:
    book = Rulebook(
        id="own", laps=4, sprint_laps=(2,), intermediate=Scale(2, 1), final=Scale(3, 2, 1), forfeits=False,
        disqualified_in_sprint="kept", disqualified_at_finish="kept",
    )  # fmt: skip
    race = Race(rulebook=book, starters=["a", "b"], finish=["a", "b"], sprints={2: ["a", "b"]}, disqualified=["a"])
    assert not race.warnings
    closing = evolve(race, rulebook=evolve(book, disqualified_in_sprint="closed", disqualified_at_finish="closed"))
    assert [(row.id, row.sprints, row.finish) for row in rank(race)] == [("b", (1, 2), 2), ("a", (0, 0), None)]
    assert [(row.id, row.sprints, row.finish) for row in rank(closing)] == [("b", (2, 3), 1), ("a", (0, 0), None)]


def test_more_starters_than_the_rulebook_allows_are_warned_of() -> None:
    ids = [str(number) for number in range(29)]
    race = Race(rulebook="isu-2024", starters=ids, finish=ids, sprints={4: ids, 8: ids, 12: ids})
    assert [warning.kind for warning in race.warnings] == ["many-starters"]
    assert "likely" in race.warnings[0].message
    assert not evolve(race, rulebook=evolve(race.rulebook, max_starters=None)).warnings


@pytest.mark.parametrize("make", [list, set, frozenset, tuple])
def test_notes_come_in_any_collection(make: Callable[[list[str]], Any]) -> None:
    race = Race(
        rulebook="isu-2018", starters=STARTERS, finish=["a", "b"], lapped=make(["b"]), disqualified=make(["c"]),
        did_not_start=make(["d"]), advanced={"a": "hindered"}, unfinished={},
    )  # fmt: skip
    assert (race.lapped, race.did_not_start) == (("b",), ("d",))
    assert race.disqualified == (Disqualified("c"),)
    assert [(row.id, row.status) for row in rank(race)] == [("a", "finished"), ("b", "lapped"), ("c", "disqualified")]


def test_ready_records_are_taken_as_they_are() -> None:
    time = RaceTime.from_text("3:00.00")
    race = Race(rulebook="isu-2018", starters=STARTERS, finish=["a", "b", "c"], unfinished=[Unfinished("d", 5, time)])
    again = evolve(race, starters=list(race.starters), sprints=[Sprint(4, race.finish)])
    assert again.unfinished == race.unfinished
    assert again.sprints[0].order is race.finish
    assert evolve(again, times={"a": time}).times == (("a", time),)
    assert race.starters[1:] == (Starter("b"), Starter("c"), Starter("d"))
    assert race == Race(
        rulebook="isu-2018", starters=[*map(Starter, STARTERS)], finish=["a", "b", "c"], unfinished={"d": (5, time)}
    )
