"""JSON as text: one object, or one a line.

Decides what counts as usable JSON, and at which line and column a text stops being it.
"""

import json
import re
from collections import Counter
from itertools import accumulate
from reprlib import Repr
from typing import Any

from massstart.files.limits import ENTRIES, check_size
from massstart.problems import InvalidRecord, Problem

_REPR = Repr()
_REPR.maxstring = _REPR.maxother = 60


def shorten(value: object) -> str:
    """A value as it can stand in a message, however long or deep it is."""
    text = _REPR.repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object, refusing a key that stands there twice: the first of the two would be lost in silence."""
    check_size(pairs, ENTRIES, "keys in an object")
    for key, value in pairs:
        _check_list(key, value)
    given = dict(pairs)
    if len(given) < len(pairs):
        keys = [key for key, _ in pairs]
        repeated = sorted(key for key, number in Counter(keys).items() if number > 1)
        raise InvalidRecord(
            [Problem("repeated-key", key, "stands twice in one object", "keep one of them") for key in repeated]
        )
    return given


def _check_list(key: str, value: object) -> None:
    if isinstance(value, list):
        check_size(value, ENTRIES, "entries in a list", where=key)
        for one in value:
            _check_list(key, one)


def _no_number(text: str) -> Any:
    raise ValueError(f"{text} is not a JSON number")


def parse(text: str | bytes) -> dict[str, Any]:
    """JSON text as an object.

    Raises:
        InvalidRecord: the text is not JSON, or not an object, or a key stands twice in an object.
    """
    try:
        if isinstance(text, bytes):
            text = text.decode("utf-8-sig")
        given = json.loads(text, object_pairs_hook=_unique, parse_constant=_no_number)
    except UnicodeDecodeError as error:
        raise InvalidRecord(
            [Problem("json", "", f"not UTF-8 text ({error.reason})", "save the file as UTF-8")]
        ) from None
    except json.JSONDecodeError as error:
        wrong, remedy = (error.msg, "correct the file") if error.doc.strip() else ("the file is empty", "get it anew")
        where = _place(error.doc, error.pos)
        raise InvalidRecord([Problem("json", where, f"not JSON: {wrong}", remedy)]) from None
    except InvalidRecord:
        raise
    except RecursionError:
        assert isinstance(text, str)  # it was decoded
        raise InvalidRecord([Problem("json", _deep(text), "nested too deeply", "correct the file")]) from None
    except ValueError as error:
        raise InvalidRecord([Problem("json", "", f"not usable JSON: {error}", "correct the file")]) from None
    if not isinstance(given, dict):
        raise InvalidRecord([Problem("json", "", "the file does not hold an object", "write {...}")])
    return given


def lines(text: str | bytes) -> list[str | bytes]:
    """The lines of JSON lines; empty ones do not count."""
    # Not splitlines: U+2028 and its like may stand within a text.
    return [line for line in text.split(b"\n" if isinstance(text, bytes) else "\n") if line.strip()]  # type: ignore[arg-type]  # bytes by bytes, text by text


def _place(text: str, position: int) -> str:
    line = text.count("\n", 0, position) + 1
    return f"line {line}, column {position - text.rfind(chr(10), 0, position)}"


#: No format nests deeper than half of this.
_DEEPEST = 20
_BRACKETS = re.compile(r'"(?:[^"\\]|\\.)*"|[\[{]|[\]}]')


def _deep(text: str) -> str:
    """Where a text that is nested too deeply becomes so."""
    brackets = list(_BRACKETS.finditer(text))
    depths = accumulate({"[": 1, "{": 1, "]": -1, "}": -1}.get(bracket[0], 0) for bracket in brackets)
    return _place(
        text, next(bracket.start() for bracket, depth in zip(brackets, depths, strict=True) if depth > _DEEPEST)
    )
