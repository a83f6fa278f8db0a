"""The one door: what each kind of file is, who may stand in it, and what a spoiled one is answered with."""

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import pytest
from attrs import frozen
from chancesamples import CALIBRATION, CHANCES, COMPARISON, COURSE, STRENGTHS

import massstart.files
from massstart import (
    InvalidRecord,
    Order,
    Race,
    RaceTime,
    Rulebook,
    Scale,
    Sheet,
    Starter,
    StartList,
    Verification,
    advance,
    dumps,
    load,
    loads,
    rank,
    rulebook,
    verify,
)  # fmt: skip
from massstart.chances import Calibration, Chances, Comparison, Course, Strengths
from massstart.event import Event
from massstart.files import kinds
from massstart.files.jsontext import shorten
from massstart.files.kinds import OWN, Kind, register, to_object, words
from massstart.files.logs import header_from
from massstart.files.objects import Id, fields_of, filed
from massstart.files.schema import schema
from massstart.live import (
    Changes,
    Outlook,
    Passing,
    RaceLog,
    Revoke,
    Snapshot,
    Sprint,
    Underway,
    changes,
    outlook,
    provisional,
    snapshot,
)  # fmt: skip
from massstart.result import Heading, Result
from massstart.season import Quota, Standings, quota, standings

TEXT = """{"kind": "race", "version": 1, "rulebook": "isu-2018", "laps": 2, "sprint_laps": [1], "starters": [{"id": "4", "name": "Ann"}, {"id": "87"}]}
{"event": "passing", "id": "87", "time": "0:41.30"}
{"event": "passing", "id": "4", "time": "0:41.90"}
{"event": "sprint", "lap": 1, "order": ["4", "87"]}
{"event": "lapped", "id": "87"}
{"event": "advanced", "id": "4", "reason": "hindered"}
{"event": "finish", "order": [["4", "87"]]}
{"event": "disqualified", "id": "87", "clause": "257.4.5"}
{"event": "revoke", "number": 7}"""
LOG = loads(TEXT, RaceLog)
RACE = Race(
    rulebook=Rulebook(id="own", laps=4, sprint_laps=(2,), intermediate=Scale(2, 1), final=Scale(3), forfeits=True, junior=True),
    starters=[Starter("4", "Ann", "NED"), "13", "87", "9", "11"],
    sprints={2: [["4", "13"]]}, finish=["4", "13"], times={"4": "2:00.00"}, lapped=["13"], unfinished={"87": (3, "1:30.00")},
    disqualified={"9": "obstruction"}, did_not_start=["11"], advanced={"13": "hindered"}, advance=1, sources=["a club"],
)  # fmt: skip
SHEET = load("wc-2025-26-1-men-division-a", Sheet)
SEASON = standings([SHEET, load("wc-2025-26-1-men-division-b", Sheet)])
EVENT = Event(semifinals=[RACE, None], field=RACE.starters, withdrawals={"13": "ill"}, advance=1).with_semifinal(
    2, Race(rulebook="isu-2018", starters=[], finish=[])
)
#: A value of every kind of file, by the word.
VALUES: dict[str, object] = {
    "race": RACE,
    "sheet": SHEET,
    "result": rank(RACE),
    "provisional": provisional(LOG, after=3),
    "changes": changes(LOG.until(1), LOG),
    "start-list": advance(rank(RACE)),
    "verification": verify(SHEET),
    "rulebook": rulebook("isu-2024"),
    "outlook": outlook(LOG.state(after=3)),
    "snapshot": snapshot(LOG),
    "event": EVENT.with_list_frozen(),
    "event-report": EVENT.with_list_frozen(),
    "standings": SEASON,
    "quota": quota(SEASON),
    "chances": CHANCES,
    "comparison": COMPARISON,
    "course": COURSE,
    "strengths": STRENGTHS,
    "calibration": CALIBRATION,
}
DEEP: Any = []
for _ in range(800):
    DEEP = [DEEP]


def refused(text: str | bytes, *kinds: type) -> list[tuple[str, str]]:
    with pytest.raises(InvalidRecord) as caught:
        loads(text, *kinds)
    problems = caught.value.problems
    assert all(problem.message and problem.remedy and len(problem.message) < 400 for problem in problems)
    return [(problem.kind, problem.where) for problem in problems]


