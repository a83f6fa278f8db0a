"""Many cases, asked and compared.

Decides what comes of a case; what is compared stands in `massstart.conformance.comparing`.
"""

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor

from attrs import frozen

from massstart.conformance.answers import answer
from massstart.conformance.case import Answer, Case
from massstart.conformance.comparing import difference
from massstart.conformance.programs import NoAnswer


@frozen
class Outcome:
    """What came of one case.

    Attributes:
        case: the case.
        difference: the first difference between the answer and what is expected; ``None`` if there is none.
    """

    case: Case
    difference: str | None

    @property
    def passed(self) -> bool:
        """Whether the answer is the expected one."""
        return self.difference is None


def check(cases: Iterable[Case], ask: Answer = answer, *, workers: int = 1) -> Iterator[Outcome]:
    """Ask every case and compare, in the order of the cases.

    Args:
        cases: the cases.
        ask: what answers them: this library, or what `program` makes of a command.
        workers: how many to ask at a time.

    Raises:
        UnknownName: the program cannot be run at all.

    Example:
        >>> from massstart.conformance import cases, check
        >>> all(outcome.passed for outcome in check(cases()))
        True
    """

    def outcome(case: Case) -> Outcome:
        try:
            return Outcome(case, difference(case, ask(case)))
        except NoAnswer as error:
            return Outcome(case, str(error))

    with ThreadPoolExecutor(workers) as pool:
        yield from pool.map(outcome, cases)
