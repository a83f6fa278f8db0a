"""The outlook: the Beijing semifinal, the smallest and the strangest fields, what is said, what is refused."""

import json
import pickle
import random
import sys
from collections import Counter
from itertools import permutations, product
from typing import Any, Literal

import pytest
from outlook_oracle import QUICK, check_at_the_line

from massstart import InvalidRecord, Race, Rulebook, Scale, Sheet, Starter, UnknownName, dumps, load
from massstart.live import Arrival, OutlookRow, RaceLog, Underway, outlook
from massstart.live.assignment import Assignment
from massstart.problems import TooManyWays

#: Silovs won the first sprint, Kramer the second, Ichinohe the third; of the places behind them only Malfatti's third
#: in the second is printed. This handing-out gives everyone the points that the sheet tells.
SPRINTS = {4: ["83", "74", "4"], 8: ["87", "4", "50"], 12: ["53", "78", "4"]}
SWINGS, KRAMER, ICHINOHE, SILOVS = "4", "87", "53", "83"


def beijing() -> Sheet:
    sheet = load("beijing-2022-men-semifinal-1")
    assert isinstance(sheet, Sheet)
    return sheet


def semifinal(*laps: int) -> Underway:
    starters = [Starter(row.bib, row.name, row.nation) for row in beijing().rows]
    return Underway(rulebook="isu-2018", starters=starters, sprints={lap: SPRINTS[lap] for lap in laps}, advance=8)


BEFORE = outlook(semifinal(4, 8, 12))


def reach(row: OutlookRow) -> tuple[int, int]:
    return row.best, row.worst


class TestBeijing:
    """Before the final sprint of the first semifinal of the men, 2022."""

    def test_the_points_are_those_of_the_sheet_without_the_final_sprint(self) -> None:
        sheet = beijing()
        across = sorted(sheet.rows, key=lambda row: row.time.milliseconds if row.time else 0)
        final = dict(zip([row.bib for row in across], sheet.rulebook.final.points, strict=False))
        assert {row.id: row.points for row in BEFORE} == {
            row.bib: (row.total or 0) - final.get(row.bib, 0) for row in sheet.rows
        }
        for row in sheet.rows:
            for column, (lap, order) in enumerate(SPRINTS.items()):
                if row.sprints:
                    won = dict(zip(order, (3, 2, 1), strict=True)).get(row.bib or "", 0)
                    assert row.sprints[column] == won, (row.name, lap)

    def test_swings_is_through_already(self) -> None:
        row = BEFORE[SWINGS]
        assert (row.points, row.best, row.worst, row.status, row.through_if) == (4, 1, 7, "through", 15)
        assert BEFORE.needs(SWINGS) == "Through, whatever happens"

    def test_kramer_is_through_with_seventh_and_can_be_from_last_place(self) -> None:
        row = BEFORE[KRAMER]
        assert (row.best, row.worst, row.status, row.through_if, row.possible_if) == (1, 10, "possible", 7, 15)

    def test_after_six_across_the_line_places_seven_to_nine_decide(self) -> None:
        across = [row.bib for row in sorted(beijing().rows, key=lambda row: row.time.milliseconds if row.time else 0)]
        race = semifinal(4, 8, 12)
        six = outlook(race, finish=across[:6])
        assert {row.id for row in six if row.status == "possible"} == {KRAMER, ICHINOHE, SILOVS}
        assert [(row.finish, row.status) for row in six][:6] == [(place, "through") for place in range(1, 7)]
        assert sum(row.status == "out" for row in six) == 6
        assert {reach(six[id]) for id in (KRAMER, ICHINOHE, SILOVS)} == {(7, 9)}
        nine = outlook(race, finish=across[:9])
        assert (nine[KRAMER].finish, reach(nine[KRAMER]), nine[KRAMER].status) == (9, (7, 7), "through")
        # At the end every rank is that of the sheet.
        over = outlook(race, finish=across)
        assert {row.id: reach(row) for row in over} == {row.bib: (row.rank, row.rank) for row in beijing().rows}
        assert over.sprints_left == ()

    def test_the_sentence_names_the_rivals_that_mattered(self) -> None:
        assert BEFORE.needs(KRAMER) == (
            "Through with seventh or better, whatever the others do; still possible from last place, if at most one of "
            "Bart Swings, Seitaro Ichinohe and Haralds Silovs ends up ahead without points from the final sprint"
        )

    def test_ninth_was_enough_as_ichinohe_and_silovs_were_behind_at_the_line(self) -> None:
        assert reach(BEFORE.what_if({KRAMER: 9})[KRAMER]) == (7, 10)
        assert reach(BEFORE.what_if({KRAMER: 9, ICHINOHE: 10})[KRAMER]) == (7, 9)
        assert reach(BEFORE.what_if({KRAMER: 9, ICHINOHE: 10, SILOVS: 11})[KRAMER]) == (7, 8)
        assert reach(BEFORE.what_if({KRAMER: 9, ICHINOHE: 11, SILOVS: 13, SWINGS: 2})[KRAMER]) == (7, 7)

    def test_before_the_start_everyone_is_alike(self) -> None:
        rows = outlook(semifinal()).rows
        assert {(row.best, row.worst, row.status, row.through_if, row.possible_if) for row in rows} == {
            (1, 15, "possible", 5, 15)
        }

    def test_rows_stand_by_points_then_as_they_started(self) -> None:
        assert [row.id for row in BEFORE][:6] == [SWINGS, KRAMER, ICHINOHE, SILOVS, "78", "74"]
        assert len(BEFORE) == 15
        assert BEFORE.sprints_left == (16,)

    def test_as_json(self) -> None:
        found = json.loads(dumps(BEFORE))
        assert list(found) == ["kind", "version", "advance", "sprints_left", "rows"]
        assert found["rows"][1] == {
            "id": "87", "name": "Sven Kramer", "nation": "NED", "points": 3, "best": 1, "worst": 10,
            "status": "possible", "through_if": 7, "possible_if": 15,
            "needs": BEFORE.needs("87"),
        }  # fmt: skip


