"""Each law of an event falls for an event that breaks it."""

from collections.abc import Callable, Iterable
from typing import Any

import pytest
from attrs import asdict, evolve, frozen
from eventlaws import EVENT_LAWS
from hypothesis import HealthCheck, Phase, find, given, settings

from massstart import Entry, Race, Starter, StartList
from massstart.event import Event
from massstart.event.finalists import ListChanges
from massstart.event.overall import Overall
from massstart.event.seeding import Draw
from massstart.testing import events
from massstart.testing.events import STAGES, disqualify_late

pytestmark = pytest.mark.slow


def with_rows(listed: StartList, rows: Iterable[Entry]) -> StartList:
    return StartList(tuple(rows), listed.reserves)


@frozen
class StartsTwice(Event):
    def start_list(self) -> StartList:
        listed = super().start_list()
        return with_rows(listed, [*listed.rows, *listed.rows[:1]])


@frozen
class ForgetsTheWithdrawn(Event):
    def start_list(self) -> StartList:
        return self.qualified()


@frozen
class LetsOneLessThrough(Event):
    def start_list(self) -> StartList:
        listed = super().start_list()
        return with_rows(listed, listed.rows[:-1])


@frozen
class Renumbers(Event):
    def start_list(self) -> StartList:
        listed = super().start_list()
        return with_rows(listed, [evolve(entry, start=number) for number, entry in enumerate(listed.rows, 1)])


@frozen
class NeverFreezes(Event):
    def start_list(self) -> StartList:
        return evolve(self, published=None).start_list() if self.published is not None else super().start_list()


@frozen
class RenumbersThePublished(Event):
    def start_list(self) -> StartList:
        listed = super().start_list()
        if self.published is None:
            return listed
        return with_rows(listed, [evolve(entry, start=(entry.start or 0) + 100) for entry in listed.rows])


@frozen
class LosesEntries(Event):
    def start_list(self) -> StartList:
        listed = super().start_list()
        return with_rows(listed, listed.rows[1:]) if self.published is not None else listed


@frozen
class SeesNoChange(Event):
    def changes(self) -> ListChanges:
        return ListChanges((), (), ())


@frozen
class LosesTheLast(Event):
    def overall(self) -> Overall:
        found = super().overall()
        return evolve(found, rows=found.rows[:-1])


@frozen
class RanksTwice(Event):
    def overall(self) -> Overall:
        found = super().overall()
        return evolve(found, rows=(*found.rows, *found.rows[:1]))


@frozen
class RanksStrangers(Event):
    def overall(self) -> Overall:
        found = super().overall()
        return evolve(
            found, rows=tuple(evolve(row, skater=evolve(row.skater, id=f"{row.skater.id}!")) for row in found)
        )


@frozen
class ListsBackwards(Event):
    def overall(self) -> Overall:
        found = super().overall()
        return evolve(found, rows=found.rows[::-1])


@frozen
class BeginsTooEarly(Event):
    def overall(self) -> Overall:
        found = super().overall()
        rows = tuple(evolve(row, rank=row.rank and row.rank - (not row.is_finalist)) for row in found)
        return evolve(found, rows=rows)


@frozen
class ListsTheOthersBackwards(Event):
    def overall(self) -> Overall:
        found = super().overall()
        finalists = tuple(row for row in found if row.is_finalist)
        return evolve(found, rows=(*finalists, *found.rows[len(finalists) :][::-1]))


@pytest.mark.law
@pytest.mark.parametrize(
    ("kind", "law"),
    [
        (StartsTwice, "starts-once"),
        (ForgetsTheWithdrawn, "starts-once"),
        (LetsOneLessThrough, "head-of-the-semifinals"),
        (Renumbers, "withdrawal-throws-nobody-out"),
        (NeverFreezes, "frozen-list-stays"),
        (RenumbersThePublished, "frozen-list-stays"),
        (LosesEntries, "frozen-list-stays"),
        (SeesNoChange, "changes-are-exact"),
        (LosesTheLast, "everyone-once"),
        (RanksTwice, "everyone-once"),
        (RanksStrangers, "everyone-once"),
        (ListsBackwards, "finalists-first"),
        (ListsTheOthersBackwards, "finalists-first"),
        (BeginsTooEarly, "finalists-first"),
    ],
)
def test_law_falls_for_the_bug_it_names(kind: type[Event], law: str) -> None:
    (found,) = [one for one in EVENT_LAWS if one.name == law]

    def breaks(event: Event) -> bool:
        return found.broken_by(kind(**asdict(event, recurse=False))) is not None

    strategy = events(stages=STAGES[3:], max_size=5)
    options = settings(
        max_examples=3000,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
        database=None,
    )
    assert not found.broken_by(find(strategy, breaks, settings=options))


@pytest.mark.law
@pytest.mark.parametrize(
    ("groups", "words"),
    [
        ([["a", "b"], ["c", "d"]], "1 pairs of one nation skate in one semifinal, and 0 would do"),
        ([["a", "b", "c"], ["d"]], "the semifinals have 3, 1 skaters"),
    ],
)
def test_law_falls_for_a_draw_that_leaves_a_nation_together(groups: list[list[str]], words: str) -> None:
    law = next(law for law in EVENT_LAWS if law.name == "nations-apart")
    field = [Starter("a", nation="NED"), Starter("b", nation="NED"), Starter("c"), Starter("d")]
    assert law.broken_by(Event(field=field, draw=Draw(groups, "serpentine"))) == words
    more = [*field, *(Starter(str(number), nation="KOR") for number in range(4))]
    wide = Draw([[*groups[0], "0", "1"], [*groups[1], "2", "3"]], "serpentine")
    assert law.broken_by(Event(field=more, draw=wide)) is not None


def wanted(test: Callable[[Event], bool], **options: Any) -> Event:
    return find(
        events(**options), test,
        settings=settings(max_examples=2000, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck), database=None),
    )  # fmt: skip


class TestEveryEventCanBeDrawn:
    @pytest.mark.parametrize("stage", STAGES)
    def test_every_stage(self, stage: Any) -> None:
        assert wanted(lambda event: event.stage == stage).stage == stage

    def test_withdrawals_corrections_and_skaters_added(self) -> None:
        assert wanted(lambda event: bool(event.changes())).published is not None
        assert wanted(lambda event: any(entry.qualified is None for entry in event.start_list())).withdrawals
        added = wanted(lambda event: any(one.qualified == "q" for one in event.start_list()), stages=("qualified",))
        assert added.stage == "qualified"

    def test_nobody_withdraws_and_nothing_is_corrected_where_that_is_asked_for(self) -> None:
        @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
        @given(events(withdrawals=False, corrections=False, max_size=4))
        def check(event: Event) -> None:
            assert event.withdrawals == ()
            assert not event.changes()

        check()


def test_late_disqualification_takes_the_skater_out_of_every_list() -> None:
    race = Race(
        rulebook="isu-2018",
        starters=["a", "b"],
        finish=["a", "b"],
        times={"a": "7:00.00"},
        lapped=["a"],
        advanced=["a"],
    )
    found = disqualify_late(Event(semifinals=[race]), "a").semifinals[0]
    assert isinstance(found, Race)
    assert ([note.id for note in found.disqualified], found.times, found.lapped, found.advanced) == (["a"], (), (), ())
