"""What is shown of results, sheets, verifications and start lists, and how each format writes it."""

import csv
import sys
from io import StringIO
from typing import Any

import pytest
from attrs import evolve
from made import sheet
from pages import HOSTILE, Page, markdown_page
from rich.console import Console

from massstart import (
    InvalidRecord,
    Race,
    Sheet,
    SheetRow,
    Starter,
    UnknownName,
    advance,
    archive,
    loads,
    rank,
    show,
    verify,
)
from massstart import load as load_any
from massstart.live import Underway, outlook
from massstart.problems import MissingExtra
from massstart.season.ranking import Standings, StandingsRow
from massstart.showing.formats import FORMATS, Format, picture
from massstart.showing.model import table
from massstart.showing.model.cells import Cell, Table, sentence
from massstart.showing.model.results import finding_text
from massstart.showing.terminal.tables import show as write
from massstart.tabular import clean
from massstart.verification import Finding, Verification

KRAMER = "beijing-2022-men-semifinal-1"
RACE = Race(
    rulebook="isu-2024",
    competition="Club <races>",
    starters=[Starter("1", "Ann", "NED"), *"23456789"],
    sprints={4: ["5", "2", "7"], 8: ["4", "5", "1"], 12: ["2", "3", "1"]},
    finish=[["1", "2"], "3", "4", "7", "8"],
    times={"1": "7:40.10"},
    lapped=["4"],
    unfinished={"5": (9, "5:24.53")},
    disqualified={"6": "257.4.5"},
    did_not_start=["9"],
    advance=2,
    advanced={"3": "hindered by 6"},
)


def load(id: str) -> Sheet:
    found = load_any(id)
    assert isinstance(found, Sheet)
    return found


def column(shown: Table, key: str) -> list[str]:
    at = [column.key for column in shown.columns].index(key)
    return [line.cells[at].shown for line in shown.lines]


def one_through() -> Any:
    return advance(rank(Race(rulebook="isu-2018", starters=[*"ab"], finish=[*"ab"])), advance=1)


