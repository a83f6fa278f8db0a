"""What a cell of a result table can say: the spellings of ranks, times, marks, points and notes.

Decides what each column's cells mean, for CSV, pasted text, spreadsheets and PDF alike. What the columns are called is
decided by `massstart.files.headings`. Nothing is dropped: a cell that is not understood is a problem, or, where it
cannot change the result, a warning.
"""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any

from attrs import Factory, define, frozen

from massstart.files.headings import sprint_keys
from massstart.marks import status_of, without_footnote
from massstart.nations import nation_code
from massstart.times import RaceTime

#: A fact that is not known, where an empty cell would mean something else.
UNKNOWN = "?"
#: What stands in a cell that says nothing: a typist's dash, besides nothing at all.
BLANKS = ("", "-", "–", "—", "−")  # noqa: RUF001  # these dashes are what is looked for

#: Columns in which a mark such as ``DNF`` can stand in place of a number.
_MARKED = ("rank", "time", "total", "points", "laps", "behind", "notes", "world_cup_points")
#: The columns that `sheet_rows` puts into the row as they are.
_TEXTS = ("bib", "name", "qualified")

#: The columns that are read together with others.
_ELSEWHERE = ("time", "seconds", "behind", "mark", "notes", "given", "family")

_FOOTNOTE = re.compile(r"\s*\[[0-9a-z]{1,2}\]$", re.ASCII)


@frozen
class CellProblem:
    """What is wrong with a cell: its column, the message, what would mend it; or what was left out, in a warning."""

    key: str
    message: str
    remedy: str


class NotRead(ValueError):
    """What is wrong with the text of a cell, and what would mend it."""


@define
class RowRead:
    """The fields of a row of a sheet, what is wrong with its cells, and what was left out."""

    fields: dict[str, Any] = Factory(dict)
    problems: list[CellProblem] = Factory(list)
    warnings: list[CellProblem] = Factory(list)


# --- one cell --------------------------------------------------------------------------------------------


def whole(text: str) -> int:
    """A whole number."""
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        raise NotRead(f"{text!r} is not a whole number", "write digits alone")
    return int(text)


_ORDINAL = re.compile(
    r"(?:=|第)? ?([0-9]{1,9}) ?(?:=|st|nd|rd|th|\.|º|°|ª|er|re|ère|e|ème|ste|de|位|위|등)?(?:=| place| Platz)?", re.IGNORECASE
)  # fmt: skip
#: What stands for the first three ranks, where a table has pictures of medals; the words as they are copied with it.
_MEDALS: dict[int, tuple[str, ...]] = {
    1: ("gold", "goud", "gull", "oro", "or", "金", "금", "🥇"),
    2: ("silver", "silber", "zilver", "sølv", "argento", "argent", "銀", "은", "🥈"),
    3: ("bronze", "brons", "bronse", "bronzo", "銅", "동", "🥉"),
}
_MEDAL = {
    word: rank
    for rank, metals in _MEDALS.items()
    for metal in metals
    for word in (
        metal,
        f"{metal} medal", f"{metal} medalist", f"{metal} medalist(s)", f"{metal} medallist", f"{metal}medaille", f"{metal}medalje",
        f"medaglia d'{metal}", f"medaglia di {metal}", f"médaille d'{metal}", f"médaille de {metal}", f"{metal}メダル", f"{metal}메달",
    )
}  # fmt: skip


def rank_of(text: str) -> int:
    """A rank: digits, an ordinal, or a medal.

    Example:
        >>> [rank_of(text) for text in ("7", "7.", "7th", "=7", "Goldmedaille", "2nd place, silver medalist(s)")]
        [7, 7, 7, 7, 1, 2]
    """
    number, _, medal = text.partition(",") if "," in text else (text, "", "")
    ranks = set()
    for part in filter(None, (number.strip(), medal.strip())):
        ordinal = _ORDINAL.fullmatch(part)
        ranks.add(int(ordinal[1]) if ordinal else _MEDAL.get(part.casefold().replace("’", "'")))  # noqa: RUF001  # Italian
    rank = ranks.pop() if len(ranks) == 1 else None
    if rank is None:
        raise NotRead(f"{text!r} is not a whole number", "write digits alone")
    return rank


def yes_or_no(text: str) -> bool:
    """Yes or no."""
    if text.casefold() not in _YES:
        raise NotRead(f"{text!r} is neither yes nor no", "write yes or no")
    return _YES[text.casefold()]


