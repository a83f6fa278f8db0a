"""Seasons and rankings to draw, and the laws that every season ranking and every handing-out of places obeys.

Decides what the rules of a season and of the places at the Games ask of an answer. Nothing here sorts: whether one
skater ranks before another is asked of every pair. Import from `massstart.testing`.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import permutations
from typing import Any, Protocol

from attrs import evolve, frozen
from hypothesis import strategies as st

from massstart.rulebook import Confidence
from massstart.season.ranking import Standings, StandingsRow
from massstart.season.worldcup import points_table
from massstart.sheet import Sheet, SheetRow

Draw = st.DrawFn

#: Ranks a season: sheets in, rows out, with ``rank``, ``name``, ``points`` and ``total``.
RankSeason = Callable[[Sequence[Sheet]], Iterable[Any]]


class HandOut(Protocol):
    """Hands out places: a ranking in, rows out, with ``place``, ``name``, ``nation`` and ``number``."""

    def __call__(
        self,
        standings: Standings,
        *,
        places: int,
        per_nation: int,
        reserves: int,
        host: str | None,
        given_back: Sequence[str],
    ) -> Iterable[Any]:
        """The places, then the reserves."""


# --- strategies --------------------------------------------------------------------------------------------

_NATIONS = ("NED", "KOR", "ITA", "USA")
_FIRST_DAY = date(2025, 11, 16)


@st.composite
def seasons(draw: Draw, *, max_competitions: int = 4, max_skaters: int = 10) -> tuple[Sheet, ...]:
    """The sheets of a World Cup season: Division A, on some days Division B too.

    Every skater has one name, one nation and one number. Some start in both divisions, leave the race, are
    disqualified or stay away. Printed World Cup points can be wrong.

    Args:
        max_competitions: the most competitions.
        max_skaters: the most skaters in all, up to 24.
    """
    size = draw(st.integers(1, max_skaters))
    sheets: list[Sheet] = []
    for number in range(draw(st.integers(1, max_competitions))):
        order = draw(st.permutations(range(size)))
        above = draw(st.integers(1, size))
        below = order[above:]
        up = [skater for skater in below[:3] if draw(st.booleans())]
        sheets.append(draw(_sheets(number, "division a", [*order[:above], *up])))
        if below:
            sheets.append(draw(_sheets(number, "division b", below)))
    return tuple(sheets)


@st.composite
def _sheets(draw: Draw, number: int, division: str, skaters: Sequence[int]) -> Sheet:
    # Two bytes for a skater, in a single draw: much quicker than draws of their own. Nought is an ordinary finish.
    noise = draw(st.binary(min_size=2 * len(skaters), max_size=2 * len(skaters)))
    statuses = sorted(max(0, byte % 8 - 4) for byte in noise[: len(skaters)])
    rows = []
    for rank, (skater, status) in enumerate(zip(skaters, [_STATUSES[index] for index in statuses], strict=True), 1):
        printed = noise[len(skaters) + rank - 1] % 64
        rows.append(
            SheetRow(
                rank=rank if status in (None, "DNF") else None,
                bib=str(skater + 1),
                name=f"Skater {chr(65 + skater)}",
                nation=_NATIONS[skater % len(_NATIONS)],
                laps=5 if status == "DNF" else None,
                mark=status,
                world_cup_points=printed or None,
            )
        )
    day = _FIRST_DAY + timedelta(days=7 * number)
    return Sheet(
        id=f"{number}-{division[-1]}", rulebook="isu-2024", rows=rows, date=str(day), event="men", round=division
    )


#: How a race ends, in the order of a sheet.
_STATUSES = (None, "DNF", "DQ", "DNS")


@st.composite
def rankings(draw: Draw, *, max_size: int = 12, nations: Sequence[str] = _NATIONS) -> Standings:
    """Season rankings of one race, with ties, as a quota needs them.

    Args:
        max_size: the most skaters.
        nations: the nations to draw from.
    """
    totals = draw(st.lists(st.integers(0, 8), max_size=max_size))
    rows = [
        StandingsRow(
            rank=1 + sum(other > total for other in totals),
            name=f"Skater {chr(65 + index)}",
            nation=draw(st.sampled_from(nations)),
            points=[total],
            total=total,
        )
        for index, total in enumerate(sorted(totals, reverse=True))
    ]
    return Standings(rows=rows, event="men")


# --- laws of a season --------------------------------------------------------------------------------------


@frozen
class SeasonLaw:
    """A rule of the season ranking.

    Attributes:
        name: a short name.
        rule: the rule, in a sentence.
        confidence: ``certain``, ``likely`` or ``assumed``.
        check: what is wrong with the answers to a season, one sentence each.
    """

    name: str
    rule: str
    confidence: Confidence
    check: Callable[[RankSeason, Sequence[Sheet]], Iterator[str]]

    def broken_by(self, rank_season: RankSeason, season: Sequence[Sheet]) -> str | None:
        """What is wrong with the answer to a season, or ``None``.

        Example:
            >>> from massstart import load
            >>> from massstart.season import standings
            >>> from massstart.testing import SEASON_LAWS
            >>> season = [load("wc-2025-26-1-men-division-a"), load("wc-2025-26-1-men-division-b")]
            >>> [law.broken_by(standings, season) for law in SEASON_LAWS]
            [None, None, None, None]
        """
        return next(self.check(rank_season, season), None)


def _answers(rank_season: RankSeason, season: Sequence[Sheet]) -> dict[str, tuple[int, tuple[int | None, ...], int]]:
    return {row.name: (row.rank, tuple(row.points), row.total) for row in rank_season(season)}


def _points_of_the_rules(rank_season: RankSeason, season: Sequence[Sheet]) -> Iterator[str]:
    days = sorted({sheet.date or "" for sheet in season})
    for name, (_, points, total) in _answers(rank_season, season).items():
        due = [max((_worth(sheet, name) for sheet in season if sheet.date == day), key=_or_less) for day in days]
        if list(points) != due:
            yield f"{name} has the points {points}, and is due {due}"
        if total != sum(cell or 0 for cell in due):
            yield f"{name} has {total} points in all, and is due {due}"


def _or_less(points: int | None) -> int:
    return -1 if points is None else points


def _worth(sheet: Sheet, name: str) -> int | None:
    """What a skater is due for a sheet; ``None`` without a start."""
    for row in sheet.rows:
        if row.name == name and row.mark != "DNS":
            table = points_table(sheet.round, date.fromisoformat(sheet.date or ""))
            return table.at(row.rank) if table and row.rank and row.mark != "DQ" else 0
    return None


def _order_of_the_rules(rank_season: RankSeason, season: Sequence[Sheet]) -> Iterator[str]:
    answers = _answers(rank_season, season)
    scored = [index for _, points, _ in answers.values() for index, cell in enumerate(points) if cell]
    latest = max(scored, default=0)
    for name, (rank, points, _) in answers.items():
        ahead = sum(_is_ahead(other, points, latest) for _, other, _ in answers.values())
        if rank != 1 + ahead:
            yield f"{name} ranks {rank}, behind {ahead}"


def _is_ahead(one: Sequence[int | None], other: Sequence[int | None], latest: int) -> bool:
    """Whether these points rank before those: by the total, race by race from the best on, then the latest race."""
    mine, theirs = [cell or 0 for cell in one], [cell or 0 for cell in other]
    if sum(mine) != sum(theirs):
        return sum(mine) > sum(theirs)
    only_mine, only_theirs = Counter(mine) - Counter(theirs), Counter(theirs) - Counter(mine)
    if only_mine:
        return max(only_mine) > max(only_theirs)
    return mine[latest] > theirs[latest]


def _any_order_of_sheets(rank_season: RankSeason, season: Sequence[Sheet]) -> Iterator[str]:
    answers = _answers(rank_season, season)
    for number, order in enumerate(permutations(season)):
        if number >= 6:
            return
        if _answers(rank_season, order[::-1]) != answers:
            yield f"in the order {', '.join(sheet.id for sheet in order[::-1])} the ranking is another"


def _race_without_points(rank_season: RankSeason, season: Sequence[Sheet]) -> Iterator[str]:
    last = max(season, key=lambda sheet: (sheet.date or "", sheet.id))
    nobody = evolve(
        last, id="nobody", date=str(date.fromisoformat(last.date or "") + timedelta(days=1)), round="division a",
        rows=[evolve(row, rank=None, mark="DQ", world_cup_replaced=None) for row in last.rows],
    )  # fmt: skip
    before, after = _answers(rank_season, season), _answers(rank_season, [*season, nobody])
    for name, (rank, _, total) in before.items():
        if (after[name][0], after[name][2]) != (rank, total):
            yield f"{name} had rank {rank} and {total} points, and has {after[name][0]} and {after[name][2]}"


#: The rules of a season ranking.
SEASON_LAWS: tuple[SeasonLaw, ...] = (
    SeasonLaw("points", "A day counts the better points of the rules, whatever is printed.", "likely", _points_of_the_rules),
    SeasonLaw("order", "Total, best single race, next best and so on, latest race.", "certain", _order_of_the_rules),
    SeasonLaw("sheets", "The order of the sheets does not matter.", "certain", _any_order_of_sheets),
    SeasonLaw("empty-race", "A race in which nobody scores changes no rank.", "assumed", _race_without_points),
)  # fmt: skip


# --- laws of the places at the Games -----------------------------------------------------------------------


@frozen
class Question:
    """A ranking, and how its places are to be handed out.

    Attributes:
        standings: the ranking.
        places: how many places there are.
        per_nation: how many a nation can hold.
        reserves: how many reserves there are.
        host: the nation that has a place in any case.
        given_back: nations that give a place back.
    """

    standings: Standings
    places: int
    per_nation: int
    reserves: int
    host: str | None = None
    given_back: tuple[str, ...] = ()

    def ask(self, hand_out: HandOut) -> list[Any]:
        """The rows of an answer."""
        return list(
            hand_out(
                self.standings, places=self.places, per_nation=self.per_nation, reserves=self.reserves, host=self.host,
                given_back=self.given_back,
            )
        )  # fmt: skip


@st.composite
def quota_questions(draw: Draw) -> Question:
    """Rankings with few places; with a host on some, and nothing given back."""
    return Question(
        standings=draw(rankings()),
        places=draw(st.integers(1, 6)),
        per_nation=draw(st.integers(1, 3)),
        reserves=draw(st.integers(0, 3)),
        host=draw(st.none() | st.sampled_from([*_NATIONS, "FRA"])),
    )


@frozen
class QuotaLaw:
    """A rule of the places at the Games.

    Attributes:
        name: a short name.
        rule: the rule, in a sentence.
        confidence: ``certain``, ``likely`` or ``assumed``.
        check: what is wrong with the answers to a question, one sentence each.
    """

    name: str
    rule: str
    confidence: Confidence
    check: Callable[[HandOut, Question], Iterator[str]]

    def broken_by(self, hand_out: HandOut, question: Question) -> str | None:
        """What is wrong with the answer to a question, or ``None``."""
        return next(self.check(hand_out, question), None)


def _holders(rows: Iterable[Any]) -> list[tuple[str | None, str]]:
    return [(row.name, row.nation) for row in rows if not row.place.startswith("R")]


def _cap(hand_out: HandOut, question: Question) -> Iterator[str]:
    rows = question.ask(hand_out)
    for nation, held in Counter(row.nation for row in rows).items():
        if held > question.per_nation:
            yield f"{nation} holds {held} of {question.per_nation}"
    for nation in {row.nation for row in rows}:
        if [row.number for row in rows if row.nation == nation] != list(range(1, question.per_nation + 1))[
            : sum(row.nation == nation for row in rows)
        ]:
            yield f"the places of {nation} are not numbered from 1 on"


def _by_ranking(hand_out: HandOut, question: Question) -> Iterator[str]:
    """Whoever is left out has the cap, or enough skaters who rank no worse, in the way."""
    rows = question.ask(hand_out)
    holders, chosen = set(_holders(rows)), {(row.name, row.nation) for row in rows}
    ranks = {(row.name, row.nation): row.rank for row in question.standings.rows}
    for group, wanted in ((holders, question.places), (chosen, question.places + question.reserves)):
        nations = Counter(nation for _, nation in group)
        for skater, rank in ranks.items():
            if skater in group or nations[skater[1] or ""] >= question.per_nation:
                continue
            before = [other for other in group if ranks.get(other, 0) <= rank or other[1] == question.host]
            if len(before) < wanted:
                yield f"{skater[0]} of {skater[1]} is left out behind {len(before)}"


def _ties(hand_out: HandOut, question: Question) -> Iterator[str]:
    """Who is level with a skater who has a place has one too, but for the cap and the host."""
    holders = set(_holders(question.ask(hand_out)))
    nations = Counter(nation for _, nation in holders)
    by_list = [row for row in question.standings.rows if (row.name, row.nation) in holders]
    if question.host is not None:
        by_list = [row for row in by_list if row.nation != question.host]
    for row in question.standings.rows:
        level = any(other.rank == row.rank for other in by_list)
        if level and (row.name, row.nation) not in holders and nations[row.nation or ""] < question.per_nation:
            yield f"{row.name} of {row.nation} is left out, level with one who has a place"


def _host(hand_out: HandOut, question: Question) -> Iterator[str]:
    if question.host is not None and question.host not in {nation for _, nation in _holders(question.ask(hand_out))}:
        yield f"the host {question.host} has no place"


def _given_back(hand_out: HandOut, question: Question) -> Iterator[str]:
    before = _holders(question.ask(hand_out))
    for nation in sorted({nation for _, nation in before}):
        after = _holders(evolve(question, given_back=(nation,)).ask(hand_out))
        lost = [skater for skater in before if skater not in after]
        if [of for _, of in lost] != [nation]:
            yield f"{nation} gives a place back, and {lost} lose theirs"


#: The rules of the places at the Games.
QUOTA_LAWS: tuple[QuotaLaw, ...] = (
    QuotaLaw("cap", "A nation never exceeds its cap, reserves included.", "certain", _cap),
    QuotaLaw("ranking", "Places and reserves go by the ranking, under the cap.", "certain", _by_ranking),
    QuotaLaw("ties", "Who is tied with the last place gets one as well.", "assumed", _ties),
    QuotaLaw("host", "The host has a place.", "assumed", _host),
    QuotaLaw("given-back", "A place given back is taken from nobody else.", "assumed", _given_back),
)
