"""The outlook over generated races: exact, by two other methods; and what must hold of any outlook."""

import itertools
import random
import re
from collections.abc import Hashable

import pytest
from outlook_oracle import (
    QUICK,
    Ice,
    a_race,
    at_the_line,
    check_at_the_line,
    check_large,
    check_large_at_the_line,
    check_small,
    some_across,
)

from massstart import Order, rank
from massstart.live import Underway, outlook
from massstart.live.assignment import Assignment


class TestBounds:
    """Best and worst rank, status and places are exact over every way in which the rest of the race can go."""

    @pytest.mark.parametrize("seeds", [range(start, start + 25) for start in range(0, 200, 25)], ids=str)
    def test_the_outlook_is_that_of_brute_force(self, seeds: range) -> None:
        checked = [check_small(seed, QUICK) for seed in seeds]
        assert max(size for size, _ in checked) >= 4
        assert [one for _, wrong in checked for one in wrong] == []

    @pytest.mark.parametrize("seeds", [range(start, start + 25) for start in range(0, 200, 25)], ids=str)
    def test_the_outlook_at_the_line_is_that_of_brute_force(self, seeds: range) -> None:
        checked = [check_at_the_line(seed, QUICK) for seed in seeds]
        assert max(size for size, _ in checked) >= 4
        assert [one for _, wrong in checked for one in wrong] == []

    def test_the_outlook_of_large_fields_at_the_line_is_that_of_a_matching(self) -> None:
        checked = [check_large_at_the_line(seed) for seed in range(100)]
        assert max(size for size, _ in checked) > 20
        assert [one for _, wrong in checked for one in wrong] == []

    def test_the_bounds_of_large_fields_are_those_of_a_matching(self) -> None:
        checked = [check_large(seed) for seed in range(60)]
        assert max(size for size, _ in checked) > 20
        assert [one for _, wrong in checked for one in wrong] == []


class TestAssignment:
    """Whether values can be handed out is settled by trying every way of it."""

    @pytest.mark.parametrize("seed", range(40))
    def test_the_answer_is_that_of_trying_everything(self, seed: int) -> None:
        chance = random.Random(seed)  # noqa: S311  # no secret
        answers = set()
        for _ in range(25):
            size, width = chance.choice([(1, 3), (2, 3), (3, 3), (4, 2), (5, 1)])
            columns = [sorted((chance.randint(-3, 6) for _ in range(size)), reverse=True) for _ in range(width)]
            targets = [chance.randint(-4, 5 * width) for _ in range(size)]
            ways = itertools.product(*map(itertools.permutations, columns))
            expected = any(
                all(sum(row) >= target for row, target in zip(zip(*way, strict=True), targets, strict=True))
                for way in ways
            )
            assert Assignment(steps=1000).is_possible(targets, columns) is expected, (targets, columns)
            answers.add(expected)
        assert answers == {True, False}


def _skated_on(chance: random.Random, race: Underway) -> Underway:
    """The race after its next sprint, in any order."""
    racing = list(race.racing)
    chance.shuffle(racing)
    orders = {sprint.lap: sprint.order for sprint in race.sprints} | {race.sprints_left[0]: Order.from_list(racing)}
    return Underway(
        rulebook=race.rulebook,
        starters=list(race.starters),
        sprints=orders,
        unfinished=list(race.unfinished),
        disqualified=list(race.disqualified),
        did_not_start=race.did_not_start,
        lapped=race.lapped,
        advance=race.advance,
    )