# --- what there is ------------------------------------------------------------------------------------------


def test_there_is_a_value_of_every_kind() -> None:
    assert set(VALUES) == set(OWN) <= set(words())
    for word, value in VALUES.items():
        text = dumps(value, "event-report" if word == "event-report" else None)
        assert json.loads(text)["kind"] == word
        assert type(loads(text)) is type(value)


@pytest.mark.parametrize("word", VALUES)
def test_every_bundled_way_to_ask_for_a_kind_gives_it(word: str) -> None:
    value = VALUES[word]
    text = dumps(value)
    assert isinstance(loads(text, type(value)), type(value))
    assert isinstance(loads(text, int, type(value)), type(value))
    assert isinstance(loads(text, object), type(value))
    other = Standings if type(value) is not Standings else Sheet
    assert refused(text, other) == [("kind", "kind")]


def test_what_is_expected_is_named() -> None:
    with pytest.raises(InvalidRecord, match=r"this is a Sheet, not a Race or a Result .* give a Race or a Result"):
        loads(dumps(SHEET), Race, Result)
    with pytest.raises(InvalidRecord, match="this is an Event, not an Outlook"):
        loads(dumps(EVENT), Outlook)
    with pytest.raises(InvalidRecord, match="this is a RaceLog, not a Sheet"):
        loads(TEXT, Sheet)
    with pytest.raises(InvalidRecord, match="this is a Sheet, not a Race"):
        loads("# rulebook: isu-2018\nRank,Name,Total\n1,Ann,60\n", Race)
    with pytest.raises(InvalidRecord, match=r"'resultt' is not a kind of file .* write race or sheet or result or"):
        loads('{"kind": "resultt"}')
    with pytest.raises(InvalidRecord, match=r"^kind: is missing \(kind\); write race or sheet or result or"):
        loads("{}")


@pytest.mark.parametrize("content", ["", " \n", b"", b"\xef\xbb\xbf \n"])
def test_an_empty_file_is_called_empty(content: str | bytes) -> None:
    with pytest.raises(InvalidRecord, match=r"column 1: not JSON: the file is empty \(json\); get it anew$"):
        loads(content)


def test_a_file_without_the_right_version_is_refused() -> None:
    for version, kind in ((2, "type"), (True, "type"), ("1", "type"), (None, "missing-key")):
        assert refused(json.dumps(to_object(SHEET) | {"version": version})) == [(kind, "version")]
    found = refused(json.dumps(to_object(SHEET) | {"version": 2, "rows": 5, "laps": "x"}))
    assert found == [("type", "laps"), ("type", "rows"), ("type", "version")]


# --- a race, a race under way, a log ------------------------------------------------------------------------

START = {"kind": "race", "version": 1, "rulebook": "isu-2018", "starters": [{"id": "4"}, {"id": "13"}]}


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({}, Underway),
        ({"finish": None}, Underway),
        ({"finish": []}, Underway),
        ({"finish": [], "unfinished": {"4": {"laps": 3}}}, Underway),
        ({"finish": [], "unfinished": {"4": {"laps": 3}}, "did_not_start": ["13"]}, Race),
        ({"finish": [], "starters": []}, Race),
        ({"finish": ["4", "13"]}, Race),
        ({"first_passing": 1}, RaceLog),
    ],
)
def test_a_race_is_under_way_while_somebody_races_and_nobody_has_finished(changes: dict[str, Any], kind: type) -> None:
    text = json.dumps(START | changes)
    assert type(loads(text)) is type(loads(text, kind)) is kind


def test_what_is_expected_decides_where_the_file_leaves_it_open() -> None:
    assert refused(json.dumps(START), Race, Sheet) == [("missing-key", "finish")]
    assert refused(json.dumps(START | {"finish": []}), Race) == [
        ("no-outcome", "starters[0]"),
        ("no-outcome", "starters[1]"),
    ]
    assert refused(json.dumps(START | {"finish": ["4", "13"]}), Underway) == [("finished", "finish")]
    assert loads(json.dumps(START), RaceLog) == RaceLog(loads(json.dumps(START), Underway))
    broken: dict[str, Any]
    for broken in ({"starters": 5}, {"starters": [5]}, {"starters": [{}]}, {"unfinished": 5}, {"did_not_start": [[]]}):
        assert refused(json.dumps(START | {"finish": []} | broken)) == refused(
            json.dumps(START | {"finish": []} | broken), Race
        )


