"""Whether the totals of a sheet can come from the sprints: what is found, what is assumed, what is given up."""

import time

import pytest
from attrs import evolve

from massstart import Rulebook, Scale, Sheet, SheetRow, load, rulebook, verify
from massstart.deduction import deduce
from massstart.verification.pointssum import PointsSum, check_points_sum

#: Small enough to be worked out by hand: one sprint of 2-1, a final of 5-3.
SMALL = Rulebook(id="small", laps=4, sprint_laps=(2,), intermediate=Scale(2, 1), final=Scale(5, 3), forfeits=True)
#: An invented rulebook that gives the search much to do.
LONG = Rulebook(
    id="long", laps=22, sprint_laps=tuple(range(2, 22, 2)), intermediate=Scale(*range(20, 0, -1)),
    final=Scale(*range(40, 0, -1)), forfeits=False,
)  # fmt: skip


def totals(*points: int | None, book: Rulebook = SMALL, timed: bool = True) -> Sheet:
    """A sheet that prints totals, and perhaps times."""
    rows = [
        SheetRow(rank=place, name=chr(64 + place), total=total, time=f"1:{place:02d}.00" if timed else None)
        for place, total in enumerate(points, 1)
    ]
    return Sheet(id="demo", rulebook=book, rows=rows)


def outcome(sheet: Sheet) -> PointsSum:
    known = deduce(sheet)
    return check_points_sum(sheet.rulebook, known.lines, finish_known=known.finish_known)


GIVEN_UP = PointsSum(unchecked="there are too many ways to try them all")


def test_totals_that_the_sprints_give_are_checked_and_the_only_way_is_named() -> None:
    assert outcome(totals(7, 4, 0)) == PointsSum(
        checked=3,
        assumed="no dead heat in a sprint; then the sprints can only have gone one way (in some order of the sprints): A 2, B 1",
    )


def test_totals_that_no_sprints_give_are_a_finding() -> None:
    assert outcome(totals(8, 4, 0)) == PointsSum(
        3, "the totals leave 4 points for the intermediate sprints, which hand out 3", 4, 3
    )
    assert outcome(totals(8, 3, 0)) == PointsSum(3, "no handing-out of 1 sprint 2-1 gives these totals")


def test_where_the_line_is_not_known_the_way_is_named_for_those_who_must_have_won_the_sprint() -> None:
    """C has points that no final sprint gives, so won the sprint; B has those of second place across the line."""
    sheet = totals(6, 3, 2, 0, timed=False)
    assert str(outcome(sheet).assumed).endswith("(in some order of the sprints): C 2, A 1")


def test_more_than_one_way_is_not_named() -> None:
    two = evolve(SMALL, laps=8, sprint_laps=(2, 4, 6))
    assert outcome(totals(9, 6, 2, book=two)) == PointsSum(checked=3)


def test_two_ways_are_not_named() -> None:
    """C and D won a point each, one behind A and one behind B."""
    two = evolve(SMALL, laps=8, sprint_laps=(2, 4))
    assert outcome(totals(7, 5, 1, 1, book=two)) == PointsSum(checked=4)


def test_skaters_who_can_be_exchanged_at_the_finish_are_two_ways() -> None:
    rows = [SheetRow(name="A", total=5), SheetRow(name="B", total=5), SheetRow(name="C", total=1)]
    assert outcome(Sheet(id="demo", rulebook=SMALL, rows=rows)) == PointsSum(checked=3)


def test_the_only_way_without_dead_heats_is_named_though_there_are_others_with() -> None:
    """D, who left after both sprints, won one of them; or both, the one ahead of A and B in a dead heat."""
    two = evolve(SMALL, laps=8, sprint_laps=(2, 4))
    left = SheetRow(rank=3, name="D", total=0, laps=5, mark="DNF", time="0:50.00")
    sheet = totals(7, 4, book=two)
    assert str(outcome(evolve(sheet, rows=[*sheet.rows, left])).assumed).endswith(": D 2, B 1; A 2, D 1")


def test_the_times_that_are_printed_bind_the_final_sprint_though_others_are_missing() -> None:
    """B needs the points of the first place, and crossed behind A, who has fewer."""
    rows = [
        SheetRow(rank=1, name="B", total=7, time="1:01.00"),
        SheetRow(rank=2, name="A", total=4, time="1:00.00"),
        SheetRow(rank=3, name="C", total=0),
    ]
    sheet = Sheet(id="demo", rulebook=SMALL, rows=rows)
    assert outcome(sheet).finding == "no handing-out of 1 sprint 2-1 gives these totals"
    assert outcome(evolve(sheet, rows=[evolve(rows[0], time="0:59.00"), *rows[1:]])).finding is None


