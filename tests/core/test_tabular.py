"""Everything that has rows gives them as flat dicts, and shows them in a notebook."""

from html.parser import HTMLParser
from typing import Any

import pytest
from chancesamples import CALIBRATION, CHANCES, COMPARISON, COURSE, STRENGTHS

from massstart import Race, Sheet, SheetRow, Starter, Underway, advance, load, rank, verify
from massstart.event import Event
from massstart.live import outlook
from massstart.season import quota, standings
from massstart.tabular import Tabular

SEMIFINAL = load("beijing-2022-men-semifinal-1", Sheet)
DIVISION = load("wc-2025-26-1-men-division-a", Sheet)
SEASON = standings([load(f"wc-2025-26-{number}-men-division-{name}", Sheet) for number in (1, 2) for name in "ab"])
EVENT = Event(
    semifinals=[load(f"pyeongchang-2018-men-semifinal-{number}", Sheet) for number in (1, 2)],
    final=load("pyeongchang-2018-men-final", Sheet),
)

VALUES: dict[str, tuple[Tabular, int, str]] = {
    "result": (rank(SEMIFINAL), 15, "Sven Kramer"),
    "sheet": (DIVISION, 24, "Jorrit BERGSMA"),
    "verification": (verify(DIVISION), 1, "4th is worth 43"),
    "season ranking": (SEASON, 48, "Jorrit BERGSMA"),
    "places": (quota(SEASON), 32, "first of NED"),
    "start list": (advance(SEMIFINAL), 15, "Bart Swings"),
    "overall ranking": (EVENT.overall(), 24, "Haralds Silovs"),
    "chances": (CHANCES, 3, "assumed: a model of one's own: toss"),
    "comparison": (COMPARISON, 1, "attack: somebody else goes through in 42.0% of the races"),
    "course": (COURSE, 6, "warning: strengths: no strength is known of Bo"),
    "strengths": (STRENGTHS, 2, "Bo"),
    "calibration": (CALIBRATION, 1, "from 9 skaters in 2 races of 2 competitions"),
    "outlook": (outlook(Underway(rulebook="isu-2018", starters=["a", "b"])), 2, "Through, whatever happens"),
}


class Texts(HTMLParser):
    """The texts of a page, and how many elements of each name it has."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.elements: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        assert not attrs
        self.elements.append(tag)

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


@pytest.mark.parametrize("name", VALUES)
def test_rows_are_flat_and_a_notebook_shows_them(name: str) -> None:
    value, number, text = VALUES[name]
    rows = value.to_rows()
    assert len(rows) == number
    assert len({tuple(row) for row in rows}) == 1
    assert all(isinstance(cell, str | int | float | bool | None) for row in rows for cell in row.values())
    page = Texts(value._repr_html_())
    assert page.elements.count("tr") == number + 1
    assert any(text in one for one in page.texts)


def test_rows_of_reserves_and_of_races_follow_the_others() -> None:
    assert [row["is_reserve"] for row in advance(SEMIFINAL).to_rows()] == [False] * 8 + [True] * 7
    assert SEASON.to_rows()[0] == {
        "rank": 1, "name": "Jorrit BERGSMA", "nation": "NED", "R1": 60, "R2": 34, "total": 94,
    }  # fmt: skip
    silovs = next(row for row in EVENT.overall().to_rows() if row["name"] == "Haralds Silovs")
    assert (silovs["rank"], silovs["is_finalist"], silovs["semifinal_rank"]) == (17, False, 9)


def test_finalist_before_the_final_has_no_status_and_keeps_the_semifinal() -> None:
    waiting = Event(semifinals=EVENT.semifinals).overall().to_rows()[0]
    assert (waiting["rank"], waiting["status"], waiting["semifinal_rank"]) == (None, None, 1)


def test_hostile_names_stay_texts_and_empty_columns_are_left_out() -> None:
    name = "<script>alert('x')</script>\x1b[31m"
    race = Race(rulebook="isu-2018", starters=[Starter("4", name)], finish=["4"], id="<i>")
    page = Texts(rank(race)._repr_html_())
    assert "<script>alert('x')</script>\ufffd[31m" in page.texts
    assert "Result of <i>" in page.texts
    assert not {"script", "i"}.intersection(page.elements)
    assert not {"nation", "time", "seconds", "qualified"}.intersection(page.texts)


def test_warnings_and_what_was_not_checked_stand_below() -> None:
    race = Race(rulebook="isu-2018", starters=["a"], finish=["a"])
    warned = Texts(rank(race)._repr_html_()).texts
    assert [text for text in warned if text.startswith("warning: ")] == [f"warning: {one}" for one in race.warnings]
    page = Texts(
        verify(Sheet(id="demo", rulebook="isu-2018", rows=[SheetRow(rank=1, total=60)], complete=False))._repr_html_()
    )
    assert "table" not in page.elements
    assert page.texts[0] == "demo: consistent"
    assert "assumed: the full distance for those whose laps are not printed: row 1" in page.texts
    assert any(text.startswith("not checked: total: ") for text in page.texts)
