"""Tables as people hold them, in variants of every kind: read rightly, or refused with the place."""

from typing import Any

import pytest

from massstart import InvalidRecord, Race, Sheet, SheetRow, dumps, loads
from massstart.files import pasteread
from massstart.files.loading import read_content
from massstart.files.parts import read_sheets
from massstart.problems import MissingExtra

#: The first eight of a semifinal of 2022, which only the points of 2018 and later can make.
ROWS = [
    ("1", "100", "Kristian Ulekleiv", "NOR", "60", "7:56.67", "Q"),
    ("2", "4", "Bart Swings", "BEL", "44", "7:56.74", "Q"),
    ("3", "26", "Ning Zhongyan", "CHN", "20", "7:56.75", "Q"),
    ("4", "78", "Chung Jae-won", "KOR", "12", "7:56.76", "Q"),
    ("5", "112", "Daniil Aldoshkin", "ROC", "6", "7:56.83", ""),
    ("6", "13", "Antoine Gélinas-Beaulieu", "CAN", "3", "7:56.93", ""),
    ("7", "87", "Sven Kramer", "NED", "3", "7:58.22", ""),
]
NATIONS = {
    "de": "Norwegen Belgien China Südkorea ROC Kanada Niederlande",
    "nl": "Noorwegen België China Zuid-Korea ROC Canada Nederland",
    "no": "Norge Belgia Kina Sør-Korea ROC Canada Nederland",
    "it": "Norvegia Belgio Cina Corea_del_Sud ROC Canada Paesi_Bassi",
    "fr": "Norvège Belgique Chine Corée_du_Sud ROC Canada Pays-Bas",
    "ja": "ノルウェー ベルギー 中国 韓国 ROC カナダ オランダ",
    "ko": "노르웨이 벨기에 중국 대한민국 ROC 캐나다 네덜란드",
}


def _no_names_of_countries() -> dict[str, str]:
    raise MissingExtra


HEADERS = {
    "de": "Platz Startnummer Name Land Punkte Zeit Anmerkungen",
    "nl": "Plaats Nr. Schaatser Land Punten Tijd Opmerkingen",
    "no": "Plass Nr Navn Nasjon Poeng Tid Merknad",
    "it": "Pos. Pettorale Atleta Nazione Punti Tempo Note",
    "fr": "Rang Dossard Athlète Pays Points Temps Remarques",
    "ja": "順位 番号 選手 国 ポイント タイム 備考",
    "ko": "순위 번호 선수 국가 점수 기록 비고",
}
WANTED = tuple(
    SheetRow(rank=int(rank), bib=bib, name=name, nation=nation, total=int(total), time=time, qualified=mark or None)
    for rank, bib, name, nation, total, time, mark in ROWS
)


def sheet(text: str | bytes, **options: Any) -> Sheet:
    record = read_content(text, **options)
    assert isinstance(record, Sheet)
    return record


def refused(text: str | bytes, **options: Any) -> list[str]:
    with pytest.raises(InvalidRecord) as caught:
        read_content(text, **options)
    return [f"{problem.where}: {problem.message}".removeprefix(": ") for problem in caught.value.problems]


def only(row: str, header: str) -> SheetRow:
    return sheet(f"{header}\n{row}\n", rulebook="isu-2018").rows[0]


def table(language: str, delimiter: str, time: str = "{}:{}.{}") -> str:
    names = [name.replace("_", " ") for name in NATIONS[language].split()]
    lines = [delimiter.join(HEADERS[language].split())]
    for row, nation in zip(ROWS, names, strict=True):
        minutes, seconds, hundredths = row[5][0], row[5][2:4], row[5][5:]
        cells = [*row[:3], f" {nation}", row[4], time.format(minutes, seconds, hundredths), row[6]]
        lines.append(delimiter.join(f'"{cell}"' if delimiter in cell and delimiter == "," else cell for cell in cells))
    return "\n".join(lines) + "\n"


class TestLanguagesAndDelimiters:
    @pytest.mark.parametrize("delimiter", ["\t", ";", ",", "|"])
    @pytest.mark.parametrize("language", HEADERS)
    def test_same_table_in_every_language(self, language: str, delimiter: str) -> None:
        read = sheet(table(language, delimiter))
        assert read.rows == WANTED
        assert (read.rulebook.id, read.advance) == ("isu-2024", 4)
        assert [warning.kind for warning in read.warnings] == ["incomplete", "assumed"]

    @pytest.mark.parametrize(
        "time", ["{}'{}\"{}", "{}\u2032{}\u2033{}", "{}:{},{}", "{}.{},{}", "00:0{}:{},{}", "0:0{}:{}.{}", "{}'{}''{}", "{}:{},{} min"]
    )  # fmt: skip
    def test_every_spelling_of_a_time(self, time: str) -> None:
        assert sheet(table("it", "\t", time)).rows == WANTED

    @pytest.mark.parametrize(("time", "language"), [("{}分{}秒{}", "ja"), ("{}분 {}초 {}", "ko")])
    def test_times_of_other_scripts(self, time: str, language: str) -> None:
        text = table(language, ";", time.replace("초 ", "초"))
        assert sheet(text).rows == WANTED

    def test_byte_order_mark_line_ends_and_columns_in_another_order(self) -> None:
        lines = [line.split("\t")[::-1] for line in table("fr", "\t").splitlines()]
        text = "\ufeff" + "\r\n".join(";".join(line) for line in lines)
        assert sheet(text.encode()).rows == sheet(text.encode("utf-16")).rows == WANTED

    def test_letters_of_an_old_spreadsheet_are_named(self) -> None:
        (message,) = refused("Platz;Läufer;Punkte\n1;Ann;60\n".encode("cp1252"))
        assert message.startswith("line 1: not UTF-8 text (")

    def test_sep_line_and_header_with_a_hash(self) -> None:
        body = "".join(";".join(row) + "\n" for row in ROWS)
        for header in ("#Rank;Nr;Name;NOC;Pts;Time;Q", "# Rank;Nr;Name;NOC;Pts;Time;Q", "#;Nr;Name;NOC;Pts;Time;Q"):
            for first in ("", "sep=;\n"):
                assert sheet(f"{first}{header}\n{body}").rows == WANTED

    def test_hash_is_the_number_worn_where_it_is_no_rank(self) -> None:
        assert only("7,1,Ann", "#,Rank,Name").bib == "7"
        assert only("7,Ann,60", "#,Name,Total").bib == "7"
        assert only("1,Ann,60", "#,Name,Total").rank == 1


