"""Whether the chances of a model came true: the scores, and how many skaters are behind them.

Decides what is said of a model. How it is held against races stands in `massstart.simulation.calibrating`.
"""

from typing import Any

from attrs import field, frozen

from massstart.problems import Problem
from massstart.tabular import Tabular
from massstart.words import count


@frozen(kw_only=True)
class Reliability:
    """Skaters whose chances were alike.

    Attributes:
        low, high: between which chances they were.
        skaters: how many there were.
        expected: their mean chance.
        observed: the share of them for whom it came true.
        error: its standard error, if the expected chance were true.
    """

    low: float
    high: float
    skaters: int
    expected: float
    observed: float
    error: float


@frozen(kw_only=True)
class Calibration(Tabular):
    """How the chances of a model compare with what happened.

    Attributes:
        rows: the skaters by their chance.
        best: what was asked: whether a skater is among the best so many.
        races, skaters, competitions: how much was known: the sample.
        score: the mean squared error of the chances, Brier's score: 0 is best.
        baseline: the same for chances that only know the size of the field.
        error: the standard error of the difference of the two, over races.
        warnings: which sheets could not be used, and why.
    """

    rows: tuple[Reliability, ...]
    best: int
    races: int
    skaters: int
    competitions: int
    score: float
    baseline: float
    error: float
    warnings: tuple[Problem, ...] = field(default=(), eq=False)

    @property
    def verdict(self) -> str:
        """What the scores say, in a sentence."""
        gain = self.baseline - self.score
        sure = (
            "more"
            if gain > 2 * self.error
            else "less"
            if gain < -2 * self.error
            else "no more and no less, for all that can be told,"
        )
        return (
            f"The model knows {sure} than the size of the field: Brier {self.score:.4f} against {self.baseline:.4f}, "
            f"a difference of {gain:+.4f} with a standard error of {self.error:.4f}, from {count(self.skaters, 'skater')} in "
            f"{count(self.races, 'race')} of {count(self.competitions, 'competition')}"
        )

    def _title(self) -> str:
        return f"Calibration: among the best {self.best}"

    @property
    def remarks(self) -> tuple[str, ...]:
        """What is to be said below the classes."""
        return (self.verdict, *(f"warning: {warning}" for warning in self.warnings))

    def _remarks(self) -> tuple[str, ...]:
        return self.remarks

    def to_rows(self) -> list[dict[str, Any]]:
        """The classes as flat dicts; all have the same keys."""
        names = ("low", "high", "skaters", "expected", "observed", "error")
        return [{name: getattr(row, name) for name in names} for row in self.rows]
