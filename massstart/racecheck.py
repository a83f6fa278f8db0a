"""Which records of a race are refused, and which are only warned of.

Decides what contradicts itself. All problems are found at once; a field of the wrong shape is reported
and then left out of the further checks. Each check first asks sets whether all is well, which is quick,
and looks for the culprit only if not.
"""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from operator import attrgetter

from massstart.order import Order, id_order
from massstart.problems import Problem
from massstart.records import Advanced, Disqualified, RaceRecord, Sprint, Starter, Starters, Unfinished, check_day
from massstart.rulebook import Rulebook, check_distance
from massstart.rulebooks import ids as rulebook_ids
from massstart.times import RaceTime
from massstart.values import is_count, is_hashable, is_text
from massstart.words import count

_NOTES = {"unfinished": Unfinished, "disqualified": Disqualified, "advanced": Advanced}
_LISTS = ("lapped", "did_not_start", "guests", "sources")
_TEXTS = ("id", "competition", "date", "event", "round")


#: What a race can say beyond starters, sprints and finish, and what it says if it says nothing.
_NOTED = attrgetter("times", *_LISTS, *_NOTES, *_TEXTS, "advance")
_NOTHING = ((),) * (1 + len(_LISTS) + len(_NOTES)) + (None,) * (len(_TEXTS) + 1)


def check_underway(race: RaceRecord) -> list[Problem]:
    """Every problem of a race under way, in a fixed order: whoever has no outcome there is still racing."""
    problems = [
        Problem("finished", name, f"the race is under way, and has no {name} yet", f"remove {name}, or make it a Race")
        for name, is_known in (("finish", race.finish != Order()), ("times", race.times != ()))
        if is_known
    ]
    return problems + check_race(race, under_way=True)


def check_race(race: RaceRecord, *, under_way: bool = False) -> list[Problem]:
    """Every problem of a record, in a fixed order; none means that the race is sound."""
    has_notes = _NOTED(race) != _NOTHING
    problems = [*_check_shapes(race)]
    if has_notes:
        problems += _check_note_shapes(race)
    broken = {problem.where for problem in problems}
    book = race.rulebook
    if isinstance(book, Rulebook) and (race.laps != book.laps or race.sprint_laps != book.sprint_laps):
        problems += check_distance(race.laps, race.sprint_laps)
    if "starters" in broken:
        return problems

    ids = race.starters.ids
    known = set(ids)
    if len(known) < len(ids):
        problems += _repeated("starters", ids)
    for sprint in () if "sprints" in broken else race.sprints:
        problems += _check_sprint(race, sprint, known)
    if "sprints" not in broken:
        laps = [sprint.lap for sprint in race.sprints]
        for index, lap in enumerate(laps):
            if lap in laps[:index]:
                wrong = f"there are two sprints at lap {lap!r}"
                problems.append(Problem("repeated-lap", f"sprints.{lap}", wrong, "keep one of them"))
    if "finish" not in broken and not _is_sound(race.finish, known):
        problems += check_order("finish", race.finish, known)
    if has_notes:
        problems += _check_ids(race, known, broken)
    if not broken.intersection(("finish", "unfinished", "disqualified", "did_not_start")) and (
        has_notes or known.symmetric_difference(race.finish.ids)
    ):
        problems += _check_outcomes(race, known, broken, under_way=under_way)
    return problems


def _check_shapes(race: RaceRecord) -> Iterator[Problem]:
    if not isinstance(race.rulebook, Rulebook):
        yield Problem(
            "unknown-rulebook", "rulebook", f"{race.rulebook!r} is not a rulebook",
            f"choose {', '.join(rulebook_ids())}, or define one",
        )  # fmt: skip
    if not isinstance(race.starters, Starters):
        yield Problem("type", "starters", f"{race.starters!r} is not a list of starters", "list their ids")
    else:
        yield from _check_starters(race.starters)
    if not isinstance(race.sprints, tuple) or not {*map(type, race.sprints)} <= {Sprint}:
        yield Problem("type", "sprints", f"{race.sprints!r} are not sprints", "give the order at each lap: {4: [...]}")
    if not isinstance(race.finish, Order):
        yield Problem(
            "type",
            "finish",
            f"{race.finish!r} is not an order across the line",
            "list ids; a list within for a dead heat",
        )


