"""A check of an engine names the law that the engine breaks."""

import subprocess
import sys

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from massstart import Race, Rulebook, rank
from massstart.testing import check_engine


def through_nine(race: Race) -> list[dict[str, object]]:
    return [
        {"id": row.id, "rank": row.rank, "total": row.total, "qualified": "Q" if (row.rank or 99) <= 9 else None}
        for row in rank(race)
    ]


def test_this_engine_passes() -> None:
    assert check_engine(rank, max_examples=30).passed


def test_an_engine_that_lets_nine_through_breaks_the_law_of_the_best() -> None:
    report = check_engine(through_nine, max_examples=20)
    assert "best-advance" in {fallen.law.name for fallen in report.fallen}
    assert "best-advance" in str(report)


@settings(max_examples=5, suppress_health_check=list(HealthCheck), deadline=None)
@given(st.from_type(Race), st.from_type(Rulebook))
def test_types_are_registered(race: Race, book: Rulebook) -> None:
    assert isinstance(race, Race)
    assert isinstance(book, Rulebook)


def test_the_package_does_not_import_hypothesis() -> None:
    code = "import sys, massstart; sys.exit('hypothesis' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
