"""What the commands share: the group, reading a FILE argument, reporting problems, writing an answer.

Decides exit statuses and where output goes. Each command reads its input whole, then writes; input that cannot be
used leaves standard output empty.
"""

import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from io import TextIOWrapper
from itertools import count
from pathlib import Path
from typing import Any, BinaryIO, TypeVar, overload

import click
from attrs import evolve

from massstart.commandline import completion
from massstart.files.kinds import dumps
from massstart.files.loading import read_bytes, read_content
from massstart.live.log import RaceLog
from massstart.live.standings import provisional
from massstart.problems import InvalidRecord, MassStartError, Problem
from massstart.race import Race
from massstart.ranking import rank
from massstart.result import Result
from massstart.sheet import Sheet
from massstart.showing.terminal.console import progress

T = TypeVar("T")
A = TypeVar("A")
B = TypeVar("B")
C = TypeVar("C")
#: A function that becomes a command, or a command.
Command = TypeVar("Command", bound=Callable[..., Any])

#: What a command ends with: done and consistent, a sheet has findings or a case failed, input that cannot be used.
DONE, FINDINGS, UNUSABLE = 0, 1, 2


def as_json_option(command: Command) -> Command:
    """Give a command the option ``--json``."""
    option = click.option("--json", "as_json", is_flag=True, help="Write JSON, one object a line, instead of a table.")
    return option(command)


def file_argument(command: Command) -> Command:
    """Give a command the argument FILE."""
    return click.argument("source", metavar="FILE", shell_complete=completion.races)(command)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 80})
@click.version_option(package_name="massstart")
def massstart() -> None:
    """Score speed-skating mass starts by the ISU rules, and check published results.

    FILE is the path of a JSON, CSV or PDF file, - for standard input, or the id of a
    bundled race (see: massstart archive).

    \b
    Try:
      massstart explain beijing-2022-men-semifinal-1 Kramer
      massstart verify wc-2025-26-1-men-division-a
      massstart rulebooks isu-2018

    Exit status: 0 done and consistent; 1 a sheet has findings, or a case failed;
    2 input that cannot be used, or an answer that cannot be written; 130 Ctrl-C;
    141 whoever read the answer has gone.
    """  # noqa: D301  # click wants a real backspace: it keeps the lines after it as they are
    for stream, errors in ((sys.stdout, "strict"), (sys.stderr, "backslashreplace")):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors=errors)


@overload
def read(source: str, kind: type[A], /, **options: Any) -> A: ...
@overload
def read(source: str, kind: type[A], second: type[B], /, **options: Any) -> A | B: ...
@overload
def read(source: str, kind: type[A], second: type[B], third: type[C], /, **options: Any) -> A | B | C: ...
@overload
def read(source: str, /, *kinds: type, **options: Any) -> Any: ...
def read(source: str, /, *kinds: type, **options: Any) -> Any:
    """What a FILE argument names, of the kinds that are expected; ends the command if it cannot be used.

    The options are those of `massstart.files.loading.read_content`.
    """
    with reporting(source):
        return read_content(content_of(source), source, kinds, **options)


def read_result(source: str) -> Result:
    """The result of a FILE argument: of a race, of a sheet by its own facts; of a race log the standings so far."""
    record = read(source, Race, Sheet, Result, RaceLog)
    with reporting(source):
        if isinstance(record, Result):
            return record
        return provisional(record) if isinstance(record, RaceLog) else rank(record)


def read_race(source: str, /, *kinds: type) -> Any:
    """What a FILE argument names, of the kinds that are expected, or a race; the log of a race that is over is one."""
    record = read(source, Race, *kinds, RaceLog)
    with reporting(source):
        return record.race() if isinstance(record, RaceLog) else record


def read_sheet(source: str) -> Sheet:
    """A published sheet; the result of a race that was scored here becomes one."""
    record = read_race(source, Sheet, Result)
    if isinstance(record, Sheet):
        return record
    with reporting(source):
        return sheet_of(record if isinstance(record, Result) else rank(record), source)


def sheet_of(result: Result, source: str) -> Sheet:
    """A result as a sheet, named as its race, else as its file."""
    return result.to_sheet(result.record.id or (None if source == "-" else Path(source).stem))


def content_of(source: str) -> bytes:
    """The bytes that a FILE argument names."""
    return standard_input().read() if source == "-" else read_bytes(source)


def standard_input() -> BinaryIO:
    """Standard input.

    Raises:
        InvalidRecord: it is closed.
    """
    if sys.stdin is None or sys.stdin.closed:
        raise InvalidRecord([Problem("file", "", "standard input is closed", "name a file, or send one")])
    return sys.stdin.buffer


@contextmanager
def reporting(source: str) -> Generator[None, None, None]:
    """Report the problems of an input, one a line, and end the command."""
    try:
        yield
    except MassStartError as error:
        report(source, error)
        raise SystemExit(UNUSABLE) from None


def report(source: str, error: MassStartError) -> None:
    """Write the problems of an input to standard error, one a line."""
    lines = [str(problem) for problem in error.problems] if isinstance(error, InvalidRecord) else [str(error)]
    for line in lines:
        tell(source, line)


def tell(source: str, message: object) -> None:
    """Write one message about an input to standard error, on one line, whatever its name and the message hold."""
    click.echo(printable(f"{source}: {message}"), err=True)


def printable(text: str) -> str:
    """A message on one line, whatever stood in the file, or in its name."""
    return "".join(character if character.isprintable() else "\ufffd" for character in text)


def whole(text: str) -> int | None:
    """The whole number that an argument says; ``None`` if it says none, or one of more digits than anything counts to."""
    return int(text) if text.isdecimal() and text.isascii() and len(text) < 10 else None


def read_all(sources: tuple[str, ...], read: Callable[[str], T]) -> list[T]:
    """What several FILE arguments name; if any cannot be used, reports them all and ends the command."""
    found: list[T] = []
    failed = False
    with progress(sources, "reading") as each:
        for source in each:
            try:
                found.append(read(source))
            except SystemExit:
                failed = True
    if failed:
        raise SystemExit(UNUSABLE)
    return _told_apart(sources, found)


def _told_apart(sources: tuple[str, ...], records: list[Any]) -> list[Any]:
    """The records; sheets named after files of one name, such as ``wc1/men.csv`` and ``wc2/men.csv``, by folder too.

    The same sheet twice keeps one name: whoever takes it for two is refused.
    """
    named: dict[str, list[int]] = {}
    for at, (source, record) in enumerate(zip(sources, records, strict=True)):
        if isinstance(record, Sheet) and Path(source).suffix and Path(source).stem == record.id:
            named.setdefault(record.id, []).append(at)
    told = list(records)
    for places in named.values():
        if len({records[at] for at in places}) < len(places) or len(places) == 1:
            continue
        paths = {at: Path(sources[at]).resolve() for at in places}
        names = {at: path.with_suffix("").parts for at, path in paths.items()}
        if len(set(names.values())) < len(names):  # men.csv and men.xlsx of one folder
            names = {at: path.parts for at, path in paths.items()}
        parts = next(parts for parts in count(1) if len({name[-parts:] for name in names.values()}) == len(names))
        for at, name in names.items():
            told[at] = evolve(records[at], id="/".join(name[-parts:]))
    return told


def write(value: Any, as_json: bool, table: Callable[[Any], None]) -> None:
    """Write a value as JSON or as a table."""
    if as_json:
        click.echo(dumps(value))
    else:
        table(value)
