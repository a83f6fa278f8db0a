"""What an official types, and the log that it makes."""

from collections.abc import Hashable

import pytest

from massstart import InvalidRecord, RaceTime
from massstart.feed import CARD, typed
from massstart.live import (
    Advanced,
    Arrival,
    DidNotStart,
    Disqualified,
    Distance,
    Exchange,
    Finish,
    Lapped,
    Left,
    LogEvent,
    Passing,
    RaceLog,
    Revoke,
    Sprint,
    Underway,
    Unfinished,
)
from massstart.order import Order

LOG = RaceLog(Underway(rulebook="isu-2018", starters=["4", "87", "9", "53", 26]))


def after(*entries: str) -> RaceLog:
    log = LOG
    for entry in entries:
        log = typed(log, entry)
    return log


def refused(log: RaceLog, entry: str) -> list[str]:
    with pytest.raises(InvalidRecord) as caught:
        typed(log, entry)
    assert all(problem.remedy for problem in caught.value.problems)
    return [problem.kind for problem in caught.value.problems]


def crossed(log: RaceLog) -> list[tuple[Hashable, int]]:
    return list(log.progress().arrived)


@pytest.mark.parametrize(
    ("entry", "event"),
    [
        ("4: 87 4 9", Sprint(4, Order(["87", "4", "9"]))),
        ("  8 :87,4=9  53 ", Sprint(8, Order(["87", "4", "9", "53"], [1, 2, 2, 4]))),
        ("12: 87 = 4 = 26", Sprint(12, Order(["87", "4", 26], [1, 1, 1]))),
        ("finish: 9 26", Finish(["9", 26])),
        ("FINISH:9", Finish(["9"])),
        ("p 87 0:33.10", Passing("87", RaceTime(33100))),
        ("lap 9", Lapped("9")),
        ("dnf 9", Left("9")),
        ("dnf 9 12", Unfinished("9", 12)),
        ("dnf 9 12 5:24.53", Unfinished("9", 12, RaceTime(324530))),
        ("DQ 9", Disqualified("9")),
        ("dq 9 257.4.5", Disqualified("9", "257.4.5")),
        ("dq 9 257.4.5 cut the inside", Disqualified("9", "257.4.5", "cut the inside")),
        ("dq 9 pushed 87 twice", Disqualified("9", None, "pushed 87 twice")),
        ("dns 26", DidNotStart(26)),
        ("laps 12", Distance(12, (4, 8))),
        ("laps 10 3 6", Distance(10, (3, 6))),
        ("swap 9 26", Exchange("9", 26)),
        ("adv 9", Advanced("9")),
        ("adv 9 hindered by 4", Advanced("9", "hindered by 4")),
    ],
)
def test_each_entry_is_an_event(entry: str, event: LogEvent) -> None:
    assert after(entry).events == (event,)


class TestFinish:
    def test_skaters_take_the_next_places(self) -> None:
        log = after("f: 87 4=9", "f: 53")
        assert crossed(log) == [("87", 1), ("4", 2), ("9", 2), ("53", 4)]
        assert log.events[:2] == (Arrival("87", 1), Arrival("4", 2))

    def test_somebody_unknown_keeps_a_place_until_known(self) -> None:
        log = after("f: 87 ? 9", "f: 4")
        assert crossed(log) == [("87", 1), ("9", 3), ("4", 4)]
        assert log.next_place == 5
        assert crossed(typed(log, "f2: 53")) == [("87", 1), ("53", 2), ("9", 3), ("4", 4)]

    @pytest.mark.parametrize("entry", ["finish: 87 ? 4 9 53 26", "4: 87 ? 9", "4: 87=?", "i2: ?"])
    def test_somebody_unknown_is_refused_wherever_no_place_can_be_kept(self, entry: str) -> None:
        with pytest.raises(InvalidRecord, match="keeps a place only among those typed with f:") as caught:
            typed(after("f: 87 9"), entry)
        assert [(problem.kind, problem.remedy) for problem in caught.value.problems] == [
            ("entry", "type who it was; or, at the finish, f: 100 ? 26"),
        ]

    def test_a_missed_number_is_inserted(self) -> None:
        assert crossed(after("f: 87 9", "i2: 4")) == [("87", 1), ("4", 2), ("9", 3)]

    def test_an_entry_is_taken_whole_or_not_at_all(self) -> None:
        assert refused(after("f: 87"), "f: 4 78 9") == ["unknown-id"]
        assert refused(LOG, "f: ?") == ["entry"]
        assert refused(LOG, "f: 4=?") == ["entry"]
        assert refused(LOG, "f:") == ["entry"]
        assert refused(LOG, "f: 4=") == ["entry"]


