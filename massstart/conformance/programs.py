"""A program that answers cases.

Decides how it is asked, and what counts as no answer.
"""

import json
import os
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from threading import Thread
from time import monotonic
from typing import IO, Any

from massstart.conformance.case import Answer, Case
from massstart.files.jsontext import parse
from massstart.files.limits import BYTES
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
            process = subprocess.Popen(  # noqa: S603
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                env={**os.environ, "MASSTART_DOES": case.does, "MASSTART_CASE": case.id},
            )
        except OSError as error:
            raise UnknownName(f"{command[0]!r} cannot be run: {error.strerror}") from None
        try:
            out, errors = _talk(process, json.dumps(case.given).encode() + b"\n", timeout)
        except subprocess.TimeoutExpired:
            raise NoAnswer(f"no answer within {timeout:g} seconds") from None
        finally:
            process.kill()
            process.wait()
        if max(len(out), len(errors)) > BYTES:
            raise NoAnswer(f"more than {BYTES:,} bytes of output")
        if process.returncode:
            last = errors.decode(errors="replace").strip().splitlines()[-1:]
            raise NoAnswer(": ".join([f"exit status {process.returncode}", *last]))
        try:
            return parse(out)
        except InvalidRecord as error:
            raise NoAnswer(f"the answer cannot be read: {error.problems[0].message}") from None

    return ask


def _talk(process: subprocess.Popen[bytes], given: bytes, timeout: float) -> tuple[bytes, bytes]:
    """What a program writes to standard output and standard error; of a flood, one byte more than is read.

    `subprocess` itself would keep a flood whole: 300 MB a second.
    """
    until = monotonic() + timeout
    taken = [b"", b""]

    def give() -> None:
        # A program need not read the case to its end.
        with suppress(OSError), process.stdin as stream:  # type: ignore[union-attr]  # it was asked for
            stream.write(given)

    def take(at: int, stream: IO[bytes]) -> None:
        with stream:
            taken[at] = stream.read(BYTES + 1)
            if len(taken[at]) > BYTES:
                process.kill()

    takers = [Thread(target=take, args=pair, daemon=True) for pair in enumerate((process.stdout, process.stderr))]
    for thread in (Thread(target=give, daemon=True), *takers):
        thread.start()
    for thread in takers:
        thread.join(max(0, until - monotonic()))
    if any(thread.is_alive() for thread in takers):
        raise subprocess.TimeoutExpired(process.args, timeout)
    process.wait(max(0, until - monotonic()))
    return taken[0], taken[1]
