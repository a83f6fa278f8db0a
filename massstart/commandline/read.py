"""The command `read`: a sheet or a race from whatever kind of file it comes in."""

import click

from massstart.commandline import completion
from massstart.commandline.group import as_json_option, file_argument, massstart, printable, read, write
from massstart.race import Race
from massstart.sheet import Sheet
from massstart.showing.terminal import tables


def _laps(_context: click.Context, _parameter: click.Parameter, value: str | None) -> tuple[int, ...] | None:
    """Laps from ``4,8,12``."""
    try:
        return None if value is None else tuple(int(lap) for lap in value.split(","))
    except ValueError:
        raise click.BadParameter(f"{value!r} are not laps; write 4,8,12") from None


@massstart.command("read")
@file_argument
@click.option(
    "--rulebook", metavar="ID", shell_complete=completion.rulebooks,
    help="The rulebook, where the file names none; that of its date unless given.",
)  # fmt: skip
@click.option(
    "--sprint-laps", callback=_laps, metavar="LAPS", help="The laps of the intermediate sprints, such as 4,8,12."
)
@click.option("--part", metavar="NAME", help="Which sheet of a table or a spreadsheet that holds several.")
@as_json_option
def read_command(
    source: str, rulebook: str | None, sprint_laps: tuple[int, ...] | None, part: str | None, as_json: bool
) -> None:
    """Read a result sheet (PDF, spreadsheet, CSV, a pasted table, JSON), and show what it says.

    What had to be left out or assumed is said below, and with --json on standard error.

    With --json, what comes out can go into any other command: massstart read FILE.pdf --json | massstart verify -
    """
    record = read(source, Race, Sheet, rulebook=rulebook, sprint_laps=sprint_laps, part=part)
    write(record, as_json, tables.sheet if isinstance(record, Sheet) else tables.race)
    if isinstance(record, Sheet):
        for warning in record.warnings:
            click.echo(printable(f"{source}: warning: {warning}"), err=as_json)
