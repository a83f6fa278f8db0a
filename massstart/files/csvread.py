"""Sheets and races from text: CSV with any usual delimiter, or a table pasted from a page or a PDF.

Decides where the cells of a text begin and end. What the table says is decided by `massstart.files.tableread`.
"""

import csv
import io
from collections.abc import Sequence

from massstart.files.grid import Grid, Record, find_header, grid, headings_of, is_remark, known_headings
from massstart.files.pasteread import pasted, unheaded
from massstart.files.tableread import read_table
from massstart.problems import InvalidRecord, Problem
from massstart.race import Race
from massstart.rulebook import Rulebook
from massstart.sheet import Sheet

_DELIMITERS = ",;\t|"


def read_csv(
    text: str | bytes,
    *,
    rulebook: Rulebook | str | None = None,
    sprint_laps: Sequence[int] | None = None,
    id: str = "sheet",
    part: str | None = None,
) -> Race | Sheet:
    r"""Read a sheet, or a race: a file with a column ``Line`` (place across the line) is a race.

    Args:
        text: the file.
        rulebook: a rulebook or the id of one; that of the line ``# rulebook: ...``, of the date, or of the points,
            unless given.
        sprint_laps: the laps of the intermediate sprints, where they are not the rulebook's.
        id: the id, unless the file has a line ``# id: ...``.
        part: which sheet, where a column such as ``Semifinal`` parts the table into several: what stands in it.

    Raises:
        InvalidRecord: with every problem, by line and column.
        MissingExtra: names of countries, and the extra ``nations`` is not installed.

    Example:
        >>> sheet = read_csv("Rank;Skater;S1;S2;S3;S4;Total;Time\n1;Ann;;;3;60;63;7:39,20\n", rulebook="isu-2024")
        >>> sheet.rows[0].sprints, str(sheet.rows[0].time)
        ((0, 0, 3, 60), '7:39.20')
    """
    return read_table(text_grid(text), rulebook=rulebook, sprint_laps=sprint_laps, id=id, part=part)


def looks_like_table(text: str | bytes) -> bool:
    """Whether a text has a header of a sheet or a race, at least two columns that are known, or plain columns."""
    try:
        return _found(_decode(text)) is not None
    except InvalidRecord as error:
        if isinstance(text, str):
            return error.problems[0].kind == "size"  # a table, and the reader then says that it is too large
        # In other letters than UTF-8 it may be one all the same; the reader then says so.
        letters = text.decode("latin-1")
        lines = letters.splitlines()
        return any(known_headings(line.split(delimiter)) > 1 for line in lines for delimiter in _DELIMITERS)


def text_grid(text: str | bytes) -> Grid:
    """The table in a text.

    Raises:
        InvalidRecord: there is none.
    """
    text = _decode(text)
    found = _found(text)
    if found is not None:
        return found
    records = _records(text, _likeliest(text))
    start = next((index for index, record in enumerate(records) if not is_remark(record)), None)
    if start is None:
        raise InvalidRecord([Problem("csv", "", "there is no header", "name the columns: Rnk, Name, Total, Time")])
    return grid(_joined(records, start, _likeliest(text)), start)


def _decode(text: str | bytes) -> str:
    if isinstance(text, str):
        return text.removeprefix("\ufeff")
    if text[:2] in (b"\xff\xfe", b"\xfe\xff"):
        # What a spreadsheet calls Unicode text.
        return text.decode("utf-16", "replace").removeprefix("\ufeff")
    try:
        return text.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = text[: error.start].count(b"\n") + 1
        message = f"not UTF-8 text ({error.reason})"
        raise InvalidRecord([Problem("csv", f"line {line}", message, "save the file as CSV UTF-8")]) from None


def _found(text: str) -> Grid | None:
    """The table under the delimiter that makes the most columns known, else a pasted one, else one without header."""
    best: tuple[int, str, list[Record], int] | None = None
    errors: list[InvalidRecord] = []
    for delimiter in _DELIMITERS:
        try:
            records = _records(text, delimiter)
        except InvalidRecord as error:
            errors.append(error)
            continue
        start = find_header(records)
        known = 0 if start is None else known_headings(headings_of(records[start]))
        if start is not None and (best is None or known > best[0]):
            best = known, delimiter, records, start
    if best is not None:
        _, delimiter, records, start = best
        return grid(_joined(records, start, delimiter), start)
    if errors:
        raise errors[0]
    return pasted(_lines(text)) or next(
        (made for delimiter in _DELIMITERS if (made := unheaded(_records(text, delimiter)))), unheaded(_lines(text))
    )


def _likeliest(text: str) -> str:
    return max(_DELIMITERS, key=text.count)


def _lines(text: str) -> list[Record]:
    return [Record(number, [line]) for number, line in enumerate(text.splitlines(), 1) if line.strip()]


def _records(text: str, delimiter: str) -> list[Record]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=delimiter in ",;")
    records: list[Record] = []
    line = 1
    try:
        for cells in reader:
            # "sep=;" is what a spreadsheet is told in the first line, |---| how Markdown underlines its headings.
            told = line == 1 and bool(cells) and cells[0].strip().casefold().startswith("sep=")
            if any(cell.strip().strip(" -:") for cell in cells) and not told:
                records.append(Record(line, cells))
            line = reader.line_num + 1
    except csv.Error as error:
        raise InvalidRecord(
            [Problem("csv", f"line {line}", f"this is not CSV: {error}", "correct the quotes")]
        ) from None
    return records


def _joined(records: Sequence[Record], start: int, delimiter: str) -> list[Record]:
    """The lines with those above the header put together: a spreadsheet cuts them at commas, and fills them up."""
    above = [Record(one.line, [delimiter.join(one.cells).rstrip(delimiter + " ")]) for one in records[:start]]
    return [*above, *records[start:]]
