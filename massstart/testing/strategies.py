"""Strategies for rulebooks, starters, races and semifinals, all of them legal.

Decides what can be drawn and how it shrinks: towards few skaters, no ties, everybody finishing. Import them from
`massstart.testing`.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from functools import cache
from itertools import islice
from typing import Any

from hypothesis import strategies as st

from massstart.race import Race
from massstart.ranking import rank
from massstart.records import Advanced, Disqualified, Starter
from massstart.result import Result
from massstart.rulebook import Rulebook, Scale
from massstart.rulebooks import rulebook as rulebook_by_id
from massstart.testing.changes import renamed
from massstart.times import RaceTime

Draw = st.DrawFn
#: A rulebook, its id, or a strategy that draws one.
Books = Rulebook | str | st.SearchStrategy[Rulebook]
#: A strategy that draws the ids of a race.
Ids = st.SearchStrategy[list[Hashable]]

#: The rulebooks of the ISU.
SENIOR = ("isu-2014", "isu-2018", "isu-2024")
JUNIOR = ("isu-2014-junior", "isu-2018-junior", "isu-2024-junior")


# --- rulebooks -------------------------------------------------------------------------------------------


@cache
def _noise(size: int) -> st.SearchStrategy[bytes]:
    """A number from 0 to 255 for each of some things, in a single draw: much quicker than one draw for each."""
    return st.binary(min_size=size, max_size=size)


TEXTS = st.text(st.characters(codec="utf-8"), max_size=12)


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
    return st.sampled_from([rulebook_by_id(id) for id in ids or (*SENIOR, *JUNIOR)])


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


def rulebooks(*, isu: bool = True, invented: bool = True) -> st.SearchStrategy[Rulebook]:
    """Rulebooks: one of the ISU's, or an invented one.

    Args:
        isu: whether the ISU's are among them.
        invented: whether invented ones are among them.

    Raises:
        ValueError: neither.
    """
    if not isu and not invented:
        raise ValueError("rulebooks(isu=False, invented=False) leaves no rulebook")
    return st.one_of(*[isu_rulebooks()] * isu, *[invented_rulebooks()] * invented)


def chosen_books(wanted: Books | None) -> st.SearchStrategy[Rulebook]:
    """The strategy of the rulebooks that a caller asks for."""
    if wanted is None:
        return BOOKS
    if isinstance(wanted, str):
        return st.just(rulebook_by_id(wanted))
    return st.just(wanted) if isinstance(wanted, Rulebook) else wanted


# --- skaters ---------------------------------------------------------------------------------------------


@st.composite
def string_ids(draw: Draw, *, min_size: int = 0, max_size: int = 24) -> list[Hashable]:
    """Numbers written as text, as in files, and a few other texts."""
    ids = draw(numbers(min_size=min_size, max_size=max_size))
    texts = set(draw(TEXTS).split()).difference(map(str, ids))
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
    return [kind(number) for number in draw(numbers(min_size=min_size, max_size=max_size))]


MIXED: tuple[Callable[[int], Hashable], ...] = (str, int, lambda number: ("b", number))


@st.composite
def numbers(draw: Draw, *, min_size: int, max_size: int) -> list[int]:
    """Different numbers of one, two and three digits, in any order."""
    size = draw(st.integers(min_size, max_size))
    pool = [*range(1, 25), *range(98, max(112, 98 + max_size))]
    noise = draw(_noise(len(pool)))
    return [number for _, number in sorted(zip(noise, pool, strict=True))][:size]


@st.composite
def starters(draw: Draw, *, min_size: int = 0, max_size: int = 24, ids: Ids | None = None) -> list[Starter]:
    """Starting lists: skaters with different ids, some with name and nation.

    Args:
        min_size: the smallest field.
        max_size: the largest field.
        ids: the ids, instead of text; the field is then as large as they are many.
    """
    found = draw(string_ids(min_size=min_size, max_size=max_size) if ids is None else ids)
    dice = _Dice(found, draw(_noise(2 * len(found))), len(found))
    named = {id for id, byte in dice.roll(found) if byte >= 128}
    return [Starter(id, f"N. {id}", NATIONS[byte % 3]) if id in named else Starter(id) for id, byte in dice.roll(found)]


NATIONS = ("NED", "KOR", "ITA")


# --- races -----------------------------------------------------------------------------------------------


@st.composite
def races(
    draw: Draw,
    *,
    rulebook: Books | None = None,
    min_size: int = 0,
    max_size: int = 24,
    ids: Ids | None = None,
    lapped: bool = True,
    unfinished: bool = True,
    disqualified: bool = True,
    did_not_start: bool = True,
    dead_heats: bool = True,
    own_distance: bool = True,
    everyone_finishes: bool = False,
    full_sprints: bool = False,
    realistic: bool = False,
    advance: int | None = None,
) -> Race:
    """Races: any legal one unless told otherwise.

    Args:
        rulebook: a rulebook, the id of one, or a strategy; any unless given.
        min_size: the smallest number of starters.
        max_size: the largest.
        ids: the ids of the starters, instead of text; the field is then as large as they are many.
        lapped: whether anyone may be lapped.
        unfinished: whether anyone may leave the race.
        disqualified: whether anyone may be disqualified.
        did_not_start: whether anyone may be absent.
        dead_heats: whether anyone may be tied across the line.
        own_distance: whether laps and sprint laps may differ from the rulebook's: a shortened race.
        everyone_finishes: nobody lapped, unfinished, disqualified or absent, whatever the other options say.
        full_sprints: whether every sprint names everyone still in the race.
        realistic: strong skaters are ahead in the sprints and at the finish, breakaways win sprints, the lapped
            come in last, and the times follow the order across the line.
        advance: how many go to the next round; any number, or no next round, unless given.
    """
    return draw(
        drawn_races(
            book=chosen_books(rulebook),
            ids=(_STRING_IDS if (min_size, max_size) == (0, 24) else string_ids(min_size=min_size, max_size=max_size))
            if ids is None
            else ids,
            fates=chosen_fates(
                lapped=lapped and not everyone_finishes,
                unfinished=unfinished and not everyone_finishes,
                disqualified=disqualified and not everyone_finishes,
                did_not_start=did_not_start and not everyone_finishes,
            ),
            dead_heats=dead_heats,
            own_distance=own_distance,
            full_sprints=full_sprints,
            realistic=realistic,
            orderly=realistic,
            advance=advance,
        )
    )


@st.composite
def drawn_races(
    draw: Draw,
    *,
    book: st.SearchStrategy[Rulebook],
    ids: Ids,
    fates: Sequence[str],
    dead_heats: bool,
    own_distance: bool,
    full_sprints: bool,
    realistic: bool,
    orderly: bool,
    advance: int | None = None,
) -> Race:
    """Races; in an orderly one the lapped come in last and everyone has the time that the order asks for."""
    rules = draw(book)
    starters = draw(ids)
    own = own_distance and draw(st.booleans())
    laps, sprint_laps = draw(DISTANCES) if own else (rules.laps, rules.sprint_laps)
    # All the rest comes from one draw: hypothesis varies an example by copying one of its draws over another, and
    # would otherwise spend most of its races on that.
    # Its size does not depend on the field, so that a smaller field keeps what happened to those who are left.
    field_at_most, rolls = max(len(starters), 24), (12 if orderly else 8) + 2 * len(sprint_laps)
    noise = draw(_noise(_CHOICES + len(sprint_laps) + field_at_most * rolls))
    choices, dice = iter(noise), _Dice(starters, noise[_CHOICES + len(sprint_laps) :], field_at_most)
    tying = next(choices) % 4 * dead_heats
    possible = ["finished", *(fates[byte % len(fates)] for byte in islice(choices, 5) if byte >= 128 and fates)]
    byte = next(choices)
    going_on_to = advance or (byte % 10 + 1 if byte >= 100 else None)
    notes = NOTES[byte % len(NOTES)] if (byte := next(choices)) >= 100 else ""

    # The most eventful fates go to the first: dropping the last of those who merely finish makes the field smaller.
    fate = {id: possible[byte % len(possible)] for id, byte in zip(starters, dice.falling(), strict=False)}

    def those(*wanted: str) -> list[Hashable]:
        return [id for id in starters if fate[id] in wanted]

    if orderly and not those("finished"):
        fate |= dict.fromkeys(those("lapped"), "finished")
    at_full_distance = those("finished", "lapped", "out at finish")
    out = those("out", "out at finish")
    form = _form(choices, dice, starters, sprint_laps, laps) if realistic else {}
    # Few different laps and times, so that points and times decide among the unfinished.
    left_after = {id: (byte % 4) * laps // 4 for id, byte in dice.roll(those("unfinished"))}
    left_at = {id: _time(byte) if byte % 5 else None for id, byte in dice.roll(those("unfinished"))}
    sprints = {}
    for lap in sprint_laps:
        there = [*at_full_distance, *those("out"), *(id for id, done in left_after.items() if done >= lap)]
        order = dice.order(there, tying=tying, ahead=form.get(lap))
        unnamed = 0 if full_sprints else next(choices) // 23
        if unnamed < 10:
            sprints[lap] = order[: len(order) - unnamed]
    times: dict[Hashable, Any]
    if orderly:
        unlapped = dice.order(those("finished", "out at finish"), tying=tying, ahead=form.get(laps))
        finish = [*unlapped, *dice.order(those("lapped"), tying=tying, ahead=form.get(laps))]
        times = _times_in_order(finish, those("lapped"), dict(dice.roll(at_full_distance)))
    else:
        finish = dice.order(at_full_distance, tying=tying)
        times = {id: _time(byte) for id, byte in dice.roll([*at_full_distance, *those("out")]) if byte >= 160}
    going_on = [id for id in starters if id not in out and fate[id] != "absent"]
    named_starters = {id for id, byte in dice.roll(starters) if byte >= 128} if "N" in notes else set()
    return Race(
        rulebook=rules,
        starters=[Starter(id, notes + str(id), "NED") if id in named_starters else id for id in starters],
        finish=finish,
        sprints=sprints,
        times=times,
        lapped=[*those("lapped"), *([] if orderly else those("out at finish")[:1])],
        unfinished={id: (done, left_at[id]) for id, done in left_after.items()},
        disqualified=[Disqualified(id, "257.4.5" if notes else None, notes or None) for id in out],
        did_not_start=those("absent"),
        advanced=[Advanced(id, notes or None) for id, byte in dice.roll(going_on) if byte >= 230],
        laps=laps,
        sprint_laps=sprint_laps,
        advance=going_on_to,
        id=notes or None,
        date="2026-02-21" if notes else None,
        sources=list(notes),
    )


def _form(
    choices: Iterator[int], dice: "_Dice", starters: Sequence[Hashable], sprint_laps: Sequence[int], laps: int
) -> dict[int, dict[Hashable, int]]:
    """Who tends to be ahead at each lap: the strong ones, and in the middle of the race those who broke away."""
    strength = dict(dice.roll(starters))
    away = {id for id, _ in sorted(dice.roll(starters), key=lambda pair: -pair[1])[: next(choices) % 4]}
    in_front = {id: number - 1000 * (id in away) for id, number in strength.items()}
    caught = next(choices) % (len(sprint_laps) + 1)
    return {lap: in_front if number < caught else strength for number, lap in enumerate((*sprint_laps, laps))}


def _times_in_order(
    finish: Iterable[Any], lapped: Sequence[Hashable], gaps: dict[Hashable, int]
) -> dict[Hashable, RaceTime]:
    """Times to the thousandth that give this order; the lapped come in a minute later."""
    times: dict[Hashable, RaceTime] = {}
    now, waiting = 460_000, True
    for entry in finish:
        group = entry if isinstance(entry, list) else [entry]
        now += 1 + gaps[group[0]]
        if waiting and group[0] in lapped:
            now, waiting = now + 60_000, False
        times.update((id, RaceTime(now, exact=True)) for id in group)
    return times


class _Dice:
    """A number from 0 to 255 for each skater, as often as it is asked for; 0 stands for the simplest."""

    def __init__(self, starters: Sequence[Hashable], noise: bytes, size: int) -> None:
        self._number = {id: number for number, id in enumerate(starters)}
        self._noise = noise
        self._size = size

    def roll(self, ids: Iterable[Hashable]) -> list[tuple[Hashable, int]]:
        now, self._noise = self._noise[: self._size], self._noise[self._size :]
        return [(id, now[self._number[id]]) for id in ids]

    def falling(self) -> list[int]:
        """Numbers, the greatest first."""
        now, self._noise = self._noise[: self._size], self._noise[self._size :]
        return sorted(now, reverse=True)

    def order(self, of: Sequence[Hashable], *, tying: int, ahead: dict[Hashable, int] | None = None) -> list[Any]:
        """Everyone of some skaters across the line, tied where ``tying``, from 0 to 3, and the dice have it so.

        With ``ahead``, whoever has the smaller number there tends to be first.
        """
        lead = ahead or {}
        order = [id for id, _ in sorted(self.roll(of), key=lambda pair: pair[1] + 3 * lead.get(pair[0], 0))]
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


def chosen_fates(*, lapped: bool, unfinished: bool, disqualified: bool, did_not_start: bool) -> tuple[str, ...]:
    """What may become of a skater, apart from finishing."""
    found = [*["lapped"] * lapped, *["unfinished"] * unfinished, *["absent"] * did_not_start]
    return (*found, *["out", "out at finish"] * disqualified)


NOTES = ("N. ", "N \"'\n\té\u2028", "hindered")
#: How many bytes are drawn beside those for each sprint and each skater.
_CHOICES = 10
BOOKS = rulebooks()
DISTANCES = distances()
_STRING_IDS = string_ids()


def results() -> st.SearchStrategy[Result]:
    """Results: what `massstart.rank` makes of any race."""
    return races().map(rank)


# --- semifinals ------------------------------------------------------------------------------------------


@st.composite
def semifinals(
    draw: Draw,
    *,
    number: int = 2,
    rulebook: Books | None = None,
    min_size: int = 0,
    max_size: int = 16,
    dead_heats: bool = True,
    everyone_finishes: bool = False,
    realistic: bool = False,
) -> tuple[Race, ...]:
    """Semifinals under one rulebook, in which nobody starts twice: ids begin with the number of the semifinal.

    Args:
        number: how many semifinals.
        rulebook: a rulebook, the id of one, or a strategy; one of the ISU's unless given.
        min_size: the smallest number of starters of each.
        max_size: the largest.
        dead_heats: whether anyone may be tied across the line.
        everyone_finishes: nobody lapped, unfinished, disqualified or absent.
        realistic: as for `races`.

    As many as the rulebook says go on.
    """
    book = draw(_ISU_BOOKS if rulebook is None else chosen_books(rulebook))
    one = races(
        rulebook=book,
        min_size=min_size,
        max_size=max_size,
        dead_heats=dead_heats,
        everyone_finishes=everyone_finishes,
        realistic=realistic,
        advance=book.advance,
    )
    return tuple(_prefixed(draw(one), semifinal) for semifinal in range(1, number + 1))


def _prefixed(race: Race, semifinal: int) -> Race:
    return renamed(race, lambda id: f"{semifinal}-{id}")


_ISU_BOOKS = isu_rulebooks()
