"""What every local signer offers, whatever holds its key."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any, Protocol

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from pyhanko.sign.signers import Signer
from pyhanko_certvalidator.registry import SimpleCertificateStore

from sopdocs.errors import UsageError
from sopdocs.sign.foreign import certificates

SMALLEST_KEY = 2048
"""Bits of an RSA modulus (ETSI TS 119 312)."""


_HASHES = {"sha256": hashes.SHA256(), "sha384": hashes.SHA384(), "sha512": hashes.SHA512()}


class LocalSigner(Protocol):
    """A key that this machine can use itself."""

    def opened(self) -> AbstractContextManager[Signer]:
        """Make the key ready and give it back at the end.

        Entering raises UsageError when the key cannot be had: wrong passphrase, missing file or token. So does
        leaving when the key vanished meanwhile.
        """
        ...


class MemorySigner(Signer):
    """A signer for an RSA key that is in memory; pyHanko's own would copy it as bytes, and parse it at each use."""

    def __init__(self, private_key: rsa.RSAPrivateKey, certificate: bytes, chain: tuple[bytes, ...] = ()) -> None:
        """Take the key, its certificate and those above it, both DER."""
        store: Any = SimpleCertificateStore()
        store.register_multiple([parsed for each in chain for parsed in certificates(each)])
        super().__init__(signing_cert=certificates(certificate)[0], cert_registry=store)
        self._private_key = private_key

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        """Return the signature of `data` (RSASSA-PKCS1-v1_5), zeros of its length for a dry run."""
        if dry_run:
            return bytes(self._private_key.key_size // 8)
        return self._private_key.sign(data, padding.PKCS1v15(), _HASHES[digest_algorithm])


def require_usable(certificate: x509.Certificate, where: str) -> None:
    """Raise UsageError when `certificate` is not for signing documents, or its key is not RSA of at least 2048 bits.

    ECDSA would put a PDF 2.0 extension (ISO/TS 32002) into a PDF/A-2 file. `where` names the holder of the key.
    """
    key = certificate.public_key()
    if not isinstance(key, rsa.RSAPublicKey) or key.key_size < SMALLEST_KEY:
        raise UsageError(
            f"Kunci pada {where} bukan RSA dengan paling sedikit {SMALLEST_KEY} bit.",
            "Pakai sertifikat dengan kunci RSA; jenis lain tidak dapat dipakai dalam PDF/A-2.",
        )
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return
    if not usage.digital_signature and not usage.content_commitment:
        raise UsageError(
            f"Sertifikat pada {where} tidak boleh dipakai untuk tanda tangan (keyUsage).",
            "Pilih sertifikat yang diterbitkan untuk tanda tangan elektronik.",
        )
