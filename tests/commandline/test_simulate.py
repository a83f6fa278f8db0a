"""`massstart simulate`: each question from the command line, and what it refuses."""

import json
from pathlib import Path
from typing import Any

import pytest
from command import ok, process, refused, run

from massstart import load, loads
from massstart.chances import Calibration, Chances, Comparison, Course, Strength, Strengths
from massstart.event import Event
from massstart.files.kinds import dumps

KRAMER = "beijing-2022-men-semifinal-1"
SEASON = [f"wc-2025-26-{number}-men-division-{name}" for number in (1, 2) for name in "ab"]
LOG = """{"kind": "race", "version": 1, "rulebook": "isu-2018", "starters": [{"id": "4", "name": "Ann"}, {"id": "87"}, {"id": "9"}, {"id": "10"}, {"id": "11"}, {"id": "12"}, {"id": "13"}, {"id": "14"}, {"id": "15"}], "advance": 7}
{"event": "sprint", "lap": 4, "order": ["4", "87"]}
{"event": "sprint", "lap": 8, "order": ["4", "87"]}
{"event": "sprint", "lap": 12, "order": ["4", "87"]}
"""


def asked(*arguments: str, given: str = "") -> Any:
    return loads(ok("simulate", *arguments, "--json", given=given))


def told(*arguments: str, given: str = "") -> str:
    """What stands on standard error, on one line."""
    return " ".join(" ".join(refused("simulate", *arguments, given=given)).split())


def test_chances_of_a_start_list() -> None:
    found = asked(KRAMER, "--races", "2000", "--seed", "7")
    assert isinstance(found, Chances)
    assert (found.races, found.seed, found.advance, len(found)) == (2000, 7, 8, 15)
    assert found == asked(KRAMER, "--races", "2000", "--seed", "7")
    assert found != asked(KRAMER, "--races", "2000", "--seed", "8")
    lines = ok("simulate", KRAMER, "--races", "2000", "--seed", "7").splitlines()
    assert lines[3].split()[:1] == [found.rows[0].id]
    assert asked(KRAMER, "--races", "10", "--advance", "3").advance == 3


def test_two_processes_give_the_same_answer() -> None:
    arguments = ("simulate", KRAMER, "--races", "12000", "--json")
    assert ok(*arguments, "--workers", "2") == ok(*arguments)


def test_a_race_under_way_goes_on_from_what_has_happened() -> None:
    found = asked("-", "--races", "2000", given=LOG)
    assert found["4"].through == 1.0
    assert found["4"].is_exact
    assert 0.5 < found["9"].through < 1.0
    # Nobody falls in what is left, unless asked for.
    assert "everybody finishes" in found.assumed[-1]
    falling = asked("-", "--races", "2000", "--fall", "0.5", "--lapped", "0.1", given=LOG)
    assert not falling["4"].is_exact
    assert "does not finish with the chance 0.5, and is lapped with the chance 0.1" in falling.assumed[-1]


@pytest.mark.slow
def test_strengths_from_sheets_and_from_a_file(tmp_path: Path) -> None:
    strengths = asked(*SEASON, "--estimate")
    assert isinstance(strengths, Strengths)
    assert strengths.fall > 0
    path = tmp_path / "strengths.json"
    path.write_text(dumps(strengths), "utf-8")
    sheets = [word for sheet in SEASON for word in ("--strengths", sheet)]
    by_file = asked(KRAMER, "--races", "500", "--strengths", str(path))
    assert by_file == asked(KRAMER, "--races", "500", *sheets)
    assert by_file.warnings[0].kind == "unknown-strength"
    assert "strengths among other files" in told(KRAMER, "--strengths", str(path), "--strengths", SEASON[0])


def test_strengths_are_those_of_every_question(tmp_path: Path) -> None:
    path = tmp_path / "strengths.json"
    path.write_text(dumps(Strengths(rows=[Strength(name="Sven Kramer", nation="NED", finish=50.0)])), "utf-8")
    given = (KRAMER, "--strengths", str(path), "--races", "50")
    assert asked(*given)["87"].through == 1.0
    assert asked(*given, "--by-lap").moments[0][1]["87"].through == 1.0
    for question in (("--rulebook", "isu-2014"), ("--attack", "Swings=8")):
        assert [found["87"].through for _, found in asked(*given, *question).scenarios] == [1.0, 1.0]


