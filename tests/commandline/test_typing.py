"""`massstart live` where a race is typed in, where its file grows, and as snapshots."""

import importlib
import json
import os
import pty
import re
import select
import subprocess
import sys
import time
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

import pytest
from command import run
from prompt_toolkit.application import create_app_session
from prompt_toolkit.document import Document
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from massstart import loads, show
from massstart.commandline.live import _growing
from massstart.commandline.prompt import _entries
from massstart.feed import typed
from massstart.live import Arrival, Disqualified, Left, Passing, RaceLog, Snapshot, Sprint, Underway, outlook, snapshot
from massstart.live.hints import hints
from massstart.order import Order
from massstart.times import RaceTime

HEADER = '{"kind": "race", "version": 1, "rulebook": "isu-2018", "id": "club", "starters": [{"id": "4"}, {"id": "87"}, {"id": "13"}], "advance": 2}\n'
COMMAND = [sys.executable, "-m", "massstart", "live"]


@pytest.fixture
def log(tmp_path: Path) -> Path:
    path = tmp_path / "race.jsonl"
    path.write_text(HEADER, "utf-8")
    return path


def events(path: Path) -> list[Any]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()[1:]]


class TestTyped:
    def test_each_entry_is_kept_and_shown(self, log: Path) -> None:
        done = run("live", str(log), "--type", given="4: 87 4\n\nf: 87\n?\nf: 4=13\nq\nf: 9\n")
        assert (done.returncode, done.stderr) == (0, "")
        assert events(log) == [
            {"event": "sprint", "lap": 4, "order": ["87", "4"]}, {"event": "arrival", "id": "87", "place": 1},
            {"event": "arrival", "id": "4", "place": 2}, {"event": "arrival", "id": "13", "place": 2},
        ]  # fmt: skip
        assert "hint: sprints.4: everybody still racing stands in the order but '13'" in done.stdout
        assert "undo               the latest event is taken back" in done.stdout
        assert ["1", "87", "3", "60", "63", "1", "Q"] in [line.split() for line in done.stdout.splitlines()]
        assert re.findall(r"after event (\d+)", done.stdout) == ["0", "1", "2", "4"]

    def test_a_reason_is_written_in_the_letters_it_was_typed_in(self, log: Path) -> None:
        assert run("live", str(log), "--type", given="adv 4 gestört von 87\n").returncode == 0
        assert log.read_text("utf-8").endswith('"reason": "gestört von 87"}\n')

    def test_what_is_wrong_is_said_and_nothing_is_lost(self, log: Path) -> None:
        done = run("live", str(log), "--type", given="f: 99\nf: 4\nfoo\n")
        assert done.returncode == 2
        assert [line.split(" (")[0] for line in done.stderr.splitlines()] == [
            f"{log}: events.1.id: no starter has the id '99'", f"{log}: 'foo' is not an entry",
        ]  # fmt: skip
        assert events(log) == [{"event": "arrival", "id": "4", "place": 1}]
        assert re.findall(r"after event (\d+)", done.stdout) == ["0", "1"]
        assert "The race is not over: no outcome is known of 13 and 87." in done.stdout

    @pytest.mark.parametrize("entry", ["{}: 4", "f{}: 4", "i{}: 4", "no {}", "laps {}", "dnf 4 {}"])
    def test_a_number_without_end_is_refused_and_the_race_goes_on(self, entry: str, log: Path) -> None:
        done = run("live", str(log), "--type", given=entry.format("9" * 4301) + "\nlap 4\n")
        assert done.returncode == 2
        assert "characters are no entry; it has at most 4,000 (entry)" in done.stderr
        assert events(log) == [{"event": "lapped", "id": "4"}]

    def test_it_carries_on_from_the_file_after_a_line_that_was_cut_short(self, log: Path) -> None:
        with log.open("a") as file:
            file.write('{"event": "arrival", "id": "87"}\n{"event": "arri')
        done = run("live", str(log), "--type", given="f: 4\nundo\nf: 13\n")
        assert done.returncode == 0
        assert done.stderr == f'{log}: the last line was cut short, and is taken off: {{"event": "arri\n'
        assert events(log)[1:] == [
            {"event": "arrival", "id": "4", "place": 2}, {"event": "revoke", "number": 2},
            {"event": "arrival", "id": "13", "place": 2},
        ]  # fmt: skip
        assert run("rank", str(log)).returncode == 0

    def test_a_last_line_that_only_lacks_its_end_counts(self, log: Path) -> None:
        log.write_text(HEADER + '{"event": "arrival", "id": "87"}', "utf-8")
        assert run("live", str(log), "--type", given="f: 4\n").returncode == 0
        assert [event["id"] for event in events(log)] == ["87", "4"]
        log.write_text(HEADER + '{"event": "arrival", "id": "99"}', "utf-8")
        done = run("live", str(log), "--type", given="f: 4\n")
        assert "events.1.id: no starter has the id '99'" in done.stderr
        assert [event["id"] for event in events(log)] == ["99", "4"]

    def test_a_race_whose_line_lacks_its_end_is_a_line_of_its_own(self, log: Path) -> None:
        log.write_text(HEADER.rstrip("\n"), "utf-8")
        assert run("live", str(log), "--type", given="f: 87\n").returncode == 0
        assert log.read_text("utf-8") == HEADER + '{"event": "arrival", "id": "87", "place": 1}\n'
        assert run("live", str(log), "--type", given="f: 4\n").returncode == 0
        assert [event["id"] for event in events(log)] == ["87", "4"]

    @pytest.mark.parametrize("line", ['{"kind": "race", "ver', '{"kind": "race"}'])
    def test_a_file_without_a_race_is_refused_and_left_as_it_was(self, line: str, log: Path) -> None:
        log.write_text(line, "utf-8")
        done = run("live", str(log), "--type", given="f: 87\n")
        assert (done.returncode, done.stdout, log.read_text("utf-8")) == (2, "", line)

    def test_what_is_missing_for_a_result_is_said_at_the_end(self, log: Path) -> None:
        done = run("live", str(log), "--type", given="dnf 13\nf: ? 87\n")
        said = " ".join(done.stdout.split())
        assert "The race is not over: '13' left the race, and nobody has counted the laps" in said
        assert "The race is not over: nobody has place 1 across the line" in said
        laps = run("live", str(log), "--type", given="undo\nf: 87 4\n").stdout
        assert "nobody has counted the laps" in laps
        assert "no outcome is known" not in laps.rpartition("after event")[2]

    @pytest.mark.parametrize("arguments", [["-"], ["--follow"], ["--snapshots"], ["--json"]])
    def test_it_needs_a_file_of_its_own(self, log: Path, arguments: list[str]) -> None:
        source = [] if arguments == ["-"] else [str(log)]
        done = run("live", *source, *arguments, "--type")
        assert done.returncode == 2
        assert "--type takes a FILE that it can write to" in " ".join(done.stderr.split())

    def test_half_a_character_is_refused_and_a_closed_input_told(self, log: Path) -> None:
        done = run("live", str(log), "--type", given=b"f: \xff4\nf: 4\n")
        assert (done.returncode, events(log)) == (2, [{"event": "arrival", "id": "4", "place": 1}])
        closed = subprocess.run(
            [*COMMAND, str(log), "--type"], stdin=None, capture_output=True, check=False, preexec_fn=lambda: os.close(0)
        )  # nothing else runs here
        assert (closed.returncode, b"standard input is closed" in closed.stderr) == (2, True)

    def test_a_file_that_is_not_there_is_refused(self, tmp_path: Path) -> None:
        done = run("live", str(tmp_path / "none.jsonl"), "--type")
        assert (done.returncode, done.stdout) == (2, "")
        assert "begin it with massstart event EVENT --race 1" in done.stderr

    @pytest.mark.slow
    def test_a_terminal_has_a_prompt_and_what_was_typed_survives_a_kill(self, log: Path) -> None:
        ours, theirs = pty.openpty()
        shown = b""

        def wait_for(words: bytes) -> None:
            nonlocal shown
            end = time.monotonic() + 30
            while words not in shown:
                assert time.monotonic() < end, shown
                if select.select([ours], [], [], 0.2)[0]:
                    read = os.read(ours, 4096)
                    shown += read
                    if b"\x1b[6n" in read:
                        os.write(ours, b"\x1b[1;1R")  # where the cursor is, as a terminal answers

        with subprocess.Popen([*COMMAND, str(log), "--type"], stdin=theirs, stdout=theirs, stderr=theirs) as process:
            try:
                wait_for(b"after event 0")
                wait_for(b"entry>")
                os.write(ours, b"f: 87\r")
                wait_for(b"after event 1")
                os.write(ours, b"f: 99\r")
                wait_for(b"no starter has the id")
            finally:
                process.kill()
        os.close(theirs)
        assert events(log) == [{"event": "arrival", "id": "87", "place": 1}]
        os.close(ours)

    def test_without_its_library_a_terminal_is_told_what_to_install(self, log: Path) -> None:
        with (
            patch("massstart.commandline.prompt.standard_input") as faked,
            patch.dict(sys.modules, {"prompt_toolkit": None}),
        ):
            faked.return_value.isatty.return_value = True
            done = run("live", str(log), "--type")
        assert done.returncode == 2
        assert "pip install 'massstart[prompt]'" in done.stderr

    def test_a_prompt_offers_what_can_be_typed_and_ends_at_the_end(self, log: Path) -> None:
        """The prompt itself, within this process: at a terminal it cannot be measured."""
        with (
            create_pipe_input() as keys, create_app_session(input=keys, output=DummyOutput()),
            patch("massstart.commandline.prompt.standard_input") as faked,
        ):  # fmt: skip
            faked.return_value.isatty.return_value = True
            keys.send_text("f: 87\r")
            keys.send_text("\x04")
            entries = [*_entries(loads(log.read_text("utf-8") + '{"event": "lapped", "id": "4"}', RaceLog))]
        assert entries == ["f: 87"]

    def test_a_prompt_completes_what_can_be_typed_and_who_starts(self, log: Path) -> None:
        asked: dict[str, Any] = {}

        def session(**options: Any) -> Any:
            asked.update(options)
            return SimpleNamespace(prompt=lambda _: "")

        race = log.read_text("utf-8").replace('{"id": "87"}', '{"id": "87", "name": "Bea"}')
        with (
            patch("prompt_toolkit.PromptSession", session), patch("massstart.commandline.prompt.standard_input") as faked
        ):  # fmt: skip
            faked.return_value.isatty.return_value = True
            assert next(_entries(loads(race + '{"event": "lapped", "id": "4"}', RaceLog))) == ""
        offered = {
            text: [
                (one.text, one.display_meta_text) for one in asked["completer"].get_completions(Document(text), None)
            ]
            for text in ("sw", "adv", "swap 8", "?")
        }
        assert offered == {"sw": [("swap", "")], "adv": [("adv", "")], "swap 8": [("87", "Bea")], "?": []}
        assert not asked["complete_while_typing"]


