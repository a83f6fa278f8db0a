"""More races than fit in memory, from Parquet to Parquet.

Decides how a long table is cut into parts, and how a run that was stopped goes on. What is read and written of each
part stands in `massstart.batch.table`.

A part is a function of where it begins and of how many rows it may have: it ends with the last race that fits. So a run
that was stopped goes on at the end of its last part, and writes the bytes that it would have written.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

import narwhals as nw
import numpy as np
from attrs import asdict, evolve, field, frozen

from massstart.batch.check import Doubt, check_shapes
from massstart.batch.races import Races
from massstart.batch.table import score_frame
from massstart.files.saving import save
from massstart.problems import InvalidRecord, MissingExtra, Problem
from massstart.rulebook import Rulebook
from massstart.values import is_count

#: Rows that are read at a time.
_BATCH = 2**17
#: The end of a file that tells it from another one: the last bytes hold the extremes of every column.
_FOOTER = 2**16


@frozen
class Progress:
    """How far a run has come.

    Attributes:
        races: the races that are scored and written.
        rows: their rows.
        rows_in_all: the rows of the source.
        parts: the files that are written.
        warnings: what is doubtful about the races so far, by kind: how many, and the first.
    """

    races: int
    rows: int
    rows_in_all: int
    parts: int
    warnings: tuple[Problem, ...] = ()


def score_parquet(
    source: str | Path,
    target: str | Path,
    rulebook: Rulebook | str,
    *,
    laps: int | None = None,
    sprint_laps: Sequence[int] | None = None,
    advance: int | None = None,
    rows: int = 2_000_000,
    progress: Callable[[Progress], object] | None = None,
) -> Progress:
    """Rank the races of a Parquet file, or of a folder of them, in bounded memory.

    Args:
        source: the file, or the folder, whose files are taken in the order of their names. The columns are those of
            `massstart.batch.score_table`. The rows of a race stand together, and the values of ``race`` ascend.
        target: the folder for the outcome, ``part-00000.parquet`` and so on, each put in place whole. How far the run has
            come stands beside the folder, in a file of its name and ``.json``. Called again after it was stopped, the
            run goes on from there, and the outcome is the same, byte for byte.
        rulebook: a `massstart.Rulebook`, or the id of one.
        laps: the distance; the rulebook's unless given.
        sprint_laps: the laps of the intermediate sprints; the rulebook's unless given.
        advance: how many of each race go on; ``None`` where there is no next round.
        rows: the most rows of a part, and of the source in memory. With 24 skaters a race, two million rows take about
            half a GB.
        progress: is called whenever a part is in place.

    Raises:
        InvalidRecord: a source that cannot be read, is not sorted, or holds cells that cannot be; a target that another
            run has begun, or that was changed since. The parts before stay.
        MissingExtra: pyarrow is not installed.

    Example:
        >>> import tempfile, polars
        >>> from pathlib import Path
        >>> from massstart.batch import score_parquet
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     source, target = Path(folder, "races.parquet"), Path(folder, "scored")
        ...     polars.DataFrame({"race": [1, 1, 2], "skater": ["a", "b", "a"], "finish": [2, 1, 1]}).write_parquet(source)
        ...     score_parquet(source, target, "isu-2018").races
        ...     polars.read_parquet(target)["total"].to_list()
        2
        [40, 60, 60]
    """
    if not is_count(rows, 1):
        raise InvalidRecord([Problem("type", "rows", f"{rows!r} is not a number of rows", "give one from 1 on")])
    held: dict[str, Any] = {"laps": laps, "sprint_laps": sprint_laps, "advance": advance}
    like = Races(
        rulebook=rulebook, finish=np.zeros((0, 0), int), **{name: value for name, value in held.items() if value is not None}
    )  # fmt: skip
    check_shapes(like)
    files = _Source.of(Path(source))
    run = _Run.begun(Path(target), _plan(like, files, rows), files.rows)
    for part, races in files.chunks(run.rows, rows):
        frame, tally = score_frame(nw.from_native(part, eager_only=True), rulebook, check=True, **held)
        run = run.with_part(frame.to_native().combine_chunks(), races, tally.doubts)
        if progress is not None:
            progress(run.progress)
    return run.progress


def _plan(like: Races, files: "_Source", rows: int) -> dict[str, Any]:
    """What tells a run from another one."""
    return {
        "rulebook": like.rulebook.id,
        "rules": sha256(repr(like.rulebook).encode()).hexdigest(),
        "laps": like.laps,
        "sprint_laps": [*like.sprint_laps],
        "advance": like.advance,
        "rows": rows,
        "source": [[path.name, number, _fingerprint(path)] for path, number in zip(files.paths, files.sizes, strict=True)],
    }  # fmt: skip


def _fingerprint(path: Path) -> str:
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - _FOOTER))
        return f"{size} {sha256(file.read()).hexdigest()}"


def _parquet() -> Any:
    try:
        import pyarrow.parquet
    except ImportError as error:
        raise MissingExtra("score_parquet needs pyarrow; run: pip install 'massstart[parquet]'") from error
    return pyarrow.parquet


def _refusal(kind: str, where: str, message: str, remedy: str) -> InvalidRecord:
    return InvalidRecord([Problem(kind, where, message, remedy)])


@frozen
class _Source:
    """The files of a long table, with how many rows each has."""

    paths: tuple[Path, ...]
    sizes: tuple[int, ...]

    @classmethod
    def of(cls, source: Path) -> "_Source":
        parquet = _parquet()
        paths = tuple(sorted(source.glob("*.parquet"))) if source.is_dir() else (source,)
        if not paths:
            raise _refusal("file", str(source), "the folder holds no Parquet files", "name them *.parquet")
        sizes, schemas = [], []
        for path in paths:
            try:
                with parquet.ParquetFile(path) as file:
                    sizes.append(file.metadata.num_rows)
                    schemas.append(file.schema_arrow.remove_metadata())
            except (OSError, ValueError) as error:
                reason = getattr(error, "strerror", None) or error
                raise _refusal("file", path.name, f"cannot be read: {reason}", "give a Parquet file") from None
            if schemas[-1] != schemas[0]:
                raise _refusal("columns", path.name, f"has other columns than {paths[0].name}", "give all the same")
        for name in ("race", "skater"):
            if name not in schemas[0].names:
                raise _refusal("missing-column", name, "is missing", "add the column")
        return cls(paths, tuple(sizes))

    @property
    def rows(self) -> int:
        return sum(self.sizes)

    def chunks(self, start: int, rows: int) -> Iterator[tuple[Any, int]]:
        """The table from a row on in chunks of whole races, with how many races each holds."""
        import pyarrow as pa

        held: Any = None
        for batch in self._batches(start):
            held = batch if held is None else pa.concat_tables([held, batch])
            while len(held) > rows:
                # The row behind tells whether a race ends with the last row, and whether the next one ascends.
                begins = _begins(held[: rows + 1], start)
                if not len(begins):
                    first = held["race"][0].as_py()
                    raise _refusal(
                        "rows", f"race {first}", f"has more than {rows} rows", "give a larger number of rows"
                    )
                cut = int(begins[-1])
                yield held[:cut], len(begins)
                start += cut
                held = held[cut:]
        if held is not None and len(held):
            yield held, len(_begins(held, start)) + 1

    def _batches(self, start: int) -> Iterator[Any]:
        """The table from a row on, in its order."""
        import pyarrow as pa

        for path in self.paths:
            with _parquet().ParquetFile(path) as file:
                groups: list[int] = []
                for group in range(file.num_row_groups):
                    size = file.metadata.row_group(group).num_rows
                    if start >= size and not groups:
                        start -= size
                    else:
                        groups.append(group)
                # pyarrow 18 is at a loss with no groups.
                for batch in file.iter_batches(_BATCH, row_groups=groups) if groups else ():
                    if start < len(batch):
                        yield pa.Table.from_batches([batch[start:]])
                    start = max(0, start - len(batch))


def _begins(table: Any, start: int) -> Any:
    """The rows where a race begins that is not the first.

    Args:
        table: some rows.
        start: the number of the first of them.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    for name in ("race", "skater"):
        if table[name].null_count:
            row = start + int(np.flatnonzero(table[name].is_null().to_numpy())[0])
            raise _refusal("missing-id", f"{name}, row {row}", "is empty", "fill it in, or drop the row")
    race = table["race"]
    if pa.types.is_dictionary(race.type):
        race = race.cast(race.type.value_type)
    try:
        back = np.flatnonzero(pc.less(race[1:], race[:-1]).to_numpy())
    except pa.ArrowNotImplementedError:
        raise _refusal("type", "race", f"the column holds {race.type}", "number the races") from None
    if len(back):
        row = int(back[0]) + 1
        wrong = f"race {race[row].as_py()} stands behind race {race[row - 1].as_py()}"
        raise _refusal("order", f"race, row {start + row}", wrong, "sort the rows by race")
    return np.flatnonzero(pc.not_equal(race[1:], race[:-1]).to_numpy()) + 1


