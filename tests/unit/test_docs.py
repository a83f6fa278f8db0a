"""The pages that are made from the package, and the layout that the docs describe."""

import runpy
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_page_of_rules_is_what_the_rulebooks_say() -> None:
    made = runpy.run_path(str(ROOT / "docs" / "make_rules.py"))["render"]() + "\n"
    assert (ROOT / "docs" / "rules.md").read_text("utf-8") == made


def test_the_module_map_names_every_module() -> None:
    design = (ROOT / "docs" / "design.md").read_text("utf-8")
    package = ROOT / "massstart"
    modules = {".".join(path.relative_to(package).with_suffix("").parts) for path in package.rglob("*.py")}
    modules = {name for name in modules if not name.endswith(("__init__", "__main__"))}
    assert len(modules) > 30
    assert {name for name in modules if f"| `{name}` |" not in design} == set()
