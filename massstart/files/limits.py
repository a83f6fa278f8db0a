"""How large a file may be.

Decides what no race, sheet or event can need, so that a file which was made to keep a program busy is refused at the door.
The largest that was ever published has 36 starters, four sprints and a few hundred events. Values that are made in Python
have no such limits; ranking grows with the number of starters, verifying with its square.
"""

from collections.abc import Sized

from massstart.problems import InvalidRecord, Problem

#: Bytes of a file: a PDF with a picture on every page has a few million.
BYTES = 20_000_000
#: Entries of any list or object: starters, rows, those in a sprint, sprints.
ENTRIES = 1_000
#: Events of a log: every passing of 80 skaters on 25 laps.
EVENTS = 2_000
#: Lines and columns of a text or a spreadsheet, with what stands above and below the table.
LINES = 5_000
COLUMNS = 1_000

_REMEDY = "give the file of one race, sheet or event"


def check_size(value: Sized, most: int, what: str, where: str = "") -> None:
    """Refuse what is larger than it may be.

    Raises:
        InvalidRecord: it is.
    """
    if len(value) > most:
        raise InvalidRecord([too_large(len(value), most, what, where)])


def too_large(size: int, most: int, what: str, where: str = "") -> Problem:
    """The problem of a file that is larger than it may be."""
    return Problem("size", where, f"{size:,} {what}; at most {most:,} are read", _REMEDY)
