"""Events: what stands and what is open at each stage, reserves, corrections, the overall ranking."""

import json
from typing import Any

import pytest
from attrs import evolve
from made import race, sheet

from massstart import InvalidRecord, Race, Scale, Sheet, SheetRow, Starter, UnknownName, dumps, rank
from massstart.event import Event
from massstart.event.overall import Overall
from massstart.event.seeding import Draw
from massstart.ranking import outcomes


def ids(letter: str, number: int) -> list[str]:
    return [f"{letter}{place}" for place in range(1, number + 1)]


def listed(event: Event) -> list[tuple[int | None, object]]:
    return [(entry.start, entry.id) for entry in event.start_list()]


def ranks(overall: Overall) -> dict[object, int | None]:
    return {row.skater.id: row.rank for row in overall}


def kinds(error: InvalidRecord) -> list[tuple[str, str]]:
    return [(problem.kind, problem.where) for problem in error.problems]


def problems(**given: Any) -> list[tuple[str, str]]:
    with pytest.raises(InvalidRecord) as caught:
        Event(**given)
    return kinds(caught.value)


A, B = race(*ids("a", 12), advance=8), race(*ids("b", 12), advance=8)
EVENT = Event(semifinals=[A, B])


class TestStages:
    FIELD = tuple(
        Starter(f"{letter}{number}", nation="NED" if number == 1 else None) for number in (1, 2) for letter in "ab"
    )

    def test_event_can_be_asked_at_every_stage(self) -> None:
        event = Event(field=self.FIELD)
        assert (event.stage, event.open(), len(event.start_list()), len(event.overall())) == (
            "entered", ("the semifinals are not drawn",), 0, 0,
        )  # fmt: skip
        event = event.with_draw(2)
        assert event.draw == Draw([["a1", "b2"], ["b1", "a2"]], "serpentine")
        assert (event.stage, event.open()) == (
            "drawn", ("semifinal 1 is not skated", "semifinal 2 is not skated", "the final is not skated"),
        )  # fmt: skip
        assert event.assumed() == ("skaters are drawn to the semifinals by ranking, in serpentine order",)
        event = evolve(event, advance=1).with_semifinal(2, race("b1", "a2"))
        assert (event.stage, event.open()) == ("semifinals", ("semifinal 1 is not skated", "the final is not skated"))
        assert listed(event) == [(2, "b1")]
        assert ranks(event.overall()) == {"b1": None, "a2": None}
        event = event.with_semifinal(1, race("b2", "a1"))
        assert (event.stage, listed(event)) == ("qualified", [(1, "b2"), (2, "b1")])
        assert event.open() == (
            "the start list of the final is not frozen", "the final is not skated",
            "ranks 3 to 4, between a1 and a2: the time of a1 and a2 is not known",
        )  # fmt: skip
        event = event.with_list_frozen()
        assert (event.stage, event.open()[0]) == ("published", "the final is not skated")
        event = event.with_final(race("b1", "b2"))
        assert (event.stage, ranks(event.overall())) == ("finished", {"b1": 1, "b2": 2, "a1": None, "a2": None})

    def test_draw_by_lot_is_no_assumption_and_can_be_drawn_again(self) -> None:
        event = Event(field=self.FIELD).with_draw(2, seed="x")
        assert event.assumed() == ()
        assert event.warnings == ()
        assert event.with_draw(2, seed="x") == event

    def test_no_draw_after_a_semifinal(self) -> None:
        with pytest.raises(InvalidRecord) as caught:
            EVENT.with_draw()
        assert kinds(caught.value) == [("skated", "semifinals")]

    def test_who_withdrew_before_the_draw_is_not_drawn(self) -> None:
        event = Event(field=["a", "b", "c"]).with_withdrawal("b", "ill").with_draw(2)
        assert event.draw is not None
        assert event.draw.semifinals == (("a",), ("c",))

    def test_there_is_no_third_semifinal(self) -> None:
        with pytest.raises(InvalidRecord) as caught:
            EVENT.with_semifinal(3, None)
        assert kinds(caught.value) == [("unknown-semifinal", "semifinals")]

    def test_list_cannot_be_frozen_while_a_semifinal_is_missing(self) -> None:
        for event, where in ((EVENT.with_semifinal(2, None), "semifinals[1]"), (Event(field=["a"]), "semifinals")):
            with pytest.raises(InvalidRecord) as caught:
                event.with_list_frozen()
            assert kinds(caught.value) == [("not-skated", where)]

    def test_added_skater_has_no_number_before_all_semifinals_are_skated(self) -> None:
        event = EVENT.with_semifinal(1, evolve(A, advanced=["a10"])).with_semifinal(2, None)
        assert listed(event)[-1] == (None, "a10")

    def test_single_race_is_an_event_without_semifinals(self) -> None:
        event = Event(final=race("a", "b"))
        assert (event.stage, ranks(event.overall()), event.open()) == ("finished", {"a": 1, "b": 2}, ())


