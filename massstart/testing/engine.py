"""A check of any ranking engine: every law against drawn races, and the smallest race that breaks each.

Decides how races are looked for. What the laws say stands in `massstart.testing.laws`; what makes a race small, in
`massstart.testing.smallest`.
"""

from collections.abc import Iterable, Sequence

from attrs import frozen
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from massstart.race import Race
from massstart.rulebook import Rulebook
from massstart.rulebooks import rulebook as rulebook_by_id
from massstart.testing.laws import LAWS, Case, Engine, Law
from massstart.testing.smallest import smallest
from massstart.testing.source import source
from massstart.testing.strategies import Books


@frozen
class FallenLaw:
    """A law that an engine breaks.

    Attributes:
        law: the law.
        race: the smallest race found that breaks it.
        message: what the engine says of this race, and what the law asks for.
    """

    law: Law
    race: Race
    message: str

    def __str__(self) -> str:
        law = self.law
        return f"{law.name} ({law.section}, {law.confidence}): {law.rule}\n  {self.message}\n  {source(self.race)}"


@frozen
class EngineReport:
    """What came of checking an engine.

    Attributes:
        fallen: the laws that it breaks, each with a race.
        upheld: the laws that no race was found to break.
        unchecked: the laws that say nothing of any race drawn, such as the podium's under a junior rulebook.
    """

    fallen: tuple[FallenLaw, ...]
    upheld: tuple[Law, ...]
    unchecked: tuple[Law, ...]

    @property
    def passed(self) -> bool:
        """Whether no law fell."""
        return not self.fallen

    def __str__(self) -> str:
        lines = [str(fallen) for fallen in self.fallen] or [f"all {len(self.upheld)} laws hold"]
        if self.unchecked:
            lines.append(f"not checked: {', '.join(law.name for law in self.unchecked)}")
        return "\n".join(lines)


class LawsBroken(AssertionError):
    """An engine breaks laws. The message is the report: each law with its section, and the smallest race as code.

    Attributes:
        report: the report as values.
    """

    def __init__(self, report: EngineReport) -> None:
        super().__init__(report)
        self.report = report


def check_engine(
    engine: Engine, *, rulebook: Books | None = None, laws: Iterable[Law] = LAWS, max_examples: int = 100
) -> EngineReport:
    """Check a ranking engine against the laws, and fail if one falls: a test needs no line but this one.

    Args:
        engine: see `report_engine`, as of all arguments.
        rulebook: the rulebook that the engine knows.
        laws: the laws to check.
        max_examples: how many races are drawn for each kind of race.

    Returns:
        The report, in which no law fell.

    Raises:
        LawsBroken: a law fell. It is an `AssertionError` that holds the report.
        UnknownName: ``rulebook`` is not the id of a rulebook.

    Example:
        >>> from massstart import rank
        >>> from massstart.testing import check_engine
        >>> print(check_engine(rank, max_examples=10))
        all 27 laws hold
    """
    report = report_engine(engine, rulebook=rulebook, laws=laws, max_examples=max_examples)
    if not report.passed:
        raise LawsBroken(report)
    return report


def report_engine(
    engine: Engine, *, rulebook: Books | None = None, laws: Iterable[Law] = LAWS, max_examples: int = 100
) -> EngineReport:
    """Hold a ranking engine against the laws. The same engine gets the same report every time.

    Args:
        engine: a function that takes a `massstart.Race` and returns rows, in any order: objects or mappings with
            ``id``, ``rank`` (``None`` if disqualified; such a row may be missing), ``total`` (the points that
            count) and ``qualified`` (``Q``, ``q`` or ``None``). `massstart.rank` is such a function.
        rulebook: the rulebook that the engine knows, the id of one, or a strategy; any unless given, invented ones
            among them.
        laws: the laws to check.
        max_examples: how many races are drawn for each kind of race that some laws are about.

    Returns:
        Which laws fell, each with the smallest race that breaks it.

    Raises:
        UnknownName: ``rulebook`` is not the id of a rulebook.

    Example:
        >>> from massstart import rank
        >>> from massstart.testing import report_engine
        >>> report_engine(rank, max_examples=10).passed
        True
    """
    laws = tuple(laws)
    broken: dict[str, Race] = {}
    met: set[str] = set()
    for races in dict.fromkeys(law.races for law in laws):
        _look(engine, [law for law in laws if law.races is races], races(rulebook), max_examples, met, broken)
    simple = () if rulebook is not None else (rulebook_by_id("isu-2018"), rulebook_by_id("isu-2024"))
    return EngineReport(
        tuple(_fallen(engine, law, broken[law.name], simple) for law in laws if law.name in broken),
        tuple(law for law in laws if law.name in met and law.name not in broken),
        tuple(law for law in laws if law.name not in met),
    )


def _look(
    engine: Engine,
    laws: Sequence[Law],
    races: st.SearchStrategy[Race],
    max_examples: int,
    met: set[str],
    broken: dict[str, Race],
) -> None:
    """Draw races once for several laws: notes the laws that say something of one, and the first that breaks each."""

    def look(race: Race) -> None:
        case = Case(engine, race)
        for law in laws:
            if law.name not in broken and law.applies(race):
                met.add(law.name)
                if law.broken_in(case) is not None:
                    broken[law.name] = race

    # After ten examples hypothesis begins to vary what it has. Fresh races show more, so it starts anew.
    for number in range(0, max_examples, 10):
        quiet = settings(
            max_examples=min(10, max_examples - number),
            database=None,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        seed(number)(quiet(given(races)(look)))()


def _fallen(engine: Engine, law: Law, race: Race, simple: tuple[Rulebook, ...]) -> FallenLaw:
    found = smallest(race, lambda race: law.broken_by(engine, race) is not None, simple)
    return FallenLaw(law, found, law.broken_by(engine, found) or "")
