"""The podium, and how far a skater can rank from the place across the line: laws that follow from the scales."""

from collections.abc import Iterator
from functools import cache
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from massstart import Race, rank, rulebook
from strategies import JUNIOR, SENIOR, races, string_ids

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
            for sprint in _sprints(back):
                won = {place: 3 - index for index, place in enumerate(sprint)}
                new_front = (front[0] + won.get(4, 0), front[1] + won.get(5, 0), front[2] + won.get(6, 0))
                new_back = [points + won.get(place, 0) for place, points in enumerate(back, 7)]
                # Whoever has more points stands further to the front of those behind, from the start of the race on.
                by_points = sorted(range(7, FIELD + 1), key=lambda place: -new_back[place - 7])
                label = {old: new for new, old in enumerate(by_points, 7)}
                state = (new_front, tuple(sorted(new_back, reverse=True)))
                if state not in reached:
                    reached[state] = tuple(tuple(label.get(place, place) for place in done) for done in (*way, sprint))
        states = reached
    return states


def _sprints(back: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    """The first three of a sprint, by place across the line; of those behind with equal points only the first few."""
    different = [place for place, points in enumerate(back, 7) if back[: place - 7].count(points) < 3]
    return permutations([1, 2, 3, 4, 5, 6, *different], 3)


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

    @given(races(books=st.sampled_from(SENIOR).map(rulebook), ids=string_ids(min_size=3), own_distance=False))
    def test_the_first_three_across_the_line_are_ranked_first(self, race: Race) -> None:
        rows = list(rank(race))
        first = [row for row in rows if row.finish is not None and row.finish <= 3 and row.status == "finished"]
        for row in first:
            assert row.rank is not None
            assert row.rank <= max(3, len([one for one in rows if one.finish is not None and one.finish <= 3]))

    @given(
        races(
            books=st.sampled_from(SENIOR).map(rulebook),
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

    def test_every_outcome_is_found(self) -> None:
        """A count by another way: the points that two sprints can give to two skaters apart, in any order."""
        states = every_outcome()
        assert len(states) > 1000
        fronts = {front for front, _ in states}
        assert {one for one, _, _ in fronts} == set(range(10))
        assert (9, 6, 3) in fronts
        assert (
            9,
            7,
            2,
        ) not in fronts  # 2 would be third place twice, or second once: the second skater then has at most 6

    def test_the_bounds_hold_and_are_reached_in_every_outcome(self) -> None:
        reached: dict[int, set[int]] = {place: set() for place in range(1, FIELD + 1)}
        for front, back in every_outcome():
            totals = [66, 46, 26, 10 + front[0], 6 + front[1], 3 + front[2], *back]
            for place in range(4, FIELD + 1):
                mine = totals[place - 1]
                # An earlier one with as many points stays ahead; a later one needs more.
                ahead = sum(total >= mine for total in totals[: place - 1]) + sum(
                    total > mine for total in totals[place:]
                )
                reached[place].add(1 + ahead)
        assert {place: reached[place] for place in BOUNDS} == {place: set(bound) for place, bound in BOUNDS.items()}
        assert min(min(reached[place]) for place in range(7, FIELD + 1)) == 5

    def test_the_engine_reaches_the_same_bounds(self) -> None:
        reached: dict[int, set[int]] = {place: set() for place in range(1, FIELD + 1)}
        for (front, back), sprints in every_outcome().items():
            result = rank(race_of(sprints))
            won = {row.id: row.total - (row.sprints[-1] or 0) for row in result}
            assert (tuple(won[place] for place in (4, 5, 6)), tuple(won[place] for place in range(7, FIELD + 1))) == (
                front,
                back,
            )
            for row in result:
                reached[row.finish or 0].add(row.rank or 0)
        assert {place: reached[place] for place in BOUNDS} == {place: set(bound) for place, bound in BOUNDS.items()}
        assert min(min(reached[place]) for place in range(7, FIELD + 1)) == 5
        assert set.union(*(reached[place] for place in (1, 2, 3))) == {1, 2, 3}

    @given(
        races(
            books=st.sampled_from(["isu-2018", "isu-2024"]).map(rulebook),
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
