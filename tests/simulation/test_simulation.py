"""Chances: known closed forms, what has happened, the models, and what is refused."""

import math
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np
import pytest
from attrs import evolve

from massstart import (
    InvalidRecord,
    MissingExtra,
    Order,
    Race,
    RaceTime,
    Sheet,
    SheetRow,
    Starter,
    UnknownName,
    load,
    rank,
)
from massstart.batch import score, to_races
from massstart.event import Event
from massstart.live import Arrival, Finish, Lapped, Passing, RaceLog, Sprint, Underway, Unfinished, outlook
from massstart.simulation import (
    ByStrength,
    Chance,
    Chances,
    Field,
    Orders,
    Scenario,
    Strength,
    Strengths,
    WithTactics,
    calibrate,
    chances,
    compare,
    completed,
    course,
    estimate,
    event_chances,
    field_of,
    season_chances,
)
from massstart.simulation.counting import CHUNK, count_races, standard_error
from massstart.simulation.course import stages
from massstart.simulation.race import drift

KRAMER = load("beijing-2022-men-semifinal-1", Sheet)
SEASON = [load(f"wc-2025-26-{number}-men-division-{name}", Sheet) for number in (1, 2) for name in "ab"]
IDS = [f"s{number}" for number in range(16)]


def underway(**changes: Any) -> Underway:
    given: dict[str, Any] = {"rulebook": "isu-2018", "starters": IDS, "advance": 8}
    return Underway(**given | changes)


def refused(call: Callable[[], object]) -> list[tuple[str, str]]:
    with pytest.raises(InvalidRecord) as caught:
        call()
    return [(problem.kind, problem.where) for problem in caught.value.problems]


def strong(**finish: float) -> ByStrength:
    return ByStrength(strengths=Strengths(rows=[Strength(id=id, finish=value) for id, value in finish.items()]))


class Fixed:
    """A model that always says the same: the order of the columns, or a given one."""

    def __init__(self, finish: Sequence[float], laps: Sequence[int] | None = None, lapped: Sequence[bool] = ()) -> None:
        self.finish, self.laps, self.lapped = finish, laps, lapped

    def __call__(self, chance: np.random.Generator, field: Field, races: int, there: Any) -> Orders:
        del chance, there
        finish = np.tile(np.array(self.finish, float), (races, 1))
        return Orders(
            finish,
            np.repeat(finish[:, None], len(field.sprint_laps), axis=1),
            None if self.laps is None else np.tile(self.laps, (races, 1)),
            np.tile(self.lapped, (races, 1)) if len(self.lapped) else None,
        )


# --- known closed forms -------------------------------------------------------------------------------------


def test_of_equals_half_the_field_goes_through() -> None:
    found = chances(underway(), races=40_000, seed=3)
    assert sum(row.through for row in found) == pytest.approx(8)
    assert sum(row.win for row in found) == pytest.approx(1)
    assert all(abs(row.through - 0.5) < 4.5 * row.error for row in found)
    assert all(row.error == pytest.approx(math.sqrt(row.through * (1 - row.through) / 40_000)) for row in found)
    assert all(sum(row.ranks) == 40_000 and abs((row.rank or 0) - 8.5) < 0.15 for row in found)
    assert found.drift is not None
    assert found.drift < 5
    assert (found.largest_error, found.means, found.unit) == (max(row.error for row in found), "goes through", "race")
    assert [row.through for row in found] == sorted((row.through for row in found), reverse=True)


def test_the_winner_is_that_of_plackett_and_luce() -> None:
    worth = {"a": 2.0, "b": 1.0, "c": 0.0, "d": -0.5}
    # Without sprints, the order across the line is the ranking.
    race = Underway(rulebook="isu-2018", starters=[*worth], sprint_laps=[], advance=1)
    found = chances(race, strong(**worth), races=50_000, seed=1)
    whole = sum(map(math.exp, worth.values()))
    for id, value in worth.items():
        assert abs(found[id].win - math.exp(value) / whole) < 4.5 * standard_error(
            round(found[id].win * 50_000), 50_000
        )
        assert found[id].through == found[id].win


def test_the_second_place_is_that_of_plackett_and_luce() -> None:
    worth = {"a": 1.0, "b": 0.0, "c": -1.0}
    race = Underway(rulebook="isu-2018", starters=[*worth], sprint_laps=[], advance=2)
    found = chances(race, strong(**worth), races=50_000, seed=2)
    e = {id: math.exp(value) for id, value in worth.items()}
    whole = sum(e.values())
    # Last is whoever is neither first nor second.
    last = sum(e[one] / whole * e[two] / (whole - e[one]) for one, two in (("a", "b"), ("b", "a")))
    assert abs(found["c"].through - (1 - last)) < 4.5 * found["c"].error


def test_a_sprint_is_won_in_proportion_too() -> None:
    model = ByStrength(strengths=Strengths(rows=[Strength(id="s0", sprint=2.0)]))
    field = field_of(underway())
    orders = model(np.random.default_rng(5), field, 20_000, None)
    won = float((orders.sprints[:, 1].argmin(axis=1) == 0).mean())
    due = math.exp(2) / (math.exp(2) + 15)
    assert abs(won - due) < 4.5 * math.sqrt(due * (1 - due) / 20_000)
    assert abs(float((orders.finish.argmin(axis=1) == 0).mean()) - 1 / 16) < 0.01


def test_the_error_of_what_never_happened_is_not_nothing() -> None:
    due = math.sqrt(1 / 102 * 101 / 102 / 100)
    assert [standard_error(times, 100) for times in (0, 100)] == pytest.approx([due, due])
    always = chances(underway(), strong(s0=50.0), races=10)["s0"]
    assert (always.through, always.is_exact, always.error > 0) == (1.0, False, True)


# --- what has happened --------------------------------------------------------------------------------------


def test_where_the_outlook_is_sure_the_chance_is() -> None:
    race = underway(starters=IDS[:9], sprints={4: IDS[:3], 8: ["s0", "s3", "s4"], 12: ["s0", "s1", "s5"]})
    found, sure = chances(race, races=CHUNK, seed=1), outlook(race)
    settled = [row.id for row in sure if row.status != "possible"]
    assert settled
    for row in sure:
        expected = {"through": 1.0, "out": 0.0}.get(row.status, found[row.id].through)
        assert (found[row.id].through, found[row.id].is_exact) == (expected, row.status != "possible")
        assert (found[row.id].error == 0) is (row.status != "possible")
    # A skater who can fall may yet miss what the outlook gives to whoever completes the distance.
    falling = chances(race, ByStrength(strengths=Strengths(fall=0.5)), races=CHUNK)
    assert [falling[id].is_exact for id in settled] == [False] * len(settled)
    assert found.rows[-1].error > 0
    assert found.drift is None


