"""`massstart event`, from the arguments to the output."""

import io
import json
import os
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from massstart.commandline import event as _event  # noqa: F401  # importing it adds the command to the group
from massstart.commandline import show as _show  # noqa: F401  # likewise
from massstart.commandline.group import massstart

SEMIFINALS = ("pyeongchang-2018-men-semifinal-1", "pyeongchang-2018-men-semifinal-2")
FINAL = ("--final", "pyeongchang-2018-men-final")
FOLDER = Path(__file__).parents[1] / "conformance" / "schemas"
SCHEMAS = {path.name: json.loads(path.read_text("utf-8")) for path in FOLDER.glob("*.json")}
REGISTRY: Registry[Any] = Registry().with_resources(
    (schema["$id"], Resource.from_contents(schema)) for schema in SCHEMAS.values()
)


def run(*arguments: str, given: object = None, command: str = "event") -> subprocess.CompletedProcess[str]:
    """The command within this process, which is much quicker than one of its own."""
    out, error = io.StringIO(), io.StringIO()
    text = io.TextIOWrapper(io.BytesIO(json.dumps(given).encode()))
    with (
        patch.object(sys, "stdin", text), patch.dict(os.environ, {"COLUMNS": "80"}),
        redirect_stdout(out), redirect_stderr(error), pytest.raises(SystemExit) as caught,
    ):  # fmt: skip
        massstart([command, *arguments])
    return subprocess.CompletedProcess(arguments, int(caught.value.code or 0), out.getvalue(), error.getvalue())


def ok(*arguments: str, given: object = None) -> str:
    done = run(*arguments, given=given)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def refused(*arguments: str, given: object = None) -> list[str]:
    done = run(*arguments, given=given)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr
    return done.stderr.splitlines()


def obeying(schema: str, text: str) -> Any:
    """An object of the output, held against its schema."""
    found = json.loads(text)
    Draft202012Validator(SCHEMAS[schema], registry=REGISTRY).validate(found)
    return found


def report(*arguments: str, given: object = None) -> Any:
    return obeying("event-report.json", ok(*arguments, "--json", given=given))


def changed(*arguments: str, given: object = None) -> Any:
    return obeying("event.json", ok(*arguments, given=given))


def race(letter: str, size: int = 12, **more: Any) -> dict[str, Any]:
    ids = [f"{letter}{place}" for place in range(1, size + 1)]
    starters = [{"id": id} for id in ids]
    return {
        "kind": "race",
        "version": 1,
        "rulebook": "isu-2018",
        "advance": 8,
        "starters": starters,
        "finish": ids,
    } | more


def event(*semifinals: dict[str, Any] | None, **more: Any) -> dict[str, Any]:
    return {"kind": "event", "version": 1, "semifinals": list(semifinals), **more}


def starts(found: Any) -> list[str]:
    return [row["id"] for row in found["start_list"]["rows"]]


def ranks(found: Any) -> dict[str, int | None]:
    return {row["id"]: row["rank"] for row in found["overall"]["rows"]}


def finished(given: dict[str, Any]) -> dict[str, Any]:
    """The event with a final in which everyone comes in as they stand on the list."""
    ids = starts(report("-", given=given))
    final = {"starters": [{"id": id} for id in ids], "finish": ids, "advance": None}
    return given | {"final": race("x") | final}


