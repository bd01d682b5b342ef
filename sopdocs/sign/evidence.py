"""Put the questions to pyHanko: a stamped signature is judged for the time of its stamp, another one for today."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from cryptography import x509
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID
from pyhanko.sign.ades.report import AdESIndeterminate
from pyhanko.sign.validation.policy_decl import LocalKnowledge

from sopdocs.sign.ades import Answer, Setting, validate_signature, validate_stamp
from sopdocs.sign.foreign import Embedded
from sopdocs.sign.report import Revocation
from sopdocs.sign.stamp import Stamp

_PERHAPS_UNKNOWN = (AdESIndeterminate.TRY_LATER, AdESIndeterminate.CERTIFICATE_CHAIN_GENERAL_FAILURE)
"""What pyHanko says when a status is unknown; the second one it also says of other faults in a chain."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a verification may rely on."""

    roots: Sequence[Any]
    """Trusted certificates as the caller gave them."""
    knowledge: LocalKnowledge
    """Certificates and revocation data of the file."""
    stored: bool
    """Whether the file has a document security store."""
    now: datetime
    online: bool


@dataclass(frozen=True, slots=True)
class Finding:
    """An answer, and from where it is known that nothing was revoked."""

    answer: Answer
    revocation: Revocation
    unreachable: bool = False
    """The services were asked about today and gave no answer; the answer rests on the file."""


def knows_stamper(knowledge: LocalKnowledge) -> bool:
    """Tell whether a file stores the certificate of an authority of time (RFC 3161, 2.3)."""
    known: list[Any] = list(knowledge.known_certs)
    return any(_stamps_time(x509.load_der_x509_certificate(each.dump())) for each in known)


def _stamps_time(certificate: x509.Certificate) -> bool:
    try:
        purposes = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    except x509.ExtensionNotFound:
        return False
    return ExtendedKeyUsageOID.TIME_STAMPING in purposes


def ask_about_signature(signature: Embedded, stamped: datetime | None, evidence: Evidence) -> Finding:
    """Validate `signature`; `stamped` is the time of its stamp, None when it has none."""
    signer = signature.signer_cert.dump()
    return _ask(lambda setting: validate_signature(signature, setting), signer, stamped, evidence)


def ask_about_stamp(stamp: Stamp, signature: Embedded, evidence: Evidence) -> Finding:
    """Validate `stamp` on `signature`."""
    return _ask(lambda setting: validate_stamp(stamp, signature, setting), stamp.certificate, stamp.time, evidence)


def _validated(validate: Callable[[Setting], Answer], setting: Setting) -> Answer:
    """Validate; say TRY_LATER exactly when nothing but an unknown status is wrong."""
    answer = validate(setting)
    if answer.indication not in _PERHAPS_UNKNOWN or answer.revoked_at is not None:
        return answer
    rest = validate(replace(setting, revocation=False))
    return Answer(AdESIndeterminate.TRY_LATER, rest.status) if rest.passed else rest


def _ask(validate: Callable[[Setting], Answer], leaf: bytes, stamped: datetime | None, evidence: Evidence) -> Finding:
    """Validate for the time of the stamp from the file alone, and for today from the services when they may be asked.

    In a single revision the stamp covers the revocation data of the file as well, so what they say holds for the
    time of the stamp, however long ago that was and even if the certificate has expired since.
    """
    today = _setting(leaf, evidence)
    if stamped is None or (evidence.online and not evidence.stored):
        answer = _validated(validate, today)
        return _found(answer, leaf, online=evidence.online)
    then = replace(today, moment=stamped, historical=True, online=False)
    finding = _found(_validated(validate, then), leaf, online=False)
    if not (evidence.online and finding.answer.passed) or finding.revocation is Revocation.NOT_DECLARED:
        return finding
    latest = _validated(validate, today)
    if latest.passed:
        return _found(latest, leaf, online=True)
    if latest.indication is AdESIndeterminate.TRY_LATER:
        return replace(finding, unreachable=True)
    revoked = latest.revoked_at
    expired = latest.indication is AdESIndeterminate.OUT_OF_BOUNDS_NO_POE
    if expired or (revoked is not None and revoked > stamped):
        return finding
    return _found(latest, leaf, online=True)


def _setting(leaf: bytes, evidence: Evidence) -> Setting:
    # A trusted certificate that is no authority vouches for itself only; pyHanko would let it issue others.
    anchors = [root for root in evidence.roots if root.ca or root.dump() == leaf]
    return Setting(anchors, evidence.knowledge, evidence.now, historical=False, online=evidence.online)


def _found(answer: Answer, leaf: bytes, *, online: bool) -> Finding:
    chain = answer.chain or [leaf]
    # The last certificate of a complete chain is trusted by itself; nobody asks for its revocation.
    asked = chain[:-1] if answer.chain else chain
    if not any(_declares(certificate) for certificate in asked):
        return Finding(answer, Revocation.NOT_DECLARED)
    if not answer.passed:
        return Finding(answer, Revocation.UNKNOWN)
    return Finding(answer, Revocation.ONLINE if online else Revocation.STORED)


def _declares(der: bytes) -> bool:
    """Tell whether a certificate names a service that knows of its revocation."""
    extensions = x509.load_der_x509_certificate(der).extensions
    for kind in (x509.CRLDistributionPoints, x509.AuthorityInformationAccess):
        try:
            value = extensions.get_extension_for_class(kind).value
        except x509.ExtensionNotFound:
            continue
        if isinstance(value, x509.CRLDistributionPoints):
            return True
        if any(each.access_method == AuthorityInformationAccessOID.OCSP for each in value):
            return True
    return False