class TestFinalOfSeventeen:
    """A skater added by decision of the Referee starts in addition; neither 8 nor 16 is a constant."""

    EVENT = EVENT.with_semifinal(1, evolve(A, advanced=["a10"]))

    def test_seventeen_start_and_the_others_begin_at_18th(self) -> None:
        assert (len(self.EVENT.start_list()), listed(self.EVENT)[-1]) == (17, (17, "a10"))
        assert "skaters whom the Referee sends through start behind the others" in self.EVENT.assumed()
        final = race(*(entry.id for entry in self.EVENT.start_list()))
        found = ranks(evolve(self.EVENT.with_final(final), policy="shared").overall())
        assert (found["a10"], found["a9"], found["b9"], found["b10"], found["a11"]) == (17, 18, 18, 20, 21)

    def test_nobody_steps_in_for_the_one_who_was_added(self) -> None:
        event = self.EVENT.with_withdrawal("a10")
        assert [id for _, id in listed(event)] == [id for _, id in listed(EVENT)]

    def test_added_skater_is_not_the_reserve_as_well(self) -> None:
        event = self.EVENT.with_withdrawal("a1").with_withdrawal("a2")
        assert listed(event)[:3] == [(1, "a9"), (2, "b1"), (3, "a11")]
        assert len(event.start_list()) == 17


class TestReserves:
    """Withdrawal after the list is published: the next ranked of the same semifinal is the reserve (assumed)."""

    @pytest.mark.parametrize("event", [EVENT, EVENT.with_list_frozen()], ids=["open", "frozen"])
    def test_reserve_takes_the_free_number_and_nobody_else_moves(self, event: Event) -> None:
        found = event.with_withdrawal("b3", "ill")
        assert listed(found) == [(start, "b9" if id == "b3" else id) for start, id in listed(event)]
        (entry,) = [entry for entry in found.start_list() if entry.id == "b9"]
        assert (entry.rank, entry.qualified, entry.semifinal) == (9, None, 2)
        assert [one.id for one in found.start_list().reserves] == ["a9", "a10", "b10", "a11", "b11", "a12", "b12"]
        assert any("reserve" in line for line in found.assumed())
        assert not found.changes()

    def test_reserve_who_withdraws_too_hands_the_number_on(self) -> None:
        assert listed(EVENT.with_withdrawal("b3").with_withdrawal("b9"))[5] == (6, "b10")
        assert listed(EVENT.with_withdrawal("b9").with_withdrawal("b3"))[5] == (6, "b10")

    def test_each_semifinal_keeps_as_many_as_it_sends(self) -> None:
        event = Event(semifinals=[race(*ids("a", 4), advance=1), race(*ids("b", 4), advance=2)])
        assert {id for _, id in listed(event.with_withdrawal("b1"))} == {"a1", "b2", "b3"}

    def test_place_stays_empty_when_the_semifinal_has_no_reserve_left(self) -> None:
        event = Event(semifinals=[race(*ids("a", 8)), B]).with_withdrawal("a2")
        assert [start for start, _ in listed(event)] == [1, 2, *range(4, 17)]

    def test_reserves_who_share_the_rank_both_step_in(self) -> None:
        event = Event(semifinals=[race(*ids("a", 8), ["x", "y"], "z"), B])
        found = event.with_withdrawal("a2")
        assert [one for one in listed(found) if one[1] in ("x", "y", "z")] == [(3, "x"), (17, "y")]
        # Two of them are there for one who left: the next withdrawal lets nobody in.
        assert "z" not in {id for _, id in listed(found.with_withdrawal("a3"))}

    def test_tie_on_the_eighth_place_needs_no_reserve_for_one_of_nine(self) -> None:
        event = Event(semifinals=[race(*ids("a", 7), ["x", "y"], "z"), B])
        assert len(event.start_list()) == 17
        assert [line for line in event.assumed() if "tie" in line] == [
            "of a tie on the last place all go to the final: semifinal 1"
        ]
        assert "z" not in {id for _, id in listed(event.with_withdrawal("a1"))}
        assert "z" in {id for _, id in listed(event.with_withdrawal("a1").with_withdrawal("x"))}


