"""What a verification finds, assumes, and admits not to have checked."""

from collections import Counter
from typing import Any

import pytest
from attrs import evolve

from massstart import (
    InvalidRecord,
    Race,
    Rulebook,
    Scale,
    Sheet,
    SheetRow,
    Verification,
    load,
    rank,
    rulebook,
    show,
    verify,
)

#: Small enough to be worked out by hand: one sprint of 2-1, a final of 5-3.
SMALL = Rulebook(id="small", laps=4, sprint_laps=(2,), intermediate=Scale(2, 1), final=Scale(5, 3), forfeits=True)


def sheet(*rows: SheetRow, **given: Any) -> Sheet:
    everything: dict[str, Any] = {"id": "demo", "rulebook": SMALL, "rows": rows} | given
    return Sheet(**everything)


def row(rank: int | None, name: str, total: int | None, *, time: str | None = None, **given: Any) -> SheetRow:
    return SheetRow(rank=rank, name=name, total=total, time=time, **given)


def found(record: Sheet) -> list[tuple[str, int | None]]:
    return [(one.kind, one.row) for one in verify(record).findings]


def full(*changes: tuple[int, dict[str, Any]], **given: Any) -> Sheet:
    """A sound sheet with sprint columns, changed."""
    rows = [
        row(1, "A", 7, time="1:00.00", laps=4, sprints=[2, 5]),
        row(2, "B", 3, time="1:01.00", laps=4, sprints=[0, 3]),
        row(3, "C", 1, time="1:03.00", laps=4, sprints=[1, 0]),
        row(4, "D", 0, time="1:02.00", laps=4, sprints=[0, 0]),
        row(5, "E", 0, time="0:40.00", laps=3, sprints=[0, 0]),
    ]
    for index, change in changes:
        rows[index] = evolve(rows[index], **change)
    return sheet(*rows, **given)


def test_a_sound_sheet_is_consistent_and_says_what_was_checked() -> None:
    report = verify(full())
    assert report.consistent
    assert report.assumed == ()
    assert dict(report.checked) == {
        "rank": 5, "total": 4, "sprint-award": 2, "final-sprint": 4, "forfeit": 1, "field": 5,
    }  # fmt: skip
    assert set(dict(report.unchecked)) == {"points-sum", "qualified", "world-cup-points"}


@pytest.mark.parametrize(
    ("changes", "given", "expected"),
    [
        ([(0, {"total": 8})], {}, [("total", 1)]),
        ([(4, {"total": 1})], {}, [("forfeit", 5)]),
        ([(2, {"total": 0})], {}, [("forfeit", 3)]),
        ([(1, {"sprints": [0, 4], "total": 4})], {}, [("sprint-award", None)]),
        ([(4, {"laps": 1, "sprints": [1, 0]}), (2, {"sprints": [0, 0], "total": 0})], {}, [("rank", 3), ("rank", 4), ("sprint-award", 5)]),
        ([(4, {"sprints": [0, 5]}), (0, {"sprints": [2, 0], "total": 2})], {}, [("rank", 1), ("rank", 2), ("final-sprint", 1), ("final-sprint", 5)]),
        ([(4, {"mark": "LAP", "laps": 4, "time": "1:04.00"})], {}, [("forfeit", 5)]),
        ([(4, {"name": "A"})], {}, [("field", 5)]),
        ([(4, {"rank": None})], {}, [("field", 5)]),
        ([(3, {"laps": 5})], {}, [("field", 4)]),
        ([(4, {"rank": 6})], {}, [("rank", 5), ("field", None)]),
        ([(4, {"rank": 4})], {}, [("rank", 5), ("field", 5)]),
        ([], {"starters": 6}, [("field", None)]),
        ([(0, {"qualified": "Q"})], {}, [("qualified", 1)]),
        ([(0, {"qualified": "Q"}), (3, {"qualified": "q"})], {"advance": 1}, []),
        ([(0, {"qualified": "Q"}), (3, {"qualified": "Q"})], {"advance": 1}, [("qualified", 4)]),
        ([(1, {"qualified": "Q"})], {"advance": 1}, [("qualified", 1), ("qualified", 2)]),
        ([(4, {"mark": "DQ", "rank": 5, "qualified": "Q"}), (0, {"qualified": "Q"})], {"advance": 1}, [("qualified", 5)]),
        ([(4, {"mark": "DQ", "total": 1})], {}, [("total", 5)]),
        ([(4, {"mark": "DQ", "rank": 1})], {}, [("rank", 5)]),
        ([(4, {"mark": "DQ", "rank": None})], {}, []),
        ([(4, {"mark": "DNS", "rank": None, "laps": None, "time": None, "sprints": None})], {"starters": 4}, []),
    ],
)  # fmt: skip
def test_finding(
    changes: list[tuple[int, dict[str, Any]]], given: dict[str, Any], expected: list[tuple[str, int | None]]
) -> None:
    assert found(full(*changes, **given)) == expected


