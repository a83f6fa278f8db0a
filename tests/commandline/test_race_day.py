"""From a table of entries to the overall ranking, with commands alone."""

import json
from pathlib import Path
from typing import Any

import pytest
from command import run as run_command

from massstart import InvalidRecord, Race, Starter, load, loads, rulebook
from massstart.event import Event

ENTRIES = """\
# competition: Club day
# date: 2026-01-10
Nr;Name;Land
11;Ann Orr;Norwegen
12;Bea Key;NED
13;Cleo Po;ITA
14;Dora Dahl;NOR
"""


def ok(*arguments: str) -> str:
    done = run_command(*arguments)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def refused(*arguments: str) -> list[str]:
    done = run_command(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    return done.stderr.splitlines()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "entries.csv").write_text(ENTRIES, "utf-8")
    (tmp_path / "drawn.json").write_text(ok("event", str(tmp_path / "entries.csv"), "--draw", "2"), "utf-8")
    return tmp_path


def finish(path: Path, header: str, order: list[Any]) -> str:
    path.write_text(header + json.dumps({"event": "finish", "order": order}) + "\n", "utf-8")
    return str(path)


class TestEntries:
    def test_a_table_of_skaters_is_the_field_of_an_event(self, folder: Path) -> None:
        event = load(folder / "entries.csv", Event)
        assert event.field[0] == Starter("11", "Ann Orr", "NOR")
        assert (event.competition, event.date, event.stage) == ("Club day", "2026-01-10", "entered")
        drawn = load(folder / "drawn.json", Event)
        assert drawn.draw is not None
        assert drawn.draw.semifinals == (("11", "13"), ("12", "14"))

    def test_names_alone_will_do_and_nobody_at_all_is_refused(self) -> None:
        assert loads("Name,Nat\nAnn,NED\nBea,ITA\n", Event).field.ids == ("Ann", "Bea")
        with pytest.raises(InvalidRecord) as caught:
            loads("# laps: 16\nNr,Name,Nat\n7,Ann,NED\n,,ITA\n", Event)
        assert [problem.where for problem in caught.value.problems] == ["line 2", "line 4, column Nr"]

    def test_a_rank_gives_the_order_that_the_draw_follows(self) -> None:
        text = "Rnk;Nr;Name\n2;8;Bea\n;9;Cleo\n1;7;Ann\n"
        assert loads(text, Event).field.ids == ("7", "8", "9")
        with pytest.raises(InvalidRecord) as caught:
            loads("Rnk;Nr;Name\nx;8;Bea\n", Event)
        assert [problem.where for problem in caught.value.problems] == ["line 2, column Rnk"]

    def test_columns_and_head_of_a_list_of_entries(self) -> None:
        every = "Rank,Bib,Name,First name,Last name,Nation\n1,7,,Ann,Orr,NED\n"
        assert loads(every, Event).field[0] == Starter("7", "Ann Orr", "NED")
        assert loads("Name,,Nr\nAnn,,7\n", Event).field.ids == ("7",)
        told = loads("# source: the club\n# id: day\n# advance: 4\nNr,Name\n7,Ann\n", Event)
        assert (told.sources, told.id, told.advance) == (("the club",), "day", 4)
        titled = loads("ISU Junior World Cup\nMass Start Women\n10 January 2026\nNr,Name\n7,Ann\n", Event)
        assert (titled.competition, titled.event, titled.date) == ("ISU Junior World Cup", "women", "2026-01-10")

    def test_what_no_list_of_entries_says_is_refused_in_order(self) -> None:
        with pytest.raises(InvalidRecord) as caught:
            loads("# laps: 3\n# round: heat\n# complete: no\nNr,Nr,Name\n7,8,Ann\n", Event)
        assert [problem.message for problem in caught.value.problems] == [
            "'Nr': more than one column has this meaning",
            "'Nr': more than one column has this meaning",
            "the head of a list of entries has no 'complete'",
            "the head of a list of entries has no 'laps'",
            "the head of a list of entries has no 'round'",
        ]

    def test_what_an_event_has_no_place_for_is_refused(self) -> None:
        with pytest.raises(InvalidRecord) as caught:
            loads("Club day\nHamar by the lake\nName,Nat\nAnn,NED\n", Event)
        assert [problem.kind for problem in caught.value.problems] == ["left-out"]

    def test_a_table_of_results_is_no_list_of_entries(self) -> None:
        with pytest.raises(InvalidRecord, match="this is a Sheet, not an Event"):
            loads("# rulebook: isu-2018\nRank,Name,Total\n1,Ann,60\n", Event)


