"""Whether an engine agrees with the conformance vectors: this one, or any program that answers in JSON.

Decides where the vectors are found, what of an answer is compared, and how a program is asked. What the cases
say stands in the vectors themselves, one JSON file a case; ``docs/vectors.md`` describes them.
"""

import json
import os
import subprocess
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Literal, cast, get_args

from attrs import frozen

from massstart.advancement import advance
from massstart.competition.quota import quota
from massstart.competition.season import standings
from massstart.files import jsonread
from massstart.files.jsonwrite import to_object
from massstart.files.loading import underway_loads
from massstart.files.standingsread import standings_from
from massstart.live.log import RaceLog
from massstart.live.outlook import outlook
from massstart.problems import InvalidRecord, Problem, UnknownName
from massstart.race import Race
from massstart.ranking import rank
from massstart.result import Result
from massstart.sheet import Sheet
from massstart.verification import verify

Does = Literal["rank", "verify", "advance", "refuse", "outlook", "replay", "standings", "quota"]
#: What a case can ask for.
DOES: tuple[Does, ...] = get_args(Does)
#: Seconds that a program has for one case, unless told otherwise.
TIMEOUT = 10.0

_PACKAGE = Path(__file__).parent
#: Where the vectors lie: within an installed package, or beside the package in the repository.
FOLDERS = (_PACKAGE / "vectors", _PACKAGE.parent / "tests" / "conformance")

_RESULT: dict[str, tuple[str, ...]] = {
    "rows": ("id", "rank", "status", "laps", "sprints", "total", "finish", "qualified")
}
#: What is compared, by what a case asks for: the parts of the answer, and the keys of the objects in them.
#: The key that tells the objects of a part apart comes first; without one, all objects are compared as a set.
_COMPARED: dict[Does, dict[str, tuple[str, ...]]] = {
    "rank": _RESULT,
    "verify": {"findings": ("kind", "row")},
    "advance": {"rows": ("id", "start", "rank", "qualified")},
    "refuse": {"problems": ("kind", "where")},
    "outlook": {"rows": ("id", "points", "best", "worst", "status", "through_if", "possible_if")},
    "replay": _RESULT,
    "standings": {"rows": ("name", "rank", "points", "total")},
    "quota": {"rows": ("place", "name", "nation", "number", "points")},
}
#: The keys that tell the objects of a part apart.
_OWN = ("id", "name", "place")
#: What is compared besides, where a case expects it.
_ALONE = ("consistent", "advance", "sprints_left")
_KINDS: dict[Does, str] = {
    "rank": "result",
    "verify": "verification",
    "advance": "start-list",
    "refuse": "refusal",
    "outlook": "outlook",
    "replay": "result",
    "standings": "standings",
    "quota": "quota",
}

Answer = Callable[["Case"], Any]


@frozen
class Case:
    """One conformance vector.

    Attributes:
        id: its name, which no other case has.
        does: what is asked, one of `DOES`.
        given: the case as an object, without what is expected: what a program is asked.
        expected: what every conformant engine answers.
    """

    id: str
    does: Does
    given: dict[str, Any]
    expected: dict[str, Any]

    @property
    def input(self) -> Any:
        """What stands under ``input``: an object, or a list of them."""
        return self.given["input"]


@frozen
class Outcome:
    """What came of one case.

    Attributes:
        case: the case.
        difference: the first difference between the answer and what is expected; ``None`` if there is none.
    """

    case: Case
    difference: str | None

    @property
    def passed(self) -> bool:
        """Whether the answer is the expected one."""
        return self.difference is None


class NoAnswer(Exception):
    """A program that gave no answer to a case; the message says how."""


