"""What a shown table consists of, whatever it shows.

Decides which signs mark a cell, which columns are left out, and what the legend says. How a table looks in a terminal,
in Markdown or as a page is left to the modules beside this folder; they get every word from here.
"""

import re
from collections.abc import Hashable, Iterable, Mapping, Sequence

from attrs import evolve, field, frozen

from massstart.tabular import clean

#: Controls that turn the writing direction of all that follows, up to the end of the paragraph.
DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069]")


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
BIB = Column("bib", "Nr", "number worn")
NAME = Column("name", "Name", "name")
NATION = Column("nation", "Nat", "nation")
_WORDS = (ID, BIB, NAME, NATION)
LAPS = Column("laps", "Laps", "laps completed", number=True)
TOTAL = Column("total", "Total", "points that count", number=True)
LINE = Column("finish", "Line", "the place across the line", number=True)
TIME = Column("time", "Time", "time", number=True)
QUALIFIED = Column("qualified", "Q", "qualified")
SEMIFINAL = Column("semifinal", "Semifinal", "which semifinal", number=True, optional=False)
STATUSES = {"lapped": "LAP", "unfinished": "DNF", "disqualified": "DQ"}
MEANINGS = {
    "unfinished": "did not finish",
    "disqualified": "disqualified",
    "lapped": "lapped",
    "absent": "did not start",
}


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
        if column.meaning in ("the final sprint", LINE.meaning)
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


def shown_id(id: Hashable, name: str | None) -> Hashable:
    """An id to show beside a name; a sheet without numbers uses the name itself as id."""
    return None if id == name else id
