"""Season rankings from JSON, strictly.

Decides what a file of kind ``standings`` may look like. What a ranking may *say* is decided where it is.
"""

from os import PathLike
from typing import Literal

from attrs import asdict, frozen

from massstart.competition.season import Standings, StandingsRow
from massstart.files.jsonread import parse, structure
from massstart.files.loading import read_bytes


@frozen(kw_only=True)
class StandingsRowFile:
    """A row of a standings file."""

    rank: int
    name: str | None = None
    nation: str | None = None
    points: list[int | None]
    total: int


@frozen(kw_only=True)
class StandingsFile:
    """A standings file."""

    kind: Literal["standings"]
    version: Literal[1]
    id: str | None = None
    competition: str | None = None
    event: str | None = None
    date: str | None = None
    title: str | None = None
    after: int | None = None
    sources: list[str] | None = None
    rows: list[StandingsRowFile]


def read_standings(source: str | PathLike[str]) -> Standings:
    """Read a season ranking, worked out or as published.

    Args:
        source: the path of a JSON file.

    Raises:
        InvalidRecord: the file is there but cannot be used, with every problem.
        UnknownName: there is no such file.
    """
    return standings_from(read_bytes(source))


def standings_from(text: str | bytes) -> Standings:
    """A season ranking from JSON text.

    Raises:
        InvalidRecord: with every problem of the text.

    Example:
        >>> from massstart.files.standingsread import standings_from
        >>> text = '{"kind": "standings", "version": 1, "rows": [{"rank": 1, "name": "A", "points": [60, 31], "total": 91}]}'
        >>> standings_from(text).rows[0].total
        91
    """
    file: StandingsFile = structure(parse(text), StandingsFile)
    given = {name: value for name, value in asdict(file, recurse=False).items() if value is not None}
    del given["kind"], given["version"]
    return Standings(**given | {"rows": [StandingsRow(**asdict(row)) for row in file.rows]})
