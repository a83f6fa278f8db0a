"""`massstart show`: formats, files, findings, and what it refuses."""

import json
import os
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from command import call, ok, process, refused, run

from massstart import Race, Sheet, load, loads, rank, show, verify
from massstart.commandline.cli import main
from massstart.files.archive import bundled_text
from massstart.files.saving import save
from massstart.problems import InvalidRecord

KRAMER = "beijing-2022-men-semifinal-1"
OTHER = "beijing-2022-men-semifinal-2"
RACE = {
    "kind": "race", "version": 1, "rulebook": "isu-2024", "competition": "Club races", "advance": 2,
    "starters": [{"id": "1", "name": "Ann", "nation": "NED"}, *({"id": id} for id in "23456")],
    "sprints": {"4": ["2", "1"]}, "finish": [["1", "2"], "3", "4"], "lapped": ["4"], "unfinished": {"5": {"laps": 2}},
    "disqualified": {"6": {}},
}  # fmt: skip
MISPRINT = "wc-2025-26-1-men-division-a"


@pytest.mark.parametrize("as_", ["text", "markdown", "html", "csv", "svg"])
def test_command_prints_what_the_function_returns(as_: str) -> None:
    shown = show(load(KRAMER, Sheet), as_)  # type: ignore[arg-type]  # one of them
    printed = ok("show", KRAMER, "--as", as_)
    assert [line.rstrip() for line in printed.splitlines()] == [line.rstrip() for line in shown.splitlines()]


def test_text_is_what_is_shown_unless_another_format_is_named() -> None:
    assert ok("show", KRAMER) == ok("show", KRAMER, "--as", "text")


def test_race_is_shown_as_ranked_with_its_reasons() -> None:
    table = ok("show", "-", "--reasons", given=json.dumps(RACE))
    assert table.startswith(ok("rank", "-", given=json.dumps(RACE)).split("warning")[0])
    assert "  3rd: 20 points (final sprint: 20); third across the line" in table


@pytest.mark.parametrize("as_", ["text", "markdown", "html", "csv", "svg", "png"])
def test_a_warning_reaches_the_reader_of_every_format(as_: str, tmp_path: Path) -> None:
    gap = RACE | {"sprints": {"4": ["2", "1", "3"], "12": ["1", "2", "4"]}}
    out = tmp_path / "shown"
    done = run("show", "-", "--as", as_, "--out", str(out), given=json.dumps(gap))
    assert (done.returncode, done.stdout) == (0, "")
    bare = as_ in ("csv", "svg", "png")
    warnings = rank(loads(json.dumps(gap), Race)).warnings
    assert [warning.where for warning in warnings] == ["sprints.8"]
    assert done.stderr.splitlines() == [f"warning: {warning}" for warning in warnings if bare]
    shown = b" ".join(out.read_bytes().split()).decode("utf-8", "replace")
    assert ("3 win points there" in shown) != bare


def test_findings_stand_on_the_sheet_and_end_with_1() -> None:
    text = ok("verify", MISPRINT, "--as", "text", status=1)
    assert "(N)44 \u2192 43 [1]\n" in text
    assert "[1] world-cup-points: row 4: 4th is worth 43 (printed 44, expected 43)\n" in text
    assert "\u2192" not in ok("show", MISPRINT)
    assert "consistent" in ok("verify", KRAMER, "--as", "text")


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("a.html", b"<!DOCTYPE html>"), ("a.HTM", b"<!DOCTYPE html>"), ("a.md", b"### "), ("a.csv", b"# id: "),
        ("a.svg", b"<?xml"), ("a.png", b"\x89PNG"), ("a.txt", b"Beijing"), ("a", b"Beijing"),
    ],
)  # fmt: skip
def test_format_of_a_file_follows_from_its_name(name: str, begins: bytes, tmp_path: Path) -> None:
    path = tmp_path / name
    assert ok("show", KRAMER, "--out", str(path)) == ""
    assert path.read_bytes().startswith(begins)
    assert list(tmp_path.iterdir()) == [path]