def cases(folders: Sequence[Path] = FOLDERS) -> tuple[Case, ...]:
    """The conformance vectors, ordered by id.

    Args:
        folders: where to look; the first that exists counts.

    Raises:
        UnknownName: none of the folders holds a vector.
        InvalidRecord: a file there is no case.

    Example:
        >>> from massstart.conformance import cases
        >>> sorted({case.does for case in cases()})
        ['advance', 'outlook', 'quota', 'rank', 'refuse', 'replay', 'standings', 'verify']
    """
    folder = next((folder for folder in folders if folder.is_dir()), None)
    paths = [] if folder is None else sorted(folder.glob("*/*/*.json"))
    if not paths:
        raise UnknownName(f"there are no conformance vectors; looked in {', '.join(map(str, folders))}")
    return tuple(sorted(map(_read, paths), key=lambda case: case.id))


def _read(path: Path) -> Case:
    given = jsonread.parse(path.read_bytes())
    try:
        expected, id, does = given.pop("expected"), given["id"], given["does"]
        given["input"]
    except KeyError as error:
        raise InvalidRecord([Problem("missing-key", f"{path}: {error.args[0]}", "is missing", "add it")]) from None
    if does not in DOES:
        raise InvalidRecord([Problem("kind", f"{path}: does", f"{does!r} is no task", f"write {', '.join(DOES)}")])
    return Case(id, does, given, expected)


def answer(case: Case) -> dict[str, Any]:
    """What this library answers, or a refusal with its problems.

    Example:
        >>> from massstart.conformance import answer, cases
        >>> case = next(case for case in cases() if case.does == "refuse")
        >>> list(answer(case))
        ['kind', 'version', 'problems']
    """
    try:
        return to_object(_do(case))
    except InvalidRecord as error:
        problems = [{"kind": one.kind, "where": one.where, "message": one.message} for one in error.problems]
        return {"kind": "refusal", "version": 1, "problems": problems}


def _do(case: Case) -> Any:
    match case.does:
        case "outlook":
            return outlook(underway_loads(json.dumps(case.input)))
        case "replay":
            return rank(RaceLog.from_lines("\n".join(map(json.dumps, case.input))).race())
        case "standings":
            return standings(map(_sheet, case.input))
        case "quota":
            given = dict(case.input)
            return quota(standings_from(json.dumps(given.pop("standings"))), **given)
    if isinstance(case.input, list):
        return advance(*(_semifinal(one) for one in case.input))
    record = jsonread.loads(json.dumps(case.input))
    return verify(record) if case.does == "verify" and isinstance(record, Sheet) else rank(record)


def _sheet(given: Any) -> Sheet:
    # That a race is no sheet, `standings` says as a problem.
    return cast(Sheet, jsonread.loads(json.dumps(given)))


def _semifinal(given: Any) -> Result | Sheet:
    record = jsonread.loads(json.dumps(given))
    return rank(record) if isinstance(record, Race) else record


def difference(case: Case, answer: Any) -> str | None:
    """The first difference between an answer and what a case expects, in words; ``None`` if there is none.

    The order of rows, findings and problems does not count, nor do keys that are not compared.

    Example:
        >>> from massstart.conformance import answer, cases, difference
        >>> case = next(case for case in cases() if case.does == "rank" and case.expected["rows"])
        >>> difference(case, answer(case))
        >>> difference(case, {"kind": "refusal", "problems": []})
        "kind is 'refusal', expected 'result'"
    """
    if not isinstance(answer, dict):
        return "the answer is no object"
    kind = _KINDS[case.does]
    if answer.get("kind") != kind:
        return f"kind is {answer.get('kind')!r}, expected {kind!r}"
    return next(_differences(case, answer), None)


def _differences(case: Case, answer: dict[str, Any]) -> Iterator[str]:
    for key in (key for key in _ALONE if key in case.expected):
        if not _same(answer.get(key), case.expected[key]):
            yield f"{key} is {_show(answer.get(key))}, expected {_show(case.expected[key])}"
    for part, keys in _COMPARED[case.does].items():
        found = answer.get(part)
        if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
            yield f"{part} is no list of objects"
        elif keys[0] in _OWN:
            yield from _rows(part, keys, found, case.expected[part])
        else:
            yield from _sets(part, keys, found, case.expected[part])
    if "reserves" in case.expected:
        reserves = answer.get("reserves")
        found = reserves if isinstance(reserves, list) else [reserves]
        ids = [one.get("id") if isinstance(one, dict) else one for one in found]
        if ids != case.expected["reserves"]:
            yield f"the reserves are {_show(ids)}, expected {_show(case.expected['reserves'])}"


