"""Whether an engine agrees with the conformance vectors: this one, or any program that answers in JSON.

What the cases say stands in the vectors themselves, one JSON file a case; ``docs/vectors.md`` describes them.
"""

from massstart.conformance.answers import answer
from massstart.conformance.case import DOES, Answer, Case, Does
from massstart.conformance.checking import Outcome, check
from massstart.conformance.comparing import difference
from massstart.conformance.programs import TIMEOUT, NoAnswer, program
from massstart.conformance.reading import FOLDERS, cases

__all__ = [
    "DOES",
    "FOLDERS",
    "TIMEOUT",
    "Answer",
    "Case",
    "Does",
    "NoAnswer",
    "Outcome",
    "answer",
    "cases",
    "check",
    "difference",
    "program",
]
