"""One door for everything that can be read: a bundled race by its id, a file by its path.

Decides where the bytes come from, and whether they are JSON, JSON lines, CSV or PDF. What they mean stands in the
readers, which are imported only here and late, so that whoever builds races in Python needs nothing but attrs.
"""

from collections.abc import Sequence
from os import PathLike
from pathlib import Path
from typing import Any, TypeVar, overload

from massstart.files.archive import archive, bundled_text
from massstart.files.jsontext import lines, parse
from massstart.files.kinds import from_object, unexpected
from massstart.files.limits import BYTES, LINES, check_size
from massstart.problems import InvalidRecord, Problem, UnknownName
from massstart.race import Underway
from massstart.rulebook import Rulebook

A = TypeVar("A")
B = TypeVar("B")
C = TypeVar("C")


@overload
def load(source: str | PathLike[str]) -> Any: ...
@overload
def load(source: str | PathLike[str], kind: type[A], /) -> A: ...
@overload
def load(source: str | PathLike[str], kind: type[A], second: type[B], /) -> A | B: ...
@overload
def load(source: str | PathLike[str], kind: type[A], second: type[B], third: type[C], /) -> A | B | C: ...
def load(source: str | PathLike[str], *kinds: type) -> Any:
    """Read a file, whatever it holds: a race, a sheet, a race log, a result, an event, a season ranking.

    Args:
        source: the id of a bundled race, or the path of a file: JSON, CSV, or an official sheet as PDF.
        kinds: the class of what is expected, such as `Sheet`, or more than one. The answer is of that class; a file
            that holds something else is refused. Without it, any kind is read, and the answer is typed as ``Any``.

    Raises:
        InvalidRecord: the file is there but cannot be used, with every problem; or it holds something else.
        MissingExtra: a PDF, and the extra ``pdf`` is not installed.
        UnknownName: there is neither such a bundled race nor such a file.

    Example:
        >>> from massstart import Sheet, load
        >>> load("beijing-2022-men-semifinal-1", Sheet).rows[6].name
        'Sven Kramer'
    """
    return read_content(read_bytes(source), str(source), kinds)


@overload
def loads(text: str | bytes) -> Any: ...
@overload
def loads(text: str | bytes, kind: type[A], /) -> A: ...
@overload
def loads(text: str | bytes, kind: type[A], second: type[B], /) -> A | B: ...
@overload
def loads(text: str | bytes, kind: type[A], second: type[B], third: type[C], /) -> A | B | C: ...
def loads(text: str | bytes, *kinds: type) -> Any:
    """Read JSON or CSV text, or the bytes of a PDF, whatever they hold.

    A race whose ``finish`` is missing, or empty although somebody is still racing, is a race under way; the log of a
    race is told by its lines. Where a race under way is expected, the log of one will do.

    Args:
        text: the content of a file.
        kinds: the class of what is expected, such as `Race`; see `load`.

    Raises:
        InvalidRecord: with every problem of the text; or it holds something else.
        MissingExtra: a PDF, and the extra ``pdf`` is not installed.

    Example:
        >>> from massstart import Race, loads
        >>> race = loads('''{"kind": "race", "version": 1, "rulebook": "isu-2018",
        ...     "starters": [{"id": "4"}, {"id": "13"}], "finish": ["13", "4"]}''', Race)
        >>> race.finish.ids
        ('13', '4')

        A race that goes on, or its log:

        >>> from massstart.live import Underway
        >>> race = loads('''{"kind": "race", "version": 1, "rulebook": "isu-2018", "starters": [{"id": "4"}]}
        ... {"event": "sprint", "lap": 4, "order": ["4"]}''', Underway)
        >>> race.racing, race.sprints_left
        (('4',), (8, 12, 16))
    """
    return read_content(text, "", kinds)


