"""What the chances are: races made by a model, counted by the hundred thousand. Needs the extra ``simulation``."""

from massstart.problems import MissingExtra

try:
    import numpy as np  # noqa: F401  # asked for by its name, so that the message below can name it
except ImportError as _error:
    raise MissingExtra("massstart.simulation needs numpy; run: pip install 'massstart[simulation]'") from _error

from massstart.chances import (
    Calibration,
    Chance,
    Chances,
    Comparison,
    Course,
    Difference,
    Reliability,
    Strength,
    Strengths,
)
from massstart.simulation.calibrating import calibrate
from massstart.simulation.comparing import Scenario, compare
from massstart.simulation.course import course
from massstart.simulation.estimating import estimate
from massstart.simulation.events import event_chances
from massstart.simulation.field import Field, Model, Orders, completed, field_of
from massstart.simulation.models import ByStrength, WithTactics
from massstart.simulation.race import chances
from massstart.simulation.seasons import season_chances

__all__ = [
    "ByStrength",
    "Calibration",
    "Chance",
    "Chances",
    "Comparison",
    "Course",
    "Difference",
    "Field",
    "Model",
    "Orders",
    "Reliability",
    "Scenario",
    "Strength",
    "Strengths",
    "WithTactics",
    "calibrate",
    "chances",
    "compare",
    "completed",
    "course",
    "estimate",
    "event_chances",
    "field_of",
    "season_chances",
]
