"""Tells hypothesis how to draw the values of massstart: the entry point of its plug-ins.

Decides which types `hypothesis.strategies.from_type` knows. Neither the package nor hypothesis is imported for it:
whichever of the two comes last calls `register`, and the strategies are loaded when the first value is drawn.
"""

import sys
from collections.abc import Callable
from typing import Any

#: The types by module, and the strategy of `massstart.testing` that each is drawn from.
STRATEGIES = {
    ("massstart", "Race"): "races",
    ("massstart", "Result"): "results",
    ("massstart", "Rulebook"): "rulebooks",
    ("massstart", "Scale"): "scales",
    ("massstart", "Sheet"): "sheets",
    ("massstart.event", "Event"): "events",
}


def register() -> None:
    """Register the types of the rooms that are there already; a room that comes later calls this again."""
    loaded = {key: name for key, name in STRATEGIES.items() if hasattr(sys.modules.get(key[0]), key[1])}
    if not loaded:
        return
    from hypothesis import strategies as st

    for (module, type_name), strategy_name in loaded.items():
        st.register_type_strategy(getattr(sys.modules[module], type_name), _late(strategy_name))


def _late(name: str) -> Callable[[Any], Any]:
    def strategy(_: Any) -> Any:
        from massstart import testing

        return getattr(testing, name)()

    return strategy