@frozen
class _Run:
    """A run, and how far it has come."""

    target: Path
    plan: dict[str, Any]
    rows_in_all: int
    #: Of each part that is in place: rows, races, bytes.
    parts: tuple[tuple[int, int, int], ...] = ()
    doubts: dict[tuple[str, str], Doubt] = field(factory=dict)

    @classmethod
    def begun(cls, target: Path, plan: dict[str, Any], rows_in_all: int) -> "_Run":
        """The run where it was stopped, or a new one."""
        run = cls(target, plan, rows_in_all)
        try:
            if run.log.exists():
                return run._resumed(run.log.read_bytes())
            if target.exists() and any(target.iterdir()):
                raise _refusal("target", str(target), "is not empty, and no run has begun it", "choose another folder")
            target.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            wrong = f"cannot be written to: {error.strerror}"
            raise _refusal("file", str(target), wrong, "choose another folder") from None
        return run.saved()

    def _resumed(self, log: bytes) -> "_Run":
        """The run with the parts that its log says are in place."""
        try:
            state = json.loads(log)
            other = [name for name in self.plan if state["plan"][name] != self.plan[name]]
            parts = tuple((rows, races, size) for rows, races, size in state["parts"])
            doubts = {(kind, name): Doubt(Problem(**first), races) for kind, name, first, races in state["doubts"]}
        except (ValueError, TypeError, KeyError):
            wrong = "does not say how far the run is"
            raise _refusal("target", str(self.log), wrong, "remove it and the folder") from None
        if other:
            wrong = f"another run has begun it, with other {' and '.join(other)}"
            raise _refusal("target", str(self.target), wrong, "choose another folder")
        for number, (_, _, size) in enumerate(parts):
            path = self.path(number)
            if not path.is_file() or path.stat().st_size != size:
                raise _refusal("target", str(path), "is missing, or was changed since", "choose another folder")
        return evolve(self, parts=parts, doubts=doubts)

    @property
    def log(self) -> Path:
        return self.target.with_name(f"{self.target.name}.json")

    @property
    def rows(self) -> int:
        return sum(rows for rows, _, _ in self.parts)

    @property
    def progress(self) -> Progress:
        races = sum(races for _, races, _ in self.parts)
        warnings = tuple(self.doubts[key].problem for key in sorted(self.doubts))
        return Progress(races, self.rows, self.rows_in_all, len(self.parts), warnings)

    def path(self, number: int) -> Path:
        return self.target / f"part-{number:05}.parquet"

    def with_part(self, table: Any, races: int, doubts: dict[tuple[str, str], Doubt]) -> "_Run":
        """The run with one more part in place."""
        # Beside the folder, so that whoever reads the folder finds whole parts alone.
        beside = self.target.with_name(f"{self.target.name}.part")
        path = self.path(len(self.parts))
        try:
            _parquet().write_table(table, beside, compression="zstd")
            size = beside.stat().st_size
            beside.replace(path)
        except OSError as error:
            raise _refusal("file", str(path), f"cannot be written: {error}", "choose another place") from None
        joined = self.doubts | {
            key: self.doubts[key].and_(doubt) if key in self.doubts else doubt for key, doubt in doubts.items()
        }
        return evolve(self, parts=(*self.parts, (len(table), races, size)), doubts=joined).saved()

    def saved(self) -> "_Run":
        """The run, after what it has come to is written down."""
        state = {
            "plan": self.plan,
            "parts": self.parts,
            "doubts": [[*key, asdict(doubt.first), doubt.races] for key, doubt in sorted(self.doubts.items())],
        }
        save(self.log, (json.dumps(state, indent=1) + "\n").encode())
        return self
