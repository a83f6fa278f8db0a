"""A season ranking and the places at the Games, as tables."""

import pytest
from made import ranking, season

from massstart import show
from massstart.season import quota
from massstart.season.ranking import Standings, StandingsRow
from massstart.showing.model import table


def csv_of(value: Standings) -> list[str]:
    return show(value, "csv").splitlines()


class TestSeason:
    def test_every_row_has_its_points_and_its_total(self) -> None:
        value = season()
        shown = table(value)
        assert [column.heading for column in shown.columns] == ["Rnk", "Name", "Nat", "1", "2", "Total"]
        for row, line in zip(value, shown.lines, strict=True):
            texts = [row.rank, row.name, row.nation, *row.points, row.total]
            assert [cell.text for cell in line.cells] == ["" if text is None else str(text) for text in texts]

    def test_no_start_is_a_blank_and_no_points_a_nought(self) -> None:
        assert csv_of(ranking((60, 0), (None, 48))) == ["Rnk,Name,Nat,1,2,Total", "1,S1,NED,60,0,60", "2,S2,NED,,48,48"]

    def test_a_long_season_shows_totals_only(self) -> None:
        assert csv_of(ranking((1,) * 8))[0] == "Rnk,Name,Nat,1,2,3,4,5,6,7,8,Total"
        assert csv_of(ranking((1,) * 9)) == ["Rnk,Name,Nat,Total", "1,S1,NED,9"]

    def test_a_published_ranking_may_hold_totals_only_for_some(self) -> None:
        rows = (StandingsRow(rank=1, name="A", points=(60,), total=60), StandingsRow(rank=2, name="B", total=48))
        assert csv_of(Standings(rows=rows)) == ["Rnk,Name,1,Total", "1,A,60,60", "2,B,,48"]

    def test_ties_that_were_broken_and_warnings_stand_below(self) -> None:
        remarks = table(season()).remarks
        assert remarks[0] == "5th Jordan STOLZ, ahead of Antoine GÉLINAS-BEAULIEU by the latest race (48 against 26)"
        assert sum(remark.startswith("warning: ") for remark in remarks) == len(season().warnings)

    def test_each_rank_has_its_reason_on_demand(self) -> None:
        value = season()
        assert [line.reason for line in table(value, reasons=True).lines] == [value.reason(row) for row in value]
        assert not any(line.reason for line in table(value).lines)

    @pytest.mark.parametrize(
        ("given", "title"),
        [
            ({}, "Season ranking"),
            ({"title": "As published", "event": "men"}, "As published"),
            ({"event": "men"}, "men"),
        ],
    )
    def test_its_title_is_the_one_it_was_given(self, given: dict[str, str], title: str) -> None:
        assert table(ranking((60,), **given)).title == title

    def test_nobody_at_all_is_an_empty_table(self) -> None:
        assert csv_of(Standings(rows=())) == ["Rnk,Total"]


class TestPlaces:
    def test_places_and_reserves_have_their_reasons(self) -> None:
        value = quota(season(), host="NZL", given_back=["NED"])
        shown = table(value)
        assert [column.heading for column in shown.columns] == ["Place", "Name", "Nat", "Points", "Why"]
        for row, line in zip(value, shown.lines, strict=True):
            assert [cell.text for cell in line.cells] == [
                row.place, row.name, row.nation, str(row.points), row.reason,
            ]  # fmt: skip

    def test_the_cap_that_leaves_places_empty_is_warned_of_in_every_format(self) -> None:
        value = quota(season(), per_nation=1, places=90)
        for as_ in ("text", "markdown", "html"):
            assert "can be filled under the cap of 1" in show(value, as_).replace("\n", " ")

    def test_a_host_without_a_skater_has_a_place_without_a_name(self) -> None:
        value = quota(season(), host="XXX")
        line = table(value).lines[23]
        assert (line.label, [cell.text for cell in line.cells[:4]]) == ("XXX", ["24", "", "XXX", ""])
