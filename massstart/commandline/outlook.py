"""The command `outlook`: what is still possible in a race under way.

Decides its arguments. What the table looks like stands in `massstart.showing.terminal.live`.
"""

from collections.abc import Hashable
from pathlib import Path

import click
from attrs import evolve

from massstart.commandline.explain import find
from massstart.commandline.group import as_json_option, file_argument, massstart, read, reporting, whole, write
from massstart.commandline.output import chosen_format, output_options, put_out
from massstart.live.log import RaceLog
from massstart.live.outlook import Outlook
from massstart.live.outlook import outlook as outlook_of
from massstart.problems import UnknownName
from massstart.race import Underway
from massstart.showing.terminal import live as live_tables
from massstart.showing.terminal import tables


def _places(_: click.Context, option: click.Parameter, text: str | None) -> dict[str, int]:
    """Places across the line by id, from ``87=9,53=10``."""
    found: dict[str, int] = {}
    for part in text.split(",") if text else ():
        id, _equals, place = (word.strip() for word in part.rpartition("="))
        number = whole(place)
        if not id or number is None:
            raise click.BadParameter(f"{part.strip()!r}: write the skater, =, and the place, as in 87=9", param=option)
        if id in found:
            raise click.BadParameter(f"{id} has two places", param=option)
        found[id] = number
    return found


@massstart.command()
@file_argument
@click.option("--advance", type=click.IntRange(min=1), help="How many go on, instead of what the race says.")
@click.option(
    "--if", "places", metavar="ID=PLACE,…", callback=_places, help="What if these finish in these places: 87=9,53=10."
)
@click.option("--skater", help="Only this one, and what is needed: an id, a number worn, or part of the name.")
@output_options
@as_json_option
def outlook(
    source: str,
    advance: int | None,
    places: dict[str, int],
    skater: str | None,
    as_: str | None,
    out: Path | None,
    as_json: bool,
) -> None:
    """Say who is through, who can be, and what each still needs.

    FILE is a race that nobody has finished, or the log of a race, also while the field crosses the line. Exact over
    every way in which the sprints left and the finish can fall, if everyone still racing completes the distance,
    unlapped, without dead heats.
    """
    given = read(source, Underway, Outlook, RaceLog)
    if isinstance(given, Outlook) and (advance is not None or places):
        option = "--if" if advance is None else "--advance"
        raise click.UsageError(f"{option} asks for an outlook made anew; give the race, or its log")
    if as_json and (as_ or out):
        raise click.UsageError("--json writes no other format; leave out --as and --out")
    chosen = chosen_format(as_, out) if as_ or out else None
    with reporting(source):
        ahead = given if isinstance(given, Outlook) else outlook_of(given, advance=advance)
        if places:
            ahead = ahead.what_if(_ids(ahead, places))
        rows = ahead.rows if skater is None else (find(ahead, skater),)
    if chosen is not None:
        put_out(evolve(ahead, rows=rows), chosen, out)
    elif skater is None:
        write(ahead, as_json, tables.outlook)
    else:
        write(evolve(ahead, rows=rows), as_json, lambda one: live_tables.needs(one, rows[0]))


def _ids(ahead: Outlook, places: dict[str, int]) -> dict[Hashable, int]:
    """The places by the ids of an outlook, for skaters named as on the command line: by id, number or name."""
    found: dict[Hashable, int] = {}
    for skater, place in places.items():
        id = find(ahead, skater).id
        if id in found:
            raise UnknownName(f"{skater!r} is {id!r}, who has a place already")
        found[id] = place
    return found
