"""Spreadsheets: what their cells say, and what is refused."""

import builtins
import io
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

import openpyxl
import pytest

from massstart import InvalidRecord, Sheet, load
from massstart.files.loading import read_content
from massstart.files.parts import read_sheets
from massstart.files.rankingtable import standings_from_table
from massstart.files.xlsxread import cell_text, is_xlsx
from massstart.problems import MissingExtra

#: A spreadsheet knows no time zones.
DAY = datetime.fromisoformat("2025-11-22")
HEADER = ("Rank", "Nr", "Name", "Country", "Total", "Time")
ROWS = (
    (1, 80, "Andrea Giovannini", "Italy", 61.0, time(0, 7, 42, 510000)),
    (2, 112, "Jae-Won Chung", "KOR", 40, 462.74 / 86400),
    (3, 181, "Jordan Stolz", "USA", 20, timedelta(minutes=7, seconds=42, milliseconds=976)),
    (4, 5, "Gabriel Odor", "AUT", 12, "7:42,98"),
)


def workbook(**sheets: Sequence[Sequence[Any]]) -> bytes:
    """A spreadsheet with these worksheets."""
    book = openpyxl.Workbook()
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    del book["Sheet"]
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def sheet(data: bytes, **options: Any) -> Sheet:
    record = read_content(data, "hamar.xlsx", **options)
    assert isinstance(record, Sheet)
    return record


def refused(data: bytes, **options: Any) -> list[str]:
    with pytest.raises(InvalidRecord) as caught:
        read_content(data, **options)
    return [f"{problem.where}: {problem.message}".removeprefix(": ") for problem in caught.value.problems]


class TestCells:
    def test_numbers_texts_times_and_dates(self) -> None:
        data = workbook(Result=[["Hamar cup"], ["# date:", date(2025, 11, 22)], HEADER, *ROWS])
        read = sheet(data)
        assert (read.id, read.competition, read.date) == ("hamar", "Hamar cup", "2025-11-22")
        assert [(row.rank, row.bib, row.name, row.nation, row.total, str(row.time)) for row in read.rows] == [
            (1, "80", "Andrea Giovannini", "ITA", 61, "7:42.51"),
            (2, "112", "Jae-Won Chung", "KOR", 40, "7:42.74"),
            (3, "181", "Jordan Stolz", "USA", 20, "7:42.976"),
            (4, "5", "Gabriel Odor", "AUT", 12, "7:42.98"),
        ]

    @pytest.mark.parametrize(
        ("value", "text"),
        [
            (None, ""), (True, "yes"), (False, "no"), (16.0, "16"), (7, "7"), (" x ", "x"), (DAY, "2025-11-22"),
            (date(2025, 11, 22), "2025-11-22"), (DAY.replace(hour=15, minute=38), "2025-11-22T15:38:00"), (time(7, 42), "7:42:00"),
            (time(1), "1:00:00"), (time(0, 59, 59, 990000), "59:59.99"),
        ],
    )  # fmt: skip
    def test_text_of_a_cell(self, value: Any, text: str) -> None:
        assert cell_text(value) == text

    def test_minutes_that_were_taken_for_hours_are_refused(self) -> None:
        rows = [(*row[:5], time(7, 42)) for row in ROWS]
        with pytest.raises(InvalidRecord) as caught:
            read_content(workbook(R=[HEADER, *rows]), rulebook="isu-2018")
        first = caught.value.problems[0]
        assert (first.kind, first.where, first.message) == ("xlsx", "row 2, column Time", "'7:42:00' is not a time")

    def test_cell_over_several_rows_is_said_of_each(self) -> None:
        book = openpyxl.load_workbook(io.BytesIO(workbook(R=[HEADER, *((*row[:3], None, *row[4:]) for row in ROWS)])))
        book["R"]["D2"] = "NED"
        book["R"].merge_cells("D2:D4")
        assert [row.nation for row in sheet(saved(book), rulebook="isu-2018").rows] == ["NED", "NED", "NED", None]

    def test_formula_without_a_value(self) -> None:
        rows = [(*row[:4], "=30+30", row[5]) for row in ROWS[:1]]
        assert refused(workbook(R=[HEADER, *rows])) == ["R: the formula in E2 has no value"]
        assert refused(workbook(R=[["=1+1"]])) == ["R: the formula in A1 has no value"]


class TestSheetsOfASpreadsheet:
    DATA = workbook(Men=[["# source: club"], HEADER, *ROWS], Empty=[], Women=[HEADER, *ROWS[:2]])

    def test_several_are_named_and_one_can_be_chosen(self) -> None:
        assert refused(self.DATA, rulebook="isu-2018") == ["this is a spreadsheet with two sheets: 'Men' and 'Women'"]
        read = sheet(self.DATA, rulebook="isu-2018", part="Women")
        assert (len(read.rows), read.event, read.id) == (2, "women", "hamar")
        assert refused(self.DATA, rulebook="isu-2018", part="Boys") == [
            "this is a spreadsheet with two sheets: 'Men' and 'Women'"
        ]

    def test_all_of_them(self) -> None:
        assert [(one.event, len(one.rows)) for one in read_sheets(self.DATA, rulebook="isu-2018")] == [
            ("men", 4),
            ("women", 2),
        ]

    def test_id_and_laps_of_the_sprints_are_said_of_all_of_them(self) -> None:
        read = read_sheets(self.DATA, "hamar.xlsx", rulebook="isu-2018", sprint_laps=(3, 7))
        assert [(one.id, one.rulebook.sprint_laps) for one in read] == [("hamar", (3, 7)), ("hamar", (3, 7))]
        assert sheet(self.DATA, rulebook="isu-2018", sprint_laps=(3, 7), part="Men").rulebook.sprint_laps == (3, 7)

    def test_part_of_the_only_one(self) -> None:
        data = workbook(R=[("Semifinal", "Rank", "Name"), (1, 1, "Ann"), (2, 1, "Bea")])
        assert refused(data, rulebook="isu-2018") == [
            "row 1: there are 2 sheets in this table, told apart by Semifinal: '1' and '2'"
        ]
        assert [row.name for row in sheet(data, rulebook="isu-2018", part="2").rows] == ["Bea"]

    def test_worksheet_without_known_headings(self) -> None:
        assert (
            refused(workbook(R=[("Shoe", "Size"), ("left", 43)]))[0]
            == "row 1: 'Shoe' is not a heading that is known here"
        )
        assert (
            refused(workbook(R=[("# source: club",), ("Shoe", "Size"), ("left", 43)]))[0]
            == "row 2: 'Shoe' is not a heading that is known here"
        )
        assert refused(workbook(R=[("# a remark",)])) == [
            "row 1: 'a remark' is not a heading that is known here",
            "row 1: no column says who the skaters are",
        ]