class TestCorrection:
    """A correction after publication shows what changes; the frozen list stays unless it is reopened."""

    FROZEN = EVENT.with_list_frozen()
    CORRECTED = FROZEN.with_semifinal(1, evolve(A, disqualified=["a3"]))

    def test_frozen_list_stays(self) -> None:
        assert listed(self.CORRECTED) == listed(self.FROZEN)
        assert self.CORRECTED.open()[0] == (
            "the published start list is not what the semifinals give now; it stays unless it is reopened"
        )

    def test_changes_name_who_leaves_who_enters_and_whose_number_changes(self) -> None:
        changes = self.CORRECTED.changes()
        assert [(entry.id, entry.start) for entry in changes.leaves] == [("a3", 5)]
        assert [(entry.id, entry.start) for entry in changes.enters] == [("a9", 15)]
        assert [(old.id, old.start, new.start) for old, new in changes.renumbered] == [
            ("a4", 7, 5), ("a5", 9, 7), ("a6", 11, 9), ("a7", 13, 11), ("a8", 15, 13),
        ]  # fmt: skip

    def test_who_would_enter_is_a_reserve_without_a_number_as_long_as_the_list_stays(self) -> None:
        first = self.CORRECTED.start_list().reserves[0]
        assert (first.id, first.rank, first.start, first.qualified) == ("a9", 8, None, None)

    def test_reopened_list_follows_the_semifinals(self) -> None:
        again = self.CORRECTED.with_list_reopened()
        assert (again.stage, bool(again.changes())) == ("qualified", False)
        assert listed(again)[4] == (5, "a4")
        assert not again.with_list_frozen().changes()

    def test_nothing_changes_without_a_correction(self) -> None:
        assert not self.FROZEN.changes()
        assert not EVENT.changes()
        assert not self.CORRECTED.with_semifinal(2, None).changes()

    def test_withdrawal_of_the_disqualified_lets_the_reserve_in_without_moving_anyone(self) -> None:
        event = self.CORRECTED.with_withdrawal("a3")
        assert listed(event)[4] == (5, "a9")

    def test_list_frozen_with_a_reserve_on_it_is_what_the_semifinals_give(self) -> None:
        event = EVENT.with_withdrawal("b3").with_list_frozen()
        assert not event.changes()
        assert [one.id for one in event.start_list().reserves if one.semifinal == 2] == ["b10", "b11", "b12"]
        assert listed(event.with_withdrawal("b9"))[5] == (6, "b10")

    def test_skater_disqualified_late_who_skated_the_final_is_ranked_there(self) -> None:
        final = race(*(entry.id for entry in self.CORRECTED.start_list()))
        assert ranks(self.CORRECTED.with_final(final).overall())["a3"] == 5
        reopened = self.CORRECTED.with_list_reopened().with_final(final)
        assert [(one.kind, one.where, one.message) for one in reopened.warnings][:1] == [
            ("not-on-list", "final", "not on the start list of the final: a3"),
        ]  # fmt: skip


