"""An order across the line: who crossed in which place, dead heats included.

Decides how an order is written and read. What the places are worth stands in `massstart.scoring`.
"""

from collections.abc import Collection, Hashable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Self

from attrs import frozen

from massstart.problems import InvalidRecord, Problem


@frozen
class Order:
    """Skaters in the order in which they crossed the line.

    Attributes:
        ids: the skaters, first across the line first.
        places: their places, as many as ids; those of a dead heat share the better one, and as many
            places are skipped: 1, 2, 2, 4.

    Example:
        >>> from massstart import Order
        >>> order = Order.from_list(["80", ["112", "181"], "8"])
        >>> list(zip(order.ids, order.places))
        [('80', 1), ('112', 2), ('181', 2), ('8', 4)]
    """

    ids: tuple[Hashable, ...] = ()
    places: Sequence[int] = range(1, 1)

    @classmethod
    def from_list(cls, order: Sequence[Hashable | list[Hashable]]) -> Self:
        """Read an order: a list of ids, with a *list* within it for each dead heat.

        A tuple within the list is an id, as any other hashable value is.

        Raises:
            InvalidRecord: not a list or tuple, a dead heat of nobody, or an id that is not hashable.
        """
        if not isinstance(order, (list, tuple)):
            raise InvalidRecord([Problem("type", "", f"{order!r} is no order", "list the ids")])
        ids = tuple(order)
        if list in map(type, ids):
            return cls.from_groups([entry if isinstance(entry, list) else [entry] for entry in ids])
        _refuse_unhashable(ids)
        return cls(ids, range(1, len(ids) + 1))

    @classmethod
    def from_groups(cls, groups: Sequence[Collection[Hashable]]) -> Self:
        """Make an order of groups, each of those who crossed together.

        Raises:
            InvalidRecord: a group is empty, or an id is not hashable.
        """
        for index, group in enumerate(groups):
            if not group:
                raise InvalidRecord([Problem("type", f"[{index}]", "a dead heat of nobody", "name those who tied")])
        ids = tuple(id for group in groups for id in group)
        _refuse_unhashable(ids)
        if len(ids) == len(groups):
            return cls(ids, range(1, len(ids) + 1))
        places: list[int] = []
        for group in groups:
            places += [len(places) + 1] * len(group)
        return cls(ids, tuple(places))

    @property
    def is_gapless(self) -> bool:
        """Whether the places are 1, 2, 3, …: no dead heat, and no place kept open."""
        return isinstance(self.places, range)

    @property
    def groups(self) -> tuple[tuple[Hashable, ...], ...]:
        """Those who crossed together, group by group; most groups have one member."""
        pairs = zip(self.ids, self.places, strict=True)
        return tuple(tuple(id for id, _ in group) for _, group in groupby(pairs, key=itemgetter(1)))

    def without(self, absent: Collection[Hashable], *, close: bool) -> Self:
        """This order without some skaters, their places closed up or kept open."""
        if absent.isdisjoint(self.ids) if isinstance(absent, set | frozenset) else not absent:
            return self
        if close:
            left = [[id for id in group if id not in absent] for group in self.groups]
            return type(self).from_groups([group for group in left if group])
        pairs = [(id, place) for id, place in zip(self.ids, self.places, strict=True) if id not in absent]
        return type(self)(tuple(id for id, _ in pairs), tuple(place for _, place in pairs))

    def where(self, position: int) -> str:
        """The place in the file of the id at a position of ``ids``: ``[1]``, or ``[1][0]`` in a dead heat."""
        place = self.places[position]
        index = len(set(self.places[:position])) - (place in self.places[:position])
        if list(self.places).count(place) == 1:
            return f"[{index}]"
        return f"[{index}][{position - list(self.places).index(place)}]"

    def __iter__(self) -> Iterator[tuple[Hashable, int]]:
        return zip(self.ids, self.places, strict=True)

    def __len__(self) -> int:
        return len(self.ids)


def _refuse_unhashable(ids: tuple[Hashable, ...]) -> None:
    try:
        hash(ids)
    except TypeError:
        raise InvalidRecord(
            [Problem("type", "", f"{ids!r}: an id is not hashable", "use strings or numbers as ids")]
        ) from None


def id_order(id: Hashable) -> tuple[int, int, str, str]:
    """A fixed order of ids where the rules give none: numbers by value, then the rest by text, then by type."""
    text = str(id)
    number = text.isascii() and text.isdecimal()
    return (0, int(text), text, type(id).__name__) if number else (1, 0, text, type(id).__name__)
