"""The command `archive`: the bundled races."""

import click

from massstart.commandline.group import as_json_option, massstart
from massstart.files.archive import archive as bundled
from massstart.files.kinds import dumps
from massstart.files.loading import load
from massstart.sheet import Sheet
from massstart.showing.terminal import tables


@massstart.command()
@as_json_option
def archive(as_json: bool) -> None:
    """List the bundled races, each with its sources."""
    sheets = [load(id, Sheet) for id in bundled()]
    if as_json:
        for sheet in sheets:
            click.echo(dumps(sheet))
    else:
        tables.archive(sheets)
