"""Prove a signer's and a time stamp's chain before signing, and keep the proof for the file's store (DSS)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, cast

from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.errors import (
    DisallowedAlgorithmError,
    ExpiredError,
    InsufficientRevinfoError,
    InvalidCertificateError,
    NotYetValidError,
    PathValidationError,
    RevokedError,
)
from pyhanko_certvalidator.fetchers.common_utils import gather_aia_issuer_urls, unpack_cert_content
from pyhanko_certvalidator.policy_decl import CertRevTrustPolicy, RevocationCheckingPolicy, RevocationCheckingRule

from sopdocs.errors import UsageError
from sopdocs.sign.ades import CLOCK_TOLERANCE
from sopdocs.sign.fetching import Sources

_LONGEST_CHAIN = 6
_REASONS: tuple[tuple[type[Exception], str, str], ...] = (
    (RevokedError, "sudah dicabut", "Minta sertifikat baru kepada penerbitnya."),
    (ExpiredError, "sudah habis masa berlakunya", "Minta sertifikat baru kepada penerbitnya."),
    (NotYetValidError, "belum berlaku", "Periksa jam komputer, atau tunggu sampai sertifikat itu berlaku."),
    (
        InsufficientRevinfoError,
        "tidak dapat dipastikan belum dicabut",
        "Periksa jaringan ke layanan status penerbit sertifikat, lalu ulangi.",
    ),
    (DisallowedAlgorithmError, "memakai algoritma yang terlalu lemah", "Minta sertifikat baru kepada penerbitnya."),
    (
        InvalidCertificateError,
        "tidak boleh dipakai untuk keperluan ini",
        "Pilih sertifikat yang diterbitkan untuk keperluan ini.",
    ),
)


def completed(known: Iterable[Any], sources: Sources) -> list[Any]:
    """Return the certificates `known` and those above them that they say where to fetch (RFC 5280, 4.2.2.1).

    An issuer that cannot be fetched is left out: whether the chain suffices is found out later.
    """
    found = list({certificate.dump(): certificate for certificate in known}.values())
    for _ in range(_LONGEST_CHAIN):
        subjects = {each.subject.dump() for each in found}
        missing = [each for each in found if each.issuer.dump() not in subjects]
        fetched = [issuer for each in missing for issuer in _issuers(each, sources)]
        new = [each for each in fetched if all(each.dump() != other.dump() for other in found)]
        if not new:
            break
        found += new
    return found


def _issuers(certificate: Any, sources: Sources) -> list[Any]:
    for url in cast("Iterable[str]", gather_aia_issuer_urls(certificate)):
        try:
            data = sources.get(url, "application/pkix-cert")
            return list(cast("Iterable[Any]", unpack_cert_content(data, None, url, permit_pem=True)))
        except (ValueError, TypeError, KeyError):
            continue
    return []


def tops(known: Sequence[Any]) -> list[Any]:
    """Return where chains of `known` end: certificates that issued themselves, and authorities without an issuer here.

    A signer whose issuer is missing is no end: its chain is incomplete, and nothing could prove that it stands.
    """
    subjects = {each.subject.dump() for each in known}
    return [each for each in known if each.self_issued or (each.ca and each.issuer.dump() not in subjects)]


def proving_context(known: Sequence[Any], sources: Sources, now: datetime) -> Any:
    """Return a validation context that fetches revocation data; the tops of `known` are its anchors.

    Who trusts the anchors is the verifier's matter: here they only end the chains. A certificate that names a
    revocation service must come with its answer.
    """
    declared = RevocationCheckingRule.CHECK_IF_DECLARED
    return ValidationContext(
        trust_roots=tops(known),
        other_certs=known,
        moment=now,
        allow_fetching=True,
        fetchers=sources.fetchers(),
        revinfo_policy=CertRevTrustPolicy(RevocationCheckingPolicy(declared, declared)),
        # Answers are made after `now`, and their makers' clocks differ from ours.
        time_tolerance=CLOCK_TOLERANCE,
    )


def refusal(error: BaseException, who: str, sources: Sources) -> UsageError:
    """Return the error for a chain that is not in order; `who` is the signer or the time stamping authority."""
    for kind, words, advice in _REASONS:
        if isinstance(error, kind):
            above = isinstance(error, PathValidationError) and not error.is_ee_cert
            what = f"Sertifikat penerbit dari {who}" if above else f"Sertifikat {who}"
            silent = "; ".join(sources.failures) if kind is InsufficientRevinfoError else ""
            return UsageError(f"{what} {words}{f' ({silent})' if silent else ''}.", advice)
    return UsageError(
        f"Rantai sertifikat {who} tidak lengkap atau tidak sah.",
        "Berikan sertifikat penerbitnya dengan --penerbit FOLDER, lalu ulangi.",
    )
