"""Guests change nothing for anybody else, and are ranked apart."""

import json
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from massstart import InvalidRecord, Race, Result, dumps, loads, rank, show
from massstart.event import Event
from massstart.live import Advanced, Arrival, RaceLog, Sprint, Underway, outlook, provisional
from massstart.order import Order
from massstart.testing import races

RACE: dict[str, Any] = {
    "rulebook": "isu-2018", "starters": list("abcde"), "sprints": {4: ["e", "a", "b"], 8: ["e"], 12: ["c"]},
    "finish": ["d", "e", "a", ["b", "c"]], "guests": ["d", "e"], "advance": 1,
}  # fmt: skip


@given(races(min_size=1), st.data())
def test_without_its_guests_a_race_has_the_same_rows(race: Race, data: st.DataObject) -> None:
    some = data.draw(st.sets(st.sampled_from(race.starters.ids)))
    race = evolve(race, advanced=[note for note in race.advanced if note.id not in some])
    with_guests = evolve(race, guests=some)
    result = rank(with_guests)
    assert result.rows == rank(with_guests.competing).rows
    assert {row.id for row in result.rows}.isdisjoint(some)
    assert {row.id for row in result.guests} == some - set(race.did_not_start)
    assert set(result.did_not_start) == set(race.did_not_start) - some | (some & set(race.did_not_start))
    assert all(row.total == 0 and not any(row.sprints) and row.qualified is None for row in result.guests)
    assert with_guests.warnings == with_guests.competing.warnings
    if all(isinstance(id, str) for id in race.starters.ids):
        assert loads(dumps(with_guests), Race) == with_guests
        read = loads(dumps(result), Result)
        assert ([row.id for row in read.guests], read.rows[0].id if read.rows else None) == (
            [row.id for row in result.guests], result.rows[0].id if result.rows else None,
        )  # fmt: skip


def test_places_and_points_close_up_and_guests_are_ranked_apart() -> None:
    result = rank(Race(**RACE))
    assert [(row.rank, row.id, row.finish, row.sprints) for row in result] == [
        (1, "a", 1, (3, 0, 0, 60)), (2, "c", 2, (0, 0, 3, 40)), (3, "b", 2, (2, 0, 0, 40)),
    ]  # fmt: skip
    assert [(row.rank, row.id, row.total) for row in result.guests] == [(1, "d", 0), (2, "e", 0)]
    assert "d" not in result
    assert result.did_not_start == ()


def test_every_format_calls_them_guests() -> None:
    result = rank(Race(**RACE))
    for form in ("text", "markdown", "html"):
        assert "Out of competition" in show(result, form)
    assert show(result, "csv").splitlines()[-1] == "2,e,,,,,0,2,guest,"
    assert [row["id"] for row in json.loads(dumps(result))["guests"]] == ["d", "e"]
    assert "guests" not in json.loads(dumps(rank(Race(**RACE | {"guests": []}))))
    sheet = result.to_sheet()
    assert [warning.message for warning in sheet.warnings] == [
        "d skated out of competition",
        "e skated out of competition",
    ]
    assert len(sheet.rows) == 3


def test_while_the_race_goes_on_they_are_in_nobodys_way() -> None:
    header = Underway(rulebook="isu-2018", starters=list("abcde"), guests=["d", "e"], advance=1)
    log = RaceLog(header, [Sprint(4, Order(["e", "a"])), Arrival("d"), Arrival("e"), Arrival("a")])
    assert [(row.id, row.finish) for row in outlook(log)] == [("a", 1), ("b", None), ("c", None)]
    assert outlook(log)["a"].status == "through"
    now = provisional(log)
    assert [(row.id, row.total) for row in now] == [("a", 63), ("b", 0), ("c", 0)]
    assert [(row.id, row.status) for row in now.guests] == [("d", "finished"), ("e", "finished")]
    over = log.with_events([Arrival("b"), Arrival("c")])
    assert [row.id for row in rank(over.race())] == ["a", "b", "c"]
    assert [row.id for row in provisional(log.until(1)).guests] == ["e", "d"]


def test_an_event_knows_nothing_of_them_but_their_names() -> None:
    event = Event(semifinals=[Race(**RACE)])
    assert [entry.id for entry in event.start_list()] == ["a"]
    assert {row.skater.id for row in event.overall()} == {"a", "b", "c"}


def test_a_guest_is_a_starter() -> None:
    with pytest.raises(InvalidRecord, match=r"guests\[0\]: no starter has the id"):
        Race(**RACE | {"guests": ["x"]})
    with pytest.raises(InvalidRecord, match="guests: 5 is not a list"):
        Race(**RACE | {"guests": 5})
    with pytest.raises(InvalidRecord, match="a guest, or did not start"):
        Race(**RACE | {"advanced": ["d"]})
    with pytest.raises(InvalidRecord, match="skates out of competition"):
        RaceLog(Underway(rulebook="isu-2018", starters=["a"], guests=["a"]), [Advanced("a")])
