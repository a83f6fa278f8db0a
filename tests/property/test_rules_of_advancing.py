"""Section 3 of the rules, semifinals and final: one class per rule."""

from collections.abc import Hashable
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from oracle import judge

from massstart import InvalidRecord, Race, Result, StartList, advance, rank
from massstart.testing import any_ids, changed, races, semifinals, shuffled, string_ids

Semifinals = tuple[Race, ...]


def both(races: Semifinals, advance_: int | None = None) -> StartList:
    return advance(rank(races[0]), rank(races[1]), advance=advance_)


def ranks(race: Race) -> dict[Hashable, int]:
    return {id: line.rank for id, line in judge(race).items() if line.rank is not None}


def cut(race: Race) -> int:
    return race.advance or race.rulebook.advance


class TestBestByRank:
    """3.1: the best of each semifinal by rank go to the final, as many as the race says, else as its rulebook says."""

    @given(semifinals())
    def test_exactly_the_best_by_rank_are_marked(self, pair: Semifinals) -> None:
        best = {id for race in pair for id, rank in ranks(race).items() if rank <= cut(race)}
        assert {entry.id for entry in both(pair) if entry.qualified == "Q"} == best

    @given(semifinals(), st.integers(1, 20))
    def test_another_number_can_be_asked_for(self, pair: Semifinals, best: int) -> None:
        through = {id for race in pair for id, rank in ranks(race).items() if rank <= best}
        assert {entry.id for entry in both(pair, best) if entry.qualified == "Q"} == through

    @given(semifinals(dead_heats=False, everyone_finishes=True, min_size=9))
    def test_eight_of_each_without_dead_heats(self, pair: Semifinals) -> None:
        found = both((changed(pair[0], advance=None), changed(pair[1], advance=None)))
        marks = [(entry.semifinal, entry.rank) for entry in found if entry.qualified == "Q"]
        assert sorted(marks, key=str) == [(semifinal, rank) for semifinal in (1, 2) for rank in range(1, 9)]

    @given(semifinals())
    def test_everyone_of_a_field_smaller_than_the_cut_goes(self, pair: Semifinals) -> None:
        found = both(pair, 24)
        assert {entry.id for entry in found} == {*ranks(pair[0]), *ranks(pair[1])}
        assert found.reserves == ()

    @given(races(ids=any_ids()))
    def test_the_qualified_are_a_prefix_of_the_ranking(self, race: Race) -> None:
        marks = [row.qualified == "Q" for row in rank(race)]
        assert marks == sorted(marks, reverse=True)

    @given(races(ids=any_ids()))
    def test_the_marks_of_a_result_are_those_of_the_start_list(self, race: Race) -> None:
        result = rank(changed(race, advance=race.advance or race.rulebook.advance))
        marks = {row.id: row.qualified for row in result if row.qualified}
        assert {entry.id: entry.qualified for entry in advance(result)} == marks


class TestAddedByDecision:
    """3.2: a skater can be advanced by decision of the Referee, in addition to the best (`q`)."""

    @given(semifinals())
    def test_the_added_go_too_and_take_no_place_from_the_best(self, pair: Semifinals) -> None:
        bare = (changed(pair[0], advanced=[]), changed(pair[1], advanced=[]))
        found, otherwise = both(pair), both(bare)
        best = [entry for entry in found if entry.qualified == "Q"]
        assert best == list(otherwise)
        wanted = {note.id for race in pair for note in race.advanced} - {entry.id for entry in best}
        assert {entry.id for entry in found if entry.qualified == "q"} == wanted

    @given(races())
    def test_who_is_among_the_best_anyway_is_marked_as_such(self, race: Race) -> None:
        for row in rank(race):
            if race.advance and row.rank and row.rank <= race.advance:
                assert row.qualified == "Q"


class TestNeverAdvances:
    """3.3: a disqualified or absent skater never advances."""

    @given(semifinals(), st.integers(1, 30))
    def test_disqualified_and_absent_skaters_stand_nowhere(self, pair: Semifinals, best: int) -> None:
        found = both(pair, best)
        never = {id for race in pair for id in (*race.did_not_start, *(note.id for note in race.disqualified))}
        assert never.isdisjoint(entry.id for entry in (*found.rows, *found.reserves))

    @given(races(ids=string_ids(min_size=1)))
    def test_such_a_skater_cannot_be_added_either(self, race: Race) -> None:
        for id in (*race.did_not_start, *(note.id for note in race.disqualified)):
            with pytest.raises(InvalidRecord):
                changed(race, advanced=[id])


