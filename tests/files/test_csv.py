"""Sheets and races from CSV, and the rows for other libraries."""

import csv
import io
import json
from pathlib import Path

import pytest
from attrs import evolve

from massstart import InvalidRecord, Race, Rulebook, Scale, Sheet, SheetRow, dumps, load, loads, rank, rulebook
from massstart.files.csvread import looks_like_table, read_csv
from massstart.files.csvwrite import write_csv
from massstart.files.loading import read_content

SHEET = """\
# id: club
# competition: Club races, Hamar (NOR)
# a remark
# rulebook: isu-2024
# laps: 15
# source: the notice board
Rnk,Nr,Name,Country,Laps,S1,S2,S3,S4,Total,Time,Points
1,7,Ann ORR,NED,15,,,3,60,63,7:42.97(6),(N)60
2,12,Bea KEY,GER,15,1,,,40,41,7:42.97(9),54
3,3,Cleo POE,USA,15,,,,,0,DQ T25,
"""

RACE = """\
# rulebook: isu-2018
# sprint_laps: 3,6
Nr;Name;Nation;Line;S1;S2;Status;Laps;Time;Q
4;A;NED;1;1;2;;;7:42,97(6);
13;B;GER;2;2;2;LAP;;7.43,01;q
87;C;NED;2;;1;;;;
5;D;USA;;3;;DNF;9;5:24.53;
9;E;USA;;;;DSQ;;;
;F;USA;;;;DNS;;;
"""


def sheet(text: str = SHEET, *, rulebook: str | None = None) -> Sheet:
    found = read_csv(text, rulebook=rulebook)
    assert isinstance(found, Sheet)
    return found


def refused(text: str | bytes) -> list[str]:
    with pytest.raises(InvalidRecord) as caught:
        read_csv(text)
    return [f"{problem.where}: {problem.message}".removeprefix(": ") for problem in caught.value.problems]


def only(row: str, header: str = "Rnk,Name,S1,S2,S3,S4,Total,Time,Points") -> SheetRow:
    return sheet(f"{header}\n{row}\n", rulebook="isu-2024").rows[0]


