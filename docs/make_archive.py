"""Writes docs/archive.md from the bundled races: python docs/make_archive.py.

A test holds the page against what this makes, so the two cannot part.
"""

import re
from pathlib import Path

from massstart import Sheet, archive, load, verify
from massstart.words import count

PAGE = Path(__file__).with_name("archive.md")

_HEAD = """\
# The bundled races

*Made from the races in the package by `python docs/make_archive.py`; edit those, not this page.*

A bundled race is a sheet as it was published, misprints included, and a file: its id is its name. `load`, `rank`, `verify` and every
command take the id. `Sheet.sources` and `massstart archive --json` say where the facts of a race are from, `massstart verify` what is found and what
could not be checked.

Whoever uses the facts of a race should cite the sources below it, and its id for the form in which they stand here. What
`CITATION.cff` in the repository says is how to cite the library itself.
"""


def render() -> str:
    """The whole page."""
    return "\n".join([_HEAD, *(_race(load(id, Sheet)) for id in archive())])


def _race(sheet: Sheet) -> str:
    rows = f"{len(sheet.rows)} rows" if sheet.complete else f"{len(sheet.rows)} rows, some are missing"
    rulebook = f"rulebook `{sheet.rulebook.id}`"
    facts = [sheet.competition, sheet.event, sheet.round, sheet.date, rulebook, rows, _verdict(sheet)]
    sources = [f"- {_source(source)}" for source in sheet.sources]
    return "\n".join([f"## {sheet.id}", "", f"{', '.join(str(fact) for fact in facts)}.", "", *sources, ""])


def _verdict(sheet: Sheet) -> str:
    report = verify(sheet)
    found = count(len(report.findings), "finding") if report.findings else "consistent by the rules"
    return f"{found}, {count(len(report.unchecked), 'check')} could not be made"


def _source(text: str) -> str:
    return re.sub(r"https?://\S+", r"<\g<0>>", text)


if __name__ == "__main__":
    PAGE.write_text(render() + "\n", "utf-8")
