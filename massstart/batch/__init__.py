"""Many races at once, as arrays. Needs the extra ``batch``."""

from massstart.batch.convert import to_arrays, to_races
from massstart.batch.kernel import score
from massstart.batch.races import ABSENT, DISQUALIFIED, FINISHED, LAPPED, STATUSES, UNFINISHED, Races, Scored

__all__ = [
    "ABSENT",
    "DISQUALIFIED",
    "FINISHED",
    "LAPPED",
    "STATUSES",
    "UNFINISHED",
    "Races",
    "Scored",
    "score",
    "to_arrays",
    "to_races",
]
