"""hypothesis knows the types of this package, whichever of the two is imported first, and neither imports the other."""

import subprocess
import sys

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from massstart import Race, Result, Rulebook, Scale, Sheet

pytestmark = pytest.mark.slow

DRAW = """
def draw(found): assert [*map(type, found)] == types
settings(max_examples=2, database=None, deadline=None, suppress_health_check=list(HealthCheck))(
    given(st.tuples(*map(st.from_type, types)))(draw)
)()
"""
FROM_MASSSTART = "from massstart import Race, Result, Rulebook, Scale, Sheet; from massstart.event import Event; types = [Event, Race, Result, Rulebook, Scale, Sheet]"
FROM_HYPOTHESIS = "from hypothesis import HealthCheck, given, settings, strategies as st"
BLOCKED = "import sys; sys.modules['hypothesis'] = None"


def run(*lines: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-W", "error", "-c", "\n".join(lines)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


class TestFromType:
    @pytest.mark.parametrize("lines", [(FROM_HYPOTHESIS, FROM_MASSSTART), (FROM_MASSSTART, FROM_HYPOTHESIS)])
    def test_each_type_is_drawn_without_a_warning(self, lines: tuple[str, str]) -> None:
        done = run("import sys", *lines, DRAW)
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")

    @settings(max_examples=3, database=None, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.builds(lambda *found: found, *map(st.from_type, (Race, Result, Rulebook, Scale, Sheet))))
    def test_each_type_is_drawn_here(self, found: tuple[object, ...]) -> None:
        assert [*map(type, found)] == [Race, Result, Rulebook, Scale, Sheet]


class TestImports:
    @pytest.mark.parametrize(
        ("imported", "other"),
        [("massstart", "hypothesis"), ("hypothesis", "massstart"), ("hypothesis", "massstart.testing")],
    )
    def test_one_does_not_import_the_other(self, imported: str, other: str) -> None:
        done = run(f"import sys, {imported}", f"sys.exit({other!r} in sys.modules)")
        assert (done.returncode, done.stderr) == (0, "")

    def test_without_hypothesis_the_package_works_and_the_kit_says_what_to_install(self) -> None:
        kit = "try: import massstart.testing\nexcept ImportError as error: print(type(error).__name__, error, sep=': ')"
        done = run(BLOCKED, "import massstart", kit)
        assert done.stdout == ('MissingExtra: massstart.testing needs hypothesis: pip install "massstart[testing]"\n')
        assert done.stderr == ""
