"""The command `live`: a race log that is read line by line while the race is skated.

Decides when something is shown, and what becomes of a line that cannot be used: it is reported, the log stays as it
was, and the race goes on.
"""

import sys
import time
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import click
from rich.console import Console
from rich.live import Live

from massstart.commandline.group import (
    DONE,
    UNUSABLE,
    as_json_option,
    file_argument,
    massstart,
    printable,
    report,
    reporting,
    standard_input,
    tell,
)
from massstart.commandline.prompt import type_in
from massstart.files.kinds import dumps
from massstart.files.logs import header_from, with_line
from massstart.live.changes import between
from massstart.live.hints import hints
from massstart.live.log import RaceLog
from massstart.live.outlook import Outlook, outlook
from massstart.live.snapshot import snapshot
from massstart.live.standings import provisional
from massstart.problems import InvalidRecord, Problem, TooManyWays
from massstart.race import Underway
from massstart.result import Result
from massstart.scoring import totals_so_far
from massstart.showing.terminal import live as live_tables
from massstart.showing.terminal import tables
from massstart.showing.terminal.console import console

#: How long to wait at the end of a file before looking again, in seconds.
PAUSE = 0.1


@massstart.command()
@file_argument
@click.option("--follow", "-f", is_flag=True, help="Wait for more at the end of FILE, until the race is over.")
@click.option(
    "--type", "typing", is_flag=True, help="Type the race in; FILE grows by each entry. ? lists what to type."
)
@click.option("--snapshots", is_flag=True, help="Write one JSON object with everything after each event.")
@as_json_option
def live(source: str, follow: bool, typing: bool, snapshots: bool, as_json: bool) -> None:
    """Follow a race log as it is written: standings after each sprint, then the result.

    FILE holds one JSON object a line: the race without outcomes, then an event a line. Each line counts as soon as
    it is there. An event that cannot be used is reported on standard error and left out.

    With --json, one object for each event that changes the standings, an outlook after each sprint, and the result.
    With --snapshots, one object after each event: standings, outlook, changes, what was refused, who is missing.

    With --type, each entry is in FILE before the next is asked for, so that nothing is lost if the machine stops; the
    same command carries on from there.

    Exit status: 0 every line was used; 2 some were not; 130 Ctrl-C, after the last standings.
    """
    if typing:
        if source == "-" or follow or snapshots or as_json:
            raise click.UsageError("--type takes a FILE that it can write to, and no other option")
        with reporting(source):
            raise SystemExit(DONE if _type(source) else UNUSABLE)
    with reporting(source), _opened(source) as feed:
        # A line counts as soon as it ends.
        grown = _growing(feed) if follow else feed
        lines = (line for line in grown if line.strip())
        log = header_from(next(lines, b""))
        show: _Json | _Snapshots | _Screen = _Snapshots() if snapshots else _Json() if as_json else _Screen(console())
        log = _follow(source, log, lines, show, until_over=follow)
    raise SystemExit(UNUSABLE if None in log.events else DONE)


def _type(source: str) -> bool:
    """Ask for the race, and show it after each entry; whether every entry was taken, or somebody saw that it was not."""
    out, refused, shown = console(), False, -1
    for log, taken in type_in(source):  # the last one is shown below
        refused = refused or not taken
        if len(log.events) > shown:
            shown, now = len(log.events), provisional(log)
            out.print(live_tables.standings(now, _ahead(log, now), shown))
            for hint in hints(log):
                click.echo(f"hint: {printable(str(hint))}")
            sys.stdout.flush()
    _Screen(out).end(log, provisional(log))
    return not refused or standard_input().isatty()


def _growing(feed: BinaryIO) -> Iterator[bytes]:
    """The lines of a file, for as long as somebody writes to it; a line counts once it ends."""
    begun = b""
    while True:
        line = begun + feed.readline()
        if line.endswith(b"\n"):
            begun = b""
            yield line
        else:
            begun = line
            time.sleep(PAUSE)


