"""The overall ranking of an event: everyone who started, finalists first.

Decides how skaters of different semifinals compare. No source states it, so it is a policy; one report of 2018 fits
the default. Whatever the policy, the finalists stand as in the final.
"""

from collections.abc import Callable, Collection, Hashable, Iterator, Sequence
from itertools import groupby
from typing import Any, Literal, get_args

from attrs import evolve, field, frozen

from massstart.advancement import Semifinal
from massstart.order import id_order
from massstart.problems import UnknownName
from massstart.records import Starter
from massstart.row import Row, Status
from massstart.tabular import Tabular, flat_time
from massstart.times import RaceTime
from massstart.words import listing

#: How those who missed the final compare.
Policy = Literal["rank-points-time", "points-time", "shared"]
POLICIES: tuple[Policy, ...] = get_args(Policy)

#: What each policy says, for the output.
WORDS: dict[Policy, str] = {
    "rank-points-time": (
        "who missed the final is ranked by the rank in the semifinal, then points, then time between those with as "
        "many laps; skaters level in all of them share the rank"
    ),
    "points-time": (
        "who missed the final is ranked as if all had skated one race: by laps, then points, then time, then the rank "
        "in the semifinal; skaters level in all of them share the rank"
    ),
    "shared": "who missed the final shares the rank with everyone of the same rank in another semifinal",
}


@frozen
class OverallRow:
    """One skater's line of the overall ranking.

    Attributes:
        skater: the skater.
        rank: the rank; ``None`` for a disqualified skater, and where it is still open or cannot be told.
        final: how the final ended for the skater; ``None`` without a start in it.
        semifinal: the semifinal, from 1 on; ``None`` where no semifinal shows the skater.
        semifinal_row: how that semifinal ended.
        is_finalist: whether the skater starts, or started, in the final.
        laps_short: the laps short of the distance there.
    """

    skater: Starter
    rank: int | None
    final: Row | None
    semifinal: int | None
    semifinal_row: Row | None
    is_finalist: bool
    laps_short: int | None = None

    @property
    def last(self) -> Row | None:
        """How the last race that counts ended, which is the final, else the semifinal."""
        return self.final or self.semifinal_row

    @property
    def status(self) -> Status | None:
        """How that race ended; ``None`` for a finalist before the final, or one whom its sheet does not show."""
        return self.last.status if self.last and (self.final or not self.is_finalist) else None


@frozen
class Overall(Tabular):
    """The overall ranking.

    Attributes:
        policy: how those who missed the final compare.
        rows: everyone who started in a semifinal or in the final, once: finalists by rank, those disqualified in the
            final, the others by rank, those disqualified in a semifinal.
        gaps: what cannot be told, in sentences.
    """

    policy: Policy
    rows: tuple[OverallRow, ...]
    gaps: tuple[str, ...] = field(eq=False)

    def _title(self) -> str:
        return "Overall ranking"

    def to_rows(self) -> list[dict[str, Any]]:
        """The rows as flat dicts, for pandas, polars or csv: of the last race that counts total, time and status."""
        return [
            {
                "rank": row.rank, "id": row.skater.id, "name": row.skater.name, "nation": row.skater.nation,
                "is_finalist": row.is_finalist, "semifinal": row.semifinal,
                "semifinal_rank": row.semifinal_row.rank if row.semifinal_row else None,
                "status": row.status, "total": row.last.total if row.last else None,
            }
            | flat_time(row.last.time if row.last else None)
            for row in self.rows
        ]  # fmt: skip

    def __iter__(self) -> Iterator[OverallRow]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, id: Hashable) -> OverallRow:
        for row in self.rows:
            if row.skater.id == id:
                return row
        raise UnknownName(f"no row for {id!r}; there are {', '.join(str(row.skater.id) for row in self.rows)}")


