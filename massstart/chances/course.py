"""Chances over a race: before its start and after each sprint.

Decides what stands there of each moment. Which moments there are is decided in `massstart.simulation.course`.
"""

from typing import Any

from attrs import frozen

from massstart.chances.chances import Chances
from massstart.problems import Problem
from massstart.tabular import Tabular


@frozen(kw_only=True)
class Course(Tabular):
    """The chances of everybody before a race and after each of its sprints.

    Attributes:
        moments: pairs of the laps that were skated and the chances then.
    """

    moments: tuple[tuple[int, Chances], ...]

    def _title(self) -> str:
        _, first = self.moments[0]
        return f"{first.title}: chances by lap, {first.races} races each"

    @property
    def remarks(self) -> tuple[str, ...]:
        """What is to be said below the chances, that is what was assumed and what is doubtful."""
        _, last = self.moments[-1]
        assumed = (f"assumed: {sentence}" for sentence in last.assumed)
        return (*assumed, *(f"warning: {warning}" for warning in self.warnings))

    def _remarks(self) -> tuple[str, ...]:
        return self.remarks

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """What is doubtful about any of the moments, each once."""
        return tuple(dict.fromkeys(warning for _, found in self.moments for warning in found.warnings))

    def to_rows(self) -> list[dict[str, Any]]:
        """A row for each skater and moment; all have the same keys."""
        return [{"laps": laps} | row for laps, found in self.moments for row in found.to_rows()]
