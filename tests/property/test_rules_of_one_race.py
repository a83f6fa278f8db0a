"""Section 2 of the rules, ranking one race: one class per rule, against the oracle and by itself."""

from collections.abc import Hashable
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from oracle import Oracle, judge

from massstart import InvalidRecord, Race, Row, Rulebook, Scale, rank, rulebook
from massstart.records import Unfinished
from massstart.testing import any_ids, changed, invented_rulebooks, isu_rulebooks, races, string_ids, without

#: The first 24, spelled out.
ORDINALS = [
    *("1st", "2nd", "3rd", "4th", "5th", "6th", "7th", "8th", "9th", "10th", "11th", "12th"),
    *("13th", "14th", "15th", "16th", "17th", "18th", "19th", "20th", "21st", "22nd", "23rd", "24th"),
]


def ranked(race: Race) -> list[Row]:
    return [row for row in rank(race) if row.rank is not None]


def cells(race: Race) -> dict[Hashable, tuple[int | None, ...]]:
    return {row.id: row.sprints for row in rank(race)}


class TestEveryRow:
    """The engine and the oracle say the same of every skater."""

    @given(races(ids=any_ids()))
    def test_each_value_is_what_the_oracle_says(self, race: Race) -> None:
        expected = judge(race)
        result = rank(race)
        assert {row.id for row in result} == set(expected)
        for row in result:
            line = expected[row.id]
            if line.rank is None:
                assert (row.rank, row.status, row.total, row.qualified) == (None, "disqualified", 0, None)
            else:
                found = (row.rank, row.status, row.sprints, row.total, row.finish, row.qualified)
                assert found == (line.rank, line.status, line.sprints, line.total, line.finish, line.qualified)

    @given(races(rulebook=invented_rulebooks(), ids=string_ids(min_size=8, max_size=24), full_sprints=True))
    def test_each_value_is_what_the_oracle_says_in_a_large_field(self, race: Race) -> None:
        expected = judge(race)
        for row in ranked(race):
            line = expected[row.id]
            assert (row.rank, row.sprints, row.total, row.finish) == (line.rank, line.sprints, line.total, line.finish)


class TestRulebooks:
    """1: the six rulebooks, as the table has them."""

    @pytest.mark.parametrize(
        ("id", "laps", "sprint_laps", "intermediate", "final", "forfeits"),
        [
            ("isu-2014", 16, (4, 8, 12), (5, 3, 1), (60, 40, 20), False),
            ("isu-2018", 16, (4, 8, 12), (3, 2, 1), (60, 40, 20, 10, 6, 3), False),
            ("isu-2024", 16, (4, 8, 12), (3, 2, 1), (60, 40, 20, 10, 6, 3), True),
            ("isu-2014-junior", 10, (5,), (5, 3, 1), (30, 20, 10), False),
            ("isu-2018-junior", 10, (4, 7), (3, 2, 1), (30, 20, 10, 4, 2, 1), False),
            ("isu-2024-junior", 10, (4, 7), (3, 2, 1), (30, 20, 10, 4, 2, 1), True),
        ],
    )
    def test_values(
        self,
        id: str,
        laps: int,
        sprint_laps: tuple[int, ...],
        intermediate: tuple[int, ...],
        final: tuple[int, ...],
        forfeits: bool,  # noqa: FBT001  # a cell of the table
    ) -> None:
        book = rulebook(id)
        assert (book.laps, book.sprint_laps, book.forfeits) == (laps, sprint_laps, forfeits)
        assert (book.intermediate.points, book.final.points) == (intermediate, final)
        assert (book.advance, book.sprint_dead_heat) == (8, "skip")
        assert (book.disqualified_in_sprint, book.disqualified_at_finish) == ("closed", "closed")

    @given(
        races(
            rulebook=isu_rulebooks("isu-2014", "isu-2018", "isu-2024"),
            ids=string_ids(min_size=6),
            own_distance=False,
            everyone_finishes=True,
            dead_heats=False,
            full_sprints=True,
        )
    )
    def test_the_totals_of_a_complete_race_add_up_to_what_there_is_to_win(self, race: Race) -> None:
        assert sum(row.total or 0 for row in rank(race)) == (27 + 120 if race.rulebook.id == "isu-2014" else 18 + 139)


