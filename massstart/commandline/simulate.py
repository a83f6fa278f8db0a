"""The command `simulate`: how likely it is, counted over many races of chance.

Decides its arguments, and which question they ask. What a chance is stands in `massstart.chances`, how races are made in
`massstart.simulation`.
"""

from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from attrs import evolve

from massstart.chances.strengths import Strengths
from massstart.commandline import completion
from massstart.commandline.explain import find
from massstart.commandline.group import (
    as_json_option,
    massstart,
    read,
    read_all,
    read_race,
    read_sheet,
    reporting,
    whole,
    write,
)
from massstart.commandline.output import chosen_format, output_options, put_out
from massstart.event.event import Event
from massstart.live.log import RaceLog
from massstart.problems import InvalidRecord, Problem
from massstart.race import Race, Underway
from massstart.result import Result
from massstart.sheet import Sheet
from massstart.showing.model import table
from massstart.showing.terminal import tables
from massstart.showing.terminal.console import console, counting
from massstart.words import listing

if TYPE_CHECKING:
    from massstart.simulation import Scenario
    from massstart.simulation.counting import Map

_SHARE = click.FloatRange(0, 1)


def _attacks(_: click.Context, option: click.Parameter, texts: tuple[str, ...]) -> dict[str, int]:
    """Attacks by skater, from ``87=8``."""
    found = {}
    for text in texts:
        skater, _equals, lap = (part.strip() for part in text.rpartition("="))
        number = whole(lap)
        if not skater or number is None:
            raise click.BadParameter(
                f"{text!r}: write the skater, =, and the lap of the sprint, as in 87=8", param=option
            )
        found[skater] = number
    return found


