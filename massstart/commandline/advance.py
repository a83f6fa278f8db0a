"""The command `advance`: the start list of the final from the semifinals."""

import click

from massstart.advancement import advance as advance_best
from massstart.commandline import completion
from massstart.commandline.group import as_json_option, massstart, read_all, read_race, reporting, write
from massstart.race import Race
from massstart.ranking import rank
from massstart.result import Result
from massstart.sheet import Sheet
from massstart.showing.terminal import tables


@massstart.command()
@click.argument("sources", metavar="FILE FILE...", nargs=-1, required=True, shell_complete=completion.races)
@click.option("--advance", "how_many", type=click.IntRange(min=1), help="How many of each go to the final.")
@as_json_option
def advance(sources: tuple[str, ...], how_many: int | None, as_json: bool) -> None:
    """Make the start list of the final from the semifinals, in their order."""
    semifinals: list[Result | Sheet] = []
    records = read_all(sources, lambda source: read_race(source, Sheet, Result))
    for source, record in zip(sources, records, strict=True):
        with reporting(source):
            semifinals.append(rank(record) if isinstance(record, Race) else record)
    with reporting(", ".join(sources)):
        start_list = advance_best(*semifinals, advance=how_many)
    write(start_list, as_json, tables.start_list)
