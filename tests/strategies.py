"""Legal races and rulebooks for the property tests, and races changed in one respect.

Shrinks towards few skaters, no ties, everybody finishing.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from random import Random
from typing import Any, TypeVar

from hypothesis import strategies as st
from massstart import Order, Race, Rulebook, Scale, Starter, rulebook
from massstart.records import Advanced, Disqualified, Unfinished

T = TypeVar("T")
Draw = st.DrawFn

SENIOR = ("isu-2014", "isu-2018", "isu-2024")
JUNIOR = ("isu-2014-junior", "isu-2018-junior", "isu-2024-junior")

Ids = st.SearchStrategy[list[Hashable]]


# --- rulebooks -------------------------------------------------------------------------------------------


def scales(*, max_points: int = 60, max_size: int = 8) -> st.SearchStrategy[Scale]:
    """Any scale: the most points first, equal points for two places among them."""
    points = st.lists(st.integers(1, max_points), min_size=1, max_size=max_size)
    return points.map(lambda found: Scale(*sorted(found, reverse=True)))


@st.composite
def distances(draw: Draw, *, max_laps: int = 20, max_sprints: int = 4) -> tuple[int, tuple[int, ...]]:
    """A distance, and the laps of the intermediate sprints."""
    laps = draw(st.integers(1, max_laps))
    if laps == 1:
        return laps, ()
    sprint_laps = draw(st.lists(st.integers(1, laps - 1), unique=True, max_size=max_sprints))
    return laps, tuple(sorted(sprint_laps))


def isu_rulebooks() -> st.SearchStrategy[Rulebook]:
    """The six of the ISU."""
    return st.sampled_from([rulebook(id) for id in (*SENIOR, *JUNIOR)])


@st.composite
def invented_rulebooks(draw: Draw) -> Rulebook:
    """Any rulebook: small points are likelier, for they make more ties and overtakings."""
    laps, sprint_laps = draw(distances())
    return Rulebook(
        id=draw(st.sampled_from(["school", "isu-2018", "Straße 7"])),
        laps=laps,
        sprint_laps=sprint_laps,
        intermediate=draw(st.one_of(scales(max_points=3, max_size=4), scales())),
        final=draw(st.one_of(scales(max_points=6, max_size=6), scales())),
        forfeits=draw(st.booleans()),
        advance=draw(st.integers(1, 10)),
        max_starters=draw(st.none() | st.integers(1, 30)),
        sprint_dead_heat=draw(st.sampled_from(["skip", "follow"])),
        disqualified_in_sprint=draw(st.sampled_from(["closed", "kept"])),
        disqualified_at_finish=draw(st.sampled_from(["closed", "kept"])),
    )


def rulebooks() -> st.SearchStrategy[Rulebook]:
    """One of the ISU's, or an invented one."""
    return isu_rulebooks() | invented_rulebooks()


# --- skaters and times -----------------------------------------------------------------------------------


def _texts(max_size: int = 6) -> st.SearchStrategy[str]:
    return st.text(st.characters(codec="utf-8"), max_size=max_size)


def string_ids(*, min_size: int = 0, max_size: int = 24) -> Ids:
    """Numbers written as text, as in files, and any other text."""
    numbers = st.integers(1, 200).map(str)
    return _unique(st.one_of(numbers, numbers, _texts(4)), min_size, max_size)


def any_ids(*, min_size: int = 0, max_size: int = 24) -> Ids:
    """Text, numbers, tuples, or all of them; no two that read alike."""
    numbers = st.integers(1, 200)
    pairs = st.tuples(numbers, st.sampled_from("ab"))
    plain = string_ids(min_size=min_size, max_size=max_size)
    others = [_unique(kind, min_size, max_size) for kind in (numbers, pairs, numbers.map(str) | numbers | pairs)]
    return st.one_of(plain, *others)


def _unique(ids: st.SearchStrategy[Any], min_size: int, max_size: int) -> Ids:
    return st.lists(ids, min_size=min_size, max_size=max_size, unique_by=str)


def times() -> st.SearchStrategy[str]:
    """Printed times, with hundredths or thousandths; few enough for two to be equal."""
    hundredths = st.builds("{}:{:02d}.{:02d}".format, st.integers(5, 8), st.integers(0, 2), st.integers(0, 9))
    return st.one_of(hundredths, st.builds("{}{}".format, hundredths, st.integers(0, 9)))


# --- races -----------------------------------------------------------------------------------------------


