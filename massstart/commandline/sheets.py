"""The command that reads a sheet, whatever kind of file it comes in: read.

Decides its arguments. What a table looks like stands in `massstart.showing.tables`.
"""

import click

from massstart.commandline.common import UNUSABLE, as_json_option, file_argument, massstart, read, write
from massstart.files.csvwrite import write_csv
from massstart.sheet import Sheet
from massstart.showing import tables


class _Laps(click.ParamType[tuple[int, ...]]):
    name = "laps"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> tuple[int, ...]:
        """Laps from ``4,8,12``."""
        try:
            return tuple(int(lap) for lap in value.split(","))
        except ValueError:
            self.fail(f"{value!r} are no laps; write 4,8,12", param, ctx)


@massstart.command("read")
@file_argument
@click.option(
    "--rulebook", metavar="ID", help="The rulebook, where the file names none; that of its date unless given."
)
@click.option(
    "--sprint-laps", type=_Laps(), metavar="LAPS", help="The laps of the intermediate sprints, such as 4,8,12."
)
@click.option("--csv", "as_csv", is_flag=True, help="Write a sheet as CSV.")
@as_json_option
def read_command(
    source: str, rulebook: str | None, sprint_laps: tuple[int, ...] | None, as_csv: bool, as_json: bool
) -> None:
    """Read an official result sheet (PDF), a CSV or a JSON file, and show what it says.

    With --json, what comes out can go into any other command: massstart read FILE.pdf --json | massstart verify -
    """
    record = read(source, rulebook=rulebook, sprint_laps=sprint_laps)
    if not as_csv:
        write(record, as_json, tables.sheet if isinstance(record, Sheet) else tables.race)
    elif isinstance(record, Sheet):
        click.echo(write_csv(record), nl=False)
    else:
        click.echo(f"{source}: this is a race, and only a sheet can be written as CSV", err=True)
        raise SystemExit(UNUSABLE)
