"""Replaying a log gives the race, whatever the order of arrival; and outlooks keep what they promise."""

import pytest
from attrs import evolve
from hypothesis import given
from loglaws import LOG_LAWS, OUTLOOK_LAWS, LogLaw

from massstart import Race, Scale, dumps, loads, rank, rulebook
from massstart.live import RaceLog
from massstart.live.events import Finish, Lapped, LogEvent, Revoke
from massstart.testing import (
    LoggedRace,
    calls_of,
    changed,
    crossings_of,
    race_logs,
    races,
)
from massstart.testing.logs import arrived, header_of, ties_sorted


class TestReplay:
    """A log replays to the race that was entered by hand."""

    @given(races())
    def test_calls_alone_tell_everything_but_the_times(self, race: Race) -> None:
        log = RaceLog(header_of(race), calls_of(race))
        assert log.race() == changed(race, times={})

    @given(races(full_sprints=True, realistic=True).map(ties_sorted))
    def test_crossings_tell_orders_times_and_who_was_lapped(self, race: Race) -> None:
        log = RaceLog(header_of(race), crossings_of(race))
        # A longer race takes longer than the times that are drawn.
        expected = race if race.laps <= 18 else changed(race, times=log.race().times)
        assert log.race() == expected
        assert rank(log.race()) == rank(expected)
        if 2 <= race.laps <= 18:
            assert not any(isinstance(event, Lapped | Finish) for event in log.events)

    @pytest.mark.parametrize("law", LOG_LAWS)
    @given(logged=race_logs())
    def test_every_log_keeps_the_law(self, law: LogLaw, logged: LoggedRace) -> None:
        assert [*law(logged)] == []

    @given(race_logs())
    def test_a_log_reads_as_it_was_written(self, logged: LoggedRace) -> None:
        read = loads(dumps(logged.log), RaceLog)
        assert read.race() == logged.race
        assert dumps(read) == dumps(logged.log)
        assert None not in read.events

    @given(race_logs())
    def test_what_is_provisional_never_fails(self, logged: LoggedRace) -> None:
        for number in range(0, len(logged.log.events) + 1, 7):
            state = logged.log.state(after=number)
            assert set(state.starters.ids) >= set(state.racing)


class TestOutlook:
    """What an outlook says holds until the end."""

    @pytest.mark.parametrize("law", OUTLOOK_LAWS)
    @given(
        logged=race_logs(max_size=8, late=False, missing=False, revoked=False, dead_heats=False, everyone_finishes=True)
    )
    def test_every_log_keeps_the_law(self, law: LogLaw, logged: LoggedRace) -> None:
        assert [*law(logged)] == []


class TestTheLawsBite:
    """A log that says something else breaks the law."""

    #: The last sprint is worth so little that the outlook settles early.
    BOOK = evolve(rulebook("isu-2018"), final=Scale(3))
    RACE = Race(rulebook=BOOK, starters=["a", "b", "c"], finish=["a", "b", "c"], sprints={4: ["c"], 8: ["c"], 12: ["c"]}, advance=1)  # fmt: skip

    def logged(self, race: Race, events: list[LogEvent]) -> LoggedRace:
        return LoggedRace(race, tuple(events), arrived(header_of(race), events))

    @pytest.mark.parametrize("law", LOG_LAWS)
    def test_another_race(self, law: LogLaw) -> None:
        assert [*law(self.logged(self.RACE, calls_of(self.RACE)))] == []
        other = changed(self.RACE, finish=["c", "b", "a"])
        assert [*law(self.logged(other, calls_of(self.RACE)))] != []

    @pytest.mark.parametrize("law", OUTLOOK_LAWS)
    def test_sprint_that_is_taken_back(self, law: LogLaw) -> None:
        first, second, third, finish = calls_of(self.RACE)
        assert [*law(self.logged(self.RACE, [first, second, third, finish]))] == []
        other = changed(self.RACE, sprints={4: ["a"], 8: ["a"], 12: ["a"]})
        again = calls_of(other)[:3]
        events = [first, second, third, Revoke(1), Revoke(2), Revoke(3), *again, finish]
        assert [*law(self.logged(other, events))] != []
