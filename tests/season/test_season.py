"""The season ranking, rule by rule, on small invented sheets."""

import json
from datetime import date
from typing import Any

import pytest

from massstart import InvalidRecord, Race, Sheet, SheetRow, dumps, loads, show
from massstart.identity import name_words
from massstart.season import standings
from massstart.season.ranking import Standings, StandingsRow
from massstart.season.reach import reach
from massstart.season.worldcup import TABLES, PointsTable, points_table, season

#: Name, nation and number of a skater, and what else is printed in the row.
Given = tuple[str | None, str | None, str | None] | tuple[str | None, str | None, str | None, dict[str, Any]]


def sheet(number: int, division: str, *rows: Given, **changes: Any) -> Sheet:
    made = []
    for rank, (name, nation, bib, *more) in enumerate(rows, 1):
        printed: dict[str, Any] = {"rank": rank, "name": name, "nation": nation, "bib": bib}
        made.append(SheetRow(**printed | (more[0] if more else {})))
    fields: dict[str, Any] = {
        "id": f"{number}{division}", "rulebook": "isu-2024", "date": f"2025-11-{number:02}", "event": "men",
        "round": f"division {division}", "competition": f"World Cup {number}",
    }  # fmt: skip
    return Sheet(**fields | changes, rows=made)


ANN, BEA, CAT, DOT = ("Ann", "NED", "1"), ("Bea", "KOR", "2"), ("Cat", "ITA", "3"), ("Dot", "USA", "4")


def table(*sheets: Sheet, **options: Any) -> dict[str | None, tuple[int, tuple[int | None, ...]]]:
    return {row.name: (row.rank, row.points) for row in standings(sheets, **options)}


def kinds(*sheets: Sheet) -> list[str]:
    return [warning.kind for warning in standings(sheets).warnings]


def problems(*sheets: Any, **options: Any) -> list[tuple[str, str]]:
    with pytest.raises(InvalidRecord) as caught:
        standings(sheets, **options)
    return [(problem.kind, problem.where) for problem in caught.value.problems]


class TestPoints:
    def test_rank_has_the_points_of_its_table_and_a_skater_who_stays_away_has_none(self) -> None:
        found = table(sheet(1, "a", ANN, BEA), sheet(2, "a", BEA), sheet(2, "b", CAT))
        assert found == {"Bea": (1, (54, 60)), "Ann": (2, (60, None)), "Cat": (3, (None, 20))}

    def test_disqualified_skater_has_no_points_even_with_a_printed_rank(self) -> None:
        assert table(sheet(1, "a", ANN, (*BEA, {"mark": "DQ"}))) == {"Ann": (1, (60,)), "Bea": (2, (0,))}

    def test_unfinished_skater_has_the_points_of_the_rank(self) -> None:
        assert table(sheet(1, "a", ANN, (*BEA, {"laps": 7})))["Bea"] == (2, (54,))

    def test_skater_listed_as_absent_did_not_start(self) -> None:
        assert table(sheet(1, "a", ANN, (*BEA, {"mark": "DNS", "rank": None})))["Bea"] == (2, (None,))

    def test_printed_points_that_differ_do_not_count_and_are_warned_of(self) -> None:
        wrong = sheet(1, "a", (*ANN, {"world_cup_points": 60}), (*BEA, {"world_cup_points": 55}))
        assert table(wrong)["Bea"] == (2, (54,))
        (warning,) = standings([wrong]).warnings
        assert (warning.kind, warning.where) == ("world-cup-points", "1a")
        assert "Bea (55 printed, 54 due)" in warning.message
        assert kinds(sheet(1, "a", (*ANN, {"mark": "DQ", "world_cup_points": 3}))) == ["world-cup-points"]

    def test_warning_names_three_and_counts_the_rest(self) -> None:
        rows: list[Given] = [
            (name, "NED", None, {"world_cup_points": 1}) for name in ("Ann", "Bea", "Cat", "Dot", "Eve")
        ]
        (warning,) = standings([sheet(1, "a", *rows)]).warnings
        assert warning.message.startswith(
            "Ann (1 printed, 60 due), Bea (1 printed, 54 due), Cat (1 printed, 48 due) and 2 others"
        )

    def test_where_no_table_reaches_the_printed_points_count(self) -> None:
        old = sheet(1, "b", (*ANN, {"world_cup_points": 9}), date="2015-11-22")
        assert table(old) == {"Ann": (1, (9,))}
        assert kinds(old) == ["no-table"]
        beyond = [(f"S{number}", "NED", None) for number in range(24)]
        assert problems(sheet(1, "a", *beyond, ANN)) == [("missing-fact", "1a: rows[24].world_cup_points")]

    def test_tables_of_ones_own(self) -> None:
        own = PointsTable("division a", (5, 3), 0, TABLES[1].first_day, TABLES[1].last_day, "assumed", "a club")
        assert table(sheet(1, "a", ANN, BEA, CAT), tables=[own])["Bea"] == (2, (3,))

    def test_rank_that_is_not_printed_follows_from_the_facts_of_the_sheet(self) -> None:
        bare = sheet(
            1, "a", (*ANN, {"rank": None, "laps": 16, "sprints": [0, 0, 0, 40], "total": 40, "time": "8:00.50"}),
            (*BEA, {"rank": None, "laps": 16, "sprints": [0, 0, 0, 60], "total": 60, "time": "8:00.10"}),
        )  # fmt: skip
        assert table(bare) == {"Bea": (1, (60,)), "Ann": (2, (54,))}

    def test_rank_that_neither_is_printed_nor_follows_is_refused(self) -> None:
        found = problems(sheet(1, "a", ANN, (*BEA, {"rank": None})))
        assert {kind for kind, _ in found} == {"missing-fact"}
        assert all(where.startswith("1a: ") for _, where in found)

    def test_missing_rows_are_warned_of(self) -> None:
        assert kinds(sheet(1, "a", ANN, complete=False)) == ["incomplete"]


