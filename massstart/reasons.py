"""Why a skater has a rank, in words.

Decides the wording only. Every comparison is read off the keys that sorted the skaters: the first field in
which two keys differ is the reason, so the words cannot tell another story than the ranking.

Rows come in rank order, so those who are level with a skater stand together, and whoever parts it from the others
stands right before or behind them. A sentence looks there and nowhere else; only for a skater who crossed the line on
the other side of somebody than the ranking has them does it look through the rows.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import accumulate, groupby
from typing import Literal, NamedTuple

from attrs import frozen

from massstart.row import CRITERIA, Key, Row
from massstart.words import count, listing, ordinal, place

#: How many skaters a sentence names before it counts the rest.
NAMED = 3


@frozen
class Ranking:
    """The ranked rows of a result, and where those who are level begin and end.

    Attributes:
        rows: in rank order, without the disqualified.
        distance: the laps of the race.
        tied: for each row, the first row with its key and the first behind them.
        level: for each row, the first row with as many laps and points, and the first behind them.
        crossed_last: for each row, the last place across the line among those ranked before it.
        crossed_first: for each row, the first place across the line among those ranked behind it.
    """

    rows: tuple[Row, ...]
    distance: int
    tied: tuple[tuple[int, int], ...]
    level: tuple[tuple[int, int], ...]
    crossed_last: tuple[float, ...]
    crossed_first: tuple[float, ...]

    @classmethod
    def of(cls, rows: Sequence[Row], distance: int) -> "Ranking":
        """Look through the rows of a result once."""
        ranked = tuple(row for row in rows if row.key is not None)
        places = [row.finish for row in ranked]
        return cls(
            ranked,
            distance,
            _runs([_key(row) for row in ranked]),
            _runs([_key(row)[:2] for row in ranked]),
            tuple(accumulate((finish or 0 for finish in places), max, initial=0)),
            tuple(accumulate((finish or _NOWHERE for finish in reversed(places)), min, initial=_NOWHERE))[::-1],
        )


_NOWHERE = float("inf")


def _runs(values: Sequence[object]) -> tuple[tuple[int, int], ...]:
    """For each value, where the run of its equals begins and ends."""
    runs: list[tuple[int, int]] = []
    for _, run in groupby(values):
        size = len(list(run))
        runs += [(len(runs), len(runs) + size)] * size
    return tuple(runs)


def reasons(rows: Sequence[Row], distance: int, notes: Mapping[object, str]) -> Iterator[str]:
    """The reason for every rank, in the order of the rows.

    Args:
        rows: the rows of a result: in rank order, the disqualified last.
        distance: the laps of the race.
        notes: why skaters were disqualified, by id.
    """
    ranking = Ranking.of(rows, distance)
    for index, row in enumerate(rows):
        yield _disqualified(notes.get(row.id)) if row.key is None else reason(ranking, index)


def _disqualified(why: str | None) -> str:
    return "disqualified" + (f" ({why})" if why else "") + ": listed last, without rank and points"


#: What parts two skaters: laps completed, points that count, the order across the line, the time at the last crossing,
#: the order on the track; ``nothing`` where they share the rank, ``unknown`` where they do so for want of a fact; and
#: ``crossing`` where one crossed the line on the other side of the other than the ranking has them.
By = Literal["laps", "points", "line", "time", "track", "nothing", "unknown", "crossing"]


class Comparison(NamedTuple):
    """How a skater stands to others, and by what: what a reason says, for whoever says it in another language.

    A named tuple, for a race has more of them than rows.

    Attributes:
        side: ``behind`` them, ``ahead`` of them, or ``with`` them on one rank.
        by: what parts the skater from them.
        skaters: their rows, best first; of a ``crossing`` in the order across the line.
    """

    side: Literal["with", "behind", "ahead"]
    by: By
    skaters: tuple[Row, ...]


def comparisons(ranking: Ranking, index: int) -> tuple[Comparison, ...]:
    """How a skater stands to those who matter: those on the same rank, those level, the neighbours, those passed."""
    return (
        *_shared(ranking, index),
        *_level(ranking, index),
        *_neighbours(ranking, index),
        *_crossings(ranking, index),
    )


def reason(ranking: Ranking, index: int) -> str:
    """The reason for the rank of one row."""
    row = ranking.rows[index]
    found = comparisons(ranking, index)
    level = [one for one in found if one.by in _LEVEL]
    parts = [_points(row), _finish(row, ranking.distance), *(_tied(one) for one in found if one.side == "with")]
    if level:
        sides = " and ".join(f"{_WORDS[one.side]} {_names(one.skaters)}" for one in level)
        parts.append(f"level on points, {sides} by {_LEVEL[level[0].by]}")
    parts += [_apart(one) for one in found if one.by in ("laps", "points")]
    parts += [_passed(one) for one in found if one.by == "crossing"]
    return f"{ordinal(row.rank or 0)}: {'; '.join(parts)}"


def decisive(key: Key, neighbour: Key) -> str | None:
    """The first criterion in which two keys differ: ``laps_short``, ``total`` or ``finish``."""
    for name, own, its in zip(CRITERIA, key, neighbour, strict=True):
        if own != its:
            return name
    return None


def _key(row: Row) -> Key:
    assert row.key is not None  # the disqualified are left aside
    return row.key


def _points(row: Row) -> str:
    total = row.total or 0
    won = sum(filter(None, row.sprints))
    cells = []
    if won:
        final = len(row.sprints)
        cells = [
            f"{'final sprint' if number == final else f'sprint {number}'}: {points}"
            for number, points in enumerate(row.sprints, 1)
            if points
        ]
        if None in row.sprints and total > won:
            cells.insert(0, f"intermediate sprints: {total - won}")
    details = f" ({', '.join(cells)})" if cells else ""
    if won and not total:
        why = "the skater was lapped" if row.status == "lapped" else "the race was not finished"
        return f"{count(won, 'point')} won{details} do not count, for {why}"
    return count(total, "point") + details


def _finish(row: Row, distance: int) -> str:
    time = f", {row.time}" if row.time else ""
    if row.status == "unfinished":
        return f"{'fewer than' if row.laps is None else f'{row.laps} of'} {distance} laps{time}"
    if row.status == "racing":
        return f"still racing, {row.laps} of {distance} laps{time}"
    crossed = f"{place(row.finish)} across the line" if row.finish else "at full distance"
    return f"{crossed}{', lapped' if row.status == 'lapped' else ''}{time}"


_WORDS = {"behind": "behind", "ahead": "ahead of"}
#: What decides between those who are level on laps and points, in words.
_LEVEL: dict[By, str] = {
    "line": "the order across the line",
    "time": "the time at the last crossing",
    "track": "the order on the track",
}
_BY: dict[str, By] = {"unfinished": "time", "racing": "track"}


def _shared(ranking: Ranking, index: int) -> Iterator[Comparison]:
    begin, end = ranking.tied[index]
    if end - begin > 1:
        by: By = "unknown" if ranking.rows[index].status == "racing" else "nothing"
        yield Comparison("with", by, (*ranking.rows[begin:index], *ranking.rows[index + 1 : end]))


def _level(ranking: Ranking, index: int) -> Iterator[Comparison]:
    """Those with as many laps and points."""
    rows = ranking.rows
    by = _BY.get(rows[index].status, "line")
    begin, end = ranking.tied[index]
    level_begin, level_end = ranking.level[index]
    if level_begin < begin:
        yield Comparison("behind", by, rows[level_begin:begin])
    if end < level_end:
        yield Comparison("ahead", by, rows[end:level_end])


def _neighbours(ranking: Ranking, index: int) -> Iterator[Comparison]:
    """What parts this skater from those next to it in the ranking."""
    rows, row = ranking.rows, ranking.rows[index]
    begin, end = ranking.tied[index]
    before, after = rows[begin - 1 : begin] if begin else (), rows[end : end + 1]
    sides: tuple[tuple[Literal["behind", "ahead"], tuple[Row, ...]], ...] = (("behind", before), ("ahead", after))
    for side, near in sides:
        for neighbour in near:
            criterion = decisive(_key(row), _key(neighbour))
            if criterion == "total" and not _crossed_otherwise(row, neighbour):
                yield Comparison(side, "points", near)
            elif criterion == "laps_short":
                yield Comparison(side, "laps", near)


def _crossed_otherwise(row: Row, neighbour: Row) -> bool:
    """Whether two skaters crossed the line in the other order than they rank in; _crossings then tells of both."""
    if row.finish is None or neighbour.finish is None:
        return False
    return (row.finish > neighbour.finish) != (_key(row) > _key(neighbour))


def _crossings(ranking: Ranking, index: int) -> Iterator[Comparison]:
    """Who crossed the line on the other side of this skater than the ranking has them."""
    rows, own = ranking.rows, ranking.rows[index].finish
    if own is None:
        return
    # Those who are level crossed in the order of the ranking.
    begin, end = ranking.level[index]
    if ranking.crossed_first[end] < own:
        yield Comparison("ahead", "crossing", _by_line(rows[end:], lambda finish: finish < own))
    if ranking.crossed_last[begin] > own:
        yield Comparison("behind", "crossing", _by_line(rows[:begin], lambda finish: finish > own))


def _by_line(rows: Sequence[Row], crossed: Callable[[int], bool]) -> tuple[Row, ...]:
    found = [(row.finish, position) for position, row in enumerate(rows) if row.finish and crossed(row.finish)]
    return tuple([rows[position] for _, position in sorted(found)])


def _tied(one: Comparison) -> str:
    if one.by == "unknown":
        return f"shares the rank with {_names(one.skaters)}: nothing known parts them"
    return f"shares the rank with {_names(one.skaters)} in a full dead heat"


def _apart(one: Comparison) -> str:
    (neighbour,) = one.skaters
    if one.by == "laps":
        return f"{_WORDS[one.side]} {neighbour.label} by laps completed"
    return f"{_WORDS[one.side]} {neighbour.label} on points ({neighbour.total})"


def _passed(one: Comparison) -> str:
    # They stand in the order across the line.
    ends = (one.skaters[0], one.skaters[-1])
    places = dict.fromkeys(row.finish or 0 for row in (one.skaters if len(one.skaters) <= NAMED + 1 else ends))
    each_is_named = len(places) == 1 or len(places) == len(one.skaters)
    when = listing([*map(place, places)]) if each_is_named else "earlier" if one.side == "ahead" else "later"
    points = {row.total or 0 for row in one.skaters}
    with_points = f" with {count(points.pop(), 'point')}" if len(points) == 1 else ""
    words = f"{_WORDS[one.side]} {_names(one.skaters)}, who crossed {when}{with_points}"
    return words.replace("with no points", "without points")


def _names(rows: Sequence[Row]) -> str:
    if len(rows) <= NAMED + 1:
        return listing([row.label for row in rows])
    return listing([*(row.label for row in rows[:NAMED]), f"{len(rows) - NAMED} others"])
