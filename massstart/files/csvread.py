"""Sheets and races from CSV: comma, semicolon or tab, with a header, as spreadsheets write them.

Decides how such a file says what stands above the table, and what a row of a race is. What the columns are called
and what a cell can say stands in `massstart.files.columns`. All problems are found at once, by line and column.
"""

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from attrs import define, evolve

from massstart.files.columns import UNKNOWN, check_columns, key_of, race_time, sheet_row, sprint_keys, whole, yes_or_no
from massstart.files.rulebookchoice import choose
from massstart.problems import InvalidRecord, Problem
from massstart.race import Race
from massstart.records import Starter
from massstart.rulebook import Rulebook
from massstart.sheet import Sheet, SheetRow

_DELIMITERS = ",;\t"
#: The columns whose cells are text.
TEXTS = ("bib", "name", "nation", "status", "qualified")


def read_csv(
    text: str | bytes,
    *,
    rulebook: Rulebook | str | None = None,
    sprint_laps: Sequence[int] | None = None,
    id: str = "sheet",
) -> Race | Sheet:
    r"""Read a sheet, or a race: a file with a column ``Line`` (place across the line) is a race.

    Args:
        text: the file.
        rulebook: a rulebook or the id of one; that of the line ``# rulebook: ...``, or of the date, unless given.
        sprint_laps: the laps of the intermediate sprints, where they are not the rulebook's.
        id: the id, unless the file has a line ``# id: ...``.

    Raises:
        InvalidRecord: with every problem, by line and column.

    Example:
        >>> sheet = read_csv("Rank;Skater;S1;S2;S3;S4;Total;Time\n1;Ann;;;3;60;63;7:39,20\n", rulebook="isu-2024")
        >>> sheet.rows[0].sprints, str(sheet.rows[0].time)
        ((0, 0, 3, 60), '7:39.20')
    """
    file = _parse(_decode(text))
    names = [cell.strip() for cell in file.header.cells]
    file.problems += [Problem("csv", f"line {file.header.line}", *one) for one in check_columns(names, file.keys)]
    is_race = "line" in file.keys
    if is_race and {"rank", "total", "world_cup_points"} & set(file.keys):
        file.refuse(file.header.line, "", "Line stands in a race, and Rank, Total or Points in a result", "keep one")
    said = {"id": id} | _head(file)
    for key in [key for key in ("complete", "starters") if is_race and key in said]:
        file.refuse(file.header.line, "", f"the head of a race has no {key!r}", "remove the line")
    if file.problems:
        # A broken header would make every row look wrong.
        raise InvalidRecord(file.problems)
    facts = _race(file) if is_race else _sheet(file)
    given = said.pop("rulebook", None)
    own_laps = said.pop("sprint_laps", None)
    laps_of_sprints = own_laps if sprint_laps is None else sprint_laps
    book = choose(
        given if rulebook is None else rulebook, said.get("date"),
        laps=said.get("laps"), sprint_laps=None if is_race else laps_of_sprints,
    )  # fmt: skip
    if isinstance(book, Problem):
        file.problems.append(evolve(book, remedy=f"{book.remedy}, or add a line such as # rulebook: isu-2024"))
    if file.problems or isinstance(book, Problem):
        raise InvalidRecord(file.problems)
    if is_race:
        return _made_race(file, said | facts, book, laps_of_sprints)
    try:
        return Sheet(**said, rulebook=book, **facts)
    except InvalidRecord as error:
        raise InvalidRecord(_by_line(error.problems, [record.line for record in file.rows])) from None


def looks_like_csv(text: str | bytes) -> bool:
    """Whether a text has a header of a sheet or a race: at least two columns that are known."""
    try:
        file = _parse(_decode(text))
    except InvalidRecord:
        return False
    return len([key for key in file.keys if key]) > 1


@define
class _Record:
    line: int
    cells: list[str]


@define
class _File:
    """What stands in a file: the lines of its head, the header, the rows."""

    head: list[_Record]
    header: _Record
    rows: list[_Record]
    problems: list[Problem]

    @property
    def keys(self) -> list[str | None]:
        """The keys of the columns, in their order."""
        return [key_of(cell) if cell.strip() else "" for cell in self.header.cells]

    def refuse(self, line: int, key: str, message: str, remedy: str, kind: str = "csv") -> None:
        """Note a problem, with its line and the name that its column has in the file."""
        column = f", column {self.header.cells[self.keys.index(key)].strip()}" if key and key in self.keys else ""
        self.problems.append(Problem(kind, f"line {line}{column}", message, remedy))


