"""The commands for a season: standings, quota.

Decides their arguments. Which columns there are stands in `massstart.showing.table`.
"""

import sys

import click

from massstart.commandline.common import UNUSABLE, as_json_option, massstart, read, read_all, reporting, write
from massstart.competition.chances import chances
from massstart.competition.quota import quota as hand_out
from massstart.competition.season import standings as rank_season
from massstart.files.standingsread import read_standings, standings_from
from massstart.sheet import Sheet
from massstart.showing import seasontables, tables
from massstart.showing.table import table
from massstart.showing.terminal import console

number = click.IntRange(min=1)


@massstart.command()
@click.argument("sources", metavar="SHEET...", nargs=-1, required=True)
@click.option("--after", type=number, help="Count only the first N competitions.", metavar="N")
@click.option("--left", type=number, help="Show what is still possible with N races to come.", metavar="N")
@as_json_option
def standings(sources: tuple[str, ...], after: int | None, left: int | None, as_json: bool) -> None:
    """Rank a World Cup season from its sheets, in any order."""
    records = read_all(sources, read)
    for source, record in zip(sources, records, strict=True):
        if not isinstance(record, Sheet):
            click.echo(f"{source}: this is a race, and only published sheets make a season", err=True)
    sheets = [record for record in records if isinstance(record, Sheet)]
    if len(sheets) < len(records):
        raise SystemExit(UNUSABLE)
    with reporting("standings"):
        season = rank_season(sheets, after=after)
        reach = chances(season, left=left) if left else ()
    write(season, as_json, lambda value: seasontables.standings(value, reach))


@massstart.command()
@click.argument("source", metavar="STANDINGS")
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
    with reporting(source):
        season = standings_from(sys.stdin.buffer.read()) if source == "-" else read_standings(source)
        handed = hand_out(
            season, places=places, per_nation=per_nation, reserves=reserves, host=host, given_back=given_back
        )
    write(handed, as_json, lambda value: tables.show(table(value), console()))
