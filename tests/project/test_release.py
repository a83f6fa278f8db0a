"""What a release says of itself: the same in every file that says it, and nothing before it is ready."""

import re
import runpy
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

import massstart

ROOT = Path(__file__).parents[2]
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
METADATA = PROJECT["project"]
EXTRAS = METADATA["optional-dependencies"]
CITATION = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
RECIPE = yaml.safe_load((ROOT / ".ci" / "conda" / "recipe.yaml").read_text("utf-8"))
NOTES = ROOT / ".ci" / "notes.py"
#: By their file: the workflows.
WORKFLOWS = {
    path.name: yaml.safe_load(path.read_text("utf-8")) for path in (ROOT / ".github" / "workflows").glob("*.yml")
}
CHANGELOG = """# Changelog

## 1.2.0 (2026-11-02)

- New; see [Files](docs/files.md#csv) and [the names](docs/reference/index.md), not [this](https://example.org).

### Corrected

- A rank.

## 1.1.0 (2026-10-01)

- Old.
"""


def bounds(requirements: list[str]) -> dict[str, str]:
    """The lower bound of each dependency, without the package itself."""
    split = (re.split(r"\s*(?=>=)", requirement) for requirement in requirements)
    return {
        name.replace("_", "-"): bound for name, *rest in split if not name.startswith("massstart[") for bound in rest
    }


def test_every_file_has_the_same_version() -> None:
    assert METADATA["version"] == massstart.__version__ == CITATION["version"] == RECIPE["context"]["version"]
    assert re.search(
        rf"^## {re.escape(massstart.__version__)} \(", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE
    )


def test_every_file_has_the_same_licence_and_addresses() -> None:
    urls = METADATA["urls"]
    assert METADATA["license"] == CITATION["license"] == RECIPE["about"]["license"] == "MIT"
    assert urls["Homepage"] == CITATION["url"] == RECIPE["about"]["homepage"]
    assert urls["Source"] == CITATION["repository-code"] == RECIPE["about"]["repository"]
    (author,) = METADATA["authors"]
    assert CITATION["authors"] == [author]
    assert author["name"].removeprefix("The ") in (ROOT / "LICENSE").read_text("utf-8")


def test_all_is_every_extra_but_those_of_developers() -> None:
    (everything,) = EXTRAS["all"]
    assert everything == f"massstart[{','.join(sorted(EXTRAS.keys() - {'all', 'docs', 'test'}))}]"
    readme = (ROOT / "README.md").read_text("utf-8").split("## Install")[1].split("\n## ")[0]
    assert {name for name in EXTRAS if f"`{name}`" in readme} == EXTRAS.keys() - {"docs", "test"}


def test_conda_knows_the_same_dependencies() -> None:
    run = bounds(RECIPE["requirements"]["run"])
    assert run.pop("python") == ">=${{ python_min }}"
    assert run == bounds(METADATA["dependencies"] + EXTRAS["cli"])
    rest = [line for name, lines in EXTRAS.items() if name not in ("cli", "docs", "test") for line in lines]
    named = {
        name.replace("-base", ""): bound for name, bound in bounds(RECIPE["requirements"]["run_constraints"]).items()
    }
    assert named == bounds(rest)
    assert f">={RECIPE['context']['python_min']}" == METADATA["requires-python"]
    assert PROJECT["build-system"]["requires"][0].replace(">=", " >=") in RECIPE["requirements"]["host"]
    ((name, function),) = METADATA["scripts"].items()
    assert RECIPE["build"]["python"]["entry_points"] == [f"{name} = {function}"]


def test_everything_that_the_source_archive_should_hold_is_there() -> None:
    listed = PROJECT["tool"]["hatch"]["build"]["targets"]["sdist"]["only-include"]
    assert [name for name in listed if not (ROOT / name).exists()] == []


def test_the_tests_run_on_every_python_that_is_named() -> None:
    named = {line.rpartition(" ")[2] for line in METADATA["classifiers"] if re.search(r":: 3\.\d+$", line)}
    assert set(WORKFLOWS["tests.yml"]["jobs"]["test"]["strategy"]["matrix"]["python"]) == named


@pytest.mark.parametrize("name", WORKFLOWS)
def test_a_workflow_may_no_more_than_it_needs(name: str) -> None:
    workflow = WORKFLOWS[name]
    assert workflow["permissions"] == {"contents": "read"}
    assert workflow["concurrency"]["group"]
    steps = [step for job in workflow["jobs"].values() for step in job.get("steps", ())]
    assert steps
    assert [
        step["uses"] for step in steps if "uses" in step and not re.search(r"@(release/)?v\d+$", step["uses"])
    ] == []


def test_the_description_has_no_link_that_leads_nowhere() -> None:
    shown = runpy.run_path(str(ROOT / ".ci" / "links.py"))["from_anywhere"]((ROOT / "README.md").read_text("utf-8"))
    links = re.findall(r"\]\((.*?)\)", shown)
    urls = METADATA["urls"]
    assert len(links) > 30
    assert {f"{urls['Homepage']}_images/kramer.svg", f"{urls['Homepage']}reference/index.html"} <= set(links)
    assert f"{urls['Source']}/blob/main/CHANGELOG.md" in links
    assert [link for link in links if not link.startswith((urls["Homepage"], urls["Source"]))] == []


def test_the_notes_are_the_section_with_links_to_the_site() -> None:
    notes = runpy.run_path(str(NOTES))["notes"]
    site = METADATA["urls"]["Documentation"]
    assert notes("v1.2.0", "1.2.0", CHANGELOG) == (
        f"- New; see [Files]({site}files.html#csv) and [the names]({site}reference/index.html), not [this](https://example.org).\n"
        "\n### Corrected\n\n- A rank.\n"
    )
    assert notes("v1.1.0", "1.1.0", CHANGELOG) == "- Old.\n"


@pytest.mark.parametrize(
    ("tag", "version", "heading", "words"),
    [
        ("v1.2.1", "1.2.0", "1.2.0 (2026-11-02)", "the tag is v1.2.1, and pyproject.toml says 1.2.0"),
        ("1.2.0", "1.2.0", "1.2.0 (2026-11-02)", "the tag is 1.2.0, and pyproject.toml says 1.2.0"),
        ("v1.2.0", "1.2.0", "1.2.0 (unreleased)", "CHANGELOG.md has no section '## 1.2.0 (YYYY-MM-DD)'"),
        ("v1.2.0", "1.2.0", "1x2.0 (2026-11-02)", "CHANGELOG.md has no section '## 1.2.0 (YYYY-MM-DD)'"),
    ],
)  # fmt: skip
def test_what_is_not_ready_has_no_notes(tag: str, version: str, heading: str, words: str) -> None:
    changelog = CHANGELOG.replace("1.2.0 (2026-11-02)", heading)
    with pytest.raises(ValueError, match=f"^{re.escape(words)}$"):
        runpy.run_path(str(NOTES))["notes"](tag, version, changelog)


def test_a_tag_of_another_version_ends_the_workflow() -> None:
    done = subprocess.run([sys.executable, NOTES, "v0.0.0"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"notes: the tag is v0.0.0, and pyproject.toml says {massstart.__version__}\n"
