"""How likely it is that each skater goes through: what came of many races.

Decides what a chance is made of: how often, among how many races, how sure, and what was assumed. How races are made and counted
stands in `massstart.simulation`; what *can* happen is the outlook's to say (`massstart.live.outlook`).
"""

from collections.abc import Iterator
from typing import Any

from attrs import asdict, field, frozen

from massstart.problems import InvalidRecord, Problem, UnknownName
from massstart.tabular import Tabular
from massstart.values import is_count
from massstart.words import count


@frozen(kw_only=True)
class Chance:
    """What became of one skater in many races.

    Attributes:
        id, name, nation: the skater.
        through: the share of the races in which the skater goes through.
        error: its standard error; 0 where the outlook proves that it is 1 or 0.
        win: the share of the races that the skater wins.
        rank: the mean rank, among those in which the skater has one; ``None`` if there are none.
        ranks: how many races ended with rank 1, 2 and so on.
        is_exact: whether the outlook proves that the skater is through or out.
        reserve: the share of the seasons in which the skater is a reserve for the Games; ``None`` where there are none.
    """

    id: Any
    name: str | None = None
    nation: str | None = None
    through: float
    error: float
    win: float
    rank: float | None
    ranks: tuple[int, ...]
    is_exact: bool = False
    reserve: float | None = None

    @property
    def label(self) -> str:
        """The name, or the id where there is no name."""
        return self.name or str(self.id)


@frozen(kw_only=True)
class Chances(Tabular):
    """The chances of a field, most likely first.

    Attributes:
        rows: the skaters.
        races: how many races were made.
        seed: from which all chance followed.
        advance: how many go through.
        title: what was simulated.
        means: what ``through`` means.
        unit: what was made so often: a ``race``, an ``event``, a ``season``.
        drift: how far the two halves of the races differ, at most, in standard errors of their difference. About 3 is
            chance among twenty skaters; much more says that the numbers have not settled. ``None``: too few to tell.
        assumed: what was taken for granted, in sentences.
        warnings: what is doubtful.

    Raises:
        InvalidRecord: no races, or numbers that races cannot give.
    """

    rows: tuple[Chance, ...]
    races: int
    seed: int
    advance: int
    title: str = "Chances"
    means: str = "goes through"
    unit: str = "race"
    drift: float | None = None
    assumed: tuple[str, ...] = ()
    warnings: tuple[Problem, ...] = field(default=(), eq=False)

    def __attrs_post_init__(self) -> None:
        problems = [*_impossible(self)]
        if problems:
            raise InvalidRecord(problems)

    @property
    def largest_error(self) -> float:
        """The largest standard error of a chance to go through."""
        return max(row.error for row in self.rows)

    def _title(self) -> str:
        return f"{self.title}: chances from {count(self.races, self.unit)}"

    @property
    def remarks(self) -> tuple[str, ...]:
        """What is to be said below the chances, that is what was assumed and what is doubtful."""
        assumed = (f"assumed: {sentence}" for sentence in self.assumed)
        return (*assumed, *(f"warning: {warning}" for warning in self.warnings))

    def _remarks(self) -> tuple[str, ...]:
        return self.remarks

    def to_rows(self) -> list[dict[str, Any]]:
        """The skaters as flat dicts, each with the number of races; all have the same keys.

        Example:
            >>> from massstart.live import Underway
            >>> from massstart.simulation import chances
            >>> two = chances(Underway(rulebook="isu-2018", starters=["a", "b"], advance=1), races=1000)
            >>> [(row["id"], row["races"], 0.45 < row["through"] < 0.55) for row in sorted(two.to_rows(), key=lambda row: row["id"])]
            [('a', 1000, True), ('b', 1000, True)]
        """
        return [
            {key: value for key, value in asdict(row).items() if key != "ranks"} | {"races": self.races}
            for row in self.rows
        ]

    def __iter__(self) -> Iterator[Chance]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, id: Any) -> Chance:
        for row in self.rows:
            if row.id == id:
                return row
        raise UnknownName(f"nobody has the id {id!r}; there are {', '.join(str(row.id) for row in self.rows)}")


def _impossible(chances: Chances) -> Iterator[Problem]:
    """What cannot come of so many races."""
    for name in ("races", "advance"):
        value = getattr(chances, name)
        if not is_count(value, 1):
            yield Problem("type", name, f"{value!r} is not such a number", "give one from 1 on")
            return
    for index, row in enumerate(chances.rows):
        for name in ("through", "win", "reserve"):
            share = getattr(row, name)
            if share is not None and not 0 <= share <= 1:
                yield Problem("chance", f"rows[{index}].{name}", f"{share!r} is not a chance", "give one from 0 to 1")
        if sum(row.ranks) > chances.races:
            wrong = f"{sum(row.ranks)} ranks in {chances.races} races"
            yield Problem("chance", f"rows[{index}].ranks", wrong, "count each race once")