class TestOverall:
    """Finalists by final rank; the others by semifinal rank, then points, then time (assumed)."""

    def test_fewer_than_eight_finishers(self) -> None:
        """Everyone who is ranked goes through, also who did not finish; a disqualified skater has no rank."""
        small = race(*ids("a", 5), unfinished={"u": 9}, disqualified=["a5"])
        event = Event(semifinals=[small, B])
        assert [id for _, id in listed(event)][1::2][:5] == ["b1", "b2", "b3", "b4", "b5"]
        assert [entry.id for entry in event.start_list() if entry.semifinal == 1] == ["a1", "a2", "a3", "a4", "u"]
        event = event.with_final(race(*(entry.id for entry in event.start_list())))
        found = event.overall()
        assert (len(event.start_list()), found["b9"].rank, found["a5"].rank, found.rows[-1].skater.id) == (
            13,
            14,
            None,
            "a5",
        )
        assert any("disqualified" in line for line in event.assumed())

    def test_times_decide_by_printed_hundredths(self) -> None:
        def semifinal(letter: str, time: str) -> Race:
            return race(f"{letter}1", f"{letter}2", advance=1, times={f"{letter}2": time})

        def found(*times: str) -> list[int | None]:
            overall = Event(
                semifinals=[semifinal(letter, time) for letter, time in zip("abc", times, strict=False)]
            ).overall()
            return [overall[f"{letter}2"].rank for letter, _ in zip("abc", times, strict=False)]

        assert found("7:42.98", "7:42.97") == [4, 3]
        assert found("7:42.97", "7:42.97") == [3, 3]
        assert found("7:42.976", "7:42.971") == [4, 3]
        assert found("7:42.979", "7:42.97") == [3, 3]
        # What one of them hides decides nothing for the others either: an order must not depend on who compares.
        assert found("7:42.976", "7:42.97", "7:42.971") == [4, 4, 4]
        assert found("7:42.976", "7:42.971", "7:43.00") == [5, 4, 6]

    def test_points_come_before_times_and_more_laps_before_a_shorter_time(self) -> None:
        first = race("a1", "a2", "a3", advance=1, times={"a2": "8:00.00"}, sprints={4: ["a2", "a1", "a3"]})
        second = race("b1", "b2", advance=1, times={"b2": "7:00.00"})
        assert Event(semifinals=[first, second]).overall()["a2"].rank == 3
        book = evolve(A.rulebook, final=Scale(60), id="one")
        some = [
            Race(rulebook=book, starters=["a1", "a2"], finish=["a1", "a2"], times={"a2": "8:00.00"}, advance=1),
            Race(rulebook=book, starters=["b1", "b2"], finish=["b1"], unfinished={"b2": (9, "5:00.00")}, advance=1),
        ]
        found = Event(semifinals=some).overall()
        assert (found["a2"].rank, found["b2"].rank, found["b2"].status) == (3, 4, "unfinished")

    @pytest.mark.parametrize(
        ("policy", "expected"),
        [
            ("rank-points-time", {"b7": 13, "a7": 14, "b8": 15, "a8": 16, "b9": 17, "a9": 18}),
            ("points-time", {"b7": 13, "b8": 14, "b9": 15, "a7": 16, "a8": 17, "a9": 18}),
            ("shared", {"a7": 13, "b7": 13, "a8": 15, "b8": 15, "a9": 17, "b9": 17}),
        ],
    )
    def test_policies(self, policy: Any, expected: dict[str, int]) -> None:
        times = {"a7": "8:07.00", "a8": "8:08.00", "a9": "8:09.00"}
        first = race(*ids("a", 9), advance=6, times=times)
        second = race(*ids("b", 9), advance=6, times={"b9": "8:00.00"}, sprints={4: ["b7", "b8"]})
        event = Event(semifinals=[first, second], policy=policy)
        found = ranks(event.overall())
        assert {id: found[id] for id in expected} == expected
        assert any(f"policy {policy}: who missed the final" in line for line in event.assumed())

    def test_dead_heat_in_a_semifinal_needs_no_times(self) -> None:
        event = Event(semifinals=[race("a1", ["a2", "a3"], advance=1)])
        assert ranks(event.overall()) == {"a1": None, "a2": 2, "a3": 2}
        assert event.open()[-1] == "the final is not skated"

    def test_disqualified_in_the_final_stays_with_the_finalists_without_a_rank(self) -> None:
        event = Event(semifinals=[A, B])
        final = race(*(entry.id for entry in event.start_list()), disqualified=["a1"])
        found = evolve(event, policy="shared").with_final(final).overall()
        assert [row.skater.id for row in found][15:18] == ["a1", "a9", "b9"]
        assert (found["a1"].rank, found["a1"].status, found["b8"].rank, found["a9"].rank) == (
            None,
            "disqualified",
            15,
            17,
        )

    def test_finalist_who_did_not_start_is_ranked_by_the_semifinal(self) -> None:
        event = Event(semifinals=[A, B], policy="shared")
        there = [entry.id for entry in event.start_list() if entry.id != "b2"]
        for final in (race(*there), race(*there, did_not_start=["b2"])):
            found = event.with_final(final)
            assert (found.overall()["b2"].rank, found.overall()["b2"].is_finalist) == (16, False)
            assert found.overall()["a9"].rank == 17
            assert "a finalist who did not start the final is ranked among those who missed it" in found.assumed()

    def test_who_did_not_start_has_no_row(self) -> None:
        event = Event(semifinals=[race("a", "b", did_not_start=["c"])])
        assert [row.skater.id for row in event.overall()] == ["a", "b"]
        with pytest.raises(UnknownName):
            event.overall()["c"]


