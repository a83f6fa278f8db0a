"""The picture of an outlook: bars of possible ranks, the cut, and a verdict that needs no colour."""

import re
from typing import Any

import pytest
from matplotlib.patches import Rectangle

from massstart import Underway
from massstart.live import Outlook, outlook
from massstart.showing import picture
from massstart.showing.model import table
from massstart.showing.pictures import canvas
from massstart.showing.pictures.canvas import INK, LEVEL, UP
from massstart.showing.pictures.outlook import _paint

pytestmark = pytest.mark.slow

RACE = Underway(
    rulebook="isu-2018",
    starters=list("abcde"),
    sprints={4: ["a"], 8: ["a"], 12: ["a"]},
    advance=2,
    competition="Club <day>",
)


def drawn(value: Outlook) -> str:
    return picture(value).decode()


def test_it_says_in_words_what_everybody_can_reach() -> None:
    text = drawn(outlook(RACE, finish=["b"]))
    (words,) = re.findall("<desc>(.*?)</desc>", text, re.DOTALL)
    lines = words.splitlines()
    assert lines[0] == "Club &lt;day&gt;, isu-2018, 16 laps, provisional"
    assert lines[1] == "1 of 5 across the line; 1 sprint to come, after lap 16; best 2 go on"
    assert lines[2] == "b: rank 1 to 1, through. Through, whatever happens."
    assert any(line.startswith("a: rank 2 to ") for line in lines)


def test_each_verdict_has_a_sign_a_word_and_a_bar_of_its_own() -> None:
    text = drawn(outlook(RACE, finish=["b", "c"], advance=3))
    shown = re.findall(r">([^<>]*(?:through|possible|out)[^<>]*)</text>", text)
    assert "\u2713 through, 1st across the line" in shown
    assert "? possible" in shown
    assert any(
        word == "\u2717 out" for word in re.findall(r">([^<>]*)</text>", drawn(outlook(RACE, finish=["b", "c", "d"])))
    )
    assert UP.lower() in text
    assert INK.lower() in text
    assert "<pattern" in text
    assert LEVEL.lower() in text


def test_a_bar_spans_the_ranks_that_are_possible_and_the_cut_stands_behind_the_last_who_goes_on() -> None:
    value = outlook(RACE, finish=["b"])
    with canvas.settings():
        axes: Any = canvas.painted(lambda axes, measure: _paint(axes, value, measure)).axes[0]
    at = {text.get_text(): text.get_position() for text in axes.texts}
    half = (at["2"][0] - at["1"][0]) / 2
    assert half > 0
    bars = {round(bar.get_y() + bar.get_height() / 2, 6): bar for bar in axes.patches if isinstance(bar, Rectangle)}
    assert len(bars) == 5
    for row in value:
        bar = bars[round(at[row.label][1], 6)]
        assert bar.get_x() == pytest.approx(at[str(row.best)][0] - half)
        assert bar.get_x() + bar.get_width() == pytest.approx(at[str(row.worst)][0] + half)
    assert {text.get_text() for text in axes.texts if text.get_weight() == "bold"} == {"b", table(value).title}
    (cut,) = (line for line in axes.lines if line.get_linewidth() == 1.6)
    assert [*cut.get_xdata()] == pytest.approx([at["2"][0] + half] * 2)
    assert cut.get_ydata()[0] < at["1"][1] < min(bars)
    assert max(bars) < cut.get_ydata()[1] < at["1"][1] + 6 * canvas.LANE
    # Whoever can come in first stands first.
    shown = sorted(value, key=lambda row: float(at[row.label][1]))
    assert [row.best + row.worst for row in shown] == sorted(row.best + row.worst for row in value)


def test_where_everybody_goes_on_there_is_no_cut() -> None:
    assert drawn(outlook(RACE, advance=5)).count("stroke-width: 1.6") == 0
    assert drawn(outlook(RACE, advance=2)).count("stroke-width: 1.6") == 1


def test_the_same_outlook_gives_the_same_bytes_and_a_png_can_be_had() -> None:
    assert drawn(outlook(RACE)) == drawn(outlook(RACE))
    assert picture(outlook(RACE), "png").startswith(b"\x89PNG")
    assert "provisional" in drawn(outlook(Underway(rulebook="isu-2018", starters=[])))
