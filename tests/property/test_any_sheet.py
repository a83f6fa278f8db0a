"""Whatever stands on a sheet, a verification comes of it, and the ranking is a ranking or a refusal."""

from hypothesis import given
from hypothesis import strategies as st

from massstart import InvalidRecord, RaceTime, Sheet, SheetRow, advance, dumps, loads, rank, verify
from massstart.deduction import warnings_of

TIMES = st.sampled_from(["1:00.00", "1:00.01", "1:00.011", "1:00.012", "1:30.00", "0:40.00"]).map(RaceTime.from_text)


def maybe(values: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    return st.none() | values


ROWS = st.builds(
    SheetRow,
    rank=maybe(st.integers(1, 5)),
    bib=maybe(st.sampled_from(["1", "2", "3"])),
    name=maybe(st.sampled_from(["A", "B", "row 2"])),
    laps=maybe(st.integers(0, 12)),
    sprints=maybe(st.lists(st.sampled_from([0, 0, 1, 3, 30]), min_size=3, max_size=3)),
    total=maybe(st.sampled_from([0, 1, 3, 6, 20, 30, 36])),
    time=maybe(TIMES),
    mark=maybe(st.sampled_from(["DNF", "DQ", "LAP", "DNS", "?"])),
    qualified=maybe(st.sampled_from(["Q", "q", "x"])),
    world_cup_points=maybe(st.integers(0, 60)),
)
SHEETS = st.builds(
    Sheet,
    id=st.just("any"),
    rulebook=st.sampled_from(["isu-2018-junior", "isu-2024-junior"]),
    rows=st.lists(ROWS, min_size=1, max_size=6),
    complete=st.booleans(),
    advance=maybe(st.integers(1, 4)),
    starters=maybe(st.integers(1, 6)),
    round=st.sampled_from([None, "division a", "division b"]),
    date=st.sampled_from([None, "2025-11-16"]),
)


class TestAnySheet:
    """A sheet can say anything; a verification says what of it follows the rules, and never breaks off."""

    @given(SHEETS)
    def test_verification_comes_to_an_end_and_counts_no_more_than_there_is(self, sheet: Sheet) -> None:
        report = verify(sheet)
        assert report.consistent == (not report.findings)
        assert all(0 < checked <= max(len(sheet.rows), 3) for _, checked in report.checked)
        assert all(finding.row is None or 1 <= finding.row <= len(sheet.rows) for finding in report.findings)
        assert dumps(report) == dumps(verify(sheet))

    @given(SHEETS)
    def test_ranking_is_a_ranking_or_a_refusal(self, sheet: Sheet) -> None:
        assert loads(dumps(sheet)) == sheet
        try:
            result = rank(sheet)
        except InvalidRecord as error:
            problems = error.problems
        else:
            ranks = [row.rank for row in result if row.rank is not None]
            assert ranks == sorted(ranks)
            assert all(result.reasons)
            problems = ()
        assert all(problem.kind == "missing-fact" for problem in problems)

    @given(SHEETS)
    def test_a_printed_total_that_verify_finds_wrong_is_warned_of_by_rank(self, sheet: Sheet) -> None:
        found = {one.row - 1 for one in verify(sheet).findings if one.column == "total" and one.row is not None}
        warned = {one.where for one in warnings_of(sheet) if one.kind == "total"}
        assert warned == {f"rows[{index}].total" for index in found}

    @given(SHEETS)
    def test_start_list_has_no_number_twice(self, sheet: Sheet) -> None:
        final = advance(sheet)
        numbers = [entry.start for entry in final if entry.start is not None]
        assert len(numbers) == len(set(numbers))