class TestFollow:
    def test_a_line_counts_once_it_ends(self, monkeypatch: pytest.MonkeyPatch) -> None:
        class Written(BytesIO):
            """A file that somebody else writes to while this one waits."""

        file = Written(b"one\ntw")
        monkeypatch.setattr(time, "sleep", lambda _: (file.write(b"o\n"), file.seek(-2, os.SEEK_CUR)))
        lines = _growing(file)
        assert [next(lines), next(lines)] == [b"one\n", b"two\n"]

    @pytest.mark.slow
    def test_it_waits_for_more_until_the_race_is_over(self, log: Path) -> None:
        with subprocess.Popen([*COMMAND, str(log), "--follow", "--json"], stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            with log.open("a") as file:
                file.write('{"event": "arrival", "id": "87"}\n{"event": "arrival",')
                file.flush()
                assert json.loads(process.stdout.readline())["kind"] == "changes"
                file.write(' "id": "4"}\n{"event": "arrival", "id": "13"}\n')
            kinds = [json.loads(line)["kind"] for line in process.stdout]
            assert process.wait(60) == 0
        assert kinds == ["outlook", "changes", "outlook", "changes", "result"]


class TestSnapshots:
    def test_one_object_after_each_event_with_everything(self) -> None:
        lines = [
            '{"event": "arrival", "id": "87"}',
            '{"event": "arrival", "id": "99"}',
            '{"event": "arrival", "id": "4"}',
        ]
        done = run("live", "-", "--snapshots", given=HEADER + "\n".join(lines) + "\n")
        assert done.returncode == 2
        first, second = (loads(line, Snapshot) for line in done.stdout.splitlines())
        assert (first.event, first.racing, first.is_over) == (1, ("4", "13"), False)
        assert [problem.kind for problem in second.missing] == ["no-outcome"]
        assert [problem.where for problem in second.refused] == ["events.2.id"]
        assert second.outlook is not None
        assert [(row.id, row.status) for row in second.outlook] == [("87", "through"), ("4", "through"), ("13", "out")]
        assert second.standings.reason("4").startswith("2nd: 40 points")
        assert {change.causes for change in second.changes} == {(3,)}

    def test_a_race_that_is_over_has_its_result(self) -> None:
        log = RaceLog(Underway(rulebook="isu-2018", starters=["4", "87"]), [Arrival("87"), Disqualified("4")])
        now = snapshot(log)
        assert (now.is_over, now.outlook, now.racing, now.missing) == (True, None, (), ())

    def test_where_the_outlook_is_too_open_there_is_none(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(importlib.import_module("massstart.live.outlook"), "STEPS", -1)
        many = Underway(rulebook="isu-2018", starters=[str(number) for number in range(16)], advance=5)
        assert snapshot(RaceLog(many, [Sprint(4, Order(["1", "2", "3"]))])).outlook is None

    def test_with_everybody_across_the_line_no_sprint_is_to_come(self) -> None:
        race = Underway(rulebook="isu-2018", laps=1, sprint_laps=[], starters=["4", "87"])
        log = RaceLog(race, [Arrival("87"), Arrival("4")])
        assert "2 of 2 across the line; best 8 go on" in show(outlook(log))

    def test_where_only_a_count_of_laps_is_missing_nothing_is_over(self) -> None:
        log = RaceLog(Underway(rulebook="isu-2018", starters=["4", "87"]), [Arrival("87"), Left("4")])
        now = snapshot(log)
        assert (now.is_over, now.racing, [problem.kind for problem in now.missing]) == (False, (), ["laps"])


class TestHints:
    def test_a_lap_as_long_as_two_suggests_a_missed_crossing(self) -> None:
        times = {"4": (30, 60, 90), "87": (31, 61, 121)}
        crossings = [Passing(id, RaceTime(at * 1000)) for id, all in times.items() for at in all]
        log = RaceLog(Underway(rulebook="isu-2018", starters=["4", "87", "9"]), crossings)
        assert [(hint.kind, hint.where, hint.message) for hint in hints(log)] == [
            ("missed-crossing", "passings.87", "lap 3 of '87' took 60.0 s, and a lap takes 30.0"),
        ]  # fmt: skip
        assert snapshot(log).expected == ("4", "87")
        before = RaceLog(log.header, [*crossings[:2], *crossings[3:5]])
        assert snapshot(before).expected == ("4", "87")
        assert snapshot(before.with_event(Passing("4", RaceTime(90_000)))).expected == ("87", "4")

    def test_whoever_is_missing_from_an_order_that_is_full_otherwise_is_named(self) -> None:
        log = RaceLog(Underway(rulebook="isu-2018", starters=["4", "87", "9", "53"]))

        assert [hint.where for hint in hints(typed(log, "4: 4 87 9"))] == ["sprints.4"]
        assert hints(typed(log, "4: 4")) == ()
        assert hints(typed(typed(log, "4: 4 87 9"), "dnf 53 3")) == ()
        # Who left with the lap of the sprint, or is across the line, was there.
        assert [hint.where for hint in hints(typed(typed(log, "4: 4 87 9"), "dnf 53 4"))] == ["sprints.4"]
        assert [
            hint.where for hint in hints(log.with_event(Arrival("53")).with_event(Sprint(4, Order(["4", "87", "9"]))))
        ] == ["sprints.4"]

    def test_an_order_that_names_no_more_than_it_lacks_is_not_full(self) -> None:
        log = RaceLog(Underway(rulebook="isu-2018", starters=["4", "87", "9", "53"]))
        assert hints(typed(log, "4: 4 87")) == ()
        three = RaceLog(Underway(rulebook="isu-2018", starters=["4", "87", "9"]))
        assert hints(typed(three, "4: 4")) == ()
        assert [hint.where for hint in hints(typed(three, "4: 4 87"))] == ["sprints.4"]

    def test_while_the_field_crosses_the_line_nobody_is_missing(self) -> None:
        crossings = [Passing(id, RaceTime(lap * 30_000)) for lap in range(1, 5) for id in ("4", "87", "9", "53")]
        assert hints(RaceLog(Underway(rulebook="isu-2018", starters=["4", "87", "9", "53"]), crossings[:-1])) == ()

    def test_two_may_have_been_overlooked_but_three_have_not_skated_the_sprint(self) -> None:
        log = RaceLog(Underway(rulebook="isu-2018", starters=["4", "87", "9", "53", "26", "78", "11"]))

        assert [hint.where for hint in hints(typed(log, "4: 4 87 9 53 26"))] == ["sprints.4"]
        assert hints(typed(log, "4: 4 87 9 53")) == ()
