"""A short run of the fuzzer; and it tells a fault when it sees one."""

from collections.abc import Callable
from pathlib import Path

import pytest
from answering import Ended
from fuzz_readers import QUICK, WAYS, TooLong, check, run, wrong

from massstart.commandline import rank

RACE = b'{"kind": "race", "version": 1, "rulebook": "isu-2018", "starters": [], "finish": []}'


@pytest.mark.slow
@pytest.mark.law
def test_spoiled_files_give_an_answer_or_problems() -> None:
    ended, faults = run(seed=1, number=150, names=QUICK)
    assert faults == []
    assert {name.partition(" ")[0].removesuffix(":") for name in ended} == {*QUICK}


def _raise(error: BaseException) -> Callable[..., None]:
    def stumble(*_: object) -> None:
        raise error

    return stumble


@pytest.mark.parametrize(
    ("error", "words"), [(ZeroDivisionError(), "ZeroDivisionError"), (TooLong("no"), "TooLong: no")]
)
def test_a_traceback_and_a_hang_are_faults(error: BaseException, words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rank, "read_result", _raise(error))
    _, what = check(WAYS["json"], ["rank", "-"], RACE)
    assert what is not None
    assert words in what


def test_an_error_of_a_reader_is_a_fault() -> None:
    way = WAYS["json"].__class__(tuple, bytes, reader=_raise(KeyError("x")))
    assert check(way, [], b"") == (None, "KeyError: 'x'")


@pytest.mark.parametrize(
    ("command", "ended", "words"),
    [
        ("rank -", Ended(1, b"", ""), "exit status 1"),
        ("rank -", Ended(2, b"x", "-: no"), "on standard output"),
        ("rank -", Ended(2, b"", ""), "on standard output"),
        ("rank -", Ended(2, b"", "no"), "say not what they are of"),
        ("rank -", Ended(2, b"", "-: \x1b[31m"), "in a message"),
        ("rank -", Ended(0, "a\u202e".encode(), ""), "'\\u202e' in"),
        ("rank - --json", Ended(0, b"{", ""), "cannot be read again"),
        ("rank - --json", Ended(0, b'{"kind": "nix"}', ""), "cannot be read again"),
    ],
)
def test_what_a_command_may_not_do(command: str, ended: Ended, words: str) -> None:
    assert words in (wrong(command.split(), ended) or "")


def test_a_file_that_is_not_written_whole_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    def keep(path: Path, _content: bytes) -> None:
        assert path.read_bytes() == b"old"

    monkeypatch.setattr("massstart.commandline.output.save", keep)
    _, what = check(WAYS["json"], ["show", "-", "--out", "OUT.csv"], RACE)
    assert what is not None
    assert "status 0 with" in what
