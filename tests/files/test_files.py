"""Files: what is read, what is refused, what is written."""

import ast
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

import massstart
from massstart import (
    InvalidRecord,
    Race,
    Rulebook,
    Scale,
    Sheet,
    SheetRow,
    StartList,
    UnknownName,
    advance,
    archive,
    dumps,
    load,
    loads,
    rank,
    rulebook,
    verify,
)  # fmt: skip

RACE: dict[str, Any] = {
    "kind": "race", "version": 1, "id": "demo", "rulebook": "isu-2018",
    "laps": 16, "sprint_laps": [4, 8, 12],
    "starters": [{"id": "87", "name": "Sven Kramer", "nation": "NED"}, *({"id": id} for id in ("13", "4", "5", "9", "11"))],
    "sprints": {"4": ["4", "13"], "8": ["87"], "12": [["4", "13"], "87"]},
    "finish": ["4", "13", "87"],
    "times": {"4": "7:56.74", "13": "7:56.93", "87": "7:58.22"},
    "lapped": [],
    "unfinished": {"5": {"laps": 9, "time": "5:24.53"}},
    "disqualified": {"9": {"clause": "257.4.5", "reason": "serious obstruction"}},
    "did_not_start": ["11"],
    "advanced": {"5": {"reason": "hindered"}},
    "advance": 2,
}  # fmt: skip
OWN: dict[str, Any] = {
    "id": "own", "laps": 10, "sprint_laps": [3, 6], "intermediate": [20, 10, 5], "final": [40, 20, 10], "forfeits": False,
}  # fmt: skip
SHEET: dict[str, Any] = {
    "kind": "sheet",
    "version": 1,
    "id": "s",
    "rulebook": "isu-2018",
    "rows": [{"rank": 1, "name": "A"}],
}


def race(**changes: Any) -> Race:
    record = loads(json.dumps(RACE | changes))
    assert isinstance(record, Race)
    return record


def test_race_of_the_format_is_read() -> None:
    read = race()
    assert read.rulebook is rulebook("isu-2018")
    assert [(row.id, row.qualified) for row in rank(read)] == [
        ("4", "Q"),
        ("13", "Q"),
        ("87", None),
        ("5", "q"),
        ("9", None),
    ]


@pytest.mark.parametrize("key", ["laps", "sprint_laps", "sprints", "times", "lapped", "advance", "id", "advanced"])
def test_null_and_absent_mean_the_same(key: str) -> None:
    absent = {name: value for name, value in RACE.items() if name != key}
    assert race(**{key: None}) == loads(json.dumps(absent))


def test_rulebook_can_be_defined_in_place() -> None:
    read = race(rulebook=OWN | {"sprint_dead_heat": "follow"}, laps=None, sprint_laps=None, sprints={"3": ["87"]})
    assert read.rulebook == Rulebook(
        id="own", laps=10, sprint_laps=(3, 6), intermediate=Scale(20, 10, 5), final=Scale(40, 20, 10), forfeits=False,
        sprint_dead_heat="follow",
    )  # fmt: skip
    assert loads(dumps(read)) == read
    assert rank(read)["87"].total == 30