class TestEachStarterEndsInExactlyOneWay:
    """2.1: each starter is finished, unfinished, disqualified, or did not start; a finished one may be lapped."""

    @given(races(ids=any_ids()))
    def test_everyone_who_started_has_one_row_and_nobody_else(self, race: Race) -> None:
        rows = [row.id for row in rank(race)]
        assert len(rows) == len(set(rows))
        assert set(rows) == {starter.id for starter in race.starters} - set(race.did_not_start)

    @given(races())
    def test_laps_are_the_distance_for_who_finished_and_fewer_for_who_did_not(self, race: Race) -> None:
        for row in ranked(race):
            assert row.laps is not None
            assert (row.laps == race.laps) == (row.status in ("finished", "lapped"))
            assert row.laps <= race.laps

    @given(races(ids=string_ids(min_size=1)), st.data())
    def test_a_starter_without_an_outcome_is_refused(self, race: Race, data: st.DataObject) -> None:
        lost = data.draw(st.sampled_from([starter.id for starter in race.starters]))
        with pytest.raises(InvalidRecord) as caught:
            changed(without(race, lost), starters=list(race.starters))
        assert [problem.kind for problem in caught.value.problems] == ["no-outcome"]

    @given(races(ids=string_ids(min_size=1), everyone_finishes=True), st.data())
    def test_a_starter_with_two_outcomes_is_refused(self, race: Race, data: st.DataObject) -> None:
        twice = data.draw(st.sampled_from([starter.id for starter in race.starters]))
        with pytest.raises(InvalidRecord) as caught:
            changed(race, unfinished={twice: 0})
        assert "two-outcomes" in [problem.kind for problem in caught.value.problems]


class TestSprintPoints:
    """2.2: the first across the line at a sprint get the points of the scale by place.

    In a dead heat each of the tied gets the points of the higher place; the next place is skipped, or follows.
    """

    @given(races(dead_heats=False, disqualified=False, ids=any_ids()))
    def test_without_dead_heats_the_scale_is_handed_out_once_from_the_top(self, race: Race) -> None:
        found = rank(race)
        orders = {sprint.lap: sprint.order.ids for sprint in race.sprints}
        columns = [*(orders.get(lap, ()) for lap in race.sprint_laps), race.finish.ids]
        scales = [*[race.rulebook.intermediate] * len(race.sprint_laps), race.rulebook.final]
        for number, (ids, scale) in enumerate(zip(columns, scales, strict=True)):
            handed_out = [found[id].sprints[number] for id in ids]
            assert handed_out == [*scale.points, *[0] * len(ids)][: len(ids)]
            assert sum(row.sprints[number] or 0 for row in found) == sum(scale.points[: len(ids)])

    @given(races(disqualified=False))
    def test_who_crosses_together_gets_the_same_points(self, race: Race) -> None:
        found = rank(race)
        orders = [*((race.sprint_laps.index(sprint.lap), sprint.order) for sprint in race.sprints), (-1, race.finish)]
        for number, order in orders:
            for group in order.groups:
                assert len({found[id].sprints[number] for id in group}) == 1

    @given(races(disqualified=False))
    def test_who_crosses_earlier_never_gets_fewer_points(self, race: Race) -> None:
        found = rank(race)
        for sprint in race.sprints:
            won = [found[id].sprints[race.sprint_laps.index(sprint.lap)] or 0 for id in sprint.order.ids]
            assert won == sorted(won, reverse=True)

    @pytest.mark.parametrize(("dead_heat", "expected"), [("skip", [5, 3, 3, 1, 0, 0]), ("follow", [5, 3, 3, 2, 1, 0])])
    def test_dead_heat_for_second_place(self, dead_heat: Any, expected: list[int]) -> None:
        book = Rulebook(
            id="r", laps=2, sprint_laps=(1,), intermediate=Scale(5, 3, 2, 1), final=Scale(9), forfeits=False,
            sprint_dead_heat=dead_heat,
        )  # fmt: skip
        race = Race(
            rulebook=book, starters=list("abcdef"), sprints={1: ["a", ["b", "c"], *"def"]}, finish=list("abcdef")
        )
        assert [rank(race)[id].sprints[0] for id in "abcdef"] == expected


