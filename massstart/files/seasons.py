"""Season files: the ranking of a World Cup season, and the places at the Games.

Decides their keys. What a ranking may *say* is decided in `massstart.season.ranking`.
"""

from typing import Annotated

from attrs import frozen

from massstart.files.kinds import Kind, register
from massstart.files.objects import Count, Day, Number, Rule, Shown, fields_of, filed, part
from massstart.season.quota import Quota, QuotaRow
from massstart.season.ranking import Standings, StandingsRow


@frozen(kw_only=True)
class StandingsRowFile:
    """A skater of a season ranking."""

    rank: Number
    name: Shown[str] = None
    nation: Shown[str] = None
    points: list[Count | None]
    total: Count


part(StandingsRow, StandingsRowFile)


@frozen(kw_only=True)
class StandingsFile:
    """The ranking of a season."""

    id: Shown[str] = None
    title: str | None = None
    competition: Shown[str] = None
    date: Day | None = None
    event: Shown[str] = None
    after: Shown[Count] = None
    best: Number | None = None
    sources: Shown[list[str]] = None
    rows: list[StandingsRow]


def _write(standings: Standings) -> StandingsFile:
    file: StandingsFile = filed(StandingsFile, standings)
    return file


register(
    Kind(
        word="standings", value=Standings, file=StandingsFile, read=lambda file: Standings(**fields_of(file)),
        write=_write,
    )
)  # fmt: skip


@frozen(kw_only=True)
class QuotaRowFile:
    """A place at the Games, or a reserve."""

    place: Annotated[str, Rule("pattern", "^R?[1-9][0-9]*$")]
    name: Shown[str] = None
    nation: str
    number: Number
    points: Shown[Count] = None


part(QuotaRow, QuotaRowFile)


@frozen(kw_only=True)
class QuotaFile:
    """Places at the Games, and reserves."""

    id: Shown[str] = None
    title: Shown[str] = None
    date: Shown[Day] = None
    event: Shown[str] = None
    places: Number
    per_nation: Number
    reserves: Count
    sources: Shown[list[str]] = None
    rows: list[QuotaRow]


def _write_quota(quota: Quota) -> QuotaFile:
    file: QuotaFile = filed(QuotaFile, quota)
    return file


register(
    Kind(word="quota", value=Quota, file=QuotaFile, read=lambda file: Quota(**fields_of(file)), write=_write_quota)
)
