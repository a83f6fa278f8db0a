"""Pictures: a race, an event or a season at a glance, as SVG or PNG."""

# Importing them registers their pictures.
from massstart.showing.pictures import chances, event, outlook, race, season
from massstart.showing.pictures.registry import draw

__all__ = ["chances", "draw", "event", "outlook", "race", "season"]
