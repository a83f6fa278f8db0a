"""Reasons, rows and results, case by case; the rules themselves are tested as properties."""

import pickle

import pytest
from attrs import evolve
from made import sheet

from massstart import (
    InvalidRecord,
    Race,
    Result,
    Rulebook,
    Scale,
    SheetRow,
    Starter,
    UnknownName,
    dumps,
    load,
    loads,
    rank,
    verify,
)  # fmt: skip
from massstart.live import RaceLog, Underway, provisional
from massstart.records import Disqualified


def demo() -> Race:
    """The race of the description of the format."""
    return Race(
        id="demo",
        rulebook="isu-2018",
        starters=[Starter("87", "Sven Kramer", "NED"), "13", "4", "5", "9", "11"],
        sprints={4: ["4", "13"], 8: ["87"], 12: [["4", "13"], "87"]},
        finish=["4", "13", "87"],
        times={"4": "7:56.74", "13": "7:56.93", "87": "7:58.22"},
        unfinished={"5": (9, "5:24.53")},
        disqualified=[Disqualified("9", "257.4.5", "serious obstruction")],
        did_not_start=["11"],
        advance=8,
    )


def test_the_race_of_the_format_gives_the_result_of_the_format() -> None:
    rows = [
        (row.rank, row.id, row.status, row.laps, row.sprints, row.total, row.finish, row.qualified)
        for row in rank(demo())
    ]
    assert rows == [
        (1, "4", "finished", 16, (3, 0, 3, 60), 66, 1, "Q"),
        (2, "13", "finished", 16, (2, 0, 3, 40), 45, 2, "Q"),
        (3, "87", "finished", 16, (0, 3, 1, 20), 24, 3, "Q"),
        (4, "5", "unfinished", 9, (0, 0, 0, 0), 0, None, "Q"),
        (None, "9", "disqualified", None, (0, 0, 0, 0), 0, None, None),
    ]
    assert [str(row.time) for row in rank(demo())] == ["7:56.74", "7:56.93", "7:58.22", "5:24.53", "None"]


@pytest.mark.parametrize(
    ("id", "reason"),
    [
        (
            "4",
            (
                "1st: 66 points (sprint 1: 3, sprint 3: 3, final sprint: 60); first across the line, 7:56.74; "
                "ahead of 13 on points (45)"
            ),
        ),
        (
            "87",
            (
                "3rd: 24 points (sprint 2: 3, sprint 3: 1, final sprint: 20); third across the line, 7:58.22; "
                "behind 13 on points (45); ahead of 5 by laps completed"
            ),
        ),
        ("5", "4th: no points; 9 of 16 laps, 5:24.53; behind Sven Kramer by laps completed"),
        ("9", "disqualified (257.4.5, serious obstruction): listed last, without rank and points"),
    ],
)
def test_reason(id: str, reason: str) -> None:
    assert rank(demo()).reason(id) == reason


def test_reason_of_forfeited_points_says_why() -> None:
    race = Race(
        rulebook="isu-2024", starters=["a", "b", "c"], finish=["a", "b"], lapped=["b"], unfinished={"c": 12},
        sprints={4: ["b", "c"], 8: ["c"]},
    )  # fmt: skip
    result = rank(race)
    reasons = {row.id: reason for row, reason in zip(result, result.reasons, strict=True)}
    assert reasons["b"].startswith(
        "2nd: 43 points won (sprint 1: 3, final sprint: 40) do not count, for the skater was lapped; second across the line, lapped"
    )
    assert reasons["c"].startswith(
        "3rd: 5 points won (sprint 1: 2, sprint 2: 3) do not count, for the race was not finished"
    )


def test_reason_of_a_shared_rank_names_who_shares_it() -> None:
    race = Race(rulebook="isu-2018", starters=["a", "b", "c"], finish=["c", ["b", "a"]])
    assert [(row.rank, row.id) for row in rank(race)] == [(1, "c"), (2, "a"), (2, "b")]
    assert "shares the rank with b in a full dead heat" in rank(race).reason("a")


def test_reason_names_a_place_once_for_those_who_crossed_together() -> None:
    race = Race(rulebook="isu-2018", starters=[*"abcdefghk"], finish=[*"abcdef", ["g", "h"], "k"], sprints={4: ["k"]})
    assert "ahead of g and h, who crossed seventh without points" in rank(race).reason("k")
    mixed = evolve(race, starters=[*"abcdefghkm"], finish=[*"abcdef", ["g", "h"], "m", "k"])
    assert "ahead of g, h and m, who crossed earlier without points" in rank(mixed).reason("k")