def test_findings_say_where_what_is_printed_and_what_is_due() -> None:
    (finding,) = verify(full((0, {"total": 8}))).findings
    assert (finding.kind, finding.row, finding.printed, finding.expected) == ("total", 1, "8", "7")
    assert str(finding) == "total: row 1: the sprints of A add up to 7"


@pytest.mark.parametrize(
    ("changes", "given", "expected"),
    [
        ([(2, {"total": 0})], {}, [("0", "1", "total")]),
        ([(4, {"total": 1})], {}, [("1", "0", "total")]),
        ([(4, {"mark": "DQ", "total": 1})], {}, [("1", "0", "total")]),
        ([(4, {"mark": "LAP", "laps": 4, "time": "1:04.00"})], {}, [("LAP", None, "mark")]),
        ([(1, {"sprints": [0, 4], "total": 4})], {}, [("5-4", "5-3", "sprints[1]")]),
        ([(0, {"sprints": [0, 5], "total": 5})], {}, [("1", "2-1", "sprints[0]")]),
        ([(4, {"laps": 1, "rank": 5, "sprints": [1, 0]})], {}, [("1", "0", "sprints[0]")]),
        ([(1, {"sprints": [0, 5], "total": 5})], {}, [("5", None, "sprints[1]")]),
        ([(1, {"total": 2, "sprints": None})], {}, [("2", "3 or more", "total")]),
        ([(4, {"rank": None})], {}, [(None, None, "rank")]),
        ([(4, {"rank": 6})], {}, [("6", "5", "rank"), ("6", "5", "rank")]),
        ([(4, {"rank": 4})], {}, [("4", "5", "rank"), ("4", None, "rank")]),
        ([(4, {"mark": "DQ", "rank": 6})], {}, [("6", "none", "rank")]),
        ([(3, {"laps": 5})], {}, [("5", "4", "laps")]),
        ([(4, {"name": "A"})], {}, [("A", None, "name")]),
        ([(0, {"bib": "7"}), (4, {"bib": "7"})], {}, [("7", None, "bib")]),
        ([], {"starters": 6}, [("5", "6", None)]),
        ([(0, {"qualified": "Q"})], {}, [("Q", None, "qualified")]),
        ([(1, {"qualified": "Q"})], {"advance": 1}, [("no mark", "Q", "qualified"), ("Q", "no mark", "qualified")]),
    ],
)  # fmt: skip
def test_each_finding_tells_what_is_printed_what_is_due_and_the_column(
    changes: list[tuple[int, dict[str, Any]]],
    given: dict[str, Any],
    expected: list[tuple[str | None, str | None, str | None]],
) -> None:
    findings = verify(full(*changes, **given)).findings
    assert [(finding.printed, finding.expected, finding.column) for finding in findings] == expected


def test_findings_name_the_sprint_and_the_row_where_a_skater_stands_first() -> None:
    def messages(*changes: tuple[int, dict[str, Any]]) -> list[str]:
        return [finding.message for finding in verify(full(*changes)).findings]

    assert messages((0, {"sprints": [0, 5], "total": 5})) == ["sprint 1 hands out 1; the scale is 2-1"]
    assert messages((1, {"sprints": [0, 4], "total": 4})) == ["the final sprint hands out 5-4; the scale is 5-3"]
    assert messages((2, {"name": "A"}), (4, {"name": "A"})) == ["A stands in row 1 already"] * 2


@pytest.mark.parametrize(
    ("index", "change", "warning"),
    [
        (0, {"total": 8}, "A: 7 points counted, and 8 printed as the total"),
        (2, {"total": 0}, "C: 1 point counted, and 0 printed as the total"),
        (4, {"total": 1}, "E: no points counted, and 1 printed as the total"),
        (4, {"mark": "DQ", "total": 1}, "E: no points counted, and 1 printed as the total"),
        (0, {"total": 4, "sprints": None}, "A: 4 points printed, and 5 won in the final sprint by the times"),
    ],
)
def test_a_total_that_cannot_be_right_is_warned_of_by_the_ranking(
    index: int, change: dict[str, Any], warning: str
) -> None:
    record = full((index, change))
    (warned,) = rank(record).warnings
    assert (warned.kind, warned.where, warned.message) == ("total", f"rows[{index}].total", warning)
    assert f"warning: {warned}" in " ".join(show(rank(record)).split())
    assert not verify(record).consistent


