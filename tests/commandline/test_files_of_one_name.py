"""Files of one name in one command are several sheets."""

import json
from pathlib import Path

import pytest
from command import ok, refused

from massstart import load, show

ONE, TWO = "wc-2025-26-1-men-division-a", "wc-2025-26-2-men-division-a"


def written(path: Path, race: str) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = show(load(race), "csv").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if not line.startswith("# id: ")), "utf-8")
    return str(path)


def ids(*sources: str) -> list[str]:
    return [json.loads(line)["sheet"] for line in ok("verify", "--json", *sources, status=1).splitlines()]


@pytest.mark.parametrize(
    ("names", "known_as"),
    [
        (("wc1/men.csv", "wc2/men.csv"), ["wc1/men", "wc2/men"]),
        (("a/wc/men.csv", "b/wc/men.csv"), ["a/wc/men", "b/wc/men"]),
        (("wc/men.csv", "wc/men.txt"), ["men.csv", "men.txt"]),
        (("wc1/men.csv", "wc2/women.csv"), ["men", "women"]),
    ],
)
def test_folder_tells_them_apart(names: tuple[str, str], known_as: list[str], tmp_path: Path) -> None:
    first, second = (written(tmp_path / name, race) for name, race in zip(names, (ONE, TWO), strict=True))
    assert ids(first, second) == known_as


def test_another_file_before_them_keeps_its_name(tmp_path: Path) -> None:
    women = written(tmp_path / "women.csv", "wc-2025-26-1-women-division-a")
    men = [written(tmp_path / folder / "men.csv", race) for folder, race in (("wc1", ONE), ("wc2", TWO))]
    assert ids(women, *men) == ["women", "wc1/men", "wc2/men"]


def test_season_takes_both(tmp_path: Path) -> None:
    first, second = written(tmp_path / "wc1" / "men.csv", ONE), written(tmp_path / "wc2" / "men.csv", TWO)
    rows, due = (json.loads(ok("standings", *pair, "--json"))["rows"] for pair in ((first, second), (ONE, TWO)))
    assert rows == due


def test_same_sheet_twice_is_refused_as_before(tmp_path: Path) -> None:
    first, second = written(tmp_path / "wc1" / "men.csv", ONE), written(tmp_path / "wc2" / "men.csv", ONE)
    assert "men" in refused("standings", first, second)[0]