class TestTotal:
    """2.3: the total is the sum of the sprint points, or 0 where the rulebook forfeits and the skater is lapped or unfinished.

    Forfeited points pass to nobody: the sprint columns still show them.
    """

    @given(races())
    def test_total_is_the_sum_of_the_points_shown_or_nothing(self, race: Race) -> None:
        for row in ranked(race):
            forfeited = race.rulebook.forfeits and row.status in ("lapped", "unfinished")
            assert row.total == (0 if forfeited else sum(cell or 0 for cell in row.sprints))

    @given(races(own_distance=False))
    def test_forfeiting_changes_no_sprint_column(self, race: Race) -> None:
        assert cells(race) == cells(changed(race, rulebook=opposite(race.rulebook)))

    @given(races(disqualified=False))
    def test_forfeiting_changes_the_total_of_no_finisher(self, race: Race) -> None:
        other = rank(changed(race, rulebook=opposite(race.rulebook)))
        for row in ranked(race):
            if row.status == "finished":
                assert row.total == other[row.id].total


def opposite(book: Rulebook) -> Rulebook:
    """The rulebook, forfeiting where it did not."""
    return Rulebook(
        id=book.id, laps=book.laps, sprint_laps=book.sprint_laps, intermediate=book.intermediate, final=book.final,
        forfeits=not book.forfeits, sprint_dead_heat=book.sprint_dead_heat,
        disqualified_in_sprint=book.disqualified_in_sprint, disqualified_at_finish=book.disqualified_at_finish,
    )  # fmt: skip


class TestOrder:
    """2.4: laps completed, then total points, then the order across the line."""

    @given(races(ids=any_ids()))
    def test_nobody_ranks_before_the_one_above(self, race: Race) -> None:
        oracle = Oracle(race)
        rows = ranked(race)
        for above, below in pairwise(rows):
            assert not oracle.ranks_before(below.id, above.id)
            assert oracle.ranks_before(above.id, below.id) == (above.rank != below.rank)

    @given(races())
    def test_unfinished_skater_ranks_behind_every_finisher_whatever_the_points(self, race: Race) -> None:
        finishers = [row.rank or 0 for row in ranked(race) if row.status != "unfinished"]
        for row in ranked(race):
            if row.status == "unfinished":
                assert (row.rank or 0) > max(finishers, default=0)

    @given(races())
    def test_among_finishers_more_points_rank_first(self, race: Race) -> None:
        totals = [row.total or 0 for row in ranked(race) if row.status != "unfinished"]
        assert totals == sorted(totals, reverse=True)

    @given(races(disqualified=False))
    def test_level_on_points_the_order_across_the_line_decides(self, race: Race) -> None:
        rows = [row for row in ranked(race) if row.finish is not None]
        for above, below in pairwise(rows):
            if above.total == below.total:
                assert (above.finish or 0) <= (below.finish or 0)

    @given(races(), st.data())
    def test_the_time_of_a_finisher_never_matters(self, race: Race, data: st.DataObject) -> None:
        timed = data.draw(st.sampled_from([{}, dict.fromkeys(race.finish.ids, "7:00.00")]))
        assert [(row.id, row.rank) for row in rank(changed(race, times=timed))] == [
            (row.id, row.rank) for row in rank(race)
        ]


