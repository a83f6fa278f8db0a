"""What is written is read: every value comes back as it was, and every file as the bytes that it was."""

import json
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from massstart import Race, Rulebook, Scale, Sheet, StartList, advance, dumps, loads, rank, verify
from massstart.event import Event
from massstart.files.kinds import to_object
from massstart.live import Changes, RaceLog, Underway, changes, outlook, provisional
from massstart.problems import InvalidRecord
from massstart.result import Result
from massstart.rulebook import Evidence
from massstart.season import Quota, Standings, quota, standings
from massstart.testing import (
    LoggedRace,
    events,
    invented_rulebooks,
    race_logs,
    races,
    rankings,
    results,
    rulebooks,
    seasons,
    sheets,
)  # fmt: skip
from massstart.verification import Verification

SCHEMAS = {
    path.name: json.loads(path.read_text("utf-8"))
    for path in (Path(__file__).parents[1] / "conformance" / "schemas").glob("*.json")
}
REGISTRY: Registry[Any] = Registry().with_resources(
    (schema["$id"], Resource.from_contents(schema)) for schema in SCHEMAS.values()
)


def comes_back(value: object, schema: str | None = None) -> None:
    text = dumps(value)
    assert loads(text) == loads(text, type(value)) == value
    again(value, schema)


def again(value: object, schema: str | None = None) -> Any:
    """What a file says of a value, which is written as the same file and obeys the schema."""
    text = dumps(value)
    read = loads(text, type(value))
    assert dumps(read) == text
    written = json.loads(text)
    Draft202012Validator(SCHEMAS[f"{schema or written['kind']}.json"], registry=REGISTRY).validate(written)
    return read


@given(races())
def test_a_race(race: Race) -> None:
    comes_back(race)


@given(race_logs())
def test_a_race_under_way(logged: LoggedRace) -> None:
    race = logged.log.state()
    if race.racing:
        comes_back(race, "race-under-way")
    else:
        assert loads(dumps(race), Underway) == race


@given(race_logs())
def test_a_log(logged: LoggedRace) -> None:
    log = logged.log
    text = dumps(log)
    read = loads(text)
    assert isinstance(read, RaceLog)
    assert read == loads(text.encode(), RaceLog)
    assert dumps(read) == text
    assert (read.header, read.first_passing) == (log.header, log.first_passing)
    assert read.race() == log.race()
    # Refused events are not written, so those behind them move up.
    assert len(read.events) == len([event for event in log.events if event is not None])
    if None not in log.events:
        assert read == log
    header, *lines = map(json.loads, text.split("\n"))
    Draft202012Validator(SCHEMAS["log-header.json"], registry=REGISTRY).validate(header)
    for line in lines:
        Draft202012Validator(SCHEMAS["log-event.json"], registry=REGISTRY).validate(line)


@given(sheets())
def test_a_sheet(sheet: Sheet) -> None:
    comes_back(sheet)


@given(sheets(), st.data())
def test_a_sheet_with_start_numbers(sheet: Sheet, data: st.DataObject) -> None:
    starts = data.draw(st.lists(st.none() | st.integers(1, 99), min_size=len(sheet.rows), max_size=len(sheet.rows)))
    comes_back(evolve(sheet, rows=[evolve(row, start=start) for row, start in zip(sheet.rows, starts, strict=True)]))


@given(rulebooks())
def test_a_rulebook(book: Rulebook) -> None:
    comes_back(book)


@given(invented_rulebooks(), st.booleans(), st.none() | st.dates(), st.lists(st.sampled_from(["laps", "final"])))
def test_a_rulebook_of_ones_own_within_a_race(book: Rulebook, junior: bool, day: Any, fields: list[str]) -> None:  # noqa: FBT001  # hypothesis hands it over
    evidence = (Evidence(tuple(fields), "likely", "the club's minutes"),)
    own = evolve(book, id="club", junior=junior, first_day=day, last_day=day, evidence=evidence)
    comes_back(own)
    comes_back(Race(rulebook=own, starters=["4"], finish=["4"]))


