"""Facts that a reader could lose or misread: laps that are not printed, points that are, numbers, values of other libraries."""

from datetime import timedelta
from typing import Any

import pytest

from massstart import InvalidRecord, Race, RaceTime, Sheet, SheetRow, advance, load, loads, rank, show, verify
from massstart.event import Event
from massstart.live import Passing, RaceLog, Underway
from massstart.season import Standings
from massstart.values import to_whole

BY_TIME = """# rulebook: isu-2018
# laps: 16
Rnk,Name,Total,Time
1,Ann,60,8:40.67
2,Bea,40,8:40.70
3,Cleo,20,8:40.77
4,Dora,10,8:41.16
5,Eva,6,8:42.30
6,Fay,3,8:42.43
7,Gry,0,8:55.66
8,Hal,3,8:24.29
9,Ida,0,8:53.06
"""
BEHIND = """# rulebook: isu-2018
# laps: 16
# complete: no
Rnk,Name,Laps,Total,Time
9,Ann,16,1,8:33.43
11,Bea,16,0,8:33.93
12,Cleo,,0,4:49.19
"""
RESERVES = """# rulebook: isu-2014
# advance: 2
Rnk,Name,Laps,Total,Time,Q
1,Ann,16,60,,Q
2,Bea,16,40,,Q
3,Cleo,16,1,8:33.43,
4,Dora,,0,8:33.93,
5,Eva,,0,4:49.19,
"""


class TestUnfinishedWithoutLaps:
    """A skater whose laps are not printed did not finish if the time or the rank proves it."""

    def test_behind_a_time_that_is_too_short_everybody_is_unfinished(self) -> None:
        report = verify(loads(BY_TIME, Sheet))
        assert report.consistent
        assert "Hal: unfinished, for 8:24.29 is shorter than the winner's 8:40.67" in report.assumed
        assert "Ida: unfinished, for rank 9 is behind an unfinished skater" in report.assumed

    def test_time_that_nobody_can_skate_the_distance_in(self) -> None:
        report = verify(loads(BEHIND, Sheet))
        assert report.consistent
        assert "Cleo: unfinished, for 4:49.19 is shorter than 16 laps can be skated in" in report.assumed

    def test_time_shorter_than_of_anybody_at_full_distance(self) -> None:
        report = verify(loads(BEHIND.replace("4:49.19", "8:20.00"), Sheet))
        assert any("shorter than the 8:33.43 of the fastest" in text for text in report.assumed)

    def test_reserves_stand_in_the_order_of_the_same_inference(self) -> None:
        sheet = loads(RESERVES, Sheet)
        assert [entry.name for entry in advance(sheet).reserves] == ["Cleo", "Dora", "Eva"]

    def test_points_of_the_final_sprint_prove_the_distance(self) -> None:
        rows = [
            SheetRow(rank=1, name="A", sprints=(0, 0, 0, 60), total=60, time="8:40.00"),
            SheetRow(rank=2, name="B", mark="DNF", sprints=(0, 0, 0, 0), total=0, laps=9),
            SheetRow(rank=3, name="C", sprints=(0, 0, 0, 40), total=40, time="8:41.00"),
        ]
        report = verify(Sheet(id="x", rulebook="isu-2018", rows=rows))
        assert not any("C: unfinished" in text for text in report.assumed)
        assert ("rank", 3) in [(finding.kind, finding.row) for finding in report.findings]


def test_points_that_are_forfeited_may_be_printed_as_none() -> None:
    rows = [
        SheetRow(rank=1, name="A", laps=16, sprints=(3, 3, 3, 60), total=69, time="7:40.00"),
        SheetRow(rank=2, name="B", laps=16, sprints=(1, 1, 1, 40), total=43, time="7:41.00"),
        SheetRow(rank=3, name="C", laps=16, sprints=(0, 0, 0, 20), total=20, time="7:42.00"),
        SheetRow(rank=4, name="D", laps=13, mark="DNF", sprints=(0, 0, 0, 0), total=0),
    ]
    assert verify(Sheet(id="x", rulebook="isu-2024", rows=rows)).consistent
    kept = verify(Sheet(id="x", rulebook="isu-2018", rows=rows))
    assert {finding.kind for finding in kept.findings} == {"sprint-award"}


def test_skater_sent_through_never_takes_a_number_whose_owner_is_not_known() -> None:
    first = Sheet(
        id="1", rulebook="isu-2018", advance=2,
        rows=[SheetRow(rank=1, name="Ann", qualified="Q"), SheetRow(rank=2, name="Bea", qualified="Q"),
              SheetRow(rank=3, name="Cleo", qualified="q")],
    )  # fmt: skip
    second = Sheet(
        id="2", rulebook="isu-2018", advance=2, complete=False,
        rows=[SheetRow(rank=1, name="Dora", qualified="Q"), SheetRow(name="Eva", qualified="Q")],
    )  # fmt: skip
    numbers = {entry.name: entry.start for entry in advance(first, second)}
    assert numbers == {"Ann": 1, "Dora": 2, "Bea": 3, "Eva": None, "Cleo": 5}


