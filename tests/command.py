"""The command line: as a process, or within this one, which answers the same in a tenth of the time.

`test_commands.py` holds one against the other. What depends on the environment is always a process of its own.
"""

import os
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from io import BytesIO, TextIOWrapper
from unittest.mock import patch

import pytest

from massstart.commandline.cli import main

COMMAND = [sys.executable, "-m", "massstart"]


def run(*arguments: str, given: str | bytes = b"", **environment: str) -> subprocess.CompletedProcess[str]:
    """What the command answers; in a process of its own if the environment is another."""
    given = given.encode() if isinstance(given, str) else given
    done = process(*arguments, given=given, **environment) if environment else call(*arguments, given=given)
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


def process(*arguments: str, given: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    """The command as a process."""
    return subprocess.run(
        [*COMMAND, *arguments], input=given, capture_output=True, check=False,
        env={**os.environ, "COLUMNS": "80", **environment},
    )  # fmt: skip


def under_two_hash_seeds(program: str) -> set[str]:
    """What a program prints; one text if it does not depend on the seed that Python hashes with."""
    return {
        subprocess.run(
            [sys.executable, "-c", program], check=True, capture_output=True, text=True,
            env=os.environ | {"PYTHONHASHSEED": seed},
        ).stdout
        for seed in "12"
    }  # fmt: skip


def call(*arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """The command within this process. Its streams speak ASCII at first, so that it must ask for UTF-8 itself."""
    out, error = BytesIO(), BytesIO()
    stdin, stdout, stderr = (TextIOWrapper(stream, "ascii") for stream in (BytesIO(given), out, error))
    with (
        patch.object(sys, "argv", ["massstart", *arguments]), patch.object(sys, "stdin", stdin),
        patch.dict(os.environ, {"COLUMNS": "80"}), redirect_stdout(stdout), redirect_stderr(stderr),
        pytest.raises(SystemExit) as ended,
    ):  # fmt: skip
        main()
    stdout.flush()
    stderr.flush()
    assert isinstance(ended.value.code, int)
    return subprocess.CompletedProcess(arguments, ended.value.code, out.getvalue(), error.getvalue())


def ok(*arguments: str, given: str | bytes = b"", status: int = 0) -> str:
    done = run(*arguments, given=given)
    assert (done.returncode, done.stderr) == (status, "")
    return done.stdout


def refused(*arguments: str, given: str | bytes = b"") -> list[str]:
    done = run(*arguments, given=given)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr
    return done.stderr.splitlines()
