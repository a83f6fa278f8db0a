"""The chances of an event, from the draw to the final.

Decides who is in the final of each race of chance: those whom the semifinals that were skated sent there, and those whom the
simulated ones do.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
from attrs import evolve, frozen

from massstart.batch.kernel import score
from massstart.chances.chances import Chances
from massstart.event.event import Event
from massstart.problems import InvalidRecord, Problem
from massstart.race import Underway
from massstart.rulebook import Rulebook
from massstart.simulation.counting import Counts, Map, check_numbers, count_races
from massstart.simulation.field import Field, Model, completed, field_of
from massstart.simulation.models import ByStrength
from massstart.simulation.race import (
    RACES,
    assumed_of,
    cut,
    doubts_of,
    drift,
    rank_counts,
    rows_of,
    title_of,
)  # fmt: skip


@frozen
class _Plan:
    """An event as it is simulated: the semifinals to come, and everybody who can be in the final.

    Attributes:
        semifinals: the fields of those still to be skated, with how many go on.
        final: the final with everybody who can be in it.
        through: who is in the final already.
    """

    semifinals: tuple[tuple[Field, int], ...]
    final: Field
    through: frozenset[Any]


def event_chances(
    event: Event,
    model: Model | None = None,
    *,
    rulebook: Rulebook | str | None = None,
    races: int = RACES,
    seed: int = 0,
    map: Map = map,
    progress: Callable[[int, int], None] | None = None,
) -> Chances:
    """How likely everybody of an event reaches the final, and wins it.

    Args:
        event: an event that is drawn; the final is still to be skated. Semifinals that were skated are facts, as are withdrawals.
        model: as for `massstart.simulation.chances`; it is asked for each semifinal and for the final.
        rulebook: the rulebook of the races to come, or its id; that of the event unless given.
        races: how many events to make.
        seed: as for `massstart.simulation.chances`.
        map: as for `massstart.simulation.chances`.
        progress: as for `massstart.simulation.chances`.

    Returns:
        A row for everybody. ``through`` is the chance to be in the final, ``win`` to win it, ``ranks`` the ranks there.

    Raises:
        InvalidRecord: an event that is not drawn, or over.
        TypeError: what is not an event.

    Example:
        >>> from massstart.event import Event
        >>> from massstart.simulation import event_chances
        >>> event = Event(field=[str(number) for number in range(1, 21)], date="2026-01-10").with_draw(2)
        >>> found = event_chances(event, races=5000)
        >>> abs(found["7"].through - 0.8) < 4 * found["7"].error
        True
    """
    if not isinstance(event, Event):
        raise TypeError(f"{type(event).__name__} is not an event; load or make one")
    check_numbers(races=races, seed=seed)
    model = ByStrength() if model is None else model
    plan = _plan(event, rulebook)
    halves = count_races(partial(_count, plan, model), races, seed, map=map, progress=progress)
    advance = max((number for _, number in plan.semifinals), default=len(plan.through))
    sure = dict.fromkeys(plan.through, 1)
    return Chances(
        rows=tuple(rows_of(plan.final, halves, races, sure)), races=races, seed=seed, advance=advance,
        title=title_of(evolve(plan.final.race, round=None, id=plan.final.race.id or "An event")), means="is in the final", unit="event", drift=drift(halves, "through"),
        assumed=(*assumed_of(model, plan.final), *event.assumed()),
        warnings=(*event.warnings, *doubts_of(model, plan.final)),
    )  # fmt: skip


def _plan(event: Event, rulebook: Rulebook | str | None) -> _Plan:
    if event.final is not None:
        raise InvalidRecord([Problem("over", "final", "the final is skated", "show its result")])
    if event.semifinals and None not in event.semifinals:
        final = field_of(event.race("final", rulebook=rulebook))
        return _Plan((), final, frozenset(starter.id for starter in final.to_come))
    if event.draw is None:
        raise InvalidRecord(
            [Problem("not-drawn", "draw", "the event is not drawn", "draw it: massstart event --draw 2")]
        )
    through = frozenset(entry.id for entry in event.start_list())
    waiting = [
        number
        for number, record in enumerate(event.semifinals or (None,) * len(event.draw.semifinals), 1)
        if record is None
    ]
    races = [event.race(number, rulebook=rulebook) for number in waiting]
    starters = [starter for starter in event.entrants.starters if starter.id in through]
    starters += [starter for race in races for starter in race.starters]
    head = races[0]
    meeting = Underway(
        rulebook=head.rulebook, starters=starters, competition=event.competition, date=event.date, event=event.event,
        round="final",
    )  # fmt: skip
    fields = tuple((field_of(race), cut(race, event.advance)) for race in races)
    return _Plan(fields, field_of(meeting), through)


def _count(plan: _Plan, model: Model, chance: np.random.Generator, races: int) -> Counts:
    """Who was in the final, and who had which rank there, in so many events."""
    column = {starter.id: number for number, starter in enumerate(plan.final.race.starters)}
    there = np.zeros((races, len(column)), bool)
    there[:, [column[id] for id in plan.through]] = True
    for semifinal, advance in plan.semifinals:
        rank = score(completed(semifinal, model(chance, semifinal, races, None)), check=False).rank
        there[:, [column[id] for id in semifinal.race.starters.ids]] = (rank > 0) & (rank <= advance)
    rank = score(completed(plan.final, model(chance, plan.final, races, there), there), check=False).rank
    return {"through": there.sum(axis=0), "ranks": rank_counts(rank), "races": np.array(races)}
