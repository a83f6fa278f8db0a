"""The ranking of many races at once.

Decides nothing that `massstart.scoring` and `massstart.ranking` do not decide: it is their rules once more, over arrays.
The tests hold it against `massstart.rank`, skater by skater.
"""

from typing import Any

import numpy as np
from attrs import evolve

from massstart.batch.check import Tally, check_block, check_shapes
from massstart.batch.races import DISQUALIFIED, LAPPED, UNFINISHED, UNTIMED, Bools, Ints, Races, Scored
from massstart.problems import InvalidRecord
from massstart.rulebook import Scale

#: Cells handled at a time: their arrays stay in the processor's cache, and the memory that is needed besides is bounded.
#: Blocks from half to twice as large take the same time.
BLOCK = 4096 * 24


def score(races: Races, *, check: bool = True) -> Scored:
    """Rank many races by their rulebook, each exactly as `massstart.rank` ranks one.

    Args:
        races: the races.
        check: whether to look at every cell first. Of arrays that are not checked, and hold what cannot be, the
            outcome means nothing.

    Raises:
        InvalidRecord: arrays that do not fit together; with ``check``, cells that cannot be, by kind: the first five,
            with race and skater, and how many more.

    Example:
        >>> from massstart.batch import DISQUALIFIED, FINISHED, Races, score
        >>> scored = score(Races(
        ...     rulebook="isu-2024", advance=1, finish=[[1, 2, 3]], status=[[DISQUALIFIED, FINISHED, FINISHED]],
        ... ))
        >>> scored.rank.tolist(), scored.total.tolist(), scored.qualified.tolist()
        ([[0, 1, 2]], [[0, 60, 40]], [[0, 1, 0]])
    """
    scored, _ = tallied(races, check=check)
    return scored


