"""The tables of a result, a sheet, a verification and a start list.

Decides which columns there are and what stands in a cell.
"""

from collections import Counter
from collections.abc import Collection, Hashable, Iterator, Sequence

from attrs import evolve

from massstart.advancement import Entry, StartList
from massstart.marks import status_of
from massstart.race import Race, Underway
from massstart.ranking import rank
from massstart.result import Heading, Result
from massstart.row import Row
from massstart.sheet import Sheet, SheetRow
from massstart.showing.model.cells import (
    BIB,
    ID,
    LAPS,
    LINE,
    MEANINGS,
    NAME,
    NATION,
    QUALIFIED,
    RANK,
    SEMIFINAL,
    STATUSES,
    TIME,
    TOTAL,
    Cell,
    Column,
    Group,
    Line,
    Table,
    made,
    sentence,
    shown_id,
)  # fmt: skip
from massstart.showing.model.registry import table
from massstart.verification import Finding, Verification
from massstart.words import count

_STATUS = Column("status", "Status", "how the race ended")
_MARK = Column("mark", "Status", "how the race ended")
_POINTS = Column("world_cup_points", "Points", "World Cup points", number=True)
_KIND = Column("kind", "Finding", "kind of finding", optional=False)
_ROW = Column("row", "Row", "row of the sheet", number=True)
_COLUMN = Column("column", "Column", "column of the sheet")
_PRINTED = Column("printed", "Printed", "what is printed")
_EXPECTED = Column("expected", "Expected", "what the rules give")
_MESSAGE = Column("message", "Message", "what is wrong", optional=False)
_START = Column("start", "Start", "start number", number=True, optional=False)


def verdict(value: Verification) -> str:
    """``consistent``, or how many findings there are."""
    return "consistent" if value.consistent else count(len(value.findings), "finding")


def finding_text(finding: Finding) -> str:
    """A finding in words, with what is printed and what is expected."""
    both = finding.printed and finding.expected
    return sentence(f"{finding} (printed {finding.printed}, expected {finding.expected})" if both else finding)


def report(value: Verification) -> Iterator[str]:
    """What was assumed, what was checked, and what was not."""
    for assumption in value.assumed:
        yield f"assumed: {assumption}"
    yield f"checked: {', '.join(f'{kind} {number}' for kind, number in value.checked)}"
    for kind, why in value.unchecked:
        yield f"not checked: {kind}: {why}"


def title(record: Race | Sheet | Underway | Heading) -> str:
    """What is said above a table of a race or a sheet."""
    parts = (
        record.competition,
        record.event,
        record.round,
        record.date,
        record.rulebook.id,
        count(record.laps, "lap"),
    )
    return ", ".join(part for part in parts if part)


def _sprints(number: int) -> list[Column]:
    return [
        Column(f"sprints[{index}]", f"S{index + 1}", f"sprint {index + 1}", number=True, optional=False)
        for index in range(number - 1)
    ] + [Column(f"sprints[{number - 1}]", f"S{number}", "the final sprint", number=True, optional=False)]


@table.register
def _result(result: Result, *, reasons: bool = False) -> Table:
    record = result.record
    sprints = len(result.rows[0].sprints) if result.rows else len(record.rulebook.sprint_laps) + 1
    columns = [RANK, ID, NAME, NATION, LAPS, *_sprints(sprints), TOTAL, LINE, TIME, _STATUS, QUALIFIED]
    shared = Counter(row.rank for row in result), Counter(row.finish for row in result)
    why = result.reasons if reasons else [""] * len(result)
    # Where nobody's total, place or time is told there is no such column, and nothing to be missed in it.
    missed = {
        name
        for name in ("total", "finish", "time")
        if any(_should_have(row, name) and getattr(row, name) for row in result)
    }
    lines = [
        Line(_result_cells(row, record.laps, missed, *shared), row.label, reason)
        for row, reason in zip(result, why, strict=True)
    ]
    legend = {
        **{sign: MEANINGS[status] for status, sign in STATUSES.items()},
        "Q": "through to the next round by rank",
        "q": "sent to the next round by decision of the Referee",
    }
    remarks = [f"warning: {warning}" for warning in result.warnings]
    heading = f"{title(record)}, provisional" if result.is_provisional else title(record)
    groups = [Group(tuple(lines))]
    if result.guests:
        apart = Counter(row.rank for row in result.guests), Counter(row.finish for row in result.guests)
        guests = [Line(_guest_cells(row, record.laps, missed, *apart), row.label) for row in result.guests]
        groups.append(Group(tuple(guests), "Out of competition, by the order across the line (assumed):"))
    return made(heading, columns, groups, legend, remarks)


def _should_have(row: Row, name: str) -> bool:
    """Whether a skater has a total, or a place and a time across the line, be they known or not."""
    return row.status != "disqualified" and (name == "total" or row.at_full_distance)


def _result_cells(
    row: Row, distance: int, missed: Collection[str], ranks: Counter[int | None], places: Counter[int | None]
) -> tuple[Cell, ...]:
    def known(name: str) -> object:
        value = getattr(row, name)
        return "?" if value is None and name in missed and _should_have(row, name) else value

    laps = None if row.laps == distance or row.status == "disqualified" else "?" if row.laps is None else row.laps
    return (
        Cell(row.rank, tied=row.rank is not None and ranks[row.rank] > 1),
        Cell(shown_id(row.id, row.name)),
        Cell(row.name),
        Cell(row.nation),
        Cell(laps),
        *(Cell("?" if cell is None else cell or "", forfeited=bool(cell) and not row.total) for cell in row.sprints),
        Cell(known("total")),
        Cell(known("finish"), tied=row.finish is not None and places[row.finish] > 1),
        Cell(known("time")),
        Cell("racing" if row.status == "racing" else STATUSES.get(row.status)),
        Cell(row.qualified),
    )