class TestNothingIsDropped:
    def test_column_without_a_heading(self) -> None:
        assert refused(",Rank,Name,Total\nx,1,Ann,60\n,2,Bea,40\n", rulebook="isu-2018") == [
            "line 2: 'x' stands in a column without a heading"
        ]
        assert sheet(",Rank,Name,Total,\n0,1,Ann,60,\n1,2,Bea,40\n", rulebook="isu-2018").rows[1].name == "Bea"
        assert len(refused("Rank,Name,Total,\n1,Ann,60,1\n2,Bea,40,0\n", rulebook="isu-2018")) == 1

    @pytest.mark.parametrize(
        ("mark", "column"),
        [
            ("DISQ", "Status"),
            ("D.Q.", "Status"),
            ("RET", "Rank"),
            ("WD", "Time"),
            ("Abd", "Notes"),
            ("ritirato", "Total"),
        ],
    )
    def test_mark_that_is_plain(self, mark: str, column: str) -> None:
        assert only(f"Ann,{mark}", f"Name,{column}").mark == mark

    @pytest.mark.parametrize("column", ["Status", "Time", "Rank", "Total", "Laps", "Behind", "S1"])
    def test_mark_that_is_not_plain_is_never_finished(self, column: str) -> None:
        (message,) = refused(f"Name,{column}\nAnn,NC\n", rulebook="isu-2018")
        assert message.startswith(f"line 2, column {column}: 'NC'")

    def test_footnote_of_a_mark(self) -> None:
        assert only("Ann,DQ T3", "Name,Time").mark == "DQ"

    def test_marks_that_mean_the_same_agree(self) -> None:
        assert only("Ann,DSQ,DQ", "Name,Time,Status").mark == "DQ"

    def test_notes(self) -> None:
        assert only("1,Ann,Q", "Rank,Name,Notes").qualified == "Q"
        assert only("1,Ann,Q[1]", "Rank,Name,Notes").qualified == "Q"
        row = only('Ann,"q, DNF"', "Name,Notes")
        assert (row.qualified, row.mark) == ("q", "DNF")
        read = sheet("Rank,Name,Notes\n1,Ann,fell in lap 3\n", rulebook="isu-2018")
        assert [str(warning) for warning in read.warnings] == [
            "line 2, column Notes: the note 'fell in lap 3' is left out (left-out); the format has no place for notes"
        ]
        assert refused("Rank,Name,Notes\n,Ann,NC\n", rulebook="isu-2018") == [
            "line 2, column Notes: 'NC' is not a mark that is known here"
        ]
        assert refused('Name,Status,Notes\nAnn,DQ,"Q, DNF"\n', rulebook="isu-2018") == [
            "line 2, column Notes: DNF here, but DQ elsewhere in the row"
        ]

    def test_column_that_a_sheet_has_no_place_for(self) -> None:
        assert refused("Name,Total,Shoe\nAnn,60,43\n", rulebook="isu-2018") == [
            "line 1: 'Shoe' is not a heading that is known here"
        ]

    def test_known_headings_are_named(self) -> None:
        with pytest.raises(InvalidRecord, match="known are Rnk, Start, Nr, Name, Country"):
            read_content("Name,Total,Shoe\nAnn,60,43\n")

    def test_start_number_has_a_place(self) -> None:
        assert only("1,3,7,Ann", "Rank,Start,Nr,Name").start == 3
        assert only("1,3 / 7,Ann", "Rank,Start no / Nr,Name") == only("1,3,7,Ann", "Rank,Start,Nr,Name")

    def test_name_in_two_columns(self) -> None:
        assert only("1,Ann,Bo", "Rank,First name,Last name").name == "Ann Bo"
        assert only("1,Bo,Ann", "Rank,Nom,Prénom").name == "Bo Ann"

    def test_lines_above_the_table(self) -> None:
        text = "Club races,,\n22 November 2025,,\nBring your own skates,,\nRank,Name,Total\n1,Ann,60\n"
        read = sheet(text)
        assert (read.competition, read.date, read.rulebook.id) == ("Club races", "2025-11-22", "isu-2024")
        assert "the line 'Bring your own skates' is left out" in str(read.warnings[0])

    def test_lines_below_the_table(self) -> None:
        read = sheet("Rank,Name,Total\n1,Ann,60\nReferee: Jo\nStarter: Al\n", rulebook="isu-2018")
        assert [str(warning).split(" (")[0] for warning in read.warnings[:2]] == [
            "line 3: the line 'Referee: Jo' is left out",
            "line 4: the line 'Starter: Al' is left out",
        ]


