"""A World Cup season: the ranking after any number of competitions.

Decides which points count, how ties are broken, and which sheets make a season. What one sheet is worth stands in
`massstart.season.raceday`, who is who in `massstart.season.skaters`.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby, zip_longest
from typing import Any, NamedTuple

from attrs import field, frozen

from massstart.identity import word
from massstart.problems import InvalidRecord, Problem
from massstart.records import to_day, to_number, to_tuple
from massstart.season.raceday import DIVISIONS, Worth, check_divisions, worth
from massstart.season.skaters import Appearance, Identity, KnownNames, NamePairs, tell_apart
from massstart.season.worldcup import TABLES, PointsTable
from massstart.season.worldcup import season as season_of
from massstart.sheet import Sheet
from massstart.tabular import Tabular
from massstart.values import is_count, is_day
from massstart.words import count, listing, ordinal, place

#: How many skaters a sentence names before it counts the rest.
_NAMED = 3

Points = Sequence[int | None]


class SeasonKey(NamedTuple):
    """What a season is ranked by. Smaller ranks first; certain for 2025/26, whose official lists it reproduces."""

    #: The points of all competitions that count, negated.
    total: int
    #: The points of the single races that count, negated, the best first.
    singles: tuple[int, ...]
    #: The points of the latest race, negated.
    latest: int


def season_key(points: Points, latest: int, best: int | None = None) -> SeasonKey:
    """The key of a skater.

    Args:
        points: the points of each competition.
        latest: the index of the latest race.
        best: how many results count; all unless given. The latest race parts skaters also where its result is dropped
            (assumed; the World Cup counts all).
    """
    known = [cell or 0 for cell in points]
    counted = sorted(-cell for cell in known)[:best]
    return SeasonKey(sum(counted), tuple(counted), -known[latest] if 0 <= latest < len(known) else 0)


@frozen(kw_only=True)
class StandingsRow:
    """A skater of a season ranking.

    Attributes:
        rank: the rank; a full tie shares it, and the next is skipped.
        name, nation: as printed on the latest sheet.
        points: the points of each competition; ``None`` where the skater did not start.
        total: the sum of those that count.
    """

    rank: int
    name: str | None = None
    nation: str | None = None
    points: tuple[int | None, ...] = field(default=(), converter=to_tuple)
    total: int

    @property
    def label(self) -> str:
        """The name, or the rank where there is none."""
        return self.name or f"the skater in {ordinal(self.rank)} place"


@frozen(kw_only=True)
class Standings(Tabular):
    """A season ranking, worked out or as published.

    Attributes:
        rows: in rank order.
        after: how many competitions are counted, if known.
        best: how many results of each skater count; ``None`` where all do.
        id, competition, event, date, title, sources: free text that is carried along; ``date`` is that of the last
            competition.
        warnings: what is doubtful about it.

    Raises:
        InvalidRecord: ranks, totals and points that contradict each other, with every problem.
    """

    rows: tuple[StandingsRow, ...] = field(converter=to_tuple)
    after: int | None = None
    best: int | None = field(default=None, converter=to_number)
    id: str | None = None
    competition: str | None = None
    event: str | None = None
    date: str | None = field(default=None, converter=to_day)
    title: str | None = None
    sources: tuple[str, ...] = field(default=(), converter=to_tuple)
    warnings: tuple[Problem, ...] = field(default=(), eq=False)

    def __attrs_post_init__(self) -> None:
        problems = list(_check_standings(self))
        if problems:
            raise InvalidRecord(problems)

    def _title(self) -> str:
        return self.title or "Season ranking"

    def to_rows(self) -> list[dict[str, Any]]:
        """The rows as flat dicts, for pandas, polars or csv; the points of the races are ``R1``, ``R2`` and so on.

        Example:
            >>> from massstart.season import Standings, StandingsRow
            >>> Standings(rows=[StandingsRow(rank=1, name="Ann", points=(60, None), total=60)]).to_rows()
            [{'rank': 1, 'name': 'Ann', 'nation': None, 'R1': 60, 'R2': None, 'total': 60}]
        """
        races = max((len(row.points) for row in self.rows), default=0)
        return [
            {"rank": row.rank, "name": row.name, "nation": row.nation}
            | {f"R{number}": points for number, points in zip_longest(range(1, races + 1), row.points)}
            | {"total": row.total}
            for row in self.rows
        ]

    def __iter__(self) -> Iterator[StandingsRow]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def latest(self) -> int:
        """The index of the latest race in which anybody scored; -1 if there is none."""
        return max((index for row in self.rows for index, cell in enumerate(row.points) if cell), default=-1)

    def key(self, row: StandingsRow) -> SeasonKey:
        """What a row is ranked by."""
        return season_key(row.points, self.latest, self.best)

    def dropped(self, row: StandingsRow) -> tuple[int, ...]:
        """The competitions whose result does not count, from 0 on: the worst, of equals the earlier.

        Example:
            >>> from massstart.season import Standings, StandingsRow
            >>> season = Standings(rows=[StandingsRow(rank=1, points=(40, 60, None, 40), total=100)], best=2)
            >>> season.dropped(season.rows[0])
            (0,)
        """
        started = [index for index, cell in enumerate(row.points) if cell is not None]
        started.sort(key=lambda index: (-(row.points[index] or 0), -index))
        return tuple(sorted(started[self.best :])) if self.best is not None else ()

    def reason(self, row: StandingsRow) -> str:
        """Why a row has its rank, and what parts it from those with as many points.

        Example:
            >>> from massstart import load
            >>> from massstart.season import standings
            >>> season = standings([load(f"wc-2025-26-{n}-men-division-{x}") for n in (1, 2) for x in "ab"])
            >>> print(season.reason(season.rows[5]))
            6th: 74 points (48 + 26); behind Jordan STOLZ by the latest race (48 against 26); ahead of Bart SWINGS by the best single race (48 against 43)
        """
        dropped = self.dropped(row)
        cells = " + ".join(
            "-" if cell is None else f"({cell})" if index in dropped else str(cell)
            for index, cell in enumerate(row.points)
        )
        parts = [count(row.total, "point") + (f" ({cells})" if cells else "")]
        level = [other for other in self.rows if other.total == row.total and other != row]
        shared = [other for other in level if other.rank == row.rank]
        if shared:
            parts.append(f"shares the rank with {_names(shared)}, level in every race that decides (assumed)")
        behind = [other for other in level if other.rank < row.rank]
        ahead = [other for other in level if other.rank > row.rank]
        for words, others in (("behind", behind[-1:]), ("ahead of", ahead[:1])):
            parts += [f"{words} {other.label} {self.parting(row, other)}" for other in others]
        return f"{ordinal(row.rank)}: {'; '.join(parts)}"

    def parting(self, row: StandingsRow, other: StandingsRow) -> str:
        """What parts two skaters with as many points: the first criterion in which their keys differ."""
        mine, theirs = self.key(row), self.key(other)
        for number, cells in enumerate(zip(mine.singles, theirs.singles, strict=True), 1):
            if cells[0] != cells[1]:
                race = "the best single race" if number == 1 else f"the {place(number)} best race"
                break
        else:
            if mine.latest == theirs.latest:
                return "as published"
            race, cells = "the latest race", (mine.latest, theirs.latest)
        high, low = sorted((-cell for cell in cells), reverse=True)
        return f"by {race} ({high} against {low})"


def _names(rows: Sequence[StandingsRow]) -> str:
    more = [f"{len(rows) - _NAMED} more"] if len(rows) > _NAMED else []
    return listing([*(row.label for row in rows[:_NAMED]), *more])


def standings(
    sheets: Iterable[Sheet],
    *,
    after: int | None = None,
    best: int | None = None,
    tables: Iterable[PointsTable] = TABLES,
    aliases: NamePairs = (),
    apart: NamePairs = (),
) -> Standings:
    """Rank a World Cup season from its published sheets.

    The order of the sheets does not matter: sheets of one date are one competition. The points are those of the
    rules for the printed ranks, with a warning where the print differs. Who starts in both divisions on a day keeps
    the better of the two points (likely). Ties: the best single race, then the next best and so on, then the latest
    race (certain for 2025/26); who is level in all of them shares the rank (assumed).

    Args:
        sheets: the result sheets of Division A and Division B of one season and one gender.
        after: how many competitions to count, by date; all unless given.
        best: how many results of each skater count; all unless given, as in the World Cup.
        tables: the tables of points; those on record unless given.
        aliases: pairs of names that are one skater's.
        apart: pairs of names that are two skaters', however alike they are.

    Raises:
        InvalidRecord: sheets that are no season, with every problem.

    Example:
        >>> from massstart import load
        >>> from massstart.season import standings
        >>> ids = [f"wc-2025-26-{number}-women-division-{division}" for number in (1, 2) for division in "ab"]
        >>> season = standings(map(load, ids))
        >>> [(row.rank, row.name, row.points, row.total) for row in season.rows[:2]]
        [(1, 'Mia MANGANELLO', (60, 48), 108), (2, 'Ivanie BLONDIN', (40, 60), 100)]
    """
    given = list(sheets)
    tables = tuple(tables)
    known = KnownNames(aliases, apart)
    problems = list(_check_season(given, after))
    if best is not None and not is_count(best, 1):
        problems.append(_no_best(best))
    if problems:
        raise InvalidRecord(problems)
    given.sort(key=lambda sheet: (sheet.date or "", word(sheet.round)))
    days = sorted({sheet.date or "" for sheet in given})[:after]
    worths, problems = [], []
    for sheet in given:
        if sheet.date in days:
            try:
                worths.append(worth(sheet, tables))
            except InvalidRecord as error:
                problems += error.problems
    who, doubts = _who(worths, known)
    problems += _repeated(worths, who)
    if problems:
        raise InvalidRecord(problems)
    points: dict[Identity, list[int | None]] = defaultdict(lambda: [None] * len(days))
    for one in worths:
        for index, due in enumerate(one.points):
            own = points[who[one.sheet.id, index]]
            day = days.index(one.sheet.date or "")
            own[day] = due if own[day] is None else max(own[day] or 0, due or 0)
    return Standings(
        rows=tuple(_rows(points, _shown(worths, who), best)),
        after=len(days),
        best=best,
        id="-".join(
            filter(
                None,
                ("world-cup", season_of(date.fromisoformat(days[0])), word(given[0].event), "after", str(len(days))),
            )
        ),
        competition=_common([one.sheet.competition for one in worths]),
        event=given[0].event,
        date=days[-1],
        sources=tuple(dict.fromkeys(source for one in worths for source in one.sheet.sources)),
        warnings=(
            *(warning for one in worths for warning in one.warnings),
            *_both_divisions(worths, who),
            *_two_days(worths),
            *doubts,
        ),
    )


Who = dict[tuple[str, int], Identity]


def _who(worths: Iterable[Worth], known: KnownNames) -> tuple[Who, tuple[Problem, ...]]:
    rows = [
        Appearance(one.sheet.date or "", one.sheet.id, index, row.bib, row.name, row.nation)
        for one in worths
        for index, row in enumerate(one.sheet.rows)
    ]
    found, doubts = tell_apart(rows, known)
    return {(appearance.sheet, appearance.row): identity for appearance, identity in found.items()}, doubts


def _rows(
    points: dict[Identity, list[int | None]], shown: dict[Identity, Any], best: int | None
) -> Iterator[StandingsRow]:
    latest = max((index for own in points.values() for index, cell in enumerate(own) if cell), default=-1)
    keys = {identity: season_key(own, latest, best) for identity, own in points.items()}
    ranked = sorted(keys, key=lambda identity: (keys[identity], identity))
    number = 1
    for _, tied in groupby(ranked, keys.__getitem__):
        group = list(tied)
        for identity in group:
            name, nation = shown[identity]
            yield StandingsRow(
                rank=number, name=name, nation=nation, points=points[identity], total=-keys[identity].total
            )
        number += len(group)


def _shown(worths: Iterable[Worth], who: Who) -> dict[Identity, tuple[str | None, str | None]]:
    """Name and nation of everybody, as on the latest sheet; Division A outweighs Division B."""
    latest = sorted(worths, key=lambda one: (one.sheet.date or "", word(one.sheet.round) == DIVISIONS[0]))
    return {
        who[one.sheet.id, index]: (row.name, row.nation) for one in latest for index, row in enumerate(one.sheet.rows)
    }


def _both_divisions(worths: Iterable[Worth], who: Who) -> Iterator[Problem]:
    for _, pair in groupby(worths, lambda one: one.sheet.date):
        match list(pair):
            case [a, b]:
                above = {who[a.sheet.id, line.index]: line.index for line in a.lines if line.row.status != "absent"}
                below = {who[b.sheet.id, line.index]: line.index for line in b.lines}
                both = {row: above[identity] for identity, row in below.items() if identity in above}
                yield from check_divisions(a, b, both)


def _two_days(worths: Iterable[Worth]) -> Iterator[Problem]:
    """Competitions whose sheets have more than one date: each day counts as a competition."""
    titles: dict[str, str] = {}
    days: dict[str, set[str]] = defaultdict(set)
    for one in worths:
        title = word(one.sheet.competition)
        titles.setdefault(title, one.sheet.competition or "")
        days[title].add(one.sheet.date or "")
    for title, among in days.items():
        if title and len(among) > 1:
            yield Problem(
                "two-days", "", f"{titles[title]} has sheets of {listing(sorted(among))}, and each day counts as a competition",
                "correct the date, or the name of the competition",
            )  # fmt: skip


def _common(titles: Sequence[str | None]) -> str | None:
    """The words with which all the titles begin."""
    columns = zip(*((title or "").split() for title in titles), strict=False)
    common = []
    for words in columns:
        if len(set(words)) > 1:
            break
        common.append(words[0])
    return " ".join(common) or None


def _check_season(sheets: Sequence[Any], after: int | None) -> Iterator[Problem]:
    if not sheets:
        yield Problem("empty", "", "there are no sheets", "give the sheets of a season")
    days, taken, ids = set(), set(), set()
    events: dict[str, str | None] = {}
    for index, sheet in enumerate(sheets):
        if not isinstance(sheet, Sheet):
            kind = type(sheet).__name__
            yield Problem("type", f"[{index}]", f"a {kind} is not a published sheet", "give published sheets")
            continue
        division = (word(sheet.event), word(sheet.round), sheet.date)
        if sheet.id in ids or division in taken:
            same = "the id" if sheet.id in ids else "date and division"
            yield Problem("repeated-sheet", sheet.id, f"a sheet with {same} is there already", "give each sheet once")
        ids.add(sheet.id)
        taken.add(division)
        events.setdefault(word(sheet.event), sheet.event)
        if word(sheet.round) not in DIVISIONS:
            yield Problem(
                "round", f"{sheet.id}: round", f"{sheet.round!r} is not a round of the World Cup", f"write {' or '.join(DIVISIONS)}"
            )  # fmt: skip
        if sheet.date is not None and is_day(sheet.date):
            days.add(date.fromisoformat(sheet.date))
        else:
            message = f"{sheet.date!r} is not a date of the form YYYY-MM-DD"
            yield Problem("date", f"{sheet.id}: date", message, "write the day of the race, such as 2025-11-16")
    if len(events) > 1:
        yield Problem("mixed-events", "", f"sheets of {_all(map(str, events.values()))}", "rank each event by itself")
    if len(seasons := {season_of(day) for day in days}) > 1:
        yield Problem("mixed-seasons", "", f"sheets of {_all(seasons)}", "rank each season by itself")
    if after is not None and not (is_count(after, 1) and after <= len(days)):
        yield Problem("after", "after", f"{after!r} of {count(len(days), 'competition')}", "count from 1 on")


def _all(names: Iterable[str]) -> str:
    return listing(sorted(names))


def _repeated(worths: Iterable[Worth], who: Who) -> Iterator[Problem]:
    for one in worths:
        seen: set[Identity] = set()
        for line in one.lines:
            identity = who[one.sheet.id, line.index]
            if identity in seen:
                yield Problem(
                    "repeated-skater", f"{one.sheet.id}: rows[{line.index}]", f"{line.row.label} stands twice on the sheet",
                    "keep one row, or write two skaters of one name differently",
                )  # fmt: skip
            seen.add(identity)


def _no_best(best: object) -> Problem:
    return Problem("type", "best", f"{best!r} is not a number of results", "give one from 1 on, or none")


def _check_standings(value: Standings) -> Iterator[Problem]:
    if value.best is not None and not is_count(value.best, 1):
        yield _no_best(value.best)
        return
    races = {len(row.points) for row in value.rows if row.points}
    if value.after is not None:
        races.add(value.after)
    if len(races) > 1:
        yield Problem("points", "rows", f"points of {_all(map(str, races))} races", "give the points of every race")
    previous: StandingsRow | None = None
    for index, row in enumerate(value.rows):
        where = f"rows[{index}]"
        added = -season_key(row.points, -1, value.best).total
        if row.points and added != row.total:
            yield Problem("total", f"{where}.total", f"{row.total}, but the points add up to {added}", "correct either")
        tied = previous is not None and previous.rank == row.rank
        if row.rank != index + 1 and not tied:
            yield Problem("rank", f"{where}.rank", f"{row.rank} is not the next rank, {index + 1}", "correct the rank")
        if previous is not None and (row.total > previous.total or (tied and row.total != previous.total)):
            yield Problem(
                "rank",
                f"{where}.total",
                f"{row.total} points in rank {row.rank} after {previous.total}",
                "correct either",
            )
        previous = row
