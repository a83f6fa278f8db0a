"""A short run of the fuzzer; and it tells a fault when it sees one."""

import pytest
from fuzz_readers import COMMANDS, check, run

from massstart.commandline import rank


@pytest.mark.slow
@pytest.mark.law
def test_spoiled_files_give_an_answer_or_problems() -> None:
    ended, faults = run(seed=1, number=500)
    assert faults == []
    assert {f"{command[0]} 2" for command in COMMANDS} < set(ended)
    assert {"rank 0", "verify 0", "verify 1"} < set(ended)


def test_a_traceback_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    def stumble(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(rank, "read_result", stumble)
    status, what = check(
        ["rank", "-"], b'{"kind": "race", "version": 1, "rulebook": "isu-2018", "starters": [], "finish": []}'
    )
    assert status == 1
    assert what is not None
    assert what.startswith("ZeroDivisionError")
