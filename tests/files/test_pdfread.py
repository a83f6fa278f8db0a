"""Official sheets from PDF: sheets that the tests lay out themselves, and files that are none."""

import builtins
import re
import zlib
from pathlib import Path
from typing import Any

import pypdfium2.raw  # type: ignore[import-untyped]  # it has no stubs
import pytest
from attrs import evolve
from pdfs import HEAD, TITLE, Placed, cells, columns, in_latin, pdf, printed, table

from massstart import InvalidRecord, Sheet, load, loads, rulebook
from massstart.files.loading import read_content
from massstart.files.parts import read_sheets
from massstart.files.pdfread import read_pdf
from massstart.files.sheethead import head
from massstart.problems import MissingExtra

pytestmark = pytest.mark.slow

MEN_A, MEN_B, WOMEN = "wc-2025-26-2-men-division-a", "wc-2025-26-2-men-division-b", "wc-2025-26-1-women-division-a"


def sheet(id: str = MEN_A) -> Sheet:
    found = load(id)
    assert isinstance(found, Sheet)
    return in_latin(found)


def page(
    rows: list[list[str]] | None = None, header: list[tuple[str, float, bool]] | None = None, **options: Any
) -> list[Placed]:
    """A page with the first rows of a sheet, unless others are given."""
    return table(header or columns(4), [cells(row) for row in sheet().rows[:8]] if rows is None else rows, **options)


def refused(data: bytes) -> list[str]:
    with pytest.raises(InvalidRecord) as caught:
        read_pdf(data)
    assert {problem.kind for problem in caught.value.problems} == {"pdf"}
    return [f"{problem.where}: {problem.message}".removeprefix(": ") for problem in caught.value.problems]


def changed(rows: list[list[str]], row: int, column: int, text: str) -> list[list[str]]:
    rows[row][column] = text
    return rows


def some_rows() -> list[list[str]]:
    return [cells(row) for row in sheet().rows[:8]]


