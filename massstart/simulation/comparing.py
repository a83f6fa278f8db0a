"""What a rulebook or a tactic changes: the same races of chance, counted under each.

Decides what is compared: in every scenario chance falls alike, so that a difference is surer than the two chances apart.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import partial

import numpy as np
from attrs import evolve, field, frozen

from massstart.batch.kernel import score
from massstart.chances.chances import Chance, Chances
from massstart.chances.comparison import Comparison, Difference
from massstart.problems import InvalidRecord, Problem
from massstart.records import to_rulebook
from massstart.rulebook import Rulebook
from massstart.simulation.counting import Counts, Map, check_numbers, count_races
from massstart.simulation.field import Field, Model, Source, completed, field_of
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
    total,
)  # fmt: skip


@frozen(kw_only=True)
class Scenario:
    """A way in which a race can be skated or scored.

    Attributes:
        model: the model; every skater equally strong unless given.
        rulebook: the rulebook by which the points are given, or its id; that of the race unless given. Distance, sprints and
            how many go through stay those of the race.
    """

    model: Model = field(factory=ByStrength)
    rulebook: Rulebook | None = field(default=None, converter=to_rulebook)


def compare(
    source: Source,
    scenarios: Mapping[str, Scenario],
    *,
    races: int = RACES,
    seed: int = 0,
    advance: int | None = None,
    map: Map = map,
    progress: Callable[[int, int], None] | None = None,
) -> Comparison:
    """What rulebooks or tactics change for everybody in a field.

    Args:
        source: as for `massstart.simulation.chances`.
        scenarios: two or more, by name; the others are compared with the first.
        races: how many races to make.
        seed: as for `massstart.simulation.chances`.
        advance: as for `massstart.simulation.chances`.
        map: as for `massstart.simulation.chances`.
        progress: as for `massstart.simulation.chances`.

    Raises:
        InvalidRecord: fewer than two scenarios, an unknown rulebook, a race that is over, or numbers that cannot be.
        TypeError: what has no start list.

    Example:
        >>> from massstart import load
        >>> from massstart.simulation import Scenario, WithTactics, compare
        >>> attack = WithTactics(attacks={"87": 8})
        >>> found = compare(
        ...     load("beijing-2022-men-semifinal-1"), {"wait": Scenario(model=WithTactics()), "attack": Scenario(model=attack)},
        ...     races=5000,
        ... )
        >>> row = found.rows[0]
        >>> row.id, row.difference > 0
        ('87', True)
    """
    problems = []
    if len(scenarios) < 2:
        problems.append(Problem("empty", "scenarios", "there is nothing to compare", "give two scenarios or more"))
    for name, one in scenarios.items():
        if not isinstance(one, Scenario):
            wrong = f"{one!r} is not a scenario"
            problems.append(
                Problem("type", f"scenarios.{name}", wrong, "give a Scenario with a model, a rulebook, or both")
            )
        elif not isinstance(one.rulebook, Rulebook | None):
            wrong = f"{one.rulebook!r} is not a rulebook"
            problems.append(
                Problem("unknown-rulebook", f"scenarios.{name}", wrong, "name one of the ISU's, or define one")
            )
    if problems:
        raise InvalidRecord(problems)
    found = field_of(source)
    going_on = cut(found.race, advance)
    check_numbers(races=races, seed=seed, advance=going_on)
    halves = count_races(
        partial(_count, found, tuple(scenarios.values()), going_on), races, seed, map=map, progress=progress
    )
    told = tuple(
        (name, _chances(found, one, number, halves, races, seed, going_on))
        for number, (name, one) in enumerate(scenarios.items())
    )
    differing = tuple(
        (name, int(total(halves, "differing")[number]) / races) for number, name in enumerate(scenarios) if number
    )
    return Comparison(
        scenarios=told, rows=tuple(_differences(found, halves, races, told)), differing=differing,
        races=races, seed=seed,
    )  # fmt: skip


def _count(
    field: Field, scenarios: tuple[Scenario, ...], advance: int, chance: np.random.Generator, races: int
) -> Counts:
    """Who went through under each scenario, and where it was somebody else than under the first."""
    state = chance.bit_generator.state
    through = []
    ranks = []
    for one in scenarios:
        chance.bit_generator.state = state
        made = completed(field, one.model(chance, field, races, None))
        rank = score(made if one.rulebook is None else evolve(made, rulebook=one.rulebook), check=False).rank
        through.append((rank > 0) & (rank <= advance))
        ranks.append(rank_counts(rank))
    of_each = np.array(through)
    return {
        "through": of_each.sum(axis=1),
        "gained": (of_each & ~of_each[0]).sum(axis=1),
        "lost": (~of_each & of_each[0]).sum(axis=1),
        "differing": (of_each != of_each[0]).any(axis=2).sum(axis=1),
        "ranks": np.array(ranks),
        "races": np.array(races),
    }


def _chances(
    field: Field, scenario: Scenario, number: int, halves: tuple[Counts, Counts], races: int, seed: int, advance: int
) -> Chances:
    own: tuple[Counts, Counts] = (_of(halves[0], number), _of(halves[1], number))
    book = "" if scenario.rulebook is None else f", points of {scenario.rulebook.id}"
    return Chances(
        rows=tuple(rows_of(field, own, races, {})), races=races, seed=seed, advance=advance,
        title=title_of(field.race) + book, drift=drift(own, "through"), assumed=assumed_of(scenario.model, field),
        warnings=doubts_of(scenario.model, field),
    )  # fmt: skip


def _of(counts: Counts, number: int) -> Counts:
    return {name: found if name == "races" else found[number] for name, found in counts.items()}


def _differences(
    field: Field,
    halves: tuple[Counts, Counts],
    races: int,
    told: tuple[tuple[str, Chances], ...],
) -> Iterator[Difference]:
    gained, lost = total(halves, "gained"), total(halves, "lost")
    for number, (name, found) in enumerate(told):
        if not number:
            continue
        rows = []
        for column, starter in enumerate(field.race.starters):
            row: Chance = found[starter.id]
            more, fewer = int(gained[number][column]), int(lost[number][column])
            share = (more - fewer) / races
            spread = float(np.sqrt(((more + fewer) / races - share**2) / races)) if more + fewer else 1 / (races + 2)
            rows.append(
                Difference(
                    id=starter.id,
                    name=starter.name,
                    nation=starter.nation,
                    scenario=name,
                    through=row.through,
                    error=row.error,
                    difference=share,
                    difference_error=spread,
                )
            )
        yield from sorted(rows, key=lambda row: -abs(row.difference))
