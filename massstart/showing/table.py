"""One model of a shown table: for a result, a sheet, a verification, a start list, an event, a season, and places.

Decides which columns there are, what stands in a cell, which sign marks it and what the legend says. How a table
looks in a terminal, in Markdown or as a page is left to the modules beside this one; they get every word from here.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from attrs import evolve, field, frozen

from massstart.advancement import Entry, StartList
from massstart.competition.event import Event
from massstart.competition.overall import OverallRow
from massstart.competition.quota import Quota
from massstart.competition.season import Standings
from massstart.deduction import MARKS
from massstart.placing import Placing
from massstart.race import Race
from massstart.ranking import rank
from massstart.result import Result, Row
from massstart.sheet import Sheet, SheetRow
from massstart.verification import Finding, Verification
from massstart.words import count, ordinal

Showable = Result | Sheet | Verification | StartList | Event | Standings | Quota

_MEANINGS = {
    "unfinished": "did not finish",
    "disqualified": "disqualified",
    "lapped": "lapped",
    "absent": "did not start",
}
_STATUSES = {"lapped": "LAP", "unfinished": "DNF", "disqualified": "DQ"}
#: Controls that turn the writing direction of all that follows, up to the end of the paragraph.
DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069]")
#: With more competitions than this a season shows totals only, for it has to fit into 80 columns.
_MOST_RACES = 8
_BREAKS = "\t\n\v\f\r\x85\u2028\u2029"


def clean(value: object) -> str:
    """A value as text on one line: line breaks and tabs become spaces, other control characters U+FFFD.

    Everything else stays as it is, of whatever script; ``None`` is the empty text.
    """
    text = "" if value is None else str(value)
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        " " if character in _BREAKS else "\ufffd" if unicodedata.category(character) in ("Cc", "Cs") else character
        for character in text
    )


def sentence(value: object) -> str:
    """A clean text without the controls that turn the writing direction round.

    Within a sentence nothing tells where a name ends that holds such a control: all that follows would be turned too.
    """
    return DIRECTION.sub("", clean(value))


@frozen
class Cell:
    """One cell.

    Attributes:
        text: what stands there.
        forfeited: points that were won and do not count.
        tied: a rank, or a place across the line, that is shared.
        expected: what the rules give instead, where that is short.
        notes: the numbers of the footnotes, from 1 on.
    """

    text: str = field(default="", converter=clean)
    forfeited: bool = False
    tied: bool = False
    expected: str | None = None
    notes: tuple[int, ...] = ()

    @property
    def signs(self) -> tuple[str, str]:
        """What stands before and behind the text to mark it, footnotes apart."""
        expected = "" if self.expected is None else f"{' ' if self.text else ''}\u2192 {self.expected}"
        return "(" if self.forfeited else "", (")" if self.forfeited else "") + ("=" if self.tied else "") + expected

    @property
    def shown(self) -> str:
        """The text with all its signs."""
        before, after = self.signs
        return before + self.text + after + _numbers(self.notes)


def _numbers(notes: Iterable[int]) -> str:
    return "".join(f" [{number}]" for number in notes)


@frozen
class Column:
    """One column.

    Attributes:
        key: the field that it shows, such as ``total`` or ``sprints[1]``.
        heading: the word above it.
        meaning: what the heading stands for.
        number: whether it holds numbers, to be aligned at the right.
        optional: whether it is left out where all its cells are empty.
        notes: the numbers of the footnotes to the whole column.
    """

    key: str
    heading: str
    meaning: str
    number: bool = False
    optional: bool = True
    notes: tuple[int, ...] = ()

    @property
    def shown(self) -> str:
        """The heading with its footnotes."""
        return self.heading + _numbers(self.notes)


@frozen
class Line:
    """One line.

    Attributes:
        cells: a cell for each column.
        label: the skater's name, or the id where there is none.
        reason: why the skater has this rank; empty unless asked for.
    """

    cells: tuple[Cell, ...]
    label: str = field(converter=clean)
    reason: str = field(default="", converter=sentence)


@frozen
class Group:
    """Lines that belong together, with what is said above them, if anything."""

    lines: tuple[Line, ...]
    heading: str = ""


@frozen
class Table:
    """A table with what is said around it.

    Attributes:
        title: what the table shows.
        columns: the columns.
        groups: the lines.
        legend: signs and headings that need a word, each with its meaning.
        notes: the footnotes, the first with number 1.
        remarks: what else is to be said below.
    """

    title: str = field(converter=sentence)
    columns: tuple[Column, ...]
    groups: tuple[Group, ...]
    legend: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines of all groups."""
        return tuple(line for group in self.groups for line in group.lines)

    @property
    def who(self) -> str:
        """The key of the column that tells the skaters apart: the name, the number, else the first of all."""
        keys = [column.key for column in self.columns]
        return next((key for key in ("name", "id", "bib") if key in keys), keys[0])