def log_of(*events: Any, **changes: Any) -> RaceLog:
    return RaceLog(underway(**changes), events)


def test_who_has_crossed_the_line_keeps_the_place() -> None:
    log = log_of(
        Sprint(4, Order(["s3"])), Arrival("s1"), Arrival("s2"), Unfinished("s4", 7), Lapped("s5"),
        starters=IDS[:6], advance=2,
    )  # fmt: skip
    field = field_of(log)
    assert [starter.id for starter in field.to_come] == ["s0", "s3", "s5"]
    assert (field.sprint_laps, len(field)) == ((8, 12), 3)
    made = completed(field, Fixed([2.0, 1.0, 0.0])(np.random.default_rng(), field, 2, None))
    assert made.finish.tolist() == [[4, 1, 2, 3, 0, 5]] * 2  # the lapped come last
    assert made.status is not None
    assert made.status.tolist() == [[0, 0, 0, 0, 2, 1]] * 2
    (race, _) = to_races(made)
    assert [(note.id, note.laps) for note in race.unfinished] == [(4, 7)]
    assert dict(race.sprints[0].order) == {3: 1}
    score(made)


def test_a_place_that_was_passed_over_is_filled_or_closed_up() -> None:
    log = log_of(Arrival("s0"), Arrival("s1", place=3), starters=IDS[:4])
    field = field_of(log)
    assert [starter.id for starter in field.to_come] == ["s2", "s3"]
    filled = completed(field, Fixed([1.0, 0.0])(np.random.default_rng(), field, 1, None))
    assert filled.finish.tolist() == [[1, 3, 4, 2]]
    closed = completed(field, Fixed([1.0, 0.0], laps=[5, 5])(np.random.default_rng(), field, 1, None))
    assert closed.finish.tolist() == [[1, 2, 0, 0]]
    for made in (filled, closed):
        score(made)


def test_a_sprint_that_some_have_skated_goes_on_behind_them_and_nobody_leaves_a_lap_that_is_over() -> None:
    events = [Passing("s1", RaceTime(40_000)), Passing("s0", RaceTime(40_010)), Passing("s1", RaceTime(70_000))]
    log = log_of(*events, starters=IDS[:4], laps=4, sprint_laps=[1, 3])
    field = field_of(log)
    assert (field.sprint_laps, field.race.sprints) == ((1, 3), ())
    # Whoever fell on the first lap by the model had completed it, or two, by then.
    made = completed(field, Fixed([0.0, 1.0, 2.0, 3.0], laps=[0, 0, 0, 4])(np.random.default_rng(), field, 1, None))
    assert made.sprints is not None
    assert made.sprints.tolist() == [[[2, 1, 0, 3], [0, 0, 0, 1]]]
    assert made.laps_completed is not None
    assert made.laps_completed.tolist() == [[1, 2, 0, 4]]
    score(made)


def test_whoever_was_lapped_and_has_stopped_is_last() -> None:
    events = [Passing("s0", RaceTime(40_000)), Passing("s1", RaceTime(41_000)), Lapped("s0"), Arrival("s1")]
    field = field_of(log_of(*events, starters=IDS[:3], laps=4, sprint_laps=[]))
    assert [starter.id for starter in field.to_come] == ["s2"]
    made = completed(field, Fixed([0.0])(np.random.default_rng(), field, 1, None))
    assert made.finish.tolist() == [[3, 1, 2]]
    score(made)


def test_a_race_that_is_over_is_refused_and_so_is_what_has_no_start_list() -> None:
    over = log_of(Finish(Order(IDS)))
    assert refused(lambda: chances(over)) == [("over", "")]
    assert refused(lambda: chances(Race(rulebook="isu-2018", starters=[], finish=[]))) == [("over", "")]
    with pytest.raises(TypeError, match="Rulebook has no start list"):
        chances(underway().rulebook)  # type: ignore[arg-type]  # what a caller may try
    with pytest.raises(TypeError, match="int has no start list"):
        course(3)  # type: ignore[arg-type]  # what a caller may try
    for ask in (estimate, calibrate):
        with pytest.raises(TypeError, match="Rulebook does not tell how a race ended"):
            ask([underway().rulebook])  # type: ignore[list-item]  # what a caller may try
    with pytest.raises(TypeError, match="Underway is not an event"):
        event_chances(underway())  # type: ignore[arg-type]  # what a caller may try


def test_sprints_that_nobody_called_are_over_once_all_are_in() -> None:
    log = log_of(Arrival("s0"), Arrival("s1"), starters=IDS[:3])
    assert field_of(log).sprint_laps == (4, 8, 12)
    assert refused(lambda: field_of(log_of(Arrival("s0"), Arrival("s1"), starters=IDS[:2]))) == [("over", "")]


def test_a_start_list_leaves_out_guests_and_who_did_not_start() -> None:
    race = Race(rulebook="isu-2018", starters=IDS[:5], finish=IDS[:4], did_not_start=["s4"], guests=["s3"], advance=3)
    assert field_of(race).race.starters.ids == ("s0", "s1", "s2")
    assert field_of(underway(guests=["s0"])).race.starters.ids == tuple(IDS[1:])
    assert [one.name for one in field_of(KRAMER).to_come][:1] == [KRAMER.skaters[0].name]
    assert len(field_of(KRAMER)) == 15


def test_a_start_list_has_the_sprints_of_its_race() -> None:
    race = Race(rulebook="isu-2018", starters=IDS[:3], finish=IDS[:3], laps=12, sprint_laps=[3, 9])
    for record in (race, rank(race)):
        assert (field_of(record).sprint_laps, field_of(record).race.laps) == ((3, 9), 12)


def test_laps_and_time_of_the_last_crossing_are_those_that_are_known_else_those_of_the_model() -> None:
    race = underway(starters=IDS[:4], unfinished={"s0": (5, "3:00.00"), "s1": (5, "2:59.00")})
    field = field_of(race)
    made = completed(field, Fixed([0.0, 1.0], laps=[0, 16])(np.random.default_rng(), field, 1, None))
    assert made.laps_completed is not None
    assert made.laps_completed.tolist() == [[5, 5, 0, 16]]
    (whole,) = to_races(evolve(made, ids=[IDS[:4]]))
    assert [row.id for row in rank(whole)] == ["s3", "s1", "s0", "s2"]


def test_whoever_leaves_at_a_sprint_has_skated_it() -> None:
    field = field_of(underway(starters=IDS[:3]))
    made = completed(field, Fixed([0.0, 1.0, 2.0], laps=[4, 16, 3])(np.random.default_rng(), field, 1, None))
    assert made.sprints is not None
    assert made.sprints[0].tolist() == [[1, 2, 0], [0, 1, 0], [0, 1, 0]]


