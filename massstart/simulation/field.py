"""The field of a race that shall be simulated: who is still to come, which sprints are left, and what stands already.

Decides what a model is told, what it answers, and how its answer and the facts become whole races. No model can
contradict a fact: it is asked for the rest alone.
"""

from collections.abc import Hashable, Iterable, Mapping
from typing import Any, Protocol, TypeAlias

import numpy as np
import numpy.typing as npt
from attrs import field, frozen

from massstart.batch.kernel import ranked
from massstart.batch.races import ABSENT, DISQUALIFIED, FINISHED, LAPPED, UNFINISHED, UNTIMED, Bools, Ints, Races
from massstart.live.log import RaceLog
from massstart.order import Order
from massstart.problems import InvalidRecord, Problem
from massstart.race import Race, Underway
from massstart.ranking import outcomes
from massstart.records import Sprint, Starter
from massstart.result import Heading, Result
from massstart.sheet import Sheet

#: Numbers with a fraction, one for each cell.
Numbers: TypeAlias = npt.NDArray[np.float64]

#: Whatever has a start list.
Source: TypeAlias = "Race | Sheet | Result | Underway | RaceLog"


@frozen
class Field:
    """The skaters who are still to come, and what is known of the race.

    Attributes:
        race: the race so far, without its guests.
        arrived: who has crossed the line at full distance.
        stopped: who was lapped and has ended the race.
        sprint_laps: the laps of the intermediate sprints still to come.
        begun: the sprints among them that some have skated already, so far as they have.
        done: the laps that skaters have completed, by id, where that is known; nobody can leave the race before.
    """

    race: Underway
    arrived: Order = field(factory=Order)
    stopped: Order = field(factory=Order)
    sprint_laps: tuple[int, ...] = ()
    begun: tuple[Sprint, ...] = ()
    done: Mapping[Hashable, int] = field(factory=dict)

    @property
    def to_come(self) -> tuple[Starter, ...]:
        """Those who have not ended their race, in the order of the starters. They are the columns of what a model answers."""
        ended = {*self.arrived.ids, *self.stopped.ids}
        racing = set(self.race.racing) - ended
        return tuple(starter for starter in self.race.starters if starter.id in racing)

    def __len__(self) -> int:
        """How many are still to come."""
        return len(self.to_come)


@frozen(eq=False)
class Orders:
    """What a model says of many races. Smaller numbers are ahead; equal ones are a dead heat.

    Attributes:
        finish: who is ahead across the line: any numbers, as (races, skaters).
        sprints: the same in each sprint to come, as (races, sprints, skaters).
        laps: the laps completed by whoever does not finish, the whole distance for whoever does, as (races, skaters) of
            whole numbers. ``None``: everybody finishes.
        lapped: who is lapped, as (races, skaters) of booleans. ``None``: nobody. The lapped come in behind the others.
    """

    finish: Numbers
    sprints: Numbers
    laps: Ints | None = None
    lapped: Bools | None = None


class Model(Protocol):
    """A model of a race: any function that makes orders of chance.

    It is given a generator of chance, the field, how many races to make, and who of the field takes part in each of
    them, as (races, skaters) of booleans, ``None`` for everybody. What it says of those who take no part is not read.
    """

    def __call__(self, chance: np.random.Generator, field: Field, races: int, there: Bools | None) -> Orders:
        """Make the orders of so many races."""


def field_of(source: Source) -> Field:
    """What is known before a race, or while it goes on.

    Args:
        source: a race, its result, or a published sheet, of which the start list alone counts; a race under way, or its log.

    Raises:
        InvalidRecord: a log of a race that is over, or a field in which nobody is to come.
        TypeError: what has no start list.

    Example:
        >>> from massstart import load
        >>> from massstart.simulation import field_of
        >>> field = field_of(load("beijing-2022-men-semifinal-1"))
        >>> len(field), field.sprint_laps
        (15, (4, 8, 12))
    """
    if isinstance(source, RaceLog):
        so_far, race = source.progress(), source.state()
        left = () if so_far.is_over else race.sprints_left[:-1]
        away = set(race.guests)
        arrived, stopped = (order.without(away, close=True) for order in (so_far.arrived, so_far.stopped))
        begun = tuple(Sprint(one.lap, one.order.without(away, close=True)) for one in so_far.sprints if one.lap in left)
        done = {id: so_far.crossings.laps(id) for id in race.racing}
        found = Field(race.competing, arrived, stopped, left, begun, done | _named(so_far.sprints, done))
    elif isinstance(source, Underway):
        found = Field(source.competing, sprint_laps=source.sprints_left[:-1], done=_named(source.sprints, {}))
    elif isinstance(source, Race | Sheet | Result):
        race = _start_list(source)
        found = Field(race, sprint_laps=race.sprint_laps)
    else:
        raise TypeError(f"{type(source).__name__} has no start list; give a race, a sheet, or the log of a race")
    if not found.to_come:
        raise InvalidRecord(
            [Problem("over", "", "nobody is still to come", "give a start list, or a race that goes on")]
        )
    return found


