"""What the tests share: the published results beside the project, where they are."""

import os
from collections.abc import Generator
from pathlib import Path

import coverage
import published
import pytest

#: Files and folders with few tests that take longest. They begin first, so that no worker waits for them in the end.
LONGEST = {"site", "test_site.py", "test_batch_dask.py", "test_conformance.py"}


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the longest begin; the order of a file stays."""
    items.sort(key=lambda item: not LONGEST & {item.path.name, item.path.parent.name})


def pytest_configure(config: pytest.Config) -> None:
    """Leave programs that a test starts unmeasured: what they run has examples within the process, at half the time."""
    if hasattr(config, "workerinput") or not config.getoption("numprocesses", None):
        for name in [name for name in os.environ if name.startswith("COVERAGE_PROCESS")]:
            del os.environ[name]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Leave a law out of the measured coverage: what it reaches by chance is not tested for that.

    Without being measured the tampered sheets take 26 s instead of 147.
    """
    measured = coverage.Coverage.current() if item.get_closest_marker("law") else None
    if measured is not None:
        measured.stop()
    try:
        return (yield)
    finally:
        if measured is not None:
            measured.start()


@pytest.fixture(scope="session")
def shared_results() -> Path:
    """The folder of published results."""
    return published.folder("results")


@pytest.fixture(scope="session")
def shared_sheets() -> Path:
    """The folder of official sheets as PDF."""
    return published.folder("sheets")


@pytest.fixture(scope="session")
def shared_standings() -> Path:
    """The folder of published season rankings and Olympic places."""
    return published.folder("standings")


@pytest.fixture(scope="session")
def shared_tables() -> Path:
    """The folder of tables as people hold them."""
    return published.folder("tables")
