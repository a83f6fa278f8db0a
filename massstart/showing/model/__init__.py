"""The model of a shown table: from a value to cells, columns and words; no format knows more than this."""

# Importing them registers their tables.
from massstart.showing.model import chances, events, live, results, seasons
from massstart.showing.model.registry import table

__all__ = ["chances", "events", "live", "results", "seasons", "table"]
