"""The command `quota`: the places at the Games from a season ranking."""

import click

from massstart.commandline import completion
from massstart.commandline.group import as_json_option, massstart, read, reporting, write
from massstart.season.quota import quota as hand_out
from massstart.season.ranking import Standings
from massstart.showing.model import table
from massstart.showing.terminal import tables
from massstart.showing.terminal.console import console

number: click.IntRange = click.IntRange(min=1)


@massstart.command()
@click.argument("source", metavar="STANDINGS", shell_complete=completion.files)
@click.option("--places", type=number, default=24, show_default=True, help="How many places there are.")
@click.option("--per-nation", type=number, default=2, show_default=True, help="How many a nation can hold.")
@click.option("--reserves", type=click.IntRange(min=0), default=8, show_default=True, help="How many reserves to name.")
@click.option("--host", metavar="NATION", help="The nation that has a place in any case.")
@click.option(
    "--given-back", metavar="NATION", multiple=True, help="A nation that gives a place back; may be given again."
)
@as_json_option
def quota(
    source: str,
    places: int,
    per_nation: int,
    reserves: int,
    host: str | None,
    given_back: tuple[str, ...],
    as_json: bool,
) -> None:
    """Hand out the places at the Games by a season ranking.

    STANDINGS is the path of a standings file (see: massstart standings --json), or - for standard input.
    """
    season = read(source, Standings)
    with reporting(source):
        handed = hand_out(
            season, places=places, per_nation=per_nation, reserves=reserves, host=host, given_back=given_back
        )
    write(handed, as_json, lambda value: tables.show(table(value), console()))
