"""The official sheets of November 2025, read from the PDF files as they were published."""

from pathlib import Path

import pytest
from attrs import evolve

from massstart import Sheet, load, verify
from massstart.files.csvread import read_csv
from massstart.files.csvwrite import write_csv

pytestmark = pytest.mark.slow

WEEKENDS = ("wc-2025-26-1-men", "wc-2025-26-1-women", "wc-2025-26-2-men", "wc-2025-26-2-women")
IDS = [f"{weekend}-division-{division}" for weekend in WEEKENDS for division in "ab"]

#: The printed errors that are known: row, printed, expected.
ERRORS: dict[str, list[tuple[int | None, str | None, str | None]]] = {
    "wc-2025-26-1-men-division-a": [(4, "44", "43")],
    "wc-2025-26-1-women-division-a": [(4, "44", "43")],
    "wc-2025-26-2-men-division-b": [(row, str(20 - row), str(21 - row)) for row in range(3, 21)],
}


@pytest.fixture(scope="module")
def read(shared_sheets: Path) -> dict[str, Sheet]:
    found = {path.stem: load(path) for path in sorted(shared_sheets.glob("*.pdf"))}
    assert sorted(found) == sorted(IDS)
    return {id: sheet for id, sheet in found.items() if isinstance(sheet, Sheet)}


@pytest.mark.parametrize("id", IDS)
def test_official_sheet_comes_out_as_it_was_published_but_for_what_it_does_not_print(
    id: str, read: dict[str, Sheet], shared_results: Path
) -> None:
    """No sheet prints where it was found, and those of Division B do not mark who also starts in Division A."""
    published = load(shared_results / f"{id}.json")
    assert isinstance(published, Sheet)
    rows = [evolve(row, qualified=None) for row in published.rows]
    assert read[id] == evolve(published, rows=rows, sources=())


@pytest.mark.parametrize("weekend", WEEKENDS)
def test_marks_of_division_b_are_those_whose_points_division_a_replaces(
    weekend: str, read: dict[str, Sheet], shared_results: Path
) -> None:
    published = load(shared_results / f"{weekend}-division-b.json")
    assert isinstance(published, Sheet)
    marked = {row.bib for row in published.rows if row.qualified == "Q"}
    assert marked
    assert {row.bib for row in read[f"{weekend}-division-a"].rows if row.world_cup_replaced} == marked


@pytest.mark.parametrize("id", IDS)
def test_official_sheet_has_exactly_the_known_printed_errors(id: str, read: dict[str, Sheet]) -> None:
    findings = verify(read[id]).findings
    assert {finding.kind for finding in findings} <= {"world-cup-points"}
    assert [(one.row, one.printed, one.expected) for one in findings] == ERRORS.get(id, [])


@pytest.mark.parametrize("id", IDS)
def test_official_sheet_survives_csv(id: str, read: dict[str, Sheet]) -> None:
    assert read_csv(write_csv(read[id])) == read[id]
