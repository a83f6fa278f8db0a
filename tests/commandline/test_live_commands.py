"""The commands for a race under way."""

import importlib
import json
from pathlib import Path
from typing import Any

import pytest
from command import ok, refused

from massstart.commandline.cli import main

RACE: dict[str, Any] = {
    "kind": "race", "version": 1, "rulebook": "isu-2018", "competition": "Club races",
    "starters": [{"id": "1", "name": "[red]Ann\u202e", "nation": "NED"}, *({"id": id} for id in "23456")],
    "sprints": {"4": ["1", "2", "3"], "8": ["2", "1", "4"]}, "unfinished": {"6": {"laps": 9}}, "advance": 2,
}  # fmt: skip


def test_outlook_shows_who_is_through_and_what_each_still_needs() -> None:
    table = ok("outlook", "-", given=json.dumps(RACE))
    lines = table.splitlines()
    assert lines[:2] == [
        "Club races, isu-2018, 16 laps, provisional",
        "2 sprints to come, after lap 12 and 16; best 2 go on",
    ]
    assert lines[2].split() == ["Id", "Name", "Nat", "Points", "Best", "Worst", "Verdict", "Enough", "Hope"]
    assert lines[3].split() == ["1", "[red]Ann\ufffd", "NED", "5", "1", "5", "possible", "2", "2"]
    assert [line.split()[0] for line in lines[4:8]] == ["2", "3", "4", "5"]
    assert "completes the distance, unlapped, without dead heats" in " ".join(table.split())


def test_outlook_warns_of_what_is_doubtful() -> None:
    table = ok("outlook", "-", given=json.dumps(RACE | {"sprints": {"8": ["2", "1", "4"]}}))
    said = " ".join(table.partition("warning: ")[2].split())
    assert said.startswith("sprints.4: a later sprint is given, at 8, but not this one (missing-sprint);")


def test_outlook_as_json_is_one_object_of_the_format() -> None:
    found = json.loads(ok("outlook", "-", "--json", given=json.dumps(RACE)))
    assert (found["kind"], found["version"], found["advance"], found["sprints_left"]) == ("outlook", 1, 2, [12, 16])
    assert [row["id"] for row in found["rows"]] == ["1", "2", "3", "4", "5"]
    assert list(found["rows"][0]) == [
        "id", "name", "nation", "points", "best", "worst", "status", "through_if", "possible_if", "needs",
    ]  # fmt: skip


def test_outlook_for_another_number_who_go_on() -> None:
    found = json.loads(ok("outlook", "-", "--json", "--advance", "5", given=json.dumps(RACE)))
    assert {row["status"] for row in found["rows"]} == {"through"}
    one = json.loads(ok("outlook", "-", "--json", "--skater", "ann", "--advance", "1", given=json.dumps(RACE)))
    assert [row["id"] for row in one["rows"]] == ["1"]


def test_a_place_that_there_is_not_is_a_dash() -> None:
    book = {
        "id": "own", "laps": 2, "sprint_laps": [1], "intermediate": [9], "final": [1], "forfeits": False
    }  # fmt: skip
    race = RACE | {"rulebook": book, "sprints": {"1": ["1"]}, "advance": 1, "unfinished": {}}
    assert ok("outlook", "-", given=json.dumps(race)).splitlines()[4].split() == [
        "2", "0", "2", "6", "out", "-", "-",
    ]  # fmt: skip


def test_outlook_of_one_skater_says_what_is_needed() -> None:
    words = " ".join(ok("outlook", "-", "--skater", "ann", given=json.dumps(RACE)).split())
    assert words.startswith("[red]Ann\ufffd (1, NED, 5 points) Through with second or better, whatever the others do; ")
    assert words.endswith("Rank 1 to 5")
    assert ok("outlook", "-", "--skater", "5", given=json.dumps(RACE)).startswith("5 (no points)\n")


def test_outlook_reads_a_log_as_far_as_it_goes() -> None:
    header = {key: value for key, value in RACE.items() if key not in ("sprints", "unfinished")}
    events = [{"event": "sprint", "lap": 4, "order": ["1", "2", "3"]}, {"event": "unfinished", "id": "6", "laps": 9}]
    log = "\n".join(map(json.dumps, [header, *events]))
    found = json.loads(ok("outlook", "-", "--json", given=log))
    assert found["sprints_left"] == [8, 12, 16]
    assert [row["points"] for row in found["rows"]] == [3, 2, 1, 0, 0]


