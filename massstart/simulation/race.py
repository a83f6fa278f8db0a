"""The chances of one race, before it or while it goes on.

Decides how races of chance are counted, and where the outlook knows better: whom it proves to be through or out.
"""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import numpy as np

from massstart.batch.kernel import score
from massstart.chances.chances import Chance, Chances
from massstart.live.log import RaceLog
from massstart.live.outlook import outlook
from massstart.problems import Problem, TooManyWays
from massstart.race import Underway
from massstart.simulation.counting import Counts, Map, check_numbers, count_races, standard_error
from massstart.simulation.field import Field, Model, Source, completed, field_of
from massstart.simulation.models import ByStrength

#: How many races are made unless told otherwise: a standard error of half a percent at most.
RACES = 20_000


def chances(
    source: Source,
    model: Model | None = None,
    *,
    races: int = RACES,
    seed: int = 0,
    advance: int | None = None,
    map: Map = map,
    progress: Callable[[int, int], None] | None = None,
) -> Chances:
    """How likely each skater goes through, by a model of the race.

    Args:
        source: a race, its result, or a published sheet, of which the start list alone counts; a race under way, or its log, of which
            everything that has happened is a fact.
        model: the model; every skater equally strong unless given.
        races: how many races to make.
        seed: the same seed gives the same answer, whatever the engine.
        advance: how many go through; the record's own unless given, else the rulebook's.
        map: an engine that maps a function over numbers, in order; see `massstart.simulation.counting`.
        progress: told how many races are made, and of how many, after each chunk.

    Returns:
        A row for each skater. Where the outlook proves that somebody is through or out, the chance is 1 or 0, unless the model
        lets skaters fall or lose laps, which the outlook does not.

    Raises:
        InvalidRecord: a race that is over, or numbers that cannot be.
        TypeError: what has no start list.
        ValueError: a model whose answer does not fit the field.

    Example:
        >>> from massstart import load
        >>> from massstart.simulation import chances
        >>> kramer = chances(load("beijing-2022-men-semifinal-1"), races=5000)["87"]
        >>> abs(kramer.through - 8 / 15) < 4 * kramer.error
        True
    """
    model = ByStrength() if model is None else model
    found = field_of(source)
    going_on = cut(found.race, advance)
    check_numbers(races=races, seed=seed, advance=going_on)
    halves = count_races(partial(_count, found, model, going_on), races, seed, map=map, progress=progress)
    sure, warnings = proved(source, going_on)
    return Chances(
        rows=tuple(rows_of(found, halves, races, sure)),
        races=races,
        seed=seed,
        advance=going_on,
        title=title_of(found.race),
        drift=drift(halves, "through"),
        assumed=assumed_of(model, found),
        warnings=(*warnings, *doubts_of(model, found)),
    )


def cut(race: Underway, advance: int | None) -> int:
    """How many go through."""
    return advance if advance is not None else race.advance or race.rulebook.advance


def _count(field: Field, model: Model, advance: int, chance: np.random.Generator, races: int) -> Counts:
    """Who went through, and who had which rank, in so many races."""
    made = completed(field, model(chance, field, races, None))
    rank = score(made, check=False).rank
    through = (rank > 0) & (rank <= advance)
    if made.advanced is not None:
        through |= made.advanced & (rank > 0)
    return {"through": through.sum(axis=0), "ranks": rank_counts(rank), "races": np.array(races)}


def rank_counts(rank: Any) -> Any:
    """How often each skater had each rank, 0 for none: (skaters, skaters + 1)."""
    skaters = rank.shape[1]
    cells = rank.astype(np.int64) + np.arange(skaters) * (skaters + 1)
    return np.bincount(cells.ravel(), minlength=skaters * (skaters + 1)).reshape(skaters, skaters + 1)


def rows_of(field: Field, halves: tuple[Counts, Counts], races: int, sure: dict[Any, int]) -> Iterator[Chance]:
    """The rows of a field, most likely first; of equals, in the order of the starters."""
    through, ranks = (total(halves, name) for name in ("through", "ranks"))
    reserve = total(halves, "reserve") if "reserve" in halves[0] else None
    order = sorted(range(len(field.race.starters)), key=lambda number: (-int(through[number]), number))
    for number in order:
        starter = field.race.starters[number]
        times, counts = int(through[number]), [int(count) for count in ranks[number][1:]]
        ranked_in = sum(counts)
        is_exact = starter.id in sure and times == sure[starter.id] * races
        mean = sum(rank * count for rank, count in enumerate(counts, 1)) / ranked_in if ranked_in else None
        yield Chance(
            id=starter.id, name=starter.name, nation=starter.nation,
            through=times / races, error=0.0 if is_exact else standard_error(times, races),
            win=counts[0] / races, rank=mean, ranks=tuple(counts), is_exact=is_exact,
            reserve=None if reserve is None else int(reserve[number]) / races,
        )  # fmt: skip


def total(halves: tuple[Counts, Counts], name: str) -> Any:
    """A count over both halves."""
    return sum(half[name] for half in halves if half)


def drift(halves: tuple[Counts, Counts], name: str) -> float | None:
    """How far the shares of the two halves differ, at most, in standard errors; ``None`` of a single chunk."""
    if not halves[1]:
        return None
    (one, among), (two, also) = ((half[name], int(half["races"])) for half in halves)
    share = (one + two) / (among + also)
    error = np.sqrt(share * (1 - share) * (1 / among + 1 / also))
    return float(np.max(np.abs(one / among - two / also) / np.where(error == 0, 1, error), initial=0))


def proved(source: Source, advance: int) -> tuple[dict[Any, int], tuple[Problem, ...]]:
    """Whom the outlook proves to be through (1) or out (0); a warning where it is too open to say."""
    if not isinstance(source, Underway | RaceLog):
        return {}, ()
    try:
        rows = outlook(source, advance=advance).rows
    except TooManyWays as error:
        return {}, (Problem("no-outlook", "", f"nobody is proved to be through or out: {error}", "wait for a sprint"),)
    return {row.id: int(row.status == "through") for row in rows if row.status != "possible"}, ()


def title_of(race: Underway) -> str:
    """What a race is called."""
    return ", ".join(filter(None, (race.competition, race.event, race.round))) or race.id or "A race"


def assumed_of(model: Model, field: Field) -> tuple[str, ...]:
    """What a model takes for granted; of a model of one's own, that it is one."""
    say = getattr(model, "assumed", None)
    return tuple(say(field)) if say else (f"a model of one's own: {getattr(model, '__name__', type(model).__name__)}",)


def doubts_of(model: Model, field: Field) -> tuple[Problem, ...]:
    """What of a model does not fit a field; of a model that does not say, nothing."""
    say = getattr(model, "doubts", None)
    return tuple(say(field)) if say else ()