def problems(text: str | bytes) -> list[tuple[str, str]]:
    with pytest.raises(InvalidRecord) as caught:
        loads(text)
    assert all(one.message and one.remedy for one in caught.value.problems)
    return [(one.kind, one.where) for one in caught.value.problems]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"laps": "16"}, [("type", "laps")]),
        ({"laps": True}, [("type", "laps")]),
        ({"laps": 16.0}, [("type", "laps")]),
        ({"version": 2}, [("type", "version")]),
        ({"version": True}, [("type", "version")]),
        ({"starters": None}, [("type", "starters")]),
        ({"starters": ["87"]}, [("type", "starters[0]")]),
        ({"starters": [{"id": 87}]}, [("type", "starters[0].id")]),
        ({"starters": [{"name": "A"}]}, [("missing-key", "starters[0].id")]),
        ({"finish": "4"}, [("type", "finish")]),
        ({"finish": ["4", 13]}, [("type", "finish[1]")]),
        ({"finish": ["4", ["13", 87]]}, [("type", "finish[1][1]")]),
        ({"sprints": {"8": [1, "87"]}}, [("type", "sprints.8[0]")]),
        ({"sprints": []}, [("type", "sprints")]),
        ({"unfinished": {"5": {"time": "5:24.53"}}}, [("missing-key", "unfinished.5.laps")]),
        ({"unfinished": {"5": 9}}, [("type", "unfinished.5")]),
        ({"times": {"4": 476.74}}, [("type", "times.4")]),
        ({"colour": "red", "sprnts": {}}, [("unknown-key", "colour"), ("unknown-key", "sprnts")]),
        ({"disqualified": {"9": {"why": "x"}}}, [("unknown-key", "disqualified.9.why")]),
        ({"rulebook": 5}, [("type", "rulebook")]),
        ({"rulebook": OWN | {"final": [1, 2]}}, [("scale", "rulebook.final")]),
        ({"rulebook": OWN | {"final": [], "laps": 6}}, [("scale", "rulebook.final"), ("sprint-laps", "rulebook.sprint_laps")]),
        ({"rulebook": {"id": "own"}}, [("missing-key", f"rulebook.{key}") for key in ("final", "forfeits", "intermediate", "laps", "sprint_laps")]),
        ({"sprints": {"04": ["4"]}}, [("unknown-lap", "sprints.04")]),
        ({"sprints": {"4": ["4", "4"], "5": []}}, [("repeated-id", "sprints.4[1]"), ("unknown-lap", "sprints.5")]),
        ({"id": "\ud800"}, [("type", "id")]),
    ],
)  # fmt: skip
def test_race_file_is_refused(changes: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    assert problems(json.dumps(RACE | changes)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [("json", "line 1, column 1")]),
        ("{", [("json", "line 1, column 2")]),
        (b"\xff\xfe", [("json", "")]),
        ("[]", [("json", "")]),
        ("[" * 100_000, [("json", "line 1, column 21")]),
        ('{"kind": NaN}', [("json", "")]),
        ('{"kind": "race", "kind": "sheet"}', [("repeated-key", "kind")]),
        ('{"a": {"b": 1, "b": 1}}', [("repeated-key", "b")]),
        ("{}", [("kind", "kind")]),
        ('{"kind": "results"}', [("kind", "kind")]),
        ('{"kind": "result"}', [("missing-key", "rows"), ("missing-key", "rulebook"), ("missing-key", "version")]),
        (json.dumps({"kind": ["x" * 100]}), [("kind", "kind")]),
        ('{"kind": "race", "version": 1' + "0" * 5000 + "}", [("json", "")]),
        (json.dumps(SHEET | {"rows": [{"rank": "1"}]}), [("type", "rows[0].rank")]),
        (json.dumps(SHEET | {"rows": [{"time": "x"}]}), [("time", "rows[0].time")]),
        (json.dumps(SHEET | {"complete": 1}), [("type", "complete")]),
    ],
)
def test_text_is_refused(text: str | bytes, expected: list[tuple[str, str]]) -> None:
    assert problems(text) == expected


def test_byte_order_mark_is_no_obstacle() -> None:
    assert loads(b"\xef\xbb\xbf" + json.dumps(RACE).encode()) == race()


LEAVES: list[Any] = [
    None,
    True,
    0,
    1,
    -1,
    4.5,
    10**30,
    "",
    "4",
    "87",
    "x",
    "7:40.00",
    "isu-2024",
    [],
    {},
    [[]],
    ["4"],
    ["4", ["13"]],
    {"4": 1},
    {"id": "4"},
]
VALUES = (
    st.sampled_from(LEAVES)
    | st.lists(st.sampled_from(LEAVES), max_size=3)
    | st.dictionaries(st.sampled_from(["4", "12", "x", "id", "laps", "time"]), st.sampled_from(LEAVES), max_size=3)
)
CHANGES = st.lists(st.tuples(st.sampled_from([*RACE, *SHEET, "x"]), VALUES), max_size=3).map(dict)


@pytest.mark.law
@settings(max_examples=200, deadline=None)
@given(
    st.binary(max_size=20)
    | CHANGES.map(lambda changes: json.dumps(RACE | changes))
    | CHANGES.map(lambda changes: json.dumps(SHEET | changes))
)
def test_any_bytes_give_a_record_or_problems(text: str | bytes) -> None:
    try:
        record: object = loads(text)
    except InvalidRecord as error:
        record = None
        problems = error.problems
    if record is None:
        assert problems
    else:
        assert loads(dumps(record)) == record


def test_files_are_found_by_path_or_id(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "race.json"
    path.write_text(json.dumps(RACE), "utf-8")
    assert load(path) == load(str(path)) == race()
    monkeypatch.chdir(tmp_path)
    (tmp_path / archive()[0]).write_text(json.dumps(RACE), "utf-8")
    assert load(archive()[0]) == race()
    assert isinstance(load(archive()[1]), Sheet)


def test_what_cannot_be_found_or_read_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UnknownName, match="neither a file nor a bundled race; there are beijing-2022-men-semifinal-1"):
        load("nowhere.json")
    for source, why in ((tmp_path, "[A-Z]"), ("a\0b", "embedded null")):
        with pytest.raises(InvalidRecord, match=f"cannot be read: {why}"):
            load(source)


def test_what_has_no_format_is_refused() -> None:
    with pytest.raises(TypeError, match="int has no JSON format"):
        dumps(5)