class TestSheets:
    """Sheets leave facts out: the event copes, or says what is missing."""

    def test_number_that_belongs_to_another_name_is_a_start_number(self) -> None:
        first = sheet(
            SheetRow(rank=1, bib="1", name="Ann"), SheetRow(rank=2, bib="2", name="Bea"), complete=False, id="1"
        )
        second = sheet(
            SheetRow(rank=1, bib="1", name="Cleo"), SheetRow(rank=2, bib="2", name="Dora"), complete=False, id="2"
        )
        final = sheet(
            SheetRow(rank=1, bib="1", name="Dora"), SheetRow(rank=2, bib="2", name="Ann"), complete=False, id="f"
        )
        event = Event(semifinals=[first, second], final=final)
        assert event.field.ids == ("1", "2", "Cleo", "Dora")
        assert {row.skater.name: row.rank for row in event.overall() if row.rank} == {"Dora": 1, "Ann": 2}
        assert event.warnings == ()

    def test_name_of_a_field_tells_a_skater_under_a_number_that_nobody_has(self) -> None:
        rows = [SheetRow(rank=1, bib="4", name="Bart SWINGS"), SheetRow(rank=2, bib="9", name="lee", nation="KOR")]
        event = Event(field=[Starter("4", "Bart Swings"), Starter("81", "Lee")], semifinals=[sheet(*rows, id="1")])
        assert [(entry.id, entry.name, entry.nation) for entry in event.start_list()] == [
            ("4", "Bart Swings", None), ("81", "Lee", "KOR"),
        ]  # fmt: skip
        assert event.warnings == ()

    FIELD = (
        Starter("1", "Ada HOLT", "NOR"), Starter("2", "Bea BERG", "SWE"), Starter("3", "Cleo LUND", "DEN"), Starter("7", "Dora DAHL", "NOR"),
    )  # fmt: skip

    def final(self, *names: str, **more: Any) -> Sheet:
        return sheet(*(SheetRow(rank=n, bib=str(n), name=name, **more) for n, name in enumerate(names, 1)), id="f")

    def test_final_that_numbers_its_rows_goes_by_the_names(self) -> None:
        event = Event(field=self.FIELD, final=self.final("DAHL Dora", "LUND, Cleo", "ada holt"))
        assert {id: rank for id, rank in ranks(event.overall()).items() if rank} == {"7": 1, "3": 2, "1": 3}
        assert event.warnings == ()

    def test_without_a_field_the_final_shows_the_semifinalists(self) -> None:
        first = sheet(
            SheetRow(rank=1, bib="11", name="Ada HOLT"), SheetRow(rank=2, bib="12", name="Jörg MÜLLER"), id="1"
        )
        second = sheet(
            SheetRow(rank=1, bib="21", name="Cleo LUND"), SheetRow(rank=2, bib="22", name="Dora DAHL"), id="2"
        )
        event = Event(semifinals=[first, second], final=self.final("DAHL Dora", "Mueller Joerg", "C. LUND"))
        assert ranks(event.overall()) == {"22": 1, "12": 2, "21": 3, "11": 4}
        assert [(one.kind, one.where) for one in event.warnings] == [("name", "final.rows[2]")]

    @pytest.mark.parametrize(
        "row",
        [
            SheetRow(bib="7", name="Ada HOLT"), SheetRow(bib="7", name="Zoe QUIST"), SheetRow(bib="7", name="Dora DAHL", nation="SWE"),
            SheetRow(bib="7", nation="SWE"),
        ],
    )  # fmt: skip
    def test_number_under_the_name_or_nation_of_somebody_else_is_refused(self, row: SheetRow) -> None:
        given: dict[str, Any] = {"field": self.FIELD, "final": sheet(evolve(row, rank=1), id="f")}
        assert problems(**given) == [("other-skater", "final.rows[0]")]
        given["final"] = Race(rulebook="isu-2018", starters=[Starter(row.bib, row.name, row.nation)], finish=["7"])
        assert problems(**given) == [("other-skater", "final.starters[0]")]

    @pytest.mark.parametrize("name", ["D. DAHL", "Dora Marie DAHL", "DAHL"])
    def test_another_spelling_is_told(self, name: str) -> None:
        for bib in ("7", "1"):
            event = Event(field=self.FIELD, final=sheet(SheetRow(rank=1, bib=bib, name=name, nation="nor "), id="f"))
            assert event.overall()["7"].rank == 1
            assert [(one.kind, one.where) for one in event.warnings] == [("name", "final.rows[0]")]

    def test_name_that_fits_two_is_nobody(self) -> None:
        field = [Starter("7", "Dora DAHL"), Starter("8", "Dina DAHL")]
        assert problems(field=field, final=self.final("D. DAHL")) == [("unknown-id", "final.rows[0]")]
        # Nor can two rows be one skater.
        two = self.final("Dahl", "D. Dahl")
        assert problems(field=field[:1], final=two) == [
            ("unknown-id", "final.rows[0]"),
            ("unknown-id", "final.rows[1]"),
        ]

    def test_final_names_a_skater_whom_an_incomplete_semifinal_does_not_show(self) -> None:
        semifinal = sheet(SheetRow(rank=1, name="Ann", total=60), complete=False, id="1")
        final = race("Ann", "Bea")
        event = Event(semifinals=[semifinal], final=final)
        assert ranks(event.overall()) == {"Ann": 1, "Bea": 2}
        assert event.overall()["Bea"].semifinal is None
        assert event.open()[0] == "rows are missing from the sheet of semifinal 1: ranks behind the final are open"
        assert [one.kind for one in event.warnings] == ["not-on-list", *["short-sprint"] * 3]

    def test_rows_missing_from_the_final_leave_ranks_open_and_count(self) -> None:
        event = evolve(EVENT, policy="shared").with_final(sheet(SheetRow(rank=1, bib="b1"), complete=False, id="f"))
        found = event.overall()
        assert (found["b1"].rank, found["a1"].rank, found["a1"].is_finalist, found["a9"].rank) == (1, None, True, 17)
        assert any(line.startswith("the ranks of a1, a2, ") for line in event.open())

    def test_start_number_is_open_where_the_sheet_does_not_tell_the_rank(self) -> None:
        event = Event(
            semifinals=[sheet(SheetRow(name="Ann", qualified="Q"), SheetRow(name="Bea"), complete=False, id="1")]
        )
        assert "the start numbers of Ann: their ranks in the semifinal are not known" in event.open()
        assert event.with_list_frozen().published == event.start_list().rows

    def test_unknown_ranks_and_points_leave_the_order_open(self) -> None:
        rows = [SheetRow(rank=1, name="A", total=60), SheetRow(rank=2, name="B"), SheetRow(name="C")]
        event = Event(semifinals=[sheet(*rows, advance=1, id="1"), race("x", "y", advance=1)])
        assert "ranks 3 to 5, between B, y and C: the rank of C is not known" in event.open()
        event = Event(semifinals=[sheet(*rows[:2], advance=1, id="1"), race("x", "y", advance=1)])
        assert event.open()[-1] == "ranks 3 to 4, between B and y: the points of B is not known"

    def test_outcomes_of_a_sheet_that_does_not_settle_its_order_are_the_printed_ones(self) -> None:
        rows = [
            SheetRow(name="C", mark="DQ"),
            SheetRow(name="B"),
            SheetRow(rank=1, name="A", laps=16),
            SheetRow(name="D", mark="DNS", rank=4),
        ]
        found = outcomes(sheet(*rows, id="1"))
        assert [(row.id, row.rank, row.status, row.laps) for row in found] == [
            ("A", 1, "finished", 16), ("B", None, "finished", 16), ("C", None, "disqualified", None), ("D", None, "absent", None),
        ]  # fmt: skip
        assert outcomes(rank(A)) == outcomes(A)


