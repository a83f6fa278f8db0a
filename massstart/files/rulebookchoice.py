"""Which rulebook a result is read under that names none: that of its date.

Decides how the rulebook is found for formats that cannot say it themselves.
"""

from collections.abc import Sequence
from datetime import date

from attrs import evolve

from massstart.problems import InvalidRecord, Problem, UnknownName
from massstart.rulebook import Rulebook
from massstart.rulebooks import rulebook as find


def choose(
    given: Rulebook | str | None,
    day: str | None,
    *,
    junior: bool = False,
    laps: int | None = None,
    sprint_laps: Sequence[int] | None = None,
) -> Rulebook | Problem:
    """A rulebook by its id or by the day of the race, with the race's own sprint laps where they are given.

    Example:
        >>> choose(None, "2025-11-16").id
        'isu-2024'
        >>> choose(None, "2025-11-16", laps=20, sprint_laps=[4, 8, 12, 16]).sprint_laps
        (4, 8, 12, 16)
    """
    try:
        book = given if isinstance(given, Rulebook) else find(given or date.fromisoformat(day or ""), junior=junior)
    except UnknownName as error:
        return Problem("unknown-rulebook", "rulebook", str(error), "choose one of them (rulebook, --rulebook)")
    except ValueError:
        return Problem("missing-key", "rulebook", "no rulebook is given, and no date to find it by", "give one of them")
    if sprint_laps is None:
        return book
    try:
        # The laps of the sprints are held against the distance, so both are the race's.
        return evolve(book, laps=laps or book.laps, sprint_laps=tuple(sprint_laps))
    except InvalidRecord as error:
        return error.problems[0]
