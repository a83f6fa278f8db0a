"""Writes docs/rules.md from the rulebooks themselves: python docs/make_rules.py.

A test holds the page against what this makes, so the two cannot part.
"""

from pathlib import Path

from massstart.rulebook import VALUE_FIELDS, Rulebook
from massstart.rulebooks import RULEBOOKS
from massstart.season.worldcup import TABLES, PointsTable

PAGE = Path(__file__).with_name("rules.md")

_HEAD = """\
# The rules implemented

*Made from the rulebooks in the package by `python docs/make_rules.py`; edit those, not this page.*

Nobody here has read the text of the ISU rule. It stands in Rule 253 paragraph 4 of the Special Regulations & Technical
Rules Speed Skating; that number proves nothing, so the evidence of a value is the sheet or the page that was seen. Every
value says how sure it is: **certain** (an official document, or proved by arithmetic on complete official results),
**likely** (two good sources, or one and consistent data), **assumed** (nobody states it; a choice had to be made).

## Ranking one race

1. Every starter finishes, leaves the race unfinished, is disqualified, or does not start. A finisher may be lapped.
2. Each sprint gives points by place; the final sprint has its own scale.
3. The total is the sum of the points. Under a rulebook that forfeits, the total of a lapped or unfinished skater is 0.
   Forfeited points pass to nobody.
4. The order is **laps completed**, then **points that count**, then **order across the line** (certain).
5. Among unfinished skaters with equal laps: points that count, then the time at the last crossing (likely). Skaters
   whom nobody timed there come last (assumed).
6. Skaters in a full dead heat share the rank, and the next rank is skipped (assumed).
7. Disqualified skaters are listed last, without rank and points. Skaters who did not start have no row.

## To the final

The best of each semifinal by rank go on; of an exact tie on the last place all go (assumed). The Referee can add skaters.
Rank *k* of semifinal *s* of *n* gets start number *n* (*k* - 1) + *s* (certain for two semifinals); skaters added by
decision follow (assumed). The reserve for a withdrawal is the next ranked of the same semifinal (assumed).

## Season and Games

1. A day counts the World Cup points of the rank, an unfinished skater's too; a disqualified one gets none (certain). The
   tables stand below.
2. The first three of Division B, and one more with the most intermediate points among the rest (the better rank on a
   tie), may start in Division A the same day. The better of the two points counts (likely).
3. The season ranks by total, best single race, next best and so on, latest race (certain for 2025/26). Skaters who are
   level in all of these share the rank (assumed).
4. For the Games of 2026: 24 places, at most two for a nation, eight reserves under the same cap, by the ranking
   (certain). A host without a place gets the last one (likely). Ties at the last place and places given back are
   assumed; see [Who goes to the Games](olympic-places.md).

## Not offered

The rulebook of 2011/12 (two intermediate sprints of 5-3-2-1, a final sprint of 25-15-10-5-3-1) is not offered. Nobody has
said after which laps its sprints were skated, nor what a lapped skater kept.
"""


def render() -> str:
    """The whole page."""
    parts = [_HEAD]
    parts += [_rulebook(book) for book in RULEBOOKS]
    parts.append("## World Cup points\n")
    parts += [_table(table) for table in TABLES]
    return "\n".join(parts)


def _rulebook(book: Rulebook) -> str:
    last = f"to {book.last_day}" if book.last_day else "on"
    lines = [f"## {book.id}", "", f"From {book.first_day} {last}.", "", "| value | | how sure |", "|---|---|---|"]
    for name in VALUE_FIELDS:
        value = getattr(book, name)
        shown = ", ".join(map(str, value)) if isinstance(value, tuple) else value
        lines.append(f"| `{name}` | {shown} | {book.confidence(name)} |")
    lines.append("")
    for item in book.evidence:
        fields = ", ".join(f"`{name}`" for name in item.fields)
        lines.append(f"- {fields}: {item.confidence}: {item.source}.")
    return "\n".join(lines) + "\n"


def _table(table: PointsTable) -> str:
    points = " ".join(map(str, table.points))
    beyond = "then not known" if table.beyond is None else f"then {table.beyond}"
    season = f"{table.first_day.year}/{table.last_day.year % 100}"
    return f"- {season}, {table.division}: {points}, {beyond} ({table.confidence}: {table.source})."


if __name__ == "__main__":
    PAGE.write_text(render() + "\n", "utf-8")
