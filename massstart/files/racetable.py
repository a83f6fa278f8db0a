"""A race from the rows of a table: a row a skater, with the place across the line and the place in each sprint.

Decides how a row tells the way in which a skater's race ended. Nothing is dropped: a cell that says more than a race
can hold is refused.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from massstart.files.cells import NotRead, race_times, whole
from massstart.files.grid import Grid
from massstart.files.headings import sprint_keys
from massstart.marks import status_of
from massstart.nations import nation_code
from massstart.problems import InvalidRecord
from massstart.race import Race
from massstart.records import Starter
from massstart.rulebook import Rulebook

Row = tuple[int, dict[str, str | None]]
_PLACED = {"lapped": "lapped", "disqualified": "disqualified", "absent": "did_not_start"}


def race_facts(made: Grid, rows: Sequence[Row], distance: int | None) -> dict[str, Any]:
    """What the rows of a race say.

    Args:
        made: the table; its problems grow.
        rows: each with its line.
        distance: the laps of the race, if they are known.
    """
    starters: list[tuple[int, Starter]] = []
    sprints = sprint_keys([key for key in made.keys if key])
    places: dict[str, list[tuple[int, int, str]]] = {key: [] for key in ("line", *sprints)}
    facts: dict[str, Any] = {"times": {}, "unfinished": {}, "advanced": []} | {end: [] for end in _PLACED.values()}
    times = race_times([None if status_of(cells.get("time") or "") else cells.get("time") for _, cells in rows])
    for (line, cells), time in zip(rows, times, strict=True):
        numbers = _numbers(made, line, cells)
        if isinstance(time, NotRead):
            made.refuse(line, "time", *time.args)
        elif time is not None:
            numbers["time"] = time
        starter = starter_of(made, line, cells)
        if starter is None:
            continue
        id = str(starter.id)
        starters.append((numbers.get("start", 0), starter))
        for key, place in places.items():
            if key in numbers:
                place.append((numbers[key], line, id))
        _take_ending(made, line, id, cells, numbers, distance, facts)
        _take_qualified(made, line, id, cells, facts)
    _check_starts(made, [start for start, _ in starters])
    starters.sort(key=lambda one: one[0])
    orders = {key: _order(made, key, placed) for key, placed in places.items()}
    return facts | {"starters": [one for _, one in starters], "finish": orders.pop("line"), "sprints": orders}


def starter_of(made: Grid, line: int, cells: Mapping[str, str | None]) -> Starter | None:
    """The skater of a row, known by the number worn, else by the name; ``None`` where neither stands there."""
    name = " ".join(filter(None, (cells.get("name"), cells.get("given"), cells.get("family")))) or None
    id = cells.get("bib") or name
    if id is None:
        made.refuse(line, "bib", "nobody's number or name stands here", "add it")
        return None
    nation = cells.get("nation")
    return Starter(id, name, nation and nation_code(nation))


def _take_ending(
    made: Grid,
    line: int,
    id: str,
    cells: Mapping[str, str | None],
    numbers: Mapping[str, Any],
    distance: int | None,
    facts: dict[str, Any],
) -> None:
    """How the skater's race ended, by the mark or by the laps."""
    mark = _mark(made, line, cells)
    ending = status_of(mark or "")
    if mark is not None and ending is None:
        remedy = "write DNF, DQ, DNS, LAP or another mark with a plain meaning, or nothing"
        made.refuse(line, "mark", f"{mark!r} is not a status", remedy)
    laps, time = numbers.get("laps"), numbers.get("time")
    short = laps is not None and distance is not None and laps < distance
    if laps is not None and distance is not None and laps > distance:
        made.refuse(line, "laps", f"{laps} laps, but the race has {distance}", "correct one of them (# laps: …)")
    if ending == "unfinished" or (short and ending in (None, "lapped")):
        if "line" in numbers:
            made.refuse(line, "line", "a place across the line, but not all the laps", "keep one of them")
        facts["unfinished"][id] = (laps, time)
        return
    if short and not (ending == "absent" and laps == 0):
        message = f"the laps of a skater with the mark {mark} have no place in a race"
        made.refuse(line, "laps", message, "leave them out, or write DNF")
    if ending is not None:
        facts[_PLACED[ending]].append(id)
    if time is not None:
        facts["times"][id] = time


def _mark(made: Grid, line: int, cells: Mapping[str, str | None]) -> str | None:
    """The mark of a row: in its own column, or in place of the place or the time."""
    marks = {
        key: text
        for key in ("mark", "line", "time", "laps")
        if (text := cells.get(key)) and (key == "mark" or status_of(text))
    }
    if len({status_of(mark) for mark in marks.values()}) > 1:
        made.refuse(line, [*marks][-1], f"more than one mark: {', '.join(marks.values())}", "keep one of them")
    return next(iter(marks.values()), None)


def _take_qualified(made: Grid, line: int, id: str, cells: Mapping[str, str | None], facts: dict[str, Any]) -> None:
    mark = cells.get("qualified")
    if mark == "q":
        facts["advanced"].append(id)
    elif mark not in (None, "Q"):
        made.refuse(
            line, "qualified", f"{mark!r} is neither Q nor q", "write q for who is sent on by decision, or nothing"
        )


def _numbers(made: Grid, line: int, cells: Mapping[str, str | None]) -> dict[str, Any]:
    """The cells of a row that hold places, laps and the start number."""
    numbers: dict[str, Any] = {}
    for key, text in cells.items():
        if text is None or not (key in ("line", "laps", "start") or key[:1] == "S") or status_of(text):
            continue
        try:
            numbers[key] = whole(text)
        except NotRead as error:
            made.refuse(line, key, *error.args)
    return numbers


def _check_starts(made: Grid, starts: Sequence[int]) -> None:
    """A race keeps start numbers as the order of its starters, so they have to be 1, 2, 3 and so on."""
    if any(starts) and sorted(starts) != [*range(1, len(starts) + 1)]:
        message = "the start numbers are not 1, 2, 3 and so on"
        made.refuse(made.header.line, "start", message, "give each skater one, or none; a number worn goes under Nr")


def made_race(made: Grid, said: dict[str, Any], book: Rulebook, sprint_laps: Sequence[int] | None) -> Race:
    """The race of a rulebook."""
    laps = tuple(book.sprint_laps if sprint_laps is None else sprint_laps)
    orders = [*said.pop("sprints").values()]
    if len(orders) > len(laps):
        message = f"{len(orders)} intermediate sprints, but there are {len(laps)}"
        made.refuse(made.header.line, "", message, "the final sprint is Line; for others add # sprint_laps: 4,8,12")
    if made.problems:
        raise InvalidRecord(made.problems)
    sprints = {lap: order for lap, order in zip(laps, orders, strict=False) if order}
    return Race(**said | {"sprints": sprints}, rulebook=book, sprint_laps=laps)


def _order(made: Grid, key: str, placed: Sequence[tuple[int, int, str]]) -> list[list[str]]:
    """An order from places; equal places are a dead heat, after which as many are skipped."""
    order: list[list[str]] = []
    places = sorted(place for place, _, _ in placed)
    for place, line, id in sorted(placed, key=lambda skater: skater[0]):
        if places.index(place) + 1 != place:
            remedy = "give every place from 1 on; after a dead heat the next places are skipped: 1, 2, 2, 4"
            made.refuse(line, key, f"place {place}, but {places.index(place)} are ahead", remedy)
        if places.index(place) == sum(map(len, order)):
            order.append([])
        order[-1].append(id)
    return order
