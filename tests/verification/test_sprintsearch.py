"""The search for sprints behind a sheet's totals, against brute force and in the time that it may take."""

import random
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import combinations, islice, permutations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from massstart import Scale
from massstart.rulebook import DeadHeat
from massstart.verification.finalsprint import FinalSprint, Finisher
from massstart.verification.sprintaward import is_legal_award, least_award, reachable_sums
from massstart.verification.sprintsearch import STEPS, Budget, Claim, Search, SearchGivenUp, Share, sprint_columns

POLICIES: tuple[DeadHeat | None, ...] = (None, "skip", "follow")


@cache
def awards(skaters: Sequence[int], scale: tuple[int, ...], dead_heat: DeadHeat | None) -> list[dict[int, int]]:
    """What some skaters win in one sprint, in every order with dead heats, or in every order without."""
    found: list[dict[int, int]] = []
    size = len(skaters)
    for places in permutations(range(size)) if dead_heat is None else product(range(size), repeat=size):
        if dead_heat == "follow":
            ahead = [len({other for other in places if other < place}) for place in places]
        else:
            ahead = [sum(other < place for other in places) for place in places]
        won = {skater: scale[place] if place < len(scale) else 0 for skater, place in zip(skaters, ahead, strict=True)}
        if won not in found:
            found.append(won)
    return found


class TestAward:
    """What one sprint can hand out, against every order of those who reached it."""

    @pytest.mark.parametrize("dead_heat", POLICIES)
    @pytest.mark.parametrize("scale", [(3, 2, 1), (5, 3, 1), (2,), (2, 2), (4, 2, 2, 1)])
    @pytest.mark.parametrize("reached", range(5))
    def test_the_least_award_is_the_smallest_of_those_that_contain_what_is_given(
        self, scale: tuple[int, ...], dead_heat: DeadHeat | None, reached: int
    ) -> None:
        values = sorted(set(scale), reverse=True)
        places = tuple(scale.count(value) for value in values)
        legal = {
            tuple(list(won.values()).count(value) for value in values)
            for won in awards(range(reached), scale, dead_heat)
        }
        for counts in product(range(4), repeat=len(values)):
            fitting = [award for award in legal if all(map(int.__ge__, award, counts))]
            least = least_award(counts, places, reached, dead_heat)
            assert (least in fitting) if fitting else least is None
            for award in fitting:
                assert least is not None
                so_far = [(sum(least[:level]), sum(award[:level])) for level in range(1, len(values) + 1)]
                assert all(few <= many for few, many in so_far)

    @pytest.mark.law
    @settings(max_examples=150, deadline=None)
    @given(
        st.lists(st.integers(1, 4), min_size=1, max_size=4),
        st.sampled_from(["skip", "follow"]),
        st.lists(st.integers(1, 4), max_size=5),
        st.integers(0, 4),
        st.integers(0, 1),
    )
    def test_an_award_is_legal_if_some_order_with_ties_gives_it(
        self, scale: list[int], dead_heat: DeadHeat, awarded: list[int], reached: int, missing: int
    ) -> None:
        """Some of those who crossed are not on the sheet, and nor are their points."""
        points = tuple(sorted(scale, reverse=True))
        legal = any(
            sorted(won for skater, won in award.items() if won and skater >= absent) == sorted(awarded)
            for absent in range(missing + 1)
            for award in awards(range(reached + absent), points, dead_heat)
        )
        assert is_legal_award(awarded, Scale(*points), dead_heat, reached, missing) == legal

    def test_a_long_scale_takes_no_longer(self) -> None:
        scale = Scale(*range(40, 0, -1))
        start = time.process_time()
        assert is_legal_award(list(scale), scale, "skip", 60)
        assert not is_legal_award([*list(scale)[1:], 1], scale, "skip", 60)
        assert is_legal_award([*list(scale)[:17], *list(scale)[27:]], scale, "skip", 60, missing=10)
        assert not is_legal_award([*list(scale)[:17], *list(scale)[28:]], scale, "skip", 60, missing=10)
        assert time.process_time() - start < 0.1


