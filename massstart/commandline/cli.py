"""The way into the command line; the commands stand in the modules beside this one, each under its name.

Decides only what happens when the libraries of the command line are not installed.
"""

import sys


def main() -> None:
    """Run the command line."""
    try:
        import click  # noqa: F401  # asked for here, so that a missing library is told apart from a fault of ours
        import rich  # noqa: F401
    except ModuleNotFoundError as error:
        print(f"massstart: {error.name} is not installed; run: pip install 'massstart[cli]'", file=sys.stderr)
        raise SystemExit(2) from None
    # Importing them is what adds their commands to the group.
    from massstart.commandline import (  # noqa: F401
        advance,
        archive,
        conformance,
        event,
        explain,
        live,
        outlook,
        quota,
        rank,
        read,
        rulebooks,
        show,
        standings,
        verify,
    )  # fmt: skip
    from massstart.commandline.group import massstart

    massstart()
