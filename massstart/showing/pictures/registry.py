"""From a value to its picture: one function, which every kind of picture registers a way of its own with.

Decides how a value is refused that has no picture.
"""

from functools import singledispatch
from typing import Literal


@singledispatch
def draw(value: object, as_: Literal["svg", "png"] = "svg") -> bytes:
    """Draw a value; see `massstart.showing.picture`.

    Raises:
        MissingExtra: matplotlib is not installed.
        TypeError: a value that has no picture.
        ValueError: another format.
    """
    del as_
    known = ", ".join(kind.__name__ for kind in draw.registry if kind is not object)
    raise TypeError(f"there is no picture of a {type(value).__name__}, only of {known}")
