"""Python at its strictest takes no offence, and Python without assertions gives the same answers."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from command import call

from massstart import load, show

pytestmark = pytest.mark.slow

KRAMER = "beijing-2022-men-semifinal-1"
SHEETS = ("wc-2025-26-1-men-division-a", "wc-2025-26-2-men-division-a")
SEMIFINALS = ("pyeongchang-2018-men-semifinal-1", "pyeongchang-2018-men-semifinal-2")


@pytest.mark.parametrize("flags", [["-bb", "-W", "error"], ["-O"]])
@pytest.mark.parametrize(
    ("command", "status"),
    [
        (["rank", KRAMER], 0),
        (["read", "-"], 0),
        (["verify", SHEETS[0]], 1),
        (["show", KRAMER, "--as", "html", "--reasons"], 0),
        (["standings", *SHEETS], 0),
        (["event", *SEMIFINALS], 0),
        (["rank", "nix"], 2),
    ],
)
def test_answers_are_the_same(flags: list[str], command: list[str], status: int, tmp_path: Path) -> None:
    given = show(load(KRAMER), "csv").encode()
    usual = call(*command, given=given)
    strict = [sys.executable, *flags, "-m", "massstart", *command]
    done = subprocess.run(
        strict, input=given, capture_output=True, check=False, cwd=tmp_path, env=os.environ | {"COLUMNS": "80"}
    )
    assert (done.returncode, done.stdout, done.stderr) == (usual.returncode, usual.stdout, usual.stderr)
    assert done.returncode == status
