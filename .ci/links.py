"""Links of the README and the changelog that lead somewhere from anywhere: to the site, else to the repository."""

import re

SITE = "https://massstart.github.io/massstart/"
SOURCE = "https://github.com/massstart/massstart/blob/main/"


def from_anywhere(text: str) -> str:
    """A page of the repository's first folder, with whole addresses for the links into the repository."""
    text = re.sub(r"\]\(docs/([\w-]+\.svg)\)", rf"]({SITE}_images/\1)", text)
    text = re.sub(r"\]\(docs/([\w/-]+)\.md\b", rf"]({SITE}\1.html", text)
    return re.sub(r"\]\((?!\w+:|#)", f"]({SOURCE}", text)