class TestDivisionsOfOneDay:
    @pytest.mark.parametrize(("below", "counts"), [(1, 20), (2, 19)])
    def test_the_better_of_the_two_points_counts(self, below: int, counts: int) -> None:
        others: list[Given] = [(f"S{number}", "NED", None) for number in range(23)]
        b = [BEA, DOT] if below == 1 else [DOT, BEA]
        found = table(sheet(1, "a", *others, BEA), sheet(1, "b", *b))
        assert found["Bea"][1] == (counts,)
        assert table(sheet(1, "a", BEA), sheet(1, "b", *b))["Bea"][1] == (60,)

    def test_disqualified_in_the_higher_division_keeps_the_points_of_the_lower(self) -> None:
        assert table(sheet(1, "a", ANN, (*BEA, {"mark": "DQ"})), sheet(1, "b", BEA))["Bea"][1] == (20,)

    def test_who_starts_above_without_promotion_is_warned_of(self) -> None:
        rest: list[Given] = [(*skater, {"sprints": [0, 0, 0, 20]}) for skater in (ANN, BEA, CAT)]
        last: Given = (*DOT, {"sprints": [0, 0, 0, 0]})
        scorer: Given = (*DOT, {"sprints": [0, 1, 0, 0]})
        assert kinds(sheet(1, "a", DOT), sheet(1, "b", *rest, last)) == ["promotion"]
        assert kinds(sheet(1, "a", DOT), sheet(1, "b", *rest, scorer)) == []
        assert kinds(sheet(1, "a", DOT), sheet(1, "b", ANN, BEA, CAT, DOT)) == []  # nobody knows without the columns

    def test_one_more_is_promoted_with_the_most_intermediate_points_and_the_better_rank_on_a_tie(self) -> None:
        first: list[Given] = [(name, "NED", None, {"sprints": [3, 0, 0, 60]}) for name in ("Eve", "Fay", "Gil")]
        rest: list[Given] = [
            (*ANN, {"sprints": [0, 0, 0, 10]}), (*BEA, {"sprints": [2, 0, 0, 0]}), (*CAT, {"sprints": [0, 2, 0, 0]}),
            (*DOT, {"sprints": [0, 0, 3, 0], "laps": 12}),
        ]  # fmt: skip
        below = sheet(1, "b", *first, *rest)
        up = {
            name: kinds(sheet(1, "a", skater), below) for name, skater in zip("abcd", (ANN, BEA, CAT, DOT), strict=True)
        }
        assert up == {"a": ["promotion"], "b": [], "c": ["promotion"], "d": ["promotion"]}

    def test_mark_of_replaced_points_is_held_against_the_divisions(self) -> None:
        marked: Given = (*ANN, {"world_cup_replaced": True})
        assert kinds(sheet(1, "a", marked), sheet(1, "b", ANN)) == []
        assert kinds(sheet(1, "a", marked), sheet(1, "b", BEA)) == ["replaced"]
        others: list[Given] = [(f"S{number}", "NED", None) for number in range(23)]
        assert kinds(sheet(1, "a", *others, marked), sheet(1, "b", ANN)) == ["replaced"]
        assert kinds(sheet(1, "a", marked)) == []


