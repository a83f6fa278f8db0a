"""The commands for one race and for its sheets, from the arguments to the output and the exit status."""

import json
from pathlib import Path
from typing import Any

import pytest
from command import call, ok, process, refused, run

from massstart import archive

KRAMER = "beijing-2022-men-semifinal-1"
OTHER = "beijing-2022-men-semifinal-2"
RACE: dict[str, Any] = {
    "kind": "race", "version": 1, "rulebook": "isu-2024", "competition": "Club races", "advance": 2,
    "starters": [{"id": "1", "name": "[red]Ann\u202e\u001b[1m", "nation": "NED"}, *({"id": id} for id in "23456")],
    "sprints": {"4": ["2", "1"]}, "finish": [["1", "2"], "3", "4"], "lapped": ["4"], "unfinished": {"5": {"laps": 2}},
    "disqualified": {"6": {}},
}  # fmt: skip


def test_explain_says_why_kramer_was_seventh_and_through() -> None:
    words = " ".join(ok("explain", KRAMER, "Kramer").split())
    assert words.startswith("Sven Kramer (87, NED) 7th: 3 points (sprint 2: 3); ninth across the line, 7:58.22; ")
    assert "ahead of Stefan Due Schmidt and Ian Quinn, who crossed seventh and eighth without points" in words
    assert words.endswith("Q: through to the next round by rank")
    found = json.loads(ok("explain", KRAMER, "87", "--json"))
    (row,) = found["rows"]
    assert (found["kind"], row["rank"], row["qualified"]) == ("result", 7, "Q")


@pytest.mark.parametrize(
    "skater", ["gelinas", "GÉLINAS", "13", "Beaulieu", "gelinas beaulieu", "Gelinas-Beaulieu  ANTOINE", "Ge\u0301linas"]
)
def test_skater_is_found_by_number_or_part_of_the_name_whatever_its_accents(skater: str) -> None:
    assert ok("explain", KRAMER, skater).startswith("Antoine Gélinas-Beaulieu (13, CAN)\n")


def test_skater_who_is_not_there_or_not_alone_is_an_error_that_names_who_is() -> None:
    (line,) = refused("explain", KRAMER, "Bergsma")
    assert "no skater matches 'Bergsma'; there are Kristian Ulekleiv (100)" in line
    (line,) = refused("explain", KRAMER, "an")
    assert "more than one skater matches 'an'" in line


@pytest.mark.parametrize("skater", ["Mueller", "muller", "MÜLLER", "Müller Jörg", "joerg mueller"])
def test_skater_is_found_however_the_name_is_written(skater: str) -> None:
    names = ["Jörg MÜLLER", "Jörg MÜLLER-HOLT", "Ann LEE", "Bea LEE", "Ida HOLT", "Eva BERG"]
    race = RACE | {"starters": [{"id": str(number), "name": name} for number, name in enumerate(names, 1)]}
    # A family name of two is more than one skater's; the whole name is one's.
    whole = skater if " " in skater else f"{skater} Jörg"
    assert ok("explain", "-", whole, given=json.dumps(race)).startswith("Jörg MÜLLER (1)\n")
    (line,) = refused("explain", "-", whole.split()[0], given=json.dumps(race))
    assert line.endswith("there are Jörg MÜLLER-HOLT (2), Jörg MÜLLER (1)")


def test_explain_of_a_sheet_tells_the_final_sprint_apart_and_says_which_total_is_doubtful() -> None:
    table = "# rulebook: isu-2018\n# complete: no\nRank,Name,Time,Points\n1,Ann,7:50.00,60\n2,Bea,7:51.00,{}\n"
    whole = table.replace("# complete: no\n", "")
    words = " ".join(ok("explain", "-", "Bea", given=whole.format(43)).split())
    assert "2nd: 43 points (intermediate sprints: 3, final sprint: 40); second across the line" in words
    words = " ".join(ok("explain", "-", "Bea", given=whole.format(40)).split())
    assert "2nd: 40 points (final sprint: 40); second across the line" in words
    words = " ".join(ok("explain", "-", "Bea", given=whole.format(7)).split())
    assert "2nd: 7 points (final sprint: 40); second across the line" in words
    doubt = "warning: rows[1].total: Bea: 7 points printed, and 40 won in the final sprint by the times (total); "
    assert words.endswith(f"{doubt}correct the total or the time, whichever is wrong")


def test_explain_of_a_skater_without_a_name() -> None:
    assert ok("explain", "-", "2", given=json.dumps(RACE)).startswith("2\n  1st: ")


def test_rank_prints_a_table_of_80_columns() -> None:
    table = ok("rank", "wc-2025-26-2-men-division-a")
    assert all(len(line.rstrip()) <= 80 for line in table.splitlines())
    assert "  6 41" in table
    assert "22 149 Didrik Eng STRAND        NOR (3)              0   22  8:24.80 LAP" in table
    assert "DQ" in table