def test_reachable_sums_are_those_of_any_values_of_so_many_sprints() -> None:
    for scale in ((5, 3, 1), (7, 7, 4), (10,)):
        sums = reachable_sums(Scale(*scale), 3)
        for sprints, bits in enumerate(sums):
            expected = {sum(points) for points in product((0, *scale), repeat=sprints)}
            assert {points for points in range(40) if bits >> points & 1} == expected
    assert reachable_sums(Scale(10**9, 3), 2) == [-1] * 3


# --- the intermediate sprints ------------------------------------------------------------------------------


def by_brute_force(
    claims: Sequence[Claim], scale: tuple[int, ...], dead_heat: DeadHeat | None
) -> Iterator[tuple[Share, ...]]:
    """Every way to hand a scale out in each sprint, by trying them all: everybody's points in each sprint."""
    sprints = range(len(claims[0].reach))
    there = [tuple(number for number, claim in enumerate(claims) if claim.reach[sprint]) for sprint in sprints]
    for columns in product(*[awards(skaters, scale, dead_heat) for skaters in there]):
        way = tuple(tuple(column.get(number, 0) for column in columns) for number in range(len(claims)))
        if all(
            claim.won in (None, sum(share)) if claim.cells is None else claim.cells == share
            for claim, share in zip(claims, way, strict=True)
        ):
            yield way


def claims(*points: int | None, sprints: int = 2) -> list[Claim]:
    return [Claim(won, None, (True,) * sprints) for won in points]


def a_question(chance: random.Random) -> tuple[list[Claim], tuple[int, ...]]:
    """Claims that some race left, perhaps changed a little, with holes."""
    scale = chance.choice([(2, 1), (3, 2, 1), (5, 3, 1), (2, 2), (4, 1, 1)])
    skaters = chance.randint(2, 4)
    sprints = chance.randint(1, 2)
    done = [chance.choice([sprints, sprints, sprints, chance.randint(0, sprints)]) for _ in range(skaters)]
    shares = [[0] * sprints for _ in range(skaters)]
    for sprint in range(sprints):
        there = tuple(number for number in range(skaters) if done[number] > sprint)
        for number, points in chance.choice(awards(there, scale, chance.choice(POLICIES))).items():
            shares[number][sprint] = points
    hide, show, change = chance.choice([0, 0, 0.3]), chance.choice([0, 0.3]), chance.choice([0, 0, 0.3])
    question = []
    won: int | None
    for number, share in enumerate(shares):
        # What a lapped skater won can be printed, though the total does not tell it.
        won = None if chance.random() < hide else sum(share)
        cells = tuple(share) if chance.random() < show else None
        if won and cells is None and chance.random() < change:
            won = max(0, won + chance.choice([-1, 1, 2]))
        if cells and chance.random() < change / 2:
            cells = (*cells[:-1], chance.choice(scale))
        question.append(Claim(won, cells, tuple(sprint < done[number] for sprint in range(sprints))))
    return question, scale


