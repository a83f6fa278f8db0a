"""What a race log takes, refuses, and says."""

from collections.abc import Hashable
from typing import Any

import pytest

from massstart import InvalidRecord, RaceTime, dumps, loads, rank
from massstart.files.logs import event_from
from massstart.live import RaceLog, Underway, changes, outlook
from massstart.live.events import (
    Arrival,
    DidNotStart,
    Distance,
    Exchange,
    Finish,
    Lapped,
    Left,
    LogEvent,
    Passing,
    Revoke,
)
from massstart.live.standings import provisional
from massstart.order import Order
from massstart.records import Advanced, Disqualified, Sprint, Unfinished

SHORT: dict[str, Any] = {"rulebook": "isu-2018", "laps": 4, "sprint_laps": (2,), "starters": ["a", "b", "c", "d"]}


def log(*events: LogEvent, first_passing: int = 1, **changed: Any) -> RaceLog:
    return RaceLog(Underway(**SHORT | changed), events, first_passing)


def sprint(lap: int, *order: Any) -> Sprint:
    return Sprint(lap, Order.from_list(list(order)))


def passings(id: str, *seconds: int) -> list[LogEvent]:
    return [Passing(id, RaceTime(second * 1000)) for second in seconds]


def problems(error: InvalidRecord) -> list[tuple[str, str]]:
    return [(one.kind, one.where) for one in error.problems]


def refused(before: RaceLog, event: Any) -> list[tuple[str, str]]:
    events = before.events
    with pytest.raises(InvalidRecord) as caught:
        before.with_event(event)
    assert before.events == events
    with pytest.raises(InvalidRecord) as again:
        RaceLog(before.header, (*events, event), before.first_passing)
    assert problems(again.value) == problems(caught.value)
    assert all(one.remedy for one in caught.value.problems)
    return problems(caught.value)


class TestCrossings:
    """Laps, sprints, finish and lapped skaters follow from the crossings."""

    def test_first_crossing_completes_the_first_lap(self) -> None:
        so_far = log(*passings("a", 30, 60), *passings("b", 31)).progress()
        assert (so_far.crossings.laps("a"), so_far.crossings.laps("b"), so_far.crossings.laps("c")) == (2, 1, 0)
        assert so_far.sprints == (sprint(2, "a"),)

    def test_first_crossing_completes_no_lap_where_it_starts_the_clock(self) -> None:
        so_far = log(*passings("a", 0, 30, 60), *passings("b", 1), first_passing=0).progress()
        assert [so_far.crossings.laps(id) for id in "abc"] == [2, 0, 0]
        assert so_far.sprints == (sprint(2, "a"),)
        assert so_far.crossings.time("a", 0) == RaceTime(0)

    def test_crossings_count_in_the_order_of_their_times(self) -> None:
        events = [*passings("a", 60, 30), *passings("b", 59, 31)]
        assert log(*events).progress().sprints == (sprint(2, "b", "a"),)

    def test_equal_times_are_a_dead_heat_until_the_judges_call_one(self) -> None:
        events = [*passings("a", 30, 60), *passings("b", 31, 60)]
        assert log(*events).progress().sprints == (sprint(2, ["a", "b"]),)
        assert log(*events, sprint(2, "b", "a")).progress().sprints == (sprint(2, "b", "a"),)

    def test_whoever_the_judges_do_not_name_follows_by_the_crossings(self) -> None:
        events = [
            event
            for id, first in zip("abcd", (30, 31, 32, 33), strict=True)
            for event in passings(id, *range(first, 4 * first + 1, first))
        ]
        race = log(*events, sprint(2, "c"), Finish(["d", "b"])).race()
        assert (race.sprints, race.finish.ids) == ((sprint(2, "c", "a", "b", "d"),), ("d", "b", "a", "c"))

    def test_two_laps_to_go_when_the_winner_finishes_is_lapped(self) -> None:
        fast = passings("a", 30, 60, 90, 120)
        for seconds, lapped in ((121, ["b"]), (120, []), (119, [])):
            events = [*fast, *passings("b", 40, 80, seconds, 160), *passings("c", 41, 82, 119, 170)]
            race = log(*events, starters=["a", "b", "c"]).race()
            assert [*race.lapped] == lapped
            assert race.finish.ids == ("a", "b", "c")

    def test_winner_who_is_disqualified_laps_nobody(self) -> None:
        events = [*passings("a", 25, 50, 75, 100), *passings("b", 30, 60, 90, 120), *passings("c", 31, 70, 110, 150)]
        assert log(*events, starters=["a", "b", "c"]).race().lapped == ("c",)
        assert log(*events, Disqualified("a"), starters=["a", "b", "c"]).race().lapped == ()

    def test_crossings_after_the_distance_mean_nothing(self) -> None:
        events = passings("a", 30, 60, 90, 120, 150, 180)
        race = log(*events, starters=["a"]).race()
        assert (race.finish.ids, dict(race.times)) == (("a",), {"a": RaceTime(120_000)})

    def test_crossings_after_leaving_the_race_mean_nothing(self) -> None:
        race = log(*passings("a", 30, 60, 90, 120), Unfinished("a", 1), starters=["a"]).race()
        assert race.finish.ids == ()
        assert race.unfinished == (Unfinished("a", 1, RaceTime(30_000)),)
        assert race.sprints == ()

    def test_lapped_skater_whom_the_judges_stopped_stands_behind_the_finishers(self) -> None:
        events = [*passings("a", 30, 60, 90, 120), *passings("b", 45, 90), *passings("c", 40), *passings("d", 44, 89)]
        race = log(*events, Lapped("b"), Lapped("c"), Lapped("d")).race()
        assert race.finish.ids == ("a", "d", "b", "c")
        assert set(race.lapped) == {"b", "c", "d"}
        assert set(dict(race.times)) == {"a"}


