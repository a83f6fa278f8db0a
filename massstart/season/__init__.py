"""A World Cup season: the ranking, what can still be reached, and the places at the Games."""

from massstart.season.quota import Quota, QuotaRow, quota
from massstart.season.ranking import Standings, StandingsRow, standings
from massstart.season.reach import Reach, reach
from massstart.season.worldcup import PointsTable

__all__ = [
    "PointsTable",
    "Quota",
    "QuotaRow",
    "Reach",
    "Standings",
    "StandingsRow",
    "quota",
    "reach",
    "standings",
]