class TestTies:
    def row(self, name: str, *points: int | None) -> StandingsRow:
        return StandingsRow(rank=1, name=name, points=points, total=sum(cell or 0 for cell in points))

    def test_best_single_race_then_next_best_then_latest_then_shared(self) -> None:
        # 43 + 31, 40 + 34; 36 + 18 beside 18 + 36; the last two are level in everything.
        places = {"Ann": (4, 10), "Bea": (5, 8), "Cat": (7, 23), "Dot": (23, 7)}
        sheets = []
        for race in (0, 1):
            order: list[Given] = [(f"S{race}{rank}", "NED", None) for rank in range(1, 25)]
            for name, ranks in places.items():
                order[ranks[race] - 1] = (name, "KOR", None)
            sheets.append(sheet(race + 1, "a", *order))
        found = standings(sheets)
        rows = {row.name: row for row in found}
        assert rows["Ann"].total == rows["Bea"].total == 74
        assert rows["Ann"].rank == rows["Bea"].rank - 1
        assert "ahead of Bea by the best single race (43 against 40)" in found.reason(rows["Ann"])
        assert rows["Dot"].rank < rows["Cat"].rank
        assert "by the latest race (36 against 18)" in found.reason(rows["Dot"])

    def test_reason_names_the_race_that_decides(self) -> None:
        rows = [
            StandingsRow(rank=1, name="Ann", points=[60, 40, 20], total=120),
            StandingsRow(rank=2, name="Bea", points=[60, 30, 30], total=120),
            StandingsRow(rank=3, name="Cat", points=[30, 30, 60], total=120),
            StandingsRow(rank=4, name="Dot", points=[4, None, 0], total=4),
        ]
        found = Standings(rows=rows)
        assert (
            found.reason(rows[0])
            == "1st: 120 points (60 + 40 + 20); ahead of Bea by the second best race (40 against 30)"
        )
        assert found.reason(rows[3]) == "4th: 4 points (4 + - + 0)"
        # As published, against the rule: the latest race is better.
        assert found.reason(rows[2]).endswith("behind Bea by the latest race (60 against 30)")

    def test_who_is_level_in_all_shares_the_rank_and_the_next_is_skipped(self) -> None:
        tied = [(name, nation, None, {"rank": 1}) for name, nation in (("Ann", "NED"), ("Bea", "KOR"))]
        found = standings([sheet(1, "a", *tied, ("Cat", "ITA", None, {"rank": 3}))])
        assert [row.rank for row in found] == [1, 1, 3]
        words = "1st: 60 points (60); shares the rank with Ann, level in every race that decides (assumed)"
        assert [found.reason(row) for row in found if row.name == "Bea"] == [words]

    def test_reason_names_three_of_many(self) -> None:
        tied = [(f"S{number}", f"N{number}", None, {"rank": 1}) for number in range(6)]
        found = standings([sheet(1, "a", *tied)])
        assert "shares the rank with S1, S2, S3 and 2 more" in found.reason(found.rows[0])

    def test_published_ranks_without_points_are_taken_as_they_are(self) -> None:
        rows = [StandingsRow(rank=1, total=5), StandingsRow(rank=2, name="Bea", total=5)]
        found = Standings(rows=rows)
        assert found.reason(rows[0]) == "1st: 5 points; ahead of Bea as published"
        assert found.reason(rows[1]).endswith("behind the skater in 1st place as published")


