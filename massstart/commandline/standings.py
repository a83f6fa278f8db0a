"""The command `standings`: a World Cup season from its sheets."""

import click

from massstart.commandline import completion
from massstart.commandline.group import as_json_option, massstart, read_all, read_sheet, reporting, write
from massstart.season.ranking import standings as rank_season
from massstart.season.reach import reach
from massstart.showing.terminal import seasons

number: click.IntRange = click.IntRange(min=1)


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
@click.argument("sources", metavar="SHEET...", nargs=-1, required=True, shell_complete=completion.races)
@click.option("--after", type=number, help="Count only the first N competitions.", metavar="N")
@click.option("--best", type=number, help="Count only the best N results of each skater.", metavar="N")
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
    best: int | None,
    left: int | None,
    aliases: tuple[tuple[str, str], ...],
    apart: tuple[tuple[str, str], ...],
    as_json: bool,
) -> None:
    """Rank a World Cup season from its sheets, in any order; a race that was scored here counts like a sheet."""
    sheets = read_all(sources, read_sheet)
    with reporting("standings"):
        season = rank_season(sheets, after=after, best=best, aliases=aliases, apart=apart)
        possible = reach(season, left=left) if left else ()
    write(season, as_json, lambda value: seasons.standings(value, possible))
