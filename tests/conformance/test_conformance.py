"""The conformance vectors: that they are in order, that we agree with them, and that the runner finds who does not."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import command
import oracle
import pytest
from attrs import evolve
from jsonschema import Draft202012Validator
from outlook_oracle import Ice, by_matching
from referencing import Registry, Resource
from vector_layout import laid_out

from massstart import Race, archive, dumps, load, loads, rank, rulebooks, verify
from massstart.conformance import (
    DOES,
    FOLDERS,
    Case,
    NoAnswer,
    answer,
    cases,
    check,
    difference,
    program,
)
from massstart.files.archive import bundled_text
from massstart.live import RaceLog, Underway
from massstart.problems import InvalidRecord, UnknownName

FOLDER = Path(__file__).parents[1] / "conformance"
PATHS = sorted(FOLDER.glob("*/*/*.json"))
EXAMPLES = FOLDER / "examples"
CASES = cases()
BUNDLED = {id: json.loads(bundled_text(id)) for id in archive()}
SCHEMAS = {path.name: json.loads(path.read_text("utf-8")) for path in (FOLDER / "schemas").glob("*.json")}
REGISTRY: Registry[Any] = Registry().with_resources(
    (schema["$id"], Resource.from_contents(schema)) for schema in SCHEMAS.values()
)


def valid(schema: str, value: Any) -> bool:
    return bool(Draft202012Validator(SCHEMAS[schema], registry=REGISTRY).is_valid(value))


def read(path: Path) -> Any:
    return json.loads(path.read_text("utf-8"))


def vector(folder: Path, text: str) -> Path:
    """A file with this text where a case can lie."""
    path = folder / "isu-2018" / "invented" / "x.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return command.run("conformance", *arguments)


class TestCorpus:
    """The linter."""

    def test_there_are_cases_with_ids_of_their_own(self) -> None:
        ids = [read(path)["id"] for path in PATHS]
        assert len(ids) == len(set(ids)) >= 150
        assert ids == [f"{path.parts[-3]}/{path.stem}" for path in PATHS]

    @pytest.mark.law
    def test_every_file_is_valid(self) -> None:
        for schema in SCHEMAS.values():
            Draft202012Validator.check_schema(schema)
        assert [path.name for path in PATHS if not valid("case.json", read(path))] == []

    @pytest.mark.law
    def test_every_case_is_valid_as_a_program_reads_it(self) -> None:
        assert [case.id for case in CASES if not valid("case.json", case.given | {"expected": case.expected})] == []

    def test_every_file_is_laid_out_one_row_a_line(self) -> None:
        assert [path.name for path in PATHS if path.read_text("utf-8") != laid_out(read(path))] == []

    def test_no_file_copies_a_bundled_sheet(self) -> None:
        inputs = [(path.name, read(path)["input"]) for path in PATHS]
        parts = [(name, part) for name, given in inputs for part in (given if isinstance(given, list) else [given])]
        assert [name for name, part in parts if part in BUNDLED.values()] == []
        assert sum(part == {"bundled": id} for _, part in parts for id in BUNDLED) >= 17

    def test_every_flag_and_rule_is_used_and_explained(self) -> None:
        explained = read(FOLDER / "flags.json")
        assert {flag for path in PATHS for flag in read(path)["flags"]} == set(explained["flags"])
        assert {read(path)["rule"] for path in PATHS} == set(explained["rules"])

    def test_folder_matches_the_rulebook(self) -> None:
        by_id = {case.id: case for case in CASES}
        for path in PATHS:
            folder, origin = path.parts[-3:-1]
            case = by_id[f"{folder}/{path.stem}"]
            # Of a race log, the header names the rulebook. Places at the Games are known of 2025/26 alone.
            given = case.input[:1] if case.does == "replay" else case.input
            parts = given if isinstance(given, list) else [given]
            books = ["isu-2024"] if case.does == "quota" else [part["rulebook"] for part in parts]
            for book in books:
                assert folder == (book if book in rulebooks.ids() else "own" if isinstance(book, dict) else "isu-2018")
            assert origin == ("invented" if read(path)["provenance"].startswith("invented; ") else "real")
        assert {path.parts[-3] for path in PATHS} == {*rulebooks.ids(), "own"}

    def test_every_problem_kind_that_an_object_can_have_is_refused_somewhere(self) -> None:
        found = {one["kind"] for case in CASES if case.does == "refuse" for one in case.expected["problems"]}
        text = (FOLDER.parents[1] / "docs" / "files.md").read_text("utf-8").split("## Problem kinds")[1]
        rows = text.split("Problems that are only warned of")[0].split("\n| ")
        kinds = {kind for row in rows[1:] if row[0] == "`" for kind in row.split(" |")[0].split("`")[1::2]}
        # These stand in the bytes of a file, before there is an object, or on the command line.
        assert kinds - found == {"file", "json", "repeated-key", "csv", "size", "xlsx", "pdf", "option"}

    def test_formats_that_are_not_written_yet_have_schemas_that_fit_their_examples(self) -> None:
        assert valid("log-event.json", {"event": "sprint", "lap": 4, "order": ["83", ["4", "74"]]})
        assert not valid("log-event.json", {"event": "sprint", "lap": 4})
        row = {"id": "87", "name": None, "points": 3, "best": 1, "worst": 10, "status": "possible", "through_if": 7, "possible_if": None}  # fmt: skip
        outlook = {"kind": "outlook", "version": 1, "advance": 8, "sprints_left": [16], "rows": [row]}
        assert valid("outlook.json", outlook)
        assert not valid("outlook.json", outlook | {"advanced": 8})

    def test_standings_and_quota_as_published_are_valid(self, shared_results: Path) -> None:
        paths = sorted((shared_results.parent / "standings").glob("*.json"))
        assert paths
        for path in paths:
            assert valid(f"{read(path)['kind']}.json", read(path))

    def test_what_is_written_is_valid(self) -> None:
        for case in CASES:
            found = answer(case)
            assert valid(f"{found['kind']}.json", found), case.id
            if case.does == "rank" and case.input["kind"] == "race":
                assert valid("race.json", json.loads(dumps(loads(json.dumps(case.input)))))
        assert valid("verification.json", json.loads(dumps(verify(load("wsd-2023-men-semifinal-1")))))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_this_library_agrees(case: Case) -> None:
    assert difference(case, answer(case)) is None


@pytest.mark.parametrize(
    "case", [case for case in CASES if case.does == "rank" and case.input["kind"] == "race"], ids=lambda case: case.id
)
def test_the_oracle_agrees(case: Case) -> None:
    race = loads(json.dumps(case.input))
    assert isinstance(race, Race)
    lines = oracle.judge(race)
    assert {row["id"] for row in case.expected["rows"]} == set(lines)
    for row in case.expected["rows"]:
        line = lines[row["id"]]
        for key in ("rank", "status", "total", "finish", "qualified"):
            assert row[key] == getattr(line, key)
        assert row["sprints"] == list(line.sprints)


@pytest.mark.parametrize("case", [case for case in CASES if case.does == "replay"], ids=lambda case: case.id)
def test_the_oracle_agrees_on_a_log(case: Case) -> None:
    lines = oracle.judge(loads("\n".join(map(json.dumps, case.input)), RaceLog).race())
    assert [row["id"] for row in case.expected["rows"] if row["rank"] != lines[row["id"]].rank] == []


@pytest.mark.slow
@pytest.mark.law
@pytest.mark.parametrize("case", [case for case in CASES if case.does == "outlook"], ids=lambda case: case.id)
def test_another_method_agrees_on_an_outlook(case: Case) -> None:
    race = loads(json.dumps(case.input), Underway)
    number = {id: index for index, id in enumerate(race.starters.ids)}
    orders = {sprint.lap: tuple(number[id] for id in sprint.order.ids) for sprint in race.sprints}
    passed = {note.id: sum(lap <= note.laps for lap in race.sprint_laps) for note in race.unfinished}
    ice = Ice(
        len(number), tuple(race.rulebook.intermediate), tuple(race.rulebook.final), race.rulebook.forfeits,
        sprints=tuple(orders.get(lap) for lap in race.sprint_laps),
        # The oracle's sprints are at laps 2, 4, 6 and so on.
        unfinished={number[id]: 2 * count + 1 for id, count in passed.items()},
        disqualified=frozenset(), absent=frozenset(), lapped=frozenset(number[id] for id in race.lapped),
        advance=case.expected["advance"],
    )  # fmt: skip
    assert len(case.expected["rows"]) == len(ice.racing)
    told: dict[Any, Any] = {}
    for row in case.expected["rows"]:
        # Skaters who are alike have the same answer.
        like = (row["points"], row["id"] in race.lapped)
        if like not in told:
            told[like] = [by_matching(ice, number[row["id"]], place) for place in range(1, len(ice.racing) + 1)]
        best, worst = zip(*told[like], strict=True)
        assert (row["best"], row["worst"]) == (min(best), max(worst))
        assert row["through_if"] == (sum(rank <= ice.advance for rank in worst) or None)
        assert row["possible_if"] == (sum(rank <= ice.advance for rank in best) or None)


class TestDifferences:
    RANKED = next(case for case in CASES if case.id == "isu-2018/one-skater")
    FOUND = next(case for case in CASES if case.id == "isu-2018/sheet-total")
    THROUGH = next(case for case in CASES if case.id == "isu-2018/three-semifinals")

    @pytest.mark.parametrize(
        ("change", "words"),
        [
            (lambda _: [], "the answer is not an object"),
            (lambda found: found | {"kind": None}, "kind is None, expected 'result'"),
            (lambda found: found | {"rows": None}, "rows is not a list of objects"),
            (lambda found: found | {"rows": [1]}, "rows is not a list of objects"),
            (lambda found: found | {"rows": []}, "rows: there is no row for '1'"),
            (lambda found: found | {"rows": found["rows"] * 2}, "rows: the row for '1' is one too many"),
            (lambda found: found | {"rows": [found["rows"][0] | {"rank": True}]}, "rows: rank of '1' is true, expected 1"),
        ],
    )  # fmt: skip
    def test_of_a_result(self, change: Any, words: str) -> None:
        assert difference(self.RANKED, change(answer(self.RANKED))) == words

    def test_of_a_verification(self) -> None:
        found = answer(self.FOUND)
        assert difference(self.FOUND, found | {"consistent": True}) == "consistent is true, expected false"
        assert difference(self.FOUND, found | {"findings": []}) == 'findings: {"kind": "total", "row": 3} is missing'
        more = [*found["findings"], {"kind": "rank", "row": 1}]
        assert difference(self.FOUND, found | {"findings": more}) == (
            'findings: {"kind": "rank", "row": 1} is one too many'
        )
        backwards = [dict(reversed(finding.items())) for finding in self.FOUND.expected["findings"]]
        expected = self.FOUND.expected | {"findings": backwards}
        assert difference(evolve(self.FOUND, expected=expected), found) is None

    def test_of_a_start_list(self) -> None:
        found = answer(self.THROUGH)
        words = 'expected ["2", "12", "22"]'
        assert difference(self.THROUGH, found | {"reserves": None}) == f"the reserves are [null], {words}"
        assert difference(self.THROUGH, found | {"reserves": ["2"]}) == f'the reserves are ["2"], {words}'

    def test_of_an_outlook(self) -> None:
        case = next(case for case in CASES if case.id == "isu-2018/outlook-through")
        found = answer(case)
        assert difference(case, found | {"advance": 7}) == "advance is 7, expected 8"
        assert difference(case, found | {"sprints_left": []}) == "sprints_left is [], expected [16]"
        first, *others = found["rows"]
        changed = found | {"rows": [first | {"worst": 6}, *others]}
        assert difference(case, changed) == "rows: worst of '1' is 6, expected 5"

    def test_of_standings_by_name_and_of_places_by_place(self) -> None:
        for id, key in (("isu-2024/season-tie-best-race", "name"), ("isu-2024/quota-cap", "place")):
            case = next(case for case in CASES if case.id == id)
            found = answer(case)
            first, *others = found["rows"]
            assert difference(case, found | {"rows": [*others, first]}) is None
            assert difference(case, found | {"rows": others}) == f"rows: there is no row for {first[key]!r}"

    def test_verify_of_a_race_is_ranked_and_so_fails(self) -> None:
        case = Case("x", "verify", {"input": self.RANKED.input}, self.FOUND.expected)
        assert difference(case, answer(case)) == "kind is 'result', expected 'verification'"


class TestReading:
    def test_first_folder_that_exists_counts(self, tmp_path: Path) -> None:
        assert cases((tmp_path / "nowhere", FOLDER)) == CASES
        assert FOLDERS[1] == FOLDER
        with pytest.raises(UnknownName, match="no conformance vectors"):
            cases((tmp_path,))
        with pytest.raises(UnknownName, match="no conformance vectors"):
            cases((tmp_path / "nowhere",))

    @pytest.mark.parametrize(
        ("text", "problems"),
        [
            ('{"id": "x", "input": {}}', [("missing-key", ": does"), ("missing-key", ": expected")]),
            ('{"id": "x", "does": "sing", "input": 1, "expected": {}}', [("kind", ": does")]),
            ("{", [("json", ": line 1, column 2")]),
            ("[]", [("json", "")]),
        ],
    )
    def test_file_that_is_no_case_is_refused(self, tmp_path: Path, text: str, problems: list[tuple[str, str]]) -> None:
        path = vector(tmp_path, text)
        with pytest.raises(InvalidRecord) as caught:
            cases((tmp_path,))
        assert [(problem.kind, problem.where) for problem in caught.value.problems] == [
            (kind, f"{path}{place}") for kind, place in problems
        ]


class TestReferences:
    SHEET = "beijing-2022-men-semifinal-1"

    @pytest.mark.parametrize("does", DOES)
    def test_reference_stands_for_the_bundled_sheet(self, tmp_path: Path, does: str) -> None:
        other = {"kind": "race"}
        for given, complete in [
            ({"bundled": self.SHEET}, BUNDLED[self.SHEET]),
            ([other, {"bundled": self.SHEET}], [other, BUNDLED[self.SHEET]]),
        ]:
            vector(tmp_path, json.dumps({"id": "x", "does": does, "input": given, "expected": {}}))
            (case,) = cases((tmp_path,))
            assert case.input == complete

    @pytest.mark.parametrize(
        ("given", "kind", "place"),
        [
            ({"bundled": "no-such-sheet"}, "unknown-sheet", "input.bundled"),
            ({"bundled": ["x"]}, "unknown-sheet", "input.bundled"),
            ({"bundled": "../data/beijing-2022-men-semifinal-1"}, "unknown-sheet", "input.bundled"),
            ([{"bundled": SHEET}, {"bundled": "no-such-sheet"}], "unknown-sheet", "input[1].bundled"),
            ({"bundled": SHEET, "advance": 4}, "unknown-key", "input.advance"),
            ([{"advance": 4, "bundled": SHEET}], "unknown-key", "input[0].advance"),
        ],
    )
    def test_reference_to_nothing_is_refused_with_its_place(
        self, tmp_path: Path, given: Any, kind: str, place: str
    ) -> None:
        path = vector(tmp_path, json.dumps({"id": "x", "does": "rank", "input": given, "expected": {}}))
        with pytest.raises(InvalidRecord) as caught:
            cases((tmp_path,))
        (problem,) = caught.value.problems
        assert (problem.kind, problem.where) == (kind, f"{path}: {place}")

    def test_program_reads_the_sheet_and_not_the_reference(self) -> None:
        case = next(case for case in CASES if case.id == f"isu-2018/verify-{self.SHEET}")
        assert read(FOLDER / "isu-2018" / "real" / f"verify-{self.SHEET}.json")["input"] == {"bundled": self.SHEET}
        echo = program([sys.executable, "-c", "print(input())"], 20.0)
        assert echo(case) == case.given
        assert case.given["input"] == BUNDLED[self.SHEET]


@pytest.mark.slow
class TestRunner:
    CASE = TestDifferences.RANKED

    def test_without_a_command_this_library_is_checked(self) -> None:
        done = run()
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout.splitlines()[-1] == f"{len(CASES)} of {len(CASES)} cases passed"
        # The page holds the number of cases, so that none is lost unseen.
        page = (FOLDER.parents[1] / "docs" / "vectors.md").read_text("utf-8")
        assert done.stdout == page.split("```text\n")[1].split("```")[0]

    def test_correct_adapter_passes(self) -> None:
        some = [case for does in DOES for case in [case for case in CASES if case.does == does][::10]]
        assert {case.does for case in some} == set(DOES)
        outcomes = check(some, program([sys.executable, str(EXAMPLES / "adapter.py")]), workers=4)
        assert [(outcome.case.id, outcome.difference) for outcome in outcomes if not outcome.passed] == []

    @pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed")
    def test_program_that_forgets_the_forfeit_fails_exactly_the_forfeits(self) -> None:
        ranked = [case for case in CASES if case.does == "rank"]
        some = [case for number, case in enumerate(ranked) if number % 4 == 0 or "forfeit" in case.given["flags"]]
        outcomes = check(some, program(["node", str(EXAMPLES / "forgets-forfeit.js")], 30.0), workers=4)
        failed = {outcome.case.id for outcome in outcomes if not outcome.passed}
        # The example ranks races only, no published sheets.
        assert failed == {case.id for case in some if {"forfeit", "sheet-input"} & set(case.given["flags"])}

    @pytest.mark.skipif(shutil.which("sh") is None, reason="there is no sh")
    def test_program_that_always_answers_nobody_passes_where_nobody_starts(self) -> None:
        done = run("--only", "rank", "--", "sh", str(EXAMPLES / "empty.sh"))
        assert (done.returncode, done.stderr) == (1, "")
        failed = {line.removesuffix(": failed") for line in done.stdout.splitlines() if line.endswith(": failed")}
        assert failed == {case.id for case in CASES if case.does == "rank" and case.expected["rows"]}
        assert "  rows: there is no row for '1'" in done.stdout.splitlines()

    @pytest.mark.parametrize(
        ("code", "words"),
        [
            ("print('{')", "the answer cannot be read: not JSON: "),
            ("raise SystemExit(3)", "exit status 3"),
            ("raise SystemExit('no such rule')", "exit status 1: no such rule"),
            ("import time; time.sleep(60)", "no answer within 1 seconds"),
            ("import sys\nwhile True: sys.stdout.write('x' * 10**6)", "more than 20,000,000 bytes of output"),
            ("import sys\nwhile True: sys.stderr.write('x' * 10**6)", "more than 20,000,000 bytes of output"),
            ("import os, signal; os.kill(os.getpid(), signal.SIGTERM)", "exit status "),
            (r"import sys; sys.stdout.buffer.write(b'{\xff')", "the answer cannot be read: not UTF-8 text"),
            ("import os; os.close(0); print('{}')", "kind is None, expected 'result'"),
            ("import os, time; os.close(1); os.close(2); time.sleep(60)", "no answer within 1 seconds"),
            ("import os; print('{\"kind\": \"' + os.environ['MASSTART_DOES'] + '\"}')", "kind is 'rank', expected"),
        ],
    )
    def test_program_that_gives_no_answer_fails_the_case(self, code: str, words: str) -> None:
        (outcome,) = check([self.CASE], program([sys.executable, "-c", code], 1.0 if "sleep" in code else 20.0))
        assert outcome.difference is not None
        assert outcome.difference.startswith(words)
        assert not outcome.passed

    def test_half_a_character_in_an_answer_is_told_as_json_says_it(self) -> None:
        code = r"""print(r'{"kind": "outlook", "advance": "\ud800", "rows": []}')"""
        case = next(case for case in CASES if case.does == "outlook")
        (outcome,) = check([case], program([sys.executable, "-c", code], 20.0))
        assert outcome.difference == f'advance is "\\ud800", expected {case.expected["advance"]}'

    def test_json_is_one_object_a_case(self) -> None:
        done = run("--only", "advance", "--json")
        found = [json.loads(line) for line in done.stdout.splitlines()]
        assert [one["id"] for one in found] == [case.id for case in CASES if case.does == "advance"]
        assert all(one["passed"] and one["difference"] is None for one in found)

    def test_program_that_does_not_exist_ends_with_2(self) -> None:
        done = run("--", "no-such-program")
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr == "conformance: 'no-such-program' cannot be run: No such file or directory\n"

    def test_no_answer_is_an_error_of_its_own(self) -> None:
        with pytest.raises(NoAnswer):
            program([sys.executable, "-c", "raise SystemExit(1)"])(self.CASE)

    def test_result_of_the_engine_is_what_rank_gives(self) -> None:
        assert answer(self.CASE) == json.loads(dumps(rank(loads(json.dumps(self.CASE.input)))))
