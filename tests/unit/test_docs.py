"""The pages that are made from the package, and the layout that the docs describe."""

import runpy
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_page_of_rules_is_what_the_rulebooks_say() -> None:
    made = runpy.run_path(str(ROOT / "docs" / "make_rules.py"))["render"]() + "\n"
    assert (ROOT / "docs" / "rules.md").read_text("utf-8") == made


def test_the_module_map_names_every_module() -> None:
    design = (ROOT / "docs" / "design.md").read_text("utf-8")
    modules = {path.stem for path in (ROOT / "massstart").glob("*.py")} - {"__init__", "__main__"}
    assert modules
    assert {name for name in modules if f"`{name}" not in design and f"massstart.{name}" not in design} == set()
