"""Many races as a table with a row for each skater of a race, of pandas, polars or pyarrow.

Decides which columns a table has, and which cells they may hold. What the values mean stands in `massstart.batch.races`, and
which of them contradict each other in `massstart.batch.check`.
"""

import warnings
from collections.abc import Hashable, Iterator, Sequence
from typing import Any, TypeVar

import narwhals as nw
import numpy as np
from attrs import evolve, field, frozen

from massstart.batch.check import NAMED, Tally, check_shapes
from massstart.batch.kernel import tallied
from massstart.batch.races import ABSENT, STATUSES, UNTIMED, Bools, Ints, Races, Scored
from massstart.problems import InvalidRecord, Problem
from massstart.rulebook import Rulebook

Frame = nw.DataFrame[Any]
Column = nw.Series[Any]
Table = TypeVar("Table")

_KEYS = ("race", "skater")
#: The other columns, by the array that they become.
_COLUMNS = {
    "finish": "finish", "status": "status", "laps_completed": "laps_completed", "last_times": "last_time", "guests": "guest",
    "advanced": "advanced",
}  # fmt: skip
#: What a cell without a value stands for.
_EMPTY = {"finish": 0, "laps_completed": -1, "last_times": UNTIMED}
#: The most cells of arrays for each row of the table, where fields differ in size.
_PADDING = 64
_ROOM = 2**22


