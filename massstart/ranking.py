"""The ranking of a race, or of a published sheet from its own facts.

Decides how points and the order across the line become ranks: each skater who is ranked gets a key, the keys are
sorted, and whoever has the same key shares the rank. The criteria stand in `massstart.row`, the points in
`massstart.scoring`, the facts of a sheet in `massstart.deduction`.
"""

from collections.abc import Collection, Hashable, Iterator, Mapping

from massstart.deduction import deduce, missing_facts
from massstart.order import id_order
from massstart.problems import InvalidRecord, Problem
from massstart.race import Race
from massstart.records import RaceRecord
from massstart.result import Result
from massstart.row import UNTIMED, Key, Qualified, Row
from massstart.scoring import points_by_sprint
from massstart.sheet import Sheet


def rank(record: Race | Sheet) -> Result:
    """Rank a race by its rulebook.

    Args:
        record: a race; or a published sheet, which is ranked from its own facts (the printed points, laps and
            times), so that the outcome can be held against the printed ranks.

    Returns:
        A row for everyone who started, and the reason for each rank.

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
        return Result(record, rows_of_race(record))
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
    unfinished = {note.id: note for note in race.unfinished}
    lapped = set(race.lapped)
    finish = race.finish
    if disqualified:
        finish = finish.without(disqualified, close=race.rulebook.disqualified_at_finish == "closed")

    # The points: won in each sprint, and those that count.
    won = points_by_sprint(race, racing)
    totals = {id: sum(points) for id, points in won.items()}
    if race.rulebook.forfeits:
        totals |= dict.fromkeys([*lapped, *unfinished], 0)

    # What everybody is ranked by. Every skater has a key and a row, and made by `new` both take a third of the time: for
    # 16 skaters 22 us instead of 29.
    new = tuple.__new__
    keys = {id: new(Key, (0, -totals.get(id, 0), place)) for id, place in finish.pairs}
    for id, note in unfinished.items():
        at_last_crossing = note.time.milliseconds if note.time else UNTIMED
        keys[id] = Key(race.laps - note.laps, -totals.get(id, 0), at_last_crossing)

    # The rows, best first.
    laps, names = race.laps, race.starters.named
    times = dict(race.times) | {id: note.time for id, note in unfinished.items()}
    through, advanced = race.advance or 0, {note.id for note in race.advanced}
    no_points = (0,) * (len(race.sprint_laps) + 1)
    rows: list[Row] = []
    for rank, id, key in in_rank_order(keys):
        short, total, place = key
        name, nation = (names[id].name, names[id].nation) if id in names else (None, None)
        status = "racing" if id in racing else "unfinished" if short else "lapped" if id in lapped else "finished"
        sprints = tuple(won[id]) if id in won else no_points
        crossed = None if short else place
        mark = "Q" if rank <= through else "q" if id in advanced else None
        cells = (rank, id, name, nation, status, laps - short, sprints, -total, crossed, times.get(id), mark, key)
        rows.append(new(Row, cells))
    at_finish = set(race.finish.ids) if disqualified else ()
    for id in sorted(disqualified, key=id_order):
        name, nation = (names[id].name, names[id].nation) if id in names else (None, None)
        reached = laps if id in at_finish else None
        rows.append(Row(None, id, name, nation, "disqualified", reached, no_points, 0, None, None, None))
    return tuple(rows)


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
        return Key(0, total, row.finish or UNTIMED)
    # Without the laps, the skater is somewhere short of the distance; only one such skater can be ranked.
    return Key(sheet.laps - (row.laps or 0), total, row.time.milliseconds if row.time else UNTIMED)


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
        if skater.id not in result
    ]
    return (*result.rows, *absent)


def _printed(sheet: Sheet) -> tuple[Row, ...]:
    """The rows of a sheet that cannot be ranked, by their printed ranks."""
    rows = [line.row._replace(finish=None) for line in deduce(sheet).lines]
    return tuple(sorted(rows, key=lambda row: (not row.is_ranked, row.rank is None, row.rank or 0)))


def in_rank_order(keys: Mapping[Hashable, Key]) -> Iterator[tuple[int, Hashable, Key]]:
    """Everybody with rank and key, best first: equal keys share the rank, and as many ranks are skipped."""
    order = sorted(keys, key=keys.__getitem__)
    if len(set(keys.values())) < len(keys):
        # Among equals the order must not depend on the order of the input.
        order.sort(key=lambda id: (keys[id], id_order(id)))
    latest: Key | None = None
    rank = 0
    for position, id in enumerate(order, 1):
        key = keys[id]
        if key != latest:
            rank, latest = position, key
        yield rank, id, key