def overall(
    semifinals: Sequence[Semifinal | None],
    final: Sequence[Row],
    expected: Collection[Hashable],
    *,
    is_settled: bool,
    policy: Policy,
) -> Overall:
    """Rank everyone who started.

    Args:
        semifinals: how each ended; ``None`` for one that is not skated.
        final: how it ended; nobody if it is not skated.
        expected: ids of those who start in the final, or of whom its sheet leaves out rows.
        is_settled: whether all of the semifinals are known, so that ranks behind the finalists can be given.
        policy: how those who missed the final compare.

    Those who are ranked in the final stand by their rank there. The ranks of all who started in it stay with the
    finalists: with 17 starters the others begin at 18th, also if a finalist was disqualified, who has no rank.
    A finalist who did not start counts among the others, ahead of them by the better rank in the semifinal. A skater
    disqualified in a semifinal has no rank. All of this is assumed.
    """
    started: dict[Hashable, OverallRow] = {}
    for number, semifinal in enumerate(semifinals, 1):
        for row in semifinal.rows if semifinal else ():
            if row.status != "absent":
                short = None if semifinal is None or row.laps is None else semifinal.laps - row.laps
                started[row.id] = OverallRow(_skater(row), None, None, number, row, row.id in expected, short)
    for row in final:
        if row.status != "absent":
            known = started.get(row.id, OverallRow(_skater(row), None, None, None, None, is_finalist=True))
            started[row.id] = evolve(known, rank=row.rank, final=row, is_finalist=True)
    everyone = sorted(started.values(), key=_in_semifinal)
    finalists = sorted((row for row in everyone if row.is_finalist), key=_in_final)
    others = [row for row in everyone if not row.is_finalist and row.semifinal_row and row.semifinal_row.is_ranked]
    out = [row for row in everyone if not row.is_finalist and row not in others]
    gaps: list[str] = []
    ranked = list(_ranked(others, len(finalists), _CRITERIA[policy], gaps)) if is_settled else others
    return Overall(policy, (*finalists, *ranked, *out), tuple(gaps))


def _skater(row: Row) -> Starter:
    return Starter(row.id, row.name, row.nation)


def _in_semifinal(row: OverallRow) -> Any:
    """The order of rows where the ranks leave it open; it means nothing."""
    rank = row.semifinal_row.rank if row.semifinal_row else None
    return rank is None, rank or 0, row.semifinal or 0, id_order(row.skater.id)


def _in_final(row: OverallRow) -> tuple[bool, bool, int]:
    return row.status == "disqualified", row.rank is None, row.rank or 0


#: A criterion compares a group: for each skater a value, smaller ranks first; ``None`` where the facts do not tell it.
Criterion = Callable[[Sequence[OverallRow]], Sequence[Any]]


def _rank(group: Sequence[OverallRow]) -> Sequence[Any]:
    return [row.semifinal_row and row.semifinal_row.rank for row in group]


def _laps(group: Sequence[OverallRow]) -> Sequence[Any]:
    return [row.laps_short for row in group]


def _points(group: Sequence[OverallRow]) -> Sequence[Any]:
    totals = [row.semifinal_row and row.semifinal_row.total for row in group]
    return [None if total is None else -total for total in totals]


def _time(group: Sequence[OverallRow]) -> Sequence[Any]:
    """Printed hundredths; within one hundredth the thousandths, if all in the group have them (assumed).

    Two sheets cut their times off, so that a 7:42.97 may be any 7:42.97x: see `RaceTime.before`.
    """
    times = [row.semifinal_row and row.semifinal_row.time for row in group]
    cut_off = {hundredth(time) for time in times if time and not time.exact}
    return [time and (hundredth(time), 0 if hundredth(time) in cut_off else time.milliseconds) for time in times]


def hundredth(time: RaceTime | None) -> int | None:
    """A time in hundredths of a second."""
    return None if time is None else time.milliseconds // 10


_CRITERIA: dict[Policy, tuple[tuple[str, Criterion], ...]] = {
    "rank-points-time": (("rank", _rank), ("points", _points), ("laps", _laps), ("time", _time)),
    "points-time": (("laps", _laps), ("points", _points), ("time", _time), ("rank", _rank)),
    "shared": (("rank", _rank),),
}


def _ranked(
    group: Sequence[OverallRow], ahead: int, criteria: Sequence[tuple[str, Criterion]], gaps: list[str]
) -> Iterator[OverallRow]:
    """A group of skaters who are level so far, ranked by the criteria that are left."""
    places = {(row.semifinal, row.semifinal_row and row.semifinal_row.rank) for row in group}
    is_dead_heat = len(places) == 1 and None not in places.pop()
    if len(group) == 1 or is_dead_heat or not criteria:
        # Nothing is left to compare; a dead heat in one semifinal needs no further facts.
        yield from (evolve(row, rank=ahead + 1) for row in group)
        return
    name, criterion = criteria[0]
    values = criterion(group)
    if None in values:
        without = [row.skater.label for row, value in zip(group, values, strict=True) if value is None]
        gaps.append(
            f"ranks {ahead + 1} to {ahead + len(group)}, between {listing([row.skater.label for row in group])}: the "
            f"{name} of {listing(without)} is not known"
        )
        yield from group
        return
    pairs = sorted(zip(values, group, strict=True), key=lambda pair: pair[0])
    for _, level in groupby(pairs, key=lambda pair: pair[0]):
        rows = [row for _, row in level]
        yield from _ranked(rows, ahead, criteria[1:], gaps)
        ahead += len(rows)
