"""Objects of JSON, strictly: as the classes that describe files, and as values.

Decides how a class describes a file, both ways, and where each problem stands. Which classes there are, one for each
kind of file or part of one, is decided in the modules beside this one, each under its noun.

A class that describes a file has a field for each key, in the order in which they are written. What the types of
Python cannot say stands beside them, in ``Annotated``: a `Rule` for the JSON Schema, an `As` for what a field of the
value looks like in a file. A field may also be typed by a value that `part` has described, such as `Starter`.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from functools import cache
from inspect import signature
from math import inf, isfinite
from types import UnionType
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

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
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn, override

from massstart.files.jsontext import shorten
from massstart.order import Order
from massstart.problems import InvalidRecord, Problem, within
from massstart.records import to_time
from massstart.times import RaceTime

# --- what a field says beside its type ----------------------------------------------------------------------


@frozen
class Rule:
    """A keyword of JSON Schema, such as ``minimum``. Nothing is refused for it: the values check themselves."""

    keyword: str
    value: Any


@frozen
class As:
    """How a field of a value stands in a file.

    Attributes:
        write: makes what stands in the file; ``None`` leaves the key out.
        read: makes what the value takes.
    """

    write: Callable[[Any], Any]
    read: Callable[[Any], Any] | None = None


@frozen
class Key:
    """The key of a field, where it is not the name of the field."""

    name: str


@frozen
class _AsNull:
    """A field that is written as ``null`` where there is nothing to write, instead of being left out."""


T = TypeVar("T")
#: What may be left out, or be ``null``; it is written as ``null``.
Shown = Annotated[T | None, _AsNull()]


def id_text(id: Hashable) -> str:
    """An id as it stands in a file: text, or a whole number as its text.

    Raises:
        TypeError: any other id.
    """
    if isinstance(id, int) and not isinstance(id, bool):
        return str(id)
    if not isinstance(id, str):
        raise TypeError(f"the id {id!r} is neither text nor a whole number; nothing else can stand in a file")
    return id


def distinct(ids: Iterable[Hashable], where: str) -> None:
    """Refuse ids that read alike in a file.

    Raises:
        InvalidRecord: two of them are written the same, such as ``4`` and ``"4"``.
    """
    taken: dict[str, Hashable] = {}
    problems = []
    for index, id in enumerate(ids):
        text = id_text(id)
        if text in taken:
            wrong = f"{taken[text]!r} and {id!r} are both written as {text!r}"
            problems.append(Problem("repeated-id", f"{where}[{index}].id", wrong, "give each skater an id of its own"))
        taken[text] = id
    if problems:
        raise InvalidRecord(problems)


def order_list(order: Order) -> list[Any]:
    """An order across the line, with a list within the list for a dead heat."""
    return [id_text(group[0]) if len(group) == 1 else [id_text(id) for id in group] for group in order.groups]


TIME = r"^[0-9]{1,3}:[0-5][0-9]\.[0-9]{2,3}$"
DAY = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"

Id = Annotated[str, As(id_text)]
Ids = Annotated[list[str], As(lambda ids: [id_text(id) for id in ids])]
Day = Annotated[str, Rule("pattern", DAY)]
#: A number from 0 or from 1 on, as the schema says; who holds the number refuses any other.
Count = Annotated[int, Rule("minimum", 0)]
Number = Annotated[int, Rule("minimum", 1)]
Time = Annotated[str, Rule("pattern", TIME), As(str, to_time)]
#: Texts that are left out where there are none.
Texts = Annotated[list[str], As(lambda texts: list(texts) or None)]
Placed = str | Annotated[list[str], Rule("minItems", 1)]
Line = Annotated[list[Placed], As(order_list)]


# --- objects ------------------------------------------------------------------------------------------------


class _Wrong(ValueError):
    """A value of the wrong type."""

    def __init__(self, value: object, wanted: str) -> None:
        super().__init__(f"{shorten(value)} is not {wanted}", f"write {wanted}")


def wrong(value: object, wanted: str) -> Exception:
    """What a hook raises for a value of the wrong type; it becomes a problem with its place."""
    return _Wrong(value, wanted)


_WANTED: dict[type, str] = {
    str: "text", int: "a whole number", float: "a number", bool: "true or false", list: "a list", dict: "an object",
}  # fmt: skip


def _strict(kind: type) -> Callable[[Any, Any], Any]:
    def structure(value: Any, _: Any) -> Any:
        if type(value) is not kind:
            raise _Wrong(value, _WANTED[kind])
        return value

    return structure


def _text(value: Any, _: Any) -> str:
    if not isinstance(value, str) or any("\ud800" <= character <= "\udfff" for character in value):
        raise _Wrong(value, "text")
    return value


def _number(value: Any, _: Any) -> float:
    try:
        number = float(value) if type(value) in (int, float) else inf
    except OverflowError:  # a whole number of 309 digits or more
        number = inf
    if not isfinite(number):
        raise _Wrong(value, "a number")
    return number


def _is_literal(kind: Any) -> bool:
    return get_origin(kind) is Literal


def _literal(value: Any, kind: Any) -> Any:
    choice = get_args(kind)
    if not any(type(value) is type(word) and value == word for word in choice):
        raise _Wrong(value, " or ".join(map(repr, choice)))
    return value


def _time(value: Any, _: Any) -> RaceTime:
    try:
        return RaceTime.from_text(_text(value, str))
    except _Wrong:
        raise
    except ValueError as error:
        raise InvalidRecord([Problem("time", "", str(error), "write M:SS.cc or M:SS.mmm, such as 7:58.22")]) from None


def _is_union(kind: Any) -> bool:
    return get_origin(kind) in (Union, UnionType)


def members(kind: Any) -> tuple[Any, ...]:
    """The types of a union, of any other type that alone; ``None`` aside."""
    kinds = get_args(kind) if _is_union(kind) else (kind,)
    return tuple(member for member in kinds if member is not type(None))


def _is_choice(kind: Any) -> bool:
    return len(members(kind)) > 1


def _choice(kind: Any, converter: Converter) -> Callable[[Any, Any], Any]:
    """A hook for a union whose types look different in JSON."""
    by_type = {_json_type(member): member for member in members(kind)}
    wanted = " or ".join(_WANTED[json_type] for json_type in by_type)

    def structure(value: Any, _: Any) -> Any:
        if type(value) not in by_type:
            raise _Wrong(value, wanted)
        return converter.structure(value, by_type[type(value)])

    return structure


def _json_type(kind: Any) -> type:
    plain = get_args(kind)[0] if get_origin(kind) is Annotated else kind
    json_type = get_origin(plain) or plain
    return json_type if json_type in _WANTED else dict


def _guarded(kind: type, factory: Callable[..., Any]) -> Callable[[Any, Converter], Any]:
    """A hook factory whose hooks refuse what is not of a JSON type before cattrs takes it apart."""

    def make(target: Any, converter: Converter) -> Any:
        inner = factory(target, converter)

        def structure(value: Any, to: Any) -> Any:
            if type(value) is not kind:
                raise _Wrong(value, _WANTED[kind])
            return inner(value, to)

        return structure

    return make


def _is_file(kind: Any) -> bool:
    return attrs.has(get_origin(kind) or kind)


@frozen
class Field:
    """A field of a class that describes a file.

    Attributes:
        name: of the field.
        key: in the file.
        type: as it is written in the class.
        form: how it stands in the file, where not as it is.
        is_shown: whether nothing is written as ``null``.
        is_required: whether a file must have it.
    """

    name: str
    key: str
    type: Any
    form: As | None
    is_shown: bool
    is_required: bool


@cache
def fields(file: Any) -> tuple[Field, ...]:
    """The fields of a class that describes a file, in the order in which they are written."""
    plain = get_origin(file) or file
    hints = get_type_hints(plain, include_extras=True)
    return tuple(_field(field, hints[field.name]) for field in attrs.fields(plain))


def _field(field: "attrs.Attribute[Any]", hint: Any) -> Field:
    notes = list(_notes(hint))
    return Field(
        name=field.name,
        key=next((note.name for note in notes if isinstance(note, Key)), field.name),
        type=hint,
        # The outermost counts: it is written around the others.
        form=next((note for note in reversed(notes) if isinstance(note, As)), None),
        is_shown=_AsNull() in notes,
        is_required=field.default is attrs.NOTHING,
    )


def _notes(hint: Any) -> Iterator[Any]:
    """What is said beside a type, and beside the types of a union; the innermost first."""
    if get_origin(hint) is Annotated:
        inner, *notes = get_args(hint)
        yield from _notes(inner)
        yield from notes
    elif _is_union(hint):
        for member in members(hint):
            yield from _notes(member)


def _overrides(file: Any) -> dict[str, Any]:
    return {field.name: override(rename=field.key, omit_if_default=not field.is_shown) for field in fields(file)}


def _read_file(file: Any, converter: Converter) -> Any:
    return make_dict_structure_fn(file, converter, _cattrs_forbid_extra_keys=True, **_overrides(file))


def _write_file(file: Any, converter: Converter) -> Any:
    return make_dict_unstructure_fn(file, converter, **_overrides(file))


def _converter() -> Converter:
    converter = Converter()
    converter.register_structure_hook(str, _text)
    converter.register_structure_hook(int, _strict(int))
    converter.register_structure_hook(bool, _strict(bool))
    converter.register_structure_hook(float, _number)
    converter.register_structure_hook(RaceTime, _time)
    converter.register_structure_hook_factory(is_sequence, _guarded(list, list_structure_factory))
    converter.register_structure_hook_factory(is_mapping, _guarded(dict, mapping_structure_factory))
    converter.register_structure_hook_factory(_is_file, _guarded(dict, _read_file))
    converter.register_structure_hook_func(_is_literal, _literal)
    converter.register_structure_hook_factory(_is_choice, _choice)
    converter.register_unstructure_hook_factory(_is_file, _write_file)
    converter.register_unstructure_hook(RaceTime, str)
    return converter


CONVERTER = _converter()
#: By class of values, the class that describes them in files.
PARTS: dict[Any, Any] = {}


def part(
    value: type,
    file: Any,
    read: Callable[[Any], Any] | None = None,
    write: Callable[[Any], Any] | None = None,
) -> None:
    """Let a class describe a class of values, so that fields of files can hold such values.

    Args:
        value: the class of the values.
        file: the class that describes them.
        read: makes the value of what stands in the file; takes the fields as they are unless given.
        write: the way back.
    """
    # What a file may leave out, though the value must be told: there it is not known.
    unknown = {
        name: None for name, parameter in signature(value).parameters.items() if parameter.default is parameter.empty
    }
    make = read or (lambda given: value(**unknown | fields_of(given)))
    describe = write or (lambda given: filed(file, given))
    CONVERTER.register_structure_hook(value, lambda given, _: make(CONVERTER.structure(given, file)))
    CONVERTER.register_unstructure_hook(value, lambda given: CONVERTER.unstructure(describe(given)))
    PARTS[value] = file


def fields_of(file: Any) -> dict[str, Any]:
    """What a file says, as a value takes it, by field; without what it leaves out."""
    described: Any = type(file)
    given = ((field, getattr(file, field.name)) for field in fields(described))
    return {
        field.name: field.form.read(value) if field.form and field.form.read else value
        for field, value in given
        if value is not None
    }


def filed(file: Any, value: Any, **changes: Any) -> Any:
    """A value as its file describes it: each field of the file from the field of the value that is called the same.

    Args:
        file: the class of the file.
        value: what is written.
        changes: fields that the value does not have, or has otherwise, as they stand in the file.
    """
    given: dict[str, Any] = {}
    for field in fields(file):
        if field.name not in changes:
            said = getattr(value, field.name)
            if said is not None and field.form is not None:
                said = field.form.write(said)
            given[field.name] = list(said) if type(said) is tuple else said
    return file(**given | changes)


def structure(given: Mapping[str, Any], file: Any) -> Any:
    """An object as a class of files, or as a value that such a class describes.

    Raises:
        InvalidRecord: with every problem of the object.
    """
    try:
        return CONVERTER.structure(given, file)
    except (ClassValidationError, _Wrong) as error:
        raise InvalidRecord(in_order(_problems(error))) from None


def unstructure(file: Any) -> dict[str, Any]:
    """The way back."""
    given: dict[str, Any] = CONVERTER.unstructure(file)
    return given


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Problems by their places."""
    return sorted(problems, key=lambda problem: (problem.where, problem.kind))


