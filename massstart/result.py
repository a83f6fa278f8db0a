"""The result: rows in rank order.

Decides who shares a rank and what a row shows. What the rows are read from stands in `massstart.scoring`
for races and in `massstart.sheetscores` for sheets; the words of a reason, in `massstart.reasons`.
"""

from collections.abc import Hashable, Iterator
from typing import Any, NamedTuple

from attrs import field, frozen

from massstart import reasons
from massstart.key import Key, Qualified, Scores, Status
from massstart.order import id_order
from massstart.problems import Problem, UnknownName
from massstart.race import Race
from massstart.sheet import Sheet
from massstart.times import RaceTime, flat_time


class _Ranked(NamedTuple):
    """What the ranking gives a row; a named tuple, for a frozen class takes four times as long to make."""

    id: Hashable
    rank: int | None
    key: Key | None
    scores: Scores


class Row(_Ranked):
    """One skater's line of a result.

    Attributes:
        id: the skater's id.
        rank: from 1 on, shared in a full dead heat; ``None`` for a disqualified skater.
        key: what the skater was ranked by; ``None`` for a disqualified skater.
        scores: the facts that the other values are read from.
    """

    __slots__ = ()

    def __repr__(self) -> str:
        return f"<Row {self.rank}: {self.label}, {self.total}>"

    @property
    def status(self) -> Status:
        """``finished``, ``lapped``, ``unfinished`` or ``disqualified``; ``racing`` while the race goes on."""
        return self.scores.status(self.id)

    @property
    def laps(self) -> int | None:
        """The laps completed; ``None`` where they are not known."""
        return self.scores.laps(self.id)

    @property
    def sprints(self) -> tuple[int | None, ...]:
        """The points shown for each sprint, the final sprint last, forfeited or not.

        A cell is ``None`` where a published sheet does not tell it; never for a race.
        """
        return self.scores.sprints(self.id)

    @property
    def total(self) -> int:
        """The points that count."""
        return -self.key.points if self.key else 0

    @property
    def finish(self) -> int | None:
        """The place across the line; ``None`` if not at full distance, or unknown.

        The places of the disqualified are closed up, unless the rulebook keeps them open.
        """
        return self.scores.finish(self.id)

    @property
    def time(self) -> RaceTime | None:
        """The race time, or that of an unfinished skater's last crossing; ``None`` if disqualified or unknown."""
        return self.scores.time(self.id)

    @property
    def qualified(self) -> Qualified | None:
        """``Q`` for the best, ``q`` for a skater added by decision of the Referee, or ``None``."""
        if self.rank is None:
            return None
        if self.rank <= (self.scores.record.advance or 0):
            return "Q"
        return "q" if self.scores.is_added(self.id) else None

    @property
    def name(self) -> str | None:
        """The skater's name, if known."""
        return self.scores.starter(self.id).name

    @property
    def nation(self) -> str | None:
        """The three-letter code of the skater's nation, if known."""
        return self.scores.starter(self.id).nation

    @property
    def label(self) -> str:
        """The name, or the id where there is no name."""
        return self.scores.starter(self.id).label

    @property
    def reason(self) -> str:
        """Why this rank, in a sentence; read off the keys that sorted."""
        # The others are ranked anew when a reason is asked for: a row that held its result would make a cycle.
        return reasons.reason(self, Result(self.scores))


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

    @rows.default
    def _rank(self) -> tuple[Row, ...]:
        scores = self.scores
        keys = scores.keys
        order = sorted(keys, key=keys.__getitem__)
        if len(set(keys.values())) < len(keys):
            order.sort(key=lambda id: (keys[id], id_order(id)))
        # Every skater has a row, so it is made the quick way.
        make = tuple.__new__
        rows: list[Row] = []
        latest: Key | None = None
        rank = 0
        for id in order:
            key = keys[id]
            if key != latest:
                rank, latest = len(rows) + 1, key
            rows.append(make(Row, (id, rank, key, scores)))
        if scores.unranked:
            rows += [Row(id, None, None, scores) for id in sorted(scores.unranked, key=id_order)]
        return tuple(rows)

    @property
    def record(self) -> Race | Sheet:
        """The race, or the published sheet, that was ranked."""
        return self.scores.record

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """What is doubtful about the record that was ranked."""
        return self.record.warnings

    def to_rows(self) -> list[dict[str, Any]]:
        """The rows as flat dicts, for pandas, polars or csv; every dict has the same keys.

        The sprints are ``S1``, ``S2`` and so on, the final sprint last. The time stands there twice: as text, and as
        ``seconds``. What is not known is ``None``.

        Example:
            >>> from massstart import Race, rank
            >>> rows = rank(Race(rulebook="isu-2018", starters=["a"], finish=["a"], times={"a": "7:58.22"})).to_rows()
            >>> rows[0]["rank"], rows[0]["S4"], rows[0]["time"], rows[0]["seconds"]
            (1, 60, '7:58.22', 478.22)
        """
        return [
            {"rank": row.rank, "id": row.id, "name": row.name, "nation": row.nation, "status": row.status}
            | {"laps": row.laps}
            | {f"S{number}": points for number, points in enumerate(row.sprints, 1)}
            | {"total": row.total, "finish": row.finish}
            | flat_time(row.time)
            | {"qualified": row.qualified}
            for row in self.rows
        ]

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
