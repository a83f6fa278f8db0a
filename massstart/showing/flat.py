"""A shown table as CSV: nothing in it is marked, and no spreadsheet runs it as a formula.

Decides what stands in the rows. A sheet without reasons is written so that it reads back as the sheet.
"""

import csv
from collections.abc import Iterable
from io import StringIO

from massstart.files.csvwrite import write_csv
from massstart.sheet import Sheet
from massstart.showing.model.cells import Table
from massstart.verification import Verification


def flat(value: object, table: Table) -> str:
    """The value as CSV; its table says what is shown of it."""
    if isinstance(value, Sheet) and not any(line.reason for line in table.lines):
        return write_csv(value)
    return _csv(_findings(value) if isinstance(value, Verification) else _rows(table))


def _rows(table: Table) -> Iterable[list[str]]:
    reasons = any(line.reason for line in table.lines)
    yield [column.heading for column in table.columns] + ["Reason"] * reasons
    for line in table.lines:
        yield [cell.text for cell in line.cells] + [line.reason] * reasons


def _findings(report: Verification) -> Iterable[list[object]]:
    yield ["kind", "row", "column", "printed", "expected", "message"]
    for one in report.findings:
        yield [one.kind, one.row, one.column, one.printed, one.expected, one.message]


def _csv(rows: Iterable[Iterable[object]]) -> str:
    out = StringIO()
    csv.writer(out, lineterminator="\n").writerows(map(_harmless, row) for row in rows)
    return out.getvalue()


def _harmless(cell: object) -> object:
    """A cell that no spreadsheet runs as a formula."""
    if cell == "-":
        return ""  # a table's sign for nothing
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(("=", "+", "-", "@")) else cell