class TestJudges:
    """The calls of the judges, and what is missing."""

    def test_race_without_an_outcome_says_whose_is_missing(self) -> None:
        with pytest.raises(InvalidRecord) as caught:
            log(*passings("a", 30), Finish(["b"]), Disqualified("c"), Lapped("d")).race()
        assert problems(caught.value) == [("no-outcome", "starters[0]"), ("no-outcome", "starters[3]")]
        assert "still racing, 1 of 4 laps" in str(caught.value)
        assert "'d' was lapped, but neither the judges nor a crossing say where it finished" in str(caught.value)

    def test_disqualification_outweighs_leaving_the_race(self) -> None:
        race = log(Finish(["a", "b", "c"]), Unfinished("d", 2), Disqualified("d")).race()
        assert (race.unfinished, race.disqualified) == ((), (Disqualified("d"),))

    def test_skater_who_did_not_start_needs_no_outcome(self) -> None:
        race = log(Finish(["a", "b", "c"]), Advanced("b", "hindered"), did_not_start=["d"]).race()
        assert (race.did_not_start, race.advanced) == (("d",), (Advanced("b", "hindered"),))

    def test_text_and_lists_are_read(self) -> None:
        race = log(Sprint(2, ["a", ["b", "c"]]), Unfinished("d", 2, "1:01.00"), Finish(["a", "b", "c"])).race()  # type: ignore[arg-type]  # on purpose
        assert race.sprints == (sprint(2, "a", ["b", "c"]),)
        assert race.unfinished[0].time == RaceTime(61_000)


class TestState:
    """The race before its finish, at any moment."""

    def test_sprint_counts_once_its_points_are_won(self) -> None:
        base = [event for id in "abc" for event in passings(id, 30 + ord(id) - 97, 60 + ord(id) - 97)]
        found = [log(*base).state(after=number).sprints_left for number in range(7)]
        assert found == [(2, 4)] * 6 + [(4,)]
        assert log(*base[:2], *base[2:4], Unfinished("c", 0), Disqualified("d")).state().sprints_left == (4,)
        assert log(sprint(2, "a")).state().sprints_left == (4,)

    def test_disqualified_skater_fills_no_place_of_a_sprint(self) -> None:
        base = [event for id in "abc" for event in passings(id, 30 + ord(id) - 97, 60 + ord(id) - 97)]
        assert log(*base, Disqualified("a")).state().sprints_left == (2, 4)

    def test_state_holds_whoever_is_out(self) -> None:
        state = log(Unfinished("a", 1), Disqualified("b"), Lapped("c"), Advanced("d")).state()
        assert (state.racing, state.lapped) == (("c", "d"), ("c",))
        assert log(Lapped("c"), Disqualified("c")).state().lapped == ()

    def test_after_a_number_that_is_none(self) -> None:
        for number in (2, -1, True):
            with pytest.raises(InvalidRecord) as caught:
                log(Lapped("a")).state(after=number)
            assert problems(caught.value) == [("unknown-event", "after")]


