"""The laws that hold for every event, at every stage.

They ask what only this library has: an event with its draw, its start list and its overall ranking.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterator
from itertools import combinations, product

from attrs import evolve, frozen

from massstart import Entry, Race, rank
from massstart.event import Event
from massstart.rulebook import Confidence


@frozen
class EventLaw:
    """One rule of an event, as a law.

    Attributes:
        name: a short name.
        rule: the rule, in a sentence.
        confidence: ``certain``, ``likely`` or ``assumed``.
        check: what is wrong with an event, one sentence each.

    """

    name: str
    rule: str
    confidence: Confidence
    check: Callable[[Event], Iterator[str]]

    def broken_by(self, event: Event) -> str | None:
        """What is wrong with an event, or ``None``."""
        return next(self.check(event), None)


def _starts_once(event: Event) -> Iterator[str]:
    listed = event.start_list()
    twice = [id for id, times in Counter(entry.id for entry in (*listed.rows, *listed.reserves)).items() if times > 1]
    yield from (f"{id!r} stands on the list twice" for id in twice)
    numbers = Counter(entry.start for entry in listed if entry.start is not None)
    yield from (f"the number {number} is given twice" for number, times in numbers.items() if times > 1)
    gone = {one.id for one in event.withdrawals}
    yield from (
        f"{entry.id!r} withdrew, and is listed" for entry in (*listed.rows, *listed.reserves) if entry.id in gone
    )


def _head_of_the_semifinals(event: Event) -> Iterator[str]:
    listed = evolve(event, published=None, withdrawals=()).start_list()
    for number, race in enumerate(event.semifinals, 1):
        if isinstance(race, Race):
            due = event.advance or race.advance or race.rulebook.advance
            best = {row.id for row in rank(race) if row.rank is not None and row.rank <= due}
            through = best | {note.id for note in race.advanced}
            found = {entry.id for entry in listed if entry.semifinal == number}
            if found != through:
                yield f"semifinal {number} sends {sorted(map(str, found))}, not {sorted(map(str, through))}"


def _nations_apart(event: Event) -> Iterator[str]:
    if event.draw is None or event.draw.method == "given":
        return
    nations = {one.id: one.nation for one in event.field}
    groups = event.draw.semifinals
    field = [nations[id] for group in groups for id in group]
    if max(map(len, groups)) - min(map(len, groups)) > 1:
        yield f"the semifinals have {', '.join(str(len(group)) for group in groups)} skaters"
    together = _together([[nations[id] for id in group] for group in groups])
    least = _least(field, len(groups)) if len(field) <= 6 else _even(field, len(groups))
    if together != least:
        yield f"{together} pairs of one nation skate in one semifinal, and {least} would do"


def _together(groups: list[list[str | None]]) -> int:
    """How many pairs of one nation skate together."""
    return sum(one is not None and one == other for group in groups for one, other in combinations(group, 2))


def _least(field: list[str | None], semifinals: int) -> int:
    """The fewest pairs that any draw to semifinals of equal size leaves together: all of them are tried."""
    found = []
    for chosen in product(range(semifinals), repeat=len(field)):
        groups = [
            [nation for nation, s in zip(field, chosen, strict=True) if s == number] for number in range(semifinals)
        ]
        if max(map(len, groups)) - min(map(len, groups)) <= 1:
            found.append(_together(groups))
    return min(found)


def _even(field: list[str | None], semifinals: int) -> int:
    """The fewest pairs that can be left together: as many skaters of a nation everywhere, or one more."""
    pairs = 0
    for nation, held in Counter(field).items():
        each, more = divmod(held, semifinals)
        pairs += 0 if nation is None else semifinals * each * (each - 1) // 2 + more * each
    return pairs


def _everyone_once(event: Event) -> Iterator[str]:
    found = Counter(row.skater.id for row in event.overall())
    records = [record for record in (*event.semifinals, event.final) if record is not None]
    races = [record for record in records if isinstance(record, Race)]
    if len(races) == len(records):
        due = {id for race in races for id in race.starters.ids if id not in race.did_not_start}
        yield from (f"{id!r} started and has no row" for id in sorted(due - found.keys(), key=str))
        yield from (f"{id!r} has a row without a start" for id in sorted(found.keys() - due, key=str))
    yield from (f"{id!r} has {times} rows" for id, times in found.items() if times > 1)


def _withdrawal_throws_nobody_out(event: Event) -> Iterator[str]:
    before = {entry.id: entry for entry in event.start_list()}
    gone = {one.id for one in event.withdrawals}
    for id in (one.id for one in event.entrants.starters if one.id not in gone):
        after: dict[Hashable, Entry] = {entry.id: entry for entry in event.with_withdrawal(id).start_list()}
        for other, entry in before.items():
            if other != id and after.get(other) != entry:
                yield f"the withdrawal of {id!r} makes {entry} {after.get(other)}"


def _frozen_list_stays(event: Event) -> Iterator[str]:
    if event.published is None:
        return
    listed = evolve(event, withdrawals=()).start_list().rows
    for entry in listed:
        if _bare(entry) not in map(_bare, event.published):
            yield f"{entry} is not as it was published"
    if len(listed) != len(event.published):
        yield f"{len(event.published)} entries were published, and {len(listed)} stand"


def _bare(entry: Entry) -> Entry:
    return evolve(entry, name=None, nation=None)


def _changes_are_exact(event: Event) -> Iterator[str]:
    changes = event.changes()
    old = {entry.id: entry.start for entry in event.start_list()}
    for left in changes.leaves:
        del old[left.id]
    old |= {entry.id: entry.start for entry in changes.enters}
    old |= {now.id: now.start for _, now in changes.renumbered}
    whole = event.published is not None and None not in event.semifinals
    new = event.with_list_reopened().start_list() if whole else event.start_list()
    if old != {entry.id: entry.start for entry in new}:
        yield f"{changes} does not lead from the published list to the new one"


def _finalists_first(event: Event) -> Iterator[str]:
    rows = event.overall().rows
    marks = [row.is_finalist for row in rows]
    if marks != sorted(marks, reverse=True):
        yield "somebody who missed the final stands before a finalist"
    finalists = sum(marks)
    for row in rows:
        if row.rank is not None and (row.rank <= finalists) != row.is_finalist:
            yield f"{row.skater.label!r} has rank {row.rank}, and there are {finalists} finalists"
    ranks = [row.rank for row in rows if row.rank is not None]
    if ranks != sorted(ranks):
        yield f"the ranks stand as {ranks}"


def _rule(name: str, confidence: Confidence, check: Callable[[Event], Iterator[str]], rule: str) -> EventLaw:
    return EventLaw(name, rule, confidence, check)


#: The laws of an event.
EVENT_LAWS = (
    _rule("starts-once", "certain", _starts_once, "Nobody starts twice, no number is given twice, who withdrew is not listed."),
    _rule("head-of-the-semifinals", "certain", _head_of_the_semifinals, "The best of each semifinal by rank go to the final, and those whom the Referee adds."),
    _rule("nations-apart", "certain", _nations_apart, "As few as possible of one nation are drawn to one semifinal, and the semifinals are equally large."),
    _rule("everyone-once", "certain", _everyone_once, "Everyone who started has one row in the overall ranking, and nobody else has any."),
    _rule("withdrawal-throws-nobody-out", "assumed", _withdrawal_throws_nobody_out, "A withdrawal takes nobody else off the start list, nor gives anyone another number."),
    _rule("frozen-list-stays", "assumed", _frozen_list_stays, "A published start list stays, whatever becomes of the semifinals."),
    _rule("changes-are-exact", "assumed", _changes_are_exact, "The changes after a correction lead from the published list to the one that the semifinals give."),
    _rule("finalists-first", "assumed", _finalists_first, "Finalists rank before all others, and the others begin behind as many as started in the final."),
)  # fmt: skip
