"""Many races at once, as arrays. Needs the extra ``batch``."""

from massstart.problems import MissingExtra

try:
    import narwhals  # noqa: F401
    import numpy as np  # noqa: F401
except ImportError as _error:
    raise MissingExtra("massstart.batch needs numpy and narwhals; run: pip install 'massstart[batch]'") from _error

from massstart.batch.convert import to_arrays, to_races
from massstart.batch.kernel import score
from massstart.batch.parts import Progress, score_parquet
from massstart.batch.races import ABSENT, DISQUALIFIED, FINISHED, LAPPED, STATUSES, UNFINISHED, Races, Scored
from massstart.batch.table import DoubtfulRaces, TableRaces, from_table, score_table

__all__ = [
    "ABSENT",
    "DISQUALIFIED",
    "FINISHED",
    "LAPPED",
    "STATUSES",
    "UNFINISHED",
    "DoubtfulRaces",
    "Progress",
    "Races",
    "Scored",
    "TableRaces",
    "from_table",
    "score",
    "score_parquet",
    "score_table",
    "to_arrays",
    "to_races",
]