def _rows(
    part: str, keys: Sequence[str], found: list[dict[str, Any]], expected: Iterable[dict[str, Any]]
) -> Iterator[str]:
    """The differences row by row; a row is known by its first key."""
    own_key = keys[0]
    left = list(found)
    for due in expected:
        own = [row for row in left if _same(row.get(own_key), due[own_key])]
        if not own:
            yield f"{part}: there is no row for {due[own_key]!r}"
        for row in own[:1]:
            left.remove(row)
            for key in (key for key in keys[1:] if key in due):
                if not _same(row.get(key), due[key]):
                    yield f"{part}: {key} of {due[own_key]!r} is {_show(row.get(key))}, expected {_show(due[key])}"
    for row in left:
        yield f"{part}: the row for {row.get(own_key)!r} is one too many"


def _sets(
    part: str, keys: Sequence[str], found: list[dict[str, Any]], expected: Iterable[dict[str, Any]]
) -> Iterator[str]:
    left = [{key: one.get(key) for key in keys} for one in found]
    for due in expected:
        own = [one for one in left if _same(one, due)]
        if own:
            left.remove(own[0])
        else:
            yield f"{part}: {_show(due)} is missing"
    for one in left:
        yield f"{part}: {_show(one)} is one too many"


def _show(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _same(one: Any, other: Any) -> bool:
    """Whether two JSON values are equal; true is not 1 here, though it is for Python."""
    return bool(one == other) and _show(one) == _show(other)


def program(command: Sequence[str], timeout: float = TIMEOUT) -> Answer:
    """A program as something that answers cases, one process for each.

    The case without ``expected`` goes to standard input as one line of JSON. ``MASSTART_DOES`` in the environment
    says what is asked, ``MASSTART_CASE`` which case it is. The answer is one JSON object on standard output.

    Args:
        command: the program and its arguments.
        timeout: how many seconds it has for one case.
    """

    def ask(case: Case) -> Any:
        try:
            # The command is the user's own.
            done = subprocess.run(  # noqa: S603
                command,
                input=json.dumps(case.given).encode() + b"\n",
                capture_output=True,
                check=False,
                timeout=timeout,
                env={**os.environ, "MASSTART_DOES": case.does, "MASSTART_CASE": case.id},
            )
        except subprocess.TimeoutExpired:
            raise NoAnswer(f"no answer within {timeout:g} seconds") from None
        except OSError as error:
            raise UnknownName(f"{command[0]!r} cannot be run: {error.strerror}") from None
        if done.returncode:
            last = done.stderr.decode(errors="replace").strip().splitlines()[-1:]
            raise NoAnswer(": ".join([f"exit status {done.returncode}", *last]))
        try:
            return jsonread.parse(done.stdout)
        except InvalidRecord as error:
            raise NoAnswer(f"the answer cannot be read: {error.problems[0].message}") from None

    return ask


def check(cases: Iterable[Case], ask: Answer = answer, *, workers: int = 1) -> Iterator[Outcome]:
    """Ask every case and compare, in the order of the cases.

    Args:
        cases: the cases.
        ask: what answers them: this library, or what `program` makes of a command.
        workers: how many to ask at a time.

    Raises:
        UnknownName: the program cannot be run at all.

    Example:
        >>> from massstart.conformance import cases, check
        >>> all(outcome.passed for outcome in check(cases()))
        True
    """

    def one(case: Case) -> Outcome:
        try:
            return Outcome(case, difference(case, ask(case)))
        except NoAnswer as error:
            return Outcome(case, str(error))

    with ThreadPoolExecutor(workers) as pool:
        yield from pool.map(one, cases)
