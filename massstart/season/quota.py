"""Who goes to the Games: places by nation from a season ranking, and the reserves.

Decides the cap per nation, ties at the last place, the host's place, and who follows a nation that gives a place back.
The ranking itself is `massstart.season.ranking`'s.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from attrs import asdict, evolve, field, frozen

from massstart.identity import nation as nation_of
from massstart.problems import InvalidRecord, Problem
from massstart.records import to_day, to_tuple
from massstart.season.ranking import Standings, StandingsRow
from massstart.tabular import Tabular
from massstart.values import is_count
from massstart.words import count, listing, ordinal, place


@frozen(kw_only=True)
class QuotaRow:
    """A place at the Games, or a reserve.

    Attributes:
        place: ``1`` and so on, ``R1`` and so on for a reserve.
        name: the skater; ``None`` for a host without a skater in the ranking.
        nation: who holds the place.
        number: which of the nation's places and reserves this is.
        points: the points of the season.
        reason: why the place is there.
    """

    place: str
    name: str | None
    nation: str
    number: int
    points: int | None
    reason: str = field(default="", eq=False)

    @property
    def is_reserve(self) -> bool:
        """Whether this is a reserve."""
        return self.place.startswith("R")


@frozen(kw_only=True)
class Quota(Tabular):
    """The places at the Games, and the reserves.

    Attributes:
        rows: the places, then the reserves, each in the order of the ranking.
        places, per_nation, reserves: how many there are, how many a nation can hold, how many reserves.
        id, title, date, event, sources: free text that is carried along.
        warnings: what had to be assumed.
    """

    rows: tuple[QuotaRow, ...] = field(converter=to_tuple)
    places: int
    per_nation: int
    reserves: int
    id: str | None = None
    title: str | None = None
    date: str | None = field(default=None, converter=to_day)
    event: str | None = None
    sources: tuple[str, ...] = field(default=(), converter=to_tuple)
    warnings: tuple[Problem, ...] = field(default=(), eq=False)

    def _title(self) -> str:
        return self.title or "Places at the Games"

    def to_rows(self) -> list[dict[str, Any]]:
        """The places and the reserves as flat dicts, for pandas, polars or csv; all have the same keys."""
        return [asdict(row) for row in self.rows]

    def __iter__(self) -> Iterator[QuotaRow]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


@frozen
class _Seat:
    """A place that is taken: by whom, the row of the ranking from 0 on, if any, and how the nation came to it."""

    nation: str
    index: int | None
    why: str = ""


def quota(
    standings: Standings,
    *,
    places: int = 24,
    per_nation: int = 2,
    reserves: int = 8,
    host: str | None = None,
    given_back: Iterable[str] = (),
) -> Quota:
    """Hand out the places at the Games by a season ranking.

    Certain for 2026: 24 places a gender, at most two for a nation, eight reserves under the same cap. Assumed: who is
    tied with the last place gets one as well; a host without a place gets the last one; a nation that gives a place
    back gives up its last one and takes no other, and the next of the ranking under the cap moves up.

    Args:
        standings: the season ranking.
        places: how many places there are.
        per_nation: how many a nation can hold.
        reserves: how many reserves to name.
        host: the nation that has a place in any case.
        given_back: nations that give a place back, once for each place, in their order.

    Nations are compared, and shown, without blanks around them and in capitals.

    Raises:
        TypeError: what is not a season ranking.
        InvalidRecord: numbers that cannot be, a skater without a nation, or a place given back that nobody held.

    Example:
        >>> from massstart import load
        >>> from massstart.season import quota, standings
        >>> season = standings([load(f"wc-2025-26-{n}-men-division-{x}") for n in (1, 2) for x in "ab"])
        >>> row = quota(season).rows[23]
        >>> row.name, row.reason
        ('Daniele DI STEFANO', '24th in the list, second of ITA')
        >>> quota(season, given_back=["NED"]).rows[23].name
        'Peter MICHAEL'
    """
    if not isinstance(standings, Standings):
        kind = type(standings).__name__
        raise TypeError(f"quota takes a season ranking, such as standings(...) makes it, and not {kind!r}")
    given_back = (given_back,) if isinstance(given_back, str) else tuple(given_back)
    problems = list(_check(standings, places, per_nation, reserves, host, given_back))
    if problems:
        raise InvalidRecord(problems)
    rows = [evolve(row, nation=nation_of(row.nation)) for row in standings.rows]
    host = nation_of(host) or None
    limits: dict[str, int] = {}
    seats = _seats(rows, places, per_nation, limits, host)
    for index, nation in enumerate(map(nation_of, given_back)):
        held = sum(seat.nation == nation for seat in seats)
        if not held:
            problems.append(
                Problem("given-back", f"given_back[{index}]", f"{nation} holds no place to give back", "leave it out")
            )
            continue
        limits[nation] = held - 1
        # Whoever had a place keeps it, with the reason for which it was given.
        kept = {(seat.nation, seat.index): seat for seat in seats}
        seats = [
            kept.get((seat.nation, seat.index), evolve(seat, why=f", in a place that {nation} gives back"))
            for seat in _seats(rows, places, per_nation, limits, host)
        ]
    if problems:
        raise InvalidRecord(problems)
    spare = [_Seat(rows[index].nation or "", index) for index in _take(rows, reserves, per_nation, limits, seats)]
    return Quota(
        rows=tuple(_rows(rows, seats, spare)),
        places=places,
        per_nation=per_nation,
        reserves=reserves,
        id=standings.id and f"olympic-quota-from-{standings.id}",
        title=" ".join(["Places at the Games by World Cup points,", *filter(None, ["mass start", standings.event])]),
        date=standings.date,
        event=standings.event,
        sources=standings.sources,
        warnings=tuple(_warnings(rows, seats, spare, places, per_nation, host)),
    )


Limits = dict[str, int]


def _take(
    rows: Sequence[StandingsRow], wanted: int, per_nation: int, limits: Limits, taken: Iterable[_Seat] = ()
) -> list[int]:
    """The first rows under the cap beside those taken, and who is tied with the last of them."""
    out = {seat.index for seat in taken}
    held = Counter(seat.nation for seat in taken)
    found: list[int] = []
    for index, row in enumerate(rows):
        if len(found) >= wanted and not (found and rows[found[-1]].rank == row.rank):
            break
        nation = row.nation or ""
        if index not in out and held[nation] < limits.get(nation, per_nation):
            held[nation] += 1
            found.append(index)
    return found


def _seats(rows: Sequence[StandingsRow], places: int, per_nation: int, limits: Limits, host: str | None) -> list[_Seat]:
    """Who holds the places: the first of the ranking under the cap; the last one is the host's if it has none."""
    seats = [_Seat(rows[index].nation or "", index) for index in _take(rows, places, per_nation, limits)]
    if host is None or limits.get(host) == 0 or any(seat.nation == host for seat in seats):
        return seats
    best = next((index for index, row in enumerate(rows) if row.nation == host), None)
    if len(seats) >= places:
        seats = [_Seat(rows[index].nation or "", index) for index in _take(rows, places - 1, per_nation, limits)]
    return [*seats, _Seat(host, best, ", the place of the host")]


