"""The page that tells of a race day: its commands are run one after the other, and show what the page shows."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from massstart.feed import CARD

DOCS = Path(__file__).parents[2] / "docs"
STEPS = re.findall(r"```sh\n(.*?)```\n(?:\n```text\n(.*?)```)?", (DOCS / "race-day.md").read_text("utf-8"), re.DOTALL)


def holds(shown: list[str], page: list[str]) -> bool:
    """Whether lines are those of the page, in their order, where ``…`` stands for any."""
    if not page:
        return not shown
    if page[0] == "…":
        return any(holds(shown[start:], page[1:]) for start in range(len(shown) + 1))
    return bool(shown) and shown[0].rstrip() == page[0] and holds(shown[1:], page[1:])


@pytest.mark.slow
def test_every_command_shows_what_the_page_shows(tmp_path: Path) -> None:
    command = tmp_path / "bin" / "massstart"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec {sys.executable} -m massstart "$@"\n', "utf-8")
    command.chmod(0o755)
    where = {"PATH": f"{command.parent}{os.pathsep}{os.environ['PATH']}", "COLUMNS": "80"}
    assert len(STEPS) > 5
    for script, page in STEPS:
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", script],
            cwd=tmp_path, env=os.environ | where, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert (done.returncode, done.stderr) == (0, ""), script
        if page:
            assert holds(done.stdout.splitlines(), page.splitlines()), f"{script}\n{done.stdout}"


def test_the_card_lists_what_can_be_typed() -> None:
    rows = re.findall(r"^\| `(.*?)` \| (.*) \|$", (DOCS / "race-card.md").read_text("utf-8"), re.MULTILINE)
    assert [(shape, meaning.replace("`", "")) for shape, meaning in rows] == list(CARD)