class TestSheet:
    def test_head_and_rows(self) -> None:
        read = sheet()
        assert (read.id, read.competition, read.laps) == ("club", "Club races, Hamar (NOR)", 15)
        assert read.sources == ("the notice board",)
        assert [row.sprints for row in read.rows] == [(0, 0, 3, 60), (1, 0, 0, 40), (0, 0, 0, 0)]
        assert [str(row.time) for row in read.rows] == ["7:42.976", "7:42.979", "None"]
        assert [(row.world_cup_points, row.world_cup_replaced) for row in read.rows] == [
            (60, True),
            (54, None),
            (None, None),
        ]
        assert [row.mark for row in read.rows] == [None, None, "DQ"]

    @pytest.mark.parametrize("delimiter", [";", "\t", ","])
    def test_delimiter_is_found_and_columns_may_stand_in_any_order(self, delimiter: str) -> None:
        records = list(csv.reader(io.StringIO(SHEET)))
        out = io.StringIO()
        writer = csv.writer(out, delimiter=delimiter)
        for record in records:
            writer.writerow([",".join(record)] if record[0].startswith("#") else record[::-1])
        assert sheet(out.getvalue()) == sheet()

    def test_byte_order_mark_blank_lines_and_lines_filled_up_by_a_spreadsheet(self) -> None:
        filled = "\r\n".join(line + ",,," if line.startswith("#") else line for line in SHEET.splitlines())
        found = read_csv(("\ufeff" + filled + "\r\n,,,\r\n\r\n").encode())
        assert found == sheet()
        assert read_csv("\ufeff" + SHEET) == sheet()

    @pytest.mark.parametrize(
        "header",
        ["Rank,Bib,Skater,NOC", "rk,no.,competitor,Nat", "POS,Number,Athlete,Nation", "Platz,Startnummer,Läufer,Land"],
    )
    def test_names_of_columns(self, header: str) -> None:
        assert only("1,7,Ann,NED", header) == SheetRow(rank=1, bib="7", name="Ann", nation="NED")

    @pytest.mark.parametrize("header", ["Name,Sprint 1,sprint 2,SP3,S 4", "Name,S1,S2,S3,S4", "S4,S3,S2,S1,Name"])
    def test_names_of_sprints(self, header: str) -> None:
        row = "9,3,2,1,Ann" if header.startswith("S4") else "Ann,1,2,3,9"
        assert only(row, header).sprints == (1, 2, 3, 9)

    @pytest.mark.parametrize(
        ("text", "time"),
        [
            ("7:42.97", "7:42.97"), ("7:42.976", "7:42.976"), ("7:42.97(6)", "7:42.976"), ("7:42.97 (6)", "7:42.976"),
            ('"7:42,97"', "7:42.97"), ('"8.24,46"', "8:24.46"), ("8.24.46", "8:24.46"), ('"8.24,46(1)"', "8:24.461"),
        ],
    )  # fmt: skip
    def test_spelling_of_times(self, text: str, time: str) -> None:
        assert str(only(f"Ann,{text}", "Name,Time").time) == time

    @pytest.mark.parametrize("text", ["7:62.00", "7:42.976(6)", "x", "\u0667:42.97"])
    def test_what_is_no_time(self, text: str) -> None:
        assert refused(f"# rulebook: isu-2024\nName,Time\nAnn,{text}\n") == [
            f"line 3, column Time: {text!r} is not a time"
        ]

    @pytest.mark.parametrize("mark", ["DNF", "DQ", "DSQ", "LAP", "DNS", "WDR"])
    def test_mark_in_place_of_a_rank_or_a_time(self, mark: str) -> None:
        assert only(f"{mark},Ann", "Rnk,Name").mark == mark
        assert only(f"Ann,{mark}", "Name,Time").mark == mark
        assert only(f"Ann,{mark},{mark}", "Name,Time,Status").mark == mark

    def test_sprints_that_are_not_known(self) -> None:
        assert only("1,Ann,?,?,?,?,60,,", "Rnk,Name,S1,S2,S3,S4,Total,Time,Points").sprints is None
        assert refused("# rulebook: isu-2024\nName,S1,S2,S3,S4\nAnn,?,1,2,3\n") == [
            "line 3, column S1: '?' is not a whole number"
        ]

    def test_column_that_follows_from_others_is_passed_over(self) -> None:
        assert only("1,Ann,+0.3,", "Rnk,Name,Behind,").name == "Ann"

    def test_rulebook_by_argument_by_id_by_date_or_in_place(self) -> None:
        text = "Name,Total\nAnn,3\n"
        assert sheet(text, rulebook="isu-2014").rulebook.id == "isu-2014"
        assert sheet(f"# rulebook: isu-2018\n{text}").rulebook.id == "isu-2018"
        assert sheet(f"# date: 2025-11-16\n{text}").rulebook.id == "isu-2024"
        book = Rulebook("school", 10, (3, 6), Scale(20, 10), Scale(40, 20), forfeits=False)
        place = {
            "id": "school",
            "laps": 10,
            "sprint_laps": [3, 6],
            "intermediate": [20, 10],
            "final": [40, 20],
            "forfeits": False,
        }
        assert sheet(f"# rulebook: {json.dumps(place)}\n{text}").rulebook == book
        assert sheet(f"# rulebook: isu-2018\n# sprint_laps: 3\n{text}").rulebook.sprint_laps == (3,)
        assert sheet(f"# rulebook: isu-2018\n# sprint_laps:\n{text}").rulebook.sprint_laps == ()

    def test_id_is_that_of_the_head_or_the_file(self, tmp_path: Path) -> None:
        text = "Name,Total\nAnn,3\n"
        path = tmp_path / "hamar.csv"
        path.write_text(f"# rulebook: isu-2018\n{text}")
        assert load(path).id == "hamar"
        path.write_text(SHEET)
        assert load(path) == loads(SHEET) == loads(SHEET.encode())
        assert loads(f"# rulebook: isu-2018\n{text}").id == "sheet"


