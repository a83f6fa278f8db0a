"""The logs that are drawn, and what goes wrong in them: the same ones every time, so that each part is drawn for sure."""

from hypothesis import given, settings

from massstart import Race, RaceTime
from massstart.live import Finish, LogEvent, Passing, RaceLog
from massstart.records import Unfinished
from massstart.testing import crossings_of, race_logs
from massstart.testing.logs import LoggedRace, header_of


def test_everything_that_can_happen_to_a_log_is_drawn_and_the_race_comes_out() -> None:
    seen: set[str] = set()

    @settings(max_examples=80, derandomize=True, database=None, deadline=None)
    @given(race_logs(max_size=6))
    def check(one: LoggedRace) -> None:
        assert one.log.race() == one.race
        seen.update(type(event).__name__ for event in one.arrivals)
        seen.update("refused" for event in one.log.events if event is None)

    check()
    assert seen == {
        "Passing", "Sprint", "Finish", "Arrival", "Lapped", "Unfinished", "Disqualified", "DidNotStart", "Advanced", "Revoke",
        "refused",
    }  # fmt: skip


def test_a_finish_that_crossings_do_not_tell_is_called() -> None:
    orders = {lap: ["b", "a"] for lap in (4, 8, 12)}
    race = Race(rulebook="isu-2018", starters=["a", "b"], sprints=orders, finish=["a", "b"])
    events: list[LogEvent] = crossings_of(race, missing=["b"])
    assert events[-1] == Finish(race.finish)
    assert RaceLog(header_of(race), events).race().finish == race.finish


def test_the_last_crossing_of_whoever_left_is_told_only_with_its_time() -> None:
    race = Race(rulebook="isu-2018", starters=["a"], finish=[], unfinished={"a": 5})
    timed = Race(
        rulebook="isu-2018", starters=["a"], finish=[], unfinished=[Unfinished("a", 5, RaceTime(150_000, exact=True))]
    )
    assert [sum(isinstance(one, Passing) for one in crossings_of(each)) for each in (race, timed)] == [4, 5]