def orders(of: Sequence[Hashable], *, dead_heats: bool = True) -> st.SearchStrategy[list[Any]]:
    """Everyone of some skaters across the line, in any order."""
    permuted = st.permutations(of)
    if not dead_heats or len(of) < 2:
        return permuted
    cuts = st.lists(st.sampled_from([False, False, True]), min_size=len(of) - 1, max_size=len(of) - 1)
    return permuted | st.builds(_tied, permuted, cuts)


def _tied(ids: Sequence[Hashable], with_the_one_before: Sequence[bool]) -> list[Any]:
    groups = [[ids[0]]]
    for id, together in zip(ids[1:], with_the_one_before, strict=True):
        if together:
            groups[-1].append(id)
        else:
            groups.append([id])
    return [group if len(group) > 1 else group[0] for group in groups]


@st.composite
def sprint_orders(draw: Draw, of: Sequence[Hashable], *, dead_heats: bool = True) -> list[Any]:
    """The first of some skaters across the line: all of them, or as many as were noted."""
    order = draw(orders(of, dead_heats=dead_heats))
    return order[: draw(st.integers(0, len(order)))] if draw(st.booleans()) else order[:9]


@st.composite
def races(
    draw: Draw,
    *,
    books: st.SearchStrategy[Rulebook] | None = None,
    ids: Ids | None = None,
    own_distance: bool = True,
    everyone_finishes: bool = False,
    disqualifications: bool = True,
    dead_heats: bool = True,
    full_sprints: bool = False,
) -> Race:
    """Any legal race.

    Args:
        books: the rulebooks; any unless given.
        ids: the ids of the starters; text unless given.
        own_distance: whether laps and sprint laps may differ from the rulebook's.
        everyone_finishes: nobody lapped, unfinished, disqualified or absent.
        disqualifications: whether anyone may be disqualified.
        dead_heats: whether anyone may be tied across the line.
        full_sprints: whether every sprint names everyone still in the race.
    """
    book = draw(rulebooks() if books is None else books)
    starters = draw(string_ids() if ids is None else ids)
    own = own_distance and draw(st.booleans())
    laps, sprint_laps = draw(distances()) if own else (book.laps, book.sprint_laps)

    fates: list[str] = ["finished"]
    if not everyone_finishes and draw(st.booleans()):
        possible = ["lapped", "unfinished", "absent", *(["out", "out at finish"] if disqualifications else [])]
        fates = ["finished", *draw(st.lists(st.sampled_from(possible), unique=True, min_size=1))]
    fate = {id: draw(st.sampled_from(fates)) if len(fates) > 1 else fates[0] for id in starters}

    def those(*wanted: str) -> list[Hashable]:
        return [id for id in starters if fate[id] in wanted]

    at_full_distance = those("finished", "lapped", "out at finish")
    left = {id: draw(st.integers(0, laps - 1)) for id in those("unfinished")}
    left_at: dict[Hashable, str | None] = {id: draw(st.none() | times()) for id in left}
    out = those("out", "out at finish")
    sprints = {}
    for lap in sprint_laps:
        there = [*at_full_distance, *those("out"), *(id for id, done in left.items() if done >= lap)]
        if full_sprints:
            sprints[lap] = draw(orders(there, dead_heats=dead_heats))
        elif draw(st.sampled_from([True, True, True, False])):
            sprints[lap] = draw(sprint_orders(there, dead_heats=dead_heats))
    goes_on = [id for id in starters if id not in out and fate[id] != "absent"]
    lapped = [*those("lapped"), *draw(_some(those("out at finish")))]
    return Race(
        rulebook=book,
        starters=draw(_named(starters)),
        finish=draw(orders(at_full_distance, dead_heats=dead_heats)),
        sprints=sprints,
        times={id: draw(times()) for id in draw(_some([*at_full_distance, *those("out")]))},
        lapped=lapped,
        unfinished={id: (done, left_at[id]) for id, done in left.items()},
        disqualified=[draw(_disqualified(id)) for id in out],
        did_not_start=those("absent"),
        advanced=[draw(st.builds(Advanced, st.just(id), st.none() | _texts())) for id in draw(_some(goes_on))],
        **({"laps": laps, "sprint_laps": sprint_laps} if own else {}),
        advance=draw(st.none() | st.integers(1, 10)),
        id=draw(st.none() | _texts()),
        date=draw(st.none() | st.just("2026-02-21")),
        sources=draw(st.lists(_texts(), max_size=2)),
    )


def _some(ids: Sequence[Hashable]) -> st.SearchStrategy[list[Hashable]]:
    """None of some skaters, or a few."""
    return st.lists(st.sampled_from(ids), unique=True, max_size=4) if ids else st.just([])


def _disqualified(id: Hashable) -> st.SearchStrategy[Disqualified]:
    return st.builds(Disqualified, st.just(id), st.none() | st.just("257.4.5"), st.none() | _texts())


