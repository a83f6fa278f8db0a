"""The chances of a season before its last races: the ranking, and the places at the Games.

Decides who skates in the races to come: in each division whoever skated there last (assumed). What ranks are worth, how ties are
broken and how places are handed out is what `massstart.season` decides, asked once for each season of chance.
"""

from collections.abc import Callable, Iterable
from datetime import date
from functools import partial
from typing import Any

import numpy as np
from attrs import evolve, frozen

from massstart.batch.kernel import score
from massstart.chances.chances import Chances
from massstart.identity import nation, same_name, word
from massstart.problems import InvalidRecord, Problem
from massstart.race import Underway
from massstart.records import Starter
from massstart.season.quota import quota
from massstart.season.raceday import DIVISIONS
from massstart.season.ranking import Standings, StandingsRow, season_key, standings
from massstart.season.worldcup import PointsTable, points_table
from massstart.sheet import Sheet
from massstart.simulation.counting import Counts, Map, count_races, wrong_numbers
from massstart.simulation.field import Field, Model, completed, field_of
from massstart.simulation.models import ByStrength
from massstart.simulation.race import assumed_of, doubts_of, drift, rank_counts, rows_of
from massstart.words import count

#: How many seasons are made unless told otherwise; each is ranked by the code that ranks a real one.
SEASONS = 2_000


@frozen
class _Plan:
    """A season as it is simulated.

    Attributes:
        now: the ranking so far.
        divisions: the field of each division, its ids the rows of the ranking, and what its ranks are worth.
        left: how many races are to come in each.
        places, per_nation, reserves: as in `massstart.season.quota`.
    """

    now: Standings
    divisions: tuple[tuple[Field, PointsTable], ...]
    left: int
    places: int
    per_nation: int
    reserves: int


def season_chances(
    sheets: Iterable[Sheet],
    model: Model | None = None,
    *,
    left: int = 1,
    places: int = 24,
    per_nation: int = 2,
    reserves: int = 8,
    seasons: int = SEASONS,
    seed: int = 0,
    map: Map = map,
    progress: Callable[[int, int], None] | None = None,
) -> Chances:
    """How likely everybody of a season gets a place at the Games, with races to come.

    Args:
        sheets: the sheets so far, as for `massstart.season.standings`.
        model: as for `massstart.simulation.chances`.
        left: how many competitions are to come.
        places: as for `massstart.season.quota`.
        per_nation: as for `massstart.season.quota`.
        reserves: as for `massstart.season.quota`.
        seasons: how many seasons to make.
        seed: as for `massstart.simulation.chances`.
        map: as for `massstart.simulation.chances`.
        progress: as for `massstart.simulation.chances`.

    Returns:
        A row for everybody in the ranking. ``through`` is the chance of a place, ``reserve`` that of a place among the reserves,
        ``win`` to be first of the season, ``ranks`` the ranks in it.

    Raises:
        InvalidRecord: what is no season, numbers that cannot be, or a division whose points are not known.

    Example:
        >>> from massstart import load
        >>> from massstart.simulation import season_chances
        >>> ids = [f"wc-2025-26-{number}-men-division-{division}" for number in (1, 2) for division in "ab"]
        >>> found = season_chances(map(load, ids), seasons=200)
        >>> found.rows[0].through, found.means
        (1.0, 'has a place at the Games')
    """
    model = ByStrength() if model is None else model
    given = list(sheets)
    now = standings(given)
    problems = [
        *wrong_numbers(left=left, places=places, per_nation=per_nation, reserves=reserves, seasons=seasons, seed=seed)
    ]
    problems += [
        Problem("missing-fact", f"rows[{number}].name", f"{row.label} has no name", "add the name")
        for number, row in enumerate(now.rows)
        if not row.name
    ]
    if problems:
        raise InvalidRecord(problems)
    plan = _Plan(now, tuple(_divisions(given, now)), left, places, per_nation, reserves)
    quota(now, places=places, per_nation=per_nation, reserves=reserves)  # refuses what it cannot hand out, once
    halves = count_races(partial(_count, plan, model), seasons, seed, map=map, progress=progress)
    everybody = Underway(
        rulebook=given[0].rulebook,
        starters=[Starter(number, row.name, row.nation) for number, row in enumerate(now.rows)],
    )
    fields = [field for field, _ in plan.divisions]
    among = [starter for field in fields for starter in field.race.starters]
    again = "in each division whoever skated there in the last competition skates again, and nobody moves up or down"
    resting = len(now.rows) - len(among)
    found = rows_of(Field(everybody), halves, seasons, {})
    return Chances(
        rows=tuple(evolve(row, id=_known_as(now, row.id)) for row in found), races=seasons, seed=seed, advance=places,
        title=" ".join(filter(None, ("Season", now.event, f"after {count(now.after or 0, 'competition')}, {left} to come"))),
        means="has a place at the Games",
        unit="season", drift=drift(halves, "through"),
        assumed=(
            *assumed_of(model, fields[0]),
            f"{again}; {count(resting, 'skater')} of the ranking skate no more",
            f"{places} places, at most {per_nation} for a nation, {reserves} reserves; of a tie on the last place all have one",
        ),
        warnings=(*now.warnings, *doubts_of(model, Field(evolve(everybody, starters=among)))),
    )  # fmt: skip


