"""Sheets as CSV, such that reading it gives the same sheet.

Decides which columns are written, and how a text is kept from being taken for a formula by a spreadsheet.
"""

import json

from massstart.files.cells import UNKNOWN
from massstart.files.kinds import to_object
from massstart.files.tableread import TEXTS, is_guarded, is_read, plain_text
from massstart.sheet import Sheet, SheetRow

#: What the columns are called, as on the official sheets where they have them.
TITLES = {
    "rank": "Rnk",
    "start": "Start",
    "bib": "Nr",
    "name": "Name",
    "nation": "Country",
    "laps": "Laps",
    "sprints": "S",
    "total": "Total",
    "time": "Time",
    "mark": "Status",
    "qualified": "Q",
    "world_cup_points": "WC points",
    "world_cup_replaced": "Replaced",
}


def write_csv(sheet: Sheet) -> str:
    """Write a sheet as CSV: lines ``# key: value``, a header, a row a line.

    A text that begins with ``=``, ``+``, ``-`` or ``@`` is written with an apostrophe before it, so that no
    spreadsheet runs it as a formula; `massstart.files.csvread.read_csv` takes the apostrophe off again.

    Example:
        >>> from massstart import Sheet, SheetRow
        >>> print(write_csv(Sheet(id="demo", rulebook="isu-2018", rows=[SheetRow(rank=1, name="=A1", total=60)])))
        # id: demo
        # rulebook: isu-2018
        # laps: 16
        Rnk,Name,Total
        1,'=A1,60
        <BLANKLINE>
    """
    columns = [
        key for key in TITLES if key in ("rank", "name") or any(getattr(row, key) is not None for row in sheet.rows)
    ]
    if "world_cup_replaced" in columns and all(row.world_cup_replaced is not False for row in sheet.rows):
        # Without a "no" to write, the printed (N) says it all.
        columns[-1:] = [] if "world_cup_points" in columns else ["world_cup_points"]
    count = len(sheet.rulebook.sprint_laps) + 1
    sprints = [f"S{number}" for number in range(1, count + 1)]
    records = [[line] for line in _head(sheet)]
    records.append([title for key in columns for title in (sprints if key == "sprints" else [TITLES[key]])])
    for row in sheet.rows:
        cells = [
            cell
            for key in columns
            for cell in (_sprints(row, count) if key == "sprints" else [_cell(row, key, columns)])
        ]
        # A row of which nothing is known would look like an empty line.
        records.append(cells if any(cells) else [UNKNOWN, *cells[1:]])
    return "".join(",".join(map(_quoted, record)) + "\n" for record in records)


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if any(character in cell for character in ',;\t"\r\n') else cell


def _sprints(row: SheetRow, count: int) -> list[str]:
    return [UNKNOWN] * count if row.sprints is None else [str(points) for points in row.sprints]


def _cell(row: SheetRow, key: str, columns: list[str]) -> str:
    value = getattr(row, key)
    if key == "world_cup_points" and row.world_cup_replaced and "world_cup_replaced" not in columns:
        return f"(N){'' if value is None else value}"
    if value is None:
        return ""
    if key in TEXTS:
        return f"'{value}" if is_read(key, value) or is_guarded(value) or plain_text(value) != value else value
    if key == "world_cup_replaced":
        return "yes" if value else "no"
    return str(value)


def _head(sheet: Sheet) -> list[str]:
    found = to_object(sheet)
    lines = [f"# {key}: {_text(found[key])}" for key in ("id", "competition", "date", "event", "round") if key in found]
    book = found["rulebook"]
    lines.append(f"# rulebook: {book if isinstance(book, str) else json.dumps(book)}")
    lines += [f"# {key}: {found[key]}" for key in ("laps", "advance", "starters") if key in found]
    if sheet.advance is None and any(row.qualified == "Q" for row in sheet.rows):
        # The marks alone would say how many go on.
        lines.append("# advance: none")
    lines += [] if sheet.complete else ["# complete: no"]
    return lines + [f"# source: {_text(source)}" for source in sheet.sources]


def _text(text: str) -> str:
    """A text of the head; as JSON where it would not come back as it is."""
    plain = text.isprintable() and text == text.strip(" ,;\t") and not text.startswith('"')
    return text if plain and text else json.dumps(text)