class TestUndo:
    def test_undo_and_redo_go_step_by_step(self) -> None:
        log = after("f: 87 4 9", "undo", "undo")
        assert crossed(log) == [("87", 1)]
        assert crossed(typed(log, "redo")) == [("87", 1), ("4", 2)]
        assert crossed(typed(typed(log, "redo"), "redo")) == [("87", 1), ("4", 2), ("9", 3)]
        assert refused(typed(typed(log, "redo"), "redo"), "redo") == ["entry"]
        assert crossed(typed(typed(log, "redo"), "undo")) == [("87", 1)]

    def test_there_must_be_something_to_take_back(self) -> None:
        assert refused(LOG, "undo") == ["entry"]
        assert refused(after("f: 87"), "redo") == ["entry"]
        assert refused(after("f: 87", "undo", "f: 4"), "redo") == ["entry"]

    def test_a_restart_takes_back_all_but_who_does_not_start(self) -> None:
        log = after("dns 26", "4: 87", "f: 4", "undo", "laps 12", "restart")
        assert log.course.laps == 12
        assert [type(event) for event in log.counting.values() if not isinstance(event, Revoke)] == [
            DidNotStart,
            Distance,
        ]
        assert refused(log, "restart") == ["entry"]
        # To undo it lets everything count again.
        assert after("4: 87", "f: 4", "restart", "undo").counting.keys() - {3, 4, 5, 6} == {1, 2}

    def test_any_event_is_taken_back_by_its_number(self) -> None:
        assert after("f: 87 4", "no 1").counting.keys() == {2, 3}
        assert crossed(after("f: 87 4", "no 1", "undo")) == [("87", 1), ("4", 2)]
        assert crossed(after("f: 87 4", "no 1", "undo", "undo")) == [("87", 1)]
        assert refused(after("f: 87"), "no 7") == ["unknown-event"]
        assert refused(after("f: 87"), "no x") == ["entry"]


@pytest.mark.parametrize(
    "entry",
    [
        "",
        "  ",
        "87",
        "x: 87",
        "f3x: 4",
        "i: 4",
        "i2: 4 9",
        "i2: 4=9",
        "4 87 9",
        "lap",
        "lap 9 twice",
        "undo 3",
        "finish3: 4",
        "dns 4 now",
        "help",
        "swap 4",
        "restart now",
        "laps",
    ],
)
def test_what_says_nothing_is_refused_with_what_can_be_typed(entry: str) -> None:
    with pytest.raises(InvalidRecord) as caught:
        typed(LOG, entry)
    (problem,) = caught.value.problems
    assert problem.kind == "entry"
    assert all(shape in problem.remedy for shape, _ in CARD)


@pytest.mark.parametrize(
    ("entry", "kind"), [("dnf 9 x", "entry"), ("laps x", "entry"), ("dnf 9 1 2 3", "entry"), ("dnf 9 3 now", "time"), ("p 87", "time"), ("5: 87", "unknown-lap"), ("lap 1", "unknown-id")]
)  # fmt: skip
def test_what_cannot_be_is_refused_at_once(entry: str, kind: str) -> None:
    assert refused(LOG, entry) == [kind]
