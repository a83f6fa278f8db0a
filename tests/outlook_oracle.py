"""The outlook by brute force, and by a second method; neither shares any code or argument with the package.

``python tests/outlook_oracle.py`` holds the package against both over many generated races and prints how many.
"""

import argparse
import itertools
import random
import time
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import NamedTuple

from massstart import Order, Rulebook, Scale
from massstart.live import Outlook, Underway, outlook
from massstart.live.bounds import Bounds
from massstart.live.finishline import finish_line
from massstart.live.outlook import STEPS


class Ice(NamedTuple):
    """A race under way in plain numbers: what the oracles work on."""

    skaters: int
    #: The scales: of the intermediate sprints, of the final sprint.
    intermediate: tuple[int, ...]
    final: tuple[int, ...]
    forfeits: bool
    #: The orders of the intermediate sprints; None for one still to come. They are at laps 2, 4, 6 …
    sprints: tuple[tuple[int, ...] | None, ...]
    #: Laps completed by those who left the race; the disqualified, the absent, and the lapped.
    unfinished: dict[int, int]
    disqualified: frozenset[int]
    absent: frozenset[int]
    lapped: frozenset[int]
    advance: int
    #: Those across the line, group by group; the disqualified may stand there.
    across: tuple[tuple[int, ...], ...] = ()
    #: Whether a dead heat uses up one place only, and whether the place of a disqualified skater is kept open.
    follow: bool = False
    kept: bool = False

    @property
    def racing(self) -> list[int]:
        out = {*self.unfinished, *self.disqualified, *self.absent}
        return [id for id in range(self.skaters) if id not in out]

    def points(self) -> dict[int, int]:
        """The points so far of those still racing, forfeited or not."""
        found = dict.fromkeys(self.racing, 0)
        for order in self.sprints:
            there = [id for id in order or () if id not in self.disqualified]
            for id, won in zip(there, self.intermediate, strict=False):
                if id in found:
                    found[id] += won
        return found

    def eligible(self) -> list[list[int]]:
        """Who can be in the order of each sprint still to come: who has left since then too."""
        laps = [2 * number + 2 for number, order in enumerate(self.sprints) if order is None]
        return [self.racing + [id for id, done in self.unfinished.items() if done >= lap] for lap in laps]

    def to_race(self) -> Underway:
        sprint_laps = tuple(range(2, 2 * len(self.sprints) + 1, 2))
        laps = 2 * len(self.sprints) + 2
        book = Rulebook(
            id="own",
            laps=laps,
            sprint_laps=sprint_laps,
            intermediate=Scale(*self.intermediate),
            final=Scale(*self.final),
            forfeits=self.forfeits,
            sprint_dead_heat="follow" if self.follow else "skip",
            disqualified_at_finish="kept" if self.kept else "closed",
        )
        return Underway(
            rulebook=book,
            starters=range_of(self.skaters),
            sprints={lap: order for lap, order in zip(sprint_laps, self.sprints, strict=True) if order is not None},
            unfinished=self.unfinished,
            disqualified=self.disqualified,
            did_not_start=self.absent,
            lapped=self.lapped,
            advance=self.advance,
        )


def range_of(size: int) -> list[int]:
    return list(range(size))


#: The best and the worst rank from each place across the line, by skater.
Ranks = dict[int, dict[int, tuple[int, int]]]


def brute_force(ice: Ice, fixed: dict[Hashable, int] | None = None) -> Ranks:
    """Every end of the race, one by one; with ``fixed``, those in which these skaters finish in these places."""
    racing, start = ice.racing, ice.points()
    ends: set[tuple[int, ...]] = set()
    for orders in itertools.product(
        *(itertools.permutations(there, min(len(ice.intermediate), len(there))) for there in ice.eligible())
    ):
        points = dict(start)
        for order in orders:
            for id, won in zip(order, ice.intermediate, strict=False):
                if id in points:
                    points[id] += won
        ends.add(tuple(points.values()))
    void = ice.lapped if ice.forfeits else frozenset()
    ranks: Ranks = {id: {} for id in racing}
    for end in ends:
        before = dict(zip(racing, end, strict=True))
        for finish in itertools.permutations(racing):
            if any(finish[place - 1] != id for id, place in (fixed or {}).items()):
                continue
            totals = dict(before)
            for id, won in zip(finish, ice.final, strict=False):
                totals[id] += won
            for id in void & totals.keys():
                totals[id] = 0
            # The sort keeps the order across the line where points are level.
            for rank, id in enumerate(sorted(finish, key=lambda id: -totals[id]), 1):
                place = finish.index(id) + 1
                best, worst = ranks[id].get(place, (rank, rank))
                ranks[id][place] = (min(best, rank), max(worst, rank))
    return ranks


