"""What a picture of a race shows: places in the sprints and across the line, points, ranks, and what is not known.

Decides which facts go into the picture and what its notes say. How they are drawn stands in
`massstart.showing.pictures.race`; nothing here needs a drawing library.
"""

from collections.abc import Hashable, Iterable, Sequence

from attrs import frozen

from massstart.problems import InvalidRecord
from massstart.race import Race
from massstart.ranking import outcomes, rank
from massstart.records import RaceRecord
from massstart.result import Heading, Result
from massstart.row import Row
from massstart.rulebook import Scale
from massstart.sheet import Sheet
from massstart.words import count, listing, ordinal, place

#: How many skaters a note names before it counts the rest.
NAMED = 6


@frozen
class Way:
    """One skater's way through the race.

    Attributes:
        row: how the skater ended.
        places: the place across the line at each intermediate sprint; ``None`` where it is not known.
    """

    row: Row
    places: tuple[int | None, ...]

    @property
    def gained(self) -> int | None:
        """Ranks gained between the line and the ranking, negative if lost; ``None`` where either is not known."""
        return None if self.row.finish is None or self.row.rank is None else self.row.finish - self.row.rank

    @property
    def forfeited(self) -> bool:
        """Whether the points won do not count."""
        return self.row.total == 0 and any(self.row.sprints)

    @property
    def hidden(self) -> int:
        """The points that count, but not known in which sprints they were won."""
        won = sum(filter(None, self.row.sprints))
        return max((self.row.total or 0) - won, 0) if None in self.row.sprints else 0

    @property
    def sentence(self) -> str:
        """The skater's race in a sentence, for those who cannot see the picture."""
        row = self.row
        name = row.label + (f" ({row.nation})" if row.nation else "")
        ranked = f"ranked {ordinal(row.rank)}" if row.rank else "unranked"
        status = "" if row.status == "finished" else f", {row.status}"
        crossed = f", {place(row.finish)} across the line" if row.finish else ""
        points = "" if row.total is None else f" with {count(row.total, 'point')}"
        return f"{name}{status}{crossed}, {ranked}{points}"


@frozen(kw_only=True)
class Chart:
    """A race at a glance.

    Attributes:
        title: what race it is.
        details: which race of the competition, when it was, and by which rules it is ranked.
        sprints: the headings of the intermediate sprints.
        skaters: in rank order, the disqualified last.
        advance: how many go to the next round by rank; ``None`` where nobody goes on.
        notes: sentences on what is not known and what is not drawn.
    """

    title: str
    details: str
    sprints: tuple[str, ...]
    skaters: tuple[Way, ...]
    advance: int | None
    notes: tuple[str, ...]

    @property
    def cut(self) -> int | None:
        """After how many skaters the cut falls; ``None`` where it parts nobody, or a rank is not known."""
        if any(skater.row.rank is None and skater.row.status != "disqualified" for skater in self.skaters):
            return None
        through = sum(self.is_through(skater.row.rank) for skater in self.skaters)
        return through if 0 < through < len(self.skaters) else None

    def is_through(self, place: int | None) -> bool:
        """Whether a place would be enough to go through, if it were a rank."""
        return place is not None and place <= (self.advance or 0)

    def crosses_cut(self, skater: Way) -> bool:
        """Whether the points brought the skater from one side of the cut to the other."""
        return skater.gained is not None and self.is_through(skater.row.finish) != self.is_through(skater.row.rank)

    @property
    def line_known(self) -> bool:
        """Whether the order across the line is known."""
        return all(skater.row.finish for skater in self.skaters if skater.row.status in ("finished", "lapped"))

    @property
    def sentences(self) -> tuple[str, ...]:
        """The whole picture in words."""
        lines = (self.title, self.details, *(f"{skater.sentence}." for skater in self.skaters), *self.notes)
        return tuple(filter(None, lines))


def chart(record: Race | Sheet | Result) -> Chart:
    """Work out what a picture of a race shows.

    Args:
        record: a race or a sheet, which is ranked; or a result. A sheet whose facts do not settle the order is shown
            with its printed ranks, and a note says so.

    Raises:
        TypeError: something else.

    Example:
        >>> from massstart import load
        >>> from massstart.showing.pictures.chart import chart
        >>> kramer = chart(load("beijing-2022-men-semifinal-1")).skaters[6]
        >>> kramer.row.finish, kramer.row.rank, kramer.gained
        (9, 7, 2)
    """
    notes: list[str] = []
    if isinstance(record, Result):
        source, skaters = record.record, _ranked(record)
    else:
        source = record
        try:
            skaters = _ranked(rank(record))
        except InvalidRecord:
            assert isinstance(record, Sheet)  # a race was checked when it was made, and is always ranked
            rows = (row for row in outcomes(record) if row.status != "absent")
            skaters = _paid_ways(rows, record.rulebook.intermediate)
            notes.append("The ranks are as printed: the sheet tells too little to rank the skaters anew.")
    notes += _notes(source, skaters)
    provisional = "provisional" if isinstance(record, Result) and record.is_provisional else None
    return Chart(
        title=source.competition or source.id or "Mass start",
        details=", ".join(
            filter(
                None,
                (source.event, source.round, source.date, source.rulebook.id, count(source.laps, "lap"), provisional),
            )
        ),
        sprints=_headings(source),
        skaters=skaters,
        advance=source.advance,
        notes=tuple(notes),
    )


