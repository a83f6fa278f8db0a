"""Engines with one bug each are caught, each by the law that names the bug, with a minimal race."""

from collections import Counter
from collections.abc import Iterator
from functools import partial
from typing import Any, Literal

import pytest

from massstart import Race
from massstart.testing import EngineReport, isu_rulebooks, report_engine

pytestmark = [pytest.mark.slow, pytest.mark.law]

Bug = Literal["counts forfeited points", "ties by name", "unfinished by points", "nine through", "points passed on"]


def engine(race: Race, bug: Bug | None = None) -> Iterator[dict[str, Any]]:
    """A user's engine for the rulebooks of the ISU, with one bug or none."""
    book, out = race.rulebook, {note.id for note in race.disqualified}
    left = {note.id: note for note in race.unfinished}
    orders = [(sprint.order, book.intermediate) for sprint in race.sprints] + [(race.finish, book.final)]
    points: Counter[object] = Counter()
    for order, scale in orders:
        counted = order if bug == "points passed on" else order.without(out, close=True)
        points.update({id: scale.points[place - 1] for id, place in counted if place <= len(scale) and id not in out})
    if book.forfeits and bug != "counts forfeited points":
        points.subtract({id: points[id] for id in [*race.lapped, *left]})
    line: dict[object, float] = dict(race.finish.without(out, close=True))
    line |= {id: note.time.milliseconds if note.time else float("inf") for id, note in left.items()}
    short = {id: race.laps - left[id].laps if id in left and bug != "unfinished by points" else 0 for id in line}
    keys = {id: (short[id], -points[id], str(id) if bug == "ties by name" else line[id]) for id in line}
    best = 9 if bug == "nine through" and race.advance else race.advance or 0
    added = {note.id for note in race.advanced}
    for id, key in keys.items():
        rank = 1 + sum(other < key for other in keys.values())
        mark = "Q" if rank <= best else "q" if id in added else None
        yield {"id": id, "rank": rank, "total": points[id], "qualified": mark}


def check(bug: Bug | None) -> EngineReport:
    return report_engine(partial(engine, bug=bug), rulebook=isu_rulebooks(), max_examples=20)


def test_the_engine_without_a_bug_passes() -> None:
    report = check(None)
    assert report.passed
    assert not report.unchecked


@pytest.mark.parametrize(
    ("bug", "law", "skaters"),
    [
        ("counts forfeited points", "forfeited-points", 1),
        ("ties by name", "line-decides", 8),  # up to six win points at the finish
        ("unfinished by points", "unfinished-behind-finished", 8),
        ("nine through", "best-advance", 2),
        ("points passed on", "places-of-the-disqualified", 2),
    ],
)
def test_the_law_names_the_bug(bug: Bug, law: str, skaters: int) -> None:
    fallen = {fallen.law.name: fallen for fallen in check(bug).fallen}
    assert law in fallen
    race = fallen[law].race
    assert len(race.starters) <= skaters
    assert sorted(map(str, race.starters.ids)) == list("abcdefgh")[: len(race.starters)]
    assert fallen[law].law.broken_by(partial(engine, bug=bug), race) == fallen[law].message
    assert fallen[law].law.broken_by(engine, race) is None