def test_forfeit_needs_room_in_the_times_to_have_been_lapped() -> None:
    late = full((2, {"total": 0, "rank": 4, "time": "1:23.00"}), (3, {"rank": 3}))
    assert verify(late).consistent
    assert verify(late).assumed == ("C: lapped, for the total is 0 in spite of 1 point won",)
    early = full((2, {"total": 0, "rank": 4, "time": "1:22.99"}), (3, {"rank": 3}))
    assert ("forfeit", 3) in found(early)


def test_dead_heat_at_the_finish_needs_one_time() -> None:
    tied = full((1, {"sprints": [0, 5], "total": 5}), (0, {"time": "1:00.00"}))
    assert ("final-sprint", 2) in found(tied)
    level = full((1, {"sprints": [0, 5], "total": 5, "time": "1:00.00"}))
    assert found(level) == []


def test_shared_rank_in_a_dead_heat_is_assumed_where_the_times_allow_it() -> None:
    shared = full((3, {"rank": 3, "total": 0, "time": "1:03.00"}), (2, {"sprints": [1, 0]}))
    assert ("field", 4) in found(shared)
    rows = [
        row(1, "A", 7, time="1:00.00"),
        row(2, "B", 4, time="1:01.00"),
        row(3, "C", 0, time="1:02.00"),
        row(3, "D", 0, time="1:02.00"),
    ]
    report = verify(sheet(*rows))
    assert report.consistent
    assert "C and D share rank 3: a full dead heat" in report.assumed
    assert dict(report.unchecked)["rank"].startswith("2 rows")


def test_exact_times_prove_a_dead_heat_or_an_order() -> None:
    rows = [
        row(1, "A", 7, time="1:00.00"),
        row(2, "B", 4, time="1:01.00"),
        row(3, "C", 0, time="1:02.001"),
        row(3, "D", 0, time="1:02.001"),
    ]
    assert dict(verify(sheet(*rows)).checked)["rank"] == 4
    assert found(sheet(*rows)) == []
    rows[3] = row(3, "D", 0, time="1:02.00")
    assert dict(verify(sheet(*rows)).checked)["rank"] == 2
    rows[3] = row(4, "D", 0, time="1:02.000")
    assert found(sheet(*rows)) == [("rank", 3), ("rank", 4)]


@pytest.mark.parametrize(
    ("laps", "times", "ranks", "expected"),
    [
        ((3, 2), ("0:40.00", "0:30.00"), (3, 4), []),
        ((3, 2), ("0:40.00", "0:30.00"), (4, 3), [("rank", 3), ("rank", 4)]),
        ((2, 2), ("0:40.00", "0:30.00"), (4, 3), []),
        ((2, 2), ("0:40.00", "0:30.00"), (3, 4), [("rank", 3), ("rank", 4)]),
        ((None, 2), ("0:40.00", "0:30.00"), (3, 4), []),
        ((None, None), ("0:40.00", "0:30.00"), (4, 3), []),
        ((None, None), ("0:40.00", "0:30.00"), (3, 4), []),
        ((2, 2), (None, "0:30.00"), (3, 4), []),
    ],
)
def test_order_of_the_unfinished(
    laps: tuple[int | None, int | None],
    times: tuple[str | None, str],
    ranks: tuple[int, int],
    expected: list[tuple[str, int]],
) -> None:
    tail = [row(ranks[i], "CD"[i], 0, time=times[i], laps=laps[i], mark="DNF") for i in (0, 1)]
    assert found(sheet(row(1, "A", 7, time="1:00.00"), row(2, "B", 4, time="1:01.00"), *tail)) == expected


def test_forfeit_without_a_time_cannot_be_refuted() -> None:
    untimed = full((2, {"total": 0, "rank": 4, "time": None}), (3, {"rank": 3}))
    assert found(untimed) == []
    assert "C: lapped, for the total is 0 in spite of 1 point won" in verify(untimed).assumed


