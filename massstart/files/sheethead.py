"""The layouts of official result sheets: everything that is known about how a season's sheet looks.

Decides what the lines above the table say, which lines end it, and which oddities its header has. Known from print is
one layout: that of the World Cup of 2025/26, of which eight sheets were at hand. What is said here about other
competitions follows from it and is not confirmed by any sheet.
"""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from massstart.files.headings import key_of
from massstart.rulebooks import is_of_juniors

#: How the lines under the table begin: officials, conditions, footnotes, the foot of the page.
UNDER_THE_TABLE = re.compile(r"(Referee|Starter|Conditions|Created on|Page [0-9]|T[0-9]+ ?:)", re.ASCII)

#: The first sprint column of the World Cup sheets is headed "S1Lane", or "S1" with "Lane" cut off somewhere: the
#: heading of the column in which the sheets of the other distances print the lane.
_LANE = re.compile(r"(S1) ?(La ?)?(ne)?", re.ASCII)

_MASS_START = re.compile(r"\bmass start\b[ ,]*(?P<event>[^\W\d_]+(?: [^\W\d_]+)*?)?[ ,]*(?P<round>(?:division|semi-?final|final|heat)\b.*)?", re.IGNORECASE)  # fmt: skip
_DAY = re.compile(r"(?:[A-Za-z]+day, )?([0-9]{1,2}) ([A-Za-z]+) ([0-9]{4})", re.ASCII)
_VENUE = re.compile(r"(?P<place>.+\([A-Za-z]{3}\)) ?/.*")
_WORLD_CUP = re.compile(r"world cup #([0-9]+)", re.IGNORECASE | re.ASCII)
_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip


def heading(text: str) -> str | None:
    """The key of a column by its heading; see `massstart.files.headings.key_of`."""
    lane = _LANE.fullmatch(text)
    return key_of(lane[1] if lane else text)


def head(lines: Sequence[str]) -> dict[str, Any] | None:
    """What the lines above the table say; ``None`` if they speak of no mass start.

    Returns:
        ``id``, ``competition``, ``date``, ``event`` and ``round`` of the sheet, and ``junior``.

    Example:
        >>> lines = ["ISU SPEED SKATING WORLD CUP #2", "Olympic Oval - Calgary (Can) / 21 - 23 Nov 2025"]
        >>> found = head([*lines, "26. RESULT Mass Start Men Division B", "Sunday, 23 November 2025"])
        >>> found["id"], found["competition"]
        ('wc-2025-26-2-men-division-b', '2025-26 ISU Speed Skating World Cup #2, Olympic Oval, Calgary (CAN)')
    """
    title = next((match for line in lines if (match := _MASS_START.search(line))), None)
    if title is None:
        return None
    return _said(lines, title)


def above(lines: Sequence[str]) -> tuple[dict[str, Any], list[int]]:
    """What the lines above a table say that may be no official one, and the places of those that say nothing known.

    Example:
        >>> above(["Club races", "22 November 2025", "Hamar, by the lake"])
        ({'competition': 'Club races', 'date': '2025-11-22'}, [2])
    """
    if not lines:
        return {}, []
    title = next((match for line in lines if (match := _MASS_START.search(line))), None)
    facts = {key: value for key, value in _said(lines, title).items() if value is not None}
    known = (
        0,
        *(
            index
            for index, line in enumerate(lines)
            if _DAY.fullmatch(line) or _VENUE.fullmatch(line) or _MASS_START.search(line)
        ),
    )
    if title is None:
        facts.pop("id")
    if not facts["junior"]:
        facts.pop("junior")
    return facts, [index for index in range(len(lines)) if index not in known]


def _said(lines: Sequence[str], title: re.Match[str] | None) -> dict[str, Any]:
    day = next((found for line in lines if (found := _day(line))), None)
    name = lines[0] if not _MASS_START.search(lines[0]) and _day(lines[0]) is None else None
    place = next((match["place"] for line in lines if (match := _VENUE.fullmatch(line))), None)
    event = title["event"].lower() if title and title["event"] else None
    round = title["round"].lower().strip() if title and title["round"] else None
    competition = name and _capitals(name)
    id = [name, event, round]
    world_cup = _WORLD_CUP.search(name or "")
    if world_cup:
        # The sheets name Division B and leave Division A unnamed.
        round = round or "division a"
        id = ["wc", _season(day), world_cup[1], event, round]
        competition = " ".join(filter(None, (_season(day), competition)))
    if competition and place:
        competition += f", {_place(place)}"
    return {
        "id": re.sub(r"[\W_]+", "-", " ".join(filter(None, id)).casefold()).strip("-") or "sheet",
        "competition": competition,
        "date": None if day is None else day.isoformat(),
        "event": event,
        "round": round,
        "junior": is_of_juniors(lines),
    }


def _day(line: str) -> date | None:
    match = _DAY.fullmatch(line)
    if match is None or match[2].lower() not in _MONTHS:
        return None
    try:
        return date(int(match[3]), _MONTHS.index(match[2].lower()) + 1, int(match[1]))
    except ValueError:
        return None


def _season(day: date | None) -> str | None:
    """``2025-26``: a season begins in July."""
    if day is None:
        return None
    first = day.year if day.month >= 7 else day.year - 1
    return f"{first}-{(first + 1) % 100:02d}"


def _capitals(name: str) -> str:
    if not name.isupper():
        return name
    return " ".join(word if word == "ISU" or not word.isalpha() else word.capitalize() for word in name.split())


def _place(text: str) -> str:
    """``Olympic Oval, Calgary (CAN)``."""
    return re.sub(r"\([A-Za-z]{3}\)", lambda nation: nation[0].upper(), text).replace(" - ", ", ")
