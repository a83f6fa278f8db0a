"""What the tests share: the published results beside the project, where they are."""

import os
from collections.abc import Generator
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import coverage
import published
import pytest

import massstart

#: Files and folders with few tests that take longest. They begin first, so that no worker waits for them in the end.
LONGEST = {"site", "test_site.py", "test_batch_dask.py", "test_conformance.py"}


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the longest begin; the order of a file stays."""
    items.sort(key=lambda item: not LONGEST & {item.path.name, item.path.parent.name})


def pytest_collection_finish() -> None:
    """Where it is measured, load every module of the package: a law may be the first to need it, and is not measured."""
    if coverage.Coverage.current() is not None:
        for module in walk_packages(massstart.__path__, "massstart."):
            if not module.name.endswith("__main__"):
                import_module(module.name)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Leave a law out of the measured coverage, and the programs that tests start, but for those of the command line.

    What a law reaches by chance is not tested for that. Without being measured the tampered sheets take 26 s instead of 147.
    """
    measured = coverage.Coverage.current() if item.get_closest_marker("law") else None
    if measured is not None:
        measured.stop()
    to_processes = (
        {} if item.path.parent.name == "commandline" else {name: os.environ.pop(name) for name in _asks_to_measure()}
    )
    try:
        return (yield)
    finally:
        os.environ.update(to_processes)
        if measured is not None:
            measured.start()


def _asks_to_measure() -> list[str]:
    """The variables that make a program measure itself."""
    return [name for name in os.environ if name.startswith("COVERAGE_PROCESS")]


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
