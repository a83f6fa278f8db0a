"""What a process without a terminal cannot show: progress, and explanations of those who are not through."""

from io import StringIO

import pytest

from massstart import archive
from massstart.commandline.cli import main


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> tuple[int | str | None, str]:
    output = StringIO()
    monkeypatch.setattr("sys.argv", ["massstart", *arguments])
    monkeypatch.setattr("sys.stdout", output)
    with pytest.raises(SystemExit) as ended:
        main()
    return ended.value.code, output.getvalue()


def test_output_that_is_no_file_is_written_to_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(monkeypatch, "archive", "--json") == (0, run(monkeypatch, "archive", "--json")[1])
    assert "beijing-2022-men-semifinal-1" in run(monkeypatch, "archive")[1]


def test_progress_is_shown_on_a_terminal_when_many_files_are_verified(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(StringIO):
        def isatty(self) -> bool:
            return True

    shown = Terminal()
    monkeypatch.setattr("sys.stderr", shown)
    code, _ = run(monkeypatch, "verify", *archive())
    assert code == 1
    assert "verifying" in shown.getvalue()
    quiet = Terminal()
    monkeypatch.setattr("sys.stderr", quiet)
    run(monkeypatch, "verify", archive()[0])
    assert quiet.getvalue() == ""


def test_explanation_of_a_skater_who_is_not_through_ends_with_the_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    code, text = run(monkeypatch, "explain", archive()[0], "Silovs")
    assert code == 0
    assert "9th" in text
    assert "through" not in text
