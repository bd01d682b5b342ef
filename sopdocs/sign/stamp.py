"""The time stamps on a signature (RFC 3161), as they say of themselves; whether they are true is judged elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from pyhanko.sign.general import extract_certificate_info
from pyhanko.sign.validation.generic_cms import extract_tst_data_iter

from sopdocs.sign.foreign import Embedded


@dataclass(frozen=True, slots=True)
class Stamp:
    """One time stamp token."""

    value: Any
    """Its SignedData."""
    time: datetime
    """Aware."""
    imprint_digest: str
    """Name of the digest of the signature value that was stamped, for example sha256."""
    certificate: bytes
    """Of the authority, DER."""


def read_stamps(signature: Embedded) -> list[Stamp]:
    """Return the time stamps on `signature`, usually none or one; raises what pyHanko does on malformed ones."""
    found: Any = extract_tst_data_iter(cast("Any", signature.signer_info), signed=False)
    return [_read(value) for value in found]


def _read(value: Any) -> Stamp:
    info = value["encap_content_info"]["content"].parsed
    certificate = cast("Any", extract_certificate_info(value)).signer_cert
    digest = info["message_imprint"]["hash_algorithm"]["algorithm"].native
    return Stamp(value, info["gen_time"].native, digest, certificate.dump())
