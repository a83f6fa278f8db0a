"""Drawn sheets follow the rules, misprints are found, refused races are refused, semifinals fit together."""

from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from massstart import InvalidRecord, Race, Sheet, advance, rank, rulebook, verify
from massstart.testing import TamperedSheet, invalid_races, semifinals, sheets, tampered_sheets

pytestmark = pytest.mark.slow

QUIET = settings(
    max_examples=25,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.generate, Phase.shrink],
    suppress_health_check=list(HealthCheck),
)


def drawn(strategy: st.SearchStrategy[Any], number: int) -> list[Any]:
    """Some values, the same in every run."""
    found: list[Any] = []

    def keep(value: Any) -> None:
        found.append(value)

    for start in range(0, number, 10):
        seed(start)(
            settings(QUIET, max_examples=10, derandomize=False, phases=[Phase.generate])(given(strategy)(keep))
        )()
    return found


class TestSheets:
    """A sheet without misprints is consistent, whatever it leaves out."""

    @QUIET
    @given(sheets(max_size=10))
    def test_nothing_is_found_on_a_sheet_with_holes(self, sheet: Sheet) -> None:
        assert verify(sheet).findings == ()

    @QUIET
    @given(sheets(max_size=12, holes=False, realistic=True, dead_heats=False))
    def test_the_printed_ranks_are_those_of_the_rules(self, sheet: Sheet) -> None:
        assert [row.rank for row in rank(sheet)] == [row.rank for row in sheet.rows]

    def test_each_column_can_be_missing_and_each_status_is_printed(self) -> None:
        found = drawn(sheets(min_size=4, max_size=12), 60)
        for column in ("name", "bib", "laps", "sprints", "total", "time", "qualified"):
            assert any(all(getattr(row, column) is None for row in sheet.rows) for sheet in found)
        marks = {row.mark for sheet in found for row in sheet.rows}
        assert marks == {None, "LAP", "DNF", "DQ"}
        ranks = [[row.rank for row in sheet.rows if row.rank] for sheet in found]
        assert any(len(set(one)) < len(one) for one in ranks)

    def test_the_rulebook_and_the_field_can_be_chosen(self) -> None:
        found = drawn(sheets(rulebook="isu-2024", min_size=3, max_size=5), 20)
        assert all(3 <= len(sheet.rows) <= 5 for sheet in found)
        assert {sheet.rulebook.id for sheet in found} == {"isu-2024"}


class TestTamperedSheets:
    """Each misprint is found, under the kind that it is said to have."""

    @settings(QUIET, max_examples=25)
    @given(tampered_sheets(max_size=10))
    def test_the_misprint_is_found(self, tampered: TamperedSheet) -> None:
        assert tampered.kind in {finding.kind for finding in verify(tampered.sheet).findings}
        assert verify(tampered.original).consistent
        assert tampered.sheet != tampered.original

    def test_each_kind_is_drawn(self) -> None:
        found = drawn(tampered_sheets(rulebook="isu-2024", min_size=4, max_size=10), 80)
        assert {one.kind for one in found} == {"total", "forfeit", "sprint-award", "rank", "qualified", "field"}
        changes = " ".join(one.change for one in found)
        for words in (
            "no Q in row",
            "Q in row",
            "are exchanged",
            "more in the total",
            "starter more",
            "has the number",
        ):
            assert words in changes


class TestInvalidRaces:
    """A contradiction is refused with at least the problems that it is said to have."""

    @settings(QUIET, max_examples=30)
    @given(invalid_races())
    def test_each_is_refused_with_its_problems(self, invalid: tuple[dict[str, Any], frozenset[str]]) -> None:
        arguments, kinds = invalid
        with pytest.raises(InvalidRecord) as caught:
            Race(**arguments)
        assert kinds <= {problem.kind for problem in caught.value.problems}

    def test_each_kind_of_problem_is_drawn(self) -> None:
        found = {kind for _, kinds in drawn(invalid_races(max_size=6), 150) for kind in kinds}
        assert found == {
            *("cannot-advance", "did-not-start", "distance", "laps", "lapped-not-finished", "left-race", "no-outcome"),
            *(
                "repeated-id",
                "sprint-laps",
                "time",
                "two-outcomes",
                "type",
                "unknown-id",
                "unknown-lap",
                "unknown-rulebook",
            ),
        }


class TestSemifinals:
    """Nobody starts twice, and a final can be made of them."""

    @QUIET
    @given(semifinals(number=3))
    def test_nobody_starts_twice(self, races: tuple[Race, ...]) -> None:
        ids = [id for race in races for id in race.starters.ids]
        assert len(ids) == len(set(ids))
        assert len({race.rulebook for race in races}) == 1
        assert len({race.advance for race in races} | {races[0].rulebook.advance}) == 1
        assert len(advance(*map(rank, races))) <= len(ids)

    def test_options_reach_each_race(self) -> None:
        strategy = semifinals(rulebook="isu-2018", min_size=9, max_size=9, everyone_finishes=True, dead_heats=False)
        for pair in drawn(strategy, 20):
            assert [race.rulebook for race in pair] == [rulebook("isu-2018")] * 2
            assert [len(race.finish) for race in pair] == [9, 9]
            assert len(advance(*map(rank, pair))) == 16 + len(
                {note.id for r in pair for note in r.advanced}
                & {row.id for r in pair for row in rank(r) if row.rank == 9}
            )
