"""Spoils sound files: in values, keys and structure, in lines and cells, in the parts of a spreadsheet, in bytes."""

import io
import json
import zipfile
import zlib
from random import Random
from typing import Any

#: What stands for a text that `json` does not write: a number of more digits than Python converts, or too large to be one.
_RAW = {b'"@digits@"': b"9" * 4301, b'"@huge@"': b"1e999", b'"@deep@"': b"[" * 3000 + b"]" * 3000}
TEXTS = (
    "", " ", "1", "-1", "0", "7:42.97", "DNF", "isu-2014", "2025-11-22", "\u0000", "\ud800", "\u202e", "\u2066x", "a\u200bb",
    "a\nb", "\u2028", "\x1b[31m", "\x1b]8;;http://x\x07y\x1b]8;;\x07", "\x9b31m", "=1+1", "\u0661", "\ufdfa" * 20, "x" * 5000,
    "9" * 4301, "1e5", "+0", "60", "NED", "K\u0331", "|", '"', "<b>", "#", "@digits@", "@huge@", "@deep@",
)  # fmt: skip
VALUES: tuple[Any, ...] = (
    *TEXTS, None, True, 0, -1, 1, 2, 10**30, 1.5, 1e300, float("nan"), [], [[]], {}, {"": 0}, ["1"], "Q", 16, 4, "4",
)  # fmt: skip


def value(given: Any, random: Random) -> Any:
    """A copy of a JSON value with one thing changed somewhere."""
    if isinstance(given, dict) and given and random.random() < 0.9:
        key = random.choice(list(given))
        kind = random.random()
        if kind < 0.7:
            return given | {key: value(given[key], random)}
        if kind < 0.8:
            return {name: inner for name, inner in given.items() if name != key}
        return given | {random.choice([key, key.upper(), "x", ""]): random.choice(VALUES)}
    if isinstance(given, list) and given and random.random() < 0.9:
        index = random.randrange(len(given))
        kind = random.random()
        if kind < 0.6:
            return [*given[:index], value(given[index], random), *given[index + 1 :]]
        if kind < 0.7:
            return given[:index] + given[index + 1 :]
        if kind < 0.8:
            return [*given, given[index]]
        return random.sample(given, len(given)) if kind < 0.9 else [given, *given]
    return random.choice(VALUES)


def as_json(given: Any, random: Random) -> bytes:
    """JSON of a value, which need not be JSON."""
    text = json.dumps(given, ensure_ascii=random.random() < 0.5).encode("utf-8", "surrogatepass")
    for word, raw in _RAW.items():
        text = text.replace(word, raw)
    return text


def plain(given: Any) -> bytes:
    """JSON of a value."""
    return json.dumps(given).encode()


def some(given: Any, random: Random) -> bytes:
    """JSON of a value in which a few things are changed, or none."""
    for _ in range(random.choice([0, 0, 1, 1, 1, 2, 5])):
        given = value(given, random)
    return as_json(given, random)


def in_answer(given: dict[str, Any], random: Random) -> bytes:
    """An answer to a conformance case in which a few things are changed."""
    answer = given["answer"]
    for _ in range(random.choice([1, 1, 2, 5])):
        answer = value(answer, random)
    return plain(given | {"answer": answer})


def lines(text: bytes, random: Random) -> bytes:
    """A log with lines spoiled, left out, doubled and moved."""
    every = [json.loads(line) for line in text.split(b"\n")]
    for _ in range(random.choice([0, 1, 1, 2, 5])):
        at = random.randrange(len(every))
        kind = random.random()
        if kind < 0.6:
            every[at] = value(every[at], random)
        elif kind < 0.7 and len(every) > 1:
            del every[at]
        elif kind < 0.9:
            every.insert(random.randrange(len(every) + 1), every[at])
        else:
            every = every[: at + 1]
    return b"\n".join(as_json(line, random) for line in every)