RANK = Column("rank", "Rnk", "rank", number=True, optional=False)
ID = Column("id", "Id", "id")
_BIB = Column("bib", "Nr", "number worn")
NAME = Column("name", "Name", "name")
NATION = Column("nation", "Nat", "nation")
_WORDS = (ID, _BIB, NAME, NATION)
_LAPS = Column("laps", "Laps", "laps completed", number=True)
_TOTAL = Column("total", "Total", "points that count", number=True)
_LINE = Column("finish", "Line", "the place across the line", number=True)
TIME = Column("time", "Time", "time", number=True)
_STATUS = Column("status", "Status", "how the race ended")
_POINTS = Column("world_cup_points", "Points", "World Cup points", number=True)
_QUALIFIED = Column("qualified", "Q", "qualified")
_START = Column("start", "Start", "start number", number=True, optional=False)
SEMIFINAL = Column("semifinal", "Semifinal", "which semifinal", number=True, optional=False)
_FINAL = Column("final_rank", "Final", "rank in the final", number=True, optional=False)
_PLACE = Column("semifinal_rank", "SRnk", "rank in the semifinal", number=True, optional=False)
_SUM = Column("total", "Total", "points of the season", number=True, optional=False)
_SEAT = Column("place", "Place", "place at the Games, R for a reserve", number=True, optional=False)
_SEASON_POINTS = Column("points", "Points", "points of the season", number=True)
_WHY = Column("reason", "Why", "why the place is there")
_WON = Column("semifinal_points", "Points", "points that count in the semifinal", number=True)


def table(value: Showable, *, reasons: bool = False) -> Table:
    """The table of a value.

    Args:
        value: a result, a sheet, a verification, a start list, an event, a season ranking, or the places at the
            Games. A sheet is shown as it was printed, a verification as its sheet with the findings at their cells,
            an event by its overall ranking.
        reasons: whether each line gets the reason for its rank. Those of a sheet are the reasons of
            `massstart.rank`, whatever rank is printed; those of the places at the Games stand there in any case.

    Raises:
        InvalidRecord: reasons are wanted of a sheet whose facts do not settle the order.
        ValueError: reasons are wanted of a start list or an event, which have none.
        TypeError: something else.

    Example:
        >>> from massstart import Race, rank
        >>> shown = table(rank(Race(rulebook="isu-2024", starters=["a", "b"], finish=[["a", "b"]])))
        >>> [[cell.shown for cell in line.cells] for line in shown.lines][0]
        ['1=', 'a', '', '', '', '60', '60', '1=']
    """
    if isinstance(value, Result):
        return _result(value, reasons=reasons)
    if isinstance(value, Sheet):
        return _sheet(value, (), reasons=reasons)
    if isinstance(value, Verification):
        found = _sheet(value.sheet, value.findings, reasons=reasons)
        remarks = (verdict(value), *map(sentence, report(value)), *found.remarks)
        return evolve(found, notes=tuple(map(finding_text, value.findings)), remarks=remarks)
    if isinstance(value, StartList | Event):
        if reasons:
            raise ValueError("a start list or an event has no reasons; show the semifinals with theirs")
        return _start_list(value) if isinstance(value, StartList) else _event(value)
    if isinstance(value, Standings):
        return _standings(value, reasons=reasons)
    if isinstance(value, Quota):
        return _quota(value)
    hint = "; rank(race) gives a Result" if isinstance(value, Race) else ""
    raise TypeError(
        f"a {type(value).__name__} cannot be shown, only Result, Sheet, Verification, StartList, Event, Standings and "
        f"Quota{hint}"
    )


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


def title(record: Race | Sheet) -> str:
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


