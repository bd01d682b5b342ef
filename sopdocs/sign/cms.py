"""Checks on the parts of a CMS value that its signature does not protect (RFC 5652, 5.1 and 5.3)."""

from __future__ import annotations

from typing import Any, cast

from sopdocs.sign.foreign import Embedded
from sopdocs.sign.report import Problem, Topic, Verdict
from sopdocs.sign.seal import der_length

OID_LENGTH = 11
"""Length of the DER value of id-signedData, the first part of ContentInfo."""


def cms_problems(signature: Embedded) -> list[Problem]:
    """Return what is out of order in versions, algorithm lists and lengths of the signature value.

    pyHanko ignores these, so a byte changed there would go unnoticed.
    """
    signed: Any = signature.signed_data
    signer = cast("Any", signature.signer_info)
    # RFC 5652: version 1 for a signer named by issuer and serial number, 3 for one named by key identifier.
    version = "v1" if signer["sid"].name == "issuer_and_serial_number" else "v3"
    listed, used = signed["digest_algorithms"], signer["digest_algorithm"]
    in_order = (
        _lengths_agree(signature.pkcs7_content)
        and signed["version"].native == version
        and signer["version"].native == version
        and [algorithm["algorithm"].native for algorithm in listed] == [used["algorithm"].native]
        and all(algorithm["parameters"].dump() in (b"", b"\x05\x00") for algorithm in (*listed, used))
    )
    return [] if in_order else [Problem(Verdict.FAILED, Topic.CONTENT, "Susunan nilai tanda tangan (CMS) tidak wajar.")]


def _lengths_agree(contents: bytes) -> bool:
    """Tell whether ContentInfo, its [0] and the SignedData in it end at the same byte."""
    end = der_length(contents)
    inner = _header(contents) + OID_LENGTH
    innermost = inner + _header(contents[inner:])
    return end == inner + der_length(contents[inner:]) == innermost + der_length(contents[innermost:])


def _header(value: bytes) -> int:
    """Return the length of tag and length of a DER value with a one-byte tag."""
    return 2 + (value[1] & 0x7F if value[1] & 0x80 else 0)
