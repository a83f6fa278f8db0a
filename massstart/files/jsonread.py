"""Races and sheets from JSON, strictly.

Decides what a file may look like: the classes here are the formats, key by key. What a race or sheet may
*say* is decided where those are. An unknown key, a wrong type or a repeated key is a problem with its place.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Literal, get_args, get_origin, get_type_hints, is_typeddict

import attrs
from attrs import frozen
from cattrs import Converter
from cattrs.cols import is_mapping, is_sequence, list_structure_factory, mapping_structure_factory
from cattrs.errors import (
    AttributeValidationNote,
    ClassValidationError,
    ForbiddenExtraKeysError,
    IterableValidationError,
    IterableValidationNote,
)
from cattrs.gen import make_dict_structure_fn
from cattrs.gen.typeddicts import make_dict_structure_fn as typed_dict_structure_fn

from massstart.live.underway import Underway
from massstart.problems import InvalidRecord, Problem
from massstart.race import Race
from massstart.records import Advanced, Disqualified, Starter, Unfinished, to_time
from massstart.rulebook import Rulebook, Scale
from massstart.sheet import Sheet, SheetRow

Placed = str | list[str]


@frozen(kw_only=True)
class StarterFile:
    """A starter of a race file."""

    id: str
    name: str | None = None
    nation: str | None = None


@frozen(kw_only=True)
class RulebookFile:
    """A rulebook defined in place."""

    id: str
    laps: int
    sprint_laps: list[int]
    intermediate: list[int]
    final: list[int]
    forfeits: bool
    advance: int | None = None
    max_starters: int | None = None
    sprint_dead_heat: str | None = None
    disqualified_in_sprint: str | None = None
    disqualified_at_finish: str | None = None


@frozen(kw_only=True)
class UnfinishedFile:
    """An unfinished skater of a race file."""

    laps: int
    time: str | None = None


@frozen(kw_only=True)
class DisqualifiedFile:
    """A disqualified skater of a race file."""

    clause: str | None = None
    reason: str | None = None


@frozen(kw_only=True)
class AdvancedFile:
    """A skater of a race file who was added by decision."""

    reason: str | None = None


@frozen(kw_only=True)
class RaceFactsFile:
    """A race file, but for its finish."""

    kind: Literal["race"]
    version: Literal[1]
    rulebook: str | RulebookFile
    starters: list[StarterFile]
    id: str | None = None
    competition: str | None = None
    date: str | None = None
    event: str | None = None
    round: str | None = None
    sources: list[str] | None = None
    laps: int | None = None
    sprint_laps: list[int] | None = None
    sprints: dict[str, list[Placed]] | None = None
    times: dict[str, str] | None = None
    lapped: list[str] | None = None
    unfinished: dict[str, UnfinishedFile] | None = None
    disqualified: dict[str, DisqualifiedFile] | None = None
    did_not_start: list[str] | None = None
    advance: int | None = None
    advanced: dict[str, AdvancedFile] | None = None


@frozen(kw_only=True)
class RaceFile(RaceFactsFile):
    """A race file."""

    finish: list[Placed]


@frozen(kw_only=True)
class UnderwayFile(RaceFactsFile):
    """A race file of a race under way: the finish is absent or empty."""

    finish: list[Placed] | None = None


@frozen(kw_only=True)
class SheetRowFile:
    """A row of a sheet file."""

    rank: int | None = None
    bib: str | None = None
    name: str | None = None
    nation: str | None = None
    laps: int | None = None
    sprints: list[int] | None = None
    total: int | None = None
    time: str | None = None
    status: str | None = None
    qualified: str | None = None
    world_cup_points: int | None = None
    world_cup_replaced: bool | None = None


@frozen(kw_only=True)
class SheetFile:
    """A sheet file."""

    kind: Literal["sheet"]
    version: Literal[1]
    id: str
    rulebook: str | RulebookFile
    rows: list[SheetRowFile]
    competition: str | None = None
    date: str | None = None
    event: str | None = None
    round: str | None = None
    laps: int | None = None
    advance: int | None = None
    complete: bool | None = None
    sources: list[str] | None = None
    starters: int | None = None


class _Wrong(ValueError):
    """A value of the wrong type."""

    def __init__(self, value: object, wanted: str) -> None:
        super().__init__(f"{_shorten(value)} is not {wanted}", f"write {wanted}")


def _shorten(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."


def _strict(kind: type, wanted: str) -> Callable[[Any, Any], Any]:
    def structure(value: Any, _: Any) -> Any:
        if type(value) is not kind:
            raise _Wrong(value, wanted)
        return value

    return structure


def _text(value: Any, _: Any) -> str:
    if not isinstance(value, str) or any("\ud800" <= character <= "\udfff" for character in value):
        raise _Wrong(value, "text")
    return value


def _is_literal(kind: Any) -> bool:
    return get_origin(kind) is Literal


def _literal(value: Any, kind: Any) -> Any:
    choice = get_args(kind)
    if not any(type(value) is type(wanted) and value == wanted for wanted in choice):
        raise _Wrong(value, " or ".join(map(repr, choice)))
    return value


def _placed(value: Any, _: Any) -> Placed:
    if isinstance(value, list):
        return _CONVERTER.structure(value, list[str])
    return _text(value, str)


def _rulebook(value: Any, _: Any) -> str | RulebookFile:
    return _CONVERTER.structure(value, RulebookFile) if isinstance(value, dict) else _text(value, str)


def _guarded(kind: type, wanted: str, factory: Callable[..., Any]) -> Callable[[Any, Converter], Any]:
    """A hook factory whose hooks refuse what is not of a JSON type before cattrs takes it apart."""

    def make(target: Any, converter: Converter) -> Any:
        inner = factory(target, converter)

        def structure(value: Any, to: Any) -> Any:
            if type(value) is not kind:
                raise _Wrong(value, wanted)
            return inner(value, to)

        return structure

    return make


def _converter() -> Converter:
    converter = Converter(forbid_extra_keys=True)
    converter.register_structure_hook(str, _text)
    converter.register_structure_hook(int, _strict(int, "a whole number"))
    converter.register_structure_hook(bool, _strict(bool, "true or false"))
    converter.register_structure_hook_factory(is_sequence, _guarded(list, "a list", list_structure_factory))
    converter.register_structure_hook_factory(is_mapping, _guarded(dict, "an object", mapping_structure_factory))
    converter.register_structure_hook_factory(attrs.has, _guarded(dict, "an object", make_dict_structure_fn))
    converter.register_structure_hook_factory(is_typeddict, _guarded(dict, "an object", typed_dict_structure_fn))
    converter.register_structure_hook_func(_is_literal, _literal)
    converter.register_structure_hook_func(lambda kind: kind == Placed, _placed)
    converter.register_structure_hook_func(lambda kind: kind == str | RulebookFile, _rulebook)
    return converter


_CONVERTER = _converter()


def _problems(error: BaseException, where: str = "") -> Iterator[Problem]:
    """The problems within an error of cattrs, each with its place."""
    if isinstance(error, ClassValidationError | IterableValidationError):
        noted, bare = error.group_exceptions()
        for inner, note in noted:
            yield from _problems(inner, where + _step(note))
        for inner in bare:
            yield from _problems(inner, where)
    elif isinstance(error, ForbiddenExtraKeysError):
        for key in sorted(error.extra_fields):
            known = ", ".join(get_type_hints(error.cl))
            yield Problem(
                "unknown-key",
                f"{where}.{key}",
                f"{key!r} is no key here",
                f"correct it, or remove it; there are {known}",
            )
    elif isinstance(error, KeyError):
        yield Problem("missing-key", where, "is missing", "add it")
    else:
        assert isinstance(error, _Wrong)  # the hooks raise nothing else
        yield Problem("type", where, *error.args)


def _step(note: AttributeValidationNote | IterableValidationNote) -> str:
    if isinstance(note, AttributeValidationNote):
        return f".{note.name}"
    return f"[{note.index}]" if isinstance(note.index, int) else f".{note.index}"


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object, refusing a key that stands there twice: the first of the two would be lost in silence."""
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        repeated = sorted({key for key in keys if keys.count(key) > 1})
        raise InvalidRecord(
            [Problem("repeated-key", key, "stands twice in one object", "keep one of them") for key in repeated]
        )
    return found


