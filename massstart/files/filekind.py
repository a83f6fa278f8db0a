"""What a file is that cannot be read, in words.

Decides how such a file is called, by its first bytes, and what its owner can do instead.
"""

from massstart.files.headings import KNOWN
from massstart.problems import Problem

_AS_TABLE = "save the table as .xlsx or as CSV"
_IMAGE = "get the sheet as PDF with text, or type the table"
#: How files begin, what they are, and what would mend it.
_KINDS = (
    (b"\xd0\xcf\x11\xe0", "an old spreadsheet (.xls), or one with a password", f"{_AS_TABLE}, without a password"),
    (b"\x89PNG", "an image (PNG)", _IMAGE),
    (b"\xff\xd8\xff", "an image (JPEG)", _IMAGE),
    (b"GIF8", "an image (GIF)", _IMAGE),
    (b"RIFF", "an image, or a recording", _IMAGE),
    (b"\x1f\x8b", "a compressed file (gzip)", "unpack it"),
    (b"{\\rtf", "a text with formats (.rtf)", _AS_TABLE),
)
_PAGES = (b"<!doctype html", b"<html", b"<table", b"<head", b"<body")


def unreadable(content: str | bytes) -> Problem | None:
    """What is wrong with a file of a kind that is not read; ``None`` if it can be JSON or a table.

    Example:
        >>> print(unreadable(b"<!DOCTYPE html><html>"))
        this is a web page (file); copy the table out of it, and save the text
    """
    data = content[:4000].encode() if isinstance(content, str) else content
    start = data[:200].lstrip().lower()
    if data.startswith(b"PK\x03\x04"):
        what, remedy = _zipped(data)
    elif start.startswith(_PAGES):
        what, remedy = "a web page", "copy the table out of it, and save the text"
    elif start.startswith(b"<"):
        what, remedy = "an XML file", _AS_TABLE
    else:
        what, remedy = next(((what, remedy) for begin, what, remedy in _KINDS if data.startswith(begin)), ("", ""))
    return Problem("file", "", f"this is {what}", remedy) if what else None


def _zipped(data: bytes) -> tuple[str, str]:
    if b"opendocument.spreadsheet" in data[:200]:
        return "a spreadsheet of another kind (.ods)", _AS_TABLE
    if b"opendocument.text" in data[:200] or b"word/" in data:
        return "a text document", _AS_TABLE
    return "a zip archive", "unpack it"


def no_table() -> Problem:
    """What is wrong with a text that is neither JSON nor a table."""
    return Problem(
        "json", "", "this is neither JSON nor a table with headings that are known here", f"known are {KNOWN}"
    )