def _check_note_shapes(race: RaceRecord) -> Iterator[Problem]:
    if not (
        isinstance(race.times, tuple)
        and all(isinstance(item, tuple) and len(item) == 2 for item in race.times)
        and is_hashable(tuple([id for id, _ in race.times]))
    ):
        yield Problem("type", "times", f"{race.times!r} are not times by id", "give them as {id: '7:58.22'}")
    for name in _LISTS:
        value = getattr(race, name)
        if not isinstance(value, tuple) or not is_hashable(value):
            yield Problem("type", name, f"{value!r} is not a list", "write a list")
    for name, kind in _NOTES.items():
        value = getattr(race, name)
        if not (isinstance(value, tuple) and all(isinstance(item, kind) for item in value) and is_hashable(value)):
            yield Problem("type", name, f"{value!r} are not notes by id", "give them as {id: ...}")
        elif name != "unfinished":
            for note in value:
                for text in (note.reason, getattr(note, "clause", None)):
                    if not is_text(text):
                        yield Problem("type", f"{name}.{note.id}", f"{text!r} is not text", "give the reason as text")
    for name in _TEXTS:
        if not is_text(getattr(race, name)):
            yield Problem("type", name, f"{getattr(race, name)!r} is not text", "write text, or leave it out")
    yield from check_day(race.date)
    if race.advance is not None and not is_count(race.advance, 1):
        yield Problem("type", "advance", f"{race.advance!r} is not a number of skaters", "give one from 1 on, or none")


def _check_ids(race: RaceRecord, known: set[Hashable], broken: set[str]) -> Iterator[Problem]:
    for name in ("lapped", "did_not_start", "guests"):
        if name not in broken:
            yield from _check_list(name, getattr(race, name), known)
    for name in _NOTES:
        if name not in broken:
            yield from _check_keys(name, [note.id for note in getattr(race, name)], known)
    if "times" not in broken:
        yield from _check_times(race, known)


def _check_starters(starters: Starters) -> Iterator[Problem]:
    ids = starters.ids
    if not is_hashable(ids):
        index = next(index for index, id in enumerate(ids) if not is_hashable(id))
        yield Problem("type", "starters", f"the id at [{index}] is not hashable", "use strings or numbers as ids")
        return
    if ids == starters.entries:
        return
    named = [starter for starter in starters.entries if isinstance(starter, Starter)]
    types = {type(starter.name) for starter in named} | {type(starter.nation) for starter in named}
    for index, starter in () if types <= {str, type(None)} else enumerate(starters):
        if not (is_text(starter.name) and is_text(starter.nation)):
            yield Problem("type", "starters", f"name or nation at [{index}] is not text", "write text, or leave it out")


def unknown_id(where: str, id: Hashable) -> Problem:
    """That nobody on the start list has an id."""
    return Problem("unknown-id", where, f"no starter has the id {id!r}", "correct the id, or add it to starters")


def _repeated(where: str, ids: Sequence[Hashable], places: Sequence[str] = ()) -> Iterator[Problem]:
    seen = set()
    for index, id in enumerate(ids):
        if id in seen:
            place = places[index] if places else f"{where}[{index}]"
            yield Problem("repeated-id", place, f"{id!r} stands here a second time", "name each skater once")
        seen.add(id)


def _check_list(where: str, ids: Sequence[Hashable], known: set[Hashable]) -> Iterator[Problem]:
    if len(known.intersection(ids)) == len(ids):
        return
    for index, id in enumerate(ids):
        if id not in known:
            yield unknown_id(f"{where}[{index}]", id)
    yield from _repeated(where, ids)


def _check_keys(where: str, ids: Sequence[Hashable], known: set[Hashable]) -> Iterator[Problem]:
    if len(known.intersection(ids)) == len(ids):
        return
    for id in ids:
        if id not in known:
            yield unknown_id(f"{where}.{id}", id)
    yield from _repeated(where, ids, [f"{where}.{id}" for id in ids])


def _is_sound(order: Order, known: set[Hashable]) -> bool:
    """Whether an order names starters, each once."""
    placed = {id for id, _ in order.pairs}
    return len(placed) == len(order.pairs) and placed <= known


def check_order(where: str, order: Order, known: set[Hashable]) -> Iterator[Problem]:
    """Every problem of the ids in an order."""
    places = [where + order.where(position) for position in range(len(order))]
    for place, id in zip(places, order.ids, strict=True):
        if id not in known:
            yield unknown_id(place, id)
    yield from _repeated(where, order.ids, places)


