"""Files of a simulation: chances, comparisons, the course of a race, and the calibration of a model.

Decides their keys. A chance never stands without the number of races behind it.
"""

from typing import Annotated

from attrs import frozen

from massstart.chances.calibration import Calibration, Reliability
from massstart.chances.chances import Chance, Chances
from massstart.chances.comparison import Comparison, Difference
from massstart.chances.course import Course
from massstart.chances.strengths import Strength, Strengths
from massstart.files.kinds import Kind, nest, register
from massstart.files.objects import As, Count, Id, Key, Number, Rule, Shown, distinct, fields_of, filed, part
from massstart.files.problems import ProblemFile  # noqa: F401  # it describes the warnings
from massstart.problems import Problem

Share = Annotated[float, Rule("minimum", 0), Rule("maximum", 1)]
Positive = Annotated[float, Rule("minimum", 0)]

nest(Chances)


@frozen(kw_only=True)
class ChanceFile:
    """What became of one skater in many races."""

    id: Id
    name: Shown[str] = None
    nation: Shown[str] = None
    through: Share
    error: Positive
    win: Share
    rank: Shown[Positive] = None
    ranks: Annotated[list[Count], As(list, tuple)]
    is_exact: Annotated[bool, Key("exact")] = False
    reserve: Share | None = None


part(Chance, ChanceFile)


@frozen(kw_only=True)
class ChancesFile:
    """How likely everybody of a field goes through."""

    title: str
    means: str
    unit: str
    races: Number
    seed: Count
    advance: Number
    drift: Shown[Positive] = None
    rows: list[Chance]
    assumed: list[str]
    warnings: list[Problem]


def _read_chances(file: ChancesFile) -> Chances:
    given = fields_of(file)
    return Chances(**given | {name: tuple(given[name]) for name in ("rows", "assumed", "warnings")})


def _write_chances(chances: Chances) -> ChancesFile:
    distinct([row.id for row in chances], "rows")
    file: ChancesFile = filed(ChancesFile, chances)
    return file


register(Kind(word="chances", value=Chances, file=ChancesFile, read=_read_chances, write=_write_chances))


@frozen(kw_only=True)
class DifferenceFile:
    """What a scenario changes for a skater."""

    id: Id
    name: Shown[str] = None
    nation: Shown[str] = None
    scenario: str
    through: Share
    error: Positive
    difference: float
    difference_error: Positive


part(Difference, DifferenceFile)


@frozen(kw_only=True)
class ScenarioFile:
    """A scenario, and the chances under it."""

    name: str
    chances: Chances


@frozen(kw_only=True)
class ComparisonFile:
    """What rulebooks or tactics change."""

    races: Number
    seed: Count
    scenarios: list[ScenarioFile]
    rows: list[Difference]
    differing: dict[str, Share]


def _read_comparison(file: ComparisonFile) -> Comparison:
    return Comparison(
        scenarios=tuple((one.name, one.chances) for one in file.scenarios), rows=tuple(file.rows),
        differing=tuple(file.differing.items()), races=file.races, seed=file.seed,
    )  # fmt: skip


def _write_comparison(value: Comparison) -> ComparisonFile:
    return ComparisonFile(
        races=value.races, seed=value.seed,
        scenarios=[ScenarioFile(name=name, chances=chances) for name, chances in value.scenarios],
        rows=[*value.rows], differing=dict(value.differing),
    )  # fmt: skip


register(Kind(word="comparison", value=Comparison, file=ComparisonFile, read=_read_comparison, write=_write_comparison))


@frozen(kw_only=True)
class MomentFile:
    """The chances after some laps."""

    laps: Count
    chances: Chances


@frozen(kw_only=True)
class CourseFile:
    """How the chances changed over a race."""

    moments: list[MomentFile]


register(
    Kind(
        word="course",
        value=Course,
        file=CourseFile,
        read=lambda file: Course(moments=tuple((one.laps, one.chances) for one in file.moments)),
        write=lambda value: CourseFile(moments=[MomentFile(laps=laps, chances=found) for laps, found in value.moments]),
    )
)


@frozen(kw_only=True)
class ReliabilityFile:
    """Skaters whose chances were alike."""

    low: Share
    high: Share
    skaters: Number
    expected: Share
    observed: Share
    error: Positive


part(Reliability, ReliabilityFile)


@frozen(kw_only=True)
class CalibrationFile:
    """How the chances of a model compare with what happened."""

    best: Number
    races: Number
    skaters: Number
    competitions: Number
    score: Positive
    baseline: Positive
    error: Positive
    rows: list[Reliability]
    warnings: list[Problem]


def _read_calibration(file: CalibrationFile) -> Calibration:
    given = fields_of(file)
    return Calibration(**given | {name: tuple(given[name]) for name in ("rows", "warnings")})


register(
    Kind(
        word="calibration",
        value=Calibration,
        file=CalibrationFile,
        read=_read_calibration,
        write=lambda value: filed(CalibrationFile, value),
    )
)


@frozen(kw_only=True)
class StrengthFile:
    """How strong a skater is."""

    id: Id | None = None
    name: Shown[str] = None
    nation: Shown[str] = None
    finish: float = 0.0
    sprint: float = 0.0
    races: Count = 0


part(Strength, StrengthFile)


@frozen(kw_only=True)
class StrengthsFile:
    """How strong some skaters are."""

    source: str | None = None
    fall: Share = 0.0
    lapped: Share = 0.0
    rows: list[Strength]


register(
    Kind(
        word="strengths",
        value=Strengths,
        file=StrengthsFile,
        read=lambda file: Strengths(**fields_of(file)),
        write=lambda value: filed(StrengthsFile, value),
    )
)
