"""Official result sheets from PDF.

Decides which words of a page make a line, which line is the header of the table, and which column a word stands in:
the one whose heading it stands under. So a blank cell is blank by its place, and no coordinate is fixed. What the
columns are called stands in `massstart.files.headings`, what surrounds the table in `massstart.files.sheethead`. A row
that cannot be read without guessing is refused, with its place.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from attrs import Factory, define, evolve, frozen

from massstart.files.cells import RowRead, sheet_rows
from massstart.files.headings import check_headings, sprint_keys
from massstart.files.limits import ENTRIES, check_size
from massstart.files.pdfletters import UNKNOWN, Word, letters_by_page
from massstart.files.rulebookchoice import choose
from massstart.files.sheethead import UNDER_THE_TABLE, head, heading
from massstart.marks import status_of
from massstart.problems import InvalidRecord, Problem
from massstart.rulebook import Rulebook
from massstart.sheet import Sheet, SheetRow

Line = list[Word]


@frozen
class Column:
    """A column of the table: its key, and where its heading stands."""

    key: str
    x0: float
    x1: float


def read_pdf(data: bytes, *, rulebook: Rulebook | str | None = None, sprint_laps: Sequence[int] | None = None) -> Sheet:
    """Read an official result sheet.

    Args:
        data: the bytes of the file.
        rulebook: a rulebook or the id of one; that of the printed date unless given.
        sprint_laps: the laps of the intermediate sprints, where they are not the rulebook's; no sheet prints them.

    Raises:
        InvalidRecord: no PDF, no result of a mass start, or a row that cannot be read for sure.
        MissingExtra: pypdfium2 is not installed.
    """
    return read_pages(
        [_lines(letters) for letters in letters_by_page(data)], rulebook=rulebook, sprint_laps=sprint_laps
    )


# --- from letters to lines of words ----------------------------------------------------------------------


def _lines(letters: Sequence[Word]) -> list[Line]:
    """The lines of a page from the top, each with its words from the left."""
    lines: list[Line] = []
    for letter in sorted(letters, key=lambda letter: letter.top):
        # Two lines of a broken name can lie closer to the next row than their own height, so tops decide.
        if lines and letter.top - lines[-1][0].top <= max(letter.size, lines[-1][0].size) / 4:
            lines[-1].append(letter)
        else:
            lines.append([letter])
    return [_join(_printed_once(sorted(line, key=lambda letter: letter.x0)), 0.18, "") for line in lines]


def _printed_once(letters: Sequence[Word]) -> Line:
    """The letters of a line, without those that are printed a second time, a little aside, to look bold."""
    once: Line = []
    for letter in letters:
        # The next letter begins where the last one ends; the same letter again begins within it.
        aside = max(0.4 * (letter.x1 - letter.x0), 0.13 * letter.size)
        if not any(letter.text == before.text and letter.x0 - before.x0 < aside for before in once[-4:]):
            once.append(letter)
    return once


def _join(words: Sequence[Word], gap: float, between: str) -> Line:
    """Words put together wherever the gap is less than this share of their height."""
    joined: Line = []
    for word in words:
        latest = joined[-1] if joined else None
        if latest and word.x0 - latest.x1 < gap * max(word.size, latest.size):
            box = min(latest.top, word.top), max(latest.bottom, word.bottom)
            joined[-1] = Word(latest.text + between + word.text, latest.x0, max(latest.x1, word.x1), *box)
        else:
            joined.append(word)
    return joined


def _text(line: Line) -> str:
    return " ".join(word.text for word in line)


# --- from lines to a sheet -------------------------------------------------------------------------------

#: A gap between two words of one cell is smaller than this share of their height.
_WITHIN_A_CELL = 0.5
#: The second line of a name follows within this many heights: 1.2 on the official sheets, whose rows are 1.6 apart.
_NEXT_LINE = 1.4


@define
class _Row:
    """A row as it is found: its place, the words by column, and where its name's last line stands."""

    where: str
    cells: dict[str, Line]
    stray: Line
    name_top: float = 0
    section: str = ""


@define
class _Table:
    """The table as it is found, page by page."""

    columns: list[Column] = Factory(list)
    rows: list[_Row] = Factory(list)
    problems: list[Problem] = Factory(list)

    def refuse(self, where: str, message: str, remedy: str) -> None:
        self.problems.append(Problem("pdf", where, message, remedy))


