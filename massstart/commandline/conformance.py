"""The command `conformance`: this library, or any program, against the conformance vectors."""

import json
import os

import click

from massstart import conformance as vectors
from massstart.commandline.group import DONE, FINDINGS, as_json_option, massstart, reporting
from massstart.showing.terminal import tables
from massstart.showing.terminal.console import progress


@massstart.command()
@click.argument("command", metavar="[-- COMMAND...]", nargs=-1)
@click.option("--only", type=click.Choice(vectors.DOES), multiple=True, help="Run only the cases that ask for this.")
@click.option(
    "--timeout", type=click.FloatRange(min=0, min_open=True), default=vectors.TIMEOUT, show_default=True,
    help="Seconds that the program has for a case.",
)  # fmt: skip
@as_json_option
def conformance(command: tuple[str, ...], only: tuple[vectors.Does, ...], timeout: float, as_json: bool) -> None:
    """Check this library, or any program, against the conformance vectors.

    COMMAND is started once for each case. It reads the case from standard input and writes its answer, one JSON
    object, to standard output. Exit status 1 if a case fails; 2 if the program cannot be run.
    """
    with reporting("conformance"):
        chosen = [case for case in vectors.cases() if not only or case.does in only]
        ask = vectors.program(command, timeout) if command else vectors.answer
        with progress(chosen, "checking") as each:
            outcomes = list(vectors.check(each, ask, workers=(os.cpu_count() or 1) if command else 1))
    if as_json:
        for outcome in outcomes:
            found = {"id": outcome.case.id, "does": outcome.case.does, "passed": outcome.passed}
            line = {"kind": "outcome", "version": 1, **found, "difference": outcome.difference}
            click.echo(json.dumps(line, ensure_ascii=False))
    else:
        tables.conformance(outcomes)
    raise SystemExit(DONE if all(outcome.passed for outcome in outcomes) else FINDINGS)
