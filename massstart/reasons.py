"""Why a skater has a rank, in words.

Decides the wording only. Every comparison is read off the keys that sorted the skaters: the first field in
which two keys differ is the reason, so the words cannot tell another story than the ranking.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from massstart.race import Race
from massstart.words import count, listing, ordinal, place

if TYPE_CHECKING:
    from massstart.key import Key
    from massstart.result import Result, Row

#: How many skaters a sentence names before it counts the rest.
NAMED = 3


def reason(row: "Row", result: "Result") -> str:
    """The reason for a row's rank."""
    if row.key is None:
        return _disqualified(row, result)
    others = [other for other in result.rows if other.key is not None and other.id != row.id]
    parts = [
        _points(row),
        _line(row, result.record.laps),
        *_shared(row, others),
        *_neighbours(row, others),
        *_crossings(row, others),
    ]
    return f"{ordinal(row.rank or 0)}: {'; '.join(part for part in parts if part)}"


def decisive(one: "Key", other: "Key") -> str | None:
    """The first criterion in which two keys differ: ``laps_short``, ``points`` or ``line``."""
    return next((name for name in one._fields if getattr(one, name) != getattr(other, name)), None)


def _disqualified(row: "Row", result: "Result") -> str:
    notes = result.record.disqualified if isinstance(result.record, Race) else ()
    why = [text for note in notes if note.id == row.id for text in (note.clause, note.reason) if text]
    return "disqualified" + (f" ({', '.join(why)})" if why else "") + ": listed last, without rank and points"


def _points(row: "Row") -> str:
    known = [cell for cell in row.sprints if cell is not None]
    final = len(row.sprints)
    cells = [
        f"{'final sprint' if number == final else f'sprint {number}'}: {cell}"
        for number, cell in enumerate(row.sprints, 1)
        if cell
    ]
    won = sum(known)
    if len(known) < len(row.sprints) and row.total > won:
        cells.insert(0, f"intermediate sprints: {row.total - won}") if cells else None
    details = f" ({', '.join(cells)})" if cells else ""
    if won and not row.total:
        why = "the skater was lapped" if row.status == "lapped" else "the race was not finished"
        return f"{count(won, 'point')} won{details} do not count, for {why}"
    return count(row.total, "point") + details


def _line(row: "Row", distance: int) -> str:
    time = f", {row.time}" if row.time else ""
    if row.status == "unfinished":
        return f"{'fewer than' if row.laps is None else f'{row.laps} of'} {distance} laps{time}"
    if row.status == "racing":
        return f"still racing, {row.laps} of {distance} laps{time}"
    crossed = f"{place(row.finish)} across the line" if row.finish else "at full distance"
    return f"{crossed}{', lapped' if row.status == 'lapped' else ''}{time}"


def _shared(row: "Row", others: "Sequence[Row]") -> list[str]:
    tied = [other.label for other in others if other.key == row.key]
    if row.status == "racing" and tied:
        return [f"shares the rank with {_names(tied)}: nothing known parts them"]
    return [f"shares the rank with {_names(tied)} in a full dead heat"] if tied else []


def _neighbours(row: "Row", others: "Sequence[Row]") -> list[str]:
    """Who is level, and what parts this skater from those next to it in the ranking."""
    assert row.key is not None  # a disqualified skater has neither key nor neighbours
    ahead = [other for other in others if other.key is not None and other.key < row.key]
    behind = [other for other in others if other.key is not None and other.key > row.key]
    parts = []
    level_ahead = [other for other in ahead if _criterion(row, other) == "line"]
    level_behind = [other for other in behind if _criterion(row, other) == "line"]
    if level_ahead or level_behind:
        sides = []
        if level_ahead:
            sides.append(f"behind {_names([other.label for other in level_ahead])}")
        if level_behind:
            sides.append(f"ahead of {_names([other.label for other in level_behind])}")
        how = {"unfinished": "the time at the last crossing", "racing": "the order on the track"}.get(
            row.status, "the order across the line"
        )
        parts.append(f"level on points, {' and '.join(sides)} by {how}")
    for word, side in (("behind", ahead[-1:]), ("ahead of", behind[:1])):
        for other in side:
            criterion = _criterion(row, other)
            if criterion == "points" and not _crossed_otherwise(row, other):
                parts.append(f"{word} {other.label} on points ({other.total})")
            elif criterion == "laps_short":
                parts.append(f"{word} {other.label} by laps completed")
    return parts


def _crossings(row: "Row", others: "Sequence[Row]") -> list[str]:
    """Who crossed the line on the other side of this skater than the ranking has them, and with how many points."""
    if row.finish is None or row.key is None:
        return []
    parts = []
    for word, sign in (("ahead of", -1), ("behind", 1)):
        side = [
            (other.finish, other)
            for other in others
            if other.finish
            and other.key
            and (other.finish - row.finish) * sign > 0
            and (row.key > other.key) == (sign > 0)
        ]
        side.sort(key=lambda pair: pair[0])
        if side:
            places = dict.fromkeys(place(finish) for finish, _ in side)
            each_is_named = len(places) == 1 or len(places) == len(side) <= NAMED + 1
            when = listing([*places]) if each_is_named else "earlier" if sign < 0 else "later"
            points = {other.total for _, other in side}
            with_points = f" with {count(points.pop(), 'point')}" if len(points) == 1 else ""
            names = _names([other.label for _, other in side])
            parts.append(f"{word} {names}, who crossed {when}{with_points.replace('with no points', 'without points')}")
    return parts


def _crossed_otherwise(row: "Row", other: "Row") -> bool:
    """Whether two skaters crossed the line in the other order than they rank in; _crossings then tells of both."""
    assert row.key is not None  # both are ranked
    assert other.key is not None
    return None not in (row.finish, other.finish) and ((row.finish or 0) > (other.finish or 0)) != (row.key > other.key)


def _criterion(row: "Row", other: "Row") -> str | None:
    assert row.key is not None  # both are ranked
    assert other.key is not None
    return decisive(row.key, other.key)


def _names(names: Sequence[str]) -> str:
    if len(names) <= NAMED + 1:
        return listing(names)
    return listing([*names[:NAMED], f"{len(names) - NAMED} others"])
