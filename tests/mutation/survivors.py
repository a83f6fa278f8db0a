"""Holds the survivors of a mutation run against the list of those that are known not to matter.

After ``mutmut run``, in the folder where it ran:

    python tests/mutation/survivors.py

It prints the survivors that are not on the list, and what is on the list but was killed.
"""

import re
import subprocess
from collections import Counter
from pathlib import Path

LIST = Path(__file__).with_name("survivors.txt")


def survivors() -> list[str]:
    """Every mutant that no test killed: where it is, and the lines before and after."""
    results = _mutmut("results")
    names = [line.split(":")[0].strip() for line in results.splitlines() if line.endswith(": survived")]
    return [described(name, _mutmut("show", name)) for name in names]


def described(name: str, diff: str) -> str:
    """A mutant by what it changes, whatever its number."""
    where = re.sub(r"__mutmut_[0-9]+$", "", name.removeprefix("massstart.")).replace(".x_", ".").replace(".xǁ", ".")
    changed = [line for line in diff.splitlines() if line[:1] in "+-" and not line.startswith(("+++", "---"))]
    return f"{where.replace('ǁ', '.')} " + " ".join(f"{line[0]} {' '.join(line[1:].split())}" for line in changed)


def known() -> list[str]:
    """The mutants on the list; a line that begins with ``#`` gives the reason for those after it."""
    return [line for line in LIST.read_text("utf-8").splitlines() if line and not line.startswith("#")]


def _mutmut(*arguments: str) -> str:
    return subprocess.run(["mutmut", *arguments], check=True, capture_output=True, text=True).stdout


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