def test_rank_of_a_race_with_everything() -> None:
    table = ok("rank", "-", given=json.dumps(RACE))
    lines = table.splitlines()
    assert lines[0] == "Club races, isu-2024, 16 laps"
    assert "[red]Ann\ufffd\ufffd[1m" in table
    assert any(line.split() == ["5", "5", "2", "0", "DNF"] for line in lines)
    assert any(line.startswith("warning: sprints.4: ") for line in lines)


def test_rank_of_nobody_is_an_empty_table() -> None:
    empty = {"kind": "race", "version": 1, "rulebook": "isu-2018", "starters": [], "finish": []}
    assert "S4" in ok("rank", "-", given=json.dumps(empty))
    assert json.loads(ok("rank", "-", "--json", given=json.dumps(empty)))["rows"] == []


def test_rank_from_a_file_with_json(tmp_path: Path) -> None:
    path = tmp_path / "race.json"
    path.write_text(json.dumps(RACE), "utf-8")
    result = json.loads(ok("rank", str(path), "--json"))
    assert [(row["rank"], row["id"], row["total"], row["qualified"]) for row in result["rows"]] == [
        (1, "2", 63, "Q"), (2, "1", 62, "Q"), (3, "3", 20, None), (4, "4", 0, None), (5, "5", 0, None), (None, "6", 0, None),
    ]  # fmt: skip


def test_sheet_that_does_not_settle_the_order_cannot_be_ranked() -> None:
    lines = refused("rank", OTHER)
    assert (
        lines[0] == f"{OTHER}: rows: rows are missing from the sheet (missing-fact); add a row for everyone who started"
    )
    assert len(lines) > 5


def test_verify_names_the_findings_and_ends_with_1() -> None:
    text = ok("verify", "wc-2025-26-1-men-division-a", status=1)
    assert "wc-2025-26-1-men-division-a: 1 finding\n" in text
    assert "world-cup-points: row 4: 4th is worth 43 (printed 44, expected 43)" in text
    assert "not checked: qualified: nobody goes on from here" in text


def test_verify_of_a_consistent_sheet_ends_with_0_and_names_what_was_assumed() -> None:
    text = ok("verify", "wsd-2023-men-semifinal-1")
    assert "wsd-2023-men-semifinal-1: consistent\n" in text
    assert "assumed: Ryosuke Tsuchiya: unfinished" in " ".join(text.split())


def test_verify_writes_one_object_a_line_in_the_order_given() -> None:
    ids = archive()[::-1]
    reports = [json.loads(line) for line in ok("verify", *ids, "--json", status=1).splitlines()]
    assert [report["sheet"] for report in reports] == list(ids)
    assert {report["sheet"] for report in reports if not report["consistent"]} == {
        "ustrials-2025-men-race-1", "wc-2025-26-1-men-division-a", "wc-2025-26-1-women-division-a", "wc-2025-26-2-men-division-b",
    }  # fmt: skip


def test_verify_reports_every_unusable_file_and_prints_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "bad.json"
    path.write_text('{"kind": "sheet"}', "utf-8")
    lines = refused("verify", KRAMER, str(path), "nowhere")
    assert [line.split(": ")[1] for line in lines[:3]] == ["id", "rows", "rulebook"]
    assert "nowhere: 'nowhere' is neither a file nor a bundled race" in lines[-1]


def test_verify_of_a_race_is_refused() -> None:
    (line,) = refused("verify", "-", given=json.dumps(RACE))
    assert line == "-: this is a race, and only a published sheet can be verified; see: massstart rank"


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"starters": [{"id": "1"}, {"id": "1"}]}, "repeated-id"),
        ({"finish": ["1", "2", "3", "4", "9"]}, "unknown-id"),
        ({"finish": [["1", "2"], "3"]}, "no-outcome"),
        ({"did_not_start": ["1"]}, "two-outcomes"),
        ({"sprints": {"5": []}}, "unknown-lap"),
        ({"sprints": {"4": ["5"]}}, "left-race"),
        ({"did_not_start": ["5"], "unfinished": {}, "sprints": {"4": ["5"]}}, "did-not-start"),
        ({"unfinished": {"5": {"laps": 16}}}, "laps"),
        ({"times": {"1": "8.24,46"}}, "time"),
        ({"lapped": ["5"]}, "lapped-not-finished"),
        ({"finsh": []}, "unknown-key"),
        ({"finish": None}, "type"),
        ({"rulebook": "isu-2011"}, "unknown-rulebook"),
    ],
)
def test_each_kind_of_refused_input_gives_status_2_and_its_reasons(changes: dict[str, Any], kind: str) -> None:
    lines = refused("rank", "-", given=json.dumps(RACE | changes))
    assert any(f"({kind}); " in line for line in lines)


@pytest.mark.parametrize("given", [b"", b"\xff", b"[]", b"{", b"null"])
def test_what_is_no_json_object_is_refused(given: bytes) -> None:
    assert len(refused("rank", "-", given=given)) == 1