def test_where_a_race_under_way_is_expected_the_log_of_one_will_do() -> None:
    text = TEXT.rpartition('\n{"event": "finish"')[0]
    assert loads(text, Underway) == loads(text.encode(), RaceLog).state()
    assert isinstance(loads(text, Underway, RaceLog), RaceLog)
    over = text + '\n{"event": "finish", "order": ["4", "87"]}'
    assert refused(over, Underway) == [("finished", "")]
    assert refused(over, Race) == [("kind", "kind")]


def test_a_log_without_events_comes_back_as_a_log() -> None:
    log = RaceLog(Underway(rulebook="isu-2018", starters=["4"], did_not_start=["4"]))
    assert json.loads(dumps(log))["first_passing"] == 1
    assert loads(dumps(log)) == log


def test_a_log_that_was_refused_an_event_is_written_without_it() -> None:
    passing, sprint = Passing("87", RaceTime(41300)), Sprint(1, Order(["4"]))
    log = RaceLog(LOG.header).with_refused().with_event(passing).with_event(sprint).with_event(Revoke(3))
    assert [json.loads(line).get("event") for line in dumps(log).split("\n")] == [None, "passing", "sprint", "revoke"]
    assert loads(dumps(log), RaceLog).events == (passing, sprint, Revoke(2))


def test_the_places_of_a_log_are_numbered() -> None:
    header, passing = TEXT.split("\n")[:2]
    lines = [
        header,
        passing,
        "{",
        '{"event": "x"}',
        '{"event": "passing", "id": 4}',
        '{"event": "sprint", "lap": 9, "order": []}',
    ]
    assert refused("\n".join(lines), RaceLog) == [
        ("json", "events.2"), ("event", "events.3.event"), ("type", "events.4.id"), ("missing-key", "events.4.time"),
        ("unknown-lap", "events.5.lap"),
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["", b" \n"])
def test_a_log_begins_with_the_race(text: str | bytes) -> None:
    with pytest.raises(InvalidRecord, match="the log is empty"):
        header_from(text)
    assert [kind for kind, _ in refused(text, RaceLog)] == ["json"]


def test_several_objects_that_are_no_log_are_refused() -> None:
    assert refused(dumps(SHEET) + "\n" + dumps(SHEET)) == [("json", "line 2, column 1")]
    with pytest.raises(TypeError, match="RaceLog is written as several objects"):
        to_object(LOG)


# --- spoiled files ------------------------------------------------------------------------------------------


def places(value: Any) -> Iterator[tuple[Any, ...]]:
    """The way to every place in a JSON value; of a list, to its first entries."""
    inner = value.items() if isinstance(value, dict) else enumerate(value[:2]) if isinstance(value, list) else ()
    for key, part in inner:
        yield (key,)
        for way in places(part):
            yield (key, *way)


def put(value: Any, way: tuple[Any, ...], spoiled: Any) -> Any:
    if not way:
        return spoiled
    key, *rest = way
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[key] = put(value[key], tuple(rest), spoiled)
    return copy


SPOILED: tuple[Any, ...] = (
    None,
    True,
    -1,
    10**40,
    10**400,
    1.5,
    "",
    "x",
    "\ud800",
    "2026-13-01",
    [],
    [[]],
    {},
    {"x": 1},
    DEEP,
)


@pytest.mark.slow
@pytest.mark.law
@pytest.mark.parametrize("word", VALUES)
def test_whatever_is_spoiled_in_a_file_is_answered_with_problems(word: str) -> None:
    value = VALUES[word]
    whole = to_object(value, "event-report" if word == "event-report" else None)
    ways = list(places(whole))
    assert len(ways) > 10
    for way in ways:
        for spoiled in SPOILED:
            try:
                read: Any = loads(json.dumps(put(whole, way, spoiled)))
            except InvalidRecord:
                continue
            assert type(read) in map(type, (*VALUES.values(), RACE, LOG.header))