def test_facts_of_those_who_are_out_stand_in_every_race() -> None:
    race = underway(
        starters=IDS[:6], sprints={4: ["s1", "s2"]}, unfinished={"s1": (5, "3:00.00"), "s3": 1}, disqualified=["s2"],
        did_not_start=["s4"], advanced={"s3": "hindered"}, lapped=["s5"], advance=1,
    )  # fmt: skip
    made = completed(field_of(race), Fixed([0.0, 1.0])(np.random.default_rng(), field_of(race), 1, None))
    (whole,) = to_races(evolve(made, ids=[IDS[:6]]))
    assert [(row.id, row.rank, row.total, row.qualified) for row in rank(whole)] == [
        ("s0", 1, 66, "Q"), ("s5", 2, 44, None), ("s1", 3, 3, None), ("s3", 4, 0, "q"), ("s2", None, 0, None),
    ]  # fmt: skip
    found = chances(race, Fixed([0.0, 1.0]), races=10)
    assert (found["s3"].through, found["s0"].through, found["s5"].through) == (1.0, 1.0, 0.0)
    assert found["s2"].rank is None


# --- models -------------------------------------------------------------------------------------------------


def test_a_model_is_any_function_and_its_answer_is_checked() -> None:
    def backwards(chance: np.random.Generator, field: Field, races: int, there: Any) -> Orders:
        del chance, there
        numbers = np.tile(-np.arange(len(field), dtype=float), (races, 1))
        return Orders(numbers, np.repeat(numbers[:, None], len(field.sprint_laps), axis=1))

    found = chances(underway(), backwards, races=10)
    assert [row.id for row in found if row.through == 1] == IDS[8:]
    assert found.assumed == ("a model of one's own: backwards",)
    assert chances(underway(starters=IDS[:2]), Fixed([0, 1]), races=1).assumed == ("a model of one's own: Fixed",)
    for wrong, said in (
        (Fixed([0.0]), "finish have the shape"),
        (Fixed([0.0, math.nan]), "numbers that are none"),
        (Fixed([0.0, 1.0], laps=[17, 1]), "laps are not from 0 to 16"),
        (Fixed([0.0, 1.0], laps=[1]), "laps have the shape"),
        (Fixed([0.0, 1.0], lapped=[True]), "lapped have the shape"),
    ):
        with pytest.raises(ValueError, match=said):
            chances(underway(starters=IDS[:2]), wrong, races=1)
    for answer, said in (
        ([1, 2], "the model answers list, not Orders"),
        (Orders([[0.0, 1.0]], np.zeros((1, 3, 2))), "finish are list, not an array"),  # type: ignore[arg-type]  # on purpose
        (Orders(np.zeros((1, 2)), None), "sprints are NoneType, not an array"),  # type: ignore[arg-type]  # on purpose
        (Orders(np.zeros((1, 2)), np.zeros((1, 3, 2)), [[16, 16]]), "laps are list, not an array"),  # type: ignore[arg-type]  # on purpose
    ):
        with pytest.raises(TypeError, match=said):
            chances(underway(starters=IDS[:2]), lambda *_, answer=answer: answer, races=1)


def test_equal_numbers_are_a_dead_heat() -> None:
    field = field_of(underway(starters=IDS[:4]))
    made = completed(field, Fixed([1.0, 0.0, 1.0, 2.0])(np.random.default_rng(), field, 1, None))
    assert made.finish.tolist() == [[2, 1, 2, 4]]
    assert made.sprints is not None
    assert made.sprints[0, 0].tolist() == [2, 1, 2, 4]


def test_falls_and_lost_laps_come_at_their_rates_and_leave_a_legal_race() -> None:
    model = ByStrength(strengths=Strengths(fall=0.2, lapped=0.1))
    field = field_of(underway(sprints={4: IDS[:3]}))
    made = completed(field, model(np.random.default_rng(1), field, 5000, None))
    assert made.status is not None
    assert made.laps_completed is not None
    fallen = made.status == 2
    assert abs(fallen.mean() - 0.2) < 0.01
    assert abs((made.status == 1).mean() - 0.08) < 0.01
    # Nobody leaves a lap that is over.
    assert set(made.laps_completed[fallen].tolist()) == set(range(4, 16))
    score(made)
    assert "does not finish with the chance 0.2" in model.assumed(field)[-1]
    assert ByStrength().assumed(field)[-1] == "everybody finishes, and nobody is lapped from now on"
    lapping = ByStrength(strengths=Strengths(lapped=1.0))(np.random.default_rng(1), field, 2, None)
    assert lapping.lapped is not None
    assert lapping.lapped.all()
    assert lapping.laps is None


