"""A table as it stands in a file: the lines above it, its headings, its rows of cells.

Decides which line is the header, and what the headings leave to the cells to tell: whether ``Points`` are those of the
race or of the World Cup, whether ``#`` is a rank or a number. Where the cells come from is decided by
`massstart.files.csvread`, `massstart.files.pasteread` and `massstart.files.xlsxread`.
"""

import re
from collections.abc import Sequence

from attrs import Factory, define

from massstart.files.cells import BLANKS, rank_of
from massstart.files.headings import check_headings, key_of
from massstart.files.limits import COLUMNS, check_size
from massstart.problems import Problem
from massstart.season.worldcup import TABLES

#: A header stands within the first lines of a file.
_SEARCHED = 40
#: Points as in a World Cup: with a larger share they are, with a smaller they are not; a sheet may have misprints.
_WORLD_CUP, _RACE = 0.5, 0.25


@define
class Record:
    """The cells of a line, each as text."""

    line: int
    cells: list[str]

    @property
    def text(self) -> str:
        """The line without its columns."""
        return " ".join(cell.strip() for cell in self.cells if cell.strip())


@define
class Grid:
    """What stands in a file: the lines above the table, the header, the rows; and what is wrong with them.

    Attributes:
        above: the lines above the header.
        header: the headings.
        rows: the lines of the table.
        keys: the key of each column, ``None`` where the heading is not known, ``""`` where it holds nothing.
        kind: the kind of the problems.
        unit: what a line is called.
        won: by line, the points won in the sprints, where it is not known in which.
        problems, warnings: what is wrong, and what had to be left out.
    """

    above: list[Record]
    header: Record
    rows: list[Record]
    keys: list[str | None] = Factory(list)
    kind: str = "csv"
    unit: str = "line"
    won: dict[int, int] = Factory(dict)
    problems: list[Problem] = Factory(list)
    warnings: list[Problem] = Factory(list)

    def where(self, line: int, key: str = "") -> str:
        """A place, with the name that the column has in the file."""
        column = f", column {self.header.cells[self.keys.index(key)].strip()}" if key and key in self.keys else ""
        return f"{self.unit} {line}{column}"

    def refuse(self, line: int, key: str, message: str, remedy: str, kind: str = "") -> None:
        """Note a problem."""
        self.problems.append(Problem(kind or self.kind, self.where(line, key), message, remedy))

    def warn(self, line: int, key: str, message: str, remedy: str) -> None:
        """Note what is left out."""
        self.warnings.append(Problem("left-out", self.where(line, key), message, remedy))

    def column(self, key: str) -> list[str]:
        """The cells of a column."""
        index = self.keys.index(key)
        return [record.cells[index].strip() if index < len(record.cells) else "" for record in self.rows]


def known_headings(cells: Sequence[str]) -> int:
    """How many columns of a header are known."""
    return len({key for cell in cells if (key := key_of(cell))})


def headings_of(record: Record) -> list[str]:
    """The cells of a record as headings: a ``#`` may stand before the first."""
    first = record.cells[0].strip()
    return [first[1:].strip() or "#", *record.cells[1:]] if first.startswith("#") else record.cells


def is_remark(record: Record) -> bool:
    """Whether a line begins as the lines of a head do."""
    return record.cells[0].lstrip().startswith("#")


def find_header(records: Sequence[Record]) -> int | None:
    """The place of the first line with at least two headings that are known."""
    plain = [(index, record) for index, record in enumerate(records) if not is_remark(record)][:_SEARCHED]
    marked = [(index, record) for index, record in enumerate(records[:_SEARCHED]) if is_remark(record)]
    return next((index for index, record in plain + marked if known_headings(headings_of(record)) > 1), None)


def grid(records: Sequence[Record], start: int, *, kind: str = "csv", unit: str = "line") -> Grid:
    """The table whose header is the record at a place."""
    check_size(max((record.cells for record in records), key=len), COLUMNS, "columns")
    header = Record(records[start].line, [cell.strip() for cell in headings_of(records[start])])
    made = Grid([*records[:start]], header, [*records[start + 1 :]], kind=kind, unit=unit)
    _mark_tables(made)
    _split_pairs(made)
    made.keys = [key_of(cell) if cell else "" for cell in made.header.cells]
    _name_hash(made)
    _name_points(made)
    _drop_unnamed(made)
    return made


