"""World Cup points by rank: the tables that are known, found by division and date.

Decides what a rank in a World Cup race is worth, and when a season begins. Standings over a season are worked out in
`massstart.season.ranking`.
"""

from collections.abc import Iterable
from datetime import date

from attrs import frozen

from massstart.identity import word
from massstart.rulebook import Confidence


@frozen
class PointsTable:
    """World Cup points of one division.

    Attributes:
        division: ``division a`` or ``division b``, as the round is called on the sheet.
        points: points by rank, the first rank first.
        beyond: points of every rank after those; ``None`` where that is not known.
        first_day, last_day: the season.
        confidence: ``certain``, ``likely`` or ``assumed``.
        source: the evidence.
    """

    division: str
    points: tuple[int, ...]
    beyond: int | None
    first_day: date
    last_day: date
    confidence: Confidence
    source: str

    def at(self, rank: int) -> int | None:
        """The points of a rank; ``None`` where the table does not reach."""
        return self.points[rank - 1] if rank <= len(self.points) else self.beyond


_SEASON_2015 = (date(2015, 7, 1), date(2016, 6, 30))
_SEASON_2025 = (date(2025, 7, 1), date(2026, 6, 30))

_SHEETS_OF_2025 = (
    "the official sheets of November 2025 (https://github.com/rgnlchamp/usa-speed-skating-tracker) and the official "
    "standings, which follow from them"
)

#: The tables on record. Those of 2018/19 to 2021/22, in which semifinal and final were added, are not among them.
TABLES: tuple[PointsTable, ...] = (
    PointsTable(
        "division a",
        (100, 80, 70, 60, 50, 45, 40, 36, 32, 28, 24, 21, 18, 16, 14, 12, 10, 8, 6, 5),
        None,
        *_SEASON_2015,
        "certain",
        "the published result of the women's race of 22 November 2015 (https://en.wikipedia.org/wiki/"
        "2015%E2%80%9316_ISU_Speed_Skating_World_Cup_%E2%80%93_World_Cup_2_%E2%80%93_Women%27s_mass_start)",
    ),
    PointsTable(
        "division a",
        (60, 54, 48, 43, 40, 38, 36, 34, 32, *range(31, 16, -1)),
        None,
        *_SEASON_2025,
        "certain",
        f"{_SHEETS_OF_2025}; 24 start, so what a 25th would get is not known (one less per rank would be assumed)",
    ),
    PointsTable(
        "division b",
        tuple(range(20, 0, -1)),
        0,
        *_SEASON_2025,
        "certain",
        _SHEETS_OF_2025,
    ),
)


#: The month in which a season begins.
_FIRST_MONTH = 7


def points_table(division: str | None, day: date, tables: Iterable[PointsTable] = TABLES) -> PointsTable | None:
    """The table of a division on a day, if one is known; capitals and blanks in the division do not count."""
    known = (table for table in tables if word(table.division) == word(division))
    return next((table for table in known if table.first_day <= day <= table.last_day), None)


def season(day: date) -> str:
    """The season of a day, from July to June.

    Example:
        >>> from datetime import date
        >>> from massstart.season.worldcup import season
        >>> season(date(2025, 11, 23)), season(date(2000, 2, 1))
        ('2025-26', '1999-00')
    """
    first = day.year if day.month >= _FIRST_MONTH else day.year - 1
    return f"{first}-{(first + 1) % 100:02}"