def read_pages(
    pages: Sequence[Sequence[Line]],
    *,
    rulebook: Rulebook | str | None = None,
    sprint_laps: Sequence[int] | None = None,
) -> Sheet:
    """A sheet from the lines of its pages."""
    table = _Table()
    said: dict[str, Any] | None = None
    for number, lines in enumerate(pages, 1):
        where = f"page {number}"
        start = next((index for index, line in enumerate(lines) if len(_known(line)) >= 4), None)
        if start is None:
            if table.columns and any(_is_row(_cells(line, table.columns)[0]) for line in lines):
                table.refuse(where, "the rows here have no header above them", "give the sheet as it was published")
            continue
        found = head([_text(line) for line in lines[:start]]) if start else said
        if found is None or (said is not None and found != said):
            other = "another result begins here" if said else "this is no result of a mass start"
            table.refuse(where, other, "give one sheet of a mass start")
            break
        said = found
        body = _read_header(table, where, lines, start)
        if table.problems:
            break
        before = len(table.rows)
        _read_rows(table, where, body)
        _check_anew(table, where, before)
    if said is None and not table.problems:
        table.refuse("", "this is no result of a mass start: no page has a header such as Rnk, Name, Time", "give one")
    if not table.rows and not table.problems:
        table.refuse("", "the table has no rows", "give a sheet with a result")
    if said is None or table.problems:
        raise InvalidRecord(table.problems)
    check_size(table.rows, ENTRIES, "rows")
    return _sheet(said, table, rulebook, sprint_laps)


def _known(line: Line) -> list[Word]:
    return [word for word in _join(line, _WITHIN_A_CELL, " ") if heading(word.text)]


def _read_header(table: _Table, where: str, lines: Sequence[Line], start: int) -> Sequence[Line]:
    """Take the columns from the header; what remains is the body."""
    headings = _join(lines[start], _WITHIN_A_CELL, " ")
    body = lines[start + 1 :]
    if (
        body
        and body[0][0].top - headings[0].top < _NEXT_LINE * headings[0].size
        and not re.search(r"\d", _text(body[0]))
    ):
        second = _join(body[0], _WITHIN_A_CELL, " ")
        for word in second:
            over = [index for index, first in enumerate(headings) if _overlap(first, word) > 0]
            for index in over[:1]:
                headings[index] = evolve(headings[index], text=f"{headings[index].text} {word.text}")
        body = body[1:]
    keys = [heading(word.text) for word in headings]
    if "points" in keys and "total" in keys:
        keys[keys.index("points")] = "world_cup_points"
    elif "points" in keys:
        message = f"{headings[keys.index('points')].text!r} can be the points of the race or of the World Cup"
        table.refuse(f"{where}, header", message, "give the sheet as it was published")
    columns = [Column(key or "", word.x0, word.x1) for key, word in zip(keys, headings, strict=True)]
    for message, remedy in check_headings([word.text for word in headings], keys):
        table.refuse(f"{where}, header", message, remedy)
    if table.columns and [one.key for one in columns] != [one.key for one in table.columns]:
        table.refuse(f"{where}, header", "other columns than on the page before", "give one sheet of a mass start")
    table.columns = columns
    return body


def _overlap(one: Word | Column, other: Word | Column) -> float:
    return min(one.x1, other.x1) - max(one.x0, other.x0)


def _cells(line: Line, columns: Sequence[Column]) -> tuple[dict[str, Line], Line]:
    """The words of a line by column, and those that stand in none for sure."""
    cells: dict[str, Line] = {}
    stray: Line = []
    for group in _groups(line):
        over = [{column.key for column in columns if _overlap(word, column) > 0} for word in group]
        known = {key for keys in over for key in keys}
        for word, keys in zip(group, over, strict=True):
            # A word under no heading belongs to the others of its group, if these stand in one column.
            found = set(keys or known)
            if len(found) == 1:
                cells.setdefault(found.pop(), []).append(word)
            else:
                stray.append(word)
    return cells, stray


def _groups(line: Line) -> Iterator[Line]:
    """The words of a line, those that stand close together in one group."""
    group: Line = []
    for word in line:
        if group and word.x0 - group[-1].x1 >= _WITHIN_A_CELL * max(word.size, group[-1].size):
            yield group
            group = []
        group.append(word)
    yield group


def _is_row(cells: Mapping[str, Line]) -> bool:
    """Whether a line can only be a row: a rank and two more cells, or a name with a number or a nation."""
    rank, bib, nation, name = (_text(cells.get(key, [])) for key in ("rank", "bib", "nation", "name"))
    named = bool(re.search(r"[^\W\d_]", name))
    return (
        (bool(re.fullmatch(r"[0-9]+|[A-Z]{2,3}", rank)) and len(cells) > 2)
        or (named and bool(re.fullmatch(r"[0-9]+", rank) or re.fullmatch(r"[0-9]+", bib)))
        or (named and bool(re.fullmatch(r"[A-Z]{3}", nation)))
    )


