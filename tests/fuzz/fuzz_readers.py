"""Throws spoiled files at the commands and the readers: each gives an answer or problems, and never anything else.

A run of any length, with a seed, so that what it finds can be run again:

    python tests/fuzz/fuzz_readers.py --seconds 600 --seed 1
    python tests/fuzz/fuzz_readers.py --seconds 600 --seed 1 --only xlsx

It starts from what is bundled, from the conformance cases and from what the commands write (`sound.py`), and spoils bytes,
values, keys, lines, cells and parts (`spoiling.py`). A fault is a traceback, an answer that takes too long or too much memory, a
wrong exit status, output where there shall be none, output that no reader takes, a control of the terminal in a table or a
message, and a file that is not written whole.
"""

import argparse
import json
import re
import signal
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from random import Random
from types import FrameType

import sound
import spoiling
from answering import Ended, answer
from attrs import frozen

from massstart import InvalidRecord, MassStartError, dumps, loads
from massstart.conformance import difference
from massstart.feed import read_feed, typed
from massstart.files import csvread, pdfread, xlsxread
from massstart.files.jsontext import parse
from massstart.live import RaceLog, Underway
from massstart.live.hints import hints
from massstart.live.standings import provisional

#: Seconds within which there must be an answer, and how much memory it may take beyond that of the sound files.
TOO_LONG = 5
TOO_MUCH = 1_000_000_000
FORMATS = ("text", "markdown", "html", "csv")
FIRST, SECOND = sound.SEMIFINALS
_JSON = tuple(
    line.split()
    for line in (
        "rank -", "rank - --sheet", "verify -", "explain - 1", "explain - Kramer", "advance -", "advance - --advance 3",
        f"advance {FIRST} -", "read -", "outlook -", "outlook - --if 4=1,13=2", "outlook - --skater 4", "outlook - --advance 2",
        "event -", "event - --write", "event - --draw 2", "event - --draw 3 --seed a", "event - --race 1", "event - --race final",
        "event - --publish", "event - --reopen", "event - --withdraw 4=ill", f"event - --semifinal 1={FIRST}",
        f"event {FIRST} {SECOND} --final -", f"event {FIRST} - --policy shared", "standings -", f"standings - {sound.SEASON[0]}",
        f"standings {sound.SEASON[1]} - --best 1 --left 2", "quota -", "quota - --places 5 --host NED --given-back KOR",
        "simulate - --races 3", "simulate - --races 3 --by-lap", "simulate - --races 3 --rulebook isu-2014",
        "simulate - --races 3 --attack 4=4", "simulate - --estimate", "simulate - --races 2 --calibrate",
        f"simulate - {sound.SEASON[0]} --races 2 --season", f"simulate {FIRST} --races 2 --strengths -",
    )
)  # fmt: skip
_SHOWN = [
    *(["show", "-", "--as", as_] for as_ in FORMATS), *(["show", "-", "--reasons", "--as", as_] for as_ in FORMATS),
    *(["verify", "-", "--as", as_] for as_ in FORMATS), *(["outlook", "-", "--as", as_] for as_ in FORMATS),
    ["show", "-", "--out", "OUT.html"], ["show", "-", "--out", "OUT.csv"], ["verify", "-", "--out", "OUT.md"],
]  # fmt: skip
_LIVE = [["live", "-"], ["live", "-", "--snapshots"]]
_TABLES = [
    *(line.split() for line in ("read -", "rank -", "verify -", "read - --rulebook isu-2024", "read - --part A")),
    *(line.split() for line in ("event - --draw 2", "quota -", "standings -", "read - --sprint-laps 4,8,12")),
]
#: Answers are written as JSON with and without ``--json``.
_WRITES = {
    "--sheet",
    "--write",
    "--draw",
    "--race",
    "--publish",
    "--reopen",
    "--withdraw",
    "--semifinal",
    "--snapshots",
}
_PICTURES = [["show", "-", "--as", "svg"], ["show", "-", "--out", "OUT.png"]]


#: Who takes what; a command that does not is tried less often.
_FITTING = {
    "race": ("rank", "explain", "advance", "read", "outlook", "event", "simulate", "live", "show"),
    "sheet": ("rank", "verify", "explain", "advance", "read", "event", "standings", "simulate", "show"),
    "result": ("rank", "explain", "advance", "standings", "show"),
    "outlook": ("outlook", "show"),
    "event": ("event", "simulate", "show"),
    "event-report": ("event", "simulate", "show"),
    "standings": ("quota", "show"),
    "strengths": ("simulate", "show"),
}


