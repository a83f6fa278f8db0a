"""The ranking of a race, or of a published sheet from its own facts.

Decides nothing of its own: the criteria stand in `massstart.key`, the points in `massstart.scoring`, shared
ranks in `massstart.result`. Who goes to the final stands in `massstart.advancement`.
"""

from massstart.race import Race
from massstart.result import Result
from massstart.scoring import RaceScores
from massstart.sheet import Sheet
from massstart.sheetscores import sheet_scores


def rank(record: Race | Sheet) -> Result:
    """Rank a race by its rulebook.

    Args:
        record: a race; or a published sheet, which is ranked from its own facts (the printed points, laps and
            times), so that the outcome can be held against the printed ranks.

    Returns:
        A row with rank and reason for everyone who started.

    Raises:
        InvalidRecord: a sheet whose facts do not settle the order, with every gap.
        TypeError: something that is neither a race nor a sheet.

    The order is laps completed, points that count, order across the line (Rule 253 paragraph 4; certain: it
    reproduces every complete official table seen). A full dead heat shares the rank and the next rank is
    skipped (assumed; the official timing software does the same).

    Example:
        >>> from massstart import Race, rank
        >>> result = rank(Race(
        ...     rulebook="isu-2024", starters=["a", "b", "c"], finish=["b", "c"], sprints={4: ["a", "b", "c"]},
        ...     unfinished={"a": (9, "5:24.53")},
        ... ))
        >>> print(result["a"].reason)
        3rd: 3 points won (sprint 1: 3) do not count, for the race was not finished; 9 of 16 laps, 5:24.53; behind c by laps completed
    """
    if isinstance(record, Race):
        return Result(RaceScores(record))
    if isinstance(record, Sheet):
        return Result(sheet_scores(record))
    raise TypeError(f"rank takes a Race or a Sheet, not {type(record).__name__}; loads reads JSON text")
