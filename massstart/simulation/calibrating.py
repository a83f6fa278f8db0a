"""Whether the chances of a model come true: held against races that were skated.

Decides how a model is judged: each competition is left out in turn, its chances come from the others alone, and a proper score
compares them with chances that know nothing but the size of the field.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence

from massstart.chances.calibration import Calibration, Reliability
from massstart.chances.strengths import Strengths
from massstart.problems import InvalidRecord, Problem
from massstart.race import Race
from massstart.ranking import outcomes
from massstart.result import Result
from massstart.row import Row
from massstart.sheet import Sheet
from massstart.simulation.counting import Map, check_numbers
from massstart.simulation.estimating import check_told, estimate
from massstart.simulation.field import Model, head_of
from massstart.simulation.models import ByStrength
from massstart.simulation.race import RACES, chances
from massstart.words import count

#: How many classes of chances the reliability is told in.
CLASSES = 10


def calibrate(
    records: Iterable[Race | Sheet | Result],
    make: Callable[[Strengths], Model] | None = None,
    *,
    best: int = 8,
    races: int = RACES,
    seed: int = 0,
    map: Map = map,
    progress: Callable[[int, int], None] | None = None,
) -> Calibration:
    """Hold the chances of a model against races that were skated, each left out of its own estimate.

    Args:
        records: published sheets, races, or results; those of one date are one competition and left out together.
        make: makes a model of strengths; `ByStrength` unless given.
        best: whether a skater is among the best so many is what is asked; of smaller fields it is not.
        races: how many races to make of each.
        seed: as for `massstart.simulation.chances`.
        map: as for `massstart.simulation.chances`.
        progress: told how many of the records are done, and of how many.

    Raises:
        InvalidRecord: races of fewer than two dates with larger fields, or numbers that cannot be.
        MissingExtra: choix is not installed.
        TypeError: what is not a race, a sheet or a result.

    Example:
        >>> from massstart import archive, load
        >>> from massstart.simulation import calibrate
        >>> found = calibrate([load(id) for id in archive() if "women" in id], best=8, races=2000)
        >>> found.races, found.skaters, found.competitions
        (5, 104, 3)
    """
    make = (lambda strengths: ByStrength(strengths=strengths)) if make is None else make
    check_numbers(best=best, races=races, seed=seed)
    told, warnings = [], []
    for record in records:
        check_told(record)
        rows = [row for row in outcomes(record) if row.status != "absent"]
        unknown = [row for row in rows if row.is_ranked and row.rank is None]
        if unknown or len(rows) <= best:
            why = "does not tell every rank" if unknown else f"has {count(len(rows), 'skater')}"
            warnings.append(Problem("left-out", str(head_of(record).id), why, "it is left out"))
        else:
            told.append((record, rows))
    dates = sorted({head_of(record).date or "" for record, _ in told})
    if len(dates) < 2:
        wrong = f"races of {count(len(dates), 'date')} with more than {best} skaters"
        raise InvalidRecord([Problem("empty", "", wrong, "give sheets of two competitions or more")])
    pairs: list[tuple[float, bool]] = []
    scores: list[tuple[float, float]] = []
    for day in dates:
        model = make(estimate([record for record, _ in told if (head_of(record).date or "") != day]))
        for record, rows in told:
            if (head_of(record).date or "") == day:
                found = chances(record, model, races=races, seed=seed, advance=best, map=map)
                here = [(found[row.id].through, _among(row, best)) for row in rows]
                pairs += here
                if progress is not None:
                    progress(len(scores) + 1, len(told))
                scores.append((_brier(here), _brier([(best / len(rows), came) for _, came in here])))
    gains = [baseline - own for own, baseline in scores]
    mean = sum(gains) / len(gains)
    spread = sum((gain - mean) ** 2 for gain in gains) / max(1, len(gains) - 1)
    return Calibration(
        rows=tuple(_classes(pairs)), best=best, races=len(told), skaters=len(pairs), competitions=len(dates),
        score=sum(own for own, _ in scores) / len(scores), baseline=sum(base for _, base in scores) / len(scores),
        error=(spread / len(gains)) ** 0.5, warnings=tuple(warnings),
    )  # fmt: skip


def _among(row: Row, best: int) -> bool:
    return row.rank is not None and row.rank <= best


def _brier(pairs: Sequence[tuple[float, bool]]) -> float:
    """The mean squared error of some chances."""
    return sum((chance - came) ** 2 for chance, came in pairs) / len(pairs)


def _classes(pairs: Sequence[tuple[float, bool]]) -> Iterator[Reliability]:
    """The skaters by their chance, in classes of one size; empty ones are left out."""
    for number in range(CLASSES):
        low, high = number / CLASSES, (number + 1) / CLASSES
        here = [(chance, came) for chance, came in pairs if min(int(chance * CLASSES), CLASSES - 1) == number]
        if here:
            expected = sum(chance for chance, _ in here) / len(here)
            yield Reliability(
                low=low, high=high, skaters=len(here), expected=expected,
                observed=sum(came for _, came in here) / len(here), error=(expected * (1 - expected) / len(here)) ** 0.5,
            )  # fmt: skip