class TestWhoIsWho:
    def test_one_skater_whatever_order_capitals_accents_and_hyphens(self) -> None:
        assert name_words("Antoine GÉLINAS-BEAULIEU") == name_words("Gelinasbeaulieu Antoine")
        assert name_words("Aurora LØVÅS") == ("aurora", "lovas")
        found = table(sheet(1, "a", ("Jae-Won CHUNG", "KOR", "1")), sheet(2, "a", ("Chung Jaewon", "KOR", "9")))
        assert found == {"Chung Jaewon": (1, (60, 60))}
        assert kinds(sheet(1, "a", ("Jae-Won CHUNG", "KOR", "1")), sheet(2, "a", ("Chung Jaewon", "KOR", "9"))) == []

    @pytest.mark.parametrize(
        "other", ["Bart HOOLWERF", "Albertus HOOLWERF", "Albertus (Bart) Hoolwerf", "Albert HOLWERF"]
    )
    def test_two_spellings_under_one_number_are_one_skater_and_a_warning(self, other: str) -> None:
        sheets = sheet(1, "a", ("Albert HOOLWERF", "NED", "121")), sheet(2, "a", (other, "NED", "121"))
        assert table(*sheets) == {other: (1, (60, 60))}
        assert kinds(*sheets) == ["two-spellings"]

    def test_three_spellings_under_two_numbers_are_one(self) -> None:
        sheets = (
            sheet(1, "a", ("Bart HOOLWERF", "NED", "7")), sheet(2, "a", ("Albertus HOOLWERF", "NED", "7")),
            sheet(3, "a", ("Albertus HOOLWERF", "NED", "8")), sheet(4, "a", ("A. HOOLWERF", "NED", "8")),
        )  # fmt: skip
        assert table(*sheets) == {"A. HOOLWERF": (1, (60, 60, 60, 60))}
        assert kinds(*sheets) == ["two-spellings", "two-spellings"]

    def test_a_number_that_passes_on_to_another_competition_is_not_worth_a_word(self) -> None:
        sheets = sheet(1, "a", ("Josephine SCHLÖRB", "GER", "254")), sheet(2, "a", ("Josie HOFMANN", "GER", "254"))
        assert [points for _, points in table(*sheets).values()] == [(None, 60), (60, None)]
        assert kinds(*sheets) == []

    def test_a_number_under_two_names_on_one_day_is_warned_of(self) -> None:
        sheets = sheet(1, "a", ("Ida HOLT", "GER", "254")), sheet(1, "b", ("Ada BERG", "GER", "254"))
        (warning,) = standings(sheets).warnings
        assert warning.kind == "two-names"
        assert "1 number worn under two names on one day: 254 (Ada BERG, Ida HOLT)" in warning.message
        rows = [[(f"{letter}{number}", "GER", str(number)) for number in range(5)] for letter in "XY"]
        (warning,) = standings([sheet(1, "a", *rows[0]), sheet(1, "b", *rows[1])]).warnings
        assert warning.message.startswith("5 numbers")
        assert "2 (X2, Y2) and 2 more;" in warning.message

    def test_like_names_of_two_nations_are_two_skaters(self) -> None:
        sheets = sheet(1, "a", ("Jan SMIT", "NED", "5")), sheet(2, "a", ("Jan SMITS", "BEL", "5"))
        assert len(table(*sheets)) == 2
        assert kinds(*sheets) == []

    @pytest.mark.parametrize("nation", ["ned", " NED ", "Ned\u00a0"])
    def test_nations_are_one_without_case_and_blanks(self, nation: str) -> None:
        assert table(sheet(1, "a", ANN), sheet(2, "a", ("Ann", nation, "8"))) == {"Ann": (1, (60, 60))}

    @pytest.mark.parametrize(
        "other",
        [
            "Jörg MÜLLER",
            "Mueller Joerg",
            "MULLER Jorg",
            "Jo\u0308rg  Mu\u0308ller",
            "jörg\u00a0müller",
            "J\u2019örg Müller.",
        ],
    )
    def test_one_skater_however_the_name_is_written(self, other: str) -> None:
        sheets = sheet(1, "a", ("Jörg MÜLLER", "GER", "1")), sheet(2, "a", (other, "GER", "2"))
        assert [points for _, points in table(*sheets).values()] == [(60, 60)]
        assert kinds(*sheets) == []


