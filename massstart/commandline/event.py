"""The command for an event: what stands, what is open, and the few decisions that are taken around it.

Decides its arguments. What an event is stands in `massstart.event.event`, how it looks in
`massstart.showing.terminal.events`.
"""

from collections.abc import Sequence

import click
from attrs import evolve

from massstart.commandline.group import as_json_option, massstart, read_all, read_race, reporting
from massstart.event.entrants import Record
from massstart.event.event import Event
from massstart.event.overall import POLICIES, Policy
from massstart.files.kinds import dumps
from massstart.problems import InvalidRecord, Problem
from massstart.sheet import Sheet
from massstart.showing.terminal import events


@massstart.command()
@click.argument("sources", metavar="FILE...", nargs=-1, required=True)
@click.option("--final", metavar="FILE", help="The race or sheet of the final.")
@click.option("--draw", type=click.IntRange(min=1), metavar="N", help="Draw the field to N semifinals.")
@click.option("--seed", metavar="TEXT", help="Draw lots with this seed instead of following the ranking.")
@click.option("--freeze", is_flag=True, help="Publish the start list of the final as it stands.")
@click.option("--reopen", is_flag=True, help="Let the start list of the final follow from the semifinals again.")
@click.option("--policy", type=click.Choice(POLICIES), help="How those who missed the final are ranked.")
@click.option("--write", "as_event", is_flag=True, help="Write the event itself, as JSON.")
@as_json_option
def event(
    sources: tuple[str, ...],
    final: str | None,
    draw: int | None,
    seed: str | None,
    freeze: bool,
    reopen: bool,
    policy: Policy | None,
    as_event: bool,
    as_json: bool,
) -> None:
    """Say what stands and what is open in an event: start list of the final, reserves, overall ranking.

    FILE is an event, or the semifinals in their order. --draw, --freeze, --reopen and --write write the event itself,
    with what they changed; save it, and go on from there.
    """
    if seed is not None and draw is None:
        raise click.UsageError("--seed belongs to --draw")
    if freeze and reopen:
        raise click.UsageError("--freeze and --reopen exclude each other")
    every = sources if final is None else (*sources, final)
    records = read_all(every, lambda source: read_race(source, Sheet, Event))
    last = None if final is None else records.pop()
    with reporting(", ".join(sources)):
        value = _event(records, last)
        if policy is not None:
            value = evolve(value, policy=policy)
        if draw is not None:
            value = value.with_draw(draw, seed=seed)
        if freeze:
            value = value.with_list_frozen()
        if reopen:
            value = value.with_list_reopened()
    if as_event or draw is not None or freeze or reopen:
        click.echo(dumps(value))
    elif as_json:
        click.echo(dumps(value, "event-report"))
    else:
        events.event(value)


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