class TestRace:
    """As the race goes on, the outlook only narrows, and the ranking lies within every earlier outlook."""

    @pytest.mark.parametrize("seed", range(60))
    def test_the_outlook_narrows_until_the_ranking(self, seed: int) -> None:
        chance = random.Random(seed)  # noqa: S311  # no secret
        race = a_race(chance, largest=16, sprints_left=3).to_race()
        before = outlook(race)
        while len(race.sprints_left) > 1:
            race = _skated_on(chance, race)
            now = outlook(race)
            for row in now:
                earlier = before[row.id]
                assert earlier.best <= row.best <= row.worst <= earlier.worst
                assert earlier.status in ("possible", row.status)
                assert (row.through_if or 0) >= (earlier.through_if or 0)
                assert (row.possible_if or 0) <= (earlier.possible_if or 0)
            before = now
        finish = list(race.racing)
        chance.shuffle(finish)
        result = rank(race.with_finish(finish))
        for place, id in enumerate(finish, 1):
            row, reached = before[id], result[id].rank
            assert reached is not None
            assert row.best <= reached <= row.worst
            assert reached <= before.advance or place > (row.through_if or 0)
            assert reached > before.advance or place <= (row.possible_if or 0)
            scenario = before.what_if({id: place})
            assert scenario[id].best <= reached <= scenario[id].worst
            settled = before.what_if(dict(zip(finish, itertools.count(1), strict=False)))[id]
            assert (settled.best, settled.worst) == (reached, reached)

    @pytest.mark.parametrize("seed", range(30))
    def test_the_order_of_the_starters_is_irrelevant(self, seed: int) -> None:
        chance = random.Random(seed)  # noqa: S311  # no secret
        race = a_race(chance, largest=12, sprints_left=2).to_race()
        names: list[Hashable] = list(race.starters.ids)
        chance.shuffle(names)
        shuffled = Underway(
            rulebook=race.rulebook,
            starters=names,
            sprints=list(race.sprints),
            unfinished=list(race.unfinished),
            disqualified=list(race.disqualified),
            did_not_start=race.did_not_start,
            lapped=race.lapped,
            advance=race.advance,
        )
        assert {row.id: row for row in outlook(shuffled)} == {row.id: row for row in outlook(race)}


class TestNeeds:
    """Where only the final sprint is left, the condition in words is what is needed, and all that is needed."""

    def test_the_condition_is_exact(self) -> None:
        sentences = [sentence for seed in range(400) for sentence in _checked(seed)]
        assert len(sentences) > 100
        for words in ("none of", "at most", "does not end up ahead", "across the line: through if", "without points"):
            assert any(words in one for one in sentences), words


def _spare(sentence: str) -> tuple[int, str] | None:
    """How many may end up ahead, and of whom, by a sentence with such a condition."""
    single = re.search(r"if (\d+) does not end up ahead", sentence)
    if single:
        return 0, single[1]
    words = re.search(r"if (none|at most (\w+)) of (.+) ends up ahead", sentence)
    if not words:
        return None
    return 0 if words[1] == "none" else ["one", "two", "three", "four", "five"].index(words[2]) + 1, words[3]


def _checked(seed: int) -> list[str]:
    """The sentences with a condition about one race, each held against every order across the line."""
    chance = random.Random(seed)  # noqa: S311  # no secret
    ice: Ice = a_race(chance, largest=6, sprints_left=0, longest=4)
    if seed % 2:
        ice = some_across(chance, ice)
    there = {id for group in ice.across for id in group}
    coming = [id for id in ice.racing if id not in there]
    found = outlook(ice.to_race(), finish=Order.from_groups(ice.across))
    points = ice.points()
    void = ice.lapped if ice.forfeits else frozenset()
    checked = []
    for row in found:
        sentence = found.needs(row.id)
        condition = _spare(sentence)
        if condition is None:
            continue
        spare, names = condition
        own = int(str(row.id))
        threats = {int(name) for name in re.findall(r"\d+", names)}
        if "with" in names or "rivals" in names or "others" in names:
            threats = {id for id in coming if id != own and points[id] >= row.points}
        place = row.finish or row.possible_if or 0
        for finish in itertools.permutations(coming):
            line = at_the_line(ice, finish)
            if line[own][0] != place:
                continue
            keys = {id: (0 if id in void else points[id] + won, -at) for id, (at, won) in line.items()}
            ahead = {id for id in keys if keys[id] > keys[own]}
            counted = threats & ahead
            if "without points" in sentence:
                counted = {id for id in counted if line[id][1] == 0}
            assert (len(ahead) < ice.advance) == (len(counted) <= spare), (sentence, finish, ice)
        checked.append(sentence)
    return checked
