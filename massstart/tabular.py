"""Values that have rows: as flat dicts for other programs, and as a table in a notebook.

Decides what a text in a cell may hold, and how a time stands in a flat row. What the rows of a value hold is decided
beside the value.
"""

import unicodedata
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from typing import Any

from massstart.problems import Problem
from massstart.times import RaceTime

_BREAKS = "\t\n\v\f\r\x85\u2028\u2029"


class Tabular(ABC):
    """A value that has rows.

    Example:
        >>> from massstart import Race, advance, rank
        >>> result = rank(Race(rulebook="isu-2018", starters=["<b>"], finish=["<b>"]))
        >>> print(advance(result)._repr_html_()[:49])
        <p><b><bdi>Start list of the final</bdi></b></p><
    """

    __slots__ = ()

    @abstractmethod
    def to_rows(self) -> list[dict[str, Any]]:
        """The rows as flat dicts, which all have the same keys."""

    def _repr_html_(self) -> str:
        """The rows as a table in a notebook: without columns in which nothing stands, with every warning below."""
        return "".join(_html(self._title(), self.to_rows(), self._remarks()))

    @abstractmethod
    def _title(self) -> str:
        """What stands above the rows."""

    def _remarks(self) -> Iterable[str]:
        """What stands below the rows."""
        warnings: Iterable[Problem] = getattr(self, "warnings", ())
        return (f"warning: {warning}" for warning in warnings)


def _html(title: str, rows: list[dict[str, Any]], remarks: Iterable[str]) -> Iterator[str]:
    yield f"<p><b>{_text(title)}</b></p>"
    if rows:
        # The seconds are the time once more, for programs.
        names = [name for name in rows[0] if name != "seconds" and any(row[name] is not None for row in rows)]
        yield f"<table><thead><tr>{''.join(f'<th>{name}</th>' for name in names)}</tr></thead><tbody>"
        for row in rows:
            yield f"<tr>{''.join(f'<td>{_text(row[name])}</td>' for name in names)}</tr>"
        yield "</tbody></table>"
    yield from (f"<p>{_text(remark)}</p>" for remark in remarks)


def _text(value: object) -> str:
    """A text that keeps its writing direction to itself."""
    # Loaded when a notebook asks: two thousand names of letters are of no use to whoever ranks races.
    from html import escape

    return f"<bdi>{escape(clean(value))}</bdi>"


def clean(value: object) -> str:
    """A value as text on one line: line breaks and tabs become spaces, other control characters U+FFFD.

    Everything else stays as it is, of whatever script; ``None`` is the empty text.
    """
    text = "" if value is None else str(value)
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        " " if character in _BREAKS else "\ufffd" if unicodedata.category(character) in ("Cc", "Cs") else character
        for character in text
    )


def flat_time(time: RaceTime | None) -> dict[str, Any]:
    """A time as two cells of a flat row: the text, and the seconds."""
    return {"time": None, "seconds": None} if time is None else {"time": str(time), "seconds": time.milliseconds / 1000}