class TestRefused:
    """All problems at once, each with its place."""

    def test_shapes(self) -> None:
        assert problems(
            semifinals=[4], final=5, field=7, draw="a", withdrawals=7, published=[1], advance=True, policy="x", id=3, sources="a",
        ) == [
            ("type", "semifinals"), ("type", "final"), ("type", "field"), ("type", "draw"), ("type", "withdrawals"),
            ("type", "start_list"), ("type", "advance"), ("policy", "policy"), ("type", "id"), ("type", "sources"),
        ]  # fmt: skip
        assert problems(semifinals=[4]) == [("type", "semifinals"), ("type", "field")]
        assert problems(field=[["a"]]) == [("type", "field")]
        assert problems(field=["a"], withdrawals=[["a"]]) == [("type", "withdrawals")]
        entry = EVENT.start_list().rows[0]
        unhashable: Any = ["a1"]
        for bad in (evolve(entry, id=unhashable), evolve(entry, semifinal=0), evolve(entry, start=0)):
            assert problems(semifinals=[A, B], published=[bad]) == [("type", "start_list")]

    def test_unknown_and_repeated_ids(self) -> None:
        entry = EVENT.start_list().rows[0]
        assert problems(
            field=["a", "a", "b"], semifinals=[race("a", "x"), race("a")], final=race("b", "y"),
            draw=Draw([["a", "z"]]), withdrawals=["w", "w"], published=[entry, evolve(entry, semifinal=3)],
        ) == [
            ("repeated-id", "field[1]"),
            ("unknown-id", "semifinals[0].starters[1]"), ("repeated-id", "semifinals[1].starters[0]"),
            ("unknown-id", "final.starters[1]"),
            ("unknown-id", "draw.semifinals[0][1]"), ("unknown-semifinal", "semifinals"), ("not-drawn", "field[2]"),
            ("unknown-id", "withdrawals[0]"), ("unknown-id", "withdrawals[1]"), ("repeated-id", "withdrawals[1]"),
            ("unknown-id", "start_list[0]"), ("unknown-id", "start_list[1]"), ("repeated-id", "start_list[1]"),
            ("unknown-semifinal", "start_list[1].from"), ("repeated-start", "start_list[1].start"),
        ]  # fmt: skip

    def test_row_that_stands_for_a_skater_twice(self) -> None:
        twice = sheet(SheetRow(bib="4", name="Lee"), SheetRow(name="Lee"), id="1")
        assert problems(field=[Starter("4", "Lee")], semifinals=[twice]) == [("repeated-id", "semifinals[0].rows[1]")]

    def test_one_number_in_two_races_is_one_skater(self) -> None:
        assert problems(semifinals=[race("a"), race("a")]) == [("repeated-id", "semifinals[1].starters[0]")]