def _named(sprints: Iterable[Sprint], done: Mapping[Hashable, int]) -> dict[Hashable, int]:
    """The laps completed by those whom sprints name."""
    found = dict(done)
    for sprint in sprints:
        found |= {id: max(found.get(id, 0), sprint.lap) for id in sprint.order.ids}
    return found


def _start_list(record: Race | Sheet | Result) -> Underway:
    """A race before its start, with those who started."""
    there = {row.id for row in outcomes(record) if row.status != "absent"}
    source = head_of(record)
    starters = [starter for starter in source.skaters if starter.id in there]
    return Underway(
        rulebook=source.rulebook, starters=starters, laps=source.laps,
        sprint_laps=source.rulebook.sprint_laps if isinstance(source, Sheet) else source.sprint_laps,
        advance=source.advance, id=source.id, competition=source.competition, date=source.date, event=source.event,
        round=source.round,
    )  # fmt: skip


def head_of(record: Race | Sheet | Result) -> Race | Sheet | Underway | Heading:
    """What is known of a race, apart from how it ended."""
    return record.record if isinstance(record, Result) else record


def completed(field: Field, orders: Orders, there: Bools | None = None) -> Races:
    """Whole races: the facts of the field, and the rest as a model says.

    Args:
        field: the field.
        orders: what the model says of those to come.
        there: who of them takes part, as (races, skaters) of booleans, before a race has begun; everybody unless given.

    Returns:
        The races, with a column for each starter of the race, in their order.

    Raises:
        TypeError: something else than orders.
        ValueError: orders of another shape than the field's.
    """
    race, to_come = field.race, field.to_come
    shape = _check_orders(field, orders)
    there = np.ones(shape, bool) if there is None else there
    column = {id: number for number, id in enumerate(race.starters.ids)}
    coming = [column[starter.id] for starter in to_come]
    whole = (shape[0], len(race.starters))

    # How each race ends.
    status = np.full(whole, FINISHED, np.uint8)
    laps, times = np.full(whole, race.laps, np.int64), np.full(whole, UNTIMED, np.int64)
    for id in race.lapped:
        status[:, column[id]] = LAPPED
    if orders.lapped is not None:
        status[:, coming] = np.where(orders.lapped, LAPPED, status[:, coming])
    if orders.laps is not None:
        done = np.array([field.done.get(starter.id, 0) for starter in to_come], np.int64)
        laps[:, coming] = np.maximum(orders.laps, done)
        status[:, coming] = np.where(laps[:, coming] < race.laps, UNFINISHED, status[:, coming])
    status[:, coming] = np.where(there, status[:, coming], ABSENT)
    for note in race.unfinished:
        status[:, column[note.id]], laps[:, column[note.id]] = UNFINISHED, note.laps
        times[:, column[note.id]] = note.time.milliseconds if note.time else UNTIMED
    status[:, [column[note.id] for note in race.disqualified]] = DISQUALIFIED
    status[:, [column[id] for id in race.did_not_start]] = ABSENT

    # The sprints: those skated are facts.
    sprints = np.zeros((shape[0], len(race.sprint_laps), whole[1]), np.int64)
    for sprint in race.sprints:
        for id, place in sprint.order:
            sprints[:, race.sprint_laps.index(sprint.lap), column[id]] = place
    for number, lap in enumerate(field.sprint_laps):
        reached = there & (laps[:, coming] >= lap)
        here = race.sprint_laps.index(lap)
        sprints[:, here, coming] = _places(orders.sprints[:, number], reached)
        for order in (one.order for one in field.begun if one.lap == lap):
            # Whoever has skated it is ahead of all the others.
            first = [column[id] for id in order.ids]
            sprints[:, here] += np.where(sprints[:, here] > 0, len(order), 0)
            sprints[:, here, first] = [place for _, place in order]
            sprints[:, here] = _places(sprints[:, here], sprints[:, here] > 0)

    # The line: who has crossed it keeps the place, the others fill those that are free.
    coming_lapped = status[:, coming] == LAPPED
    reaching = there & (status[:, coming] <= LAPPED)
    slot = _places(_behind(orders.finish, coming_lapped), reaching)
    taken = {place + more for _, place in field.arrived.pairs for more in range(_sharing(field.arrived, place))}
    free = [place for place in range(1, len(taken) + whole[1] + 1) if place not in taken]
    line = np.zeros(whole, np.int64)
    line[:, coming] = np.where(slot > 0, np.array([0, *free])[slot], 0)
    for id, place in field.arrived.pairs:
        line[:, column[id]] = place
    for id, place in field.stopped.pairs:
        line[:, column[id]] = 2 * (len(taken) + whole[1]) + place
    # A place that stays free, for too few come in, is closed up.
    return Races(
        rulebook=race.rulebook, laps=race.laps, sprint_laps=race.sprint_laps, advance=race.advance,
        finish=_places(line, line > 0), sprints=sprints, status=status, laps_completed=laps, last_times=times,
        advanced=_advanced(field, whole, column),
    )  # fmt: skip