@massstart.command()
@click.argument("sources", metavar="FILE...", nargs=-1, required=True, shell_complete=completion.races)
@click.option(
    "--races", type=click.IntRange(min=1), metavar="N", help="How many races to make: 20000; of a season 2000."
)
@click.option("--seed", type=click.IntRange(min=0), default=0, metavar="N", help="The same seed, the same answer: 0.")
@click.option(
    "--strengths", "behind", metavar="FILE", multiple=True, shell_complete=completion.races,
    help="Strengths, or a sheet or race to estimate them from; may be given again. Else everybody is equally strong.",
)  # fmt: skip
@click.option("--fall", type=_SHARE, metavar="P", help="How likely a skater does not finish; 0, or as in the sheets.")
@click.option("--lapped", type=_SHARE, metavar="P", help="How likely a skater is lapped; 0, or as in the sheets.")
@click.option("--advance", type=click.IntRange(min=1), metavar="N", help="How many go on, instead of what FILE says.")
@click.option("--by-lap", is_flag=True, help="The chances before the race and after each sprint.")
@click.option(
    "--attack", "attacks", metavar="SKATER=LAP", multiple=True, callback=_attacks,
    help="Compare: this skater attacks before the sprint at this lap, or waits; may be given again.",
)  # fmt: skip
@click.option(
    "--rulebook", "other", metavar="ID", shell_complete=completion.rulebooks,
    help="Compare: the same races by the points of another rulebook.",
)  # fmt: skip
@click.option("--season", is_flag=True, help="FILE ... are the sheets of a season: chances of a place at the Games.")
@click.option("--left", type=click.IntRange(min=1), metavar="N", help="With --season: competitions to come, 1.")
@click.option("--places", type=click.IntRange(min=1), metavar="N", help="With --season: places at the Games, 24.")
@click.option("--per-nation", type=click.IntRange(min=1), metavar="N", help="With --season: places of a nation, 2.")
@click.option("--reserves", type=click.IntRange(min=0), metavar="N", help="With --season: reserves, 8.")
@click.option(
    "--calibrate", "judge", is_flag=True, help="Hold the model against FILE ..., each left out of its estimate."
)
@click.option("--estimate", "weigh", is_flag=True, help="The strengths that FILE ... tell, and nothing else.")
@click.option("--workers", type=click.IntRange(min=1), default=1, metavar="N", help="How many processes: 1.")
@output_options
@as_json_option
def simulate(
    sources: tuple[str, ...],
    races: int | None,
    seed: int,
    behind: tuple[str, ...],
    fall: float | None,
    lapped: float | None,
    advance: int | None,
    by_lap: bool,
    attacks: dict[str, int],
    other: str | None,
    season: bool,
    left: int | None,
    places: int | None,
    per_nation: int | None,
    reserves: int | None,
    judge: bool,
    weigh: bool,
    workers: int,
    as_: str | None,
    out: Path | None,
    as_json: bool,
) -> None:
    """Say how likely each skater goes through, by a model of the race.

    FILE is a race or a sheet, of which the start list alone counts; a race under way or its log, of which everything
    that has happened is a fact; an event that is drawn; with --season, --calibrate and --estimate several sheets.
    Every chance is that of a model: what it takes for granted stands below.
    """
    games = {"left": left, "places": places, "per_nation": per_nation, "reserves": reserves}
    asked = {
        "--by-lap": by_lap, "--attack": bool(attacks), "--rulebook": other is not None, "--season": season,
        "--calibrate": judge, "--estimate": weigh,
    }  # fmt: skip
    given = {
        "--races": races, "--strengths": behind or None, "--fall": fall, "--lapped": lapped, "--advance": advance,
        **{f"--{name.replace('_', '-')}": value for name, value in games.items()},
    }  # fmt: skip
    question = _question(asked, [name for name, value in given.items() if value is not None], len(sources))
    if as_json and (as_ or out):
        raise click.UsageError("--json writes no other format; leave out --as and --out")
    chosen = chosen_format(as_, out) if as_ or out else None
    if chosen in ("svg", "png") and question in _UNPICTURED:
        raise click.UsageError(f"there is no picture of {_UNPICTURED[question]}; choose another format")
    asking = read_all(sources, lambda source: _record(source, question))
    telling = read_all(behind, lambda source: read_race(source, Sheet, Result, Strengths))
    with reporting(", ".join(sources)), _engine(workers) as engine, counting("races") as progress:
        from massstart import simulation as made  # needs NumPy

        run: dict[str, Any] = {"seed": seed, "map": engine, "progress": progress}
        many = run | ({} if races is None else {"races": races})
        of_race = many | ({} if advance is None else {"advance": advance})
        value: Any
        if question == "--estimate":
            value = made.estimate(asking)
        elif question == "--calibrate":
            value = made.calibrate(asking, **many | ({} if advance is None else {"best": advance}))
        else:
            # Nobody falls in what is left of a race, unless asked for: then the chances agree with the outlook.
            is_underway = isinstance(asking[0], Underway | RaceLog)
            strengths = _strengths(telling, fall, lapped, is_underway=is_underway)
            model = made.ByStrength(strengths=strengths)
            if question == "--season":
                own = {name: value for name, value in games.items() if value is not None}
                value = made.season_chances(asking, model, **run | own | ({} if races is None else {"seasons": races}))
            elif question == "--by-lap":
                value = made.course(asking[0], model, **of_race)
            elif question == "--attack":
                value = made.compare(asking[0], _with_and_without(asking[0], attacks, strengths), **of_race)
            elif other is not None:
                scenarios = {"as it is": made.Scenario(model=model), other: made.Scenario(model=model, rulebook=other)}
                value = made.compare(asking[0], scenarios, **of_race)
            elif isinstance(asking[0], Event):
                if advance is not None:
                    raise InvalidRecord(
                        [Problem("option", "--advance", "an event says itself how many go on", "leave it out")]
                    )
                value = made.event_chances(asking[0], model, **many)
            else:
                value = made.chances(asking[0], model, **of_race)
    if chosen is not None:
        put_out(value, chosen, out)
    else:
        write(value, as_json, lambda shown: tables.show(table(shown), console()))