class TestWarnings:
    def found(self, event: Event) -> list[tuple[str, str]]:
        # The races here name nobody in their sprints.
        return [(one.kind, one.where) for one in event.warnings if one.kind != "short-sprint"]

    def test_what_is_doubtful_about_a_race_is_told_of_the_event(self) -> None:
        timed = [SheetRow(rank=1, bib="a", time="7:40.00"), SheetRow(rank=2, bib="b", time="4:49.19")]
        event = Event(semifinals=[race("c", "d"), sheet(*timed, id="1")])
        assert [(one.kind, one.where) for one in event.warnings] == [
            *[("short-sprint", f"semifinals[0].sprints.{lap}") for lap in (4, 8, 12)],
            ("assumed", "semifinals[1].rows[1].laps"),
        ]

    def test_draw_that_the_ranking_or_the_seed_does_not_give(self) -> None:
        for method, seed in (("serpentine", None), ("random", "x")):
            wrong = Draw([["b"], ["a"]] if method == "serpentine" else [["a", "b"], []], method, seed)  # type: ignore[arg-type]
            assert self.found(Event(field=["a", "b"], draw=wrong)) == [("draw", "draw")]

    def test_given_draw_that_leaves_a_nation_together(self) -> None:
        field = [Starter("a", nation="NED"), Starter("b", nation="NED"), Starter("c"), Starter("d")]
        assert self.found(Event(field=field, draw=Draw([["a", "b"], ["c", "d"]]))) == [("nations-together", "draw")]
        assert self.found(Event(field=field, draw=Draw([["a", "c"], ["b", "d"]]))) == []
        three = [*field[:2], Starter("c", nation="NED"), field[3]]
        assert self.found(Event(field=three, draw=Draw([["a", "c"], ["b", "d"]]))) == []

    def test_skater_in_another_semifinal_than_drawn(self) -> None:
        event = Event(field=["a", "b"], draw=Draw([["a"], ["b"]]), semifinals=[race("a", "b"), None])
        assert self.found(event) == [("not-drawn", "semifinals[0]")]
        assert event.warnings[0].message == "not drawn to this semifinal: b"

    def test_drawing_nobody_leaves_nothing_to_check(self) -> None:
        event = Event(field=["a"], withdrawals=["a"], draw=Draw([[], []], "serpentine"))
        assert self.found(event) == []


