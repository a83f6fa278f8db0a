"""The published facts in `shared`, the folder beside the project.

They are no part of a clone. Where the folder is absent, a test that needs it skips and says so; where CI is `true`,
its absence is a failure, so that nothing is skipped there for good.
"""

import os
from pathlib import Path

import pytest

SHARED = Path(__file__).parents[2] / "shared"


def folder(name: str) -> Path:
    """A folder of published facts; without it the test that asks is skipped, or fails where CI is `true`."""
    path = SHARED / name
    if not (path.is_dir() and any(path.iterdir())):
        absent = f"the published {name} are not beside the project"
        if os.environ.get("CI") == "true":
            pytest.fail(absent)
        pytest.skip(f"{absent}; the bundled ones are tested elsewhere")
    return path
