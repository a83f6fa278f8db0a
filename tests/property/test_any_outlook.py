"""The outlook over generated races: exact, by two other methods; and what must hold of any outlook."""

import itertools
import random
import re
from collections.abc import Hashable

import pytest
from outlook_oracle import QUICK, Ice, a_race, check_large, check_small

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
            assert scenario[id][0] <= reached <= scenario[id][1]
            assert before.what_if(dict(zip(finish, itertools.count(1), strict=False)))[id] == (reached, reached)

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
        sentences = [sentence for seed in range(150) for sentence in _checked(seed)]
        assert len(sentences) > 50
        assert any("none of" in one for one in sentences)
        assert any("at most" in one for one in sentences)


def _checked(seed: int) -> list[str]:
    """The sentences with a condition about one race, each held against every order across the line."""
    chance = random.Random(seed)  # noqa: S311  # no secret
    ice: Ice = a_race(chance, largest=6, sprints_left=0, longest=4)
    found = outlook(ice.to_race())
    points = ice.points()
    checked = []
    for row in found:
        sentence = found.needs(row.id)
        if "ends up ahead without points" not in sentence:
            continue
        words = re.search(r"if (none|at most (\w+)) of (.+) ends up", sentence)
        assert words, sentence
        spare = 0 if words[1] == "none" else ["one", "two", "three", "four", "five"].index(words[2]) + 1
        threats = {id for id in points if id != row.id and points[id] >= row.points}
        if "with" not in words[3]:
            assert {int(name) for name in re.findall(r"\d+", words[3])} == threats
        place = row.possible_if or 0
        for finish in itertools.permutations(ice.racing):
            if finish[place - 1] != row.id:
                continue
            totals = {id: points[id] + won for id, won in zip(finish, [*ice.final, *[0] * 9], strict=False)}
            ranked = sorted(finish, key=lambda id: -totals[id])
            ahead = ranked[: ranked.index(int(str(row.id)))]
            unpaid = [id for id in ahead if id in threats and finish.index(id) >= len(ice.final)]
            assert (len(ahead) < ice.advance) == (len(unpaid) <= spare), (sentence, finish)
        checked.append(sentence)
    return checked
