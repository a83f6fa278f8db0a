"""Sheets from PDF and CSV on the command line."""

import json
from pathlib import Path

import pytest
from command import ok, refused, run
from pdfs import HEAD, TITLE, columns, in_latin, pdf, printed, table

from massstart import Sheet, dumps, load, loads

RACE = "# rulebook: isu-2018\nNr,Name,Line,S1,Status,Laps,Time\n4,Ann,1,2,,,7:42.97\n9,Bea,2,1,LAP,,\n3,Cleo,,,DNF,9,\n5,Dora,,,DQ,,\n"


def sheet() -> Sheet:
    found = load("wc-2025-26-1-women-division-a")
    assert isinstance(found, Sheet)
    return in_latin(found)


@pytest.fixture
def official(tmp_path: Path) -> str:
    path = tmp_path / "sheet.pdf"
    path.write_bytes(printed(sheet()))
    return str(path)


def test_read_shows_a_sheet_as_it_was_published(official: str) -> None:
    lines = ok("read", official).splitlines()
    assert "".join(lines[:2]).startswith("2025-26 ISU Speed Skating World Cup #1, Test Oval, Hamar (NOR), women, ")
    assert lines[1].rstrip().endswith("isu-2024, 15 laps")
    assert "4 266 Momoka HORIKAWA JPN 15 2 3 1 10 16 8:26.38 (N)44" in [" ".join(line.split()) for line in lines]


def test_what_read_writes_is_a_file_for_the_other_commands(official: str) -> None:
    as_json = ok("read", official, "--json")
    assert loads(as_json) == load(official)
    as_csv = ok("show", official, "--as", "csv")
    assert ok("verify", "-", "--json", given=as_csv, status=1) == ok("verify", "-", "--json", given=as_json, status=1)
    found = json.loads(ok("verify", official, "--json", status=1))
    assert [(one["kind"], one["row"], one["printed"]) for one in found["findings"]] == [("world-cup-points", 4, "44")]


def test_standard_input_is_read_by_its_content(official: str) -> None:
    data = Path(official).read_bytes()
    assert ok("read", "-", given=data) == ok("read", official)
    assert ok("rank", "-", given=data) == ok("rank", official)


def test_race_from_csv_is_ranked_and_shown() -> None:
    rows = json.loads(ok("rank", "-", "--json", given=RACE))["rows"]
    assert [(row["id"], row["total"], row["status"]) for row in rows] == [
        ("4", 62, "finished"), ("9", 43, "lapped"), ("3", 0, "unfinished"), ("5", 0, "disqualified"),
    ]  # fmt: skip
    shown = [" ".join(line.split()) for line in ok("read", "-", given=RACE).splitlines()]
    assert shown[:3] == ["isu-2018, 16 laps", "Id Name Nat S1 S2 S3 Line Time", "4 Ann 2 1 7:42.97"]
    assert shown[3:6] == ["9 Bea 1 2 LAP", "3 Cleo DNF 9 laps", "5 Dora DQ"]


def test_options_say_what_the_file_does_not() -> None:
    text = "# complete: no\nName,S1,S2,S3,Total\nAnn,,3,20,23\n"
    assert "no rulebook is given" in refused("read", "-", given=text)[0]
    found = loads(ok("read", "-", "--rulebook", "isu-2018", "--sprint-laps", "3,7", "--json", given=text))
    assert (found.rulebook.id, found.rulebook.sprint_laps) == ("isu-2018", (3, 7))
    assert refused("read", "-", "--rulebook", "isu-2018", given=dumps(sheet()))[0].endswith("change it there")
    assert "are not laps; write 4,8,12" in refused("read", "-", "--sprint-laps", "x", given=text)[-1]


def test_part_of_a_table_and_what_was_left_out() -> None:
    text = "# rulebook: isu-2018\n# complete: no\nSemifinal\tRank\tName\tNotes\n1\t1\tAnn\tfell twice\n2\t1\tBea\t\n"
    assert "there are 2 sheets in this table" in refused("read", "-", given=text)[0]
    shown = ok("read", "-", "--part", "1", given=text)
    assert "Ann" in shown
    assert "-: warning: line 4, column Notes: the note 'fell twice' is left out" in shown
    done = run("read", "-", "--part", "1", "--json", given=text)
    assert json.loads(done.stdout)["round"] == "semifinal 1"
    assert "the note 'fell twice' is left out" in done.stderr
    assert ok("read", "-", "--part", "2", "--json", given=text)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (printed(sheet())[:2000], "the file is cut off before its end"),
        (pdf([table(columns(4), [], head=(*HEAD, "9. RESULT 1500m Women", TITLE[1]))]), "page 1: this is no result of a mass start"),
        (pdf([[]]), "there is no text in the PDF; it may be a scanned image"),
        (b"Name,Total\nAnn,3\n", "this is no PDF, whatever its name says"),
        (b"", "the file is empty"),
    ],
    ids=["cut", "distance", "image", "text", "empty"],
)  # fmt: skip
@pytest.mark.parametrize("command", ["read", "verify"])
def test_what_is_no_sheet_gets_one_message(command: str, data: bytes, message: str, tmp_path: Path) -> None:
    path = tmp_path / "sheet.pdf"
    path.write_bytes(data)
    (line,) = refused(command, str(path))
    assert line.startswith(f"{path}: {message} (pdf); ")


def test_without_its_library_a_pdf_is_refused_with_the_command_that_installs_it(official: str, tmp_path: Path) -> None:
    hidden = tmp_path / "hidden"
    hidden.mkdir()
    (hidden / "pypdfium2.py").write_text("raise ModuleNotFoundError(name='pypdfium2')\n")
    done = run("verify", official, PYTHONPATH=str(hidden))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        f"{official}: pypdfium2 is not installed, and a PDF cannot be read without it; run: pip install 'massstart[pdf]'\n"
    )
