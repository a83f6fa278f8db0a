"""Whatever is shown, each format shows every cell of it, and nothing in a text is taken for markup."""

import csv
from collections import Counter
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from named import named_races, named_sheets
from pages import HOSTILE, Page, markdown_page

from massstart import Race, Sheet, rank, show, verify
from massstart.showing.model import table
from massstart.showing.model.cells import Table
from massstart.tabular import clean
from massstart.testing import tampered_sheets


def cells(shown: Table) -> list[list[str]]:
    return [[cell.shown for cell in line.cells] for line in shown.lines]


def one_space(text: str) -> str:
    """A text as Markdown shows it: white space is one space, and there is none at the ends."""
    return " ".join(text.split())


class TestEveryCellArrives:
    @given(named_races(), st.booleans())
    def test_of_a_result_in_html(self, race: Race, reasons: bool) -> None:  # noqa: FBT001  # drawn
        shown = table(rank(race), reasons=reasons)
        page = Page(show(rank(race), "html", reasons=reasons))
        head, *rows = page.rows
        assert head == [column.shown for column in shown.columns]
        assert [row for row in rows if len(row) > 1] == cells(shown)
        assert [row[0] for row in rows if len(row) == 1] == [line.reason for line in shown.lines if line.reason]

    @given(named_sheets())
    def test_of_a_sheet_and_its_verification_in_html(self, sheet: Sheet) -> None:
        report = verify(sheet)
        for value in (sheet, report):
            page = Page(show(value, "html"))
            shown = table(value)
            assert page.rows == [[column.shown for column in shown.columns], *cells(shown)]
            assert page.title == page.caption == shown.title
            assert all(note in page.text for note in (*shown.notes, *shown.remarks))

    @given(named_races())
    def test_of_a_result_in_markdown(self, race: Race) -> None:
        shown = table(rank(race))
        head, *rows = markdown_page(show(rank(race), "markdown")).rows
        assert head == [column.shown for column in shown.columns]
        assert [list(map(one_space, row)) for row in rows] == [list(map(one_space, row)) for row in cells(shown)]

    @given(named_races())
    def test_of_a_result_in_csv(self, race: Race) -> None:
        shown = table(rank(race))
        head, *rows = csv.reader(StringIO(show(rank(race), "csv"), newline=""))
        assert head == [column.heading for column in shown.columns]
        texts = [[cell.text for cell in line.cells] for line in shown.lines]
        assert rows == [[f"'{text}" if text[:1] in {*"=+-@"} else text for text in row] for row in texts]

    @given(named_races())
    def test_of_a_result_in_the_terminal_the_numbers_whatever_the_names(self, race: Race) -> None:
        shown = table(rank(race))
        written = Counter(show(rank(race)).split())
        due = Counter(
            cell.shown
            for line in shown.lines
            for column, cell in zip(shown.columns, line.cells, strict=True)
            if column.number and cell.shown
        )
        assert due <= written


@given(named_races())
def test_model_shows_what_the_result_holds(race: Race) -> None:
    result = rank(race)
    shown = table(result)
    keys = [column.key for column in shown.columns]
    for row, line in zip(result, shown.lines, strict=True):
        found = dict(zip(keys, line.cells, strict=True))
        assert found["rank"].text == ("" if row.rank is None else str(row.rank))
        assert found["total"].text == str(row.total) if "total" in found else True
        assert (found["name"].text if "name" in found else "") == clean(row.name)
        won = [int(found[f"sprints[{index}]"].text or 0) for index in range(len(row.sprints))]
        assert won == [*row.sprints]
        forfeited = [found[f"sprints[{index}]"].forfeited for index in range(len(row.sprints))]
        assert forfeited == [bool(points) and row.total != sum(won) for points in row.sprints]
        same = sum(other.rank == row.rank for other in result) > 1 and row.rank is not None
        assert found["rank"].tied == same


@given(tampered_sheets(max_size=8))
def test_each_finding_stands_where_it_says_and_nowhere_else(tampered: object) -> None:
    sheet = getattr(tampered, "sheet")  # noqa: B009  # the class is no public name
    report = verify(sheet)
    shown = table(report)
    keys = [column.key for column in shown.columns]
    for number, finding in enumerate(report.findings, 1):
        places = [
            (index, key)
            for index, line in enumerate(shown.lines, 1)
            for key, cell in zip(keys, line.cells, strict=True)
            if number in cell.notes
        ]
        places += [(None, column.key) for column in shown.columns if number in column.notes]  # type: ignore[misc]  # no row
        assert places == ([] if finding.column is None else [(finding.row, finding.column)])


def test_names_of_every_kind_are_drawn() -> None:
    assert len(set(HOSTILE)) == len(HOSTILE) > 10
    with pytest.raises(AssertionError):
        Page("<p><b></p>")
