"""The points of a race: what the places in the sprints are worth, and whose points count.

Decides what a dead heat and the place of a disqualified skater do to the points, and who forfeits. What the points
make of the ranking stands in `massstart.ranking`.
"""

from collections.abc import Collection, Hashable, Iterable, Iterator

from massstart.records import RaceRecord
from massstart.rulebook import DeadHeat, Scale


def award(order: Iterable[tuple[Hashable, int]], scale: Scale, dead_heat: DeadHeat) -> list[tuple[Hashable, int]]:
    """Who wins points in a sprint, and how many.

    Tied skaters each get the points of the higher place (assumed: no source states it).
    """
    points = scale.points
    awards = []
    for id, place in order if dead_heat == "skip" else _unskipped(order):
        if place > len(points):
            break
        awards.append((id, points[place - 1]))
    return awards


def _unskipped(order: Iterable[tuple[Hashable, int]]) -> Iterator[tuple[Hashable, int]]:
    """The places when a dead heat uses up one place only: 1, 2, 2, 3."""
    latest = tied = skipped = 0
    for id, place in order:
        if place == latest:
            tied += 1
        else:
            latest, skipped, tied = place, skipped + tied, 0
        yield id, place - skipped


def points_by_sprint(race: RaceRecord, racing: Collection[Hashable] = ()) -> dict[Hashable, list[int]]:
    """The points won in each sprint, the final sprint last, of everyone who won any.

    Args:
        race: the race, over or under way.
        racing: those who stand in the finish though they are still racing: they win nothing there yet.
    """
    book = race.rulebook
    disqualified = {note.id for note in race.disqualified}
    laps = (*race.sprint_laps, race.laps)
    sprints = [
        (laps.index(sprint.lap), sprint.order, book.intermediate, book.disqualified_in_sprint, disqualified)
        for sprint in race.sprints
    ]
    sprints.append((-1, race.finish, book.final, book.disqualified_at_finish, disqualified.union(racing)))
    won: dict[Hashable, list[int]] = {}
    for column, order, scale, policy, winless in sprints:
        closes = disqualified and policy == "closed"
        counting = order.without(disqualified, close=True) if closes else order
        for id, points in award(counting.pairs, scale, book.sprint_dead_heat):
            if id not in winless:
                if id not in won:
                    won[id] = [0] * len(laps)
                won[id][column] = points
    return won


def totals_so_far(race: RaceRecord) -> dict[Hashable, int]:
    """The points that count, of every starter: none for the disqualified, nor where they are forfeited."""
    race = race.competing
    totals = dict.fromkeys(race.starters.ids, 0)
    totals |= {id: sum(points) for id, points in points_by_sprint(race).items()}
    if race.rulebook.forfeits:
        totals |= dict.fromkeys([*race.lapped, *(note.id for note in race.unfinished)], 0)
    return totals
