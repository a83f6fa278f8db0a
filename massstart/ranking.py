"""The ranking of a race, or of a published sheet from its own facts.

Decides how points and the order across the line become ranks: each skater who is ranked gets a key, the keys are
sorted, and whoever has the same key shares the rank. The criteria stand in `massstart.row`, the points in
`massstart.scoring`, the facts of a sheet in `massstart.deduction`.
"""

from collections.abc import Collection, Hashable, Iterator, Mapping
from itertools import groupby
from operator import itemgetter

from attrs import evolve

from massstart.deduction import deduce, missing_facts
from massstart.order import id_order
from massstart.problems import InvalidRecord, Problem
from massstart.race import Race
from massstart.records import RaceRecord
from massstart.result import Result
from massstart.row import UNTIMED, Key, Qualified, Row
from massstart.scoring import points_by_sprint
from massstart.sheet import Sheet
from massstart.times import RaceTime


def rank(record: Race | Sheet) -> Result:
    """Rank a race by its rulebook.

    Args:
        record: a race; or a published sheet, which is ranked from its own facts (the printed points, laps and
            times), so that the outcome can be held against the printed ranks.

    Returns:
        A row for everyone who started, and the reason for each rank; guests have theirs apart, in ``guests``.

    Raises:
        InvalidRecord: a sheet whose facts do not settle the order, with every gap.
        TypeError: something that is neither a race nor a sheet.

    The order is laps completed, points that count, order across the line (certain: it reproduces every complete
    official table seen). A full dead heat shares the rank and the next rank is skipped (assumed; the official timing
    software does the same).

    Example:
        >>> from massstart import Race, rank
        >>> result = rank(Race(
        ...     rulebook="isu-2024", starters=["a", "b", "c"], finish=["b", "c"], sprints={4: ["a", "b", "c"]},
        ...     unfinished={"a": (9, "5:24.53")},
        ... ))
        >>> print(result.reason("a"))
        3rd: 3 points won (sprint 1: 3) do not count, for the race was not finished; 9 of 16 laps, 5:24.53; behind c by laps completed
    """
    if isinstance(record, Race):
        return Result(record, rows_of_race(record.competing), rows_of_guests(record))
    if isinstance(record, Sheet):
        return Result(record, _rows_of_sheet(record))
    raise TypeError(f"rank takes a Race or a Sheet, not {type(record).__name__}; loads reads JSON text")


def rows_of_race(race: RaceRecord, racing: Collection[Hashable] = ()) -> tuple[Row, ...]:
    """The rows of a race in rank order, the disqualified last.

    Args:
        race: the race. Its ``finish`` names everybody who is neither unfinished nor disqualified.
        racing: those of them who are still racing: they have won nothing in the final sprint.
    """
    disqualified = {note.id for note in race.disqualified}
    finish = race.finish
    if disqualified:
        finish = finish.without(disqualified, close=race.rulebook.disqualified_at_finish == "closed")

    # The points: won in each sprint, and those that count.
    won = points_by_sprint(race, racing)
    totals = {id: sum(points) for id, points in won.items()}
    if race.rulebook.forfeits:
        totals |= dict.fromkeys([*race.lapped, *[note.id for note in race.unfinished]], 0)

    # What everybody is ranked by.
    keys: dict[Hashable, Key] = {id: (0, -totals.get(id, 0), place) for id, place in finish.pairs}
    for note in race.unfinished:
        at_last_crossing = note.time.milliseconds if note.time else UNTIMED
        keys[note.id] = (race.laps - note.laps, -totals.get(note.id, 0), at_last_crossing)

    # What else is known of them.
    names, statuses = race.starters.named, dict.fromkeys(race.lapped, "lapped")
    times: dict[Hashable, RaceTime | None] = dict(race.times)
    for note in race.unfinished:
        statuses[note.id], times[note.id] = "unfinished", note.time
    statuses |= dict.fromkeys(racing, "racing")
    laps, through, marks = race.laps, race.advance or 0, {note.id: "q" for note in race.advanced}
    no_points = (0,) * (len(race.sprint_laps) + 1)

    # The rows, best first. Every skater has one, and made by `new` it takes half the time: 0.2 instead of 0.4 us.
    new = tuple.__new__
    rows: list[Row] = []
    for rank, id, key in in_rank_order(keys):
        short, total, place = key
        name, nation = (names[id].name, names[id].nation) if id in names else (None, None)
        sprints = tuple(won.get(id, no_points))
        mark = "Q" if rank <= through else marks.get(id)
        cells = (
            rank, id, name, nation, statuses.get(id, "finished"), laps - short, sprints, -total,
            None if short else place, times.get(id), mark, key,
        )  # fmt: skip
        rows.append(new(Row, cells))
    at_finish = set(race.finish.ids) if disqualified else ()
    for id in sorted(disqualified, key=id_order):
        name, nation = (names[id].name, names[id].nation) if id in names else (None, None)
        reached = laps if id in at_finish else None
        rows.append(Row(None, id, name, nation, "disqualified", reached, no_points, 0, None, None, None))
    return tuple(rows)


