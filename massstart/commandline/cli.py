"""The way into the command line; the commands stand in the modules beside this one, each under its name.

Decides what happens when the libraries of the command line are not installed, and how a command ends that was kept
from its answer: by a full disk, a closed pipe, Ctrl-C. Status 1 means findings, so that none of these may end with it.
"""

import os
import sys
import traceback
from contextlib import suppress
from io import StringIO
from pathlib import Path

#: What a shell gives a process that a signal ended: 128 and the number of SIGINT, of SIGPIPE.
INTERRUPTED, PIPE_CLOSED = 128 + 2, 128 + 13


def main() -> None:
    """Run the command line."""
    try:
        import click  # noqa: F401  # asked for here, so that a missing library is told apart from a fault of ours
        import rich  # noqa: F401
    except ModuleNotFoundError as error:
        print(f"massstart: {error.name} is not installed; run: pip install 'massstart[cli]'", file=sys.stderr)
        raise SystemExit(2) from None
    raise SystemExit(_ended())


def _ended() -> int:
    """The exit status of the command, whatever came of it."""
    if sys.stdout is None:
        return _kept_from("standard output is closed")
    try:
        try:
            return _answered()
        finally:
            # Here, and not when Python shuts down: there a full disk could no longer be told.
            sys.stdout.flush()
    except BrokenPipeError:
        return _kept_from(None, PIPE_CLOSED)
    except SystemExit as ended:
        # rich makes status 1 of a closed pipe.
        if isinstance(ended.__context__, BrokenPipeError):
            return _kept_from(None, PIPE_CLOSED)
        raise
    except KeyboardInterrupt:
        return _kept_from("interrupted", INTERRUPTED)
    except OSError as error:
        return _kept_from(error.strerror or str(error))
    except UnicodeEncodeError as error:
        return _kept_from(f"{error.object[error.start]!a} is half a character, and cannot be written")
    except Exception:  # noqa: BLE001  # a fault of ours: the traceback is for us, the status not that of findings
        traceback.print_exc()
        return _kept_from(None)


def _answered() -> int:
    """Run the command that the arguments ask for. click's own `main` would make status 1 of what is told apart above."""
    from click import ClickException
    from click.exceptions import Exit

    # Importing them is what adds their commands to the group.
    from massstart.commandline import (  # noqa: F401
        advance,
        archive,
        conformance,
        event,
        explain,
        help,  # noqa: A004
        live,
        outlook,
        quota,
        rank,
        read,
        rulebooks,
        show,
        simulate,
        standings,
        verify,
    )  # fmt: skip
    from massstart.commandline.group import UNUSABLE, massstart, printable, report
    from massstart.problems import MassStartError

    if "_MASSSTART_COMPLETE" in os.environ:
        massstart(prog_name="massstart")
    called = Path(sys.argv[0])
    try:
        name = "python -m massstart" if called.name == "__main__.py" else called.name
        with massstart.make_context(name, sys.argv[1:]) as context:
            massstart.invoke(context)
    except Exit as ended:
        return ended.exit_code
    except MassStartError as error:
        # The input could be used, but the answer cannot be written: half a character in an argument.
        report("massstart", error)
        return UNUSABLE
    except ClickException as error:
        # It quotes the arguments, and the name of a file can hold what a terminal obeys.
        shown = StringIO()
        error.show(shown)
        for line in shown.getvalue().expandtabs().removesuffix("\n").split("\n"):
            print(printable(line), file=sys.stderr)
        return UNUSABLE
    return 0


def _kept_from(message: str | None, status: int = 2) -> int:
    """Say why there is no answer, in one line, if anybody can read it."""
    with suppress(OSError):
        if message is not None:
            print(f"massstart: {message}", file=sys.stderr)
    for stream in (sys.stdout, sys.stderr):
        # What is left in a buffer goes nowhere, so that closing it raises nothing.
        with suppress(OSError, AttributeError):
            stream.flush()
            continue
        with suppress(OSError, AttributeError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
    return status