def test_incomplete_sheet_is_checked_pair_by_pair() -> None:
    rows = full().rows
    assert found(sheet(*rows[1:], complete=False)) == []
    assert dict(verify(sheet(*rows[1:], complete=False)).unchecked)["sprint-award"] == "rows are missing"
    swapped = sheet(evolve(rows[1], rank=4), evolve(rows[3], rank=2), complete=False)
    assert found(swapped) == [("rank", 1), ("rank", 2)]
    assert "on the wrong side of D" in verify(swapped).findings[0].message
    left = [
        row(rank, name, 0, time="0:30.00", laps=laps, mark="DNF") for rank, name, laps in ((4, "C", 3), (3, "D", 2))
    ]
    assert found(sheet(*left, complete=False)) == [("rank", 1), ("rank", 2)]
    level = [row(4, "A", 0, time="1:00.00", laps=4), row(3, "B", 0, time="1:01.00", laps=4)]
    assert found(sheet(*level, complete=False)) == [("rank", 1), ("rank", 2)]


def test_marks_are_held_against_the_rank_that_is_due_and_where_rows_are_missing_against_the_printed_one() -> None:
    swapped = full((0, {"rank": 2, "qualified": "Q"}), (1, {"rank": 1}), advance=1)
    assert found(swapped) == [("rank", 1), ("rank", 2)]
    rows = full((3, {"qualified": "q"})).rows
    assert found(sheet(*rows[1:4], complete=False, advance=1)) == []
    # Where no times are printed the rank of C and D is open.
    level = [row(1, "A", 7), row(2, "B", 4), row(3, "C", 0), row(4, "D", 0)]
    assert found(sheet(*[evolve(one, qualified="Q") for one in level[:3]], level[3], advance=3)) == []


def test_a_skater_whose_rank_is_not_known_is_not_held_against_the_marks() -> None:
    rows = full((0, {"qualified": "Q"}), (1, {"rank": None}), (3, {"qualified": "Q"})).rows
    report = verify(sheet(*rows, complete=False, advance=1))
    assert [(finding.kind, finding.row) for finding in report.findings] == [("qualified", 4)]
    assert dict(report.checked)["qualified"] == 4
    assert dict(report.unchecked)["qualified"] == "not every rank is printed"
    report = verify(full((0, {"qualified": "Q"}), advance=1))
    assert dict(report.checked)["qualified"] == 5
    assert "qualified" not in dict(report.unchecked)


def test_sheet_without_marks_says_so() -> None:
    report = verify(full(advance=2))
    assert report.consistent
    assert dict(report.unchecked)["qualified"] == "the sheet prints no marks"


def test_where_nobody_goes_on_by_rank_only_a_decision_can_be_marked() -> None:
    assert found(full((2, {"qualified": "q"}))) == []
    assert dict(verify(full((2, {"qualified": "q"}))).checked)["qualified"] == 1
    assert found(full((0, {"qualified": "Q"}))) == [("qualified", 1)]
    assert ("qualified", 3) in found(full((2, {"qualified": "q", "mark": "DQ"})))


def test_printed_cells_that_no_sprint_hands_out_rule_the_totals_out() -> None:
    rows = [
        row(1, "A", 8, time="1:01.00", sprints=[3, 5]),
        row(2, "B", 3, time="1:02.00"),
        row(3, "C", 0, time="1:03.00"),
    ]
    assert found(sheet(*rows)) == [("points-sum", None)]


def test_printed_final_points_that_the_rank_denies_rule_the_totals_out() -> None:
    """With no times: A ranks ahead of B on equal points, so crossed before, yet B is printed as the winner."""
    rows = [row(1, "A", 5), row(2, "B", 5, sprints=[0, 5]), row(3, "C", 1)]
    assert found(sheet(*rows)) == [("points-sum", None)]


def test_unknown_mark_is_named_and_not_used() -> None:
    assert "A: the mark '???' is not known and was not used" in verify(full((0, {"mark": "???"}))).assumed


# --- sheets with totals only -------------------------------------------------------------------------------


def totals(*points: int | None, book: Rulebook = SMALL, **given: Any) -> Sheet:
    rows = [row(rank, chr(64 + rank), total, time=f"1:{rank:02d}.00") for rank, total in enumerate(points, 1)]
    return sheet(*rows, rulebook=book, **given)


