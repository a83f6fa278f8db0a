"""Whether values can be assigned to rows so that every row reaches its target: what the outlook comes down to.

**What is decided.** Each column holds a value for every row; which row gets which value of a column is open. Nothing
here knows of races: `massstart.live.bounds` says what the rows and the columns are.

**Why the answer is exact.** What every row gets of a column is no choice, and comes off the targets. With one column
left, the largest value goes to the largest target: if any assignment does, this one does, for two rows that are served
the other way round can change. Otherwise the row with the largest target gets, one after the other, each choice of
values that reaches it; a choice in which a smaller value would do is skipped, since with that one the rest is no worse
off. Rows and columns are sorted, so questions that differ only in their order are one, and are remembered.

**What it costs.** In general it is a relative of bin packing, exponential in the rows. Under the rulebooks of the ISU a
race takes some hundreds of choices; a limit for all questions together ends it where there are far more.
"""

from collections.abc import Iterator, Sequence

from massstart.problems import TooManyWays

Column = tuple[int, ...]


class Assignment:
    """Decides for many questions, and remembers the answers.

    Args:
        steps: how many choices may be tried, in all questions together, before it gives up.
    """

    def __init__(self, steps: int) -> None:
        self._steps = steps
        self._known: dict[tuple[Column, tuple[Column, ...]], bool] = {}

    def is_possible(self, targets: Sequence[int], columns: Sequence[Sequence[int]]) -> bool:
        """Whether the values of each column can be handed to the rows so that every row reaches its target.

        Args:
            targets: one for each row, in any order.
            columns: each with at least as many values as there are rows, the largest first; if there are more, the
                rows get the largest.

        Raises:
            TooManyWays: the search was given up.

        Example:
            >>> from massstart.live.assignment import Assignment
            >>> assignment = Assignment(steps=100)
            >>> columns = [(3, 2, 1), (2, 1, 0)]
            >>> assignment.is_possible([4, 4, 1], columns), assignment.is_possible([4, 4, 2], columns)
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
            if not any(_spares(column, value, spare) for column, value in given) and self.is_possible(
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
