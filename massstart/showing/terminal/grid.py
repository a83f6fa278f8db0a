"""A table in the terminal that holds every cell whole, at any width.

Decides what gives way where there is no room: words wrap first, then columns that can be spared are left out, which is
said below, and at last each line becomes a block, a cell a line. Numbers never wrap in a table.
"""

from collections.abc import Collection, Iterator, Sequence

from attrs import frozen
from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.text import Text

#: A column of words is not made narrower than this, unless all its words are.
_NARROWEST = 12


@frozen
class Words:
    """A text that wraps at blanks, and leaves none at the end of a line.

    Attributes:
        plain: the text.
        indent: how many blanks stand before each line.
    """

    plain: str
    indent: int = 0

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """The lines, for the width that there is."""
        room = max(1, options.max_width - self.indent)
        for line in [self.plain] if options.no_wrap else folded(self.plain, room):
            yield Text(" " * self.indent + line.rstrip(), no_wrap=True, overflow="ignore")


class Grid:
    """A table without rules, made for `rich.console.Console.print`."""

    def __init__(
        self, columns: Sequence[str], right: Collection[int], wide: Collection[int], spare: Sequence[int]
    ) -> None:
        """A table without lines.

        Args:
            columns: the headings.
            right: which columns are aligned at the right.
            wide: which may take several lines.
            spare: which may be left out, the first of them first.
        """
        self._columns = columns
        self._right = right
        self._wide = wide
        self._spare = spare
        self._rows: list[list[str]] = []

    def add_row(self, *cells: Words) -> None:
        """Add a line."""
        self._rows.append([cell.plain for cell in cells])

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """The lines of the table, for the width that there is."""
        for line, is_heading in self._lines(options.max_width):
            yield Text(line.rstrip(), "bold" if is_heading else "", no_wrap=True, overflow="ignore")

    def _lines(self, room: int) -> Iterator[tuple[str, bool]]:
        kept = list(range(len(self._columns)))
        spare = iter(self._spare)
        while (widths := self._widths(kept, room)) is None:
            left_out = next(spare, None)
            if left_out is None:
                for line in self._blocks(room):
                    yield line, False
                return
            kept.remove(left_out)
        for number, row in enumerate([self._columns, *self._rows]):
            pieces = [folded(row[at], width) for at, width in zip(kept, widths, strict=True)]
            for level in range(max(map(len, pieces))):
                cells = (piece[level] if level < len(piece) else "" for piece in pieces)
                yield " ".join(map(self._aligned, kept, cells, widths)), number == 0
        missing = [self._columns[at] for at in range(len(self._columns)) if at not in kept]
        if missing:
            for line in folded(f"no room for: {', '.join(missing)}", room):
                yield line, False

    def _aligned(self, at: int, text: str, width: int) -> str:
        blank = " " * (width - cell_len(text))
        return blank + text if at in self._right else text + blank

    def _widths(self, kept: Sequence[int], room: int) -> list[int] | None:
        """How wide each column is, or ``None`` if they do not fit."""
        widths = {at: max(cell_len(row[at]) for row in [self._columns, *self._rows]) for at in kept}
        least = {at: min(width, max(_NARROWEST, cell_len(self._columns[at]))) for at, width in widths.items()}
        too_much = sum(widths.values()) + len(kept) - 1 - room
        for _ in range(too_much):
            can_give = [at for at in kept if at in self._wide and widths[at] > least[at]]
            if not can_give:
                return None
            widths[max(can_give, key=lambda at: widths[at])] -= 1
        return list(widths.values())

    def _blocks(self, room: int) -> Iterator[str]:
        for number, row in enumerate(self._rows):
            if number:
                yield ""
            for heading, cell in zip(self._columns, row, strict=True):
                if cell:
                    yield from folded(f"{heading}: {cell}" if heading else cell, room)


def folded(text: str, width: int) -> list[str]:
    """A text in lines of a width, broken at blanks where there are some.

    Example:
        >>> folded("Sven Kramer", 8), folded("Kramer", 4)
        (['Sven', 'Kramer'], ['Kram', 'er'])
    """
    lines = []
    while cell_len(text) > width:
        end = taken = 0
        # A sign without a width of its own, such as an accent, stays with the letter before it.
        while end < len(text) and (end == 0 or taken + cell_len(text[end]) <= width):
            taken += cell_len(text[end])
            end += 1
        blank = text.rfind(" ", 1, end + 1)
        if blank > 0 and text[:blank].strip():
            lines.append(text[:blank].rstrip())
            text = text[blank + 1 :]
        else:
            lines.append(text[:end])
            text = text[end:]
    return [*lines, text] if text or not lines else lines