class TestTieOnTheLastPlace:
    """3.4: an exact tie on the last place: all of the tied go (assumed)."""

    @given(semifinals(), st.integers(1, 12))
    def test_who_shares_a_rank_shares_the_fate(self, pair: Semifinals, best: int) -> None:
        through = {entry.id for entry in both(pair, best) if entry.qualified == "Q"}
        for race in pair:
            by_rank: dict[int, set[bool]] = {}
            for id, place in ranks(race).items():
                by_rank.setdefault(place, set()).add(id in through)
            assert all(len(fates) == 1 for fates in by_rank.values())

    @pytest.mark.parametrize("tied", [2, 3, 5])
    def test_nine_or_more_go_on_a_tie_for_eighth(self, tied: int) -> None:
        ids = [str(number) for number in range(1, 17)]
        finish = [*ids[:7], ids[7 : 7 + tied], *ids[7 + tied :]]
        race = Race(rulebook="isu-2018", starters=ids, finish=finish, advance=8)
        assert [row.id for row in rank(race) if row.qualified == "Q"] == ids[: 7 + tied]
        assert len(advance(rank(race))) == 7 + tied


class TestReserves:
    """3.5: the reserve is the next ranked of the same semifinal (assumed)."""

    @given(semifinals())
    def test_who_is_ranked_either_starts_or_is_a_reserve(self, pair: Semifinals) -> None:
        found = both(pair)
        everyone = [entry.id for entry in (*found.rows, *found.reserves)]
        assert len(everyone) == len(set(everyone))
        assert set(everyone) == {*ranks(pair[0]), *ranks(pair[1])}

    @given(semifinals())
    def test_the_reserves_of_a_semifinal_stand_by_rank(self, pair: Semifinals) -> None:
        for number, race in enumerate(pair, 1):
            found = [entry for entry in both(pair).reserves if entry.semifinal == number]
            assert [entry.rank for entry in found] == sorted(ranks(race)[entry.id] for entry in found)
            assert all(entry.start is None and entry.qualified is None for entry in found)


class TestStartNumbers:
    """3.6: rank k of semifinal 1 gets 2k-1, of semifinal 2 gets 2k; those added by decision follow."""

    @given(semifinals(dead_heats=False))
    def test_odd_numbers_for_the_first_semifinal_and_even_ones_for_the_second(self, pair: Semifinals) -> None:
        for entry in both(pair):
            tied = list(ranks(pair[entry.semifinal - 1]).values()).count(entry.rank or 0) > 1
            if entry.qualified == "Q" and not tied:
                assert entry.rank is not None
                assert entry.start == 2 * entry.rank - (entry.semifinal == 1)

    @given(semifinals())
    def test_who_shares_a_rank_takes_the_numbers_of_that_rank_and_the_next(self, pair: Semifinals) -> None:
        best = [entry for entry in both(pair) if entry.qualified == "Q"]
        for semifinal in (1, 2):
            mine = [entry for entry in best if entry.semifinal == semifinal]
            assert [entry.start for entry in mine] == [2 * k - (semifinal == 1) for k in range(1, len(mine) + 1)]
            assert [entry.rank for entry in mine] == sorted(entry.rank or 0 for entry in mine)

    @given(semifinals())
    def test_the_added_follow_one_by_one_the_better_rank_first(self, pair: Semifinals) -> None:
        found = both(pair)
        last = max((entry.start or 0 for entry in found if entry.qualified == "Q"), default=0)
        added = [entry for entry in found if entry.qualified == "q"]
        assert [entry.start for entry in added] == list(range(last + 1, last + 1 + len(added)))
        standing = [(entry.rank, entry.semifinal) for entry in added]
        assert standing == sorted(standing, key=lambda one: (one[0] or 0, one[1]))

    @given(semifinals())
    def test_numbers_are_given_once_and_ascend(self, pair: Semifinals) -> None:
        starts = [entry.start or 0 for entry in both(pair)]
        assert starts == sorted(set(starts))
        assert all(start >= 1 for start in starts)

    @given(semifinals(), st.randoms(use_true_random=False))
    def test_how_the_semifinals_were_written_down_does_not_matter(self, pair: Semifinals, random: Random) -> None:
        assert both((shuffled(pair[0], random), shuffled(pair[1], random))) == both(pair)

    @given(st.lists(st.integers(1, 12), min_size=1, max_size=4))
    def test_any_number_of_semifinals_take_turns(self, sizes: list[int]) -> None:
        results: list[Result] = []
        for number, size in enumerate(sizes):
            ids = [f"{number}-{place}" for place in range(1, size + 1)]
            results.append(rank(Race(rulebook="isu-2018", starters=ids, finish=ids)))
        expected = {
            f"{number}-{place}": len(sizes) * (place - 1) + number + 1
            for number, size in enumerate(sizes)
            for place in range(1, min(size, 8) + 1)
        }
        assert {entry.id: entry.start for entry in advance(*results)} == expected

    @given(races(ids=string_ids(min_size=1)))
    def test_nobody_skates_in_two_semifinals(self, race: Race) -> None:
        with pytest.raises(InvalidRecord) as caught:
            advance(rank(race), rank(race))
        assert {problem.kind for problem in caught.value.problems} == {"repeated-id"}
