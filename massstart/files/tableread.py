"""What a table says: a race or a sheet, from its head and its rows, whatever file it came in.

Decides what the lines above a table say, how a column parts a table into several sheets, and which rulebook a sheet is
read under. The rows of a race are read by `massstart.files.racetable`, the cells by `massstart.files.cells`.
"""

import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from attrs import evolve

from massstart.files.cells import BLANKS, UNKNOWN, RowRead, sheet_rows, whole, yes_or_no
from massstart.files.grid import Grid, Record, check_header, is_remark
from massstart.files.limits import ENTRIES, check_size
from massstart.files.racetable import made_race, race_facts
from massstart.files.rulebookchoice import breaks_off, choose, is_day
from massstart.files.sheethead import UNDER_THE_TABLE, above
from massstart.marks import status_of, without_footnote
from massstart.nations import is_code
from massstart.problems import InvalidRecord, Problem
from massstart.race import Race
from massstart.rulebook import Rulebook
from massstart.rulebooks import is_of_juniors
from massstart.sheet import Sheet, SheetRow
from massstart.words import count, listing

#: The columns whose cells are text.
TEXTS = ("bib", "name", "given", "family", "nation", "mark", "qualified", "notes")


def read_table(
    made: Grid,
    *,
    rulebook: Rulebook | str | None = None,
    sprint_laps: Sequence[int] | None = None,
    id: str = "sheet",
    part: str | None = None,
) -> Race | Sheet:
    """The race or the sheet in a table: a table with a column ``Line`` (place across the line) is a race.

    Args:
        made: the table.
        rulebook: a rulebook or the id of one, where the table does not say it.
        sprint_laps: the laps of the intermediate sprints, likewise.
        id: the id, unless the head says it.
        part: which sheet, where a column such as ``Semifinal`` parts the table into several.

    Raises:
        InvalidRecord: with every problem, by line and column.
    """
    check_header(made)
    if "line" in made.keys:
        if part is not None:
            made.refuse(made.header.line, "", "this is a race, and has no parts", "leave the part out")
        return _race(made, rulebook, sprint_laps, id)
    parts = _parted(made)
    if part is None and len(parts) > 1:
        names = listing([f"{name!r}" for name, _, _ in parts])
        heading = next(
            name for name, key in zip(made.header.cells, made.keys, strict=True) if (key or "")[:4] == "part"
        )
        made.refuse(
            made.header.line, "", f"there are {len(parts)} sheets in this table, told apart by {heading}: {names}",
            f"choose one by its name (part, --part {parts[0][0]}), or read all of them with read_sheets",
        )  # fmt: skip
    chosen = [one for one in parts if part in (None, one[0])]
    if not chosen:
        made.refuse(
            made.header.line, "", f"there is no part {part!r}", f"choose {listing([name for name, _, _ in parts])}"
        )
    _stop(made)
    return _sheet(made, chosen[0], rulebook, sprint_laps, id, several=len(parts) > 1)


def read_parts(
    made: Grid, *, rulebook: Rulebook | str | None = None, sprint_laps: Sequence[int] | None = None, id: str = "sheet"
) -> tuple[Sheet, ...]:
    """Every sheet of a table, in the order in which they begin.

    Raises:
        InvalidRecord: with every problem, by line and column.
    """
    check_header(made)
    if "line" in made.keys:
        made.refuse(
            made.header.line, "", "this is a race, and only a table of results has several sheets", "read it as a race"
        )
    _stop(made)
    parts = _parted(made)
    return tuple(_sheet(made, part, rulebook, sprint_laps, id, several=len(parts) > 1) for part in parts)


def _stop(made: Grid) -> None:
    if made.problems:
        raise InvalidRecord(made.problems)


# --- the head --------------------------------------------------------------------------------------------