class TestRefusals:
    def test_all_at_once_by_line_and_column(self) -> None:
        text = (
            SHEET.replace("63", "x").replace("Bea KEY", '"Bea\nKEY"').replace("54", "(M)5").replace("DQ T25,", "DQ,,9")
        )
        assert refused(text) == [
            "line 8, column Total: 'x' is not a whole number",
            "line 9, column Points: '(M)5' is not a number of World Cup points",
            "line 11: '9' stands beyond the last column",
        ]

    def test_no_rulebook_and_bad_cells_together(self) -> None:
        assert refused("Name,Total\nAnn,x\n") == [
            "line 2, column Total: 'x' is not a whole number",
            "rulebook: no rulebook is given, and no date to find it by, and the points fit none",
        ]

    @pytest.mark.parametrize(
        ("header", "messages"),
        [
            ("Name,Shoe", ["line 1: 'Shoe' is not a heading that is known here"]),
            ("Name,Rnk,Rank", ["line 1: 'Rnk': more than one column has this meaning", "line 1: 'Rank': more than one column has this meaning"]),
            ("Name,S1,S3", ["line 1: the sprints are S1, S3"]),
            ("Name,Points", ["line 1: 'Points' can be the points of the race or of the World Cup"]),
            ("Rnk,Total", ["line 1: no column says who the skaters are"]),
            ("Name,Line,Total", ["line 1: Line stands in a race, and Total in a result"]),
        ],
    )  # fmt: skip
    def test_header(self, header: str, messages: list[str]) -> None:
        assert refused(f"{header}\nAnn,1,1\n") == messages

    @pytest.mark.parametrize(
        ("line", "message"),
        [
            ("# colour: red", "line 1: 'colour' is not a key here"),
            ("# laps: many", "line 1: 'many' is no laps"),
            ("# sprint_laps: 4,x", "line 1: '4,x' is no sprint_laps"),
            ("# complete: perhaps", "line 1: 'perhaps' is no complete"),
            ('# competition: "broken', "line 1: '\"broken' is no competition"),
            ('# rulebook: {"id": 3}', "line 1, final: is missing"),
            ("# rulebook: {", "line 1, line 1, column 2: not JSON: Expecting property name enclosed in double quotes"),
            ("# rulebook: isu-1999", "rulebook: no rulebook 'isu-1999'; there are"),
            ("# sprint_laps: 4,16", "sprint_laps: 16 is not before the last lap, 16"),
            ("# laps: 0", "laps: 0 is not a distance"),
        ],
    )  # fmt: skip
    def test_head(self, line: str, message: str) -> None:
        more = "# rulebook: isu-2024\n" if "rulebook" not in line else ""
        assert refused(f"{line}\n{more}Name,Total\nAnn,3\n")[0].startswith(message)

    def test_key_that_stands_twice(self) -> None:
        assert refused("# laps: 3\n# laps: 4\nName,Total\nAnn,3\n") == ["line 2: 'laps' stands twice"]

    def test_what_no_sheet_can_say_is_named_by_line(self) -> None:
        assert refused("# rulebook: isu-2024\nRnk,Name\n\n1,Ann\n0,Bea\n") == ["line 5, rank: 0 is not such a number"]
        assert refused("# rulebook: isu-2024\nName,S1,S2\nAnn,1,\n") == ["line 3, sprints: 2 columns; isu-2024 has 4"]
        assert refused("# rulebook: isu-2024\nName,Total\n") == ["rows: the sheet has no rows"]

    def test_no_table(self) -> None:
        assert refused("") == ["there is no header"]
        assert refused("# laps: 3\n") == ["there is no header"]
        assert refused('Name,Total\n"Ann,3\n') == ["line 2: this is not CSV: unexpected end of data"]
        assert refused(b"Name,Total\nB\xe9a,3\n") == ["line 2: not UTF-8 text (invalid continuation byte)"]

    def test_two_marks(self) -> None:
        assert refused("# rulebook: isu-2024\nName,Time,Status\nAnn,DQ,DNF\n") == [
            "line 3, column Time: DQ here, but DNF elsewhere in the row"
        ]
        assert refused("# rulebook: isu-2024\nName,Time,Replaced\nAnn,,perhaps\n") == [
            "line 3, column Replaced: 'perhaps' is neither yes nor no"
        ]

    def test_json_says_its_rulebook_itself(self) -> None:
        with pytest.raises(InvalidRecord, match=r"\(option\)"):
            read_content('{"kind": "sheet"}', rulebook="isu-2018")

    @pytest.mark.parametrize("content", ["", "Name", "hello, world", b"\xff\xfe", "[1, 2]", '"Name,Total\nAnn,3\n'])
    def test_what_looks_like_nothing_is_taken_for_json(self, content: str | bytes) -> None:
        assert not looks_like_table(content)
        with pytest.raises(InvalidRecord, match=r"\(json\)"):
            loads(content)

    def test_a_table_in_other_letters_than_utf_8_looks_like_one(self) -> None:
        """So it is refused for its letters, and not as something else."""
        found = [
            looks_like_table(text.encode("latin-1")) for text in ("Rank;Name\n1;Müller\n", "Name;Größe\n", "Grüße\n")
        ]
        assert found == [True, False, False]

    def test_ten_sprints_and_more_are_read_by_their_numbers(self) -> None:
        header = ",".join(["Rnk", "Name", *(f"S{number}" for number in range(1, 12)), "Total"])
        cells = ",".join(map(str, range(11)))
        record = read_csv(f"{header}\n1,Ann,{cells},55\n", rulebook="isu-2018", sprint_laps=range(1, 11))
        assert isinstance(record, Sheet)
        assert record.rows[0].sprints == tuple(range(11))


