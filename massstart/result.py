"""The result: rows in rank order.

Decides who shares a rank and what a row shows. What the rows are read from stands in `massstart.scoring`
for races and in `massstart.sheetscores` for sheets; the words of a reason, in `massstart.reasons`.
"""

from collections.abc import Hashable, Iterator

from attrs import field, frozen

from massstart import reasons
from massstart.key import Key, Qualified, Scores, Status
from massstart.order import id_order
from massstart.problems import Problem, UnknownName
from massstart.race import Race
from massstart.records import Starter
from massstart.sheet import Sheet
from massstart.times import RaceTime


@frozen
class Row:
    """One skater's line of a result.

    Attributes:
        id: the skater's id.
        rank: from 1 on, shared in a full dead heat; ``None`` for a disqualified skater.
        key: what the skater was ranked by; ``None`` for a disqualified skater.
    """

    id: Hashable
    rank: int | None
    key: Key | None = field(repr=False)
    _result: "Result" = field(repr=False, eq=False)

    @property
    def status(self) -> Status:
        """``finished``, ``lapped``, ``unfinished`` or ``disqualified``."""
        return self._result.scores.status(self.id)

    @property
    def laps(self) -> int | None:
        """The laps completed; ``None`` where they are not known."""
        return self._result.scores.laps(self.id)

    @property
    def sprints(self) -> tuple[int | None, ...]:
        """The points shown for each sprint, the final sprint last, forfeited or not.

        A cell is ``None`` where a published sheet does not tell it; never for a race.
        """
        return self._result.scores.sprints(self.id)

    @property
    def total(self) -> int:
        """The points that count."""
        return -self.key.points if self.key else 0

    @property
    def finish(self) -> int | None:
        """The place across the line, the disqualified closed up; ``None`` if not at full distance, or unknown."""
        return self._result.scores.finish(self.id)

    @property
    def time(self) -> RaceTime | None:
        """The race time, or that of an unfinished skater's last crossing; ``None`` if disqualified or unknown."""
        return self._result.scores.time(self.id)

    @property
    def qualified(self) -> Qualified | None:
        """``Q`` for the best, ``q`` for a skater added by decision of the Referee, or ``None``."""
        if self.rank is None:
            return None
        if self.rank <= (self._result.record.advance or 0):
            return "Q"
        return "q" if self._result.scores.is_added(self.id) else None

    @property
    def name(self) -> str | None:
        """The skater's name, if known."""
        return self._result.starter(self.id).name

    @property
    def nation(self) -> str | None:
        """The three-letter code of the skater's nation, if known."""
        return self._result.starter(self.id).nation

    @property
    def label(self) -> str:
        """The name, or the id where there is no name."""
        return self._result.starter(self.id).label

    @property
    def reason(self) -> str:
        """Why this rank, in a sentence; read off the keys that sorted."""
        return reasons.reason(self, self._result)


@frozen(eq=False, repr=False)
class Result:
    """What the rules make of a race.

    Iterating gives the rows in rank order, the disqualified last. ``result[id]`` is the row of a skater.

    Attributes:
        scores: the facts that the rows are read from.
        rows: the rows in rank order; who did not start has none.

    Example:
        >>> from massstart import Race, rank
        >>> result = rank(Race(rulebook="isu-2018", starters=["a", "b"], sprints={4: ["b"]}, finish=["a", "b"]))
        >>> [(row.rank, row.id, row.total) for row in result]
        [(1, 'a', 60), (2, 'b', 43)]
        >>> result["b"].sprints
        (3, 0, 0, 40)
    """

    scores: Scores
    rows: tuple[Row, ...] = field(init=False)
    _starters: dict[Hashable, Starter] = field(init=False, factory=dict)

    def __attrs_post_init__(self) -> None:
        # The rows refer to their result, so the result exists first.
        object.__setattr__(self, "rows", tuple(self._make_rows()))

    def _make_rows(self) -> Iterator[Row]:
        keys = self.scores.keys
        order = sorted(keys, key=keys.__getitem__)
        if len({*keys.values()}) < len(keys):
            order.sort(key=lambda id: (keys[id], id_order(id)))
        latest: Key | None = None
        rank = 0
        for position, id in enumerate(order, 1):
            key = keys[id]
            if key != latest:
                rank, latest = position, key
            yield Row(id, rank, key, self)
        for id in sorted(self.scores.unranked, key=id_order):
            yield Row(id, None, None, self)

    @property
    def record(self) -> Race | Sheet:
        """The race, or the published sheet, that was ranked."""
        return self.scores.record

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """What is doubtful about the record that was ranked."""
        return self.record.warnings

    def starter(self, id: Hashable) -> Starter:
        """The name and nation of a skater.

        Raises:
            UnknownName: nobody has this id.
        """
        if not self._starters:
            self._starters.update((starter.id, starter) for starter in self.record.skaters)
        if id not in self._starters:
            raise UnknownName(f"no starter has the id {id!r}; there are {', '.join(map(str, self._starters))}")
        return self._starters[id]

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, id: Hashable) -> Row:
        for row in self.rows:
            if row.id == id:
                return row
        raise UnknownName(f"no row for {id!r}; there are {', '.join(str(row.id) for row in self.rows)}")

    def __eq__(self, other: object) -> bool:
        return self.record == other.record if isinstance(other, Result) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.record)

    def __repr__(self) -> str:
        return f"<Result of {self.record.id or 'a race'}: {len(self)} rows>"
