"""Sound files to spoil: the bundled results, the conformance cases, and whatever the commands write."""

import json
import sys
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import Any

from answering import answer

from massstart import archive, loads, show
from massstart.conformance import Case, cases

TESTS = Path(__file__).parents[1]
sys.path.append(str(TESTS))

SEMIFINALS = ("beijing-2022-men-semifinal-1", "beijing-2022-men-semifinal-2")
SEASON = ("wc-2025-26-1-men-division-a", "wc-2025-26-2-men-division-a")
FEW = ("--races", "20", "--json")
#: Commands that write a kind of file each.
WRITERS: tuple[tuple[str, ...], ...] = (
    ("rank", SEMIFINALS[0], "--json"),
    ("verify", SEASON[0], "--json"),
    ("explain", SEMIFINALS[0], "Kramer", "--json"),
    ("advance", *SEMIFINALS, "--json"),
    ("event", *SEMIFINALS, "--write"),
    ("event", *SEMIFINALS, "--json"),
    ("event", SEMIFINALS[0], "--draw", "2", "--seed", "1"),
    ("standings", *SEASON, "--json"),
    ("rulebooks", "isu-2018", "--json"),
    ("simulate", SEMIFINALS[0], *FEW),
    ("simulate", SEMIFINALS[0], "--by-lap", *FEW),
    ("simulate", SEMIFINALS[0], "--rulebook", "isu-2014", *FEW),
    ("simulate", *SEASON, "--estimate", "--json"),
    ("simulate", *SEASON, "--calibrate", *FEW),
    ("simulate", *SEASON, "--season", *FEW),
)


@cache
def objects() -> tuple[Any, ...]:
    """The bundled results, and what the conformance cases are asked with."""
    found = [json.loads((files("massstart") / "data" / f"{id}.json").read_bytes()) for id in archive()]
    return (*found, *(part for case in _cases() for part in _parts(case["input"]) if "kind" in part))


@cache
def written() -> tuple[Any, ...]:
    """An object of every kind that a command writes."""
    texts = [answer([*command]).out for command in WRITERS]
    texts.append(answer(["quota", "-", "--json"], _season()).out)
    race = next(part for part in objects() if part["kind"] == "race" and not part.get("finish"))
    texts.append(answer(["outlook", "-", "--json"], json.dumps(race).encode()).out)
    texts += answer(["live", "-", "--snapshots"], logs()[0]).out.splitlines()[-1:]
    texts += answer(["live", "-", "--json"], logs()[0]).out.splitlines()
    # Without a library that it needs, a command writes nothing.
    return tuple(json.loads(text) for text in texts if text)


@cache
def _season() -> bytes:
    return answer(["standings", *SEASON, "--json"]).out


@cache
def cases_by_id() -> dict[str, Case]:
    """The conformance cases."""
    return {case.id: case for case in cases()}


@cache
def answers() -> tuple[dict[str, Any], ...]:
    """The right answers to conformance cases."""
    return tuple({"case": case.id, "answer": case.expected} for case in [*cases_by_id().values()][::10])


@cache
def logs() -> tuple[bytes, ...]:
    """Race logs, as JSON lines."""
    cases = [case["input"] for case in _cases() if case["does"] == "replay" and isinstance(case["input"], list)]
    return tuple("\n".join(map(json.dumps, lines)).encode() for lines in cases)


@cache
def entries() -> tuple[bytes, ...]:
    """What is typed in while a race is skated."""
    typed = "4: 87 4\nf: 87\nf: 4=13\nf2: 5\ni1: 9\np 87 0:33.10\nlap 13\ndnf 5 9 5:24.53\ndq 9 257.4.5\ndns 11\nadv 4 hindered\n"
    after = "no 2\nundo\nredo\nlaps 12 3 6 9\nswap 4 87\nfinish: 87 4 13\nf: ?\nrestart"
    return (typed.encode(), after.encode(), (typed + after).encode())


@cache
def tables() -> tuple[bytes, ...]:
    """Tables as CSV, tab-separated and as they are copied from a page."""
    sheets = [loads((files("massstart") / "data" / f"{id}.json").read_bytes()) for id in archive()]
    made = [show(sheet, "csv") for sheet in sheets[::4]]
    entries = "Nr,Name,Nation,Rank\n1,Ann A,NED,1\n2,Bea B,NOR,2\n3,Cem C,KOR,3\n4,Dan D,USA,4\n"
    race = "# rulebook: isu-2018\nNr,Name,S1,S2,S3,Line,Time\n4,Ann,1,,2,1,7:56.74\n13,Bea,2,1,1,2,7:56.93\n5,Cem,,,,DNF,\n"
    season = answer(["show", "-", "--as", "csv"], _season()).out.decode()
    made += [entries, race, season]
    texts = [show(sheet, "text") for sheet in sheets[:4]]
    return tuple(text.encode() for text in (*made, *(text.replace(",", "\t") for text in made), *texts))


@cache
def workbooks() -> tuple[bytes, ...]:
    """Spreadsheets: a sheet, a race with times, dates, formulas and joined cells, and several worksheets."""
    import csv
    from datetime import datetime, time

    import openpyxl

    made = []
    for text in (tables()[0], b"Rnk,Name,Total\n1,Ann,60\n2,Bea,40\n"):
        book = openpyxl.Workbook()
        page = book.worksheets[0]
        for row in csv.reader(text.decode().splitlines()):
            page.append([int(cell) if cell.isdecimal() else cell or None for cell in row])
        made.append(book)
    rich = made[-1]
    page = rich.worksheets[0]
    cells: dict[str, Any] = {
        "D1": "Time", "D2": time(0, 7, 42, 510000), "D3": datetime.fromisoformat("2025-11-22"), "C3": "=40", "A5": "x",
    }  # fmt: skip
    for place, value in cells.items():
        page[place] = value
    page.merge_cells("A5:A6")
    rich.create_sheet("other").append(["Rnk", "Name", "Total"])
    return tuple(map(_saved, made))


def _saved(book: Any) -> bytes:
    out = BytesIO()
    book.save(out)
    return out.getvalue()


@cache
def pdfs() -> tuple[bytes, ...]:
    """Result sheets as PDF, packed and plain."""
    from pdfs import in_latin, pdf, printed, table

    sheet = in_latin(loads((files("massstart") / "data" / f"{SEASON[0]}.json").read_bytes()))
    header = [("Rnk", 38.0, True), ("Name", 106.0, False), ("Total", 300.0, True)]
    words = table(header, [["1", "Ann Ek", "60"], ["2", "Bea Li", "40"]])
    plain = pdf([words], content=lambda text: b"<</Length %d>>stream\n%s\nendstream" % (len(text), text))
    return (printed(sheet), plain)


def _cases() -> Iterator[dict[str, Any]]:
    for path in sorted((TESTS / "conformance").glob("*/*/*.json")):
        case = json.loads(path.read_bytes())
        if isinstance(case, dict) and "does" in case:
            yield case


def _parts(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from _parts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _parts(inner)
