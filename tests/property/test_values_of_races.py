"""Races and results as values: written and read, pickled, compared."""

import json
import pickle
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from massstart import Race, advance, dumps, loads, rank
from massstart.testing import any_ids, changed, plain, races, shuffled


class TestJson:
    """What is written is read back as the same race; the same value gives the same bytes."""

    @given(races())
    def test_a_race_survives_being_written_and_read(self, race: Race) -> None:
        assert loads(dumps(race)) == race

    @given(races())
    def test_writing_is_stable(self, race: Race) -> None:
        again = loads(dumps(race))
        assert isinstance(again, Race)
        assert dumps(again) == dumps(race)
        assert dumps(rank(again)) == dumps(rank(race))

    @given(races())
    def test_bytes_are_read_as_text_is(self, race: Race) -> None:
        assert loads(dumps(race).encode()) == race

    @given(races())
    def test_results_and_start_lists_are_json_on_one_line(self, race: Race) -> None:
        for text in (dumps(rank(race)), dumps(advance(rank(race)))):
            assert len(text.split("\n")) == 1
            assert json.loads(text)["version"] == 1


class TestPickle:
    """Races, results and rows survive being pickled."""

    @given(races(ids=any_ids()))
    def test_race_and_result_are_equal_afterwards(self, race: Race) -> None:
        result = rank(race)
        for protocol in (2, pickle.HIGHEST_PROTOCOL):
            assert pickle.loads(pickle.dumps(race, protocol)) == race  # noqa: S301  # pickled just now
            again = pickle.loads(pickle.dumps(result, protocol))  # noqa: S301  # pickled just now
            assert again == result
            assert again.rows == result.rows
            assert again.reasons == result.reasons


class TestEquality:
    """Equal races have equal hashes and equal results."""

    @given(races(ids=any_ids()))
    def test_the_same_race_again_is_equal(self, race: Race) -> None:
        again = changed(race)
        assert again == race
        assert hash(again) == hash(race)
        assert rank(again) == rank(race)
        assert rank(again).rows == rank(race).rows

    @given(races(ids=any_ids(), dead_heats=False), st.randoms(use_true_random=False))
    def test_the_order_of_notes_and_times_does_not_matter(self, race: Race, random: Random) -> None:
        again = changed(shuffled(race, random), starters=plain(race)["starters"])
        assert again == race
        assert hash(again) == hash(race)
