"""The command line, run as a process."""

import os
import subprocess
import sys

COMMAND = [sys.executable, "-m", "massstart"]


def run(*arguments: str, given: str | bytes = b"", **environment: str) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [*COMMAND, *arguments], input=given.encode() if isinstance(given, str) else given, capture_output=True, check=False,
        env={**os.environ, "COLUMNS": "80", **environment},
    )  # fmt: skip
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


def ok(*arguments: str, given: str | bytes = b"", status: int = 0) -> str:
    done = run(*arguments, given=given)
    assert (done.returncode, done.stderr) == (status, "")
    return done.stdout


def refused(*arguments: str, given: str | bytes = b"") -> list[str]:
    done = run(*arguments, given=given)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr
    return done.stderr.splitlines()
