"""Replaying a log gives the race, whatever the order of arrival."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from massstart import Race, RaceLog, rank
from massstart.live.events import Finish, Lapped, Revoke
from massstart.live.standings import standings
from massstart.testing import LoggedRace, calls_of, changed, crossings_of, race_logs, races
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
        assert not any(isinstance(event, Lapped | Finish) for event in log.events) or race.laps > 18

    @given(race_logs())
    def test_late_missing_repeated_and_revoked_events_change_nothing(self, logged: LoggedRace) -> None:
        assert logged.log.race() == logged.race
        assert standings(logged.log) == rank(logged.race)

    @given(race_logs(), st.randoms(use_true_random=False))
    def test_any_legal_order_of_arrival_gives_the_same_race(self, logged: LoggedRace, random: Random) -> None:
        counting = [event for event in logged.log._counting.values() if not isinstance(event, Revoke)]
        random.shuffle(counting)
        assert arrived(logged.log.header, counting).race() == logged.race

    @given(race_logs(min_size=1))
    def test_a_log_reads_as_it_was_written(self, logged: LoggedRace) -> None:
        read = RaceLog.from_lines(logged.log.to_lines())
        assert read.race() == logged.race
        assert read.to_lines() == logged.log.to_lines()
        assert list(read.events) == [event for event in read.events if event is not None]
