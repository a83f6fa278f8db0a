"""The command that follows a race log; as a process where the feed or whoever reads it plays a part."""

import json
import os
import pty
import select
import signal
import subprocess
from pathlib import Path
from typing import Any

import command
import pytest

from massstart.commandline import live as livefeed
from massstart.live import RaceLog, Underway
from massstart.live.standings import provisional
from massstart.problems import TooManyWays

COMMAND = [*command.COMMAND, "live"]
HEADER: dict[str, Any] = {
    "kind": "race", "version": 1, "rulebook": "isu-2018", "event": "club", "advance": 1,
    "starters": [{"id": "4", "name": "Ann\u202e"}, {"id": "87"}, {"id": "13"}],
}  # fmt: skip
SPRINT = {"event": "sprint", "lap": 4, "order": ["4", "87", "13"]}
FINISH = {"event": "finish", "order": ["4", "87", "13"]}
OVER = [HEADER, SPRINT, SPRINT | {"lap": 8}, SPRINT | {"lap": 12}, FINISH]


def text(*lines: Any) -> str:
    return "".join(json.dumps(line) + "\n" for line in lines)


def run(*arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
    return command.run("live", *arguments, given=given)


def objects(output: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in output.splitlines()]


def test_table_after_each_sprint_then_the_result(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    path.write_text(text(*OVER), "utf-8")
    done = run(str(path))
    assert (done.returncode, done.stderr) == (0, "")
    first, second, third, over = done.stdout.strip().split("\n\n")
    assert first.splitlines()[0] == "club, 16 laps, provisional, after event 1, sprints left at 8, 12 and 16"
    assert second.splitlines()[0].endswith("after event 2, sprints left at 12 and 16")
    assert third.splitlines()[0].endswith("after event 3, sprints left at 16")
    assert over.splitlines()[0] == "club, 16 laps, result, after event 4"
    assert "club, isu-2018, 16 laps" in over
    assert "\u202e" not in done.stdout


def test_changes_outlooks_and_the_result_as_json() -> None:
    done = run("-", "--json", given=text(*OVER))
    assert (done.returncode, done.stderr) == (0, "")
    found = objects(done.stdout)
    assert [one["kind"] for one in found] == ["changes", "outlook"] * 3 + ["changes", "result"]
    assert found[0]["rows"][0] == {
        "id": "4", "name": "Ann\u202e", "before": {"rank": 1, "total": 0, "status": "racing"},
        "after": {"rank": 1, "total": 3, "status": "racing"}, "advance": None, "causes": [1],
    }  # fmt: skip
    assert [row["advance"] for row in found[0]["rows"]] == [None, "out", "out"]
    assert found[1]["sprints_left"] == [8, 12, 16]
    assert found[-1]["rows"][0]["qualified"] == "Q"


def test_crossing_that_changes_nothing_shows_nothing() -> None:
    crossings = [{"event": "passing", "id": id, "time": f"0:3{place}.00"} for place, id in enumerate(("4", "87", "13"))]
    again = {"event": "passing", "id": "4", "time": "1:01.00"}
    done = run("-", "--json", given=text(HEADER, *crossings, again))
    assert [one["rows"][0]["causes"] for one in objects(done.stdout)[:-1]] == [[1], [2]]
    shown = run("-", given=text(HEADER, *crossings, again)).stdout
    assert "after event" not in shown
    assert shown.splitlines()[3].split() == ["1", "4", "Ann\ufffd", "0", "2", "1:01.00"]


def test_bad_events_are_reported_and_the_race_goes_on() -> None:
    lines = [
        HEADER,
        SPRINT,
        SPRINT,
        {"event": "revoke", "number": 1},
        {"event": "start"},
        {"event": "lapped"},
        SPRINT,
        FINISH,
    ]
    done = run("-", "--json", given=text(*lines))
    assert done.returncode == 2
    assert done.stderr.splitlines() == [
        "-: events.2: the sprint at lap 4 has an order (event 1: sprint) (repeated-event); drop this one, or revoke event 1 first",
        "-: events.4.event: 'start' is not an event (event); write one of passing, sprint, finish, arrival, lapped, unfinished, disqualified, did_not_start, advanced, distance, exchange, revoke",
        "-: events.5.id: is missing (missing-key); add it",
    ]  # fmt: skip
    assert objects(done.stdout)[-1]["rows"][0]["total"] == 63


def test_feed_that_stops_in_the_middle_of_a_line() -> None:
    done = run("-", given=text(*OVER[:-1]) + text(FINISH)[:-9])
    assert done.returncode == 2
    assert done.stderr.splitlines()[0].startswith("-: events.4: not JSON")
    assert done.stderr.splitlines()[1:] == ["-: the feed ended within this line"]
    assert done.stdout.splitlines()[-1] == "The race is not over: no outcome is known of Ann\ufffd, 87 and 13."
    # Only the end of the line is missing, not of what it says.
    assert run("-", given=text(*OVER)[:-1]).returncode == 0


def test_empty_lines_are_no_events() -> None:
    done = run("-", "--json", given=text(HEADER) + "\n \n" + text(SPRINT, {"event": "revoke", "number": 1}))
    assert (done.returncode, done.stderr) == (0, "")
    last = objects(done.stdout)[-1]
    assert (last["kind"], last["sprints_left"]) == ("provisional", [4, 8, 12, 16])


def test_outlook_that_cannot_be_worked_out_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    def gives_up(_: RaceLog) -> None:
        raise TooManyWays("too open")

    log = RaceLog(Underway(rulebook="isu-2018", starters=["a", "b"]))
    assert livefeed._ahead(log, provisional(log)) is not None
    monkeypatch.setattr(livefeed, "outlook", gives_up)
    assert livefeed._ahead(log, provisional(log)) is None


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("", "-: the log is empty (json)"),
        ("{", "-: line 1, column 2: not JSON"),
        (text({"kind": "race"}), "-: rulebook: is missing (missing-key)"),
        (text(HEADER | {"first_passing": 3}), "-: header.first_passing: 3 laps at the first crossing (type)"),
        (text(HEADER | {"lapped": ["4"]}), "-: header.lapped: is known only once the race has begun (outcome)"),
        (text(HEADER | {"finish": ["4"]}), "-: finish: "),
    ],
)
def test_header_that_cannot_be_used_ends_the_command(given: str, expected: str) -> None:
    done = run("-", given=given)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(expected)


