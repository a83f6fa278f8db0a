"""The commands. Each reads its input whole, then writes; input that cannot be used leaves standard output empty.

Decides arguments, exit statuses and where output goes. What tables look like stands in `massstart.tables`.
"""

import json
import os
import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from io import TextIOWrapper
from typing import Any

import click

from massstart import conformance as vectors
from massstart import tables
from massstart.advancement import advance as advance_best
from massstart.archive import archive as bundled
from massstart.jsonwrite import dumps
from massstart.loading import load, loads
from massstart.problems import InvalidRecord, MassStartError
from massstart.race import Race
from massstart.ranking import rank as rank_record
from massstart.result import Result
from massstart.rulebooks import RULEBOOKS, rulebook
from massstart.search import find
from massstart.sheet import Sheet
from massstart.verification import verify as verify_sheet

#: What a command ends with: done and consistent, a sheet has findings or a case failed, input that cannot be used.
DONE, FINDINGS, UNUSABLE = 0, 1, 2

as_json = click.option("--json", "as_json", is_flag=True, help="Write JSON, one object a line, instead of a table.")
file_argument = click.argument("source", metavar="FILE")


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 80})
@click.version_option(package_name="massstart")
def massstart() -> None:
    """Score speed-skating mass starts by the ISU rules, and check published results.

    FILE is the path of a JSON file, - for standard input, or the id of a bundled race
    (see: massstart archive).

    \b
    Try:
      massstart explain beijing-2022-men-semifinal-1 Kramer
      massstart verify wc-2025-26-1-men-division-a
      massstart rulebooks isu-2018

    Exit status: 0 done and consistent; 1 a sheet has findings, or a case failed;
    2 input that cannot be used.
    """  # noqa: D301  # click wants a real backspace: it keeps the lines after it as they are
    for stream, errors in ((sys.stdout, "strict"), (sys.stderr, "backslashreplace")):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors=errors)


def read(source: str) -> Race | Sheet:
    """What a FILE argument names; ends the command if it cannot be used."""
    with reporting(source):
        return loads(sys.stdin.buffer.read()) if source == "-" else load(source)


@contextmanager
def reporting(source: str) -> Generator[None, None, None]:
    """Report the problems of an input, one a line, and end the command."""
    try:
        yield
    except MassStartError as error:
        lines = [str(problem) for problem in error.problems] if isinstance(error, InvalidRecord) else [str(error)]
        for line in lines:
            click.echo(f"{source}: {printable(line)}", err=True)
        raise SystemExit(UNUSABLE) from None


def printable(text: str) -> str:
    """A message on one line, whatever stood in the file."""
    return "".join(character if character.isprintable() else "\ufffd" for character in text)


def read_all(sources: tuple[str, ...]) -> list[Race | Sheet]:
    """What several FILE arguments name; if any cannot be used, reports them all and ends the command."""
    found: list[Race | Sheet] = []
    failed = False
    with tables.progress(sources, "reading") as each:
        for source in each:
            try:
                found.append(read(source))
            except SystemExit:
                failed = True
    if failed:
        raise SystemExit(UNUSABLE)
    return found


@massstart.command()
@file_argument
@as_json
def rank(source: str, as_json: bool) -> None:
    """Rank a race; a published sheet is ranked from its own facts."""
    record = read(source)
    with reporting(source):
        result = rank_record(record)
    write(result, as_json, tables.result)


@massstart.command()
@click.argument("sources", metavar="FILE...", nargs=-1, required=True)
@as_json
def verify(sources: tuple[str, ...], as_json: bool) -> None:
    """Check published sheets against the rules. Exit status 1 if there are findings."""
    records = read_all(sources)
    for source, record in zip(sources, records, strict=True):
        if not isinstance(record, Sheet):
            click.echo(
                f"{source}: this is a race, and only a published sheet can be verified; see: massstart rank", err=True
            )
    sheets = [record for record in records if isinstance(record, Sheet)]
    if len(sheets) < len(records):
        raise SystemExit(UNUSABLE)
    with tables.progress(sheets, "verifying") as each:
        reports = [verify_sheet(sheet) for sheet in each]
    for report in reports:
        write(report, as_json, tables.verification)
    raise SystemExit(DONE if all(report.consistent for report in reports) else FINDINGS)


