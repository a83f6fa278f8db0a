"""Sheets and races from spreadsheets (.xlsx).

Decides what a cell says as text: a spreadsheet keeps a time as a fraction of a day and a date as a day. What the table
says is decided by `massstart.files.tableread`.
"""

import io
import re
import warnings
import zipfile
from collections.abc import Sequence
from contextlib import redirect_stdout
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from massstart.files.grid import TABLE, Grid, Record, find_header, grid, is_remark
from massstart.files.limits import BYTES, COLUMNS, LINES, too_large
from massstart.files.tableread import read_parts, read_table
from massstart.problems import InvalidRecord, MissingExtra, Problem
from massstart.race import Race
from massstart.rulebook import Rulebook
from massstart.sheet import Sheet
from massstart.words import listing, number

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet


def is_xlsx(content: str | bytes) -> bool:
    """Whether a file is a spreadsheet of this kind: a zip archive with a workbook in it."""
    if isinstance(content, str) or not content.startswith(b"PK"):
        return False
    try:
        return "xl/workbook.xml" in zipfile.ZipFile(io.BytesIO(content)).namelist()
    except Exception:  # noqa: BLE001  # whatever the library makes of a damaged file
        return b"xl/workbook.xml" in content


def read_xlsx(
    data: bytes,
    *,
    rulebook: Rulebook | str | None = None,
    sprint_laps: Sequence[int] | None = None,
    id: str = "sheet",
    part: str | None = None,
) -> Race | Sheet:
    """Read a sheet or a race from a spreadsheet.

    Args:
        data: the bytes of the file.
        rulebook: a rulebook or the id of one, where the table does not say it.
        sprint_laps: the laps of the intermediate sprints, likewise.
        id: the id, unless the table says it.
        part: which table: the name of a worksheet, or what stands in the column that parts a table.

    Raises:
        InvalidRecord: with every problem, by row and column.
        MissingExtra: openpyxl is not installed.
    """
    grids = xlsx_grids(data)
    chosen = [made for title, made in grids if title == part]
    if len(grids) > 1 and not chosen:
        titles = listing([f"{title!r}" for title, _ in grids])
        message = f"this is a spreadsheet with {number(len(grids))} sheets: {titles}"
        raise InvalidRecord([Problem("xlsx", "", message, "choose one by its name (part, --part NAME)")])
    if chosen:
        return read_table(chosen[0], rulebook=rulebook, sprint_laps=sprint_laps, id=id)
    return read_table(grids[0][1], rulebook=rulebook, sprint_laps=sprint_laps, id=id, part=part)


def read_xlsx_sheets(
    data: bytes, *, rulebook: Rulebook | str | None = None, sprint_laps: Sequence[int] | None = None, id: str = "sheet"
) -> tuple[Sheet, ...]:
    """Read every sheet of a spreadsheet.

    Raises:
        InvalidRecord: with every problem, by row and column.
        MissingExtra: openpyxl is not installed.
    """
    return tuple(
        sheet
        for _, made in xlsx_grids(data)
        for sheet in read_parts(made, rulebook=rulebook, sprint_laps=sprint_laps, id=id)
    )


def xlsx_grids(data: bytes) -> list[tuple[str, Grid]]:
    """The tables of a spreadsheet, each with the name of its worksheet; those that hold nothing left out.

    Raises:
        InvalidRecord: the file is damaged, or holds nothing.
        MissingExtra: openpyxl is not installed.
    """
    _check_sizes(data)
    # Once with what the formulas gave when the file was saved, once with the formulas.
    values, formulas = _worksheets(data, data_only=True), _worksheets(data, data_only=False)
    tables = [
        (sheet.title, records, _without_a_value(sheet, formula))
        for sheet, formula in zip(values, formulas, strict=True)
        if (records := _records(sheet)) or _without_a_value(sheet, formula)
    ]
    if not tables:
        raise InvalidRecord(
            [Problem("xlsx", "", "this is a spreadsheet, and there is nothing in it", "give one with a table")]
        )
    grids: list[tuple[str, Grid]] = []
    for title, records, unknown in tables:
        if unknown:
            message = f"the formula in {listing(unknown)} has no value"
            raise InvalidRecord([Problem("xlsx", title, message, "open the file in a spreadsheet, and save it")])
        start = find_header(records)
        if start is None:
            start = next((index for index, record in enumerate(records) if not is_remark(record)), 0)
        if len(tables) > 1:
            for index, record in enumerate(records):
                if index >= start:
                    record.cells.append(TABLE if index == start else title)
        grids.append((title, grid(records, start, kind="xlsx", unit="row")))
    return grids