def own(*intermediate: int, final: tuple[int, ...], sprints: int = 1, forfeits: bool = False) -> Rulebook:
    return Rulebook(
        id="own",
        laps=sprints + 1,
        sprint_laps=tuple(range(1, sprints + 1)),
        intermediate=Scale(*intermediate),
        final=Scale(*final),
        forfeits=forfeits,
    )


def race(book: Rulebook, starters: str, **facts: Any) -> Underway:
    return Underway(rulebook=book, starters=list(starters), **facts)


class TestFields:
    """Fields and rulebooks of any shape."""

    def test_nobody_racing(self) -> None:
        found = outlook(Underway(rulebook="isu-2018", starters=["a"], did_not_start=["a"]))
        assert (found.rows, found.what_if({}).rows) == ((), ())

    def test_one_racing_is_first(self) -> None:
        (row,) = outlook(Underway(rulebook="isu-2018", starters=["a", "b"], unfinished={"b": 2}))
        assert (row.best, row.worst, row.status, row.through_if, row.possible_if) == (1, 1, "through", 1, 1)
        assert (row.id, row.name, row.label) == ("a", None, "a")

    def test_a_field_no_larger_than_the_cut_is_through(self) -> None:
        found = outlook(Underway(rulebook="isu-2018", starters=list("abcdefgh")))
        assert {row.status for row in found} == {"through"}

    def test_a_lead_that_cannot_be_made_up_puts_the_others_out(self) -> None:
        found = outlook(race(own(9, final=(1,)), "abc", sprints={1: ["a"]}, advance=1))
        assert [row.status for row in found] == ["through", "out", "out"]
        assert (found["b"].best, found["b"].through_if, found["b"].possible_if) == (2, None, None)
        assert found.needs("b") == "Out: no place across the line can be enough"

    def test_a_lapped_skater_who_forfeits_wins_nothing_and_takes_it_from_others(self) -> None:
        book = own(1, final=(2, 1), forfeits=True)
        found = outlook(race(book, "abc", sprints={1: ["b", "a"]}, lapped=["a", "c"]), advance=1)
        assert (found["a"].points, found["a"].best) == (0, 2)
        assert (found["b"].best, found["b"].worst, found["b"].status) == (1, 1, "through")

    def test_a_lapped_skater_across_the_line_is_ahead_of_those_who_win_nothing_behind(self) -> None:
        book = own(1, final=(9,), forfeits=True)
        found = outlook(race(book, "abc", sprints={1: []}, lapped=["c"]), finish=["c"], advance=1)
        assert {row.id: reach(row) for row in found} == {"a": (2, 3), "b": (2, 3), "c": (1, 1)}

    def test_a_lapped_skater_still_to_come_uses_up_a_place(self) -> None:
        """In front of second place there is room for one, the lapped skater or the rival."""
        book = own(1, final=(9,), forfeits=True)
        found = outlook(race(book, "abc", sprints={1: []}, lapped=["c"]), advance=2)
        assert found["a"].through_if == 2

    def test_who_has_left_since_a_sprint_that_is_not_known_may_have_won_it(self) -> None:
        book = own(5, 5, final=(1,), sprints=2)
        facts: dict[str, Any] = {"sprints": {2: ["a"]}, "advance": 1}
        # At lap 1 a and b win five points each, unless x, who was still there, had one of the two places.
        assert outlook(race(book, "abx", unfinished={"x": 0}, **facts))["b"].best == 2
        assert outlook(race(book, "abx", unfinished={"x": 1}, **facts))["b"].best == 1

    def test_the_number_who_go_on_is_asked_for_or_the_races_or_the_rulebooks(self) -> None:
        underway = Underway(rulebook="isu-2018", starters=["a", "b"])
        assert outlook(underway).advance == 8
        assert outlook(Underway(rulebook="isu-2018", starters=["a", "b"], advance=3)).advance == 3
        assert outlook(Underway(rulebook="isu-2018", starters=["a", "b"], advance=3), advance=1).advance == 1


