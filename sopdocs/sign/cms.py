"""Checks on the parts of a CMS value that its signature does not protect (RFC 5652, 5.1, 5.3 and 11).

pyHanko ignores them, so a byte changed there would go unnoticed.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from cryptography import x509
from cryptography.exceptions import InvalidSignature

from sopdocs.sign.foreign import Embedded
from sopdocs.sign.report import Problem, Topic, Verdict
from sopdocs.sign.seal import der_length
from sopdocs.sign.stamp import Stamp

OID_LENGTH = 11
"""Length of the DER value of id-signedData, the first part of ContentInfo."""

STAMP_ATTRIBUTE = "signature_time_stamp_token"
"""The one attribute that a baseline signature carries outside its signature (ETSI EN 319 142-1, 6.3)."""


def cms_problems(signature: Embedded) -> list[Problem]:
    """Return what is out of order in versions, algorithm lists, attributes and lengths of the signature value."""
    signed: Any = signature.signed_data
    signer: Any = signature.signer_info
    attributes = [each["type"].native for each in signer["unsigned_attrs"] or ()]
    in_order = (
        _lengths_agree(signature.pkcs7_content)
        and _usual(signed, _expected_version(signer))
        and set(attributes) <= {STAMP_ATTRIBUTE}
    )
    return [] if in_order else [Problem(Verdict.FAILED, Topic.CONTENT, "Susunan nilai tanda tangan (CMS) tidak wajar.")]


def stamp_form_problems(stamps: Iterable[Stamp]) -> list[Problem]:
    """Return what is out of order in versions and algorithm lists of time stamps."""
    # RFC 5652, 5.1: version 3, because the content is no plain data.
    if all(_usual(stamp.value, "v3") for stamp in stamps):
        return []
    return [Problem(Verdict.INDETERMINATE, Topic.TIME, "Susunan cap waktu tidak wajar.")]


def certificate_problems(signature: Embedded, stamps: Iterable[Stamp], known: Iterable[bytes]) -> list[Problem]:
    """Return what is wrong with the certificates that come along with signature and stamps.

    Each must be one of `known` (DER, already validated) or bear a true signature of one that is known or comes along;
    a changed byte breaks that. A signature must not bring a certificate whose issuer is nowhere; a stamp may, since
    authorities of time add what others need.
    """
    own = _certificates(signature.signed_data)
    stamped = [each for stamp in stamps for each in _certificates(stamp.value)]
    trusted = {*known}
    everyone = [x509.load_der_x509_certificate(each) for each in {*trusted, *own, *stamped}]
    changed = orphaned = False
    for der in {*own, *stamped} - trusted:
        certificate = x509.load_der_x509_certificate(der)
        issuers = [each for each in everyone if each.subject == certificate.issuer]
        changed |= bool(issuers) and not any(_issued(certificate, issuer) for issuer in issuers)
        orphaned |= not issuers and der in own
    if changed:
        sentence = "Sertifikat yang disertakan pada tanda tangan rusak atau telah diubah."
        return [Problem(Verdict.FAILED, Topic.CONTENT, sentence)]
    if orphaned:
        sentence = "Tanda tangan menyertakan sertifikat yang tidak dikenal penerbitnya."
        return [Problem(Verdict.INDETERMINATE, Topic.CERTIFICATE, sentence)]
    return []


def _certificates(signed: Any) -> list[bytes]:
    return [each.chosen.dump() for each in signed["certificates"] if each.name == "certificate"]


def _issued(certificate: x509.Certificate, issuer: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(issuer)
    except (InvalidSignature, ValueError, TypeError):
        return False
    return True


def _expected_version(signer: Any) -> str:
    """Version 1 for a signer named by issuer and serial number, 3 for one named by key identifier (RFC 5652, 5.3)."""
    return "v1" if signer["sid"].name == "issuer_and_serial_number" else "v3"


def _usual(signed: Any, version: str) -> bool:
    """Tell whether `signed` of one signer has this version and lists exactly the digest that is used."""
    signer = signed["signer_infos"][0]
    listed, used = signed["digest_algorithms"], signer["digest_algorithm"]
    return cast(
        "bool",
        signed["version"].native == version
        and signer["version"].native == _expected_version(signer)
        and [algorithm["algorithm"].native for algorithm in listed] == [used["algorithm"].native]
        and all(algorithm["parameters"].dump() in (b"", b"\x05\x00") for algorithm in (*listed, used)),
    )


def _lengths_agree(contents: bytes) -> bool:
    """Tell whether ContentInfo, its [0] and the SignedData in it end at the same byte."""
    end = der_length(contents)
    inner = _header(contents) + OID_LENGTH
    innermost = inner + _header(contents[inner:])
    return end == inner + der_length(contents[inner:]) == innermost + der_length(contents[innermost:])


def _header(value: bytes) -> int:
    """Return the length of tag and length of a DER value with a one-byte tag."""
    return 2 + (value[1] & 0x7F if value[1] & 0x80 else 0)