def head(made: Grid) -> dict[str, Any]:
    """What the lines above the table say: ``# key: value``, or the title of a sheet.

    A value in quotes or brackets is JSON.
    """
    said: dict[str, Any] = {}
    titles: list[Record] = []
    for record in made.above:
        if not is_remark(record):
            titles.append(record)
            continue
        key, colon, text = record.text.lstrip()[1:].partition(":")
        key, text = key.strip(), text.strip()
        if not colon:
            continue  # a remark
        if key not in _HEAD:
            made.refuse(record.line, "", f"{key!r} is not a key here", f"there are {', '.join(_HEAD)}", "unknown-key")
            continue
        try:
            value = _HEAD[key](text)
        except InvalidRecord as error:
            made.problems += [
                evolve(problem, where=f"{made.where(record.line)}, {problem.where}") for problem in error.problems
            ]
            continue
        except ValueError as error:
            message = error.args[0] if key == "date" else f"{text!r} is no {key}"
            made.refuse(record.line, "", message, "correct it", "type")
            continue
        if key == "source":
            said.setdefault("sources", []).append(value)
        elif key in said:
            made.refuse(record.line, "", f"{key!r} stands twice", "keep one of them", "repeated-key")
        else:
            said[key] = value
    facts, left = above([record.text for record in titles])
    for index in left:
        made.warn(titles[index].line, "", f"the line {titles[index].text!r} is left out", "write it as # source: …")
    if is_of_juniors(str(said.get(key, "")) for key in ("competition", "event", "round")):
        said["junior"] = True
    return facts | said


def _head_text(text: str) -> str:
    if not text.startswith('"'):
        return text
    value: str = json.loads(text)  # what begins with a quote is a text, or no JSON
    return value


def _date(text: str) -> str:
    day = _head_text(text)
    if text[:1] != '"' and not is_day(day):
        # A text in quotes is one that a sheet has, whatever it says.
        raise ValueError(f"{day!r} is not a date of the form YYYY-MM-DD")
    return day


def _rulebook(text: str) -> Rulebook | str:
    if not text.startswith("{"):
        return text
    from massstart.files import rulebooks

    return rulebooks.rulebook_in_place(text)


def _advance(text: str) -> int | None:
    return None if text == "none" else whole(text)


def _laps(text: str) -> list[int]:
    return [whole(lap.strip()) for lap in text.split(",")] if text else []


_HEAD: dict[str, Callable[[str], Any]] = {
    "id": _head_text,
    "competition": _head_text,
    "date": _date,
    "event": _head_text,
    "round": _head_text,
    "rulebook": _rulebook,
    "laps": whole,
    "sprint_laps": _laps,
    "advance": _advance,
    "complete": yes_or_no,
    "starters": whole,
    "source": _head_text,
}


# --- the cells -------------------------------------------------------------------------------------------


def plain_text(cell: str) -> str | None:
    """The text of a cell, without the apostrophe that keeps it from being taken for something else."""
    if cell.startswith("'") and (is_guarded(cell[1:]) or cell[1:2] == "'"):
        return cell[1:]
    cell = cell.strip()
    return None if cell in (*BLANKS, UNKNOWN) else cell


def is_guarded(text: str) -> bool:
    """Whether a text has to be written with an apostrophe before it: what a spreadsheet or a reader would change."""
    return text in (*BLANKS, UNKNOWN) or text != text.strip() or text[0] in "=+-@"


def is_quoted(key: str, cell: str) -> bool:
    """Whether a cell is to be taken as it is, for an apostrophe stands before a text that would be read as something."""
    return key in ("nation", "mark") and cell.startswith("'")


def is_read(key: str, text: str) -> bool:
    """Whether a text of a column would be read as something, or refused, and so needs an apostrophe to stay as it is."""
    if key == "mark":
        return status_of(text) is None or without_footnote(text) != text
    return key == "nation" and not is_code(text)


def cells_of(made: Grid, record: Record) -> dict[str, str | None]:
    """The cells of a row by column; what stands beyond the last column is refused."""
    surplus = [cell for cell in record.cells[len(made.keys) :] if cell.strip()]
    if surplus:
        remedy = "quote a cell that has the delimiter in it"
        made.refuse(record.line, "", f"{surplus[0]!r} stands beyond the last column", remedy)
    cells: dict[str, str | None] = {}
    for key, cell in zip(made.keys, [*record.cells, *[""] * len(made.keys)], strict=False):
        if key in TEXTS:
            text = cell[1:] if is_quoted(key, cell) else plain_text(cell)
            cells[key] = text
        elif key and not key.startswith("part "):
            blank = BLANKS if key[0] == "S" else (*BLANKS, UNKNOWN)
            cells[key] = None if cell.strip() in blank else cell.strip()
    return cells


