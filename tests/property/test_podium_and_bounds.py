"""The podium, and how far a skater can rank from the place across the line: laws that follow from the scales."""

from functools import cache
from itertools import permutations, product

import pytest
from hypothesis import given

from massstart import Race, rank, rulebook
from massstart.testing.strategies import JUNIOR, SENIOR, isu_rulebooks, races, string_ids

#: Places across the line: the podium, the three others with points in the final sprint, and nine without: there are nine
#: points to win in the intermediate sprints, so with more skaters some would be alike.
FIELD = 15
#: Exact bounds of the rank, by place across the line.
BOUNDS = {4: range(4, 7), 5: range(4, 9), 6: range(4, 11)}

State = tuple[tuple[int, int, int], tuple[int, ...]]
Sprints = tuple[tuple[int, ...], ...]


@cache
def every_outcome() -> dict[State, Sprints]:
    """Every outcome of the three intermediate sprints, as far as it matters, each with one way it can come about.

    A state is the intermediate points of the fourth, fifth and sixth across the line, and those of everyone behind
    in descending order: the ones behind won nothing in the final sprint and are interchangeable. Points that go
    to the podium are points that nobody else has. Way: the places across the line of the first three at each sprint.
    """
    states: dict[State, Sprints] = {((0, 0, 0), (0,) * (FIELD - 6)): ()}
    for _ in range(3):
        reached: dict[State, Sprints] = {}
        for (front, back), way in states.items():
            for (more, new_back), sprint in _sprints(back).items():
                state = ((front[0] + more[0], front[1] + more[1], front[2] + more[2]), new_back)
                if state not in reached:
                    reached[state] = _relabelled(back, (*way, sprint))
        states = reached
    return states


@cache
def _sprints(back: tuple[int, ...]) -> dict[State, tuple[int, ...]]:
    """What a sprint can add to those in front and make of those behind, and the first three who bring it about.

    Of those who are alike (the podium; those behind with equal points) the foremost that is left stands for all.
    """
    alike = [[1, 2, 3], [4], [5], [6]]
    alike += [[place for place, points in enumerate(back, 7) if points == wanted] for wanted in {*back}]
    found: dict[State, tuple[int, ...]] = {}
    for groups in product(alike, repeat=3):
        sprint: list[int] = []
        for group in groups:
            sprint += [place for place in group if place not in sprint][:1]
        if len(sprint) == 3:
            won = dict(zip(sprint, (3, 2, 1), strict=True))
            new_back = sorted((points + won.get(place, 0) for place, points in enumerate(back, 7)), reverse=True)
            found[(won.get(4, 0), won.get(5, 0), won.get(6, 0)), tuple(new_back)] = tuple(sprint)
    return found


def _relabelled(back: tuple[int, ...], way: Sprints) -> Sprints:
    """The sprints with those behind numbered anew: whoever has more points after the last crosses the line earlier."""
    won = dict(zip(way[-1], (3, 2, 1), strict=True))
    by_points = sorted(range(7, FIELD + 1), key=lambda place: -back[place - 7] - won.get(place, 0))
    new = {place: number for number, place in enumerate(by_points, 7)}
    return tuple(tuple(new.get(place, place) for place in sprint) for sprint in way)


def ranks(state: State) -> tuple[int, ...]:
    """The ranks of those from the fourth across the line on, whom the podium is ahead of."""
    front, back = state
    totals = [10 + front[0], 6 + front[1], 3 + front[2], *back]
    # An earlier one with as many points stays ahead; a later one needs more.
    return tuple(
        4 + sum(other >= mine for other in totals[:index]) + sum(other > mine for other in totals[index:])
        for index, mine in enumerate(totals)
    )


def race_of(sprints: Sprints) -> Race:
    """The race in which everyone's id is the place across the line."""
    ids = list(range(1, FIELD + 1))
    laps = dict(zip((4, 8, 12), map(list, sprints), strict=True))
    return Race(rulebook="isu-2018", starters=ids, finish=ids, sprints=laps)


