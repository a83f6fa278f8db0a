"""A race as the Python expression that makes it, for reports and for tests to keep.

Decides what is worth saying. Names, nations, reasons and sources are left out: they decide nothing.
"""

from attrs import fields

from massstart.race import Race
from massstart.rulebook import Rulebook, Scale
from massstart.rulebooks import ids as rulebook_ids
from massstart.rulebooks import rulebook as rulebook_by_id
from massstart.testing.changes import plain


def source(race: Race) -> str:
    """The expression that makes a race, without what says nothing.

    Example:
        >>> from massstart import Race
        >>> from massstart.testing import source
        >>> print(source(Race(rulebook="isu-2018", starters=["a", "b"], sprints={4: ["b"]}, finish=[["a", "b"]])))
        Race(rulebook='isu-2018', starters=['a', 'b'], finish=[['a', 'b']], sprints={4: ['b']})
    """
    given = plain(race)
    book = race.rulebook
    said = {
        "rulebook": _book_source(book),
        "starters": repr(list(race.starters.ids)),
        "finish": repr(given["finish"]),
    }
    noted = {
        "sprints": given["sprints"],
        "times": {id: str(time) for id, time in race.times},
        "lapped": given["lapped"],
        "unfinished": {note.id: (note.laps, str(note.time)) if note.time else note.laps for note in race.unfinished},
        "disqualified": [note.id for note in race.disqualified],
        "did_not_start": given["did_not_start"],
        "advanced": [note.id for note in race.advanced],
        "laps": None if race.laps == book.laps else race.laps,
        "sprint_laps": None if race.sprint_laps == book.sprint_laps else race.sprint_laps,
        "advance": race.advance,
    }
    said |= {name: repr(value) for name, value in noted.items() if value not in (None, [], {})}
    return f"Race({', '.join(f'{name}={value}' for name, value in said.items())})"


def _book_source(book: Rulebook) -> str:
    if book.id in rulebook_ids() and rulebook_by_id(book.id) == book:
        return repr(book.id)
    values = {one.name: getattr(book, one.name) for one in fields(Rulebook) if one.name != "evidence"}
    said = [f"{name}={_value_source(value)}" for name, value in values.items() if value != _DEFAULTS[name]]
    return f"Rulebook({', '.join(said)})"


_DEFAULTS = {one.name: one.default for one in fields(Rulebook)}


def _value_source(value: object) -> str:
    return f"Scale({', '.join(map(str, value))})" if isinstance(value, Scale) else repr(value)