def test_named_format_outweighs_the_name_of_the_file_and_findings_still_end_with_1(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    ok("verify", MISPRINT, "--as", "markdown", "--out", str(path), status=1)
    assert path.read_text("utf-8") == show(verify(load(MISPRINT, Sheet)), "markdown")
    page = tmp_path / "a.md"
    assert ok("verify", MISPRINT, "--out", str(page), status=1) == ""
    assert page.read_bytes() == path.read_bytes()


@pytest.mark.parametrize("ending", [".docx", ".jpg", ".PDF", ".page"])
def test_file_whose_name_promises_another_format_is_refused(ending: str, tmp_path: Path) -> None:
    line = refused("show", KRAMER, "--out", str(tmp_path / f"a{ending}"))[-1]
    known = ".md, .html, .htm, .csv, .svg, .png, .txt"
    assert line == f"Error: no {ending.lower()} is written; the name after --out may end in {known}"
    assert list(tmp_path.iterdir()) == []


def test_named_format_goes_into_any_file_but_one_that_would_open_as_broken(tmp_path: Path) -> None:
    ok("show", KRAMER, "--as", "html", "--out", str(tmp_path / "a.page"))
    assert (tmp_path / "a.page").read_text("utf-8") == ok("show", KRAMER, "--as", "html")
    assert "no .pdf is written" in refused("show", KRAMER, "--as", "html", "--out", str(tmp_path / "a.pdf"))[-1]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("as_", "out"),
    [
        ("text", ["--out", "-"]), ("text", ["--out", "/dev/stdout"]), ("csv", ["--out", "/dev/fd/1"]),
        ("png", []), ("png", ["--out", "/dev/fd/1"]),
    ],
)  # fmt: skip
def test_names_of_standard_output_print(as_: str, out: list[str]) -> None:
    shown = call("show", KRAMER, "--as", as_)
    assert shown.stdout.startswith(b"\x89PNG") == (as_ == "png")
    done = process("show", KRAMER, "--as", as_, *out)
    assert (done.returncode, done.stdout, done.stderr) == (0, shown.stdout, b"")


@pytest.mark.skipif(not Path("/dev/stderr").exists(), reason="there is no /dev/stderr")
def test_pipe_is_written_to_under_the_name_that_was_given() -> None:
    done = process("show", KRAMER, "--as", "csv", "--out", "/dev/stderr")
    assert (done.returncode, done.stdout) == (0, b"")
    assert done.stderr == call("show", KRAMER, "--as", "csv").stdout


@pytest.mark.parametrize("place", ["nowhere/a.html", "."])
def test_place_that_cannot_be_written_to_is_refused(place: str, tmp_path: Path) -> None:
    (line,) = refused("show", KRAMER, "--as", "html", "--out", str(tmp_path / place))
    assert "cannot be written: " in line
    assert line.endswith(" (file); choose another place")
    assert list(tmp_path.iterdir()) == []


