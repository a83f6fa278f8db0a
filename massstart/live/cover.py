"""Whether every one of some rows can reach its target: the one question that the outlook comes down to.

Decides nothing about races. Each column holds a value for every row; which row gets which value of a column is open.
``docs/outlook.md`` says what the rows and columns are, and why the answer is exact.
"""

from collections.abc import Iterator, Sequence

from massstart.problems import MassStartError

Column = tuple[int, ...]


class TooManyWays(MassStartError):
    """The rest of a race can fall in more ways than can be looked through; no answer is better than a wrong one."""


class Cover:
    """Answers the question, and remembers the answers.

    Args:
        steps: how many choices may be tried, in all questions together, before it gives up.
    """

    def __init__(self, steps: int) -> None:
        self._steps = steps
        self._known: dict[tuple[Column, tuple[Column, ...]], bool] = {}

    def __call__(self, targets: Sequence[int], columns: Sequence[Sequence[int]]) -> bool:
        """Whether the values of each column can be handed to the rows so that every row reaches its target.

        Args:
            targets: one for each row, in any order.
            columns: each with at least as many values as there are rows, the largest first; if there are more, the
                rows get the largest.

        Raises:
            TooManyWays: the search was given up.

        Example:
            >>> from massstart.live.cover import Cover
            >>> Cover(steps=100)([4, 4, 1], [(3, 2, 1), (2, 1, 0)]), Cover(steps=100)([4, 4, 2], [(3, 2, 1), (2, 1, 0)])
            (True, False)
        """
        rows = sorted(targets, reverse=True)
        open_columns = [tuple(column) for column in columns]
        # Rows that need nothing get the least of each column, and what every row gets is no choice.
        while rows:
            least = 0
            cut = []
            for column in open_columns:
                floor = column[len(rows) - 1]
                least += floor
                if column[0] > floor:
                    cut.append(tuple([value - floor for value in column[: len(rows)]]))
            open_columns = cut
            needy = [target - least for target in rows if target > least]
            if not least and len(needy) == len(rows):
                break
            rows = needy
        if not rows:
            return True
        if len(open_columns) < 2:
            return bool(open_columns) and all(value >= row for value, row in zip(open_columns[0], rows, strict=True))
        if sum(map(sum, open_columns)) < sum(rows) or sum(column[0] for column in open_columns) < rows[0]:
            return False
        asked = (tuple(rows), tuple(sorted(open_columns)))
        if asked not in self._known:
            self._known[asked] = self._search(*asked)
        return self._known[asked]

    def _search(self, rows: Column, columns: tuple[Column, ...]) -> bool:
        if len(rows) > sum(sum(map(bool, column)) for column in columns):
            return False
        for way in _ways(rows[0], columns):
            self._steps -= 1
            if self._steps < 0:
                raise TooManyWays("the rest of this race can fall in too many ways to look through them all")
            spare = sum(way) - rows[0]
            given = list(zip(columns, way, strict=True))
            # With a smaller value that would do, the rest is no worse off.
            if not any(_spares(column, value, spare) for column, value in given) and self(
                rows[1:], [_without(column, value) for column, value in given]
            ):
                return True
        return False


def _without(column: Column, value: int) -> Column:
    index = column.index(value)
    return column[:index] + column[index + 1 :]


def _ways(target: int, columns: Sequence[Column]) -> Iterator[tuple[int, ...]]:
    """Choices of a value from each column that reach a target; all those that no longer would with a smaller value."""
    first, *others = columns
    if not others:
        yield from [(value,) for value in first if value >= target][-1:]
        return
    most = sum(column[0] for column in others)
    least = sum(column[-1] for column in others)
    for value in reversed(dict.fromkeys(first)):
        if value + most >= target:
            for rest in _ways(target - value, others):
                yield (value, *rest)
        if value + least >= target:
            return


def _spares(column: Column, value: int, spare: int) -> bool:
    """Whether the column has a smaller value that would do."""
    return any(value - spare <= other < value for other in column)