def test_reason_among_the_unfinished_is_the_time_at_the_last_crossing() -> None:
    race = Race(
        rulebook="isu-2018", starters=["a", "b", "c"], finish=["a"],
        unfinished={"b": (5, "3:00.00"), "c": (5, "2:59.00")},
    )  # fmt: skip
    assert rank(race).reason("b") == (
        "3rd: no points; 5 of 16 laps, 3:00.00; level on points, behind c by the time at the last crossing"
    )


def test_reason_counts_the_rest_where_there_are_many() -> None:
    ids = [str(number) for number in range(1, 16)]
    race = Race(rulebook="isu-2018", starters=ids, finish=ids, sprints={4: ["15", "14", "13"], 8: ["12", "11"]})
    assert "ahead of 7, 8, 9 and 4 others, who crossed earlier" in rank(race).reason("15")
    assert "behind 11, 12, 13 and 2 others, who crossed later" in rank(race).reason("7")
    assert "level on points, ahead of 8, 9 and 10 by the order across the line" in rank(race).reason("7")
    assert rank(race).reason("1") == (
        "1st: 60 points (final sprint: 60); first across the line; ahead of 2 on points (40)"
    )


def test_dead_heat_in_a_sprint_skips_the_next_place_unless_the_rulebook_says_otherwise() -> None:
    book = Rulebook(
        id="own", laps=4, sprint_laps=(2,), intermediate=Scale(3, 2, 1), final=Scale(5, 3, 1), forfeits=False
    )
    race = Race(rulebook=book, starters=list("abcd"), finish=list("abcd"), sprints={2: [["a", "b"], "c", "d"]})
    assert [row.sprints[0] for row in rank(race)] == [3, 3, 1, 0]
    following = evolve(race, rulebook=evolve(book, sprint_dead_heat="follow"))
    assert [row.sprints[0] for row in rank(following)] == [3, 3, 2, 1]


def test_untimed_skater_who_left_ranks_behind_the_timed_with_equal_laps_and_points() -> None:
    race = Race(rulebook="isu-2018", starters=["a", "b"], finish=[], unfinished={"a": 3, "b": (3, "9:00.00")})
    assert [row.id for row in rank(race)] == ["b", "a"]


def test_result_finds_rows_and_says_who_there_is() -> None:
    result = rank(demo())
    assert len(result) == 5
    assert (result["87"].name, result["87"].nation, result["87"].label, result["4"].label) == (
        "Sven Kramer",
        "NED",
        "Sven Kramer",
        "4",
    )
    with pytest.raises(UnknownName, match="no row for '11'; there are 4, 13, 87, 5, 9"):
        result["11"]
    assert repr(result) == "<Result of demo: 5 rows>"
    assert [row.id for row in reversed(result)] == ["9", "5", "87", "13", "4"]
    assert ("87" in result, "11" in result, result["87"] in result) == (True, False, True)
    assert result.record == demo()


def test_results_of_equal_races_are_equal_and_survive_pickling() -> None:
    result = rank(demo())
    copy = pickle.loads(pickle.dumps(result))  # noqa: S301  # our own bytes
    assert copy == result == rank(demo())
    assert hash(copy) == hash(result)
    assert copy.rows == result.rows
    assert result != object()
    assert result != rank(evolve(demo(), times={}))


def test_ids_may_be_any_hashable_value() -> None:
    race = Race(rulebook="isu-2018", starters=[("NED", 1), 2, None], finish=[2, [("NED", 1), None]])
    assert [(row.rank, row.id) for row in rank(race)] == [(1, 2), (2, ("NED", 1)), (2, None)]


def test_disqualified_skater_at_the_finish_has_the_laps_but_no_time() -> None:
    race = Race(rulebook="isu-2018", starters=["a", "b"], finish=["a", "b"], disqualified=["a"], times={"a": "7:40.00"})
    row = rank(race)["a"]
    assert (row.laps, row.time, row.finish, row.key, row.qualified) == (16, None, None, None, None)
    assert rank(race).reason("a") == "disqualified: listed last, without rank and points"


def test_skater_added_by_decision_is_marked() -> None:
    race = Race(
        rulebook="isu-2018",
        starters=["a", "b", "c"],
        finish=["a", "b", "c"],
        advance=1,
        advanced={"c": "hindered", "a": None},
    )
    assert [row.qualified for row in rank(race)] == ["Q", None, "q"]


