"""The testing kit: races to draw, laws that every ranking engine obeys, and a check of any engine. Extra ``testing``."""

from massstart.problems import MissingExtra

try:
    import hypothesis  # noqa: F401  # asked for by its name, so that the message below can name it
except ImportError as _error:
    raise MissingExtra('massstart.testing needs hypothesis: pip install "massstart[testing]"') from _error

from massstart.testing.changes import changed, plain, renamed, shuffled, without
from massstart.testing.engine import EngineReport, FallenLaw, LawsBroken, check_engine, report_engine
from massstart.testing.events import events
from massstart.testing.laws import LAWS, Engine, Law
from massstart.testing.logs import LoggedRace, calls_of, crossings_of, race_logs
from massstart.testing.published import TamperedSheet, sheets, tampered_sheets
from massstart.testing.refused import invalid_races
from massstart.testing.seasons import (
    QUOTA_LAWS,
    SEASON_LAWS,
    Question,
    QuotaLaw,
    SeasonLaw,
    quota_questions,
    rankings,
    seasons,
)
from massstart.testing.source import source
from massstart.testing.strategies import (
    any_ids,
    distances,
    invented_rulebooks,
    isu_rulebooks,
    races,
    results,
    rulebooks,
    scales,
    semifinals,
    starters,
    string_ids,
)

__all__ = [
    "LAWS",
    "QUOTA_LAWS",
    "SEASON_LAWS",
    "Engine",
    "EngineReport",
    "FallenLaw",
    "Law",
    "LawsBroken",
    "LoggedRace",
    "Question",
    "QuotaLaw",
    "SeasonLaw",
    "TamperedSheet",
    "any_ids",
    "calls_of",
    "changed",
    "check_engine",
    "crossings_of",
    "distances",
    "events",
    "invalid_races",
    "invented_rulebooks",
    "isu_rulebooks",
    "plain",
    "quota_questions",
    "race_logs",
    "races",
    "rankings",
    "renamed",
    "report_engine",
    "results",
    "rulebooks",
    "scales",
    "seasons",
    "semifinals",
    "sheets",
    "shuffled",
    "source",
    "starters",
    "string_ids",
    "tampered_sheets",
    "without",
]
