"""Throws spoiled files at the commands: each gives an answer or problems, never a traceback, a hang or a wrong status.

A run of any length, with a seed, so that what it finds can be run again:

    python tests/fuzz/fuzz_readers.py --seconds 600 --seed 1

It starts from the bundled results and the conformance cases, and spoils bytes, values, keys and structure.
"""

import argparse
import json
import signal
import time
from collections import Counter
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from random import Random
from types import FrameType
from typing import Any

from attrs import frozen
from click.testing import CliRunner

from massstart import archive
from massstart.commandline import advance, explain, rank, verify  # noqa: F401  # importing them adds them to the group
from massstart.commandline.group import massstart

#: Seconds within which a command must have answered; the slowest takes a tenth of it.
TOO_LONG = 20
COMMANDS = (["rank", "-"], ["verify", "-"], ["explain", "-", "1"], ["advance", "-"])
VALUES: tuple[Any, ...] = (
    None, True, 0, -1, 1, 10**30, 1.5, "", "1", "\u0000", "\ud800", "\u202e", "7:42.97", "DNF", "isu-2014", [], [[]], {}, {"": 0},
)  # fmt: skip


@frozen
class Fault:
    """A command that did what no input may make it do."""

    command: list[str]
    input: bytes
    what: str


def seeds() -> list[Any]:
    """Sound files to start from: the bundled results, and what the conformance cases are asked with."""
    found = [json.loads((files("massstart") / "data" / f"{id}.json").read_bytes()) for id in archive()]
    for path in sorted((Path(__file__).parents[1] / "conformance").glob("*/**/*.json")):
        case = json.loads(path.read_bytes())
        found += [part for part in _parts(case) if part.get("kind") in ("race", "sheet")]
    return found


def _parts(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from _parts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _parts(inner)


def spoiled(value: Any, random: Random) -> Any:
    """A copy of a JSON value with one thing changed somewhere."""
    if isinstance(value, dict) and value and random.random() < 0.9:
        key = random.choice(list(value))
        kind = random.random()
        if kind < 0.7:
            return value | {key: spoiled(value[key], random)}
        if kind < 0.8:
            return {name: inner for name, inner in value.items() if name != key}
        return value | {random.choice([key, key.upper(), "x", ""]): random.choice(VALUES)}
    if isinstance(value, list) and value and random.random() < 0.9:
        index = random.randrange(len(value))
        kind = random.random()
        if kind < 0.6:
            return [*value[:index], spoiled(value[index], random), *value[index + 1 :]]
        if kind < 0.7:
            return value[:index] + value[index + 1 :]
        if kind < 0.8:
            return [*value, value[index]]
        return random.sample(value, len(value)) if kind < 0.9 else [value, *value]
    return random.choice(VALUES)


def inputs(random: Random) -> Iterator[bytes]:
    """Spoiled files without end: some as JSON, some as bytes."""
    sound = seeds()
    while True:
        value = random.choice(sound)
        for _ in range(random.choice([0, 0, 1, 1, 1, 2, 5])):
            value = spoiled(value, random)
        text = bytearray(json.dumps(value, ensure_ascii=random.random() < 0.5).encode("utf-8", "surrogatepass"))
        for _ in range(random.choice([0, 0, 0, 1, 4]) if text else 0):
            index = random.randrange(len(text) + 1)
            text[index : index + random.randrange(3)] = random.randbytes(random.randrange(3))
        yield bytes(text[: random.randrange(len(text) + 1)] if random.random() < 0.05 else text)


def _give_up(_number: int, _frame: FrameType | None) -> None:
    raise TimeoutError(f"no answer within {TOO_LONG} seconds")


def check(command: list[str], text: bytes) -> tuple[int, str | None]:
    """The exit status of a command with an input, and what is wrong about its behaviour, if anything."""
    before = signal.signal(signal.SIGALRM, _give_up)
    signal.alarm(TOO_LONG)
    try:
        outcome = CliRunner().invoke(massstart, [*command, "--json"], input=text)
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
    error = outcome.exception
    if error is not None and not isinstance(error, SystemExit):
        return outcome.exit_code, f"{type(error).__name__}: {error}"
    if outcome.exit_code not in (0, 1, 2) or (outcome.exit_code == 1 and command[0] != "verify"):
        return outcome.exit_code, f"exit status {outcome.exit_code}"
    if outcome.exit_code == 2:
        if outcome.stdout or not outcome.stderr.startswith("-: "):
            return 2, f"refused with {outcome.stdout!r} on standard output, {outcome.stderr[:80]!r} on standard error"
    else:
        try:
            json.loads(outcome.stdout)
        except ValueError as wrong:
            return outcome.exit_code, f"no JSON: {wrong}"
    return outcome.exit_code, None


def run(seed: int, *, seconds: float | None = None, number: int | None = None) -> tuple[Counter[str], list[Fault]]:
    """Check inputs for some time, or so many: how often each command ended how, and every fault."""
    random = Random(seed)
    ended: Counter[str] = Counter()
    faults: list[Fault] = []
    until = None if seconds is None else time.monotonic() + seconds
    for count, text in enumerate(inputs(random)):
        if count == number or (until is not None and time.monotonic() > until):
            break
        command = random.choice(COMMANDS)
        status, what = check(command, text)
        ended[f"{command[0]} {status}"] += 1
        if what is not None:
            faults.append(Fault(command, text, what))
    return ended, faults


def main() -> None:
    """Run for the time given and report."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    ended, faults = run(given.seed, seconds=given.seconds)
    for name, times in sorted(ended.items()):
        print(f"{name}: {times}")
    for fault in faults:
        print(f"{' '.join(fault.command)}: {fault.what}\n  {fault.input!r}")
    print(f"{ended.total()} inputs, {len(faults)} faults")
    raise SystemExit(bool(faults))


if __name__ == "__main__":
    main()