class TestPyeongChang2018:
    def test_the_mens_event_runs_through_and_silovs_is_17th(self) -> None:
        found = report(*SEMIFINALS, *FINAL)
        assert (found["stage"], len(starts(found)), len(found["overall"]["rows"])) == ("finished", 16, 24)
        assert ranks(found)["Lee Seung-hoon"] == 1
        (silovs,) = [row for row in found["overall"]["rows"] if row["name"] == "Haralds Silovs"]
        assert (silovs["rank"], silovs["semifinal_rank"], silovs["finalist"]) == (17, 9, False)
        gap, *laps = found["open"]
        assert [text.rpartition(": ")[2] for text in laps] == [
            "the laps of Ryosuke Tsuchiya is not known",
            "the laps of Wang Hongli is not known",
        ]
        assert gap == (
            "ranks 19 to 20, between Brian Hansen and Konrad Niedźwiedzki: the time of Brian Hansen and Konrad "
            "Niedźwiedzki is not known"
        )

    def test_table(self) -> None:
        lines = ok(*SEMIFINALS, *FINAL).splitlines()
        assert max(map(len, lines)) <= 80
        assert "Start list of the final (not frozen)" in lines
        assert "Overall ranking (assumed: rank-points-time)" in lines
        assert " 17 Haralds Silovs        LAT               1    9    3 8:28.93" in lines
        assert "  ? Brian Hansen          USA               1   10    1" in [line.rstrip() for line in lines]
        assert any(line.startswith("assumed: overall ranking, policy rank-points-time: ") for line in lines)

    def test_other_policy(self) -> None:
        found = report(*SEMIFINALS, *FINAL, "--policy", "shared")
        assert (found["overall"]["policy"], ranks(found)["Sverre Lunde Pedersen"]) == ("shared", 17)

    def test_event_is_written_and_read_again(self) -> None:
        whole = changed(*SEMIFINALS, *FINAL, "--write")
        assert (whole["event"], len(whole["field"]), whole["final"]["kind"]) == ("men", 24, "sheet")
        assert report("-", given=whole) == report(*SEMIFINALS, *FINAL)
        assert report("-", *FINAL, given=whole | {"final": None})["stage"] == "finished"


def test_final_of_seventeen() -> None:
    given = event(race("a", advanced={"a10": {"reason": "hindered by a4"}}), race("b"), policy="shared")
    found = report("-", given=finished(given))
    assert (len(starts(found)), starts(found)[-1]) == (17, "a10")
    assert (ranks(found)["a10"], ranks(found)["a9"], ranks(found)["b9"]) == (17, 18, 18)


def test_semifinal_with_fewer_than_eight_finishers() -> None:
    six = race("a", 6, finish=["a1", "a2", "a3", "a4"], unfinished={"a5": {"laps": 9}}, disqualified={"a6": {}})
    found = report("-", given=finished(event(six, race("b"))))
    assert len(starts(found)) == 13
    assert (ranks(found)["b9"], ranks(found)["a6"]) == (14, None)
    lines = ok("-", given=event(six, race("b"))).splitlines()
    assert any(line.split() == ["DQ", "a6", "1", "DQ", "0"] for line in lines)
    assert any(line.split() == ["?", "a1", "?", "1", "1", "60"] for line in lines)


def test_disqualification_after_publication() -> None:
    frozen = changed("-", "--publish", given=event(race("a"), race("b")))
    assert not report("-", given=frozen)["changes"]
    corrected = frozen | {
        "semifinals": [race("a", disqualified={"a7": {"clause": "257.4.5"}}), frozen["semifinals"][1]]
    }
    found = report("-", given=corrected)
    assert starts(found) == starts(report("-", given=frozen))
    assert [row["id"] for row in found["changes"]["leaves"]] == ["a7"]
    assert [(row["id"], row["start"]) for row in found["changes"]["enters"]] == [("a9", 15)]
    assert found["changes"]["renumbered"] == [{"id": "a8", "start": 15, "new": 13}]
    lines = ok("-", given=corrected).splitlines()
    at = lines.index("If the list were reopened")
    assert lines[at + 1 : at + 4] == [
        "  a7 leaves (number 13)",
        "  a9 enters (number 15)",
        "  a8: number 13 instead of 15",
    ]
    reopened = changed("-", "--reopen", given=corrected)
    assert "start_list" not in reopened
    assert starts(report("-", given=reopened))[12:15] == ["a8", "b7", "a9"]


