"""Rulebooks in files: by id, defined in place, or in full with their evidence.

Decides the keys of each. What a rulebook may *say* is decided in `massstart.rulebook`.
"""

from datetime import date
from typing import Annotated, Any, Generic, TypeVar, get_args

from attrs import evolve, fields_dict, frozen

from massstart.files.jsontext import parse
from massstart.files.kinds import Kind, register
from massstart.files.objects import (
    CONVERTER,
    As,
    Number,
    Rule,
    Shown,
    fields_of,
    filed,
    part,
    structure,
    wrong,
)  # fmt: skip
from massstart.problems import InvalidRecord, Problem
from massstart.rulebook import VALUE_FIELDS, Confidence, DeadHeat, DisqualifiedPlace, Evidence, Rulebook, Scale
from massstart.rulebooks import RULEBOOKS

T = TypeVar("T")


def _day(value: Any, _: Any) -> date:
    try:
        day = date.fromisoformat(value)
    except (TypeError, ValueError):
        raise wrong(value, "a day, YYYY-MM-DD") from None
    if str(day) != value:
        raise wrong(value, "a day, YYYY-MM-DD")
    return day


CONVERTER.register_structure_hook(date, _day)
CONVERTER.register_unstructure_hook(date, str)


@frozen(kw_only=True)
class EvidenceFile:
    """How sure some values are, and why."""

    fields: list[str]
    confidence: Confidence
    source: str


part(Evidence, EvidenceFile, lambda file: Evidence(tuple(file.fields), file.confidence, file.source))

_DEFAULTS = {name: field.default for name, field in fields_dict(Rulebook).items()}
# Which words there are, the rulebook says itself.
_DeadHeat = Annotated[str, Rule("enum", get_args(DeadHeat))]
_Kept = Annotated[str, Rule("enum", get_args(DisqualifiedPlace))]
Points = Annotated[list[Number], As(list)]


def _unless(default: Any) -> As:
    return As(lambda value: None if value == default else value, lambda value: value)


@frozen(kw_only=True)
class PlacedRulebookFile:
    """A rulebook defined in place."""

    id: str
    laps: Number
    sprint_laps: list[Number]
    intermediate: Points
    final: Points
    forfeits: bool
    advance: Shown[Number] = None
    max_starters: Shown[Number] = None
    sprint_dead_heat: _DeadHeat | None = None
    disqualified_in_sprint: _Kept | None = None
    disqualified_at_finish: _Kept | None = None
    junior: Annotated[bool, _unless(default=False)] | None = None
    first_day: date | None = None
    last_day: date | None = None
    evidence: Annotated[list[Evidence], _unless(_DEFAULTS["evidence"])] | None = None


def _made(given: dict[str, Any]) -> Rulebook:
    """A rulebook from its fields, with the scales as lists.

    Raises:
        InvalidRecord: with every problem of the rulebook.
    """
    problems: list[Problem] = []
    for name in ("intermediate", "final"):
        try:
            given[name] = Scale(*given[name])
        except InvalidRecord as error:
            problems += [evolve(problem, where=name) for problem in error.problems]
            given[name] = Scale(1)
    if "evidence" in given:
        given["evidence"] = tuple(given["evidence"])
    try:
        book = Rulebook(**given)
    except InvalidRecord as error:
        problems += error.problems
    if problems:
        raise InvalidRecord(problems)
    return book


part(Rulebook, PlacedRulebookFile, lambda file: _made(fields_of(file)))

#: The id of a rulebook on offer; any other in place.
RulebookReference = Annotated[str | Rulebook, As(lambda book: book.id if book in RULEBOOKS else book)]


def rulebook_in_place(text: str) -> Rulebook:
    """A rulebook from JSON text: the object that defines one in place."""
    book: Rulebook = structure(parse(text), Rulebook)
    return book


@frozen(kw_only=True)
class Known(Generic[T]):
    """A value of a rulebook, and how sure it is; the confidence follows from the evidence, and only from there."""

    value: T
    confidence: Confidence | None = None


@frozen(kw_only=True)
class ValuesFile:
    """The values of a rulebook."""

    laps: Known[Number]
    sprint_laps: Known[list[Number]]
    intermediate: Known[list[Number]]
    final: Known[list[Number]]
    forfeits: Known[bool]
    advance: Known[Number]
    max_starters: Known[Number | None]
    sprint_dead_heat: Known[_DeadHeat]
    disqualified_in_sprint: Known[_Kept]
    disqualified_at_finish: Known[_Kept]


@frozen(kw_only=True)
class RulebookFile:
    """A rulebook with its evidence."""

    id: str
    junior: bool
    first_day: Shown[date] = None
    last_day: Shown[date] = None
    values: ValuesFile
    evidence: Annotated[list[Evidence], As(list)]


def _read(file: RulebookFile) -> Rulebook:
    values = {name: getattr(file.values, name).value for name in VALUE_FIELDS}
    try:
        return _made(values | {name: value for name, value in fields_of(file).items() if name != "values"})
    except InvalidRecord as error:
        places = ((problem, f"values.{problem.where}.value") for problem in error.problems)
        raise InvalidRecord(
            [evolve(problem, where=place) if problem.where in VALUE_FIELDS else problem for problem, place in places]
        ) from None


def _write(book: Rulebook) -> RulebookFile:
    values: dict[str, Any] = {
        name: Known(value=list(value) if isinstance(value, Scale | tuple) else value, confidence=book.confidence(name))
        for name in VALUE_FIELDS
        for value in [getattr(book, name)]
    }
    file: RulebookFile = filed(RulebookFile, book, values=ValuesFile(**values))
    return file


register(Kind(word="rulebook", value=Rulebook, file=RulebookFile, read=_read, write=_write))
