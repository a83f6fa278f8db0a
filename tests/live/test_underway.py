"""A race before its finish: who is still racing, what is refused, and how it is completed."""

from typing import Any

import pytest

from massstart import InvalidRecord, Problem, Race, Rulebook, Scale, loads, rank
from massstart.live import Underway
from massstart.scoring import totals_so_far

SOFAR: dict[str, Any] = {
    "rulebook": "isu-2024", "starters": list("abcdefg"), "sprints": {4: ["b", "e", "a"], 8: ["a", "b", "c"]},
    "unfinished": {"d": 9}, "disqualified": ["e"], "did_not_start": ["f"], "lapped": ["b"], "advance": 2,
}  # fmt: skip


def kinds(problems: tuple[Problem, ...]) -> list[tuple[str, str]]:
    return [(problem.kind, problem.where) for problem in problems]


def refused(**changes: Any) -> list[tuple[str, str]]:
    with pytest.raises(InvalidRecord) as caught:
        Underway(**SOFAR | changes)
    return kinds(caught.value.problems)


def test_whoever_has_no_outcome_is_still_racing() -> None:
    race = Underway(**SOFAR)
    assert race.racing == ("a", "b", "c", "g")
    assert race.sprints_left == (12, 16)
    assert race.finish.ids == race.times == ()


def test_points_so_far_are_those_that_count() -> None:
    race = Underway(**SOFAR)
    # e is disqualified, so a moves up to second at lap 4; b is lapped and forfeits.
    assert totals_so_far(race) == {"a": 5, "b": 0, "c": 1, "d": 0, "e": 0, "f": 0, "g": 0}
    assert totals_so_far(Underway(**SOFAR | {"rulebook": "isu-2018"}))["b"] == 5


def test_completing_it_gives_the_race_entered_by_hand() -> None:
    race = Underway(**SOFAR).with_finish(["c", "a", "g", "b"], times={"c": "7:58.22"})
    assert race == Race(**SOFAR, finish=["c", "a", "g", "b"], times={"c": "7:58.22"})
    assert [row.id for row in rank(race)] == ["c", "a", "g", "b", "d", "e"]
    assert Underway(**SOFAR).with_finish(["c", "a", "g"], lapped=[], unfinished={"d": 9, "b": 12}).lapped == ()
    with pytest.raises(InvalidRecord) as caught:
        Underway(**SOFAR).with_finish(["c", "a", "b"])
    assert kinds(caught.value.problems) == [("no-outcome", "starters[6]")]


def test_all_problems_are_found_at_once() -> None:
    assert refused(
        sprints={4: ["x", "f"], 5: ["a"], 12: ["d"]}, unfinished={"d": 9, "e": 20}, lapped=["d", "f", "y"], advance=0
    ) == [
        ("type", "advance"),
        ("unknown-id", "sprints.4[0]"),
        ("unknown-lap", "sprints.5"),
        ("unknown-id", "lapped[2]"),
        ("two-outcomes", "disqualified.e"),
        ("lapped-not-finished", "lapped[0]"),
        ("lapped-not-finished", "lapped[1]"),
        ("laps", "unfinished.e.laps"),
        ("did-not-start", "sprints.4[1]"),
        ("left-race", "sprints.12[0]"),
    ]  # fmt: skip
    assert refused(rulebook="isu-1900", starters=3) == [("unknown-rulebook", "rulebook"), ("type", "starters")]


def test_a_lapped_skater_may_be_disqualified_afterwards() -> None:
    race = Underway(**SOFAR | {"lapped": ["e"]})
    assert race.racing == ("a", "b", "c", "g")
    assert race.with_finish(["a", "b", "c", "g", "e"]).lapped == ("e",)


def test_nobody_started() -> None:
    race = Underway(rulebook="isu-2018", starters=[])
    assert (race.racing, race.warnings, race.sprints_left) == ((), (), (4, 8, 12, 16))


def test_a_sprint_without_an_order_is_still_to_come_also_before_one_that_was_skated() -> None:
    race = Underway(rulebook="isu-2018", starters=list("abcd"), sprints={8: ["a", "b"]})
    assert race.sprints_left == (4, 12, 16)
    assert kinds(race.warnings) == [("short-sprint", "sprints.8"), ("missing-sprint", "sprints.4")]


def test_only_those_still_racing_or_past_the_lap_are_missed_in_a_sprint() -> None:
    race = Underway(rulebook="isu-2018", starters=list("abc"), sprints={8: ["a"]}, unfinished={"b": 7, "c": 8})
    assert [warning.message for warning in race.warnings if warning.kind == "short-sprint"] == [
        "1 skater named, 2 win points there"
    ]


def test_a_field_larger_than_the_rules_allow_is_warned_of() -> None:
    book = Rulebook(
        id="own", laps=2, sprint_laps=(), intermediate=Scale(1), final=Scale(1), forfeits=False, max_starters=1
    )
    assert kinds(Underway(rulebook=book, starters=["a", "b"]).warnings) == [("many-starters", "starters")]


TEXT = '{"kind": "race", "version": 1, "rulebook": "isu-2018", "starters": [{"id": "4"}, {"id": "13"}]'


@pytest.mark.parametrize("rest", ["}", ', "finish": []}', ', "finish": null, "times": {}}', ',\n"laps": 16}'])
def test_a_race_whose_finish_is_absent_or_empty_is_read(rest: str) -> None:
    assert loads(TEXT + rest, Underway) == Underway(rulebook="isu-2018", starters=["4", "13"])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (TEXT + ', "finish": ["4"], "times": {"4": "7:40.00"}, "laps": 0}', [("finished", "finish"), ("finished", "times"), ("distance", "laps")]),
        (TEXT + ', "finish": ["4", "13"]}', [("finished", "finish")]),
        (TEXT + ', "finnish": []}', [("unknown-key", "finnish")]),
        (TEXT.replace("race", "sheet") + "}", [("kind", "kind")]),
        ("", [("json", "line 1, column 1")]),
        ("[]", [("json", "")]),
        ("{}", [("kind", "kind")]),
        ('{"kind": "race"}', [("missing-key", "rulebook"), ("missing-key", "starters"), ("missing-key", "version")]),
        (TEXT + '}\n{"event": "sprint", "lap": 5, "order": []}', [("unknown-lap", "events.1.lap")]),
        (TEXT + '}\n{"event": "finish", "order": ["4", "13"]}', [("finished", "")]),
    ],
)  # fmt: skip
def test_what_is_no_race_under_way_is_refused(text: str, expected: list[tuple[str, str]]) -> None:
    with pytest.raises(InvalidRecord) as caught:
        loads(text, Underway)
    assert kinds(caught.value.problems) == expected


def test_a_log_is_read_up_to_its_last_event() -> None:
    race = loads(TEXT + '}\n{"event": "sprint", "lap": 4, "order": ["13", "4"]}\n', Underway)
    assert (totals_so_far(race)["13"], race.sprints_left) == (3, (8, 12, 16))
    assert loads(TEXT.encode() + b', "first_passing": 0}', Underway).racing == ("4", "13")
    assert isinstance(loads(TEXT + ', "first_passing": 0}', Race, Underway), Underway)
