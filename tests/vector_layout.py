"""Lays out the conformance vectors, one row a line: python tests/vector_layout.py.

Decides where a line of a vector ends. A test holds every vector against it, so a case that was written in any other
way is put right by running this. What a case says stays as it is, with the order of its keys.
"""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).with_name("conformance")
#: Rows and texts can be longer; nothing is broken within them.
WIDTH = 120


def laid_out(case: dict[str, Any]) -> str:
    """The text of a vector."""
    return _broken(case, 0) + "\n"


def _value(value: Any, depth: int, before: int) -> str:
    """A value on one line if it is short; ``before`` counts what stands on that line already."""
    line = _line(value)
    short = before + len(line) < WIDTH and not _has_rows(value)
    return line if short or not _can_be_broken(value) else _broken(value, depth)


def _broken(value: Any, depth: int) -> str:
    """An object, a key a line, or a list, a row a line; what is plain shares a line with its neighbours."""
    inner = " " * (depth + 1)
    if isinstance(value, dict):
        opening, closing = "{", "}"
        members = [(f"{_line(key)}: ", part) for key, part in value.items()]
        parts = [
            (key + _value(part, depth + 1, len(inner + key)), not isinstance(part, dict | list))
            for key, part in members
        ]
    else:
        opening, closing = "[", "]"
        parts = [(_element(part, depth + 1), not _is_row(part)) for part in value]
    lines = ",\n".join(inner + line for line in _filled(parts, WIDTH - len(inner)))
    return f"{opening}\n{lines}\n{' ' * depth}{closing}"


def _element(value: Any, depth: int) -> str:
    """A row is one line, however long; a race or a sheet in a list is more than a row."""
    record = isinstance(value, dict) and value.get("kind") in ("race", "sheet")
    return _value(value, depth, depth) if record else _line(value)


def _is_row(value: Any) -> bool:
    """Whether it says more than one thing: a starter known by a number alone does not."""
    return isinstance(value, dict) and len(value) > 1


def _has_rows(value: Any) -> bool:
    """Whether several rows stand in a list, here or one step further in."""
    lists = [part for part in (value.values() if isinstance(value, dict) else [value]) if isinstance(part, list)]
    return any(sum(map(_is_row, part)) > 1 for part in lists)


def _can_be_broken(value: Any) -> bool:
    return isinstance(value, dict) or (isinstance(value, list) and any(isinstance(part, dict) for part in value))


def _filled(parts: Iterable[tuple[str, bool]], width: int) -> Iterator[str]:
    """Lines of parts: the plain ones share a line as long as they fit, each of the others has one of its own."""
    shared = ""
    for part, plain in parts:
        if plain and shared and len(f"{shared}, {part}") < width:
            shared += f", {part}"
            continue
        if shared:
            yield shared
        shared = part if plain else ""
        if not plain:
            yield part
    if shared:
        yield shared


def _line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


if __name__ == "__main__":
    for path in sorted(FOLDER.glob("*/*/*.json")):
        path.write_text(laid_out(json.loads(path.read_text("utf-8"))), "utf-8", newline="\n")