class TestResult:
    shown = table(rank(RACE), reasons=True)

    def test_there_is_a_column_for_each_sprint_and_each_fact_that_is_known(self) -> None:
        assert [column.heading for column in self.shown.columns] == [
            "Rnk", "Id", "Name", "Nat", "Laps", "S1", "S2", "S3", "S4", "Total", "Line", "Time", "Status", "Q",
        ]  # fmt: skip

    def test_columns_in_which_nothing_stands_are_left_out_but_never_a_sprint(self) -> None:
        plain = table(rank(Race(rulebook="isu-2018-junior", starters=[], finish=[])))
        assert [column.heading for column in plain.columns] == ["Rnk", "S1", "S2", "S3"]
        assert plain.legend == (("S3", "the final sprint"),)

    def test_forfeited_points_stand_in_brackets_and_those_that_count_do_not(self) -> None:
        assert column(self.shown, "sprints[1]") == ["", "1", "", "", "", "(3)", "(2)", ""]
        assert column(self.shown, "total") == ["65", "62", "22", "7", "3", "0", "0", "0"]
        assert ("( )", "points won that do not count") in self.shown.legend

    def test_points_of_an_unfinished_skater_who_keeps_them_are_not_marked(self) -> None:
        kept = table(rank(evolve(RACE, rulebook="isu-2018")))
        assert column(kept, "sprints[1]")[-2] == "2"

    def test_shared_places_are_marked_but_no_place_that_nobody_shares(self) -> None:
        assert column(self.shown, "finish") == ["1=", "1=", "3", "5", "6", "4", "", ""]
        assert column(self.shown, "rank") == ["1", "2", "3", "4", "5", "6", "7", ""]
        tied = table(rank(Race(rulebook="isu-2018", starters=[*"abc"], finish=["a", ["b", "c"]])))
        assert column(tied, "rank") == ["1", "2=", "2="]
        assert ("=", "shared, in a dead heat") in tied.legend

    def test_who_goes_on_and_how_the_race_ended_is_told_and_explained(self) -> None:
        assert column(self.shown, "qualified") == ["Q", "Q", "q", "", "", "", "", ""]
        assert column(self.shown, "status") == ["", "", "", "", "", "LAP", "DNF", "DQ"]
        assert column(self.shown, "laps") == ["", "", "", "", "", "", "9", ""]
        signs = [sign for sign, _ in self.shown.legend]
        assert signs == ["S4", "Line", "( )", "=", "?", "LAP", "DNF", "DQ", "Q", "q"]

    def test_reasons_are_those_of_the_result_and_only_there_when_asked_for(self) -> None:
        assert [line.reason for line in self.shown.lines] == [*rank(RACE).reasons]
        assert {line.reason for line in table(rank(RACE)).lines} == {""}

    def test_warnings_stand_below(self) -> None:
        warning, *_ = table(
            rank(Race(rulebook="isu-2018", starters=[*"ab"], sprints={4: ["a"]}, finish=[*"ab"]))
        ).remarks
        assert warning.startswith("warning: sprints.4: ")

    def test_what_a_sheet_does_not_tell_is_a_question_mark_that_is_explained(self) -> None:
        shown = table(rank(load(KRAMER)))
        assert column(shown, "sprints[0]")[1] == "?"
        assert ("?", "not known") in shown.legend
        laps = table(rank(load("wsd-2023-men-semifinal-1")))
        assert "?" in column(laps, "laps")

    def test_name_that_looks_like_a_sign_needs_no_legend(self) -> None:
        named = table(rank(Race(rulebook="isu-2018", starters=[Starter("?", "DNF", "(N)")], finish=["?"])))
        assert [sign for sign, _ in named.legend] == ["S4", "Line"]

    def test_title_says_which_race_it_is(self) -> None:
        assert self.shown.title == "Club <races>, isu-2024, 16 laps"

    def test_guests_stand_apart(self) -> None:
        shown = table(rank(Race(rulebook="isu-2018", starters=[*"abc"], finish=[*"abc"], guests=["b"])))
        assert [(group.heading, [line.label for line in group.lines]) for group in shown.groups] == [
            ("", ["a", "c"]), ("Out of competition, by the order across the line (assumed):", ["b"]),
        ]  # fmt: skip


class TestSheet:
    def test_sheet_is_shown_as_printed_and_not_as_ranked(self) -> None:
        shown = table(sheet(SheetRow(rank=5, bib="7", name="A", total=3), SheetRow(rank=1, name="B", mark="DNF")))
        assert [column.heading for column in shown.columns] == ["Rnk", "Nr", "Name", "Total", "Status"]
        assert [[cell.shown for cell in line.cells] for line in shown.lines] == [
            ["5", "7", "A", "3", ""], ["1", "", "B", "", "DNF"],
        ]  # fmt: skip
        assert shown.legend == (("DNF", "did not finish"),)

    def test_no_points_in_a_sprint_are_a_blank_as_on_official_sheets(self) -> None:
        shown = table(sheet(SheetRow(rank=1, sprints=[0, 3, 0, 60]), SheetRow(rank=2)))
        assert [[cell.text for cell in line.cells] for line in shown.lines] == [
            ["1", "", "3", "", "60"], ["2", "", "", "", ""],
        ]  # fmt: skip

    def test_replaced_world_cup_points_are_printed_with_their_mark(self) -> None:
        row = SheetRow(rank=1, world_cup_points=44, world_cup_replaced=True)
        shown = table(sheet(row, SheetRow(rank=2, world_cup_points=40), SheetRow(rank=3, world_cup_replaced=True)))
        assert column(shown, "world_cup_points") == ["(N)44", "40", ""]
        assert shown.legend == (("(N)", "in place of the points of another division on the day"),)

    def test_mark_means_the_next_round_only_where_there_is_one(self) -> None:
        row = SheetRow(rank=1, qualified="Q")
        assert table(sheet(row)).legend == ()
        assert table(sheet(row, advance=8)).legend == (("Q", "marked as through to the next round"),)

    def test_missing_rows_and_sources_are_named_below(self) -> None:
        assert table(sheet(SheetRow(rank=1), complete=False, sources=["somewhere"])).remarks == (
            "rows are missing", "source: somewhere",
        )  # fmt: skip

    def test_reasons_follow_from_the_facts_of_the_sheet(self) -> None:
        shown = table(load(KRAMER), reasons=True)
        assert shown.lines[6].reason.startswith("7th: 3 points (sprint 2: 3); ninth across the line")

    def test_who_did_not_start_has_no_reason(self) -> None:
        shown = table(
            sheet(SheetRow(rank=1, name="A", total=60, time="7:40.00"), SheetRow(name="B", mark="DNS")), reasons=True
        )
        assert [bool(line.reason) for line in shown.lines] == [True, False]

    def test_sheet_that_does_not_settle_its_order_has_no_reasons(self) -> None:
        with pytest.raises(InvalidRecord, match="missing-fact"):
            table(load("beijing-2022-men-semifinal-2"), reasons=True)


