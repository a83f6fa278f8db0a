"""A sheet survives being written as CSV, whatever stands on it."""

import csv
import io
from typing import Any

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from massstart import Sheet, SheetRow, dumps, loads
from massstart.files.csvread import read_csv
from massstart.files.csvwrite import write_csv
from massstart.testing import sheets

#: Texts that a spreadsheet or a reader might take for something else.
HOSTILE = st.text(
    st.one_of(st.sampled_from("=+-@'\"#?,;:\t\r\n \0\u2028\u00a0{}[]()NS1é"), st.characters(codec="utf-8")), max_size=8
)
MAYBE = st.none() | HOSTILE
COUNTS = st.none() | st.integers(1, 99)


@st.composite
def hostile_sheets(draw: st.DrawFn) -> Sheet:
    """Sheets with any text everywhere, and with holes anywhere."""

    def changed(row: SheetRow) -> SheetRow:
        texts: dict[str, Any] = {key: draw(MAYBE) for key in ("bib", "name", "nation", "mark", "qualified")}
        points: dict[str, Any] = {
            "start": draw(COUNTS),
            "world_cup_points": draw(COUNTS),
            "world_cup_replaced": draw(st.sampled_from([None, True, False])),
        }
        emptied = draw(st.sets(st.sampled_from(["rank", "laps", "sprints", "total", "time"])))
        return evolve(row, **texts, **points, **dict.fromkeys(emptied))

    sheet = draw(sheets(max_size=4))
    heads: dict[str, Any] = {key: draw(MAYBE) for key in ("competition", "event", "round")}
    heads["date"] = draw(st.none() | st.dates().map(str))
    return evolve(
        sheet, **heads, id=draw(HOSTILE), rows=[changed(row) for row in sheet.rows], starters=draw(COUNTS), advance=draw(COUNTS),
        complete=draw(st.booleans()), sources=draw(st.lists(HOSTILE, max_size=2)),
    )  # fmt: skip


class TestSheetSurvivesCsv:
    """Reading what was written gives the same sheet, as far as a file can tell: what its JSON says."""

    @given(sheet=sheets())
    def test_generated_sheet(self, sheet: Sheet) -> None:
        assert dumps(read_csv(write_csv(sheet))) == dumps(sheet)

    @given(sheet=hostile_sheets())
    def test_hostile_sheet(self, sheet: Sheet) -> None:
        text = write_csv(sheet)
        assert dumps(read_csv(text)) == dumps(sheet)
        assert dumps(read_csv(text.encode("utf-8"))) == dumps(sheet)

    @given(sheet=hostile_sheets())
    def test_no_cell_is_a_formula(self, sheet: Sheet) -> None:
        records = csv.reader(io.StringIO(write_csv(sheet), newline=""))
        assert not [cell for record in records for cell in record if cell[:1] in ("=", "+", "-", "@", "\t", "\r")]

    @given(sheet=hostile_sheets())
    def test_json_too(self, sheet: Sheet) -> None:
        assert dumps(loads(dumps(sheet))) == dumps(sheet)