class TestRefusals:
    """Bad events are refused by number, and the log stays as it was."""

    @pytest.mark.parametrize(
        ("event", "expected"),
        [
            ("passing", [("type", "events.2")]),
            (Passing("x", "0:30.00"), [("unknown-id", "events.2.id")]),
            (Passing([], "0:30.00"), [("type", "events.2.id")]),  # type: ignore[arg-type]  # on purpose
            (Passing("a", "soon"), [("time", "events.2.time")]),
            (Passing("a", None), [("time", "events.2.time")]),
            (Passing("absent", "0:30.00"), [("did-not-start", "events.2")]),
            (Sprint(3, Order()), [("unknown-lap", "events.2.lap")]),
            (Sprint(2, "ab"), [("type", "events.2.order")]),  # type: ignore[arg-type]  # on purpose
            (sprint(2, "a", "a"), [("repeated-id", "events.2.order[1]")]),
            (Finish(["a", "x"]), [("unknown-id", "events.2.order[1]")]),
            (Finish(["absent"]), [("did-not-start", "events.2")]),
            (Finish(5), [("type", "events.2.order")]),  # type: ignore[arg-type]  # on purpose
            (Unfinished("a", 4), [("laps", "events.2.laps")]),
            (Unfinished("a", "x", "x"), [("time", "events.2.time"), ("laps", "events.2.laps")]),  # type: ignore[arg-type]  # on purpose
            (Disqualified("a", 257), [("type", "events.2.clause")]),  # type: ignore[arg-type]  # on purpose
            (Advanced("a", ["x"]), [("type", "events.2.reason")]),  # type: ignore[arg-type]  # on purpose
            (Revoke(2), [("unknown-event", "events.2.number")]),
            (Revoke(0), [("unknown-event", "events.2.number")]),
            (Revoke(True), [("unknown-event", "events.2.number")]),
            (Revoke([]), [("unknown-event", "events.2.number")]),  # type: ignore[arg-type]  # on purpose
        ],
    )
    def test_what_cannot_be(self, event: Any, expected: list[tuple[str, str]]) -> None:
        before = log(Lapped("d"), starters=["a", "b", "c", "d", "absent"], did_not_start=["absent"])
        assert refused(before, event) == expected

    @pytest.mark.parametrize(
        ("one", "other", "kind"),
        [
            (Passing("a", "0:30.00"), Passing("a", "0:30.00"), "repeated-event"),
            (Passing("a", "0:30.00"), Passing("a", "0:52.99"), "impossible-passing"),
            (sprint(2, "a"), sprint(2, "b"), "repeated-event"),
            (Finish(["a"]), Finish(["b"]), "repeated-event"),
            (Lapped("a"), Lapped("a"), "repeated-event"),
            (Disqualified("a"), Disqualified("a", "again"), "repeated-event"),
            (Unfinished("a", 1), sprint(2, "a"), "left-race"),
            (Unfinished("a", 1), Finish(["b", "a"]), "two-outcomes"),
            (Unfinished("a", 1), Lapped("a"), "two-outcomes"),
            (Advanced("a"), Disqualified("a"), "cannot-advance"),
        ],
    )
    def test_what_contradicts_an_event_whichever_comes_first(self, one: LogEvent, other: LogEvent, kind: str) -> None:
        assert refused(log(one), other) == [(kind, "events.2")]
        assert refused(log(other), one) == [(kind, "events.2")]
        # Once the other is taken back, it fits.
        assert log(one, Revoke(1), other).events[2] == other

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            (Passing("a", "0:30.00"), Passing("a", "0:53.00")),
            (Passing("a", "0:30.00"), Passing("b", "0:30.00")),
            (Passing("a", "0:30.00"), Lapped("a")),
            (Lapped("a"), Lapped("b")),
            (Lapped("a"), Disqualified("a")),
            (Unfinished("a", 2), sprint(2, "a")),
            (Unfinished("a", 1), sprint(2, "b")),
            (Unfinished("a", 1), Finish(["b"])),
            (Unfinished("a", 1), Lapped("b")),
            (Unfinished("a", 1), Disqualified("a")),
            (Advanced("a"), Disqualified("b")),
            (sprint(2, "a"), Finish(["a"])),
        ],
    )
    def test_what_fits(self, one: LogEvent, other: LogEvent) -> None:
        assert log(one, other).events == (one, other)
        assert log(other, one).events == (other, one)

    def test_all_bad_events_are_reported_at_once(self) -> None:
        with pytest.raises(InvalidRecord) as caught:
            log(Lapped("x"), Lapped("a"), Lapped("a"), Revoke(1))
        assert problems(caught.value) == [
            ("unknown-id", "events.1.id"), ("repeated-event", "events.3"), ("unknown-event", "events.4.number"),
        ]  # fmt: skip
        assert "revoke event 2 first" in str(caught.value)

    def test_an_event_is_taken_back_once(self) -> None:
        before = log(Lapped("a"), Revoke(1))
        assert refused(before, Revoke(1)) == [("unknown-event", "events.3.number")]
        assert refused(before, Revoke(3)) == [("unknown-event", "events.3.number")]
        assert refused(before, Revoke("1")) == [("unknown-event", "events.3.number")]  # type: ignore[arg-type]  # on purpose
        assert before.events == (Lapped("a"), Revoke(1))

    def test_a_problem_names_the_event_that_it_conflicts_with(self) -> None:
        with pytest.raises(InvalidRecord) as caught:
            log(sprint(2, "a"), sprint(2, "b"))
        assert [problem.event for problem in caught.value.problems] == [1]

    @pytest.mark.parametrize(
        ("given", "expected"),
        [
            ({"sprints": {2: ["a"]}}, [("outcome", "header.sprints")]),
            ({"lapped": ["a"], "disqualified": ["b"]}, [("outcome", "header.lapped"), ("outcome", "header.disqualified")]),
            ({"unfinished": {"a": 1}, "advanced": ["b"]}, [("outcome", "header.unfinished"), ("outcome", "header.advanced")]),
            ({"first_passing": 2}, [("type", "header.first_passing")]),
            ({"first_passing": True}, [("type", "header.first_passing")]),
        ],
    )  # fmt: skip
    def test_header_says_nothing_of_the_race(self, given: dict[str, Any], expected: list[tuple[str, str]]) -> None:
        with pytest.raises(InvalidRecord) as caught:
            log(**given)
        assert problems(caught.value) == expected

    def test_header_is_a_race_under_way(self) -> None:
        with pytest.raises(InvalidRecord) as caught:
            RaceLog("isu-2018", ())  # type: ignore[arg-type]  # on purpose
        assert problems(caught.value) == [("type", "header")]

    def test_refused_event_keeps_its_number(self) -> None:
        after = log(Lapped("a")).with_refused().with_event(Lapped("b"))
        assert after.events == (Lapped("a"), None, Lapped("b"))
        assert after.with_event(Revoke(3)).state().lapped == ("a",)
        assert refused(after, Revoke(2)) == [("unknown-event", "events.4.number")]


