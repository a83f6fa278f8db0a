"""The result: rows in rank order, and the reason for each rank.

Decides what can be asked of a result. The rows are made in `massstart.ranking`, the words of a reason in
`massstart.reasons`.
"""

from collections.abc import Hashable, Iterator, Mapping
from functools import cached_property
from typing import Any

from attrs import Factory, evolve, field, frozen

from massstart.deduction import warnings_of
from massstart.order import id_order
from massstart.problems import InvalidRecord, Problem, UnknownName
from massstart.race import Race, Underway
from massstart.reasons import Comparison, Ranking, comparisons, reason, reasons
from massstart.records import Advanced, Starter, to_rulebook, to_tuple
from massstart.row import Row
from massstart.rulebook import Rulebook
from massstart.rulebooks import ids as rulebook_ids
from massstart.sheet import Sheet, SheetRow
from massstart.tabular import Tabular, flat_time


def _laps(heading: "Heading") -> int:
    # Without a rulebook there is no distance either; the check says which of the two is missing.
    return heading.rulebook.laps if isinstance(heading.rulebook, Rulebook) else 0


def _sprint_laps(heading: "Heading") -> tuple[int, ...]:
    return heading.rulebook.sprint_laps if isinstance(heading.rulebook, Rulebook) else ()


def _to_reasons(value: Any) -> Any:
    return tuple(value.items()) if isinstance(value, Mapping) else value


@frozen(kw_only=True)
class Heading:
    """What is known of a race where its result alone was read.

    Attributes:
        rulebook, laps, sprint_laps, advance: as in `massstart.Race`.
        id, competition, date, event, round, sources: free text that is carried along.
        skaters: those with a row, then those who did not start.
        advanced: whom the Referee sends to the next round.
        warnings: what is doubtful about the record that was ranked.
        reasons: the reason for each rank, by id.
        sprints_left: the laps of the sprints still to come; none once the race is over.

    Raises:
        InvalidRecord: a rulebook that is not known.
    """

    rulebook: Rulebook = field(converter=to_rulebook)
    skaters: tuple[Starter, ...] = field(converter=to_tuple)
    laps: int = Factory(_laps, takes_self=True)
    sprint_laps: tuple[int, ...] = field(default=Factory(_sprint_laps, takes_self=True), converter=to_tuple)
    advance: int | None = None
    id: str | None = None
    competition: str | None = None
    date: str | None = None
    event: str | None = None
    round: str | None = None
    sources: tuple[str, ...] = field(default=(), converter=to_tuple)
    advanced: tuple[Advanced, ...] = field(default=(), converter=to_tuple)
    warnings: tuple[Problem, ...] = field(default=(), converter=to_tuple)
    reasons: tuple[tuple[Hashable, str], ...] = field(default=(), converter=_to_reasons)
    sprints_left: tuple[int, ...] = field(default=(), converter=to_tuple)

    def __attrs_post_init__(self) -> None:
        if not isinstance(self.rulebook, Rulebook):
            wrong = f"{self.rulebook!r} is not a rulebook"
            remedy = f"choose {', '.join(rulebook_ids())}, or define one"
            raise InvalidRecord([Problem("unknown-rulebook", "rulebook", wrong, remedy)])

    @classmethod
    def of(cls, result: "Result") -> "Heading":
        """What a file tells of the race behind a result."""
        record = result.record
        if isinstance(record, Heading):
            return record
        absent = set(result.did_not_start)
        return cls(
            **{name: getattr(record, name) for name in _FACTS},
            sprint_laps=record.rulebook.sprint_laps if isinstance(record, Sheet) else record.sprint_laps,
            skaters=[
                *(Starter(row.id, row.name, row.nation) for row in result),
                *(skater for skater in record.skaters if skater.id in absent),
            ],
            advanced=[Advanced(row.id) for row in result if row.qualified == "q"],
            warnings=result.warnings,
            reasons=dict(zip([row.id for row in result], result.reasons, strict=True)),
            sprints_left=record.sprints_left if isinstance(record, Underway) else (),
        )


_NO_GUESTS = "a sheet has no row for guests; print them apart"

