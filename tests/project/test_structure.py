"""The structure of the package, drawn from its imports: no circle, and one direction between its rooms."""

import ast
import functools
import subprocess
import sys
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

pytestmark = pytest.mark.law

PACKAGE = Path(__file__).parents[2] / "massstart"
#: What ranking a race may load: the core, and nothing of the rooms.
ENGINE = {
    "deduction", "identity", "marks", "order", "problems", "race", "racecheck", "ranking", "reasons", "records", "result", "row", "rulebook",
    "rulebooks", "scoring", "sheet", "tabular", "times", "values", "words", "advancement",
}  # fmt: skip


def module_name(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported(path: Path, known: set[str]) -> set[str]:
    """The modules of the package that a module imports, late ones and those for types alone included."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            inner = {f"{node.module}.{alias.name}" for alias in node.names}
            names |= (inner & known) or {node.module}
    return names & known - {module_name(path)}


@functools.cache
def graph() -> dict[str, set[str]]:
    """The modules of the package, each with those that it imports."""
    paths = sorted(PACKAGE.rglob("*.py"))
    known = {module_name(path) for path in paths}
    return {module_name(path): imported(path, known) for path in paths}


def room(module: str) -> str:
    """The folder that a module stands in; ``massstart`` for the front, ``core`` for what lies flat beside it."""
    _, *rest = module.split(".")
    if not rest:
        return "massstart"
    if rest[0] == "__main__":
        return "massstart.commandline"
    return f"massstart.{rest[0]}" if (PACKAGE / rest[0]).is_dir() else "core"


def circle(imports: dict[str, set[str]]) -> list[str]:
    try:
        TopologicalSorter(imports).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def test_no_circle_of_imports() -> None:
    assert len(graph()) > 60
    assert sum(map(len, graph().values())) > 300
    assert circle(graph()) == []


def test_one_direction_between_rooms() -> None:
    rooms: dict[str, set[str]] = {}
    for module, targets in graph().items():
        rooms.setdefault(room(module), set()).update(room(target) for target in targets)
    for name, targets in rooms.items():
        targets.discard(name)
    # The front names what every room offers; only the way in to the command line and the strategies ask for it.
    assert rooms.pop("massstart")
    for targets in rooms.values():
        targets.discard("massstart")
    assert len(rooms) > 8
    assert rooms["core"] == set()
    assert circle(rooms) == []


def test_every_room_has_its_tests_under_its_name() -> None:
    rooms = {path.name for path in PACKAGE.iterdir() if (path / "__init__.py").exists()}
    tested = {path.parent.name for path in (PACKAGE.parent / "tests").glob("*/test_*.py")}
    assert len(rooms) > 10
    assert rooms | {"core"} <= tested


@pytest.mark.parametrize(
    "code",
    [
        "import massstart",
        "from massstart import Race, advance, rank; advance(rank(Race(rulebook='isu-2018', starters=['a'], finish=['a'])))",
    ],
)
def test_ranking_a_race_loads_the_core_and_attrs_alone(code: str) -> None:
    shown = subprocess.run(
        [sys.executable, "-c", f"import sys; {code}; print(*sorted(sys.modules))"], capture_output=True, check=True
    )
    loaded = shown.stdout.decode().split()
    own = {name.removeprefix("massstart.") for name in loaded if name.startswith("massstart.")}
    light = {name for name in own if "." in name or (PACKAGE / name).is_dir()}
    assert own - light <= ENGINE
    assert light <= LIGHT
    assert {name.partition(".")[0] for name in loaded} & {"cattrs", "click", "rich", "hypothesis", "jinja2"} == set()


#: The doors to the rooms, which the front names: each loads what is behind it when it is used.
LIGHT = {
    "files", "files.archive", "files.jsontext", "files.kinds", "files.limits", "files.loading", "showing", "showing.formats",
    "verification", "verification.findings", "verification.verify",
}  # fmt: skip
