"""One door for everything that can be read: a bundled race by its id, a file by its path.

Decides where the bytes come from, and whether they are JSON, CSV or PDF. What they mean stands in the readers, which
are imported only here and late, so that whoever builds races in Python needs nothing but attrs.
"""

from collections.abc import Sequence
from os import PathLike
from pathlib import Path

from massstart.files.archive import archive, bundled_text
from massstart.live.underway import Underway
from massstart.problems import InvalidRecord, Problem, UnknownName
from massstart.race import Race
from massstart.rulebook import Rulebook
from massstart.sheet import Sheet


def load(source: str | PathLike[str]) -> Race | Sheet:
    """Read a race or a published sheet.

    Args:
        source: the id of a bundled race, or the path of a file: JSON, CSV, or an official sheet as PDF.

    Raises:
        InvalidRecord: the file is there but cannot be used, with every problem.
        MissingExtra: a PDF, and the extra ``pdf`` is not installed.
        UnknownName: there is neither such a bundled race nor such a file.

    Example:
        >>> from massstart import load
        >>> load("beijing-2022-men-semifinal-1").rows[6].name
        'Sven Kramer'
    """
    return read_content(read_bytes(source), str(source))


def loads(text: str | bytes) -> Race | Sheet:
    """Read a race or a published sheet from JSON or CSV text, or from the bytes of a PDF.

    Raises:
        InvalidRecord: with every problem of the text.
        MissingExtra: a PDF, and the extra ``pdf`` is not installed.

    Example:
        >>> from massstart import loads
        >>> race = loads('''{"kind": "race", "version": 1, "rulebook": "isu-2018",
        ...     "starters": [{"id": "4"}, {"id": "13"}], "finish": ["13", "4"]}''')
        >>> race.finish.ids
        ('13', '4')
    """
    return read_content(text)


def read_content(
    content: str | bytes,
    name: str = "",
    *,
    rulebook: Rulebook | str | None = None,
    sprint_laps: Sequence[int] | None = None,
) -> Race | Sheet:
    """What a file says, by its content and the ending of its name.

    Args:
        content: the file.
        name: its name, if it has one.
        rulebook: the rulebook of a CSV or PDF file, or its id; JSON says it itself.
        sprint_laps: the laps of the intermediate sprints, where they are not the rulebook's; likewise.
    """
    ending = Path(name).suffix.lower()
    if ending == ".pdf" or (isinstance(content, bytes) and content.lstrip()[:5] == b"%PDF-"):
        from massstart.files import pdfread

        data = content.encode() if isinstance(content, str) else content
        return pdfread.read_pdf(data, rulebook=rulebook, sprint_laps=sprint_laps)
    if content.lstrip()[:1] not in ("{", b"{"):
        from massstart.files import csvread

        if ending in (".csv", ".tsv") or csvread.looks_like_csv(content):
            id = Path(name).stem if ending else "sheet"
            return csvread.read_csv(content, rulebook=rulebook, sprint_laps=sprint_laps, id=id)
    from massstart.files import jsonread

    if rulebook is not None or sprint_laps is not None:
        raise InvalidRecord(
            [Problem("option", "rulebook", "a JSON file says itself which rulebook applies", "change it there")]
        )
    return jsonread.loads(content)


def underway_loads(text: str | bytes) -> Underway:
    """Read a race under way: a race whose ``finish`` is absent or empty, or the log of a race that is not over.

    Raises:
        InvalidRecord: with every problem of the text.

    Example:
        >>> from massstart.files.loading import underway_loads
        >>> race = underway_loads('''{"kind": "race", "version": 1, "rulebook": "isu-2018",
        ...     "starters": [{"id": "4"}, {"id": "13"}], "sprints": {"4": ["13", "4"]}}''')
        >>> race.racing, race.sprints_left
        (('4', '13'), (8, 12, 16))
    """
    from massstart.files import jsonread, logread

    if not logread.is_log(text):
        return jsonread.underway_from(jsonread.parse(text))
    log = logread.log_from(text)
    try:
        log.race()
    except InvalidRecord:
        return log.state()
    raise InvalidRecord([Problem("finished", "", "the race of this log is over", "rank it; nothing is open any more")])


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