def test_message_stays_on_one_line_whatever_stood_in_the_file() -> None:
    assert len(refused("rank", "-", given=json.dumps(RACE | {"a\nb\u001b": 1}))) == 1


def test_advance_makes_the_start_list_of_the_final() -> None:
    text = ok("advance", KRAMER, OTHER)
    assert "   13 87" in text
    assert "(assumed)" in text
    final = json.loads(ok("advance", KRAMER, OTHER, "--json"))
    assert (final["kind"], len(final["rows"])) == ("start-list", 16)
    assert final["rows"][0] == {
        "start": 1, "id": "100", "name": "Kristian Ulekleiv", "nation": "NOR", "from": 1, "rank": 1, "qualified": "Q",
    }  # fmt: skip


def test_advance_of_a_race_with_another_number() -> None:
    text = ok("advance", "-", "--advance", "5", given=json.dumps(RACE))
    assert "Reserves" not in text
    assert ["5", "5"] in [line.split()[:2] for line in text.splitlines()]


def test_advance_takes_the_result_of_a_race_like_the_race(tmp_path: Path) -> None:
    path = tmp_path / "result.json"
    path.write_text(ok("rank", "-", "--json", given=json.dumps(RACE)), "utf-8")
    assert ok("advance", str(path)) == ok("advance", "-", given=json.dumps(RACE))


def test_advance_of_one_semifinal_twice_is_refused() -> None:
    assert any("starts in semifinals 1 and 2" in line for line in refused("advance", KRAMER, KRAMER))


def test_rulebooks_are_listed_and_shown() -> None:
    assert [line.split()[0] for line in ok("rulebooks").splitlines()[1:]] == [
        "isu-2014", "isu-2018", "isu-2024", "isu-2014-junior", "isu-2018-junior", "isu-2024-junior",
    ]  # fmt: skip
    text = ok("rulebooks", "isu-2024")
    assert "sprint_dead_heat       skip            assumed" in text
    assert "certain: advance: isu.org, February 2018" in text
    assert len(ok("rulebooks", "--json").splitlines()) == 6
    (line,) = refused("rulebooks", "isu-2011")
    assert "there are isu-2014, isu-2018, isu-2024" in line


def test_archive_lists_the_bundled_races() -> None:
    assert [line.split()[0] for line in ok("archive").splitlines()[1:-1]] == list(archive())
    sheets = [json.loads(line) for line in ok("archive", "--json").splitlines()]
    assert [sheet["id"] for sheet in sheets] == list(archive())
    assert all(sheet["sources"] for sheet in sheets)


def test_help_teaches() -> None:
    text = ok("--help")
    assert "massstart explain beijing-2022-men-semifinal-1 Kramer" in text
    assert "Exit status: 0 done and consistent; 1 a sheet has findings, or a case" in text
    for command in ("rank", "verify", "explain", "advance", "event", "rulebooks", "archive", "conformance"):
        assert "Usage:" in ok(command, "--help")


def test_wrong_usage_ends_with_2() -> None:
    assert run("rank").returncode == 2
    assert run("verify").returncode == 2


def test_output_is_utf8_and_without_colour_whatever_the_locale() -> None:
    done = run("explain", KRAMER, "13", LC_ALL="C", PYTHONIOENCODING="ascii")
    assert "Gélinas" in done.stdout
    assert "\x1b" not in done.stdout


def test_without_its_libraries_the_command_says_what_to_install(tmp_path: Path) -> None:
    (tmp_path / "rich.py").write_text("raise ModuleNotFoundError(\"No module named 'rich'\", name='rich')", "utf-8")
    done = run("archive", PYTHONPATH=str(tmp_path))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "massstart: rich is not installed; run: pip install 'massstart[cli]'\n"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("status", "arguments"),
    [
        (0, ("explain", KRAMER, "13")), (0, ("rank", "-", "--json")), (0, ("show", KRAMER, "--as", "png")),
        (1, ("verify", "wc-2025-26-1-men-division-a")), (2, ("rank", OTHER)), (2, ("rank", "nowhere")),
    ],
)  # fmt: skip
def test_command_answers_alike_as_a_process_and_within_this_one(status: int, arguments: tuple[str, ...]) -> None:
    given = json.dumps(RACE).encode()
    alone, within = process(*arguments, given=given), call(*arguments, given=given)
    assert alone.returncode == status
    assert (within.returncode, within.stdout, within.stderr) == (status, alone.stdout, alone.stderr)
    assert bool(alone.stderr) == (status == 2)


def test_usage_names_the_command_as_it_was_called() -> None:
    assert process("rank").stderr.startswith(b"Usage: python -m massstart rank [OPTIONS] FILE\n")
    assert call("rank").stderr.startswith(b"Usage: massstart rank [OPTIONS] FILE\n")