def _decode(text: str | bytes) -> str:
    if isinstance(text, str):
        return text.removeprefix("\ufeff")
    try:
        return text.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = text[: error.start].count(b"\n") + 1
        raise InvalidRecord(
            [Problem("csv", f"line {line}", f"not UTF-8 text ({error.reason})", "save the file as CSV UTF-8")]
        ) from None


def _parse(text: str) -> _File:
    """The file by the delimiter under which the most columns are known."""
    files: list[_File] = []
    errors: list[InvalidRecord] = []
    for delimiter in _DELIMITERS:
        try:
            files.append(_split(text, delimiter))
        except InvalidRecord as error:
            errors.append(error)
    if not files:
        raise errors[0]
    return max(files, key=lambda file: len([key for key in file.keys if key]))


def _split(text: str, delimiter: str) -> _File:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    records: list[_Record] = []
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                records.append(_Record(line, cells))
            line = reader.line_num + 1
    except csv.Error as error:
        raise InvalidRecord([Problem("csv", f"line {line}", f"no CSV: {error}", "correct the quotes")]) from None
    start = next((index for index, one in enumerate(records) if not one.cells[0].lstrip().startswith("#")), None)
    if start is None:
        raise InvalidRecord([Problem("csv", "", "there is no header", "name the columns: Rnk, Name, Total, Time")])
    for record in records[:start]:
        # A spreadsheet cuts an unquoted line at its commas, and fills it up with empty cells.
        record.cells = [delimiter.join(record.cells).rstrip(delimiter + " ")]
    return _File(records[:start], records[start], records[start + 1 :], [])


# --- the head --------------------------------------------------------------------------------------------


def _head(file: _File) -> dict[str, Any]:
    """What the lines ``# key: value`` say; a value in quotes or brackets is JSON."""
    said: dict[str, Any] = {}
    for record in file.head:
        key, colon, text = record.cells[0].lstrip()[1:].partition(":")
        key, text = key.strip(), text.strip()
        if not colon:
            continue  # a remark
        if key not in _HEAD:
            file.refuse(record.line, "", f"{key!r} is no key here", f"there are {', '.join(_HEAD)}", "unknown-key")
            continue
        try:
            value = _HEAD[key](text)
        except InvalidRecord as error:
            file.problems += [
                evolve(problem, where=f"line {record.line}, {problem.where}") for problem in error.problems
            ]
            continue
        except ValueError:
            file.refuse(record.line, "", f"{text!r} is no {key}", "correct it", "type")
            continue
        if key == "source":
            said.setdefault("sources", []).append(value)
        elif key in said:
            file.refuse(record.line, "", f"{key!r} stands twice", "keep one of them", "repeated-key")
        else:
            said[key] = value
    return said


def _head_text(text: str) -> str:
    if not text.startswith('"'):
        return text
    found: str = json.loads(text)  # what begins with a quote is a text, or no JSON
    return found


def _rulebook(text: str) -> Rulebook | str:
    if not text.startswith("{"):
        return text
    from massstart.files import jsonread

    return jsonread.rulebook_in_place(text)


def _laps(text: str) -> list[int]:
    return [whole(lap.strip()) for lap in text.split(",")] if text else []


_HEAD: dict[str, Callable[[str], Any]] = {
    "id": _head_text,
    "competition": _head_text,
    "date": _head_text,
    "event": _head_text,
    "round": _head_text,
    "rulebook": _rulebook,
    "laps": whole,
    "sprint_laps": _laps,
    "advance": whole,
    "complete": yes_or_no,
    "starters": whole,
    "source": _head_text,
}


# --- the rows --------------------------------------------------------------------------------------------


def plain_text(cell: str) -> str | None:
    """The text of a cell, without the apostrophe that keeps a spreadsheet from taking it for something else."""
    if cell.startswith("'") and (is_guarded(cell[1:]) or cell[1:2] == "'"):
        return cell[1:]
    cell = cell.strip()
    return None if cell in ("", UNKNOWN) else cell


def is_guarded(text: str) -> bool:
    """Whether a text has to be written with an apostrophe before it: what a spreadsheet or a reader would change."""
    return text in ("", UNKNOWN) or text != text.strip() or text[0] in "=+-@"


def _rows(file: _File) -> Iterator[tuple[int, dict[str, str | None]]]:
    """The rows by column, each with its line."""
    for record in file.rows:
        surplus = [cell for cell in record.cells[len(file.keys) :] if cell.strip()]
        if surplus:
            file.refuse(
                record.line,
                "",
                f"{surplus[0]!r} stands beyond the last column",
                "quote a cell that has the delimiter in it",
            )
        cells: dict[str, str | None] = {}
        for key, cell in zip(file.keys, [*record.cells, *[""] * len(file.keys)], strict=False):
            if key in TEXTS:
                cells[key] = plain_text(cell)
            elif key:
                blank = ("",) if key[0] == "S" else ("", UNKNOWN)
                cells[key] = None if cell.strip() in blank else cell.strip()
        yield record.line, cells


