"""Results of which only a part is known, and small inputs that went wrong: read from beside the project."""

from pathlib import Path

import published
import pytest

from massstart import Race, Sheet, advance, load, rank, verify


@pytest.fixture(scope="session")
def partial() -> Path:
    return published.folder("partial")


@pytest.fixture(scope="session")
def cases() -> Path:
    return published.folder("cases")


def test_every_partial_sheet_is_consistent(partial: Path) -> None:
    paths = [path for path in sorted(partial.glob("*.json")) if not path.stem.endswith("-as-race")]
    assert len(paths) >= 8
    assert [path.stem for path in paths if not verify(load(path, Sheet)).consistent] == []


def test_the_trial_race_of_the_men_gives_the_points_that_its_sheet_leaves_out(partial: Path) -> None:
    result = rank(load(partial / "ustrials-2025-men-race-1-as-race.json", Race))
    last = result.rows[-1]
    assert (last.rank, last.name, last.status, last.sprints, last.total) == (
        16,
        "William Silk",
        "unfinished",
        (2, 3, 3, 0),
        0,
    )
    assert [row.rank for row in result] == list(range(1, 17))


def test_the_trial_race_of_the_women_ranks_as_published(partial: Path) -> None:
    result = rank(load(partial / "ustrials-2025-women-race-2-as-race.json", Race))
    assert [(row.name, row.total) for row in result][:6] == [
        ("Mia Manganello", 62), ("Giorgia Birkeland", 48), ("Greta Myers", 27), ("Sarah Warren", 10), ("Marly Soldan", 6),
        ("Piper Yde", 4),
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["unfinished-by-time.csv", "unfinished-behind-unfinished.csv"])
def test_unfinished_without_laps_is_consistent(cases: Path, name: str) -> None:
    assert verify(load(cases / name, Sheet)).consistent


def test_reserves_and_numbers_of_the_cases(cases: Path) -> None:
    sheet = load(cases / "reserves-of-unfinished.csv", Sheet)
    listed = advance(sheet)
    names = [entry.name for entry in listed.reserves]
    assert names.index("Dora") < names.index("Eva")
    # Eva is taken for unfinished, and both say so.
    assert [one.where for one in rank(sheet).warnings] == ["rows[4].laps"]
    assert [one.where for one in listed.warnings] == ["semifinals[0].rows[4].laps"]
    starts = {
        e.name: e.start for e in advance(load(cases / "added-1.json", Sheet), load(cases / "added-2.json", Sheet))
    }
    assert starts["Cleo"] == 5