class TestThread:
    def test_every_stage_is_written_and_gone_on_from(self, folder: Path) -> None:
        at = str(folder / "event.json")
        drawn = str(folder / "drawn.json")
        one, two = (ok("event", drawn, "--race", number) for number in "12")
        assert (json.loads(one)["round"], json.loads(one)["rulebook"]) == ("semifinal 1", "isu-2024")
        first = finish(folder / "1.jsonl", one, ["13", "11"])
        second = finish(folder / "2.jsonl", two, ["12", "14"])

        def step(*arguments: str) -> None:
            text = ok("event", *arguments)
            Path(at).write_text(text, "utf-8")

        step(drawn, "--semifinal", f"1={first}", "--semifinal", f"2={second}")
        assert load(at, Event).stage == "qualified"
        step(at, "--publish")
        assert load(at, Event).stage == "published"
        step(at, "--withdraw", "11=ill")
        assert [(one.id, one.reason) for one in load(at, Event).withdrawals] == [("11", "ill")]
        final = json.loads(ok("event", at, "--race", "final"))
        assert [one["id"] for one in final["starters"]] == ["13", "12", "14"]
        assert ("advance" in final, final["round"]) == (False, "final")
        last = finish(folder / "f.jsonl", ok("event", at, "--race", "final"), ["12", ["14", "13"]])
        step(at, "--final", last, "--write")
        overall = [(row.rank, row.skater.id) for row in load(at, Event).overall()]
        assert overall == [(1, "12"), (2, "13"), (2, "14"), (4, "11")]
        as_csv = run_command("show", at, "--as", "csv")
        assert (as_csv.returncode, "SRnk" in as_csv.stdout) == (0, True)
        # Nobody was named in the sprints of these races.
        told = [line.split(":")[1].strip() for line in as_csv.stderr.splitlines()]
        assert told == [
            f"{race}.sprints.{lap}" for race in ("semifinals[0]", "semifinals[1]", "final") for lap in (4, 8, 12)
        ]

    def test_the_draw_is_shown_before_the_first_race_in_every_format(self, folder: Path) -> None:
        drawn = str(folder / "drawn.json")
        for form in ("text", "markdown", "html"):
            shown = ok("show", drawn, "--as", form)
            assert "Semifinal 2" in shown
            assert "Draw (serpentine)" in shown
            assert "semifinal 1 is not skated" in shown
        assert ok("show", drawn, "--as", "csv").splitlines() == [
            "Semifinal,Start,Id,Name,Nat", "1,1,11,Ann Orr,NOR", "1,2,13,Cleo Po,ITA", "2,1,12,Bea Key,NED",
            "2,2,14,Dora Dahl,NOR",
        ]  # fmt: skip

    def test_a_race_log_will_do_wherever_a_race_does(self, folder: Path) -> None:
        log = finish(folder / "1.jsonl", ok("event", str(folder / "drawn.json"), "--race", "1"), ["13", "11"])
        assert "1st: 60 points" in ok("explain", log, "Cleo")
        assert json.loads(ok("rank", log, "--json"))["kind"] == "result"
        assert "Cleo Po" in ok("advance", log)
        assert "Cleo Po" in ok("show", log, "--as", "markdown")
        assert "stage: qualified" in ok("event", log)

    def test_a_race_that_goes_on_is_shown_as_provisional_and_goes_nowhere(self, folder: Path) -> None:
        log = folder / "1.jsonl"
        log.write_text(ok("event", str(folder / "drawn.json"), "--race", "1"), "utf-8")
        for form, word in (
            ("text", "provisional"),
            ("markdown", "provisional"),
            ("html", "provisional"),
            ("csv", "racing"),
            ("svg", "provisional"),
        ):
            assert word in ok("show", str(log), "--as", form)
        assert "provisional" in ok("rank", str(log))
        assert json.loads(ok("rank", str(log), "--json"))["kind"] == "provisional"
        for command in ("advance", "event"):
            assert "(no-outcome)" in refused(command, str(log))[0]


class TestRowless:
    def test_whoever_has_no_row_is_told_from_nobody(self, folder: Path) -> None:
        race = {
            "kind": "race", "version": 1, "rulebook": "isu-2018", "finish": ["1", "2"], "guests": ["2"], "did_not_start": ["3"],
            "starters": [{"id": "1", "name": "Ann"}, {"id": "2", "name": "Bea Bo"}, {"id": "3", "name": "Cleo"}],
        }  # fmt: skip
        path = folder / "race.json"
        path.write_text(json.dumps(race), "utf-8")
        assert refused("explain", str(path), "3") == [f"{path}: Cleo did not start"]
        assert refused("explain", str(path), "BO Bea") == [
            f"{path}: Bea Bo skated out of competition, and is ranked apart"
        ]
        assert "no skater matches '4'" in refused("explain", str(path), "4")[0]


