"""Which events are refused, and which are only warned of.

Decides what contradicts itself: all problems are found at once. A skater who starts where nobody expected it is a
warning, for races are skated as they are, whatever the list said.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import Any

from massstart.advancement import Entry, StartList, different_cuts, own_advance
from massstart.deduction import warnings_of
from massstart.event.entrants import check_entrants
from massstart.event.overall import POLICIES
from massstart.event.record import EventRecord, Withdrawal
from massstart.event.seeding import Draw, draw
from massstart.identity import nation as nation_of
from massstart.problems import Problem, within
from massstart.race import Race
from massstart.records import Starters, check_day
from massstart.sheet import Sheet
from massstart.values import is_count


def check_event(event: EventRecord) -> list[Problem]:
    """Every problem of an event, in a fixed order; none means that it is sound."""
    problems = list(_check_shapes(event))
    if problems:
        return problems
    known = set(event.field.ids)
    problems += _repeated("field", event.field.ids)
    problems += check_entrants(event.entrants, event.records)
    problems += _check_draw(event, known)
    withdrawn = [one.id for one in event.withdrawals]
    problems += _unknown("withdrawals", withdrawn, known)
    problems += _repeated("withdrawals", withdrawn)
    if event.published is not None:
        listed = [entry.id for entry in event.published]
        problems += _unknown("start_list", listed, known)
        problems += _repeated("start_list", listed)
        problems += _check_published(event, event.published)
    return problems


def _check_shapes(event: EventRecord) -> Iterator[Problem]:
    if not _is_all(event.semifinals, Race | Sheet | None):
        yield Problem("type", "semifinals", "are not races or sheets", "give them in their order, or none")
    if not isinstance(event.final, Race | Sheet | None):
        yield Problem("type", "final", "is not a race or a sheet", "give one, or none")
    if not isinstance(event.field, Starters):
        yield Problem("type", "field", "is not a list of starters", "list their ids")
    elif not _is_hashable(event.field.ids):
        yield Problem("type", "field", "an id is not hashable", "use strings or numbers as ids")
    if not isinstance(event.draw, Draw | None):
        yield Problem("type", "draw", f"{event.draw!r} is not a draw", "give a Draw, or none")
    if not _is_all(event.withdrawals, Withdrawal) or not _is_hashable(event.withdrawals):
        yield Problem("type", "withdrawals", "are not ids", "list the ids of those who withdrew")
    if event.published is not None and (
        not _is_all(event.published, Entry)
        or not _is_hashable(event.published)
        or not all(is_count(one.semifinal, 1) for one in event.published)
        or not all(one.start is None or is_count(one.start, 1) for one in event.published)
    ):
        yield Problem("type", "start_list", "are not entries of a start list", "list them, or none")
    if event.advance is not None and not is_count(event.advance, 1):
        yield Problem("type", "advance", f"{event.advance!r} is not a number of skaters", "give one from 1 on, or none")
    if event.policy not in POLICIES:
        yield Problem("policy", "policy", f"{event.policy!r} is not a policy", f"choose {', '.join(POLICIES)}")
    for name in ("id", "competition", "date", "event"):
        if not isinstance(getattr(event, name), str | None):
            yield Problem("type", name, f"{getattr(event, name)!r} is not text", "write text")
    yield from check_day(event.date)
    if not _is_all(event.sources, str):
        yield Problem("type", "sources", f"{event.sources!r} are not texts", "list texts")


def _is_all(values: Any, kind: Any) -> bool:
    return isinstance(values, tuple) and all(isinstance(value, kind) for value in values)


def _is_hashable(values: Any) -> bool:
    try:
        hash(values)
    except TypeError:
        return False
    return True


def _repeated(name: str, ids: Iterable[Hashable]) -> Iterator[Problem]:
    seen: set[Hashable] = set()
    for index, id in enumerate(ids):
        if id in seen:
            yield Problem("repeated-id", f"{name}[{index}]", f"{id!r} stands there already", "name each skater once")
        seen.add(id)


def _unknown(name: str, ids: Iterable[Hashable], known: set[Hashable]) -> Iterator[Problem]:
    for index, id in enumerate(ids):
        if id not in known:
            yield Problem(
                "unknown-id", f"{name}[{index}]", f"{id!r} is not in the field", "correct it, or enter the skater"
            )


def _check_draw(event: EventRecord, known: set[Hashable]) -> Iterator[Problem]:
    if event.draw is None:
        return
    groups = event.draw.semifinals
    for number, group in enumerate(groups):
        yield from _unknown(f"draw.semifinals[{number}]", group, known)
    if event.semifinals and len(event.semifinals) != len(groups):
        message = f"{len(event.semifinals)} semifinals, and {len(groups)} were drawn"
        yield Problem("unknown-semifinal", "semifinals", message, "give each, null for one that is still to be skated")
    drawn = {id for group in groups for id in group} | {one.id for one in event.withdrawals}
    for index, id in enumerate(event.field.ids):
        if id not in drawn:
            remedy = "draw the skater, or enter the withdrawal"
            yield Problem("not-drawn", f"field[{index}]", f"{id!r} is in no semifinal of the draw", remedy)


def _check_published(event: EventRecord, published: tuple[Entry, ...]) -> Iterator[Problem]:
    count = len(event.semifinals) or len(event.draw.semifinals if event.draw else ())
    numbers: set[int | None] = set()
    for index, entry in enumerate(published):
        if entry.semifinal > count:
            message = f"there is no semifinal {entry.semifinal}"
            yield Problem("unknown-semifinal", f"start_list[{index}].from", message, f"there are {count}")
        if entry.start is not None and entry.start in numbers:
            message = f"the number {entry.start} is given twice"
            yield Problem("repeated-start", f"start_list[{index}].start", message, "give each skater another number")
        numbers.add(entry.start)


def event_warnings(event: EventRecord, start_list: Callable[[], StartList]) -> Iterator[Problem]:
    """What is doubtful about an event; the start list of its final is worked out where it matters."""
    entrants = event.entrants
    yield from entrants.spellings
    skated = [record for record in event.semifinals if record is not None]
    yield from different_cuts([event.advance or own_advance(record) for record in skated])
    if event.draw is not None:
        yield from _draw_warnings(event, event.draw)
    if event.final is not None and event.semifinals:
        yield from _final_warnings(event, set(entrants.ids[-1]), start_list())
    places = [*(f"semifinals[{index}]" for index in range(len(event.semifinals))), "final"]
    for where, record in zip(places, (*event.semifinals, event.final), strict=True):
        if record is not None:
            yield from (within(where, warning) for warning in warnings_of(record))


def _draw_warnings(event: EventRecord, drawn: Draw) -> Iterator[Problem]:
    entrants = event.entrants
    position = {id: number for number, group in enumerate(drawn.semifinals) for id in group}
    field = [one for one in entrants.starters if one.id in position]
    if drawn.method == "given":
        for nation in sorted({nation_of(one.nation) for one in field} - {""}):
            held = [sum(nation_of(entrants.starter(id).nation) == nation for id in group) for group in drawn.semifinals]
            if max(held) - min(held) > 1:
                message = f"{nation} has {', '.join(map(str, held))} skaters in the semifinals"
                yield Problem("nations-together", "draw", message, "keep two of one nation apart")
    elif field and draw(field, len(drawn.semifinals), seed=drawn.seed) != drawn:
        message = f"the {drawn.method} draw of this field gives other semifinals"
        yield Problem("draw", "draw", message, "draw again, or call it given")
    for index, record in enumerate(event.semifinals):
        elsewhere = [id for id in entrants.ids[index] if position.get(id) != index]
        if record is not None and elsewhere:
            labels = ", ".join(entrants.starter(id).label for id in elsewhere)
            message = f"not drawn to this semifinal: {labels}"
            yield Problem("not-drawn", f"semifinals[{index}]", message, "correct the draw, or the semifinal")


def _final_warnings(event: EventRecord, there: set[Hashable], listed: StartList) -> Iterator[Problem]:
    ids = {entry.id for entry in listed}
    labels = [one.label for one in event.entrants.starters if one.id in there - ids]
    if labels:
        message = f"not on the start list of the final: {', '.join(labels)}"
        yield Problem("not-on-list", "final", message, "correct the list, or the final")