class TestSheetsOfAnotherWeek:
    """The header is found, not its coordinates."""

    @pytest.mark.parametrize("id", [MEN_A, MEN_B, WOMEN])
    @pytest.mark.parametrize(
        "layout",
        [{}, {"scale": 0.7}, {"scale": 1.1}, {"shift": 40}, {"shift": -12, "scale": 0.8}, {"rows_a_page": 9}],
        ids=str,
    )
    def test_rows_are_the_same_whatever_the_place_and_size(self, id: str, layout: dict[str, Any]) -> None:
        read = read_pdf(printed(sheet(id), **layout))
        assert read.rows == sheet(id).rows
        assert read.laps == sheet(id).laps
        assert (read.event, read.round, read.date) == (sheet(id).event, sheet(id).round, "2025-11-16")
        assert read.id == f"wc-2025-26-1-{read.event}-{str(read.round).replace(' ', '-')}"
        assert read.competition == "2025-26 ISU Speed Skating World Cup #1, Test Oval, Hamar (NOR)"

    @pytest.mark.parametrize("size", [1, 2, 7])
    def test_fewer_rows(self, size: int) -> None:
        few = evolve(sheet(), rows=sheet().rows[:size])
        assert read_pdf(printed(few)).rows == few.rows

    def test_fifth_sprint_needs_the_laps_that_no_sheet_prints(self) -> None:
        rows = [evolve(row, laps=20, sprints=(*(row.sprints or ())[:3], 1, 60)) for row in sheet().rows[:3]]
        longer = evolve(sheet(), rulebook=evolve(rulebook("isu-2024"), laps=20, sprint_laps=(4, 8, 12, 16)), rows=rows)
        data = printed(longer)
        assert refused(data) == [
            "page 1, header: 5 sprints, but isu-2024 has 4, and the sheet does not print their laps"
        ]
        read = read_pdf(data, sprint_laps=(4, 8, 12, 16))
        assert read.rows == longer.rows
        assert (read.laps, read.rulebook.sprint_laps) == (20, (4, 8, 12, 16))
        assert read_pdf(data, rulebook=longer.rulebook).rulebook is longer.rulebook
        with pytest.raises(InvalidRecord, match=r"page 1: .*\(sprint-laps\)"):
            read_pdf(data, sprint_laps=(4, 8, 12, 20))

    def test_columns_in_any_order_and_under_other_names(self) -> None:
        header = [
            ("Bib", 38.0, True),
            ("Pos", 81.0, True),
            ("Skater", 106.0, False),
            ("Time", 284.0, False),
            ("Race points", 0, True),
        ]
        rows = [["7", "1", "Ann ORR", "7:40.10"], ["12", "2", "Bea KEY", "7:40.22"]]
        read = read_pdf(pdf([table(header[:4], rows)]))
        assert [(row.rank, row.bib, row.name, str(row.time)) for row in read.rows] == [
            (1, "7", "Ann ORR", "7:40.10"),
            (2, "12", "Bea KEY", "7:40.22"),
        ]
        assert [row.sprints for row in read.rows] == [None, None]
        assert read.laps == 16

    def test_heading_on_two_lines(self) -> None:
        for two in (("S1La", "ne"), ("S1", "ne")):
            header = [(two[0] if name == "S1" else name, x, right) for name, x, right in columns(4)]
            words = [*page(header=header), (two[1], 318.0, 161.0, 9.0)]
            assert read_pdf(pdf([words])).rows == sheet().rows[:8]

    def test_heading_whose_second_line_it_needs(self) -> None:
        header = [("WC" if name == "Points" else name, x, right) for name, x, right in columns(4)]
        words = [*page(header=header), ("pts", header[-1][1], 161.0, 9.0)]
        assert read_pdf(pdf([words])).rows == sheet().rows[:8]

    def test_second_line_that_reaches_under_the_next_heading_belongs_to_the_first(self) -> None:
        words = [*page(), ("Lane", 325.0, 161.0, 9.0)]
        assert read_pdf(pdf([words])).rows == sheet().rows[:8]

    def test_day_below_the_table_is_not_that_of_the_race(self) -> None:
        words = [*page(head=(*HEAD, TITLE[0])), ("Monday, 17 November 2025", 30.0, 330.0, 9.0)]
        assert read_pdf(pdf([words]), rulebook="isu-2024").date is None

    def test_words_from_below_the_table_are_no_rows(self) -> None:
        foot = [
            (
                "Referee: Jo ROE (CAN) / Starter: Al POE (KOR) and a line that goes on under many columns",
                30.0,
                310.0,
                9.0,
            )
        ]
        foot += [
            ("Conditions", 30.0, 330.0, 9.0),
            ("T25 : Serious obstructions", 30.0, 350.0, 6.0),
            ("Note", 30.0, 370.0, 6.0),
        ]
        assert read_pdf(pdf([[*page(), *foot]])).rows == sheet().rows[:8]
        assert read_pdf(pdf([[*page(), ("Printed in Hamar", 30.0, 330.0, 9.0)]])).rows == sheet().rows[:8]

    def test_page_without_rows_follows(self) -> None:
        assert read_pdf(pdf([page(), page(rows=[])])).rows == sheet().rows[:8]
        assert read_pdf(pdf([page(), page(rows=[], head=())])).rows == sheet().rows[:8]
        assert read_pdf(pdf([page(), [("Signed", 40.0, 50.0, 9.0)]])).rows == sheet().rows[:8]
        assert read_pdf(pdf([[("Results book", 40.0, 50.0, 9.0)], page()])).rows == sheet().rows[:8]

    def test_juniors_have_a_rulebook_of_their_own(self) -> None:
        lines = ("ISU Junior World Cup", HEAD[1], "3. RESULT Mass Start Men", TITLE[1])
        read = read_pdf(pdf([page(some_rows_of(3), columns(3), head=lines)]))
        assert read.rulebook.id == "isu-2024-junior"
        assert (read.id, read.event, read.round) == ("isu-junior-world-cup-men", "men", None)
        assert read.competition == "ISU Junior World Cup, Test Oval, Hamar (NOR)"


def some_rows_of(sprints: int) -> list[list[str]]:
    return [[*row[:5], *row[5 : 5 + sprints], *row[9:]] for row in some_rows()]