def crossed(after: RaceLog) -> list[tuple[Hashable, int]]:
    return list(after.progress().arrived)


class TestOneByOne:
    """The finish, skater by skater."""

    def test_the_next_place_is_behind_everybody_who_has_arrived(self) -> None:
        after = log(Arrival("a"), Arrival("b", 2), Arrival("c", 2), Arrival("d"))
        assert crossed(after) == [("a", 1), ("b", 2), ("c", 2), ("d", 4)]
        assert after.race().finish == Order(["a", "b", "c", "d"], [1, 2, 2, 4])

    def test_crossings_and_a_later_finish_go_with_it(self) -> None:
        passings = [
            Passing(id, RaceTime(at * 1000)) for lap in (30, 60, 90, 120) for id, at in (("a", lap), ("b", lap + 1))
        ]
        after = log(Arrival("b"), *passings)
        assert crossed(after) == [("b", 1), ("a", 2)]
        assert crossed(log(Arrival("b"), Arrival("c"), Finish(["c", "a"]))) == [("c", 1), ("a", 2), ("b", 3)]

    def test_a_place_that_was_passed_over_waits_for_somebody(self) -> None:
        after = log(Arrival("a"), Arrival("c", 3), Arrival("b", 4))
        with pytest.raises(InvalidRecord) as caught:
            after.with_event(Disqualified("d")).race()
        assert [problem.where for problem in caught.value.problems] == ["finish"]
        assert "nobody has place 2" in str(caught.value)
        whole = after.with_event(Arrival("d", 2))
        assert crossed(whole) == [("a", 1), ("d", 2), ("c", 3), ("b", 4)]
        # Who is still to come takes it; the outlook knows no other place for her.
        assert [(row.id, row.best, row.worst) for row in outlook(after) if row.finish is None] == [("d", 2, 2)]
        assert outlook(after)["d"].through_if == 2
        standings = provisional(after)
        assert [(row.id, row.finish) for row in standings if row.at_full_distance] == [("a", 1), ("c", 3), ("b", 4)]

    def test_one_wrong_number_refuses_itself(self) -> None:
        after = log(Arrival("a"))
        assert refused(after, Arrival("x")) == [("unknown-id", "events.2.id")]
        assert refused(after, Arrival("a")) == [("repeated-event", "events.2")]
        assert refused(after, Arrival("b", 0)) == [("place", "events.2.place")]
        after = log(Arrival("a"), Arrival("b", 1), Arrival("c", 3))
        assert refused(after, Arrival("d", 2)) == [("place", "events.4")]
        assert refused(after, Arrival("d", 5)) == [("place", "events.4.place")]
        judged = log(Finish(["a", "b"]))
        with pytest.raises(InvalidRecord, match="the next place is 3; revoke an arrival"):
            after.with_event(Arrival("d", 2))
        assert refused(judged, Arrival("a")) == [("repeated-event", "events.2")]
        assert refused(judged, Arrival("c", 2)) == [("place", "events.2")]
        assert crossed(judged.with_event(Arrival("c"))) == [("a", 1), ("b", 2), ("c", 3)]
        assert refused(log(Arrival("a"), Arrival("b")), Arrival("c", 1)) == [("place", "events.3")]
        assert refused(log(Unfinished("a", 1)), Arrival("a")) == [("two-outcomes", "events.2")]
        assert crossed(after) == [("a", 1), ("b", 1), ("c", 3)]

    def test_an_arrival_is_corrected_where_it_stands(self) -> None:
        after = log(Arrival("a"), Arrival("b"), Arrival("c"))
        assert crossed(after.replace(2, Arrival("d"))) == [("a", 1), ("d", 2), ("c", 3)]
        assert crossed(after.replace(2, Arrival("d", 4))) == [("a", 1), ("c", 3), ("d", 4)]
        assert crossed(after.inserted(Arrival("d", 1))) == [("d", 1), ("a", 2), ("b", 3), ("c", 4)]
        assert crossed(after.inserted(Arrival("d"))) == [*crossed(after), ("d", 4)]
        with pytest.raises(InvalidRecord, match="'a' has arrived already"):
            after.replace(2, Arrival("a"))
        with pytest.raises(InvalidRecord, match="no starter has the id 'x'"):
            after.inserted(Arrival("x", 1))
        with pytest.raises(InvalidRecord, match="7 is not an earlier event"):
            after.replace(7, Arrival("d"))
        assert len(after.events) == 3