_YES = {"yes": True, "true": True, "no": False, "false": False}
_POINTS = re.compile(r"(\(N\))? ?([0-9]{1,9})?", re.ASCII)


def _world_cup(text: str) -> dict[str, Any]:
    match = _POINTS.fullmatch(text)
    if match is None:
        raise NotRead(
            f"{text!r} is not a number of World Cup points", "write one, with (N) before it if it replaces others"
        )
    replaced, points = match.groups()
    return ({"world_cup_replaced": True} if replaced else {}) | ({"world_cup_points": int(points)} if points else {})


# --- times: what one cell means, its column tells --------------------------------------------------------

_TIME = re.compile(
    r"(?:00?:(?=[0-9]{1,2}:))?([0-9]{1,3}) ?(?:[:.'′’´]|min|m|分|분) ?([0-5][0-9])"  # noqa: RUF001  # minutes, as printed
    r"(?:(?:[.,]|\"|″|”|''|′′|’’|´´|s|秒|초)([0-9]{1,3})(?: ?\(([0-9])\))?)?(?: ?min\.?)?",  # noqa: RUF001
    re.ASCII,
)
_LONG_BRACKET = re.compile(r"\([0-9]{2,}\)$", re.ASCII)
_SECONDS = re.compile(r"([0-9]{3})[.,]([0-9]{1,3})0*", re.ASCII)
#: How a spreadsheet keeps a time: a fraction of a day.
_DAYS = re.compile(r"0[.,]0[0-9]{4,}(?:[Ee]-0?[0-9])?", re.ASCII)
_DISTANCE = re.compile(r"\+? ?(?:[0-9]{1,2}[:.'′])?[0-9]{1,3}(?:[.,\"″][0-9]{1,3})?", re.ASCII)  # noqa: RUF001
_GAP = re.compile(r"\+ ?(?:([0-9]{1,2})[:.'′])?([0-9]{1,3})(?:[.,]|\"|″|''|′′)([0-9]{2,3})", re.ASCII)  # noqa: RUF001


@frozen
class _Printed:
    """A time as it is printed: milliseconds without what the column has to allow."""

    milliseconds: int
    digits: int
    bracket: int | None = None


def race_time(text: str) -> RaceTime:
    r"""A time by itself, without a column that could tell more.

    Example:
        >>> print(race_time("7:42.97(6)"), race_time("8.24,46"), race_time("8'28\"68"), race_time("00:07:42,51"))
        7:42.976 8:24.46 8:28.68 7:42.51
    """
    (time,) = race_times([text])
    if isinstance(time, RaceTime):
        return time
    raise time or NotRead(f"{text!r} is not a time", "write M:SS.cc, such as 7:58.22")


