"""Legal races and rulebooks for the property tests, and races changed in one respect.

Shrinks towards few skaters, no ties, everybody finishing.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from functools import cache
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


@cache
def _noise(size: int) -> st.SearchStrategy[bytes]:
    """A number from 0 to 255 for each of some things, in a single draw: much quicker than one draw for each."""
    return st.binary(min_size=size, max_size=size)


TEXTS = st.text(st.characters(codec="utf-8"), max_size=5)


# --- rulebooks -------------------------------------------------------------------------------------------


def scales(*, max_points: int = 60, max_size: int = 8) -> st.SearchStrategy[Scale]:
    """Any scale: the most points first, equal points for two places among them."""
    points = st.lists(st.integers(1, max_points), min_size=1, max_size=max_size)
    return points.map(lambda found: Scale(*sorted(found, reverse=True)))


@st.composite
def distances(draw: Draw) -> tuple[int, tuple[int, ...]]:
    """A distance of up to 20 laps, and the laps of up to four intermediate sprints."""
    laps = draw(st.integers(1, 20))
    if laps == 1:
        return laps, ()
    return laps, tuple(sorted({byte % (laps - 1) + 1 for byte in draw(_noise(draw(st.integers(0, 4))))}))


def isu_rulebooks(*ids: str) -> st.SearchStrategy[Rulebook]:
    """Those of the ISU with some ids; all six unless given."""
    return st.sampled_from([rulebook(id) for id in ids or (*SENIOR, *JUNIOR)])


@st.composite
def invented_rulebooks(draw: Draw) -> Rulebook:
    """Any rulebook: small points are likelier, for they make more ties and overtakings."""
    laps, sprint_laps = draw(distances())
    return Rulebook(
        id=draw(st.sampled_from(["school", "isu-2018", "Straße 7"])),
        laps=laps,
        sprint_laps=sprint_laps,
        intermediate=draw(INTERMEDIATE),
        final=draw(FINAL),
        forfeits=draw(st.booleans()),
        advance=draw(st.integers(1, 10)),
        max_starters=draw(st.none() | st.integers(1, 30)),
        sprint_dead_heat=draw(st.sampled_from(["skip", "follow"])),
        disqualified_in_sprint=draw(st.sampled_from(["closed", "kept"])),
        disqualified_at_finish=draw(st.sampled_from(["closed", "kept"])),
    )


INTERMEDIATE = scales(max_points=3, max_size=4) | scales()
FINAL = scales(max_points=6, max_size=6) | scales()


def rulebooks() -> st.SearchStrategy[Rulebook]:
    """One of the ISU's, or an invented one."""
    return isu_rulebooks() | invented_rulebooks()


# --- skaters ---------------------------------------------------------------------------------------------


@st.composite
def string_ids(draw: Draw, *, min_size: int = 0, max_size: int = 24) -> list[Hashable]:
    """Numbers written as text, as in files, and a few other texts."""
    ids = draw(_numbers(min_size=min_size, max_size=max_size))
    texts = set(draw(st.lists(TEXTS, max_size=3))).difference(map(str, ids))
    found: list[Hashable] = [*sorted(texts), *map(str, ids)]
    return found[: len(ids)]


@st.composite
def any_ids(draw: Draw, *, min_size: int = 0, max_size: int = 24) -> list[Hashable]:
    """Text, numbers, tuples, or all of them; no two that read alike."""
    kinds: list[Callable[[int], Hashable]] = [
        int,
        lambda number: (number, "a"),
        lambda number: MIXED[number % 3](number),
    ]
    kind = draw(st.sampled_from([None, *kinds]))
    if kind is None:
        return draw(string_ids(min_size=min_size, max_size=max_size))
    return [kind(number) for number in draw(_numbers(min_size=min_size, max_size=max_size))]


MIXED: tuple[Callable[[int], Hashable], ...] = (str, int, lambda number: ("b", number))


@st.composite
def _numbers(draw: Draw, *, min_size: int, max_size: int) -> list[int]:
    """Different numbers of one, two and three digits, in any order."""
    size = draw(st.integers(min_size, max_size))
    pool = [*range(1, 25), *range(98, 112)]
    noise = draw(_noise(len(pool)))
    return [number for _, number in sorted(zip(noise, pool, strict=True))][:size]