def _check_sprint(race: RaceRecord, sprint: Sprint, known: set[Hashable]) -> Sequence[Problem]:
    problems: list[Problem] = []
    is_order = isinstance(sprint.order, Order)
    if (
        is_order
        and isinstance(race.sprint_laps, tuple)
        and sprint.lap in race.sprint_laps
        and _is_sound(sprint.order, known)
    ):
        return problems
    where = f"sprints.{sprint.lap}"
    laps_are_known = isinstance(race.sprint_laps, tuple) and (race.sprint_laps or isinstance(race.rulebook, Rulebook))
    if laps_are_known and sprint.lap not in race.sprint_laps:
        laps = ", ".join(map(str, race.sprint_laps)) or "no lap"
        wrong = f"no sprint is skated at lap {sprint.lap!r}"
        problems.append(Problem("unknown-lap", where, wrong, f"this race has sprints at {laps}"))
    if is_order:
        problems += check_order(where, sprint.order, known)
    else:
        wrong = f"{sprint.order!r} is not an order"
        problems.append(Problem("type", where, wrong, "list ids; a list within for a dead heat"))
    return problems


def _check_times(race: RaceRecord, known: set[Hashable]) -> Iterator[Problem]:
    yield from _check_keys("times", [id for id, _ in race.times], known)
    for id, time in race.times:
        if not isinstance(time, RaceTime):
            yield no_time(f"times.{id}", time)


def no_time(where: str, value: object) -> Problem:
    """That a value is not a time."""
    return Problem("time", where, f"{value!r} is not a time", "write M:SS.cc or M:SS.mmm, such as 7:58.22")


def _check_outcomes(race: RaceRecord, known: set[Hashable], broken: set[str], *, under_way: bool) -> Iterator[Problem]:
    unfinished = {note.id: note for note in race.unfinished}
    disqualified = {note.id for note in race.disqualified}
    absent = set(race.did_not_start)
    finished = known.difference(unfinished, disqualified, absent) if under_way else set(race.finish.ids)
    outcomes = len(finished) + len(unfinished) + len(absent) + len(disqualified - finished)
    if outcomes != len(known) or finished.union(unfinished, absent, disqualified) != known:
        for index, starter in enumerate(race.starters):
            named = {
                "finish": finished,
                "unfinished": unfinished,
                "disqualified": disqualified,
                "did_not_start": absent,
            }
            found = [name for name, ids in named.items() if starter.id in ids]
            if not found:
                yield Problem(
                    "no-outcome", f"starters[{index}]", f"{starter.id!r} neither finished nor is accounted for",
                    "add it to finish, unfinished, disqualified or did_not_start",
                )  # fmt: skip
            elif len(found) > 1 and found != ["finish", "disqualified"]:
                yield Problem(
                    "two-outcomes", f"{found[-1]}.{starter.id}", f"{starter.id!r} stands in {' and in '.join(found)}",
                    "keep the one that happened",
                )  # fmt: skip
    for index, id in () if "lapped" in broken else enumerate(race.lapped):
        if under_way and (id in unfinished or id in absent):
            yield Problem(
                "lapped-not-finished", f"lapped[{index}]", f"{id!r} is lapped but no longer in the race",
                "keep the one that happened",
            )  # fmt: skip
        elif not under_way and id in known and id not in finished:
            yield Problem(
                "lapped-not-finished", f"lapped[{index}]", f"{id!r} is lapped but not in finish",
                "add it to finish, or move it to unfinished",
            )  # fmt: skip
    for note in unfinished.values():
        if not is_count(note.laps):
            yield Problem(
                "laps",
                f"unfinished.{note.id}.laps",
                f"{note.laps!r} is not a number of laps",
                "give the laps completed",
            )
        elif is_count(race.laps) and note.laps >= race.laps:
            yield Problem(
                "laps", f"unfinished.{note.id}.laps", f"{note.laps} laps of {race.laps} are the whole distance",
                "give fewer laps, or move it to finish",
            )  # fmt: skip
        if note.time is not None and not isinstance(note.time, RaceTime):
            yield no_time(f"unfinished.{note.id}.time", note.time)
    for id, _ in () if "times" in broken else race.times:
        if id in absent:
            yield Problem("did-not-start", f"times.{id}", f"{id!r} has a time but did not start", "remove one of them")
        elif id in unfinished:
            yield Problem("time", f"times.{id}", f"{id!r} did not finish", f"move the time to unfinished.{id}.time")
    for advanced in () if "advanced" in broken else race.advanced:
        if advanced.id in disqualified or advanced.id in absent or advanced.id in race.guests:
            yield Problem(
                "cannot-advance", f"advanced.{advanced.id}", f"{advanced.id!r} is disqualified, a guest, or did not start",
                "remove it; such a skater never advances",
            )  # fmt: skip
    if "sprints" not in broken and (unfinished or absent):
        yield from _check_presence(race, unfinished, absent)


