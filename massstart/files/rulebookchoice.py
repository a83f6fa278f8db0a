"""Which rulebook a result is read under that names none: that of its date, or the one that its points fit.

Decides how the rulebook is found for formats that cannot say it themselves.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import combinations_with_replacement
from typing import Any

from attrs import evolve

from massstart.marks import status_of
from massstart.problems import InvalidRecord, Problem, UnknownName
from massstart.rulebook import Rulebook
from massstart.rulebooks import RULEBOOKS
from massstart.rulebooks import rulebook as find


def is_day(text: str) -> bool:
    """Whether a text is a date as the files have it: ``2025-11-16``."""
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text, re.ASCII):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def choose(
    given: Rulebook | str | None,
    day: str | None,
    *,
    junior: bool = False,
    laps: int | None = None,
    sprint_laps: Sequence[int] | None = None,
    rows: Sequence[Mapping[str, Any]] = (),
) -> Rulebook | Problem:
    """A rulebook by its id, by the day of the race, or by the points, with the race's own sprint laps if given.

    Args:
        given: a rulebook, or the id of one.
        day: the date of the race, ``YYYY-MM-DD``.
        junior: whether it is a race of juniors.
        laps: the distance of the race, where it is known.
        sprint_laps: the laps of its intermediate sprints, likewise.
        rows: the fields of the sheet's rows, which tell the rulebook where nothing else does.

    Example:
        >>> choose(None, "2025-11-16").id
        'isu-2024'
        >>> choose(None, "2025-11-16", laps=20, sprint_laps=[4, 8, 12, 16]).sprint_laps
        (4, 8, 12, 16)
        >>> choose(None, "16.11.2025").message
        "'16.11.2025' is not a date of the form YYYY-MM-DD"
    """
    if not given and day is not None and not is_day(day):
        return Problem("type", "date", f"{day!r} is not a date of the form YYYY-MM-DD", "write it as 2025-11-16")
    book: Rulebook | None
    try:
        if isinstance(given, Rulebook):
            book = given
        elif given or day:
            book = find(given or date.fromisoformat(day or ""), junior=junior)
        else:
            book = fitting(rows)
    except UnknownName as error:
        return Problem("unknown-rulebook", "rulebook", str(error), "choose one of them (rulebook, --rulebook)")
    if book is None:
        message = "no rulebook is given, and no date to find it by" + (", and the points fit none" if rows else "")
        return Problem("missing-key", "rulebook", message, "give one of them")
    if sprint_laps is None:
        return book
    try:
        # The laps of the sprints are held against the distance, so both are the race's.
        return evolve(book, laps=laps or book.laps, sprint_laps=tuple(sprint_laps))
    except InvalidRecord as error:
        return error.problems[0]


def fitting(rows: Sequence[Mapping[str, Any]]) -> Rulebook | None:
    """The latest rulebook whose points the rows of a result can be; ``None`` where that is not plain.

    The points of a race add up to what its rulebook has to give: 147 until 2018, 157 since. Where rows are missing,
    the totals tell, if only one scale can make them. Two rulebooks that give the same differ where a skater was lapped
    or did not finish: points that count there, or a total that does not have them, tell which it was. Where nobody
    shows the difference, the latest is taken, and the result is the same.
    """
    points = sum(_won(row) or 0 for row in rows)
    books = [book for book in RULEBOOKS if points and points == _to_give(book)]
    books = books or [book for book in RULEBOOKS if _can_begin(rows, book)]
    if len({(book.intermediate, book.final, book.sprint_laps) for book in books}) > 1:
        return None
    kept = any(row.get("total") and _is_short(row, rows) for row in rows)
    lost = any(row.get("total") == 0 and _won(row) for row in rows)
    books = [book for book in books if not (kept and book.forfeits) and not (lost and not book.forfeits)]
    return max(books, key=lambda book: book.first_day or date.min, default=None)


def _can_begin(rows: Sequence[Mapping[str, Any]], book: Rulebook) -> bool:
    """Whether the first ranks of a race can have these points: the podium its own, the others what is left.

    The first three across the line are the first three in rank on every scale that is known.
    """
    totals: list[int] = [row["total"] for row in rows if row.get("total") is not None]
    if len(totals) < len(rows) or [row.get("rank") for row in rows[:3]] != [1, 2, 3]:
        return False
    sprints = len(book.sprint_laps)
    sums = {sum(cells) for cells in combinations_with_replacement((0, *book.intermediate.points), sprints)}
    finals = [[points] for points in book.final.points[:3]] + [[0, *book.final.points[3:]]] * len(totals)
    left = [
        [total - final for final in may if total - final in sums] for total, may in zip(totals, finals, strict=False)
    ]
    return all(left) and sum(map(min, left)) <= sprints * sum(book.intermediate.points)


def breaks_off(rows: Sequence[Mapping[str, Any]], book: Rulebook) -> bool:
    """Whether rows are missing at the end: everybody has points, and yet they are fewer than the rulebook gives out.

    In a complete result the points that are missing were forfeited by somebody, whose total is 0.
    """
    totals = [row.get("total") for row in rows]
    if not all(totals) or any(status_of(row.get("mark") or "") for row in rows):
        return False
    points: int = sum(filter(None, totals))
    return points < _to_give(book, len(rows))


def _won(row: Mapping[str, Any]) -> int | None:
    """The points that a skater won in the sprints, whether they count or not."""
    won: int | None = sum(row["sprints"]) if row.get("sprints") is not None else row.get("won") or row.get("total")
    return won


def _to_give(book: Rulebook, skaters: int | None = None) -> int:
    """The points of a race; not all of them, where fewer skaters than places are."""
    intermediate, final = book.intermediate.points[:skaters], book.final.points[:skaters]
    return len(book.sprint_laps) * sum(intermediate) + sum(final)


def _is_short(row: Mapping[str, Any], rows: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a skater was lapped or did not finish: by the mark, by the laps, or by a time shorter than the winner's."""
    laps = max((other["laps"] for other in rows if other.get("laps")), default=0)
    winner = next((other["time"] for other in rows if other.get("rank") == 1 and other.get("time")), None)
    time = row.get("time")
    return (
        status_of(row.get("mark") or "") in ("lapped", "unfinished")
        or (row.get("laps") or laps) < laps
        or bool(winner and time and time.before(winner))
    )