@pytest.mark.parametrize("path", ["", "missing.jsonl"])
def test_file_that_cannot_be_read(tmp_path: Path, path: str) -> None:
    done = run(str(tmp_path / path))
    assert (done.returncode, done.stdout) == (2, "")
    assert "cannot be read" in done.stderr


class TestFeed:
    """A feed that goes on."""

    @pytest.fixture
    def feed(self) -> Any:
        with subprocess.Popen(
            [*COMMAND, "-", "--json"], bufsize=0, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        ) as process:
            yield process
            process.kill()

    def line(self, feed: Any) -> dict[str, Any]:
        """The next line of output, which must come while the input is still open."""
        ready, _, _ = select.select([feed.stdout], [], [], 60)
        assert ready
        found: dict[str, Any] = json.loads(feed.stdout.readline())
        return found

    def send(self, feed: Any, *lines: Any) -> None:
        feed.stdin.write(text(*lines).encode())
        feed.stdin.flush()

    def test_every_line_counts_as_soon_as_it_is_there(self, feed: Any) -> None:
        self.send(feed, HEADER, SPRINT)
        assert [self.line(feed)["kind"], self.line(feed)["kind"]] == ["changes", "outlook"]
        self.send(feed, {"event": "disqualified", "id": "4"})
        assert self.line(feed)["rows"][-1]["after"]["status"] == "disqualified"

    def test_ctrl_c_ends_the_feed(self, feed: Any) -> None:
        self.send(feed, HEADER, SPRINT)
        assert [self.line(feed)["kind"], self.line(feed)["kind"]] == ["changes", "outlook"]
        feed.send_signal(signal.SIGINT)
        # The input stays open meanwhile.
        rest, errors = feed.stdout.read(), feed.stderr.read()
        assert (errors, feed.wait()) == (b"massstart: interrupted\n", 130)
        assert json.loads(rest)["kind"] == "provisional"

    def test_reader_who_leaves_ends_the_command(self, feed: Any) -> None:
        self.send(feed, HEADER, SPRINT)
        self.line(feed)
        feed.stdout.close()
        self.send(feed, SPRINT | {"lap": 8}, SPRINT | {"lap": 12})
        assert feed.stderr.read() == b""
        assert feed.wait() == 141


def test_terminal_shows_the_latest_standings_in_place() -> None:
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [*COMMAND, "-"], stdin=subprocess.PIPE, stdout=theirs, stderr=subprocess.PIPE,
        env={**os.environ, "COLUMNS": "80", "TERM": "xterm"},
    ) as process:  # fmt: skip
        os.close(theirs)
        assert process.stdin is not None
        assert process.stderr is not None
        process.stdin.write(text(*OVER).encode())
        process.stdin.close()
        shown = b""
        while select.select([ours], [], [], 60)[0]:
            try:
                shown += os.read(ours, 65536)
            except OSError:  # what Linux says when the other end is closed
                break
        assert process.stderr.read() == b""
        assert process.wait() == 0
    os.close(ours)
    assert [number for number in range(9) if b"after event %d" % number in shown] == [1, 2, 3, 4]
    assert b"\x1b[1A" in shown
    assert b"isu-2018, 16 laps" in shown.rsplit(b"\x1b[2K", 1)[1]