class TestTwoNamesOfOneSkater:
    """Without a number in common: a name within another of the nation, if nobody else fits."""

    LONG, SHORT = ("Rui Tomas Prado COSTA", "POR", "157"), ("Rui COSTA", "POR", "154")

    def test_name_within_another_is_one_skater_and_a_warning_names_both(self) -> None:
        sheets = (
            sheet(1, "b", ("Ari AALTO", "FIN", "1"), self.LONG),
            sheet(2, "b", ("Bo BERG", "SWE", "99"), self.SHORT),
        )
        assert table(*sheets)["Rui COSTA"] == (1, (19, 19))
        (warning,) = standings(sheets).warnings
        assert warning.kind == "two-spellings"
        assert "Rui COSTA" in warning.message
        assert "Rui Tomas Prado COSTA" in warning.message
        assert standings(sheets[::-1]) == standings(sheets)

    def test_three_names_each_within_the_next_are_one(self) -> None:
        family = ("COSTA", "POR", "9")
        assert table(sheet(1, "a", self.LONG), sheet(2, "a", self.SHORT), sheet(3, "a", family)) == {
            "COSTA": (1, (60, 60, 60))
        }

    def test_two_nations_stay_two(self) -> None:
        sheets = sheet(1, "a", self.LONG), sheet(2, "a", ("Rui COSTA", "BRA", "154"))
        assert len(table(*sheets)) == 2
        assert kinds(*sheets) == []

    @pytest.mark.parametrize("division", ["a", "b"])
    def test_who_skates_on_one_day_stays_two(self, division: str) -> None:
        if division == "a":
            sheets = [sheet(1, "a", self.LONG, self.SHORT)]
        else:
            sheets = [sheet(1, "a", self.LONG), sheet(1, "b", self.SHORT)]
        assert len(table(*sheets)) == 2

    def test_where_somebody_else_fits_nobody_is_joined_and_a_warning_says_so(self) -> None:
        sheets = sheet(1, "a", self.LONG, ("Rui Pedro COSTA", "POR", "8")), sheet(2, "a", self.SHORT)
        assert len(table(*sheets)) == 3
        assert kinds(*sheets) == ["nearly-equal", "nearly-equal"]

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("Sven KRAMER", "S. KRAMER"), ("Eva St-Pierre", "Eva St. Pierre"), ("李 文龙", "李文龙"), ("Ole SORENSEN", "Ole SØRENSON"),
            ("Jorg MULLER", "Joerg MUELLER"), ("Jae-Won CHUNG", "Jae Won CHUNG"), ("Rui COSTA", "Rui COTSA"), ("Ida HOLMEN", "Ida HOLMN"),
        ],
    )  # fmt: skip
    def test_nearly_equal_names_are_two_skaters_and_a_warning(self, one: str, other: str) -> None:
        apart = sheet(1, "a", (one, "NED", "1")), sheet(2, "a", (other, "NED", "2"))
        assert len(table(*apart)) == 2
        (warning,) = standings(apart).warnings
        assert warning.kind == "nearly-equal"
        assert one in warning.message
        assert other in warning.message
        assert kinds(sheet(1, "a", (one, "NED", "1"), (other, "NED", "2"))) == []
        assert kinds(sheet(1, "a", (one, "NED", "1")), sheet(2, "a", (other, "BEL", "2"))) == []

    @pytest.mark.parametrize(
        ("one", "other"),
        [("Yu LI", "Yun LIN"), ("Minsu KIM", "Minseok KIM"), ("A. BERG", "A. HOLT"), ("Ida HOLT", "Ann HOLT")],
    )
    def test_other_names_are_two_skaters(self, one: str, other: str) -> None:
        sheets = sheet(1, "a", (one, "KOR", "1")), sheet(2, "a", (other, "KOR", "2"))
        assert len(table(*sheets)) == 2
        assert kinds(*sheets) == []

    def test_alias_joins_two_names_without_a_warning(self) -> None:
        sheets = sheet(1, "a", ("Sven KRAMER", "NED", "1")), sheet(2, "a", ("S. Kramer", "NED", "2"))
        aliases: Any
        for aliases in ([("Kramer Sven", "S. KRAMER")], [["s kramer", "Sven Kramer"]], {"S. Kramer": "SVEN KRAMER"}):
            found = standings(sheets, aliases=aliases)
            assert [(row.name, row.points) for row in found] == [("S. Kramer", (60, 60))]
            assert found.warnings == ()

    def test_alias_joins_a_skater_of_two_nations_but_not_across_where_one_nation_has_both(self) -> None:
        moved = sheet(1, "a", ANN), sheet(2, "a", ("Ann", "BEL", "1"))
        found = standings(moved, aliases=[("Ann", "Ann")])
        assert ([row.points for row in found], found.warnings) == ([(60, 60)], ())
        some = sheet(1, "a", ("Jan SMIT", "NED", "1"), ("Jan SMIT", "BEL", "2")), sheet(2, "a", ("J. SMIT", "NED", "3"))
        assert len(standings(some, aliases=[("Jan SMIT", "J. SMIT")])) == 2

    def test_alias_of_nobody_is_warned_of(self) -> None:
        found = standings([sheet(1, "a", ANN)], aliases=[("Ann", "Zoe"), ("Ann", "Ann")])
        assert [(warning.kind, warning.where) for warning in found.warnings] == [("alias", "aliases[0]")]
        assert "'Zoe'" in found.warnings[0].message

    def test_two_who_are_not_one_stay_two_without_a_warning(self) -> None:
        for other in (
            self.SHORT,
            ("Rui Tomas PRADO-COSTA", "POR", "3"),
            ("RUI-TOMAS Prado Costa", "POR", "157"),
            ("Rui Tomas Prado Costá", "POR", "7"),
        ):
            sheets = sheet(1, "a", self.LONG), sheet(2, "a", other)
            found = standings(sheets, apart=[(self.LONG[0], other[0])])
            assert (len(found), found.warnings) == (2, ())

    def test_names_known_beforehand_that_contradict_themselves_are_refused(self) -> None:
        one = sheet(1, "a", ANN)
        assert problems(one, aliases=[("Ann", "Bea")], apart=[("BEA", "ann")]) == [("alias", "apart[0]")]
        wrong: Any
        for wrong in ("Ann=Bea", [("Ann",)], [("Ann", " ")], [("Ann", 4)], [4]):
            assert problems(one, aliases=wrong) == [("type", "aliases[0]")]
            assert problems(one, apart=wrong) == [("type", "apart[0]")]