def _places(numbers: npt.NDArray[Any], there: Bools) -> Ints:
    """The places of those who are there: one more than how many of them have smaller numbers."""
    if numbers.dtype.kind == "f":
        order = np.argsort(numbers, axis=1, kind="stable")
        sorted_numbers = np.take_along_axis(numbers, order, axis=1)
        rises = np.zeros(numbers.shape, np.int64)
        np.cumsum(sorted_numbers[:, 1:] > sorted_numbers[:, :-1], axis=1, out=rises[:, 1:])
        keys = np.empty_like(rises)
        np.put_along_axis(keys, order, rises, axis=1)
    else:
        keys = numbers
    last = int(keys.max(initial=0)) + 1
    return ranked(np.where(there, keys, last)).astype(np.int64) * there


def _behind(numbers: Numbers, those: Bools) -> npt.NDArray[Any]:
    """The numbers, so that some skaters come behind all the others."""
    if not those.any():
        return numbers
    places = _places(numbers, np.ones(numbers.shape, bool))
    return places + those * np.int64(numbers.shape[1] + 1)


def _sharing(order: Order, place: int) -> int:
    return sum(one == place for _, one in order.pairs)


def _advanced(field: Field, shape: tuple[int, int], column: dict[Hashable, int]) -> Bools | None:
    if not field.race.advanced:
        return None
    advanced = np.zeros(shape, bool)
    advanced[:, [column[note.id] for note in field.race.advanced]] = True
    return advanced


def _check_orders(field: Field, orders: Orders) -> tuple[int, int]:
    """How many races and skaters there are; refuses what a model may not answer."""
    if not isinstance(orders, Orders):
        raise TypeError(f"the model answers {type(orders).__name__}, not Orders")
    for name in ("finish", "sprints", "laps", "lapped"):
        array = getattr(orders, name)
        if not isinstance(array, np.ndarray) and (array is not None or name in ("finish", "sprints")):
            raise TypeError(f"the model's {name} are {type(array).__name__}, not an array")
    shape = (len(orders.finish), len(field))
    wanted = {
        "finish": (orders.finish, shape),
        "sprints": (orders.sprints, (shape[0], len(field.sprint_laps), shape[1])),
        "laps": (orders.laps, shape),
        "lapped": (orders.lapped, shape),
    }
    for name, (array, due) in wanted.items():
        if array is not None and array.shape != due:
            raise ValueError(f"the model's {name} have the shape {array.shape}, not {due}")
    if orders.laps is not None and ((orders.laps < 0) | (orders.laps > field.race.laps)).any():
        raise ValueError(f"the model's laps are not from 0 to {field.race.laps}")
    if np.isnan(orders.finish).any() or np.isnan(orders.sprints).any():
        raise ValueError("the model's orders hold numbers that are none")
    return shape
