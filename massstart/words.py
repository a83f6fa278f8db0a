"""The few words of English that reasons and messages are built from."""

from collections.abc import Sequence

_PLACES = (
    "first", "second", "third", "fourth", "fifth", "sixth",
    "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth",
)  # fmt: skip
_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def ordinal(number: int) -> str:
    """``7th``, ``21st``, ``112th``."""
    if number % 100 in (11, 12, 13):
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"


def place(number: int) -> str:
    """``ninth``, and from thirteen on ``13th``."""
    return _PLACES[number - 1] if number <= len(_PLACES) else ordinal(number)


def number(value: int) -> str:
    """``three``, and from thirteen on ``13``."""
    return _NUMBERS[value - 1] if value <= len(_NUMBERS) else str(value)


def count(number: int, noun: str) -> str:
    """``1 point``, ``3 points``, ``no points``."""
    return f"{number or 'no'} {noun}{'' if number == 1 else 's'}"


def listing(items: Sequence[str]) -> str:
    """``A``, ``A and B``, ``A, B and C``."""
    *first, last = items
    return f"{', '.join(first)} and {last}" if first else last
