"""Pages of the documentation on the terminal.

Decides that no command of a page is broken into lines, and no cell of a table is cut off. What a page says is not its matter.
"""

from collections.abc import Iterable
from typing import ClassVar

from rich.console import Console, ConsoleOptions, RenderResult
from rich.markdown import CodeBlock, Markdown, TableElement
from rich.table import Table
from rich.text import Text

from massstart.showing.terminal.console import as_text, console, grid


class _Command(CodeBlock):
    """Lines that can be copied as they are, however long."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield Text(str(self.text).rstrip(), self.style_name, no_wrap=True, overflow="ignore")


class _Table(TableElement):
    """A table in which a long word goes on in the next line."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for table in super().__rich_console__(console, options):
            assert isinstance(table, Table)
            for column in table.columns:
                column.overflow = "fold"
            yield table


class _Page(Markdown):
    """A page in Markdown."""

    elements: ClassVar = {**Markdown.elements, "fence": _Command, "code_block": _Command, "table_open": _Table}


def page(text: str) -> None:
    """Print a page that is written in Markdown."""
    console().print(_Page(text, hyperlinks=False), crop=False)


def index(lines: Iterable[tuple[str, str, str]]) -> None:
    """Print a list of pages: the word that each is asked for by, its title, its group."""
    table = grid("Topic", "Page", "About", wide=("Page", "About"))
    for line in lines:
        table.add_row(*map(as_text, line))
    console().print(table)