class TestVerification:
    def test_finding_stands_at_its_cell_with_what_is_expected_and_a_footnote(self) -> None:
        shown = table(verify(load("wc-2025-26-1-men-division-a")))
        assert column(shown, "world_cup_points")[2:5] == ["48", "(N)44 \u2192 43 [1]", "40"]
        assert shown.notes == ("world-cup-points: row 4: 4th is worth 43 (printed 44, expected 43)",)
        assert ("\u2192", "what is printed, then what the rules give") in shown.legend
        assert shown.remarks[0] == "1 finding"
        assert "not checked: qualified: nobody goes on from here" in shown.remarks

    def test_consistent_sheet_is_shown_with_what_was_assumed(self) -> None:
        shown = table(verify(load("wsd-2023-men-semifinal-1")))
        assert (shown.notes, shown.remarks[0]) == ((), "consistent")
        assert shown.remarks[1].startswith("assumed: Ryosuke Tsuchiya: unfinished")

    @pytest.mark.parametrize("id", archive())
    def test_every_finding_on_the_bundled_sheets_has_its_place(self, id: str) -> None:
        report = verify(load(id))
        shown = table(report)
        placed = [number for line in shown.lines for cell in line.cells for number in cell.notes]
        placed += [number for column in shown.columns for number in column.notes]
        assert sorted(placed) == [*range(1, len(report.findings) + 1)]

    def test_finding_about_a_whole_column_stands_at_its_heading(self) -> None:
        rows = [SheetRow(rank=1, name="A", laps=16, sprints=(3, 0, 0, 60), total=64, time="7:40.00")]
        shown = table(verify(sheet(*rows, SheetRow(rank=2, name="B", laps=16, sprints=(2, 3, 3, 40), total=48))))
        assert [column.shown for column in shown.columns if column.notes] == ["S2 [2]", "S3 [3]"]
        assert column(shown, "total")[0] == "64 \u2192 63 [1]"

    def test_finding_about_the_sheet_as_a_whole_is_a_footnote_alone(self) -> None:
        rows = [SheetRow(rank=1, name="A", total=60, time="7:40.00")]
        shown = table(verify(sheet(*rows, starters=2)))
        number = 1 + shown.notes.index("field: 2 started, 1 have a row (printed 1, expected 2)")
        assert not any(number in cell.notes for line in shown.lines for cell in line.cells)
        assert not any(number in column.notes for column in shown.columns)

    def test_column_appears_when_something_is_missing_from_it(self) -> None:
        printed = sheet(SheetRow(rank=1, name="A"), SheetRow(rank=2, name="B"))
        wanted = Finding("qualified", 1, "A is 1st; the best 1 go on", "no mark", "Q", "qualified")
        shown = table(Verification(printed, (wanted,), (), (), ()))
        assert column(shown, "qualified") == ["\u2192 Q [1]", ""]

    def test_several_findings_share_a_cell(self) -> None:
        found = tuple(Finding("total", 1, text, "5", due, "total") for text, due in (("a", "6"), ("b", "6 to 7")))
        shown = table(Verification(sheet(SheetRow(rank=1, total=5)), found, (), (), ()))
        assert column(shown, "total") == ["5 \u2192 6 [1] [2]"]

    @pytest.mark.parametrize(
        ("rows", "given", "places"),
        [
            ([SheetRow(rank=1, laps=17)], {}, {"laps"}),
            ([SheetRow(name="A", nation="NED", rank=1), SheetRow(name="A", nation="NED", rank=2)], {}, {"name"}),
            ([SheetRow(name="A"), SheetRow(rank=1, name="B")], {}, {"rank"}),
            ([SheetRow(rank=2)], {}, {"rank"}),
            ([SheetRow(rank=1, total=60, laps=9)], {"rulebook": "isu-2024"}, {"total"}),
            (
                [SheetRow(rank=1, total=60, time="7:40.00"), SheetRow(rank=2, total=0, time="7:41.00", mark="LAP")],
                {"rulebook": "isu-2024"},
                {"mark"},
            ),
            ([SheetRow(rank=1, sprints=[0, 0, 0, 60], laps=9, total=60)], {}, {"sprints[3]"}),
        ],
    )
    def test_each_kind_of_finding_names_its_column(
        self, rows: list[SheetRow], given: dict[str, Any], places: set[str]
    ) -> None:
        assert places <= {finding.column for finding in verify(sheet(*rows, **given)).findings}

    def test_a_finding_tells_what_is_printed_and_expected_only_where_both_are_known(self) -> None:
        pairs: list[tuple[str | None, str | None]] = [("8", "7"), ("8", None), (None, "7")]
        texts = [finding_text(Finding("total", 1, "wrong", printed, expected)) for printed, expected in pairs]
        assert texts == ["total: row 1: wrong (printed 8, expected 7)", *["total: row 1: wrong"] * 2]


