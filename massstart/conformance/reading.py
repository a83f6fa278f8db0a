"""The conformance vectors as they lie on the disk.

Decides where they are found, which file is a case, and what a reference to a bundled sheet stands for.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import attrs

from massstart.conformance.case import DOES, Case
from massstart.files.archive import archive, bundled_text
from massstart.files.jsontext import parse
from massstart.problems import InvalidRecord, Problem, UnknownName

_PACKAGE = Path(__file__).parents[1]
#: Where the vectors lie: within an installed package, or beside the package in the repository.
FOLDERS = (_PACKAGE / "vectors", _PACKAGE.parent / "tests" / "conformance")


def cases(folders: Sequence[Path] = FOLDERS) -> tuple[Case, ...]:
    """The conformance vectors, ordered by id.

    A case is complete: where its file refers to a bundled sheet, the case holds that sheet.

    Args:
        folders: where to look; the first that exists counts.

    Raises:
        UnknownName: none of the folders holds a vector.
        InvalidRecord: a file there is not a case, or refers to a sheet that is not bundled.

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
    try:
        return _case(parse(path.read_bytes()))
    except InvalidRecord as error:
        # Which of the many files it is belongs to the place.
        problems = [
            attrs.evolve(problem, where=": ".join(filter(None, (str(path), problem.where))))
            for problem in error.problems
        ]
        raise InvalidRecord(problems) from None


def _case(given: dict[str, Any]) -> Case:
    missing = [key for key in ("id", "does", "input", "expected") if key not in given]
    if missing:
        raise InvalidRecord([Problem("missing-key", key, "is missing", "add it") for key in missing])
    expected, id, does = given.pop("expected"), given["id"], given["does"]
    if does not in DOES:
        raise InvalidRecord([Problem("kind", "does", f"{does!r} is not a task", f"write {', '.join(DOES)}")])
    return Case(id, does, given | {"input": _complete(given["input"])}, expected)


def _complete(given: Any) -> Any:
    """An input, or a list of inputs, with every bundled sheet in the place of its reference."""
    if isinstance(given, list):
        return [_sheet(part, f"input[{index}]") if _refers(part) else part for index, part in enumerate(given)]
    return _sheet(given, "input") if _refers(given) else given


def _refers(given: Any) -> bool:
    return isinstance(given, dict) and "bundled" in given


def _sheet(reference: dict[str, Any], where: str) -> dict[str, Any]:
    # A key beside it would be lost, and whoever wrote it there meant something by it.
    others = [
        Problem("unknown-key", f"{where}.{key}", "a reference has no other key", "leave it out")
        for key in reference
        if key != "bundled"
    ]
    if others:
        raise InvalidRecord(others)
    id = reference["bundled"]
    if id not in archive():
        raise InvalidRecord(
            [
                Problem(
                    "unknown-sheet",
                    f"{where}.bundled",
                    f"{id!r} is not a bundled sheet",
                    f"there are {', '.join(archive())}",
                )
            ]
        )
    return parse(bundled_text(id))