@pytest.mark.parametrize("word", VALUES)
def test_what_no_text_may_hold_is_refused_where_it_stands(word: str) -> None:
    whole = to_object(VALUES[word], "event-report" if word == "event-report" else None)
    ways = [way for way in places(whole) if way[-1] in ("id", "name", "reason", "message", "source")]
    assert ways
    for way in ways:
        where = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in way).removeprefix(".")
        for spoiled in ("\ud800", DEEP, True):
            assert ("type", where) in refused(json.dumps(put(whole, way, spoiled)))
        nan = json.dumps(put(whole, way, float("nan")))
        assert refused(nan) == [("json", "")]


def test_what_no_text_may_hold_is_refused_in_a_log() -> None:
    header, passing, *_ = TEXT.split("\n")
    for spoiled in ("\ud800", DEEP, True):
        line = json.dumps(json.loads(passing) | {"id": spoiled})
        assert refused(f"{header}\n{line}", RaceLog) == [("type", "events.1.id")]
        first = json.dumps(json.loads(header) | {"id": spoiled})
        assert refused(f"{first}\n{passing}", RaceLog) == [("type", "id")]
        assert refused(f"{header}\n{json.dumps({'event': spoiled})}") == [("event", "events.1.event")]
    assert refused(f'{header}\n{{"event": NaN}}') == [("json", "events.1")]


@pytest.mark.parametrize("spoiled", ["true", '"0.5"', "1e999", "1" + "0" * 400, "-1" + "0" * 400])
def test_what_is_no_number_or_too_large_for_one_is_refused_where_it_stands(spoiled: str) -> None:
    text = dumps(CHANCES).replace('"through": 0.6', f'"through": {spoiled}')
    assert refused(text) == [("type", "rows[1].through")]


def test_value_in_a_message_is_cut_short() -> None:
    for value in ("x" * 1000, ["x" * 50] * 9, 10**4000, DEEP):
        assert len(shorten(value)) <= 60
    assert shorten(["four", 4]) == "['four', 4]"


@pytest.mark.parametrize(
    ("brackets", "where"),
    [
        ('{"a": [[1], [2]], "b": ' + "[" * 100_000, "line 1, column 43"),
        ("[" * 100_000, "line 1, column 21"),
        ('{"[":' * 10_000, "line 1, column 101"),
    ],
)
def test_too_deep_a_nest_is_told_by_its_place(brackets: str, where: str) -> None:
    assert refused(brackets, Race) == [("json", where)]
    text = '{"kind": "race",\n "id": ' + "[" * 100_000
    assert refused(text) == [("json", "line 2, column 27")]


def test_half_a_character_is_not_written() -> None:
    race = Race(rulebook="isu-2018", starters=["4"], finish=["4"], id="\ud800")
    with pytest.raises(InvalidRecord, match=r"half a character, '\\ud800', cannot be written"):
        dumps(race)


# --- ids ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("id", [True, 4.0, ("4",), None, b"4"])
def test_only_text_and_whole_numbers_are_ids_in_a_file(id: Any) -> None:
    race = Race(rulebook="isu-2018", starters=[id], finish=[id])
    for value in (race, rank(race), Underway(rulebook="isu-2018", starters=[id])):
        with pytest.raises(TypeError, match="is neither text nor a whole number"):
            dumps(value)


def test_two_ids_that_are_written_the_same_are_refused() -> None:
    ids = [4, "4"]
    race = Race(rulebook="isu-2018", starters=ids, finish=ids)
    under_way = Underway(rulebook="isu-2018", starters=ids)
    values: dict[object, str] = {
        race: "starters", under_way: "starters", RaceLog(under_way): "starters", rank(race): "rows",
        outlook(under_way): "rows", advance(rank(race)): "rows", Event(field=ids): "field",
    }  # fmt: skip
    for value, where in values.items():
        with pytest.raises(InvalidRecord) as caught:
            dumps(value)
        (problem,) = caught.value.problems
        assert (problem.kind, problem.where) == ("repeated-id", f"{where}[1].id")
        assert sorted(problem.message.split(" are both")[0].split(" and ")) == ["'4'", "4"]


# --- results that were read ---------------------------------------------------------------------------------


def read_result(race: Race = RACE) -> Result:
    return loads(dumps(rank(race)), Result)