def at_the_line(ice: Ice, coming: Sequence[int]) -> dict[int, tuple[int, int]]:
    """The place across the line and the points of the final sprint, if the others come one by one in an order."""
    groups = [*map(list, ice.across), *([id] for id in coming)]
    if not ice.kept:
        groups = [left for group in groups if (left := [id for id in group if id not in ice.disqualified])]
    found = {}
    place = 1
    for number, group in enumerate(groups, 1):
        paid = number if ice.follow else place
        for id in group:
            found[id] = (place, ice.final[paid - 1] if paid <= len(ice.final) else 0)
        place += len(group)
    return {id: pair for id, pair in found.items() if id not in ice.disqualified}


def brute_force_at_the_line(ice: Ice) -> Ranks:
    """Every end of a race while the field crosses the line, one by one."""
    start = ice.points()
    there = {id for group in ice.across for id in group}
    coming = [id for id in ice.racing if id not in there]
    void = ice.lapped if ice.forfeits else frozenset()
    ranks: Ranks = {id: {} for id in ice.racing}
    for orders in itertools.product(
        *(itertools.permutations(those, min(len(ice.intermediate), len(those))) for those in ice.eligible())
    ):
        before = dict(start)
        for order in orders:
            for id, won in zip(order, ice.intermediate, strict=False):
                if id in before:
                    before[id] += won
        for finish in itertools.permutations(coming):
            line = at_the_line(ice, finish)
            keys = {id: (0 if id in void else before[id] + won, -place) for id, (place, won) in line.items()}
            for id, (place, _) in line.items():
                rank = 1 + sum(key > keys[id] for key in keys.values())
                best, worst = ranks[id].get(place, (rank, rank))
                ranks[id][place] = (min(best, rank), max(worst, rank))
    return ranks


def by_matching(ice: Ice, id: int, place: int) -> tuple[int, int]:
    """The best and the worst rank of one skater from one place, for fields that are too large for brute force.

    Goes through every outcome of the sprints left, skaters with equal points being interchangeable. For each, a
    largest matching of rivals and places tells how many rivals can be ahead at once, and how many can be behind.
    """
    void = ice.lapped if ice.forfeits else frozenset()
    start = ice.points()
    # A skater is (what it is, points); what it is: "x" for the skater asked about, "void", or "rival".
    field = [("x" if one == id else "void" if one in void else "rival", points) for one, points in start.items()]
    states = {tuple(sorted(field))}
    for there in ice.eligible():
        gone = [("gone", 0)] * (len(there) - len(field))
        states = {
            tuple(sorted(one for one in after if one[0] != "gone"))
            for state in states
            for after in _handed_out((*state, *gone), ice.intermediate)
        }
    places = [at for at in range(1, len(field) + 1) if at != place]
    worth = dict(zip(range(1, len(field) + 1), (*ice.final, *[0] * len(field)), strict=False))
    found = []
    for state in states:
        (mine,) = [points for kind, points in state if kind == "x"]
        own = 0 if id in void else mine + worth[place]
        rivals = [one for one in state if one[0] != "x"]
        edges = []
        for kind, points in rivals:
            totals = {at: 0 if kind == "void" else points + worth[at] for at in places}
            edges.append({at for at in places if totals[at] > own or (totals[at] == own and at < place)})
        ahead = _matched(edges)
        behind = _matched([set(places) - ends for ends in edges])
        found.append((len(field) - behind, 1 + ahead))
    return min(best for best, _ in found), max(worst for _, worst in found)


def by_matching_at_the_line(ice: Ice, id: int) -> dict[int, tuple[int, int]]:
    """The best and the worst rank of one skater from each place, once the final sprint alone is left."""
    coming = [one for one in ice.racing if one not in {other for group in ice.across for other in group}]
    line = at_the_line(ice, coming)
    free = [line[one] for one in coming]
    void = ice.lapped if ice.forfeits else frozenset()
    points = {one: 0 if one in void else won for one, won in ice.points().items()}

    def key(one: int, place: int, won: int) -> tuple[int, int]:
        return points[one] + (0 if one in void else won), -place

    found = {}
    for place, won in free if id in coming else [line[id]]:
        own = key(id, place, won)
        settled = sum(key(one, *line[one]) > own for one in line if one not in coming and one != id)
        left = [pair for pair in free if pair[0] != place or id not in coming]
        edges = [{at for at, worth in left if key(one, at, worth) > own} for one in coming if one != id]
        behind = [{at for at, _ in left} - ends for ends in edges]
        found[place] = (1 + settled + len(edges) - _matched(behind), 1 + settled + _matched(edges))
    return found