class TestSearch:
    """What can have been handed out in the intermediate sprints, against trying everything."""

    @pytest.mark.parametrize("dead_heat", POLICIES)
    def test_there_is_a_way_where_brute_force_finds_one(self, dead_heat: DeadHeat | None) -> None:
        chance = random.Random(1)  # noqa: S311  # no secret
        answers = Counter[bool]()
        for _ in range(300):
            question, scale = a_question(chance)
            expected = any(True for _ in by_brute_force(question, scale, dead_heat))
            assert Search(question, Scale(*scale), dead_heat).is_possible() is expected, (question, scale)
            answers[expected] += 1
        assert min(answers[True], answers[False]) > 30

    def test_the_ways_are_those_of_brute_force(self) -> None:
        chance = random.Random(2)  # noqa: S311  # no secret
        many = 0
        for _ in range(400):
            question, scale = a_question(chance)
            known = [claim for claim in question if claim.won is not None]
            if len(known) < len(question):
                continue
            expected = set(by_brute_force(question, scale, None))
            ways = list(Search(question, Scale(*scale), None).ways(fixed=True))
            assert len(ways) == len(set(ways))
            assert set(ways) == expected
            loose = Search(question, Scale(*scale), None).ways(fixed=False)
            assert {sprint_columns(way, fixed=False) for way in loose} == {
                sprint_columns(way, fixed=False) for way in expected
            }
            many += len(expected) > 1
        assert many > 10

    @pytest.mark.parametrize("points", [(3, 3, 2, 1), (3, 3, 3, 0), (4, 3, 1, 1)])
    def test_shares_that_lead_nowhere_are_left_out(self, points: tuple[int, ...]) -> None:
        """The first skater can take one point of each of three sprints; then two points are left for nobody."""
        question = claims(*points, sprints=3)
        expected = set(by_brute_force(question, (2, 1), None))
        assert set(Search(question, Scale(2, 1), None).ways(fixed=True)) == expected

    def test_a_claim_that_no_points_add_up_to_rules_out_every_way(self) -> None:
        for points in ((7, 8, 3), (-1, 10, 9), (4, 3, 11)):
            assert not Search(claims(*points), Scale(5, 3, 1), None).is_possible()
            assert list(Search(claims(*points), Scale(5, 3, 1), None).ways(fixed=False)) == []

    def test_without_sprints_nobody_has_points_of_one(self) -> None:
        assert Search(claims(0, 0, sprints=0), Scale(3, 2, 1), "skip").is_possible()
        assert not Search(claims(0, 1, sprints=0), Scale(3, 2, 1), "skip").is_possible()
        assert Search([], Scale(3, 2, 1), "skip").is_possible()

    def test_points_that_are_very_high_are_searched_too(self) -> None:
        high = Scale(10**9, 3)
        assert Search(claims(2 * 10**9, 3, 3), high, None).is_possible()
        assert not Search(claims(2 * 10**9 - 1, 4, 3), high, None).is_possible()

    def test_ways_differ_by_more_than_the_order_of_the_sprints(self) -> None:
        there, back = ((3, 0), (0, 3)), ((0, 3), (3, 0))
        assert sprint_columns(there, fixed=False) == sprint_columns(back, fixed=False)
        assert sprint_columns(there, fixed=True) != sprint_columns(back, fixed=True)

    def test_sprints_that_are_exchanged_are_not_searched_twice(self) -> None:
        question = claims(18, 12, 6, 0, sprints=6)
        assert len(list(Search(question, Scale(3, 2, 1), None).ways(fixed=False))) == 1
        assert Search(question, Scale(3, 2, 1), None, Budget(2500)).is_possible()

    def test_a_position_that_two_shares_leave_and_nobody_completes_stays_impossible(self) -> None:
        """Served 3 points from one sprint or both, the first three leave the last a sprint that they cannot complete."""
        question = claims(3, 3, 3, 1, 1, 1)
        assert not any(by_brute_force(question, (3, 2, 1), None))
        assert not Search(question, Scale(3, 2, 1), None).is_possible()

    def test_a_position_is_looked_into_once_however_it_is_reached(self) -> None:
        """A third of the steps that it takes without."""
        assert not Search(claims(12, 4, 6, 4, 6, 7, 6, sprints=5), Scale(5, 3, 1), None, Budget(7000)).is_possible()

    def test_shares_that_lead_nowhere_take_no_further_steps(self) -> None:
        """Two thirds of the steps that it takes when each is followed to its end."""
        search = Search(claims(6, 7, 8, 10, 12, 2, sprints=5), Scale(5, 3, 1), None, Budget(9000))
        assert len(list(islice(search.ways(fixed=False), 40))) == 40

    def test_a_search_gives_up_in_time(self) -> None:
        budget = Budget(100)
        with pytest.raises(SearchGivenUp):
            list(Search(claims(*[3] * 16, sprints=8), Scale(3, 2, 1), "skip", budget).ways(fixed=False))
        start = time.process_time()
        chance = random.Random(3)  # noqa: S311  # no secret
        points = [chance.randint(0, 300) for _ in range(48)]
        with pytest.raises(SearchGivenUp):
            Search(claims(*points, None, sprints=12), Scale(*range(40, 0, -1)), "skip").is_possible()
        assert time.process_time() - start < 2  # a fifth of it as a rule