class TestWords:
    """The sentences, each kind once."""

    def test_out_behind_the_last_place_that_is_enough(self) -> None:
        found = outlook(race(own(1, final=(2, 1), sprints=0), "abc"), advance=2)
        assert found.needs("a") == "Through with second or better, whatever the others do; out from third on"

    def test_first_place(self) -> None:
        found = outlook(race(own(1, final=(9,), sprints=0), "abc"), advance=1)
        assert found.needs("a") == "Through with first place, whatever the others do; out from second on"

    def test_no_place_is_sure(self) -> None:
        found = outlook(race(own(2, 1, final=(1,), sprints=2), "abc", sprints={1: ["a", "b"]}), advance=1)
        assert found.needs("b") == (
            "No place across the line is sure to be enough; possible from last place, if "
            "the 2 sprints left fall right (level or ahead on points now: a)"
        )
        assert found.needs("a").endswith(
            "still possible from last place, if the 2 sprints left fall right (nobody has as many points now)"
        )

    def test_final_points_that_lift_nobody_leave_the_condition_open(self) -> None:
        found = outlook(race(own(2, 1, 1, final=(4, 1)), "abcd", sprints={1: ["d", "c", "a"]}), advance=2)
        assert found.needs("d") == (
            "Through with second or better, whatever the others do; still possible from last place, if "
            "the final sprint falls right (nobody has as many points now)"
        )

    def test_a_lapped_skater_who_forfeits_leaves_the_condition_open(self) -> None:
        found = outlook(race(own(1, final=(14, 10, 6), forfeits=True), "abc", sprints={1: []}, lapped=["c"]), advance=1)
        assert found.needs("a") == (
            "Through with first place, whatever the others do; still possible from second, if "
            "the final sprint falls right (level or ahead on points now: b and c)"
        )

    def test_across_the_line_the_rivals_who_can_still_pass_are_named(self) -> None:
        found = outlook(race(own(2, 1, final=(2, 1)), "abcd", sprints={1: ["a", "b"]}), finish=["c"], advance=1)
        assert found.needs("c") == "First across the line: through if a does not end up ahead"
        # Of a, b, d and e, who are level, e forfeits.
        book = own(3, 3, 3, 3, final=(4, 3, 2, 1), forfeits=True)
        level = race(book, "abcde", sprints={1: [["a", "b", "d", "e"]]}, lapped=["e"])
        assert outlook(level, finish=["c"], advance=2).needs("c") == (
            "First across the line: through if at most one of a, b and d ends up ahead"
        )

    def test_across_the_line_with_more_than_one_sprint_left_they_must_fall_right(self) -> None:
        found = outlook(race(own(2, 1, final=(2, 1)), "abc"), finish=["c"], advance=1)
        assert found.needs("c") == "First across the line: through if the 2 sprints left fall right"

    def test_many_level_rivals_are_counted(self) -> None:
        sentence = outlook(race(own(1, final=(2, 1), sprints=0), "abcdefgh"), advance=4).needs("a")
        assert sentence == "Through with fourth or better, whatever the others do; out from fifth on"
        found = outlook(Underway(rulebook="isu-2018", starters=list("abcdefghijk"), sprints={4: ["a"], 8: ["a"]}))
        assert found.needs("b").endswith(
            "if the 2 sprints left fall right (level or ahead on points now: a and 9 others with no points)"
        )
        assert "(level or ahead on points now: 10 rivals with no points)" in outlook(
            Underway(rulebook="isu-2018", starters=list("abcdefghijk"))
        ).needs("b")

    def test_a_skater_who_is_not_racing_needs_nothing(self) -> None:
        found = outlook(Underway(rulebook="isu-2018", starters=["a", "b"], unfinished={"b": 2}))
        with pytest.raises(UnknownName, match="'b' is not racing; there are a"):
            found.needs("b")