class TestRace:
    def test_race_is_told_by_its_column_line(self) -> None:
        race = read_csv(RACE)
        assert race == Race(
            rulebook="isu-2018", id="sheet", sprint_laps=(3, 6), starters=race.skaters, finish=["4", ["13", "87"]],
            sprints={3: ["4", "13", "5"], 6: ["87", ["4", "13"]]}, times={"4": "7:42.976", "13": "7:43.01"},
            lapped=["13"], unfinished={"5": (9, "5:24.53")}, disqualified=["9"], did_not_start=["F"], advanced=["13"],
        )  # fmt: skip
        assert [(one.id, one.name, one.nation) for one in race.skaters][:1] == [("4", "A", "NED")]
        assert len(race.skaters) == 6

    def test_laps_of_sprints_are_the_rulebooks_unless_given(self) -> None:
        race = read_csv(RACE.replace("# sprint_laps: 3,6\n", ""))
        assert isinstance(race, Race)
        assert [sprint.lap for sprint in race.sprints] == [4, 8]
        assert race.sprint_laps == (4, 8, 12)
        given = read_csv(RACE, sprint_laps=[2, 5])
        assert isinstance(given, Race)
        assert [sprint.lap for sprint in given.sprints] == [2, 5]

    @pytest.mark.parametrize(
        ("old", "new", "message"),
        [
            ("87;C;NED;2", "87;C;NED;4", "line 6, column Line: place 4, but 2 are ahead"),
            ("87;C;NED;2", "87;C;NED;x", "line 6, column Line: 'x' is not a whole number"),
            ("87;C", ";", "line 6, column Nr: nobody's number or name stands here"),
            ("DSQ", "Q", "line 8, column Status: 'Q' is not a status"),
            ("# sprint_laps: 3,6", "# sprint_laps: 3", "line 3: 2 intermediate sprints, but there are 1"),
            ("# sprint_laps: 3,6", "# complete: yes", "line 3: the head of a race has no 'complete'"),
            ("# sprint_laps: 3,6", "# starters: 6", "line 3: the head of a race has no 'starters'"),
            ("DNF;9", "DNF;", "unfinished.5.laps: "),
            ("Time;Q", "Time;Shoe", "line 3: 'Shoe' is not a heading that is known here"),
        ],
    )  # fmt: skip
    def test_refusals(self, old: str, new: str, message: str) -> None:
        assert old in RACE
        assert refused(RACE.replace(old, new))[0].startswith(message)


