"""The pages that are made from the package, and what every example of README and docs keeps to."""

import ast
import importlib
import re
import runpy
import subprocess
import sys
from doctest import DocTestParser
from pathlib import Path
from textwrap import dedent

import click
import matplotlib
import pytest
from command import run

from massstart import Sheet, archive, load
from massstart.commandline.group import massstart
from massstart.showing import picture

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
#: The release of matplotlib that drew docs/kramer.svg (massstart show beijing-2022-men-semifinal-1 --out docs/kramer.svg).
DRAWN_WITH = "3.11.2"
#: What docs/compatibility.md promises; README and docs import nothing else of the package.
PUBLIC = {
    "massstart", "massstart.live", "massstart.event", "massstart.feed", "massstart.season", "massstart.showing", "massstart.verification",
    "massstart.batch", "massstart.chances", "massstart.simulation", "massstart.conformance", "massstart.files", "massstart.testing",
}  # fmt: skip


def blocks(page: Path) -> list[str]:
    """The Python code blocks of a page, those within a list too."""
    found = re.findall(r"^( *)```python\n(.*?)^\1```$", page.read_text("utf-8"), re.DOTALL | re.MULTILINE)
    return [dedent(code) for _, code in found]


def examples(page: Path) -> str:
    """The Python examples of a page as one module."""
    return "".join(example.source for block in blocks(page) for example in DocTestParser().get_examples(block))


WITH_EXAMPLES = [page for page in PAGES if examples(page)]


def imports(code: str) -> set[tuple[str, str]]:
    """The names that a module takes from the package, with where from; ``*`` for a module as a whole."""
    taken = set()
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.ImportFrom) and node.module:
            taken |= {(node.module, alias.name) for alias in node.names}
        elif isinstance(node, ast.Import):
            taken |= {(alias.name, "*") for alias in node.names}
    return {(module, name) for module, name in taken if module.partition(".")[0] == "massstart"}


@pytest.mark.parametrize("page", ["rules", "archive"])
def test_a_page_that_is_made_is_what_the_package_says(page: str) -> None:
    made = runpy.run_path(str(ROOT / "docs" / f"make_{page}.py"))["render"]() + "\n"
    assert (ROOT / "docs" / f"{page}.md").read_text("utf-8") == made


def test_every_source_of_a_bundled_race_stands_on_its_page() -> None:
    text = (ROOT / "docs" / "archive.md").read_text("utf-8")
    for id in archive():
        part = text.split(f"\n## {id}\n")[1].split("\n## ")[0]
        sources = load(id, Sheet).sources
        assert sources
        assert [source for source in sources if source not in re.sub("<(http[^>]*)>", r"\1", part)] == []


def test_the_schemas_are_what_the_classes_of_files_say() -> None:
    made = runpy.run_path(str(ROOT / "docs" / "make_schemas.py"))["render"]()
    folder = ROOT / "tests" / "conformance" / "schemas"
    assert {path.name for path in folder.glob("*.json")} == {*made, "case.json", "refusal.json"}
    assert {name: (folder / name).read_text("utf-8") for name in made} == made


@pytest.mark.slow
def test_the_picture_of_the_readme_is_what_the_library_draws() -> None:
    kept = (ROOT / "docs" / "kramer.svg").read_text("utf-8")
    drawn = picture(load("beijing-2022-men-semifinal-1", Sheet)).decode()
    if matplotlib.__version__ == DRAWN_WITH:
        assert kept == drawn
    # Another release of matplotlib draws other lines. The words are the library's under any.
    words = [re.findall(r"<(title|desc|text)\b[^>]*>(.*?)</", text, re.DOTALL) for text in (kept, drawn)]
    assert len(words[0]) > 100
    assert words[0] == words[1]


def test_the_page_of_commands_names_every_command_and_option() -> None:
    assert run("--help").returncode == 0  # which adds the commands to the group
    page = (ROOT / "docs" / "commands.md").read_text("utf-8")
    rows = {
        name: "".join(re.findall(rf"^\| `massstart {name}\b.*$", page, re.MULTILINE)) for name in massstart.commands
    }
    assert len(rows) > 13
    for name, command in massstart.commands.items():
        assert rows[name], name
        for option in command.params:
            if isinstance(option, click.Option) and option.name != "as_json":
                assert option.opts[0] in rows[name], f"{name} {option.opts[0]}"
    assert len(re.findall("^\\| `massstart", page, re.MULTILINE)) == len(rows) + 2, "`event` has three lines"


def anchors(page: Path) -> set[str]:
    """What the headings of a page can be linked by."""
    headings = re.findall("^#+ (.*)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", [*PAGES, ROOT / "CHANGELOG.md"], ids=lambda page: page.stem)
def test_links_lead_somewhere(page: Path) -> None:
    for path, anchor in re.findall(r"\]\((?!\w+:)([^)#\s]*)#?([^)\s]*)\)", page.read_text("utf-8")):
        target = (page.parent / path) if path else page
        if path.startswith("gallery/"):  # drawn when the site is built, by a command of the page
            assert f"--out {target.name}\n" in page.read_text("utf-8"), f"no command of {page.name} draws {path}"
            continue
        assert target.exists(), f"{page.name} links to {path}"
        assert not anchor or anchor in anchors(target), f"{page.name} links to {path}#{anchor}"


def test_most_pages_have_examples() -> None:
    assert len(WITH_EXAMPLES) > 12


@pytest.mark.parametrize("page", WITH_EXAMPLES, ids=lambda page: page.stem)
def test_examples_import_only_what_is_promised(page: Path) -> None:
    for module, name in sorted(imports(examples(page))):
        assert module in PUBLIC, f"{page.name} imports {module}"
        assert name == "*" or name in importlib.import_module(module).__all__, f"{page.name} imports {module}.{name}"


def test_the_promise_names_the_public_modules() -> None:
    promise = (ROOT / "docs" / "compatibility.md").read_text("utf-8")
    assert set(re.findall(r"^\| `(massstart[.a-z]*)` \|", promise, re.MULTILINE)) == PUBLIC


@pytest.mark.slow
def test_examples_are_typed(tmp_path: Path) -> None:
    for page in WITH_EXAMPLES:
        name = page.stem.lower().replace("-", "_")
        (tmp_path / f"{name}_page.py").write_text(examples(page), "utf-8")
    # In the folder of the project, so that its package is not looked through again where mypy has done so before.
    checked = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", tmp_path], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr
