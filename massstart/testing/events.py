"""Events to draw, at every stage.

Decides which events can be drawn. Import the strategy from `massstart.testing`.
"""

from collections.abc import Hashable

from attrs import evolve
from hypothesis import strategies as st

from massstart.event.event import Event, Stage
from massstart.event.overall import POLICIES
from massstart.event.seeding import Draw
from massstart.race import Race
from massstart.records import Disqualified
from massstart.testing.changes import plain
from massstart.testing.strategies import races, semifinals, starters

#: The stages, from the first on.
STAGES: tuple[Stage, ...] = ("entered", "drawn", "semifinals", "qualified", "published", "finished")


@st.composite
def events(
    draw: st.DrawFn,
    *,
    stages: tuple[Stage, ...] = STAGES,
    max_size: int = 12,
    withdrawals: bool = True,
    corrections: bool = True,
) -> Event:
    """Events at any stage, of races: one to three semifinals of one rulebook.

    Args:
        stages: the stages that may be drawn; the earliest is the simplest.
        max_size: the largest number of starters of a semifinal, or of a field that is drawn.
        withdrawals: whether anyone may withdraw.
        corrections: whether a semifinal may be corrected, by a late disqualification, after the list was published.
    """
    stage = draw(st.sampled_from(stages))
    number = draw(st.sampled_from([2, 1, 3]))
    policy = draw(st.sampled_from(POLICIES))
    if stage in ("entered", "drawn"):
        entered = Event(field=draw(starters(min_size=1, max_size=max_size)), policy=policy)
        seed = draw(st.none() | st.text(st.characters(codec="utf-8"), max_size=3))
        return entered.with_draw(number, seed=seed) if stage == "drawn" else entered
    skated = draw(semifinals(number=number, max_size=max_size))
    gone = st.lists(st.sampled_from(_ids(skated)), unique=True, max_size=4) if _ids(skated) else st.just([])
    event = Event(
        semifinals=skated, policy=policy, withdrawals=draw(gone) if withdrawals else (),
        draw=Draw([race.starters.ids for race in skated]), advance=draw(st.none() | st.integers(1, 4)),
    )  # fmt: skip
    if stage == "semifinals":
        # A single semifinal is either to come or all of them.
        return event.with_semifinal(draw(st.integers(1, number)), None) if number > 1 else event
    if stage == "qualified":
        return event
    if stage == "published" or draw(st.booleans()):
        event = event.with_list_frozen()
        listed = [entry.id for entry in event.start_list()]
        if corrections and listed and draw(st.booleans()):
            event = disqualify_late(event, draw(st.sampled_from(listed)))
    if stage == "finished":
        ids = [entry.id for entry in event.start_list()]
        final = draw(races(rulebook=skated[0].rulebook, ids=st.just(ids)))
        # Whoever is named there has the name and the nation of the semifinal.
        return event.with_final(evolve(final, starters=[event.entrants.starter(id) for id in final.starters.ids]))
    return event


def _ids(skated: tuple[Race, ...]) -> list[Hashable]:
    return [id for race in skated for id in race.starters.ids]


def disqualify_late(event: Event, id: Hashable) -> Event:
    """The event with a skater disqualified in the semifinal, as though nobody had noticed before."""
    number, race = next(
        (number, race)
        for number, race in enumerate(event.semifinals, 1)
        if isinstance(race, Race) and id in race.starters.ids
    )
    given = plain(race)
    given["disqualified"] = [*race.disqualified, Disqualified(id)]
    for name in ("unfinished", "times"):
        given[name] = {other: value for other, value in given[name].items() if other != id}
    given["lapped"] = [other for other in race.lapped if other != id]
    given["advanced"] = [note for note in race.advanced if note.id != id]
    return event.with_semifinal(number, Race(**given))
