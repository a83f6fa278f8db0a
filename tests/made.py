"""Races, sheets and rankings as tests make them: what a test does not name is what most of them need."""

from collections.abc import Iterable
from typing import Any

from massstart import Race, Sheet, SheetRow, load
from massstart.season import standings
from massstart.season.ranking import Standings, StandingsRow

#: The men's races of the World Cup of 2025/26 that are bundled.
MEN = [f"wc-2025-26-{number}-men-division-{division}" for number in (1, 2) for division in "ab"]


def race(*finish: Any, **given: Any) -> Race:
    """A race of those who crossed the line, a list for a dead heat, and of whoever else is named."""
    crossed = [id for place in finish for id in (place if isinstance(place, list) else [place])]
    named = [*crossed, *(id for name in ("unfinished", "disqualified", "did_not_start") for id in given.get(name, ()))]
    return Race(**{"rulebook": "isu-2018", "starters": [*dict.fromkeys(named)], "finish": list(finish)} | given)


def sheet(*rows: SheetRow, **given: Any) -> Sheet:
    """A sheet of these rows."""
    return Sheet(**{"id": "demo", "rulebook": "isu-2018", "rows": rows} | given)


def season(**options: Any) -> Standings:
    """The ranking of the men after two competitions."""
    return standings([load(id, Sheet) for id in MEN], **options)


def ranking(*points: tuple[int | None, ...], names: Iterable[str | None] = (), **given: Any) -> Standings:
    """A season ranking of Dutch skaters with these points, the first first."""
    named = [*names] or [f"S{number}" for number in range(1, len(points) + 1)]
    rows = [
        StandingsRow(rank=number, name=name, nation="NED", points=own, total=sum(cell or 0 for cell in own))
        for number, (own, name) in enumerate(zip(points, named, strict=True), 1)
    ]
    return Standings(rows=rows, **given)
