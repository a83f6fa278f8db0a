"""The tables of a simulation: chances, comparisons, the course of a race, strengths, the calibration of a model.

Decides which columns there are and how a share is written: in percent, with its standard error beside it, and never without
the number of races.
"""

from typing import Any

from massstart.chances.calibration import Calibration
from massstart.chances.chances import Chances
from massstart.chances.comparison import Comparison
from massstart.chances.course import Course
from massstart.chances.strengths import Strengths
from massstart.showing.model.cells import ID, NAME, NATION, Cell, Column, Group, Line, Table, made, shown_id
from massstart.showing.model.registry import table
from massstart.words import count

_SKATER = (ID, NAME, NATION)
_THROUGH = Column("through", "Chance", "how likely, in percent", number=True, optional=False)
_ERROR = Column("error", "±", "the standard error, in percent", number=True, optional=False)
_WIN = Column("win", "Win", "how likely first, in percent", number=True, optional=False)
_MEAN = Column("rank", "Mean", "the mean rank", number=True)
_SPARE = Column("reserve", "Reserve", "how likely a reserve, in percent", number=True)
_PROVED = Column("is_exact", "Proved", "what the outlook proves")
_SCENARIO = Column("scenario", "Scenario", "which scenario", optional=False)
_CHANGE = Column("difference", "Change", "against the first, in percentage points", number=True, optional=False)
_CHANGE_ERROR = Column("difference_error", "± of it", "its standard error", number=True, optional=False)
_FINISH = Column("finish", "Finish", "the strength across the line", number=True, optional=False)
_SPRINT = Column("sprint", "Sprint", "the strength in a sprint", number=True, optional=False)
_RACES = Column("races", "Races", "how many races are behind the numbers", number=True, optional=False)
_CLASS = Column("class", "Chance", "the chances of the class, in percent", optional=False)
_SKATERS = Column("skaters", "Skaters", "how many", number=True, optional=False)
_EXPECTED = Column("expected", "Expected", "the mean chance, in percent", number=True, optional=False)
_OBSERVED = Column("observed", "Came true", "for how many it came true, in percent", number=True, optional=False)


@table.register
def _chances(value: Chances, *, reasons: bool = False) -> Table:
    _refuse(reasons=reasons)
    lines = []
    for row in value:
        mean = None if row.rank is None else f"{row.rank:.1f}"
        reserve = None if row.reserve is None else _percent(row.reserve)
        proved = ("through" if row.through == 1 else "out") if row.is_exact else None
        lines.append(
            _line(row, _percent(row.through), _percent(row.error, 2), _percent(row.win), mean, reserve, proved)
        )
    many = count(value.races, value.unit)
    said = f"Chance: {value.means}, in percent of {many} made by a model; ±: its standard error, {value.largest_error:.2%} at most."
    halves = (
        "Too few to hold their halves against each other."
        if value.drift is None
        else f"Their halves differ by {value.drift:.1f} standard errors at most."
    )
    remarks = [f"{said} Win, Mean: first place, and the mean rank.", f"Seed {value.seed}. {halves}", *value.remarks]
    columns = [*_SKATER, _THROUGH, _ERROR, _WIN, _MEAN, _SPARE, _PROVED]
    of = {"event": "chances of the final", "season": f"chances, {value.advance} places"}
    return made(
        f"{value.title}: {of.get(value.unit, f'chances, best {value.advance}')}",
        columns,
        [Group(tuple(lines))],
        remarks=remarks,
    )


@table.register
def _comparison(value: Comparison, *, reasons: bool = False) -> Table:
    _refuse(reasons=reasons)
    lines = []
    for row in value.rows:
        chance, change = (_percent(row.through), _percent(row.error, 2)), (row.difference, row.difference_error)
        cells = (row.scenario, *_who(row), *chance, f"{100 * change[0]:+.1f}", _percent(change[1], 2))
        lines.append(Line(_cells(*cells), row.label))
    name, first = value.scenarios[0]
    made_of = f"Chance: {first.means}, in percent of {count(value.races, 'race')} made by a model, the same of chance in each scenario."
    remarks = [f"{made_of} Change: against {name}. ±: standard errors. Seed {value.seed}.", *value.remarks]
    title = f"{first.title}: {' against '.join(name for name, _ in value.scenarios)}, best {first.advance}"
    columns = [_SCENARIO, *_SKATER, _THROUGH, _ERROR, _CHANGE, _CHANGE_ERROR]
    return made(title, columns, [Group(tuple(lines))], remarks=remarks)


@table.register
def _course(value: Course, *, reasons: bool = False) -> Table:
    _refuse(reasons=reasons)
    _, last = value.moments[-1]
    moments = [
        Column(f"moments[{number}]", f"L{laps}", f"after {count(laps, 'lap')}", number=True, optional=False)
        for number, (laps, _) in enumerate(value.moments)
    ]
    known = [{row.id: row for row in found} for _, found in value.moments]
    lines = [
        _line(row, *(_percent(rows[row.id].through) + "!" * rows[row.id].is_exact for rows in known)) for row in last
    ]
    worst = max(found.largest_error for _, found in value.moments)
    laps, _ = value.moments[-1]
    said = f"L{laps}: how likely, after {count(laps, 'lap')}, that the skater {last.means}, in percent of {count(last.races, 'race')} each"
    sure = f"The standard error is {worst:.2%} at most. !: the outlook proves it. Seed {last.seed}."
    remarks = [f"{said}, made by a model. {sure}", *value.remarks]
    title = f"{last.title}: chances by lap, best {last.advance}"
    return made(title, [*_SKATER, *moments], [Group(tuple(lines))], remarks=remarks)


@table.register
def _strengths(value: Strengths, *, reasons: bool = False) -> Table:
    _refuse(reasons=reasons)
    rows = sorted(value.rows, key=lambda row: -row.finish)
    lines = tuple(_line(row, f"{row.finish:+.2f}", f"{row.sprint:+.2f}", row.races) for row in rows)
    remarks = [
        "Of two skaters whose strengths differ by 1, the stronger is ahead in 73 of 100 races, by 2 in 88; 0 is the average.",
        f"Of all who started, {value.fall:.1%} did not finish, and {value.lapped:.1%} were lapped: {value.source}",
    ]
    return made("Strengths", [*_SKATER, _FINISH, _SPRINT, _RACES], [Group(lines)], remarks=remarks)


@table.register
def _calibration(value: Calibration, *, reasons: bool = False) -> Table:
    _refuse(reasons=reasons)
    lines = []
    for row in value.rows:
        of = f"{row.low:.0%} to {row.high:.0%}"
        cells = _cells(of, row.skaters, _percent(row.expected), _percent(row.observed), _percent(row.error))
        lines.append(Line(cells, of))
    remarks = ["Each competition was left out of the estimate of its own chances.", *value.remarks]
    columns = [_CLASS, _SKATERS, _EXPECTED, _OBSERVED, _ERROR]
    return made(f"Calibration: among the best {value.best}", columns, [Group(tuple(lines))], remarks=remarks)


def _line(row: Any, *cells: object) -> Line:
    return Line(_cells(*_who(row), *cells), row.label)


def _who(row: Any) -> tuple[object, ...]:
    return shown_id(row.id, row.name), row.name, row.nation


def _cells(*cells: object) -> tuple[Cell, ...]:
    return tuple(map(Cell, cells))


def _percent(share: float, digits: int = 1) -> str:
    return f"{100 * share:.{digits}f}"


def _refuse(*, reasons: bool) -> None:
    if reasons:
        raise ValueError("a chance has no reasons; explain and outlook give those of a rank")
