"""The places at the Games, rule by rule."""

from typing import Any

import pytest

from massstart import InvalidRecord
from massstart.season import quota
from massstart.season.quota import Quota
from massstart.season.ranking import Standings, StandingsRow


def ranking(*skaters: str) -> Standings:
    """A ranking of skaters such as ``NED``, one a rank; ``=NED`` is tied with the one before."""
    rows: list[StandingsRow] = []
    for number, skater in enumerate(skaters, 1):
        rank = rows[-1].rank if skater.startswith("=") else number
        rows.append(
            StandingsRow(rank=rank, name=f"{skater.strip('=')}{number}", nation=skater.strip("="), total=100 - rank)
        )
    return Standings(rows=rows)


def places(found: Quota) -> str:
    return " ".join(f"{row.place}:{row.name or row.nation}" for row in found)


def kinds(found: Quota) -> list[str]:
    return [warning.kind for warning in found.warnings]


FIVE = ranking("NED", "NED", "NED", "KOR", "ITA", "USA", "KOR", "NED")


def test_places_go_by_the_ranking_under_the_cap_and_so_do_the_reserves() -> None:
    found = quota(FIVE, places=3, reserves=2)
    assert places(found) == "1:NED1 2:NED2 3:KOR4 R1:ITA5 R2:USA6"
    assert [(row.number, row.points) for row in found] == [(1, 99), (2, 98), (1, 96), (1, 95), (1, 94)]
    assert [row.reason for row in found][1:3] == ["2nd in the list, second of NED", "4th in the list, first of KOR"]
    assert [row.is_reserve for row in found] == [False, False, False, True, True]
    assert places(quota(FIVE, places=3, per_nation=1, reserves=4)) == "1:NED1 2:KOR4 3:ITA5 R1:USA6"
    assert len(quota(FIVE, places=3, reserves=0)) == 3


def test_who_is_tied_with_the_last_place_gets_one_as_well() -> None:
    found = quota(ranking("NED", "KOR", "=ITA", "USA"), places=2, reserves=1)
    assert places(found) == "1:NED1 2:KOR2 3:ITA3 R1:USA4"
    assert kinds(found) == ["tie"]
    assert "3 places for 2" in found.warnings[0].message


def test_cap_holds_in_a_tie_and_the_nation_chooses() -> None:
    found = quota(ranking("NED", "=NED", "=NED", "KOR"), places=3, reserves=0)
    assert places(found) == "1:NED1 2:NED2 3:KOR4"
    assert {warning.message for warning in found.warnings} == {
        "NED1 and NED3 of NED are tied, and the cap leaves room for fewer",
        "NED2 and NED3 of NED are tied, and the cap leaves room for fewer",
    }


def test_tie_of_reserves_names_all_of_them() -> None:
    assert places(quota(ranking("NED", "KOR", "=ITA"), places=1, reserves=1)) == "1:NED1 R1:KOR2 R2:ITA3"


def test_places_that_nobody_can_fill_are_warned_of() -> None:
    assert kinds(quota(FIVE, places=20)) == ["unfilled"]


class TestHost:
    def test_host_with_a_place_gets_no_other(self) -> None:
        assert quota(FIVE, places=3, host="KOR") == quota(FIVE, places=3)

    def test_host_without_a_place_gets_the_last_one(self) -> None:
        found = quota(FIVE, places=3, reserves=2, host="USA")
        assert places(found) == "1:NED1 2:NED2 3:USA6 R1:KOR4 R2:ITA5"
        assert found.rows[2].reason == "6th in the list, first of USA, the place of the host"

    def test_host_without_a_skater_in_the_ranking(self) -> None:
        row = quota(FIVE, places=3, host="FRA").rows[2]
        assert (row.name, row.nation, row.points, row.reason) == (
            None, "FRA", None, "not in the list, first of FRA, the place of the host",
        )  # fmt: skip
        assert places(quota(ranking("NED"), places=3, host="FRA")) == "1:NED1 2:FRA"

    def test_host_that_gives_its_place_back_passes_it_on(self) -> None:
        found = quota(FIVE, places=3, reserves=1, host="USA", given_back=["USA"])
        assert places(found) == "1:NED1 2:NED2 3:KOR4 R1:ITA5"


