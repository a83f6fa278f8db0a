"""Which kinds of files there are: by the word that a file says it is, and by the class of the value that it holds.

Decides how an object of JSON finds the kind that reads it, and a value the kind that writes it. What a file of each
kind looks like stands in a module of its own, which is imported when the first such file or value is met: whoever
ranks a race waits for neither cattrs nor the modules of seasons and events.
"""

import json
from collections import defaultdict
from collections.abc import Callable
from importlib import import_module
from typing import Any, get_args

from attrs import frozen

from massstart.files.jsontext import shorten
from massstart.problems import InvalidRecord, Problem


@frozen(kw_only=True)
class Kind:
    """A kind of file.

    Attributes:
        word: what a file of this kind says under ``kind``.
        value: the class of the values that it holds.
        file: the class that describes it, from which it is read, written, and its JSON Schema derived.
        read: makes the value of what stands in the file.
        write: makes what stands in the file of the value.
        fits: whether an object is of this kind and no other of the same word.
        holds: whether a value is written as this kind and no other of the same class.
        text: writes a file that is not a single object.
    """

    word: str
    value: type
    file: type
    read: Callable[[Any], Any]
    write: Callable[[Any], Any]
    fits: Callable[[dict[str, Any]], bool] = lambda _: True
    holds: Callable[[Any], bool] = lambda _: True
    text: Callable[[Any], str] | None = None


#: Which module of this folder describes what: by word, and by the class of the value.
_MODULES = {
    "race": "races",
    "sheet": "sheets",
    "result": "results",
    "provisional": "results",
    "changes": "changes",
    "start-list": "startlists",
    "verification": "verifications",
    "rulebook": "rulebooks",
    "outlook": "outlooks",
    "snapshot": "snapshots",
    "event": "events",
    "event-report": "events",
    "standings": "seasons",
    "quota": "seasons",
    "chances": "chances",
    "comparison": "chances",
    "course": "chances",
    "calibration": "chances",
    "strengths": "chances",
}
_CLASSES = {
    "massstart.race.Race": "races",
    "massstart.race.Underway": "races",
    "massstart.sheet.Sheet": "sheets",
    "massstart.result.Result": "results",
    "massstart.live.changes.Changes": "changes",
    "massstart.advancement.StartList": "startlists",
    "massstart.verification.findings.Verification": "verifications",
    "massstart.rulebook.Rulebook": "rulebooks",
    "massstart.live.outlook.Outlook": "outlooks",
    "massstart.live.snapshot.Snapshot": "snapshots",
    "massstart.live.log.RaceLog": "logs",
    "massstart.event.event.Event": "events",
    "massstart.season.ranking.Standings": "seasons",
    "massstart.season.quota.Quota": "seasons",
    "massstart.chances.chances.Chances": "chances",
    "massstart.chances.comparison.Comparison": "chances",
    "massstart.chances.course.Course": "chances",
    "massstart.chances.calibration.Calibration": "chances",
    "massstart.chances.strengths.Strengths": "chances",
}
#: The words of this package's own kinds.
OWN = tuple(_MODULES)
_BY_WORD: dict[str, list[Kind]] = defaultdict(list)
_BY_CLASS: dict[type, list[Kind]] = defaultdict(list)


def register(kind: Kind) -> None:
    """Add a kind of file: from now on such files can be loaded, and such values written.

    Of several kinds with one word, or for one class of values, the first that fits is taken.
    """
    _BY_WORD[kind.word].append(kind)
    _BY_CLASS[kind.value].append(kind)


def words() -> tuple[str, ...]:
    """Every word that a file can say under ``kind``."""
    return tuple(dict.fromkeys((*OWN, *_BY_WORD)))


def kinds(word: object) -> tuple[Kind, ...]:
    """The kinds of files with a word; none for anything else."""
    if not isinstance(word, str):
        return ()
    if word in _MODULES:
        import_module(f"massstart.files.{_MODULES[word]}")
    return tuple(_BY_WORD.get(word, ()))


def _describe(value: type) -> None:
    """Import the module that describes the files of a class of values, if it is one of this package."""
    module = _CLASSES.get(f"{value.__module__}.{value.__qualname__}")
    if module is not None:
        import_module(f"massstart.files.{module}")


def kinds_of(value: type) -> tuple[Kind, ...]:
    """The kinds of files that hold values of a class, not of those above it."""
    _describe(value)
    return tuple(_BY_CLASS.get(value, ()))


