"""One door for everything that can be read: a bundled race by its id, a file by its path.

Decides where the bytes come from. What they mean stands in `massstart.files.jsonread`, which is imported only here,
so that whoever builds races in Python needs nothing but attrs.
"""

from os import PathLike
from pathlib import Path

from massstart.files.archive import archive, bundled_text
from massstart.live.underway import Underway
from massstart.problems import InvalidRecord, Problem, UnknownName
from massstart.race import Race
from massstart.sheet import Sheet


def load(source: str | PathLike[str]) -> Race | Sheet:
    """Read a race or a published sheet.

    Args:
        source: the id of a bundled race, or the path of a JSON file.

    Raises:
        InvalidRecord: the file is there but cannot be used, with every problem.
        UnknownName: there is neither such a bundled race nor such a file.

    Example:
        >>> from massstart import load
        >>> load("beijing-2022-men-semifinal-1").rows[6].name
        'Sven Kramer'
    """
    return loads(read_bytes(source))


def loads(text: str | bytes) -> Race | Sheet:
    """Read a race or a published sheet from JSON text.

    Raises:
        InvalidRecord: with every problem of the text.

    Example:
        >>> from massstart import loads
        >>> race = loads('''{"kind": "race", "version": 1, "rulebook": "isu-2018",
        ...     "starters": [{"id": "4"}, {"id": "13"}], "finish": ["13", "4"]}''')
        >>> race.finish.ids
        ('13', '4')
    """
    from massstart.files import jsonread

    return jsonread.loads(text)


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