def table(text: bytes, random: Random) -> bytes:
    """A table with cells, lines and headings spoiled."""
    every = text.decode("utf-8", "replace").split("\n")
    mark = next((mark for mark in "\t,;" if mark in text.decode("utf-8", "replace")), " ")
    for _ in range(random.choice([0, 1, 1, 1, 2, 5])):
        at = random.randrange(len(every))
        cells = every[at].split(mark)
        cell = random.randrange(len(cells))
        kind = random.random()
        if kind < 0.4:
            cells[cell] = random.choice(TEXTS)
        elif kind < 0.5:
            cells[cell] = random.choice(random.choice(every).split(mark))
        elif kind < 0.6:
            del cells[cell]
        elif kind < 0.7:
            cells.insert(cell, cells[cell])
        elif kind < 0.8:
            every.insert(random.randrange(len(every)), every[at])
        elif kind < 0.9:
            cells = [mark.join(cells).replace(mark, random.choice("\t,; |"))]
        else:
            cells = ["# " + random.choice(("rulebook: isu-2024", "date: 2025-11-22", "x", "laps: 1000000"))]
        every[at] = mark.join(cells)
    return "\n".join(every).encode("utf-8", "surrogatepass")


def workbook(book: bytes, random: Random) -> bytes:
    """A spreadsheet packed anew, with the XML of a part spoiled."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        names = old.namelist()
        chosen = random.choice([*names, *(name for name in names if "sheet" in name), "xl/workbook.xml"])
        for name in names:
            part = old.read(name)
            if name != chosen or random.random() < 0.02:
                new.writestr(name, part)
            elif random.random() < 0.95:
                new.writestr(name, _xml(part, random))
    return out.getvalue()


_XML = (
    b'<c r="XFD1"><v>1</v></c>', b't="s"', b't="b"', b't="e"', b't="d"', b't="inlineStr"', b"<v>1e400</v>", b"<v>-1</v>", b"<v>9999999999</v>", b"<v/>",
    b"<f>A1</f>", b'<mergeCell ref="B2:A1"/>', b'<mergeCell ref="A0:A9"/>', b"&#27;", b"&x;", b'r="A0"', b'r="1"', b"<v>NaN</v>",
    b'<!DOCTYPE x [<!ENTITY x "y">]>', b'state="hidden"', b'sheetId="1"', b"\xff", b's="99"', b"<v>2958466</v>", b"<v>0.999999999</v>",
)  # fmt: skip


def _xml(part: bytes, random: Random) -> bytes:
    for _ in range(random.choice([1, 1, 2, 4])):
        pieces = part.split(b"<")
        at = random.randrange(len(pieces))
        kind = random.random()
        if kind < 0.3:
            pieces[at] = pieces[at] + random.choice(_XML)
        elif kind < 0.5:
            del pieces[at]
        elif kind < 0.7:
            pieces.insert(random.randrange(len(pieces)), pieces[at])
        else:
            pieces[at] = octets(pieces[at], random, most=3)
        part = b"<".join(pieces)
    return part


def pdf(file: bytes, random: Random) -> bytes:
    """A PDF with the words of a page, or an object of it, spoiled."""
    start, end = file.rfind(b"stream\n", 0, len(file) // 2) + 7, file.find(b"\nendstream")
    if random.random() < 0.5 and 7 <= start < end:
        try:
            words = octets(zlib.decompress(file[start:end]), random)
        except zlib.error:
            words = octets(file[start:end], random)
        packed = zlib.compress(words)
        return file[:start] + packed.ljust(end - start) + file[end:]
    return octets(file, random)


def octets(text: bytes, random: Random, most: int = 4) -> bytes:
    """A file with bytes changed, left out and put in, or cut short."""
    spoilt = bytearray(text)
    for _ in range(random.randrange(most + 1)):
        at = random.randrange(len(spoilt) + 1)
        spoilt[at : at + random.randrange(3)] = random.randbytes(random.randrange(3))
    return bytes(spoilt[: random.randrange(len(spoilt) + 1)] if random.random() < 0.05 else spoilt)