class TestRefusals:
    def test_a_published_list_is_reopened_before_another_is_published(self, folder: Path) -> None:
        drawn, at = str(folder / "drawn.json"), folder / "event.json"
        races = [finish(folder / f"{number}.jsonl", ok("event", drawn, "--race", str(number)), order) for number, order in ((1, ["13", "11"]), (2, ["12", "14"]))]  # fmt: skip
        both = ["--semifinal", f"1={races[0]}", "--semifinal", f"2={races[1]}"]
        at.write_text(ok("event", drawn, *both), "utf-8")
        at.write_text(ok("event", str(at), "--publish"), "utf-8")
        with Path(races[0]).open("a") as log:
            log.write('{"event": "disqualified", "id": "13"}\n')
        at.write_text(ok("event", str(at), "--semifinal", f"1={races[0]}"), "utf-8")
        assert "(published); --reopen it first, and publish it then" in refused("event", str(at), "--publish")[0]
        at.write_text(ok("event", str(at), "--reopen"), "utf-8")
        assert load(at, Event).with_list_frozen() == loads(ok("event", str(at), "--publish"), Event)

    def test_a_race_in_the_wrong_place_is_warned_of_at_once(self, folder: Path) -> None:
        drawn = str(folder / "drawn.json")
        second = finish(folder / "2.jsonl", ok("event", drawn, "--race", "2"), ["12", "14"])
        done = run_command("event", drawn, "--semifinal", f"1={second}")
        assert done.returncode == 0
        assert "warning: semifinals[0]: not drawn to this semifinal: Bea Key, Dora Dahl" in done.stderr

    def test_what_does_not_fit_the_event_is_named(self, folder: Path) -> None:
        drawn = str(folder / "drawn.json")
        race = finish(folder / "1.jsonl", ok("event", drawn, "--race", "1"), ["13", "11"])
        assert "there is no semifinal 3 (unknown-semifinal)" in refused("event", drawn, "--semifinal", f"3={race}")[0]
        assert "there is no semifinal 7 (unknown-semifinal)" in refused("event", drawn, "--race", "7")[0]
        assert "nobody is on the start list (no-starters)" in refused("event", drawn, "--race", "final")[0]
        assert json.loads(ok("event", drawn, "--withdraw", "11"))["withdrawals"] == [{"id": "11"}]
        assert "'99' is not in the field" in refused("event", drawn, "--withdraw", "99")[0]
        assert "--semifinal takes a race" in refused("event", drawn, "--semifinal", f"1={drawn}")[0]
        assert "no rulebook" in refused("event", drawn, "--race", "1", "--rulebook", "none")[0]

    @pytest.mark.parametrize(
        ("arguments", "words"),
        [
            (["--semifinal", "x"], "write number=file, as in 1=race.json"),
            (["--semifinal", "1="], "write number=file, as in 1=race.json"),
            (["--semifinal", "9" * 5000 + "=a"], "write number=file, as in 1=race.json"),
            (["--race", "9" * 5000], "--race takes the number of a semifinal, or final"),
            (["--race", "\N{SUPERSCRIPT TWO}"], "--race takes the number of a semifinal, or final"),
            (["--race", "semi"], "--race takes the number of a semifinal, or final"),
            (["--rulebook", "isu-2018"], "--rulebook belongs to --race"),
        ],
    )
    def test_arguments_that_say_nothing_are_refused(self, folder: Path, arguments: list[str], words: str) -> None:
        assert words in " ".join(" ".join(refused("event", str(folder / "drawn.json"), *arguments)).split())


class TestRaceToCome:
    FIELD = ("4", "13", "8", "9")

    def test_it_takes_the_rulebook_that_is_named_else_that_of_a_semifinal_else_of_the_day(self) -> None:
        event = Event(field=self.FIELD).with_draw(2)
        with pytest.raises(InvalidRecord, match="no rulebook is known"):
            event.race(1)
        assert event.race(1, rulebook="isu-2018").rulebook.id == "isu-2018"
        skated = event.with_semifinal(1, Race(rulebook="isu-2014", starters=["4", "9"], finish=["4", "9"]))
        assert skated.race(2).rulebook.id == "isu-2014"

    @pytest.mark.parametrize(
        ("told", "id"),
        [
            ({"competition": "ISU Junior World Cup"}, "isu-2024-junior"),
            ({"event": "Juniors A"}, "isu-2024-junior"),
            ({"competition": "ISU World Cup", "event": "men"}, "isu-2024"),
        ],
    )
    def test_race_of_juniors_takes_their_rulebook_of_the_day(self, told: dict[str, Any], id: str) -> None:
        race = Event(field=self.FIELD, date="2026-01-10", **told).with_draw(1).race(1)
        assert (race.rulebook.id, race.laps) == (id, rulebook(id).laps)

    def test_whoever_withdrew_is_not_on_its_start_list(self) -> None:
        event = Event(field=self.FIELD, date="2026-01-10", advance=1).with_draw(2).with_withdrawal("4")
        race = event.race(1)
        assert (race.starters.ids, race.advance) == (("9",), 1)
