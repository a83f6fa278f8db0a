"""A World Cup season: the ranking, what can still be reached, and the places at the Games."""

from massstart.season.chances import Chance, chances
from massstart.season.quota import Quota, QuotaRow, quota
from massstart.season.ranking import Standings, StandingsRow, standings
from massstart.season.worldcup import PointsTable

__all__ = [
    "Chance",
    "PointsTable",
    "Quota",
    "QuotaRow",
    "Standings",
    "StandingsRow",
    "chances",
    "quota",
    "standings",
]