#: How a worksheet writes the place of a cell, and of cells that are one.
_PLACES = re.compile(rb'<(?:c|mergeCell)\b[^>]*? r(?:ef)?="(?:[A-Z]+\d+:)?([A-Z]+)(\d+)"')


def _check_sizes(data: bytes) -> None:
    """Refuse what would be very large once it is unpacked, or laid out to its last cell."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
            names = [name for name in archive.namelist() if name.startswith("xl/worksheets/") and size <= BYTES]
            tables = [archive.read(name) for name in names]
    except Exception:  # noqa: BLE001  # of a damaged file; the reader says that it is
        return
    if size > BYTES:
        raise InvalidRecord([too_large(size, BYTES, "bytes, unpacked")])
    for column, row in (place.groups() for table in tables for place in _PLACES.finditer(table)):
        if len(row) > 7 or int(row) > LINES:
            raise InvalidRecord([too_large(int(row[:9]), LINES, "rows")])
        number = 0
        for letter in column[:4]:
            number = number * 26 + letter - ord("A") + 1
        if number > COLUMNS:
            raise InvalidRecord([too_large(number, COLUMNS, "columns")])


def _worksheets(data: bytes, *, data_only: bool) -> "list[Worksheet]":
    try:
        import openpyxl
    except ModuleNotFoundError as error:
        raise MissingExtra(
            f"{error.name} is not installed, and a spreadsheet cannot be read without it; run: pip install 'massstart[xlsx]'"
        ) from None
    try:
        with warnings.catch_warnings(), redirect_stdout(io.StringIO()):
            # What it cannot keep of a file's looks does not matter here; of a style that is missing it prints a line.
            warnings.simplefilter("ignore")
            return list(openpyxl.load_workbook(io.BytesIO(data), data_only=data_only).worksheets)
    except Exception:  # noqa: BLE001  # whatever the library makes of a damaged file
        raise InvalidRecord([Problem("xlsx", "", "the spreadsheet is damaged", "get it anew")]) from None


def _records(sheet: "Worksheet") -> list[Record]:
    """The rows that hold anything; a cell that spans several rows is said of each."""
    rows = [[cell_text(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
    for span in sheet.merged_cells.ranges:
        for index in range(span.min_row, span.max_row):
            rows[index][span.min_col - 1] = rows[span.min_row - 1][span.min_col - 1]
    width = max((index for row in rows for index, cell in enumerate(row, 1) if cell), default=0)
    return [Record(line, row[:width]) for line, row in enumerate(rows, 1) if any(row)]


def _without_a_value(sheet: "Worksheet", formulas: "Worksheet") -> list[str]:
    """The cells with a formula whose value was not saved."""
    return [
        cell.coordinate
        for row in formulas.iter_rows()
        for cell in row
        if cell.data_type == "f" and sheet[cell.coordinate].value is None
    ]


def cell_text(value: Any) -> str:
    """What a cell says, as it would stand in a CSV file.

    Example:
        >>> from datetime import datetime, time
        >>> cell_text(time(0, 7, 42, 510000)), cell_text(datetime(2025, 11, 22)), cell_text(16.0)
        ('7:42.51', '2025-11-22', '16')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, time):
        return _time_text(
            timedelta(hours=value.hour, minutes=value.minute, seconds=value.second, microseconds=value.microsecond)
        )
    if isinstance(value, timedelta):
        return _time_text(value)
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date) else str(value).strip(" ")


def _time_text(span: timedelta) -> str:
    milliseconds = round(span / timedelta(milliseconds=1))
    seconds, fraction = divmod(milliseconds, 1000)
    if seconds >= 3600:
        # No race takes hours: the spreadsheet took minutes and seconds for hours and minutes.
        return str(span)
    digits = f"{fraction:03d}" if fraction % 10 else f"{fraction // 10:02d}"
    return f"{seconds // 60}:{seconds % 60:02d}.{digits}"