def _follow(
    source: str, log: RaceLog, lines: Iterable[bytes], show: "_Json | _Snapshots | _Screen", *, until_over: bool
) -> RaceLog:
    before = provisional(log)
    interrupted = None
    try:
        for line in lines:
            try:
                log = with_line(log, line)
            except InvalidRecord as error:
                report(source, error)
                show.refused(error.problems)
                if not line.endswith(b"\n"):
                    tell(source, "the feed ended within this line")
                log = log.with_refused()
                continue
            now = provisional(log)
            show.event(log, before, now, is_stage=_stage(now) != _stage(before))
            before = now
            if until_over and not now.is_provisional:
                break
    except KeyboardInterrupt as error:
        interrupted = error
    show.end(log, before)
    if interrupted is not None:
        # Ctrl-C ends the feed: what stood at that moment is shown, and the exit status says that it was cut short.
        raise interrupted
    return log


def _stage(now: Result) -> object:
    """What is other after a sprint, when somebody arrives or is out; not after every crossing."""
    if isinstance(now.record, Underway):
        arrived = [row.id for row in now if row.at_full_distance]
        return now.record.sprints_left, totals_so_far(now.record), now.record.racing, arrived
    return now


def _ahead(log: RaceLog, now: Result) -> Outlook | None:
    """What can still be reached while the race goes on, where it can be worked out."""
    try:
        return outlook(log) if now.is_provisional else None
    except TooManyWays:
        return None


class _Json:
    """One object a line, each flushed at once."""

    def refused(self, problems: Iterable[Problem]) -> None:
        """What could not be used was reported already."""

    def event(self, log: RaceLog, before: Result, now: Result, *, is_stage: bool) -> None:
        """Write what the latest event has changed, and what can still be reached."""
        causes = dict.fromkeys([row.id for row in (*before, *now)], (len(log.events),))
        found = between(before, now, causes=causes)
        if found:
            self._write(found)
        if is_stage and (ahead := _ahead(log, now)):
            self._write(ahead)

    def end(self, log: RaceLog, now: Result) -> None:  # noqa: ARG002  # see _Screen
        """Write the result, or the last standings."""
        self._write(now)

    def _write(self, value: object) -> None:
        click.echo(dumps(value))
        sys.stdout.flush()


class _Snapshots:
    """One object after each event, with everything; each flushed at once."""

    def __init__(self) -> None:
        self._refused: list[Problem] = []

    def refused(self, problems: Iterable[Problem]) -> None:
        """Keep what could not be used, for whoever reads the next object."""
        self._refused += problems

    def event(self, log: RaceLog, before: Result, now: Result, *, is_stage: bool) -> None:  # noqa: ARG002  # see _Json
        """Write the race as it stands."""
        click.echo(dumps(snapshot(log, refused=self._refused)))
        sys.stdout.flush()

    def end(self, log: RaceLog, now: Result) -> None:
        """Everything is written already."""


class _Screen:
    """Tables: on a terminal the latest in the place of the one before, else one below the other."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._ahead: Outlook | None = None
        self._live = Live(console=console, auto_refresh=False, transient=True) if console.is_terminal else None
        if self._live:
            self._live.start()

    def refused(self, problems: Iterable[Problem]) -> None:
        """What could not be used was reported already."""

    def event(self, log: RaceLog, before: Result, now: Result, *, is_stage: bool) -> None:  # noqa: ARG002  # see _Json
        """Show the standings after an event: every event where they are shown in place, else a sprint and the like."""
        if is_stage:
            self._ahead = _ahead(log, now)
        shown = live_tables.standings(now, self._ahead, len(log.events))
        if self._live:
            self._live.update(shown, refresh=True)
        elif is_stage:
            self._console.print(shown)
            sys.stdout.flush()

    def end(self, log: RaceLog, now: Result) -> None:
        """Show the result, or the last standings."""
        if self._live:
            self._live.stop()
        if now.is_provisional:
            live_tables.unfinished_race(now, log.missing())
        else:
            tables.result(now)


@contextmanager
def _opened(source: str) -> Generator[BinaryIO, None, None]:
    if source == "-":
        yield standard_input()
        return
    try:
        feed = Path(source).open("rb")  # noqa: SIM115  # closed below; only the opening is guarded here
    except OSError as error:
        problem = Problem("file", "", f"cannot be read: {error.strerror}", "check the path")
        raise InvalidRecord([problem]) from None
    with feed:
        yield feed
