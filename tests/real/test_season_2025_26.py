"""The World Cup of 2025/26 after two competitions: the official ranking of the women, the Olympic places of the men."""

import json
import re
import unicodedata
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from massstart import Sheet, dumps, load, loads
from massstart.season import quota, standings
from massstart.season.ranking import Standings

FOLDER = Path(__file__).parent / "standings"
WOMEN = "world-cup-2025-26-women-after-2"
MEN = "olympic-quota-2026-men-after-2"


def official(id: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((FOLDER / f"{id}.json").read_text("utf-8"))
    return found


def sheets(event: str) -> list[Sheet]:
    found = [load(f"wc-2025-26-{number}-{event}-division-{division}") for number in (1, 2) for division in "ab"]
    return [sheet for sheet in found if isinstance(sheet, Sheet)]


def season(event: str) -> Standings:
    return standings(sheets(event))


def plain(name: str | None) -> str:
    return unicodedata.normalize("NFC", (name or "").casefold())


def family_name(name: str | None) -> str:
    """The last word: the official list of the men writes Albertus (Bart) Hoolwerf for Bart HOOLWERF."""
    return plain(name).split()[-1]


def test_the_official_ranking_of_the_women_is_reproduced_row_by_row() -> None:
    due = official(WOMEN)["rows"]
    found = season("women").rows
    assert len(due) == 32
    for row, mine in zip(due, found, strict=False):
        assert (mine.rank, plain(mine.name), mine.nation) == (row["rank"], plain(row["name"]), row["nation"])
        assert (list(mine.points), mine.total) == (row["points"], row["total"])
    assert len(found) == 40
    assert found[32].total < due[-1]["total"]


def test_the_official_olympic_places_of_the_men_are_reproduced_all_24_and_8_reserves() -> None:
    due = official(MEN)["rows"]
    found = quota(season("men")).rows
    assert len(due) == 24 + 8
    for row, mine in zip(due, found, strict=True):
        assert (mine.place, mine.nation, mine.number, mine.points) == (
            row["place"], row["nation"], row["number"], row["points"],
        )  # fmt: skip
        assert family_name(mine.name) == family_name(row["name"])
    assert found[23].reason == "24th in the list, second of ITA"


def test_places_follow_from_the_official_ranking_as_from_the_sheets() -> None:
    published = quota(load(FOLDER / f"{WOMEN}.json", Standings))
    own = quota(season("women"))
    assert [(row.place, plain(row.name)) for row in published] == [(row.place, plain(row.name)) for row in own]


@pytest.mark.parametrize("event", ["women", "men"])
def test_the_order_of_the_sheets_does_not_matter_nor_do_the_warnings_depend_on_it(event: str) -> None:
    expected = season(event)
    for order in permutations(sheets(event)):
        found = standings(order)
        assert found == expected
        assert found.warnings == expected.warnings


def test_the_table_counts_where_the_print_differs_and_the_print_is_warned_of() -> None:
    found = season("men")
    michael = next(row for row in found if row.name == "Peter MICHAEL")
    assert (michael.points, michael.total) == ((19, 12), 31)
    assert [(warning.kind, warning.where) for warning in found.warnings] == [
        ("world-cup-points", "wc-2025-26-1-men-division-a"), ("world-cup-points", "wc-2025-26-2-men-division-b"),
    ]  # fmt: skip


def test_who_starts_in_both_divisions_keeps_the_better_points() -> None:
    rows = {row.name: row for row in season("women")}
    assert rows["Jeannine ROSNER"].points[0] == 25  # second of Division B (19), 16th of Division A
    rows = {row.name: row for row in season("men")}
    assert rows["Ethan CEPURAN"].points == (17, 32)


def test_numbers_that_passed_from_one_skater_to_another_do_not_join_them() -> None:
    rows = {row.name: row.points for row in season("women")}
    # Number 254 of GER at the first competition is the one, at the second the other.
    assert (rows["Josephine SCHLÖRB"], rows["Josie HOFMANN"]) == ((32, 25), (22, 27))


def test_ties_of_the_men_are_broken_by_the_best_race_and_then_by_the_latest() -> None:
    found = season("men")
    assert [row.total for row in found.rows[4:8]] == [74] * 4
    assert found.reason(found.rows[4]).endswith("ahead of Antoine GÉLINAS-BEAULIEU by the latest race (48 against 26)")
    assert "behind Bart SWINGS by the best single race (43 against 40)" in found.reason(found.rows[7])


def test_disqualified_skater_has_no_points_and_an_unfinished_one_those_of_the_rank() -> None:
    rows = {row.name: row.points for row in season("men")}
    assert rows["Daniele DI STEFANO"] == (32, 0)
    rows = {row.name: row.points for row in season("women")}
    assert rows["Aurora Grinden LØVÅS"] == (18, 34)


def test_standings_after_one_competition() -> None:
    found = standings(sheets("women"), after=1)
    assert (found.id, found.after, found.date) == ("world-cup-2025-26-women-after-1", 1, "2025-11-16")
    assert [(row.name, row.points) for row in found.rows[:2]] == [("Mia MANGANELLO", (60,)), ("Valerie MALTAIS", (54,))]
    assert found == standings(sheets("women")[:2])


def test_one_division_alone_is_a_season_and_rows_without_a_name_are_warned_of() -> None:
    sheet = load("wc-2015-16-2-women-division-a")
    assert isinstance(sheet, Sheet)
    found = standings([sheet])
    assert [row.total for row in found] == [row.world_cup_points for row in sheet.rows]
    assert found.id == "world-cup-2015-16-women-after-1"
    assert [warning.kind for warning in found.warnings] == ["no-name"]


def test_json_has_the_keys_of_the_official_files() -> None:
    for written, due in ((dumps(season("women")), official(WOMEN)), (dumps(quota(season("men"))), official(MEN))):
        found = json.loads(written)
        # The date is carried along, so that what is written reads back the same.
        assert [key for key in found if key != "date" or key in due] == list(due)
        assert [list(row) for row in found["rows"][:32]] == [list(row) for row in due["rows"]]


def test_the_copies_are_what_was_published(shared_standings: Path) -> None:
    published = sorted(shared_standings.glob("*.json"))
    assert {path.stem for path in published} == {path.stem for path in FOLDER.glob("*.json")} == {WOMEN, MEN}
    for path in published:
        found = json.loads(path.read_text("utf-8"))
        if path.stem == WOMEN:
            # The names were stored with their bytes taken for code page 437.
            assert any(re.search("[├┬]", row["name"]) for row in found["rows"])
            for row in found["rows"]:
                row["name"] = row["name"].encode("cp437").decode()
        assert found == official(path.stem)


def test_the_eight_sheets_beside_the_project_give_the_same(shared_results: Path) -> None:
    for event in ("women", "men"):
        texts = [path.read_text("utf-8") for path in shared_results.glob(f"wc-2025-26-*-{event}-*.json")]
        found = [sheet for sheet in map(loads, texts) if isinstance(sheet, Sheet)]
        assert len(found) == 4
        assert standings(found) == season(event)
