"""Strengths estimated from published sheets, by Plackett and Luce's model.

Decides what a sheet tells of strength: the order across the line of all who finished, and in a sprint the order of those who won
points, ahead of everybody else. The estimate itself is that of choix.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from massstart.chances.strengths import Strength, Strengths
from massstart.problems import InvalidRecord, MissingExtra, Problem
from massstart.race import Race
from massstart.ranking import outcomes
from massstart.result import Result
from massstart.row import Row
from massstart.season.skaters import Appearance, Identity, KnownNames, tell_apart
from massstart.sheet import Sheet
from massstart.simulation.field import head_of
from massstart.words import count

#: A choice: who was first, and who was behind.
Choice = tuple[int, tuple[int, ...]]

#: How strongly a strength is drawn to the average: as though strengths were spread normally with a deviation of 1 (assumed).
PRIOR = 1.0


def estimate(records: Iterable[Race | Sheet | Result], *, prior: float = PRIOR) -> Strengths:
    """The strengths of everybody on some sheets.

    Args:
        records: published sheets, races, or results; names and nations tell who is who, as in a season.
        prior: how strongly a strength is drawn to the average, from above 0 on.

    Returns:
        The most likely strengths with a normal prior. Somebody with one race is near the average, and 0 where a sheet tells
        nothing. The rates of falls and lapped skaters are those of all the sheets together.

    Raises:
        InvalidRecord: no sheets, or a prior that cannot be.
        MissingExtra: choix is not installed.
        TypeError: what is not a race, a sheet or a result.

    What the data do not tell is assumed: that a skater is as strong in every race, and the divisions alike; who came fourth in a sprint; that a skater who did not finish was neither strong nor weak; and the order across the line where a sheet
    without times has the ranks alone.

    Example:
        >>> from massstart import load
        >>> from massstart.simulation import estimate
        >>> ids = [f"wc-2025-26-{number}-men-division-{division}" for number in (1, 2) for division in "ab"]
        >>> strengths = estimate(map(load, ids))
        >>> best = max(strengths.rows, key=lambda row: row.finish)
        >>> best.name, best.races, 0 < best.finish < 5
        ('Jae-Won CHUNG', 2, True)
    """
    given = list(records)
    for record in given:
        check_told(record)
    problems = []
    if not given:
        problems.append(Problem("empty", "", "there are no sheets", "give at least one"))
    if not isinstance(prior, int | float) or not prior > 0:
        problems.append(Problem("type", "prior", f"{prior!r} is not such a number", "give one above 0"))
    if problems:
        raise InvalidRecord(problems)
    outcome = [outcomes(record) for record in given]
    who = _who(given, outcome)
    number = {identity: index for index, identity in enumerate(sorted({*who.values()}))}
    columns = [[number[who[sheet, row]] for row in range(len(rows))] for sheet, rows in enumerate(outcome)]
    finish = [choice for rows, ids in zip(outcome, columns, strict=True) for choice in _at_finish(rows, ids)]
    sprints = [choice for rows, ids in zip(outcome, columns, strict=True) for choice in _in_sprints(rows, ids)]
    started = [row for rows in outcome for row in rows if row.status != "absent"]
    races = Counter(
        id for rows, ids in zip(outcome, columns, strict=True) for row, id in zip(rows, ids, strict=True)
        if row.status != "absent"
    )  # fmt: skip
    at_finish, in_sprints = (_most_likely(len(number), choices, prior) for choices in (finish, sprints))
    names = {number[who[sheet, place]]: row for sheet, rows in enumerate(outcome) for place, row in enumerate(rows)}
    return Strengths(
        rows=[
            Strength(
                name=names[index].label, nation=names[index].nation, finish=round(at_finish[index], 6),
                sprint=round(in_sprints[index], 6), races=races[index],
            )
            for index in range(len(number))
        ],
        fall=_share(started, "unfinished"),
        lapped=_share(started, "lapped"),
        source=f"strengths estimated from {count(len(given), 'race')} of {count(len(number), 'skater')}, prior {prior:g}",
    )  # fmt: skip


def check_told(record: object) -> None:
    """Refuse what tells nothing of how a race ended.

    Raises:
        TypeError: what is not a race, a sheet or a result.
    """
    if not isinstance(record, Race | Sheet | Result):
        raise TypeError(f"{type(record).__name__} does not tell how a race ended; give races, sheets or results")


def _who(records: Sequence[Race | Sheet | Result], outcome: Sequence[Sequence[Row]]) -> dict[tuple[int, int], Identity]:
    """Who stands in each row: the same skater on several sheets is one."""
    rows = [
        Appearance(head_of(record).date or str(sheet), str(sheet), place, str(row.id), row.label, row.nation)
        for sheet, (record, rows) in enumerate(zip(records, outcome, strict=True))
        for place, row in enumerate(rows)
    ]
    found, _ = tell_apart(rows, KnownNames())
    return {(int(one.sheet), one.row): identity for one, identity in found.items()}


def _at_finish(rows: Sequence[Row], ids: Sequence[int]) -> list[Choice]:
    """The choices of the order across the line, best first; where a sheet does not tell it, of its ranks (assumed)."""
    pairs = [*zip(rows, ids, strict=True)]
    line = [(row.finish, id) for row, id in pairs if row.finish is not None] or [
        (row.rank, id) for row, id in pairs if row.rank is not None and row.at_full_distance
    ]
    return _choices(sorted(line, key=lambda pair: pair[0]), [])


def _in_sprints(rows: Sequence[Row], ids: Sequence[int]) -> list[Choice]:
    """The choices of the intermediate sprints: those who won points, by points, ahead of everybody else there."""
    found: list[Choice] = []
    for column in range(max((len(row.sprints) for row in rows), default=1) - 1):
        cells = [(row.sprints[column] or 0, id) for row, id in zip(rows, ids, strict=True) if len(row.sprints) > column]
        named = sorted([(-points, id) for points, id in cells if points], key=lambda pair: pair[0])
        found += _choices(named, [id for points, id in cells if not points])
    return found


def _choices(ordered: Sequence[tuple[int, int]], behind: Sequence[int]) -> list[Choice]:
    """Who was first of those left, each in turn; of a dead heat each is ahead of whoever is behind both."""
    found = []
    for place, id in ordered:
        beaten = (*[other for later, other in ordered if later > place], *behind)
        if beaten:
            found.append((id, beaten))
    return found


def _most_likely(skaters: int, choices: list[Choice], prior: float) -> list[float]:
    """The most likely strengths; those who are told nothing of have 0."""
    if not choices:
        return [0.0] * skaters
    try:
        import choix
    except ModuleNotFoundError as error:
        raise MissingExtra("estimating strengths needs choix; run: pip install 'massstart[simulation]'") from error
    found: Any = choix.opt_top1(skaters, choices, alpha=prior, method="Newton-CG", tol=1e-8, max_iter=500)
    return [float(value) for value in found]


def _share(rows: Sequence[Row], status: str) -> float:
    return sum(row.status == status for row in rows) / len(rows) if rows else 0.0
