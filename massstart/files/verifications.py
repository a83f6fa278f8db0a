"""Verification files: whether a sheet follows the rules.

Decides the keys of a verification. The sheet itself does not stand there, only its id.
"""

from typing import Annotated

from attrs import frozen

from massstart.files.kinds import Kind, register
from massstart.files.objects import As, Count, Number, Shown, filed, part
from massstart.verification.findings import Finding, FindingKind, Verification


@frozen(kw_only=True)
class FindingFile:
    """Something printed that the rules do not give."""

    kind: FindingKind
    row: Shown[Number] = None
    message: str
    printed: Shown[str] = None
    expected: Shown[str] = None
    column: Shown[str] = None


part(Finding, FindingFile)


@frozen(kw_only=True)
class VerificationFile:
    """Whether a sheet follows the rules."""

    sheet: str
    consistent: bool
    findings: list[Finding]
    assumed: list[str]
    checked: Annotated[dict[FindingKind, Count], As(dict)]
    unchecked: Annotated[dict[FindingKind, str], As(dict)]


def _read(file: VerificationFile) -> Verification:
    # That it is consistent follows from the findings.
    return Verification(
        file.sheet,
        tuple(file.findings),
        tuple(file.assumed),
        tuple(file.checked.items()),
        tuple(file.unchecked.items()),
    )


def _write(verification: Verification) -> VerificationFile:
    file: VerificationFile = filed(VerificationFile, verification, sheet=verification.sheet_id)
    return file


register(Kind(word="verification", value=Verification, file=VerificationFile, read=_read, write=_write))
