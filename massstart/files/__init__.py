"""Reading and writing files: one door for every kind, and a place to register a kind of one's own."""

from massstart.files.kinds import Kind, register

__all__ = ["Kind", "register"]
