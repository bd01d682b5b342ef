"""What a verification finds, as plain data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Verdict(StrEnum):
    """The three outcomes of ETSI EN 319 102-1, clause 5.1.3."""

    PASSED = "TOTAL-PASSED"
    INDETERMINATE = "INDETERMINATE"
    FAILED = "TOTAL-FAILED"


class TimeSource(StrEnum):
    """Who vouches for the signing time."""

    TIMESTAMP = "timestamp"
    """A time stamp by a trusted authority."""
    CLAIMED = "claimed"
    """Only the signer's own computer."""


class Level(StrEnum):
    """PAdES baseline levels (ETSI EN 319 142-1) that fit into one revision."""

    B_B = "B-B"
    B_T = "B-T"
    B_LT = "B-LT"


@dataclass(frozen=True, slots=True)
class Problem:
    """One reason why a file does not pass, and how far it lowers the verdict."""

    verdict: Verdict
    sentence: str
    """Indonesian: what is wrong and, where something can be done, what."""


@dataclass(frozen=True, slots=True)
class Report:
    """The verdict on one file; `dataclasses.asdict` makes it ready for JSON but for `time` and `checked`."""

    verdict: Verdict
    problems: tuple[str, ...]
    """Indonesian sentences, worst first; empty exactly when the verdict is TOTAL-PASSED."""
    checked: datetime
    """The time of verification as the caller gave it."""
    sha256: str
    """SHA-256 of the whole file, hexadecimal."""
    size: int
    """Length of the file in bytes."""
    fields: tuple[str, ...] = ()
    """Names of all signature fields, signed or empty, in file order."""
    revision_sha256: str | None = None
    """SHA-256 of the file up to the end of the signed revision; equals `sha256` when nothing was appended."""
    coverage: str | None = None
    """ENTIRE_FILE, ENTIRE_REVISION, CONTIGUOUS_BLOCK_FROM_START or UNCLEAR (names of pyHanko)."""
    docmdp: int | None = None
    """DocMDP permission of the certification signature: 1 allows no changes; None: not certified."""
    level: Level | None = None
    """None: not a PAdES signature."""
    signer: str | None = None
    issuer: str | None = None
    certificate_sha256: str | None = None
    """SHA-256 of the signer's certificate (DER), hexadecimal."""
    certified: bool = False
    """True only when the file passes and a trusted authority issued the certificate.

    False for a development key and for any certificate that is trusted by itself.
    """
    time: datetime | None = None
    time_source: TimeSource | None = None


def worst(problems: list[Problem]) -> Verdict:
    """Return the lowest verdict among `problems`, TOTAL-PASSED for none."""
    found = {problem.verdict for problem in problems}
    for verdict in (Verdict.FAILED, Verdict.INDETERMINATE):
        if verdict in found:
            return verdict
    return Verdict.PASSED
