"""The columns of a result sheet: what they are called in print, and what a cell of each can say.

Decides the names that are understood and the spelling of numbers, times and marks. Where a cell comes from is
decided by `massstart.files.csvread` and `massstart.files.pdfread`, which share all of this.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from attrs import frozen

from massstart.deduction import MARKS
from massstart.times import RaceTime

#: What the columns of a sheet are called, without regard to capitals, full stops and underscores.
NAMES: dict[str, tuple[str, ...]] = {
    "rank": ("rnk", "rank", "rk", "pos", "position"),
    "bib": ("nr", "no", "bib", "number", "start no", "start number", "id"),
    "name": ("name", "skater", "competitor", "athlete"),
    "nation": ("country", "noc", "nation", "nat", "nationality"),
    "laps": ("laps", "laps completed"),
    "total": ("total", "pts", "total points", "sprint points"),
    "time": ("time", "race time"),
    "status": ("status", "irm"),
    "qualified": ("q", "qual", "qualified"),
    "world_cup_points": ("points", "wc points", "wc pts", "world cup points"),
    "world_cup_replaced": ("replaced", "wc replaced", "world cup replaced"),
    "line": ("line", "finish", "place across the line"),
    # What follows from the other columns, or has no place in the format, is passed over.
    "": ("behind", "gap", "diff", "difference", "seconds"),
}
_FACTS = NAMES.keys() - {"line", ""}
_KEYS = {name: key for key, names in NAMES.items() for name in names}
_SPRINT = re.compile(r"(?:s|sp|sprint) ?([1-9][0-9]?)", re.ASCII)

#: Marks that stand in place of a rank or a time, if need be with the number of a footnote.
_MARK = re.compile(rf"({'|'.join(MARKS)}) ?(T[0-9]+)?", re.ASCII)
_TIME = re.compile(r"([0-9]{1,3})[:.]([0-5][0-9])[.,]([0-9]{2})(?:([0-9])| ?\(([0-9])\))?", re.ASCII)
_POINTS = re.compile(r"(\(N\))? ?([0-9]{1,9})?", re.ASCII)
_YES = {"yes": True, "true": True, "no": False, "false": False}

#: A fact that is not known, where an empty cell would mean something else.
UNKNOWN = "?"


def key_of(name: str) -> str | None:
    """The key of a column by its name in print: ``rank``, ``S2``, ``""`` for one that is passed over, or ``None``.

    Example:
        >>> key_of("Rnk"), key_of("NOC"), key_of("Sprint 2"), key_of("Shoe size")
        ('rank', 'nation', 'S2', None)
    """
    plain = " ".join(name.replace("_", " ").replace(".", " ").casefold().split())
    if sprint := _SPRINT.fullmatch(plain):
        return f"S{sprint[1]}"
    return _KEYS.get(plain)


def sprint_keys(keys: Sequence[str]) -> list[str]:
    """The keys of the sprint columns, ascending."""
    return sorted((key for key in keys if key[:1] == "S"), key=lambda key: int(key[1:]))


def check_columns(names: Sequence[str], keys: Sequence[str | None]) -> Iterator[tuple[str, str]]:
    """What is wrong with a header, each with what would mend it."""
    for name, key in zip(names, keys, strict=True):
        if key is None and name:
            yield f"{name!r} is no column that is known here", "rename or remove it"
        elif key and keys.count(key) > 1:
            yield f"{name!r}: more than one column has this meaning", "keep one of them"
    known = [key for key in keys if key]
    sprints = sprint_keys(known)
    if len(set(sprints)) == len(sprints) and sprints != [f"S{number}" for number in range(1, len(sprints) + 1)]:
        yield f"the sprints are {', '.join(sprints)}", "give every sprint from S1 on"
    if "world_cup_points" in known and "total" not in known and "points" in [name.casefold() for name in names]:
        yield "'Points' can be the points of the race or of the World Cup", "call it Total or WC points"
    if not {"name", "bib"} & set(known):
        yield "no column says who the skaters are", "add Name or Nr"


@frozen
class CellProblem:
    """What is wrong with a cell: its column, the message, and what would mend it."""

    key: str
    message: str
    remedy: str


class _Wrong(ValueError):
    """What is wrong with the text of a cell, and what would mend it."""


def whole(text: str) -> int:
    """A whole number."""
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        raise _Wrong(f"{text!r} is no whole number", "write digits alone")
    return int(text)


def race_time(text: str) -> RaceTime:
    """A time as printed: ``7:42.97``, ``7:42.97(6)``, ``7:42.976``, ``8.24,46``.

    Example:
        >>> print(race_time("7:42.97(6)"), race_time("8.24,46"))
        7:42.976 8:24.46
    """
    match = _TIME.fullmatch(text)
    if match is None:
        raise _Wrong(f"{text!r} is no time", "write M:SS.cc, such as 7:58.22")
    minutes, seconds, hundredths, *last = match.groups()
    return RaceTime.from_text(f"{minutes}:{seconds}.{hundredths}{last[0] or last[1] or ''}")


def mark(text: str) -> str | None:
    """The status in a cell, such as ``DQ`` of ``DQ T25``; ``None`` if it is something else."""
    match = _MARK.fullmatch(text)
    return match[1] if match else None


def sheet_row(cells: Mapping[str, str | None]) -> tuple[dict[str, Any], list[CellProblem]]:
    """The fields of a row of a sheet, from the text of its cells, and what is wrong with them.

    ``None`` is an empty cell. An empty sprint cell is no points, as on the official sheets; any other is a fact
    that was not printed. A mark such as ``DQ`` can stand in place of the rank or the time.
    """
    row: dict[str, Any] = {}
    problems: list[CellProblem] = []
    status = cells.get("status")
    for key in ("rank", "time"):
        found = mark(cells.get(key) or "")
        if found and status not in (None, found):
            problems.append(CellProblem(key, f"{found} here, but {status} elsewhere in the row", "keep one of them"))
        status = found if status is None else status
    readers = {"rank": whole, "laps": whole, "total": whole, "time": race_time, "world_cup_replaced": yes_or_no}
    for key, text in cells.items():
        if key not in _FACTS or text is None or (key in ("rank", "time") and mark(text)):
            continue
        try:
            if key == "world_cup_points":
                row |= _world_cup(text)
            else:
                row[key] = readers[key](text) if key in readers else text
        except _Wrong as wrong:
            problems.append(CellProblem(key, *wrong.args))
    row["status"] = status
    sprints = sprint_keys([*cells])
    if sprints and any(cells[key] != UNKNOWN for key in sprints):
        row["sprints"] = []
        for key in sprints:
            try:
                row["sprints"].append(whole(cells[key] or "0"))
            except _Wrong as wrong:
                problems.append(CellProblem(key, *wrong.args))
    return row, problems


def yes_or_no(text: str) -> bool:
    """Yes or no."""
    if text.casefold() not in _YES:
        raise _Wrong(f"{text!r} is neither yes nor no", "write yes or no")
    return _YES[text.casefold()]


def _world_cup(text: str) -> dict[str, Any]:
    match = _POINTS.fullmatch(text)
    if match is None:
        raise _Wrong(f"{text!r} are no World Cup points", "write a number, with (N) before it where it replaces others")
    replaced, points = match.groups()
    return ({"world_cup_replaced": True} if replaced else {}) | ({"world_cup_points": int(points)} if points else {})
