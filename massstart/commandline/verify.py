"""The command `verify`: published sheets against the rules."""

from pathlib import Path
from typing import Any

import click
from attrs import evolve

from massstart.commandline import completion
from massstart.commandline.group import (
    DONE,
    FINDINGS,
    UNUSABLE,
    as_json_option,
    content_of,
    massstart,
    read_all,
    reporting,
    tell,
    write,
)
from massstart.commandline.output import chosen_format, output_options, put_out
from massstart.files.loading import first_letter, read_content
from massstart.race import Race
from massstart.sheet import Sheet
from massstart.showing.terminal import tables
from massstart.showing.terminal.console import progress
from massstart.verification import verify as verify_sheet


@massstart.command()
@click.argument("sources", metavar="FILE...", nargs=-1, required=True, shell_complete=completion.races)
@click.option(
    "--rulebook", metavar="ID", shell_complete=completion.rulebooks,
    help="Check against this rulebook, whatever the sheet says.",
)  # fmt: skip
@click.option("--date", metavar="YYYY-MM-DD", help="The day of the race, where the sheet does not print it.")
@click.option("--round", "round_", metavar="TEXT", help="The round, such as 'division a', where it is not printed.")
@output_options
@as_json_option
def verify(
    sources: tuple[str, ...],
    rulebook: str | None,
    date: str | None,
    round_: str | None,
    as_: str | None,
    out: Path | None,
    as_json: bool,
) -> None:
    """Check published sheets against the rules. Exit status 1 if there are findings.

    With --as or --out, one sheet is shown with the findings at their cells.
    """
    is_shown = as_ is not None or out is not None
    chosen = chosen_format(as_, out)
    if is_shown and (len(sources) > 1 or as_json):
        raise click.UsageError("--as and --out show one sheet; give one FILE, without --json")
    if chosen in ("svg", "png"):
        raise click.UsageError(f"{chosen} is a picture, and shows no findings; choose another format")
    given: dict[str, Any] = {
        name: value for name, value in (("rulebook", rulebook), ("date", date), ("round", round_)) if value
    }
    records = read_all(sources, lambda source: _read(source, given))
    for source, record in zip(sources, records, strict=True):
        if not isinstance(record, Sheet):
            tell(source, "this is a race, and only a published sheet can be verified; see: massstart rank")
    sheets = [record for record in records if isinstance(record, Sheet)]
    if len(sheets) < len(records):
        raise SystemExit(UNUSABLE)
    with progress(sheets, "verifying") as each:
        reports = [verify_sheet(sheet) for sheet in each]
    for report in reports:
        if is_shown:
            put_out(report, chosen, out)
        else:
            write(report, as_json, tables.verification)
    raise SystemExit(DONE if all(report.consistent for report in reports) else FINDINGS)


def _read(source: str, given: dict[str, Any]) -> Race | Sheet:
    """A sheet, with what is given on the command line in place of what it says."""
    with reporting(source):
        content = content_of(source)
        # A table may need the rulebook to be read at all; JSON says it itself, and is told otherwise afterwards.
        options = {} if first_letter(content) == "{" else {"rulebook": given.get("rulebook")}
        record: Race | Sheet = read_content(content, source, (Race, Sheet), **options)
        return evolve(record, **given) if given and isinstance(record, Sheet) else record
