"""The laws of seasons and places fall for rankings and hand-outs with one bug each."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from attrs import evolve
from hypothesis import Phase, find, given, settings

from massstart import Sheet, SheetRow
from massstart.season import quota, standings
from massstart.season.ranking import Standings, StandingsRow
from massstart.testing import QUOTA_LAWS, SEASON_LAWS, Question, quota_questions, rankings, seasons

pytestmark = pytest.mark.slow

QUIET = settings(max_examples=500, database=None, derandomize=True, deadline=None, phases=[Phase.generate])
SHRUNK = settings(QUIET, phases=[Phase.generate, Phase.shrink])

Season = Sequence[Sheet]
Rows = list[StandingsRow]


def ranked(rows: Rows, key: Callable[[StandingsRow], Any]) -> Rows:
    return [evolve(row, rank=1 + sum(key(other) > key(row) for other in rows)) for row in rows]


def cells(row: StandingsRow) -> list[int]:
    return [cell or 0 for cell in row.points]


def counts_the_print(season: Season) -> Rows:
    changed = [
        evolve(
            sheet, rows=[evolve(row, rank=row.rank and row.rank + (row.world_cup_points == 1)) for row in sheet.rows]
        )
        for sheet in season
    ]
    return [*standings(changed)]


def counts_the_worse_of_the_two(season: Season) -> Rows:
    found = {row.name: row for row in standings(season)}
    twice = {(sheet.date, row.name) for sheet in season if sheet.round == "division b" for row in sheet.rows}
    days = sorted({sheet.date for sheet in season}, key=str)
    rows = []
    for name, row in found.items():
        points = tuple(
            cell and min(cell, 20) if (day, name) in twice else cell for day, cell in zip(days, row.points, strict=True)
        )
        rows.append(evolve(row, points=points, total=sum(cell or 0 for cell in points)))
    return ranked(rows, lambda row: (row.total, sorted(cells(row), reverse=True), cells(row)[-1]))


def adds_up_wrongly(season: Season) -> Rows:
    return [evolve(row, total=row.total + 1) for row in standings(season)]


def shares_every_tie(season: Season) -> Rows:
    return ranked([*standings(season)], lambda row: row.total)


def forgets_the_next_best_race(season: Season) -> Rows:
    return ranked([*standings(season)], lambda row: (row.total, max(cells(row)), cells(row)[-1]))


def prefers_the_first_race(season: Season) -> Rows:
    return ranked([*standings(season)], lambda row: (row.total, sorted(cells(row), reverse=True), cells(row)[0]))


def takes_the_first_sheet_for_the_latest(season: Season) -> Rows:
    latest = sorted({sheet.date for sheet in season}, key=str).index(season[0].date)
    return ranked([*standings(season)], lambda row: (row.total, sorted(cells(row), reverse=True), cells(row)[latest]))


def counts_an_empty_race_as_the_latest(season: Season) -> Rows:
    return ranked([*standings(season)], lambda row: (row.total, sorted(cells(row), reverse=True), cells(row)[-1]))


@pytest.mark.parametrize(
    ("bug", "name"),
    [
        (counts_the_print, "points"),
        (counts_the_worse_of_the_two, "points"),
        (adds_up_wrongly, "points"),
        (shares_every_tie, "order"),
        (prefers_the_first_race, "order"),
        (takes_the_first_sheet_for_the_latest, "sheets"),
        (counts_an_empty_race_as_the_latest, "empty-race"),
    ],
)
def test_the_law_of_a_season_names_the_bug(bug: Callable[[Season], Rows], name: str) -> None:
    law = next(law for law in SEASON_LAWS if law.name == name)
    season = find(seasons(), lambda season: law.broken_by(bug, season) is not None, settings=QUIET)
    assert law.broken_by(bug, season)
    assert law.broken_by(standings, season) is None


def test_the_law_names_the_bug_that_needs_three_races() -> None:
    """One has 60 + 40 + 20 points, the other 30 + 60 + 30: too rare to be drawn in reasonable time."""
    law = next(law for law in SEASON_LAWS if law.name == "order")
    season = []
    for day, ranks in enumerate([{1: "Ann", 11: "Bea"}, {5: "Ann", 1: "Bea"}, {21: "Ann", 11: "Bea"}], 1):
        rows = [SheetRow(rank=rank, name=ranks.get(rank, f"S{day}-{rank}")) for rank in range(1, 22)]
        season.append(Sheet(id=str(day), rulebook="isu-2024", rows=rows, date=f"2025-11-{day:02}", round="division a"))
    assert law.broken_by(standings, season) is None
    assert law.broken_by(forgets_the_next_best_race, season)


def no_cap(given: Standings, **options: Any) -> Any:
    return quota(given, **options | {"per_nation": 9})


def no_cap_for_reserves(given: Standings, **options: Any) -> Any:
    rows = [row for row in quota(given, **options) if not row.is_reserve]
    held = {(row.name, row.nation) for row in rows}
    left = [row for row in given if (row.name, row.nation) not in held]
    return rows + [
        evolve(rows[0], place=f"R{number}", name=row.name, nation=row.nation or "", number=1)
        for number, row in enumerate(left[: options["reserves"]], 1)
    ]


def numbers_everybody_first(given: Standings, **options: Any) -> Any:
    return [evolve(row, number=1) for row in quota(given, **options)]


def skips_the_leader(given: Standings, **options: Any) -> Any:
    return quota(
        evolve(given, rows=[evolve(row, rank=number) for number, row in enumerate(given.rows[1:], 1)]), **options
    )


def breaks_ties_by_name(given: Standings, **options: Any) -> Any:
    rows = [evolve(row, rank=number, total=99 - number, points=()) for number, row in enumerate(given.rows, 1)]
    return quota(evolve(given, rows=rows), **options)


def forgets_the_host(given: Standings, **options: Any) -> Any:
    return quota(given, **options | {"host": None})


def takes_two_for_one(given: Standings, **options: Any) -> Any:
    back = options["given_back"]
    rows = [*quota(given, **options)]
    return [row for row in rows if row.place != "1"] if back else rows


def passes_nothing_back(given: Standings, **options: Any) -> Any:
    return quota(given, **options | {"given_back": ()})


@pytest.mark.parametrize(
    ("bug", "name"),
    [
        (no_cap, "cap"),
        (no_cap_for_reserves, "cap"),
        (numbers_everybody_first, "cap"),
        (skips_the_leader, "ranking"),
        (breaks_ties_by_name, "ties"),
        (forgets_the_host, "host"),
        (takes_two_for_one, "given-back"),
        (passes_nothing_back, "given-back"),
    ],
)
def test_the_law_of_the_places_names_the_bug(bug: Callable[..., Any], name: str) -> None:
    law = next(law for law in QUOTA_LAWS if law.name == name)

    def breaks(question: Question) -> bool:
        return bool(question.standings.rows) and law.broken_by(bug, question) is not None

    question = find(quota_questions(), breaks, settings=SHRUNK)
    assert len(question.standings) <= 6
    assert law.broken_by(quota, question) is None


def test_whoever_is_left_out_behind_enough_others_breaks_no_law() -> None:
    rows = [
        StandingsRow(rank=rank, name=f"S{rank}", nation=nation, total=9 - rank)
        for rank, nation in enumerate(("NED", "ITA", "KOR"), 1)
    ]
    question = Question(Standings(rows=rows), places=1, per_nation=1, reserves=1)
    assert [law.broken_by(quota, question) for law in QUOTA_LAWS] == [None] * len(QUOTA_LAWS)


class TestStrategies:
    def test_a_season_can_have_everything(self) -> None:
        def has(season: Season) -> bool:
            rows = [row for sheet in season for row in sheet.rows]
            names = [(sheet.date, row.name) for sheet in season for row in sheet.rows]
            return {None, "DNF", "DQ", "DNS"} <= {row.mark for row in rows} and len(names) > len(set(names))

        assert has(find(seasons(), has, settings=QUIET))

    def test_the_smallest_season_is_one_skater_who_wins(self) -> None:
        (sheet,) = find(seasons(), lambda _: True, settings=SHRUNK)
        (row,) = sheet.rows
        assert (sheet.round, row.rank, row.mark, row.world_cup_points) == ("division a", 1, None, None)

    @given(season=seasons(max_competitions=2, max_skaters=3))
    def test_a_season_is_as_large_as_asked(self, season: Season) -> None:
        assert len({sheet.date for sheet in season}) <= 2
        assert len({row.name for sheet in season for row in sheet.rows}) <= 3

    @given(found=rankings(max_size=3, nations=["NOR"]))
    def test_a_ranking_is_as_large_as_asked(self, found: Standings) -> None:
        assert len(found) <= 3
        assert {row.nation for row in found} <= {"NOR"}

    def test_rankings_have_ties(self) -> None:
        assert find(rankings(), lambda found: [row.rank for row in found] == [1, 1], settings=QUIET)
