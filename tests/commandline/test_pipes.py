"""Whatever a command writes, the others read: a result, a start list, an outlook, an event, a season."""

import json
from pathlib import Path

import pytest
from command import ok, refused, run

from massstart import dumps, load, loads

ONE, TWO, FINAL = (f"pyeongchang-2018-men-{race}" for race in ("semifinal-1", "semifinal-2", "final"))
KRAMER = "beijing-2022-men-semifinal-1"
SEASON = [f"wc-2025-26-{number}-men-division-{division}" for number in (1, 2) for division in "ab"]
LOG = """{"kind": "race", "version": 1, "rulebook": "isu-2018", "starters": [{"id": "4", "name": "Ann"}, {"id": "87"}]}
{"event": "sprint", "lap": 4, "order": ["4", "87"]}
{"event": "sprint", "lap": 8, "order": ["87", "4"]}
"""


@pytest.mark.parametrize(
    ("arguments", "shown"),
    [
        (["rank", KRAMER], "beijing-2022-men-semifinal-1"),
        (["explain", KRAMER, "Kramer"], "Sven Kramer"),
        (["verify", ONE], "consistent"),
        (["advance", ONE, TWO], "Start list of the final"),
        (["event", ONE, TWO], "overall ranking"),
        (["standings", *SEASON], "after 2 competitions"),
        (["read", KRAMER], "Sven Kramer"),
    ],
)
def test_what_a_command_writes_is_loaded_and_shown(arguments: list[str], shown: str, tmp_path: Path) -> None:
    text = ok(*arguments, "--json")
    if arguments[0] != "event":
        assert dumps(loads(text)) + "\n" == text
    path = tmp_path / "x.json"
    path.write_text(text, "utf-8")
    assert loads(text) == load(path)
    if arguments[0] != "rank":
        assert shown in ok("show", str(path))
    for as_ in ("markdown", "html"):
        assert ok("show", "-", "--as", as_, given=text)
    # A CSV has no room for a warning: whom the second semifinal of 2018 left unfinished is said beside it.
    done = run("show", "-", "--as", "csv", given=text)
    assert (done.returncode, bool(done.stdout)) == (0, True)
    warned = [line.split(": ")[1] for line in done.stderr.splitlines()]
    assert warned == ["semifinals[1].rows[10].laps", "semifinals[1].rows[11].laps"] * (
        arguments[0] in ("advance", "event")
    )


def test_a_result_goes_where_a_race_goes() -> None:
    result = ok("rank", KRAMER, "--json")
    assert ok("rank", "-", "--json", given=result) == result
    assert ok("rank", "-", given=result) == ok("rank", KRAMER)
    assert ok("explain", "-", "Kramer", given=result) == ok("explain", KRAMER, "Kramer")
    assert "7th: 3 points" in ok("show", "-", "--reasons", given=result)
    assert ok("advance", "-", "--json", given=result) == ok("advance", KRAMER, "--json")


def test_a_picture_is_drawn_of_a_written_result() -> None:
    drawn = ok("show", "-", "--as", "svg", given=ok("rank", SEASON[0], "--json"))
    assert "The result tells the points of the sprints, not the places" in drawn
    assert "Sprint 1" in drawn
    assert "lap 4" in drawn


def test_an_event_report_is_read_as_its_event() -> None:
    written = ok("event", ONE, TWO, "--final", FINAL, "--write")
    report = ok("event", "-", "--json", given=written)
    assert json.loads(report)["record"] == json.loads(written)
    assert ok("event", "-", "--write", given=report) == written
    assert ok("event", "-", given=report) == ok("event", "-", given=written)


def test_places_follow_from_a_written_season() -> None:
    season = ok("standings", *SEASON, "--json")
    places = ok("quota", "-", "--json", given=season)
    assert ok("show", "-", given=places).splitlines()[0] == "Places at the Games by World Cup points, mass start men"
    assert "this is a Quota, not a Standings" in refused("quota", "-", given=places)[0]


def test_an_outlook_is_read_again() -> None:
    written = ok("outlook", "-", "--json", given=LOG)
    assert ok("outlook", "-", "--json", given=written) == written
    # Of the race, an outlook holds neither name nor warnings.
    table = ok("outlook", "-", given=LOG).splitlines()
    assert ok("outlook", "-", given=written).splitlines()[0] == "Outlook, provisional"
    assert set(ok("outlook", "-", given=written).splitlines()[1:]) <= set(table)
    assert (
        ok("show", "-", "--as", "csv", given=written).splitlines()[0] == "Id,Name,Points,Best,Worst,Verdict,Enough,Hope"
    )
    assert ok("outlook", "-", "--skater", "Ann", given=written) == ok("outlook", "-", "--skater", "Ann", given=LOG)
    one = json.loads(ok("outlook", "-", "--skater", "Ann", "--json", given=LOG))
    assert [row["id"] for row in one["rows"]] == ["4"]
    assert one["rows"][0] in json.loads(written)["rows"]
    assert "--advance asks for an outlook made anew" in refused("outlook", "-", "--advance", "1", given=written)[-1]


def test_every_line_of_a_followed_race_is_read() -> None:
    lines = ok("live", "-", "--json", given=LOG).splitlines()
    assert {json.loads(line)["kind"] for line in lines} == {"changes", "outlook", "provisional"}
    for line in lines:
        assert dumps(loads(line)) == line


def test_every_rulebook_is_read() -> None:
    for line in ok("rulebooks", "--json").splitlines():
        assert dumps(loads(line)) == line


@pytest.mark.parametrize(
    ("written", "options", "message"),
    [
        (["advance", ONE, TWO], ["--reasons"], "a start list has no reasons"),
        (["event", ONE, TWO], ["--reasons"], "an event has no reasons"),
        (["advance", ONE, TWO], ["--as", "svg"], "there is no picture of a start list"),
        (["verify", ONE], ["--as", "svg"], "there is no picture of a verification"),
        (["rulebooks", "isu-2024"], [], "this is a Rulebook, not a Race"),
    ],
)
def test_what_cannot_be_shown_is_said(written: list[str], options: list[str], message: str) -> None:
    assert message in refused("show", "-", *options, given=ok(*written, "--json"))[0]