def test_a_result_that_was_read_knows_its_head_and_its_reasons() -> None:
    result, read = rank(RACE), read_result()
    assert isinstance(read.record, Heading)
    assert read.reason("13") == result.reason("13")
    assert (read.did_not_start, read.is_provisional) == (("11",), False)
    assert read.record.rulebook == RACE.rulebook
    assert (read.record.sources, read.record.sprint_laps, read.record.advance) == (("a club",), (2,), 1)
    assert repr(read) == "<Result of a race: 4 rows>"
    assert [skater.id for skater in read.record.skaters] == ["4", "13", "87", "9", "11"]


def test_a_result_without_a_head_takes_the_distance_of_its_rulebook() -> None:
    given = to_object(rank(Race(rulebook="isu-2018", starters=["4"], finish=["4"])))
    rows = [{key: value for key, value in row.items() if key not in ("reason", "laps")} for row in given["rows"]]
    read = loads(json.dumps({"kind": "result", "version": 1, "rulebook": "isu-2018", "rows": rows}), Result)
    assert (read.record.laps, read.record.rulebook.id, read.reasons, read.reason("4")) == (16, "isu-2018", ("",), "")
    assert dumps(loads(dumps(read))) == dumps(read)


def test_a_result_that_contradicts_itself_is_refused() -> None:
    given = to_object(rank(RACE))
    assert refused(json.dumps(given | {"did_not_start": ["9", "11", "11"]})) == [
        ("repeated-id", "did_not_start[0]"), ("repeated-id", "did_not_start[2]"),
    ]  # fmt: skip
    twice = [*given["rows"], given["rows"][0]]
    assert refused(json.dumps(given | {"rows": twice})) == [("repeated-id", "rows[4].id")]
    short = [given["rows"][0] | {"sprints": [1]}]
    assert refused(json.dumps(given | {"rows": short})) == [("sprint-columns", "rows[0].sprints")]
    assert refused(json.dumps(given | {"rulebook": "isu-1900"})) == [("unknown-rulebook", "rulebook")]
    assert refused(json.dumps(given | {"rows": [given["rows"][0] | {"time": "7.58"}]})) == [("time", "rows[0].time")]


def test_a_start_list_follows_from_results_that_were_read() -> None:
    other = Race(rulebook="isu-2018", starters=["1", "2"], finish=["2", "1"], advance=1)
    assert advance(read_result(), read_result(other)) == advance(rank(RACE), rank(other))


def test_changes_between_results_that_were_read() -> None:
    corrected = Race(rulebook=RACE.rulebook, starters=["4", "13"], finish=["13", "4"], advance=1)
    assert changes(read_result(), read_result(corrected)) == changes(rank(RACE), rank(corrected))


def test_one_skater_of_a_result() -> None:
    result = rank(RACE)
    for given in (result, read_result()):
        only = given.only("13")
        assert [row.rank for row in only] == [2]
        assert only.reason("13") == result.reason("13")
        assert only.did_not_start == ("11",)
        assert [row["id"] for row in to_object(only)["rows"]] == ["13"]
    assert loads(dumps(result.only("13")), Result).reason("13") == result.reason("13")


def test_an_outlook_that_was_read_says_what_everyone_needs_but_not_what_would_be() -> None:
    made = outlook(LOG.state(after=3))
    read = loads(dumps(made), Outlook)
    assert (read, read.race) == (made, None)
    assert [read.needs(row.id) for row in read] == [made.needs(row.id) for row in made]
    with pytest.raises(InvalidRecord, match="does not hold the race"):
        read.what_if({})


def test_a_verification_that_was_read_knows_the_id_of_its_sheet() -> None:
    report = verify(SHEET)
    read = loads(dumps(report), Verification)
    assert (read.sheet, read.sheet_id, report.sheet_id) == (SHEET.id, SHEET.id, SHEET.id)
    assert read.findings == report.findings
    assert read.findings[0].column == "world_cup_points"


# --- rulebooks ----------------------------------------------------------------------------------------------


def test_the_problems_of_a_rulebook_stand_at_its_values() -> None:
    given = to_object(rulebook("isu-2024"))

    def changed(**values: Any) -> str:
        return json.dumps(
            given | {"values": given["values"] | {name: {"value": value} for name, value in values.items()}}
        )

    found = refused(changed(final=[1, 2], sprint_laps=[99], sprint_dead_heat="x", forfeits=1))
    assert found == [("type", "values.forfeits.value")]
    found = refused(changed(final=[1, 2], intermediate=[], sprint_laps=[99], sprint_dead_heat="x"))
    assert sorted(found) == [
        ("policy", "values.sprint_dead_heat.value"), ("scale", "values.final.value"), ("scale", "values.intermediate.value"),
        ("sprint-laps", "values.sprint_laps.value"),
    ]  # fmt: skip
    assert refused(json.dumps(given | {"id": ""})) == [("type", "id")]
    for day in ("2026-1-1", "20260101", 5, "x"):
        assert refused(json.dumps(given | {"first_day": day})) == [("type", "first_day")]