def test_what_has_no_outlook_is_refused() -> None:
    over = RACE | {"finish": ["1", "2", "3", "4", "5"]}
    assert refused("outlook", "-", given=json.dumps(over)) == [
        "-: finish: the race is under way, and has no finish yet (finished); remove finish, or make it a Race"
    ]
    assert refused("outlook", "-", "--skater", "7", given=json.dumps(RACE))[0].startswith("-: no skater matches '7'")
    assert refused("outlook", "nowhere.json")[0].startswith("nowhere.json: 'nowhere.json' is neither a file nor")
    assert "kind" in refused("outlook", "beijing-2022-men-semifinal-1")[0]


def test_a_race_too_open_is_refused_and_not_guessed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "open.json"
    path.write_text(json.dumps(RACE | {"starters": [{"id": str(number)} for number in range(16)]}), "utf-8")
    monkeypatch.setattr(importlib.import_module("massstart.live.outlook"), "STEPS", 1)
    monkeypatch.setattr("sys.argv", ["massstart", "outlook", str(path)])
    with pytest.raises(SystemExit) as ended:
        main()
    shown = capsys.readouterr()
    assert (ended.value.code, shown.out) == (2, "")
    assert shown.err.endswith(": the rest of this race can fall in too many ways to look through them all\n")


def test_outlook_if_some_finish_in_given_places() -> None:
    found = json.loads(ok("outlook", "-", "--json", "--if", "ann=5, 2=4", given=json.dumps(RACE)))
    assert {row["id"]: row["finish"] for row in found["rows"] if "finish" in row} == {"1": 5, "2": 4}
    words = ok("outlook", "-", "--if", "1=5", "--skater", "ann", given=json.dumps(RACE))
    assert "Fifth across the line" in words
    tied = json.loads(ok("outlook", "-", "--json", "--if", "1=1,2=1", given=json.dumps(RACE)))
    assert sorted(row["finish"] for row in tied["rows"] if "finish" in row) == [1, 1]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("ann", "'ann': write the skater, =, and the place, as in 87=9"),
        ("1=x", "'1=x': write the skater, =, and the place"),
        ("=1", "'=1': write the skater, =, and the place"),
        ("1=2,1=3", "1 has two places"),
        ("1=2,ann=3", "'ann' is '1', who has a place already"),
        ("9=1", "no skater matches '9'"),
        ("1=99", "99 is not a place that is free"),
    ],
)
def test_places_that_cannot_be_are_refused(text: str, words: str) -> None:
    assert words in " ".join(" ".join(refused("outlook", "-", "--if", text, given=json.dumps(RACE))).split())


def test_outlook_goes_out_in_every_format(tmp_path: Path) -> None:
    given = json.dumps(RACE)
    assert ok("outlook", "-", "--as", "csv", given=given).startswith(
        "Id,Name,Nat,Points,Best,Worst,Verdict,Enough,Hope\n"
    )
    page = tmp_path / "outlook.html"
    assert ok("outlook", "-", "--skater", "ann", "--out", str(page), given=given) == ""
    assert page.read_text("utf-8").count("<tr") == 3
    # Who is out has no place that would do: in a table that is a dash, which a spreadsheet would run as a formula.
    header = {key: value for key, value in RACE.items() if key not in ("sprints", "unfinished")} | {"advance": 1}
    log = json.dumps(header) + '\n{"event": "arrival", "id": "1"}'
    rows = ok("outlook", "-", "--as", "csv", given=log).splitlines()
    assert any(row.endswith(",out,,") for row in rows)
    assert "--json writes no other format" in " ".join(refused("outlook", "-", "--json", "--as", "csv", given=given))
    assert "--json writes no other format" in " ".join(refused("outlook", "-", "--json", "--out", "x", given=given))
    written = ok("outlook", "-", "--json", given=given)
    assert "--if asks for an outlook made anew" in " ".join(
        " ".join(refused("outlook", "-", "--if", "1=1", given=written)).split()
    )
