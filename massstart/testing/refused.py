"""Strategies for what `massstart.Race` refuses.

Decides which contradictions are drawn, and which kinds of problems each must at least lead to.
"""

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from massstart.testing.changes import plain
from massstart.testing.strategies import Books, Draw, races


@st.composite
def invalid_races(
    draw: Draw, *, rulebook: Books | None = None, min_size: int = 2, max_size: int = 24
) -> tuple[dict[str, Any], frozenset[str]]:
    """What `massstart.Race` must refuse: its arguments, and the kinds of problems that it must at least find.

    Args:
        rulebook: a rulebook, the id of one, or a strategy; any unless given.
        min_size: the smallest number of starters, from 2 on.
        max_size: the largest.
    """
    size = max(min_size, 2)
    race = draw(races(rulebook=rulebook, min_size=size, max_size=max_size, everyone_finishes=True, dead_heats=False))
    given = plain(race)
    broken = {kind: found for kind, spoil in _SPOILERS.items() if (found := spoil(given)) is not None}
    kind = draw(st.sampled_from(sorted(broken)))
    kinds = {kind}
    given |= broken[kind]
    # What the first problem does not touch can be wrong as well.
    for also, spoil in _FURTHER.items():
        if draw(st.booleans()):
            given |= spoil
            kinds.add(also)
    return given, frozenset(kinds)


def _with_the_last(given: dict[str, Any], **changes: object) -> dict[str, Any]:
    """The last across the line is not in the finish, and in no sprint, but elsewhere."""
    last = given["finish"][-1]
    sprints = {lap: [id for id in order if id != last] for lap, order in given["sprints"].items()}
    return {"finish": given["finish"][:-1], "sprints": sprints, "advanced": [], "times": {}} | changes


def _in_a_sprint(given: dict[str, Any], **changes: object) -> dict[str, Any] | None:
    """The same, but in the first sprint."""
    if not given["sprint_laps"]:
        return None
    found = _with_the_last(given, **changes)
    return found | {"sprints": {given["sprint_laps"][0]: [given["finish"][-1]]}}


_SPOILERS: dict[str, Callable[[dict[str, Any]], dict[str, Any] | None]] = {
    "no-outcome": _with_the_last,
    "two-outcomes": lambda given: {"unfinished": {given["finish"][-1]: 0}, "sprints": {}, "times": {}},
    "repeated-id": lambda given: {"finish": [*given["finish"], given["finish"][0]]},
    "unknown-id": lambda given: {"finish": [*given["finish"], ("nobody",)]},
    "unknown-lap": lambda given: {"sprints": {given["laps"]: []}},
    "laps": lambda given: _with_the_last(given, unfinished={given["finish"][-1]: given["laps"]}),
    "left-race": lambda given: _in_a_sprint(given, unfinished={given["finish"][-1]: 0}),
    "did-not-start": lambda given: _in_a_sprint(given, did_not_start=[given["finish"][-1]]),
    "lapped-not-finished": lambda given: _with_the_last(
        given, unfinished={given["finish"][-1]: 0}, lapped=[given["finish"][-1]]
    ),
    "cannot-advance": lambda given: {"disqualified": [given["finish"][0]], "advanced": [given["finish"][0]]},
    "distance": lambda _: {"laps": 0},
    "sprint-laps": lambda given: {"sprint_laps": (given["laps"],), "sprints": {}},
    "unknown-rulebook": lambda _: {"rulebook": "isu-1999"},
    "type": lambda _: {"finish": None},
}
_FURTHER: dict[str, dict[str, Any]] = {
    "time": {"times": {"nobody": "soon"}},
    "type": {"advance": 0},
}
