"""What a skater needs, in a sentence.

Decides the wording, and which rivals are named: those who can end up ahead without winning another point. The places
are those of the outlook; where only the final sprint is left, the condition that is added to them is exact.
"""

from collections.abc import Sequence

from massstart.live.outlookrow import OutlookRow
from massstart.race import Underway
from massstart.words import count, listing, number, place

#: How many rivals with equal points a sentence names before it counts them.
_NAMED = 4


def needs(row: OutlookRow, rows: Sequence[OutlookRow], race: Underway, advance: int) -> str:
    """What a skater needs to go on.

    Args:
        row: the skater.
        rows: everyone still racing.
        race: the race so far.
        advance: how many go on.
    """
    if row.status == "through":
        return "Through, whatever happens"
    if row.status == "out" or row.possible_if is None:
        return "Out: no place across the line can be enough"
    last = len(rows)
    sure = "No place across the line is sure to be enough"
    if row.through_if is not None:
        sure = f"Through with {_or_better(row.through_if)}, whatever the others do"
    if row.possible_if == row.through_if:
        return f"{sure}; out from {place(row.possible_if + 1)} on"
    where = "last place" if row.possible_if == last else place(row.possible_if)
    can = "possible" if row.through_if is None else "still possible"
    return f"{sure}; {can} from {where}, if {_condition(row, rows, race, advance)}"


def _or_better(at: int) -> str:
    return "first place" if at == 1 else f"{place(at)} or better"


def _condition(row: OutlookRow, rows: Sequence[OutlookRow], race: Underway, advance: int) -> str:
    """What must hold at the last place that can be enough."""
    at, final = row.possible_if or 0, race.rulebook.final.points
    own = row.points
    threats = [other for other in rows if other.id != row.id and other.points >= own]
    paid = [points for paid_at, points in enumerate(final[: len(rows)], 1) if paid_at != at]
    void = race.rulebook.forfeits and race.lapped
    least = min(other.points for other in rows)
    if len(race.sprints_left) == 1 and at > len(final) and not void and least + paid[-1] >= own:
        # Everyone who wins points in the final sprint ends up ahead. What is open is who does so without.
        spare = advance - 1 - len(paid)
        who = f"at most {number(spare)}" if spare else "none"
        return f"{who} of {_names(threats, own)} ends up ahead without points from the final sprint"
    level = f"level or ahead on points now: {_names(threats, own)}" if threats else "nobody has as many points now"
    left = len(race.sprints_left)
    return f"{'the final sprint falls' if left == 1 else f'the {left} sprints left fall'} right ({level})"


def _names(rivals: Sequence[OutlookRow], own: int) -> str:
    """The rivals with more points by name, and those with as many if they are few."""
    level = [rival for rival in rivals if rival.points == own]
    if len(level) <= _NAMED:
        return listing([rival.label for rival in rivals])
    ahead = [rival.label for rival in rivals if rival.points > own]
    return listing([*ahead, f"{len(level)} {'others' if ahead else 'rivals'} with {count(own, 'point')}"])
