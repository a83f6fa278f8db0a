"""The picture of a race: what it shows, and that it is drawn alike everywhere, legible and safe."""

import os
import struct
import subprocess
import sys
from itertools import combinations
from typing import Any
from xml.etree import ElementTree

import matplotlib as mpl
import pytest
from hypothesis import given, settings
from matplotlib.backends.backend_agg import FigureCanvasAgg

from massstart import Race, Rulebook, Scale, Sheet, SheetRow, Starter, archive, load, rank
from massstart.problems import MissingExtra
from massstart.showing.pictures import canvas, draw
from massstart.showing.pictures import race as drawing
from massstart.showing.pictures.chart import Chart, Way, chart, lanes
from massstart.testing import races

pytestmark = pytest.mark.slow

BEIJING = "beijing-2022-men-semifinal-1"
HOSTILE = (
    "$x^2$ \\frac{1}{2}", "<script>alert('1')</script>", "]]> & \"q\" </title>", "W" * 60, "Very long " * 6,
    "محمد علي", "שלום עולם", "김보름", "高木 菜那", "\u202eb\x00c\nd", "\ud800\ufffe", "-->",
)  # fmt: skip


def skaters(record: Race | Sheet) -> dict[str, Way]:
    return {skater.row.label: skater for skater in chart(record).skaters}


def field(size: int, **changes: Any) -> Race:
    ids = [f"{number}" for number in range(size)]
    given: dict[str, Any] = {
        "rulebook": "isu-2018",
        "starters": [Starter(id, f"Way with Å long name {id}", "NED") for id in ids],
        "finish": ids,
        "sprints": {4: ids[::-1], 8: ids[5:], 12: ids} if size else {},
        "advance": 8,
    }
    return Race(**given | changes)


def hostile() -> Race:
    starters = [Starter(f"{number}", name, "<b>") for number, name in enumerate(HOSTILE)]
    ids = [starter.id for starter in starters]
    return Race(rulebook="isu-2018", starters=starters, finish=ids, competition="$\\alpha$ <i>" + "x" * 200)


def svg(record: Race | Sheet) -> ElementTree.Element:
    return ElementTree.fromstring(draw(record))  # noqa: S314  # our own output, and malformed XML is what would fail


def texts(record: Race | Sheet) -> list[str]:
    return ["".join(element.itertext()) for element in svg(record).iter("{http://www.w3.org/2000/svg}text")]


