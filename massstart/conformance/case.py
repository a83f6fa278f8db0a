"""What a conformance case is.

Decides what a case can ask for. Where the cases lie, and what is right in one, is decided elsewhere.
"""

from collections.abc import Callable
from typing import Any, Literal, get_args

from attrs import frozen

#: What a case can ask for; the page of the vectors says what each means.
Does = Literal["rank", "verify", "advance", "refuse", "outlook", "replay", "standings", "quota"]
#: What a case can ask for.
DOES: tuple[Does, ...] = get_args(Does)


@frozen
class Case:
    """One conformance vector.

    Attributes:
        id: its name, which no other case has.
        does: what is asked, one of `DOES`.
        given: the case as an object, without what is expected: what a program is asked.
        expected: what every conformant engine answers.
    """

    id: str
    does: Does
    given: dict[str, Any]
    expected: dict[str, Any]

    @property
    def input(self) -> Any:
        """What stands under ``input``: an object, or a list of them."""
        return self.given["input"]


#: Whatever answers cases: this library, or a program.
Answer = Callable[[Case], Any]