def lanes(places: Sequence[int | None]) -> tuple[int | None, ...]:
    """The height at which each place is drawn: its own, but each of a dead heat has a lane.

    Example:
        >>> from massstart.showing.pictures.chart import lanes
        >>> lanes([2, 1, None, 2, 4])
        (2, 1, None, 3, 4)
    """
    found: list[int | None] = [None] * len(places)
    lane = 0
    for known, index in sorted((known, index) for index, known in enumerate(places) if known is not None):
        lane = found[index] = max(known, lane + 1)
    return tuple(found)


def _headings(source: RaceRecord | Sheet | Heading) -> tuple[str, ...]:
    if not isinstance(source, Sheet):
        return tuple(f"Sprint {number}\nlap {lap}" for number, lap in enumerate(source.sprint_laps, 1))
    return tuple(f"Sprint {number}" for number, _ in enumerate(source.rulebook.sprint_laps, 1))


def _ranked(result: Result) -> tuple[Way, ...]:
    record = result.record
    if isinstance(record, Sheet | Heading):
        return _paid_ways(result.rows, record.rulebook.intermediate)
    orders = _sprint_places(record)
    return tuple(Way(row, tuple(order.get(row.id) for order in orders)) for row in result)


def _paid_ways(rows: Iterable[Row], scale: Scale) -> tuple[Way, ...]:
    """The ways of skaters of whom the points of the sprints are told, not the places."""
    return tuple(Way(row, _paid(row.sprints, scale)) for row in rows)


def _sprint_places(race: RaceRecord) -> list[dict[Hashable, int]]:
    """The places across the line at each sprint, the disqualified taken out as the rulebook says."""
    disqualified = {note.id for note in race.disqualified}
    close = race.rulebook.disqualified_in_sprint == "closed"
    known = {sprint.lap: dict(sprint.order.without(disqualified, close=close)) for sprint in race.sprints}
    return [known.get(lap, {}) for lap in race.sprint_laps]


def _paid(points: Sequence[int | None], scale: Scale) -> tuple[int | None, ...]:
    """The places in the intermediate sprints that the points tell: the best that is worth no more."""
    return tuple(1 + sum(value > won for value in scale) if won else None for won in points[:-1])


def _notes(source: RaceRecord | Sheet | Heading, skaters: Sequence[Way]) -> list[str]:
    """What the picture leaves out, and why."""
    notes = []
    if isinstance(source, Sheet | Heading):
        what = "sheet" if isinstance(source, Sheet) else "result"
        notes.append(
            f"The {what} tells the points of the sprints, not the places: points stand at the place that they are paid for."
        )
    elif any(None in skater.places for skater in skaters):
        notes.append("Not everybody's place in the intermediate sprints is recorded; what is known is drawn.")
    hidden = [f"{skater.row.label} {skater.hidden}" for skater in skaters if skater.hidden]
    if hidden:
        notes.append(f"Points that are not known sprint by sprint: {_some(hidden)}.")
    unknown = [skater.row.label for skater in skaters if skater.row.total is None]
    if unknown:
        notes.append(f"The points are not known of {_some(unknown)}.")
    if any(skater.row.finish is None for skater in skaters if skater.row.status in ("finished", "lapped")):
        notes.append("The order across the line is not known, so it is not drawn.")
    if isinstance(source, Sheet) and not source.complete:
        notes.append("Rows are missing from the sheet.")
    if any(skater.forfeited for skater in skaters):
        notes.append("Points in brackets were won and forfeited: the skater was lapped or did not finish.")
    if isinstance(source, RaceRecord) and source.did_not_start:
        notes.append(f"{count(len(source.did_not_start), 'skater')} did not start.")
    return notes


def _some(items: Sequence[str]) -> str:
    return listing(items if len(items) <= NAMED else [*items[: NAMED - 1], f"{len(items) - NAMED + 1} others"])
