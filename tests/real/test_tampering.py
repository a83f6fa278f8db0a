"""Any single tampering with a complete sheet that prints its sprints is found."""

from collections.abc import Iterator
from itertools import combinations

import pytest
from attrs import evolve

from massstart import RaceTime, Sheet, SheetRow, load, rank, verify

pytestmark = [pytest.mark.slow, pytest.mark.law]

SHEETS = (
    "wc-2025-26-1-men-division-a",
    "wc-2025-26-1-men-division-b",
    "wc-2025-26-2-men-division-a",
    "wc-2025-26-2-men-division-b",
    "wc-2025-26-1-women-division-a",
    "wc-2015-16-2-women-division-a",
)


def with_rows(record: Sheet, changed: dict[int, SheetRow]) -> Sheet:
    return evolve(record, rows=tuple(changed.get(index, row) for index, row in enumerate(record.rows)))


def swapped_ranks(record: Sheet) -> Iterator[Sheet]:
    for (i, one), (j, other) in combinations(enumerate(record.rows), 2):
        yield with_rows(record, {i: evolve(one, rank=other.rank), j: evolve(other, rank=one.rank)})


def duplicated_ranks(record: Sheet) -> Iterator[Sheet]:
    for index, row in enumerate(record.rows[1:], 1):
        yield with_rows(record, {index: evolve(row, rank=record.rows[index - 1].rank)})


def totals_off_by_one(record: Sheet) -> Iterator[Sheet]:
    for index, row in enumerate(record.rows):
        for change in (-1, 1):
            if (row.total or 0) + change >= 0:
                yield with_rows(record, {index: evolve(row, total=(row.total or 0) + change)})


def moved_between_sprints(record: Sheet) -> Iterator[Sheet]:
    for index, row in enumerate(record.rows):
        cells = row.sprints or ()
        for source, points in enumerate(cells):
            for target in range(len(cells)):
                for moved in {points, 1} if points and target != source else ():
                    changed = list(cells)
                    changed[source] -= moved
                    changed[target] += moved
                    yield with_rows(record, {index: evolve(row, sprints=changed)})


def moved_between_skaters(record: Sheet) -> Iterator[Sheet]:
    """But for two skaters of whom no points count: who of them won forfeited points, no rule can tell."""
    for (i, one), (j, other) in combinations(enumerate(record.rows), 2):
        if one.total == other.total == 0:
            continue
        for source, target, giver, taker in ((i, j, one, other), (j, i, other, one)):
            for column, points in enumerate(giver.sprints or ()):
                for moved in {points, 1} if points else ():
                    given, taken = (_with_points(row, column, by) for row, by in ((giver, -moved), (taker, moved)))
                    yield with_rows(record, {source: given, target: taken})


def _with_points(row: SheetRow, column: int, change: int) -> SheetRow:
    cells = list(row.sprints or ())
    cells[column] += change
    return evolve(row, sprints=cells)


def wrong_marks(record: Sheet) -> Iterator[Sheet]:
    promoted = {0, 1, 2} | {index for index, row in enumerate(record.rows) if row.qualified}
    for index, row in enumerate(record.rows):
        if record.round != "division b" or index not in promoted:
            yield with_rows(record, {index: evolve(row, qualified="Q")})


def exchanged_times(record: Sheet) -> Iterator[Sheet]:
    """The times of two skaters whom only the time parts."""
    for (i, one), (j, other) in combinations(enumerate(record.rows), 2):
        level = (one.laps, one.total, one.mark) == (other.laps, other.total, other.mark)
        if level and one.time and other.time and one.time.before(other.time) is not None:
            yield with_rows(record, {i: evolve(one, time=other.time), j: evolve(other, time=one.time)})


def impossible_times(record: Sheet) -> Iterator[Sheet]:
    """A finisher who is suddenly faster than the winner."""
    for index, row in enumerate(record.rows[1:], 1):
        if row.laps == record.laps and row.mark is None:
            yield with_rows(record, {index: evolve(row, time=RaceTime.from_text("6:00.00"))})


@pytest.mark.parametrize(
    "tamper",
    [
        swapped_ranks, duplicated_ranks, totals_off_by_one, moved_between_sprints, moved_between_skaters, wrong_marks,
        exchanged_times, impossible_times,
    ],
)  # fmt: skip
@pytest.mark.parametrize("id", SHEETS)
def test_single_tampering_is_found(id: str, tamper: object) -> None:
    assert callable(tamper)
    record = load(id, Sheet)
    known = set(verify(record).findings)
    tried = 0
    for changed in tamper(record):
        tried += 1
        assert set(verify(changed).findings) - known, f"not found: {set(changed.rows) - set(record.rows)}"
    assert tried


def test_a_wrong_or_missing_mark_of_a_semifinal_is_found() -> None:
    record = load("beijing-2022-men-semifinal-1", Sheet)
    for index, row in enumerate(record.rows):
        changed = with_rows(record, {index: evolve(row, qualified=None if row.qualified else "Q")})
        assert [(one.kind, one.row) for one in verify(changed).findings] == [("qualified", index + 1)]
    assert rank(record)["83"].qualified is None