def quoted(made: Grid, record: Record) -> list[str]:
    """The columns of a row whose text is to be taken as it is."""
    return [key for key, cell in zip(made.keys, record.cells, strict=False) if key and is_quoted(key, cell)]


# --- a sheet ---------------------------------------------------------------------------------------------

#: A part of a table: its name, what it says about the sheet, its rows.
_Part = tuple[str, dict[str, str], list[Record]]


def _parted(made: Grid) -> list[_Part]:
    """The parts of a table, told apart by the columns that say where a row belongs."""
    columns = [(index, key.removeprefix("part ")) for index, key in enumerate(made.keys) if key and key[:5] == "part "]
    parts: dict[str, _Part] = {}
    for record in _above_the_foot(made):
        cells = [(noun, record.cells[index].strip() if index < len(record.cells) else "") for index, noun in columns]
        name = " ".join(cell for _, cell in cells if cell)
        parts.setdefault(name, (name, dict(_belongs(cells)), []))[2].append(record)
    return [*parts.values()] or [("", {}, [])]


def _above_the_foot(made: Grid) -> Iterator[Record]:
    """The rows before the first line of what stands under an official table: officials, conditions, footnotes."""
    for index, record in enumerate(made.rows):
        if made.keys[0] == "rank" and record.cells[0].strip() == record.text and UNDER_THE_TABLE.match(record.text):
            for below in made.rows[index:]:
                made.warn(below.line, "", f"the line {below.text!r} is left out", "it belongs to no row")
            return
        yield record


