"""The draw: who skates in which semifinal.

Decides how a field is dealt to any number of semifinals: by ranking or by lot, two of one nation apart. How the
ranking came about is for whoever enters the field.

Serpentine by ranking is assumed: the real formula is not known. That two skaters of one nation are kept apart is
certain. The field is cut into rows of as many skaters as there are semifinals, and each row sends one skater to each.
A row exchanges places only within itself, so the semifinals stay equally strong and equally large.

**Why apart is always possible.** Take the rows and the nations as the two sides of a graph, each skater as a line
between a row and a nation, and the semifinal as the line's colour. Two lines that meet in a row must differ in
colour, and so must two that meet in a nation. A nation with more skaters than there are semifinals is split, by
ranking, into parts of that many and a rest. Then no more lines meet anywhere than there are colours, and such a graph
can always be coloured (König 1916). So the skaters of a nation are spread as evenly as whole numbers allow, whatever
the field; the exchange of two colours along a path, which is his proof, is also the method here.
"""

from collections import defaultdict
from collections.abc import Hashable, Sequence
from hashlib import sha256
from itertools import product
from typing import Any, Literal, get_args

import attrs
from attrs import frozen

from massstart.identity import nation as nation_of
from massstart.order import id_order
from massstart.problems import InvalidRecord, Problem
from massstart.records import Starter, Starters, to_starters, to_tuple
from massstart.values import is_count

#: How a draw was made.
Method = Literal["serpentine", "random", "given"]
METHODS: tuple[Method, ...] = get_args(Method)


def _to_groups(value: Any) -> Any:
    return tuple(map(to_tuple, value)) if isinstance(value, list | tuple) else value


@frozen
class Draw:
    """Who skates in which semifinal.

    Attributes:
        semifinals: the ids of each, in the order in which they were dealt.
        method: ``serpentine`` by ranking, ``random`` by lot, or ``given`` by whoever made it.
        seed: the text that a lot was drawn with; ``None`` otherwise.

    Raises:
        InvalidRecord: no semifinals, a skater who was drawn twice, or a seed without a lot or a lot without one.
    """

    semifinals: tuple[tuple[Hashable, ...], ...] = attrs.field(converter=_to_groups)
    method: Method = "given"
    seed: str | None = None

    def __attrs_post_init__(self) -> None:
        problems = []
        if not isinstance(self.semifinals, tuple) or not all(isinstance(group, tuple) for group in self.semifinals):
            problems.append(Problem("type", "semifinals", "are not lists of ids", "list the ids of each semifinal"))
        elif not self.semifinals:
            problems.append(Problem("empty", "semifinals", "there is no semifinal", "give at least one"))
        else:
            problems += _repeated(self.semifinals)
        if self.method not in METHODS:
            message = f"{self.method!r} is not a method of drawing"
            problems.append(Problem("policy", "method", message, f"choose {', '.join(METHODS)}"))
        elif (self.seed is not None) != (self.method == "random") or not isinstance(self.seed, str | None):
            message = f"a {self.method} draw with the seed {self.seed!r}"
            problems.append(Problem("seed", "seed", message, "give a text as seed of a random draw, and of no other"))
        if problems:
            raise InvalidRecord(problems)


def _repeated(groups: tuple[tuple[Hashable, ...], ...]) -> list[Problem]:
    seen: set[Hashable] = set()
    problems = []
    for number, group in enumerate(groups):
        for index, id in enumerate(group):
            if id in seen:
                remedy = "name each skater once"
                problems.append(
                    Problem("repeated-id", f"semifinals[{number}][{index}]", f"{id!r} is drawn twice", remedy)
                )
            seen.add(id)
    return problems


