"""No cell of a table is lost: it shows up in the sheet, in a warning, or in a problem."""

import contextlib
import csv
import io
import re
from typing import Any

import pytest
from attrs import asdict, evolve
from hypothesis import given
from hypothesis import strategies as st

from massstart import InvalidRecord, Race, Sheet
from massstart.files.headings import HEADINGS, key_of
from massstart.files.loading import read_content
from massstart.files.parts import read_sheets
from massstart.files.rankingtable import standings_from_table
from massstart.marks import MARKS, status_of, without_footnote
from massstart.nations import nation_code
from massstart.season.ranking import Standings
from massstart.testing import sheets

#: Cells that a column may hold or not.
CELLS = st.sampled_from(
    [
        "1", "2", "3", "16", "9", "60", "40", "7:42.97", "7:42.97(6)", "7:42,9", "7'42\"97", "462.97", "0.005353", "+0.23", "DNF",
        "DQ T25", "RET", "NC", "Abd", "x", "Q", "q", "(N)43", "NED", "Norwegen", "ROC", "Ann Bo", "gold", "2nd", "=3", "?", "-", "",
        "yes", "fell", "Q, DNF", "1 / 100", "0", "0.00",
    ]
)  # fmt: skip
ONE_OF_EACH = [(key, name) for key, names in HEADINGS.items() for name in names]


#: What a column usually holds; any other cell is drawn for the rest.
USUAL = {
    "rank": ["1", "2", "3.", "=4", "gold", "DNF", "-"],
    "start": ["1", "2"],
    "bib": ["7", "87"],
    "name": ["Ann Bo", "Cleo Po"],
    "given": ["Ann", "Bea"],
    "family": ["Orr", "Key"],
    "nation": ["NED", "Norwegen", "ROC", "Paesi Bassi"],
    "laps": ["16", "9"],
    "total": ["60", "44", "0"],
    "points": ["60", "44", "0"],
    "time": ["7:42.97", "7'43\"01", "0:07:44,10", "DQ T25", "+0.23", ""],
    "seconds": ["", "462.97"],
    "behind": ["", "+0.23", "0"],
    "mark": ["", "DNF", "RET", "D.Q."],
    "notes": ["", "Q", "q", "fell", "Q, fell"],
    "qualified": ["Q", "q", ""],
    "world_cup_points": ["60", "(N)43", "54"],
    "world_cup_replaced": ["yes", "no"],
    "S": ["1", "2", "3", ""],
}


@st.composite
def tables(draw: st.DrawFn) -> list[list[str]]:
    """A header with any headings, and rows of cells that mostly are what the column usually holds."""
    keys = [
        "name",
        *draw(st.lists(st.sampled_from(sorted(set(HEADINGS) - {"name"})), min_size=1, max_size=6, unique=True)),
    ]
    header = [draw(st.sampled_from(HEADINGS[key])) for key in keys]
    if draw(st.booleans()):
        header += ["S1", "S2", "S3", "S4"]
        keys += ["S"] * 4
    last = draw(st.sampled_from(["", "#", None]))
    header += [] if last is None else [last]
    keys += [] if last is None else [last]
    usual = [st.sampled_from(USUAL.get(key, ["1", ""])) for key in keys]
    rows = draw(st.lists(st.tuples(*usual).map(list), min_size=1, max_size=4))
    if draw(st.integers(0, 3)) == 3:
        rows[0][draw(st.integers(0, len(keys) - 1))] = draw(CELLS)
    return [header, *rows]


def written(table: list[list[str]]) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=";", lineterminator="\n").writerows(table)
    return f"# rulebook: isu-2018\n{out.getvalue()}"


def facts(record: Race | Sheet) -> str:
    """Everything that a record holds, and what was left out, as one text."""
    assert isinstance(record, Sheet)
    values = [[str(value) for value in asdict(row, recurse=False).values()] for row in record.rows]
    head = (record.id, record.round, record.event, record.competition)
    return " ".join(map(str, (*head, *values, *record.warnings)))


#: Cells that are kept in another spelling.
SPELT = {"gold": "1", "2nd": "2", "=3": "3", "yes": "True"}


def says(cell: str, text: str) -> bool:
    """Whether a text has what a cell says, in whatever spelling; of several notes, each."""
    if "," in cell and not any(letter.isdigit() for letter in cell):
        return all(says(part.strip(), text) for part in cell.split(","))
    digits = re.findall(r"[0-9]+", cell)
    spelt = [
        cell.casefold(),
        nation_code(cell).casefold(),
        without_footnote(cell).casefold(),
        SPELT.get(cell, cell).casefold(),
    ]
    known = any(spelling in text.casefold() for spelling in spelt)
    return known or (bool(digits) and all(str(int(part)) in text for part in digits))


