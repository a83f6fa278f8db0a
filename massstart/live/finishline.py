"""The finishing line while the field crosses it: who has which place, which places are free, and what each is worth.

Decides what an arrival settles. Places are counted as they will be in the ranking: those of the disqualified are closed
up or kept open, as the rulebook says, and a dead heat uses up as many places as it has skaters.
"""

from collections import Counter
from collections.abc import Hashable, Iterator, Mapping

from attrs import frozen

from massstart.order import Order
from massstart.problems import Problem
from massstart.race import Underway
from massstart.scoring import award
from massstart.values import is_count


@frozen
class FinishLine:
    """The places across the line, taken and free.

    Attributes:
        places: by id, of those still counted as racing who have crossed the line, or are taken to.
        free: the places that are left, best first.
        worth: what each place wins in the final sprint; one that wins nothing is not there.
    """

    places: Mapping[Hashable, int]
    free: tuple[int, ...]
    worth: Mapping[int, int]


def finish_line(race: Underway, finish: Order, stopped: Order, also: Mapping[Hashable, int]) -> FinishLine:
    """The line after some have crossed it.

    Args:
        race: the race so far.
        finish: those across the line at full distance, the disqualified among them.
        stopped: those lapped who have ended their race; they come behind everybody else.
        also: further places that are taken for granted, by id.
    """
    gone = {note.id for note in race.disqualified}
    line = finish.pairs
    if race.rulebook.disqualified_at_finish == "closed":
        # A place that an arrival has passed over stays open.
        left_free = [place for id, place in line if id in gone]
        line = tuple([(id, place - sum(one < place for one in left_free)) for id, place in line if id not in gone])
    known = {*finish.ids, *stopped.ids}
    last = len(line) + sum(id not in known for id in race.racing)
    taken = _taken(dict(line) | dict(also))
    free = [place for place in range(1, last + 1) if place not in taken]
    places = dict(line) | dict(also) | {id: last + place for id, place in stopped.pairs}
    # Whoever is still to come crosses alone. A place that nobody has yet has no id, so that positions stand for them.
    order = sorted([*places.values(), *free])
    points = dict(award(enumerate(order), race.rulebook.final, race.rulebook.sprint_dead_heat))
    worth = {place: points[position] for position, place in enumerate(order) if position in points}
    return FinishLine({id: place for id, place in places.items() if id not in gone}, tuple(free), worth)


def _taken(places: Mapping[Hashable, int]) -> set[int]:
    """Every place that is used up: those of a dead heat use up as many as they are."""
    return {place + more for place, number in Counter(places.values()).items() for more in range(number)}


def check_places(line: FinishLine, racing: set[Hashable], places: Mapping[Hashable, int]) -> Iterator[Problem]:
    """What is wrong with places that are taken for granted.

    Args:
        line: the line without them.
        racing: who can still have a place.
        places: the places, by id.
    """
    free = f"the free places are {', '.join(map(str, line.free))}"
    sound: dict[Hashable, int] = {}
    for id, place in places.items():
        where = f"places.{id}"
        if id in line.places:
            wrong = f"{id!r} has place {line.places[id]} across the line"
            yield Problem("place", where, wrong, "leave it out; it stands already")
        elif id not in racing:
            yield Problem("unknown-id", where, f"{id!r} is not in the race", "name skaters who are still racing")
        elif not is_count(place, 1) or place not in line.free:
            yield Problem("place", where, f"{place!r} is not a place that is free", free)
        else:
            sound[id] = place
    shared = Counter(sound.values())
    for id, place in sound.items():
        used = range(place, place + shared[place])
        clash = [other for other in sound if sound[other] != place and sound[other] in used]
        if clash:
            wrong = f"{shared[place]} skaters at place {place} leave no place {sound[clash[0]]} for {clash[0]!r}"
            yield Problem("place", f"places.{id}", wrong, "a dead heat uses up as many places as it has skaters")
        elif used[-1] not in line.free:
            wrong = f"{shared[place]} skaters cannot share place {place}"
            yield Problem("place", f"places.{id}", wrong, free)