def _handed_out(state: tuple[tuple[str, int], ...], scale: tuple[int, ...]) -> Iterator[tuple[tuple[str, int], ...]]:
    """The states after a sprint; which of several like skaters scores makes no difference."""
    if not scale or not state:
        yield state
        return
    for kind in sorted(set(state)):
        left = list(state)
        left.remove(kind)
        for rest in _handed_out(tuple(left), scale[1:]):
            yield (*rest, (kind[0], kind[1] + scale[0]))


def _matched(edges: list[set[int]]) -> int:
    """The size of a largest matching, by augmenting paths."""
    taken: dict[int, int] = {}

    def augment(row: int, seen: set[int]) -> bool:
        for at in edges[row] - seen:
            seen.add(at)
            if at not in taken or augment(taken[at], seen):
                taken[at] = row
                return True
        return False

    return sum(augment(row, set()) for row in range(len(edges)))


def a_race(chance: random.Random, *, largest: int, sprints_left: int, longest: int = 3) -> Ice:
    """Any race under way: a few have left it, some are lapped, scales are flat or steep."""
    size = max(chance.randint(0, largest) for _ in range(4))

    def scale(most: int) -> tuple[int, ...]:
        return tuple(sorted((chance.randint(1, most) for _ in range(chance.randint(1, longest))), reverse=True))

    ids = list(range(size))
    chance.shuffle(ids)
    out = ids[: chance.choice([0, 0, 0, 1, 2])]
    fates = [chance.choice(["unfinished", "unfinished", "disqualified", "absent"]) for _ in out]
    sprints = chance.randint(0, 4)
    skated = sorted(chance.sample(range(sprints), max(0, sprints - sprints_left)))
    left_after = {
        id: chance.randint(0, 2 * sprints + 1) for id, fate in zip(out, fates, strict=True) if fate == "unfinished"
    }
    absent = frozenset(id for id, fate in zip(out, fates, strict=True) if fate == "absent")
    orders: list[tuple[int, ...] | None] = [None] * sprints
    for number in skated:
        there = [id for id in range(size) if id not in absent and left_after.get(id, 99) >= 2 * number + 2]
        orders[number] = tuple(chance.sample(there, min(len(there), chance.choice([0, longest, longest, size]))))
    racing = [id for id in range(size) if id not in out]
    return Ice(
        skaters=size,
        intermediate=scale(chance.choice([1, 3, 6])),
        final=scale(chance.choice([1, 4, 9, 20])),
        forfeits=chance.random() < 0.5,
        sprints=tuple(orders),
        unfinished=left_after,
        disqualified=frozenset(id for id, fate in zip(out, fates, strict=True) if fate == "disqualified"),
        absent=absent,
        lapped=frozenset(id for id in racing if chance.random() < 0.1),
        advance=chance.randint(1, max(1, size)),
    )


def some_across(chance: random.Random, ice: Ice) -> Ice:
    """The race with some across the line: some of them in a dead heat, some disqualified."""
    there = [*ice.racing, *(id for id in ice.disqualified if chance.random() < 0.7)]
    arrived = chance.sample(there, chance.randint(0, len(there)))
    groups: list[tuple[int, ...]] = []
    while arrived:
        size = min(len(arrived), chance.choice([1, 1, 1, 2, 3]))
        groups.append(tuple(arrived[:size]))
        arrived = arrived[size:]
    return ice._replace(across=tuple(groups), follow=chance.random() < 0.4, kept=chance.random() < 0.4)


def disagreements(ice: Ice) -> list[str]:
    """Where the package and brute force differ, for the whole outlook of a race."""
    return _differences(ice, brute_force(ice), outlook(ice.to_race()))


def disagreements_at_the_line(ice: Ice) -> list[str]:
    """The same while the field crosses the line."""
    finish = Order.from_groups(ice.across)
    return _differences(ice, brute_force_at_the_line(ice), outlook(ice.to_race(), finish=finish))


def _differences(ice: Ice, ranks: Ranks, found: Outlook) -> list[str]:
    wrong = [] if {row.id for row in found} == set(ranks) else ["the rows"]
    for row in found:
        by_place = ranks[int(str(row.id))]
        worst = {place: pair[1] for place, pair in by_place.items()}
        best = {place: pair[0] for place, pair in by_place.items()}
        sure = [place for place in worst if all(worst[at] <= ice.advance for at in worst if at <= place)]
        can = [place for place in best if best[place] <= ice.advance]
        through = max(worst.values()) <= ice.advance
        expected = (
            min(best.values()),
            max(worst.values()),
            "through" if through else "possible" if can else "out",
            max(sure, default=None),
            max(can, default=None),
        )
        if (row.best, row.worst, row.status, row.through_if, row.possible_if) != expected:
            wrong.append(f"{row}: expected {expected}")
    return wrong


