"""The command for an event: what stands, what is open, and the few decisions that are taken around it.

Decides its arguments. What an event is stands in `massstart.event.event`, how it looks in
`massstart.showing.terminal.events`.
"""

from collections.abc import Sequence
from typing import Literal

import click
from attrs import evolve

from massstart.commandline import completion
from massstart.commandline.group import as_json_option, massstart, printable, read_all, read_race, reporting, whole
from massstart.event.entrants import Record
from massstart.event.event import Event
from massstart.event.overall import POLICIES, Policy
from massstart.files.kinds import dumps
from massstart.live.log import RaceLog
from massstart.problems import InvalidRecord, Problem
from massstart.sheet import Sheet
from massstart.showing.terminal import events


def _numbered(_: click.Context, option: click.Parameter, texts: tuple[str, ...]) -> list[tuple[int, str]]:
    """Semifinals by their numbers, from ``1=FILE``."""
    found = []
    for text in texts:
        which, _equals, file = text.partition("=")
        number = whole(which)
        if not file or number is None:
            raise click.BadParameter(f"{text!r}: write number=file, as in 1=race.json", param=option)
        found.append((number, file))
    return found


@massstart.command()
@click.argument("sources", metavar="FILE...", nargs=-1, required=True, shell_complete=completion.races)
@click.option("--draw", type=click.IntRange(min=1), metavar="N", help="Draw the field to N semifinals.")
@click.option("--seed", metavar="TEXT", help="Draw lots with this seed instead of following the ranking.")
@click.option(
    "--semifinal",
    "semifinals",
    metavar="N=FILE",
    callback=_numbered,
    multiple=True,
    help="Enter or correct this semifinal.",
)
@click.option("--withdraw", "withdrawn", metavar="ID[=WHY]", multiple=True, help="This skater withdraws.")
@click.option("--publish", is_flag=True, help="Publish the start list of the final as it stands.")
@click.option("--reopen", is_flag=True, help="Let the start list of the final follow from the semifinals again.")
@click.option("--final", metavar="FILE", shell_complete=completion.races, help="The race, log or sheet of the final.")
@click.option("--policy", type=click.Choice(POLICIES), help="How those who missed the final are ranked.")
@click.option("--write", "as_event", is_flag=True, help="Write the event itself, as JSON.")
@click.option(
    "--race", "part", metavar="PART", help="Write the race to come, as the first line of its log: 1, 2, … or final."
)
@click.option(
    "--rulebook", metavar="ID", shell_complete=completion.rulebooks,
    help="The rulebook of that race, instead of the event's.",
)  # fmt: skip
@as_json_option
def event(
    sources: tuple[str, ...],
    draw: int | None,
    seed: str | None,
    semifinals: list[tuple[int, str]],
    withdrawn: tuple[str, ...],
    publish: bool,
    reopen: bool,
    final: str | None,
    policy: Policy | None,
    as_event: bool,
    part: str | None,
    rulebook: str | None,
    as_json: bool,
) -> None:
    """Say what stands and what is open in an event: draw, start list of the final, reserves, overall ranking.

    FILE is an event, a table of entries, or the semifinals in their order. --draw, --semifinal, --withdraw, --publish,
    --reopen and --write write the event itself, with what they changed; save it, and go on from there.
    """
    if seed is not None and draw is None:
        raise click.UsageError("--seed belongs to --draw")
    if rulebook is not None and part is None:
        raise click.UsageError("--rulebook belongs to --race")
    if publish and reopen:
        raise click.UsageError("--publish and --reopen exclude each other")
    to_come: int | Literal["final"] | None = "final" if part in (None, "final") else whole(part)
    if to_come is None:
        raise click.UsageError(f"{part!r}: --race takes the number of a semifinal, or final")
    every = (*sources, *(file for _, file in semifinals), *(() if final is None else (final,)))
    records = read_all(every, lambda source: read_race(source, Sheet, Event))
    last = None if final is None else records.pop()
    entered, records = records[len(sources) :], records[: len(sources)]
    with reporting(", ".join(sources)):
        value = _event(records, last)
        if policy is not None:
            value = evolve(value, policy=policy)
        if draw is not None:
            value = value.with_draw(draw, seed=seed)
        for (number, _), record in zip(semifinals, entered, strict=True):
            value = value.with_semifinal(number, _race_of(record))
        for id, _, why in (text.partition("=") for text in withdrawn):
            value = value.with_withdrawal(id, why or None)
        if publish and value.changes():
            remedy = "--reopen it first, and publish it then"
            wrong = "the list is published, and the semifinals give another one now"
            raise InvalidRecord([Problem("published", "start_list", wrong, remedy)])
        if publish:
            value = value.with_list_frozen()
        if reopen:
            value = value.with_list_reopened()
        if part is not None:
            click.echo(dumps(RaceLog(value.race(to_come, rulebook=rulebook))))
            return
    if as_event or draw is not None or semifinals or withdrawn or publish or reopen:
        for warning in value.warnings:
            if warning.kind in ("not-drawn", "not-on-list"):
                click.echo(f"warning: {printable(str(warning))}", err=True)
        click.echo(dumps(value))
    elif as_json:
        click.echo(dumps(value, "event-report"))
    else:
        events.event(value)


def _race_of(record: Record | Event) -> Record:
    if isinstance(record, Event):
        message = "an event among other files"
        raise InvalidRecord([Problem("kind", "", message, "--semifinal takes a race, its log, or a sheet")])
    return record


def _event(found: Sequence[Record | Event], final: Record | Event | None) -> Event:
    """An event with its final, or the event of some semifinals."""
    first, *others = found
    events = [one for one in (*found, final) if isinstance(one, Event)]
    if events and (events != [first] or others):
        message, remedy = (
            "an event among other files",
            "give one event, or the semifinals; --final takes a race or sheet",
        )
        raise InvalidRecord([Problem("kind", "", message, remedy)])
    records: list[Record | None] = [one for one in found if not isinstance(one, Event)]
    last = None if isinstance(final, Event) else final
    if isinstance(first, Event):
        return first if last is None else first.with_final(last)
    assert not isinstance(first, Event)  # that case is settled
    return Event(semifinals=records, final=last, competition=first.competition, date=first.date, event=first.event)
