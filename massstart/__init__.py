"""massstart: speed-skating mass starts scored by the ISU rules."""

from massstart.order import Order
from massstart.problems import InvalidRecord, MassStartError, Problem, UnknownName
from massstart.race import Race
from massstart.ranking import rank
from massstart.records import Starter
from massstart.result import Result, Row
from massstart.rulebook import Rulebook, Scale
from massstart.rulebooks import rulebook
from massstart.sheet import Sheet, SheetRow
from massstart.times import RaceTime

__all__ = [
    "InvalidRecord",
    "MassStartError",
    "Order",
    "Problem",
    "Race",
    "RaceTime",
    "Result",
    "Row",
    "Rulebook",
    "Scale",
    "Sheet",
    "SheetRow",
    "Starter",
    "UnknownName",
    "rank",
    "rulebook",
]