class TestNoCellIsLost:
    """Each cell that says something is in the sheet, in a warning, or in a problem."""

    @given(table=tables())
    def test_any_table(self, table: list[list[str]]) -> None:
        try:
            record = read_content(written(table), "any.csv", part=None)
        except InvalidRecord:
            return
        if isinstance(record, Race):
            return
        text = facts(record)
        header, *rows = table
        for row in rows:
            for heading, cell in zip(header, row, strict=True):
                follows = key_of(heading) in ("behind", "seconds") or (not heading and cell == "0")
                if cell not in ("", "-", "?") and not follows and cell not in ("0.005353", "462.97", "+0.23"):
                    assert says(cell, text), (heading, cell, text)

    @given(sheet=sheets(), random=st.randoms())
    def test_sheet_in_any_language_and_order_is_the_same(self, sheet: Sheet, random: Any) -> None:
        """Headings of one column are one heading; an order of columns says nothing."""
        named = evolve(sheet, rows=[evolve(row, name=row.name or f"S {index}") for index, row in enumerate(sheet.rows)])
        keys = [key for key in ("rank", "bib", "name", "laps", "total", "time", "mark", "qualified") if key]
        columns = [(random.choice(HEADINGS[key]), [getattr(row, key) for row in named.rows]) for key in keys]
        printed = all(row.sprints is not None for row in named.rows)
        if printed:
            width = len(named.rulebook.sprint_laps) + 1
            columns += [(f"S{n}", [(row.sprints or ())[n - 1] for row in named.rows]) for n in range(1, width + 1)]
        random.shuffle(columns)
        lines = [[heading for heading, _ in columns]]
        lines += [
            ["" if cells[index] is None else str(cells[index]) for _, cells in columns]
            for index in range(len(named.rows))
        ]
        out = io.StringIO()
        csv.writer(out, delimiter=random.choice(";,\t|")).writerows(lines)
        read = read_content(out.getvalue(), "any.csv", rulebook=named.rulebook)
        assert isinstance(read, Sheet)
        wanted = [
            evolve(
                row,
                nation=None,
                world_cup_points=None,
                world_cup_replaced=None,
                sprints=row.sprints if printed else None,
            )
            for row in named.rows
        ]
        assert list(read.rows) == wanted


#: What makes tables, in any order.
PIECES = st.sampled_from(
    [
        "Rank", "Name", "Total", "Time", "S1", "Nr", "Line", "Points", "Semifinal", "#", "# date: ", "sep=;", "\n", "\r\n", "\t", ",", ";",
        "|", " ", '"', "'", "/", "1", "2", "60", "7:42.97", "(6)", "DNF", "DQ T25", "NED", "Norway", "Ann", "Bo", "Referee:", "\ufeff",
        "Mass Start Men", "\0", "+0.23", "?", "-", "=A1", "\uff12", "第1位", "16 Nov 2025", "{", "[",
    ]
)  # fmt: skip


class TestAnyText:
    """Any text is a record, or has problems; nothing else happens."""

    @given(pieces=st.lists(PIECES | st.text(max_size=2), max_size=40), name=st.sampled_from(["", "x.csv", "x.tsv"]))
    def test_record_or_problems(self, pieces: list[str], name: str) -> None:
        for content in ("".join(pieces), "".join(pieces).encode("utf-8", "surrogatepass")):
            with contextlib.suppress(InvalidRecord):
                assert isinstance(read_content(content, name, rulebook="isu-2018"), Race | Sheet)
            with contextlib.suppress(InvalidRecord):
                assert all(isinstance(sheet, Sheet) for sheet in read_sheets(content, name))
            with contextlib.suppress(InvalidRecord):
                assert isinstance(standings_from_table(content), Standings)


class TestEveryHeading:
    """Each heading of the table, in each language, means the column under which it stands."""

    @pytest.mark.parametrize(("key", "name"), ONE_OF_EACH)
    def test_heading(self, key: str, name: str) -> None:
        for spelling in (
            name,
            name.upper(),
            f" {name}. ",
            f"{name}[1]",
            name.replace(" ", "_"),
            name.replace(" ", "-"),
        ):
            assert key_of(spelling) == key, spelling


class TestEveryMark:
    """A mark has its meaning wherever it can stand."""

    @pytest.mark.parametrize("mark", [mark for marks in MARKS.values() for mark in marks])
    @pytest.mark.parametrize("column", ["Rank", "Time", "Status", "Total"])
    def test_mark(self, mark: str, column: str) -> None:
        read = read_content(f"Name;{column}\nAnn;{mark}\n", rulebook="isu-2018")
        assert isinstance(read, Sheet)
        assert status_of(read.rows[0].mark or "") == status_of(mark)