class TestGivenBack:
    def test_the_last_place_of_the_nation_goes_and_the_next_moves_up(self) -> None:
        found = quota(FIVE, places=3, reserves=2, given_back=["NED"])
        assert places(found) == "1:NED1 2:KOR4 3:ITA5 R1:USA6 R2:KOR7"
        assert [row.reason for row in found][1:3] == [
            "4th in the list, first of KOR", "5th in the list, first of ITA, in a place that NED gives back",
        ]  # fmt: skip

    def test_nation_takes_no_other_place_and_no_reserve(self) -> None:
        found = quota(FIVE, places=4, reserves=4, given_back=["KOR"])
        assert places(found) == "1:NED1 2:NED2 3:ITA5 4:USA6"

    def test_several_in_their_order_and_a_place_that_was_passed_on(self) -> None:
        found = quota(FIVE, places=3, reserves=1, given_back=["NED", "NED", "ITA"])
        assert places(found) == "1:KOR4 2:USA6 3:KOR7"
        assert [row.reason.rpartition(", ")[2] for row in found] == [
            "first of KOR", "in a place that NED gives back", "in a place that ITA gives back",
        ]  # fmt: skip
        assert quota(FIVE, places=3, given_back="NED") == quota(FIVE, places=3, given_back=["NED"])

    def test_a_place_that_nobody_holds_is_refused(self) -> None:
        with pytest.raises(InvalidRecord) as caught:
            quota(FIVE, places=3, given_back=["USA", "KOR", "KOR"])
        assert [(one.kind, one.where) for one in caught.value.problems] == [
            ("given-back", "given_back[0]"), ("given-back", "given_back[2]"),
        ]  # fmt: skip


@pytest.mark.parametrize(
    ("options", "where"),
    [({"places": 0}, "places"), ({"per_nation": True}, "per_nation"), ({"reserves": -1}, "reserves")],
)
def test_numbers_that_cannot_be_are_refused(options: dict[str, Any], where: str) -> None:
    with pytest.raises(InvalidRecord) as caught:
        quota(FIVE, **options)
    assert [(one.kind, one.where) for one in caught.value.problems] == [("type", where)]


def test_skater_without_a_nation_is_refused() -> None:
    with pytest.raises(InvalidRecord) as caught:
        quota(Standings(rows=[StandingsRow(rank=1, total=3), StandingsRow(rank=2, nation="NED", total=2)]))
    assert [(one.kind, one.where) for one in caught.value.problems] == [("missing-fact", "rows[0].nation")]
    assert "the skater in 1st place has no nation" in str(caught.value)


def test_what_is_carried_along() -> None:
    found = quota(Standings(rows=FIVE.rows, id="x", event="men", date="2025-11-23", sources=["here"]), places=3)
    assert (found.id, found.title, found.date, found.event, found.sources) == (
        "olympic-quota-from-x", "Places at the Games by World Cup points, mass start men", "2025-11-23", "men", ("here",),
    )  # fmt: skip
    assert quota(FIVE).id is None


class TestNations:
    """Nations are compared without case and blanks, and a host that nobody skates for is warned of."""

    MIXED = ranking("NED", "ned", " Ned", "kor", "ITA", "usa")

    def test_cap_counts_a_nation_however_it_is_written(self) -> None:
        found = quota(self.MIXED, places=3, reserves=1)
        assert [(row.place, row.nation, row.number) for row in found] == [
            ("1", "NED", 1), ("2", "NED", 2), ("3", "KOR", 1), ("R1", "ITA", 1),
        ]  # fmt: skip

    @pytest.mark.parametrize("code", ["USA", "usa", " Usa\u00a0"])
    def test_host_and_place_given_back(self, code: str) -> None:
        found = quota(self.MIXED, places=3, host=code)
        assert (places(found).split()[2], kinds(found)) == ("3:usa6", [])
        assert places(quota(self.MIXED, places=5, reserves=0, given_back=code)) == "1:NED1 2:ned2 3:kor4 4:ITA5"

    def test_host_whom_nobody_skates_for_is_warned_of(self) -> None:
        (warning,) = quota(FIVE, places=3, host="fra").warnings
        assert (warning.kind, warning.where) == ("host", "host")
        assert "FRA" in warning.message

    @pytest.mark.parametrize("wrong", [5, " ", ""])
    def test_what_is_not_a_nation_is_refused(self, wrong: Any) -> None:
        with pytest.raises(InvalidRecord) as caught:
            quota(FIVE, host=wrong, given_back=["NED", wrong])
        assert [(one.kind, one.where) for one in caught.value.problems] == [("type", "host"), ("type", "given_back[1]")]


@pytest.mark.parametrize("wrong", [None, [], "standings", FIVE.rows])
def test_what_is_not_a_ranking_is_refused(wrong: Any) -> None:
    with pytest.raises(TypeError, match=r"quota takes a season ranking, such as standings\(\.\.\.\) makes it, and not"):
        quota(wrong)
