"""Race times as printed: ``7:42.97``, or ``7:42.976`` where the thousandths are known.

Decides what counts as a time and how two printed times compare. A time with hundredths is a truncated
one (the result sheets print ``7:42.97`` for both 7:42.976 and 7:42.979), so two times that are equal in
their hundredths say something about the order only where both show thousandths.
"""

import re
from typing import Self

from attrs import Attribute, field, frozen

from massstart.values import is_count

_PRINTED = re.compile(r"([0-9]{1,3}):([0-5][0-9])\.([0-9]{2})([0-9])?", re.ASCII).fullmatch


def _check_milliseconds(_: "RaceTime", attribute: "Attribute[int]", value: int) -> None:
    if not is_count(value):
        raise ValueError(f"{attribute.name} are a whole number from 0 on, not {value!r}")


@frozen
class RaceTime:
    """A time since the start.

    Attributes:
        milliseconds: 0 or more; the last digit is 0 where only hundredths are known.
        exact: whether the thousandths are known.

    Example:
        >>> from massstart import RaceTime
        >>> RaceTime.from_text("7:42.97").milliseconds
        462970
        >>> print(RaceTime.from_text("7:42.976"))
        7:42.976
    """

    milliseconds: int = field(validator=_check_milliseconds)
    exact: bool = False

    @classmethod
    def from_text(cls, text: str) -> Self:
        """Read ``M:SS.cc`` or ``M:SS.mmm``.

        Raises:
            ValueError: the text is not such a time.
        """
        match = _PRINTED(text)
        if match is None:
            raise ValueError(f"{text!r} is not a time; write M:SS.cc or M:SS.mmm")
        minutes, seconds, hundredths, thousandths = match.groups()
        milliseconds = (int(minutes) * 60 + int(seconds)) * 1000 + int(hundredths) * 10 + int(thousandths or 0)
        return cls(milliseconds, thousandths is not None)

    @classmethod
    def from_seconds(cls, seconds: float) -> Self:
        """A time from seconds, to the thousandth; exact where these are not whole hundredths.

        Raises:
            ValueError: a negative number, or none at all.

        Example:
            >>> print(RaceTime.from_seconds(462.97), RaceTime.from_seconds(462.976))
            7:42.97 7:42.976
        """
        if not 0 <= seconds < float("inf"):
            raise ValueError(f"{seconds!r} is not a time in seconds")
        milliseconds = round(seconds * 1000)
        return cls(milliseconds, milliseconds % 10 != 0)

    def __str__(self) -> str:
        seconds, milliseconds = divmod(self.milliseconds, 1000)
        fraction = f"{milliseconds:03d}" if self.exact else f"{milliseconds // 10:02d}"
        return f"{seconds // 60}:{seconds % 60:02d}.{fraction}"

    def before(self, other: "RaceTime") -> bool | None:
        """Whether this time is the shorter one; ``None`` where the printed digits leave it open."""
        if self.milliseconds // 10 != other.milliseconds // 10:
            return self.milliseconds < other.milliseconds
        if self.exact and other.exact and self.milliseconds != other.milliseconds:
            return self.milliseconds < other.milliseconds
        return None