@frozen
class Way:
    """Sound files, how they are spoiled, and who gets them.

    Attributes:
        files: the sound files.
        spoil: spoils one.
        commands: commands that read them from standard input.
        reader: the function that reads them, without a command.
    """

    files: Callable[[], Sequence[object]]
    spoil: Callable[..., bytes]
    commands: Sequence[Sequence[str]] = ()
    reader: Callable[[bytes], object] | None = None


def _again(text: bytes) -> None:
    """Read a file; what is in it is written, and read again as the same."""
    value = loads(text)
    assert loads(dumps(value)) == value


def _compare(text: bytes) -> None:
    """What a program answers to a conformance case is compared, and the difference can be written."""
    given = json.loads(text)
    case = sound.cases_by_id()[given["case"]]
    (difference(case, parse(json.dumps(given["answer"]))) or "").encode()


def _type(text: bytes) -> None:
    log = RaceLog(Underway(rulebook="isu-2018", starters=["4", "5", "9", "11", "13", "87"]))
    for entry in text.decode("utf-8", "replace").split("\n"):
        with suppress(InvalidRecord):
            log = typed(log, entry)
            # It is written to a file after each entry, and read from there when the machine starts again.
            assert loads(dumps(log)) == log
    provisional(log)
    hints(log)


def _feed(text: bytes) -> None:
    read_feed(text).log.progress()


_OF_LOGS = [*_LIVE, *_LIVE, *(one for one in _JSON if one[0] in ("rank", "outlook", "explain", "simulate")), *_SHOWN]
WAYS: dict[str, Way] = {
    "loads": Way(sound.objects, spoiling.some, reader=_again),
    "json": Way(sound.objects, spoiling.some, [*_JSON, *_SHOWN, *_LIVE]),
    "feed": Way(sound.logs, spoiling.lines, reader=_feed),
    "log": Way(sound.logs, spoiling.lines, _OF_LOGS),
    "typed": Way(sound.entries, spoiling.table, reader=_type),
    "csv": Way(sound.tables, spoiling.table, reader=csvread.read_csv),
    "table": Way(sound.tables, spoiling.table, _TABLES),
    "xlsx": Way(sound.workbooks, spoiling.workbook, reader=xlsxread.read_xlsx),
    "workbook": Way(sound.workbooks, spoiling.workbook, _TABLES),
    "zip": Way(sound.workbooks, spoiling.octets, reader=xlsxread.read_xlsx),
    "pdf": Way(sound.pdfs, spoiling.pdf, reader=pdfread.read_pdf),
    "printed": Way(sound.pdfs, spoiling.pdf, _TABLES),
    "answer": Way(sound.answers, spoiling.in_answer, reader=_compare),
    "again": Way(sound.written, spoiling.some, reader=_again),
    "written": Way(sound.written, spoiling.some, [*_JSON, *_SHOWN]),
    "picture": Way(sound.objects, spoiling.some, _PICTURES),
}
#: What a run takes turns with unless told otherwise: a picture takes as long as a hundred of the others.
USUAL = tuple(name for name in WAYS if name != "picture")
#: What needs no simulation to have something to spoil.
QUICK = tuple(name for name in USUAL if name not in ("again", "written"))


@frozen
class Fault:
    """What no input may make of a command."""

    command: str
    input: bytes
    what: str


class TooLong(BaseException):
    """There was no answer in time. Not an Exception, for the commands report those."""


def _give_up(_number: int, _frame: FrameType | None) -> None:
    raise TooLong(f"no answer within {TOO_LONG} seconds")


def check(way: Way, command: Sequence[str], text: bytes) -> tuple[object, str | None]:
    """How an input ends, and what is wrong with that, if anything."""
    try:
        with _in_time():
            return _check_command(command, text) if way.reader is None else _check_reader(way.reader, text)
    except (TooLong, Exception) as error:  # noqa: BLE001  # whatever it is, it is a fault
        return None, f"{type(error).__name__}: {str(error)[:300]}"


@contextmanager
def _in_time() -> Iterator[None]:
    """Raise TooLong in what takes too long; Windows has no such alarm, and waits."""
    if not hasattr(signal, "SIGALRM"):
        yield
        return
    before = signal.signal(signal.SIGALRM, _give_up)
    signal.alarm(TOO_LONG)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def _check_reader(reader: Callable[[bytes], object], text: bytes) -> tuple[object, None]:
    try:
        reader(text)
    except MassStartError:
        return 2, None
    return 0, None


