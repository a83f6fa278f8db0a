"""Tables as people hold them: copied from Wikipedia, from a results page, out of a PDF, from a spreadsheet."""

from pathlib import Path

import pytest

from massstart import InvalidRecord, Sheet, load, rank
from massstart.files.parts import read_sheets
from massstart.verification import verify

KRAMER = ("beijing-2022-men-semifinal-1", "Sven Kramer", 7)
GIOVANNINI = ("wc-2025-26-2-men-division-a", "Andrea GIOVANNINI", 1)
#: The table, the result it shows, a skater of it.
TABLES = {
    "live-results-pasted.txt": KRAMER,
    "wikipedia-de.tsv": KRAMER,
    "wikipedia-en.tsv": KRAMER,
    "wikipedia-it.tsv": KRAMER,
    "pdf-pasted.txt": GIOVANNINI,
    "spreadsheet-times.csv": GIOVANNINI,
}


def sheet(source: str | Path) -> Sheet:
    record = load(source)
    assert isinstance(record, Sheet)
    return record


@pytest.mark.parametrize("name", TABLES)
def test_table_says_what_the_published_result_says(name: str, shared_tables: Path) -> None:
    """As far as it goes, and in the names that it has."""
    id, skater, place = TABLES[name]
    read, published = sheet(shared_tables / name), sheet(id)
    known = {row.rank: row for row in published.rows}
    assert [row.name for row in read.rows if row.rank == place] == [skater]
    for row in read.rows:
        wanted = known[row.rank]
        for key in ("nation", "total", "time"):
            assert getattr(row, key) == getattr(wanted, key), (row.rank, key)
        for key in ("laps", "bib", "qualified", "world_cup_points"):
            assert getattr(row, key) in (None, getattr(wanted, key)), (row.rank, key)
    assert read.rulebook.laps == read.laps == 16
    assert [row.name for row in rank(read)][:1] == [read.rows[0].name]


@pytest.mark.parametrize("name", [name for name in TABLES if name != "spreadsheet-times.csv"])
def test_right_table_has_no_findings(name: str, shared_tables: Path) -> None:
    assert verify(sheet(shared_tables / name)).findings == ()


def test_table_that_breaks_off_says_so(shared_tables: Path) -> None:
    assert [warning.kind for warning in sheet(shared_tables / "spreadsheet-times.csv").warnings] == ["incomplete"]


def test_sprints_that_a_pasted_text_does_not_tell_are_warned_of(shared_tables: Path) -> None:
    read = sheet(shared_tables / "pdf-pasted.txt")
    left = [warning.message for warning in read.warnings if warning.kind == "left-out"]
    assert len(left) == 12
    assert left[0] == "the sprint points 1, 60 are left out: the text does not tell which sprints they are of"
    assert [row.name for row in read.rows if row.mark] == ["Didrik Eng STRAND"]


def test_start_numbers_of_the_results_page_are_kept(shared_tables: Path) -> None:
    read = sheet(shared_tables / "live-results-pasted.txt")
    assert [(row.start, row.bib) for row in read.rows][:3] == [(1, "100"), (2, "4"), (3, "26")]


def test_two_semifinals_in_one_table_are_told_apart(shared_tables: Path) -> None:
    path = shared_tables / "wikipedia-en-two-semifinals.tsv"
    with pytest.raises(InvalidRecord, match=r"2 sheets in this table, told apart by Semifinal: '1' and '2'"):
        load(path)
    sheets = read_sheets(path.read_bytes(), path.name)
    assert [(one.round, len(one.rows), one.rulebook.id, one.advance) for one in sheets] == [
        ("semifinal 1", 12, "isu-2014", 8),
        ("semifinal 2", 12, "isu-2014", 8),
    ]
    assert [verify(one).findings for one in sheets] == [(), ()]
