"""Refuse weak algorithms in signature, time stamp and certificates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, cast

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from sopdocs.sign.report import Problem, Topic, Verdict
from sopdocs.sign.stamp import Stamp

DIGESTS = frozenset({"sha256", "sha384", "sha512", "sha3_256", "sha3_384", "sha3_512"})
"""ETSI TS 119 312, 5.2: what is still recommended. SHA-1 and MD5 allow two documents with one signature."""

RSA_BITS = 2048
CURVE_BITS = 256


def strength_problems(signer_info: Any, stamps: Iterable[Stamp], chains: Sequence[Sequence[bytes]]) -> list[Problem]:
    """Return the weak algorithms of a signature, its stamps and their chains (DER, trusted certificate last).

    The trusted certificate of a chain is taken as it is: its own signature proves nothing. The certificate
    identifiers inside a stamp (ESSCertID, RFC 2634) are SHA-1 by definition and do not count, since the stamp is
    verified with the very certificate that the chain leads to.
    """
    weak: list[str] = []
    weak += (f"Tanda tangan memakai {name}" for name in _weak_digests(signer_info))
    for stamp in stamps:
        used = [*_weak_digests(stamp.value["signer_infos"][0])]
        used += [] if stamp.imprint_digest in DIGESTS else [stamp.imprint_digest]
        weak += (f"Cap waktu memakai {name}" for name in used)
    for chain in chains:
        for number, certificate in enumerate(chain):
            if number == 0 or number < len(chain) - 1:
                weak += (f"Sertifikat memakai {name}" for name in _weak_certificate(certificate))
    sentences = (f"{each}, yang sudah terlalu lemah untuk dipercaya." for each in dict.fromkeys(weak))
    return [Problem(Verdict.INDETERMINATE, Topic.STRENGTH, sentence) for sentence in sentences]


def _weak_digests(signer_info: Any) -> Iterator[str]:
    digest = cast("str", signer_info["digest_algorithm"]["algorithm"].native)
    if digest not in DIGESTS:
        yield _spelled(digest)
    try:
        used = cast("str", signer_info["signature_algorithm"].hash_algo)
    except ValueError:  # an algorithm such as Ed25519 names no digest
        return
    if used not in DIGESTS and used != digest:
        yield _spelled(used)


def _weak_certificate(der: bytes) -> Iterator[str]:
    certificate = x509.load_der_x509_certificate(der)
    digest = certificate.signature_hash_algorithm
    # A self-signed certificate that is trusted by itself is as long as its chain; its signature proves nothing.
    if (
        digest is not None
        and digest.name.replace("-", "_") not in DIGESTS
        and certificate.issuer != certificate.subject
    ):
        yield _spelled(digest.name)
    key = certificate.public_key()
    if isinstance(key, rsa.RSAPublicKey) and key.key_size < RSA_BITS:
        yield f"kunci RSA {key.key_size} bit"
    if isinstance(key, ec.EllipticCurvePublicKey) and key.curve.key_size < CURVE_BITS:
        yield f"kunci kurva eliptik {key.curve.key_size} bit"


def _spelled(digest: str) -> str:
    return {"sha1": "SHA-1", "md5": "MD5", "md2": "MD2", "sha224": "SHA-224"}.get(digest, digest.upper())
