"""The race while it is skated: what has happened so far, and what can still happen."""