def kind_of(value: object, word: str | None = None) -> Kind:
    """The kind of file that a value is written as.

    Args:
        value: the value.
        word: which, where a value can be written as more than one.

    Raises:
        TypeError: a value that has no kind of file.
    """
    for base in type(value).__mro__:
        for kind in kinds_of(base):
            if kind.word == word or (word is None and kind.holds(value)):
                return kind
    raise TypeError(f"{type(value).__name__} has no JSON format")


def to_object(value: object, word: str | None = None) -> dict[str, Any]:
    """A value as an object of JSON; see `kind_of`.

    Raises:
        InvalidRecord: two ids that are written the same.
        TypeError: a value that has no kind of file, or several objects; ids that are neither text nor whole numbers.
    """
    kind = kind_of(value, word)
    if kind.text is not None:
        raise TypeError(f"{type(value).__name__} is written as several objects, by dumps")
    # cattrs is imported when the first file is met.
    from massstart.files.objects import unstructure

    return {"kind": kind.word, "version": 1} | unstructure(kind.write(value))


def dumps(value: object, word: str | None = None) -> str:
    """Write a value as JSON, on one line; a race log as one line for the race and one for each event.

    Args:
        value: a race, a race under way, sheet, result, changes, verification, start list, rulebook, outlook, snapshot, standings,
            quota, event or race log, or a value of a kind that was registered.
        word: the kind of file, where a value can be written as more than one: an event as an ``event-report``.

    Returns:
        The text; the same value gives the same text. `massstart.loads` reads it.

    Raises:
        InvalidRecord: two ids that are written the same, or text that is no Unicode.
        TypeError: a value that has no JSON format, or ids that are neither text nor whole numbers.

    Example:
        >>> from massstart import Race, dumps, rank
        >>> dumps(rank(Race(rulebook="isu-2018", starters=["4"], finish=["4"])))[:31]
        '{"kind": "result", "version": 1'
    """
    kind = kind_of(value, word)
    text = kind.text(value) if kind.text else json.dumps(to_object(value, word), ensure_ascii=False)
    try:
        text.encode()
    except UnicodeEncodeError as error:
        wrong = f"half a character, {error.object[error.start]!r}, cannot be written"
        raise InvalidRecord([Problem("type", "", wrong, "correct the text")]) from None
    return text


def from_object(given: dict[str, Any], wanted: tuple[type, ...] = ()) -> Any:
    """The value of an object of JSON.

    Args:
        given: the object.
        wanted: the classes of values that are expected; any unless given.

    Raises:
        InvalidRecord: with every problem of the object; or it holds something else.
    """
    from massstart.files.objects import in_order, structure

    word = given.get("kind")
    for value in wanted:
        _describe(value)
    of_word = kinds(word)
    if not of_word:
        wrong = "is missing" if word is None else f"{shorten(word)} is not a kind of file"
        raise InvalidRecord([Problem("kind", "kind", wrong, f"write {' or '.join(words())}")])
    fitting = [kind for kind in of_word if not wanted or issubclass(kind.value, wanted)]
    if not fitting:
        raise InvalidRecord([unexpected(of_word[0].value, wanted)])
    kind = next((kind for kind in fitting if kind.fits(given)), fitting[0])
    problems = []
    if given.get("version") is None:
        problems.append(Problem("missing-key", "version", "is missing", "add it"))
    elif type(given["version"]) is not int or given["version"] != 1:
        problems.append(Problem("type", "version", f"{shorten(given['version'])} is not 1", "write 1"))
    try:
        file = structure({key: value for key, value in given.items() if key not in ("kind", "version")}, kind.file)
    except InvalidRecord as error:
        problems += error.problems
    if problems:
        raise InvalidRecord(in_order(problems))
    return kind.read(file)


def nest(*values: type) -> None:
    """Let files of some kinds stand within others, wherever one of these classes is a field of a file."""
    from massstart.files.objects import CONVERTER, members, wrong

    def read(given: Any, kind: Any) -> Any:
        if given is None and type(None) in get_args(kind):
            return None
        if not isinstance(given, dict):
            raise wrong(given, "an object")
        return from_object(given, values)

    CONVERTER.register_structure_hook_func(lambda kind: members(kind) == values, read)
    for value in values:
        CONVERTER.register_unstructure_hook(value, to_object)


def unexpected(value: type, wanted: tuple[type, ...]) -> Problem:
    """What is wrong where a file holds a value of another class than is expected."""
    names = " or ".join(_a(kind) for kind in wanted)
    return Problem("kind", "kind", f"this is {_a(value)}, not {names}", f"give {names}")


def _a(kind: type) -> str:
    return f"{'an' if kind.__name__[0] in 'AEIOU' else 'a'} {kind.__name__}"