class TestUnfinished:
    """2.5: among unfinished skaters with equal laps, points that count decide, then the time at the last crossing."""

    @given(races())
    def test_more_laps_then_more_points_then_the_shorter_time(self, race: Race) -> None:
        rows = [row for row in ranked(race) if row.status == "unfinished"]
        keys = [
            (-(row.laps or 0), -(row.total or 0), row.time.milliseconds if row.time else float("inf")) for row in rows
        ]
        assert keys == sorted(keys)

    @pytest.mark.parametrize(
        ("left", "first"),
        [
            ({"a": (9, "5:30.00"), "b": (8, "4:00.00")}, "a"),
            ({"a": (9, "5:30.00"), "b": (9, "5:29.00")}, "b"),
            ({"a": (9, "5:30.001"), "b": (9, "5:30.002")}, "a"),
            ({"a": 9, "b": (9, "5:30.00")}, "b"),
        ],
    )
    def test_laps_then_time(self, left: dict[str, Any], first: str) -> None:
        race = Race(rulebook="isu-2024", starters=["a", "b"], finish=[], unfinished=left)
        assert next(iter(rank(race))).id == first

    @pytest.mark.parametrize(("book", "first"), [("isu-2018", "b"), ("isu-2024", "a")])
    def test_points_decide_only_where_they_count(self, book: str, first: str) -> None:
        left = {"a": (9, "5:29.00"), "b": (9, "5:30.00")}
        race = Race(rulebook=book, starters=["a", "b"], finish=[], unfinished=left, sprints={4: ["b", "a"]})
        assert next(iter(rank(race))).id == first


class TestDeadHeat:
    """2.6: a full dead heat (same laps, points and place across the line) shares the rank, and the next rank is skipped."""

    @given(races(ids=any_ids()))
    def test_a_rank_is_one_more_than_the_number_of_rows_ranked_better(self, race: Race) -> None:
        ranks = [row.rank or 0 for row in ranked(race)]
        assert ranks == [1 + sum(other < one for other in ranks) for one in ranks]

    @given(races())
    def test_who_shares_a_rank_shares_laps_points_and_place(self, race: Race) -> None:
        by_rank: dict[int | None, set[object]] = {}
        for row in ranked(race):
            line = row.finish if row.finish is not None else row.time and row.time.milliseconds
            by_rank.setdefault(row.rank, set()).add((row.laps, row.total, line))
        assert all(len(shared) == 1 for shared in by_rank.values())

    @given(races(dead_heats=False))
    def test_without_dead_heats_no_finisher_shares_a_rank(self, race: Race) -> None:
        ranks = [row.rank for row in ranked(race) if row.finish is not None]
        assert ranks == list(range(1, len(ranks) + 1))

    def test_one_two_two_four(self) -> None:
        race = Race(rulebook="isu-2018", starters=list("abcd"), finish=["a", ["c", "b"], "d"])
        assert [(row.rank, row.id) for row in rank(race)] == [(1, "a"), (2, "b"), (2, "c"), (4, "d")]


