"""A check of any ranking engine: every law against drawn races, and the smallest race that breaks each.

Decides how races are looked for. What the laws say stands in `massstart.testing.laws`.
"""

from collections.abc import Iterable
from contextlib import suppress

from attrs import frozen
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis.errors import NoSuchExample

from massstart.race import Race
from massstart.testing.changes import without
from massstart.testing.laws import LAWS, Engine, Law, source


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
        return f"{self.law.name} ({self.law.section}, {self.law.confidence}): {self.law.rule}\n  {self.message}\n  {source(self.race)}"


@frozen
class EngineReport:
    """What came of checking an engine.

    Attributes:
        fallen: the laws that it breaks, each with a race.
        upheld: the laws that no race was found to break.
    """

    fallen: tuple[FallenLaw, ...]
    upheld: tuple[Law, ...]

    @property
    def passed(self) -> bool:
        """Whether no law fell."""
        return not self.fallen

    def __str__(self) -> str:
        if self.passed:
            return f"all {len(self.upheld)} laws hold"
        return "\n".join(map(str, self.fallen))


def check_engine(engine: Engine, *, laws: Iterable[Law] = LAWS, max_examples: int = 100) -> EngineReport:
    """Check a ranking engine against the laws. The same engine gets the same report every time.

    Args:
        engine: a function that takes a `massstart.Race` and returns rows, in any order: objects or mappings with
            ``id``, ``rank`` (``None`` if disqualified; such a row may be missing), ``total`` (the points that
            count) and ``qualified`` (``Q``, ``q`` or ``None``). `massstart.rank` is such a function.
        laws: the laws to check.
        max_examples: how many races are drawn for each law.

    Returns:
        Which laws fell, each with the smallest race that breaks it.

    Example:
        >>> from massstart import rank
        >>> from massstart.testing import check_engine
        >>> check_engine(rank, max_examples=10).passed
        True
    """
    groups: dict[object, list[Law]] = {}
    laws = tuple(laws)
    for law in laws:
        groups.setdefault(law.races, []).append(law)
    broken: dict[Law, Race] = {}
    for group in groups.values():
        broken |= _first_broken(engine, group, max_examples)
    fallen = {law: _fallen(engine, law, race, max_examples) for law, race in broken.items()}
    return EngineReport(
        tuple(fallen[law] for law in laws if law in fallen), tuple(law for law in laws if law not in fallen)
    )


def _quiet(max_examples: int, *phases: Phase) -> settings:
    return settings(
        max_examples=max_examples,
        derandomize=True,
        database=None,
        deadline=None,
        phases=phases,
        suppress_health_check=list(HealthCheck),
    )


def _first_broken(engine: Engine, laws: Iterable[Law], max_examples: int) -> dict[Law, Race]:
    """Laws that are checked on the same races, drawn once for all of them: a race that breaks each."""
    laws = tuple(laws)
    broken: dict[Law, Race] = {}

    @_quiet(max_examples, Phase.generate)
    @given(laws[0].races())
    def look(race: Race) -> None:
        for law in laws:
            if law not in broken and law.broken_by(engine, race) is not None:
                broken[law] = race

    look()
    return broken


def _fallen(engine: Engine, law: Law, race: Race, max_examples: int) -> FallenLaw:
    quiet = _quiet(max_examples, Phase.generate, Phase.shrink)
    with suppress(NoSuchExample):  # then the first race has to do
        race = find(law.races(), lambda race: law.broken_by(engine, race) is not None, settings=quiet)
    for id in race.starters.ids:
        fewer = without(race, id)
        if law.broken_by(engine, fewer) is not None:
            race = fewer
    return FallenLaw(law, race, law.broken_by(engine, race) or "")