def test_the_only_handing_out_is_named() -> None:
    report = verify(totals(7, 4, 0))
    assert report.consistent
    assert report.assumed[-1] == (
        "no dead heat in a sprint; then the sprints can only have gone one way (in some order of the sprints): A 2, B 1"
    )
    two = verify(
        totals(8, 4, 0, book=evolve(SMALL, laps=5, sprint_laps=(2, 3), intermediate=Scale(2, 1), forfeits=False))
    )
    assert ("points-sum", None) in [(one.kind, one.row) for one in two.findings]


def test_printed_cells_tell_the_sprints_apart() -> None:
    book = evolve(SMALL, laps=5, sprint_laps=(2, 3))
    rows = [
        row(1, "A", 7, time="1:01.00", sprints=[2, 0, 5]),
        row(2, "B", 5, time="1:02.00"),
        row(3, "C", 2, time="1:03.00"),
        row(4, "D", 0, time="1:04.00", sprints=[0, 0, 0]),
    ]
    rows[2] = row(3, "C", 1, time="1:03.00")
    rows[1] = row(2, "B", 6, time="1:02.00")
    report = verify(sheet(*rows, rulebook=book))
    assert report.consistent
    assert report.assumed[-1] == (
        "no dead heat in a sprint; then the sprints can only have gone one way: A 2, B 1; B 2, C 1"
    )
    assert dict(report.unchecked)["sprint-award"] == "not every row prints its sprint columns"


def test_sum_that_only_a_dead_heat_explains_is_assumed_to_be_one() -> None:
    report = verify(totals(7, 5, 0))
    assert report.consistent
    assert report.assumed[-1] == "a dead heat in a sprint: without one the totals cannot be reached"


@pytest.mark.parametrize(
    ("points", "message"),
    [
        ((7, 3, 0), "the totals leave 2 points for the intermediate sprints, which hand out 3"),
        ((8, 3, 0), "no handing-out of 1 sprint 2-1 gives these totals"),
    ],
)
def test_totals_that_cannot_be_are_found(points: tuple[int, ...], message: str) -> None:
    (finding,) = verify(totals(*points)).findings
    assert (finding.kind, finding.row, finding.message) == ("points-sum", None, message)


def test_total_below_the_points_of_the_place_across_the_line_is_found() -> None:
    assert found(totals(8, 2, 0)) == [("final-sprint", 2)]
    assert (
        dict(verify(totals(8, 2, 0)).unchecked)["points-sum"] == "the points of the final sprint contradict the times"
    )


def test_missing_times_leave_the_final_sprint_to_the_totals() -> None:
    rows = [row(1, "A", 7), row(2, "B", 4), row(3, "C", 0, time="1:43.00"), row(4, "D", 0)]
    report = verify(sheet(*rows))
    assert report.consistent
    assert dict(report.checked)["points-sum"] == 4
    assert dict(report.unchecked)["final-sprint"] == "not every finisher has a time"
    assert (
        found(sheet(*rows[:2], row(3, "C", 1), row(4, "D", 0))) == []
    )  # A 7, B 4 and C 1: C tied with B or A in the sprint
    assert found(sheet(row(1, "A", 9), *rows[1:])) == [("points-sum", None)]
    assert (
        found(sheet(row(1, "A", 5), row(2, "B", 5), row(3, "C", 1), row(4, "D", 0))) == []
    )  # B second at the finish, first at lap 2


def test_unknown_totals_take_what_is_left() -> None:
    assert found(totals(7, None, 0)) == []
    assert found(totals(6, None, None)) == []
    report = verify(totals(7, None, 0))
    assert dict(report.checked)["points-sum"] == 3
    assert not any("only have gone one way" in text for text in report.assumed)


def test_lapped_skater_may_have_won_anything() -> None:
    rows = [
        row(1, "A", 5, time="1:00.00"),
        row(2, "B", 3, time="1:01.00"),
        row(3, "C", 0, time="2:00.00", mark="LAP"),
    ]
    assert found(sheet(*rows)) == [("points-sum", None)]  # both points of the sprint cannot be one skater's
    rows[1] = row(2, "B", 4, time="1:01.00")
    assert found(sheet(*rows)) == []


def load_sheet(id: str) -> Sheet:
    record = load(id)
    assert isinstance(record, Sheet)
    return record


# --- the world cup ---------------------------------------------------------------------------------------


def test_world_cup_points_need_a_table() -> None:
    record = load_sheet("wc-2025-26-1-men-division-a")
    for changes in ({"date": "2019-11-16"}, {"date": None}, {"round": "final"}):
        changed = evolve(record, **changes)
        report: Verification = verify(changed)
        assert report.consistent
        why = f"no table is known for the round {changed.round!r} on {changed.date}"
        assert dict(report.unchecked)["world-cup-points"] == why
        assert f"24 rows of World Cup points stand as printed, unchecked: {why}" in report.assumed


