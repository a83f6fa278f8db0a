"""Finding a skater of a result by what a person types.

Decides what counts as a match: the id, else part of the name, whatever its capitals and accents.
"""

import unicodedata

from massstart.problems import UnknownName
from massstart.result import Result, Row


def find(result: Result, skater: str) -> Row:
    """The row of a skater.

    Args:
        result: a result.
        skater: an id, a number worn, or part of a name.

    Raises:
        UnknownName: nobody, or more than one skater, is called so.
    """
    exact = [row for row in result if str(row.id) == skater]
    found = exact or [row for row in result if row.name and _plain(skater) in _plain(row.name)]
    if len(found) == 1:
        return found[0]
    problem = "more than one skater matches" if found else "no skater matches"
    names = ", ".join(f"{row.label} ({row.id})" for row in found or result)
    raise UnknownName(f"{problem} {skater!r}; there are {names}")


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(character for character in decomposed if not unicodedata.combining(character)).casefold()
