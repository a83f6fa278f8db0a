"""Chances as tables, files and pictures: percent with its error, never without the number of races."""

import json
import re
from typing import Any

import pytest
from attrs import evolve
from chancesamples import BO, CALIBRATION, CHANCES, COMPARISON, COURSE, EACH, LATER, SEASON, STRENGTHS

from massstart import InvalidRecord, dumps, loads, show
from massstart.chances import Chances, Comparison, Course
from massstart.showing import picture
from massstart.showing.pictures import canvas
from massstart.showing.pictures.canvas import INK
from massstart.showing.pictures.chances import _lines, _ranks, _reliability


@pytest.mark.parametrize("value", EACH, ids=lambda value: type(value).__name__)
def test_each_is_read_back_and_shown_in_every_format(value: Any) -> None:
    assert loads(dumps(value)) == value
    warnings = [str(warning) for warning in getattr(value, "warnings", ())]
    for as_ in ("text", "markdown", "html", "csv"):
        shown = show(value, as_)
        assert "\u202e" not in shown
        if as_ == "text":
            assert all(warning.split()[-1] in shown for warning in warnings)
        with pytest.raises(ValueError, match="a chance has no reasons"):
            show(value, as_, reasons=True)


def test_text_of_chances() -> None:
    assert show(CHANCES).splitlines() == [
        "Club day: chances, best 2",
        "Id Name    Nat Chance    ±  Win Mean Proved",
        "4  Ann <b> NED  100.0 0.00 75.0  1.2 through",
        "7                60.0 4.90 25.0  2.0",
        "9  Cy             0.0 0.00  0.0      out",
        "Chance: goes through, in percent of 100 races made by a model; ±: its standard",
        "error, 4.90% at most. Win, Mean: first place, and the mean rank.",
        "Seed 3. Their halves differ by 1.5 standard errors at most.",
        "assumed: a model of one's own: toss",
        "warning: strengths: no strength is known of Bo: taken for average (assumed)",
        "(unknown-strength); give strengths",
    ]


def test_a_season_has_reserves_and_says_what_was_made() -> None:
    shown = show(SEASON)
    assert "Reserve" in shown
    assert " ".join(shown.split()).count("has a place at the Games, in percent of 100 seasons made by a model") == 1
    assert "Too few to hold their halves against each other." in shown


def test_text_of_a_comparison() -> None:
    lines = show(COMPARISON).splitlines()
    assert lines[:3] == [
        "Club day: wait against attack, best 2",
        "Scenario Id Chance    ± Change ± of it",
        "attack   7    90.0 3.00  +30.0    5.00",
    ]
    assert "attack: somebody else goes through in 42.0% of the races" in lines
    assert "assumed, wait: a model of one's own: toss" in lines
    assert "assumed, attack: Bo attacks" in lines


def test_text_of_a_course() -> None:
    lines = show(COURSE).splitlines()
    assert lines[1:5] == [
        "Id Name    Nat     L0     L4", "4  Ann <b> NED 100.0! 100.0!", "7                60.0   90.0", "9  Cy            0.0!   0.0!",
    ]  # fmt: skip
    assert "!: the outlook proves it" in " ".join(lines)


def test_text_of_strengths_and_of_a_calibration() -> None:
    lines = show(STRENGTHS).splitlines()
    assert lines[2:4] == ["4            +1.00  +0.00     0", "   Bo   NED  -1.00  +0.50     2"]
    assert "5.0% did not finish" in " ".join(lines)
    shown = show(CALIBRATION)
    assert "30% to 40%       9     35.0      50.0 16.0" in shown
    assert "The model knows more than the size of the field: Brier 0.2000 against 0.2500" in " ".join(shown.split())


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"through": 1.5}, ("chance", "rows[0].through")),
        ({"through": "x"}, ("type", "rows[0].through")),
        ({"error": True}, ("type", "rows[0].error")),
        ({"ranks": [60, 60]}, ("chance", "rows[0].ranks")),
        ({"odd": 1}, ("unknown-key", "rows[0].odd")),
    ],
)
def test_a_file_that_cannot_be_is_refused(change: dict[str, Any], problem: tuple[str, str]) -> None:
    given = json.loads(dumps(CHANCES))
    given["rows"][0] |= change
    with pytest.raises(InvalidRecord) as caught:
        loads(json.dumps(given))
    assert [(one.kind, one.where) for one in caught.value.problems] == [problem]