class DoubtfulRaces(UserWarning):
    """A table that is taken though something in it is doubtful.

    Attributes:
        problem: what is doubtful, the first race where it is, and how many there are.
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(problem)

    def __str__(self) -> str:
        return str(self.problem)


@frozen(kw_only=True, eq=False)
class TableRaces(Races):
    """Races that were read from a table: messages name its columns, its races and its skaters.

    Attributes:
        rows: the row of the table for each cell, as (races, skaters); -1 where a cell stands for nobody.
        keys: the columns ``race`` and ``skater`` of the table.
    """

    rows: Ints = field()
    keys: Any = field(repr=False)

    def column(self, name: str) -> str:
        """The column that became an array."""
        if name.startswith("sprints[:, "):
            return f"sprint_{self.sprint_laps[int(name[11:-1])]}"
        return _COLUMNS[name]

    def which(self, race: int) -> str:
        """The race, as the table names it."""
        return str(self.keys["race"][int(self.rows[race, 0])])

    def where(self, name: str, race: int, skater: int) -> str:
        """The cell by column, skater and race."""
        return f"{self.column(name)} of {_skater(self.keys, int(self.rows[race, skater]))}"

    def cells(self) -> Ints:
        """For each row of the table, where it stands in an array of (races, skaters)."""
        there = np.flatnonzero(self.rows.ravel() >= 0)
        cells = np.empty(len(there), np.int64)
        cells[self.rows.ravel()[there]] = there
        return cells


def score_table(
    table: Table,
    rulebook: Rulebook | str,
    *,
    laps: int | None = None,
    sprint_laps: Sequence[int] | None = None,
    advance: int | None = None,
    check: bool = True,
) -> Table:
    """Rank the races of a table, each as `massstart.rank` ranks one.

    Args:
        table: a DataFrame of pandas or polars, a Table of pyarrow, or any other that narwhals knows. It has a row for each
            skater of a race, in any order:

            - ``race``, ``skater``: whatever they are known by, no cell empty;
            - ``finish``: the place across the line, 1, 2, 2, 4 in a dead heat; 0 or empty for whoever has none;
            - ``sprint_4`` and so on: the place in the sprint at that lap; a sprint without a column names nobody;
            - ``status``: finished, lapped, unfinished, disqualified or absent; empty for finished;
            - ``laps_completed``: needed of the unfinished;
            - ``last_time``: milliseconds at the last crossing of the unfinished; -1 or empty where nobody knows;
            - ``guest``, ``advanced``: whether a skater is out of competition, or sent on by the Referee; empty for not.

            All but the first three may be missing. Other columns are carried along.
        rulebook: a `massstart.Rulebook`, or the id of one.
        laps: the distance; the rulebook's unless given.
        sprint_laps: the laps of the intermediate sprints; the rulebook's unless given.
        advance: how many of each race go on; ``None`` where there is no next round.
        check: whether to hold the places, statuses, laps and times against each other.

    Returns:
        The table, row for row, with more columns. They are ``rank``, empty for the disqualified, the absent and guests; ``total``;
        ``points_4`` and so on, for each sprint and the last lap; ``qualified``, ``Q`` by rank, ``q`` by decision of the Referee,
        else empty.

    Warns:
        DoubtfulRaces: what is doubtful, once for each kind. Their ``problem`` is that of `Scored.warnings`.

    Raises:
        InvalidRecord: columns or cells that cannot be, by kind: the first five with race and skater, and how many more.
        TypeError: something that is not a table in memory.

    Example:
        >>> import polars
        >>> from massstart.batch import score_table
        >>> scored = score_table(polars.DataFrame({
        ...     "race": ["heat", "heat"], "skater": ["87", "4"], "finish": [2, 1],
        ...     "sprint_4": [1, 2], "sprint_8": [1, 2], "sprint_12": [1, 2],
        ... }), "isu-2018")
        >>> scored["rank"].to_list(), scored["total"].to_list()
        ([2, 1], [49, 66])
    """
    frame, tally = score_frame(
        _frame(table), rulebook, laps=laps, sprint_laps=sprint_laps, advance=advance, check=check
    )
    for problem in tally.warnings():
        warnings.warn(DoubtfulRaces(problem), stacklevel=2)
    scored: Table = frame.to_native()
    return scored


def from_table(
    table: Any,
    rulebook: Rulebook | str,
    *,
    laps: int | None = None,
    sprint_laps: Sequence[int] | None = None,
    advance: int | None = None,
) -> TableRaces:
    """The races of a table as arrays, in the order in which the table first names them.

    Args:
        table: as of `score_table`, like all the others.
        rulebook: a `massstart.Rulebook`, or the id of one.
        laps: the distance; the rulebook's unless given.
        sprint_laps: the laps of the intermediate sprints; the rulebook's unless given.
        advance: how many of each race go on; ``None`` where there is no next round.

    Returns:
        The arrays, with the ids of the skaters, and the row of the table for each cell.

    Raises:
        InvalidRecord: columns or cells that cannot be. Whether they contradict each other is looked at by `score`.
        TypeError: something that is not a table in memory.

    Example:
        >>> import pandas
        >>> from massstart.batch import from_table
        >>> races = from_table(pandas.DataFrame({"race": [1, 2, 1], "skater": ["a", "b", "c"], "finish": [1, 1, 2]}), "isu-2018")
        >>> races.finish.tolist(), races.ids
        ([[1, 2], [1, 0]], [['a', 'c'], ['b']])
    """
    races = _arrays(_frame(table), rulebook, laps=laps, sprint_laps=sprint_laps, advance=advance)
    skaters = races.keys["skater"].to_list()
    ids: list[list[Hashable]] = [[skaters[row] for row in rows if row >= 0] for rows in races.rows.tolist()]
    return evolve(races, ids=ids)


def _frame(table: Any) -> Frame:
    try:
        return nw.from_native(table, eager_only=True)
    except TypeError:
        known = "a DataFrame of pandas or polars, or a Table of pyarrow"
        raise TypeError(f"{type(table).__name__} is not a table in memory; give {known}") from None


def score_frame(frame: Frame, rulebook: Rulebook | str, *, check: bool, **held: Any) -> tuple[Frame, Tally]:
    """The table with what the rules make of it, and what is doubtful about it."""
    races = _arrays(frame, rulebook, **held)
    scored, tally = tallied(races, check=check)
    return _with_outcome(frame, races, scored), tally


def _with_outcome(frame: Frame, races: TableRaces, scored: Scored) -> Frame:
    cells = races.cells()
    points = {f"points_{lap}": scored.points[:, k] for k, lap in enumerate((*races.sprint_laps, races.laps))}
    values = {"rank": scored.rank, "total": scored.total, **points, "qualified": scored.qualified}
    backend = frame.implementation
    columns = [
        nw.new_series(name, array.ravel()[cells].astype(np.int32), nw.Int32, backend=backend)
        for name, array in values.items()
    ]
    mark = nw.col("qualified")
    scored_frame = frame.with_columns(*columns).with_columns(
        nw.when(nw.col("rank") > 0).then(nw.col("rank")).alias("rank"),
        nw.when(mark == 1).then(nw.lit("Q")).otherwise(nw.when(mark == 2).then(nw.lit("q"))).alias("qualified"),
    )
    if backend.is_pandas_like():
        # By itself, pandas has other types for a column with empty cells than for one without.
        scored_frame = nw.from_native(scored_frame.to_native().astype({"rank": "Int32", "qualified": "string"}))
    return scored_frame


def _arrays(frame: Frame, rulebook: Rulebook | str, **held: Any) -> TableRaces:
    """The columns as arrays."""
    given = {name: value for name, value in held.items() if value is not None}
    empty = Races(rulebook=rulebook, finish=np.zeros((0, 0), int), **given)
    check_shapes(empty)
    problems = [*_wrong_columns(frame.columns, empty)]
    if problems:
        raise InvalidRecord(problems)
    keys = frame.select(*(_plain(frame[name]) for name in _KEYS))
    arrays = {name: column for name, column in _COLUMNS.items() if column in frame.columns}
    arrays |= {f"sprint_{lap}": f"sprint_{lap}" for lap in empty.sprint_laps if f"sprint_{lap}" in frame.columns}
    read = {name: _values(name, _plain(frame[column])) for name, column in arrays.items()}
    for name, (_, wrong, message, remedy) in read.items():
        problems += _cells(keys, arrays[name], wrong, ("type", message, remedy))
    empty_keys = [*_empty_keys(keys)]
    rows = np.zeros((0, 0), np.int64) if empty_keys else _rows(keys)
    problems += empty_keys or _repeated(keys, rows)
    if problems:
        raise InvalidRecord(problems)
    nobody = rows < 0
    cells = {name: values[rows] for name, (values, *_) in read.items() if values is not None}
    for name, array in cells.items():
        array[nobody] = ABSENT if name == "status" else False if array.dtype == bool else 0
    if "status" not in cells and nobody.any():
        cells["status"] = np.where(nobody, np.uint8(ABSENT), np.uint8(0))
    orders = [cells.pop(f"sprint_{lap}", None) for lap in empty.sprint_laps]
    if any(order is not None for order in orders):
        unnamed = np.zeros(rows.shape, np.int8)
        cells["sprints"] = np.stack([unnamed if order is None else order for order in orders], axis=1)
    cells.setdefault("finish", np.zeros(rows.shape, np.int8))
    return TableRaces(rulebook=rulebook, rows=rows, keys=keys, **cells, **given)


def _wrong_columns(names: Sequence[str], races: Races) -> Iterator[Problem]:
    sprints = [f"sprint_{lap}" for lap in races.sprint_laps]
    known = {*_KEYS, *_COLUMNS.values(), *sprints}
    made = {"rank", "total", "qualified", *(f"points_{lap}" for lap in (*races.sprint_laps, races.laps))}
    for name in (*_KEYS, "finish"):
        if name not in names:
            yield Problem("missing-column", name, "is missing", "add the column")
    for name in names:
        if name in made:
            yield Problem("repeated-column", name, "is a column that scoring adds", "rename or drop it")
        elif name not in known:
            spelled = str(name).strip().lower().replace(" ", "_").replace("-", "_")
            if spelled in known:
                yield Problem("unknown-column", name, f"is not spelled {spelled}", f"rename it to {spelled}")
            elif spelled.startswith("sprint"):
                remedy = f"name it {', '.join(sprints)} or otherwise" if sprints else "name it otherwise"
                yield Problem("unknown-column", name, "is not a sprint of these races", remedy)


def _plain(column: Column) -> Column:
    """A column in the type that its values have."""
    if column.dtype in (nw.Categorical, nw.Enum):
        words = column.cast(nw.String)
        # pandas 2 writes "nan" for an empty cell.
        return words.zip_with(
            ~column.is_null(),
            nw.new_series(column.name, [None] * len(column), nw.String, backend=column.implementation),
        )
    if column.dtype == nw.Object and column.implementation.is_pandas_like() and column.name not in _KEYS:
        # Numbers or booleans with an empty cell among them.
        return nw.from_native(column.to_native().convert_dtypes(), series_only=True)
    return column


#: Values, which of them cannot be, and why.
Read = tuple[Any, Bools, str, str]


def _values(name: str, column: Column) -> Read:
    """A column as an array. ``None`` where it is empty throughout."""
    fine = np.zeros(len(column), bool)
    if column.null_count() == len(column):
        return None, fine, "", ""
    if name == "status":
        return _statuses(column, fine)
    if name in ("guests", "advanced"):
        if column.dtype != nw.Boolean:
            return None, ~fine, f"the column holds {column.dtype}, not booleans", "write true or false"
        return column.fill_null(value=False).to_numpy().astype(bool), fine, "", ""
    return _numbers(column, _EMPTY.get(name, 0), fine)


def _statuses(column: Column, fine: Bools) -> Read:
    if column.dtype != nw.String:
        return None, ~fine, f"the column holds {column.dtype}, not words", f"write {', '.join(STATUSES)}"
    words = column.fill_null(STATUSES[0])
    codes = np.full(len(words), len(STATUSES), np.uint8)
    for code, word in enumerate(STATUSES):
        codes[(words == word).to_numpy().astype(bool)] = code
    return codes, codes == len(STATUSES), "is not a status", f"write {', '.join(STATUSES)}"


def _numbers(column: Column, empty: int, fine: Bools) -> Read:
    if not column.dtype.is_integer() and not column.dtype.is_float():
        return None, ~fine, f"the column holds {column.dtype}, not whole numbers", "convert it to whole numbers"
    # An unsigned column has no room for -1, so the empty cells get their value later.
    values = column.fill_null(0).to_numpy()
    if column.dtype.is_float():
        # Whole numbers with an empty cell among them are floats in pandas. What is not finite is not equal to its own floor,
        # or too large.
        wrong = (values != np.floor(values)) | (np.abs(values) > 2**53)
        values = np.where(wrong, 0, values)
    else:
        wrong = values > np.iinfo(np.int64).max
    numbers = np.where(column.is_null().to_numpy(), empty, values.astype(np.int64))
    low, high = int(numbers.min(initial=0)), int(numbers.max(initial=0))
    kind = next(kind for kind in (np.int8, np.int16, np.int32, np.int64) if -high > np.iinfo(kind).min <= low)
    return numbers.astype(kind), wrong, "is not a whole number that an array holds", "give a whole number"


def _skater(keys: Frame, row: int) -> str:
    return f"{keys['skater'][row]} in race {keys['race'][row]}"


def _cells(keys: Frame, column: str, wrong: Bools, problem: tuple[str, str, str]) -> Iterator[Problem]:
    """The first cells that are wrong, and how many more; one for a column that is wrong as a whole."""
    kind, message, remedy = problem
    rows = np.flatnonzero(wrong)
    if message.startswith("the column"):
        yield from [Problem(kind, column, message, remedy)] * bool(len(rows))
        return
    for row in rows[:NAMED]:
        yield Problem(kind, f"{column} of {_skater(keys, int(row))}", message, remedy)
    if len(rows) > NAMED:
        yield Problem(kind, column, f"{len(rows) - NAMED} further cells are like these", "mend them too")


def _empty_keys(keys: Frame) -> Iterator[Problem]:
    for name in _KEYS:
        empty = np.flatnonzero(keys[name].is_null().to_numpy())
        if len(empty):
            more = f" ({len(empty)} rows like this)" if len(empty) > 1 else ""
            yield Problem("missing-id", f"{name}, row {empty[0]}", f"is empty{more}", "fill it in, or drop the row")


def _repeated(keys: Frame, rows: Ints) -> Iterator[Problem]:
    """The skaters who stand in a race twice."""
    if not len(keys):
        return
    skaters = _codes(keys, "skater")[rows]
    there = rows >= 0
    # Sorted, with the cells for nobody last, a skater stands beside the same one.
    skaters[~there] = np.iinfo(np.int64).max
    skaters.sort(axis=1)
    there.sort(axis=1)
    if ((skaters[:, 1:] == skaters[:, :-1]) & there[:, ::-1][:, 1:]).any():
        repeated = keys.is_duplicated().to_numpy().astype(bool)  # ten times as slow
        yield from _cells(keys, "row", repeated, ("repeated-id", "stands there more than once", "keep one of them"))


def _codes(keys: Frame, name: str) -> Ints:
    """A number for every value of a column: the row where it first stands, or the value, if that is a number."""
    if keys[name].dtype.is_integer():
        return keys[name].to_numpy().astype(np.int64)
    if keys.implementation.is_pyarrow():  # a tenth of the time of grouping and joining
        codes: Ints = keys[name].to_native().combine_chunks().dictionary_encode().indices.to_numpy()
        return codes.astype(np.int64)
    first: Ints = keys.select(name).with_row_index("row").select(nw.col("row").min().over(name))["row"].to_numpy()
    return first.astype(np.int64)


def _rows(keys: Frame) -> Ints:
    """The rows of each race, those of a small field followed by -1."""
    race = keys["race"]
    if not len(race):
        return np.zeros((0, 0), np.int64)
    begins = (race != race.shift(1)).fill_null(value=True).to_numpy().astype(bool)
    if begins.sum() == race.n_unique():
        order, number = np.arange(len(race)), begins.cumsum() - 1
    else:
        _, first, number = np.unique(_codes(keys, "race"), return_index=True, return_inverse=True)
        number = first.argsort().argsort()[number]  # in the order in which they first stand there
        order = np.argsort(number, kind="stable")
        number = number[order]
    sizes = np.bincount(number)
    starts, most = np.cumsum(sizes) - sizes, int(sizes.max())
    if len(sizes) * most > _PADDING * len(race) + _ROOM:
        where = f"race {race[int(order[starts[sizes.argmax()]])]}"
        raise InvalidRecord(
            [Problem("shape", where, f"has {most} skaters, many more than most", "score large fields apart")]
        )
    rows = np.full((len(sizes), most), -1, np.int64)
    rows[number, np.arange(len(order)) - starts[number]] = order
    return rows