class TestTactics:
    def test_an_attack_wins_its_sprint_and_costs_the_finish(self) -> None:
        model = WithTactics(attacks={"s0": 8}, gain=50.0, cost=50.0, away=0.0)
        field = field_of(underway())
        orders = model(np.random.default_rng(1), field, 200, None)
        assert (orders.sprints[:, 1].argmin(axis=1) == 0).all()
        assert (orders.finish.argmax(axis=1) == 0).all()
        assert not (orders.sprints[:, 0].argmin(axis=1) == 0).all()

    def test_a_group_that_stays_away_wins_every_sprint_from_then_on_and_the_finish(self) -> None:
        model = WithTactics(attacks={"s0": 8}, gain=50.0, cost=50.0, away=1.0)
        orders = model(np.random.default_rng(1), field_of(underway()), 200, None)
        assert [(orders.sprints[:, number].argmin(axis=1) == 0).all() for number in range(3)] == [False, True, True]
        assert (orders.finish.argmin(axis=1) == 0).all()

    def test_an_attack_before_a_sprint_that_is_over_has_its_price(self) -> None:
        model = WithTactics(attacks={"s0": 4}, gain=50.0, cost=50.0)
        orders = model(np.random.default_rng(1), field_of(underway(sprints={4: ["s0"]})), 100, None)
        assert (orders.finish.argmax(axis=1) == 0).all()

    def test_team_mates_help_unless_they_attack_too_or_do_not_skate(self) -> None:
        starters = [Starter("s0", None, "NED"), Starter("s1", None, "ned"), *IDS[2:6]]
        field = field_of(underway(starters=starters))

        def won(there: Any = None, **changes: Any) -> float:
            given: dict[str, Any] = {"attacks": {"s0": 4}, "gain": 0.0, "cost": 0.0, "help": 50.0}
            model = WithTactics(**given | changes)
            return float((model(np.random.default_rng(1), field, 400, there).sprints[:, 0].argmin(axis=1) == 0).mean())

        alone = np.ones((400, 6), bool)
        alone[:, 1] = False
        assert won() == 1.0
        assert won(attacks={"s0": 4, "s1": 4}) < 0.5
        assert won(alone) < 0.5
        absent = np.ones((400, 6), bool)
        absent[:, 0] = False
        assert won(absent) < 0.5

    def test_others_attack_at_their_rate_before_a_sprint_to_come(self) -> None:
        model = WithTactics(attacks={"s0": 8}, others=0.5)
        attack = model._attacks(np.random.default_rng(1), field_of(underway(sprints={4: []})), 4000)
        assert attack[:, :, 0].all(axis=0).tolist() == [True, False]
        assert attack[:, 1, 0].any() == False  # noqa: E712  # a NumPy value
        rate = attack[:, :, 1:].mean(axis=(0, 2))
        assert np.abs(rate - 0.25).max() < 0.02
        assert not (attack[:, 0, 1:] & attack[:, 1, 1:]).any()

    def test_with_no_sprint_to_come_nobody_attacks(self) -> None:
        race = underway(sprints={key: [] for key in (4, 8, 12)})
        orders = WithTactics(others=1.0)(np.random.default_rng(1), field_of(race), 10, None)
        assert orders.sprints.shape == (10, 0, 16)

    def test_it_says_that_nothing_was_measured(self) -> None:
        said = WithTactics(attacks={"s0": 8, "nobody": 4}).assumed(field_of(underway()))
        assert "none of it was measured (every skater equally strong)" in said[0]
        assert said[1] == "attacks: s0 before the sprint at lap 8; any other skater with the chance 0"
        assert "attacks: nobody" in WithTactics().assumed(field_of(underway()))[1]

    def test_numbers_that_cannot_be_are_refused_together(self) -> None:
        assert refused(lambda: WithTactics(others=1.5, away=-0.1)) == [("chance", "others"), ("chance", "away")]
        wrong: dict[str, Any] = {
            "strengths": [1], "others": "x", "gain": "x", "cost": None, "help": math.inf, "attacks": {"s0": 8, "s1": [8]},
        }  # fmt: skip
        assert refused(lambda: WithTactics(**wrong)) == [
            ("type", "strengths"), ("chance", "others"), ("type", "gain"), ("type", "cost"), ("type", "help"),
            ("type", "attacks['s1']"),
        ]  # fmt: skip
        assert refused(lambda: WithTactics(attacks=["s0"])) == [("type", "attacks")]  # type: ignore[arg-type]  # on purpose
        assert refused(lambda: ByStrength(strengths={"s0": 1.0})) == [("type", "strengths")]  # type: ignore[arg-type]  # on purpose

    def test_an_attack_that_changes_nothing_is_told(self) -> None:
        wrong = {"s0": 5, "nobody": 8, "s1": 8}
        model = WithTactics(attacks=wrong, strengths=Strengths(rows=[Strength(id=id) for id in IDS[1:]]))
        found = chances(underway(), model, races=1)
        assert [(warning.kind, warning.where, warning.message) for warning in found.warnings] == [
            ("unknown-strength", "strengths", "no strength is known of s0: taken for average (assumed)"),
            ("no-attack", "attacks['s0']", "no sprint is at lap 5: the attack is left out"),
            ("no-attack", "attacks['nobody']", "nobody with this id is to come: the attack is left out"),
        ]
        assert found.warnings[1].remedy == "name skaters to come, and a lap of 4, 8 and 12"
        assert found.assumed[1].startswith("attacks: s1 before the sprint at lap 8;")
        compared = compare(underway(), {"wait": Scenario(), "attack": Scenario(model=model)}, races=1)
        assert [len(told.warnings) for _, told in compared.scenarios] == [0, 3]
        event = Event(field=IDS, date="2026-01-10", advance=2).with_draw(2)
        assert [one.where for one in event_chances(event, model, races=1).warnings[-2:]] == [
            "attacks['s0']",
            "attacks['nobody']",
        ]
        plain = underway(starters=IDS[:2], sprint_laps=[])
        assert chances(plain, WithTactics(attacks={"s0": 8}), races=1).warnings[0].remedy == "leave attacks out"


class TestStrengths:
    def test_who_is_who_is_told_by_id_else_by_name_and_nation(self) -> None:
        strengths = Strengths(
            rows=[
                Strength(id="4", finish=1.0), Strength(name="Sven Kramer", nation="NED", finish=2.0),
                Strength(name="Ann Lee", nation="USA", finish=3.0), Strength(name="Bo", finish=4.0),
            ]
        )  # fmt: skip
        asked = [
            Starter("4", "Sven Kramer", "NED"), Starter("5", "KRAMER Sven", "ned"), Starter("6", "Ann Lee", "KOR"),
            Starter("7", "Bo", "SUI"), Starter("8", "Ann Lee"), Starter("9"),
        ]  # fmt: skip
        found = [strengths.of(starter) for starter in asked]
        assert [one and one.finish for one in found] == [1.0, 2.0, None, 4.0, 3.0, None]
        (warning,) = strengths.unknown(asked)
        assert "no strength is known of Ann Lee, 9: taken for average (assumed)" in warning.message
        assert "s4 and 11 more" in strengths.unknown([Starter(id) for id in IDS])[0].message
        assert strengths.unknown(asked[:2]) == ()
        # Whoever has an id is another than whoever has the name alone.
        assert Strengths(rows=[Strength(id="4", name="Bo")]).of(Starter("7", "Bo")) is None
        assert (
            len(Strengths(rows=[Strength(id="4", name="Bo"), Strength(name="Bo"), Strength(id="5", name="Bo")]).rows)
            == 3
        )
        assert chances(underway(), ByStrength(strengths=strengths), races=1).warnings[0].kind == "unknown-strength"

    def test_what_cannot_be_is_refused(self) -> None:
        rows = [
            Strength(), Strength(id="a", finish=math.nan), Strength(id="a", sprint=51.0), Strength(name="Bo", nation="NED"),
            Strength(name="BO"), Strength(id="b", finish=True), Strength(id="c", sprint=10**400),
        ]  # fmt: skip
        assert refused(lambda: Strengths(rows=rows, fall=1.1, lapped="x")) == [  # type: ignore[arg-type]  # on purpose
            ("chance", "fall"), ("chance", "lapped"), ("missing-fact", "rows[0]"), ("strength", "rows[1].finish"),
            ("strength", "rows[2].sprint"), ("repeated-skater", "rows[2]"), ("repeated-skater", "rows[4]"),
            ("strength", "rows[5].finish"), ("strength", "rows[6].sprint"),
        ]  # fmt: skip
        mixed: Any = [Strength(id="a"), 3]
        assert refused(lambda: Strengths(rows=mixed)) == [("type", "rows[1]")]
        once: Any = iter([Strength(id="a")])
        assert refused(lambda: Strengths(rows=once, fall=2)) == [("chance", "fall"), ("type", "rows")]