class TestTakenBack:
    """What was taken back can be restored; several events go at once."""

    def test_a_revoke_is_taken_back_and_the_event_counts_again(self) -> None:
        after = log(Lapped("a"), Revoke(1), Revoke(2))
        assert after.state().lapped == ("a",)
        assert after.with_event(Revoke(3)).state().lapped == ()
        assert after.with_event(Revoke(3)).with_event(Revoke(4)).state().lapped == ("a",)
        assert refused(after, Revoke(2)) == [("unknown-event", "events.4.number")]

    def test_what_was_taken_back_otherwise_must_count_again_first(self) -> None:
        after = log(Lapped("a"), Revoke(1), Revoke(2), Revoke(1))
        assert refused(after, Revoke(3)) == [("unknown-event", "events.5.number")]
        assert after.with_event(Revoke(4)).with_event(Revoke(3)).state().lapped == ()

    def test_what_contradicts_it_must_go_first(self) -> None:
        after = log(sprint(2, "a"), Revoke(1), sprint(2, "b"))
        assert refused(after, Revoke(2)) == [("repeated-event", "events.4")]
        assert after.without(3).restored(1).state().sprints[0].order.ids == ("a",)

    def test_a_race_that_is_started_anew_takes_back_all_of_it(self) -> None:
        before = log(sprint(2, "a"), Lapped("b"), Disqualified("c"))
        anew = before.without(1, 2, 3, reason="started anew")
        assert anew.state() == log().state()
        assert [event.reason for event in anew.events[3:] if isinstance(event, Revoke)] == ["started anew"] * 3
        with pytest.raises(InvalidRecord):
            before.without(1, 9)
        with pytest.raises(InvalidRecord) as caught:
            before.restored(1)
        assert problems(caught.value) == [("unknown-event", "number")]

    def test_it_is_written_and_read_again(self) -> None:
        after = log(Arrival("a"), Arrival("b"), Revoke(1), Revoke(3), DidNotStart("c"), Left("d"))
        again = loads(dumps(after), RaceLog)
        assert again == after
        assert crossed(again) == [("a", 1), ("b", 2)]


class TestOtherDistance:
    """A race that is cut short, or started anew over fewer laps."""

    def test_it_is_scored_over_the_distance_that_was_called_last(self) -> None:
        after = log(sprint(2, "a"), Distance(3, [2]), *[Passing("b", RaceTime(30_000 * lap)) for lap in (1, 2, 3)])
        assert (after.course.laps, after.header.laps) == (3, 4)
        assert after.progress().arrived.ids == ("b",)
        assert after.with_event(Distance(4, [1, 2])).course.sprint_laps == (1, 2)
        assert loads(dumps(after), RaceLog).state().laps == 3
        over = log(Distance(2), Finish(["a", "b", "c", "d"])).race()
        assert (over.laps, over.sprint_laps, rank(over)["a"].sprints) == (2, (), (60,))

    def test_what_cannot_be_over_it_must_go_first(self) -> None:
        before = log(sprint(2, "a"), Unfinished("b", 3))
        assert refused(before, Distance(3)) == [("unknown-lap", "events.3"), ("laps", "events.3")]
        with pytest.raises(InvalidRecord) as caught:
            before.with_event(Distance(3))
        assert [problem.event for problem in caught.value.problems] == [1, 2]
        assert refused(log(), Distance(0)) == [("distance", "events.1.laps")]
        anew = before.without(1, 2).with_events([Distance(2), Unfinished("b", 1)])
        assert anew.state().unfinished == (Unfinished("b", 1),)

    def test_it_can_be_taken_back_unless_something_was_sent_for_it(self) -> None:
        after = log(Distance(3, [1]), sprint(1, "a"))
        assert refused(after, Revoke(1)) == [("unknown-lap", "events.3")]
        assert after.without(2).without(1).course.laps == 4


