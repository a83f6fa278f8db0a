"""The picture of an event: what it shows at each stage, and that it is safe and drawn alike everywhere."""

import re
import sys
from typing import Any
from xml.etree import ElementTree

import pytest
from command import under_two_hash_seeds
from made import race

from massstart import Race, Starter, load, show
from massstart.event import Event
from massstart.problems import MissingExtra
from massstart.showing.pictures import canvas
from massstart.showing.pictures.event import _paint, draw_event

pytestmark = pytest.mark.slow

IDS = ("semifinal-1", "semifinal-2", "final")


def pyeongchang() -> Event:
    one, two, final = (load(f"pyeongchang-2018-men-{name}") for name in IDS)
    return Event(semifinals=[one, two], final=final)


def texts(value: Event) -> list[str]:
    root = ElementTree.fromstring(draw_event(value))  # noqa: S314  # our own output
    return ["".join(element.itertext()) for element in root.iter("{http://www.w3.org/2000/svg}text")]


def drawn(value: Event) -> Any:
    with canvas.settings():
        return canvas.painted(lambda axes, measure: _paint(axes, value, "t", measure)).axes[0]


def cuts(value: Event) -> int:
    return sum(line.get_linewidth() == 1.4 for line in drawn(value).lines)


class TestStages:
    def test_finalists_stand_twice_and_the_others_once(self) -> None:
        value = pyeongchang()
        shown = texts(value)
        for row in value.overall():
            assert shown.count(row.skater.label) == (2 if row.is_finalist else 1)
        assert {"Semifinal 1", "Semifinal 2", "Final"} <= {*shown}

    def test_each_finalist_has_a_line_and_the_podium_a_thick_one(self) -> None:
        widths = [patch.get_linewidth() for patch in drawn(pyeongchang()).patches]
        assert (len(widths), widths.count(2.6)) == (16, 3)
        assert cuts(pyeongchang()) == 2

    def test_before_the_final_its_start_list_stands_there(self) -> None:
        value = Event(semifinals=[race(*"abc"), None], advance=2)
        shown = texts(value)
        assert {"Start list of the final", "Semifinal 2 (not skated)", "the final is not skated"} <= {*shown}
        assert [shown.count(id) for id in "abc"] == [2, 2, 1]

    def test_a_draw_shows_who_skates_where(self) -> None:
        value = Event(field=["a", "b", "c", "d"]).with_draw()
        shown = texts(value)
        assert [shown.count(id) for id in "abcd"] == [1] * 4
        assert not drawn(value).patches

    def test_an_event_without_anything_is_drawn(self) -> None:
        assert "the semifinals are not drawn" in texts(Event(field=["a"]))

    def test_of_a_tie_at_the_cut_all_stand_above_the_line(self) -> None:
        assert cuts(Event(semifinals=[race("a", ["b", "c"])], advance=2)) == 0
        assert cuts(Event(semifinals=[race("a", "b", "c", "d")], advance=2)) == 1

    def test_who_is_in_the_final_alone_has_no_line(self) -> None:
        value = Event(semifinals=[], final=race("a", "b", disqualified=["c"]))
        assert not drawn(value).patches
        assert "DQ" in texts(value)


class TestWords:
    """The picture in words, and what its places and colours tell."""

    VALUE = Event(
        semifinals=[race("a", "b", "c"), None], final=race("b", "a"), advance=2, competition="Cup", event="men"
    )

    def test_each_skater_has_a_sentence(self) -> None:
        (words,) = re.findall("<desc>(.*?)</desc>", draw_event(self.VALUE).decode(), re.DOTALL)
        assert words.splitlines()[:4] == [
            "Cup, men",
            "b: overall 1, 1 in the final, 2 in semifinal 1",
            "a: overall 2, 2 in the final, 1 in semifinal 1",
            "c: overall without a rank, 3 in semifinal 1",
        ]

    def test_semifinal_and_final_stand_in_the_order_of_their_ranks(self) -> None:
        shown = texts(self.VALUE)
        assert shown[:8] == ["Cup, men", "Semifinal 1", "1", "a", "2", "b", "3", "c"]
        assert shown[8:14] == ["Semifinal 2 (not skated)", "Final", "1", "b", "2", "a"]
        assert texts(Event(semifinals=[race("a", "b")]))[0] == "Event"

    def test_start_list_has_its_numbers_and_no_podium(self) -> None:
        value = Event(semifinals=[race("a", "b"), race("c", "d")], advance=1)
        shown = texts(value)
        start = shown.index("Start list of the final")
        assert shown[start + 1 : start + 5] == ["1", "a", "2", "c"]
        assert {patch.get_linewidth() for patch in drawn(value).patches} == {1.0}
        assert {text.get_weight() for text in drawn(value).texts if text.get_text() in "abcd" and text.get_text()} == {
            "normal"
        }

    def test_whoever_is_not_in_the_final_is_grey_unless_nothing_is_skated(self) -> None:
        for value, grey in ((self.VALUE, {"c"}), (Event(field=["a", "b", "c"]).with_draw(1), set())):
            names = [text for text in drawn(value).texts if text.get_text() in ("a", "b", "c")]
            assert {name.get_text() for name in names} == {"a", "b", "c"}
            assert {name.get_text() for name in names if name.get_color() == canvas.LEVEL} == grey
            assert {name.get_color() for name in names} <= {canvas.LEVEL, canvas.INK}

    def test_nothing_stands_above_the_title_or_below_the_edge(self) -> None:
        axes = drawn(self.VALUE)
        bottom, top = axes.get_ylim()
        heights = [text.get_position()[1] for text in axes.texts]
        assert heights[0] == min(heights) > top
        assert max(heights) < bottom
        semifinal, first, _, second = (
            next(text.get_position()[1] for text in axes.texts if text.get_text() == word)
            for word in ("Semifinal 1", "a", "b", "c")
        )
        assert semifinal < first < second


class TestPicture:
    def test_hostile_names_are_safe(self) -> None:
        names = ("$x^2$", "<script>", "W" * 60, "b\x00c\nd")
        starters = [Starter(str(number), name, "<b>") for number, name in enumerate(names)]
        one = Race(rulebook="isu-2018", starters=starters, finish=[one.id for one in starters])
        shown = texts(Event(semifinals=[one]))
        assert {"$x^2$", "<script>", "W" * 31 + "…", "b\ufffdc d"} <= {*shown}

    def test_the_same_event_gives_the_same_bytes(self) -> None:
        program = (
            "import hashlib; from massstart import load; from massstart.event import Event;"
            "from massstart.showing.pictures.event import draw_event;"
            f"one, two, final = (load('pyeongchang-2018-men-' + name) for name in {IDS!r});"
            "print(hashlib.sha256(draw_event(Event(semifinals=[one, two], final=final))).hexdigest())"
        )
        assert len(under_two_hash_seeds(program)) == 1

    def test_show_draws_it_and_other_formats_are_refused(self) -> None:
        assert show(pyeongchang(), "svg").encode() == draw_event(pyeongchang())
        with pytest.raises(ValueError, match="svg or png"):
            draw_event(pyeongchang(), "gif")  # type: ignore[arg-type]  # on purpose

    def test_a_missing_library_is_named_with_the_extra(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(sys.modules, "matplotlib", None)
        with pytest.raises(MissingExtra, match=r"pip install 'massstart\[plot\]'"):
            draw_event(pyeongchang())