class TestChart:
    def test_kramer_climbs_from_ninth_across_the_line_to_seventh_and_over_the_cut(self) -> None:
        shown = chart(load(BEIJING))
        kramer = shown.skaters[6]
        assert (kramer.row.label, kramer.row.finish, kramer.row.rank, kramer.gained) == ("Sven Kramer", 9, 7, 2)
        assert (kramer.places, kramer.row.sprints) == ((None, 1, None), (0, 3, 0, 0))
        crossing = [skater.row.label for skater in shown.skaters if shown.crosses_cut(skater)]
        assert crossing == ["Sven Kramer", "Seitaro Ichinohe", "Stefan Due Schmidt", "Ian Quinn"]
        assert shown.cut == 8

    def test_what_is_known_needs_no_note(self) -> None:
        ids = ["0", "1", "2"]
        assert chart(field(3, sprints=dict.fromkeys((4, 8, 12), ids))).notes == ()
        rows = [
            SheetRow(rank=1, name="A", time="7:40.00", total=60, sprints=(0, 0, 0, 60)),
            SheetRow(rank=2, name="B", time="7:41.00", total=40),
        ]
        shown = chart(Sheet(id="s", rulebook="isu-2018", rows=rows))
        assert shown.sprints == ("Sprint 1", "Sprint 2", "Sprint 3")
        (note,) = shown.notes
        assert note.startswith("The sheet tells the points of the sprints, not the places")
        assert [skater.hidden for skater in shown.skaters] == [0, 0]

    def test_points_of_unknown_sprints_are_told_in_a_note(self) -> None:
        shown = chart(load(BEIJING))
        assert [(skater.row.label, skater.hidden) for skater in shown.skaters if skater.hidden] == [
            ("Bart Swings", 4), ("Chung Jae-won", 2), ("Dmitry Morozov", 2),
        ]  # fmt: skip
        assert any("Bart Swings 4, Chung Jae-won 2 and Dmitry Morozov 2" in note for note in shown.notes)

    @pytest.mark.law
    @settings(max_examples=60)
    @given(races())
    def test_every_row_of_the_result_is_shown_as_it_is(self, race: Race) -> None:
        result = rank(race)
        shown = chart(result)
        assert shown == chart(race)
        for row, skater in zip(result, shown.skaters, strict=True):
            assert (skater.row.label, skater.row.nation, skater.row.rank, skater.row.sprints) == (
                row.label, row.nation, row.rank, row.sprints,
            )  # fmt: skip
            assert (skater.row.total, skater.row.finish, skater.row.status) == (row.total, row.finish, row.status)
            if skater.gained is not None:
                assert row.rank == (row.finish or 0) - skater.gained
            assert skater.hidden == 0
            assert skater.forfeited == (sum(filter(None, row.sprints)) > 0 == row.total)

    @pytest.mark.law
    @settings(max_examples=60)
    @given(races(disqualified=False))
    def test_places_in_sprints_are_those_across_the_line(self, race: Race) -> None:
        at = {lap: number for number, lap in enumerate(race.sprint_laps)}
        placed = {(at[sprint.lap], id): place for sprint in race.sprints for id, place in sprint.order}
        shown = chart(race).skaters
        for row, skater in zip(rank(race), shown, strict=True):
            assert skater.places == tuple(placed.get((column, row.id)) for column in at.values())

    def test_places_behind_a_disqualified_skater_close_up_where_the_rulebook_says_so(self) -> None:
        for policy, place in (("closed", 1), ("kept", 2)):
            book = Rulebook(
                id="own", laps=2, sprint_laps=(1,), intermediate=Scale(2, 1), final=Scale(3), forfeits=False,
                disqualified_in_sprint=policy,  # type: ignore[arg-type]  # mypy widens the tuple's literals
            )  # fmt: skip
            race = Race(rulebook=book, starters=["a", "b"], sprints={1: ["a", "b"]}, finish=["b"], disqualified=["a"])
            assert skaters(race)["b"].places == (place,)
            assert skaters(race)["a"].places == (None,)

    def test_points_on_a_sheet_stand_at_the_place_that_they_are_paid_for(self) -> None:
        for sheet in map(load, archive()):
            for skater in chart(sheet).skaters:
                for points, place in zip(skater.row.sprints[:-1], skater.places, strict=True):
                    assert (place is None) == (not points)
                    if place is not None and points in sheet.rulebook.intermediate.points:
                        assert sheet.rulebook.intermediate.points[place - 1] == points

    def test_a_sheet_that_cannot_be_ranked_is_shown_as_printed(self) -> None:
        sheet = load("beijing-2022-men-semifinal-2")
        shown = chart(sheet)
        assert shown.notes[0].startswith("The ranks are as printed")
        assert "Rows are missing from the sheet." in shown.notes
        assert skaters(sheet)["Jorrit Bergsma"].row.rank == 8
        assert {skater.row.finish for skater in shown.skaters} == {None}
        assert shown.cut is None
        assert not shown.line_known

    def test_printed_ranks_order_the_rows_whatever_order_they_came_in(self) -> None:
        rows = [
            SheetRow(name="A", mark="DQ"),
            SheetRow(name="B"),
            SheetRow(name="C", rank=2),
            SheetRow(name="D", rank=1),
        ]
        shown = chart(Sheet(id="s", rulebook="isu-2018", rows=rows))
        assert [skater.row.label for skater in shown.skaters] == ["D", "C", "B", "A"]

    def test_the_absent_are_not_shown(self) -> None:
        rows = [SheetRow(name="A", rank=1), SheetRow(name="B", mark="DNS"), SheetRow(name="C", rank=3, mark="DQ")]
        shown = chart(Sheet(id="s", rulebook="isu-2018", rows=rows))
        assert [(skater.row.label, skater.row.rank) for skater in shown.skaters] == [("A", 1), ("C", None)]
        race = field(3, finish=["1"], sprints={}, did_not_start=["0", "2"])
        assert "2 skaters did not start." in chart(race).notes
        assert [skater.row.label for skater in chart(race).skaters] == ["Way with Å long name 1"]

    def test_long_lists_of_names_end_in_a_count(self) -> None:
        rows = [SheetRow(name=letter) for letter in "ABCDEFG"]
        notes = chart(Sheet(id="s", rulebook="isu-2018", rows=rows)).notes
        assert "The points are not known of A, B, C, D, E and 2 others." in notes
        notes = chart(Sheet(id="s", rulebook="isu-2018", rows=rows[:6])).notes
        assert "The points are not known of A, B, C, D, E and F." in notes

    def test_no_cut_where_it_parts_nobody(self) -> None:
        assert chart(field(9)).cut == 8
        assert chart(field(8)).cut is None
        assert chart(field(0)).cut is None
        assert chart(field(9, advance=None)).cut is None

    def test_something_else_is_refused(self) -> None:
        with pytest.raises(TypeError):
            chart("beijing")  # type: ignore[arg-type]  # on purpose

    @pytest.mark.law
    @settings(max_examples=60)
    @given(races())
    def test_lanes_keep_the_order_and_are_never_shared(self, race: Race) -> None:
        places = [skater.row.finish for skater in chart(race).skaters]
        found = lanes(places)
        known = [(place, lane) for place, lane in zip(places, found, strict=True) if place and lane]
        assert [place is None for place in places] == [lane is None for lane in found]
        assert len({lane for _, lane in known}) == len(known)
        for (place, lane), (other, lane_of_other) in combinations(known, 2):
            assert place == other or (place < other) == (lane < lane_of_other)

    def test_lanes_make_room_where_a_dead_heat_skips_no_place(self) -> None:
        assert lanes([1, 1, 2]) == (1, 2, 3)
        assert lanes([1, 4, 2]) == (1, 4, 2)

    def test_the_words_tell_the_whole_picture(self) -> None:
        race = field(3, finish=["0", "1"], unfinished={"2": 5}, sprints={}, competition="Cup", rulebook="isu-2024")
        assert chart(race).sentences[:5] == (
            "Cup",
            "isu-2024, 16 laps",
            "Way with Å long name 0 (NED), first across the line, ranked 1st with 60 points.",
            "Way with Å long name 1 (NED), second across the line, ranked 2nd with 40 points.",
            "Way with Å long name 2 (NED), unfinished, ranked 3rd with no points.",
        )


