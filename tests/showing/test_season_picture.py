"""The picture of a season: what it shows, and that it is safe and drawn alike everywhere."""

import sys
from xml.etree import ElementTree

import pytest
from command import under_two_hash_seeds
from made import MEN, ranking, season

from massstart import show
from massstart.problems import MissingExtra
from massstart.season.ranking import Standings, StandingsRow
from massstart.showing.pictures import canvas
from massstart.showing.pictures.season import SHOWN, draw_season, notes, ranks_after

pytestmark = pytest.mark.slow


def texts(value: Standings) -> list[str]:
    root = ElementTree.fromstring(draw_season(value))  # noqa: S314  # our own output
    return ["".join(element.itertext()) for element in root.iter("{http://www.w3.org/2000/svg}text")]


class TestRanks:
    def test_ranks_after_the_first_competition_are_those_of_its_own_ranking(self) -> None:
        first = {row.name: row.rank for row in season(after=1)}
        value = season()
        earlier, last = ranks_after(value)
        assert last == tuple(row.rank for row in value)
        assert sum(rank is not None for rank in earlier) > SHOWN
        for row, rank in zip(value, earlier, strict=True):
            assert rank == (first.get(row.name) if row.points[0] is not None else None)

    def test_the_tied_share_a_rank_and_who_has_not_started_has_none(self) -> None:
        assert ranks_after(ranking((48, 60), (48, 40), (40, 43), (None, 54))) == ((1, 1, 3, None), (1, 2, 3, 4))

    def test_the_latest_race_so_far_breaks_a_tie(self) -> None:
        assert ranks_after(ranking((48, 60, 60), (60, 48, 48)))[1] == (1, 2)

    def test_a_ranking_of_totals_alone_has_its_ranks_alone(self) -> None:
        rows = (StandingsRow(rank=1, name="A", total=60), StandingsRow(rank=2, name="B", total=48))
        value = Standings(rows=rows, after=2)
        assert ranks_after(value) == ((1, 2),)
        assert notes(value) == ("The points of the single competitions are not known of every skater.",)
        assert {"Rank", "A", "B", "60", "48"} <= {*texts(value)}


class TestPicture:
    def test_the_first_are_drawn_and_a_note_counts_the_rest(self) -> None:
        value = season()
        shown = texts(value)
        assert [row.name in shown for row in value] == [True] * SHOWN + [False] * (len(value) - SHOWN)
        assert {"After 1", "After 2", ">24", "94"} <= {*shown}
        assert any(f"The first 24 of {len(value)} skaters are shown" in text for text in shown)
        assert shown[0].startswith("2025-26 ISU Speed Skating World Cup")
        assert (shown.count(">24"), "24" in shown) == (1, True)
        assert notes(value)[1] == (
            "The ranks after earlier competitions follow from the points of the skaters in this ranking."
        )

    def test_a_short_ranking_needs_no_such_note(self) -> None:
        assert not any("are shown" in note for note in notes(ranking((60, 48), (48, 0))))
        assert draw_season(Standings(rows=()), "png").startswith(b"\x89PNG")

    def test_points_stand_in_circles_and_none_at_all_is_a_dot(self) -> None:
        shown = texts(ranking((60, 48), (None, 43), (31, 0)))
        circles = [text for text in shown if text in ("60", "48", "43", "31")]
        assert sorted(circles) == ["31", "31", "43", "43", "48", "60"]  # with two totals
        assert "0" not in shown

    def test_climbing_is_solid_and_falling_dashed(self) -> None:
        value = ranking((48, 60, 1), (60, 31, 1), (31, 24, 1))
        with canvas.settings():
            from massstart.showing.pictures.season import _paint

            figure = canvas.painted(lambda axes, measure: _paint(axes, value, "t", measure))
        looks = [(patch.get_linestyle() == "solid", patch.get_edgecolor()) for patch in figure.axes[0].patches]
        assert [solid for solid, _ in looks] == [True, True, False, True, True, True]
        assert len({colour for _, colour in looks}) == 3

    def test_hostile_names_are_safe_and_told(self) -> None:
        names = ("$x^2$", "<script>", "W" * 60, "b\x00c\nd", "김보름")
        value = ranking((60,), (48,), (43,), (40,), (38,), names=names)
        shown = texts(value)
        assert {"$x^2$", "<script>", "W" * 31 + "…", "b\ufffdc d", "김보름"} <= {*shown}
        assert "W" * 60 in draw_season(value).decode()
        assert draw_season(value, "png")

    def test_the_same_season_gives_the_same_bytes(self) -> None:
        program = (
            "import hashlib; from massstart import load; from massstart.season import standings;"
            "from massstart.showing.pictures.season import draw_season;"
            f"print(hashlib.sha256(draw_season(standings(map(load, {MEN!r})))).hexdigest())"
        )
        assert len(under_two_hash_seeds(program)) == 1

    def test_show_draws_it_and_other_formats_are_refused(self) -> None:
        value = ranking((60,), (48,))
        assert show(value, "svg").encode() == draw_season(value)
        with pytest.raises(ValueError, match="svg or png"):
            draw_season(value, "gif")  # type: ignore[arg-type]  # on purpose

    def test_a_missing_library_is_named_with_the_extra(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(sys.modules, "matplotlib", None)
        with pytest.raises(MissingExtra, match=r"pip install 'massstart\[plot\]'"):
            draw_season(season())
