"""Does a published sheet follow the rules? Findings, each at its row, and what could not be checked."""

from massstart.verification.findings import Finding, FindingKind, Verification
from massstart.verification.verify import verify

__all__ = ["Finding", "FindingKind", "Verification", "verify"]
