"""Writes tests/conformance/schemas from the classes that describe files: python docs/make_schemas.py.

A test holds the schemas against what this makes, so the two cannot part. Those of cases and refusals, which are not
files of this library, stay as they are.
"""

import json
from pathlib import Path

from massstart.files.schema import schemas

FOLDER = Path(__file__).parents[1] / "tests" / "conformance" / "schemas"


def render() -> dict[str, str]:
    """The text of every schema, by the name of its file."""
    return {f"{name}.json": json.dumps(schema, indent=1, ensure_ascii=False) + "\n" for name, schema in schemas()}


if __name__ == "__main__":
    for name, text in render().items():
        (FOLDER / name).write_text(text, "utf-8")
