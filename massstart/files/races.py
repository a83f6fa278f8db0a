"""Race files: a race, and a race under way.

Decides the keys of a race, and when a file tells of a race that is still under way. What a race may *say* is decided
in `massstart.racecheck`.
"""

from collections.abc import Callable, Iterable
from typing import Annotated, Any

from attrs import frozen

from massstart.files.kinds import Kind, register
from massstart.files.objects import (
    As,
    Count,
    Day,
    Id,
    Ids,
    Line,
    Number,
    Rule,
    Texts,
    Time,
    distinct,
    fields_of,
    filed,
    id_text,
    order_list,
    part,
)  # fmt: skip
from massstart.files.rulebooks import RulebookReference
from massstart.race import Race, Underway
from massstart.records import Advanced, Disqualified, Sprint, Starter, Unfinished


@frozen(kw_only=True)
class StarterFile:
    """A starter."""

    id: Id
    name: str | None = None
    nation: str | None = None


part(Starter, StarterFile)


@frozen(kw_only=True)
class UnfinishedFile:
    """An unfinished skater, by id."""

    laps: Count
    time: Time | None = None


@frozen(kw_only=True)
class DisqualifiedFile:
    """A disqualified skater, by id."""

    clause: str | None = None
    reason: str | None = None


@frozen(kw_only=True)
class AdvancedFile:
    """A skater whom the Referee sends to the next round, by id."""

    reason: str | None = None


def _sprints_from(sprints: dict[str, list[Any]]) -> dict[Any, list[Any]]:
    return {int(lap) if _is_lap(lap) else lap: order for lap, order in sprints.items()}


def _is_lap(key: str) -> bool:
    # Only the plain spelling: "04" beside "4" would be a second sprint at one lap.
    return key.isascii() and key.isdecimal() and str(int(key[:9])) == key


def _sprints_of(sprints: Iterable[Sprint]) -> dict[str, list[Any]]:
    return {str(sprint.lap): order_list(sprint.order) for sprint in sprints}


def _notes(note: Callable[..., Any], file: type) -> As:
    """What is noted of skaters: small records in a race, objects by id in a file."""
    return As(
        lambda notes: {id_text(one.id): filed(file, one) for one in notes},
        lambda notes: [note(id, **fields_of(one)) for id, one in notes.items()],
    )


Field = Annotated[list[Starter], As(list)]


@frozen(kw_only=True)
class RaceFile:
    """What happened on the ice."""

    id: str | None = None
    competition: str | None = None
    date: Day | None = None
    event: str | None = None
    round: str | None = None
    sources: Texts | None = None
    rulebook: RulebookReference
    laps: Number | None = None
    sprint_laps: list[Number] | None = None
    starters: Field
    sprints: (
        Annotated[dict[Annotated[str, Rule("pattern", "^[1-9][0-9]*$")], Line], As(_sprints_of, _sprints_from)] | None
    ) = None
    finish: Line
    times: Annotated[dict[str, Time], As(lambda times: {id_text(id): str(time) for id, time in times})] | None = None
    lapped: Ids | None = None
    unfinished: Annotated[dict[str, UnfinishedFile], _notes(Unfinished, UnfinishedFile)] | None = None
    disqualified: Annotated[dict[str, DisqualifiedFile], _notes(Disqualified, DisqualifiedFile)] | None = None
    did_not_start: Ids | None = None
    guests: Ids | None = None
    advance: Number | None = None
    advanced: Annotated[dict[str, AdvancedFile], _notes(Advanced, AdvancedFile)] | None = None


#: Of a race under way this is empty, and left out.
_Nothing = Annotated[Line, As(lambda _: None)]


@frozen(kw_only=True)
class UnderwayFile(RaceFile):
    """A race under way: nobody has finished, and the finish is left out or empty."""

    times: Annotated[dict[str, Time], As(lambda _: None)] | None = None
    finish: _Nothing | None = None  # type: ignore[assignment]  # what a race must tell, this one cannot


def is_under_way(given: dict[str, Any]) -> bool:
    """Whether an object tells of a race under way: no finish, or an empty one although somebody is still racing."""
    if given.get("finish") is None:
        return True
    try:
        out = {id for name in ("unfinished", "disqualified", "did_not_start") for id in given.get(name) or ()}
        return given["finish"] == [] and any(starter["id"] not in out for starter in given["starters"])
    except (KeyError, TypeError):
        # Whatever it is, it has problems; those of a race tell more.
        return False


def _race(race: Race) -> RaceFile:
    distinct(race.starters.ids, "starters")
    file: RaceFile = filed(RaceFile, race)
    return file


def underway_file(race: Underway, file: type[UnderwayFile] = UnderwayFile, **changes: Any) -> UnderwayFile:
    """A race under way as its file describes it; see `filed`."""
    distinct(race.starters.ids, "starters")
    written: UnderwayFile = filed(file, race, **changes)
    return written


register(
    Kind(
        word="race", value=Race, file=RaceFile, read=lambda file: Race(**fields_of(file)), write=_race,
        fits=lambda given: not is_under_way(given),
    )
)  # fmt: skip
register(
    Kind(
        word="race", value=Underway, file=UnderwayFile, read=lambda file: Underway(**fields_of(file)),
        write=underway_file, fits=is_under_way,
    )
)  # fmt: skip