class TestWhoIsWhoOnOneSheet:
    def test_like_names_on_one_sheet_or_with_two_numbers_on_a_day_are_two_skaters(self) -> None:
        one, other = ("Kim MINSU", "KOR", "5"), ("Kim MINSEOK", "KOR", "5")
        assert len(table(sheet(1, "a", one, other))) == 2
        apart = sheet(1, "a", one), sheet(1, "b", ("Kim MINSEOK", "KOR", "6")), sheet(2, "a", other)
        assert len(table(*apart)) == 2

    def test_two_spellings_in_the_two_divisions_of_a_day_are_one_skater(self) -> None:
        sheets = sheet(1, "a", ("Philip SCHMIDT", "DEN", "42")), sheet(1, "b", ("Philip Due SCHMIDT", "DEN", "42"))
        assert table(*sheets) == {"Philip SCHMIDT": (1, (60,))}

    def test_one_name_under_two_nations_is_two_skaters_and_a_warning(self) -> None:
        sheets = sheet(1, "a", ANN), sheet(2, "a", ("Ann", None, None))
        assert len(standings(sheets)) == 2
        (warning,) = standings(sheets).warnings
        assert (warning.kind, "Ann skates for no nation and NED" in warning.message) == ("two-nations", True)

    def test_rows_without_a_name_are_skaters_of_their_own(self) -> None:
        sheets = sheet(1, "a", (None, "NED", "1"), (None, "NED", "2")), sheet(2, "a", (None, "NED", "1"))
        found = standings(sheets)
        assert [row.total for row in found] == [60, 60, 54]
        assert [warning.kind for warning in found.warnings] == ["no-name"]

    def test_a_skater_who_stands_twice_on_a_sheet_is_refused(self) -> None:
        assert problems(sheet(1, "a", ANN, BEA, ANN)) == [("repeated-skater", "1a: rows[2]")]