class TestUnsure:
    """Where the reader is not sure, it names the row and refuses."""

    @pytest.mark.parametrize(
        ("row", "column", "text", "message"),
        [
            (6, 0, "x", "page 1, row 7, rank: 'x' is not a whole number"),
            (6, 0, "", "page 1, row 7, rank: the cell is empty"),
            (6, 2, "", "page 1, row 7, name: the cell is empty"),
            (6, 3, "NEDX", "page 1, row 7, nation: 'NEDX' is not a nation"),
            (6, 4, "1 6", "page 1, row 7, laps: '1 6' is not a whole number"),
            (6, 5, "B", "page 1, row 7, S1: 'B' is not a whole number"),
            (7, 10, "7:6O.00", "page 1, row 8, time: '7:6O.00' is not a time"),
            (7, 11, "(M)5", "page 1, row 8, world_cup_points: '(M)5' is not a number of World Cup points"),
        ],
    )
    def test_cell_that_cannot_be_read(self, row: int, column: int, text: str, message: str) -> None:
        assert refused(pdf([page(changed(some_rows(), row, column, text))])) == [message]

    def test_all_problems_at_once(self) -> None:
        rows = changed(changed(some_rows(), 2, 0, "c"), 5, 4, "l")
        assert len(refused(pdf([page(rows)]))) == 2

    def test_row_on_the_second_page_is_named_with_its_page(self) -> None:
        second = [cells(row) for row in sheet().rows[8:16]]
        assert refused(pdf([page(), page(changed(second, 1, 0, "x"))])) == [
            "page 2, row 10, rank: 'x' is not a whole number"
        ]

    def test_word_between_two_columns(self) -> None:
        words = [*page(), ("9", 66.0, 174.0, 10.0)]
        assert refused(pdf([words])) == ["page 1, row 1: '9' stands under no heading for sure"]

    def test_word_under_two_headings(self) -> None:
        rows = changed(some_rows(), 0, 2, "Bartholomew" * 3)
        (message,) = refused(pdf([page(changed(rows, 0, 3, ""))]))
        assert message == f"page 1, row 1: {'Bartholomew' * 3!r} stands under no heading for sure"

    def test_word_under_no_heading_between_words_of_two_columns(self) -> None:
        words = [*page(changed(some_rows(), 0, 2, "n" * 18)), ("nnnnn", 209.0, 174.0, 10.0)]
        assert refused(pdf([words])) == ["page 1, row 1: 'nnnnn' stands under no heading for sure"]

    def test_name_before_the_first_row_or_in_other_letters(self) -> None:
        words = page(some_rows()[1:])
        assert refused(pdf([[*words, ("Ann", 106.0, 166.0, 6.0)]])) == ["page 1, row 1: whose name is 'Ann'?"]
        below = 174 + 15.8 * 7 + 1
        assert refused(pdf([[*words, ("Ann", 106.0, below, 5.0)]])) == ["page 1, row 8: whose name is 'Ann'?"]
        assert refused(pdf([[*words, ("Ann", 106.0, below + 40, 10.0)]])) == ["page 1, row 8: whose name is 'Ann'?"]
        near = 174 + 15.8 * 6 + 12
        assert refused(pdf([[*words, ("Ann", 106.0, near, 7.0)]])) == ["page 1, row 8: whose name is 'Ann'?"]
        assert read_pdf(pdf([[*words, ("Ann", 106.0, near, 10.0)]])).rows[6].name == f"{sheet().rows[7].name} Ann"

    def test_second_line_of_a_name_without_a_first(self) -> None:
        rows = changed(some_rows(), 7, 2, "")
        words = [*page(rows), ("Ann", 106.0, 174 + 15.8 * 7 + 12, 10.0)]
        assert refused(pdf([words])) == ["page 1, row 9: whose name is 'Ann'?"]

    def test_row_after_the_end(self) -> None:
        late = [(text, x, top + 60, size) for text, x, top, size in page(some_rows()[:1], head=())[12:]]
        (message,) = refused(pdf([[*page(), ("Printed in Hamar", 30.0, 310.0, 9.0), *late_from(late, 330)]]))
        assert message.startswith("page 1: a row after the end of the table: '1 80 ")

    def test_rows_without_a_header_above_them(self) -> None:
        second = [word for word in page(head=()) if word[2] > 160]
        assert refused(pdf([page(), second])) == ["page 2: the rows here have no header above them"]

    def test_another_result_on_the_next_page(self) -> None:
        other = page(head=(*HEAD, "13. RESULT Mass Start Men", TITLE[1]))
        assert refused(pdf([page(), other])) == ["page 2: another result begins here"]

    def test_other_columns_on_the_next_page(self) -> None:
        assert refused(pdf([page(), page(some_rows_of(3), columns(3))])) == [
            "page 2, header: other columns than on the page before"
        ]

    def test_column_that_is_not_known_or_stands_twice(self) -> None:
        header = [("Shoe" if name == "Laps" else name, x, right) for name, x, right in columns(4)]
        assert refused(pdf([page(header=header)])) == ["page 1, header: 'Shoe' is not a heading that is known here"]
        header = [("S2" if name == "S3" else name, x, right) for name, x, right in columns(4)]
        assert len(refused(pdf([page(header=header)]))) == 2

    def test_points_without_a_total(self) -> None:
        header = [(name, x, right) for name, x, right in columns(4) if name != "Total"]
        rows = [[*row[:9], *row[10:]] for row in some_rows()]
        assert refused(pdf([page(rows, header)])) == [
            "page 1, header: 'Points' can be the points of the race or of the World Cup"
        ]

    def test_heading_that_has_no_place_on_a_sheet(self) -> None:
        header = [("Semifinal" if name == "Points" else name, x, right) for name, x, right in columns(4)]
        assert refused(pdf([page(some_rows()[:1], header)])) == [
            "page 1, row 1, part semifinal: '60' has no place on a sheet"
        ]

    def test_date_without_a_rulebook(self) -> None:
        for day, kind in (("Sunday, 16 November 2005", "unknown-rulebook"), ("Sunday", "missing-key")):
            data = pdf([page(head=(*HEAD, TITLE[0], day))])
            with pytest.raises(InvalidRecord) as caught:
                read_pdf(data)
            assert [problem.kind for problem in caught.value.problems] == [kind]
            assert read_pdf(data, rulebook="isu-2018").rulebook.id == "isu-2018"