#: What a sheet prints for each status; a skater who finished has no mark.
_MARKS = {"lapped": "LAP", "unfinished": "DNF", "disqualified": "DQ"}


def _who(skater: Row | Starter) -> dict[str, Any]:
    """The number and the name of a skater on a sheet; a skater known by the name alone wears no number."""
    return {
        "bib": None if skater.id == skater.name else str(skater.id),
        "name": skater.name,
        "nation": skater.nation,
    }


def _printed(row: Row) -> SheetRow:
    """A row as it stands on a sheet."""
    is_out = row.status == "disqualified"
    sprints = [points for points in row.sprints if points is not None]
    return SheetRow(
        rank=row.rank,
        **_who(row),
        laps=None if is_out else row.laps,
        sprints=sprints if len(sprints) == len(row.sprints) and not is_out else None,
        total=None if is_out else row.total,
        time=row.time,
        mark=_MARKS.get(row.status),
        qualified=row.qualified,
    )


#: What a heading has in common with every record.
_FACTS = (
    "rulebook", "laps", "advance", "id", "competition", "date", "event", "round", "sources",
)  # fmt: skip


@frozen(repr=False)
class Result(Tabular):
    """What the rules make of a race.

    Iterating gives the rows in rank order, the disqualified last; skaters who did not start have no row.
    ``result[id]`` is the row of a skater.

    Attributes:
        record: the race, or the published sheet, that was ranked; of provisional standings the race under way; of a
            result that was read from a file its `Heading`.
        rows: in rank order.
        guests: the rows of those who skated out of competition, ranked among themselves.

    Example:
        >>> from massstart import Race, rank
        >>> result = rank(Race(rulebook="isu-2018", starters=["a", "b"], sprints={4: ["b"]}, finish=["a", "b"]))
        >>> [(row.rank, row.id, row.total) for row in result]
        [(1, 'a', 60), (2, 'b', 43)]
        >>> result["b"].sprints, "b" in result
        ((3, 0, 0, 40), True)
        >>> result.reason("b")
        '2nd: 43 points (sprint 1: 3, final sprint: 40); second across the line; behind a on points (60)'
    """

    record: Race | Sheet | Underway | Heading
    rows: tuple[Row, ...]
    guests: tuple[Row, ...] = ()

    @property
    def is_provisional(self) -> bool:
        """Whether the race goes on."""
        return isinstance(self.record, Underway) or (
            isinstance(self.record, Heading) and self.record.sprints_left != ()
        )

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """What is doubtful about the record that was ranked; of a sheet also what had to be assumed."""
        return warnings_of(self.record)

    @property
    def did_not_start(self) -> tuple[Hashable, ...]:
        """The ids of those who did not start, and so have no row."""
        there = {row.id for row in (*self.rows, *self.guests)}
        absent = [skater.id for skater in self.record.skaters if skater.id not in there]
        return tuple(sorted(absent, key=id_order))

    def reason(self, id: Hashable) -> str:
        """Why a skater has this rank, in a sentence; read off the keys that sorted.

        Raises:
            UnknownName: no row has the id.
        """
        row = self[id]
        if isinstance(self.record, Heading):
            return dict(self.record.reasons).get(id, "")
        if row.key is None:
            return next(reasons((row,), self.record.laps, self._notes))
        return reason(self._ranking, self._positions[id])

    def comparisons(self, id: Hashable) -> tuple[Comparison, ...]:
        """What the reason for a rank says, as values: who is compared with whom, and by what.

        A page can say them in its own language. Empty for a disqualified skater, and where the result was read from a
        file that gives the sentences alone.

        Raises:
            UnknownName: no row has the id.

        Example:
            >>> from massstart import Race, rank
            >>> result = rank(Race(rulebook="isu-2018", starters=["a", "b", "c"], sprints={4: ["c"]}, finish=["a", "b", "c"]))
            >>> [(one.side, one.by, [row.id for row in one.skaters]) for one in result.comparisons("c")]
            [('behind', 'points', ['b'])]
        """
        if self[id].key is None or isinstance(self.record, Heading):
            return ()
        return comparisons(self._ranking, self._positions[id])

    @property
    def reasons(self) -> tuple[str, ...]:
        """The reason for every rank, in the order of the rows."""
        if isinstance(self.record, Heading):
            known = dict(self.record.reasons)
            return tuple([known.get(row.id, "") for row in self.rows])
        return tuple(reasons(self.rows, self.record.laps, self._notes))

    def only(self, id: Hashable) -> "Result":
        """The result with the row of one skater, who keeps the rank and the reason for it.

        Raises:
            UnknownName: no row has the id.
        """
        row, absent = self[id], set(self.did_not_start)
        heading = Heading.of(self)
        skaters = [skater for skater in heading.skaters if skater.id == id or skater.id in absent]
        return Result(evolve(heading, skaters=skaters), (row,))

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

    def to_sheet(self, id: str | None = None) -> Sheet:
        """The result as a result sheet is printed: it can be verified, shown, enter an event and a season.

        Args:
            id: a name for the sheet; that of the race unless given.

        Raises:
            InvalidRecord: provisional standings, or a race without starters.

        The place across the line has no column on a sheet: the times tell it, where there are any. Points of a
        disqualified skater are not printed.

        Example:
            >>> from massstart import Race, rank, verify
            >>> race = Race(
            ...     rulebook="isu-2018", starters=["4", "87"], sprints={4: ["87"], 8: ["87"], 12: ["87"]}, finish=["4", "87"],
            ...     times={"4": "7:58.22", "87": "7:58.30"}, id="club",
            ... )
            >>> sheet = rank(race).to_sheet()
            >>> [(row.rank, row.bib, row.sprints, row.total) for row in sheet.rows]
            [(1, '4', (0, 0, 0, 60), 60), (2, '87', (3, 3, 3, 40), 49)]
            >>> verify(sheet).findings[0].kind
            'sprint-award'
        """
        if self.is_provisional:
            wrong = "provisional standings are no result that could be published"
            raise InvalidRecord([Problem("racing", "", wrong, "wait for the finish")])
        record = self.record
        absent = [skater for skater in record.skaters if skater.id in self.did_not_start]
        book = record.rulebook
        if not isinstance(record, Sheet) and record.sprint_laps != book.sprint_laps:
            # A sheet has the sprints of its rulebook.
            book = evolve(book, laps=record.laps, sprint_laps=record.sprint_laps)
        return Sheet(
            **{name: getattr(record, name) for name in _FACTS if name not in ("id", "rulebook")},
            rulebook=book,
            id=id or record.id or "sheet",
            rows=[*map(_printed, self.rows), *(SheetRow(mark="DNS", **_who(skater)) for skater in absent)],
            complete=not isinstance(record, Sheet) or record.complete,
            warnings=[
                Problem("guests", "rows", f"{row.label} skated out of competition", _NO_GUESTS) for row in self.guests
            ],
        )

    def _title(self) -> str:
        kind = "Provisional standings" if self.is_provisional else "Result"
        return f"{kind} of {self.record.id or 'a race'}"

    # Worked out once, for a result is asked for many rows.
    @cached_property
    def _positions(self) -> dict[Hashable, int]:
        return {row.id: position for position, row in enumerate(self.rows)}

    @cached_property
    def _ranking(self) -> Ranking:
        return Ranking.of(self.rows, self.record.laps)

    @property
    def _notes(self) -> Mapping[object, str]:
        """Why skaters were disqualified, by id."""
        if isinstance(self.record, Sheet | Heading):
            return {}
        return {note.id: ", ".join(filter(None, (note.clause, note.reason))) for note in self.record.disqualified}

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __reversed__(self) -> Iterator[Row]:
        return reversed(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __contains__(self, skater: object) -> bool:
        """Whether a row, or the row of an id, is there."""
        return skater in self.rows if isinstance(skater, Row) else skater in self._positions

    def __getitem__(self, id: Hashable) -> Row:
        if id not in self._positions:
            raise UnknownName(f"no row for {id!r}; there are {', '.join(str(row.id) for row in self.rows)}")
        return self.rows[self._positions[id]]

    def __repr__(self) -> str:
        return f"<{self._title()}: {len(self)} rows>"
