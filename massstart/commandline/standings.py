"""The command `standings`: a World Cup season from its sheets."""

import click

from massstart.commandline.group import UNUSABLE, as_json_option, massstart, read, read_all, reporting, write
from massstart.race import Race
from massstart.season.chances import chances
from massstart.season.ranking import standings as rank_season
from massstart.sheet import Sheet
from massstart.showing.terminal import seasons

number = click.IntRange(min=1)


def _pairs(context: click.Context, option: click.Parameter, given: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Pairs of names from texts such as ``S. KRAMER=Sven KRAMER``."""
    pairs = []
    for text in given:
        name, _, other = (part.strip() for part in text.partition("="))
        if not name or not other:
            raise click.BadParameter(f"{text!r} is not two names with = between them", context, option)
        pairs.append((name, other))
    return tuple(pairs)


@massstart.command()
@click.argument("sources", metavar="SHEET...", nargs=-1, required=True)
@click.option("--after", type=number, help="Count only the first N competitions.", metavar="N")
@click.option("--left", type=number, help="Show what is still possible with N races to come.", metavar="N")
@click.option(
    "--alias",
    "aliases",
    multiple=True,
    metavar="NAME=NAME",
    callback=_pairs,
    help="Two names of one skater; may be given again.",
)
@click.option(
    "--apart",
    multiple=True,
    metavar="NAME=NAME",
    callback=_pairs,
    help="Two names of two skaters, however alike; may be given again.",
)
@as_json_option
def standings(
    sources: tuple[str, ...],
    after: int | None,
    left: int | None,
    aliases: tuple[tuple[str, str], ...],
    apart: tuple[tuple[str, str], ...],
    as_json: bool,
) -> None:
    """Rank a World Cup season from its sheets, in any order."""
    records = read_all(sources, lambda source: read(source, Race, Sheet))
    for source, record in zip(sources, records, strict=True):
        if not isinstance(record, Sheet):
            click.echo(f"{source}: this is a race, and only published sheets make a season", err=True)
    sheets = [record for record in records if isinstance(record, Sheet)]
    if len(sheets) < len(records):
        raise SystemExit(UNUSABLE)
    with reporting("standings"):
        season = rank_season(sheets, after=after, aliases=aliases, apart=apart)
        reach = chances(season, left=left) if left else ()
    write(season, as_json, lambda value: seasons.standings(value, reach))