def scenario_disagreements(ice: Ice, fixed: dict[Hashable, int]) -> list[str]:
    """Where the package and brute force differ if some finish in given places."""
    ranks = brute_force(ice, fixed)
    pairs = {id: list(by_place.values()) for id, by_place in ranks.items()}
    expected = {id: (min(best for best, _ in found), max(worst for _, worst in found)) for id, found in pairs.items()}
    found = {row.id: (row.best, row.worst) for row in outlook(ice.to_race()).what_if(fixed)}
    return [] if found == expected else [f"if {fixed}: {found}, expected {expected}"]


#: The largest field, the most sprints left, the longest scale: what brute force goes through in reasonable time.
SMALL = ((3, 3, 3), (4, 3, 2), (4, 2, 5), (5, 2, 3), (5, 1, 6), (6, 1, 4), (6, 2, 1), (6, 0, 7), (7, 1, 2), (7, 0, 8))


#: Those of them that are quick.
QUICK = SMALL[:4]


def check_small(seed: int, sizes: Sequence[tuple[int, int, int]] = SMALL) -> tuple[int, list[str]]:
    """The size of a generated race, and where brute force and the package differ."""
    chance = random.Random(seed)  # noqa: S311  # no secret
    largest, left, longest = chance.choice(sizes)
    ice = a_race(chance, largest=largest, sprints_left=left, longest=longest)
    found = disagreements(ice)
    size = len(ice.racing)
    if size:
        some = chance.sample(ice.racing, chance.randint(1, min(3, size)))
        found += scenario_disagreements(ice, dict(zip(some, chance.sample(range(1, size + 1), len(some)), strict=True)))
    return size, [f"{ice}: {one}" for one in found]


def check_at_the_line(seed: int, sizes: Sequence[tuple[int, int, int]] = SMALL) -> tuple[int, list[str]]:
    """The size of a generated race while the field crosses the line, and where brute force and the package differ."""
    chance = random.Random(seed)  # noqa: S311  # no secret
    largest, left, longest = chance.choice(sizes)
    ice = some_across(chance, a_race(chance, largest=largest, sprints_left=min(left, 2), longest=longest))
    return len(ice.racing), [f"{ice}: {one}" for one in disagreements_at_the_line(ice)]


def check_large(seed: int) -> tuple[int, list[str]]:
    """The size of a generated race, and where the second method and the package differ for one skater and place."""
    chance = random.Random(seed)  # noqa: S311  # no secret
    ice = a_race(chance, largest=24, sprints_left=chance.randint(0, 2))
    if not ice.racing:
        return 0, []
    id = chance.choice(ice.racing)
    place = chance.randint(1, len(ice.racing))
    race = ice.to_race()
    bounds = Bounds(race, finish_line(race, Order(), Order(), {}), STEPS)
    found = (bounds.best(id, place), bounds.worst(id, place))
    expected = by_matching(ice, id, place)
    return len(ice.racing), [] if found == expected else [f"{ice}: {id} at {place}: {found}, expected {expected}"]


def check_large_at_the_line(seed: int) -> tuple[int, list[str]]:
    """The size of a large field that crosses the line, and where the second method and the package differ."""
    chance = random.Random(seed)  # noqa: S311  # no secret
    ice = some_across(chance, a_race(chance, largest=24, sprints_left=0, longest=6))
    ranks = {id: by_matching_at_the_line(ice, id) for id in ice.racing}
    found = outlook(ice.to_race(), finish=Order.from_groups(ice.across))
    return len(ice.racing), [f"{ice}: {one}" for one in _differences(ice, ranks, found)]


def main() -> None:
    """Check many generated races, on all processors; the sizes and the disagreements go to standard output."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--states", type=int, default=10_000, help="for brute force")
    parser.add_argument("--large", type=int, default=1_000, help="for the second method")
    parser.add_argument("--seed", type=int, default=0)
    wanted = parser.parse_args()
    with ProcessPoolExecutor() as pool:
        for title, check, count in (
            ("brute force", check_small, wanted.states),
            ("brute force at the line", check_at_the_line, wanted.states),
            ("matching", check_large, wanted.large),
            ("matching at the line", check_large_at_the_line, 2 * wanted.large),
        ):
            began = time.perf_counter()
            found = list(pool.map(check, range(wanted.seed, wanted.seed + count), chunksize=20))
            wrong = [one for _, some in found for one in some]
            sizes = ", ".join(f"{size}: {races}" for size, races in sorted(Counter(size for size, _ in found).items()))
            print(f"{title}: {count} races, {len(wrong)} disagreements, {time.perf_counter() - began:.0f} s")
            print(f"  by the number still racing: {sizes}")
            for one in wrong[:10]:
                print(f"  {one}")


if __name__ == "__main__":
    main()
