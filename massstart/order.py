"""An order across the line: who crossed in which place, dead heats included.

Decides how an order is written and read. What the places are worth stands in `massstart.scoring`.
"""

from collections.abc import Collection, Hashable, Iterable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Self

from attrs import frozen

from massstart.problems import InvalidRecord, Problem
from massstart.values import is_count


@frozen(init=False)
class Order:
    """Skaters in the order in which they crossed the line.

    Args:
        ids: the skaters, first across the line first.
        places: their places, one for each id; 1, 2, 3, … unless given. Those of a dead heat share the better one,
            and as many places are skipped: 1, 2, 2, 4. A place that is kept open is left out.

    Attributes:
        pairs: each skater with its place.

    Raises:
        InvalidRecord: ids that are not hashable, or places that do not fit them.

    Example:
        >>> from massstart import Order
        >>> order = Order.from_list(["80", ["112", "181"], "8"])
        >>> list(order)
        [('80', 1), ('112', 2), ('181', 2), ('8', 4)]
        >>> Order(["a", "b"]) == Order.from_list(["a", "b"]) == Order(["a", "b"], [1, 2])
        True
    """

    pairs: tuple[tuple[Hashable, int], ...]

    def __init__(self, ids: Sequence[Hashable] = (), places: Sequence[int] | None = None) -> None:
        ids = tuple(ids)
        _refuse_unhashable(ids)
        if places is None:
            places = range(1, len(ids) + 1)
        elif not _fit(places, len(ids)):
            raise InvalidRecord(
                [
                    Problem(
                        "places", "", f"{list(places)} are not the places of {len(ids)} skaters in order",
                        "give each skater a place; a dead heat shares one and skips as many: 1, 2, 2, 4",
                    )
                ]
            )  # fmt: skip
        self.__attrs_init__(tuple(zip(ids, places, strict=True)))

    @classmethod
    def _from_pairs(cls, pairs: Iterable[tuple[Hashable, int]]) -> Self:
        order = cls.__new__(cls)
        order.__attrs_init__(tuple(pairs))
        return order

    @classmethod
    def from_list(cls, order: Sequence[Hashable | list[Hashable]]) -> Self:
        """Read an order: a list of ids, with a *list* within it for each dead heat.

        A tuple within the list is an id, as any other hashable value is.

        Raises:
            InvalidRecord: not a list or tuple, a dead heat of nobody, or an id that is not hashable.
        """
        if not isinstance(order, (list, tuple)):
            raise InvalidRecord([Problem("type", "", f"{order!r} is not an order", "list the ids")])
        if list in map(type, order):
            pairs = cls._tied(order)
        else:
            pairs = tuple(zip(order, range(1, len(order) + 1), strict=True))
        _refuse_unhashable(pairs)
        return cls._from_pairs(pairs)

    @classmethod
    def from_groups(cls, groups: Iterable[Collection[Hashable]]) -> Self:
        """Make an order of groups, each of those who crossed together.

        Raises:
            InvalidRecord: a group is empty, or an id is not hashable.
        """
        return cls.from_list([[*group] for group in groups])

    @staticmethod
    def _tied(order: Sequence[Hashable | list[Hashable]]) -> tuple[tuple[Hashable, int], ...]:
        pairs: list[tuple[Hashable, int]] = []
        for index, entry in enumerate(order):
            place = len(pairs) + 1
            if not isinstance(entry, list):
                pairs.append((entry, place))
            elif entry:
                pairs += [(id, place) for id in entry]
            else:
                raise InvalidRecord([Problem("type", f"[{index}]", "a dead heat of nobody", "name those who tied")])
        return tuple(pairs)

    @property
    def ids(self) -> tuple[Hashable, ...]:
        """The skaters, first across the line first."""
        return tuple([id for id, _ in self.pairs])

    @property
    def is_gapless(self) -> bool:
        """Whether the places are 1, 2, 3, …, without a dead heat and without a place kept open."""
        return all(place == position for position, (_, place) in enumerate(self.pairs, 1))

    @property
    def groups(self) -> tuple[tuple[Hashable, ...], ...]:
        """Those who crossed together, group by group; most groups have one member."""
        return tuple([tuple([id for id, _ in group]) for _, group in groupby(self.pairs, key=itemgetter(1))])

    def without(self, absent: Collection[Hashable], *, close: bool) -> Self:
        """This order without some skaters, their places closed up or kept open."""
        left = [(id, place) for id, place in self.pairs if id not in absent]
        if len(left) == len(self.pairs):
            return self
        if close:
            latest = closed = 0
            for position, (id, place) in enumerate(left):
                if place != latest:
                    latest, closed = place, position + 1
                left[position] = (id, closed)
        return self._from_pairs(left)

    def followed_by(self, other: "Order") -> Self:
        """This order, then whoever stands in another one alone, closed up; places of this one that are open stay so."""
        known = frozenset(self.ids)
        rest = self.from_groups([left for group in other.groups if (left := [id for id in group if id not in known])])
        last = self.pairs[-1][1] if self.pairs else 1
        used = last - 1 + sum(place == last for _, place in self.pairs)
        return self._from_pairs([*self.pairs, *((id, used + place) for id, place in rest.pairs)])

    def where(self, position: int) -> str:
        """The place in the file of the id at a position of ``ids``: ``[1]``, or ``[1][0]`` in a dead heat."""
        for index, group in enumerate(self.groups):
            if position < len(group):
                return f"[{index}]" if len(group) == 1 else f"[{index}][{position}]"
            position -= len(group)
        raise IndexError(position)

    def __iter__(self) -> Iterator[tuple[Hashable, int]]:
        return iter(self.pairs)

    def __len__(self) -> int:
        return len(self.pairs)


def _fit(places: Sequence[int], skaters: int) -> bool:
    """Whether places can be those of so many skaters: they rise, and a shared one skips as many as share it."""
    if len(places) != skaters or not all(is_count(place, 1) for place in places):
        return False
    latest = 0
    for ahead, place in enumerate(places):
        if place != latest and place <= max(latest, ahead):
            return False
        latest = place
    return True


def _refuse_unhashable(ids: tuple[Hashable, ...]) -> None:
    try:
        hash(ids)
    except TypeError:
        raise InvalidRecord(
            [Problem("type", "", f"{ids!r}: an id is not hashable", "use strings or numbers as ids")]
        ) from None


def id_order(id: Hashable) -> tuple[int, int, str, str, str]:
    """A fixed order of ids where the rules give none: numbers by value, then the rest by text, then by type."""
    text = str(id)
    if text.isascii() and text.isdecimal():
        # By length and digits, for Python makes no number of more than 4300.
        digits = text.lstrip("0")
        return 0, len(digits), digits, text, type(id).__name__
    return 1, 0, "", text, type(id).__name__
