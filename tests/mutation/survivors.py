"""Holds the survivors of a mutation run against the list of those that are known not to matter.

After ``mutmut run``, in the folder where it ran:

    python tests/mutation/survivors.py

It prints the survivors that are not on the list, and what is on the list but was killed.
"""

import ast
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

LIST = Path(__file__).with_name("survivors.txt")
#: Where mutmut leaves the mutated modules, each with a file of how every mutant ended.
MUTANTS = Path("mutants")
SURVIVED = 0
#: The wording of a message (its kind and its place are guarded, its words are not), and the ``strict`` of a zip over
#: what is equally long by construction.
IMMATERIAL = re.compile(r"Problem\(|strict=|Error\(")


def survivors() -> Iterator[str]:
    """The mutants that no test killed: the module, the function, and the lines before and after."""
    for meta in sorted(MUTANTS.rglob("*.py.meta")):
        text = meta.with_suffix("").read_text("utf-8")
        functions = {
            node.name: [line for statement in node.body for line in ast.unparse(statement).splitlines()]
            for node in ast.walk(ast.parse(text))
            if isinstance(node, ast.FunctionDef)
        }
        for key, ended in json.loads(meta.read_text("utf-8"))["exit_code_by_key"].items():
            if ended == SURVIVED:
                name = key.rpartition(".")[2]
                original = re.sub("__mutmut_[0-9]+$", "__mutmut_orig", name)
                change = described(meta.name.removesuffix(".py.meta"), name, functions[original], functions[name])
                if not IMMATERIAL.search(change):
                    yield change


def described(module: str, name: str, before: list[str], after: list[str]) -> str:
    """A mutant by what it changes, whatever its number: numbers shift with every edit."""
    function = re.sub("__mutmut_[0-9]+$", "", name).removeprefix("x").strip("_ǁ").replace("ǁ", ".")
    removed = [line.strip() for line in before if line not in after]
    added = [line.strip() for line in after if line not in before]
    return f"{module}.{function}: {' '.join(removed)} -> {' '.join(added)}"


def known() -> list[str]:
    """The mutants on the list; a line that begins with ``#`` gives the reason for those after it."""
    return [line for line in LIST.read_text("utf-8").splitlines() if line and not line.startswith("#")]


def main() -> None:
    """Compare and report."""
    here, listed = Counter(survivors()), Counter(known())
    new, killed = here - listed, listed - here
    for title, found in (("survived, and not on the list", new), ("on the list, but killed", killed)):
        print(f"{title}: {found.total()}")
        for line in sorted(found.elements()):
            print(f"  {line}")
    raise SystemExit(bool(new))


if __name__ == "__main__":
    main()