class TestRowsAtTheEnd:
    """No row is lost, and no line becomes a part of another."""

    BELOW = 174 + 15.8 * 8

    def line(self, number: int, *texts: str) -> list[Placed]:
        """A row below the first eight, its cells in the first columns."""
        top = self.BELOW + 15.8 * number
        return [(text, x, top, 10.0) for text, (_, x, _) in zip(texts, columns(4), strict=False) if text]

    @pytest.mark.parametrize("heading", ["Disqualified", "DISQUALIFIED", "Did not finish", "Did not start:", "DNF"])
    @pytest.mark.parametrize("left", [38.0, 106.0])
    def test_mark_by_itself_is_said_of_the_rows_below(self, heading: str, left: float) -> None:
        words = [
            *page(),
            (heading, left, self.BELOW, 10.0),
            *self.line(1, "", "57", "Ann ORR", "NED"),
            *self.line(2, "", "58", "Bea KEY", "ITA"),
        ]
        rows = read_pdf(pdf([words])).rows
        assert rows[:8] == sheet().rows[:8]
        assert [(row.rank, row.bib, row.name, row.nation, row.mark) for row in rows[8:]] == [
            (None, "57", "Ann ORR", "NED", heading),
            (None, "58", "Bea KEY", "ITA", heading),
        ]

    def test_mark_by_itself_under_the_times_is_said_of_no_row(self) -> None:
        left = columns(4)[-2][1]
        words = [*page(), ("DNF", left, self.BELOW, 10.0), *self.line(1, "", "57", "Ann ORR", "NED")]
        assert refused(pdf([words])) == ["page 1: a row after the end of the table: '57 Ann ORR NED'"]

    def test_row_with_a_mark_and_no_name(self) -> None:
        words = [*page(), *self.line(0, "DSQ", "57", "", "NED")]
        assert refused(pdf([words])) == ["page 1, row 9, name: the cell is empty"]

    def test_name_on_three_lines(self) -> None:
        words = [*page(), *self.line(0, "9", "57", "Ann Bea", "NED")]
        words += [("Cleo", 106.0, self.BELOW + 12, 10.0), ("van Orr-", 106.0, self.BELOW + 24, 10.0)]
        words += [("Key", 106.0, self.BELOW + 36, 10.0)]
        assert read_pdf(pdf([words])).rows[8].name == "Ann Bea Cleo van Orr-Key"

    def test_row_with_a_mark_of_its_own_keeps_it(self) -> None:
        words = [*page(), ("Disqualified", 106.0, self.BELOW, 10.0), *self.line(1, "DSQ", "57", "Ann ORR", "NED")]
        assert read_pdf(pdf([words])).rows[8].mark == "DSQ"

    def test_line_that_is_no_mark_is_no_part_of_the_name_above(self) -> None:
        words = [*page(), ("Exhibition", 106.0, self.BELOW, 10.0), *self.line(1, "", "57", "Ann ORR", "NED")]
        assert refused(pdf([words])) == ["page 1, row 9: whose name is 'Exhibition'?"]

    @pytest.mark.parametrize("cells", [("", "57", "Ann ORR", "NED"), ("", "57", "Ann ORR"), ("", "", "Ann ORR", "NED")])
    def test_last_row_with_few_cells_is_not_lost(self, cells: tuple[str, ...]) -> None:
        assert refused(pdf([[*page(), *self.line(0, *cells)]])) == ["page 1, row 9, rank: the cell is empty"]
        ranked = ("9", *cells[1:])
        assert read_pdf(pdf([[*page(), *self.line(0, *ranked)]])).rows[8].name == "Ann ORR"

    def test_last_row_with_a_rank_and_little_else_is_not_lost(self) -> None:
        assert read_pdf(pdf([[*page(), *self.line(0, "9", "", "Ann ORR")]])).rows[8].name == "Ann ORR"
        assert refused(pdf([[*page(), *self.line(0, "9", "57", "", "NED")]])) == [
            "page 1, row 9, name: the cell is empty"
        ]

    @pytest.mark.parametrize("aside", [0.0, 0.3, 1.0])
    def test_letters_printed_twice_to_look_bold_are_read_once(self, aside: float) -> None:
        words = page()
        twice = [(text, x + aside, top, size) for text, x, top, size in words]
        assert read_pdf(pdf([[*words, *twice]])).rows == sheet().rows[:8]

    def test_number_of_equal_digits_is_read_whole(self) -> None:
        rows = changed(changed(some_rows(), 0, 1, "111"), 1, 1, "66")
        assert [row.bib for row in read_pdf(pdf([page(rows)])).rows[:2]] == ["111", "66"]

    def test_sheet_that_stands_there_twice(self) -> None:
        (message,) = refused(pdf([page(), page()]))
        assert (
            message
            == "page 2: '1 80 Andrea GIOVANNINI ITA 16 1 60 61 7:42.51 60' stands here again, as on page 1, row 1"
        )


