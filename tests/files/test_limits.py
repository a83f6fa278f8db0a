"""How large a file may be: what was made to keep a program busy is refused at the door."""

import io
import json
import re
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from massstart import InvalidRecord, Race, Sheet, loads
from massstart.files import limits, pasteread, pdfletters, pdfread, xlsxread
from massstart.files.parts import read_sheets

HEAD = "# rulebook: isu-2024\nRnk,Nr,Name,Total\n"


def race(**given: Any) -> str:
    starters = [{"id": str(number)} for number in range(3)]
    return json.dumps(
        {"kind": "race", "version": 1, "rulebook": "isu-2024", "starters": starters, "finish": []} | given
    )


def sizes(content: str | bytes) -> list[str]:
    """Why a file is too large; any other problem fails the test."""
    with pytest.raises(InvalidRecord) as caught:
        loads(content)
    assert {problem.kind for problem in caught.value.problems} == {"size"}
    return [str(problem) for problem in caught.value.problems]


def of(place: str, size: str, most: str) -> list[str]:
    where = f"{place}: " if place else ""
    return [f"{where}{size}; at most {most} are read (size); give the file of one race, sheet or event"]


def ids(number: int) -> list[str]:
    return [str(one) for one in range(number)]


def test_the_most_starters_that_are_read() -> None:
    whole = loads(race(starters=[{"id": id} for id in ids(1000)], finish=ids(1000)), Race)
    assert len(whole.starters) == 1000


@pytest.mark.parametrize(
    ("given", "place", "what"),
    [
        ({"starters": [{"id": id} for id in ids(1001)]}, "starters", "1,001 entries in a list"),
        ({"finish": [ids(1001)]}, "finish", "1,001 entries in a list"),
        ({"sprint_laps": [*range(1, 1002)]}, "sprint_laps", "1,001 entries in a list"),
        ({"times": dict.fromkeys(ids(1001), "1:00.00")}, "", "1,001 keys in an object"),
    ],
)
def test_lists_and_objects(given: dict[str, Any], place: str, what: str) -> None:
    assert sizes(race(**given)) == of(place, what, "1,000")


def test_events_of_a_log() -> None:
    log = race().replace(', "finish": []', "")
    event = '\n{"event": "disqualified", "id": "0"}'
    assert sizes(log + event * 2_001) == of("", "2,001 events", "2,000")


def test_bytes() -> None:
    assert sizes(" " * 20_000_001) == of("", "20,000,001 bytes", "20,000,000")


def test_rows_lines_and_columns_of_a_table() -> None:
    rows = [f"{number},{number},,0\n" for number in range(1, 1002)]
    assert len(loads(HEAD + "".join(rows[:1000]), Sheet).rows) == 1000
    assert sizes(HEAD + "".join(rows)) == of("", "1,001 rows", "1,000")
    assert sizes("Nr,Line\n" + "".join(f"{n},{n}\n" for n in range(1, 1002))) == of("", "1,001 rows", "1,000")
    assert sizes(HEAD + "#\n" * 4999) == of("", "5,001 lines", "5,000")
    assert sizes(HEAD + f"1,1,,0{',' * 997}\n") == of("", "1,001 columns", "1,000")


