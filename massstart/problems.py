"""What is wrong with an input, as values, and the errors that carry them.

Decides how a problem looks (its kind, its place, its remedy) and which exceptions exist. What *is* a
problem is decided beside the value that has it: `massstart.racecheck` for races, `massstart.rulebook` for
rulebooks, `massstart.files` for files.

Kinds are part of the API; the wording of messages is not.
"""

from collections.abc import Sequence

from attrs import evolve, frozen


@frozen
class Problem:
    """One thing that is wrong, or doubtful, in an input.

    Attributes:
        kind: a short word that programs can test for, such as ``unknown-id``.
        where: the place in the record, such as ``sprints.8[1]``; empty for the record as a whole.
        message: what is wrong there.
        remedy: what would mend it.
        event: the number of the event of a log that it conflicts with, if it does with one.

    Example:
        >>> from massstart import Problem
        >>> print(Problem("unknown-id", "finish[2]", "no starter has the id '7'", "add it to starters"))
        finish[2]: no starter has the id '7' (unknown-id); add it to starters
    """

    kind: str
    where: str
    message: str
    remedy: str
    event: int | None = None

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        return f"{place}{self.message} ({self.kind}); {self.remedy}"


def within(where: str, problem: Problem) -> Problem:
    """The problem of a part, with its place in the whole."""
    joint = "." if where and problem.where and not problem.where.startswith("[") else ""
    return evolve(problem, where=f"{where}{joint}{problem.where}")


class MassStartError(Exception):
    """The base of every error that this package raises on purpose."""


class InvalidRecord(MassStartError, ValueError):
    """A race, rulebook, sheet or file that cannot be used, with *all* its problems.

    Attributes:
        problems: every problem found, in a fixed order; at least one.

    Example:
        >>> from massstart import InvalidRecord, Race
        >>> try:
        ...     Race(rulebook="isu-2018", starters=["a", "b"], finish=["a", "a"])
        ... except InvalidRecord as error:
        ...     [(problem.kind, problem.where) for problem in error.problems]
        [('repeated-id', 'finish[1]'), ('no-outcome', 'starters[1]')]
    """

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        return "\n".join(map(str, self.problems))


class UnknownName(MassStartError, LookupError):
    """A rulebook, bundled race or skater that does not exist; the message names what does."""


class MissingExtra(MassStartError, ImportError):
    """A part of the package needs an extra that is not installed; the message says which."""


class TooManyWays(MassStartError, ValueError):
    """The rest of a race can fall in more ways than can be looked through; no answer is better than a wrong one."""
