"""massstart: speed-skating mass starts scored by the ISU rules."""

import sys

from massstart.advancement import Entry, StartList, advance
from massstart.files.archive import archive
from massstart.files.kinds import dumps
from massstart.files.loading import load, loads
from massstart.order import Order
from massstart.problems import InvalidRecord, MassStartError, MissingExtra, Problem, TooManyWays, UnknownName
from massstart.race import Race, Underway
from massstart.ranking import rank
from massstart.records import Starter
from massstart.result import Result
from massstart.row import Row
from massstart.rulebook import Evidence, Rulebook, Scale
from massstart.rulebooks import rulebook
from massstart.sheet import Sheet, SheetRow
from massstart.showing import show
from massstart.times import RaceTime
from massstart.verification import Finding, Verification, verify

#: The version of the package.
__version__ = "0.1.0"

__all__ = [
    "Entry",
    "Evidence",
    "Finding",
    "InvalidRecord",
    "MassStartError",
    "MissingExtra",
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
    "StartList",
    "Starter",
    "TooManyWays",
    "Underway",
    "UnknownName",
    "Verification",
    "__version__",
    "advance",
    "archive",
    "dumps",
    "load",
    "loads",
    "rank",
    "rulebook",
    "show",
    "verify",
]

# Whichever of the two is imported last tells hypothesis how to draw the values of this package.
if sys.modules.get("hypothesis"):
    from _massstart_hypothesis import register

    register()
    del register
del sys
