"""What a rulebook or a tactic changes: chances under several scenarios, on the same races.

Decides what stands beside two chances. How they are compared stands in `massstart.simulation.comparing`.
"""

from typing import Any

from attrs import frozen

from massstart.chances.chances import Chances
from massstart.problems import Problem, UnknownName
from massstart.tabular import Tabular


@frozen(kw_only=True)
class Difference:
    """What a scenario changes for a skater.

    Attributes:
        id, name, nation: the skater.
        scenario: which.
        through: the chance to go through there.
        error: its standard error.
        difference: how much that is above the first scenario.
        difference_error: the standard error of the difference, from the races in which the two part.
    """

    id: Any
    name: str | None
    nation: str | None
    scenario: str
    through: float
    error: float
    difference: float
    difference_error: float

    @property
    def label(self) -> str:
        """The name, or the id where there is no name."""
        return self.name or str(self.id)


@frozen(kw_only=True)
class Comparison(Tabular):
    """Chances under several scenarios, on the same races.

    Attributes:
        scenarios: the chances by the name of the scenario, the first that to which the others are compared.
        rows: what each of the other scenarios changes, those it changes most first.
        differing: by the name of each other scenario, the share of the races in which somebody else goes through.
        races, seed: as in `Chances`.
    """

    scenarios: tuple[tuple[str, Chances], ...]
    rows: tuple[Difference, ...]
    differing: tuple[tuple[str, float], ...]
    races: int
    seed: int

    def _title(self) -> str:
        names = " against ".join(name for name, _ in self.scenarios)
        return f"{self.scenarios[0][1].title}: {names}, {self.races} races"

    @property
    def remarks(self) -> tuple[str, ...]:
        """What is to be said below the differences."""
        (_, first), *others = self.scenarios
        common = [said for said in first.assumed if all(said in found.assumed for _, found in others)]
        return (
            *(f"{name}: somebody else goes through in {share:.1%} of the races" for name, share in self.differing),
            *(f"assumed: {sentence}" for sentence in common),
            *(
                f"assumed, {name}: {said}"
                for name, found in self.scenarios
                for said in found.assumed
                if said not in common
            ),
            *(f"warning: {name}: {warning}" for name, found in self.scenarios for warning in found.warnings),
        )

    def _remarks(self) -> tuple[str, ...]:
        return self.remarks

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """What is doubtful about any of the scenarios."""
        return tuple(warning for _, found in self.scenarios for warning in found.warnings)

    def to_rows(self) -> list[dict[str, Any]]:
        """The differences as flat dicts; all have the same keys."""
        names = ("id", "name", "nation", "scenario", "through", "error", "difference", "difference_error")
        return [{name: getattr(row, name) for name in names} | {"races": self.races} for row in self.rows]

    def __getitem__(self, scenario: str) -> Chances:
        for name, found in self.scenarios:
            if name == scenario:
                return found
        raise UnknownName(f"no scenario {scenario!r}; there are {', '.join(name for name, _ in self.scenarios)}")
