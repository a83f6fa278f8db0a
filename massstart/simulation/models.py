"""Two models of a race, which say of themselves what they leave out.

Decides how chance makes orders. Both are models and not the sport: `docs/chances.md` says what they cannot know.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from attrs import field, frozen

from massstart.batch.races import Bools, Ints
from massstart.chances.strengths import Strength, Strengths, is_number
from massstart.identity import nation
from massstart.problems import InvalidRecord, Problem
from massstart.simulation.field import Field, Numbers, Orders
from massstart.values import is_count
from massstart.words import listing


@frozen(kw_only=True)
class ByStrength:
    """Orders by strength: Plackett and Luce's model, drawn with Gumbel noise.

    Of those who are there, each is first with a chance in proportion to exp(strength); of the rest, the next, and so on.
    Sprints and finish are drawn apart: whoever was strong today in one sprint is not stronger in the next. Falls and laps lost come
    at the rates of the strengths, at any lap alike and to anybody.

    Example:
        >>> import numpy as np
        >>> from massstart.live import Underway
        >>> from massstart.simulation import ByStrength, Strength, Strengths, field_of
        >>> model = ByStrength(strengths=Strengths(rows=[Strength(id="a", finish=50.0)]))
        >>> field = field_of(Underway(rulebook="isu-2018", starters=["a", "b", "c"]))
        >>> model(np.random.default_rng(1), field, 5, None).finish.argmin(axis=1).tolist()
        [0, 0, 0, 0, 0]

    Raises:
        InvalidRecord: strengths that are none.
    """

    strengths: Strengths = field(factory=Strengths)

    def __attrs_post_init__(self) -> None:
        _refuse([*_wrong_strengths(self.strengths)])

    def __call__(
        self,
        chance: np.random.Generator,
        field: Field,
        races: int,
        there: Bools | None,  # noqa: ARG002  # a model is asked for everybody; whoever takes no part changes nothing here
    ) -> Orders:
        """Make the orders of so many races."""
        at_finish, in_sprints = _arrays(self.strengths, field)
        noise = chance.gumbel(size=(races, len(field.sprint_laps) + 1, len(field)))
        laps, lapped = fates(chance, field, races, self.strengths)
        return Orders(-(at_finish + noise[:, -1]), -(in_sprints + noise[:, :-1]), laps, lapped)

    def assumed(self, field: Field) -> tuple[str, ...]:  # noqa: ARG002  # other models name skaters of the field
        """What the model takes for granted, in sentences."""
        drawn = "skaters are first with chances in proportion to exp(strength), and sprints and finish are drawn apart"
        return (f"a model: {drawn} ({_source(self.strengths)})", *falls_assumed(self.strengths))

    def doubts(self, field: Field) -> tuple[Problem, ...]:
        """A warning for those whose strength is not known."""
        return _unknown(self.strengths, field)


@frozen(kw_only=True)
class WithTactics:
    """Orders by strength, moved by attacks. Every number here is assumed; none was measured.

    A skater who attacks before a sprint is stronger there by ``gain``. The attackers of a sprint are a leading group: with the
    chance ``away`` they are still away at the next sprint, and stronger there too; else they are caught, and each of them is
    weaker at the finish by ``cost``. A group that is never caught is stronger by ``gain`` at the finish as well.
    Team-mates of an attacker hold the field up: each of them who does not attack adds ``help`` to her strength.

    Attributes:
        strengths: as in `ByStrength`.
        attacks: by id, the lap of the sprint before which a skater attacks. An attack of nobody to come, or at a lap without a
            sprint, changes nothing, and a warning says so.
        others: the chance that any other skater attacks, before one of the sprints to come.
        gain, cost, away, help: as above; ``away`` from 0 to 1, the others in units of strength.

    Raises:
        InvalidRecord: chances or numbers that cannot be.
    """

    strengths: Strengths = field(factory=Strengths)
    attacks: Mapping[Any, int] = field(factory=dict)
    others: float = 0.0
    gain: float = 2.5
    cost: float = 1.0
    away: float = 0.5
    help: float = 0.25

    def __attrs_post_init__(self) -> None:
        problems = [*_wrong_strengths(self.strengths)]
        problems += [
            Problem("chance", name, f"{value!r} is not a chance", "give one from 0 to 1")
            for name, value in (("others", self.others), ("away", self.away))
            if not (is_number(value) and 0 <= value <= 1)
        ]
        problems += [
            Problem("type", name, f"{value!r} is not a number", "give one in units of strength")
            for name, value in (("gain", self.gain), ("cost", self.cost), ("help", self.help))
            if not is_number(value)
        ]
        remedy = 'give the laps by id, such as {"87": 8}'
        if not isinstance(self.attacks, Mapping):
            problems.append(Problem("type", "attacks", f"{self.attacks!r} does not say who attacks when", remedy))
        else:
            problems += [
                Problem("type", f"attacks[{id!r}]", f"{lap!r} is not a lap", remedy)
                for id, lap in self.attacks.items()
                if not is_count(lap, 1)
            ]
        _refuse(problems)

    def __call__(self, chance: np.random.Generator, field: Field, races: int, there: Bools | None) -> Orders:
        """Make the orders of so many races."""
        at_finish, in_sprints = _arrays(self.strengths, field)
        shape = (races, len(field.sprint_laps) + 1, len(field))
        strength = np.empty(shape)
        strength[:, :-1], strength[:, -1] = in_sprints, at_finish
        noise = chance.gumbel(size=shape)
        attack = self._attacks(chance, field, races)
        if there is not None:
            attack &= there[:, None]
        # Whoever attacks at a sprint stays away until a sprint in which the group is caught.
        stays = chance.random((races, len(field.sprint_laps))) < self.away
        group = np.zeros((races, len(field)), bool)
        for number in range(len(field.sprint_laps)):
            group = attack[:, number] | (group & stays[:, number - 1, None]) if number else attack[:, 0]
            strength[:, number] += (self.gain + self._help(field, group, there)) * group
        if field.sprint_laps:
            group = group & stays[:, -1, None]
            strength[:, -1] += self.gain * group
        strength[:, -1] -= self.cost * ((attack.any(axis=1) | self._past(field)) & ~group)
        laps, lapped = fates(chance, field, races, self.strengths)
        return Orders(-(strength[:, -1] + noise[:, -1]), -(strength[:, :-1] + noise[:, :-1]), laps, lapped)

    def _attacks(self, chance: np.random.Generator, field: Field, races: int) -> Bools:
        """Who attacks before which sprint to come: (races, sprints, skaters)."""
        sprints = len(field.sprint_laps)
        found = np.zeros((races, sprints, len(field)), bool)
        any_other = chance.random((races, len(field))) < self.others
        when = chance.integers(0, max(1, sprints), (races, len(field)))
        for column, starter in enumerate(field.to_come):
            planned = self.attacks.get(starter.id)
            for number, lap in enumerate(field.sprint_laps):
                drawn = any_other[:, column] & (when[:, column] == number)
                found[:, number, column] = planned == lap if planned is not None else drawn
        return found

    def _past(self, field: Field) -> Bools:
        """Who attacked before a sprint that is over, and has to pay for it."""
        over = set(field.race.sprint_laps) - set(field.sprint_laps)
        return np.array([self.attacks.get(starter.id) in over for starter in field.to_come], bool)

    def _help(self, field: Field, group: Bools, there: Bools | None) -> Numbers:
        nations = [nation(starter.nation) for starter in field.to_come]
        mates = np.array([[one == other != "" for other in nations] for one in nations], float)
        working = (~group if there is None else ~group & there).astype(float)
        found: Numbers = self.help * (working @ mates)
        return found

    def assumed(self, field: Field) -> tuple[str, ...]:
        """What the model takes for granted, in sentences."""
        named = {starter.id: starter.label for starter in field.to_come}
        attacks = [
            f"{named[id]} before the sprint at lap {lap}"
            for id, lap in self.attacks.items()
            if id in named and lap in field.race.sprint_laps
        ]
        worth = (
            f"an attack is worth {self.gain:g} in its sprint and costs {self.cost:g} at the finish, a group stays away to "
            f"the next sprint with the chance {self.away:g}, a team-mate is worth {self.help:g}: none of it was measured"
        )
        return (
            f"a model: {worth} ({_source(self.strengths)})",
            f"attacks: {', '.join(attacks) or 'nobody'}; any other skater with the chance {self.others:g}",
            *falls_assumed(self.strengths),
        )

    def doubts(self, field: Field) -> tuple[Problem, ...]:
        """Warnings for those whose strength is not known, and for attacks that change nothing."""
        to_come, laps = {starter.id for starter in field.to_come}, field.race.sprint_laps
        wrong = {
            id: "nobody with this id is to come" if id not in to_come else f"no sprint is at lap {lap}"
            for id, lap in self.attacks.items()
            if id not in to_come or lap not in laps
        }
        remedy = f"name skaters to come, and a lap of {listing([*map(str, laps)])}" if laps else "leave attacks out"
        return (
            *_unknown(self.strengths, field),
            *(
                Problem("no-attack", f"attacks[{id!r}]", f"{why}: the attack is left out", remedy)
                for id, why in wrong.items()
            ),
        )


def _arrays(strengths: Strengths, field: Field) -> tuple[Numbers, Numbers]:
    """The strengths across the line and in the sprints, skater by skater."""
    found = [strengths.of(starter) or Strength() for starter in field.to_come]
    return np.array([one.finish for one in found], float), np.array([one.sprint for one in found], float)


def fates(
    chance: np.random.Generator, field: Field, races: int, strengths: Strengths
) -> tuple[Ints | None, Bools | None]:
    """Who does not finish, after how many laps, and who is lapped, by the rates of the strengths."""
    shape = (races, len(field))
    laps = lapped = None
    if strengths.fall:
        # Nobody leaves a lap that is over.
        first = max([sprint.lap for sprint in field.race.sprints], default=0)
        falls = chance.random(shape) < strengths.fall
        laps = np.where(falls, chance.integers(first, field.race.laps, shape), field.race.laps)
    if strengths.lapped:
        lapped = chance.random(shape) < strengths.lapped
        if laps is not None:
            lapped &= laps == field.race.laps
    return laps, lapped


def _wrong_strengths(strengths: object) -> Iterator[Problem]:
    if not isinstance(strengths, Strengths):
        yield Problem("type", "strengths", f"{strengths!r} are not strengths", "give Strengths(rows=...)")


def _refuse(problems: list[Problem]) -> None:
    if problems:
        raise InvalidRecord(problems)


def _unknown(strengths: Strengths, field: Field) -> tuple[Problem, ...]:
    """A warning for those whose strength is not known; where none was given, equal strengths are the model."""
    return strengths.unknown(field.to_come) if strengths.rows else ()


def _source(strengths: Strengths) -> str:
    return strengths.source if strengths.rows else "every skater equally strong"


def falls_assumed(strengths: Strengths) -> tuple[str, ...]:
    """What is assumed of falls, in sentences."""
    if not strengths.fall and not strengths.lapped:
        return ("everybody finishes, and nobody is lapped from now on",)
    fall, lapped = f"{strengths.fall:.3g}", f"{strengths.lapped:.3g}"
    return (f"a skater does not finish with the chance {fall}, and is lapped with the chance {lapped}, whoever it is",)
