"""Sections 3 of the rules for whole events: every law, at every stage, and the file that brings an event back."""

import json
from pathlib import Path
from random import Random

import pytest
from eventlaws import EVENT_LAWS, EventLaw
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from massstart import Starter, dumps, load, loads
from massstart.event import Event
from massstart.event.seeding import draw
from massstart.testing import events, starters

LAWS = {law.name: law for law in EVENT_LAWS}


@pytest.mark.parametrize("law", EVENT_LAWS, ids=lambda law: law.name)
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(event=events())
def test_law_holds_at_every_stage(law: EventLaw, event: Event) -> None:
    assert law.broken_by(event) is None


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(events())
def test_event_comes_back_from_its_file(event: Event) -> None:
    again = loads(dumps(event), Event)
    assert again == event
    assert dumps(again) == dumps(event)
    assert again.overall() == event.overall()


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(events(stages=("qualified", "published", "finished")))
def test_every_open_question_and_assumption_is_said_in_words(event: Event) -> None:
    assert ("the final is not skated" in event.open()) == (event.final is None)
    added = any(entry.qualified == "q" for entry in event.start_list())
    assert ("skaters whom the Referee sends through start behind the others" in event.assumed()) == added
    assert any("reopened" in line for line in event.open()) == bool(event.changes())


class TestDraw:
    """Semifinals are filled so that two skaters of one nation are apart; serpentine by ranking is assumed."""

    @given(starters(min_size=1), st.integers(1, 5), st.none() | st.text(st.characters(codec="utf-8"), max_size=3))
    def test_every_row_of_the_ranking_sends_one_skater_to_each_semifinal(
        self, field: list[Starter], number: int, seed: str | None
    ) -> None:
        found = draw(field, number, seed=seed)
        position = {id: index for index, group in enumerate(found.semifinals) for id in group}
        order = [one.id for one in field]
        assert set(position) == set(order)
        assert len(found.semifinals) == number
        if seed is None:
            for start in range(0, len(order), number):
                row = [position[id] for id in order[start : start + number]]
                assert len(set(row)) == len(row)

    @given(st.lists(st.sampled_from([None, "NED", "ITA", "KOR"]), min_size=1, max_size=40), st.integers(1, 5))
    def test_no_semifinal_has_two_more_of_a_nation_than_another(self, nations: list[str | None], number: int) -> None:
        field = [Starter(index, nation=nation) for index, nation in enumerate(nations)]
        found = draw(field, number)
        for nation in ("NED", "ITA", "KOR"):
            own = {one.id for one in field if one.nation == nation}
            held = [len(own.intersection(group)) for group in found.semifinals]
            assert max(held) - min(held) <= 1

    @given(
        st.lists(st.integers(0, 99), min_size=1, unique=True),
        st.text(st.characters(codec="utf-8"), max_size=3),
        st.randoms(),
    )
    def test_lots_do_not_depend_on_the_order_of_entry(self, ids: list[int], seed: str, random: Random) -> None:
        mixed = random.sample(ids, len(ids))
        assert draw(mixed, 3, seed=seed) == draw(ids, 3, seed=seed)


def test_event_is_read_from_a_file(tmp_path: Path) -> None:
    event = Event(field=["4", "13"])
    path = tmp_path / "event.json"
    path.write_text(dumps(event), "utf-8")
    assert load(path, Event) == event


def test_laws_have_names_of_their_own_and_sentences() -> None:
    assert len(LAWS) == len(EVENT_LAWS)
    assert all(law.rule.endswith(".") for law in EVENT_LAWS)


def test_output_is_a_json_object_of_strings_only() -> None:
    assert json.loads(dumps(Event(field=["4", "13"])))["field"] == [{"id": "4"}, {"id": "13"}]