# --- races -----------------------------------------------------------------------------------------------


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
    book = draw(BOOKS if books is None else books)
    starters = draw(STRING_IDS if ids is None else ids)
    own = own_distance and draw(st.booleans())
    laps, sprint_laps = draw(DISTANCES) if own else (book.laps, book.sprint_laps)
    fates = ["finished"]
    if not everyone_finishes:
        fates += draw(FATES if disqualifications else FATES_WITHIN_THE_RULES)
    tying = draw(st.integers(0, 3)) if dead_heats else 0
    dice = _Dice(starters, draw(_noise(len(starters) * (9 + 2 * len(sprint_laps)))))

    fate = {id: fates[byte % len(fates)] for id, byte in dice.roll(starters)}

    def those(*wanted: str) -> list[Hashable]:
        return [id for id in starters if fate[id] in wanted]

    at_full_distance = those("finished", "lapped", "out at finish")
    out = those("out", "out at finish")
    # Few different laps and times, so that points and times decide among the unfinished.
    left_after = {id: (byte % 4) * laps // 4 for id, byte in dice.roll(those("unfinished"))}
    left_at = {id: _time(byte) if byte % 5 else None for id, byte in dice.roll(those("unfinished"))}
    sprints = {}
    for lap in sprint_laps:
        there = [*at_full_distance, *those("out"), *(id for id, done in left_after.items() if done >= lap)]
        order = dice.order(there, tying=tying)
        named = 0 if full_sprints else draw(st.integers(0, 10))
        if named < 10:
            sprints[lap] = order[: len(order) - named]
    finish = dice.order(at_full_distance, tying=tying)
    times = {id: _time(byte) for id, byte in dice.roll([*at_full_distance, *those("out")]) if byte >= 160}
    going_on = [id for id in starters if id not in out and fate[id] != "absent"]
    notes = draw(NOTES)
    named_starters = {id for id, byte in dice.roll(starters) if byte >= 128} if "N" in notes else set()
    return Race(
        rulebook=book,
        starters=[Starter(id, notes + str(id), "NED") if id in named_starters else id for id in starters],
        finish=finish,
        sprints=sprints,
        times=times,
        lapped=[*those("lapped"), *those("out at finish")[:1]],
        unfinished={id: (done, left_at[id]) for id, done in left_after.items()},
        disqualified=[Disqualified(id, "257.4.5" if notes else None, notes or None) for id in out],
        did_not_start=those("absent"),
        advanced=[Advanced(id, notes or None) for id, byte in dice.roll(going_on) if byte >= 230],
        laps=laps,
        sprint_laps=sprint_laps,
        advance=draw(ADVANCE),
        id=notes or None,
        date="2026-02-21" if notes else None,
        sources=list(notes),
    )


class _Dice:
    """A number from 0 to 255 for each skater, as often as it is asked for; 0 stands for the simplest."""

    def __init__(self, starters: Sequence[Hashable], noise: bytes) -> None:
        self._number = {id: number for number, id in enumerate(starters)}
        self._noise = noise

    def roll(self, ids: Iterable[Hashable]) -> list[tuple[Hashable, int]]:
        size = len(self._number)
        now, self._noise = self._noise[:size], self._noise[size:]
        return [(id, now[self._number[id]]) for id in ids]

    def order(self, of: Sequence[Hashable], *, tying: int) -> list[Any]:
        """Everyone of some skaters across the line, tied where ``tying``, from 0 to 3, and the dice have it so."""
        order = [id for id, _ in sorted(self.roll(of), key=lambda pair: pair[1])]
        groups: list[list[Hashable]] = []
        for id, byte in self.roll(order):
            if groups and byte >= 256 - 50 * tying:
                groups[-1].append(id)
            else:
                groups.append([id])
        return [group if len(group) > 1 else group[0] for group in groups]


def _time(byte: int) -> str:
    """A printed time with hundredths or thousandths, one of so few that some are equal."""
    return f"7:5{byte % 4}.9{byte // 4 % 2}{['', '0', '6'][byte // 8 % 3]}"


FATES_WITHIN_THE_RULES = st.lists(st.sampled_from(["lapped", "unfinished", "absent"]), max_size=5)
FATES = st.lists(st.sampled_from(["lapped", "unfinished", "absent", "out", "out at finish"]), max_size=5)
NOTES = st.sampled_from(["", "N. ", "N \"'\n\té\u2028", "hindered"])
ADVANCE = st.none() | st.integers(1, 10)
BOOKS = rulebooks()
DISTANCES = distances()
STRING_IDS = string_ids()


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