class TestFirstCrossing:
    HEADER = Underway(rulebook="isu-2018", starters=["a"])

    def test_nobody_completes_the_first_lap_within_23_seconds(self) -> None:
        with pytest.raises(InvalidRecord) as caught:
            RaceLog(self.HEADER, [Passing("a", "0:20.00")])
        assert [(one.kind, one.where) for one in caught.value.problems] == [("impossible-passing", "events.1")]
        assert RaceLog(self.HEADER, [Passing("a", "0:23.00")]).progress().crossings.laps("a") == 1

    def test_where_the_first_crossing_starts_the_clock_it_may(self) -> None:
        log = RaceLog(self.HEADER, [Passing("a", "0:00.00")], first_passing=0)
        assert log.progress().crossings.laps("a") == 0


class Four:
    """A whole number of some other library."""

    def __index__(self) -> int:
        return 4


class TestValuesOfOtherLibraries:
    """Databases hold whole numbers, seconds and durations of many types."""

    @pytest.mark.parametrize(
        ("value", "whole"), [(4, 4), (4.0, 4), (Four(), 4), (4.5, 4.5), (True, True), (None, None), ("4", "4")]
    )
    def test_whole_numbers(self, value: Any, whole: Any) -> None:
        assert to_whole(value) == whole
        assert type(to_whole(value)) is type(whole)

    def test_a_race_takes_them(self) -> None:
        race = Race(
            rulebook="isu-2018", starters=["a", "b"], laps=16.0, sprint_laps=[Four(), 8.0], sprints={Four(): ["b"]},  # type: ignore[arg-type, list-item, dict-item]  # on purpose
            finish=["a"], unfinished={"b": (9.0, 324.53)}, times={"a": timedelta(minutes=7, seconds=42.97)}, advance=1.0,  # type: ignore[arg-type, dict-item]  # on purpose
        )  # fmt: skip
        assert (race.laps, race.sprint_laps, race.sprints[0].lap, race.advance) == (16, (4, 8), 4, 1)
        assert (str(race.unfinished[0].time), str(dict(race.times)["a"])) == ("5:24.53", "7:42.97")

    def test_a_sheet_takes_them(self) -> None:
        row = SheetRow(rank=1.0, sprints=(3.0, 0, 0, Four()), total=7.0, time=462.976)  # type: ignore[arg-type]  # on purpose
        sheet = Sheet(id="x", rulebook="isu-2018", rows=[row])
        assert (sheet.rows[0].rank, sheet.rows[0].sprints, sheet.rows[0].total) == (1, (3, 0, 0, 4), 7)
        assert str(sheet.rows[0].time) == "7:42.976"

    @pytest.mark.parametrize("seconds", [-1.0, float("nan"), float("inf")])
    def test_what_is_not_a_number_of_seconds_is_refused(self, seconds: float) -> None:
        with pytest.raises(ValueError, match="is not a time in seconds"):
            RaceTime.from_seconds(seconds)
        with pytest.raises(InvalidRecord, match="is not a time"):
            Race(rulebook="isu-2018", starters=["a"], finish=["a"], times={"a": seconds})


def test_two_sprints_at_one_lap_are_refused() -> None:
    sprints = Race(rulebook="isu-2018", starters=["a"], finish=["a"], sprints={4: ["a"]}).sprints
    with pytest.raises(InvalidRecord) as caught:
        Race(rulebook="isu-2018", starters=["a"], finish=["a"], sprints=[*sprints, *sprints])
    assert [(one.kind, one.where) for one in caught.value.problems] == [("repeated-lap", "sprints.4")]


def test_a_race_without_starters_is_warned_of() -> None:
    assert [one.kind for one in Race(rulebook="isu-2018", starters=[], finish=[]).warnings] == ["no-starters"]


def test_the_trial_race_loses_no_points_in_its_sprints() -> None:
    report = verify(load("ustrials-2025-men-race-1", Sheet))
    assert {finding.kind for finding in report.findings} == {"final-sprint"}
    assert rank(load("beijing-2022-men-semifinal-1", Sheet))["87"].rank == 7


def test_a_table_is_a_season_ranking_where_one_is_expected() -> None:
    ranking = loads("Rank,Name,Nation,1,2,Total\n1,Ann,NED,60,31,91\n2,Bea,ITA,54,,54\n", Standings)
    assert [(row.rank, row.name, row.total) for row in ranking] == [(1, "Ann", 91), (2, "Bea", 54)]


def test_an_event_has_no_reasons_to_show() -> None:
    with pytest.raises(ValueError, match="an event has no reasons"):
        show(Event(field=["a"]), reasons=True)


@pytest.mark.parametrize("text", ["[" * 100_000, b"[" * 100_000, "[]", ""])
def test_a_list_or_nothing_is_refused_at_once(text: str | bytes) -> None:
    with pytest.raises(InvalidRecord) as caught:
        loads(text)
    assert [problem.kind for problem in caught.value.problems] == ["json"]


def test_a_season_ranking_of_juniors_may_say_so() -> None:
    ranking = loads(
        "# competition: World Cup\nJunior women\nRank,Name,Nation,1,2,Total\n1,Ann,NED,60,31,91\n", Standings
    )
    assert [row.total for row in ranking.rows] == [91]