def _rows(rows: Sequence[StandingsRow], seats: Iterable[_Seat], spare: Iterable[_Seat]) -> Iterator[QuotaRow]:
    numbers: Counter[str] = Counter()
    for mark, taken in (("", seats), ("R", spare)):
        for position, seat in enumerate(taken, 1):
            numbers[seat.nation] += 1
            row = None if seat.index is None else rows[seat.index]
            listed = "not in the list" if row is None else f"{ordinal(row.rank)} in the list"
            yield QuotaRow(
                place=f"{mark}{position}",
                name=None if row is None else row.name,
                nation=seat.nation,
                number=numbers[seat.nation],
                points=None if row is None else row.total,
                reason=f"{listed}, {place(numbers[seat.nation])} of {seat.nation}{seat.why}",
            )


def _check(
    standings: Standings, places: int, per_nation: int, reserves: int, host: Any, given_back: Iterable[Any]
) -> Iterator[Problem]:
    for name, value, least in (("places", places, 1), ("per_nation", per_nation, 1), ("reserves", reserves, 0)):
        if not is_count(value, least):
            yield Problem("type", name, f"{value!r} is not such a number", f"give a whole number from {least} on")
    nations = [("host", host)] if host is not None else []
    for name, value in (*nations, *((f"given_back[{index}]", value) for index, value in enumerate(given_back))):
        if not isinstance(value, str) or not nation_of(value):
            yield Problem("type", name, f"{value!r} is not a nation", "give the three-letter code")
    for index, row in enumerate(standings.rows):
        if not nation_of(row.nation):
            yield Problem("missing-fact", f"rows[{index}].nation", f"{row.label} has no nation", "add the nation")


def _warnings(
    rows: Sequence[StandingsRow],
    seats: Sequence[_Seat],
    spare: Sequence[_Seat],
    places: int,
    per_nation: int,
    host: str | None,
) -> Iterator[Problem]:
    if host is not None and all(row.nation != host for row in rows):
        yield Problem(
            "host", "host", f"nobody in the list skates for the host {host}", "check the code; its place has no name"
        )
    if len(seats) < places:
        yield Problem(
            "unfilled", "", f"{count(len(seats), 'place')} of {places} can be filled under the cap of {per_nation}",
            "rank more skaters",
        )  # fmt: skip
    if len(seats) > places:
        yield Problem(
            "tie", "", f"{len(seats)} places for {places}: who is tied with the last place gets one as well (assumed)",
            "settle the tie",
        )  # fmt: skip
    held = {seat.index for seat in (*seats, *spare)}
    for index in sorted(index for index in held if index is not None):
        row = rows[index]
        level = [
            other.label for number, other in enumerate(rows)
            if number not in held and (other.rank, other.nation) == (row.rank, row.nation)
        ]  # fmt: skip
        if level:
            yield Problem(
                "tie", "", f"{row.label} and {listing(level)} of {row.nation} are tied, and the cap leaves room for fewer",
                "let the nation choose",
            )  # fmt: skip
