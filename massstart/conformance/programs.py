"""A program that answers cases.

Decides how it is asked, and what counts as no answer.
"""

import json
import os
import subprocess
from collections.abc import Sequence
from typing import Any

from massstart.conformance.case import Answer, Case
from massstart.files.jsontext import parse
from massstart.problems import InvalidRecord, UnknownName

#: Seconds that a program has for one case, unless told otherwise.
TIMEOUT = 10.0


class NoAnswer(Exception):
    """A program that gave no answer to a case; the message says how."""


def program(command: Sequence[str], timeout: float = TIMEOUT) -> Answer:
    """A program as something that answers cases, one process for each.

    The case without ``expected`` goes to standard input as one line of JSON. ``MASSTART_DOES`` in the environment
    says what is asked, ``MASSTART_CASE`` which case it is. The answer is one JSON object on standard output.

    Args:
        command: the program and its arguments.
        timeout: how many seconds it has for one case.

    Example:
        >>> import sys
        >>> from massstart.conformance import cases, check, program
        >>> silent = program([sys.executable, "-c", "pass"])
        >>> next(check(cases()[:1], silent)).passed
        False
    """

    def ask(case: Case) -> Any:
        try:
            # The command is the user's own.
            done = subprocess.run(  # noqa: S603
                command,
                input=json.dumps(case.given).encode() + b"\n",
                capture_output=True,
                check=False,
                timeout=timeout,
                env={**os.environ, "MASSTART_DOES": case.does, "MASSTART_CASE": case.id},
            )
        except subprocess.TimeoutExpired:
            raise NoAnswer(f"no answer within {timeout:g} seconds") from None
        except OSError as error:
            raise UnknownName(f"{command[0]!r} cannot be run: {error.strerror}") from None
        if done.returncode:
            last = done.stderr.decode(errors="replace").strip().splitlines()[-1:]
            raise NoAnswer(": ".join([f"exit status {done.returncode}", *last]))
        try:
            return parse(done.stdout)
        except InvalidRecord as error:
            raise NoAnswer(f"the answer cannot be read: {error.problems[0].message}") from None

    return ask
