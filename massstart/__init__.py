"""massstart: speed-skating mass starts scored by the ISU rules."""

import sys

from massstart.advancement import Entry, StartList, advance
from massstart.files.archive import archive
from massstart.files.jsonwrite import dumps
from massstart.files.loading import load, loads
from massstart.order import Order
from massstart.problems import InvalidRecord, MassStartError, Problem, UnknownName
from massstart.race import Race
from massstart.ranking import rank
from massstart.records import Starter
from massstart.result import Result, Row
from massstart.rulebook import Rulebook, Scale
from massstart.rulebooks import rulebook
from massstart.sheet import Sheet, SheetRow
from massstart.showing.formats import show
from massstart.times import RaceTime
from massstart.verification import Finding, Verification, verify

__all__ = [
    "Entry",
    "Finding",
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
    "StartList",
    "Starter",
    "UnknownName",
    "Verification",
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
