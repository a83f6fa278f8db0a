"""The command `outlook`: what is still possible in a race under way.

Decides its arguments. What the table looks like stands in `massstart.showing.terminal.live`.
"""

import click
from attrs import evolve

from massstart.commandline.explain import find
from massstart.commandline.group import as_json_option, file_argument, massstart, read, reporting, write
from massstart.live.log import RaceLog
from massstart.live.outlook import Outlook
from massstart.live.outlook import outlook as outlook_of
from massstart.race import Underway
from massstart.showing.terminal import live as live_tables
from massstart.showing.terminal import tables


@massstart.command()
@file_argument
@click.option("--advance", type=click.IntRange(min=1), help="How many go on, instead of what the race says.")
@click.option("--skater", help="Only this one, and what is needed: an id, a number worn, or part of the name.")
@as_json_option
def outlook(source: str, advance: int | None, skater: str | None, as_json: bool) -> None:
    """Say who is through, who can be, and what each still needs.

    FILE is a race that nobody has finished, or the log of a race, also while the field crosses the line. Exact over
    every way in which the sprints left and the finish can fall, if everyone still racing completes the distance,
    unlapped, without dead heats.
    """
    given = read(source, Underway, Outlook, RaceLog)
    if isinstance(given, Outlook) and advance is not None:
        raise click.UsageError("--advance asks for an outlook made anew; give the race, or its log")
    with reporting(source):
        ahead = given if isinstance(given, Outlook) else outlook_of(given, advance=advance)
        rows = ahead.rows if skater is None else (find(ahead, skater),)
    if skater is None:
        write(ahead, as_json, tables.outlook)
    else:
        write(evolve(ahead, rows=rows), as_json, lambda one: live_tables.needs(one, rows[0]))