def test_everything_that_has_a_format_is_written_in_it() -> None:
    result = json.loads(dumps(rank(race())))
    assert list(result) == [
        "kind", "version", "id", "competition", "date", "event", "round", "rulebook", "laps", "sprint_laps", "advance",
        "did_not_start", "warnings", "rows",
    ]  # fmt: skip
    assert (result["id"], result["competition"], result["did_not_start"]) == ("demo", None, ["11"])
    assert list(result["rows"][0]) == [
        "rank", "id", "name", "nation", "status", "laps", "sprints", "total", "finish", "time", "qualified", "reason",
    ]  # fmt: skip
    assert [one["where"] for one in result["warnings"]] == ["sprints.4", "sprints.8"]
    sheet = loads(json.dumps(SHEET))
    assert isinstance(sheet, Sheet)
    report = json.loads(dumps(verify(evolve(sheet, rows=(SheetRow(rank=2, name="A"),)))))
    assert list(report) == ["kind", "version", "sheet", "consistent", "findings", "assumed", "checked", "unchecked"]
    assert list(report["findings"][0]) == ["kind", "row", "message", "printed", "expected", "column"]
    final = json.loads(dumps(advance(rank(race()))))
    assert list(final) == ["kind", "version", "rows", "reserves", "warnings"]
    assert [one["where"] for one in final["warnings"]] == ["semifinals[0].sprints.4", "semifinals[0].sprints.8"]
    assert loads(json.dumps(final), StartList).warnings == advance(rank(race())).warnings
    assert list(final["rows"][0]) == ["start", "id", "name", "nation", "from", "rank", "qualified"]
    book = json.loads(dumps(rulebook("isu-2024")))
    assert book["values"]["forfeits"] == {"value": True, "confidence": "certain"}
    assert (book["first_day"], book["last_day"]) == ("2024-07-01", None)
    assert json.loads(dumps(rulebook("isu-2018")))["last_day"] == "2024-06-30"
    undated = Rulebook(id="own", laps=4, sprint_laps=(), intermediate=Scale(1), final=Scale(1), forfeits=False)
    assert json.loads(dumps(undated))["first_day"] is None


@pytest.mark.slow
def test_shuffled_input_gives_the_same_bytes_under_any_hash_seed(tmp_path: Path) -> None:
    shuffled = {key: RACE[key] for key in sorted(RACE, reverse=True)}
    shuffled["starters"] = RACE["starters"][::-1]
    shuffled["sprints"] = {lap: RACE["sprints"][lap] for lap in ("12", "4", "8")} | {"12": [["13", "4"], "87"]}
    shuffled["times"] = dict(reversed(RACE["times"].items()))
    outputs = set()
    for seed, race_given in enumerate((RACE, shuffled)):
        path = tmp_path / f"{seed}.json"
        path.write_text(json.dumps(race_given), "utf-8")
        done = subprocess.run(
            [sys.executable, "-m", "massstart", "rank", str(path), "--json"], capture_output=True, check=True,
            env={"PYTHONHASHSEED": str(seed), "LC_ALL": "C", "PATH": ""},
        )  # fmt: skip
        outputs.add(done.stdout)
    assert len(outputs) == 1


def test_the_engine_loads_attrs_and_nothing_else() -> None:
    code = (
        "import sys; before = {*sys.modules}; import massstart; "
        "massstart.rank(massstart.Race(rulebook='isu-2018', starters=['a'], finish=['a'])); "
        "print(*sorted({name.partition('.')[0] for name in {*sys.modules} - before} - {*sys.stdlib_module_names}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert set(done.stdout.split()) <= {"attr", "attrs", "massstart"}


@pytest.mark.slow
@pytest.mark.law
def test_no_comprehension_reuses_a_name_of_its_module() -> None:
    """Python 3.12.1 takes such a name for the variable in the other comprehensions of the function, and fails."""
    reused: list[str] = []
    for path in sorted(Path(massstart.__file__).parent.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        names = {node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)}
        names |= {
            alias.asname or alias.name
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom)
            for alias in node.names
        }
        for function in [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]:
            read = {
                node.id for node in ast.walk(function) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
            }
            bound = {
                node.id
                for part in ast.walk(function)
                if isinstance(part, ast.comprehension)
                for node in ast.walk(part.target)
                if isinstance(node, ast.Name)
            }
            called = {
                node.func.id
                for node in ast.walk(function)
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
            }
            reused += [f"{path.name}, {function.name}: {name}" for name in sorted(bound & names & read & called)]
    assert reused == []


@pytest.mark.parametrize(
    ("key", "where"), [("times", r"times\.4: 5 is not text"), ("rows", r"rows\[0\]\.time: 5 is not text")]
)
def test_a_time_that_is_no_text_is_refused_by_its_place(key: str, where: str) -> None:
    race = Race(rulebook="isu-2018", starters=["4"], finish=["4"], times={"4": "7:40.00"})
    whole = json.loads(dumps(race if key == "times" else rank(race)))
    (whole[key] if key == "times" else whole[key][0])["4" if key == "times" else "time"] = 5
    with pytest.raises(InvalidRecord, match=where):
        loads(json.dumps(whole))


def test_json_in_other_letters_than_utf_8_is_refused() -> None:
    with pytest.raises(InvalidRecord, match=r"not UTF-8 text .*; save the file as UTF-8"):
        loads('{"kind": "räce"}'.encode("latin-1"))