def made(
    title: str,
    columns: Sequence[Column],
    groups: Sequence[Group],
    legend: Mapping[str, str] | None = None,
    remarks: Iterable[object] = (),
) -> Table:
    """A table without the optional columns that say nothing; of the legend, the signs that occur."""
    lines = [line for group in groups for line in group.lines]
    kept = [
        index
        for index, column in enumerate(columns)
        if not column.optional or column.notes or any(line.cells[index].shown for line in lines)
    ]
    cells = [line.cells[index] for line in lines for index in kept]
    occurs = {line.cells[index].text for line in lines for index in kept if columns[index] not in _WORDS}
    explained = [
        (column.heading, column.meaning)
        for column in (columns[index] for index in kept)
        if column.meaning in ("the final sprint", _LINE.meaning)
    ]
    for sign, meaning, found in (
        ("( )", "points won that do not count", any(cell.forfeited for cell in cells)),
        ("=", "shared, in a dead heat", any(cell.tied for cell in cells)),
        ("\u2192", "what is printed, then what the rules give", any(cell.expected is not None for cell in cells)),
        ("?", "not known", "?" in occurs),
        ("(N)", "in place of the points of another division on the day", any(text[:3] == "(N)" for text in occurs)),
    ):
        if found:
            explained.append((sign, meaning))
    explained += [(sign, meaning) for sign, meaning in (legend or {}).items() if sign in occurs]
    return Table(
        title,
        tuple(columns[index] for index in kept),
        tuple(
            evolve(
                group,
                lines=tuple(evolve(line, cells=tuple(line.cells[index] for index in kept)) for line in group.lines),
            )
            for group in groups
        ),
        tuple(explained),
        remarks=tuple(map(sentence, remarks)),
    )


def _result(result: Result, *, reasons: bool) -> Table:
    record = result.record
    sprints = len(result.rows[0].sprints) if result.rows else len(record.rulebook.sprint_laps) + 1
    columns = [RANK, ID, NAME, NATION, _LAPS, *_sprints(sprints), _TOTAL, _LINE, TIME, _STATUS, _QUALIFIED]
    shared = Counter(row.rank for row in result), Counter(row.finish for row in result)
    lines = [Line(_result_cells(row, record.laps, *shared), row.label, row.reason if reasons else "") for row in result]
    legend = {
        **{sign: _MEANINGS[status] for status, sign in _STATUSES.items()},
        "Q": "through to the next round by rank",
        "q": "sent to the next round by decision of the Referee",
    }
    remarks = [f"warning: {warning}" for warning in result.warnings]
    return made(title(record), columns, [Group(tuple(lines))], legend, remarks)


def _result_cells(row: Row, distance: int, ranks: Counter[int | None], places: Counter[int | None]) -> tuple[Cell, ...]:
    laps = None if row.laps == distance or row.status == "disqualified" else "?" if row.laps is None else row.laps
    return (
        Cell(row.rank, tied=row.rank is not None and ranks[row.rank] > 1),
        Cell(shown_id(row.id, row.name)),
        Cell(row.name),
        Cell(row.nation),
        Cell(laps),
        *(Cell("?" if cell is None else cell or "", forfeited=bool(cell) and not row.total) for cell in row.sprints),
        Cell(row.total),
        Cell(row.finish, tied=row.finish is not None and places[row.finish] > 1),
        Cell(row.time),
        Cell(_STATUSES.get(row.status)),
        Cell(row.qualified),
    )


def shown_id(id: Hashable, name: str | None) -> Hashable:
    """An id to show beside a name; a sheet without numbers uses the name itself as id."""
    return None if id == name else id


def _sheet(sheet: Sheet, findings: Sequence[Finding], *, reasons: bool) -> Table:
    printed = any(row.sprints is not None for row in sheet.rows)
    sprints = _sprints(len(sheet.rulebook.sprint_laps) + 1)
    columns = [
        RANK, _BIB, NAME, NATION, _LAPS, *(sprints if printed else ()), _TOTAL, TIME, _STATUS, _POINTS, _QUALIFIED,
    ]  # fmt: skip
    why = {row.id: row.reason for row in rank(sheet)} if reasons else {}
    lines = [
        Line(_sheet_cells(row, len(sprints) if printed else 0), skater.label, why.get(skater.id, ""))
        for row, skater in zip(sheet.rows, sheet.skaters, strict=True)
    ]
    for number, finding in enumerate(findings, 1):
        _attach(finding, number, columns, lines)
    legend = {
        row.status: _MEANINGS[MARKS[row.status.upper()]]
        for row in sheet.rows
        if row.status and row.status.upper() in MARKS
    }
    if sheet.advance is not None:
        legend |= {"Q": "marked as through to the next round", "q": "marked as added by decision"}
    missing = [] if sheet.complete else ["rows are missing"]
    return made(
        title(sheet),
        columns,
        [Group(tuple(lines))],
        legend,
        [*missing, *(f"source: {text}" for text in sheet.sources)],
    )


