"""What the tests share: the published results beside the project, where they are."""

from pathlib import Path

import published
import pytest


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