class TestTimes:
    def test_zero_that_was_cut_off(self) -> None:
        read = sheet("Name;Time\nA;7:39,2\nB;7:39,31\nC;7:39,976\n", rulebook="isu-2018")
        assert [str(row.time) for row in read.rows] == ["7:39.20", "7:39.31", "7:39.976"]

    def test_tenths_alone_and_whole_seconds_are_refused(self) -> None:
        assert refused("Name;Time\nA;7:39,2\nB;7:39,3\nC;7:39\n", rulebook="isu-2018") == [
            "line 2, column Time: '7:39,2' is not a time: it has tenths alone",
            "line 3, column Time: '7:39,3' is not a time: it has tenths alone",
            "line 4, column Time: '7:39' is not a time: it has no hundredths",
        ]

    def test_digit_in_brackets_is_thousandths_where_the_column_allows_it(self) -> None:
        read = sheet("Name,Time\nA,6:54.85(5)\nB,6:54.85(7)\nC,6:55.10\n", rulebook="isu-2018")
        assert [str(row.time) for row in read.rows] == ["6:54.855", "6:54.857", "6:55.10"]

    @pytest.mark.parametrize("brackets", ["123", ("5", "60", "40"), ("5", "", "3")])
    def test_digits_in_brackets_that_can_be_something_else(self, brackets: tuple[str, str, str]) -> None:
        cells = [f"({digits})" if digits else "" for digits in brackets]
        text = "Name,Time\nA,6:54.85{}\nB,6:54.90{}\nC,6:55.10{}\n".format(*cells)
        assert refused(text, rulebook="isu-2018")[0] == (
            f"line 2, column Time: '6:54.85{cells[0]}': in this column the digit in brackets can be something else than thousandths"
        )

    def test_fraction_of_a_day_and_seconds(self) -> None:
        read = sheet("Name,Time\nA,0.005353125\nB,0.0053532060\nC,462.74\n", rulebook="isu-2018")
        assert [str(row.time) for row in read.rows] == ["7:42.51", "7:42.517", "7:42.74"]

    def test_gap_in_place_of_a_time(self) -> None:
        read = sheet("Name,Time\nA,6:54.85\nB,+0.23\nC,+1:02.10\n", rulebook="isu-2018")
        assert [str(row.time) for row in read.rows] == ["6:54.85", "6:55.08", "7:56.95"]
        assert refused("Name,Time\nA,\nB,+0.23\n", rulebook="isu-2018") == [
            "line 3, column Time: '+0.23' is not a time"
        ]
        exact = sheet("Name,Time\nA,6:54.851\nB,+0.232\n", rulebook="isu-2018")
        assert str(exact.rows[1].time) == "6:55.083"

    def test_gap_column_gives_the_times_that_are_missing(self) -> None:
        read = sheet(
            "Name,Time,Behind\nA,6:54.85,0\nB,,+0.23\nC,6:55.10,0.25\nD,,DNF\nE,6:56.00,\n", rulebook="isu-2018"
        )
        assert [str(row.time) for row in read.rows] == ["6:54.85", "6:55.08", "6:55.10", "None", "6:56.00"]
        assert read.rows[3].mark == "DNF"
        read = sheet("Name,Behind\nA,\nB,+0.3\n", rulebook="isu-2018")
        assert read.warnings[0].message == "the gap '+0.3' is left out, for there is no time to add it to"
        assert refused("Name,Time,Behind\nA,6:54.85,far\n", rulebook="isu-2018") == [
            "line 2, column Behind: 'far' is not a time"
        ]

    def test_seconds_column(self) -> None:
        read = sheet("Name,Seconds\nA,462.51\nB,462.976\n", rulebook="isu-2018")
        assert [str(row.time) for row in read.rows] == ["7:42.51", "7:42.976"]
        assert refused("Name,Time,Seconds\nA,7:42.51,462.61\nB,,x\n", rulebook="isu-2018") == [
            "line 2, column Seconds: '462.61', but the time is 7:42.51",
            "line 3, column Seconds: 'x' is not a time",
        ]


class TestRanks:
    @pytest.mark.parametrize(
        ("text", "rank"),
        [
            ("1.", 1), ("2nd", 2), ("=3", 3), ("3=", 3), ("1er", 1), ("2e", 2), ("3º", 3), ("4位", 4), ("5위", 5),
            ("gold", 1), ("Silber", 2), ("Bronzemedaille", 3), ("medaglia d'oro", 1), ("médaille d\u2019argent", 2), ("🥉", 3),
            ("金メダル", 1), ("은", 2), ("1st place", 1),
        ],
    )  # fmt: skip
    def test_rank_in_words_and_ordinals(self, text: str, rank: int) -> None:
        assert only(f"{text},Ann", "Rank,Name").rank == rank

    def test_medals_as_they_are_copied(self) -> None:
        text = "Rank\tName\tTotal\n1st place, gold medalist(s)\tAnn\t60\n2nd place, silver medalist(s)\tBea\t40\n"
        assert [row.rank for row in sheet(text, rulebook="isu-2018").rows] == [1, 2]
        assert refused(text.replace("gold", "bronze"), rulebook="isu-2018") == [
            "line 2, column Rank: '1st place, bronze medalist(s)' is not a whole number"
        ]


