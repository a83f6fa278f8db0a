"""The scorer in a real browser: built once, served from this process, opened in Debian's Chromium."""

import functools
import http.server
import importlib.util
import os
import shutil
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def missing() -> str | None:
    """What keeps these tests from running here, if anything."""
    for program in ("node", "npm"):
        if shutil.which(program) is None:
            return f"{program} is not installed to build the scorer"
    if CHROMIUM is None:
        return "no chromium is installed to open the scorer in"
    if importlib.util.find_spec("playwright") is None:
        return "playwright is not installed to drive the browser"
    return None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip them, saying why; where browsers were promised, their absence is a failure."""
    why = missing()
    for item in items:
        if item.path.parent == HERE:
            item.add_marker(pytest.mark.slow)
            item.add_marker(pytest.mark.law)
            if why and not os.environ.get("MASSTART_BROWSERS"):
                item.add_marker(pytest.mark.skip(reason=why))


class Quiet(http.server.SimpleHTTPRequestHandler):
    """A server of files that says nothing."""

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The scorer as it is served."""
    why = missing()
    assert why is None, why
    spec = importlib.util.spec_from_file_location("make_scorer", ROOT / "docs" / "make_scorer.py")
    assert spec is not None
    assert spec.loader is not None
    make_scorer = importlib.util.module_from_spec(spec)
    sys.modules["make_scorer"] = make_scorer
    spec.loader.exec_module(make_scorer)
    out = tmp_path_factory.mktemp("site") / "scorer"
    make_scorer.build(out)
    return out


class Server(http.server.ThreadingHTTPServer):
    """A server that a browser may leave in the middle of an answer."""

    def handle_error(self, *_: Any) -> None:
        """Say nothing."""


@pytest.fixture(scope="session")
def address(folder: Path) -> Iterator[str]:
    """Where the scorer is served."""
    server = Server(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Chromium. It is closed with the tests of a file, because its event loop keeps every other from running."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()
