"""Tables pasted from a page or a PDF: blanks between the cells, empty cells gone, perhaps no header.

Theory: a line is a sequence of words, and the header gives the columns in their order. Every way of handing the words
out to the columns in which each cell can be what its column holds is tried; blanks may be anywhere. The ways that fill
the most columns are kept. If they agree, the row is read; if they differ only in the sprints, the sprints of the table
are not known, and a warning holds what was printed; if they differ elsewhere, the row is refused. A row has some twelve
words and columns, so the search is short.

Without a header, the columns are taken for what they hold, if that is plain.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from massstart.files.cells import NotRead, race_time, rank_of
from massstart.files.grid import Grid, Record, grid, is_remark
from massstart.files.headings import key_of, sprint_keys
from massstart.files.sheethead import UNDER_THE_TABLE
from massstart.marks import status_of
from massstart.nations import is_code, nation_code
from massstart.problems import InvalidRecord, Problem

#: A header has at least so many headings, and no other word.
_HEADINGS = 3
#: A header has at most so many headings: the ways to hand 8 words out to 16 columns are 12870, and double with each more.
_MOST = 16
#: Cells that are tried in all the lines of a table. A table of 23 lines and 12 columns takes 16,000; so many take a second.
_TRIES = 200_000
_REMEDY = "put tabs or commas between the cells"
#: A heading, and a name of a country, have at most so many words.
_WORDS = 4
#: A space within a cell.
_BLANK = "\u00a0"


#: What holds together though a blank stands within: a mark with its footnote, ``(N) 43``, ``7:42.97 (6)``, ``1 / 100``.
_TOGETHER = (
    (re.compile(r"\b([A-Z]{2,4}) (T[0-9]+)\b", re.ASCII), rf"\1{_BLANK}\2"),
    (re.compile(r"\(N\) (?=[0-9])", re.ASCII), "(N)"),
    (re.compile(r"(?<=[0-9]) (?=\([0-9]\)(?: |$))", re.ASCII), ""),
    (re.compile(r"(?<=[0-9]) ?/ ?(?=[0-9])", re.ASCII), "/"),
)


def _words(text: str) -> list[str]:
    """The words of a line."""
    text = " ".join(text.split())
    for apart, together in _TOGETHER:
        text = apart.sub(together, text)
    return text.split(" ")


def _text(words: Sequence[str]) -> str:
    return " ".join(words).replace(_BLANK, " ")


# --- with a header ---------------------------------------------------------------------------------------


def pasted(lines: Sequence[Record]) -> Grid | None:
    """The table in lines without delimiters, if one of them is a header."""
    headers = (index for index, record in enumerate(lines) if _HEADINGS <= len(_headings(_words(record.text))) <= _MOST)
    start = next(headers, None)
    if start is None:
        return None
    record = lines[start]
    headings = _headings(_words(record.text))
    keys = [key_of(heading) or "" for heading in headings]
    end = next((end for end, one in enumerate(lines) if end > start and UNDER_THE_TABLE.match(one.text)), len(lines))
    rows = _rows(keys, lines[start + 1 : end])
    sure = all(len(ways) == 1 for _, _, ways in rows)
    kept = [index for index, key in enumerate(keys) if sure or key[0] != "S"]
    records = [Record(line, [ways[0][index] for index in kept]) for line, _, ways in rows if ways]
    header = Record(record.line, [headings[index] for index in kept])
    made = grid([*lines[:start], header, *records, *lines[end:]], start)
    for line, text, ways in rows:
        if len({tuple(_apart(keys, way)) for way in ways}) != 1:
            reason = "can be read in more than one way" if ways else "does not fit the headings"
            made.refuse(line, "", f"{text!r} {reason}", _REMEDY)
        elif not sure and (points := [cell for key, cell in zip(keys, ways[0], strict=True) if key[0] == "S" and cell]):
            message = (
                f"the sprint points {', '.join(points)} are left out: the text does not tell which sprints they are of"
            )
            made.warn(line, "", message, _REMEDY)
            made.won[line] = sum(map(int, points))
    return made


def _headings(words: Sequence[str]) -> list[str]:
    """The headings in a line; none, if any word of it belongs to none."""
    headings: list[str] = []
    index = 0
    while index < len(words):
        # "Start No" is one heading, not two.
        size = next((size for size in range(_WORDS, 0, -1) if key_of(" ".join(words[index : index + size]))), 0)
        if not size:
            return []
        headings.append(" ".join(words[index : index + size]))
        index += size
    return headings


#: A way to hand the words of a line out to the columns: a cell for each.
_Way = list[str]


def _rows(keys: Sequence[str], lines: Sequence[Record]) -> list[tuple[int, str, list[_Way]]]:
    """The rows under a header: the line, its text, and the ways to read it; none, if it does not fit."""
    rows: list[tuple[int, str, list[_Way]]] = []
    tries = iter(range(_TRIES))
    most = 0
    number = 0
    while number < len(lines):
        line, text = lines[number].line, lines[number].text
        ways = _ways(keys, _words(text), tries)
        after = lines[number + 1].text if number + 1 < len(lines) else ""
        if after and not after[0].isdigit() and status_of(after.split()[0]) is None:
            # A name that is broken off within the row goes on in the next line.
            both = f"{text}{after}" if text.endswith("-") else f"{text} {after}"
            joined = _ways(keys, _words(both), tries)
            if joined and (not ways or _filled(keys, joined[0]) > _filled(keys, ways[0])):
                text, ways = both, joined
                number += 1
        number += 1
        filled = _filled(keys, ways[0]) if ways else 0
        most = max(most, filled)
        # A name alone is the rest of another line.
        rows.append((line, text, ways if filled > 1 or most <= 1 else []))
    return rows


def _apart(keys: Sequence[str], way: _Way) -> list[str]:
    """The cells of a way, without those of the sprints."""
    return [cell for key, cell in zip(keys, way, strict=True) if key[0] != "S"]


def _filled(keys: Sequence[str], way: _Way) -> int:
    return sum(map(bool, _apart(keys, way)))


def _ways(keys: Sequence[str], words: Sequence[str], tries: Iterator[int]) -> list[_Way]:
    """The ways to read a line that fill the most columns."""
    ways = [way for way in _all_ways(keys, words, tries) if _is_whole(keys, way)]
    most = max((_filled(keys, way) for way in ways), default=0)
    ways = [way for way in ways if _filled(keys, way) == most]
    ways = [way for way in ways if _adds_up(keys, way)] or ways
    if "nation" in keys:
        # "South Korea" is one name, though "Korea" is one as well.
        nation = keys.index("nation")
        longest = max((len(way[nation]) for way in ways), default=0)
        ways = [way for way in ways if len(way[nation]) == longest]
    return ways


def _is_whole(keys: Sequence[str], way: _Way) -> bool:
    """Whether a row has a name, if any row has one, and no code of a nation is taken for a part of it."""
    cells = dict(zip(keys, way, strict=True))
    names = [word for key in ("name", "family") for word in cells.get(key, "").split()]
    coded = cells.get("nation") == "" and any(map(is_code, names))
    return not coded and bool(names or not {"name", "family"} & set(keys))


def _adds_up(keys: Sequence[str], way: _Way) -> bool:
    """Whether the total is that of the sprints, or forfeited; where it is printed and the sprints are."""
    if "total" not in keys or not sprint_keys(keys):
        return True
    total = way[keys.index("total")]
    points = sum(int(cell) for key, cell in zip(keys, way, strict=True) if key[0] == "S" and cell)
    return total == "0" or total == str(points) or (not total and not points)


def _all_ways(keys: Sequence[str], words: Sequence[str], tries: Iterator[int]) -> Iterator[_Way]:
    if not keys:
        if not words:
            yield []
        return
    for size in _sizes(keys[0], words):
        if next(tries, None) is None:
            wrong = f"its lines can be read in too many ways; {_TRIES:,} cells were tried"
            raise InvalidRecord([Problem("size", "", wrong, _REMEDY)])
        for rest in _all_ways(keys[1:], words[size:], tries):
            yield [_text(words[:size]), *rest]


def _sizes(key: str, words: Sequence[str]) -> Iterator[int]:
    """How many of the next words can be the cell of a column; none, if it is empty."""
    yield 0
    if key in ("name", "given", "family"):
        for size, word in enumerate(words, 1):
            if re.search(r"[0-9:]", word) or not re.search(r"\w", word):
                return
            yield size
    elif key == "nation":
        if words and is_code(words[0]):
            yield 1
            return
        for size in range(1, min(_WORDS, len(words)) + 1):
            name = _text(words[:size])
            # Of three letters with one capital, Lie and Tan are skaters, and no codes.
            is_name = len(name) == 3 and name.istitle()
            if not is_name and not re.search(r"[0-9]", name) and nation_code(name) != name:
                yield size
    elif words and _fits(key, _text(words[:1])):
        yield 1


def _fits(key: str, cell: str) -> bool:
    """Whether a word can be the cell of a column, from its looks."""
    if status_of(cell):
        return key in ("rank", "time", "mark", "notes")
    if key == "time":
        return _is_time(cell) or cell.startswith("+")
    if key == "rank":
        return _is_rank(cell)
    if key in ("qualified", "notes"):
        return cell in ("Q", "q")
    if key == "behind":
        return bool(re.fullmatch(r"\+[0-9:.,]+|[0-9]{1,2}[.,][0-9]+", cell, re.ASCII))
    if key in ("points", "world_cup_points"):
        return bool(re.fullmatch(r"(\(N\))?[0-9]{1,4}", cell, re.ASCII))
    plain = key in ("start", "bib", "laps", "total", "line") or key[0] == "S" or key[:4] == "part"
    return plain and bool(re.fullmatch(r"[0-9]{1,4}", cell, re.ASCII))


def _is_time(cell: str) -> bool:
    try:
        race_time(cell)
    except NotRead:
        return False
    return True


def _is_rank(cell: str) -> bool:
    try:
        rank_of(cell)
    except NotRead:
        return False
    return True


# --- without a header ------------------------------------------------------------------------------------


def unheaded(records: Sequence[Record]) -> Grid | None:
    """The table in lines without a header, if its columns are plain from what they hold."""
    start = next((index for index, record in enumerate(records) if not is_remark(record)), len(records))
    rows = [Record(record.line, _unheaded_cells(record)) for record in records[start:]]
    width = max((len(row.cells) for row in rows), default=0)
    rows = [Record(row.line, row.cells + [""] * (width - len(row.cells))) for row in rows]
    headings = _headings_by_cells([[row.cells[index] for row in rows] for index in range(width)])
    if headings is None:
        return None
    return grid([*records[:start], Record(rows[0].line, headings), *rows], start)


def _unheaded_cells(record: Record) -> list[str]:
    """The cells of a line; of a line of words, the name is what stands before the code of a nation."""
    if len(record.cells) > 1:
        return [_text(_words(cell)) for cell in record.cells]
    words = _words(record.text)
    first = next((index for index, word in enumerate(words) if word[0].isalpha() and not status_of(word)), len(words))
    code = next(
        (index for index in range(first + 1, len(words)) if is_code(words[index]) and not status_of(words[index])), None
    )
    # A family name can be three capitals long; the code is the last such word before a number.
    while code is not None and code + 1 < len(words) and is_code(words[code + 1]) and not status_of(words[code + 1]):
        code += 1
    if code is None:
        return [_text(words)]
    return [*words[:first], _text(words[first:code]), *(word.replace(_BLANK, " ") for word in words[code:])]


def _headings_by_cells(columns: Sequence[Sequence[str]]) -> list[str] | None:
    """The headings of columns that are plain; ``None``, if any is not."""
    kinds = [_kind(cells) for cells in columns]
    if None in kinds or kinds.count("time") != 1:
        return None
    if "nation" not in kinds:
        # Names of countries need a library, and are looked for only in what is a table but for them.
        kinds = [
            "nation" if kind == "name" and _are_nations(cells) else kind
            for kind, cells in zip(kinds, columns, strict=True)
        ]
    counted = Counter(kinds)
    if counted["name"] != 1 or any(counted[kind] > 1 for kind in ("nation", "pair", "qualified")):
        return None
    name = kinds.index("name")
    before = [index for index, kind in enumerate(kinds) if kind == "number" and index < name]
    behind = [index for index, kind in enumerate(kinds) if kind == "number" and index > name]
    headings = {index: _HEADING[kind] for index, kind in enumerate(kinds) if kind in _HEADING}
    numbers = ["Rnk"] if counted["pair"] else ["Rnk", "Nr"]
    if not before or len(before) > len(numbers) or not _ascends(columns[before[0]]):
        return None
    headings |= dict(zip(before, numbers, strict=False))
    if len(behind) > 1 and len({cell for cell in columns[behind[0]] if cell}) <= len(columns[0]) // 2:
        # The laps are the same for nearly everybody.
        headings[behind.pop(0)] = "Laps"
    if len(behind) > 1:
        return None
    headings |= dict.fromkeys(behind, "Points")
    return [headings[index] for index in range(len(columns))]


_HEADING = {"name": "Name", "nation": "Country", "time": "Time", "pair": "Start / Nr", "qualified": "Q"}


def _kind(cells: Sequence[str]) -> str | None:
    """What a column holds, if all its cells are of one kind."""
    texts = [cell for cell in cells if cell and not status_of(cell)]
    kinds = {
        "number": lambda text: text.isascii() and text.isdecimal(),
        "pair": lambda text: re.fullmatch(r"[0-9]+/[0-9]+", text, re.ASCII),
        "time": _is_time,
        "qualified": lambda text: text in ("Q", "q"),
        "nation": is_code,
        "name": lambda text: re.search(r"[^\W\d_]", text) and not re.search(r"[0-9]", text),
    }
    return next((kind for kind, fits in kinds.items() if texts and all(map(fits, texts))), None)


def _are_nations(cells: Sequence[str]) -> bool:
    return all(is_code(nation_code(cell)) for cell in cells if cell)


def _ascends(cells: Sequence[str]) -> bool:
    ranks = [int(cell) for cell in cells if cell.isdecimal()]
    return ranks[:1] == [1] and sorted(ranks) == ranks
