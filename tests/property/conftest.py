"""How thoroughly the properties are tested: `HYPOTHESIS_PROFILE=thorough` for a long run, `few` for a short one.

All of them are slow, a hundred races each, and laws.
"""

import os
from pathlib import Path

import pytest
from hypothesis import Phase, settings

HERE = Path(__file__).parent
# Explaining a failure takes minutes with races of this size, and the shrunk race says enough.
PHASES = [phase for phase in Phase if phase is not Phase.explain]

settings.register_profile("few", max_examples=20, deadline=None, phases=PHASES)
settings.register_profile("quick", max_examples=100, deadline=None, phases=PHASES)
settings.register_profile("thorough", max_examples=2000, deadline=None, phases=PHASES)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.parent == HERE:
            item.add_marker(pytest.mark.slow)
            item.add_marker(pytest.mark.law)
