"""The pages of the documentation that a user reads on the terminal.

Decides where they are found, which of them are for users, and what becomes of a link. Their order, and the groups that they stand
in, are those of the site: ``index.md`` has them.
"""

import re
from collections.abc import Collection
from pathlib import Path

from attrs import frozen

_PACKAGE = Path(__file__).parents[1]
#: Where the pages lie: within an installed package, or beside the package in the repository.
FOLDERS = (_PACKAGE / "pages", _PACKAGE.parent / "docs")
#: The group of pages for whoever works on the project.
_NOT_FOR_USERS = "The project"
#: A group of pages in ``index.md``.
_GROUP = re.compile(r"^:caption: (.*)\n:hidden:\n\n((?:.+\n)+)", re.MULTILINE)
#: A link within the project, or a picture: its words, its page.
_LINK = re.compile(r"!?\[([^\]]+)\]\((?!\w+:)([\w./-]*?)(?:\.\w+(?:#[\w-]*)?|#[\w-]*)\)")


@frozen
class Page:
    """A page.

    Attributes:
        topic: the word that it is asked for by.
        title: its heading.
        group: the group that it stands in.
        text: what it says, in Markdown.
    """

    topic: str
    title: str
    group: str
    text: str


def pages() -> dict[str, Page]:
    """The pages for users by their topics, in the order of the site. What the site makes of other files is not among them."""
    folder = next(folder for folder in FOLDERS if (folder / "index.md").is_file())
    found = {}
    for group, names in _GROUP.findall((folder / "index.md").read_text("utf-8")):
        # What stands in a folder is made of the docstrings.
        for topic in () if group == _NOT_FOR_USERS else re.findall(r"^[\w-]+$", names, re.MULTILINE):
            text = (folder / f"{topic}.md").read_text("utf-8")
            if text.startswith("# "):
                found[topic] = Page(topic, text.partition("\n")[0].removeprefix("# "), group, text)
    return found


def with_topics(text: str, topics: Collection[str]) -> str:
    """A text whose links say how a page is asked for here. Of what stands on the site alone, pictures among it, the words stay."""

    def words(match: re.Match[str]) -> str:
        return f"{match[1]} (`massstart help {match[2]}`)" if match[2] in topics else match[1]

    return _LINK.sub(words, text)
