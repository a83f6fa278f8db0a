"""Problems and warnings in files: what is doubtful about the record that was ranked.

Decides their keys.
"""

from attrs import frozen

from massstart.files.objects import part
from massstart.problems import Problem


@frozen(kw_only=True)
class ProblemFile:
    """What is doubtful, or cannot be used."""

    kind: str
    where: str
    message: str
    remedy: str
    event: int | None = None


part(Problem, ProblemFile)
