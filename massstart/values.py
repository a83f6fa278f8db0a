"""What counts as a whole number, and what can be an id.

Decides for every record of the package alike, so that no two of them disagree.
"""

from datetime import date
from operator import index
from typing import Any


def is_count(value: object, least: int = 0) -> bool:
    """Whether a value is a whole number from ``least`` on; ``True`` is not a number."""
    return isinstance(value, int) and not isinstance(value, bool) and value >= least


def to_whole(value: Any) -> Any:
    """A whole number as a plain one: ``4.0``, or a number of numpy or pandas; anything else as it is.

    Example:
        >>> to_whole(4.0), to_whole(True), to_whole(4.5), to_whole(None)
        (4, True, 4.5, None)
    """
    if type(value) is int or isinstance(value, bool) or value is None:
        return value
    if isinstance(value, float):
        return int(value) if value.is_integer() else value
    try:
        return index(value)
    except TypeError:
        return value


def is_text(value: object) -> bool:
    """Whether a value is text, or absent."""
    return value is None or isinstance(value, str)


def is_hashable(value: object) -> bool:
    """Whether a value, and everything within it, can be an id."""
    try:
        hash(value)
    except TypeError:
        return False
    return True


def is_day(value: object) -> bool:
    """Whether a value is the text of a real day, of the form ``YYYY-MM-DD`` and no other.

    Example:
        >>> from massstart.values import is_day
        >>> [is_day(text) for text in ("2025-11-16", "20251116", "16.11.2025", "2025-02-30")]
        [True, False, False, False]
    """
    if not isinstance(value, str) or len(value) != len("YYYY-MM-DD"):
        return False
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False
