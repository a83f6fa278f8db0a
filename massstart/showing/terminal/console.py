"""A terminal: at home in 80 columns and without colour.

Decides how wide it is and that every text goes out as it is. What is shown there stands in `massstart.showing.terminal.tables`
and its neighbours.
"""

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

from rich.console import Console
from rich.padding import Padding
from rich.progress import Progress
from rich.table import Table
from rich.text import Text

from massstart.problems import Problem
from massstart.showing.model.cells import DIRECTION, clean

T = TypeVar("T")


def console() -> Console:
    """A console on standard output; 80 columns wide where that is no terminal."""
    width = None if sys.stdout.isatty() or "COLUMNS" in os.environ else 80
    return Console(width=width, highlight=False, markup=False, emoji=False)


@contextmanager
def progress(items: Sequence[T], doing: str) -> Iterator[Iterable[T]]:
    """A progress bar on standard error, if that is a terminal and there are enough items to wait for."""
    bar = Progress(console=Console(stderr=True), transient=True, disable=len(items) < 10 or not sys.stderr.isatty())
    with bar:
        yield bar.track(items, description=doing)


def as_text(value: object) -> Text:
    """A value as it is shown: nothing in it is taken for markup or for a control of the terminal."""
    # No terminal keeps a turned direction to the name that turns it.
    return Text(DIRECTION.sub("\ufffd", clean(value)))


def grid(*columns: str, right: Sequence[str] = (), wide: Sequence[str] = ("Name",)) -> Table:
    """An empty table; cells of the wide columns may take several lines."""
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), header_style="bold")
    for column in columns:
        table.add_column(
            column,
            justify="right" if column in right else "left",
            no_wrap=column not in wide,
            overflow="fold",
            min_width=12 if column == "Name" else None,
        )
    return table


def indented(out: Console, text: object) -> None:
    """Print a sentence that belongs to the line above it."""
    out.print(Padding(as_text(text), (0, 0, 0, 2), expand=False))


def heading(*parts: str | None) -> Text:
    """What stands above a table."""
    return as_text(", ".join(part for part in parts if part))


def warnings(out: Console, found: Iterable[Problem]) -> None:
    """Print what is doubtful."""
    for problem in found:
        out.print(as_text(f"warning: {problem}"))