def test_tie_on_the_eighth_place() -> None:
    tied = race("a", finish=[*(f"a{place}" for place in range(1, 8)), ["a8", "a9"], "a10", "a11", "a12"])
    found = report("-", given=event(tied, race("b")))
    assert (len(starts(found)), starts(found)[-1]) == (17, "a9")
    assert "of a tie on the last place all go to the final: semifinal 1" in found["assumed"]


def test_reserve_steps_in() -> None:
    lines = ok("-", given=event(race("a"), race("b"), withdrawals=[{"id": "b1", "reason": "ill"}])).splitlines()
    assert any(line.split() == ["2", "b9", "2", "9"] for line in lines)
    assert any(
        line.startswith("assumed: the reserve for a withdrawal is the next ranked of the same") for line in lines
    )


def test_draw_by_ranking_and_by_lot() -> None:
    field = [{"id": id, "name": f"N. {id}", "nation": "NED" if id in "ab" else None} for id in "abcd"]
    given = event(field=field)
    assert ok("-", given=given).splitlines() == [
        "Event", "stage: entered", "open: the semifinals are not drawn",
    ]  # fmt: skip
    drawn = changed("-", "--draw", "2", given=given)
    assert (drawn["draw"]["method"], drawn["draw"]["semifinals"]) == ("serpentine", [["a", "d"], ["b", "c"]])
    lot = changed("-", "--draw", "2", "--seed", "x", given=given)
    assert (lot["draw"]["method"], lot["draw"]["seed"]) == ("random", "x")
    lines = ok("-", given=lot).splitlines()
    assert "Draw (random, seed 'x')" in lines
    assert report("-", given=lot)["draw"] == lot["draw"]
    assert report("-", given=lot)["stage"] == "drawn"


def test_warning_and_unknown_start_number_are_shown() -> None:
    rows = [
        {"name": "Ann", "qualified": "Q"},
        {"name": "Bea", "status": "DNF"},
        {"rank": 3, "name": "Cleo", "status": "DQ"},
    ]
    sheet = {"kind": "sheet", "version": 1, "id": "s", "rulebook": "isu-2018", "rows": rows, "complete": False}
    final = {"kind": "sheet", "version": 1, "id": "f", "rulebook": "isu-2018", "rows": [{"rank": 1, "name": "Dora"}]}
    given = event(sheet, start_list=[{"id": "Ann", "from": 1}])
    lines = ok("-", given=given).splitlines()
    assert any(line.startswith("open: the published start list is not what") for line in lines) is False
    lines = ok("-", given=given | {"final": final}).splitlines()
    assert any(
        line.startswith("warning: final: not on the start list of the final: Dora (not-on-list)") for line in lines
    )
    assert any(line.split() == ["?", "Bea", "1", "DNF"] for line in lines)
    off = event(sheet, start_list=[{"id": "Bea", "from": 1}])
    lines = ok("-", given=off).splitlines()
    assert "  Bea leaves (number not known)" in lines
    assert "  Ann enters (number not known)" in lines


@pytest.mark.parametrize(
    ("given", "lines"),
    [
        ({"kind": "event", "version": 2, "stage": 1}, ["stage: ", "version: "]),
        (event(race("a", 1), race("a", 1)), ["semifinals[1].starters[0]: "]),
        (event(race("a", 2, finish=["a1"]), {"kind": "lap"}, policy="x"),
         ["policy: ", "semifinals[0].starters[1]: 'a2' neither finished", "semifinals[1].kind: "]),
        (event(draw={"semifinals": [["a"], ["a"]]}, final=7), ["draw.semifinals[1][0]: 'a' is drawn twice", "final: 7 is not an object"]),
        (event(race("a"), start_list=[{"id": "a1", "from": "1"}, 4]), ["start_list[0].from: ", "start_list[1]: 4 is not an object"]),
        (event(race("a"), start_list=[{"id": "a1", "form": 1}]),
         ["start_list[0].form: 'form' is not a key here (unknown-key); correct it, or remove it; there are start, id, ", "start_list[0].from: is missing"]),
        ({"kind": "result"}, ["kind: this is a Result, not a Race or a Sheet or an Event"]),
        ([], ["the file does not hold an object"]),
    ],
)  # fmt: skip
def test_unusable_event_gives_all_its_problems_with_their_places(given: Any, lines: list[str]) -> None:
    found = refused("-", given=given)
    assert len(found) == len(lines)
    for one, wanted in zip(found, lines, strict=True):
        assert one.startswith(f"-: {wanted}") or wanted in one