def test_file_that_was_there_is_untouched_when_the_input_cannot_be_used(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text("before", "utf-8")
    assert "missing-fact" in refused("show", OTHER, "--reasons", "--out", str(path))[0]
    assert path.read_text("utf-8") == "before"


def test_race_cannot_be_verified() -> None:
    (line,) = refused("verify", "-", "--as", "html", given=json.dumps(RACE))
    assert line == "-: this is a race, and only a published sheet can be verified; see: massstart rank"


@pytest.mark.parametrize("command", [("show", "--reasons"), ("verify",)])
@pytest.mark.parametrize("as_", ["svg", "png"])
def test_picture_shows_neither_reasons_nor_findings(command: tuple[str, ...], as_: str, tmp_path: Path) -> None:
    picture = str(tmp_path / "a.png")
    assert f"{as_} is a picture" in refused(*command, KRAMER, "--as", as_, "--out", picture)[-1]


@pytest.mark.parametrize("others", [(KRAMER,), ("--json",)])
def test_findings_are_shown_on_one_sheet(others: tuple[str, ...]) -> None:
    assert "--as and --out show one sheet" in refused("verify", MISPRINT, *others, "--as", "html")[-1]


@pytest.mark.parametrize(
    ("as_", "library", "extra"),
    [("html", "jinja2", "html"), ("svg", "matplotlib", "plot"), ("png", "matplotlib", "plot")],
)
def test_without_its_library_a_format_says_what_to_install(as_: str, library: str, extra: str, tmp_path: Path) -> None:
    stub = f"raise ModuleNotFoundError(\"No module named '{library}'\", name='{library}')"
    (tmp_path / f"{library}.py").write_text(stub, "utf-8")
    done = run("show", KRAMER, "--as", as_, PYTHONPATH=str(tmp_path))
    assert (done.returncode, done.stdout) == (2, "")
    (line,) = done.stderr.splitlines()
    assert line.endswith(f"pip install 'massstart[{extra}]'")


@pytest.mark.skipif(os.name == "nt", reason="Windows has other permissions and pipes")
class TestSaving:
    def test_file_keeps_its_permissions_and_a_link_its_target(self, tmp_path: Path) -> None:
        path, link = tmp_path / "a", tmp_path / "b"
        path.write_bytes(b"before")
        path.chmod(0o640)
        link.symlink_to(path)
        save(link, b"after")
        assert (path.read_bytes(), path.stat().st_mode & 0o777, link.is_symlink()) == (b"after", 0o640, True)

    def test_what_is_no_file_is_written_to_and_not_replaced(self, tmp_path: Path) -> None:
        pipe = tmp_path / "pipe"
        os.mkfifo(pipe)
        reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
        try:
            save(pipe, b"through")
            assert os.read(reader, 100) == b"through"
        finally:
            os.close(reader)
        assert pipe.is_fifo()

    def test_nothing_is_left_behind_when_writing_fails(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def full(_: int) -> None:
            raise OSError(28, "No space left on device")

        path = tmp_path / "a"
        path.write_bytes(b"before")
        # A disk can be found full only when what was written reaches it.
        monkeypatch.setattr(os, "fsync", full)
        for to in (path, tmp_path / "new"):
            with pytest.raises(InvalidRecord, match=r"cannot be written: No space left on device \(file\)"):
                save(to, b"after")
        assert path.read_bytes() == b"before"
        assert list(tmp_path.iterdir()) == [path]

    @pytest.mark.parametrize("step", ["os.fsync", "Path.replace"])
    def test_what_was_there_survives_a_kill_before_the_end(self, step: str, tmp_path: Path) -> None:
        path = tmp_path / "a"
        path.write_bytes(b"before")
        code = (
            "import os, signal, sys\nfrom pathlib import Path\nfrom massstart.files.saving import save\n"
            f"def die(*_):\n    os.kill(os.getpid(), signal.SIGKILL)\n{step} = die\nsave(Path(sys.argv[1]), b'after')"
        )
        done = subprocess.run([sys.executable, "-c", code, str(path)], check=False)
        assert (done.returncode, path.read_bytes()) == (-9, b"before")

    @pytest.mark.parametrize("as_", ["html", "csv"])
    def test_a_full_disk_leaves_what_was_there(self, as_: str, tmp_path: Path) -> None:
        path = tmp_path / f"a.{as_}"
        path.write_bytes(b"before")
        full = "import resource as r; r.setrlimit(r.RLIMIT_FSIZE, (100, 100)); from massstart.commandline.cli import main; main()"
        command = [sys.executable, "-c", full, "show", KRAMER, "--out", str(path)]
        # Where it is measured, what was measured could not be written either.
        unmeasured = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_PROCESS")}
        done = subprocess.run(command, capture_output=True, text=True, check=False, env=unmeasured)
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr == f"{path}: cannot be written: File too large (file); choose another place\n"
        assert (path.read_bytes(), [*tmp_path.iterdir()]) == (b"before", [path])

    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
    def test_a_device_that_is_full_is_told(self) -> None:
        assert refused("show", KRAMER, "--as", "csv", "--out", "/dev/full") == [
            "/dev/full: cannot be written: No space left on device (file); choose another place"
        ]

    @pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
    def test_a_folder_that_is_protected_leaves_what_was_there(self, tmp_path: Path) -> None:
        path = tmp_path / "a.csv"
        path.write_bytes(b"before")
        tmp_path.chmod(0o500)
        try:
            (line,) = refused("show", KRAMER, "--out", str(path))
        finally:
            tmp_path.chmod(0o700)
        assert line == f"{path}: cannot be written: Permission denied (file); choose another place"
        assert path.read_bytes() == b"before"

    def test_name_that_no_file_can_have_is_refused(self) -> None:
        with pytest.raises(InvalidRecord, match="cannot be written: embedded null"):
            save(Path("a\0b"), b"")


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("as_", ["text", "csv"])
def test_terminal_gets_whatever_is_text(as_: str, monkeypatch: pytest.MonkeyPatch) -> None:
    written = Terminal()
    monkeypatch.setattr("sys.argv", ["massstart", "show", KRAMER, "--as", as_])
    monkeypatch.setattr("sys.stdout", written)
    with pytest.raises(SystemExit) as ended:
        main()
    assert (ended.value.code, "Sven Kramer" in written.getvalue()) == (0, True)


@pytest.mark.parametrize("out", [[], ["--out", "-"], ["--out", "/dev/stdout"]])
def test_terminal_gets_no_picture_of_bytes(
    out: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    written = Terminal()
    monkeypatch.setattr("sys.argv", ["massstart", "show", KRAMER, "--as", "png", *out])
    monkeypatch.setattr("sys.stdout", written)
    with pytest.raises(SystemExit) as ended:
        main()
    assert (ended.value.code, written.getvalue()) == (2, "")
    assert "give --out FILE, or --as svg" in capsys.readouterr().err


def test_what_a_sheet_does_not_say_can_be_given(tmp_path: Path) -> None:
    table = "Rank,Name,Total,Time,WC points\n1,Ann,60,7:40.00,60\n2,Bea,40,7:41.00,50\n"
    path = tmp_path / "a.csv"
    path.write_text(table, "utf-8")
    given = ("--rulebook", "isu-2024", "--date", "2025-11-16", "--round", "division a")
    found = json.loads(ok("verify", str(path), *given, "--json", status=1))["findings"]
    assert ("world-cup-points", 2, "50", "54") in [
        (one["kind"], one["row"], one["printed"], one["expected"]) for one in found
    ]
    assert "rulebook" in refused("verify", KRAMER, "--rulebook", "isu-1999")[0]
    as_2014 = json.loads(ok("verify", KRAMER, "--rulebook", "isu-2014", "--json", status=1))
    assert not as_2014["consistent"]
    marked = b"\xef\xbb\xbf\r\n" + bundled_text(KRAMER)
    assert json.loads(ok("verify", "-", "--rulebook", "isu-2014", "--json", given=marked, status=1)) == as_2014