def test_what_a_skater_needs_stands_in_the_table_of_an_outlook_where_reasons_are_asked_for() -> None:
    found = outlook(Underway(rulebook="isu-2018", starters=["a"]))
    assert [table(found, reasons=reasons).lines[0].reason for reasons in (True, False)] == [
        "Through, whatever happens", "",
    ]  # fmt: skip


def test_the_sign_of_a_dropped_result_is_explained_where_it_stands() -> None:
    def legend(*points: int) -> list[str]:
        row = StandingsRow(rank=1, name="A", points=points, total=points[0])
        return [sign for sign, _ in table(Standings(rows=[row], best=1)).legend]

    assert (legend(5), legend(5, 3), legend(*[5] * 30)) == ([], ["( )"], [])


class TestStartList:
    shown = table(advance(rank(load(KRAMER)), load("beijing-2022-men-semifinal-2")))

    def test_starters_come_first_and_then_the_reserves(self) -> None:
        starters, reserves = self.shown.groups
        assert starters.heading == ""
        assert "(assumed)" in reserves.heading
        assert [cell.text for cell in starters.lines[0].cells] == [
            "1",
            "100",
            "Kristian Ulekleiv",
            "NOR",
            "1",
            "1",
            "Q",
        ]
        assert {line.cells[0].text for line in reserves.lines} == {""}

    def test_start_number_that_cannot_be_known_is_a_question_mark(self) -> None:
        assert "?" in column(self.shown, "start")
        assert ("?", "not known") in self.shown.legend

    def test_without_reserves_there_is_one_group(self) -> None:
        one = rank(Race(rulebook="isu-2018", starters=[*"ab"], finish=[*"ab"]))
        assert len(table(advance(one)).groups) == 1

    def test_it_has_no_reasons(self) -> None:
        with pytest.raises(ValueError, match="no reasons"):
            table(advance(rank(load(KRAMER))), reasons=True)


