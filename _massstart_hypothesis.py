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
    ("massstart.competition", "Event"): "events",
}


def register() -> None:
    """Register the types, if the package is there already."""
    if "massstart" not in sys.modules:
        return
    from hypothesis import strategies as st

    for (module, type_name), strategy_name in STRATEGIES.items():
        st.register_type_strategy(getattr(sys.modules[module], type_name), _late(strategy_name))


def _late(name: str) -> Callable[[Any], Any]:
    def strategy(_: Any) -> Any:
        from massstart import testing

        return getattr(testing, name)()

    return strategy
