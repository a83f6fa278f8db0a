"""Why a skater has a rank, in words.

Decides the wording only. Every comparison is read off the keys that sorted the skaters: the first field in
which two keys differ is the reason, so the words cannot tell another story than the ranking.

Rows come in rank order, so those who are level with a skater stand together, and whoever parts it from the others
stands right before or behind them. A sentence looks there and nowhere else; only for a skater who crossed the line on
the other side of somebody than the ranking has them does it look through the rows.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import accumulate, groupby

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


def reason(ranking: Ranking, index: int) -> str:
    """The reason for the rank of one row."""
    row = ranking.rows[index]
    parts = [
        _points(row),
        _finish(row, ranking.distance),
        *_shared(ranking, index),
        *_neighbours(ranking, index),
        *_crossings(ranking, index),
    ]
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


def _shared(ranking: Ranking, index: int) -> Iterator[str]:
    begin, end = ranking.tied[index]
    if end - begin > 1:
        names = _names([*ranking.rows[begin:index], *ranking.rows[index + 1 : end]])
        if ranking.rows[index].status == "racing":
            yield f"shares the rank with {names}: nothing known parts them"
        else:
            yield f"shares the rank with {names} in a full dead heat"


#: What decides between those who are level on laps and points.
_BY = {"unfinished": "the time at the last crossing", "racing": "the order on the track"}


def _neighbours(ranking: Ranking, index: int) -> Iterator[str]:
    """Who is level, and what parts this skater from those next to it in the ranking."""
    rows, row = ranking.rows, ranking.rows[index]
    begin, end = ranking.tied[index]
    level_begin, level_end = ranking.level[index]
    sides = [
        f"{word} {_names(rows[first:last])}"
        for word, first, last in (("behind", level_begin, begin), ("ahead of", end, level_end))
        if first < last
    ]
    if sides:
        yield f"level on points, {' and '.join(sides)} by {_BY.get(row.status, 'the order across the line')}"
    for word, near in (("behind", rows[begin - 1 : begin] if begin else ()), ("ahead of", rows[end : end + 1])):
        for neighbour in near:
            criterion = decisive(_key(row), _key(neighbour))
            if criterion == "total" and not _crossed_otherwise(row, neighbour):
                yield f"{word} {neighbour.label} on points ({neighbour.total})"
            elif criterion == "laps_short":
                yield f"{word} {neighbour.label} by laps completed"


def _crossed_otherwise(row: Row, neighbour: Row) -> bool:
    """Whether two skaters crossed the line in the other order than they rank in; _crossings then tells of both."""
    if row.finish is None or neighbour.finish is None:
        return False
    return (row.finish > neighbour.finish) != (_key(row) > _key(neighbour))


def _crossings(ranking: Ranking, index: int) -> Iterator[str]:
    """Who crossed the line on the other side of this skater than the ranking has them, and with how many points."""
    rows, own = ranking.rows, ranking.rows[index].finish
    if own is None:
        return
    # Those who are level crossed in the order of the ranking.
    begin, end = ranking.level[index]
    if ranking.crossed_first[end] < own:
        yield _passed("ahead of", "earlier", rows[end:], lambda finish: finish < own)
    if ranking.crossed_last[begin] > own:
        yield _passed("behind", "later", rows[:begin], lambda finish: finish > own)


def _passed(word: str, side: str, rows: Sequence[Row], crossed: Callable[[int], bool]) -> str:
    passed = [(row.finish, position) for position, row in enumerate(rows) if row.finish and crossed(row.finish)]
    passed.sort()
    places = dict.fromkeys(finish for finish, _ in passed)
    each_is_named = len(places) == 1 or len(places) == len(passed) <= NAMED + 1
    when = listing([*map(place, places)]) if each_is_named else side
    skaters = [rows[position] for _, position in passed]
    points = {row.total or 0 for row in skaters}
    with_points = f" with {count(points.pop(), 'point')}" if len(points) == 1 else ""
    return f"{word} {_names(skaters)}, who crossed {when}{with_points.replace('with no points', 'without points')}"


def _names(rows: Sequence[Row]) -> str:
    if len(rows) <= NAMED + 1:
        return listing([row.label for row in rows])
    return listing([*(row.label for row in rows[:NAMED]), f"{len(rows) - NAMED} others"])