class TestExchange:
    """Two skaters who wear each other's transponders."""

    def test_the_crossings_of_each_are_those_of_the_other(self) -> None:
        after = log(*passings("a", 30, 60), *passings("b", 31), Exchange("a", "b"), *passings("a", 90))
        assert [after.progress().crossings.laps(id) for id in "ab"] == [1, 3]
        assert after.without(4).progress().crossings.laps("a") == 3
        thrice = after.with_event(Exchange("b", "c")).progress().crossings
        assert [thrice.laps(id) for id in "abc"] == [1, 0, 3]
        assert loads(dumps(after), RaceLog) == after

    def test_there_are_two_of_them(self) -> None:
        assert refused(log(), Exchange("a", "a")) == [("repeated-id", "events.1.other")]
        assert refused(log(), Exchange("a", "x")) == [("unknown-id", "events.1.other")]
        unhashable: Any = []
        assert refused(log(), Exchange(unhashable, "a")) == [("unknown-id", "events.1.id")]


class TestAway:
    """Who does not start, and who leaves without a count of laps."""

    def test_a_skater_who_does_not_start_has_no_row(self) -> None:
        after = log(DidNotStart("d"), Arrival("a"), Arrival("b"), Arrival("c"))
        assert after.race().did_not_start == ("d",)
        assert after.state().did_not_start == ("d",)
        assert provisional(after).did_not_start == ("d",)

    @pytest.mark.parametrize(
        "event", [Arrival("a"), Lapped("a"), Disqualified("a"), Finish(["a"]), sprint(2, "a"), Left("a")]
    )
    def test_nobody_both_stays_away_and_takes_part(self, event: LogEvent) -> None:
        assert refused(log(DidNotStart("a")), event) == [("did-not-start", "events.2")]
        assert refused(log(event), DidNotStart("a")) == [("did-not-start", "events.2")]

    def test_laps_come_from_the_crossings_or_later(self) -> None:
        rest = [Arrival("a"), Arrival("b"), Arrival("c")]
        after = log(Left("d"), *rest)
        with pytest.raises(InvalidRecord) as caught:
            after.race()
        assert problems(caught.value) == [("laps", "starters[3]")]
        assert after.state().unfinished == (Unfinished("d", 0),)
        assert after.with_event(Unfinished("d", 3)).race().unfinished == (Unfinished("d", 3),)
        counted = after.with_events([Passing("d", RaceTime(30_000)), Passing("d", RaceTime(60_000))])
        assert counted.race().unfinished == (Unfinished("d", 2, RaceTime(60_000)),)
        assert log(Left("d"), sprint(2, "d")).state().unfinished == (Unfinished("d", 2),)
        assert refused(log(Unfinished("d", 3)), Left("d")) == [("repeated-event", "events.2")]
        assert refused(after, Left("d")) == [("repeated-event", "events.5")]
        assert after.with_event(Disqualified("d")).race().disqualified == (Disqualified("d"),)

    def test_whoever_left_has_not_finished_whatever_crossed_the_line_later(self) -> None:
        fell = log(Left("d"), *passings("d", 30, 60, 90, 120))
        assert fell.state().unfinished == (Unfinished("d", 3, RaceTime(90_000)),)
        assert fell.progress().finish == Order()

    def test_a_time_without_laps_says_nothing(self) -> None:
        with pytest.raises(InvalidRecord) as caught:
            event_from('{"event": "unfinished", "id": "a", "time": "1:00.00"}')
        assert problems(caught.value) == [("laps", "laps")]
        assert event_from('{"event": "unfinished", "id": "a"}') == Left("a")
        assert event_from('{"event": "unfinished", "id": "a", "laps": 9}') == Unfinished("a", 9)


class TestLines:
    """Logs as JSON lines."""

    HEADER = '{"kind": "race", "version": 1, "rulebook": "isu-2018", "laps": 4, "sprint_laps": [2], "starters": [{"id": "a"}]}'

    def test_every_bad_line_is_reported(self) -> None:
        with pytest.raises(InvalidRecord) as caught:
            loads(f'{self.HEADER}\n{{"event": "lapped"}}\nno JSON\n\n{{"event": "lapped", "id": "x"}}\n', RaceLog)
        assert problems(caught.value) == [
            ("missing-key", "events.1.id"),
            ("json", "events.2"),
            ("unknown-id", "events.3.id"),
        ]

    def test_clock_that_starts_at_the_first_crossing_is_written(self) -> None:
        given = log(*passings("a", 0, 30), starters=["a"], first_passing=0)
        assert loads(dumps(given).encode(), RaceLog) == given

    def test_refused_events_are_not_written_and_numbers_follow(self) -> None:
        given = log(starters=["a"]).with_refused().with_event(Lapped("a")).with_event(Revoke(2, "no"))
        assert loads(dumps(given), RaceLog).events == (Lapped("a"), Revoke(1, "no"))


