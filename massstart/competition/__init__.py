"""What single races decide together: events, seasons, and the places at the Games."""

from massstart.competition.event import Event
from massstart.competition.quota import quota
from massstart.competition.season import standings

__all__ = ["Event", "quota", "standings"]
