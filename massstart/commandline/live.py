"""The command for a race under way: outlook.

Decides its arguments. What the table looks like stands in `massstart.showing.livetables`.
"""

import json
import sys

import click

from massstart.commandline.common import as_json_option, file_argument, massstart, reporting
from massstart.commandline.search import find
from massstart.files.jsonwrite import to_object
from massstart.files.loading import read_bytes, underway_loads
from massstart.live.outlook import outlook as outlook_of
from massstart.showing import livetables


@massstart.command()
@file_argument
@click.option("--advance", type=click.IntRange(min=1), help="How many go on, instead of what the race says.")
@click.option("--skater", help="Only this one, and what is needed: an id, a number worn, or part of the name.")
@as_json_option
def outlook(source: str, advance: int | None, skater: str | None, as_json: bool) -> None:
    """Say who is through, who can be, and what each still needs.

    FILE is a race that nobody has finished, or the log of a race. Exact over every way in which the sprints left and
    the finish can fall, if everyone still racing completes the distance, unlapped, without dead heats.
    """
    with reporting(source):
        race = underway_loads(sys.stdin.buffer.read() if source == "-" else read_bytes(source))
        found = outlook_of(race, advance=advance)
        rows = found.rows if skater is None else (find(found, skater),)
    if as_json:
        chosen = {row.id for row in rows}
        whole = to_object(found)
        kept = [row for row in whole["rows"] if row["id"] in chosen]
        click.echo(json.dumps(whole | {"rows": kept}, ensure_ascii=False))
    elif skater is None:
        livetables.outlook(found)
    else:
        livetables.needs(found, rows[0])
