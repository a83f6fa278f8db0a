"""The published facts beside the project: what becomes of the tests without them."""

from pathlib import Path

import published
import pytest


@pytest.fixture(params=["absent", "empty"])
def without(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(published, "SHARED", tmp_path)
    if request.param == "empty":
        (tmp_path / "results").mkdir()


@pytest.mark.usefixtures("without")
@pytest.mark.parametrize("value", [None, "", "false"])
def test_without_the_published_facts_a_test_is_skipped_and_says_so(
    value: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CI", raising=False)
    if value is not None:
        monkeypatch.setenv("CI", value)
    with pytest.raises(pytest.skip.Exception, match="the published results are not beside the project; the bundled"):
        published.folder("results")


@pytest.mark.usefixtures("without")
def test_where_ci_is_true_their_absence_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match=r"the published results are not beside the project$"):
        published.folder("results")


def test_where_ci_is_true_they_are_there(shared_results: Path, shared_sheets: Path, shared_standings: Path) -> None:
    assert [path.name for path in (shared_results, shared_sheets, shared_standings)] == [
        "results", "sheets", "standings",
    ]  # fmt: skip
    assert {path.parent for path in (shared_results, shared_sheets, shared_standings)} == {published.SHARED}
