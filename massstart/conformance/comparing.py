"""Whether an answer is the expected one, and if not, what differs first.

Decides what of an answer is compared, and how a difference is put in words.
"""

import json
from collections.abc import Iterable
from typing import Any

from attrs import frozen

from massstart.conformance.case import Case, Does


@frozen
class _Compared:
    """What is compared of an answer.

    Attributes:
        kind: the kind of the answer.
        part: its list of objects.
        keys: the keys of these objects.
        known_by: the key that tells the objects apart; without one, whole objects are looked for.
    """

    kind: str
    part: str
    keys: tuple[str, ...]
    known_by: str | None = None


_RESULT = _Compared("result", "rows", ("rank", "status", "laps", "sprints", "total", "finish", "qualified"), "id")
_COMPARED: dict[Does, _Compared] = {
    "rank": _RESULT,
    "verify": _Compared("verification", "findings", ("kind", "row")),
    "advance": _Compared("start-list", "rows", ("start", "rank", "qualified"), "id"),
    "refuse": _Compared("refusal", "problems", ("kind", "where")),
    "outlook": _Compared("outlook", "rows", ("points", "best", "worst", "status", "through_if", "possible_if"), "id"),
    "replay": _RESULT,
    "standings": _Compared("standings", "rows", ("rank", "points", "total"), "name"),
    "quota": _Compared("quota", "rows", ("name", "nation", "number", "points"), "place"),
}
#: What is compared besides, where a case expects it.
_ALONE = ("consistent", "advance", "sprints_left")


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
        return "the answer is not an object"
    compared = _COMPARED[case.does]
    if answer.get("kind") != compared.kind:
        return f"kind is {answer.get('kind')!r}, expected {compared.kind!r}"
    return (
        _beside_the_rows(answer, case.expected)
        or _in_the_rows(compared, answer.get(compared.part), case.expected[compared.part])
        or _in_the_reserves(answer.get("reserves"), case.expected)
    )


def _beside_the_rows(answer: dict[str, Any], expected: dict[str, Any]) -> str | None:
    for key in (key for key in _ALONE if key in expected):
        if not _same(answer.get(key), expected[key]):
            return f"{key} is {_text(answer.get(key))}, expected {_text(expected[key])}"
    return None


def _in_the_rows(compared: _Compared, rows: Any, expected: Iterable[dict[str, Any]]) -> str | None:
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        return f"{compared.part} is not a list of objects"
    if compared.known_by is None:
        return _whole(compared, rows, expected)
    return _row_by_row(compared, compared.known_by, rows, expected)


def _row_by_row(
    compared: _Compared, known_by: str, rows: Iterable[dict[str, Any]], expected: Iterable[dict[str, Any]]
) -> str | None:
    left = list(rows)
    for due in expected:
        name = due[known_by]
        row = next((row for row in left if _same(row.get(known_by), name)), None)
        if row is None:
            return f"{compared.part}: there is no row for {name!r}"
        left.remove(row)
        for key in (key for key in compared.keys if key in due):
            if not _same(row.get(key), due[key]):
                return f"{compared.part}: {key} of {name!r} is {_text(row.get(key))}, expected {_text(due[key])}"
    return f"{compared.part}: the row for {left[0].get(known_by)!r} is one too many" if left else None


def _whole(compared: _Compared, rows: Iterable[dict[str, Any]], expected: Iterable[dict[str, Any]]) -> str | None:
    left = [{key: row.get(key) for key in compared.keys} for row in rows]
    for due in expected:
        row = next((row for row in left if _same(row, due)), None)
        if row is None:
            return f"{compared.part}: {_text(due)} is missing"
        left.remove(row)
    return f"{compared.part}: {_text(left[0])} is one too many" if left else None


def _in_the_reserves(reserves: Any, expected: dict[str, Any]) -> str | None:
    """The order of the reserves counts; each is an id, or an object that has one."""
    listed = reserves if isinstance(reserves, list) else [reserves]
    ids = [reserve.get("id") if isinstance(reserve, dict) else reserve for reserve in listed]
    if "reserves" not in expected or _same(ids, expected["reserves"]):
        return None
    return f"the reserves are {_text(ids)}, expected {_text(expected['reserves'])}"


def _same(value: Any, due: Any) -> bool:
    """Whether two JSON values are equal; true is not 1 here, though it is for Python."""
    return json.dumps(value, sort_keys=True) == json.dumps(due, sort_keys=True)


def _text(value: Any) -> str:
    # Half a character, which only JSON can say, is left as JSON says it: else the outcome could not be written.
    return json.dumps(value, ensure_ascii=False).encode(errors="backslashreplace").decode()
