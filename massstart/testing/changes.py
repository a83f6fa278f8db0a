"""Races changed in one respect: written down in another order, renamed, without a skater.

Decides what "the same race, but" means for the laws and for tests. It knows no rule, and needs no hypothesis.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping
from random import Random
from typing import Any, TypeVar

from massstart.order import Order
from massstart.race import Race
from massstart.records import Advanced, Disqualified, Starter, Unfinished

T = TypeVar("T")


def plain(race: Race) -> dict[str, Any]:
    """What a caller passes to `Race` to get this race.

    Example:
        >>> from massstart import Race
        >>> from massstart.testing import plain
        >>> race = Race(rulebook="isu-2018", starters=["a", "b", "c"], sprints={4: ["b"]}, finish=["a", "b", "c"])
        >>> plain(race)["finish"], Race(**plain(race)) == race
        (['a', 'b', 'c'], True)
    """
    return {
        "rulebook": race.rulebook,
        "starters": list(race.starters),
        "finish": as_lists(race.finish),
        "sprints": {sprint.lap: as_lists(sprint.order) for sprint in race.sprints},
        "times": dict(race.times),
        "lapped": list(race.lapped),
        "unfinished": {note.id: (note.laps, note.time) for note in race.unfinished},
        "disqualified": list(race.disqualified),
        "did_not_start": list(race.did_not_start),
        "advanced": list(race.advanced),
        "laps": race.laps,
        "sprint_laps": race.sprint_laps,
        "advance": race.advance,
        "id": race.id,
        "competition": race.competition,
        "date": race.date,
        "event": race.event,
        "round": race.round,
        "sources": list(race.sources),
    }


def changed(race: Race, **changes: object) -> Race:
    """The race with some of what was passed to `Race` changed.

    Example:
        >>> from massstart import Race
        >>> from massstart.testing import changed
        >>> race = Race(rulebook="isu-2018", starters=["a", "b", "c"], sprints={4: ["b"]}, finish=["a", "b", "c"])
        >>> changed(race, lapped=["c"]).lapped
        ('c',)
    """
    return Race(**{**plain(race), **changes})


def shuffled(race: Race, random: Random) -> Race:
    """The same race, written down in another order.

    Example:
        >>> from massstart import Race
        >>> from massstart.testing import shuffled
        >>> race = Race(rulebook="isu-2018", starters=["a", "b", "c"], sprints={4: ["b"]}, finish=["a", "b", "c"])
        >>> from random import Random
        >>> shuffled(race, Random(1)).finish == race.finish
        True
    """

    def mixed(items: Iterable[T]) -> list[T]:
        found = list(items)
        random.shuffle(found)
        return found

    return _rewritten(race, mixed)


def backwards(race: Race) -> Race:
    """The same race, with everything that may stand in any order in the opposite order."""
    return _rewritten(race, lambda items: list(items)[::-1])


def _rewritten(race: Race, mixed: Callable[[Iterable[Any]], list[Any]]) -> Race:
    def mixed_order(order: Order) -> list[Any]:
        return [mixed(group) if len(group) > 1 else group[0] for group in order.groups]

    def mixed_mapping(mapping: Mapping[Any, Any]) -> dict[Any, Any]:
        return dict(mixed(mapping.items()))

    found = plain(race)
    return changed(
        race,
        finish=mixed_order(race.finish),
        sprints=dict(mixed((sprint.lap, mixed_order(sprint.order)) for sprint in race.sprints)),
        **{name: mixed(found[name]) for name in ("starters", "lapped", "disqualified", "did_not_start", "advanced")},
        **{name: mixed_mapping(found[name]) for name in ("times", "unfinished")},
    )


def renamed(race: Race, new: Callable[[Hashable], Hashable]) -> Race:
    """The same race of skaters with other ids.

    Example:
        >>> from massstart import Race
        >>> from massstart.testing import renamed
        >>> race = Race(rulebook="isu-2018", starters=["a", "b", "c"], sprints={4: ["b"]}, finish=["a", "b", "c"])
        >>> renamed(race, str.upper).finish.ids
        ('A', 'B', 'C')
    """

    def new_order(order: Order) -> list[Any]:
        return as_lists(Order.from_groups([[new(id) for id in group] for group in order.groups]))

    return changed(
        race,
        starters=[Starter(new(one.id), one.name, one.nation) for one in race.starters],
        finish=new_order(race.finish),
        sprints={sprint.lap: new_order(sprint.order) for sprint in race.sprints},
        times={new(id): time for id, time in race.times},
        lapped=[new(id) for id in race.lapped],
        unfinished=[Unfinished(new(note.id), note.laps, note.time) for note in race.unfinished],
        disqualified=[Disqualified(new(note.id), note.clause, note.reason) for note in race.disqualified],
        did_not_start=[new(id) for id in race.did_not_start],
        advanced=[Advanced(new(note.id), note.reason) for note in race.advanced],
    )


def without(race: Race, *absent: Hashable) -> Race:
    """The race without some skaters, as though they had never entered; the places behind them close up.

    Example:
        >>> from massstart import Race
        >>> from massstart.testing import without
        >>> race = Race(rulebook="isu-2018", starters=["a", "b", "c"], sprints={4: ["b"]}, finish=["a", "b", "c"])
        >>> without(race, "a").finish.pairs
        (('b', 1), ('c', 2))
    """
    gone = set(absent)

    def left(order: Order) -> list[Any]:
        groups = [[id for id in group if id not in gone] for group in order.groups]
        return [group if len(group) > 1 else group[0] for group in groups if group]

    return changed(
        race,
        starters=[one for one in race.starters if one.id not in gone],
        finish=left(race.finish),
        sprints={sprint.lap: left(sprint.order) for sprint in race.sprints},
        times={id: time for id, time in race.times if id not in gone},
        lapped=[id for id in race.lapped if id not in gone],
        unfinished=[note for note in race.unfinished if note.id not in gone],
        disqualified=[note for note in race.disqualified if note.id not in gone],
        did_not_start=[id for id in race.did_not_start if id not in gone],
        advanced=[note for note in race.advanced if note.id not in gone],
    )


def first_across(order: Order, id: Hashable) -> list[Any]:
    """An order with a skater lifted to the front, alone."""
    groups = [[other for other in group if other != id] for group in order.groups]
    return [id, *(group if len(group) > 1 else group[0] for group in groups if group)]


def as_lists(order: Order) -> list[Any]:
    """An order as it is passed to `Race`."""
    return [list(group) if len(group) > 1 else group[0] for group in order.groups]