def _read_rows(table: _Table, where: str, body: Sequence[Line]) -> None:
    """Take the rows from the lines under a header, up to the first line that is none."""
    ended = False
    first = len(table.rows)
    section = ""
    for line in body:
        cells, stray = _cells(line, table.columns)
        place = f"{where}, row {len(table.rows) + 1}"
        if ended:
            if _is_row(cells):
                table.refuse(where, f"a row after the end of the table: {_text(line)!r}", "give the sheet as published")
        elif UNDER_THE_TABLE.match(_text(line)):
            ended = True
        elif status_of(_text(line)) is not None and cells.keys() <= {"rank", "bib", "name", "nation"}:
            # "Disqualified" by itself is said of the rows below.
            section = _text(line)
        elif len(cells) > 3 or _is_row(cells):
            table.rows.append(_Row(place, cells, stray, line[0].top, section))
        elif not stray and cells.keys() == {"name"} and len(table.rows) > first and _continues(table.rows[-1], line):
            table.rows[-1].cells["name"] += line
            table.rows[-1].name_top = line[0].top
        elif cells.keys() == {"name"}:
            table.refuse(place, f"whose name is {_text(line)!r}?", "give the sheet as it was published")
        else:
            ended = True


def _check_anew(table: _Table, where: str, first: int) -> None:
    """Refuse a page that has a row of an earlier page again: the sheet stands in the file twice."""
    earlier = {_all_words(row): row.where for row in table.rows[:first]}
    again = next((row for row in table.rows[first:] if _all_words(row) in earlier), None)
    if again is not None:
        message = f"{_all_words(again)!r} stands here again, as on {earlier[_all_words(again)]}"
        table.refuse(where, message, "give the sheet once")


def _all_words(row: _Row) -> str:
    return " ".join(_words(words) for words in row.cells.values())


def _continues(row: _Row, line: Line) -> bool:
    """Whether a line goes on with the name of the row above: the next line in the same letters."""
    name = row.cells.get("name")
    if not name:
        return False
    size = name[0].size
    return abs(line[0].size - size) < size / 10 and line[0].top - row.name_top < _NEXT_LINE * size


def _sheet(
    said: dict[str, Any], table: _Table, rulebook: Rulebook | str | None, sprint_laps: Sequence[int] | None
) -> Sheet:
    rows = _read_cells(table)
    laps = max((row["laps"] for row in rows if row.get("laps")), default=None)
    junior = said.pop("junior")
    book = choose(rulebook, said["date"], junior=junior, laps=laps, sprint_laps=sprint_laps)
    columns = len(sprint_keys([column.key for column in table.columns]))
    if isinstance(book, Problem):
        table.problems.append(evolve(book, where="page 1"))
    elif columns not in (0, len(book.sprint_laps) + 1):
        table.refuse(
            "page 1, header",
            f"{columns} sprints, but {book.id} has {len(book.sprint_laps) + 1}, and the sheet does not print their laps",
            "give the laps of the intermediate sprints (sprint_laps, --sprint-laps), or another rulebook",
        )
    if table.problems or isinstance(book, Problem):
        raise InvalidRecord(table.problems)
    given = {} if laps is None else {"laps": laps}
    return Sheet(**said, **given, rulebook=book, rows=[SheetRow(**row) for row in rows])


def _read_cells(table: _Table) -> list[dict[str, Any]]:
    """The fields of the rows; what is wrong with a cell is refused with its place."""
    texts: list[dict[str, str | None]] = []
    for row in table.rows:
        cells: dict[str, str | None] = {column.key: None for column in table.columns}
        cells |= {key: _words(words) for key, words in row.cells.items()}
        if row.section and not any(status_of(text) for text in cells.values() if text):
            cells["mark"] = row.section
        texts.append(cells)
    read = sheet_rows(texts, [("nation",)] * len(texts))
    for row, cells, fields in zip(table.rows, texts, read, strict=True):
        _check_row(table, row, cells, fields)
    return [fields.fields for fields in read]


def _check_row(table: _Table, row: _Row, cells: Mapping[str, str | None], read: RowRead) -> None:
    for word in row.stray:
        table.refuse(row.where, f"{word.text!r} stands under no heading for sure", "give the sheet as published")
    for problem in read.problems:
        table.refuse(f"{row.where}, {problem.key}", problem.message, problem.remedy)
    if UNKNOWN in (cells.get("name") or ""):
        message = f"the PDF does not tell every letter of {cells['name']!r}"
        table.refuse(f"{row.where}, name", message, "copy the sheet into CSV, with the name in full")
    if cells.get("nation") and not re.fullmatch(r"[A-Z]{3}", cells["nation"] or ""):
        table.refuse(
            f"{row.where}, nation", f"{cells['nation']!r} is not a nation", "give the sheet as it was published"
        )
    for key in ("rank", "name"):
        if key in cells and cells[key] is None and not (row.stray or (key == "rank" and "mark" in read.fields)):
            table.refuse(f"{row.where}, {key}", "the cell is empty", "give the sheet as it was published")


def _words(line: Line) -> str:
    """The text of a cell; a name broken after a hyphen is put together."""
    text = line[0].text
    for before, word in pairwise(line):
        broken = word.top > before.bottom - before.size / 4 and text.endswith("-")
        text += word.text if broken else f" {word.text}"
    return text