class TestWhatIsNoSeason:
    def test_no_sheets(self) -> None:
        assert problems() == [("empty", "")]

    def test_a_sheet_given_twice(self) -> None:
        assert problems(sheet(1, "a", ANN), sheet(1, "a", ANN)) == [("repeated-sheet", "1a")]
        assert problems(sheet(1, "a", ANN), sheet(1, "a", ANN, id="again")) == [("repeated-sheet", "again")]

    def test_what_two_sheets_have_in_common_is_said(self) -> None:
        with pytest.raises(InvalidRecord, match="a sheet with the id is there already"):
            standings([sheet(1, "a", ANN), sheet(2, "a", ANN, id="1a")])
        with pytest.raises(InvalidRecord, match="a sheet with date and division is there already"):
            standings([sheet(1, "a", ANN), sheet(1, "a", ANN, id="again")])

    def test_everything_at_once(self) -> None:
        found = problems(
            sheet(1, "a", ANN), sheet(2, "a", ANN, event="women"), sheet(3, "a", ANN, date="2026-11-22"),
            sheet(4, "a", ANN, round="final"), sheet(6, "a", ANN, date=None),
            Race(rulebook="isu-2024", starters=["1"], finish=["1"]), after=9,
        )  # fmt: skip
        assert found == [
            ("round", "4a: round"), ("date", "6a: date"), ("type", "[5]"),
            ("mixed-events", ""), ("mixed-seasons", ""), ("after", "after"),
        ]  # fmt: skip

    @pytest.mark.parametrize("after", [0, 2, True, "1"])
    def test_more_competitions_than_there_are(self, after: Any) -> None:
        assert problems(sheet(1, "a", ANN), after=after) == [("after", "after")]

    def test_division_and_event_are_read_without_case_and_blanks(self) -> None:
        loud = (
            sheet(1, "a", ANN, BEA, round="Division  A", event="Women"),
            sheet(1, "b", CAT, round=" DIVISION\u00a0B", event="women "),
        )
        assert table(*loud) == {"Ann": (1, (60,)), "Bea": (2, (54,)), "Cat": (3, (20,))}
        assert standings(loud).id == "world-cup-2025-26-women-after-1"
        assert problems(loud[0], sheet(1, "a", CAT, event="WOMEN", id="x")) == [("repeated-sheet", "x")]

    @pytest.mark.parametrize(
        "day", ["16.11.2025", "11/16/2025", "20251116", "2025-W46-7", "2025-11-31", "2025-11-16 ", "٢025-11-16"]
    )
    def test_what_is_not_a_date_is_refused(self, day: str) -> None:
        with pytest.raises(InvalidRecord, match=r"is not a date of the form YYYY-MM-DD \(date\)"):
            standings([sheet(16, "a", ANN), sheet(16, "b", BEA, date=day)])

    def test_divisions_of_one_competition_on_two_days_are_warned_of(self) -> None:
        two = sheet(1, "a", ANN), sheet(2, "b", BEA, competition="WORLD CUP  1"), sheet(3, "a", CAT, competition=None)
        (warning,) = standings(two).warnings
        assert warning.kind == "two-days"
        assert warning.message.startswith("World Cup 1 has sheets of 2025-11-01 and 2025-11-02")
        assert kinds(sheet(1, "a", ANN), sheet(1, "b", BEA), sheet(2, "a", ANN)) == []

    def test_title_is_what_the_sheets_have_in_common(self) -> None:
        assert standings([sheet(1, "a", ANN), sheet(2, "a", ANN)]).competition == "World Cup"
        nothing = standings([sheet(1, "a", ANN, competition=None, event=None)])
        assert (nothing.competition, nothing.event, nothing.id) == (None, None, "world-cup-2025-26-after-1")

    def test_seasons_begin_in_july(self) -> None:
        assert [season(TABLES[1].first_day), season(TABLES[1].last_day)] == ["2025-26", "2025-26"]


class TestFile:
    def test_standings_survive_a_round_trip_but_for_date_and_warnings(self) -> None:
        found = standings([sheet(1, "a", ANN, BEA, sources=["here"]), sheet(2, "a", BEA)])
        assert loads(dumps(found), Standings) == found

    def test_every_problem_of_a_file_is_named(self) -> None:
        text = '{"kind": "standings", "version": 1, "rows": [{"rank": "1", "points": [true], "total": 1}], "aftr": 2}'
        with pytest.raises(InvalidRecord) as caught:
            loads(text, Standings)
        assert [(one.kind, one.where) for one in caught.value.problems] == [
            ("unknown-key", "aftr"), ("type", "rows[0].points[0]"), ("type", "rows[0].rank"),
        ]  # fmt: skip

    def test_a_ranking_that_contradicts_itself_is_refused(self) -> None:
        rows = [
            StandingsRow(rank=1, points=[3, 2], total=5),
            StandingsRow(rank=3, points=[2], total=2),
            StandingsRow(rank=3, points=[2, 2], total=3),
        ]
        with pytest.raises(InvalidRecord) as caught:
            Standings(rows=rows, after=2)
        assert [(one.kind, one.where) for one in caught.value.problems] == [
            ("points", "rows"), ("rank", "rows[1].rank"), ("total", "rows[2].total"), ("rank", "rows[2].total"),
        ]  # fmt: skip

    def test_rows_can_be_asked_for(self) -> None:
        found = standings([sheet(1, "a", ANN, BEA)])
        assert (len(found), [row.name for row in found]) == (2, ["Ann", "Bea"])


def test_a_table_holds_from_its_first_day_to_its_last() -> None:
    table = PointsTable("division a", (3, 2, 1), 0, date(2030, 10, 1), date(2030, 10, 9), "assumed", "invented")
    days = [date(2030, 9, 30), date(2030, 10, 1), date(2030, 10, 9), date(2030, 10, 10)]
    assert [points_table("Division A", day, [table]) for day in days] == [None, table, table, None]


def test_everything_that_is_not_a_sheet_is_told() -> None:
    assert problems(1, sheet(1, "a", ANN), "x") == [("type", "[0]"), ("type", "[2]")]


