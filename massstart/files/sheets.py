"""Sheet files: what was published.

Decides the keys of a sheet. What a sheet may *say* is decided in `massstart.sheet`.
"""

from typing import Annotated

from attrs import frozen

from massstart.files.kinds import Kind, register
from massstart.files.objects import Count, Day, Key, Number, Rule, Shown, Texts, Time, fields_of, filed, part
from massstart.files.rulebooks import RulebookReference
from massstart.sheet import Sheet, SheetRow


@frozen(kw_only=True)
class SheetRowFile:
    """A printed line."""

    rank: Shown[Number] = None
    start: Number | None = None
    bib: Shown[str] = None
    name: Shown[str] = None
    nation: Shown[str] = None
    laps: Shown[Count] = None
    sprints: Shown[list[Count]] = None
    total: Shown[Count] = None
    time: Shown[Time] = None
    # What is printed there is a mark; the status is what it means.
    mark: Annotated[Shown[str], Key("status")] = None
    qualified: Shown[str] = None
    world_cup_points: Count | None = None
    world_cup_replaced: bool | None = None


part(SheetRow, SheetRowFile)


@frozen(kw_only=True)
class SheetFile:
    """What was published."""

    id: str
    competition: str | None = None
    date: Day | None = None
    event: str | None = None
    round: str | None = None
    rulebook: RulebookReference
    laps: Number | None = None
    advance: Number | None = None
    complete: bool | None = None
    sources: Texts | None = None
    starters: Number | None = None
    rows: Annotated[list[SheetRow], Rule("minItems", 1)]


def _write(sheet: Sheet) -> SheetFile:
    file: SheetFile = filed(SheetFile, sheet)
    return file


register(Kind(word="sheet", value=Sheet, file=SheetFile, read=lambda file: Sheet(**fields_of(file)), write=_write))