@pytest.mark.parametrize("division", ["Division A", "DIVISION  A", "division\u00a0a "])
def test_misprint_is_found_however_the_round_is_written(division: str) -> None:
    record = load("wc-2025-26-1-men-division-a", Sheet)
    (finding,) = verify(evolve(record, round=division)).findings
    assert finding.kind == "world-cup-points"


def test_world_cup_points_beyond_a_table_are_not_checked() -> None:
    record = load_sheet("wc-2015-16-2-women-division-a")
    rows = (*record.rows, SheetRow(rank=21, name="Z", laps=14, total=0, sprints=(0, 0, 0, 0), world_cup_points=4))
    report = verify(evolve(record, rows=rows))
    assert report.consistent
    assert dict(report.checked)["world-cup-points"] == 20
    assert dict(report.unchecked)["world-cup-points"] == "the table does not reach every rank"


def test_disqualified_skater_gets_no_world_cup_points() -> None:
    record = load_sheet("wc-2025-26-2-men-division-a")
    rows = (*record.rows[:-1], evolve(record.rows[-1], world_cup_points=17))
    (finding,) = verify(evolve(record, rows=rows)).findings
    assert (finding.kind, finding.row, finding.printed, finding.expected) == ("world-cup-points", 24, "17", "0")


def test_a_mark_in_division_b_belongs_to_the_first_three_and_the_best_of_the_sprints() -> None:
    record = load_sheet("wc-2025-26-1-men-division-b")
    for index in (3, 5, 24):
        rows = list(record.rows)
        rows[index] = evolve(rows[index], qualified="Q")
        (finding,) = verify(evolve(record, rows=rows)).findings
        assert (finding.kind, finding.row, finding.printed, finding.expected) == (
            "qualified",
            index + 1,
            "Q",
            "no mark",
        )
    report = verify(record)
    assert dict(report.checked)["qualified"] == 4
    assert "may have chosen not to start" in dict(report.unchecked)["qualified"]
    without_a_rank = [*record.rows[:20], evolve(record.rows[20], rank=None), *record.rows[21:]]
    for rows in ([evolve(one, sprints=None) for one in record.rows], without_a_rank):
        assert "without ranks and sprint columns" in dict(verify(evolve(record, rows=rows)).unchecked)["qualified"]


class TestPlacesKeptOpen:
    """Under "kept", nobody has the points of a disqualified skater, and the sheet does not tell which those were."""

    BOOK = evolve(rulebook("isu-2018"), disqualified_in_sprint="kept", disqualified_at_finish="kept")

    def sheet(self, book: Rulebook) -> Sheet:
        race = Race(
            rulebook=book,
            starters=["a", "b", "c", "d"],
            sprints={4: ["a", "b", "c"], 8: ["b", "a", "c"], 12: ["c", "b", "d"]},
            finish=["a", "b", "c", "d"],
            times={"a": "7:40.00", "b": "7:40.10", "c": "7:40.20", "d": "7:40.30"},
            disqualified=["b"],
        )
        rows = [
            SheetRow(
                rank=row.rank,
                bib=str(row.id),
                sprints=tuple(cell or 0 for cell in row.sprints) if row.rank else None,
                total=row.total,
                time=row.time,
                mark="DQ" if row.rank is None else None,
            )
            for row in rank(race)
        ]
        return Sheet(id="kept", rulebook=book, rows=rows)

    def test_the_holes_are_no_finding(self) -> None:
        report = verify(self.sheet(self.BOOK))
        assert report.findings == ()
        assert dict(report.checked)["sprint-award"] == 4

    def test_the_same_holes_are_findings_where_places_close_up(self) -> None:
        found = verify(evolve(self.sheet(self.BOOK), rulebook=rulebook("isu-2018"))).findings
        assert [finding.kind for finding in found] == ["sprint-award"] * 4

    def test_a_hole_too_many_is_a_finding(self) -> None:
        sheet = self.sheet(self.BOOK)
        rows = [evolve(sheet.rows[0], sprints=(3, 0, 0, 60), total=63), *sheet.rows[1:]]
        assert [finding.kind for finding in verify(evolve(sheet, rows=rows)).findings] == ["sprint-award"]

    def test_without_columns_the_sum_is_not_checked_and_no_place_is_claimed(self) -> None:
        sheet = self.sheet(self.BOOK)
        report = verify(evolve(sheet, rows=[evolve(row, sprints=None) for row in sheet.rows]))
        assert report.findings == ()
        assert "left places open" in dict(report.unchecked)["points-sum"]
        assert "final-sprint" not in dict(report.checked)
        assert [row.finish for row in rank(evolve(sheet, rows=[evolve(row, sprints=None) for row in sheet.rows]))][
            :3
        ] == [None] * 3

    def test_the_sum_is_checked_where_nobody_is_disqualified_or_places_close_up(self) -> None:
        kept = evolve(SMALL, disqualified_in_sprint="kept", disqualified_at_finish="kept")
        out = row(None, "X", 0, mark="DQ")
        for book, rest, checked in ((kept, (), True), (SMALL, (out,), True), (kept, (out,), False)):
            report = verify(sheet(*totals(7, 4, 0).rows, *rest, rulebook=book))
            assert ("points-sum" in dict(report.checked)) is checked

    def test_a_large_dead_heat_completes_the_totals(self) -> None:
        """Six skaters cross a sprint together, more than the scale has places."""
        ids = ["a", "b", "c", "d", "e", "f"]
        race = Race(
            rulebook="isu-2018", starters=ids, sprints={4: [ids], 8: ids[:3], 12: ids[:3]}, finish=ids,
            times={id: f"7:40.{number}0" for number, id in enumerate(ids)},
        )  # fmt: skip
        rows = [SheetRow(rank=row.rank, bib=str(row.id), total=row.total, time=row.time) for row in rank(race)]
        report = verify(Sheet(id="six", rulebook="isu-2018", rows=rows))
        assert report.findings == ()
        assert "a dead heat in a sprint: without one the totals cannot be reached" in report.assumed