def test_a_number_that_is_none_is_refused() -> None:
    text = dumps(CHANCES).replace('"drift": 1.5', '"drift": 1e999')
    with pytest.raises(InvalidRecord, match="drift"):
        loads(text)


@pytest.mark.slow
class TestPictures:
    @pytest.mark.parametrize("value", [CHANCES, COURSE, CALIBRATION], ids=lambda value: type(value).__name__)
    def test_the_same_value_gives_the_same_bytes_and_a_png_can_be_had(self, value: Any) -> None:
        assert picture(value) == picture(value)
        assert picture(value, "png").startswith(b"\x89PNG")
        with pytest.raises(ValueError, match="svg or png"):
            picture(value, "gif")  # type: ignore[arg-type]  # what a caller may try

    def test_what_has_no_picture_is_refused(self) -> None:
        with pytest.raises(TypeError, match=r"there is no picture of a Comparison, only of (?!.*object).*\bChances\b"):
            picture(COMPARISON)  # type: ignore[arg-type]  # what a caller may try

    def test_ranks_stand_in_their_squares_and_the_cut_is_drawn(self) -> None:
        text = picture(CHANCES).decode()
        shown = re.findall(r">([^<>]*)</text>", text)
        assert [cell for cell in shown if cell.isdecimal()] == ["1", "2", "3", "75", "25", "7", "25", "50", "25"]
        assert "60.0 ± 4.9" in shown
        assert "100.0 proved" in shown
        assert "Ann &lt;b&gt;: goes through in 100.0 percent of 100 races." in text
        assert text.count("stroke-width: 1.6") == 1
        # A dark square has white figures.
        assert re.search(r"fill: #ffffff[^>]*>75</text>", text)
        assert "warning: strengths" in text
        assert picture(SEASON).decode().count("stroke-width: 1.6") == 0
        assert "Thick line" not in picture(SEASON).decode()

    def test_a_course_has_a_line_for_everybody_named_at_its_end(self) -> None:
        text = picture(COURSE).decode()
        shown = re.findall(r">([^<>]*)</text>", text)
        assert [cell for cell in shown if "  " in cell] == ["100  Ann &lt;b&gt;", "90  7", "0  Cy"]
        assert "start" in shown
        assert "lap 4" in shown
        assert "7: 60.0 percent after no laps, 90.0 percent after 4 laps." in text
        assert INK.lower() in text
        assert "Thick line" not in text

    def test_a_calibration_says_how_many_are_behind_each_dot(self) -> None:
        text = picture(CALIBRATION).decode()
        assert ">9</text>" in text
        assert "30% to 40%: expected 35.0%, came true 50.0% of 9 skaters." in text

    @staticmethod
    def places(paint: Any) -> tuple[Any, list[tuple[str, float, float]]]:
        """What is drawn, and the words with their places."""
        with canvas.settings():
            axes = canvas.painted(paint).axes[0]
        return axes, [(text.get_text(), *text.get_position()) for text in axes.texts]

    def test_a_share_stands_below_its_rank_and_beside_its_skater(self) -> None:
        axes, words = self.places(lambda axes, measure: _ranks(axes, CHANCES, measure))
        rank = {text: (x, y) for text, x, y in words if text in "123"}
        skater = {text: y for text, _, y in words if text in ("Ann <b>", "Cy")}
        ((x, y),) = [(x, y) for text, x, y in words if text == "75"]
        assert (x, y) == pytest.approx((rank["1"][0], skater["Ann <b>"]))
        squares = [square for square in axes.patches if square.contains_point(axes.transData.transform((x, y)))]
        assert len(squares) == 1
        (cut,) = (line for line in axes.lines if line.get_linewidth() == 1.6)
        assert cut.get_xdata()[0] == pytest.approx((rank["2"][0] + rank["3"][0]) / 2)
        assert cut.get_ydata()[0] < rank["1"][1] < skater["Ann <b>"] < skater["Cy"] < cut.get_ydata()[1]

    def test_a_line_runs_through_the_chances_of_its_moments(self) -> None:
        axes, words = self.places(lambda axes, measure: _lines(axes, COURSE, measure))
        at = {text: (x, y) for text, x, y in words}
        nought, all_ = at["0"][1], at["100"][1]
        (line,) = (
            line for line in axes.lines
            if line.get_ydata()[-1] == pytest.approx(nought + 0.9 * (all_ - nought)) and line.get_marker() != "None"
        )  # fmt: skip
        assert [*line.get_xdata()] == pytest.approx([at["start"][0], at["lap 4"][0]])
        assert line.get_ydata()[0] == pytest.approx(nought + 0.6 * (all_ - nought))
        assert all_ < nought < at["start"][1]

    def test_a_dot_stands_at_what_was_expected_and_came_true_within_two_standard_errors(self) -> None:
        axes, words = self.places(lambda axes, _: _reliability(axes, CALIBRATION))
        (x0, y0), (x100, y100) = (
            (max(x for text, x, _ in words if text == tick), min(y for text, _, y in words if text == tick))
            for tick in ("0", "100")
        )
        dots = [line for line in axes.lines if line.get_marker() == "o"]
        assert [(*dot.get_xdata(), *dot.get_ydata()) for dot in dots] == [
            pytest.approx((x0 + 0.35 * (x100 - x0), y0 + 0.5 * (y100 - y0)))
        ]
        (bar,) = (
            line for line in axes.lines if line.get_xdata()[0] == line.get_xdata()[-1] and len(line.get_xdata()) > 1
        )
        assert [*bar.get_ydata()] == pytest.approx([y0 + share * (y100 - y0) for share in (0.03, 0.67)])
        ticks = [x for text, x, y in words if text in ("0", "20", "40", "60", "80", "100") and y > y0]
        assert ticks == pytest.approx([x0 + tenth / 5 * (x100 - x0) for tenth in range(6)])

    def test_labels_stand_clear_of_each_other(self) -> None:
        rows = tuple(evolve(BO, id=str(number), through=0.5) for number in range(12))
        many = Course(moments=((4, evolve(CHANCES, rows=rows)),))
        heights = [float(y) for y in re.findall(r'x="[\d.]+" y="([\d.]+)"[^>]*>50  \d+</text>', picture(many).decode())]
        assert len(heights) == 12
        assert min(abs(one - other) for one in heights for other in heights if one != other) > 10