def test_cells_of_a_disqualified_skater_do_not_tell_the_sprints_apart() -> None:
    two = evolve(SMALL, laps=8, sprint_laps=(2, 4))
    sheet = totals(9, 5, 0, book=two)
    out = SheetRow(rank=4, name="X", total=0, mark="DQ", sprints=(0, 0, 0))
    assert outcome(evolve(sheet, rows=[*sheet.rows, out])) == outcome(sheet)
    assert "(in some order of the sprints)" in str(outcome(sheet).assumed)


def test_points_of_a_sprint_that_was_left_before_are_not_credited() -> None:
    """Nobody claims 2 points; whoever forfeits can have won them, if still there."""
    sheet = totals(6, 3, 0)
    for laps, consistent in ((3, True), (1, False)):
        left = SheetRow(rank=4, name="D", total=0, laps=laps, mark="DNF", time="0:40.00")
        assert (outcome(evolve(sheet, rows=[*sheet.rows, left])).finding is None) is consistent


def test_who_won_what_nobody_claims_is_named_if_it_can_be_only_one() -> None:
    sheet = totals(6, 3, 0)
    out = [
        SheetRow(rank=4 + number, name="DE"[number], total=0, laps=3, mark="DNF", time="0:40.00") for number in (0, 1)
    ]
    assert str(outcome(evolve(sheet, rows=[*sheet.rows, out[0]])).assumed).endswith(": D 2, A 1")
    assert outcome(evolve(sheet, rows=[*sheet.rows, *out])) == PointsSum(checked=5)
    everything = totals(7, 4, 0)
    assert str(outcome(evolve(everything, rows=[*everything.rows, *out])).assumed).endswith(": A 2, B 1")


def test_nobody_is_known_to_have_crossed_before_a_skater_without_a_rank() -> None:
    rows = [
        SheetRow(name="A", total=5),
        SheetRow(rank=1, name="B", total=5, sprints=(0, 5)),
        SheetRow(rank=3, name="C", total=1),
    ]
    for rank, possible in ((None, True), (1, False), (2, True)):
        sheet = Sheet(
            id="demo",
            rulebook=SMALL,
            rows=[evolve(rows[0], rank=rank), evolve(rows[1], rank=2 if rank == 1 else 1), rows[2]],
        )
        assert (outcome(sheet).finding is None) is possible, rank


def test_without_intermediate_sprints_the_totals_are_those_of_the_final_sprint() -> None:
    none = evolve(SMALL, sprint_laps=())
    assert outcome(totals(5, 3, 0, book=none)).finding is None
    assert outcome(totals(5, 3, 1, book=none)).finding is not None


def test_a_way_that_was_found_counts_though_the_search_for_others_was_given_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    outcomes = []
    for steps in range(1, 200):
        monkeypatch.setattr("massstart.verification.sprintsearch.STEPS", steps)
        found = outcome(totals(7, 4, 0))
        outcomes.append((found.checked, found.assumed is not None, found == GIVEN_UP))
    assert list(dict.fromkeys(outcomes)) == [(0, False, True), (3, False, False), (3, True, False)]


def test_a_sheet_with_too_many_ways_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("massstart.verification.sprintsearch.STEPS", 0)
    sheet = load("beijing-2022-men-semifinal-1")
    assert isinstance(sheet, Sheet)
    report = verify(sheet)
    assert report.consistent
    assert dict(report.unchecked)["points-sum"] == GIVEN_UP.unchecked
    assert "points-sum" not in dict(report.checked)


class TestTime:
    """However much a sheet leaves open, the check ends well within a second; the bounds allow for a slow machine."""

    @pytest.mark.parametrize("timed", [True, False])
    @pytest.mark.parametrize("book", [LONG, evolve(LONG, sprint_dead_heat="follow")], ids=["skip", "follow"])
    def test_under_an_invented_rulebook_it_gives_up(self, book: Rulebook, timed: bool) -> None:  # noqa: FBT001  # a parameter
        for points in ([60 + number % 7 for number in range(48)], [*range(99, 51, -1)], [None, 70, 55, 41] * 12):
            start = time.process_time()
            check = outcome(totals(*points, book=book, timed=timed))
            assert time.process_time() - start < 2
            assert check == GIVEN_UP or check.checked == 48

    @pytest.mark.parametrize("timed", [True, False])
    @pytest.mark.parametrize("id", ["isu-2014", "isu-2018", "isu-2024"])
    def test_under_a_rulebook_of_the_isu_it_decides(self, id: str, timed: bool) -> None:  # noqa: FBT001  # a parameter
        book = rulebook(id)
        final = [*book.final, *[0] * 48]
        due = len(book.sprint_laps) * sum(book.intermediate)
        for size in (28, 48):
            for won in (
                [2] * size,
                [3 if number < due // 3 else 0 for number in range(size)],
                [number % 5 for number in range(size)],
                [None if number % 3 == 0 else number % 4 for number in range(size)],
            ):
                points = [None if extra is None else place + extra for place, extra in zip(final, won, strict=False)]
                start = time.process_time()
                check = outcome(totals(*points, book=book, timed=timed))
                assert time.process_time() - start < 1
                assert check.checked == size
