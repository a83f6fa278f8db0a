"""Engines with one bug each are caught, each by the law that names the bug."""

from collections.abc import Callable
from typing import Any

import pytest
from attrs import evolve

from massstart import Race, rank
from massstart.testing import changed, check_engine, without

Rows = list[dict[str, Any]]


def rows(race: Race) -> Rows:
    return [{"id": row.id, "rank": row.rank, "total": row.total, "qualified": row.qualified} for row in rank(race)]


def counts_forfeited_points(race: Race) -> Rows:
    return rows(changed(race, rulebook=evolve(race.rulebook, forfeits=False)))


def breaks_ties_by_name(race: Race) -> Rows:
    laps = {row.id: row.laps or 0 for row in rank(race)}
    ranked = sorted((row for row in rows(race) if row["rank"]), key=lambda r: (-laps[r["id"]], -r["total"], r["id"]))
    return [row | {"rank": number} for number, row in enumerate(ranked, 1)]


def ranks_unfinished_by_points(race: Race) -> Rows:
    ranked = sorted((row for row in rows(race) if row["rank"]), key=lambda row: -row["total"])
    return [row | {"rank": number} for number, row in enumerate(ranked, 1)]


def hands_points_on_wrongly(race: Race) -> Rows:
    if race.rulebook.disqualified_at_finish == "closed":
        return rows(changed(race, rulebook=evolve(race.rulebook, disqualified_at_finish="kept")))
    return rows(without(race, *(note.id for note in race.disqualified)))


@pytest.mark.parametrize(
    ("engine", "law"),
    [
        (counts_forfeited_points, "forfeited-points"),
        (breaks_ties_by_name, "line-decides"),
        (ranks_unfinished_by_points, "unfinished-behind-finished"),
        (hands_points_on_wrongly, "places-of-the-disqualified"),
    ],
)
def test_the_law_names_the_bug(engine: Callable[[Race], Rows], law: str) -> None:
    report = check_engine(engine, max_examples=40)
    found = {fallen.law.name: fallen.race for fallen in report.fallen}
    assert law in found
    assert len(found[law].starters) <= 3
