"""A race log that is typed in: each entry is in the file before the next one is asked for.

Decides how an entry is asked for and kept. What can be typed stands in `massstart.feed.typed`.
"""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import click

from massstart.commandline.group import report, standard_input, tell
from massstart.feed.lines import header, read_feed, with_line
from massstart.feed.typed import CARD, typed
from massstart.files.logs import event_object
from massstart.live.log import RaceLog
from massstart.problems import InvalidRecord, MissingExtra, Problem

_LEAVE = ("q", "quit", "exit")


def type_in(source: str) -> Iterator[tuple[RaceLog, bool]]:
    """The log of a file as it grows by what is typed, after each entry; and whether the entry was taken.

    Args:
        source: the file. It holds at least the race, in its first line.

    Raises:
        InvalidRecord: there is no such file, or its first line is not the race of a log.
        MissingExtra: somebody sits before a terminal, and prompt_toolkit is not installed.
    """
    try:
        with Path(source).open("r+b") as file:
            feed = read_feed(_whole_lines(file, source))
            for problem in feed.refused:
                tell(source, problem)
            yield from _typed_into(file, source, feed.log)
    except OSError as error:
        remedy = "begin it with massstart event EVENT --race 1"
        raise InvalidRecord([Problem("file", "", f"cannot be written: {error.strerror}", remedy)]) from None


def _whole_lines(file: BinaryIO, source: str) -> bytes:
    """What stands in a file; a last line that the machine did not finish is taken off, for it says nothing whole."""
    content = file.read()
    kept, end, last = content.rpartition(b"\n")
    if not last.strip():
        return content
    try:
        with_line(header(kept.partition(b"\n")[0]), last) if end else header(last)
    except InvalidRecord as error:
        if not end:
            raise
        if all(problem.kind == "json" for problem in error.problems):
            tell(source, f"the last line was cut short, and is taken off: {last.decode('utf-8', 'replace')}")
            file.truncate(len(kept) + 1)
            return kept + end
    _keep(file, b"\n")
    return content


def _typed_into(file: BinaryIO, source: str, log: RaceLog) -> Iterator[tuple[RaceLog, bool]]:
    yield log, True
    for entry in _entries(log):
        if entry.strip().lower() in _LEAVE:
            return
        if entry.strip() == "?":
            for shape, meaning in CARD:
                click.echo(f"{shape:18} {meaning}")
        elif entry.strip():
            try:
                grown = typed(log, entry)
            except InvalidRecord as error:
                report(source, error)
                yield log, False
                continue
            new = [
                json.dumps(event_object(event), ensure_ascii=False)
                for event in grown.events[len(log.events) :]
                if event
            ]
            _keep(file, "".join(f"{line}\n" for line in new).encode())
            log = grown
            yield log, True


def _keep(file: BinaryIO, data: bytes) -> None:
    """Write to the end of the file, and wait until the machine has it."""
    file.seek(0, os.SEEK_END)
    file.write(data)
    file.flush()
    os.fsync(file.fileno())


def _entries(log: RaceLog) -> Iterator[str]:
    """What is typed, entry by entry; of standard input that is no terminal, line by line."""
    given = standard_input()
    if not given.isatty():
        # Half a character is refused with the rest of its entry.
        yield from (line.decode("utf-8", "replace") for line in given)
        return
    try:
        from prompt_toolkit import PromptSession
        from prompt_toolkit.completion import WordCompleter
    except ModuleNotFoundError as error:
        raise MissingExtra("typing needs prompt_toolkit; run: pip install 'massstart[prompt]'") from error
    words = sorted({shape.partition(":")[0].split()[0] for shape, _ in CARD if shape != "?"})
    numbers = {str(starter.id): starter.label for starter in log.header.starters}
    session: PromptSession[str] = PromptSession(
        completer=WordCompleter([*words, *numbers], meta_dict=numbers), complete_while_typing=False
    )
    while True:
        try:
            yield session.prompt("entry> ")
        except EOFError:
            return
