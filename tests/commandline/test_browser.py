"""The page in a real browser: chromium, where it is installed."""

import shutil
import subprocess
from pathlib import Path

import pytest
from pages import HOSTILE, Page

from massstart import Race, Starter, rank, show
from massstart.showing.model import table

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(BROWSER is None, reason="no chromium is installed to open the page in"),
]


def opened(text: str, folder: Path) -> str:
    """The page as the browser understood it, after whatever it ran."""
    path = folder / "page.html"
    path.write_text(text, "utf-8")
    done = subprocess.run(
        [
            str(BROWSER), "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
            "--disable-background-networking", "--disable-component-update", "--disable-sync",
            f"--user-data-dir={folder / 'profile'}", "--virtual-time-budget=2000", "--dump-dom", path.as_uri(),
        ],
        capture_output=True, check=True, timeout=120,
    )  # fmt: skip
    return done.stdout.decode()


def test_hostile_names_arrive_intact_and_nothing_runs(tmp_path: Path) -> None:
    ids = [str(number) for number in range(len(HOSTILE))]
    starters = [Starter(id, name, name) for id, name in zip(ids, HOSTILE, strict=True)]
    result = rank(Race(rulebook="isu-2018", competition=HOSTILE[1], starters=starters, finish=ids))
    text = show(result, "html", reasons=True)
    page = Page(opened(text, tmp_path))
    assert page.title.startswith(HOSTILE[1])
    shown = table(result, reasons=True)
    assert [row for row in page.rows if len(row) > 1][1:] == [
        [cell.shown for cell in line.cells] for line in shown.lines
    ]
    assert [row[0] for row in page.rows if len(row) == 1] == [line.reason for line in shown.lines]
    assert page.tags == Page(text).tags


def test_the_browser_would_run_a_script_that_got_through(tmp_path: Path) -> None:
    assert Page(opened(f"<title>not run</title>{HOSTILE[0]}", tmp_path)).title == "run"
    framed = show(rank(Race(rulebook="isu-2018", starters=["a"], finish=["a"])), "html").replace("</body>", HOSTILE[0])
    assert "isu-2018" in Page(opened(framed, tmp_path)).title
