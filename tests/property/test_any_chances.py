"""Chances over generated races: facts are never contradicted, and where the outlook is sure the chance is 1 or 0."""

import random
from typing import Any

import numpy as np
import pytest
from attrs import evolve
from hypothesis import assume, given
from hypothesis import strategies as st
from outlook_oracle import a_race

from massstart import InvalidRecord, Order, Race, rank
from massstart.batch import Races, score, to_races
from massstart.live import Arrival, Lapped, RaceLog, outlook
from massstart.simulation import ByStrength, Field, Orders, Strengths, WithTactics, chances, completed, field_of
from massstart.testing import LoggedRace, race_logs, races
from massstart.testing.logs import header_of

WILD = Strengths(fall=0.3, lapped=0.3)


def made_of(field: Field, seed: int, races: int = 20) -> Races:
    """Races of either model, with falls and laps lost, of some of the field."""
    chance = np.random.default_rng(seed)
    model = ByStrength(strengths=WILD) if seed % 2 else WithTactics(strengths=WILD, others=0.5)
    # Who takes part is open before the start alone.
    before = not any(field.done.values()) and not field.race.advanced
    there = chance.random((races, len(field))) < 0.8 if before and seed % 3 == 0 else None
    return completed(field, model(chance, field, races, there), there)


class Prophet:
    """A model that says what happened."""

    def __init__(self, race: Race) -> None:
        self.race = race

    def __call__(self, chance: np.random.Generator, field: Field, races: int, there: Any) -> Orders:
        del chance, there
        ids = [starter.id for starter in field.to_come]
        left = {note.id: note.laps for note in self.race.unfinished}
        orders = {sprint.lap: dict(sprint.order) for sprint in self.race.sprints}
        line = dict(self.race.finish)

        def numbers(order: dict[Any, int]) -> list[float]:
            return [float(order.get(id, 99)) for id in ids]

        return Orders(
            np.tile(numbers(line), (races, 1)),
            np.tile([numbers(orders.get(lap, {})) for lap in field.sprint_laps], (races, 1, 1)).reshape(
                races, len(field.sprint_laps), len(ids)
            ),
            np.tile([left.get(id, self.race.laps) for id in ids], (races, 1)),
            np.tile([id in self.race.lapped for id in ids], (races, 1)),
        )


class TestFacts:
    """Whatever a model says, the races are legal, and all that has happened stands in them."""

    @given(race_logs(), st.integers(0, 2**32), st.floats(0, 1))
    def test_races_that_are_made_of_any_log_are_legal_and_keep_its_facts(
        self, logged: LoggedRace, seed: int, part: float
    ) -> None:
        log = logged.log.until(round(part * len(logged.log.events)))
        state = log.progress()
        if not set(state.racing) - set(log.course.guests):
            with pytest.raises(InvalidRecord, match="nobody is still to come"):
                field_of(log)
            return
        field = field_of(log)
        made = made_of(field, seed)
        score(made)
        guests = set(log.course.guests)
        arrived = state.arrived.without(guests, close=True)
        whole = {sprint.lap for sprint in field.race.sprints}
        sprints = {sprint.lap: dict(sprint.order.without(guests, close=True)) for sprint in state.sprints}
        for race in to_races(evolve(made, ids=[field.race.starters.ids] * len(made))):
            others = set(race.finish.ids) - set(arrived.ids)
            assert dict(race.finish.without(others, close=True)) == dict(Order.from_groups(arrived.groups))
            if not state.open_places:
                assert dict(race.finish.without(others, close=False)) == dict(arrived)
            for lap, order in sprints.items():
                # A sprint that some have skated goes on behind them.
                found = next(one.order for one in race.sprints if one.lap == lap)
                assert dict(found.without(set(found.ids) - set(order), close=lap in whole)) == order
            for note in state.unfinished:
                if note.id not in guests:
                    assert (note.id, note.laps) in [(one.id, one.laps) for one in race.unfinished]
            assert {one.id for one in race.disqualified} == {one.id for one in state.disqualified} - guests
            assert set(state.did_not_start) - guests <= set(race.did_not_start)

    @given(races(realistic=True, dead_heats=False, disqualified=False, full_sprints=True, min_size=1), st.floats(0, 1))
    def test_who_knows_the_end_of_a_race_gets_its_ranking(self, race: Race, part: float) -> None:
        """The race itself is among those that any moment of it can lead to."""
        events = [*race.sprints, *race.unfinished, *map(Lapped, race.lapped), *map(Arrival, race.finish.ids)]
        assume(race.finish.ids)
        field = field_of(RaceLog(header_of(race), events[: round(part * (len(events) - 1))]))
        (guessed,) = to_races(
            evolve(
                completed(field, Prophet(race)(np.random.default_rng(), field, 1, None)), ids=[field.race.starters.ids]
            )
        )
        expected = rank(race.competing)
        found = rank(guessed)
        finishers = {row.id for row in expected if row.status in ("finished", "lapped")}
        told, due = (
            {(row.id, row.rank, row.total, row.sprints) for row in one if row.id in finishers}
            for one in (found, expected)
        )
        assert told == due


class TestLaw:
    """Where the exact outlook says through or out, the chance is 1 or 0, and nobody ends outside its bounds."""

    @pytest.mark.parametrize("seed", range(150))
    def test_chances_lie_within_the_outlook(self, seed: int) -> None:
        race = a_race(random.Random(seed), largest=12, sprints_left=2).to_race()  # noqa: S311  # no secret
        if not race.racing:
            return
        found = chances(race, races=200, seed=seed)
        for row in outlook(race):
            chance = found[row.id]
            assert chance.through == {"through": 1.0, "out": 0.0}.get(row.status, chance.through)
            assert chance.is_exact is (row.status != "possible")
            ranks = [rank for rank, times in enumerate(chance.ranks, 1) if times]
            assert row.best <= ranks[0] <= ranks[-1] <= row.worst