def _known_as(now: Standings, number: int) -> str:
    """The name of a row; with the nation where two skaters have one name."""
    row = now.rows[number]
    alone = sum(other.name == row.name for other in now.rows) == 1
    return f"{row.name}" if alone else f"{row.name} ({row.nation})"


def _divisions(sheets: list[Sheet], now: Standings) -> Iterable[tuple[Field, PointsTable]]:
    """Who skates in each division, and what the ranks are worth."""
    last = max(sheet.date or "" for sheet in sheets)
    taken: set[int] = set()
    for division in DIVISIONS:
        for sheet in sheets:
            if word(sheet.round) != division or sheet.date != last:
                continue
            table = points_table(division, date.fromisoformat(last))
            if table is None:
                wrong = f"what ranks in {division} are worth on {last} is not known"
                raise InvalidRecord([Problem("points", sheet.id, wrong, "give sheets of a season with known points")])
            race = field_of(sheet).race
            numbers = [_row(now, starter) for starter in race.starters]
            starters = [
                evolve(starter, id=number)
                for starter, number in zip(race.starters, numbers, strict=True)
                if number not in taken
            ]
            taken.update(starter.id for starter in starters if isinstance(starter.id, int))
            yield field_of(evolve(race, starters=starters)), table


def _row(now: Standings, starter: Starter) -> int:
    """The row of the ranking in which a skater of the last day stands: under the name that is printed there."""
    return next(
        number
        for number, row in enumerate(now.rows)
        if same_name(row.name, starter.name) and nation(row.nation) == nation(starter.nation)
    )


def _count(plan: _Plan, model: Model, chance: np.random.Generator, seasons: int) -> Counts:
    """Who got a place, and who had which rank, in so many seasons."""
    skaters = len(plan.now.rows)
    points: list[np.ndarray[Any, Any]] = []
    for _ in range(plan.left):
        due = np.full((seasons, skaters), -1, np.int64)
        for field, table in plan.divisions:
            rank = score(completed(field, model(chance, field, seasons, None)), check=False).rank
            worth = np.array([0, *((table.at(place) or 0) for place in range(1, rank.shape[1] + 1))])
            due[:, np.array(field.race.starters.ids, np.int64)] = worth[rank]
        points.append(due)
    through, spare = np.zeros(skaters, np.int64), np.zeros(skaters, np.int64)
    ranks = np.zeros((seasons, skaters), np.int64)
    for season, further in enumerate(np.stack(points, axis=2).tolist()):
        ranking, order = _ranking(plan.now, further)
        ranks[season, order] = [row.rank for row in ranking.rows]
        at = {(row.name, row.nation): number for row, number in zip(ranking.rows, order, strict=True)}
        handed = quota(ranking, places=plan.places, per_nation=plan.per_nation, reserves=plan.reserves)
        for place in handed.rows:
            (spare if place.is_reserve else through)[at[place.name, place.nation]] += 1
    return {"through": through, "reserve": spare, "ranks": rank_counts(ranks), "races": np.array(seasons)}


def _ranking(now: Standings, further: list[list[int]]) -> tuple[Standings, list[int]]:
    """The ranking after further races, and which row of the present one stands in each of its rows."""
    points = [
        (*row.points, *(None if cell < 0 else cell for cell in more))
        for row, more in zip(now.rows, further, strict=True)
    ]
    latest = len(points[0]) - 1
    keys = [season_key(cells, latest, now.best) for cells in points]
    order = sorted(range(len(keys)), key=lambda number: (keys[number], number))
    rows: list[StandingsRow] = []
    for position, number in enumerate(order):
        tied = position and keys[order[position - 1]] == keys[number]
        row = now.rows[number]
        rows.append(
            StandingsRow(
                rank=rows[-1].rank if tied else position + 1,
                name=row.name,
                nation=row.nation,
                points=points[number],
                total=-keys[number].total,
            )
        )
    return Standings(rows=rows, after=latest + 1, best=now.best, event=now.event), order