class TestCanvas:
    def test_a_figure_is_as_large_as_what_was_painted_and_begins_in_the_upper_left_corner(self) -> None:
        measured: list[float] = []

        def paint(axes: Any, measure: canvas.Measure) -> tuple[float, float]:
            # A letter of East Asia is wider than the box that stands for one that no font has.
            measured.extend(measure(text) for text in ("\u9ad8\u6728", "\ue000\ue000"))
            canvas.curve(axes, (1.0, 2.0), (3.0, 1.0), color="red")
            return 4.0, 3.0

        with canvas.settings():
            figure = canvas.painted(paint)
        (axes,) = figure.axes
        assert axes.get_position().bounds == (0, 0, 1, 1)
        assert (axes.get_xlim(), axes.get_ylim(), figure.dpi) == ((0, 4), (3, 0), canvas.DOTS_PER_INCH)
        assert [*figure.get_size_inches()] == [4, 3]
        assert measured[0] == pytest.approx(measured[1] + 0.14)
        (patch,) = axes.patches
        way: Any = patch.get_path()
        assert (way.vertices.tolist(), way.codes.tolist()) == ([[1, 2], [2, 2], [2, 1], [3, 1]], [1, 4, 4, 4])
        assert not patch.get_fill()

    def test_a_name_as_long_as_there_is_room_is_whole(self) -> None:
        assert canvas.shortened("x" * canvas.LONGEST) == "x" * canvas.LONGEST
        assert canvas.shortened("x" * (canvas.LONGEST + 1)) == "x" * (canvas.LONGEST - 1) + "\N{HORIZONTAL ELLIPSIS}"