# --- counting -----------------------------------------------------------------------------------------------


def test_the_same_seed_gives_the_same_answer_and_another_another() -> None:
    one, two, three = (chances(underway(), races=12_000, seed=seed) for seed in (1, 1, 2))
    assert one == two
    assert one.rows != three.rows


def test_the_answer_is_that_of_any_engine_in_any_grouping() -> None:
    def in_pairs(function: Callable[[int], Any], numbers: Iterable[int]) -> Iterable[Any]:
        rest = [*numbers]
        while rest:
            now, rest = rest[:2], rest[2:]
            yield from [function(number) for number in reversed(now)][::-1]

    told: list[tuple[int, int]] = []
    one = chances(underway(), races=2 * CHUNK + 1, seed=9, progress=lambda done, of: told.append((done, of)))
    assert chances(underway(), races=2 * CHUNK + 1, seed=9, map=in_pairs) == one
    assert told == [(CHUNK, 2 * CHUNK + 1), (2 * CHUNK, 2 * CHUNK + 1), (2 * CHUNK + 1, 2 * CHUNK + 1)]
    assert sum(row.win for row in one) == pytest.approx(1)


def test_chunks_have_the_seeds_that_spawn_gives() -> None:
    def first(chance: np.random.Generator, races: int) -> dict[str, Any]:
        return {"drawn": np.array([chance.random()]), "races": np.array(races)}

    halves = count_races(first, 2 * CHUNK, 7)
    spawned = [np.random.default_rng(seed).random() for seed in np.random.SeedSequence(7).spawn(2)]
    assert [half["drawn"][0] for half in halves] == spawned


@pytest.mark.parametrize(
    ("races", "seed", "wrong"), [(0, 0, ["races"]), (1.5, -1, ["races", "seed"]), (1, "a", ["seed"])]
)
def test_numbers_that_cannot_be_are_refused(races: Any, seed: Any, wrong: list[str]) -> None:
    assert refused(lambda: chances(underway(), races=races, seed=seed)) == [("type", name) for name in wrong]


def test_numbers_are_refused_together_under_the_names_they_were_given_by() -> None:
    wrong: Any = {"races": -1, "seed": "a"}
    both = [("type", "races"), ("type", "seed")]
    assert refused(lambda: chances(underway(), **wrong, advance=0)) == [*both, ("type", "advance")]
    assert refused(lambda: compare(underway(), {"a": Scenario(), "b": Scenario()}, **wrong, advance=0)) == [
        *both, ("type", "advance"),
    ]  # fmt: skip
    assert refused(lambda: event_chances(Event(field=IDS, date="2026-01-10").with_draw(2), **wrong)) == both
    assert refused(lambda: calibrate([], best=0, **wrong)) == [("type", "best"), *both]
    assert refused(lambda: season_chances(SEASON, seasons=0, seed=-1, reserves=-1)) == [
        ("type", "reserves"), ("type", "seasons"), ("type", "seed"),
    ]  # fmt: skip


def test_halves_that_differ_are_told() -> None:
    calls = iter(range(4))

    def drifting(chance: np.random.Generator, field: Field, races: int, there: Any) -> Orders:
        return Fixed([0.0, 1.0] if next(calls) < 2 else [1.0, 0.0])(chance, field, races, there)

    found = chances(underway(starters=IDS[:2], advance=1), drifting, races=4 * CHUNK)
    assert found.drift is not None
    assert found.drift > 100


def test_halves_are_held_against_their_standard_error() -> None:
    """60 and 40 of 100: a difference of 0.2, whose error is sqrt(0.5 * 0.5 * 2 / 100)."""
    one, two = ({"through": np.array([times, 0]), "races": np.array(100)} for times in (60, 40))
    assert drift((one, two), "through") == pytest.approx(0.2 / math.sqrt(0.005))
    half = {"through": np.array([25, 0]), "races": np.array(50)}
    assert drift((one, half), "through") == pytest.approx(0.1 / math.sqrt(85 / 150 * 65 / 150 * (1 / 100 + 1 / 50)))


def test_progress_and_engine_are_those_of_every_question() -> None:
    event = Event(field=IDS, date="2026-01-10", advance=2).with_draw(2)
    told: list[tuple[int, int]] = []
    mapped: list[int] = []

    def engine(function: Callable[[int], Any], numbers: Iterable[int]) -> Iterable[Any]:
        for number in numbers:
            mapped.append(number)
            yield function(number)

    def count(done: int, of: int) -> None:
        told.append((done, of))

    course(underway(sprints={4: IDS[:3]}), races=9, progress=count, map=engine)
    event_chances(event, races=8, progress=count, map=engine)
    compare(underway(), {"a": Scenario(), "b": Scenario()}, races=7, progress=count, map=engine)
    assert (told, mapped) == ([(9, 9), (9, 9), (8, 8), (7, 7)], [0, 0, 0, 0])


def test_impossible_chances_are_refused() -> None:
    row = Chance(id="a", through=1.5, error=0.0, win=-1.0, rank=None, ranks=(3, 4), reserve=2.0)
    assert refused(lambda: Chances(rows=(row,), races=5, seed=0, advance=1)) == [
        ("chance", "rows[0].through"), ("chance", "rows[0].win"), ("chance", "rows[0].reserve"), ("chance", "rows[0].ranks"),
    ]  # fmt: skip
    assert refused(lambda: Chances(rows=(), races=0, seed=0, advance=1)) == [("type", "races")]
    assert refused(lambda: chances(underway(), advance=0)) == [("type", "advance")]
    with pytest.raises(UnknownName, match="nobody has the id 'x'"):
        chances(underway(), races=1)["x"]


def test_a_race_too_open_for_the_outlook_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules["massstart.live.outlook"], "STEPS", 1)
    race = underway(sprints={4: IDS[:3], 8: IDS[:3]})
    found = chances(race, races=10)
    assert [warning.kind for warning in found.warnings] == ["no-outlook"]
    assert not any(row.is_exact for row in found)


# --- questions ----------------------------------------------------------------------------------------------


