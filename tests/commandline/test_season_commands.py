"""The commands for a season."""

import json
from pathlib import Path
from typing import Any

import pytest
from command import ok, refused, run

from massstart import Sheet, dumps, load, loads, show
from massstart.season import Quota, Standings, quota, standings

MEN = [f"wc-2025-26-{number}-men-division-{division}" for number in (1, 2) for division in "ab"]


def test_standings_are_a_table_of_80_columns_that_tells_every_tie() -> None:
    table = ok("standings", *MEN[::-1])
    lines = table.splitlines()
    assert lines[0] == "2025-26 ISU Speed Skating World Cup, men, after 2 competitions"
    assert lines[1].split() == ["Rnk", "Name", "Nat", "1", "2", "Total"]
    assert lines[2].split() == ["1", "Jorrit", "BERGSMA", "NED", "60", "34", "94"]
    assert all(len(line) <= 80 for line in lines)
    text = " ".join(table.split())
    assert "5th Jordan STOLZ, ahead of Antoine GÉLINAS-BEAULIEU by the latest race (48 against 26)" in text
    assert "7th Bart SWINGS, ahead of Gabriel ODOR by the best single race (43 against 40)" in text
    assert "45th" not in text
    assert "warning: wc-2025-26-1-men-division-a: Jake WEIDEMANN (44 printed, 43 due)" in text


def test_standings_with_races_to_come_show_what_is_possible() -> None:
    lines = ok("standings", *MEN, "--after", "1", "--left", "1").splitlines()
    (heading,) = (index for index, line in enumerate(lines) if line.startswith("Rnk"))
    assert lines[heading].split() == ["Rnk", "Name", "Nat", "1", "Total", "Max", "Best", "Worst"]
    # With nothing more, the leader can fall behind 19 who score enough between them, and no further.
    assert lines[heading + 1].split()[-5:] == ["60", "60", "120", "1", "20"]


def test_long_season_shows_totals_only(tmp_path: Path) -> None:
    paths = []
    for day in range(1, 10):
        sheet = {
            "kind": "sheet", "version": 1, "id": f"s{day}", "rulebook": "isu-2024", "date": f"2025-12-{day:02}", "round": "division a",
            "rows": [{"rank": 1, "name": "[red]Ann\u001b", "nation": "NED"}],
        }  # fmt: skip
        paths.append(tmp_path / f"{day}.json")
        paths[-1].write_text(json.dumps(sheet), "utf-8")
    lines = ok("standings", *map(str, paths)).splitlines()
    assert lines[0] == "after 9 competitions"
    assert [line.split() for line in lines[1:]] == [
        ["Rnk", "Name", "Nat", "Total"],
        ["1", "[red]Ann\ufffd", "NED", "540"],
    ]


def test_who_is_who_can_be_given(tmp_path: Path) -> None:
    paths = []
    for day, name in ((1, "Sven HOLT"), (2, "S. HOLT")):
        sheet = {
            "kind": "sheet", "version": 1, "id": f"s{day}", "rulebook": "isu-2024", "date": f"2025-12-{day:02}", "round": "division a",
            "rows": [{"rank": 1, "name": name, "nation": "NED"}],
        }  # fmt: skip
        paths.append(str(tmp_path / f"{day}.json"))
        Path(paths[-1]).write_text(json.dumps(sheet), "utf-8")
    assert "warning: S. HOLT and Sven HOLT have nearly equal names" in " ".join(ok("standings", *paths).split())
    found = loads(ok("standings", *paths, "--json", "--alias", "S. HOLT = Sven HOLT"), Standings)
    assert [(row.name, row.total) for row in found] == [("S. HOLT", 120)]
    assert "warning" not in ok("standings", *paths, "--apart", "S. HOLT=Sven HOLT")
    for text in ("S. HOLT", "=S. HOLT", "S. HOLT= "):
        assert "is not two names with = between them" in " ".join(refused("standings", *paths, "--alias", text))


def test_places_follow_from_the_standings_through_a_pipe_and_through_a_file(tmp_path: Path) -> None:
    written = ok("standings", *MEN, "--json")
    path = tmp_path / "men.json"
    path.write_text(written, "utf-8")
    piped = ok("quota", "-", "--json", given=written)
    assert piped == ok("quota", str(path), "--json")
    found = json.loads(piped)
    assert (found["kind"], len(found["rows"])) == ("quota", 32)
    assert found["rows"][23] == {
        "place": "24",
        "name": "Daniele DI STEFANO",
        "nation": "ITA",
        "number": 2,
        "points": 32,
    }


def test_every_option_reaches_the_season_and_the_places() -> None:
    sheets = [load(id, Sheet) for id in MEN]
    season = standings(sheets)
    given = dumps(season)
    assert loads(ok("standings", *MEN, "--best", "1", "--json"), Standings) == standings(sheets, best=1) != season
    (heading, first) = ok("standings", *MEN, "--left", "2").splitlines()[1:3]
    assert heading.split()[-3:] == ["Max", "Best", "Worst"]
    assert first.split()[-3] == str(season.rows[0].total + 2 * 60)
    asked: dict[str, Any] = {
        "places": 9,
        "per_nation": 1,
        "reserves": 3,
        "host": season.rows[-1].nation,
        "given_back": ["NED"],
    }
    options = [
        f"--{key.replace('_', '-')}={value[0] if key == 'given_back' else value}" for key, value in asked.items()
    ]
    found = loads(ok("quota", "-", "--json", *options, given=given), Quota)
    assert found == quota(season, **asked)
    for key in asked:
        assert found != quota(season, **{name: value for name, value in asked.items() if name != key})


