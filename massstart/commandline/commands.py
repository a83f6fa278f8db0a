"""The commands for a single race, for semifinals, and for what is bundled: rank, verify, explain, advance and others.

Decides their arguments. What tables look like stands in `massstart.showing.tables`.
"""

import json
import os

import click

from massstart import conformance as vectors
from massstart.advancement import advance as advance_best
from massstart.commandline.common import (
    DONE,
    FINDINGS,
    UNUSABLE,
    as_json_option,
    file_argument,
    massstart,
    read,
    read_all,
    reporting,
    write,
)
from massstart.commandline.search import find
from massstart.files.archive import archive as bundled
from massstart.files.jsonwrite import dumps
from massstart.files.loading import load
from massstart.race import Race
from massstart.ranking import rank as rank_record
from massstart.result import Result
from massstart.rulebooks import RULEBOOKS, rulebook
from massstart.sheet import Sheet
from massstart.showing import tables
from massstart.showing.terminal import progress
from massstart.verification import verify as verify_sheet


@massstart.command()
@file_argument
@as_json_option
def rank(source: str, as_json: bool) -> None:
    """Rank a race; a published sheet is ranked from its own facts."""
    record = read(source)
    with reporting(source):
        result = rank_record(record)
    write(result, as_json, tables.result)


@massstart.command()
@click.argument("sources", metavar="FILE...", nargs=-1, required=True)
@as_json_option
def verify(sources: tuple[str, ...], as_json: bool) -> None:
    """Check published sheets against the rules. Exit status 1 if there are findings."""
    records = read_all(sources, read)
    for source, record in zip(sources, records, strict=True):
        if not isinstance(record, Sheet):
            click.echo(
                f"{source}: this is a race, and only a published sheet can be verified; see: massstart rank", err=True
            )
    sheets = [record for record in records if isinstance(record, Sheet)]
    if len(sheets) < len(records):
        raise SystemExit(UNUSABLE)
    with progress(sheets, "verifying") as each:
        reports = [verify_sheet(sheet) for sheet in each]
    for report in reports:
        write(report, as_json, tables.verification)
    raise SystemExit(DONE if all(report.consistent for report in reports) else FINDINGS)


@massstart.command()
@file_argument
@click.argument("skater")
@as_json_option
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
@as_json_option
def advance(sources: tuple[str, ...], best: int | None, as_json: bool) -> None:
    """Make the start list of the final from the semifinals, in their order."""
    semifinals: list[Result | Sheet] = []
    for source, record in zip(sources, read_all(sources, read), strict=True):
        with reporting(source):
            semifinals.append(rank_record(record) if isinstance(record, Race) else record)
    with reporting(", ".join(sources)):
        start_list = advance_best(*semifinals, best=best)
    write(start_list, as_json, tables.start_list)


@massstart.command()
@click.argument("id", required=False)
@as_json_option
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
@as_json_option
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
