"""A shown table in Markdown, as GitHub reads it.

Decides how a text is escaped, so that it shows as it is whatever it holds, and how the parts follow each other.
"""

import re
from collections.abc import Sequence

from massstart.showing.model.cells import DIRECTION, Table

#: What could begin markup, an HTML tag, a reference or a new cell.
_ACTIVE = re.compile(r"[\\`*_{}\[\]<>|~#$&!]")


def escaped(text: str) -> str:
    r"""A text on one line, so that Markdown shows it as it is.

    Example:
        >>> print(escaped("<b>Ann|Bea*</b>"))
        \<b\>Ann\|Bea\*\</b\>
    """
    text = _ACTIVE.sub(lambda found: f"\\{found[0]}", text)
    # As references the controls of the writing direction act in the shown text and not in its source.
    return DIRECTION.sub(lambda found: f"&#{ord(found[0])};", text)


def markdown(table: Table) -> str:
    """The table in Markdown: a heading, the lines, then legend, reasons, footnotes and remarks."""
    blocks = [f"### {escaped(table.title)}"]
    head = [
        _row([column.shown for column in table.columns]),
        "|" + "|".join("--:" if column.number else "---" for column in table.columns) + "|",
    ]
    for group in table.groups:
        if group.heading:
            blocks.append(escaped(group.heading))
        blocks.append("\n".join(head + [_row([cell.shown for cell in line.cells]) for line in group.lines]))
    if table.legend:
        blocks.append("; ".join(f"**{escaped(sign)}** {escaped(meaning)}" for sign, meaning in table.legend))
    reasons = [f"{line.label}: {line.reason}" for line in table.lines if line.reason]
    notes = [f"[{number}] {text}" for number, text in enumerate(table.notes, 1)]
    lists = (["- " + escaped(text) for text in texts] for texts in (reasons, notes, table.remarks))
    blocks += ["\n".join(items) for items in lists if items]
    return "\n\n".join(blocks) + "\n"


def _row(texts: Sequence[str]) -> str:
    return "| " + " | ".join(map(escaped, texts)) + " |"
