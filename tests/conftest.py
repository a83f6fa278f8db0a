"""What the tests share: the published results beside the project, where they are."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"


def _shared(name: str) -> Path:
    folder = SHARED / name
    if not folder.is_dir():
        if os.environ.get("CI") == "true":
            pytest.fail("the published results are not beside the project")
        pytest.skip("the published results are not beside the project; the bundled ones are tested elsewhere")
    return folder


@pytest.fixture(scope="session")
def shared_results() -> Path:
    """The folder of published results; only a developer's checkout has it beside the project."""
    return _shared("results")


@pytest.fixture(scope="session")
def shared_sheets() -> Path:
    """The folder of official sheets as PDF; only a developer's checkout has it beside the project."""
    return _shared("sheets")