def _sheet_cells(row: SheetRow, sprints: int) -> tuple[Cell, ...]:
    points = row.world_cup_points
    return (
        *map(Cell, (row.rank, row.bib, row.name, row.nation, row.laps)),
        *(Cell(cell or "") for cell in row.sprints or ("",) * sprints),
        *map(Cell, (row.total, row.time, row.status)),
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


def _start_list(value: StartList) -> Table:
    columns = [_START, ID, NAME, NATION, SEMIFINAL, RANK, _QUALIFIED]
    groups = [Group(tuple(map(_entry, value.rows)))]
    if value.reserves:
        heading = "Reserves, each for a withdrawal from the same semifinal (assumed):"
        groups.append(Group(tuple(map(_entry, value.reserves)), heading))
    legend = {"Q": "by rank", "q": "by decision of the Referee"}
    return made("Start list of the final", columns, groups, legend)


def _entry(entry: Entry) -> Line:
    start = "?" if entry.start is None and entry.qualified else entry.start
    place = "?" if entry.rank is None else entry.rank
    number = shown_id(entry.id, entry.name)
    shown = (start, number, entry.name, entry.nation, entry.semifinal, place, entry.qualified)
    return Line(tuple(map(Cell, shown)), entry.id if entry.name is None else entry.name)


def _event(value: Event) -> Table:
    overall = value.overall()
    columns = [RANK, ID, NAME, NATION, _FINAL, SEMIFINAL, _PLACE, _WON, TIME]
    found = (value.competition, value.event, value.date, f"overall ranking (assumed: {overall.policy})")
    remarks = (
        *(f"open: {line}" for line in value.open()),
        *(f"assumed: {line}" for line in value.assumed()),
        *(f"warning: {problem}" for problem in value.warnings),
    )
    legend = {sign: _MEANINGS[ending] for ending, sign in _STATUSES.items()}
    title = ", ".join(part for part in found if part)
    return made(title, columns, [Group(tuple(map(_overall_line, overall)))], legend, remarks)


def _overall_line(row: OverallRow) -> Line:
    skater, placing = row.skater, row.placing
    rank = row.rank or (_STATUSES["disqualified"] if row.status == "disqualified" else "?")
    final = place_in(row.final) if row.final else "?" if row.is_finalist else None
    shown = (rank, shown_id(skater.id, skater.name), skater.name, skater.nation, final, row.semifinal)
    cells = (*shown, place_in(placing), placing.points, placing.time) if placing else (*shown, None, None, None)
    return Line(tuple(map(Cell, cells)), skater.label)


def place_in(one: Placing) -> int | str:
    """The rank in a race, or why there is none."""
    return one.rank or _STATUSES.get(one.ending, "?")


def _standings(value: Standings, *, reasons: bool) -> Table:
    """A season ranking, with the reason of every tie that was broken, and the warnings."""
    races = max((len(row.points) for row in value), default=0)
    shown = range(races if races <= _MOST_RACES else 0)
    points = [
        Column(f"points[{index}]", str(index + 1), f"competition {index + 1}", number=True, optional=False)
        for index in shown
    ]
    lines = []
    for row in value:
        # A published ranking may give the points of single races for some skaters only.
        cells = (row.rank, row.name, row.nation, *(row.points[index] if row.points else None for index in shown))
        lines.append(Line(tuple(map(Cell, (*cells, row.total))), row.label, value.reason(row) if reasons else ""))
    after = f"after {count(value.after, 'competition')}" if value.after else None
    parts = ", ".join(filter(None, (value.competition, value.event, after)))
    remarks = (
        *(
            f"{ordinal(row.rank)} {row.label}, ahead of {other.label} {value.parting(row, other)}"
            for row, other in pairwise(value)
            if row.total == other.total and row.rank < other.rank
        ),
        *(f"warning: {problem}" for problem in value.warnings),
    )
    title = value.title or parts or "Season ranking"
    return made(title, [RANK, NAME, NATION, *points, _SUM], [Group(tuple(lines))], remarks=remarks)


def _quota(value: Quota) -> Table:
    """The places, then the reserves, each with its reason."""
    lines = [
        Line(tuple(map(Cell, (row.place, row.name, row.nation, row.points, row.reason))), row.name or row.nation)
        for row in value
    ]
    remarks = [f"warning: {problem}" for problem in value.warnings]
    columns = [_SEAT, NAME, NATION, _SEASON_POINTS, _WHY]
    return made(value.title or "Places at the Games", columns, [Group(tuple(lines))], remarks=remarks)