def _check_presence(
    race: RaceRecord, unfinished: dict[Hashable, Unfinished], absent: set[Hashable]
) -> Iterator[Problem]:
    for sprint in race.sprints:
        if not isinstance(sprint.order, Order) or not is_count(sprint.lap):
            continue
        for position, (id, _) in enumerate(sprint.order):
            if id in absent:
                where = f"sprints.{sprint.lap}{sprint.order.where(position)}"
                yield Problem("did-not-start", where, f"{id!r} did not start", "remove it from one of the two")
            elif id in unfinished and is_count(unfinished[id].laps) and unfinished[id].laps < sprint.lap:
                where = f"sprints.{sprint.lap}{sprint.order.where(position)}"
                yield Problem(
                    "left-race", where, f"{id!r} left the race after {count(unfinished[id].laps, 'lap')}",
                    "remove it here, or correct its laps",
                )  # fmt: skip


def race_warnings(race: RaceRecord) -> Iterator[Problem]:
    """What is doubtful about a sound record, in a fixed order."""
    race = race.competing
    if not race.starters:
        yield Problem("no-starters", "starters", "nobody starts in this race", "list the starters")
    yield from _short_sprints(race, race.sprint_laps, race.finish.ids)
    yield from _contradicting_times(race)
    yield from _many_starters(race)


def underway_warnings(race: RaceRecord) -> Iterator[Problem]:
    """What is doubtful about the sound record of a race under way, in a fixed order."""
    race = race.competing
    skated = [sprint.lap for sprint in race.sprints]
    out = {note.id for note in race.unfinished}.union([note.id for note in race.disqualified], race.did_not_start)
    yield from _short_sprints(race, skated, set(race.starters.ids) - out)
    for lap in race.sprint_laps:
        if skated and lap < skated[-1] and lap not in skated:
            yield Problem(
                "missing-sprint", f"sprints.{lap}", f"a later sprint is given, at {skated[-1]}, but not this one",
                "give its order; until then its points count as still to be won",
            )  # fmt: skip
    yield from _many_starters(race)


def _many_starters(race: RaceRecord) -> Iterator[Problem]:
    limit = race.rulebook.max_starters
    started = len(race.starters) - len(race.did_not_start)
    if limit is not None and started > limit:
        sureness = race.rulebook.confidence("max_starters")
        yield Problem(
            "many-starters", "starters", f"{started} started; {race.rulebook.id} allows {limit} ({sureness})",
            "split the field, or set max_starters in a rulebook of your own",
        )  # fmt: skip


def _short_sprints(race: RaceRecord, laps: Iterable[int], at_finish: Iterable[Hashable]) -> Iterator[Problem]:
    disqualified = {note.id for note in race.disqualified}
    orders = {sprint.lap: sprint.order for sprint in race.sprints}
    close = race.rulebook.disqualified_in_sprint == "closed"
    for lap in laps:
        order = orders.get(lap, Order())
        named = len(order.without(disqualified, close=True)) if close else len(order)
        reached = {note.id for note in race.unfinished if note.laps >= lap}.union(at_finish)
        awards = min(len(race.rulebook.intermediate), len(reached - disqualified))
        if named < awards:
            yield Problem(
                "short-sprint", f"sprints.{lap}", f"{count(named, 'skater')} named, {awards} win points there",
                "name the skaters who are missing",
            )  # fmt: skip


def _contradicting_times(race: RaceRecord) -> Iterator[Problem]:
    disqualified = {note.id for note in race.disqualified}
    times = dict(race.times)
    slowest: tuple[RaceTime, Hashable] | None = None
    for group in race.finish.groups:
        timed = [(times[id], id) for id in sorted(group, key=id_order) if id in times and id not in disqualified]
        for time, id in timed:
            if slowest is not None and time.before(slowest[0]):
                yield Problem(
                    "times-order", f"times.{id}", f"{time} is faster than {slowest[0]} of {slowest[1]!r}, who crossed before",
                    "correct a time, or the order in finish",
                )  # fmt: skip
            elif time.before(timed[0][0]) is not None:
                yield Problem(
                    "times-order", f"times.{id}", f"{time} and {timed[0][0]} of {timed[0][1]!r} are not a dead heat",
                    "correct a time, or the order in finish",
                )  # fmt: skip
        for time, id in timed:
            if slowest is None or slowest[0].before(time):
                slowest = (time, id)
