"""What cannot be advanced, and sheets that tell only half of it."""

import json
from typing import Any

import pytest

from massstart import InvalidRecord, Order, Race, Sheet, SheetRow, StartList, advance, dumps, loads, rank
from massstart.event import Event
from massstart.live import RaceLog, Underway
from massstart.live.standings import provisional
from massstart.records import Sprint


def result(*ids: str, **given: Any) -> Any:
    return rank(Race(rulebook="isu-2018", starters=list(ids), finish=list(ids), **given))


@pytest.mark.parametrize(
    ("semifinals", "advance_", "expected"),
    [
        ((), None, [("empty", "")]),
        ((result("a"),), 0, [("type", "advance")]),
        ((result("a"),), True, [("type", "advance")]),
        ((result("a", "b"), result("b", "c")), None, [("repeated-id", "b")]),
    ],
)
def test_semifinals_are_refused(semifinals: tuple[Any, ...], advance_: Any, expected: list[tuple[str, str]]) -> None:
    with pytest.raises(InvalidRecord) as caught:
        advance(*semifinals, advance=advance_)
    assert [(one.kind, one.where) for one in caught.value.problems] == expected


def test_a_race_that_was_not_ranked_is_refused() -> None:
    with pytest.raises(TypeError, match="semifinal 2 is neither a Result nor a Sheet"):
        advance(result("a"), Race(rulebook="isu-2018", starters=["b"], finish=["b"]))  # type: ignore[arg-type]  # on purpose


def test_numbers_come_from_the_record_then_from_the_rulebook() -> None:
    ids = [str(number) for number in range(12)]
    assert len(advance(result(*ids))) == 8
    assert len(advance(result(*ids, advance=3))) == 3
    assert len(advance(result(*ids, advance=3), advance=5)) == 5


def test_a_start_list_comes_back_from_its_file_with_reserves_and_warnings_or_without() -> None:
    full = advance(result("a", "b", "c"), advance=2)
    assert [entry.id for entry in full.reserves] == ["c"]
    assert loads(dumps(full), StartList) == full
    bare = StartList(full.rows, (), ())
    assert "warnings" not in json.loads(dumps(bare))
    assert loads(dumps(bare), StartList) == bare
    rows = json.loads(dumps(bare))["rows"]
    assert loads(json.dumps({"kind": "start-list", "version": 1, "rows": rows}), StartList) == bare


def test_three_semifinals_interleave_by_rank() -> None:
    final = advance(result("a", "b"), result("c", "d"), result("e", "f"), advance=2)
    assert [(entry.start, entry.id) for entry in final] == [(1, "a"), (2, "c"), (3, "e"), (4, "b"), (5, "d"), (6, "f")]


def test_incomplete_sheet_gives_its_printed_ranks_and_marks() -> None:
    rows = [
        SheetRow(rank=2, name="B", qualified="Q"),
        SheetRow(rank=1, name="A", qualified="Q"),
        SheetRow(name="C", qualified="Q"),
        SheetRow(name="D"),
        SheetRow(rank=5, name="E", qualified="q"),
        SheetRow(rank=6, name="F"),
        SheetRow(name="G", mark="DQ"),
        SheetRow(name="H", qualified="q"),
    ]
    final = advance(Sheet(id="s", rulebook="isu-2018", rows=rows, complete=False), advance=2)
    assert [(entry.id, entry.start, entry.rank, entry.qualified) for entry in final] == [
        ("A", 1, 1, "Q"), ("B", 2, 2, "Q"), ("C", None, None, "Q"), ("E", 4, 5, "q"), ("H", 5, None, "q"),
    ]  # fmt: skip
    assert [(entry.id, entry.qualified) for entry in final.reserves] == [("F", None)]


def test_nobody_advances_from_standings_while_the_race_goes_on() -> None:
    event = Sprint(4, Order.from_list(["b", "a"]))
    log = RaceLog(Underway(rulebook="isu-2018", starters=["a", "b"]), (event,), 1)
    with pytest.raises(InvalidRecord) as caught:
        advance(provisional(log))
    assert [(one.kind, one.where) for one in caught.value.problems] == [("racing", "b"), ("racing", "a")]


def test_semifinals_that_send_different_numbers_are_warned_of() -> None:
    one, two = result("a", "b", advance=1), result("c", "d", advance=2)
    assert [(warning.kind, warning.message) for warning in advance(one, two).warnings if warning.kind != "short-sprint"] == [
        ("different-advance", "1, 2 go on from the semifinals"),
    ]  # fmt: skip
    assert all(warning.kind == "short-sprint" for warning in advance(one, two, advance=2).warnings)
    event = Event(semifinals=[one.record, two.record])
    assert "different-advance" in [warning.kind for warning in event.warnings]
