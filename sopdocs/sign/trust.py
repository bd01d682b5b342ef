"""The cryptographic half of a verification: digest, signature value, chain, revocation and time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.x509.oid import NameOID
from pyhanko.sign.ades.report import AdESStatus

from sopdocs.errors import UsageError
from sopdocs.sign.clock import signing_time, stamp_time_problems, time_problems
from sopdocs.sign.cms import certificate_problems, stamp_form_problems
from sopdocs.sign.evidence import Evidence, Finding, ask_about_signature, ask_about_stamp
from sopdocs.sign.foreign import Embedded, certificates
from sopdocs.sign.indications import signature_problems, stamp_problems
from sopdocs.sign.key import DEVELOPMENT_NAME
from sopdocs.sign.report import CertificateFacts, Problem, Revocation, StampFacts, TimeSource, Topic, Verdict
from sopdocs.sign.stamp import Stamp, read_stamps
from sopdocs.sign.strength import strength_problems


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the certificates, the signature value and the stamp say."""

    problems: list[Problem]
    unknown_only: bool
    """Where revocation is a problem, it is only unknown; nothing is known to be revoked."""
    unreachable: bool
    """Revocation services were asked about today and did not answer; the file's own data were enough."""
    unexamined: tuple[Topic, ...]
    """What could not be examined, because what it rests on failed."""
    chain: tuple[CertificateFacts, ...]
    """The signer first; the signer alone when no trusted certificate was reached."""
    certified: bool
    """A trusted authority issued the signer's certificate; says nothing about other problems."""
    revocation: Revocation
    time: datetime | None
    time_source: TimeSource | None
    stamp: StampFacts | None


@dataclass(frozen=True, slots=True)
class _Stamped:
    """The stamps of a signature and what they are worth."""

    stamps: list[Stamp]
    findings: list[Finding]
    problems: list[Problem]

    @property
    def proof(self) -> Stamp | None:
        """The stamp that proves the time, None when none does."""
        return self.stamps[0] if self.stamps and not self.problems else None

    @property
    def chains(self) -> list[list[bytes]]:
        pairs = zip(self.stamps, self.findings, strict=True)
        return [finding.answer.chain or [stamp.certificate] for stamp, finding in pairs]

    @property
    def facts(self) -> StampFacts | None:
        if not self.stamps:
            return None
        certificate = x509.load_der_x509_certificate(self.stamps[0].certificate)
        names = common_name(certificate.subject), common_name(certificate.issuer)
        return StampFacts(self.stamps[0].time, *names, trusted=self.proof is not None)


def trusted_certificates(trusted: Iterable[bytes]) -> list[Any]:
    """Parse trusted certificates, each PEM or DER; raise UsageError for one that is neither."""
    roots: list[Any] = []
    for position, data in enumerate(trusted, start=1):
        try:
            found = certificates(data)
            for certificate in found:
                x509.load_der_x509_certificate(certificate.dump())
        except (ValueError, TypeError) as error:
            found = []
            cause: Exception | None = error
        else:
            cause = None
        if not found:
            raise UsageError(
                f"Sertifikat tepercaya ke-{position} tidak dapat dibaca.",
                "Berikan berkas sertifikat X.509 dalam bentuk PEM atau DER.",
            ) from cause
        roots.extend(found)
    return roots


def judge(signature: Embedded, evidence: Evidence) -> Judgement:
    """Check digest, signature value, chain, revocation, stamp and time of `signature`."""
    signer = signature.signer_cert.dump()
    certificate = x509.load_der_x509_certificate(signer)
    pinned = _pinned(signer, evidence)
    stamped = _stamped(signature, evidence)
    finding = ask_about_signature(signature, stamped.stamps[0].time if stamped.stamps else None, evidence)
    signed = signing_time(signature, stamped.proof)
    chains = [finding.answer.chain or [signer]]
    chains += stamped.chains
    own = pinned or DEVELOPMENT_NAME in (common_name(certificate.subject), common_name(certificate.issuer))
    return Judgement(
        problems=[
            *signature_problems(finding.answer, certificate, pinned=pinned),
            *stamped.problems,
            *time_problems(certificate, signed, evidence.now),
            *strength_problems(signature.signer_info, stamped.stamps, chains),
            *stamp_form_problems(stamped.stamps),
            *certificate_problems(signature, stamped.stamps, _known(chains, evidence)),
        ],
        unknown_only=not any(each.answer.revoked_at for each in (finding, *stamped.findings)),
        unreachable=any(each.unreachable for each in (finding, *stamped.findings)),
        unexamined=_unexamined(finding),
        chain=tuple(_facts(each) for each in chains[0]),
        certified=finding.answer.passed and not own,
        revocation=finding.revocation,
        time=signed.time,
        time_source=signed.source,
        stamp=stamped.facts,
    )


def _unexamined(finding: Finding) -> tuple[Topic, ...]:
    """A chain says nothing of a changed signature, and nothing is known to be revoked where no chain is complete."""
    if finding.answer.passed:
        return ()
    forged = finding.answer.indication.status is AdESStatus.FAILED
    if forged or not finding.answer.chain:
        return (Topic.CERTIFICATE, Topic.REVOCATION)
    return (Topic.REVOCATION,)


def _known(chains: list[list[bytes]], evidence: Evidence) -> list[bytes]:
    """Return the certificates that were validated or are trusted; an incomplete chain proves nothing."""
    complete = [each for chain in chains if len(chain) > 1 for each in chain]
    return [*complete, *(root.dump() for root in evidence.roots)]


def _pinned(certificate: bytes, evidence: Evidence) -> bool:
    return any(root.dump() == certificate for root in evidence.roots)


def _stamped(signature: Embedded, evidence: Evidence) -> _Stamped:
    stamps = read_stamps(signature)
    findings = [ask_about_stamp(stamp, signature, evidence) for stamp in stamps]
    problems: list[Problem] = []
    if len(stamps) > 1:
        # Stamps are not signed, so anyone may add one; with a single one there is nothing to choose.
        sentence = "Tanda tangan memuat lebih dari satu cap waktu, sehingga waktunya tidak pasti."
        problems.append(Problem(Verdict.INDETERMINATE, Topic.TIME, sentence))
    for stamp, finding in zip(stamps, findings, strict=True):
        certificate = x509.load_der_x509_certificate(stamp.certificate)
        problems += stamp_problems(finding.answer, certificate, pinned=_pinned(stamp.certificate, evidence))
        problems += stamp_time_problems(stamp, evidence.now)
    return _Stamped(stamps, findings, problems)


def _facts(der: bytes) -> CertificateFacts:
    certificate = x509.load_der_x509_certificate(der)
    return CertificateFacts(
        subject=common_name(certificate.subject),
        issuer=common_name(certificate.issuer),
        sha256=certificate.fingerprint(hashes.SHA256()).hex(),
        begin=certificate.not_valid_before_utc,
        end=certificate.not_valid_after_utc,
    )


def common_name(name: x509.Name) -> str:
    """Return the common name, or the whole name when there is none."""
    common = name.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(common[0].value) if common else name.rfc4514_string()
