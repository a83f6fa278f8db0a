"""A race log while it is written, by a line or by what somebody types; what cannot be used is told and left out."""

from massstart.feed.lines import Feed, header, read_feed, with_line
from massstart.feed.typed import CARD, typed

__all__ = ["CARD", "Feed", "header", "read_feed", "typed", "with_line"]