def test_by_lap_and_its_picture(tmp_path: Path) -> None:
    found = asked(KRAMER, "--by-lap", "--races", "500")
    assert isinstance(found, Course)
    assert [laps for laps, _ in found.moments] == [0, 4, 8, 12]
    out = tmp_path / "course.svg"
    assert ok("simulate", KRAMER, "--by-lap", "--races", "50", "--out", str(out)) == ""
    assert "Sven Kramer" in out.read_text("utf-8")


def test_attack_or_wait() -> None:
    found = asked(KRAMER, "--attack", "Kramer=8", "--races", "2000")
    assert isinstance(found, Comparison)
    assert [name for name, _ in found.scenarios] == ["wait", "attack"]
    assert (found.rows[0].name, found.rows[0].difference > 0) == ("Sven Kramer", True)


def test_another_rulebook() -> None:
    found = asked(KRAMER, "--rulebook", "isu-2014", "--races", "500")
    assert found.scenarios[1][1].title.endswith("points of isu-2014")


def test_an_event(tmp_path: Path) -> None:
    path = tmp_path / "event.json"
    event = Event(field=[str(number) for number in range(12)], date="2026-01-10", advance=2).with_draw(2)
    path.write_text(dumps(event), "utf-8")
    found = asked(str(path), "--races", "500")
    assert (found.unit, sum(row.through for row in found)) == ("event", pytest.approx(4))
    assert ok("simulate", str(path), "--races", "10").startswith("An event: chances of the final\n")
    assert "an event says itself how many go on" in told(str(path), "--advance", "1")
    # Events are asked for their chances alone, and tell nothing of strength.
    for option in ("--by-lap", "--attack=3=4", "--rulebook=isu-2018", "--estimate", "--calibrate", "--season"):
        assert "(kind)" in told(str(path), option)
    assert "(kind)" in told(KRAMER, "--strengths", str(path))


def test_a_season() -> None:
    found = asked(
        *SEASON, "--season", "--races", "40", "--left", "2", "--places", "20", "--per-nation", "1", "--reserves", "3"
    )
    assert (found.unit, found.races, found.advance) == ("season", 40, 20)
    assert "2 to come" in found.title
    assert found.warnings


@pytest.mark.slow
def test_calibration() -> None:
    found = asked(*SEASON, "--calibrate", "--races", "200", "--advance", "3")
    assert isinstance(found, Calibration)
    assert (found.best, found.races) == (3, 4)