@pytest.mark.parametrize(("text", "expected"), [
    ("a\nb\u2028c\td", "a b c d"),
    ("\x00\x1b\ud800", "\ufffd\ufffd\ufffd"),
    ("\U0001f469\u200d\U0001f680 \u202e\u200f", "\U0001f469\u200d\U0001f680 \u202e\u200f"),
    (None, ""),
    (7, "7"),
])  # fmt: skip
def test_only_what_cannot_stand_on_a_line_is_replaced(text: object, expected: str) -> None:
    assert clean(text) == expected


def test_name_cannot_turn_a_sentence_round() -> None:
    assert sentence("behind \u202eabc\u2069 on points") == "behind abc on points"


def test_cell_shows_its_text_between_its_signs() -> None:
    assert Cell("3", forfeited=True, tied=True, expected="2", notes=(1, 2)).shown == "(3)= \u2192 2 [1] [2]"
    assert Cell("", expected="Q").shown == "\u2192 Q"


class TestFormats:
    def test_each_format_is_deterministic_and_ends_its_last_line(self) -> None:
        for as_ in FORMATS:
            text = show(rank(RACE), as_)
            assert text == show(rank(RACE), as_)
            assert text.endswith("\n")

    def test_text_is_80_columns_wide_without_colour_whatever_the_terminal(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        plain = show(rank(RACE), reasons=True)
        monkeypatch.setenv("COLUMNS", "40")
        monkeypatch.setenv("FORCE_COLOR", "1")
        assert show(rank(RACE), reasons=True) == plain
        assert 70 < max(map(len, plain.splitlines())) <= 80
        assert plain.splitlines()[0] == "Club <races>, isu-2024, 16 laps"

    def test_name_in_a_terminal_turns_nothing_round_and_keeps_its_emoji(self) -> None:
        text = show(
            rank(Race(rulebook="isu-2018", starters=[Starter("1", f"{HOSTILE[6]} {HOSTILE[8]}")], finish=["1"]))
        )
        assert "abc\ufffddef\ufffdghi" in text
        assert "\U0001f469\u200d\U0001f680" in text

    def test_text_shows_footnotes_and_remarks(self) -> None:
        lines = show(verify(load("wc-2025-26-1-men-division-a"))).splitlines()
        assert "[1] world-cup-points: row 4: 4th is worth 43 (printed 44, expected 43)" in lines
        assert "1 finding" in lines

    @pytest.mark.parametrize("as_", ["text", "markdown", "html"])
    def test_only_what_needs_one_has_a_legend(self, as_: Any) -> None:
        assert "final sprint" in show(rank(RACE), as_)
        plain = show(sheet(SheetRow(rank=1, name="A")), as_)
        assert "A" in plain
        assert not [sign for sign in ("final sprint", "<dl>", "**") if sign in plain]

    def test_markdown_has_a_table_for_the_reserves(self) -> None:
        page = markdown_page(show(one_through(), "markdown"))
        assert page.tags.count("table") == 2
        assert "Reserves, each for a withdrawal from the same semifinal (assumed):" in page.text

    def test_csv_has_the_plain_cells_of_every_group(self) -> None:
        rows = [*csv.reader(StringIO(show(one_through(), "csv")))]
        assert rows[0] == ["Start", "Id", "Semifinal", "Rnk", "Q"]
        assert rows[1:] == [["1", "a", "1", "1", "Q"], ["", "b", "1", "2", ""]]

    def test_csv_of_a_result_marks_nothing_and_has_reasons_on_demand(self) -> None:
        rows = [*csv.DictReader(StringIO(show(rank(RACE), "csv", reasons=True)))]
        assert (rows[5]["S2"], rows[5]["Status"], rows[5]["Reason"]) == ("3", "LAP", rank(RACE).reasons[5])
        assert "Reason" not in show(rank(RACE), "csv")

    def test_csv_of_a_sheet_reads_back_as_the_sheet(self) -> None:
        assert loads(show(load(KRAMER), "csv")) == load(KRAMER)
        rows = [*csv.DictReader(StringIO(show(load(KRAMER), "csv", reasons=True)))]
        assert rows[6]["Reason"].startswith("7th: 3 points")

    def test_csv_of_a_verification_lists_its_findings(self) -> None:
        rows = [*csv.reader(StringIO(show(verify(load("wc-2025-26-1-men-division-a")), "csv")))]
        assert rows == [
            ["kind", "row", "column", "printed", "expected", "message"],
            ["world-cup-points", "4", "world_cup_points", "44", "43", "4th is worth 43"],
        ]

    def test_picture_is_drawn_of_a_result_and_of_a_sheet_alone(self) -> None:
        assert show(load(KRAMER), "svg").startswith("<?xml")
        assert picture(rank(RACE), "png").startswith(b"\x89PNG")
        with pytest.raises(TypeError, match="there is no picture of a Verification"):
            show(verify(load(KRAMER)), "svg")
        with pytest.raises(ValueError, match="gives no reasons"):
            show(rank(RACE), "svg", reasons=True)

    def test_unknown_format_is_refused_with_those_that_exist(self) -> None:
        with pytest.raises(UnknownName, match="'pdf'; there are text, markdown, html, csv, svg"):
            show(rank(RACE), "pdf")  # type: ignore[arg-type]  # on purpose

    def test_what_cannot_be_shown_is_refused_with_what_can(self) -> None:
        with pytest.raises(TypeError, match=r"a Race cannot be shown.*rank\(race\) gives a Result"):
            show(RACE)  # type: ignore[arg-type]  # on purpose
        with pytest.raises(
            TypeError,
            match=r"a str cannot be shown, only Chances, Comparison, Course, Strengths, Calibration, Event, Result, Sheet, Verification, StartList, Outlook, Standings, Quota$",
        ):
            show("x")  # type: ignore[arg-type]  # on purpose

    @pytest.mark.parametrize(("as_", "library", "extra"), [("html", "jinja2", "html"), ("text", "rich.console", "cli")])
    def test_without_its_library_a_format_says_what_to_install(
        self, as_: Any, library: str, extra: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(sys.modules, library, None)
        for module in ("tables", "console"):
            monkeypatch.delitem(sys.modules, f"massstart.showing.terminal.{module}", raising=False)
        with pytest.raises(MissingExtra, match=rf"pip install 'massstart\[{extra}\]'"):
            show(rank(RACE), as_)


class TestHtml:
    page = Page(show(rank(RACE), "html", reasons=True))

    def test_page_is_one_file_that_fetches_nothing_and_runs_nothing(self) -> None:
        text = show(rank(RACE), "html")
        assert "script" not in self.page.tags
        assert not {"link", "img", "iframe", "object"} & set(self.page.tags)
        assert "url(" not in text
        assert "@import" not in text
        assert "default-src 'none'" in text

    def test_page_tells_language_size_and_title(self) -> None:
        text = show(rank(RACE), "html")
        assert text.startswith('<!DOCTYPE html>\n<html lang="en">')
        assert 'name="viewport"' in text
        assert self.page.title == self.page.caption == "Club <races>, isu-2024, 16 laps"

    def test_table_has_headings_of_columns_and_of_rows(self) -> None:
        head, first = self.page.attributes[0], self.page.attributes[1]
        assert {cell["scope"] for cell in head} == {"col"}
        assert [cell.get("scope") for cell in first].index("row") == self.page.rows[0].index("Name")

    def test_skaters_without_names_are_told_apart_by_their_ids(self) -> None:
        page = Page(show(rank(Race(rulebook="isu-2018", starters=[*"ab"], finish=[*"ab"])), "html"))
        assert [cell.get("scope") for cell in page.attributes[1]].index("row") == page.rows[0].index("Id")

    def test_reason_is_a_row_of_its_own_below_its_skater(self) -> None:
        assert self.page.rows[2] == [rank(RACE).reasons[0]]

    def test_footnote_is_linked_from_its_cell(self) -> None:
        text = show(verify(load("wc-2025-26-1-men-division-a")), "html")
        assert '<a href="#note-1">[1]</a>' in text
        assert '<li id="note-1"' in text
        assert "1 finding" in Page(text).text

    def test_reserves_stand_in_a_body_of_their_own(self) -> None:
        page = Page(show(one_through(), "html"))
        assert page.tags.count("tbody") == 2
        assert page.rows[2] == ["Reserves, each for a withdrawal from the same semifinal (assumed):"]


@pytest.mark.parametrize("name", HOSTILE)
class TestHostileNames:
    def result(self, name: str) -> Any:
        return rank(evolve(RACE, competition=name, starters=[Starter("1", name, name[:3]), *"23456789"]))

    def test_name_arrives_intact_in_html(self, name: str) -> None:
        page = Page(show(self.result(name), "html", reasons=True))
        assert page.rows[3][:4] == ["2", "1", name, name[:3]]
        assert page.tags == self.plain.tags

    plain = Page(show(rank(RACE), "html", reasons=True))

    def test_name_arrives_intact_in_markdown(self, name: str) -> None:
        page = markdown_page(show(self.result(name), "markdown", reasons=True))
        assert page.rows[2][2] == name
        assert [tag for tag in page.tags if tag != "strong"] == [tag for tag in markdown_page(
            show(rank(RACE), "markdown", reasons=True)
        ).tags if tag != "strong"]  # fmt: skip

    def test_name_arrives_intact_in_csv(self, name: str) -> None:
        shown = [*csv.reader(StringIO(show(self.result(name), "csv")))][2][2]
        assert shown == (f"'{name}" if name[0] == "=" else name)


class TestNotKnown:
    """What a skater has, and nobody knows, is a question mark in every format."""

    rows = (
        SheetRow(rank=1, name="Ann", laps=16, sprints=(3, 0, 0, 60), total=63, time="7:00.00"),
        SheetRow(rank=2, name="Bea", laps=16, sprints=(0, 0, 0, 40), total=40),
        SheetRow(rank=3, name="Cleo", laps=9),
    )

    @pytest.mark.parametrize("as_", ["text", "markdown", "html", "csv"])
    def test_time_across_the_line_where_another_has_one(self, as_: Format) -> None:
        shown = show(rank(Sheet(id="a", rulebook="isu-2024", rows=self.rows)), as_)
        of_ann, of_bea = (
            shown.partition(first)[2].partition(last)[0] for first, last in (("Ann", "Bea"), ("Bea", "Cleo"))
        )
        assert ("?" in of_ann, "?" in of_bea) == (False, True)

    def test_not_of_a_skater_who_did_not_finish_and_not_where_nobody_has_one(self) -> None:
        shown = table(rank(Sheet(id="a", rulebook="isu-2024", rows=self.rows)))
        assert column(shown, "time") == ["7:00.00", "?", ""]
        untimed = [evolve(row, time=None) for row in self.rows]
        shown = table(rank(Sheet(id="a", rulebook="isu-2024", rows=untimed)))
        assert "time" not in [column.key for column in shown.columns]
        assert column(shown, "sprints[0]") == ["3", "", "?"]


def test_guests_stand_apart_and_are_called_so() -> None:
    text = show(rank(Race(rulebook="isu-2018", starters=["a", "b", "g"], finish=["g", "a", "b"], guests=["g"])), "csv")
    assert [line.split(",")[:2] for line in text.splitlines()[1:]] == [["1", "a"], ["2", "b"], ["1", "g"]]
    assert text.splitlines()[-1].endswith("guest")


@pytest.mark.parametrize(("width", "said"), [(44, "no room for: "), (20, "Name: Ann of a very")])
def test_a_narrow_terminal_leaves_out_what_can_be_spared_or_writes_a_cell_a_line(width: int, said: str) -> None:
    name = "Ann of a very long name indeed"
    race = Race(rulebook="isu-2018", starters=[Starter("12", name, "NED"), Starter("7")], finish=["7", "12"])
    out = StringIO()
    write(table(rank(race)), Console(file=out, width=width, color_system=None, _environ={}))
    assert said in out.getvalue()
    assert all(len(line) <= width for line in out.getvalue().splitlines())
    assert all(word in out.getvalue() for word in name.split())