def tallied(races: Races, *, check: bool) -> tuple[Scored, Tally]:
    """The outcome, and what was found on the way."""
    check_shapes(races)
    count, skaters = races.finish.shape
    book = races.rulebook
    most = max(book.intermediate.points[0], book.final.points[0])
    place = np.uint8 if skaters < 255 else np.uint16 if skaters < 65535 else np.int64
    scored = Scored(
        rank=np.zeros((count, skaters), place),
        total=np.zeros((count, skaters), _kind(most * (len(races.sprint_laps) + 1))),
        points=np.zeros((count, len(races.sprint_laps) + 1, skaters), _kind(most)),
        finish=np.zeros((count, skaters), place),
        qualified=np.zeros((count, skaters), np.uint8),
    )
    tally = Tally(races)
    size = max(1, BLOCK // max(1, skaters))
    for number, block in enumerate(races.blocks(size)):
        start = number * size
        if check:
            check_block(block, tally, start)
        if not tally.problems:
            _score_block(block, scored, slice(start, start + len(block)))
    if tally.problems:
        raise InvalidRecord(tally.all())
    return evolve(scored, warnings=tally.warnings()), tally


def _kind(most: int) -> type[np.integer[Any]]:
    """The smallest kind of whole number that holds so many points."""
    return next(kind for kind in (np.int16, np.int32, np.int64) if most <= np.iinfo(kind).max)


def _score_block(races: Races, scored: Scored, rows: slice) -> None:
    book, status = races.rulebook, races.status
    special = status is not None and bool(status.any())
    disqualified = unranked = None
    if status is not None and special:
        disqualified, unranked = _those(status == DISQUALIFIED), _those(status >= DISQUALIFIED)
    finish = np.ascontiguousarray(races.finish, scored.rank.dtype)
    sprints = () if races.sprints is None else np.moveaxis(races.sprints, 1, 0)
    orders = [order.astype(scored.rank.dtype, copy=False) for order in sprints]
    if races.guests is not None and races.guests.any():
        finish, *orders = (without(order, races.guests) for order in (finish, *orders))
        unranked = races.guests if unranked is None else unranked | races.guests
    if disqualified is not None and book.disqualified_in_sprint == "closed":
        orders = [without(order, disqualified) for order in orders]
    if disqualified is not None and book.disqualified_at_finish == "closed":
        finish = without(finish, disqualified)

    # The points: won in each sprint, and those that count.
    points, total = scored.points[rows], scored.total[rows]
    orders = [np.zeros_like(finish)] * (points.shape[1] - 1 - len(orders)) + [*orders, finish]
    scales = [book.intermediate] * (len(orders) - 1) + [book.final]
    for column, (order, scale) in enumerate(zip(orders, scales, strict=True)):
        won = _won(order if book.sprint_dead_heat == "skip" else unskipped(order), scale, points.dtype)
        if disqualified is not None:
            won *= ~disqualified  # a quarter of the time of `won[disqualified] = 0`
        points[:, column] = won
        total += won  # added up sprint by sprint: a third of the time of `points.sum(axis=1)`
    if status is not None and special and book.forfeits:
        total *= (status != LAPPED) & (status != UNFINISHED)
    scored.finish[rows] = finish = finish if disqualified is None else finish * ~disqualified

    # The ranks, and who goes on.
    keys = _keys(races, total, finish, special=special)
    if unranked is not None:
        keys[unranked] = keys.max() + 1
    rank = scored.rank[rows]
    rank[...] = ranked(keys)
    if unranked is not None:
        rank[unranked] = 0
    qualified = scored.qualified[rows]
    qualified[...] = (rank > 0) & (rank <= (races.advance or 0))
    if races.advanced is not None:
        qualified[races.advanced & (rank > 0) & (qualified == 0)] = 2


def _those(wanted: Any) -> Bools | None:
    return wanted if wanted.any() else None


def _won(order: Ints, scale: Scale, kind: Any) -> Ints:
    """The points for the places in a sprint."""
    table = np.zeros(max(order.shape[1], len(scale)) + 1, kind)
    table[1 : len(scale) + 1] = scale.points
    return np.take(table, order, mode="clip")  # half the time of `table[order]`


def without(order: Ints, away: Bools) -> Ints:
    """The places without some skaters: whoever was behind one of them moves up."""
    gone = np.flatnonzero(away & (order > 0))
    if not len(gone):
        return order
    skaters = order.shape[1]
    left = order.copy()
    places = left.ravel()[gone]
    left.ravel()[gone] = 0
    rows, row = np.unique(gone // skaters, return_inverse=True)
    width = skaters + 2
    # How many of those who are left out were ahead of each place.
    ahead = np.bincount(row * width + places + 1, minlength=len(rows) * width).reshape(-1, width).cumsum(axis=1)
    moved = left[rows]
    left[rows] = moved - ahead.ravel()[moved + np.arange(0, ahead.size, width)[:, None]]
    return left


def unskipped(order: Ints) -> Ints:
    """The places when a dead heat uses up one place only: 1, 2, 2, 3."""
    # Without a dead heat, k skaters have the places 1 to k, and their sum; with one, less. Few races have one.
    # The short float takes half the time, and holds the sum of so many places.
    kind: Any = np.float32 if order.shape[1] < 4096 else np.float64
    ones = np.ones(order.shape[1], kind)
    number = (order > 0).astype(kind) @ ones
    tied = np.flatnonzero(order.astype(kind) @ ones < number * (number + 1) / 2)
    if not len(tied):
        return order
    anew = order.copy()
    some = order[tied]
    anew[tied] = ranked(np.where(some == 0, np.int32(order.shape[1] + 1), some), skip=False) * (some > 0)
    return anew


def _keys(races: Races, total: Ints, finish: Ints, *, special: bool) -> Ints:
    """What everybody is ranked by, as one number: laps short of the distance, points that count, line or last time."""
    last = finish.astype(np.int64 if special else np.int32)
    points = int(total.max(initial=0)) - total
    if not special:
        return _joined(points, last)
    status = races.status
    assert status is not None
    unfinished = status == UNFINISHED
    short = np.zeros(status.shape, np.int64)
    if unfinished.any():
        assert races.laps_completed is not None
        short[unfinished] = races.laps - races.laps_completed[unfinished].astype(np.int64)
        if races.last_times is not None:
            times = races.last_times[unfinished].astype(np.int64)
            last[unfinished] = np.where(times == UNTIMED, times.max(initial=0) + 1, times)
    return _joined(short, _joined(points, last))


def _joined(first: Ints, second: Ints) -> Ints:
    """One key that sorts by the first and then by the second."""
    width, height = int(second.max(initial=0)) + 1, int(first.max(initial=0)) + 1
    if (height * width).bit_length() > _KEY_BITS:
        # Only their order counts, and of different values there are no more than cells.
        first, second = (np.unique(part, return_inverse=True)[1].reshape(part.shape) for part in (first, second))
        width, height = int(second.max(initial=0)) + 1, int(first.max(initial=0)) + 1
    joined: Ints = first.astype(np.int32 if height * width < 2**31 and second.dtype == np.int32 else np.int64) * width
    joined += second
    return joined


#: What is left of 63 bits when the column of up to a million skaters is packed beside the key.
_KEY_BITS = 42


def ranked(key: Ints, *, skip: bool = True) -> Ints:
    """One more than how many keys of a race are smaller; how many different ones, unless shared ranks are skipped.

    The column stands in the low bits of the key, so that the keys can be sorted as they are: a third of the time of
    `argsort`.
    """
    races, skaters = key.shape
    if not key.size:
        return np.zeros(key.shape, np.uint8)
    bits = max(1, (skaters - 1).bit_length())
    most = int(key.max(initial=0)) + 1
    packed: Ints = key.astype(np.int32 if most << bits < 2**31 else np.int64)
    packed <<= bits
    packed |= np.arange(skaters, dtype=packed.dtype)
    packed.sort(axis=1)
    column = packed & ((1 << bits) - 1)
    packed >>= bits
    # In one dimension, for rows of a few skaters cost twice as much.
    begins = np.empty(key.size, bool)
    begins[1:] = packed.ravel()[1:] != packed.ravel()[:-1]
    begins[::skaters] = True
    kind = np.uint8 if skaters < 255 else np.int32
    if begins.all():
        rank = np.broadcast_to(np.arange(1, skaters + 1, dtype=kind), key.shape)
    else:
        number = np.arange(key.size, dtype=np.int32) if skip else begins.cumsum(dtype=np.int32)
        if skip:
            number *= begins
            np.maximum.accumulate(number, out=number)
        number = number.reshape(key.shape)
        rank = (number - number[:, :1] + 1).astype(kind)
    found = np.empty(key.size, kind)
    found[(column + np.arange(races)[:, None] * skaters).ravel()] = rank.ravel()
    return found.reshape(key.shape)
