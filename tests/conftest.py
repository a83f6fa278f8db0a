"""What the tests share: the published results beside the project, where they are."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"


def _shared(name: str) -> Path:
    """A folder of published facts; only a developer's checkout has it beside the project."""
    folder = SHARED / name
    if not folder.is_dir():
        if os.environ.get("CI") == "true":
            pytest.fail(f"the published {name} are not beside the project")
        pytest.skip(f"the published {name} are not beside the project; the bundled ones are tested elsewhere")
    return folder


@pytest.fixture(scope="session")
def shared_results() -> Path:
    """The folder of published results."""
    return _shared("results")


@pytest.fixture(scope="session")
def shared_sheets() -> Path:
    """The folder of official sheets as PDF."""
    return _shared("sheets")


@pytest.fixture(scope="session")
def shared_standings() -> Path:
    """The folder of published season rankings and Olympic places."""
    return _shared("standings")
