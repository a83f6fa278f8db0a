"""Chances over a race: after each sprint, what had happened and what it was worth.

Decides which moments of a race are looked at. Of a published sheet the sprints are known by their points alone.
"""

from collections.abc import Callable, Iterator
from typing import Any

from massstart.chances.course import Course
from massstart.live.log import RaceLog
from massstart.order import Order
from massstart.problems import InvalidRecord, Problem
from massstart.race import Race, Underway
from massstart.ranking import outcomes
from massstart.records import Sprint, Unfinished
from massstart.result import Result
from massstart.sheet import Sheet
from massstart.simulation.counting import Map
from massstart.simulation.field import Model, Source, field_of
from massstart.simulation.race import RACES, chances


def course(
    source: Source,
    model: Model | None = None,
    *,
    races: int = RACES,
    seed: int = 0,
    advance: int | None = None,
    map: Map = map,
    progress: Callable[[int, int], None] | None = None,
) -> Course:
    """How the chances to go through changed over a race.

    Args:
        source: a race, or its result or a published sheet with the points of its sprints; a race under way, or its log.
        model: as for `massstart.simulation.chances`.
        races: how many races to make at each moment.
        seed: as for `massstart.simulation.chances`.
        advance: as for `massstart.simulation.chances`.
        map: as for `massstart.simulation.chances`.
        progress: as for `massstart.simulation.chances`.

    Raises:
        InvalidRecord: a sheet that does not tell the sprints, or what `massstart.simulation.chances` refuses.

    Example:
        >>> from massstart import load
        >>> from massstart.simulation import course
        >>> found = course(load("beijing-2022-men-semifinal-1"), races=5000)
        >>> [(laps, next(row.through > 0.95 for row in now if row.name == "Sven Kramer")) for laps, now in found.moments]
        [(0, False), (4, False), (8, False), (12, False)]
    """
    return Course(
        moments=tuple(
            (laps, chances(race, model, races=races, seed=seed, advance=advance, map=map, progress=progress))
            for laps, race in stages(source)
        )
    )


def stages(source: Source) -> Iterator[tuple[int, Underway]]:
    """The race before its start and after each sprint that was skated."""
    field_of(source)  # refuses what has no start list
    if isinstance(source, RaceLog):
        whole: Race | Underway = source.state()
    elif isinstance(source, Sheet | Result):
        whole = _as_race(source)
    else:
        whole = source
    start = field_of(whole if isinstance(whole, Race) else Underway(**_bare(whole))).race
    yield 0, start
    for number, sprint in enumerate(whole.sprints, 1):
        left = [note for note in whole.unfinished if note.laps <= sprint.lap]
        yield (
            sprint.lap,
            Underway(**_bare(start) | {"sprints": whole.sprints[:number], "unfinished": left}),
        )


def _bare(race: Race | Underway) -> dict[str, Any]:
    """What is known before the start."""
    names = ("rulebook", "laps", "sprint_laps", "advance", "id", "competition", "date", "event", "round")
    away = {*race.did_not_start, *race.guests}
    known = {name: getattr(race, name) for name in names}
    return known | {"starters": [one for one in race.starters if one.id not in away]}


def _as_race(sheet: Sheet | Result) -> Underway:
    """What a sheet or a result tells of the sprints: those who won points, by points."""
    rows = [row for row in outcomes(sheet) if row.status != "absent"]
    start = field_of(sheet).race
    laps = start.sprint_laps
    if not any(any(row.sprints[:-1]) for row in rows):
        wrong = "does not tell who won points in the sprints"
        raise InvalidRecord([Problem("missing-fact", "rows", wrong, "give a sheet with the points of the sprints")])
    sprints = []
    for column, lap in enumerate(laps):
        won: dict[int, list[Any]] = {}
        for row in rows:
            points = row.sprints[column]
            if points:
                won.setdefault(points, []).append(row.id)
        groups = [ids for _, ids in sorted(won.items(), reverse=True)]
        sprints.append(Sprint(lap, Order.from_groups(groups)))
    left = [Unfinished(row.id, row.laps) for row in rows if row.status == "unfinished" and row.laps is not None]
    return Underway(**_bare(start) | {"sprints": sprints, "unfinished": left})
