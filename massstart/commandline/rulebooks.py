"""The command `rulebooks`: every rulebook, or the values of one with how sure they are."""

import click

from massstart.commandline import completion
from massstart.commandline.group import as_json_option, massstart, reporting, write
from massstart.rulebooks import RULEBOOKS, rulebook
from massstart.showing.terminal import tables


@massstart.command()
@click.argument("id", required=False, shell_complete=completion.rulebooks)
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
