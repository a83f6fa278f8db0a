"""How a command ends that was kept from its answer: never with the status of findings, and with one line at most."""

import os
import subprocess
from pathlib import Path
from unittest.mock import patch

import pytest
from command import COMMAND, ok, refused, run

from massstart.commandline import cli
from massstart.commandline.group import massstart

pytestmark = pytest.mark.slow

KRAMER = "beijing-2022-men-semifinal-1"
FULL = Path("/dev/full")
full_disk = pytest.mark.skipif(not FULL.exists(), reason="there is no /dev/full")


def shell(line: str) -> tuple[int, str]:
    """The exit status of a line of the shell in which ``$M`` is the command, and what stands on standard error."""
    done = subprocess.run(
        ["sh", "-c", line], capture_output=True, text=True, check=False, env={**os.environ, "M": " ".join(COMMAND)}
    )
    return done.returncode, done.stderr


@full_disk
@pytest.mark.parametrize(
    "arguments",
    [f"rank {KRAMER}", f"rank {KRAMER} --json", f"show {KRAMER} --as html", "verify wc-2025-26-1-men-division-a", "-h"],
)
def test_a_full_disk_is_told(arguments: str) -> None:
    assert shell(f"$M {arguments} > /dev/full") == (2, "massstart: No space left on device\n")


@full_disk
def test_a_full_disk_under_the_messages_changes_no_status() -> None:
    assert shell("$M rank nix 2> /dev/full") == (2, "")


@pytest.mark.parametrize("arguments", [f"rank {KRAMER}", f"rank {KRAMER} --json", f"verify {KRAMER}", "-h"])
def test_a_closed_pipe_ends_quietly_with_the_status_of_the_signal(arguments: str) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run([*COMMAND, *arguments.split()], stdout=writing, stderr=subprocess.PIPE, check=False)
    os.close(writing)
    assert (done.returncode, done.stderr) == (cli.PIPE_CLOSED, b"")


def test_whoever_reads_one_byte_gets_it() -> None:
    done = subprocess.run(
        ["sh", "-c", f"{' '.join(COMMAND)} rank {KRAMER} | head -c 1"], capture_output=True, check=False
    )
    assert (done.returncode, len(done.stdout), done.stderr) == (0, 1, b"")


@pytest.mark.parametrize("command", ["rank", "live"])
def test_a_closed_standard_input_is_told(command: str) -> None:
    message = "-: standard input is closed (file); name a file, or send one\n"
    assert shell(f"$M {command} - <&-") == (2, message)


def test_a_closed_standard_output_is_told() -> None:
    assert shell(f"$M rank {KRAMER} >&-") == (2, "massstart: standard output is closed\n")


def test_messages_that_nobody_can_read_change_no_status() -> None:
    assert shell("$M rank nix 2>&-") == (2, "")
    assert shell(f"$M rank {KRAMER} >&- 2>&-") == (2, "")


@pytest.mark.parametrize(
    ("fault", "status", "message"),
    [
        (KeyboardInterrupt(), cli.INTERRUPTED, "massstart: interrupted\n"),
        (OSError("the line is cut"), 2, "massstart: the line is cut\n"),
        (
            UnicodeEncodeError("utf-8", "a\udcffb", 1, 2, "surrogates not allowed"), 2,
            "massstart: '\\udcff' is half a character, and cannot be written\n",
        ),
    ],
)  # fmt: skip
def test_whatever_stops_a_command_is_told_in_one_line(fault: BaseException, status: int, message: str) -> None:
    with patch.object(massstart, "invoke", side_effect=fault):
        done = run("archive")
    assert (done.returncode, done.stdout, done.stderr) == (status, "", message)


def test_a_closed_pipe_that_a_library_has_noticed_is_a_closed_pipe() -> None:
    ended = SystemExit(1)
    ended.__context__ = BrokenPipeError()
    with patch.object(massstart, "invoke", side_effect=ended):
        assert run("archive").returncode == cli.PIPE_CLOSED


def test_a_fault_of_ours_is_shown_whole_and_is_no_finding() -> None:
    with patch.object(massstart, "invoke", side_effect=ZeroDivisionError("of ours")):
        done = run("archive")
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1] == "ZeroDivisionError: of ours"


def test_shells_can_complete_the_commands() -> None:
    done = run("", _MASSSTART_COMPLETE="bash_source")
    assert done.returncode == 0
    assert "_MASSSTART_COMPLETE=bash_complete" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("outlook - --if 4=N", "write the skater, =, and the place"),
        ("event - --semifinal N=x.json", "write number=file"),
        ("event - --race N", "--race takes the number of a semifinal"),
        ("simulate - --attack 4=N", "write the skater, =, and the lap of the sprint"),
        ("read - --sprint-laps N", "are not laps"),
        ("quota - --places N", "is not a valid integer"),
    ],
)
def test_a_number_without_end_in_an_argument_is_refused(arguments: str, message: str) -> None:
    assert message in " ".join(refused(*arguments.replace("N", "9" * 4301).split()))


HOSTILE = "\x1b[31m\u202e\u200b\nname\x9b2J"
TAMED = "\ufffd[31m\ufffd\ufffd\ufffdname\ufffd2J"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
@pytest.mark.parametrize(
    ("arguments", "given"),
    [
        ("rank FILE", "{"),
        ("live FILE", "{}"),
        ("live --type FILE", "{}"),
        ("verify FILE", '{"kind": "race", "version": 1, "rulebook": "isu-2018", "starters": [], "finish": []}'),
        ("show --as svg FILE", '{"kind": "start-list", "version": 1, "rows": [], "reserves": []}'),
        ("show beijing-2022-men-semifinal-1 --out FOLDER/nix/FILE.html", ""),
        ("show beijing-2022-men-semifinal-1 --out FOLDER/a.FILE", ""),
        ("rank FILE.nix", ""),
    ],
)
def test_no_name_of_a_file_reaches_a_terminal_as_a_control(arguments: str, given: str, tmp_path: Path) -> None:
    path = tmp_path / HOSTILE
    path.write_text(given, "utf-8")
    words = [word.replace("FOLDER", str(tmp_path)).replace("FILE", HOSTILE) for word in arguments.split()]
    lines = refused(*(str(path) if word == HOSTILE else word for word in words))
    # click leaves colours out, and a break in what it quotes ends the line.
    assert any("\ufffd\ufffd" in line for line in lines)
    assert all(line.isprintable() for line in lines)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
def test_a_warning_about_a_file_with_a_hostile_name_is_one_line(tmp_path: Path) -> None:
    path = tmp_path / f"{HOSTILE}.csv"
    path.write_text("# rulebook: isu-2024\nRnk,Name,Total\n1,Ann,60\n2,Bea,40\n", "utf-8")
    done = run("read", str(path), "--json")
    assert done.returncode == 0
    assert [TAMED in line and line.isprintable() for line in done.stderr.splitlines()] == [True]


def test_half_a_character_in_an_argument_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "season.json"
    path.write_text(ok("standings", *(f"wc-2025-26-{number}-men-division-a" for number in (1, 2)), "--json"), "utf-8")
    assert refused("quota", str(path), "--host", "\udcff", "--json") == [
        "massstart: half a character, '\\udcff', cannot be written (type); correct the text"
    ]
