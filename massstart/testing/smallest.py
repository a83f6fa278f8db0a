"""The smallest race that still shows something: fewer skaters, fewer ties, fewer notes, one step after another.

Decides what makes a race simpler. It needs no hypothesis, and is much quicker than shrinking what a race is drawn from.
"""

from collections.abc import Callable, Iterator
from string import ascii_lowercase
from typing import Any

from attrs import evolve

from massstart.problems import InvalidRecord
from massstart.race import Race
from massstart.records import Disqualified, Starter
from massstart.rulebook import Rulebook
from massstart.testing.changes import changed, plain, renamed, without

_POLICIES = ("sprint_dead_heat", "disqualified_in_sprint", "disqualified_at_finish")


def smallest(race: Race, shows: Callable[[Race], bool], books: tuple[Rulebook, ...] = ()) -> Race:
    """The race made simpler, for as long as it shows what it shows.

    Args:
        race: a race that shows it.
        shows: whether a race does.
        books: rulebooks that are simpler than any other, and that the race may be run under instead.

    Example:
        >>> from massstart import Race
        >>> race = Race(rulebook="isu-2018", starters=[7, 8, 9], sprints={4: [7, 8]}, finish=[[7, 8], 9])
        >>> smaller = smallest(race, lambda race: len(race.starters) > 1)
        >>> plain(smaller)["finish"], smaller.sprints
        (['a', 'b'], ())
    """
    while (simpler := next(filter(shows, _simpler(race, books)), None)) is not None:
        race = simpler
    return race


def _simpler(race: Race, books: tuple[Rulebook, ...]) -> Iterator[Race]:
    for id in reversed(race.starters.ids):
        yield without(race, id)
    for changes in _changes(race, books):
        if any(plain(race)[name] != value for name, value in changes.items()):
            try:
                yield changed(race, **changes)
            except InvalidRecord:  # what is simpler by itself need not fit the rest
                continue
    ids = race.starters.ids
    letters = ascii_lowercase[: len(ids)]
    if len(letters) == len(ids) and tuple(letters) != ids and tuple(letters[::-1]) != ids:
        for names in (letters, letters[::-1]):
            yield renamed(race, dict(zip(ids, names, strict=True)).__getitem__)


def _changes(race: Race, books: tuple[Rulebook, ...]) -> Iterator[dict[str, Any]]:
    """What can be said of the race instead of what is said: as much as possible at a time, and then little."""
    given = plain(race)
    nothing: dict[str, Any] = dict.fromkeys(("id", "competition", "date", "event", "round"))
    yield nothing | {"starters": [Starter(id) for id in race.starters.ids], "sources": []}
    for book in () if race.rulebook in books else books:
        yield {"rulebook": book}
        for name in ("intermediate", "advance", "max_starters", *_POLICIES):
            yield {"rulebook": evolve(race.rulebook, **{name: getattr(book, name)})}
    for name, value in (("sprints", {}), ("times", {}), ("advanced", []), ("advance", None), ("lapped", [])):
        yield {name: value}
    if race.advance is not None:
        yield {"advance": max(1, race.advance - 1)}
    book = race.rulebook
    yield {"laps": book.laps, "sprint_laps": book.sprint_laps}
    for note in race.unfinished:
        others = {other.id: (other.laps, other.time) for other in race.unfinished if other is not note}
        yield {"unfinished": others, "finish": [*given["finish"], note.id]}
        yield {"unfinished": others | {note.id: (note.laps, None)}}
    for disqualified in race.disqualified:
        others_out = [other for other in race.disqualified if other is not disqualified]
        finish = given["finish"]
        back = finish if disqualified.id in race.finish.ids else [*finish, disqualified.id]
        yield {"disqualified": others_out, "finish": back}
        yield {"disqualified": [*others_out, Disqualified(disqualified.id)]}
    for lap, order in given["sprints"].items():
        yield {"sprints": {other: there for other, there in given["sprints"].items() if other != lap}}
        yield {"sprints": given["sprints"] | {lap: order[:-1]}}
    for sprint in race.sprints:
        yield {"sprints": given["sprints"] | {sprint.lap: list(sprint.order.ids)}}
    yield {"finish": list(race.finish.ids)}
    for id in race.lapped:
        yield {"lapped": [other for other in race.lapped if other != id]}
    for id, _ in race.times:
        yield {"times": {other: time for other, time in race.times if other != id}}