class TestDisqualifiedAndAbsent:
    """2.7: disqualified: last, unranked, no time, no points that count. Did not start: not on the result.

    The places of a disqualified skater, in sprints and at the finish, are closed up or kept, as the rulebook says.
    """

    @given(races(ids=any_ids()))
    def test_disqualified_skaters_are_listed_last_without_rank_time_and_points(self, race: Race) -> None:
        rows = list(rank(race))
        out = {note.id for note in race.disqualified}
        assert {row.id for row in rows[len(rows) - len(out) :]} == out
        for row in rows:
            if row.id in out:
                assert (row.rank, row.time, row.total, row.finish, row.qualified) == (None, None, 0, None, None)
                assert not any(row.sprints)

    @given(races())
    def test_places_closed_up_are_as_if_the_disqualified_had_never_been_there(self, race: Race) -> None:
        race = with_policy(race, "closed")
        others = without(race, *(note.id for note in race.disqualified))
        assert lines(race) == lines(others)

    @given(races(ids=string_ids(min_size=2)))
    def test_places_kept_give_the_others_the_points_they_would_have_won_anyway(self, race: Race) -> None:
        race = with_policy(race, "kept")
        pardoned = [Unfinished(note.id, race.laps - 1) for note in race.disqualified if note.id not in race.finish.ids]
        others = cells(
            changed(
                race,
                disqualified=[],
                times={id: time for id, time in race.times if id in race.finish.ids},
                unfinished=[*race.unfinished, *pardoned],
            )
        )
        found = {row.id: row.sprints for row in ranked(race)}
        assert found == {id: others[id] for id in found}

    @pytest.mark.parametrize("dead_heat", ["skip", "follow"])
    @pytest.mark.parametrize(("kept", "points"), [("closed", 20), ("kept", 10)])
    def test_second_place_of_a_disqualified_skater(self, kept: Any, dead_heat: Any, points: int) -> None:
        book = Rulebook(
            id="r", laps=2, sprint_laps=(1,), intermediate=Scale(30, 20, 10), final=Scale(30, 20, 10), forfeits=False,
            sprint_dead_heat=dead_heat, disqualified_in_sprint=kept, disqualified_at_finish=kept,
        )  # fmt: skip
        race = Race(
            rulebook=book, starters=list("abc"), sprints={1: list("abc")}, finish=list("abc"), disqualified=["b"]
        )
        assert rank(race)["c"].sprints == (points, points)
        assert rank(race)["c"].rank == 2

    @pytest.mark.parametrize(
        ("dead_heat", "kept", "points"),
        [("skip", "kept", 10), ("skip", "closed", 20), ("follow", "kept", 20), ("follow", "closed", 20)],
    )
    def test_who_tied_with_a_disqualified_skater_takes_up_the_place_alone(
        self, dead_heat: Any, kept: Any, points: int
    ) -> None:
        book = Rulebook(
            id="r", laps=2, sprint_laps=(1,), intermediate=Scale(30, 20, 10), final=Scale(30, 20, 10), forfeits=False,
            sprint_dead_heat=dead_heat, disqualified_in_sprint=kept, disqualified_at_finish=kept,
        )  # fmt: skip
        order = [["a", "b"], "c"]
        race = Race(rulebook=book, starters=list("abc"), sprints={1: order}, finish=order, disqualified=["b"])
        assert [rank(race)[id].sprints for id in "ac"] == [(30, 30), (points, points)]

    @given(races())
    def test_who_did_not_start_changes_nothing(self, race: Race) -> None:
        assert lines(race) == lines(without(race, *race.did_not_start))


def with_policy(race: Race, policy: Any) -> Race:
    book = race.rulebook
    return changed(
        race,
        rulebook=Rulebook(
            id=book.id, laps=book.laps, sprint_laps=book.sprint_laps, intermediate=book.intermediate, final=book.final,
            forfeits=book.forfeits, sprint_dead_heat=book.sprint_dead_heat,
            disqualified_in_sprint=policy, disqualified_at_finish=policy,
        ),
    )  # fmt: skip


def lines(race: Race) -> list[tuple[object, ...]]:
    """What is said of everyone who is ranked, without the reasons."""
    return [(row.rank, row.id, row.status, row.sprints, row.total, row.finish, row.qualified) for row in ranked(race)]


class TestReason:
    """Every row has a reason; it begins with the ordinal of its rank."""

    @given(races(ids=any_ids()))
    @example(Race(rulebook="isu-2018", starters=[*map(str, range(1, 25))], finish=[*map(str, range(1, 25))]))
    def test_a_reason_begins_with_the_ordinal_of_the_rank(self, race: Race) -> None:
        result = rank(race)
        for row in result:
            begins = "disqualified" if row.rank is None else f"{ORDINALS[row.rank - 1]}: "
            assert result.reason(row.id).startswith(begins)

    @given(races())
    def test_a_reason_tells_of_a_shared_rank_and_of_no_other(self, race: Race) -> None:
        result, rows = rank(race), ranked(race)
        for row in rows:
            is_shared = sum(other.rank == row.rank for other in rows) > 1
            assert ("; shares the rank with " in result.reason(row.id)) == is_shared