#: The options that a question has no use for.
_USELESS = {
    "--estimate": ("--races", "--strengths", "--fall", "--lapped", "--advance"),
    "--calibrate": ("--strengths", "--fall", "--lapped"),
    "--season": ("--advance",),
}
#: What is answered to the questions whose answer has no picture.
_UNPICTURED = {"--attack": "a comparison", "--rulebook": "a comparison", "--estimate": "strengths"}
_OF_SEASONS = ("--left", "--places", "--per-nation", "--reserves")


def _question(asked: dict[str, bool], given: Sequence[str], files: int) -> str:
    """What is asked, by its option; empty for the chances of a race or an event.

    Raises:
        click.UsageError: two questions at once, or an option that the question has no use for.
    """
    found = [name for name, is_asked in asked.items() if is_asked]
    if len(found) > 1:
        raise click.UsageError(f"{listing(found)} are questions of their own; ask one")
    question = found[0] if found else ""
    if question != "--season" and any(name in _OF_SEASONS for name in given):
        raise click.UsageError(f"{listing([name for name in given if name in _OF_SEASONS])}: with --season only")
    useless = [name for name in given if name in _USELESS.get(question, ())]
    if useless:
        raise click.UsageError(f"{question} has no use for {listing(useless)}")
    if files > 1 and question not in _USELESS:
        raise click.UsageError("one FILE is simulated; several belong to --season, --calibrate or --estimate")
    return question


def _record(source: str, question: str) -> Any:
    """What a FILE argument names, of the kinds that a question is asked of."""
    if question == "--season":
        return read_sheet(source)
    if question in ("--calibrate", "--estimate"):
        return read_race(source, Sheet, Result)
    kinds = (Race, Sheet, Result, Underway, RaceLog)
    return read(source, *kinds) if question else read(source, *kinds, Event)


@contextmanager
def _engine(workers: int) -> Iterator["Map"]:
    """What maps a function over the chunks: this process, or several."""
    if workers == 1:
        yield map
        return
    with ProcessPoolExecutor(workers) as pool:
        yield pool.map


def _strengths(records: Sequence[Any], fall: float | None, lapped: float | None, *, is_underway: bool) -> Strengths:
    """The strengths of some files, with the rates of falls that were asked for."""
    from massstart.simulation import estimate

    told = [record for record in records if isinstance(record, Strengths)]
    if told and len(records) > 1:
        wrong = "strengths among other files"
        raise InvalidRecord([Problem("kind", "--strengths", wrong, "give one file of strengths, or sheets and races")])
    found = told[0] if told else estimate(records) if records else Strengths()
    own = Strengths() if is_underway else found
    return evolve(found, fall=own.fall if fall is None else fall, lapped=own.lapped if lapped is None else lapped)


def _with_and_without(source: Any, attacks: dict[str, int], strengths: Strengths) -> dict[str, "Scenario"]:
    """Two ways in which a race can be skated: nobody attacks, and some do."""
    from massstart.simulation import Scenario, WithTactics, field_of

    to_come = field_of(source)
    wanted = {find(to_come.to_come, skater).id: lap for skater, lap in attacks.items()}
    remedy = (
        f"there are {listing([*map(str, to_come.sprint_laps)])}"
        if to_come.sprint_laps
        else "only the finish is to come"
    )
    problems = [
        Problem("unknown-lap", f"--attack {skater}", f"no sprint is to come at lap {lap}", remedy)
        for skater, lap in attacks.items() if lap not in to_come.sprint_laps
    ]  # fmt: skip
    if problems:
        raise InvalidRecord(problems)
    return {
        "wait": Scenario(model=WithTactics(strengths=strengths)),
        "attack": Scenario(model=WithTactics(strengths=strengths, attacks=wanted)),
    }
