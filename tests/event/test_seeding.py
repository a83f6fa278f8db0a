"""The draw: serpentine, nations apart, lots that anyone can draw again."""

import hashlib
from typing import Any

import pytest

from massstart import InvalidRecord, Starter
from massstart.event import Event
from massstart.event.seeding import Draw, draw


def field(*nations: str | None) -> list[Starter]:
    return [Starter(str(number), nation=nation) for number, nation in enumerate(nations, 1)]


def kinds(error: InvalidRecord) -> list[tuple[str, str]]:
    return [(problem.kind, problem.where) for problem in error.problems]


def test_serpentine_turns_round_after_every_row() -> None:
    assert draw(field(*[None] * 9), 3).semifinals == (("1", "6", "7"), ("2", "5", "8"), ("3", "4", "9"))
    assert draw(field(None, None), 1).semifinals == (("1", "2"),)
    assert draw(field(None), 3).semifinals == (("1",), (), ())


def test_two_of_one_nation_are_apart_and_the_lower_ranked_row_gives_way() -> None:
    assert draw(field("NED", None, None, "NED")).semifinals == (("1", "3"), ("2", "4"))
    assert draw(field("NED", "NED", "NED", "NED")).semifinals == (("1", "4"), ("2", "3"))


def test_chain_of_nations_moves_whoever_has_to() -> None:
    """ITA and NED are fixed by their first skaters; KOR's first has to change as well, for its second meets both."""
    found = draw(field("ITA", "NED", "KOR", "ITA", "KOR", "NED"))
    nations = {str(number): nation for number, nation in enumerate(["ITA", "NED", "KOR", "ITA", "KOR", "NED"], 1)}
    assert [sorted(nations[str(id)] for id in group) for group in found.semifinals] == [["ITA", "KOR", "NED"]] * 2


def test_lots_are_drawn_by_sha256_of_seed_and_id() -> None:
    ids = ["87", "13", "4", "100"]
    order = sorted(ids, key=lambda id: hashlib.sha256(b"2022-02-19\n" + id.encode()).digest())
    found = draw(ids, 2, seed="2022-02-19")
    assert found.semifinals == ((order[0], order[3]), (order[1], order[2]))
    assert (found.method, found.seed) == ("random", "2022-02-19")


def test_lots_are_the_same_everywhere() -> None:
    """``printf 'x\\n3' | sha256sum`` and so on, sorted: 3 2 5 6 8 4 7 1."""
    assert draw([str(number) for number in range(1, 9)], 2, seed="x").semifinals == (
        ("3", "6", "8", "1"), ("2", "5", "4", "7"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        (([], 2), [("empty", "starters")]),
        (("ab", 2), [("empty", "starters")]),
        ((["a", "a"], True), [("repeated-id", "starters"), ("type", "semifinals")]),
        ((["a"], 0), [("type", "semifinals")]),
    ],
)
def test_field_that_cannot_be_drawn_is_refused(arguments: tuple[Any, Any], found: list[tuple[str, str]]) -> None:
    with pytest.raises(InvalidRecord) as caught:
        draw(*arguments)
    assert kinds(caught.value) == found


def test_two_of_one_nation_are_kept_apart_however_it_is_written() -> None:
    starters = [Starter("a", nation="NED"), Starter("b"), Starter("c", nation=" "), Starter("d", nation="ned\u00a0")]
    assert draw(starters).semifinals == (("a", "c"), ("b", "d"))
    together = Event(field=starters, draw=Draw([["a", "d"], ["b", "c"]]))
    assert [(one.kind, one.message) for one in together.warnings] == [
        ("nations-together", "NED has 2, 0 skaters in the semifinals")
    ]


def test_seed_is_text() -> None:
    with pytest.raises(InvalidRecord) as caught:
        draw(["a"], seed=7)  # type: ignore[arg-type]  # on purpose
    assert kinds(caught.value) == [("seed", "seed")]


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ({"semifinals": 4}, [("type", "semifinals")]),
        ({"semifinals": ["a", 4]}, [("type", "semifinals")]),
        ({"semifinals": []}, [("empty", "semifinals")]),
        ({"semifinals": [["a"], ["b", "a"]]}, [("repeated-id", "semifinals[1][1]")]),
        ({"semifinals": [["a"]], "method": "dice"}, [("policy", "method")]),
        ({"semifinals": [["a"]], "method": "random"}, [("seed", "seed")]),
        ({"semifinals": [["a"]], "seed": "x"}, [("seed", "seed")]),
        ({"semifinals": [["a"]], "method": "random", "seed": 3}, [("seed", "seed")]),
    ],
)
def test_draw_that_contradicts_itself_is_refused(given: dict[str, Any], found: list[tuple[str, str]]) -> None:
    with pytest.raises(InvalidRecord) as caught:
        Draw(**given)
    assert kinds(caught.value) == found