def workbook(**cells: Any) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.create_sheet("A", 0)
    for place, value in ({"A1": "Rnk", "B1": "Name", "C1": "Total"} | cells).items():
        sheet[place] = value
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def rezipped(data: bytes, name: str, change: Any) -> bytes:
    """A spreadsheet with one of its parts changed."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, change(old.read(part)) if part == name else old.read(part))
    return made.getvalue()


def test_a_spreadsheet_with_a_cell_far_away() -> None:
    assert sizes(workbook(A5001="x")) == of("", "5,001 rows", "5,000")
    assert sizes(workbook(ALM1="x")) == of("", "1,001 columns", "1,000")
    far = rezipped(workbook(), "xl/worksheets/sheet1.xml", lambda text: text.replace(b'r="C1"', b'r="C12345678901"'))
    assert sizes(far) == of("", "123,456,789 rows", "5,000")


@pytest.mark.parametrize(
    ("place", "what", "most"),
    [
        ("ALM1", "1,001 columns", "1,000"),
        ("XFD1", "16,384 columns", "1,000"),
        ("AAAA1", "18,279 columns", "1,000"),
        ("A" * 5000 + "1", "18,279 columns", "1,000"),
        ("A5001", "5,001 rows", "5,000"),
        ("A" + "9" * 5000, "999,999,999 rows", "5,000"),
    ],
    ids=["first", "last", "none", "endless column", "row", "endless row"],
)
def test_a_cell_far_away_is_found_before_the_cells_are_laid_out(
    place: str, what: str, most: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(xlsxread, "_worksheets")
    part = "xl/worksheets/sheet1.xml"
    far = rezipped(workbook(), part, lambda text: text.replace(b'r="C1"', f'r="{place}"'.encode()))
    assert sizes(far) == of("", what, most)


@pytest.mark.parametrize("place", ["ALL1", "A5000"])
def test_the_last_cell_that_is_read(place: str) -> None:
    with pytest.raises(InvalidRecord) as caught:
        loads(workbook(**{place: "x"}))
    assert "size" not in {problem.kind for problem in caught.value.problems}


def test_a_spreadsheet_with_cells_joined_to_the_end() -> None:
    joined = b'</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    far = rezipped(workbook(), "xl/worksheets/sheet1.xml", lambda text: text.replace(b"</sheetData>", joined))
    assert sizes(far) == of("", "1,048,576 rows", "5,000")


def test_a_spreadsheet_that_unpacks_to_much_more() -> None:
    bomb = rezipped(workbook(), "xl/styles.xml", lambda text: text + b" " * 20_000_000)
    assert len(bomb) < 100_000
    (said,) = sizes(bomb)
    assert "bytes, unpacked; at most 20,000,000 are read" in said


@pytest.mark.parametrize("field", [-10, -6], ids=["how long its list of parts is", "where that list begins"])
def test_a_spreadsheet_that_puts_its_parts_before_its_beginning_is_damaged(field: int) -> None:
    data = bytearray(workbook())
    data[field + 2] += 1  # 65,536 bytes more
    with pytest.raises(InvalidRecord, match="the spreadsheet is damaged"):
        loads(bytes(data))


def test_a_style_that_is_missing_puts_nothing_on_standard_output(capsys: pytest.CaptureFixture[str]) -> None:
    bare = rezipped(workbook(), "xl/styles.xml", lambda text: text.replace(b'xfId="0"', b'xfId="9"'))
    # openpyxl 3.1.0 does without the style, and then a rulebook is missing.
    with pytest.raises(InvalidRecord, match=r"the spreadsheet is damaged|no rulebook is given"):
        loads(bare)
    assert capsys.readouterr().out == ""


def test_what_the_library_does_not_know_of_a_spreadsheet_is_no_warning() -> None:
    """The tests make an error of every warning."""
    unknown = b'<extLst><ext uri="{0}"/></extLst></worksheet>'
    part = "xl/worksheets/sheet1.xml"
    newer = rezipped(workbook(A2=1, B2="Ann", C2=60), part, lambda text: text.replace(b"</worksheet>", unknown))
    assert [row.name for row in read_sheets(newer, rulebook="isu-2018")[0].rows] == ["Ann"]


def test_a_damaged_spreadsheet_is_told_as_before() -> None:
    with pytest.raises(InvalidRecord, match="the spreadsheet is damaged"):
        loads(workbook()[:-40])


def test_rows_of_a_pdf(monkeypatch: pytest.MonkeyPatch, shared_sheets: Any) -> None:
    monkeypatch.setattr(pdfread, "ENTRIES", 10)
    content = next(shared_sheets.glob("*men-division-a.pdf")).read_bytes()
    (said,) = sizes(content)
    assert said.endswith(of("", "rows", "10")[0].partition(";")[2])


def test_repeated_keys_among_many_are_found_at_once() -> None:
    keys = ", ".join([*(f'"{number}": 1' for number in range(999)), '"7": 2'])
    with pytest.raises(InvalidRecord, match="7: stands twice") as caught:
        loads(f'{{"kind": "race", "x": {{{keys}}}}}')
    assert [(one.kind, one.where) for one in caught.value.problems] == [("repeated-key", "7")]


def test_the_limits_stand_on_the_page_about_files() -> None:
    page = (Path(__file__).parents[2] / "docs" / "files.md").read_text("utf-8")
    printed = re.findall(
        r"^\| .* \| ([\d,]+) \|$", page[page.index("## How large") : page.index("## Problem kinds")], re.MULTILINE
    )
    known = (
        limits.BYTES,
        limits.ENTRIES,
        limits.EVENTS,
        limits.LINES,
        limits.COLUMNS,
        pdfletters._MOST_PAGES,
        pasteread._TRIES,
    )
    assert printed == [f"{most:,}" for most in known]
