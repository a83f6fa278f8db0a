"""A terminal: at home in 80 columns and without colour.

Decides how wide it is and that every text goes out as it is. What is shown there stands in `massstart.showing.terminal.tables`
and its neighbours.
"""

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

from rich.console import Console
from rich.progress import Progress

from massstart.showing.model.cells import DIRECTION
from massstart.showing.terminal.grid import Grid, Words
from massstart.tabular import clean

T = TypeVar("T")


def console() -> Console:
    """A console on standard output; 80 columns wide where that is no terminal."""
    width = None if sys.stdout.isatty() or "COLUMNS" in os.environ else 80
    return Console(width=width, highlight=False, markup=False, emoji=False)


@contextmanager
def progress(items: Sequence[T], doing: str) -> Iterator[Iterable[T]]:
    """A progress bar on standard error, if that is a terminal and there are enough items to wait for."""
    with _bar(silent=len(items) < 10 or not sys.stderr.isatty()) as bar:
        yield bar.track(items, description=doing)


@contextmanager
def counting(what: str) -> Iterator[Callable[[int, int], None]]:
    """A progress bar on standard error, if that is a terminal: told how many of how many are done."""
    with _bar(silent=not sys.stderr.isatty()) as bar:
        task = bar.add_task(what)
        yield lambda done, of: bar.update(task, completed=done, total=of)


def _bar(*, silent: bool) -> Progress:
    # Under rich 14.1 and before, a bar that is disabled still ends with an empty line; the quiet console swallows it.
    return Progress(console=Console(stderr=True, quiet=silent), transient=True, disable=silent)


def as_text(value: object) -> Words:
    """A value as it is shown: nothing in it is taken for markup or for a control of the terminal."""
    # No terminal keeps a turned direction to the name that turns it.
    return Words(DIRECTION.sub("\ufffd", clean(value)))


def grid(*columns: str, right: Sequence[str] = (), wide: Sequence[str] = ("Name",), spare: Sequence[int] = ()) -> Grid:
    """An empty table; cells of the wide columns may take several lines."""
    at = range(len(columns))
    return Grid(columns, {i for i in at if columns[i] in right}, {i for i in at if columns[i] in wide}, spare)


def indented(out: Console, text: object) -> None:
    """Print a sentence that belongs to the line above it."""
    out.print(Words(as_text(text).plain, indent=2))


def heading(*parts: str | None) -> Words:
    """What stands above a table."""
    return as_text(", ".join(part for part in parts if part))