class TestPodium:
    """On all ISU senior scales the first three across the line, at full distance and not lapped, are always ranks 1 to 3."""

    @pytest.mark.parametrize("book", SENIOR)
    def test_the_intermediate_sprints_are_worth_less_than_the_step_from_third_to_fourth(self, book: str) -> None:
        rules = rulebook(book)
        third, *rest = rules.final.points[2:]
        assert rules.intermediate.points[0] * len(rules.sprint_laps) < third - max(rest, default=0)

    @given(races(rulebook=isu_rulebooks(*SENIOR), ids=string_ids(min_size=3), own_distance=False))
    def test_the_first_three_across_the_line_are_ranked_first(self, race: Race) -> None:
        rows = list(rank(race))
        first = [row for row in rows if row.finish is not None and row.finish <= 3 and row.status == "finished"]
        for row in first:
            assert row.rank is not None
            assert row.rank <= max(3, len([one for one in rows if one.finish is not None and one.finish <= 3]))

    @given(
        races(
            rulebook=isu_rulebooks(*SENIOR),
            ids=string_ids(min_size=3),
            own_distance=False,
            everyone_finishes=True,
            dead_heats=False,
            full_sprints=True,
        )
    )
    def test_the_podium_is_the_order_across_the_line_up_to_its_own_order(self, race: Race) -> None:
        assert {row.id for row in list(rank(race))[:3]} == set(race.finish.ids[:3])

    @pytest.mark.parametrize("book", JUNIOR)
    def test_juniors_can_at_most_draw_level_with_third_place(self, book: str) -> None:
        rules = rulebook(book)
        third, *rest = rules.final.points[2:]
        assert rules.intermediate.points[0] * len(rules.sprint_laps) <= third - max(rest, default=0)


class TestBounds:
    """On the 2018 scale, everyone finishing and no ties: fourth across the line ranks 4-6, fifth 4-8, sixth 4-10.

    Nobody seventh or later across the line ranks above fifth.
    """

    def test_no_outcome_is_missing(self) -> None:
        """The points of the fourth, fifth and sixth alone, by plain enumeration."""
        one_sprint = {*permutations((3, 2, 1, 0, 0, 0), 3)}
        everything = {tuple(map(sum, zip(*sprints, strict=True))) for sprints in product(one_sprint, repeat=3)}
        assert {front for front, _ in every_outcome()} == everything

    def test_the_bounds_hold_in_every_outcome_and_are_reached(self) -> None:
        reached: dict[int, set[int]] = {place: set() for place in range(1, FIELD + 1)}
        for state in every_outcome():
            for place, found in enumerate(ranks(state), 4):
                reached[place].add(found)
        assert {place: reached[place] for place in BOUNDS} == {place: set(bound) for place, bound in BOUNDS.items()}
        assert min(min(reached[place]) for place in range(7, FIELD + 1)) == 5

    def test_the_engine_agrees_on_one_race_of_every_ranking_that_can_come_about(self) -> None:
        one_of_each = {(ranks(state), state[0]): (state, sprints) for state, sprints in every_outcome().items()}
        for (expected, _), ((front, back), sprints) in one_of_each.items():
            result = rank(race_of(sprints))
            assert [row.rank for row in sorted(result, key=lambda row: row.finish or 0)[3:]] == list(expected)
            assert {row.finish for row in list(result)[:3]} == {1, 2, 3}
            assert [sum(result[place].sprints[:3]) for place in range(4, FIELD + 1)] == [*front, *back]  # type: ignore[arg-type]  # a race's cells are known

    @given(
        races(
            rulebook=isu_rulebooks("isu-2018", "isu-2024"),
            ids=string_ids(min_size=7),
            own_distance=False,
            everyone_finishes=True,
            dead_heats=False,
        )
    )
    def test_the_bounds_hold_in_any_field(self, race: Race) -> None:
        for row in rank(race):
            assert row.finish is not None
            assert row.rank in BOUNDS.get(row.finish, range(1, 4) if row.finish <= 3 else range(5, 25))