# --- kinds of one's own -------------------------------------------------------------------------------------


@frozen
class Note:
    """What a club writes down."""

    id: int
    text: str | None = None


@frozen(kw_only=True)
class NoteFile:
    """A note."""

    id: Annotated[Id, "as text"]
    text: str | None = None


class LongNote(Note):
    """A note that is longer."""


def test_a_kind_of_ones_own_is_registered_and_goes_through_the_same_door(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kinds, "_BY_WORD", kinds._BY_WORD.copy())
    monkeypatch.setattr(kinds, "_BY_CLASS", kinds._BY_CLASS.copy())
    with pytest.raises(TypeError, match="Note has no JSON format"):
        dumps(Note(4))
    register(
        Kind(
            word="note", value=Note, file=NoteFile, write=lambda note: filed(NoteFile, note),
            read=lambda file: Note(int(fields_of(file)["id"]), file.text),
        )
    )  # fmt: skip
    assert words()[-1] == "note"
    assert dumps(Note(4)) == dumps(LongNote(4)) == '{"kind": "note", "version": 1, "id": "4"}'
    assert loads(dumps(Note(4, "rain")), Note) == Note(4, "rain")
    assert refused('{"kind": "note", "version": 1, "id": 4}') == [("type", "id")]
    assert schema(kinds.kind_of(Note(4))) == {
        "title": "A note", "type": "object", "additionalProperties": False, "required": ["kind", "version", "id"],
        "properties": {
            "kind": {"const": "note"}, "version": {"const": 1}, "id": {"type": "string"}, "text": {"type": ["string", "null"]},
        },
    }  # fmt: skip
    with pytest.raises(TypeError, match="Note has no JSON format"):
        dumps(Note(4), "race")


# --- who waits for what -------------------------------------------------------------------------------------

FILES = Path(massstart.files.__file__).parent


@pytest.mark.parametrize("name", ["kinds", "loading", "archive"])
def test_the_door_imports_no_reader_before_it_meets_a_file(name: str) -> None:
    imported = {
        part
        for node in ast.parse((FILES / f"{name}.py").read_text("utf-8")).body
        for part in ([node.module] if isinstance(node, ast.ImportFrom) else [])
    }
    assert imported
    allowed = (
        "massstart.files.archive",
        "massstart.files.jsontext",
        "massstart.files.kinds",
        "massstart.files.limits",
        "massstart.problems",
        "massstart.race",
        "massstart.rulebook",
    )
    own = {str(part) for part in imported if str(part).startswith(("massstart", "cattr"))}
    assert own <= set(allowed)


@pytest.mark.parametrize(
    ("asked", "absent"),
    [
        ("massstart.rank(massstart.Race(rulebook='isu-2018', starters=['a'], finish=['a']))", "cattrs"),
        ("massstart.load('beijing-2022-men-semifinal-1', massstart.Sheet)", "massstart.live"),
        (
            "massstart.dumps(massstart.rank(massstart.Race(rulebook='isu-2018', starters=['a'], finish=['a'])))",
            "massstart.live",
        ),
    ],
)
def test_what_is_not_asked_for_is_not_imported(asked: str, absent: str) -> None:
    code = f"import sys, massstart; {asked}; print({absent!r} in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert done.stdout.strip() == "False"


def test_every_class_of_values_is_named_for_the_module_that_describes_it() -> None:
    for value in (*VALUES.values(), LOG, LOG.header):
        path = f"{type(value).__module__}.{type(value).__qualname__}"
        assert path in kinds._CLASSES
    assert {type(value) for value in VALUES.values()} == {
        Race, Sheet, Result, Changes, StartList, Verification, Rulebook, Outlook, Snapshot, Event, Standings, Quota,
        Chances, Comparison, Course, Strengths, Calibration,
    }  # fmt: skip