def _no_number(text: str) -> Any:
    raise ValueError(f"{text} is no JSON number")


def parse(text: str | bytes) -> dict[str, Any]:
    """JSON text as an object.

    Raises:
        InvalidRecord: no JSON, no object, or a key that stands twice in an object.
    """
    try:
        if isinstance(text, bytes):
            text = text.decode("utf-8-sig")
        found = json.loads(text, object_pairs_hook=_unique, parse_constant=_no_number)
    except UnicodeDecodeError as error:
        raise InvalidRecord(
            [Problem("json", "", f"not UTF-8 text ({error.reason})", "save the file as UTF-8")]
        ) from None
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise InvalidRecord([Problem("json", place, f"no JSON: {error.msg}", "correct the file")]) from None
    except InvalidRecord:
        raise
    except (ValueError, RecursionError) as error:
        raise InvalidRecord([Problem("json", "", f"no usable JSON: {error}", "correct the file")]) from None
    if not isinstance(found, dict):
        raise InvalidRecord([Problem("json", "", "the file holds no object", "write {...}")])
    return found


def structure(found: dict[str, Any], kind: type) -> Any:
    """An object as a value of a class of this module, or of one that reads further formats.

    Raises:
        InvalidRecord: with every problem of the object.
    """
    try:
        return _CONVERTER.structure(found, kind)
    except (ClassValidationError, _Wrong) as error:
        raise InvalidRecord(_tidy(_problems(error))) from None