def rows_of_guests(race: RaceRecord, racing: Collection[Hashable] = ()) -> tuple[Row, ...]:
    """The rows of those who skate out of competition, among themselves: they win no points.

    That they rank by the order across the line is assumed: no source states it.
    """
    if not race.guests:
        return ()
    alone = race.of_guests
    rows = rows_of_race(evolve(alone, sprints=()), set(racing).intersection(race.guests))
    none = (0,) * (len(race.sprint_laps) + 1)
    return tuple([row._replace(sprints=none, total=0, qualified=None, key=None) for row in rows])


def _rows_of_sheet(sheet: Sheet) -> tuple[Row, ...]:
    """The rows of a sheet by its own facts; the printed ranks play no part, except within one printed hundredth."""
    deduction = deduce(sheet)
    gaps = list(missing_facts(sheet, deduction))
    if gaps:
        raise InvalidRecord(gaps)
    known = {line.row.id: line.row for line in deduction.lines if line.row.status != "absent"}
    keys = {id: _key(sheet, row) for id, row in known.items() if row.is_ranked}
    through = sheet.advance or 0
    rows: list[Row] = []
    for rank, id, key in in_rank_order(keys):
        row = known[id]
        # A printed Q plays no part either, but only the sheet can tell whom the Referee sends through.
        mark: Qualified | None = "Q" if rank <= through else "q" if row.qualified == "q" else None
        finish = row.finish if deduction.finish_known else None
        rows.append(row._replace(rank=rank, key=key, finish=finish, qualified=mark))
    rows += [known[id]._replace(qualified=None) for id in sorted(known.keys() - keys.keys(), key=id_order)]
    return tuple(rows)


def _key(sheet: Sheet, row: Row) -> Key:
    total = -(row.total or 0)
    if row.at_full_distance:
        return (0, total, row.finish or UNTIMED)
    # Without the laps, the skater is somewhere short of the distance; only one such skater can be ranked.
    return (sheet.laps - (row.laps or 0), total, row.time.milliseconds if row.time else UNTIMED)


def outcomes(record: Race | Sheet | Result) -> tuple[Row, ...]:
    """How the race of everyone entered ended: by rank, then those whose rank is not known, or who have none.

    Args:
        record: a race, a result, or a sheet. A sheet that settles its own order is ranked; of any other, the
            printed ranks and marks are taken.

    Raises:
        InvalidRecord: provisional standings, with everyone who is still racing.

    Example:
        >>> from massstart import Race
        >>> from massstart.ranking import outcomes
        >>> race = Race(rulebook="isu-2018", starters=["a", "b", "c"], finish=["b", "a"], did_not_start=["c"])
        >>> [(row.id, row.rank, row.total, row.status) for row in outcomes(race)]
        [('b', 1, 60, 'finished'), ('a', 2, 40, 'finished'), ('c', None, None, 'absent')]
    """
    if isinstance(record, Result):
        result = record
    else:
        try:
            result = rank(record)
        except InvalidRecord:
            assert isinstance(record, Sheet)  # a race can always be ranked
            return _printed(record)
    racing = [row for row in result if row.status == "racing"]
    if racing:
        raise InvalidRecord(
            [Problem("racing", str(row.id), f"{row.label} is still racing", "wait for the finish") for row in racing]
        )
    absent = [
        Row(None, skater.id, skater.name, skater.nation, "absent", None, (), None, None, None, None)
        for skater in result.record.skaters
        if skater.id in set(result.did_not_start)
    ]
    return (*result.rows, *absent)


def _printed(sheet: Sheet) -> tuple[Row, ...]:
    """The rows of a sheet that cannot be ranked, by their printed ranks."""
    rows = [line.row._replace(finish=None) for line in deduce(sheet).lines]
    return tuple(sorted(rows, key=lambda row: (not row.is_ranked, row.rank is None, row.rank or 0)))


def in_rank_order(keys: Mapping[Hashable, Key]) -> Iterator[tuple[int, Hashable, Key]]:
    """Everybody with rank and key, best first: equal keys share the rank, and as many ranks are skipped."""
    ranked = sorted(keys.items(), key=itemgetter(1))
    if len(set(keys.values())) < len(keys):
        # Among equals the order must not depend on the order of the input.
        ranked = [pair for _, tied in groupby(ranked, itemgetter(1)) for pair in _in_fixed_order([*tied])]
    latest: Key | None = None
    rank = 0
    for position, (id, key) in enumerate(ranked, 1):
        if key != latest:
            rank, latest = position, key
        yield rank, id, key


def _in_fixed_order(tied: list[tuple[Hashable, Key]]) -> list[tuple[Hashable, Key]]:
    return sorted(tied, key=lambda pair: id_order(pair[0])) if len(tied) > 1 else tied
