"""A season ranking from a table: CSV, pasted text or a spreadsheet.

Decides which columns are competitions: those between the skater and the total whose headings mean nothing else.
"""

from typing import Any

from massstart.files.cells import BLANKS, UNKNOWN, NotRead, rank_of, whole
from massstart.files.csvread import text_grid
from massstart.files.grid import Grid
from massstart.files.tableread import head
from massstart.files.xlsxread import is_xlsx, xlsx_grids
from massstart.nations import nation_code
from massstart.problems import InvalidRecord, Problem
from massstart.season.ranking import Standings, StandingsRow

#: What is read of a season ranking, besides its competitions.
_KEYS = ("rank", "name", "given", "family", "nation", "total")


def standings_from_table(content: str | bytes) -> Standings:
    r"""A season ranking from a table.

    Raises:
        InvalidRecord: with every problem, by line and column.
        MissingExtra: names of countries, or a spreadsheet, and the extra is not installed.

    Example:
        >>> season = standings_from_table("Rank;Name;Nation;Hamar;Calgary;Points\n1;Ann;NED;60;48;108\n2;Bea;Italia;40;60;100\n")
        >>> [(row.name, row.nation, row.points, row.total) for row in season]
        [('Ann', 'NED', (60, 48), 108), ('Bea', 'ITA', (40, 60), 100)]
    """
    made = xlsx_grids(content)[0][1] if isinstance(content, bytes) and is_xlsx(content) else text_grid(content)
    keys = ["total" if key in ("points", "world_cup_points") else key for key in made.keys]
    competitions = [index for index, key in enumerate(keys) if key is None or (key and key[0] == "S")]
    for index, key in enumerate(keys):
        if key and (key not in _KEYS or keys.count(key) > 1) and index not in competitions:
            made.refuse(
                made.header.line, "", f"{made.header.cells[index]!r} has no place in a season ranking", "remove it"
            )
    for key in [key for key in ("rank", "total") if key not in keys]:
        made.refuse(made.header.line, "", f"no column holds the {key}", "add Rank, Name, Country and Total")
    said = head(made)
    for key in [key for key in said if key not in ("id", "competition", "event", "date", "sources")]:
        if key not in ("junior", "round"):
            made.refuse(made.header.line, "", f"the head of a season ranking has no {key!r}", "remove the line")
        del said[key]
    if made.problems:
        raise InvalidRecord(made.problems)
    rows = [_row(made, index, keys, competitions) for index in range(len(made.rows))]
    if made.problems:
        raise InvalidRecord(made.problems)
    after: dict[str, Any] = {"after": len(competitions)} if competitions else {}
    facts: dict[str, Any] = said | after
    return Standings(**facts, rows=[StandingsRow(**row) for row in rows], warnings=tuple(made.warnings))


def _row(made: Grid, index: int, keys: list[str | None], competitions: list[int]) -> dict[str, Any]:
    record = made.rows[index]
    cells = [cell.strip() for cell in [*record.cells, *[""] * len(keys)][: len(keys)]]
    row: dict[str, Any] = {"rank": 0, "total": 0}
    for place, (key, cell) in enumerate(zip(keys, cells, strict=True)):
        try:
            if key in ("rank", "total"):
                row[key] = rank_of(cell) if key == "rank" else whole(cell)
            elif key == "nation" and cell not in BLANKS:
                row[key] = nation_code(cell)
            elif place in competitions:
                row.setdefault("points", []).append(None if cell in (*BLANKS, UNKNOWN) else whole(cell))
        except NotRead as wrong:
            message, remedy = wrong.args
            where = f"{made.unit} {record.line}, column {made.header.cells[place]}"
            made.problems.append(Problem(made.kind, where, message, remedy))
    names = [
        cell
        for wanted in ("name", "given", "family")
        for key, cell in zip(keys, cells, strict=True)
        if key == wanted and cell
    ]
    return row | ({"name": " ".join(names)} if names else {})