class TestCompare:
    def test_the_same_scenario_changes_nothing(self) -> None:
        found = compare(underway(), {"one": Scenario(), "two": Scenario()}, races=2000)
        assert {row.difference for row in found.rows} == {0.0}
        assert found.differing == (("two", 0.0),)
        assert found["one"] == found["two"]
        assert all(row.difference_error > 0 for row in found.rows)

    def test_a_difference_is_that_of_the_chances_and_surer_than_they_are(self) -> None:
        attack = WithTactics(attacks={"s3": 8})
        found = compare(
            underway(), {"wait": Scenario(model=WithTactics()), "attack": Scenario(model=attack)}, races=20_000
        )
        for row in found.rows:
            apart = found["attack"][row.id].through - found["wait"][row.id].through
            assert row.difference == pytest.approx(apart)
            assert row.through == found["attack"][row.id].through
        assert found.rows[0].id == "s3"
        other = found.rows[1]
        apart_error = math.hypot(found["attack"][other.id].error, found["wait"][other.id].error)
        assert other.difference_error < apart_error / 1.5
        assert 0 < found.differing[0][1] < 1
        with pytest.raises(UnknownName, match="no scenario 'x'; there are wait, attack"):
            found["x"]

    def test_the_error_of_a_difference_is_that_of_repetitions(self) -> None:
        scenarios = {"2018": Scenario(), "2014": Scenario(rulebook="isu-2014")}
        runs = [compare(underway(), scenarios, races=500, seed=seed) for seed in range(60)]
        rows = [next(row for row in run.rows if row.id == "s0") for run in runs]
        seen = float(np.std([row.difference for row in rows]))
        assert 0.6 < seen / float(np.mean([row.difference_error for row in rows])) < 1.5

    def test_another_rulebook_counts_other_points_on_the_same_races(self) -> None:
        # Under isu-2014 a sprint is worth 5-3-1, and only the first three across the line win points there.
        field = underway(starters=IDS[:5], advance=3, sprints={4: ["s4"], 8: ["s4"], 12: ["s4"]})
        model = Fixed([0.0, 1.0, 2.0, 3.0, 4.0])
        found = compare(field, {"a": Scenario(model=model), "b": Scenario(model=model, rulebook="isu-2014")}, races=1)
        assert [found[name]["s4"].rank for name in "ab"] == [4.0, 4.0]
        assert found["b"].title.endswith("points of isu-2014")
        forfeits = compare(
            underway(starters=IDS[:2], lapped=["s0"], sprints={4: ["s0"], 8: ["s0"], 12: ["s0"]}),
            {"a": Scenario(model=Fixed([0, 1])), "b": Scenario(model=Fixed([0, 1]), rulebook="isu-2024")}, races=1,
        )  # fmt: skip
        assert [forfeits[name]["s0"].rank for name in "ab"] == [2.0, 2.0]

    def test_whoever_is_out_goes_through_in_no_scenario(self) -> None:
        field = underway(starters=IDS[:4], disqualified=["s3"], advance=4)
        found = compare(field, {"a": Scenario(), "b": Scenario()}, races=5)
        assert [[found[name][id].through for id in IDS[:4]] for name in "ab"] == [[1.0, 1.0, 1.0, 0.0]] * 2

    def test_what_cannot_be_compared_is_refused(self) -> None:
        assert refused(lambda: compare(underway(), {"one": Scenario()})) == [("empty", "scenarios")]
        wrong = {"one": Scenario(), "two": Scenario(rulebook="isu-1900")}
        assert refused(lambda: compare(underway(), wrong)) == [("unknown-rulebook", "scenarios.two")]
        bare: Any = {"one": ByStrength(), "two": Scenario()}
        assert refused(lambda: compare(underway(), bare)) == [("type", "scenarios.one")]

    def test_what_both_assume_is_said_once(self) -> None:
        found = compare(underway(), {"one": Scenario(), "two": Scenario(model=WithTactics())}, races=10)
        said = found.remarks
        assert said.count("assumed: everybody finishes, and nobody is lapped from now on") == 1
        assert sum(line.startswith("assumed, two: attacks") for line in said) == 1


class TestCourse:
    def test_beijing_sprint_by_sprint(self) -> None:
        found = course(KRAMER, races=CHUNK, seed=4)
        assert [laps for laps, _ in found.moments] == [0, 4, 8, 12]
        kramer = [now["87"].through for _, now in found.moments]
        assert kramer[1] < kramer[0] < 0.6
        assert min(kramer[2:]) > 0.9

    def test_of_a_race_and_of_its_log(self) -> None:
        race = Race(
            rulebook="isu-2018", starters=IDS[:10], finish=IDS[:8], sprints={4: IDS[:3], 8: ["s9", "s1"]},
            unfinished={"s8": 5, "s9": 13}, advance=4,
        )  # fmt: skip
        found = course(race, races=200)
        assert [laps for laps, _ in found.moments] == [0, 4, 8]
        assert [sum(now["s8"].ranks[:8]) > 0 for _, now in found.moments] == [True, True, False]
        log = log_of(
            Sprint(4, Order(IDS[:3])), Sprint(8, Order(["s9", "s1"])), Unfinished("s8", 5), starters=IDS[:10], advance=4
        )
        assert course(log, races=200).moments[:2] == found.moments[:2]
        assert course(log.state(), races=200) == course(log, races=200)
        assert len(found.to_rows()) == 30

    def test_a_dead_heat_in_a_sprint_is_read_from_its_points(self) -> None:
        rows = [
            SheetRow(rank=1, bib="1", sprints=(3, 0, 0, 60), total=63),
            SheetRow(rank=2, bib="2", sprints=(3, 0, 0, 40), total=43),
        ]
        (_, _), (_, race), *_ = stages(Sheet(id="x", rulebook="isu-2018", rows=rows))
        assert dict(race.sprints[0].order) == {"1": 1, "2": 1}

    def test_a_sheet_tells_the_order_of_a_sprint_and_who_has_left_by_then(self) -> None:
        rows = [
            SheetRow(rank=1, bib="1", laps=16, sprints=(1, 0, 0, 60), total=61),
            SheetRow(rank=2, bib="2", laps=16, sprints=(3, 2, 0, 40), total=45),
            SheetRow(rank=3, bib="3", laps=8, sprints=(2, 3, 0, 0), total=5, mark="DNF"),
            SheetRow(rank=4, bib="4", mark="DNF"),
        ]
        found = [race for _, race in stages(Sheet(id="x", rulebook="isu-2018", rows=rows))]
        assert found[1].sprints[0].order.ids == ("2", "3", "1")
        assert found[2].sprints[1].order.ids == ("3", "2")
        assert [[(note.id, note.laps) for note in race.unfinished] for race in found] == [
            [],
            [],
            [("3", 8)],
            [("3", 8)],
        ]

    def test_a_sheet_without_sprints_is_refused(self) -> None:
        sheet = load("pyeongchang-2018-men-final", Sheet)
        assert refused(lambda: course(sheet, races=1)) == [("missing-fact", "rows")]
        rows = [
            SheetRow(rank=place, bib=str(place), sprints=(0, 0, 0, 60 - place), total=60 - place) for place in (1, 2)
        ]
        final_alone = Sheet(id="x", rulebook="isu-2018", rows=rows)
        assert refused(lambda: course(final_alone, races=1)) == [("missing-fact", "rows")]