@massstart.command()
@file_argument
@click.argument("skater")
@as_json
def explain(source: str, skater: str, as_json: bool) -> None:
    """Say why a skater has this rank. SKATER is an id, a number worn, or part of the name."""
    record = read(source)
    with reporting(source):
        row = find(rank_record(record), skater)
    if as_json:
        found = {"id": row.id, "name": row.name, "nation": row.nation, "rank": row.rank, "qualified": row.qualified}
        click.echo(json.dumps({"kind": "explanation", "version": 1, **found, "reason": row.reason}, ensure_ascii=False))
    else:
        tables.explanation(row)


@massstart.command()
@click.argument("sources", metavar="FILE FILE...", nargs=-1, required=True)
@click.option("--best", type=click.IntRange(min=1), help="How many of each go to the final.")
@as_json
def advance(sources: tuple[str, ...], best: int | None, as_json: bool) -> None:
    """Make the start list of the final from the semifinals, in their order."""
    semifinals: list[Result | Sheet] = []
    for source, record in zip(sources, read_all(sources), strict=True):
        with reporting(source):
            semifinals.append(rank_record(record) if isinstance(record, Race) else record)
    with reporting(", ".join(sources)):
        start_list = advance_best(*semifinals, best=best)
    write(start_list, as_json, tables.start_list)


@massstart.command()
@click.argument("id", required=False)
@as_json
def rulebooks(id: str | None, as_json: bool) -> None:
    """Show the rulebooks; with an ID, every value of one with its confidence and sources."""
    if id is None and not as_json:
        tables.rulebooks(RULEBOOKS)
        return
    with reporting("rulebooks"):
        books = RULEBOOKS if id is None else (rulebook(id),)
    for book in books:
        write(book, as_json, tables.rulebook)


@massstart.command()
@as_json
def archive(as_json: bool) -> None:
    """List the bundled races, each with its sources."""
    sheets = [load(id) for id in bundled()]
    if as_json:
        for sheet in sheets:
            click.echo(dumps(sheet))
    else:
        tables.archive([sheet for sheet in sheets if isinstance(sheet, Sheet)])


@massstart.command()
@click.argument("command", metavar="[-- COMMAND...]", nargs=-1)
@click.option("--only", type=click.Choice(vectors.DOES), multiple=True, help="Run only the cases that ask for this.")
@click.option(
    "--timeout", type=click.FloatRange(min=0, min_open=True), default=vectors.TIMEOUT, show_default=True,
    help="Seconds that the program has for a case.",
)  # fmt: skip
@as_json
def conformance(command: tuple[str, ...], only: tuple[vectors.Does, ...], timeout: float, as_json: bool) -> None:
    """Check this library, or any program, against the conformance vectors.

    COMMAND is started once for each case. It reads the case from standard input and writes its answer, one JSON
    object, to standard output. Exit status 1 if a case fails; 2 if the program cannot be run.
    """
    with reporting("conformance"):
        chosen = [case for case in vectors.cases() if not only or case.does in only]
        ask = vectors.program(command, timeout) if command else vectors.answer
        with tables.progress(chosen, "checking") as each:
            outcomes = list(vectors.check(each, ask, workers=(os.cpu_count() or 1) if command else 1))
    if as_json:
        for outcome in outcomes:
            found = {"id": outcome.case.id, "does": outcome.case.does, "passed": outcome.passed}
            line = {"kind": "outcome", "version": 1, **found, "difference": outcome.difference}
            click.echo(json.dumps(line, ensure_ascii=False))
    else:
        tables.conformance(outcomes)
    raise SystemExit(DONE if all(outcome.passed for outcome in outcomes) else FINDINGS)


def write(value: Any, as_json: bool, table: Callable[[Any], None]) -> None:
    """Write a value as JSON or as a table."""
    if as_json:
        click.echo(dumps(value))
    else:
        table(value)
