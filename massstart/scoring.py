"""A race, scored: who wins how many points, whose points count, and the key that everyone is ranked by.

Decides what a place in a sprint is worth, what a dead heat and the place of a disqualified skater do to it,
and who forfeits.
"""

from collections.abc import Collection, Hashable, Iterable, Iterator

from attrs import define, field

from massstart.key import UNTIMED, Key, Status
from massstart.order import Order
from massstart.race import Race, RaceFacts
from massstart.records import Starter
from massstart.rulebook import DeadHeat, Scale
from massstart.times import RaceTime


def award(order: Order, scale: Scale, dead_heat: DeadHeat) -> dict[Hashable, int]:
    """Who wins points in a sprint, and how many.

    Tied skaters each get the points of the higher place (assumed: no source states it).
    """
    points = scale.points
    if order.is_gapless:
        return dict(zip(order.ids, points, strict=False))
    places = order if dead_heat == "skip" else _unskipped(order)
    return {id: points[place - 1] for id, place in places if place <= len(points)}


def _unskipped(order: Iterable[tuple[Hashable, int]]) -> Iterator[tuple[Hashable, int]]:
    """The places when a dead heat uses up one place only: 1, 2, 2, 3."""
    latest = tied = skipped = 0
    for id, place in order:
        if place == latest:
            tied += 1
        else:
            latest, skipped, tied = place, skipped + tied, 0
        yield id, place - skipped


def intermediate_awards(race: RaceFacts, disqualified: Collection[Hashable]) -> tuple[dict[Hashable, int], ...]:
    """Who wins points in each intermediate sprint of a race, and how many."""
    book = race.rulebook
    columns: dict[int, dict[Hashable, int]] = {lap: {} for lap in race.sprint_laps}
    for sprint in race.sprints:
        order = sprint.order
        if disqualified and book.disqualified_in_sprint == "closed":
            order = order.without(disqualified, close=True)
        columns[sprint.lap] = _among_others(award(order, book.intermediate, book.sprint_dead_heat), disqualified)
    return tuple(columns.values())


def final_awards(race: Race, disqualified: Collection[Hashable]) -> dict[Hashable, int]:
    """Who wins points in the final sprint, and how many."""
    book = race.rulebook
    finish = race.finish
    if disqualified and book.disqualified_at_finish == "closed":
        finish = finish.without(disqualified, close=True)
    return _among_others(award(finish, book.final, book.sprint_dead_heat), disqualified)


def _among_others(column: dict[Hashable, int], disqualified: Collection[Hashable]) -> dict[Hashable, int]:
    for id in disqualified:
        column.pop(id, None)
    return column


@define(unsafe_hash=True)
class RaceScores:
    """The scores of a race; see `massstart.key.Scores`."""

    record: Race
    unranked: frozenset[Hashable] = field(init=False, eq=False)
    columns: tuple[dict[Hashable, int], ...] = field(init=False, eq=False)
    keys: dict[Hashable, Key] = field(init=False, eq=False)

    def __attrs_post_init__(self) -> None:
        race = self.record
        disqualified = frozenset([note.id for note in race.disqualified])
        finish = race.finish
        if disqualified:
            finish = finish.without(disqualified, close=race.rulebook.disqualified_at_finish == "closed")
        columns = (*intermediate_awards(race, disqualified), self.final(disqualified))
        self.unranked = disqualified
        self.columns = columns
        self.keys = _keys(race, finish, totals(race, columns))

    def final(self, disqualified: Collection[Hashable]) -> dict[Hashable, int]:
        """Who wins points in the final sprint, and how many."""
        return final_awards(self.record, disqualified)

    def starter(self, id: Hashable) -> Starter:
        """Name and nation of a skater."""
        return self.record.starters[self.record.starters.ids.index(id)]

    def status(self, id: Hashable) -> Status:
        """How the skater's race ended."""
        if id in self.unranked:
            return "disqualified"
        if self.keys[id].laps_short:
            return "unfinished"
        return "lapped" if id in self.record.lapped else "finished"

    def laps(self, id: Hashable) -> int | None:
        """The laps completed; of a disqualified skater only if at the finish."""
        if id in self.keys:
            return self.record.laps - self.keys[id].laps_short
        return self.record.laps if id in self.record.finish.ids else None

    def sprints(self, id: Hashable) -> tuple[int, ...]:
        """The points won in each sprint, the final sprint last."""
        return tuple([column.get(id, 0) for column in self.columns])

    def finish(self, id: Hashable) -> int | None:
        """The place across the line of a skater who is ranked and at full distance."""
        key = self.keys.get(id)
        return None if key is None or key.laps_short else int(key.line)

    def time(self, id: Hashable) -> RaceTime | None:
        """The race time, or that of the last crossing; a disqualified skater has none."""
        if id in self.unranked:
            return None
        times = {note.id: note.time for note in self.record.unfinished}
        return dict(self.record.times).get(id) or times.get(id)

    def is_added(self, id: Hashable) -> bool:
        """Whether the Referee sends the skater to the next round in addition."""
        return any(note.id == id for note in self.record.advanced)


def totals(race: RaceFacts, columns: Iterable[dict[Hashable, int]]) -> dict[Hashable, int]:
    """The points that count, of everyone who has any."""
    found: dict[Hashable, int] = {}
    for column in columns:
        for id, points in column.items():
            found[id] = found.get(id, 0) + points
    if race.rulebook.forfeits:
        for id in (*race.lapped, *(note.id for note in race.unfinished)):
            found[id] = 0
    return found


def _keys(race: Race, finish: Order, totals: dict[Hashable, int]) -> dict[Hashable, Key]:
    # tuple.__new__ makes a named tuple in a third of the time of Key(…), and this is done for every skater.
    new, points = tuple.__new__, totals.get
    keys = {id: new(Key, (0, -points(id, 0), place)) for id, place in zip(finish.ids, finish.places, strict=True)}
    for note in race.unfinished:
        line = note.time.milliseconds if note.time else UNTIMED
        keys[note.id] = Key(race.laps - note.laps, -totals.get(note.id, 0), line)
    return keys
