"""A season and the places at the Games, by the laws of the testing kit and by oracles written another way."""

from collections.abc import Sequence

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from season_oracle import oracle_places, oracle_standings

from massstart import Sheet
from massstart.season import quota, standings
from massstart.season.reach import reach
from massstart.testing import QUOTA_LAWS, SEASON_LAWS, Question, QuotaLaw, SeasonLaw, quota_questions, seasons


@pytest.mark.parametrize("law", SEASON_LAWS, ids=lambda law: law.name)
@given(season=seasons())
def test_every_law_of_a_season_holds(law: SeasonLaw, season: Sequence[Sheet]) -> None:
    assert law.broken_by(standings, season) is None


@pytest.mark.parametrize("law", QUOTA_LAWS, ids=lambda law: law.name)
@given(question=quota_questions())
def test_every_law_of_the_places_holds(law: QuotaLaw, question: Question) -> None:
    assert law.broken_by(quota, question) is None


class TestOracles:
    @given(season=seasons())
    def test_season_is_that_of_the_oracle(self, season: Sequence[Sheet]) -> None:
        found = {(row.name, row.nation): (row.rank, row.points, row.total) for row in standings(season)}
        assert found == oracle_standings(season)

    @given(question=quota_questions(), data=st.data())
    def test_places_are_those_of_the_oracle(self, question: Question, data: st.DataObject) -> None:
        question = evolve(question, host=None)
        nations = sorted({row.nation for row in question.ask(quota) if not row.is_reserve})
        if nations:
            question = evolve(question, given_back=tuple(data.draw(st.lists(st.sampled_from(nations), max_size=1))))
        found = [(row.place, row.name) for row in question.ask(quota)]
        assert found == oracle_places(question)


class TestAfter:
    @given(season=seasons(), data=st.data())
    def test_standings_after_some_competitions_know_nothing_of_the_later_ones(
        self, season: Sequence[Sheet], data: st.DataObject
    ) -> None:
        days = sorted({sheet.date or "" for sheet in season})
        after = data.draw(st.integers(1, len(days)))
        first = [sheet for sheet in season if (sheet.date or "") in days[:after]]
        assert standings(season, after=after) == standings(first)


class TestReasons:
    @given(season=seasons())
    def test_every_tie_that_was_broken_has_its_reason(self, season: Sequence[Sheet]) -> None:
        found = standings(season)
        for row in found:
            level = [other for other in found if other.total == row.total and other.name != row.name]
            words = found.reason(row)
            assert ("shares the rank" in words) == any(other.rank == row.rank for other in level)
            assert ("ahead of" in words) == any(other.rank > row.rank for other in level)
            assert ("behind" in words) == any(other.rank < row.rank for other in level)
            assert "as published" not in words


class TestChances:
    @given(season=seasons(), left=st.integers(1, 3), data=st.data())
    def test_no_way_to_end_the_season_leads_outside_the_bounds(
        self, season: Sequence[Sheet], left: int, data: st.DataObject
    ) -> None:
        before = standings(season)
        scale = [5, 3, 2, 1]
        bounds = {one.row.name: one for one in reach(before, left=left, scale=scale)}
        totals = {row.name: [*row.points] for row in before}
        for _ in range(left):
            order = data.draw(st.permutations(sorted(totals, key=str)))
            start = data.draw(st.integers(0, len(order)))
            won = dict(zip(order[start:], scale, strict=False))
            for name, points in totals.items():
                points.append(won.get(name, 0))
        last = (before.after or 0) + left - 1
        for name, points in totals.items():
            key = (sum(map(_or_none, points)), sorted(map(_or_none, points), reverse=True), _or_none(points[last]))
            ahead = sum(
                (sum(map(_or_none, other)), sorted(map(_or_none, other), reverse=True), _or_none(other[last])) > key
                for other in totals.values()
            )
            assert bounds[name].best <= 1 + ahead <= bounds[name].worst
            assert sum(map(_or_none, points)) <= bounds[name].most


def _or_none(cell: int | None) -> int:
    return cell or 0
