"""The command `rank`: a race or its log, or a sheet by its own facts, becomes a result."""

import click

from massstart.commandline.group import (
    as_json_option,
    file_argument,
    massstart,
    read_result,
    reporting,
    sheet_of,
    write,
)
from massstart.files.kinds import dumps
from massstart.showing.terminal import tables


@massstart.command()
@file_argument
@click.option("--sheet", is_flag=True, help="Write the result as a result sheet, as JSON.")
@as_json_option
def rank(source: str, sheet: bool, as_json: bool) -> None:
    """Rank a race; a published sheet is ranked from its own facts, a race log gives the standings so far."""
    result = read_result(source)
    if sheet:
        with reporting(source):
            click.echo(dumps(sheet_of(result, source)))
    else:
        write(result, as_json, tables.result)
