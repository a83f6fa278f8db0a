"""A race log from its lines, as far as they can be used.

Decides what becomes of a line that cannot: the event keeps its number and counts for nothing, so that the numbers of
the others stay right.
"""

from attrs import frozen

from massstart.files.logs import header_from as header
from massstart.files.logs import log_and_problems, with_line
from massstart.live.log import RaceLog
from massstart.problems import Problem

__all__ = ["Feed", "header", "read_feed", "with_line"]


@frozen
class Feed:
    """A log, and what of it could not be used.

    Attributes:
        log: the log; an event that could not be used has its number and is ``None``.
        refused: every problem of those, by the numbers of the events.
    """

    log: RaceLog
    refused: tuple[Problem, ...]


def read_feed(text: str | bytes) -> Feed:
    """Read a log, and leave out the events that cannot be used.

    Args:
        text: the lines of the log, the first of them its race.

    Raises:
        InvalidRecord: the first line is not the race of a log, with every problem.

    Example:
        >>> from massstart.feed import read_feed
        >>> feed = read_feed('''{"kind": "race", "version": 1, "rulebook": "isu-2018", "starters": [{"id": "4"}, {"id": "87"}]}
        ... {"event": "arrival", "id": "87"}
        ... {"event": "arrival", "id": "78"}
        ... {"event": "arrival", "id": "4"}
        ... ''')
        >>> [problem.where for problem in feed.refused], list(feed.log.progress().arrived)
        (['events.2.id'], [('87', 1), ('4', 2)])
    """
    log, refused = log_and_problems(text)
    return Feed(log, tuple(refused))