def test_places_are_a_table_with_the_reasons() -> None:
    given = ok("standings", *MEN, "--json")
    options = ("--places", "5", "--per-nation", "1", "--reserves", "1", "--host", "USA", "--given-back", "NED")
    table = ok("quota", "-", *options, given=given)
    lines = [line.split() for line in table.splitlines()]
    assert lines[0][:3] == ["Places", "at", "the"]
    assert [line[0] for line in lines[1:] if line[0][-1].isdecimal()] == ["1", "2", "3", "4", "5", "R1"]
    assert "1st in the list, first of ITA" not in table
    assert "2nd in the list, first of ITA" in table


def test_a_race_that_was_scored_here_counts_like_a_sheet(tmp_path: Path) -> None:
    race = {
        "kind": "race", "version": 1, "rulebook": "isu-2024", "date": "2025-11-16", "event": "women", "round": "Division A",
        "starters": [{"id": "4", "name": "Ann", "nation": "NED"}, {"id": "87", "name": "Bea", "nation": "ITA"}],
        "finish": ["87", "4"],
    }  # fmt: skip
    path = tmp_path / "race.json"
    path.write_text(json.dumps(race), "utf-8")
    sheet = tmp_path / "sheet.json"
    sheet.write_text(run("rank", str(path), "--sheet").stdout, "utf-8")
    result = tmp_path / "result.json"
    result.write_text(run("rank", str(path), "--json").stdout, "utf-8")
    found = [json.loads(run("standings", str(file), "--json").stdout) for file in (path, sheet, result)]
    assert [[(row["name"], row["total"]) for row in one["rows"]] for one in found] == [[("Bea", 60), ("Ann", 54)]] * 3
    empty = run("standings", "-", given=json.dumps(race | {"starters": [], "finish": []}))
    assert (empty.returncode, empty.stderr) == (2, "-: rows: the sheet has no rows (empty); list the printed rows\n")


def test_every_problem_of_a_season_is_told() -> None:
    lines = refused("standings", MEN[0], MEN[0], "wc-2025-26-1-women-division-a", "--after", "7")
    assert [line.split("(")[1].split(")")[0] for line in lines] == ["repeated-sheet", "mixed-events", "after"]
    assert refused("standings", MEN[0], "nowhere")[0].startswith("nowhere: ")


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ("", "not JSON"),
        ('{"kind": "sheet", "version": 1}', "this is a Sheet, not a Standings"),
        ('{"kind": "standings", "version": 1, "rows": [{"rank": 1, "points": [3], "total": 4}]}', "add up to 3"),
        ('{"kind": "standings", "version": 1, "rows": [{"rank": 1, "points": [], "total": 4}]}', "has no nation"),
    ],
)
def test_what_is_no_ranking_is_refused(given: str, problem: str) -> None:
    assert any(problem in line for line in refused("quota", "-", given=given))


def test_place_that_nobody_holds_cannot_be_given_back() -> None:
    (line,) = refused("quota", "-", "--given-back", "NOR", "--places", "9", given=ok("standings", MEN[0], "--json"))
    assert "NOR holds no place" in line


def test_help_teaches() -> None:
    assert "in any order" in ok("standings", "--help")
    assert "massstart standings --json" in ok("quota", "--help")


@pytest.mark.parametrize("as_", ["text", "markdown", "html", "csv"])
def test_a_season_is_shown_in_every_format_as_the_function_shows_it(as_: str) -> None:
    written = ok("standings", *MEN, "--json")
    shown = show(loads(written, Standings), as_)  # type: ignore[arg-type]  # one of them
    printed = ok("show", "-", "--as", as_, given=written)
    assert [line.rstrip() for line in printed.splitlines()] == [line.rstrip() for line in shown.splitlines()]


def test_a_season_tells_the_reason_of_every_rank_on_demand() -> None:
    written = ok("standings", *MEN, "--json")
    assert "  1st: 94 points (60 + 34)\n" in ok("show", "-", "--reasons", given=written)


def test_an_event_is_not_made_of_seasons() -> None:
    assert "kind" in refused("event", "-", given=ok("standings", MEN[0], "--json"))[0]


def test_sheet_of_a_race_is_named_as_the_race_else_as_its_file(tmp_path: Path) -> None:
    race = {"kind": "race", "version": 1, "rulebook": "isu-2024", "starters": [{"id": "4"}], "finish": ["4"]}
    path = tmp_path / "club.json"
    for given, id in ((race | {"id": "own"}, "own"), (race, "club")):
        path.write_text(json.dumps(given), "utf-8")
        assert json.loads(run("rank", str(path), "--sheet").stdout)["id"] == id
    assert json.loads(run("rank", "-", "--sheet", given=json.dumps(race)).stdout)["id"] == "sheet"
