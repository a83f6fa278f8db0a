"""What one skater can still reach: a row of an outlook.

Decides what ``through``, ``possible`` and ``out`` mean.
"""

from collections.abc import Hashable
from typing import Literal

from attrs import field, frozen

#: Whether a skater goes on: in every case, in some, or in none.
Verdict = Literal["through", "possible", "out"]


@frozen
class OutlookRow:
    """What one skater can still reach.

    Attributes:
        id, name, nation: the skater.
        points: the points that count so far; across the line with those of the final sprint.
        best: the best rank that is possible.
        worst: the worst.
        status: ``through`` if the skater goes through in every case, ``out`` if in none, else ``possible``.
        through_if: the last place across the line that is enough whatever the others do; ``None`` if none is.
        possible_if: the last place across the line that can be enough; ``None`` if none can.
        finish: the place across the line, once it stands; ``None`` for whoever is still to come.
        needs: what the skater needs to go on, in a sentence; see `massstart.live.Outlook.needs`.
    """

    id: Hashable
    name: str | None
    nation: str | None
    points: int
    best: int
    worst: int
    status: Verdict
    through_if: int | None
    possible_if: int | None
    finish: int | None = None
    needs: str = field(default="", eq=False)

    @property
    def label(self) -> str:
        """The name, or the id where there is no name."""
        return self.name or str(self.id)