class TestHeader:
    """Another distance, without touching the events."""

    def test_race_of_17_laps_that_ends_at_the_16th_passing_is_scored_anew(self) -> None:
        events = [*passings("a", *range(30, 511, 30)), *passings("b", *range(31, 481, 30), 479, 515)]
        long = log(*events, starters=["a", "b"], laps=17, sprint_laps=(4, 8, 12))
        assert rank(long.race())["a"].rank == 1
        short = long.with_header(laps=16)
        assert short.events == long.events
        assert short.race().finish.ids == ("b", "a")

    def test_event_that_does_not_fit_the_other_distance_is_named(self) -> None:
        with pytest.raises(InvalidRecord) as caught:
            log(Unfinished("a", 3), sprint(2, "b")).with_header(laps=3, sprint_laps=(1,), first_passing=0)
        assert problems(caught.value) == [("laps", "events.1.laps"), ("unknown-lap", "events.2.lap")]

    def test_clock_that_starts_at_the_first_crossing(self) -> None:
        before = log(*passings("a", 30, 60, 90), starters=["a"])
        assert before.state().sprints_left == (4,)
        after = before.with_header(first_passing=0)
        assert (after.progress().crossings.laps("a"), after.header) == (2, before.header)


class TestStandings:
    """Provisional standings."""

    def test_points_then_the_order_on_the_track(self) -> None:
        events = [*passings("a", 30, 60, 90), *passings("b", 31, 61), *passings("c", 32, 62), *passings("d", 29, 63)]
        now = provisional(log(*events))
        assert now.is_provisional
        assert [(row.rank, row.id, row.total, row.laps, str(row.time)) for row in now] == [
            (1, "a", 3, 3, "1:30.00"), (2, "b", 2, 2, "1:01.00"), (3, "c", 1, 2, "1:02.00"), (4, "d", 0, 2, "1:03.00"),
        ]  # fmt: skip
        assert {row.status for row in now} == {"racing"}
        assert (
            now.reason("b")
            == "2nd: 2 points (sprint 1: 2); still racing, 2 of 4 laps, 1:01.00; behind a on points (3); ahead of c on points (1)"
        )

    def test_order_on_the_track_comes_from_the_latest_that_is_known(self) -> None:
        book: dict[str, Any] = {"laps": 9, "sprint_laps": (2, 4, 6)}
        events = [sprint(2, "a", "b", "c", "d"), sprint(4, "b", "a"), *passings("c", 30, 60, 90)]
        now = provisional(log(*events, **book))
        assert [(row.id, row.laps) for row in now] == [("b", 4), ("a", 4), ("c", 3), ("d", 2)]
        tied = provisional(log(**book))
        assert [row.rank for row in tied] == [1, 1, 1, 1]
        assert [row.laps for row in tied] == [0, 0, 0, 0]
        assert tied.reason("a").endswith("shares the rank with b, c and d: nothing known parts them")
        assert "level on points, behind b by the order on the track" in now.reason("a")

    def test_whom_the_order_of_a_lap_leaves_out_is_behind_those_it_names(self) -> None:
        now = provisional(log(*passings("b", 30, 60), *passings("c", 31, 61), sprint(2, "a", "c")))
        assert [(row.id, row.laps) for row in now] == [("a", 2), ("c", 2), ("b", 2), ("d", 0)]

    def test_level_on_points_the_order_on_the_track_decides(self) -> None:
        now = provisional(log(*passings("b", 30), *passings("a", 31)))
        assert now.reason("a").startswith(
            "2nd: no points; still racing, 1 of 4 laps, 0:31.00; level on points, behind b and ahead of c and d by the order on the track"
        )

    def test_finishers_have_their_points_and_the_others_none_of_the_final_sprint(self) -> None:
        now = provisional(log(*passings("b", 30, 60, 90, 120), *passings("a", 29, 59, 89), Finish(["b"])))
        assert [(row.id, row.total, row.status, row.finish) for row in now][:2] == [
            ("b", 60, "finished", 1),
            ("a", 0, "racing", None),
        ]
        assert now["a"].qualified is None
        assert (str(now["b"].time), str(now["a"].time)) == ("2:00.00", "1:29.00")
        assert now.is_provisional

    def test_guests_stand_apart_and_nobody_is_marked_as_through(self) -> None:
        now = provisional(log(*passings("d", 30, 60), sprint(2, "a", "b"), Advanced("b"), guests=["d"]))
        assert [row.id for row in now] == ["a", "b", "c"]
        assert [(row.id, row.status, row.laps) for row in now.guests] == [("d", "racing", 2)]
        assert [row.qualified for row in now] == [None] * 3

    def test_those_who_are_out_stand_as_they_will_in_the_end(self) -> None:
        now = provisional(
            log(Unfinished("a", 2), Disqualified("b"), sprint(2, "a", "b", "c"), advance=1, rulebook="isu-2024")
        )
        assert [(row.rank, row.id, row.status, row.total) for row in now] == [
            (1, "c", "racing", 2), (2, "d", "racing", 0), (3, "a", "unfinished", 0), (None, "b", "disqualified", 0),
        ]  # fmt: skip
        assert now["b"].time is None
        assert [row.qualified for row in now] == [None] * 4
        assert repr(now) == "<Provisional standings of a race: 4 rows>"

    def test_over_they_are_the_result(self) -> None:
        over = log(Finish(["a", "b", "c", "d"]))
        assert provisional(over) == rank(over.race())
        assert not provisional(over).is_provisional

    def test_standings_are_equal_where_the_race_so_far_is(self) -> None:
        one, other = provisional(log(Lapped("a"))), provisional(log(Lapped("a")))
        assert one == other
        assert hash(one) == hash(other)
        assert one != provisional(log(Lapped("b")))
        assert provisional(log()) != rank(log(Finish([["a", "b", "c", "d"]])).race())

    def test_warnings_are_those_of_the_race_so_far(self) -> None:
        now = provisional(log(sprint(2, "a")))
        assert [one.kind for one in now.warnings] == ["short-sprint"]


