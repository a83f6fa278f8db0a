"""A race log while it is written: line by line, with what could not be used told and left out."""

from massstart.feed.lines import Feed, header, read_feed, with_line

__all__ = ["Feed", "header", "read_feed", "with_line"]
