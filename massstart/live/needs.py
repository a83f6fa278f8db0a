"""What a skater needs, in a sentence.

Decides the wording, and which rivals are named: those who can end up ahead without winning another point. The places
are those of the outlook; where only the final sprint is left, the condition that is added to them is exact.
"""

from collections.abc import Mapping, Sequence

from massstart.live.finishline import FinishLine
from massstart.live.outlookrow import OutlookRow
from massstart.race import Underway
from massstart.words import count, listing, number, place

#: How many rivals with equal points a sentence names before it counts them.
_NAMED = 4


def needs(row: OutlookRow, rows: Sequence[OutlookRow], race: Underway, line: FinishLine, advance: int) -> str:
    """What a skater needs to go on.

    Args:
        row: the skater.
        rows: everyone still racing or across the line.
        race: the race so far.
        line: the places across the line, taken and free.
        advance: how many go on.
    """
    if row.status == "through":
        return "Through, whatever happens"
    if row.finish is not None:
        return _across(row, row.finish, rows, race, line, advance)
    if row.possible_if is None:
        return "Out: no place across the line can be enough"
    last = len(rows)
    sure = "No place across the line is sure to be enough"
    if row.through_if is not None:
        sure = f"Through with {_or_better(row.through_if)}, whatever the others do"
    if row.possible_if == row.through_if:
        return f"{sure}; out from {place(row.possible_if + 1)} on"
    where = "last place" if row.possible_if == last else place(row.possible_if)
    can = "possible" if row.through_if is None else "still possible"
    return f"{sure}; {can} from {where}, if {_condition(row, row.possible_if, rows, race, line, advance)}"


def _or_better(at: int) -> str:
    return "first place" if at == 1 else f"{place(at)} or better"


def _across(
    row: OutlookRow, at: int, rows: Sequence[OutlookRow], race: Underway, line: FinishLine, advance: int
) -> str:
    """What must still happen for a skater whose place stands."""
    where = f"{place(at).capitalize()} across the line"
    if row.status == "out":
        return f"{where}: out, whatever happens"
    if len(race.sprints_left) > 1:
        return f"{where}: through if the {len(race.sprints_left)} sprints left fall right"
    # Who is ahead with as many points crossed before.
    void = race.lapped if race.rulebook.forfeits else ()
    threats = [
        other
        for other in rows
        if other.finish is None and _can_pass(other, row, at, {} if other.id in void else line.worth, line)
    ]
    spare = advance - 1 - _settled_ahead(row.points, at, rows)
    return f"{where}: through if {_few(spare, threats, row.points)}"


def _can_pass(other: OutlookRow, row: OutlookRow, at: int, worth: Mapping[int, int], line: FinishLine) -> bool:
    """Whether somebody still to come can end up ahead of a skater across the line."""
    # Who has as many points is ahead from a place further in front.
    ends = [(other.points + worth.get(free, 0), -free) for free in line.free]
    return max(ends) > (row.points, -at)


def _condition(
    row: OutlookRow, at: int, rows: Sequence[OutlookRow], race: Underway, line: FinishLine, advance: int
) -> str:
    """What must hold at the last place that can be enough."""
    own = row.points
    coming = [other for other in rows if other.finish is None]
    threats = [other for other in coming if other.id != row.id and other.points >= own]
    paid = [line.worth[free] for free in line.free if free != at and free in line.worth]
    void = race.rulebook.forfeits and race.lapped
    least = min(other.points for other in coming)
    if len(race.sprints_left) == 1 and at not in line.worth and not void and (not paid or least + paid[-1] >= own):
        # Everyone who wins points in the final sprint ends up ahead. What is open is who does so without.
        spare = advance - 1 - len(paid) - _settled_ahead(own, at, rows)
        without = " without points from the final sprint" if paid else ""
        return f"{_few(spare, threats, own)}{without}"
    level = f"level or ahead on points now: {_names(threats, own)}" if threats else "nobody has as many points now"
    left = len(race.sprints_left)
    return f"{'the final sprint falls' if left == 1 else f'the {left} sprints left fall'} right ({level})"


def _settled_ahead(points: int, at: int, rows: Sequence[OutlookRow]) -> int:
    """How many are across the line and ahead of a skater with these points and this place."""
    return sum(
        row.finish is not None and (row.points > points or (row.points == points and row.finish < at)) for row in rows
    )


def _few(spare: int, threats: Sequence[OutlookRow], own: int) -> str:
    """That at most so many of some rivals end up ahead."""
    if len(threats) == 1:
        return f"{threats[0].label} does not end up ahead"
    return f"{f'at most {number(spare)}' if spare else 'none'} of {_names(threats, own)} ends up ahead"


def _names(rivals: Sequence[OutlookRow], own: int) -> str:
    """The rivals with more points by name, and the others if they are few."""
    ahead = [rival.label for rival in rivals if rival.points > own]
    others = len(rivals) - len(ahead)
    if others <= _NAMED:
        return listing([rival.label for rival in rivals])
    word = "others" if ahead else "rivals"
    level = all(rival.points >= own for rival in rivals)
    return listing([*ahead, f"{others} {word} with {count(own, 'point')}" if level else f"{others} {word}"])