def _problems(error: BaseException, where: str = "") -> Iterator[Problem]:
    """The problems within an error of cattrs, each with its place."""
    if isinstance(error, ClassValidationError | IterableValidationError):
        noted, bare = error.group_exceptions()
        for inner, note in noted:
            yield from _problems(inner, _step(where, note, error))
        for inner in bare:
            yield from _problems(inner, where)
    elif isinstance(error, ForbiddenExtraKeysError):
        keys = ", ".join(field.key for field in fields(error.cl))
        for name in sorted(error.extra_fields):
            place = within(where, Problem("unknown-key", name, "", "")).where
            yield Problem(
                "unknown-key", place, f"{name!r} is not a key here", f"correct it, or remove it; there are {keys}"
            )
    elif isinstance(error, InvalidRecord):
        yield from (within(where, problem) for problem in error.problems)
    elif isinstance(error, KeyError):
        yield Problem("missing-key", where, "is missing", "add it")
    else:
        assert isinstance(error, _Wrong)  # the hooks raise nothing else
        yield Problem("type", where, *error.args)


def _step(where: str, note: AttributeValidationNote | IterableValidationNote, error: Any) -> str:
    if isinstance(note, IterableValidationNote) and isinstance(note.index, int):
        return f"{where}[{note.index}]"
    if isinstance(note, IterableValidationNote):
        name = note.index
    else:
        name = next(field.key for field in fields(error.cl) if field.name == note.name)
    return f"{where}.{name}" if where else str(name)
