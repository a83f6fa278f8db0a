"""JSON Schema for every kind of file, derived from the class that describes it.

Decides how a type is put in the words of JSON Schema. The schemas lie under ``tests/conformance/schemas``;
``docs/make_schemas.py`` writes them, and the site serves each under its ``$id``.
"""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, Literal, get_args, get_origin

from massstart.files.kinds import OWN, Kind, kinds, kinds_of
from massstart.files.logs import LINES, HeaderFile
from massstart.files.objects import DAY, PARTS, TIME, Rule, fields, members
from massstart.files.races import UnderwayFile
from massstart.result import Result
from massstart.times import RaceTime

Schema = dict[str, Any]

#: Where the site serves the schemas: the address of each is this and the name of its file.
ADDRESS = "https://massstart.github.io/massstart/schemas/"

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_PLAIN: dict[Any, Schema] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    float: {"type": "number"},
    RaceTime: {"type": "string", "pattern": TIME},
    date: {"type": "string", "pattern": DAY},
}
#: Files that share their word with another, and so need a name of their own.
_NAMES: dict[type, str] = {UnderwayFile: "race-under-way", HeaderFile: "log-header"}


def schemas() -> Iterator[tuple[str, Schema]]:
    """The schema of every kind of file of this package, and of an event of a race log, each with its name.

    Example:
        >>> from massstart.files.schema import schemas
        >>> dict(schemas())["verification"]["required"][:3]
        ['kind', 'version', 'sheet']
    """
    for word in OWN:
        for kind in kinds(word):
            name = _NAMES.get(kind.file, word)
            yield name, {"$schema": _DIALECT, "$id": f"{ADDRESS}{name}.json"} | schema(kind)
    events = [_object(file, {"event": word}) for word, file in LINES.items()]
    title = "One event of a race log"
    yield "log-event", {"$schema": _DIALECT, "$id": f"{ADDRESS}log-event.json", "title": title, "oneOf": events}


def schema(kind: Kind) -> Schema:
    """The schema of a kind of file, also of one that was registered."""
    title = (kind.file.__doc__ or kind.word).splitlines()[0].rstrip(".")
    return {"title": title} | _object(kind.file, {"kind": kind.word, "version": 1})


def _object(file: Any, constants: dict[str, Any]) -> Schema:
    """The schema of an object that a class describes, with some keys that hold one value only."""
    plain = get_origin(file) or file
    variables = dict(zip(getattr(plain, "__parameters__", ()), get_args(file), strict=True))
    properties: Schema = {key: {"const": value} for key, value in constants.items()}
    for field in fields(file):
        properties[field.key] = _schema(variables.get(field.type, field.type))
    return {
        "type": "object",
        "properties": properties,
        "required": [*constants, *(field.key for field in fields(file) if field.is_required)],
        "additionalProperties": False,
    }


def _schema(hint: Any) -> Schema:
    if get_origin(hint) is Annotated:
        inner, *notes = get_args(hint)
        return _schema(inner) | {note.keyword: note.value for note in notes if isinstance(note, Rule)}
    kinds = members(hint)
    schema = {"anyOf": [_schema(kind) for kind in kinds]} if len(kinds) > 1 else _alone(kinds[0])
    return _or_null(schema) if type(None) in get_args(hint) else schema


def _or_null(schema: Schema) -> Schema:
    nullable = dict(schema)
    if "enum" in schema:
        nullable["enum"] = [*schema["enum"], None]
    if "type" in schema:
        nullable["type"] = [schema["type"], "null"]
    return nullable if nullable != schema else {"anyOf": [*schema.get("anyOf", [schema]), {"type": "null"}]}


def _alone(kind: Any) -> Schema:
    if kind in _PLAIN:
        return dict(_PLAIN[kind])
    shape, inner = get_origin(kind), get_args(kind)
    if shape is Annotated:
        return _schema(kind)
    if shape is Literal:
        return {"enum": list(inner)}
    if shape is list:
        return {"type": "array", "items": _schema(inner[0])}
    if shape is dict:
        names = {keyword: rule for keyword, rule in _schema(inner[0]).items() if keyword != "type"}
        schema: Schema = {"type": "object"} | ({"propertyNames": names} if names else {})
        return schema | {"additionalProperties": _schema(inner[1])}
    # A part of a file stands where it is used, a file within a file under its own name.
    nested = () if kind in PARTS or shape is not None else kinds_of(kind)
    if kind is Result:
        # Of one class, and two kinds of file: over, or provisional.
        return {"anyOf": [{"$ref": f"{one.word}.json"} for one in nested]}
    return {"$ref": f"{nested[0].word}.json"} if nested else _object(PARTS.get(kind, kind), {})