def _sheet(file: _File) -> dict[str, Any]:
    rows: list[SheetRow] = []
    for line, cells in _rows(file):
        row, problems = sheet_row(cells)
        for problem in problems:
            file.refuse(line, problem.key, problem.message, problem.remedy)
        rows.append(SheetRow(**row))
    return {"rows": rows}


def _by_line(problems: Iterable[Problem], lines: Sequence[int]) -> list[Problem]:
    def place(match: re.Match[str]) -> str:
        return f"line {lines[int(match[1])]}, {match[2]}"

    return [evolve(one, where=re.sub(r"rows\[(\d+)\]\.(.*)", place, one.where)) for one in problems]


#: What the marks of a race's rows mean.
_ENDS = {"LAP": "lapped", "DQ": "disqualified", "DSQ": "disqualified", "DNS": "did_not_start", "WDR": "did_not_start"}


def _race(file: _File) -> dict[str, Any]:
    """What the rows of a race say: a row a skater, with the place across the line and the place in each sprint."""
    starters: list[Starter] = []
    places: dict[str, list[tuple[int, int, str]]] = {
        key: [] for key in ("line", *sprint_keys([key for key in file.keys if key]))
    }
    facts: dict[str, Any] = {"times": {}, "unfinished": {}, "advanced": []} | {end: [] for end in _ENDS.values()}
    for line, cells in _rows(file):
        id = cells.get("bib") or cells.get("name")
        if id is None:
            file.refuse(line, "bib", "nobody's number or name stands here", "add it")
            continue
        starters.append(Starter(id, cells.get("name"), cells.get("nation")))
        found = _numbers(file, line, cells)
        for key, place in places.items():
            if key in found:
                place.append((found[key], line, id))
        status = cells.get("status")
        if status in _ENDS:
            facts[_ENDS[status]].append(id)
        elif status == "DNF":
            facts["unfinished"][id] = (found.get("laps"), found.get("time"))
        elif status is not None:
            file.refuse(line, "status", f"{status!r} is no status", f"write DNF or {', '.join(_ENDS)}, or nothing")
        if "time" in found and status != "DNF":
            facts["times"][id] = found["time"]
        if cells.get("qualified") == "q":
            facts["advanced"].append(id)
    orders = {key: _order(file, key, found) for key, found in places.items()}
    return facts | {"starters": starters, "finish": orders.pop("line"), "sprints": orders}


def _numbers(file: _File, line: int, cells: Mapping[str, str | None]) -> dict[str, Any]:
    """The cells of a row that hold places, laps and times."""
    found: dict[str, Any] = {}
    for key, text in cells.items():
        if key not in TEXTS and text is not None:
            try:
                found[key] = race_time(text) if key == "time" else whole(text)
            except ValueError as error:
                file.refuse(line, key, *error.args)
    return found


def _made_race(file: _File, said: dict[str, Any], book: Rulebook, sprint_laps: Sequence[int] | None) -> Race:
    laps = tuple(book.sprint_laps if sprint_laps is None else sprint_laps)
    orders = [*said.pop("sprints").values()]
    if len(orders) > len(laps):
        message = f"{len(orders)} intermediate sprints, but there are {len(laps)}"
        file.refuse(file.header.line, "", message, "the final sprint is Line; for others add # sprint_laps: 4,8,12")
    if file.problems:
        raise InvalidRecord(file.problems)
    sprints = {lap: order for lap, order in zip(laps, orders, strict=False) if order}
    return Race(**said | {"sprints": sprints}, rulebook=book, sprint_laps=laps)


def _order(file: _File, key: str, found: Sequence[tuple[int, int, str]]) -> list[list[str]]:
    """An order from places; equal places are a dead heat, after which as many are skipped."""
    order: list[list[str]] = []
    places = sorted(place for place, _, _ in found)
    for place, line, id in sorted(found, key=lambda one: one[0]):
        if places.index(place) + 1 != place:
            remedy = "give every place from 1 on; after a dead heat the next places are skipped: 1, 2, 2, 4"
            file.refuse(line, key, f"place {place}, but {places.index(place)} are ahead", remedy)
        if places.index(place) == sum(map(len, order)):
            order.append([])
        order[-1].append(id)
    return order