class TestRefusals:
    """What is no question for an outlook."""

    def test_a_scenario_with_everything_wrong(self) -> None:
        found = outlook(Underway(rulebook="isu-2018", starters=list("abcd"), unfinished={"d": 2}))
        places: dict[Any, Any] = {"a": 1, "b": 1, "d": 2, "x": 4, "c": True}
        with pytest.raises(InvalidRecord) as caught:
            found.what_if(places)
        assert [(problem.kind, problem.where) for problem in caught.value.problems] == [
            ("unknown-id", "places.d"),
            ("unknown-id", "places.x"),
            ("place", "places.c"),
        ]

    def test_a_place_that_stands_or_leaves_no_room_is_refused(self) -> None:
        found = outlook(Underway(rulebook="isu-2018", starters=list("abcde")), finish=["a", ["b", "c"]])
        for places, messages in (
            ({"a": 4}, ["'a' has place 1 across the line"]),
            ({"d": 3}, ["3 is not a place that is free"]),
            ({"d": 4, "e": 4}, []),
            ({"d": 5, "e": 5}, ["2 skaters cannot share place 5"] * 2),
        ):
            if not messages:
                assert [reach(found.what_if(places)[id]) for id in "de"] == [(4, 5), (4, 5)]
                continue
            with pytest.raises(InvalidRecord) as caught:
                found.what_if(places)
            assert [problem.message for problem in caught.value.problems] == messages
        with pytest.raises(InvalidRecord, match="2 skaters at place 1 leave no place 2 for 'c'"):
            outlook(Underway(rulebook="isu-2018", starters=list("abc"))).what_if({"a": 1, "b": 1, "c": 2})

    def test_guests_take_nobodys_place(self) -> None:
        race = Underway(rulebook="isu-2018", starters=["a", "b", "g"], guests=["g"], sprints={12: ["g", "a"]})
        now = outlook(race, finish=["g", "b"], advance=1)
        assert [(row.id, row.points, row.finish) for row in now] == [("b", 60, 1), ("a", 3, None)]

    def test_a_finish_that_names_somebody_who_is_not_in_the_race(self) -> None:
        race = Underway(rulebook="isu-2018", starters=list("abcd"), unfinished={"d": 2}, did_not_start=["c"])
        with pytest.raises(InvalidRecord) as caught:
            outlook(race, finish=["a", "d", "x", "c", "a"])
        assert [(problem.kind, problem.where) for problem in caught.value.problems] == [
            ("unknown-id", "finish[2]"), ("repeated-id", "finish[4]"), ("two-outcomes", "finish[1]"),
            ("two-outcomes", "finish[3]"),
        ]  # fmt: skip

    @pytest.mark.parametrize("advance", [0, -1, True, "8"])
    def test_a_number_that_cannot_go_on(self, advance: Any) -> None:
        with pytest.raises(InvalidRecord, match="is not a number of skaters"):
            outlook(Underway(rulebook="isu-2018", starters=["a"]), advance=advance)

    def test_a_race_that_is_over(self) -> None:
        over: Any = Race(rulebook="isu-2018", starters=["a"], finish=["a"])
        with pytest.raises(TypeError, match="outlook takes an Underway or a RaceLog, not Race"):
            outlook(over)

    def test_a_race_too_open_to_be_worked_out_is_refused_and_not_guessed(self, monkeypatch: pytest.MonkeyPatch) -> None:
        with pytest.raises(TooManyWays, match="too many ways"):
            Assignment(steps=0).is_possible([4, 4, 1], [(3, 2, 1), (2, 1, 0)])
        monkeypatch.setattr(sys.modules["massstart.live.outlook"], "STEPS", 10)
        with pytest.raises(TooManyWays) as caught:
            outlook(semifinal(4))
        copy = pickle.loads(pickle.dumps(caught.value))  # noqa: S301  # our own bytes
        assert (type(copy), str(copy)) == (TooManyWays, str(caught.value))