def late_from(words: list[Placed], top: float) -> list[Placed]:
    return [(text, x, top, size) for text, x, _, size in words]


class TestNoSheet:
    """Whatever is no sheet gets one clear message."""

    OTHER_DISTANCE = (*HEAD, "9. RESULT 1500m Women", TITLE[1])

    @pytest.mark.parametrize(
        ("data", "message"),
        [
            (b"", "the file is empty"),
            (b"Rnk,Name\n1,Ann\n", "this is no PDF, whatever its name says"),
            (printed(sheet())[:-300], "the file is cut off before its end"),
            (pdf([[]]), "there is no text in the PDF; it may be a scanned image"),
            (pdf([page(head=OTHER_DISTANCE)]), "page 1: this is no result of a mass start"),
            (pdf([page(head=())]), "page 1: this is no result of a mass start"),
            (
                pdf([[("Minutes of a meeting", 50.0, 50.0, 10.0)]]),
                "this is no result of a mass start: no page has a header such as Rnk, Name, Time",
            ),
            (pdf([page(rows=[])]), "the table has no rows"),
            (b"%PDF-1.4\nnothing\n%%EOF\n", "the PDF is damaged"),
            (
                pdf([page()], extra=b"/ID[<00><00>]/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<%s>/U<%s>>>" % (b"11" * 32, b"22" * 32)),
                "the file is encrypted",
            ),
        ],
        ids=["empty", "text", "cut", "image", "distance", "no-head", "prose", "no-rows", "damaged", "encrypted"],
    )  # fmt: skip
    def test_one_message(self, data: bytes, message: str) -> None:
        assert refused(data) == [message]

    @pytest.mark.parametrize("share", [0.1, 0.3, 0.5, 0.7, 0.9, 0.99])
    def test_truncated_anywhere(self, share: float) -> None:
        whole = printed(sheet())
        assert refused(whole[: int(len(whole) * share)]) == ["the file is cut off before its end"]

    def test_page_that_lost_data_is_not_read_as_a_shorter_one(self) -> None:
        data = printed(sheet())
        match = re.search(rb"stream\n(.*?)\nendstream", data, re.DOTALL)
        assert match
        content = bytearray(match[1])
        content[-40:-20] = bytes(20)
        with pytest.raises(zlib.error):
            zlib.decompress(bytes(content))
        assert refused(data.replace(match[1], bytes(content))) == ["the PDF is damaged"]

    def test_library_that_is_not_installed_is_named(self, monkeypatch: pytest.MonkeyPatch) -> None:
        real = builtins.__import__

        def without(name: str, *rest: Any) -> Any:
            if name == "pypdfium2":
                raise ModuleNotFoundError(name="pypdfium2")
            return real(name, *rest)

        monkeypatch.setattr(builtins, "__import__", without)
        with pytest.raises(MissingExtra, match=r"pip install 'massstart\[pdf\]'"):
            read_pdf(printed(sheet()))

    def test_whatever_is_opened_is_closed(self, monkeypatch: pytest.MonkeyPatch) -> None:
        opened = dict.fromkeys(("Document", "Page", "TextPage"), 0)

        def count(function: str, of: str, step: int) -> None:
            real = getattr(pypdfium2.raw, function)

            def counted(*given: Any) -> Any:
                answer = real(*given)
                opened[of] += step if step < 0 or answer else 0
                return answer

            monkeypatch.setattr(pypdfium2.raw, function, counted)

        count("FPDF_LoadMemDocument64", "Document", 1)
        count("FPDF_CloseDocument", "Document", -1)
        count("FPDF_LoadPage", "Page", 1)
        count("FPDF_ClosePage", "Page", -1)
        count("FPDFText_LoadPage", "TextPage", 1)
        count("FPDFText_ClosePage", "TextPage", -1)
        data = printed(sheet())
        read_pdf(data)
        assert refused(data.replace(b"/Count 1/Kids[5 0 R]", b"/Count 2/Kids[5 0 R 9 0 R]")) == ["the PDF is damaged"]
        assert refused(pdf([[]])) == ["there is no text in the PDF; it may be a scanned image"]
        assert opened == {"Document": 0, "Page": 0, "TextPage": 0}


