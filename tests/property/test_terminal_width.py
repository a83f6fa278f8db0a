"""At any width a table in the terminal holds every cell whole, and no line ends in a blank."""

import re
from io import StringIO
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from named import named_races, named_sheets
from rich.cells import cell_len
from rich.console import Console

from massstart import Race, Sheet, advance, load, rank, verify
from massstart.season.quota import quota
from massstart.season.ranking import Standings, standings
from massstart.showing.model import table
from massstart.showing.model.cells import DIRECTION, Table
from massstart.showing.terminal.grid import folded
from massstart.showing.terminal.tables import show
from massstart.testing import rankings, seasons, tampered_sheets

widths = st.integers(20, 200)


def lines(value: Table, width: int) -> list[str]:
    out = StringIO()
    show(value, Console(file=out, width=width, color_system=None, highlight=False, markup=False, _environ={}))
    return out.getvalue().split("\n")


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", DIRECTION.sub("\ufffd", text))


def assert_whole(value: Any, width: int) -> None:
    shown = table(value)
    found = lines(shown, width)
    assert all(line == line.rstrip() and cell_len(line) <= width for line in found)
    # What cannot be spared is never left out.
    left_out = re.findall(r"no room for: ((?:\w+, )*\w+)", " ".join(found))
    spared = {"Id", "Nr", "Nat", "Time"} & {heading for headings in left_out for heading in headings.split(", ")}
    written = " ".join(found)
    numbers = set(re.split(r"[\s]+", written))
    for line in shown.lines:
        for column, cell in zip(shown.columns, line.cells, strict=True):
            if column.heading in spared or not cell.shown:
                continue
            if column.number:
                assert set(cell.shown.split()) <= numbers
            else:
                assert pieces_follow(squeezed(cell.shown), found)
    for text in (shown.title, *shown.notes, *shown.remarks):
        assert squeezed(text) in squeezed("".join(found))


def pieces_follow(text: str, found: list[str]) -> bool:
    """Whether the text stands in a line, or its pieces one below the other."""
    rows = list(map(squeezed, found))
    for at in range(len(rows)):
        left = text
        for row in rows[at:]:
            taken = max((n for n in range(len(left) + 1) if left[:n] in row), default=0)
            left = left[taken:]
            if not left or not taken:
                break
        if not left:
            return True
    return False


class TestEveryCellIsWhole:
    @given(named_races(), widths)
    def test_of_a_result(self, race: Race, width: int) -> None:
        assert_whole(rank(race), width)

    @given(named_sheets(), widths)
    def test_of_a_sheet_and_its_findings(self, sheet: Sheet, width: int) -> None:
        assert_whole(sheet, width)
        assert_whole(verify(sheet), width)

    @given(tampered_sheets(max_size=8), widths)
    def test_of_findings(self, tampered: object, width: int) -> None:
        assert_whole(verify(getattr(tampered, "sheet")), width)  # noqa: B009  # the class is no public name

    @given(named_races(), widths)
    def test_of_a_start_list(self, race: Race, width: int) -> None:
        assert_whole(advance(rank(race), advance=2), width)

    @given(seasons(), widths)
    def test_of_a_season(self, sheets: tuple[Sheet, ...], width: int) -> None:
        assert_whole(standings(sheets), width)

    @given(rankings(), widths)
    def test_of_places(self, ranking: Standings, width: int) -> None:
        assert_whole(quota(ranking, places=6), width)


def test_words_wrap_then_columns_are_spared_then_each_line_is_a_block() -> None:
    value = table(verify(load("wc-2025-26-1-men-division-a", Sheet)))
    at = {width: lines(value, width) for width in (80, 60, 40)}
    assert any(line.endswith("(N)44 \u2192 43 [1]") for line in at[80])
    assert "no room for: Nr, Nat, Time" in at[60]
    assert any(line.endswith("(N)44 \u2192 43 [1]") for line in at[60])
    assert {"Rnk: 11", "Points: (N)44 \u2192 43 [1]"} <= set(at[40])


def test_what_is_wider_than_the_terminal_goes_on_below() -> None:
    assert folded("e\u0301" * 5, 2) == ["e\u0301" * 2, "e\u0301" * 2, "e\u0301"]
    assert folded("\u4e00", 1) == ["\u4e00"]
