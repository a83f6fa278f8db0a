"""The race under way: its log, the standings at any moment, and what is still possible."""