@given(results())
def test_a_result(result: Result) -> None:
    read = again(result)
    assert isinstance(read, Result)
    assert loads(dumps(read)) == read
    assert [row._replace(key=None) for row in read] == [row._replace(key=None) for row in result]
    assert [row.key is None for row in read] == [row.key is None for row in result]
    assert read.reasons == result.reasons
    assert [read.reason(row.id) for row in read] == list(result.reasons)
    assert (read.warnings, read.did_not_start) == (result.warnings, result.did_not_start)
    assert not read.is_provisional
    names = ("rulebook", "laps", "sprint_laps", "advance", "id", "competition", "date", "event", "round", "sources")
    assert [getattr(read.record, name) for name in names] == [getattr(result.record, name) for name in names]


@given(race_logs(), st.integers(0, 20))
def test_provisional_standings(logged: LoggedRace, number: int) -> None:
    number = min(number, len(logged.log.events))
    now = provisional(logged.log, after=number)
    read = again(now)
    assert (read.is_provisional, read.reasons, read.warnings) == (now.is_provisional, now.reasons, now.warnings)


@given(race_logs(), st.integers(0, 20))
def test_changes(logged: LoggedRace, number: int) -> None:
    found: Changes = changes(logged.log.until(min(number, len(logged.log.events))), logged.log)
    comes_back(found)


@given(st.lists(results(), min_size=1, max_size=2))
def test_a_start_list(semifinals: list[Result]) -> None:
    try:
        found: StartList = advance(*semifinals)
    except InvalidRecord:  # skaters who stand in both
        return
    comes_back(found)
    assert advance(*(loads(dumps(semifinal), Result) for semifinal in semifinals)) == found


@given(sheets())
def test_a_verification(sheet: Sheet) -> None:
    report = verify(sheet)
    read = again(report)
    assert isinstance(read, Verification)
    assert read == evolve(report, sheet=sheet.id)


@given(race_logs())
def test_an_outlook(logged: LoggedRace) -> None:
    comes_back(outlook(logged.log.until(min(3, len(logged.log.events))).state()))


@given(events())
def test_an_event(event: Event) -> None:
    comes_back(event)


@given(events())
def test_a_report_on_an_event(event: Event) -> None:
    text = dumps(event, "event-report")
    assert loads(text) == loads(text, Event) == event
    Draft202012Validator(SCHEMAS["event-report.json"], registry=REGISTRY).validate(json.loads(text))


@given(seasons())
def test_a_season_ranking(season: tuple[Sheet, ...]) -> None:
    comes_back(standings(season))


@given(rankings())
def test_any_season_ranking(ranking: Standings) -> None:
    comes_back(ranking)


@given(rankings())
def test_places_at_the_games(ranking: Standings) -> None:
    comes_back(quota(ranking))


@pytest.mark.parametrize("id", [4, 10**30, -1])
def test_a_whole_number_as_an_id_is_written_as_its_text(id: int) -> None:
    race = Race(rulebook="isu-2018", starters=[id, "x"], finish=[["x", id]], sprints={4: [id]}, times={id: "7:40.00"})
    text = str(id)
    assert loads(dumps(race)) == Race(
        rulebook="isu-2018", starters=[text, "x"], finish=[["x", text]], sprints={4: [text]}, times={text: "7:40.00"}
    )
    assert [row["id"] for row in to_object(rank(race))["rows"]] == [row.id for row in loads(dumps(rank(race)), Result)]


def test_an_own_rulebook_of_a_result_stands_there_in_place() -> None:
    book = Rulebook(id="own", laps=4, sprint_laps=(), intermediate=Scale(1), final=Scale(1), forfeits=False)
    read = again(rank(Race(rulebook=book, starters=["4"], finish=["4"])))
    assert read.record.rulebook == book


def test_places_with_reserves_and_a_host() -> None:
    assert isinstance(loads(dumps(quota(Standings(rows=()), host="ITA"))), Quota)
