"""What must not matter, and what can only help: the same race told in another way, and a race changed in one respect."""

from collections.abc import Hashable, Sequence
from random import Random
from typing import TypeVar

from hypothesis import given
from hypothesis import strategies as st

from massstart import Race, Result, Row, dumps, rank
from massstart.testing import any_ids, changed, plain, races, renamed, shuffled, string_ids, without
from massstart.testing.changes import first_across

T = TypeVar("T")


def said(row: Row) -> tuple[object, ...]:
    """What a row says, apart from the id and the words."""
    return row.rank, row.status, row.laps, row.sprints, row.total, row.finish, row.time, row.qualified, row.name


def by_id(result: Result) -> dict[Hashable, tuple[object, ...]]:
    return {row.id: said(row) for row in result}


def ranks(race: Race) -> dict[Hashable, int]:
    return {row.id: row.rank for row in rank(race) if row.rank is not None}


class TestOrderOfTheInput:
    """The order in which a race is written down never matters: starters, notes, times, and who is named first in a dead heat."""

    @given(races(ids=any_ids()), st.randoms(use_true_random=False))
    def test_rows_and_reasons_are_the_same(self, race: Race, random: Random) -> None:
        one, other = rank(race), rank(shuffled(race, random))
        assert [(row.id, said(row)) for row in one] == [(row.id, said(row)) for row in other]
        assert one.reasons == other.reasons

    @given(races(), st.randoms(use_true_random=False))
    def test_the_written_result_has_the_same_bytes(self, race: Race, random: Random) -> None:
        assert dumps(rank(shuffled(race, random))) == dumps(rank(race))

    def test_ids_that_read_alike(self) -> None:
        race = Race(rulebook="isu-2018", starters=[1, "1"], finish=[[1, "1"]])
        other = Race(rulebook="isu-2018", starters=[1, "1"], finish=[["1", 1]])
        assert [row.id for row in rank(race)] == [row.id for row in rank(other)]


class TestNames:
    """Renaming the skaters renames them in the result, and changes nothing else."""

    @given(races(ids=any_ids()))
    def test_renaming_commutes(self, race: Race) -> None:
        names = {starter.id: f"n{number}" for number, starter in enumerate(reversed(race.starters))}
        expected = {names[id]: line for id, line in by_id(rank(race)).items()}
        assert by_id(rank(renamed(race, names.__getitem__))) == expected

    @given(races(ids=string_ids(min_size=2), dead_heats=False, everyone_finishes=True), st.data())
    def test_two_skaters_who_swap_their_ids_swap_their_rows(self, race: Race, data: st.DataObject) -> None:
        one, other = data.draw(st.permutations(race.finish.ids))[:2]
        swap = {one: other, other: one}
        found = rank(renamed(race, lambda id: swap.get(id, id)))
        assert [row.id for row in found] == [swap.get(row.id, row.id) for row in rank(race)]


class TestRemovingTheLast:
    """Without the last-ranked skater the others rank as before, if the skater won no points that would be handed on."""

    @given(races(ids=any_ids(min_size=2)))
    def test_the_others_keep_rank_and_points(self, race: Race) -> None:
        ranked = [row for row in rank(race) if row.rank is not None]
        if ranked and not any(ranked[-1].sprints):
            last = ranked[-1].id
            found = {row.id: (row.rank, row.sprints, row.total) for row in rank(without(race, last))}
            # Of several who share the last rank, one is removed; the others keep it.
            assert found == {row.id: (row.rank, row.sprints, row.total) for row in rank(race) if row.id != last}

    @given(races(ids=any_ids(min_size=2)), st.data())
    def test_anyone_without_points_leaves_the_order_of_the_others_alone(self, race: Race, data: st.DataObject) -> None:
        without_points = [row.id for row in rank(race) if row.rank is not None and not any(row.sprints)]
        for gone in one_of(data, without_points):
            before = [row.id for row in rank(race) if row.id != gone]
            assert [row.id for row in rank(without(race, gone))] == before


class TestMorePoints:
    """Who crosses the line earlier, in a sprint or at the finish, never ranks worse for it."""

    @given(races(ids=string_ids(min_size=2)), st.data())
    def test_winning_a_sprint_never_costs_a_rank(self, race: Race, data: st.DataObject) -> None:
        before = ranks(race)
        orders = {sprint.lap: sprint.order for sprint in race.sprints}
        for lap, order in orders.items():
            for id in one_of(data, [id for id in order.ids if id in before]):
                assert ranks(changed(race, sprints=orders | {lap: first_across(order, id)}))[id] <= before[id]

    @given(races(ids=string_ids(min_size=2)), st.data())
    def test_crossing_the_line_first_never_costs_a_rank(self, race: Race, data: st.DataObject) -> None:
        before = ranks(race)
        for id in one_of(data, [id for id in race.finish.ids if id in before]):
            assert ranks(changed(race, finish=first_across(race.finish, id)))[id] <= before[id]

    @given(races(ids=string_ids(min_size=2)), st.data())
    def test_finishing_last_never_ranks_worse_than_leaving_the_race(self, race: Race, data: st.DataObject) -> None:
        before = ranks(race)
        for note in one_of(data, race.unfinished):
            finish = [*plain(race)["finish"], note.id]
            unfinished = [other for other in race.unfinished if other != note]
            assert ranks(changed(race, finish=finish, unfinished=unfinished))[note.id] <= before[note.id]

    @given(races(ids=string_ids(min_size=2)), st.data())
    def test_being_lapped_never_helps(self, race: Race, data: st.DataObject) -> None:
        before = ranks(race)
        for id in one_of(data, [id for id in race.finish.ids if id in before and id not in race.lapped]):
            assert ranks(changed(race, lapped=[*race.lapped, id]))[id] >= before[id]

    @given(races(ids=string_ids(min_size=2)), st.data())
    def test_the_disqualification_of_another_never_costs_points(self, race: Race, data: st.DataObject) -> None:
        before = {row.id: row.sprints for row in rank(race)}
        for gone in one_of(data, [id for id in ranks(race) if id not in {note.id for note in race.advanced}]):
            unfinished = [note for note in race.unfinished if note.id != gone]
            found = rank(changed(race, disqualified=[*race.disqualified, gone], unfinished=unfinished))
            for row in found:
                if row.id != gone:
                    assert all((now or 0) >= (then or 0) for now, then in zip(row.sprints, before[row.id], strict=True))


def one_of(data: st.DataObject, them: Sequence[T]) -> list[T]:
    """One of them, if there is any."""
    return [data.draw(st.sampled_from(them))] if them else []