def test_event_that_cannot_be_changed_so_says_why() -> None:
    assert refused("-", "--publish", given=event(race("a"), None))[0].startswith(
        "-: semifinals[1]: the semifinal is not"
    )
    assert "skated already" in refused("-", "--draw", "2", given=event(race("a")))[0]


def test_files_that_make_no_event_together(tmp_path: Path) -> None:
    path = tmp_path / "event.json"
    path.write_text(json.dumps(event(race("a"))), "utf-8")
    for arguments in ((str(path), SEMIFINALS[0]), (SEMIFINALS[0], str(path)), (SEMIFINALS[0], "--final", str(path))):
        (line,) = refused(*arguments)
        assert "an event among other files (kind); give one event" in line
    assert len(refused("nowhere", "elsewhere", "--final", "neither")) == 3
    assert json.loads(ok(str(path), "--json"))["stage"] == "qualified"


class TestShow:
    """An event is shown by its overall ranking, in every format that tables have."""

    def shown(self, *arguments: str, given: object, warned: tuple[str, ...] = ()) -> str:
        done = run("-", *arguments, given=given, command="show")
        assert done.returncode == 0
        assert [line.split(" ")[1] for line in done.stderr.splitlines()] == [f"{where}:" for where in warned]
        return done.stdout

    def test_csv_has_a_row_for_everyone(self) -> None:
        given = event(race("a", 3, advance=1), race("b", 2, disqualified={"b2": {}}), policy="shared")
        warned = tuple(f"semifinals[{semifinal}].sprints.{lap}" for semifinal in (0, 1) for lap in (4, 8, 12))
        assert self.shown("--as", "csv", given=given, warned=("advance", *warned)).splitlines() == [
            "Rnk,Id,Final,Semifinal,SRnk,SPts", "?,a1,?,1,1,60", "?,b1,?,2,1,60",
            "3,a2,,1,2,40", "4,a3,,1,3,20", "DQ,b2,,2,DQ,0",
        ]  # fmt: skip

    def test_page_and_markdown_say_what_is_open_and_assumed(self) -> None:
        given = event(race("a"), race("b"), competition="Club <races>")
        for form, escaped in (("html", "Club &lt;races&gt;"), ("markdown", "Club")):
            text = self.shown("--as", form, given=given)
            assert escaped in text
            assert "open: the final is not skated" in text
            assert "assumed: overall ranking, policy" in text.replace("\\", "")

    def test_event_is_drawn(self) -> None:
        warned = tuple(f"semifinals[0].sprints.{lap}" for lap in (4, 8, 12))
        assert ">Start list of the final</text>" in self.shown("--as", "svg", given=event(race("a")), warned=warned)

    def test_event_has_no_reasons(self) -> None:
        done = run("-", "--reasons", given=event(race("a")), command="show")
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr == "-: an event has no reasons; show its semifinals and final\n"


def test_options_that_do_not_go_together() -> None:
    assert "--seed belongs to --draw" in run(SEMIFINALS[0], "--seed", "x").stderr
    assert "--publish and --reopen exclude each other" in run(SEMIFINALS[0], "--publish", "--reopen").stderr
    assert run(SEMIFINALS[0], "--publish", "--reopen").returncode == 2