def _tidy(problems: Iterable[Problem]) -> list[Problem]:
    return sorted(
        (attrs.evolve(problem, where=problem.where.removeprefix(".")) for problem in problems),
        key=lambda one: (one.where, one.kind),
    )


def loads(text: str | bytes) -> Race | Sheet:
    """A race or a sheet from JSON text; `massstart.loads` is the way in."""
    return record_from(parse(text))


def record_from(found: dict[str, Any]) -> Race | Sheet:
    """A race or a sheet from an object of its format."""
    kind = found.get("kind")
    if kind == "race":
        return race_from(found)
    if kind == "sheet":
        return sheet_from(found)
    raise InvalidRecord(
        [Problem("kind", "kind", f"{_shorten(kind)} is no kind that can be read here", "write race or sheet")]
    )


def race_from(found: dict[str, Any]) -> Race:
    """A race from an object of the format."""
    return Race(**_race_fields(structure(found, RaceFile)))


def underway_from(found: dict[str, Any]) -> Underway:
    """A race under way from an object of the format: a race whose ``finish`` is absent or empty."""
    given = _race_fields(structure(found, UnderwayFile))
    problems = [
        Problem("finished", name, f"the race is under way, and has no {name} yet", f"remove {name}; or see: rank")
        for name in ("finish", "times")
        if given.pop(name, None)
    ]
    try:
        race = Underway(**given)
    except InvalidRecord as error:
        raise InvalidRecord([*problems, *error.problems]) from None
    if problems:
        raise InvalidRecord(problems)
    return race


def _race_fields(file: RaceFactsFile) -> dict[str, Any]:
    given = _given(file)
    given["starters"] = [Starter(one.id, one.name, one.nation) for one in file.starters]
    given["sprints"] = {int(lap) if _is_lap(lap) else lap: order for lap, order in (file.sprints or {}).items()}
    given["unfinished"] = [Unfinished(id, one.laps, to_time(one.time)) for id, one in (file.unfinished or {}).items()]
    given["disqualified"] = [Disqualified(id, one.clause, one.reason) for id, one in (file.disqualified or {}).items()]
    given["advanced"] = [Advanced(id, one.reason) for id, one in (file.advanced or {}).items()]
    return given


def _is_lap(key: str) -> bool:
    # Only the plain spelling: "04" beside "4" would be a second sprint at one lap.
    return key.isascii() and key.isdecimal() and str(int(key[:9])) == key


def sheet_from(found: dict[str, Any]) -> Sheet:
    """A sheet from an object of the format."""
    file: SheetFile = structure(found, SheetFile)
    given = _given(file)
    given["rows"] = [SheetRow(**{**attrs.asdict(row), "time": to_time(row.time)}) for row in file.rows]
    return Sheet(**given)


def _given(file: RaceFactsFile | SheetFile) -> dict[str, Any]:
    """What a file says, by key, without what it leaves out: absent and null mean the same."""
    given = {
        name.name: getattr(file, name.name) for name in attrs.fields(type(file)) if name.name not in ("kind", "version")
    }
    if isinstance(file.rulebook, RulebookFile):
        given["rulebook"] = rulebook_from(file.rulebook)
    return {name: value for name, value in given.items() if value is not None}


def rulebook_in_place(text: str) -> Rulebook:
    """A rulebook from JSON text: the object that defines one in place."""
    return rulebook_from(structure(parse(text), RulebookFile))


def rulebook_from(file: RulebookFile) -> Rulebook:
    """A rulebook that a file defines in place."""
    given = {name: value for name, value in attrs.asdict(file).items() if value is not None}
    problems: list[Problem] = []
    for name in ("intermediate", "final"):
        try:
            given[name] = Scale(*given[name])
        except InvalidRecord as error:
            problems += [attrs.evolve(problem, where=f"rulebook.{name}") for problem in error.problems]
            given[name] = Scale(1)
    try:
        book = Rulebook(**given)
    except InvalidRecord as error:
        problems += [attrs.evolve(problem, where=f"rulebook.{problem.where}") for problem in error.problems]
    if problems:
        raise InvalidRecord(problems)
    return book