class TestChanges:
    """What a correction moves."""

    def test_photo_finish(self) -> None:
        log_ = log(
            Finish(["a", "b", "c", "d"]),
            sprint(2, "d", "c", "b"),
            Revoke(1, "photo finish"),
            Finish(["b", "a", "c", "d"]),
            advance=1,
        )
        found = changes(log_.until(2), log_)
        assert [str(one) for one in found] == [
            "b: 2nd to 1st, 20 points more, goes through now, by events 3, 4",
            "a: 1st to 2nd, 20 points less, goes through no longer, by events 3, 4",
        ]
        assert (len(found), found.advance) == (2, 1)

    def test_events_that_make_no_difference_are_no_cause(self) -> None:
        log_ = log(sprint(2, "a", "b", "c"), Advanced("d"), Unfinished("b", 3))
        found = {one.id: one for one in changes(log_.until(1), log_)}
        assert found["b"].causes == (3,)
        assert str(found["b"]) == "b: 2nd to 4th, unfinished, by event 3"

    def test_another_header_is_no_event(self) -> None:
        before = log(Finish(["a", "b", "c", "d"]))
        after = before.with_header(starters=["a", "b", "c", "d", "e"])
        assert [str(one) for one in changes(before, after)][-1] == "e: is on the start list now, goes through now"
        assert [str(one) for one in changes(after, before)][
            -1
        ] == "e: is on the start list no more, goes through no longer"

    def test_results_can_be_compared(self) -> None:
        before = provisional(log(Finish(["a", "b", "c", "d"])))
        after = provisional(log(Finish(["a", "b", "d", "c"]), Disqualified("a")))
        found = changes(before, after, advance=2)
        assert [(one.id, one.advance, one.causes) for one in found] == [
            ("b", None, ()),
            ("d", "through", ()),
            ("a", "out", ()),
        ]
        assert len(changes(before, before)) == 0

    @pytest.mark.parametrize("advance", [0, True, "8"])
    def test_what_is_not_a_number_of_skaters_is_refused(self, advance: Any) -> None:
        with pytest.raises(InvalidRecord) as caught:
            changes(log(), log(), advance=advance)
        assert problems(caught.value) == [("type", "advance")]


def test_calls_that_cannot_be_are_refused() -> None:
    log = RaceLog(Underway(rulebook="isu-2018", starters=["a", "b", "g"], guests=["g"]))
    for event, kind in (
        (Unfinished("a", 16), "laps"),
        (Advanced("g"), "cannot-advance"),
    ):
        with pytest.raises(InvalidRecord) as caught:
            log.with_event(event)
        assert [problem.kind for problem in caught.value.problems] == [kind]


def test_who_exchanged_a_transponder_has_started() -> None:
    log = RaceLog(Underway(rulebook="isu-2018", starters=["a", "b"]), [Exchange("a", "b")])
    with pytest.raises(InvalidRecord, match="'b'"):
        log.with_event(DidNotStart("b"))