def race_times(texts: Sequence[str | None]) -> list[RaceTime | NotRead | None]:
    """The times of a column; for a cell that is not one, what is wrong with it.

    A single digit after the seconds is a time whose last zero was cut off, if other times of the column have more
    digits. A digit in brackets is the thousandths, which sheets print where two times have the same hundredths; where
    the column has several brackets beside other times, or longer ones, they say something else. ``+0.23`` is the gap
    to the first time.

    Example:
        >>> [str(time) for time in race_times(["7:38.97", "7:39,2", "+0.99"])]
        ['7:38.97', '7:39.20', '7:39.96']
    """
    printed = [None if text is None else _printed(text) for text in texts]
    known = [time for time in printed if time]
    longest = max((time.digits for time in known), default=0)
    shared = Counter(time.milliseconds // 10 for time in known if time.digits > 1)
    alone = [time for time in known if time.bracket is not None and shared[time.milliseconds // 10] < 2]
    thousandths = len(alone) < 2 and not any(_LONG_BRACKET.search(text or "") for text in texts)
    times: list[RaceTime | NotRead | None] = []
    for text, time in zip(texts, printed, strict=True):
        if text is None:
            times.append(None)
        elif time is None:
            times.append(_after(text, times) or NotRead(f"{text!r} is not a time", "write M:SS.cc, such as 7:58.22"))
        elif time.digits == 0:
            times.append(NotRead(f"{text!r} is not a time: it has no hundredths", "write M:SS.cc, such as 7:58.22"))
        elif time.digits == 1 and longest == 1:
            times.append(NotRead(f"{text!r} is not a time: it has tenths alone", "write M:SS.cc; a cut-off zero too"))
        elif time.bracket is not None and not thousandths:
            message = f"{text!r}: in this column the digit in brackets can be something else than thousandths"
            times.append(NotRead(message, "write thousandths without brackets, such as 7:42.976"))
        else:
            exact = time.digits == 3 or time.bracket is not None
            times.append(RaceTime(time.milliseconds + (time.bracket or 0), exact))
    return times


def _printed(text: str) -> _Printed | None:
    text = _FOOTNOTE.sub("", text)
    if match := _TIME.fullmatch(text):
        minutes, seconds, fraction, bracket = match.groups()
        digits = len(fraction or "")
        if bracket and digits != 2:
            return None
        whole_seconds = int(minutes) * 60 + int(seconds)
        return _Printed(
            whole_seconds * 1000 + int((fraction or "").ljust(3, "0")), digits, int(bracket) if bracket else None
        )
    if match := _SECONDS.fullmatch(text):
        return _Printed(int(match[1]) * 1000 + int(match[2].ljust(3, "0")), len(match[2]))
    if _DAYS.fullmatch(text):
        milliseconds = round(float(text.replace(",", ".")) * 86_400_000)
        return _Printed(milliseconds, 3 if milliseconds % 10 else 2)
    return None


def _after(text: str, times: Sequence[RaceTime | NotRead | None]) -> RaceTime | None:
    """The time that is printed as the gap to the first one."""
    gap = _GAP.fullmatch(text)
    first = times[0] if times else None
    if gap is None or not isinstance(first, RaceTime):
        return None
    minutes, seconds, fraction = gap.groups()
    milliseconds = (int(minutes or 0) * 60 + int(seconds)) * 1000 + int(fraction.ljust(3, "0"))
    exact = first.exact and len(fraction) == 3
    return RaceTime((first.milliseconds + milliseconds) // (1 if exact else 10) * (1 if exact else 10), exact)


# --- the rows of a sheet ---------------------------------------------------------------------------------


def sheet_rows(rows: Sequence[Mapping[str, str | None]], quoted: Sequence[Collection[str]] = ()) -> list[RowRead]:
    """The rows of a sheet, from the text of their cells.

    Args:
        rows: the cells by column. ``None`` is an empty cell. An empty sprint cell is no points, as on the official
            sheets; any other is a fact that was not printed.
        quoted: for each row the columns whose text is to be taken as it is.
    """
    read = [_row(row, as_is) for row, as_is in zip(rows, quoted or [()] * len(rows), strict=True)]
    for row, time in zip(read, race_times([_time_cell(row) for row in rows]), strict=True):
        if isinstance(time, NotRead):
            row.problems.append(CellProblem("time", *time.args))
        elif time is not None:
            row.fields["time"] = time
    _fill_times(rows, read)
    return read


def _time_cell(row: Mapping[str, str | None]) -> str | None:
    text = row.get("time")
    return None if text is None or status_of(text) else text


def _row(cells: Mapping[str, str | None], quoted: Collection[str]) -> RowRead:
    row = RowRead()
    _take_marks(row, cells, quoted)
    readers: dict[str, Callable[[str], Any]] = {
        "rank": rank_of, "start": whole, "laps": whole, "total": whole, "world_cup_replaced": yes_or_no, "nation": nation_code,
    }  # fmt: skip
    for key, text in cells.items():
        if text is None or (key in _MARKED and status_of(text)):
            continue
        try:
            if key == "world_cup_points":
                row.fields |= _world_cup(text)
            elif key in _TEXTS or (key == "nation" and key in quoted):
                row.fields[key] = text
            elif key in readers:
                row.fields[key] = readers[key](text)
            elif key not in _ELSEWHERE and key[:1] != "S":
                row.problems.append(CellProblem(key, f"{text!r} has no place on a sheet", "remove it"))
        except NotRead as wrong:
            row.problems.append(CellProblem(key, *wrong.args))
    _take_notes(row, cells)
    _take_name(row, cells)
    sprints = sprint_keys([*cells])
    if sprints and any(cells[key] != UNKNOWN for key in sprints):
        row.fields["sprints"] = []
        for key in sprints:
            try:
                row.fields["sprints"].append(whole(cells[key] or "0"))
            except NotRead as wrong:
                row.problems.append(CellProblem(key, *wrong.args))
    return row


def _take_marks(row: RowRead, cells: Mapping[str, str | None], quoted: Collection[str]) -> None:
    """The status of a row: the mark in its own column, or in place of a number."""
    mark = cells.get("mark")
    if mark is not None and "mark" not in quoted and status_of(mark) is None:
        remedy = "write DNF, DQ, DNS, LAP or another mark with a plain meaning"
        row.problems.append(CellProblem("mark", f"{mark!r} is not a mark that is known here", remedy))
    for key in _MARKED:
        text = cells.get(key)
        if text is None or status_of(text) is None:
            continue
        text = without_footnote(text)
        if mark is None:
            mark = text
        elif status_of(mark) != status_of(text):
            row.problems.append(CellProblem(key, f"{text} here, but {mark} elsewhere in the row", "keep one of them"))
    if mark is not None:
        row.fields["mark"] = mark if "mark" in quoted else without_footnote(mark)


def _take_notes(row: RowRead, cells: Mapping[str, str | None]) -> None:
    """``Q``, ``q`` or a mark among the notes; another note is no fact that the format has."""
    text = cells.get("notes")
    for note in re.split(r" *[,;/] *", "" if text is None or status_of(text) else _FOOTNOTE.sub("", text)):
        if note in ("Q", "q"):
            key, value = "qualified", note
        elif status_of(note):
            key, value = "mark", without_footnote(note)
        else:
            if note:
                _keep_note_out(row, note, cells)
            continue
        if row.fields.setdefault(key, value) != value:
            row.problems.append(
                CellProblem("notes", f"{note} here, but {row.fields[key]} elsewhere in the row", "keep one")
            )


def _keep_note_out(row: RowRead, note: str, cells: Mapping[str, str | None]) -> None:
    missing = [key for key in ("rank", "time") if key in cells and cells[key] is None]
    if missing and re.fullmatch(r"[A-Za-z.]{1,6}", note, re.ASCII):
        # It can be a mark that says why there is no rank or time; the skater must not pass for finished.
        row.problems.append(
            CellProblem("notes", f"{note!r} is not a mark that is known here", "write DNF, DQ, DNS or LAP")
        )
    else:
        row.warnings.append(CellProblem("notes", f"the note {note!r} is left out", "the format has no place for notes"))


def _take_name(row: RowRead, cells: Mapping[str, str | None]) -> None:
    """A name in two columns is put together; who has both has them apart."""
    parts = [text for text in (cells.get("given"), cells.get("family")) if text]
    if parts:
        row.fields["name"] = " ".join(parts if row.fields.get("name") is None else [row.fields["name"], *parts])


def _fill_times(rows: Sequence[Mapping[str, str | None]], read: Sequence[RowRead]) -> None:
    """The times that stand in other columns: as seconds, or as the gap to the winner."""
    times: list[RaceTime | NotRead | None] = [row.fields.get("time") for row in read]
    for cells, row in zip(rows, read, strict=True):
        for key, time in _other_times(cells, times):
            if "time" in row.fields and key == "behind" and _DISTANCE.fullmatch(cells[key] or ""):
                continue  # it follows from the time
            if time is None and _DISTANCE.fullmatch(cells[key] or "") and key == "behind":
                message = f"the gap {cells[key]!r} is left out, for there is no time to add it to"
                row.warnings.append(CellProblem(key, message, "give the time of the first row, and hundredths"))
            elif time is None:
                row.problems.append(
                    CellProblem(key, f"{cells[key]!r} is not a time", "write seconds, or a gap such as +0.23")
                )
            elif row.fields.setdefault("time", time) != time:
                message = f"{cells[key]!r}, but the time is {row.fields['time']}"
                row.problems.append(CellProblem(key, message, "keep one of them"))


def _other_times(
    cells: Mapping[str, str | None], times: Sequence[RaceTime | NotRead | None]
) -> Iterator[tuple[str, RaceTime | None]]:
    if (text := cells.get("seconds")) is not None:
        match = re.fullmatch(r"[0-9]{1,4}(?:[.,][0-9]{1,3})?", text, re.ASCII)
        milliseconds = round(float(text.replace(",", ".")) * 1000) if match else 0
        yield "seconds", RaceTime(milliseconds, milliseconds % 10 > 0) if match else None
    if (text := cells.get("behind")) is not None and not status_of(text):
        zero = re.fullmatch(r"\+? ?(?:0{1,2}:)?0+(?:[.,]0+)?", text, re.ASCII)
        yield "behind", _after("+0.00" if zero else "+" + text.removeprefix("+"), times)
