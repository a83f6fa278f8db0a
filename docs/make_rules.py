"""Writes docs/rules.md from the rulebooks themselves: python docs/make_rules.py.

A test holds the page against what this makes, so the two cannot part.
"""

from pathlib import Path

from massstart.rulebook import VALUE_FIELDS, Rulebook
from massstart.rulebooks import RULEBOOKS
from massstart.worldcup import TABLES, PointsTable

PAGE = Path(__file__).with_name("rules.md")

_HEAD = """\
# The rules implemented

*Made from the rulebooks in the package by `python docs/make_rules.py`; edit those, not this page.*

No verbatim text of the ISU rule was to be had, so every value says how sure it is: **certain** (an official document, or
proved by arithmetic on complete official results), **likely** (two good sources, or one and consistent data), **assumed**
(nobody states it; a choice had to be made).

## Ranking one race

1. Every starter finishes, leaves the race unfinished, is disqualified, or does not start. Who finishes may be lapped.
2. Each sprint gives points by place; the final sprint has its own scale.
3. The total is the sum of the points; under a rulebook that forfeits, 0 for whoever is lapped or unfinished. Forfeited
   points pass to nobody.
4. The order is **laps completed**, then **points that count**, then **order across the line** (certain).
5. Among the unfinished with equal laps: points that count, then the time at the last crossing (likely); whom nobody timed
   comes last (assumed).
6. A full dead heat shares the rank, and the next rank is skipped (assumed).
7. The disqualified are listed last without rank and points. Who did not start is not on the result.

## To the final

The best of each semifinal by rank go on; of an exact tie on the last place all go (assumed). The Referee can add skaters.
Rank *k* of semifinal *s* of *n* gets start number *n* (*k* - 1) + *s* (certain for two semifinals); skaters added by
decision follow (assumed). The reserve for a withdrawal is the next ranked of the same semifinal (assumed).

## Season and Games

1. A day counts the World Cup points of the rank, an unfinished skater's too; a disqualified one has none (certain). The
   tables stand below.
2. The first three of Division B, and one more with the most intermediate points among the rest (the better rank on a
   tie), may start in Division A the same day. The better of the two points counts (likely).
3. The season ranks by total, best single race, next best and so on, latest race (certain for 2025/26). Who is level in
   all of these shares the rank (assumed).
4. For the Games of 2026: 24 places, at most two for a nation, eight reserves under the same cap, by the ranking
   (certain). Ties at the last place, the host's place and places given back are assumed; see
   [Who goes to the Games](olympic-places.md).

## Not offered

The rulebook of 2011/12 (two intermediate sprints of 5-3-2-1, a final sprint of 25-15-10-5-3-1) is known too little: after
which laps its sprints were skated, and what a lapped skater kept, nobody has said.
"""


def render() -> str:
    """The whole page."""
    parts = [_HEAD]
    parts += [_rulebook(book) for book in RULEBOOKS]
    parts.append("## World Cup points\n")
    parts += [_table(table) for table in TABLES]
    return "\n".join(parts)


def _rulebook(book: Rulebook) -> str:
    last = book.last_day or "today"
    lines = [f"## {book.id}", "", f"From {book.first_day} to {last}.", "", "| value | | how sure |", "|---|---|---|"]
    for name in VALUE_FIELDS:
        value = getattr(book, name)
        shown = ", ".join(map(str, value)) if isinstance(value, tuple) else value
        lines.append(f"| `{name}` | {shown} | {book.confidence(name)} |")
    lines.append("")
    lines += [f"- {', '.join(item.fields)}: {item.confidence}. {item.source}." for item in book.evidence]
    return "\n".join(lines) + "\n"


def _table(table: PointsTable) -> str:
    points = " ".join(map(str, table.points))
    beyond = "then not known" if table.beyond is None else f"then {table.beyond}"
    season = f"{table.first_day.year}/{table.last_day.year % 100}"
    return f"- {season}, {table.division}: {points}, {beyond} ({table.confidence}: {table.source})."


if __name__ == "__main__":
    PAGE.write_text(render() + "\n", "utf-8")