class TestEvents:
    FIELD = tuple(Starter(f"e{number}") for number in range(20))

    def test_equals_reach_the_final_alike_and_win_it_alike(self) -> None:
        event = Event(field=list(self.FIELD), date="2026-01-10").with_draw(2)
        found = event_chances(event, races=20_000)
        assert (found.unit, found.means, found.advance) == ("event", "is in the final", 8)
        assert sum(row.through for row in found) == pytest.approx(16)
        assert all(abs(row.through - 0.8) < 4.5 * row.error for row in found)
        assert all(abs(row.win - 0.05) < 0.008 for row in found)
        assert sum(row.win for row in found) == pytest.approx(1)
        assert "serpentine" in " ".join(found.assumed)
        assert found.drift is not None
        assert found.drift < 5
        called = event_chances(evolve(event, competition="Club day", event="women"), races=1)
        assert called.title == "Club day, women"

    def test_whoever_misses_the_final_has_no_rank_there(self) -> None:
        event = Event(field=list(self.FIELD), date="2026-01-10", advance=2).with_draw(2)
        found = event_chances(event, races=2000)
        assert all(sum(row.ranks) == round(row.through * 2000) for row in found)
        assert all(sum(row.ranks[4:]) == 0 for row in found)

    def test_a_semifinal_that_was_skated_and_a_withdrawal_are_facts(self) -> None:
        event = Event(field=list(self.FIELD), date="2026-01-10", advance=2).with_draw(2)
        assert event.draw is not None
        skated = list(event.draw.semifinals[0])
        second = event.draw.semifinals[1]
        event = event.with_semifinal(1, Race(rulebook="isu-2024", starters=skated, finish=skated))
        event = event.with_withdrawal(skated[0], "ill").with_withdrawal(second[0], "ill")
        found = event_chances(event, races=2000)
        through = [row.id for row in found if row.is_exact]
        assert set(through) == set(skated[1:3])
        assert all(found[id].through == 1 for id in skated[1:3])
        assert {row.id for row in found} == {*skated[1:3], *second[1:]}
        assert sum(found[id].through for id in second[1:]) == pytest.approx(2)

    def test_once_all_semifinals_are_skated_the_final_is_left(self) -> None:
        event = Event(field=list(self.FIELD), date="2026-01-10", advance=2).with_draw(2)
        assert event.draw is not None
        for number, ids in enumerate(event.draw.semifinals, 1):
            event = event.with_semifinal(number, Race(rulebook="isu-2024", starters=list(ids), finish=list(ids)))
        found = event_chances(event, races=1000, rulebook="isu-2018")
        assert [(row.through, row.is_exact) for row in found] == [(1.0, True)] * 4
        over = event.with_final(
            Race(rulebook="isu-2024", starters=[row.id for row in found], finish=[row.id for row in found])
        )
        assert refused(lambda: event_chances(over)) == [("over", "final")]

    def test_an_event_that_is_not_drawn_is_refused(self) -> None:
        assert refused(lambda: event_chances(Event(field=list(self.FIELD), date="2026-01-10"))) == [
            ("not-drawn", "draw")
        ]


class TestSeasons:
    def test_a_place_that_nobody_can_take_is_sure_and_places_add_up(self) -> None:
        found = season_chances(SEASON, seasons=300, left=1)
        assert found.unit == "season"
        assert found["Jorrit BERGSMA"].through == 1.0
        assert found["Jorrit BERGSMA"].nation == "NED"
        # Of a tie on the last place all have one, so that there may be more than 24.
        assert 24 <= sum(row.through for row in found) < 24.5
        assert 7.5 < sum(row.reserve or 0 for row in found) < 8.5
        assert found["Cosmin NEDELEA"].through == 0.0
        assert sum(row.win for row in found) >= 1
        assert any("skates again" in said for said in found.assumed)

    def test_whoever_is_strong_enough_wins_the_season(self) -> None:
        model = ByStrength(strengths=Strengths(rows=[Strength(name="Peter MICHAEL", nation="NZL", finish=50.0)]))
        found = season_chances(SEASON, model, seasons=20, left=3, places=3, per_nation=1, reserves=0)
        best = found["Peter MICHAEL"]
        # In Division B a win is worth 20 points.
        assert 0 < (best.rank or 0) < 25
        assert {row.reserve for row in found} == {0.0}

    def test_two_who_are_level_in_everything_share_the_first_rank(self) -> None:
        race = Race(
            rulebook="isu-2024", starters=[Starter(id, f"Skater {id}", "NED") for id in "abc"], finish=[["a", "b"], "c"],
            date="2025-11-16", event="men", round="Division A",
        )  # fmt: skip
        found = season_chances([rank(race).to_sheet("one")], Fixed([0.0, 0.0, 1.0]), seasons=4)
        assert [(row.id, row.win, row.rank) for row in found] == [
            ("Skater a", 1.0, 1.0), ("Skater b", 1.0, 1.0), ("Skater c", 0.0, 3.0),
        ]  # fmt: skip

    def test_two_skaters_of_one_name_are_told_apart(self) -> None:
        def twins(sheet: Sheet) -> Sheet:
            if sheet.round != "Division A":
                return sheet
            rows = [evolve(row, name="Ann Lee") if row.rank in (1, 2) else row for row in sheet.rows]
            return evolve(sheet, rows=rows)

        found = season_chances([twins(SEASON[2]), SEASON[3]], seasons=5)
        assert {row.id for row in found if row.name == "Ann Lee"} == {
            f"Ann Lee ({row.nation})" for row in found if row.name == "Ann Lee"
        }

    def test_what_cannot_be_is_refused(self) -> None:
        wrong = refused(lambda: season_chances(SEASON, left=0, places=0, per_nation=0, reserves=-1))
        assert wrong == [("type", name) for name in ("left", "places", "per_nation", "reserves")]
        old = evolve(SEASON[0], date="2020-01-10")
        with pytest.raises(InvalidRecord):
            season_chances([old], seasons=1)
        nameless = evolve(SEASON[0], rows=[evolve(row, name=None) if row.rank == 3 else row for row in SEASON[0].rows])
        assert refused(lambda: season_chances([nameless], seasons=1)) == [("missing-fact", "rows[2].name")]