def _guest_cells(
    row: Row, distance: int, missed: Collection[str], ranks: Counter[int | None], places: Counter[int | None]
) -> tuple[Cell, ...]:
    """The cells of a guest, who is called so in every format."""
    *cells, status, qualified = _result_cells(row, distance, missed, ranks, places)
    return (*cells, Cell(f"guest {status.text}".strip()), qualified)


def _sheet(sheet: Sheet, findings: Sequence[Finding], *, reasons: bool) -> Table:
    printed = any(row.sprints is not None for row in sheet.rows)
    sprints = _sprints(len(sheet.rulebook.sprint_laps) + 1)
    columns = [
        RANK, BIB, NAME, NATION, LAPS, *(sprints if printed else ()), TOTAL, TIME, _MARK, _POINTS, QUALIFIED,
    ]  # fmt: skip
    why: dict[Hashable, str] = {}
    if reasons:
        result = rank(sheet)
        why = {row.id: reason for row, reason in zip(result, result.reasons, strict=True)}
    lines = [
        Line(_sheet_cells(row, len(sprints) if printed else 0), skater.label, why.get(skater.id, ""))
        for row, skater in zip(sheet.rows, sheet.skaters, strict=True)
    ]
    for number, finding in enumerate(findings, 1):
        _attach(finding, number, columns, lines)
    legend = {
        row.mark: MEANINGS[meaning] for row in sheet.rows if row.mark and (meaning := status_of(row.mark)) is not None
    }
    if sheet.advance is not None:
        legend |= {"Q": "marked as through to the next round", "q": "marked as sent through by the Referee"}
    missing = [] if sheet.complete else ["rows are missing"]
    return made(
        title(sheet),
        columns,
        [Group(tuple(lines))],
        legend,
        [*missing, *(f"source: {text}" for text in sheet.sources)],
    )


@table.register
def _as_printed(sheet: Sheet, *, reasons: bool = False) -> Table:
    return _sheet(sheet, (), reasons=reasons)


@table.register
def _with_findings(value: Verification, *, reasons: bool = False) -> Table:
    if isinstance(value.sheet, str):
        return _findings(value, value.sheet)
    shown = _sheet(value.sheet, value.findings, reasons=reasons)
    remarks = (verdict(value), *map(sentence, report(value)), *shown.remarks)
    return evolve(shown, notes=tuple(map(finding_text, value.findings)), remarks=remarks)


def _findings(value: Verification, sheet: str) -> Table:
    """A verification without its sheet: the findings, a line each."""
    columns = [_KIND, _ROW, _COLUMN, _PRINTED, _EXPECTED, _MESSAGE]
    lines = [
        Line(
            tuple(
                map(
                    Cell,
                    (finding.kind, finding.row, finding.column, finding.printed, finding.expected, finding.message),
                )
            ),
            finding.kind,
        )
        for finding in value.findings
    ]
    return made(sheet, columns, [Group(tuple(lines))], remarks=(verdict(value), *map(sentence, report(value))))


def _sheet_cells(row: SheetRow, sprints: int) -> tuple[Cell, ...]:
    points = row.world_cup_points
    return (
        *map(Cell, (row.rank, row.bib, row.name, row.nation, row.laps)),
        *(Cell(cell or "") for cell in row.sprints or ("",) * sprints),
        *map(Cell, (row.total, row.time, row.mark)),
        Cell(f"(N){points}" if row.world_cup_replaced and points is not None else points),
        Cell(row.qualified),
    )


def _attach(finding: Finding, number: int, columns: list[Column], lines: list[Line]) -> None:
    """Put the number of a finding at the cell that it is about, or at the heading of its column."""
    at = next((at for at, column in enumerate(columns) if column.key == finding.column), None)
    if at is None:
        return
    if finding.row is None:
        columns[at] = evolve(columns[at], notes=(*columns[at].notes, number))
        return
    line = lines[finding.row - 1]
    cells = list(line.cells)
    cells[at] = evolve(cells[at], notes=(*cells[at].notes, number), expected=_short(finding) or cells[at].expected)
    lines[finding.row - 1] = evolve(line, cells=tuple(cells))


def _short(finding: Finding) -> str | None:
    """What is expected, if it can stand in a cell in place of what is printed."""
    return None if finding.expected is None or " " in finding.expected else finding.expected


@table.register
def _start_list(value: StartList, *, reasons: bool = False) -> Table:
    if reasons:
        raise ValueError("a start list has no reasons; show the semifinals with theirs")
    columns = [_START, ID, NAME, NATION, SEMIFINAL, RANK, QUALIFIED]
    groups = [Group(tuple(map(_entry, value.rows)))]
    if value.reserves:
        heading = "Reserves, each for a withdrawal from the same semifinal (assumed):"
        groups.append(Group(tuple(map(_entry, value.reserves)), heading))
    legend = {"Q": "by rank", "q": "by decision of the Referee"}
    remarks = [f"warning: {warning}" for warning in value.warnings]
    return made("Start list of the final", columns, groups, legend, remarks)


def _entry(entry: Entry) -> Line:
    start = "?" if entry.start is None and entry.qualified else entry.start
    place = "?" if entry.rank is None else entry.rank
    number = shown_id(entry.id, entry.name)
    shown = (start, number, entry.name, entry.nation, entry.semifinal, place, entry.qualified)
    return Line(tuple(map(Cell, shown)), entry.id if entry.name is None else entry.name)
