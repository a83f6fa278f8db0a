"""Result files: what the rules make of a race, and the standings while it goes on.

Decides their keys, and what is left of a race where the result alone is read: its heading.
"""

from collections.abc import Iterator
from typing import Literal

from attrs import frozen

from massstart.files.kinds import Kind, register
from massstart.files.objects import (
    Count,
    Day,
    Id,
    Ids,
    Number,
    Shown,
    Texts,
    distinct,
    fields_of,
    filed,
    id_text,
)  # fmt: skip
from massstart.files.problems import ProblemFile  # noqa: F401  # it describes the warnings
from massstart.files.rulebooks import RulebookReference
from massstart.problems import InvalidRecord, Problem
from massstart.records import Advanced, Starter
from massstart.result import Heading, Result
from massstart.row import Qualified, Row
from massstart.times import RaceTime


@frozen(kw_only=True)
class RowFile:
    """A skater's row, with the reason for the rank."""

    rank: Shown[Number] = None
    id: Id
    name: Shown[str] = None
    nation: Shown[str] = None
    status: Literal["finished", "lapped", "unfinished", "disqualified", "racing"]
    laps: Shown[Count] = None
    sprints: list[Count | None]
    total: Count
    finish: Shown[Number] = None
    time: Shown[RaceTime] = None
    qualified: Shown[Qualified] = None
    reason: str | None = None


@frozen(kw_only=True)
class ResultFile:
    """What the rules make of a race."""

    id: Shown[str] = None
    competition: Shown[str] = None
    date: Shown[Day] = None
    event: Shown[str] = None
    round: Shown[str] = None
    sources: Texts | None = None
    rulebook: RulebookReference
    laps: Shown[Number] = None
    sprint_laps: Shown[list[Number]] = None
    advance: Shown[Number] = None
    did_not_start: Shown[Ids] = None
    warnings: Shown[list[Problem]] = None
    rows: list[RowFile]
    guests: list[RowFile] | None = None


@frozen(kw_only=True)
class ProvisionalFile(ResultFile):
    """The standings while a race goes on."""

    sprints_left: list[Number]


def _read(file: ResultFile) -> Result:
    """A result under its heading.

    Raises:
        InvalidRecord: a skater who stands there twice, or a row without a cell for each sprint.
    """
    given = fields_of(file)
    rows, absent, guests = given.pop("rows"), given.pop("did_not_start", []), given.pop("guests", None) or []
    heading = Heading(
        **given,
        skaters=[*(Starter(row.id, row.name, row.nation) for row in rows), *map(Starter, absent)],
        advanced=[Advanced(row.id) for row in rows if row.qualified == "q"],
        reasons={row.id: row.reason for row in rows if row.reason is not None},
    )
    problems = [*_check_ids([row.id for row in (*rows, *guests)], absent)]
    columns = len(heading.sprint_laps) + 1
    for index, row in enumerate(rows):
        if len(row.sprints) != columns:
            wrong = f"{len(row.sprints)} cells; the race has {columns} sprints"
            problems.append(
                Problem(
                    "sprint-columns", f"rows[{index}].sprints", wrong, "give a cell for each, the final sprint last"
                )
            )
    if problems:
        raise InvalidRecord(problems)
    apart = tuple([_row(row, heading.laps)._replace(key=None) for row in guests])
    return Result(heading, tuple([_row(row, heading.laps) for row in rows]), apart)


def _check_ids(ids: list[str], absent: list[str]) -> Iterator[Problem]:
    places = [*(f"rows[{index}].id" for index in range(len(ids)))]
    places += [f"did_not_start[{index}]" for index in range(len(absent))]
    seen: set[str] = set()
    for id, where in zip([*ids, *absent], places, strict=True):
        if id in seen:
            yield Problem("repeated-id", where, f"{id!r} stands there already", "name each skater once")
        seen.add(id)


def _row(file: RowFile, distance: int) -> Row:
    given = {name: getattr(file, name) for name in Row._fields if name != "key"}
    key = None
    if file.rank is not None:
        # What sorted the skaters is not told; what is told of it parts the ranked from the others.
        at_last = file.finish if file.time is None or file.finish else file.time.milliseconds
        key = (distance - (distance if file.laps is None else file.laps), -file.total, at_last or 0)
    return Row(**given | {"sprints": tuple(file.sprints), "key": key})


def _write(result: Result) -> ResultFile:
    absent = result.did_not_start
    distinct([*(row.id for row in (*result, *result.guests)), *absent], "rows")
    heading = Heading.of(result)
    reasons = dict(heading.reasons)
    rows = [filed(RowFile, row, reason=reasons.get(row.id)) for row in result]
    kind = ProvisionalFile if result.is_provisional else ResultFile
    guests = [filed(RowFile, row, reason=None) for row in result.guests] or None
    file: ResultFile = filed(kind, heading, rows=rows, guests=guests, did_not_start=[id_text(id) for id in absent])
    return file


register(
    Kind(
        word="result", value=Result, file=ResultFile, read=_read, write=_write,
        holds=lambda result: not result.is_provisional,
    )
)  # fmt: skip
register(
    Kind(
        word="provisional", value=Result, file=ProvisionalFile, read=_read, write=_write,
        holds=lambda result: result.is_provisional,
    )
)  # fmt: skip