def _belongs(cells: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    for noun, cell in cells:
        if cell:
            # The name of the part says what it is, or is a number or a letter of what the heading says.
            plain = noun in ("event", "table", "round") or len(cell) > 2
            is_event = noun == "event" or cell.casefold() in ("men", "women")
            yield "event" if is_event else "round", cell.casefold() if plain else f"{noun} {cell}".casefold()


def _sheet(
    made: Grid,
    part: _Part,
    rulebook: Rulebook | str | None,
    sprint_laps: Sequence[int] | None,
    id: str,
    *,
    several: bool,
) -> Sheet:
    name, belongs, records = part
    check_size(records, ENTRIES, "rows")
    of_this = Grid(
        made.above, made.header, records, made.keys, made.kind, made.unit, made.won, warnings=[*made.warnings]
    )
    said = {"id": id} | belongs | head(of_this)
    _stop(of_this)
    junior = bool(said.pop("junior", False))
    if several and name:
        said["id"] += re.sub(r"[\W_]+", "-", f" {name}".casefold()).rstrip("-")
    read = sheet_rows([cells_of(of_this, one) for one in records], [quoted(of_this, one) for one in records])
    for record, row in zip(records, read, strict=True):
        for problem in row.problems:
            of_this.refuse(record.line, problem.key, problem.message, problem.remedy)
        for warning in row.warnings:
            of_this.warn(record.line, warning.key, warning.message, warning.remedy)
    given = said.pop("rulebook", None)
    own_laps = said.pop("sprint_laps", None)
    said = _with_distance(said, read)
    book = choose(
        given if rulebook is None else rulebook, said.get("date"), junior=junior, laps=said.get("laps"),
        sprint_laps=own_laps if sprint_laps is None else sprint_laps, rows=[row.fields | {"won": made.won.get(one.line)} for one, row in zip(records, read, strict=True)],
    )  # fmt: skip
    if isinstance(book, Problem):
        of_this.problems.append(evolve(book, remedy=f"{book.remedy}, or add a line such as # rulebook: isu-2024"))
    if of_this.problems or isinstance(book, Problem):
        raise InvalidRecord(sorted(of_this.problems, key=_line))
    said = _with_what_follows(said, of_this, read, book)
    rows = [SheetRow(**row.fields) for row in read]
    try:
        return Sheet(
            **said, rulebook=book, rows=rows, warnings=[*of_this.warnings, *_assumed(given, rulebook, said, book)]
        )
    except InvalidRecord as error:
        raise InvalidRecord(_by_line(of_this, error.problems)) from None


def _line(problem: Problem) -> int:
    number = re.search(r"[0-9]+", problem.where)
    return int(number[0]) if number else sys.maxsize


def _with_what_follows(said: dict[str, Any], made: Grid, read: Sequence[RowRead], book: Rulebook) -> dict[str, Any]:
    """The head with what the rows tell, unless it is said: how many go on, who was lapped."""
    marked = sum(row.fields.get("qualified") == "Q" for row in read)
    if "advance" not in said and marked:
        said["advance"] = marked
    if "complete" not in said and breaks_off([row.fields for row in read], book):
        message = "everybody has points, and yet the totals lack some: rows may be missing"
        made.warnings.append(Problem("incomplete", "complete", message, "add them, or a line # complete: no"))
    for record, row in zip(made.rows, read, strict=True):
        won = made.won.get(record.line)
        laps = row.fields.get("laps")
        if (
            won
            and row.fields.get("total") == 0
            and book.forfeits
            and "mark" not in row.fields
            and laps in (None, said.get("laps"))
        ):
            # Without the sprints, the forfeit would be lost with the points.
            row.fields["mark"] = "LAP"
            message = f"marked LAP: {count(won, 'point')} of the sprints and a total of 0"
            made.warnings.append(
                Problem("assumed", made.where(record.line), message, "correct the mark, if it is another")
            )
    return said


def _with_distance(said: dict[str, Any], read: Sequence[RowRead]) -> dict[str, Any]:
    """The head with the distance: the most laps that anyone completed, unless it is said."""
    laps = [row.fields["laps"] for row in read if row.fields.get("laps")]
    return {"laps": max(laps)} | said if laps else said


def _assumed(given: object, rulebook: object, said: dict[str, Any], book: Rulebook) -> Iterator[Problem]:
    if given is None and rulebook is None and said.get("date") is None:
        message = f"no rulebook and no date are given; the points are those of {book.id}, the latest that fits"
        yield Problem("assumed", "rulebook", message, "say which (rulebook, --rulebook), if it is another")


def _by_line(made: Grid, problems: Iterable[Problem]) -> list[Problem]:
    def place(match: re.Match[str]) -> str:
        return f"{made.where(made.rows[int(match[1])].line)}, {match[2]}"

    return [evolve(one, where=re.sub(r"rows\[(\d+)\]\.(.*)", place, one.where)) for one in problems]


# --- a race ----------------------------------------------------------------------------------------------


def _race(made: Grid, rulebook: Rulebook | str | None, sprint_laps: Sequence[int] | None, id: str) -> Race:
    check_size(made.rows, ENTRIES, "rows")
    columns = [key for key in made.keys if key in _OF_A_RESULT or (key or "")[:5] == "part "]
    if columns:
        name = made.header.cells[made.keys.index(columns[0])]
        message = f"Line stands in a race, and {name} in a result"
        remedy = f"keep Line for the race as it was skated, or {name} for the result as it was printed"
        made.refuse(made.header.line, "", message, remedy)
    said = {"id": id} | head(made)
    junior = bool(said.pop("junior", False))
    for key in [key for key in ("complete", "starters") if key in said]:
        made.refuse(made.header.line, "", f"the head of a race has no {key!r}", "remove the line")
    # A broken header would make every row look wrong.
    _stop(made)
    given = said.pop("rulebook", None)
    book = choose(given if rulebook is None else rulebook, said.get("date"), junior=junior, laps=said.get("laps"))
    own_laps = said.pop("sprint_laps", None)
    distance = said.get("laps", None if isinstance(book, Problem) else book.laps)
    facts = race_facts(made, [(record.line, cells_of(made, record)) for record in made.rows], distance)
    if isinstance(book, Problem):
        made.problems.append(evolve(book, remedy=f"{book.remedy}, or add a line such as # rulebook: isu-2024"))
    if made.problems or isinstance(book, Problem):
        raise InvalidRecord(made.problems)
    return made_race(made, said | facts, book, own_laps if sprint_laps is None else sprint_laps)


#: The columns of results that a race does not have.
_OF_A_RESULT = ("rank", "total", "points", "world_cup_points", "world_cup_replaced", "behind", "seconds", "notes")
