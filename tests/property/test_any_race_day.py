"""Whole race days with every mishap, and results that go on as sheets."""

import random
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings

from massstart import InvalidRecord, Race, Sheet, dumps, loads, rank, verify
from massstart.event import Event
from massstart.feed import typed
from massstart.live import (
    Arrival,
    DidNotStart,
    Disqualified,
    Left,
    RaceLog,
    Revoke,
    Sprint,
    Unfinished,
    provisional,
    snapshot,
)
from massstart.order import Order
from massstart.testing import isu_rulebooks, races


class TestSheets:
    """A race that was scored here is printed as a sheet, and found consistent like any published one."""

    @settings(suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
    @given(races(rulebook=isu_rulebooks(), min_size=1, realistic=True, full_sprints=True))
    def test_the_sheet_of_a_race_with_its_times_is_consistent_and_ranks_the_same(self, race: Race) -> None:
        assume(dict(race.times).keys() == set(race.finish.ids))
        assume(len({str(id) for id in race.starters.ids}) == len(race.starters))
        result = rank(race)
        sheet = result.to_sheet()
        assert verify(sheet).findings == ()
        assert [row.mark for row in sheet.rows].count("DNS") == len(race.did_not_start)
        read = loads(dumps(sheet), Sheet)
        assert read == sheet
        ranks = {str(row.id): row.rank for row in rank(sheet)}
        assert ranks == {str(row.id): row.rank for row in result}

    def test_what_goes_on_has_no_sheet(self) -> None:
        log = a_day(1)[1]
        with pytest.raises(InvalidRecord, match="provisional standings are no result"):
            provisional(log.until(3)).to_sheet()

    def test_a_race_over_laps_of_its_own_keeps_them(self) -> None:
        race = Race(rulebook="isu-2018", laps=5, sprint_laps=[2], starters=["a"], finish=["a"], sprints={2: ["a"]})
        sheet = rank(race).to_sheet("club")
        assert (sheet.id, sheet.laps, sheet.rulebook.sprint_laps, sheet.rows[0].sprints) == ("club", 5, (2,), (3, 60))


def a_day(seed: int) -> tuple[Event, RaceLog]:
    """A race day of forty skaters: two semifinals and a final, with random mishaps; and the log of the final."""
    chance = random.Random(seed)  # noqa: S311  # no secret
    entered = [str(number) for number in range(1, 41)]
    event = Event(field=entered, date="2026-01-10", advance=8).with_draw(2, seed=str(seed))
    for number in (1, 2):
        event = event.with_semifinal(number, _skated(event.race(number), chance).race())
    event = event.with_list_frozen()
    listed = [entry.id for entry in event.start_list()]
    event = event.with_withdrawal(chance.choice(listed), "ill")
    late = chance.choice([id for id in listed if id in event.semifinals[0].starters.ids])  # type: ignore[union-attr]  # it is skated
    corrected = event.semifinals[0]
    assert isinstance(corrected, Race)
    event = event.with_semifinal(1, _without(corrected, late))
    if event.changes() and chance.random() < 0.5:
        event = event.with_list_reopened().with_list_frozen()
    log = _skated(event.race("final"), chance)
    return event.with_final(log.race()), log


def _without(race: Race, id: Any) -> Race:
    """The race with somebody disqualified late."""
    given: dict[str, Any] = {name: getattr(race, name) for name in ("rulebook", "starters", "sprints", "finish", "date", "event", "round", "advance", "did_not_start", "disqualified")}  # fmt: skip
    left = {note.id: note for note in race.unfinished if note.id != id}
    return Race(**given | {"disqualified": [*race.disqualified, Disqualified(id)], "unfinished": left})


def _skated(race: Any, chance: random.Random) -> RaceLog:
    """A log of a race in which much goes wrong, and is put right."""
    log = RaceLog(race)
    ids = list(race.starters.ids)
    chance.shuffle(ids)
    away, fallen, cut, out = ids[:1], ids[1:3], ids[3:4], ids[4:5]
    log = log.with_events(DidNotStart(id) for id in away)
    still = [id for id in ids if id not in away]
    for lap in race.sprint_laps:
        order = chance.sample(still, 4)
        groups: list[list[Any]] = (
            [[order[0]], order[1:3], [order[3]]] if chance.random() < 0.3 else [[id] for id in order]
        )
        if chance.random() < 0.4:
            log = log.with_event(Sprint(lap, Order(chance.sample(still, 3)))).with_event(Revoke(len(log.events) + 1))
        log = log.with_event(Sprint(lap, Order.from_groups(groups)))
    log = log.with_events([Left(fallen[0]), Unfinished(fallen[1], race.laps - 1)])
    coming = [id for id in still if id not in fallen]
    chance.shuffle(coming)
    for at, id in enumerate(coming):
        if chance.random() < 0.1 and at + 1 < len(coming):
            with pytest.raises(InvalidRecord):
                log.with_event(Arrival("999"))
            log = log.with_event(Arrival(coming[at + 1])).with_event(Revoke(len(log.events) + 1))
        log = log.with_event(Arrival(id, log.next_place))
        assert snapshot(log).event == len(log.events)
    log = typed(typed(log, f"lap {cut[0]}"), f"dnf {fallen[0]} {race.laps - 2}")
    return typed(log, f"dq {out[0]} 257.4.5 blocked")


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_day_of_forty_skaters_runs_through_to_the_overall_ranking(seed: int) -> None:
    event, _ = a_day(seed)
    assert event.stage == "finished"
    overall = event.overall()
    assert len(overall) == len({row.skater.id for row in overall}) == 38
    ranks = [row.rank for row in overall if row.rank is not None]
    assert ranks == sorted(ranks)
    assert loads(dumps(event), Event).overall() == overall


@pytest.mark.parametrize("seed", range(5))
def test_the_same_race_gives_the_same_event_whichever_way_it_was_entered(seed: int) -> None:
    event, log = a_day(seed)
    entries = _typed_lines(log)
    by_hand = RaceLog(log.header)
    for entry in entries:
        by_hand = typed(by_hand, entry)
    assert by_hand.race() == log.race()
    read = loads(dumps(log.race()), Race)
    again = loads(dumps(log), RaceLog).race()
    files = {dumps(event.with_final(race)) for race in (log.race(), by_hand.race(), read, again)}
    assert len(files) == 1


def _typed_lines(log: RaceLog) -> list[str]:
    """What an official would have typed for the events of a log that count."""
    lines = []
    for event in log.counting.values():
        match event:
            case Sprint(lap, order):
                lines.append(f"{lap}: {' '.join('='.join(map(str, group)) for group in order.groups)}")
            case Arrival(id, place):
                lines.append(f"f{place}: {id}")
            case DidNotStart(id):
                lines.append(f"dns {id}")
            case Left(id):
                lines.append(f"dnf {id}")
            case Unfinished(id, laps):
                lines.append(f"dnf {id} {laps}")
            case Disqualified(id, clause, reason):
                lines.append(f"dq {id} {clause} {reason}")
            case Revoke():
                pass
            case _:
                lines.append(f"lap {event.id}")  # type: ignore[union-attr]  # nothing else is sent here
    return lines
