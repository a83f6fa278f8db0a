"""From a value to its table: one function, which every kind of value registers a way of its own with.

Decides how a value is refused that has no table.
"""

from functools import singledispatch

from massstart.race import Race
from massstart.showing.model.cells import Table


@singledispatch
def table(value: object, *, reasons: bool = False) -> Table:
    """The table of a value.

    Args:
        value: a result, a sheet, a verification, a start list, an event, a season ranking, or the places at the
            Games. A sheet is shown as it was printed, a verification as its sheet with the findings at their cells,
            an event by its overall ranking.
        reasons: whether each line gets the reason for its rank. Those of a sheet are the reasons of
            `massstart.rank`, whatever rank is printed; those of the places at the Games stand there in any case.

    Raises:
        InvalidRecord: reasons are wanted of a sheet whose facts do not settle the order.
        ValueError: reasons are wanted of a start list or an event, which have none.
        TypeError: something else.

    Example:
        >>> from massstart import Race, rank
        >>> from massstart.showing.model import table
        >>> shown = table(rank(Race(rulebook="isu-2024", starters=["a", "b"], finish=[["a", "b"]])))
        >>> [[cell.shown for cell in line.cells] for line in shown.lines][0]
        ['1=', 'a', '', '', '', '60', '60', '1=']
    """
    del reasons
    hint = "; rank(race) gives a Result" if isinstance(value, Race) else ""
    known = ", ".join(kind.__name__ for kind in table.registry if kind is not object)
    raise TypeError(f"a {type(value).__name__} cannot be shown, only {known}{hint}")