class TestReport:
    """What a program reads of an event."""

    @staticmethod
    def race(*finish: str, **more: Any) -> Race:
        starters = [Starter(id, f"Skater {id}", "NED") for id in (*finish, *more.get("unfinished", {}))]
        return Race(rulebook="isu-2018", starters=starters, finish=list(finish), **more)

    def event(self) -> Event:
        first = self.race("a", "b", times={"a": "8:00.00", "b": "8:01.00"}, sprints={4: ["b"]})
        field = self.race(*"abdex").starters
        return Event(id="day", field=field, semifinals=[first, self.race("d", "e")], advance=1).with_list_frozen()

    def report(self, event: Event) -> Any:
        return json.loads(dumps(event, "event-report"))

    def test_row_of_the_overall_ranking_tells_final_and_semifinal(self) -> None:
        final = self.race("x", "a", unfinished={"d": (3, "1:40.00")})
        report = self.report(self.event().with_final(final))
        assert (report["event"], report["stage"], report["frozen"], report["changes"]) == (
            "day",
            "finished",
            True,
            None,
        )
        ned = {"nation": "NED"}
        semifinal = ("from", "semifinal_rank", "semifinal_total", "semifinal_time")
        assert [{key: row[key] for key in row if key not in semifinal} for row in report["overall"]["rows"]] == [
            {"rank": 1, "id": "x", "name": "Skater x", **ned, "finalist": True, "status": "finished", "final_rank": 1},
            {"rank": 2, "id": "a", "name": "Skater a", **ned, "finalist": True, "status": "finished", "final_rank": 2},
            {"rank": 3, "id": "d", "name": "Skater d", **ned, "finalist": True, "status": "unfinished", "final_rank": 3},
            {"rank": 4, "id": "b", "name": "Skater b", **ned, "finalist": False, "status": "finished", "final_rank": None},
            {"rank": 5, "id": "e", "name": "Skater e", **ned, "finalist": False, "status": "finished", "final_rank": None},
        ]  # fmt: skip
        assert [tuple(row[key] for key in semifinal) for row in report["overall"]["rows"]] == [
            (None, None, None, None),
            (1, 1, 60, "8:00.00"),
            (2, 1, 60, None),
            (1, 2, 43, "8:01.00"),
            (2, 2, 40, None),
        ]

    def test_what_a_correction_would_change_of_the_published_list(self) -> None:
        event = self.event()
        assert self.report(evolve(event, published=None))["frozen"] is False
        changes = self.report(event.with_semifinal(2, self.race("e", "d")))["changes"]
        assert [entry["id"] for entry in changes["leaves"]] == ["d"]
        assert [entry["id"] for entry in changes["enters"]] == ["e"]
        assert changes["renumbered"] == []