class TestEstimate:
    @pytest.mark.slow
    def test_whoever_wins_more_is_stronger(self) -> None:
        races = [
            Race(
                rulebook="isu-2018", starters=[Starter(id, f"Skater {id}", "NED") for id in "abcd"], date=f"2020-01-0{day}",
                finish=list("abcd"), sprints={4: list("dcb"), 8: list("dcb")},
            )
            for day in (1, 2, 3)
        ]  # fmt: skip
        found = {row.name: row for row in estimate(races).rows}
        finish = [found[f"Skater {id}"].finish for id in "abcd"]
        sprint = [found[f"Skater {id}"].sprint for id in "abcd"]
        assert finish == sorted(finish, reverse=True)
        assert sprint == sorted(sprint)
        assert sum(finish) == pytest.approx(0, abs=1e-3)
        assert {row.races for row in found.values()} == {3}
        # A stronger prior draws everybody to the average.
        tame = {row.name: row for row in estimate(races, prior=100.0).rows}
        assert 0 < tame["Skater a"].finish < found["Skater a"].finish

    def test_strengths_come_back_from_races_made_of_them(self) -> None:
        true = {"a": 1.0, "b": 0.3, "c": -0.3, "d": -1.0}
        field = field_of(Underway(rulebook="isu-2018", starters=[*true], sprint_laps=[]))
        made = completed(field, strong(**true)(np.random.default_rng(8), field, 80, None))
        races = [
            evolve(race, starters=[Starter(id, id * 3, "NED") for id in true], date=f"{2000 + number}-01-01")
            for number, race in enumerate(to_races(evolve(made, ids=[[*true]] * 80)))
        ]
        found = estimate(races, prior=0.01)
        for id, value in true.items():
            assert abs(next(row.finish for row in found.rows if row.name == id * 3) - value) < 0.4

    def test_rates_are_those_of_all_who_started(self) -> None:
        race = Race(
            rulebook="isu-2018", starters=list("abcde"), finish=["a", "b"], lapped=["b"], unfinished={"c": 3, "d": 4},
            did_not_start=["e"],
        )  # fmt: skip
        found = estimate([race])
        assert (found.fall, found.lapped) == (0.5, 0.25)
        assert found.source == "strengths estimated from 1 race of 5 skaters, prior 1"

    def test_without_choix_it_says_what_to_install(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(sys.modules, "choix", None)
        with pytest.raises(MissingExtra, match=r"pip install 'massstart\[simulation\]'"):
            estimate([KRAMER])

    def test_what_a_sheet_does_not_tell_is_average(self) -> None:
        sheet = Sheet(id="x", rulebook="isu-2018", rows=[SheetRow(rank=1, name="Ann"), SheetRow(rank=2, name="Bea")])
        found = estimate([sheet])
        # The order across the line is not told, that of the ranks is.
        assert found.rows[0].finish > 0 > found.rows[1].finish
        assert {row.sprint for row in found.rows} == {0.0}
        assert refused(lambda: estimate([], prior=0.0)) == [("empty", ""), ("type", "prior")]


def test_a_gain_over_the_size_of_the_field_has_the_error_of_its_mean() -> None:
    """The model is right of two races of three, and names one of four for sure."""
    races = [
        Race(rulebook="isu-2018", starters=IDS[:4], finish=order, sprint_laps=[], date=f"2020-01-0{day}")
        for day, order in enumerate((IDS[:4], IDS[:4], IDS[3::-1]), 1)
    ]
    told: list[tuple[int, int]] = []
    found = calibrate(
        races, lambda _: Fixed([0.0, 1.0, 2.0, 3.0]), best=1, races=5, progress=lambda *done: told.append(done)
    )
    # Gains of 0.1875, 0.1875 and 0.1875 - 0.5.
    assert (found.score, found.baseline, found.error) == pytest.approx((0.5 / 3, 0.1875, 1 / 6))
    assert [(row.skaters, row.expected, row.observed) for row in found.rows] == [(9, 0.0, 1 / 9), (3, 1.0, 2 / 3)]
    assert [(row.low, row.high) for row in found.rows] == [(0.0, 0.1), (0.9, 1.0)]
    assert told == [(1, 3), (2, 3), (3, 3)]


@pytest.mark.slow
class TestCalibrate:
    @staticmethod
    def races(count: int, worth: float) -> list[Race]:
        field = field_of(Underway(rulebook="isu-2018", starters=IDS, sprint_laps=[]))
        rows = [Strength(id=id, finish=worth * number) for number, id in enumerate(IDS)]
        model = ByStrength(strengths=Strengths(rows=rows))
        made = completed(field, model(np.random.default_rng(2), field, count, None))
        return [
            evolve(race, starters=[Starter(id, f"Skater {id}", "NED") for id in IDS], date=f"20{number:02}-01-01")
            for number, race in enumerate(to_races(evolve(made, ids=[IDS] * count)))
        ]

    def test_a_model_that_knows_beats_the_size_of_the_field(self) -> None:
        found = calibrate(self.races(5, 0.8), races=500)
        assert (found.races, found.skaters, found.competitions, found.warnings) == (5, 80, 5, ())
        assert found.baseline == pytest.approx(0.25)
        assert found.baseline - found.score > 2 * found.error
        assert found.verdict.startswith("The model knows more than the size of the field")
        assert sum(row.skaters for row in found.rows) == 80
        # Eight of each race came true.
        assert sum(row.observed * row.skaters for row in found.rows) == pytest.approx(40)
        assert all(row.low <= row.expected <= row.high for row in found.rows)

    def test_where_all_are_alike_it_cannot_know_more(self) -> None:
        found = calibrate(self.races(4, 0.0), races=500)
        assert "knows more" not in found.verdict

    def test_a_model_that_is_wrong_is_told_so(self) -> None:
        def upside_down(strengths: Strengths) -> ByStrength:
            return ByStrength(strengths=Strengths(rows=[evolve(row, finish=-row.finish) for row in strengths.rows]))

        found = calibrate(self.races(5, 0.8), upside_down, races=500)
        assert found.verdict.startswith("The model knows less than the size of the field")

    def test_what_cannot_be_used_is_told_or_refused(self) -> None:
        races = self.races(3, 0.5)
        small = Race(rulebook="isu-2018", id="small", starters=IDS[:4], finish=IDS[:4], date="2030-01-01")
        unknown = load("beijing-2022-men-semifinal-2", Sheet)
        found = calibrate([*races, small, unknown], races=200)
        assert [(warning.where, warning.message) for warning in found.warnings] == [
            ("small", "has 4 skaters"), ("beijing-2022-men-semifinal-2", "does not tell every rank"),
        ]  # fmt: skip
        assert refused(lambda: calibrate(races[:1])) == [("empty", "")]
        assert refused(lambda: calibrate(races, best=0)) == [("type", "best")]
        # Of sixteen, whoever is among the best sixteen is not in question; the winner is.
        assert refused(lambda: calibrate(races, best=16)) == [("empty", "")]
        assert calibrate(races, best=1, races=50).skaters == 48
