"""Whatever is typed, the log takes it or refuses it with words, and everything that is asked of it answers."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from massstart import InvalidRecord, dumps, loads, rank, show
from massstart.feed import typed
from massstart.live import RaceLog, Snapshot, Underway, provisional, snapshot

IDS = ["4", "87", "9", "53", "26", "11"]


def an_entry(chance: random.Random) -> str:
    """An entry that means something, fitting or not."""
    one, other = chance.choice(IDS), chance.choice(IDS)
    some = " ".join(chance.sample([*IDS, "?"], chance.randint(1, 3)))
    return chance.choice(
        [
            f"f: {some}",
            f"f: {some}",
            f"{chance.choice([4, 8, 12, 16, 5])}: {'='.join(chance.sample(IDS, 2))} {one}",
            f"{chance.choice('fi')}{chance.randint(0, 8)}: {one}",
            f"dnf {one} {chance.choice(['', chance.randint(0, 17)])}",
            f"{chance.choice(['dq', 'dns', 'lap', 'adv'])} {one}",
            chance.choice(["undo", "redo", "restart"]),
            f"no {chance.randint(0, 20)}",
            f"laps {chance.randint(0, 20)} {chance.choice(['', '3', '2 4'])}",
            f"swap {one} {other}",
            f"finish: {' '.join(chance.sample(IDS, chance.randint(1, 6)))}",
            f"p {one} {chance.randint(0, 9)}:{chance.randint(10, 59)}.{chance.randint(10, 99)}",
        ]
    )


def taken(log: RaceLog, entry: str) -> RaceLog:
    """The log with an entry, or as it was if the entry is refused, which must be with words."""
    try:
        return typed(log, entry)
    except InvalidRecord as error:
        problems = error.problems
    assert problems
    assert all(problem.message and problem.remedy for problem in problems)
    return log


@pytest.mark.parametrize("seeds", [range(start, start + 25) for start in range(0, 150, 25)], ids=str)
def test_any_race_that_is_typed_answers_everything(seeds: range) -> None:
    events = entries = over = 0
    for seed in seeds:
        chance = random.Random(seed)  # noqa: S311  # no secret
        log = RaceLog(
            Underway(
                rulebook=chance.choice(["isu-2018", "isu-2014", "isu-2024"]), starters=IDS,
                guests=chance.sample(IDS, chance.choice([0, 0, 1, 2])), advance=chance.choice([None, 1, 3]),
            )
        )  # fmt: skip
        for _ in range(chance.randint(1, 25)):
            log = taken(log, an_entry(chance))
            entries += 1
        events += len(log.events)
        now = snapshot(log)
        assert dumps(loads(dumps(now), Snapshot)) == dumps(now)
        again = loads(dumps(log), RaceLog)
        assert (again.progress().arrived, dumps(again)) == (log.progress().arrived, dumps(log))
        for number in range(0, len(log.events) + 1, 4):
            assert provisional(log.until(number)) == provisional(RaceLog(log.header, log.events[:number]))
        if now.is_over:
            over += 1
            assert rank(log.race()) == now.standings
        elif now.outlook is not None:
            assert all(1 <= row.best <= row.worst <= len(now.outlook) for row in now.outlook)
            assert "provisional" in show(now.outlook)
    assert 25 < events < 2 * entries
    assert over < len(seeds)


@given(st.lists(st.text(max_size=20) | st.sampled_from(["f: 4", "4: 4 87", "undo", "redo", "dnf 9"]), max_size=6))
def test_any_text_is_taken_or_refused(entries: list[str]) -> None:
    log = RaceLog(Underway(rulebook="isu-2018", starters=IDS))
    for entry in entries:
        log = taken(log, entry)
    assert snapshot(log).event == len(log.events)