class TestChances:
    def found(self, *totals: int) -> Standings:
        return Standings(
            rows=[StandingsRow(rank=n, name=f"S{n}", points=[total], total=total) for n, total in enumerate(totals, 1)]
        )

    def test_one_race_to_come_with_points_for_three(self) -> None:
        found = reach(self.found(20, 15, 12, 11, 3), scale=(10, 6, 3))
        assert [(one.most, one.best, one.worst) for one in found] == [
            (30, 1, 3), (25, 1, 4), (22, 1, 5), (21, 1, 5), (13, 3, 5),
        ]  # fmt: skip

    def test_status_for_a_number_of_places(self) -> None:
        found = reach(self.found(20, 15, 12, 11, 3), scale=(10, 6, 3))
        assert [one.status(3) for one in found] == ["through", "possible", "possible", "possible", "possible"]
        assert found[4].status(2) == "out"

    def test_each_rank_is_worth_its_points_to_one_skater_only(self) -> None:
        # Three need the victory, and one will have it.
        assert reach(self.found(20, 15, 14, 13), scale=(10, 1))[0].worst == 2
        # Nor is anybody ahead of a skater who is level.
        assert [one.worst for one in reach(self.found(20, 20, 20), scale=(10,))] == [2, 2, 2]

    def test_more_races_to_come(self) -> None:
        found = reach(self.found(20, 15, 1), left=2, scale=(10, 6))
        assert [(one.most, one.best, one.worst) for one in found] == [(40, 1, 3), (35, 1, 3), (21, 1, 3)]

    def test_nobody_has_chances_in_an_empty_ranking(self) -> None:
        assert reach(Standings(rows=[])) == ()
        assert Standings(rows=[]).to_rows() == []

    def test_what_cannot_be_asked_is_refused(self) -> None:
        with pytest.raises(InvalidRecord) as caught:
            reach(Standings(rows=[StandingsRow(rank=1, total=1)]), left=0)
        assert [problem.kind for problem in caught.value.problems] == ["type", "missing-fact"]


class TestBest:
    """Only some results of each skater count, and the others are shown as dropped."""

    SHEETS = (
        sheet(1, "a", ANN, BEA, CAT), sheet(2, "a", BEA, CAT, ANN), sheet(3, "a", CAT, BEA), sheet(3, "b", ANN),
    )  # fmt: skip

    def test_the_best_count_and_the_others_are_dropped(self) -> None:
        season = standings(self.SHEETS, best=2)
        assert [(row.rank, row.name, row.points, row.total, season.dropped(row)) for row in season] == [
            (1, "Cat", (48, 54, 60), 114, (0,)), (2, "Bea", (54, 60, 54), 114, (0,)), (3, "Ann", (60, 48, 20), 108, (2,)),
        ]  # fmt: skip
        assert season.reason(season.rows[2]) == "3rd: 108 points (60 + 48 + (20))"
        assert "ahead of Bea by the latest race (60 against 54)" in season.reason(season.rows[0])

    def test_all_count_unless_it_is_said(self) -> None:
        season = standings(self.SHEETS)
        assert [row.total for row in season] == [168, 162, 128]
        assert [season.dropped(row) for row in season] == [()] * 3
        assert [row.total for row in standings(self.SHEETS, best=9)] == [168, 162, 128]

    def test_it_is_shown_written_and_read_again(self) -> None:
        season = standings(self.SHEETS, best=1)
        text = show(season)
        assert "the best 1 result counts" in text
        assert "( ): does not count" in text
        assert ["2", "Bea", "KOR", "(54)", "60", "(54)", "60"] in [line.split() for line in text.splitlines()]
        again = loads(dumps(season), Standings)
        assert (again, again.best) == (season, 1)
        assert "best" not in json.loads(dumps(standings(self.SHEETS)))

    def test_what_can_be_reached_counts_the_best_too(self) -> None:
        ann = {one.row.name: one for one in reach(standings(self.SHEETS, best=1))}["Ann"]
        # Everybody has won a race, and the latest race parts them.
        assert (ann.most, ann.best, ann.worst) == (60, 1, 3)

    @pytest.mark.parametrize("best", [0, -1, True, "2", 1.5])
    def test_a_number_that_no_result_can_have_is_refused(self, best: Any) -> None:
        assert problems(*self.SHEETS, best=best) == [("type", "best")]
        with pytest.raises(InvalidRecord, match="is not a number of results"):
            Standings(rows=[StandingsRow(rank=1, total=1)], best=best)