@pytest.mark.parametrize(
    ("score", "said"),
    [(0.2, "more"), (0.22, "no more and no less"), (0.28, "no more and no less"), (0.3, "less")],
)
def test_two_standard_errors_make_a_verdict(score: float, said: str) -> None:
    verdict = evolve(CALIBRATION, score=score, baseline=0.25, error=0.02).verdict
    assert verdict.startswith(f"The model knows {said}")
    assert ("more" in verdict, "less" in verdict) == ("more" in said, "less" in said)


def test_skaters_are_called_by_their_names_else_by_their_ids() -> None:
    for row in (COMPARISON.rows[0], STRENGTHS.rows[1]):
        named = evolve(row, name="Bo")
        assert (named.label, row.label) == ("Bo", row.id)


def test_what_scenarios_and_moments_assume() -> None:
    """What all scenarios assume stands once, the rest with the scenario; of a course, what is assumed in the end."""
    alike = evolve(COMPARISON, scenarios=(("a", CHANCES), ("b", CHANCES)))
    assert [said for said in alike.remarks if "assumed" in said and "warning" not in said] == [
        "assumed: a model of one's own: toss"
    ]
    three = evolve(COMPARISON, scenarios=(*COMPARISON.scenarios, ("again", CHANCES)))
    assert [said for said in three.remarks if "assumed" in said and "warning" not in said] == [
        "assumed, wait: a model of one's own: toss",
        "assumed, attack: Bo attacks",
        "assumed, again: a model of one's own: toss",
    ]
    later = Course(moments=((0, CHANCES), (4, evolve(LATER, assumed=("Bo falls",)))))
    assert later.remarks[0] == "assumed: Bo falls"


def test_rows_of_a_comparison_and_a_course_name_their_races() -> None:
    assert isinstance(COMPARISON, Comparison)
    assert COMPARISON.to_rows()[0]["races"] == 100
    assert list(CHANCES.to_rows()[0]) == [
        "id", "name", "nation", "through", "error", "win", "rank", "is_exact", "reserve", "races",
    ]  # fmt: skip
    assert [(row["laps"], row["races"]) for row in COURSE.to_rows()] == [(0, 100)] * 3 + [(4, 100)] * 3
    assert isinstance(COMPARISON["wait"], Chances)
    assert COMPARISON.warnings == CHANCES.warnings * 2
