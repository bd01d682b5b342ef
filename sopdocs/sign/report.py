"""What a verification finds, as plain data."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from sopdocs.sign.contents import Contents
from sopdocs.sign.expectation import Difference


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


class Revocation(StrEnum):
    """From where it is known that no certificate of the chain was revoked."""

    STORED = "stored"
    """From the document security store of the file."""
    ONLINE = "online"
    """From the services, asked during the verification."""
    NOT_DECLARED = "not-declared"
    """No certificate of the chain names a revocation service."""
    UNKNOWN = "unknown"


class Topic(StrEnum):
    """What a verification looks at, in the order in which a report tells it."""

    FILE = "file"
    """The file is a PDF that can be read to its end."""
    FIELDS = "fields"
    """Exactly the expected signature fields, all signed."""
    COVERAGE = "coverage"
    """Every byte is sealed and nothing follows."""
    CERTIFICATION = "certification"
    """The file forbids changes (DocMDP)."""
    CONTENT = "content"
    """Digest and signature value agree with the bytes."""
    CERTIFICATE = "certificate"
    """The signer's certificate comes from a trusted issuer and may sign."""
    REVOCATION = "revocation"
    """No certificate was revoked."""
    TIME = "time"
    """When it was signed, and that the certificate was valid then."""
    STRENGTH = "strength"
    """No weak algorithm."""
    EXPECTATION = "expectation"
    """The file is the one that the manifest describes."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One reason why a file does not pass, and how far it lowers the verdict."""

    verdict: Verdict
    topic: Topic
    sentence: str
    """Indonesian: what is wrong and, where something can be done, what."""


@dataclass(frozen=True, slots=True)
class Check:
    """The outcome of one topic."""

    topic: Topic
    verdict: Verdict | None
    """None: could not be examined, because something before it failed."""
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CertificateFacts:
    """One certificate of a chain."""

    subject: str
    """Common name, or the whole name when there is none; so is `issuer`."""
    issuer: str
    sha256: str
    """Of the certificate (DER), hexadecimal."""
    begin: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class StampFacts:
    """The time stamp on the signature."""

    time: datetime
    authority: str
    issuer: str
    trusted: bool
    """The stamp is in order, and its authority trusted."""


@dataclass(frozen=True, slots=True)
class Conformity:
    """What a validator says of the file; it does not change the verdict on the seal."""

    standard: str
    """For example PDF/A-2b."""
    passed: bool
    failures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Command:
    """How to repeat one check with another tool."""

    purpose: str
    """Indonesian."""
    line: str
    """For a POSIX shell in the folder of the file."""


@dataclass(frozen=True, slots=True)
class Report:
    """The verdict on one file; `dataclasses.asdict` makes it ready for JSON but for dates."""

    verdict: Verdict
    problems: tuple[str, ...]
    """Indonesian sentences, worst first; empty exactly when the verdict is TOTAL-PASSED."""
    checked: datetime
    """The time of verification as the caller gave it."""
    sha256: str
    """SHA-256 of the whole file, hexadecimal."""
    size: int
    """Length of the file in bytes."""
    checks: tuple[Check, ...] = ()
    """One for each topic that was asked for."""
    notes: tuple[str, ...] = ()
    """Indonesian sentences that a reader should know and that do not lower the verdict."""
    expected_field: str | None = None
    """Name that the one signature field must have; None: any."""
    fields: tuple[str, ...] = ()
    """Names of all signature fields, signed or empty, in file order."""
    byte_range: tuple[int, ...] = ()
    """As in the signature: offset and length of the two signed parts; empty when there is no signature."""
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
    chain: tuple[CertificateFacts, ...] = ()
    """From the signer to the trusted certificate; the signer alone when no trusted one was reached."""
    certified: bool = False
    """True only when the file passes and a trusted authority issued the certificate.

    False for a development key and for any certificate that is trusted by itself.
    """
    revocation: Revocation | None = None
    time: datetime | None = None
    time_source: TimeSource | None = None
    stamp: StampFacts | None = None
    contents: Contents | None = None
    """What the file holds; None: not asked for, or not readable. To be believed only when the file passes."""
    conformity: tuple[Conformity, ...] = ()
    expected: bool = False
    """Whether the file was compared with a manifest."""
    differences: tuple[Difference, ...] = ()
    """Between the file and the manifest."""


def conclude(report: Report, problems: Iterable[Problem], examined: Iterable[Topic]) -> Report:
    """Return `report` with verdict, sentences and checks that follow from `problems`."""
    found = sorted(problems, key=lambda problem: problem.verdict is not Verdict.FAILED)
    topics = [topic for topic in Topic if report.expected or topic is not Topic.EXPECTATION]
    looked_at = {*examined, *(problem.topic for problem in found)}
    return replace(
        report,
        verdict=_worst(found) or Verdict.PASSED,
        # Two checks may find the same fault.
        problems=_sentences(found),
        checks=tuple(_check(topic, found, done=topic in looked_at) for topic in topics),
    )


def _check(topic: Topic, problems: list[Problem], *, done: bool) -> Check:
    own = [problem for problem in problems if problem.topic is topic]
    return Check(topic, (_worst(own) or Verdict.PASSED) if done else None, _sentences(own))


def _sentences(problems: list[Problem]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(problem.sentence for problem in problems))


def _worst(problems: list[Problem]) -> Verdict | None:
    found = {problem.verdict for problem in problems}
    return next((verdict for verdict in (Verdict.FAILED, Verdict.INDETERMINATE) if verdict in found), None)