def test_load_and_loads_read_a_pdf(tmp_path: Path) -> None:
    data = printed(sheet())
    for name in ("a.pdf", "A.PDF", "without-ending"):
        path = tmp_path / name
        path.write_bytes(data)
        assert load(path) == loads(data)
    assert read_content(data, "a.pdf", rulebook="isu-2018").rulebook.id == "isu-2018"
    (one,) = read_sheets(data, "a.pdf", rulebook="isu-2018", sprint_laps=(3, 6, 9))
    assert (one.rulebook.id, one.rulebook.sprint_laps) == ("isu-2018", (3, 6, 9))
    path = tmp_path / "text.pdf"
    path.write_text('{"kind": "sheet"}')
    with pytest.raises(InvalidRecord, match="this is no PDF"):
        load(path)


class TestHead:
    """What the lines above the table say."""

    @pytest.mark.parametrize(
        ("lines", "wanted"),
        [
            (
                [*HEAD, "28. RESULT Mass Start Men", "Sunday, 16 November 2025"],
                {"id": "wc-2025-26-1-men-division-a", "event": "men", "round": "division a", "date": "2025-11-16"},
            ),
            (
                ["ISU SPEED SKATING WORLD CUP #4", "Mass Start Women", "1 February 2026"],
                {"competition": "2025-26 ISU Speed Skating World Cup #4", "id": "wc-2025-26-4-women-division-a"},
            ),
            (
                ["European Championships", "Mass Start Women, Semi-final 2", "31 February 2026"],
                {"competition": "European Championships", "event": "women", "round": "semi-final 2", "date": None},
            ),
            (["ISU WORLD CUP #4", "Mass Start Women"], {"id": "wc-4-women-division-a"}),
            (["ISU World Cup #1", "Mass Start Men", "1 July 2026"], {"id": "wc-2026-27-1-men-division-a"}),
            (["ISU World Cup #7", "Mass Start Men", "30 June 2026"], {"id": "wc-2025-26-7-men-division-a"}),
            (["Mass Start", "1 Brumaire 2026"], {"id": "sheet", "competition": None, "event": None, "round": None, "date": None}),
        ],
    )  # fmt: skip
    def test_parts(self, lines: list[str], wanted: dict[str, Any]) -> None:
        found = head(lines)
        assert found is not None
        assert {key: found[key] for key in wanted} == wanted
