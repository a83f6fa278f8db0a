"""A command within this process, as a shell sees it: what goes in, what comes out, how it ends."""

import os
import sys
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout
from io import BytesIO, TextIOWrapper
from unittest.mock import patch

from attrs import frozen

from massstart.commandline.cli import main


@frozen
class Ended:
    """How a command ended."""

    status: object
    out: bytes
    error: str


def answer(arguments: Sequence[str], given: bytes = b"") -> Ended:
    """What a command answers."""
    out, error = BytesIO(), BytesIO()
    stdin, stdout, stderr = (TextIOWrapper(stream, "utf-8") for stream in (BytesIO(given), out, error))
    status: object = None
    with (
        patch.object(sys, "argv", ["massstart", *arguments]), patch.object(sys, "stdin", stdin),
        patch.dict(os.environ, {"COLUMNS": "80"}), redirect_stdout(stdout), redirect_stderr(stderr),
    ):  # fmt: skip
        try:
            main()
        except SystemExit as ended:
            status = ended.code
    stdout.flush()
    stderr.flush()
    return Ended(status, out.getvalue(), error.getvalue().decode())