def test_sheet_that_does_not_settle_the_order_is_refused_with_every_gap() -> None:
    with pytest.raises(InvalidRecord) as caught:
        rank(
            sheet(
                SheetRow(rank=1, name="A", total=60),
                SheetRow(rank=2, name="B", total=None),
                SheetRow(rank=3, name="C", total=1),
                SheetRow(rank=4, name="D", total=1, time="7:45.00"),
                SheetRow(rank=5, name="E", total=0, mark="DNF"),
                SheetRow(rank=6, name="F", total=0, laps=3),
                complete=False,
                rulebook="isu-2024",
            )
        )
    assert [problem.where for problem in caught.value.problems] == [
        "rows", "rows[1].total", "rows[2].time", "rows[4].laps",
    ]  # fmt: skip


def test_sheet_with_an_absent_and_a_disqualified_skater_and_an_addition() -> None:
    result = rank(
        sheet(
            SheetRow(rank=1, name="A", total=60, time="7:40.00"),
            SheetRow(rank=2, name="B", total=40, time="7:41.00", qualified="q"),
            SheetRow(rank=3, name="C", mark="DNF", total=0),
            SheetRow(name="D", mark="DSQ"),
            SheetRow(name="E", mark="DNS"),
            advance=1,
            rulebook="isu-2024",
        )
    )
    assert [(row.id, row.rank, row.status, row.qualified, row.finish) for row in result] == [
        ("A", 1, "finished", "Q", 1),
        ("B", 2, "finished", "q", 2),
        ("C", 3, "unfinished", None, None),
        ("D", None, "disqualified", None, None),
    ]
    assert result.reason("C") == "3rd: no points; fewer than 16 laps; behind B by laps completed"
    assert result.reason("D") == "disqualified: listed last, without rank and points"
    assert result.warnings == ()


def test_reason_on_a_sheet_without_columns_tells_only_what_is_known() -> None:
    result = rank(load("pyeongchang-2018-men-final"))
    assert result.reason("Livio Wenger") == (
        "4th: 11 points; at full distance; behind Koen Verweij on points (20); ahead of Viktor Hald Thorup on points (8)"
    )
    assert result["Livio Wenger"].finish is None


def test_what_is_neither_race_nor_sheet_is_refused() -> None:
    with pytest.raises(TypeError, match="rank takes a Race or a Sheet, not str"):
        rank("beijing-2022-men-semifinal-1")  # type: ignore[arg-type]  # on purpose
    with pytest.raises(TypeError, match="verify takes a Sheet, not Race"):
        verify(demo())  # type: ignore[arg-type]  # on purpose


class TestComparisons:
    """What a reason says, as values."""

    def test_each_kind_of_comparison_is_told(self) -> None:
        race = Race(
            rulebook="isu-2018", starters=list("abcdefghi"), sprints={4: ["g"], 8: ["g"], 12: ["g"]},
            finish=["a", "b", "c", ["d", "e"], "f", "g"], unfinished={"h": (9, "5:00.00"), "i": (9, "5:00.10")},
        )  # fmt: skip
        result = rank(race)

        def told(id: str) -> list[tuple[str, str, str]]:
            return [(one.side, one.by, "".join(str(row.id) for row in one.skaters)) for one in result.comparisons(id)]

        assert ("with", "nothing", "e") in told("d")
        assert ("ahead", "crossing", "f") in told("g")
        assert ("behind", "crossing", "g") in told("f")
        assert ("behind", "laps", "f") in told("h")
        assert ("ahead", "time", "i") in told("h")
        assert rank(Race(rulebook="isu-2018", starters=["a"], finish=["a"], disqualified=["a"])).comparisons("a") == ()
        assert loads(dumps(result), Result).comparisons("d") == ()


class TestAsASheet:
    """A result as it would be published."""

    def test_provisional_standings_are_none(self) -> None:
        standings = provisional(RaceLog(Underway(rulebook="isu-2018", starters=["a"])))
        with pytest.raises(InvalidRecord, match="wait for the finish"):
            standings.to_sheet()

    def test_a_shortened_race_brings_its_own_rulebook(self) -> None:
        race = Race(rulebook="isu-2018", starters=["a"], finish=["a"], laps=10, sprint_laps=[4], id="short")
        sheet = rank(race).to_sheet()
        assert (sheet.rulebook.laps, sheet.rulebook.sprint_laps) == (10, (4,))
