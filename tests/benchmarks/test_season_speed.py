"""How fast a season is ranked, beside a baseline that checks nothing: ``pytest tests/benchmarks --benchmark-only``.

``python tests/benchmarks/test_season_speed.py`` prints the ratio and the growth with the number of competitions.
"""

import random
import timeit
from collections import defaultdict
from typing import Any

import pytest

from massstart import Sheet, SheetRow
from massstart.season import quota, standings

#: 24 in Division A, the others in Division B.
SKATERS, ABOVE = 120, 24
_A = [60, 54, 48, 43, 40, 38, 36, 34, 32, *range(31, 16, -1)]
_B = [*range(20, 0, -1)]


def a_season(competitions: int, skaters: int = SKATERS) -> list[Sheet]:
    """The sheets of a season, always the same, with a promotion in each competition."""
    chance = random.Random(competitions)  # noqa: S311  # no secret
    sheets = []
    for number in range(competitions):
        order = chance.sample(range(skaters), skaters)
        divisions = {"division a": [*order[: ABOVE - 1], order[ABOVE]], "division b": order[ABOVE:]}
        for division, field in divisions.items():
            rows = [
                SheetRow(rank=rank, bib=str(skater), name=f"Skater N{skater}", nation=f"N{skater % 30}", laps=16, sprints=[0] * 4)
                for rank, skater in enumerate(field, 1)
            ]  # fmt: skip
            day = f"2025-{7 + number // 28:02}-{1 + number % 28:02}"
            sheets.append(
                Sheet(id=f"{number}{division}", rulebook="isu-2024", rows=rows, date=day, event="men", round=division)
            )
    return sheets


def baseline(sheets: list[Sheet]) -> list[tuple[int, str | None, int]]:
    """Two dicts and one sort: no checks, no ties beyond the total, names taken as they are."""
    points: dict[str | None, dict[str | None, int]] = defaultdict(dict)
    for sheet in sheets:
        scale = _A if sheet.round == "division a" else _B
        for row in sheet.rows:
            won = scale[row.rank - 1] if row.rank and row.rank <= len(scale) else 0
            own = points[row.name]
            own[sheet.date] = max(won, own.get(sheet.date, 0))
    totals = {name: sum(own.values()) for name, own in points.items()}
    return [(rank, name, totals[name]) for rank, name in enumerate(sorted(totals, key=lambda name: -totals[name]), 1)]


@pytest.mark.parametrize("competitions", [5, 10, 20])
def test_season(benchmark: Any, competitions: int) -> None:
    sheets = a_season(competitions)
    found = benchmark(standings, sheets)
    assert {row.name: row.total for row in found} == {name: total for _, name, total in baseline(sheets)}


def test_places(benchmark: Any) -> None:
    assert len(benchmark(quota, standings(a_season(20)))) == 24 + 8


def best_of(function: Any, given: Any, number: int) -> float:
    """Seconds for one call, undisturbed as far as possible."""
    return min(timeit.repeat(lambda: function(given), number=number, repeat=5)) / number


def main() -> None:
    """Print ratios and growth."""
    for competitions, skaters in ((5, 120), (10, 120), (20, 120), (40, 120), (20, 60), (20, 240)):
        sheets = a_season(competitions, skaters)
        base, ours = best_of(baseline, sheets, 20), best_of(standings, sheets, 1)
        rows = sum(len(sheet.rows) for sheet in sheets)
        print(
            f"{competitions:3} competitions of {skaters:3} skaters: {ours * 1e3:7.1f} ms, {ours / rows * 1e6:5.1f} us a row,"
            f" {ours / base:5.1f} times the baseline"
        )


if __name__ == "__main__":
    main()
