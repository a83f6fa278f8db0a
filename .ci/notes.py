"""What the changelog says of a release: python .ci/notes.py v0.1.0. Refuses what is not ready for one."""

import re
import runpy
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
from_anywhere = runpy.run_path(str(ROOT / ".ci" / "links.py"))["from_anywhere"]


def notes(tag: str, version: str, changelog: str) -> str:
    """The section of a version, with links that lead somewhere from anywhere.

    Raises:
        ValueError: the tag names another version, or the changelog has no section with a day for it.
    """
    if tag != f"v{version}":
        raise ValueError(f"the tag is {tag}, and pyproject.toml says {version}")
    section = re.search(rf"^## {re.escape(version)} \((.*?)\)\n(.*?)(?=^## |\Z)", changelog, re.DOTALL | re.MULTILINE)
    if section is None or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", section[1]):
        raise ValueError(f"CHANGELOG.md has no section '## {version} (YYYY-MM-DD)'")
    return f"{from_anywhere(section[2].strip())}\n"


if __name__ == "__main__":
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    try:
        text = notes(sys.argv[1], project["version"], (ROOT / "CHANGELOG.md").read_text("utf-8"))
    except ValueError as error:
        sys.exit(f"notes: {error}")
    sys.stdout.write(text)
