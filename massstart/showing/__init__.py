"""From a value to something to read or to print: tables and pictures."""

from massstart.showing.formats import FORMATS, Format, picture, show

__all__ = ["FORMATS", "Format", "picture", "show"]