@st.composite
def _named(draw: Draw, ids: Sequence[Hashable]) -> list[Hashable]:
    """The starters by id, or some of them with name and nation."""
    if not draw(st.booleans()):
        return list(ids)
    nations = st.none() | st.sampled_from(["NED", "ITA", "KOR"])
    return [draw(st.builds(Starter, st.just(id), st.none() | _texts(), nations)) for id in ids]


# --- races changed ---------------------------------------------------------------------------------------


def plain(race: Race) -> dict[str, Any]:
    """What a caller passes to `Race` to get this race."""
    return {
        "rulebook": race.rulebook,
        "starters": list(race.starters),
        "finish": _lists(race.finish),
        "sprints": {sprint.lap: _lists(sprint.order) for sprint in race.sprints},
        "times": dict(race.times),
        "lapped": list(race.lapped),
        "unfinished": {note.id: (note.laps, note.time) for note in race.unfinished},
        "disqualified": list(race.disqualified),
        "did_not_start": list(race.did_not_start),
        "advanced": list(race.advanced),
        "laps": race.laps,
        "sprint_laps": race.sprint_laps,
        "advance": race.advance,
        "id": race.id,
        "competition": race.competition,
        "date": race.date,
        "event": race.event,
        "round": race.round,
        "sources": list(race.sources),
    }


def changed(race: Race, **changes: object) -> Race:
    """The race with some of what was passed to `Race` changed."""
    return Race(**{**plain(race), **changes})


def shuffled(race: Race, random: Random) -> Race:
    """The same race, written down in another order."""

    def mixed(items: Iterable[T]) -> list[T]:
        found = list(items)
        random.shuffle(found)
        return found

    def mixed_order(order: Order) -> list[Any]:
        return [mixed(group) if len(group) > 1 else group[0] for group in order.groups]

    def mixed_mapping(mapping: Mapping[Any, Any]) -> dict[Any, Any]:
        return dict(mixed(mapping.items()))

    found = plain(race)
    return changed(
        race,
        finish=mixed_order(race.finish),
        sprints=dict(mixed((sprint.lap, mixed_order(sprint.order)) for sprint in race.sprints)),
        **{name: mixed(found[name]) for name in ("starters", "lapped", "disqualified", "did_not_start", "advanced")},
        **{name: mixed_mapping(found[name]) for name in ("times", "unfinished")},
    )


def renamed(race: Race, new: Callable[[Hashable], Hashable]) -> Race:
    """The same race of skaters with other ids."""

    def new_order(order: Order) -> list[Any]:
        return _lists(Order(tuple(new(id) for id in order.ids), order.places))

    return changed(
        race,
        starters=[Starter(new(one.id), one.name, one.nation) for one in race.starters],
        finish=new_order(race.finish),
        sprints={sprint.lap: new_order(sprint.order) for sprint in race.sprints},
        times={new(id): time for id, time in race.times},
        lapped=[new(id) for id in race.lapped],
        unfinished=[Unfinished(new(note.id), note.laps, note.time) for note in race.unfinished],
        disqualified=[Disqualified(new(note.id), note.clause, note.reason) for note in race.disqualified],
        did_not_start=[new(id) for id in race.did_not_start],
        advanced=[Advanced(new(note.id), note.reason) for note in race.advanced],
    )


def without(race: Race, *absent: Hashable) -> Race:
    """The race without some skaters, as though they had never entered; the places behind them close up."""
    gone = set(absent)

    def left(order: Order) -> list[Any]:
        groups = [[id for id in group if id not in gone] for group in order.groups]
        return [group if len(group) > 1 else group[0] for group in groups if group]

    return changed(
        race,
        starters=[one for one in race.starters if one.id not in gone],
        finish=left(race.finish),
        sprints={sprint.lap: left(sprint.order) for sprint in race.sprints},
        times={id: time for id, time in race.times if id not in gone},
        lapped=[id for id in race.lapped if id not in gone],
        unfinished=[note for note in race.unfinished if note.id not in gone],
        disqualified=[note for note in race.disqualified if note.id not in gone],
        did_not_start=[id for id in race.did_not_start if id not in gone],
        advanced=[note for note in race.advanced if note.id not in gone],
    )


def first_across(order: Order, id: Hashable) -> list[Any]:
    """An order with a skater lifted to the front, alone."""
    groups = [[other for other in group if other != id] for group in order.groups]
    return [id, *(group if len(group) > 1 else group[0] for group in groups if group)]


def _lists(order: Order) -> list[Any]:
    return [list(group) if len(group) > 1 else group[0] for group in order.groups]