def check_header(made: Grid) -> None:
    """Refuse what is wrong with the headings of a sheet or a race."""
    if "points" in made.keys:
        message = f"{made.header.cells[made.keys.index('points')]!r} can be the points of the race or of the World Cup"
        made.refuse(made.header.line, "", message, "call it Total or WC points")
    for message, remedy in check_headings(made.header.cells, made.keys):
        made.refuse(made.header.line, "", message, remedy)


#: The heading of a column that parts the table where the file repeats its header.
TABLE = "Table"


def _mark_tables(made: Grid) -> None:
    """Make a column of the lines above each table, where several with the same header stand in one file."""
    names = [cell for cell in made.header.cells if cell]
    starts = [
        index
        for index, record in enumerate(made.rows)
        if [cell.strip() for cell in record.cells if cell.strip()] == names
    ]
    if not starts:
        return
    last = made.above[-1] if made.above else None
    title = made.above.pop().text if last and not is_remark(last) else "1"
    rows: list[Record] = []
    width = len(made.header.cells)
    for index, record in enumerate(made.rows):
        if index in starts:
            single = bool(rows) and len([cell for cell in rows[-1].cells if cell.strip()]) == 2
            title = rows.pop().text.removesuffix(title).strip() if single else str(starts.index(index) + 2)
        else:
            cells = [*record.cells, *[""] * width][: max(width, len(record.cells))]
            rows.append(Record(record.line, [*cells, title]))
    made.header.cells.append(TABLE)
    made.rows = rows


def _split_pairs(made: Grid) -> None:
    """``Start / Nr`` are two columns in one."""
    for index in reversed(range(len(made.header.cells))):
        left, slash, right = made.header.cells[index].partition("/")
        if slash and key_of(left) and key_of(right):
            made.header.cells[index : index + 1] = [left.strip(), right.strip()]
            for record in made.rows:
                cell = record.cells[index] if index < len(record.cells) else ""
                first, _, second = cell.partition("/")
                record.cells[index : index + 1] = [first.strip(), second.strip()]


def _name_hash(made: Grid) -> None:
    """``#`` is the rank, unless another column is or its cells do not ascend from 1; then it is the number worn."""
    if "#" not in made.header.cells:
        return
    index = made.header.cells.index("#")
    cells = [record.cells[index].strip() for record in made.rows if index < len(record.cells)]
    numbers = [int(cell) for cell in cells if re.fullmatch(r"[0-9]{1,4}", cell)]
    made.keys[index] = "bib" if "rank" in made.keys or numbers[:1] != [1] or sorted(numbers) != numbers else "rank"


def _name_points(made: Grid) -> None:
    """``Points`` beside a total are those of the World Cup; alone, the ranks tell which they are."""
    if "points" not in made.keys:
        return
    index = made.keys.index("points")
    if "total" in made.keys:
        made.keys[index] = "world_cup_points"
        return
    if "world_cup_points" in made.keys:
        made.keys[index] = "total"
        return
    share = _world_cup_share(made)
    if share is not None and not _RACE <= share < _WORLD_CUP:
        made.keys[index] = "total" if share < _RACE else "world_cup_points"


def _world_cup_share(made: Grid) -> float | None:
    """Which share of the rows has the points that the rank is worth in a World Cup; ``None`` if no row tells.

    The first rank is worth 60 in both.
    """
    pairs: list[tuple[int, int]] = []
    ranks = made.column("rank") if "rank" in made.keys else []
    for rank, points in zip(ranks, made.column("points"), strict=False):
        try:
            pairs.append((rank_of(rank), int(points.removeprefix("(N)"))))
        except ValueError:
            continue
    pairs = [(rank, points) for rank, points in pairs if rank > 1]
    if not pairs:
        return None
    return max(sum(table.at(rank) == points for rank, points in pairs) for table in TABLES) / len(pairs)


def _drop_unnamed(made: Grid) -> None:
    """A column without a heading holds nothing, or the index that a data frame writes, or is refused."""
    for index, key in enumerate(made.keys):
        if key != "" or made.header.cells[index]:
            continue
        cells = [record.cells[index].strip() if index < len(record.cells) else "" for record in made.rows]
        line, text = next(
            ((record.line, cell) for record, cell in zip(made.rows, cells, strict=True) if cell not in BLANKS), (0, "")
        )
        if text and cells != [str(number) for number in range(len(cells))]:
            made.refuse(line, "", f"{text!r} stands in a column without a heading", "name the column, or empty it")