def test_a_warning_reaches_the_reader_of_csv() -> None:
    done = run("simulate", KRAMER, "--races", "10", "--strengths", SEASON[0], "--as", "csv")
    assert done.returncode == 0
    assert done.stdout.startswith("Id,Name,Nat,Chance,±,Win,Mean\n")
    assert done.stderr.startswith("warning: strengths: no strength is known of ")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([KRAMER, "--by-lap", "--season"], "--by-lap and --season are questions of their own; ask one"),
        ([KRAMER, "--left", "2", "--places", "3"], "--left and --places: with --season only"),
        ([KRAMER, "--estimate", "--races", "3", "--fall", "0.1"], "--estimate has no use for --races and --fall"),
        ([KRAMER, "--calibrate", "--strengths", KRAMER], "--calibrate has no use for --strengths"),
        ([*SEASON, "--season", "--advance", "3"], "--season has no use for --advance"),
        ([KRAMER, "--strengths", "-"], "not JSON"),
        ([KRAMER, KRAMER], "one FILE is simulated"),
        ([KRAMER, "--attack", "Kramer=8", "--as", "svg"], "there is no picture of a comparison; choose another format"),
        ([KRAMER, "--rulebook", "isu-2014", "--out", "x.png"], "there is no picture of a comparison"),
        ([KRAMER, "--estimate", "--out", "x.svg"], "there is no picture of strengths"),
        ([KRAMER, "--json", "--as", "csv"], "--json writes no other format"),
        ([KRAMER, "--attack", "Kramer"], "'Kramer': write the skater, =, and the lap of the sprint"),
        ([KRAMER, "--attack", "=8"], "'=8': write the skater, =, and the lap of the sprint"),
        ([KRAMER, "--attack", "Kramer=x"], "'Kramer=x': write the skater, =, and the lap of the sprint"),
        ([KRAMER, "--json", "--out", "x.csv"], "--json writes no other format"),
        ([KRAMER, "--attack", "Kramer=5"], "no sprint is to come at lap 5 (unknown-lap); there are 4, 8 and 12"),
        ([KRAMER, "--attack", "Nobody=8"], "no skater matches 'Nobody'"),
        ([KRAMER, "--rulebook", "isu-1900"], "'isu-1900' is not a rulebook"),
        ([KRAMER, "--races", "0"], "0 is not in the range x>=1"),
        ([KRAMER, "--fall", "2"], "2.0 is not in the range 0<=x<=1"),
        (["pyeongchang-2018-men-final", "--by-lap"], "does not tell who won points in the sprints"),
        (["nowhere.json"], "is neither a file nor"),
        (["isu-2018"], "is neither a file nor"),
        ([KRAMER, "--season"], "is not a round of the World Cup"),
        ([KRAMER, "--calibrate"], "races of 1 date with more than 8 skaters"),
    ],
)
def test_what_cannot_be_asked_is_refused(arguments: list[str], said: str) -> None:
    assert said in told(*arguments)


def test_an_attack_where_only_the_finish_is_to_come_is_refused() -> None:
    race = {
        "kind": "race", "version": 1, "rulebook": "isu-2018", "starters": [{"id": "1"}, {"id": "2"}],
        "sprints": {"4": ["2"], "8": ["2"], "12": ["2"]},
    }  # fmt: skip
    done = run("simulate", "-", "--attack", "1=4", given=json.dumps(race))
    assert (done.returncode, done.stdout) == (2, "")
    message = "--attack 1: no sprint is to come at lap 4 (unknown-lap); only the finish is to come"
    assert done.stderr == f"-: {message}\n"


def test_a_result_is_taken_for_its_race(tmp_path: Path) -> None:
    race = {
        "kind": "race", "version": 1, "rulebook": "isu-2018", "starters": [{"id": "1"}, {"id": "2"}],
        "sprints": {"4": ["2"]}, "finish": ["1", "2"],
    }  # fmt: skip
    path = tmp_path / "result.json"
    path.write_text(ok("rank", "-", "--json", given=json.dumps(race)), "utf-8")
    assert [row.id for row in sorted(asked(str(path), "--races", "10"), key=lambda row: row.id)] == ["1", "2"]
    assert [laps for laps, _ in asked(str(path), "--by-lap", "--races", "10").moments] == [0, 4, 8, 12]
    assert len(asked(str(path), "--estimate").rows) == 2


def test_without_numpy_it_says_what_to_install(tmp_path: Path) -> None:
    (tmp_path / "numpy.py").write_text("raise ModuleNotFoundError(\"No module named 'numpy'\", name='numpy')", "utf-8")
    done = run("simulate", KRAMER, PYTHONPATH=str(tmp_path))
    assert (done.returncode, done.stdout) == (2, "")
    assert "pip install 'massstart[simulation]'" in done.stderr


@pytest.mark.slow
def test_shown_again_from_its_file(tmp_path: Path) -> None:
    path = tmp_path / "chances.json"
    path.write_text(ok("simulate", KRAMER, "--races", "50", "--json"), "utf-8")
    assert ok("show", str(path)) == ok("simulate", KRAMER, "--races", "50")
    assert load(str(path)) == asked(KRAMER, "--races", "50")
    (line,) = refused("show", str(path), "--reasons")
    assert "a file of chances has no reasons" in line
    assert process("show", str(path), "--as", "svg").stdout.startswith(b"<?xml")
