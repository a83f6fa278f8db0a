"""Event files: semifinals, final, and what was decided around them; and what can be said of an event.

Decides the keys of an event, and of a report on one. The races and sheets in it are files of their own kinds. What an
event may *say* is decided in `massstart.event.check`.
"""

from typing import Annotated

from attrs import frozen

from massstart.advancement import Entry, StartList
from massstart.event.event import Event, Stage
from massstart.event.finalists import ListChanges
from massstart.event.overall import OverallRow, Policy
from massstart.event.record import Withdrawal
from massstart.event.seeding import Draw, Method
from massstart.files import races, results, sheets, startlists  # noqa: F401  # they describe what stands in an event
from massstart.files.kinds import Kind, nest, register
from massstart.files.objects import (
    As,
    Count,
    Day,
    Id,
    Ids,
    Key,
    Number,
    Shown,
    Texts,
    distinct,
    fields_of,
    filed,
    id_text,
    part,
)  # fmt: skip
from massstart.problems import Problem
from massstart.race import Race
from massstart.row import Status
from massstart.sheet import Sheet
from massstart.times import RaceTime

nest(Race, Sheet)
nest(StartList)
nest(Event)


@frozen(kw_only=True)
class DrawFile:
    """Who skates in which semifinal."""

    method: Method | None = None
    seed: str | None = None
    semifinals: Annotated[list[Ids], As(lambda groups: [[id_text(id) for id in group] for group in groups])]


part(Draw, DrawFile)


@frozen(kw_only=True)
class WithdrawalFile:
    """A skater who withdraws."""

    id: Id
    reason: str | None = None


part(Withdrawal, WithdrawalFile)


@frozen(kw_only=True)
class EventFile:
    """Semifinals, final, and what was decided around them."""

    id: str | None = None
    competition: str | None = None
    date: Day | None = None
    event: str | None = None
    sources: Texts | None = None
    advance: Number | None = None
    policy: Policy | None = None
    field: races.Field | None = None
    draw: Draw | None = None
    semifinals: list[Race | Sheet | None] | None = None
    withdrawals: list[Withdrawal] | None = None
    published: Annotated[list[Entry] | None, Key("start_list")] = None
    final: Race | Sheet | None = None


def _write(event: Event) -> EventFile:
    distinct(event.field.ids, "field")
    file: EventFile = filed(EventFile, event)
    return file


register(Kind(word="event", value=Event, file=EventFile, read=lambda file: Event(**fields_of(file)), write=_write))


# --- what can be said of an event ---------------------------------------------------------------------------


@frozen(kw_only=True)
class RenumberedFile:
    """A skater who would start with another number."""

    id: Id
    start: Shown[Number] = None
    new: Shown[Number] = None


@frozen(kw_only=True)
class ListChangesFile:
    """What would become of a published start list if it were made anew."""

    leaves: list[Entry]
    enters: list[Entry]
    renumbered: list[RenumberedFile]


@frozen(kw_only=True)
class OverallRowFile:
    """A skater's line of the overall ranking."""

    rank: Shown[Number] = None
    id: Id
    name: Shown[str] = None
    nation: Shown[str] = None
    finalist: bool
    status: Shown[Status] = None
    final_rank: Shown[Number] = None
    semifinal: Annotated[Shown[Number], Key("from")] = None
    semifinal_rank: Shown[Number] = None
    semifinal_total: Shown[Count] = None
    semifinal_time: Shown[RaceTime] = None


@frozen(kw_only=True)
class OverallFile:
    """The overall ranking."""

    policy: Policy
    rows: list[OverallRowFile]


@frozen(kw_only=True)
class EventReportFile:
    """What stands, what is open and what was assumed in an event; with the event itself, which is what is read."""

    event: Shown[str] = None
    stage: Stage
    frozen: bool
    open: list[str]
    assumed: list[str]
    warnings: list[Problem]
    draw: Shown[Draw] = None
    start_list: StartList
    changes: Shown[ListChangesFile] = None
    overall: OverallFile
    record: Event


def _report(event: Event) -> EventReportFile:
    changes, overall = event.changes(), event.overall()
    return EventReportFile(
        event=event.id,
        stage=event.stage,
        frozen=event.published is not None,
        open=list(event.open()),
        assumed=list(event.assumed()),
        warnings=list(event.warnings),
        draw=event.draw,
        start_list=event.start_list(),
        changes=_changes(changes) if changes else None,
        overall=OverallFile(policy=overall.policy, rows=[_overall_row(row) for row in overall]),
        record=event,
    )


def _changes(changes: ListChanges) -> ListChangesFile:
    renumbered = [RenumberedFile(id=id_text(old.id), start=old.start, new=new.start) for old, new in changes.renumbered]
    return ListChangesFile(leaves=list(changes.leaves), enters=list(changes.enters), renumbered=renumbered)


def _overall_row(row: OverallRow) -> OverallRowFile:
    semifinal = row.semifinal_row
    return OverallRowFile(
        rank=row.rank,
        id=id_text(row.skater.id),
        name=row.skater.name,
        nation=row.skater.nation,
        finalist=row.is_finalist,
        status=row.status,
        final_rank=row.final.rank if row.final else None,
        semifinal=row.semifinal,
        semifinal_rank=semifinal.rank if semifinal else None,
        semifinal_total=semifinal.total if semifinal else None,
        semifinal_time=semifinal.time if semifinal else None,
    )


register(Kind(word="event-report", value=Event, file=EventReportFile, read=lambda file: file.record, write=_report))