def _check_command(command: Sequence[str], text: bytes) -> tuple[object, str | None]:
    name = next((word for word in command if word.startswith("OUT.")), None)
    if name is None:
        ended = answer(command, text)
        return ended.status, wrong(command, ended)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / name
        place.write_bytes(b"old")
        ended = answer([str(place) if word == name else word for word in command], text)
        left = {path.name: path.read_bytes() for path in Path(folder).iterdir()}
    if [*left] != [name] or (left[name] == b"old") != (ended.status == 2):
        return ended.status, f"status {ended.status} with {left!r} in the folder"
    return ended.status, wrong(command, ended)


#: What a terminal obeys: controls, and turns of the direction.
_OBEYED = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_MESSAGE = re.compile(r"(-|[\w.-]+|warning|massstart)(, [\w.-]+)*: .|Usage: |Try |Error: |$")


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def wrong(command: Sequence[str], ended: Ended) -> str | None:
    """What is wrong with an answer, if anything."""
    may_find = command[0] == "verify"
    if "Traceback" in ended.error:
        return ended.error[-300:]
    if ended.status not in ((0, 1, 2) if may_find else (0, 2)):
        return f"exit status {ended.status}"
    if found := _OBEYED.search(ended.error):
        return f"{found[0]!r} in a message: {ended.error[:300]!r}"
    if strange := [line for line in ended.error.splitlines() if not _MESSAGE.match(line)]:
        return f"messages that say not what they are of: {strange[:3]!r}"
    if ended.status == 2 and command[0] != "live":
        return f"refused, with {ended.out[:80]!r} on standard output" if ended.out or not ended.error else None
    if "--json" in command or _WRITES & set(command):
        try:
            for line in [ended.out] if "--race" in command else ended.out.splitlines():
                json.loads(line, parse_constant=_no_number)
                loads(line)
        except (ValueError, MassStartError) as error:
            return f"cannot be read again: {str(error)[:200]}"
        return None
    shown = ended.out.decode()
    if "text" in command or "--as" not in command:
        found = _OBEYED.search(shown)
        return f"{found[0]!r} in {shown[max(0, found.start() - 40) : found.end() + 40]!r}" if found else None
    return None


def turns(random: Random, names: Sequence[str]) -> Iterator[tuple[str, Sequence[str], bytes]]:
    """Inputs without end: by which way, to which command, and what."""
    while True:
        name = random.choice(names)
        way = WAYS[name]
        # The small ones take less time, and hold as much that can be spoiled.
        file = min(random.choices(way.files(), k=random.choice([1, 3])), key=lambda one: len(str(one)))
        text = way.spoil(file, random)
        if random.random() < 0.05 and name != "answer":
            text = spoiling.octets(text, random)
        command = [*random.choice(way.commands)] if way.commands else []
        if isinstance(file, dict) and command and random.random() < 0.8:
            fitting = _FITTING.get(file["kind"], ("show",))
            command = [*random.choice([one for one in way.commands if one[0] in fitting] or way.commands)]
        if (
            command
            and random.random() < 0.5
            and not {"--as", "--out", "--snapshots"} & set(command)
            and command[0] != "show"
        ):
            command.append("--json")
        yield name, command, text


def run(
    seed: int, *, seconds: float | None = None, number: int | None = None, names: Sequence[str] = USUAL
) -> tuple[Counter[str], list[Fault]]:
    """Check inputs for some time, or so many: how often each ended how, and every fault."""
    ended: Counter[str] = Counter()
    faults: list[Fault] = []
    until = None if seconds is None else time.monotonic() + seconds
    for count, (name, command, text) in enumerate(turns(Random(seed), names)):
        if count == number or (until is not None and time.monotonic() > until):
            break
        status, what = check(WAYS[name], command, text)
        ended[f"{name}{':' if command else ''} {' '.join(command[:1])} {status}"] += 1
        if what is not None:
            faults.append(Fault(f"{name}: {' '.join(command)}", text, what))
    return ended, faults


def main() -> None:
    """Run for the time given and report."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", choices=WAYS, action="append", help="may be given again")
    given = parser.parse_args()
    for name in given.only or USUAL:
        WAYS[name].files()
    import resource  # Windows has none

    memory = int(Path("/proc/self/statm").read_text("ascii").split()[0]) * resource.getpagesize() + TOO_MUCH
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    ended, faults = run(given.seed, seconds=given.seconds, names=given.only or USUAL)
    for name, times in sorted(ended.items()):
        print(f"{name}: {times}")
    for fault in faults:
        print(f"{fault.command}: {fault.what}\n  {fault.input[:2000]!r}")
    print(f"{ended.total()} inputs, {len(faults)} faults")
    raise SystemExit(bool(faults))


if __name__ == "__main__":
    main()