# --- what cannot stand on a sheet ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"id": None}, [("type", "id")]),
        ({"date": 5}, [("type", "date")]),
        ({"advance": 0}, [("type", "advance")]),
        ({"starters": True}, [("type", "starters")]),
        ({"rows": ()}, [("empty", "rows")]),
        ({"rows": ["x"]}, [("type", "rows")]),
        ({"rows": "x"}, [("type", "rows")]),
        ({"laps": 0}, [("distance", "laps")]),
        ({"rulebook": "isu-1999"}, [("unknown-rulebook", "rulebook")]),
        ({"rows": [SheetRow(rank=0)]}, [("type", "rows[0].rank")]),
        ({"rows": [SheetRow(total=-1)]}, [("type", "rows[0].total")]),
        ({"rows": [SheetRow(name=5)]}, [("type", "rows[0].name")]),  # type: ignore[arg-type]  # on purpose
        ({"rows": [SheetRow(sprints="x")]}, [("type", "rows[0].sprints")]),  # type: ignore[arg-type]  # on purpose
        ({"rows": [SheetRow(sprints=[1, None])]}, [("type", "rows[0].sprints")]),  # type: ignore[list-item]  # on purpose
        ({"rows": [SheetRow(sprints=[1])]}, [("sprint-columns", "rows[0].sprints")]),
        ({"rows": [SheetRow(time="x")]}, [("time", "rows[0].time")]),
    ],
)
def test_sheet_is_refused(given: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    with pytest.raises(InvalidRecord) as caught:
        sheet(**({"rows": [SheetRow(rank=1, name="A")]} | given))
    assert [(one.kind, one.where) for one in caught.value.problems] == expected


def test_skaters_of_a_sheet_have_ids_of_their_own() -> None:
    record = sheet(SheetRow(bib="7"), SheetRow(name="A"), SheetRow(name="A"), SheetRow())
    assert [skater.id for skater in record.skaters] == ["7", "A", "row 3", "row 4"]
    awkward = sheet(SheetRow(name="row 2"), SheetRow(), SheetRow(name="row 2"))
    assert [skater.id for skater in awkward.skaters] == ["row 2", "row 2*", "row 3"]
    assert Counter(skater.id for skater in record.skaters).most_common(1)[0][1] == 1
    assert rulebook("isu-2014").sprint_laps == (4, 8, 12)


def test_sum_that_only_a_dead_heat_at_the_finish_explains_is_assumed_to_be_one() -> None:
    for rows in ((row(1, "A", 7), row(2, "B", 4), row(3, "C", 3)), (row(1, "A", 7), row(2, "B", 4), row(2, "C", 4))):
        report = verify(sheet(*rows, row(4, "D", 0)))
        assert report.consistent
        where = "at the finish" if rows[2].total == 3 else "in a sprint and at the finish"
        assert report.assumed[-1] == f"a dead heat {where}: without one the totals cannot be reached"


def test_skater_without_a_rank_orders_nobody() -> None:
    assert found(sheet(row(None, "A", 5), row(1, "B", 5, sprints=[0, 5]), row(3, "C", 1), complete=False)) == []
    assert ("points-sum", None) not in found(sheet(row(None, "A", 5), row(1, "B", 5, sprints=[0, 5]), row(3, "C", 1)))


def test_more_winners_than_places_rule_the_totals_out() -> None:
    assert found(sheet(row(1, "A", 5), row(2, "B", 5), row(3, "C", 5))) == [("points-sum", None)]


class TestLapsNotPrinted:
    """Whose laps are not printed may have left before a sprint; whose points count was at full distance."""

    def test_sprints_that_nobody_need_have_reached_are_no_finding(self) -> None:
        row = SheetRow(rank=1, bib="1", sprints=(0, 0, 0, 0), total=0, mark="DNF")
        assert verify(Sheet(id="alone", rulebook="isu-2018", rows=[row])).consistent

    def test_laps_that_prove_the_sprint_was_reached_make_it_a_finding(self) -> None:
        row = SheetRow(rank=1, bib="1", sprints=(0, 3, 0, 0), total=3, mark="DNF", laps=9)
        findings = verify(Sheet(id="alone", rulebook="isu-2018", rows=[row])).findings
        assert [(finding.kind, finding.printed) for finding in findings] == [("sprint-award", "nothing")]

    def test_totals_cannot_be_held_against_sprints_that_perhaps_nobody_reached(self) -> None:
        row = SheetRow(rank=1, bib="1", total=6, mark="DNF")
        report = verify(Sheet(id="alone", rulebook="isu-2018", rows=[row]))
        assert report.consistent
        assert "may have left" in dict(report.unchecked)["points-sum"]

    def test_a_faster_time_behind_the_winner_is_no_sign_of_leaving_where_the_points_count(self) -> None:
        rows = [
            SheetRow(rank=1, bib="1", total=64, time="7:40.357"),
            SheetRow(rank=2, bib="2", total=58, time="7:40.242"),
        ]
        found = verify(Sheet(id="two", rulebook="isu-2024", rows=rows))
        assert not any("unfinished" in text for text in (*found.assumed, *(one.message for one in found.findings)))


class TestTheSameSkaterTwice:
    """Who stands there twice is decided as everywhere else: by the name however it is written, and by the number."""

    def found(self, *rows: SheetRow) -> list[tuple[int | None, str | None, str]]:
        sheet = Sheet(id="demo", rulebook="isu-2018", rows=rows, complete=False)
        return [(one.row, one.column, one.message) for one in verify(sheet).findings if one.kind == "field"]

    def test_another_spelling_is_the_same_skater(self) -> None:
        rows = [
            SheetRow(rank=1, name="Jörg MÜLLER", nation="GER"),
            SheetRow(rank=2, name="Mueller Joerg", nation="ger "),
        ]
        assert self.found(*rows) == [(2, "name", "Mueller Joerg stands in row 1 already")]
        assert self.found(rows[0], SheetRow(rank=2, name="Mueller Joerg", nation="SUI")) == []

    def test_two_numbers_tell_two_skaters_of_one_name_apart(self) -> None:
        assert self.found(SheetRow(rank=1, bib="7", name="Kim"), SheetRow(rank=2, bib="8", name="Kim")) == []
        twice = [
            SheetRow(rank=1, bib="7", name="Kim"),
            SheetRow(rank=2, name="Kim"),
            SheetRow(rank=3, bib="7", name="KIM"),
        ]
        assert [(row, column) for row, column, _ in self.found(*twice)] == [(2, "name"), (3, "name")]

    def test_shared_number_is_a_number_that_stands_twice(self) -> None:
        rows = [
            SheetRow(rank=1, bib="7", name="Ann"),
            SheetRow(rank=2, bib=" 7", name="Bea"),
            SheetRow(rank=3, bib="7"),
        ]
        assert self.found(*rows) == [
            (2, "bib", "the number  7 stands in row 1 already"),
            (3, "bib", "the number 7 stands in row 1 already"),
        ]