class TestPoints:
    def test_points_alone_are_told_by_the_ranks(self) -> None:
        assert [row.total for row in sheet("Rank,Name,Points\n1,A,60\n2,B,44\n", rulebook="isu-2018").rows] == [60, 44]
        read = sheet("Rank,Name,Points\n1,A,60\n2,B,54\n3,C,48\n4,D,44\n", rulebook="isu-2018")
        assert [row.world_cup_points for row in read.rows] == [60, 54, 48, 44]
        assert read.rows[0].total is None

    def test_points_beside_others(self) -> None:
        row = only("1,A,63,60", "Rank,Name,Punkte,Weltcuppunkte")
        assert (row.total, row.world_cup_points) == (63, 60)

    @pytest.mark.parametrize("rows", ["1,A,60\n", "A,B,60\n", "1,A,60\n2,B,54\n3,C,20\n4,D,5\n5,E,1\n"])
    def test_points_that_can_be_either(self, rows: str) -> None:
        assert refused(f"Rank,Name,Points\n{rows}", rulebook="isu-2018")[0] == (
            "line 1: 'Points' can be the points of the race or of the World Cup"
        )


class TestParts:
    TEXT = "Halbfinale;Platz;Name;Land;Gesamt\n1;1;Ann;NED;60\n2;1;Bea;GER;61\n1;2;Cleo;ITA;40\n"

    def test_part_is_chosen_by_what_stands_in_its_column(self) -> None:
        assert refused(self.TEXT, rulebook="isu-2018") == [
            "line 1: there are 2 sheets in this table, told apart by Halbfinale: '1' and '2'"
        ]
        read = sheet(self.TEXT, rulebook="isu-2018", part="1")
        assert ([row.name for row in read.rows], read.round, read.id) == (["Ann", "Cleo"], "semifinal 1", "sheet-1")
        assert refused(self.TEXT, rulebook="isu-2018", part="3") == ["line 1: there is no part '3'"]

    def test_all_parts(self) -> None:
        first, second = read_sheets(self.TEXT, rulebook="isu-2018")
        assert first == sheet(self.TEXT, rulebook="isu-2018", part="1")
        assert second == sheet(self.TEXT, rulebook="isu-2018", part="2")

    def test_problem_of_a_part_has_its_line(self) -> None:
        assert refused(self.TEXT.replace("61", "x"), rulebook="isu-2018", part="2") == [
            "line 3, column Gesamt: 'x' is not a whole number"
        ]

    def test_one_part_says_what_the_sheet_is(self) -> None:
        read = sheet("Rank,Name,Gender,Division,Total\n1,Ann,Women,A,60\n", rulebook="isu-2018")
        assert (read.event, read.round, read.id) == ("women", "division a", "sheet")
        assert sheet("Rank,Name,Round\n1,Ann,Final\n", rulebook="isu-2018").round == "final"
        assert sheet("Rank,Name,Round\n1,Ann,\n", rulebook="isu-2018").round is None

    def test_header_that_stands_twice_begins_another_sheet(self) -> None:
        text = "Semifinal 1,,\nRank,Name,Total\n1,Ann,60\n2,Bea,40\nSemifinal 2,,\nRank,Name,Total\n1,Cleo,61\n"
        first, second = read_sheets(text, rulebook="isu-2018")
        assert (first.round, [row.name for row in first.rows]) == ("semifinal 1", ["Ann", "Bea"])
        assert (second.round, [row.name for row in second.rows]) == ("semifinal 2", ["Cleo"])
        bare = "Rank,Name,Total\n1,Ann,60\n2,Bea,40\nRank,Name,Total\n1,Cleo,61\n"
        assert [len(one.rows) for one in read_sheets(bare, rulebook="isu-2018")] == [2, 1]

    def test_what_is_given_is_said_of_every_part(self) -> None:
        text = "Semifinal,Rank,Name,Total\n1,1,Ann,60\n2,1,Cleo,61\n"
        read = read_sheets(text.encode(), "cups/hamar.csv", rulebook="isu-2018", sprint_laps=(3, 7))
        assert [(one.id, one.rulebook.sprint_laps) for one in read] == [("hamar-1", (3, 7)), ("hamar-2", (3, 7))]

    def test_json_that_quotes_a_table_is_json(self) -> None:
        one = Sheet(id="x", rulebook="isu-2018", sources=["Nr,Name,Time,Total"], rows=[SheetRow(name="Ann")])
        assert read_sheets(dumps(one)) == read_sheets(b"\xef\xbb\xbf\n" + dumps(one).encode()) == (one,)

    def test_record_that_is_one_sheet_or_a_race(self) -> None:
        one = '{"kind": "sheet", "version": 1, "id": "x", "rulebook": "isu-2018", "rows": [{"name": "Ann"}]}'
        assert [read.id for read in read_sheets(one)] == ["x"]
        race = '{"kind": "race", "version": 1, "rulebook": "isu-2018", "starters": [{"id": "4"}], "finish": ["4"]}'
        for text in (race, "# rulebook: isu-2018\nNr,Line\n4,1\n"):
            with pytest.raises(InvalidRecord, match="this is a race"):
                read_sheets(text)
        assert refused("# rulebook: isu-2018\nNr,Line\n4,1\n", part="1") == ["line 2: this is a race, and has no parts"]