class TestWriting:
    def test_formula_is_kept_from_running_and_comes_back(self) -> None:
        names = ["=1+1", "+1", "-1", "@A1", "'T VELD", "''", "", " x", "x\n", "?", '"', "a;b\tc,d", "\r", "#", "'=1"]
        made = Sheet(id="x", rulebook="isu-2018", rows=[SheetRow(name=name, bib=name) for name in names])
        text = write_csv(made)
        assert read_csv(text) == made
        # Checked with a reader of its own: no cell begins with what a spreadsheet runs.
        cells = [cell for record in csv.reader(io.StringIO(text, newline="")) for cell in record]
        assert "'=1+1" in cells
        assert not [cell for cell in cells if cell[:1] in ("=", "+", "-", "@", "\t", "\r", "\n")]

    def test_name_with_an_apostrophe_is_written_as_it_is(self) -> None:
        text = write_csv(Sheet(id="x", rulebook="isu-2018", rows=[SheetRow(name="'t Hart")]))
        assert text.splitlines()[-1] == ",'t Hart"

    def test_row_without_facts_and_points_without_a_number(self) -> None:
        rows = [SheetRow(), SheetRow(world_cup_replaced=True), SheetRow(bib="3", sprints=(0, 0, 0, 0))]
        for extra in (
            [],
            [SheetRow(world_cup_replaced=False)],
            [SheetRow(world_cup_points=3, world_cup_replaced=True)],
        ):
            made = Sheet(id="x", rulebook="isu-2018", rows=[*rows, *extra], complete=False, advance=8, starters=9)
            assert read_csv(write_csv(made)) == made
        assert read_csv(write_csv(evolve(made, rows=[SheetRow(name="A")]))) == evolve(made, rows=[SheetRow(name="A")])

    def test_row_of_which_nothing_is_known_has_a_cell_in_each_column(self) -> None:
        made = Sheet(id="x", rulebook="isu-2018", rows=[SheetRow(rank=1, bib="7", name="A"), SheetRow()])
        assert write_csv(made).splitlines()[-3:] == ["Rnk,Nr,Name", "1,7,A", "?,,"]

    def test_points_that_are_replaced_are_marked_as_on_paper_unless_a_no_is_to_be_told(self) -> None:
        rows = [
            SheetRow(rank=1, name="A", world_cup_points=60, world_cup_replaced=True),
            SheetRow(rank=2, name="B", world_cup_points=54),
        ]
        made = Sheet(id="x", rulebook="isu-2018", rows=rows)
        assert write_csv(made).splitlines()[-3:] == ["Rnk,Name,WC points", "1,A,(N)60", "2,B,54"]
        told = evolve(made, rows=[rows[0], evolve(rows[1], world_cup_replaced=False)])
        assert write_csv(told).splitlines()[-3:] == ["Rnk,Name,WC points,Replaced", "1,A,60,yes", "2,B,54,no"]
        assert read_csv(write_csv(told)) == told

    @pytest.mark.parametrize("text", [" cup ", "cup;", '"cup"', "a\nb", "\x07", ""])
    def test_text_of_the_head_comes_back(self, text: str) -> None:
        made = Sheet(id="x", rulebook="isu-2018", competition=text, sources=[text], rows=[SheetRow(name="A")])
        assert read_csv(write_csv(made)) == made
        assert write_csv(made).isprintable() or write_csv(made).replace("\n", "").isprintable()

    def test_marks_without_a_next_round(self) -> None:
        made = Sheet(id="x", rulebook="isu-2018", rows=[SheetRow(name="A", qualified="Q"), SheetRow(name="B")])
        assert "# advance: none\n" in write_csv(made)
        assert read_csv(write_csv(made)) == made
        assert read_csv(write_csv(evolve(made, advance=1))) == evolve(made, advance=1)

    def test_text_that_would_be_read_as_something_comes_back(self) -> None:
        rows = [
            SheetRow(name="A", nation=nation, mark=mark)
            for nation, mark in (("Norway", "NC"), ("NLD", "DQ T25"), ("'n", "'"), ("NED", "DNF"))
        ]
        made = Sheet(id="x", rulebook="isu-2018", rows=rows, event="16.11.2025")
        assert read_csv(write_csv(made)) == made

    def test_start_number(self) -> None:
        made = Sheet(id="x", rulebook="isu-2018", rows=[SheetRow(rank=1, start=3, bib="7", name="A")])
        assert read_csv(write_csv(made)) == made
        assert loads(dumps(made)) == made
        with pytest.raises(InvalidRecord, match=r"rows\[0\].start: 0 "):
            evolve(made, rows=[SheetRow(start=0)])


class TestFlatRows:
    def test_result(self) -> None:
        race = read_csv(RACE)
        rows = rank(race).to_rows()
        assert [*rows[0]] == [
            "rank", "id", "name", "nation", "status", "laps", "S1", "S2", "S3", "total", "finish", "time", "seconds",
            "qualified",
        ]  # fmt: skip
        assert (rows[0]["id"], rows[0]["S3"], rows[0]["time"], rows[0]["seconds"]) == ("4", 60, "7:42.976", 462.976)
        assert (rows[-1]["rank"], rows[-1]["time"], rows[-1]["seconds"]) == (None, None, None)

    def test_sheet_through_the_csv_library(self) -> None:
        made = load("wc-2025-26-2-men-division-a")
        assert isinstance(made, Sheet)
        rows = made.to_rows()
        out = io.StringIO()
        writer = csv.DictWriter(out, [*rows[0]])
        writer.writeheader()
        writer.writerows(rows)
        assert sheet(out.getvalue(), rulebook="isu-2024").rows == made.rows

    def test_what_was_not_printed_has_its_keys(self) -> None:
        (row,) = Sheet(id="x", rulebook=rulebook("isu-2018-junior"), rows=[SheetRow(name="A")]).to_rows()
        assert [key for key in row if key[:1] == "S"] == ["S1", "S2", "S3"]
        assert {value for key, value in row.items() if key != "name"} == {None}


def test_a_table_without_a_header_whose_columns_can_be_two_things_is_refused() -> None:
    with pytest.raises(InvalidRecord, match="neither JSON nor a table"):
        loads("1,11,Ann Aberg,NED,NOR,60,7:40.00\n2,12,Bea Bberg,NOR,NED,40,7:41.00\n")
