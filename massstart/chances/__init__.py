"""The answers of a simulation, as values: they need no library. `massstart.simulation` makes them."""

from massstart.chances.calibration import Calibration, Reliability
from massstart.chances.chances import Chance, Chances
from massstart.chances.comparison import Comparison, Difference
from massstart.chances.course import Course
from massstart.chances.strengths import Strength, Strengths

__all__ = [
    "Calibration",
    "Chance",
    "Chances",
    "Comparison",
    "Course",
    "Difference",
    "Reliability",
    "Strength",
    "Strengths",
]