class TestNoSpreadsheet:
    def test_what_it_is(self) -> None:
        assert refused(workbook(R=[])) == ["this is a spreadsheet, and there is nothing in it"]
        whole = workbook(R=[HEADER, *ROWS])
        assert refused(whole[:-200]) == ["the spreadsheet is damaged"]
        assert not is_xlsx("PK")
        assert not is_xlsx(b"PK\x03\x04")

    def test_library_that_is_not_installed_is_named(self, monkeypatch: pytest.MonkeyPatch) -> None:
        real = builtins.__import__

        def without(name: str, *rest: Any) -> Any:
            if name.startswith("openpyxl"):
                raise ModuleNotFoundError(name="openpyxl")
            return real(name, *rest)

        data = workbook(R=[HEADER, *ROWS])
        monkeypatch.setattr(builtins, "__import__", without)
        with pytest.raises(MissingExtra, match=r"pip install 'massstart\[xlsx\]'"):
            read_content(data)

    def test_load(self, tmp_path: Any) -> None:
        path = tmp_path / "cup.xlsx"
        path.write_bytes(workbook(R=[["# rulebook: isu-2018"], HEADER, *ROWS]))
        read = load(path)
        assert isinstance(read, Sheet)
        assert read.id == "cup"


class TestSeasonRanking:
    TEXT = "# competition: World Cup\nRank;Name;Nat;Hamar;Calgary;Total\n1;Ann;Norwegen;60;48;108\n2;Bea;USA;40;;40\n"

    def test_columns_of_competitions(self) -> None:
        season = standings_from_table(self.TEXT)
        assert (season.competition, season.after) == ("World Cup", 2)
        assert [(row.rank, row.name, row.nation, row.points, row.total) for row in season] == [
            (1, "Ann", "NOR", (60, 48), 108),
            (2, "Bea", "USA", (40, None), 40),
        ]

    def test_bytes_of_a_text_and_a_column_that_holds_nothing(self) -> None:
        text = self.TEXT.replace("Calgary;", "Calgary;;").replace("48;108", "48;;108").replace(";;100", ";;;100")
        assert standings_from_table(text.replace("40;;40", "40;;;40").encode()) == standings_from_table(self.TEXT)

    def test_numbered_competitions_and_a_spreadsheet(self) -> None:
        data = workbook(
            R=[("#", "First name", "Last name", "NOC", 1, 2, "Points"), (1, "Ann", "Bo", "NOR", 60, 48, 108)]
        )
        (row,) = standings_from_table(data)
        assert (row.name, row.points, row.total) == ("Ann Bo", (60, 48), 108)

    def test_total_alone(self) -> None:
        season = standings_from_table("Rank\tCountry\tWorld Cup points\n1\tUSA\t108\n=2\tCAN\t100\n")
        assert (season.after, [(row.name, row.points, row.total) for row in season]) == (
            None,
            [(None, (), 108), (None, (), 100)],
        )

    @pytest.mark.parametrize(
        ("text", "messages"),
        [
            ("Rank,Name,Time,Total\n1,A,7:42.51,3\n", ["line 1: 'Time' has no place in a season ranking"]),
            ("Rank,Name,Nat\n1,A,NED\n", ["line 1: no column holds the total"]),
            ("Rank,Name,Total,Points\n1,A,3,3\n", ["line 1: 'Total' has no place in a season ranking", "line 1: 'Points' has no place in a season ranking"]),
            ("Rank,Name,Total\n1,A,3.\n", ["line 2, column Total: '3.' is not a whole number"]),
            ("# laps: 16\nRank,Name,Total\n1,A,3\n", ["line 2: the head of a season ranking has no 'laps'"]),
            ("Rank,Name,Hamar,Total\n1,A,x,3\n,B,1,y\n", ["line 2, column Hamar: 'x' is not a whole number", "line 3, column Rank: '' is not a whole number", "line 3, column Total: 'y' is not a whole number"]),
        ],
    )  # fmt: skip
    def test_refusals(self, text: str, messages: list[str]) -> None:
        with pytest.raises(InvalidRecord) as caught:
            standings_from_table(text)
        assert [f"{one.where}: {one.message}" for one in caught.value.problems] == messages

    def test_title_of_a_season(self) -> None:
        season = standings_from_table("World Cup, Mass Start Men\nRank,Name,Total\n1,A,3\n")
        assert season.event == "men"