def draw(starters: list[Any] | tuple[Any, ...] | Starters, semifinals: int = 2, *, seed: str | None = None) -> Draw:
    r"""Draw a field to semifinals.

    Args:
        starters: ids, or `Starter` values where nations are known, best of the ranking first.
        semifinals: how many, from 1 on.
        seed: draws lots instead of following the ranking. Lots are drawn by SHA-256, in ascending order of the hash
            of the seed, a line feed and the id in UTF-8. Unlike the generators of programming languages, it gives
            everyone the same draw, in any language and with ``printf 'seed\nid' | sha256sum``. Name the seed before
            the field is known, or take one that nobody can choose: with the field at hand, a draw can be picked.

    Returns:
        The draw. Sizes differ by one at most, and so do the numbers of one nation's skaters in any two semifinals.

    Raises:
        InvalidRecord: no starters, a repeated id, no number of semifinals, or a seed that is not text.

    Example:
        >>> from massstart import Starter
        >>> from massstart.event.seeding import draw
        >>> draw(["a", "b", "c", "d", "e"]).semifinals
        (('a', 'd', 'e'), ('b', 'c'))
        >>> draw([Starter("a", nation="NED"), Starter("b"), Starter("c"), Starter("d", nation="NED")]).semifinals
        (('a', 'c'), ('b', 'd'))
        >>> draw(["a", "b", "c", "d", "e"], seed="Heerenveen").semifinals
        (('a', 'e', 'c'), ('d', 'b'))
    """
    field = to_starters(starters)
    problems = []
    if not isinstance(field, Starters) or not field:
        problems.append(Problem("empty", "starters", "there is nobody to draw", "list the starters"))
    elif len(set(field.ids)) < len(field):
        problems.append(Problem("repeated-id", "starters", "a skater is entered twice", "name each skater once"))
    if not is_count(semifinals, 1):
        problems.append(
            Problem("type", "semifinals", f"{semifinals!r} is not a number of semifinals", "give 1 or more")
        )
    if not isinstance(seed, str | None):
        problems.append(Problem("seed", "seed", f"{seed!r} is not text", "give a text"))
    if problems:
        raise InvalidRecord(problems)
    order = list(field) if seed is None else sorted(field, key=lambda one: (_lot(seed, one.id), id_order(one.id)))
    dealt = _deal(order, semifinals)
    groups = [[one.id for one, chosen in zip(order, dealt, strict=True) if chosen == s] for s in range(semifinals)]
    return Draw(groups, "serpentine" if seed is None else "random", seed)


def _lot(seed: str, id: Hashable) -> str:
    return sha256(f"{seed}\n{id}".encode()).hexdigest()


def _deal(order: Sequence[Starter], semifinals: int) -> list[int]:
    """The semifinal of each skater, from 0 on."""
    dealt: list[int] = []
    # By row or part of a nation: which skater has it in which semifinal.
    taken: dict[Hashable, dict[int, int]] = defaultdict(dict)
    ends: list[tuple[Hashable, Hashable]] = []
    entered: dict[str, int] = defaultdict(int)

    def path(of: int, instead: int, node: Hashable) -> list[int]:
        """Skaters who exchange two semifinals so that nobody of the node is left in the first of them."""
        found: list[int] = []
        while (skater := taken[node].get(of)) is not None:
            found.append(skater)
            one, other = ends[skater]
            node, of, instead = other if node == one else one, instead, of
        return found

    for index, skater in enumerate(order):
        row, column = divmod(index, semifinals)
        wanted = column if row % 2 == 0 else semifinals - 1 - column
        code = nation_of(skater.nation)
        part: Hashable = (code, entered[code] // semifinals) if code else index
        entered[code] += 1
        here, nation = ("row", row), ("nation", part)
        free, free_of_nation = (set(range(semifinals)) - taken[node].keys() for node in (here, nation))
        # Where one is free on both sides nobody has to move: with the other ways 400 skaters took minutes to draw for 200.
        ways: list[tuple[int, int, list[int]]] = [(both, both, []) for both in free & free_of_nation] or [
            way
            for own, other in product(free, free_of_nation)
            for way in ((own, other, path(own, other, nation)), (other, own, path(other, own, here)))
        ]
        # The fewest others to move, the better ranked of them last, and then as near as can be to the serpentine.
        chosen, instead, moved = min(
            ways, key=lambda way: (len(way[2]), -min(way[2], default=0), abs(way[0] - wanted), way[:2])
        )
        for one in moved:
            for end in ends[one]:
                del taken[end][dealt[one]]
        for one in moved:
            dealt[one] = instead if dealt[one] == chosen else chosen
            for end in ends[one]:
                taken[end][dealt[one]] = one
        ends.append((here, nation))
        dealt.append(chosen)
        taken[here][chosen] = taken[nation][chosen] = index
    return dealt