def test_values_are_assigned_where_some_order_of_each_column_reaches_every_target() -> None:
    chance = random.Random(6)  # noqa: S311  # no secret
    assignment = Assignment(steps=10_000)
    answers = Counter[bool]()
    for _ in range(150):
        size = chance.randint(2, 4)
        columns = [
            sorted([chance.randint(0, 4) for _ in range(size + chance.randint(0, 1))], reverse=True)
            for _ in range(chance.randint(2, 3))
        ]
        # What some way gives, changed a little: neither sure to be reached nor far off.
        way = zip(*[chance.sample(column[:size], size) for column in columns], strict=True)
        targets = [sum(values) + chance.choice([0, 0, 0, -1, 1]) for values in way]
        expected = any(
            all(sum(values) >= target for values, target in zip(zip(*orders, strict=True), targets, strict=True))
            for orders in product(*[set(permutations(column[:size])) for column in columns])
        )
        assert assignment.is_possible(targets, columns) is expected, (targets, columns)
        answers[expected] += 1
    assert min(answers[True], answers[False]) > 30


def test_a_race_that_is_over_has_no_sprint_left() -> None:
    log = RaceLog(Underway(rulebook="isu-2018", starters=["a", "b"], advance=1), [Arrival("a"), Arrival("b")])
    found = outlook(log)
    assert (found.sprints_left, [(row.id, row.status) for row in found]) == ((), [("a", "through"), ("b", "out")])


class TestSmallPrint:
    """What only few races come to."""

    def test_who_forfeits_across_the_line_counts_as_in_every_way_of_it(self) -> None:
        # Somebody who forfeits is across the line, and a place is not enough by itself while sprints are left.
        size, wrong = check_at_the_line(12, QUICK)
        assert size > 1
        assert wrong == []

    def test_more_targets_than_values_that_are_worth_anything(self) -> None:
        assert not Assignment(steps=100).is_possible([1, 1, 1], [[5, 0, 0], [5, 0, 0]])
        assert Assignment(steps=100).is_possible([1, 1, 1], [[5, 1, 0], [5, 0, 0]])

    @pytest.mark.parametrize(("policy", "place"), [("closed", 1), ("kept", 2)])
    def test_the_place_of_whoever_is_disqualified_at_the_finish(
        self, policy: Literal["closed", "kept"], place: int
    ) -> None:
        book = Rulebook(
            id="own",
            laps=4,
            sprint_laps=(2,),
            intermediate=Scale(1),
            final=Scale(3, 2),
            forfeits=False,
            disqualified_at_finish=policy,
        )
        race = Underway(rulebook=book, starters=["a", "b", "c"], sprints={2: []}, disqualified=["a"])
        assert outlook(race, finish=["a", "b"], advance=1)["b"].finish == place

    def test_a_finish_that_names_somebody_else(self) -> None:
        with pytest.raises(InvalidRecord, match="zz"):
            outlook(semifinal(4, 8, 12), finish=["zz"])