class TestPicture:
    @pytest.mark.law
    @pytest.mark.parametrize("id", archive())
    def test_every_bundled_race_can_be_drawn(self, id: str) -> None:
        sheet = load(id)
        shown = texts(sheet)
        for skater in chart(sheet).skaters:
            name = (
                skater.row.label
                if len(skater.row.label) <= canvas.LONGEST
                else skater.row.label[: canvas.LONGEST - 1] + "…"
            )
            assert name in shown

    @pytest.mark.law
    @pytest.mark.parametrize("size", [0, 1, 2, 24, 28, 60])
    def test_fields_of_any_size_can_be_drawn(self, size: int) -> None:
        picture = draw(field(size), "png")
        assert picture.startswith(b"\x89PNG\r\n\x1a\n")
        width, height = struct.unpack(">II", picture[16:24])
        assert 1100 < width < 1700
        lane = canvas.LANE * canvas.DOTS_PER_INCH
        assert size * lane < height < (size + 10) * lane
        assert sum("long name" in text for text in texts(field(size))) == size

    @pytest.mark.law
    @pytest.mark.parametrize("size", [24, 40])
    def test_no_text_overlaps_another(self, size: int) -> None:
        """Widths are measured as they are drawn; boxes of text shrink a little, for they include empty rims."""
        boxes = boxes_of(chart(field(size)))
        assert len(boxes) > 5 * size
        for (text, box), (other, box_of_other) in combinations(boxes, 2):
            assert not box.overlaps(box_of_other), (text, other)

    @pytest.mark.law
    def test_no_text_of_the_official_sheets_leaves_the_picture(self) -> None:
        with canvas.settings():
            for sheet in map(load, archive()):
                figure = drawing._figure(chart(sheet))
                renderer = FigureCanvasAgg(figure).get_renderer()  # type: ignore[no-untyped-call]  # it is untyped
                for artist in figure.axes[0].texts:
                    box = artist.get_window_extent(renderer)
                    assert box.x0 >= 0 <= box.y0, artist.get_text()
                    assert box.x1 <= figure.bbox.x1, artist.get_text()
                    assert box.y1 <= figure.bbox.y1, artist.get_text()

    def test_hostile_names_are_safe_and_intact(self) -> None:
        root = svg(hostile())
        assert not [element for element in root.iter() if element.tag.endswith(("script", "}b", "}i"))]
        (words,) = root.iter("{http://www.w3.org/2000/svg}desc")
        told = (words.text or "").splitlines()
        assert len(told) == 2 + len(HOSTILE) + 1
        for name in HOSTILE[:9]:
            assert any(line.startswith(f"{name} (<b>)") for line in told), name
        assert any(line.startswith("\ufffdb\ufffdc d (<b>)") for line in told)
        shown = texts(hostile())
        assert {"$x^2$ \\frac{1}{2}", "<script>alert('1')</script>", "김보름", "محمد علي"} <= {*shown}
        assert "W" * 31 + "…" in shown
        assert "W" * 33 not in "".join(shown)
        assert draw(hostile(), "png")

    def test_joiners_within_a_word_stay(self) -> None:
        assert "می\u200cشود" in texts(field(1, starters=[Starter("0", "می\u200cشود")]))

    def test_what_is_forfeited_lapped_unfinished_and_disqualified_is_marked(self) -> None:
        shown = texts(load("wc-2025-26-2-men-division-b"))
        assert {"(2)", "LAP 25", "DNF 11 laps", "DQ", "▲16", "▼5"} <= {*shown}
        assert "(3)" not in shown
        unknown = [SheetRow(name="A", time="7:40.00", total=60, rank=1), SheetRow(name="B", mark="DNF", total=0)]
        assert "DNF" in texts(Sheet(id="s", rulebook="isu-2018", rows=unknown))

    def test_the_unfinished_stand_below_everybody_at_the_line_where_a_place_is_kept_open(self) -> None:
        book = Rulebook(
            id="own", laps=2, sprint_laps=(), intermediate=Scale(1), final=Scale(3), forfeits=False,
            disqualified_at_finish="kept",
        )  # fmt: skip
        race = Race(
            rulebook=book,
            starters=["a", "b", "c", "d"],
            finish=["a", "b", "c"],
            disqualified=["b"],
            unfinished={"d": 1},
        )
        at_line = {way.skater.row.label: way.lanes[-2] for way in drawing._ways(chart(race))}
        assert at_line == {"a": 1, "c": 3, "d": 4, "b": 5}

    def test_marks_and_key_tell_what_there_is_and_nothing_else(self) -> None:
        shown = texts(field(3, sprints={4: ["2", "1", "0"]}))
        assert "isu-2018, 16 laps" in shown
        assert "places in between not known" in shown
        assert not {"0", "▲0", "▼0", "▲ ranked better than across the line, by points", "▼ ranked worse"} & {*shown}
        whole = texts(field(7, sprints={lap: [*"6543210"] for lap in (4, 8, 12)}))
        assert "0" not in whole
        assert "places in between not known" not in whole

    def test_whoever_shares_a_place_is_joined_by_a_bar(self) -> None:
        tied = drawn_bars(field(4, finish=["0", ["1", "2"], "3"], sprints={}))
        assert tied == 2  # across the line, and in the rank
        assert drawn_bars(field(4, sprints={})) == 0

    def test_climbing_is_solid_and_falling_dashed_and_the_cut_makes_them_bold(self) -> None:
        with canvas.settings():
            figure = drawing._figure(chart(load(BEIJING)))
        slopes = {}
        for patch, way in zip(slope_patches(figure), chart(load(BEIJING)).skaters, strict=True):
            slopes[way.row.label] = (patch.get_linewidth(), patch.get_linestyle())
        kramer, silovs = slopes["Sven Kramer"], slopes["Haralds Silovs"]
        quinn, rijhnen, swings = slopes["Ian Quinn"], slopes["Felix Rijhnen"], slopes["Bart Swings"]
        assert kramer[0] > quinn[0] > silovs[0] > rijhnen[0] > swings[0]
        assert kramer[1] == silovs[1] == swings[1] == "solid"
        assert quinn[1] == rijhnen[1] != "solid"

    @pytest.mark.parametrize("as_", ["svg", "png"])
    def test_the_same_race_gives_the_same_bytes(self, as_: str) -> None:
        program = (
            "import hashlib; from massstart import load; from massstart.showing.pictures import draw;"
            f"print(hashlib.sha256(draw(load({BEIJING!r}), {as_!r})).hexdigest())"
        )
        digests = {
            subprocess.run(
                [sys.executable, "-W", "error", "-c", program], check=True, capture_output=True, text=True,
                env=os.environ | {"PYTHONHASHSEED": seed, "LC_ALL": locale},
            ).stdout
            for seed, locale in (("1", "C"), ("2", "C.UTF-8"))
        }  # fmt: skip
        assert len(digests) == 1
        assert len(digests.pop()) == 65

    def test_the_settings_of_the_user_change_nothing_and_are_left_alone(self) -> None:
        plain = draw(field(5))
        with mpl.rc_context({"font.size": 30, "text.usetex": True, "svg.fonttype": "path", "axes.facecolor": "red"}):
            before = user_settings()
            assert draw(field(5)) == plain
            assert user_settings() == before

    def test_another_format_is_refused(self) -> None:
        with pytest.raises(ValueError, match="svg or png, not 'gif'"):
            draw(field(1), "gif")  # type: ignore[arg-type]  # on purpose

    def test_a_missing_library_is_named_with_the_extra(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(sys.modules, "matplotlib", None)
        with pytest.raises(MissingExtra, match=r"pip install 'massstart\[plot\]'"):
            draw(field(1))

    def test_the_library_is_loaded_when_drawing_and_pyplot_never(self) -> None:
        program = (
            "import sys; from massstart import load; from massstart.showing.pictures import draw;"
            "print('matplotlib' in sys.modules);"
            f"draw(load({BEIJING!r})); print('matplotlib' in sys.modules, 'matplotlib.pyplot' in sys.modules)"
        )
        done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
        assert done.stdout == "False\nTrue False\n"


def user_settings() -> dict[str, Any]:
    """All but the backend: to ask for that one is to choose it."""
    return {name: mpl.rcParams[name] for name in mpl.rcParams if name != "backend"}


def boxes_of(shown: Chart) -> list[tuple[str, Any]]:
    with canvas.settings():
        figure = drawing._figure(shown)
        renderer = FigureCanvasAgg(figure).get_renderer()  # type: ignore[no-untyped-call]  # it is untyped
        return [
            (artist.get_text(), artist.get_window_extent(renderer).padded(-1))
            for artist in figure.axes[0].texts
            if artist.get_text()
        ]


def drawn_bars(race: Race) -> int:
    with canvas.settings():
        figure = drawing._figure(chart(race))
    return sum(line.get_linewidth() == 3.0 for line in figure.axes[0].lines)


def slope_patches(figure: Any) -> list[Any]:
    """The lines from the column of the line to that of the rank, a skater each, in rank order."""
    patches = figure.axes[0].patches
    furthest = max(patch.get_path().vertices[-1][0] for patch in patches)
    return [patch for patch in patches if patch.get_path().vertices[-1][0] == furthest]