class TestPasted:
    LIVE = "".join(f"{row[0]} {row[0]} / {row[1]} {row[2]} {row[3]} {row[5]} {row[4]}\n" for row in ROWS)

    def test_results_page_without_a_header(self) -> None:
        read = sheet(self.LIVE)
        assert [(row.rank, row.start, row.bib, row.name, row.nation, row.total) for row in read.rows][:2] == [
            (1, 1, "100", "Kristian Ulekleiv", "NOR", 60),
            (2, 2, "4", "Bart Swings", "BEL", 44),
        ]

    def test_cells_of_other_kinds_without_a_header(self) -> None:
        text = "1 80 Ann LEE KOR 16 61 7:42.51 Q\n2 112 Bea KEY NED 16 40 7:42.74 Q\n3 8 Cleo ALI ITA 16 20 DNF\n"
        rows = sheet(text, rulebook="isu-2018").rows
        assert [(row.bib, row.name, row.nation, row.laps, row.total) for row in rows] == [
            ("80", "Ann LEE", "KOR", 16, 61),
            ("112", "Bea KEY", "NED", 16, 40),
            ("8", "Cleo ALI", "ITA", 16, 20),
        ]
        assert [(row.mark, row.qualified) for row in rows] == [(None, "Q"), (None, "Q"), ("DNF", None)]
        tabs = "1\tAnn Orr\tNorwegen\t7:39.20\t60\n2\tBea Key\tNiederlande\t7:39.31\t40\n"
        assert [(row.nation, row.total) for row in sheet(tabs, rulebook="isu-2018").rows] == [("NOR", 60), ("NED", 40)]

    @pytest.mark.parametrize(
        "text",
        [
            "1 80 Ann LEE KOR 61 7:42.51\n2 112 40\n",
            "1 80 Anna KOR 7:42.51 7:42.60\n",
            "3 80 Anna KOR 7:42.51 3\n",
            "1 2 3 Anna KOR 7:42.51 3\n",
            "1 Anna KOR 7:42.51 3 4\n2 Beate NED 7:42.60 5 6\n",
            "Ann KOR\n",
            "# a remark\n",
        ],
    )
    def test_columns_that_are_not_plain(self, text: str) -> None:
        with pytest.raises(InvalidRecord, match=r"neither JSON nor a table"):
            read_content(text, rulebook="isu-2018")

    def test_only_a_table_but_for_its_countries_asks_for_names_of_countries(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("massstart.nations._codes", _no_names_of_countries)
        codes = "1\tAnn Orr\tNOR\t7:39.20\t60\n2\tBea Key\tNED\t7:39.31\t40\n"
        assert [row.nation for row in sheet(codes, rulebook="isu-2018").rows] == ["NOR", "NED"]
        for text in ("null", "Ann, Bea", "1 80 Anna\n", "seven"):
            with pytest.raises(InvalidRecord, match=r"neither JSON nor a table"):
                read_content(text)
        with pytest.raises(MissingExtra):
            sheet(codes.replace("NOR", "Norwegen"), rulebook="isu-2018")

    PDF = (
        "ISU SPEED SKATING WORLD CUP #2\nOlympic Oval - Calgary (Can) / 21 - 23 Nov 2025\n26. RESULT Mass Start Men\n"
        "Sunday, 23 November 2025\nRnk Nr Name Country Laps S1 S2 S3 S4 Total Time Points\n"
        "1 80 Andrea GIOVANNINI ITA 16 1 60 61 7:42.51 60\n2 16 Antoine GÉLINAS-\nBEAULIEU CAN 16 1 2 1 40 44 7:42.97 (6) (N) 54\n"
        "3 57 Anna Maria\nBO FRA 16 0 7:42.97 (9) 48\n4 58 Bea KEY NED 2 DQ T25\nReferee: Jo ROE (CAN)\n"
    )

    def test_text_out_of_a_pdf(self) -> None:
        read = sheet(self.PDF)
        assert (read.id, read.date, read.laps) == ("wc-2025-26-2-men-division-a", "2025-11-23", 16)
        assert [(row.name, row.nation, row.laps, row.total, str(row.time), row.world_cup_points, row.mark) for row in read.rows] == [
            ("Andrea GIOVANNINI", "ITA", 16, 61, "7:42.51", 60, None),
            ("Antoine GÉLINAS-BEAULIEU", "CAN", 16, 44, "7:42.976", 54, None),
            ("Anna Maria BO", "FRA", 16, 0, "7:42.979", 48, None),
            ("Bea KEY", "NED", 2, None, "None", None, "DQ"),
        ]  # fmt: skip
        assert [row.world_cup_replaced for row in read.rows] == [None, True, None, None]
        assert {row.sprints for row in read.rows} == {None}
        assert [warning.where for warning in read.warnings] == ["line 6", "line 7", "line 12"]

    def test_a_family_name_of_three_letters_is_no_nation(self) -> None:
        text = "Rnk Name Country S1 S2 S3 S4 Total\n1 Cleo Lie 1 2 3 60 66\n2 Bea Tan NED 3 1 1 40 45\n3 Ann Lee usa 2 3 2 20 27\n"
        rows = sheet(text, rulebook="isu-2018").rows
        assert [(row.name, row.nation) for row in rows] == [("Cleo Lie", None), ("Bea Tan", "NED"), ("Ann Lee", "USA")]

    def test_sprints_that_leave_no_choice_are_read(self) -> None:
        text = "Rnk Name Country S1 S2 S3 S4 Total Time\n1 Ann BO NED 1 2 3 60 66 7:42.51\n2 Bea KEY ITA 0 7:42.60\n"
        read = sheet(text, rulebook="isu-2018")
        assert [row.sprints for row in read.rows] == [(1, 2, 3, 60), (0, 0, 0, 0)]
        assert read.warnings == ()

    def test_rank_or_nation_that_is_missing_is_made_of_no_name(self) -> None:
        text = "Rank Name Country Time\n1 Ann Orr NED 7:42.97\nBea Key GER 7:43.00\n3 Cleo Carr 7:44.00\n"
        assert [(row.rank, row.name, row.nation) for row in sheet(text, rulebook="isu-2018").rows] == [
            (1, "Ann Orr", "NED"),
            (None, "Bea Key", "GER"),
            (3, "Cleo Carr", None),
        ]

    def test_header_with_more_columns_than_can_be_tried(self) -> None:
        sprints = " ".join(f"S{number}" for number in range(1, 40))
        assert refused(
            f"Rnk Name {sprints} Total\n1 Ann BO 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 60\n"
        ) == ["this is neither JSON nor a table with headings that are known here"]

    @pytest.mark.parametrize(
        ("header", "row"),
        [
            ("Rnk Name S1 S2 S3 S4 S5 S6 S7 S8 S9 S10 S11 S12 Total", "1 Ann 1 1 1 1 1 1 60"),
            (" ".join([*["Name"] * 14, "Total"]), "ab " * 20 + "!"),
        ],
    )
    def test_lines_that_can_be_read_in_too_many_ways(
        self, header: str, row: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(pasteread, "_TRIES", 5_000)
        assert refused(f"{header}\n" + f"{row}\n" * 30, rulebook="isu-2018") == [
            "its lines can be read in too many ways; 5,000 cells were tried"
        ]

    def test_points_that_a_pasted_text_shows_as_forfeited(self) -> None:
        text = "Rnk Name Laps S1 S2 S3 S4 Total Time\n1 Ann BO 16 3 60 63 7:42.51\n2 Bea KEY 16 2 0 8:42.60\n3 Cleo PO 9 1 0 5:00.00\n"
        read = sheet(text, rulebook="isu-2024")
        assert [row.mark for row in read.rows] == [None, "LAP", None]
        assert [str(warning).split(" (")[0] for warning in read.warnings if warning.kind == "assumed"] == [
            "line 3: marked LAP: 2 points of the sprints and a total of 0"
        ]

    @pytest.mark.parametrize(
        ("line", "message"),
        [
            ("2 Bea NED x 40 7:42.60", "line 3: '2 Bea NED x 40 7:42.60' does not fit the headings"),
            ("KEY", "line 3: 'KEY' does not fit the headings"),
            ("2 3 7:42.60", "line 3: '2 3 7:42.60' does not fit the headings"),
        ],
    )
    def test_line_that_does_not_fit(self, line: str, message: str) -> None:
        text = f"Rank Name Country Total Time\n1 Ann BO NED 60 7:42.51\n{line}\n"
        assert message in refused(text, rulebook="isu-2018")

    def test_line_that_fits_in_two_ways(self) -> None:
        assert refused("Rank Nr Name Time\n7 Ann 7:42.51\n", rulebook="isu-2018") == [
            "line 2: '7 Ann 7:42.51' can be read in more than one way"
        ]

    def test_names_of_countries_marks_and_other_columns(self) -> None:
        text = "Rank Start No Name Country Time Gap Q\n1 5 Ann Bo South Korea 7:42.51 Q\n2 6 Bea Key Norway +0.23 0.23\nDNF 7 Cleo Po USA\n"
        rows = sheet(text, rulebook="isu-2018").rows
        assert [(row.start, row.name, row.nation, str(row.time), row.qualified, row.mark) for row in rows] == [
            (5, "Ann Bo", "KOR", "7:42.51", "Q", None),
            (6, "Bea Key", "NOR", "7:42.74", None, None),
            (7, "Cleo Po", "USA", "None", None, "DNF"),
        ]


class TestWhichRulebook:
    def test_points_tell_the_rulebook(self) -> None:
        totals = {"isu-2014": [60, 41, 20, 5, 5, 5, 4, 3, 3, 1], "isu-2024-junior": [33, 22, 11, 4, 2, 1, 6]}
        for id, points in totals.items():
            rows = "".join(f"{rank},S{rank},{total}\n" for rank, total in enumerate(points, 1))
            assert sheet(f"Rank,Name,Total\n{rows}").rulebook.id == id

    @pytest.mark.parametrize(("title", "id"), [("Women", "isu-2024"), ("Women Junior", "isu-2024-junior")])
    def test_a_title_of_juniors_tells_theirs(self, title: str, id: str) -> None:
        text = f"# date: 2025-11-22\nMass Start {title}\nRank,Name,Time\n1,Ann,7:42.97\n"
        assert sheet(text).rulebook.id == id

    POINTS = (63, 42, 21, 10, 6, 3, 3, 3, 2, 2, 1, 1)

    def rows(self, last: str, header: str = "Rank,Name,Total,Time,Laps,Status") -> str:
        rows = "".join(
            f"{rank},S{rank},{total},7:{40 + rank}.00,16,\n" for rank, total in enumerate(self.POINTS[:-1], 1)
        )
        return f"{header}\n{rows}12,S12,{last}\n"

    @pytest.mark.parametrize(
        ("last", "id"),
        [("1,7:59.00,16,", "isu-2024"), ("1,7:59.00,16,LAP", "isu-2018"), ("1,7:20.00,15,", "isu-2018"), ("1,7:20.00,,", "isu-2018")],
    )  # fmt: skip
    def test_points_that_count_of_a_skater_short_of_the_distance_tell_it(self, last: str, id: str) -> None:
        assert sheet(self.rows(last)).rulebook.id == id

    def test_points_that_do_not_count_tell_it_too(self) -> None:
        rows = [
            "1,A,0,1,0,60,61",
            "2,B,3,2,3,40,48",
            "3,C,2,3,2,20,27",
            "4,D,1,0,1,10,12",
            "5,E,0,0,0,6,6",
            "6,F,0,0,0,3,0",
        ]
        assert sheet("Rank,Name,S1,S2,S3,S4,Total\n" + "\n".join(rows)).rulebook.id == "isu-2024"

    def test_points_of_the_first_ranks_tell_it_where_one_scale_alone_can_make_them(self) -> None:
        assert sheet("Rank,Name,Total\n1,A,69\n2,B,46\n3,C,23\n4,D,10\n5,E,6\n").rulebook.id == "isu-2024"

    def test_time_is_held_against_that_of_the_winner_wherever_she_stands(self) -> None:
        _, first, second, *others = self.rows("1,7:59.00,16,").splitlines()
        table = "\n".join(["Rank,Name,Total,Time,Laps,Status", second, first, *others])
        assert sheet(table.replace(",16,", ",,")).rulebook.id == "isu-2024"

    @pytest.mark.parametrize(
        "rows",
        [
            "1,A,60\n2,B,40\n3,C,20\n", "1,A,60\n2,B,\n", "2,A,60\n", "1,A,99\n2,B,40\n3,C,20\n",
            "1,A,69\n2,B,44\n3,C,22\n4,D,20\n", "1,A,69\n2,B,44\n3,C,22\n4,D,\n",
        ],
    )  # fmt: skip
    def test_points_that_leave_it_open(self, rows: str) -> None:
        assert "rulebook: no rulebook is given, and no date to find it by, and the points fit none" in refused(
            f"Rank,Name,Total\n{rows}"
        )

    def test_points_that_count_and_points_that_do_not_in_one_table_fit_none(self) -> None:
        rows = ["1,A,0,1,0,60,61,", "2,B,3,2,3,40,48,", "3,C,2,3,2,20,27,"]
        rows += ["4,D,1,0,1,10,12,LAP", "5,E,0,0,0,6,6,", "6,F,0,0,0,3,0,LAP"]
        found = refused("Rank,Name,S1,S2,S3,S4,Total,Status\n" + "\n".join(rows))
        assert "rulebook: no rulebook is given, and no date to find it by, and the points fit none" in found

    def test_few_skaters_with_all_the_points_there_are_lack_none(self) -> None:
        text = "# rulebook: isu-2024\nRank,Name,Total\n1,A,69\n2,B,46\n3,C,23\n"
        assert sheet(text).warnings == ()
        assert [one.kind for one in sheet(text.replace("23", "22")).warnings] == ["incomplete"]

    @pytest.mark.parametrize("day", ["16.11.2025", "2025-11-31", "2025-W46-7", "20251116", "Nov 2025"])
    def test_what_is_no_date_is_refused_as_such(self, day: str) -> None:
        message = f"{day!r} is not a date of the form YYYY-MM-DD"
        assert refused(f"# date: {day}\nRank,Name,Total\n1,A,60\n") == [f"line 1: {message}"]
        quoted = refused(f'# date: "{day}"\nRank,Name,Total\n1,A,60\n')
        assert quoted == [f"date: {message}"]


class TestRaces:
    HEAD = "# rulebook: isu-2018\n"

    def race(self, text: str) -> Race:
        record = read_content(self.HEAD + text)
        assert isinstance(record, Race)
        return record

    def test_laps_short_of_the_distance_are_unfinished(self) -> None:
        race = self.race(
            "Nr,Line,Laps,Time,Status\n1,1,16,7:40.00,\n2,,9,5:24.53,\n3,,8,,LAP\n4,,,,WD\n5,,0,,DNS\n6,DNF,7,,\n"
        )
        assert [(one.id, one.laps) for one in race.unfinished] == [("2", 9), ("3", 8), ("6", 7)]
        assert race.did_not_start == ("4", "5")

    def test_marks_of_the_judges(self) -> None:
        race = self.race("Nr,Name,Line,Q,Status\n1,A,1,Q,\n2,B,2,q,\n3,C,,,D.Q.\n4,D,3,,überrundet\n")
        assert [one.id for one in race.advanced] == ["2"]
        assert [one.id for one in race.disqualified] == ["3"]
        assert race.lapped == ("4",)

    def test_start_numbers_order_the_starters(self) -> None:
        race = self.race("Start,Nr,First name,Last name,Country,Line\n2,7,Ann,Bo,Norway,1\n1,8,Bea,Key,NLD,2\n")
        assert [(one.id, one.name, one.nation) for one in race.skaters] == [
            ("8", "Bea Key", "NED"),
            ("7", "Ann Bo", "NOR"),
        ]

    @pytest.mark.parametrize(
        ("text", "message"),
        [
            ("Nr,Line,Q\n1,1,x\n", "line 3, column Q: 'x' is neither Q nor q"),
            ("Nr,Line,Laps\n1,1,16\n2,2,15\n", "line 4, column Line: a place across the line, but not all the laps"),
            ("Nr,Line,Laps\n1,1,17\n", "line 3, column Laps: 17 laps, but the race has 16"),
            ("Nr,Line,Laps,Status\n1,1,16,\n2,,9,DQ\n", "line 4, column Laps: the laps of a skater with the mark DQ have no place in a race"),
            ("Nr,Line,Laps,Status\n1,1,16,\n2,,9,DNS\n", "line 4, column Laps: the laps of a skater with the mark DNS have no place in a race"),
            ("Nr,Line,Laps,Status\n1,1,16,\n2,,0,DQ\n", "line 4, column Laps: the laps of a skater with the mark DQ have no place in a race"),
            ("Nr,Line,Status\n1,1,NC\n", "line 3, column Status: 'NC' is not a status"),
            ("Nr,Line,Status\n1,DNF,DQ\n", "line 3, column Line: more than one mark: DQ, DNF"),
            ("Nr,Line,Time\n1,1,7:40\n", "line 3, column Time: '7:40' is not a time: it has no hundredths"),
            ("Start,Nr,Line\n1,7,1\n3,8,2\n", "line 2, column Start: the start numbers are not 1, 2, 3 and so on"),
            ("Nr,Line,Notes\n1,1,x\n", "line 2: Line stands in a race, and Notes in a result"),
            ("Nr,Line,Semifinal\n1,1,1\n", "line 2: Line stands in a race, and Semifinal in a result"),
        ],
    )  # fmt: skip
    def test_more_than_a_race_can_hold(self, text: str, message: str) -> None:
        assert refused(self.HEAD + text)[0] == message

    def test_mark_in_place_of_the_time(self) -> None:
        race = self.race("Nr,Line,Time\n1,1,7:40.00\n2,,DQ\n3,,DNS\n")
        assert [one.id for one in race.disqualified] == ["2"]
        assert race.did_not_start == ("3",)

    def test_every_row_of_nobody_is_named(self) -> None:
        assert refused(self.HEAD + "Nr,Name,Line\n7,Ann,1\n,,2\n,,3\n") == [
            "line 4, column Nr: nobody's number or name stands here",
            "line 5, column Nr: nobody's number or name stands here",
        ]

    def test_problem_of_the_rulebook_is_one_among_others(self) -> None:
        assert refused("Nr,Line\n1,x\n") == [
            "line 2, column Line: 'x' is not a whole number",
            "rulebook: no rulebook is given, and no date to find it by",
        ]


class TestWhatCannotBeRead:
    @pytest.mark.parametrize(
        ("content", "what"),
        [
            (b"<!DOCTYPE html><html></html>", "this is a web page"),
            ("<table><tr></tr></table>", "this is a web page"),
            (b"<?xml version='1.0'?><a/>", "this is an XML file"),
            (b"\x89PNG\r\n\x1a\n", "this is an image (PNG)"),
            (b"\xff\xd8\xff\xe0", "this is an image (JPEG)"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1", "this is an old spreadsheet (.xls), or one with a password"),
            (b"PK\x03\x04" + b"0" * 26 + b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet", "this is a spreadsheet of another kind (.ods)"),
            (b"PK\x03\x04" + b"0" * 26 + b"mimetypeapplication/vnd.oasis.opendocument.text", "this is a text document"),
            (b"PK\x03\x04" + b"0" * 26 + b"word/document.xml", "this is a text document"),
            (b"PK\x03\x04nothing", "this is a zip archive"),
            (b"{\\rtf1 Rank}", "this is a text with formats (.rtf)"),
            ("Dear all,\nthe race was good.\n", "this is neither JSON nor a table with headings that are known here"),
        ],
    )  # fmt: skip
    def test_it_says_what_it_is(self, content: str | bytes, what: str) -> None:
        assert refused(content) == [what]


@pytest.mark.parametrize(
    "said",
    [
        "Mass Start Women Junior",
        "Junior Women",
        "Juniorenrennen",
        "# event: junior women",
        "# competition: World Juniors",
    ],
)
def test_a_race_of_juniors_gets_their_rulebook_however_it_is_said(said: str) -> None:
    for table in ("Rnk,Nr,Name,Total\n1,5,Ann,60\n", "Nr,Name,Line\n5,Ann,1\n"):
        value = loads(f"{said}\n# date: 2025-11-22\n{table}")
        assert isinstance(value, Sheet | Race)
        assert value.rulebook.id == "isu-2024-junior"