# --- the final sprint --------------------------------------------------------------------------------------


def final_ways(
    finishers: Sequence[Finisher], scale: Sequence[int], dead_heat: DeadHeat | None, most: int | None
) -> set[tuple[int, ...]]:
    """Every way of a final sprint by brute force: everybody's points."""
    size = len(finishers)
    ways = set()
    for places in permutations(range(size)) if dead_heat is None else product(range(size), repeat=size):
        ahead = [sum(other < place for other in places) for place in places]
        if dead_heat == "follow":
            ahead = [len({other for other in places if other < place}) for place in places]
        won = tuple(scale[place] if place < len(scale) else 0 for place in ahead)
        # The order of those who win nothing is of no interest, and not looked at.
        broken = any(
            won[number] and places[other] >= places[number]
            for number, finisher in enumerate(finishers)
            for other in finisher.before
        )
        fits = all(points in finisher.points for points, finisher in zip(won, finishers, strict=True))
        if fits and not broken and (most is None or sum(won) <= most):
            ways.add(won)
    return ways


class TestFinalSprint:
    """How a final sprint can have gone, against every order across the line."""

    @pytest.mark.parametrize("dead_heat", POLICIES)
    def test_the_ways_are_those_of_brute_force(self, dead_heat: DeadHeat | None) -> None:
        chance = random.Random(4)  # noqa: S311  # no secret
        found = 0
        for _ in range(200):
            scale = chance.choice([(5, 3), (6, 4, 2, 1), (3, 3, 1), (9, 9), (2,)])
            size = chance.randint(1, 4)
            pairs = [pair for pair in combinations(range(size), 2) if chance.random() < chance.choice([0, 0.2])]
            finishers = [
                Finisher(
                    [points for points in (*scale, 0) if chance.random() < 0.8],
                    [ahead for ahead, behind in pairs if behind == number],
                    None,
                )
                for number in range(size)
            ]
            finishers = [chance.choice([finisher, finishers[0]]) for finisher in finishers] if not pairs else finishers
            most = chance.choice([None, None, sum(scale), sum(scale) + 2])
            expected = final_ways(finishers, scale, dead_heat, most)
            sprint = FinalSprint(finishers, Scale(*scale), dead_heat, most, Budget())
            ways = {every: list(sprint.ways(every=every)) for every in (True, False)}
            everybody = range(size)
            totals = {
                every: {tuple(way.get(number, 0) for number in everybody) for way in some}
                for every, some in ways.items()
            }
            if most is None or dead_heat is not None:
                assert totals[True] == expected
            assert totals[True] >= totals[False]
            # Whoever is alike can be exchanged, so as multisets of points none is missing.
            alike = [finishers.index(finisher) for finisher in finishers]
            kinds = [
                {tuple(sorted(zip(alike, way, strict=True))) for way in some} for some in (totals[True], totals[False])
            ]
            assert kinds[0] == kinds[1]
            found += len(expected) > 1
        assert found > 30

    def test_skaters_who_are_alike_are_one_question(self) -> None:
        alike = [Finisher([3, 2, 1, 0], [], "same")] * 12
        assert len(list(FinalSprint(alike, Scale(3, 2, 1), None, None, Budget()).ways(every=False))) == 1
        assert len(list(FinalSprint(alike, Scale(3, 2, 1), None, None, Budget()).ways(every=True))) == 12 * 11 * 10

    def test_many_ways_are_given_up_in_time(self) -> None:
        apart = [Finisher([3, 2, 1, 0], [], number) for number in range(40)]
        start = time.process_time()
        with pytest.raises(SearchGivenUp):
            list(
                FinalSprint(apart, Scale(*[3] * 9, *[2] * 9, *[1] * 9), "follow", None, Budget(STEPS)).ways(every=True)
            )
        assert time.process_time() - start < 2  # a fifth of it as a rule