def read_content(
    content: str | bytes,
    name: str = "",
    kinds: tuple[type, ...] = (),
    *,
    rulebook: Rulebook | str | None = None,
    sprint_laps: Sequence[int] | None = None,
    part: str | None = None,
) -> Any:
    """What a file says, by its content and the ending of its name.

    Args:
        content: the file.
        name: its name, if it has one.
        kinds: the classes of what is expected; anything unless given.
        rulebook: the rulebook of a CSV or PDF file, or its id; JSON says it itself.
        sprint_laps: the laps of the intermediate sprints, where they are not the rulebook's; likewise.
        part: which sheet of a table or a spreadsheet that holds several.
    """
    check_size(content, BYTES, "bytes")
    names = [kind.__name__ for kind in kinds]
    value = _printed(content, name, rulebook, sprint_laps, part, names)
    if value is not None:
        if kinds and not isinstance(value, kinds):
            raise InvalidRecord([unexpected(type(value), kinds)])
        return value
    if rulebook is not None or sprint_laps is not None:
        raise InvalidRecord(
            [Problem("option", "rulebook", "a JSON file says itself which rulebook applies", "change it there")]
        )
    # A log is told by its lines: a race with something after it, or with a key that only the log of one has.
    first, *events = lines(content) or [""]
    try:
        given = parse(first)
    except InvalidRecord:
        return from_object(parse(content), kinds)
    if given.get("kind") == "race" and (events or "first_passing" in given):
        return _log(content, kinds)
    return from_object(parse(content) if events else given, kinds)


def _log(content: str | bytes, kinds: tuple[type, ...]) -> Any:
    """The log of a race, or the race under way that it tells of."""
    from massstart.files import logs
    from massstart.live.log import RaceLog

    if not kinds or any(issubclass(RaceLog, kind) for kind in kinds):
        return logs.log_from(content)
    if any(issubclass(Underway, kind) for kind in kinds):
        return logs.underway_from(content)
    raise InvalidRecord([unexpected(RaceLog, kinds)])


def _printed(
    content: str | bytes,
    name: str,
    rulebook: Rulebook | str | None,
    sprint_laps: Sequence[int] | None,
    part: str | None,
    wanted: Sequence[str],
) -> object:
    """What a table, a spreadsheet or a PDF file says; ``None`` for JSON.

    A table is a season ranking only where nothing else is wanted, and a list of entries only where an event is.
    """
    ending = Path(name).suffix.lower()
    if ending == ".pdf" or (isinstance(content, bytes) and content.lstrip()[:5] == b"%PDF-"):
        from massstart.files import pdfread

        data = content.encode() if isinstance(content, str) else content
        return pdfread.read_pdf(data, rulebook=rulebook, sprint_laps=sprint_laps)
    from massstart.files import filekind, xlsxread

    id = Path(name).stem if ending else "sheet"
    if isinstance(content, bytes) and xlsxread.is_xlsx(content):
        return xlsxread.read_xlsx(content, rulebook=rulebook, sprint_laps=sprint_laps, id=id, part=part)
    unreadable = filekind.unreadable(content)
    if unreadable is not None:
        raise InvalidRecord([unreadable])
    first = first_letter(content)
    # A table begins with a word or a number; a list is left to the reader of JSON, which says what is wrong with it.
    if first == "{" or (first in ("[", "") and ending not in (".csv", ".tsv")):
        return None
    check_size(content.splitlines(), LINES, "lines")
    if [*wanted] == ["Standings"]:
        from massstart.files.rankingtable import standings_from_table

        return standings_from_table(content)
    from massstart.files import csvread

    if "Event" in wanted and (ending in (".csv", ".tsv") or csvread.looks_like_table(content)):
        from massstart.files import entries

        made = csvread.text_grid(content)
        if entries.holds_entries(made):
            return entries.entries_from(made)
    if ending in (".csv", ".tsv") or csvread.looks_like_table(content):
        return csvread.read_csv(content, rulebook=rulebook, sprint_laps=sprint_laps, id=id, part=part)
    raise InvalidRecord([filekind.no_table()])


def first_letter(content: str | bytes) -> str:
    """The first letter of a text, behind blanks and the mark of UTF-8: a curly bracket where it is a JSON object."""
    start = content.lstrip(b"\xef\xbb\xbf \t\r\n") if isinstance(content, bytes) else content.lstrip("\ufeff \t\r\n")
    return start[:1] if isinstance(start, str) else start[:1].decode("latin-1")


def read_bytes(source: str | PathLike[str]) -> bytes:
    """The bytes behind a path or the id of a bundled race; a file that exists wins."""
    path = Path(source)
    try:
        if isinstance(source, str) and source in archive() and not path.is_file():
            return bundled_text(source)
        return path.read_bytes()
    except FileNotFoundError:
        raise UnknownName(
            f"{str(source)!r} is neither a file nor a bundled race; there are {', '.join(archive())}"
        ) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise InvalidRecord([Problem("file", str(source), f"cannot be read: {reason}", "check the path")]) from None
