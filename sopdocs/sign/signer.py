"""What every local signer offers, whatever holds its key."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any, Protocol

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from pyhanko.keys import load_private_key_from_pemder_data
from pyhanko.sign.signers import Signer, SimpleSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore

from sopdocs.errors import UsageError
from sopdocs.sign.foreign import certificates

SMALLEST_KEY = 2048
"""Bits of an RSA modulus (ETSI TS 119 312)."""


class LocalSigner(Protocol):
    """A key that this machine can use itself."""

    def opened(self) -> AbstractContextManager[Signer]:
        """Make the key ready and give it back at the end.

        Entering raises UsageError when the key cannot be had: wrong passphrase, missing file or token. So does
        leaving when the key vanished meanwhile.
        """
        ...


def signer_in_memory(private_key: rsa.RSAPrivateKey, certificate: bytes, chain: tuple[bytes, ...] = ()) -> Signer:
    """Return a signer for a key that is in memory; `certificate` and `chain` are DER."""
    store: Any = SimpleCertificateStore()
    store.register_multiple([parsed for each in chain for parsed in certificates(each)])
    return SimpleSigner(
        signing_cert=certificates(certificate)[0],
        signing_key=load_private_key_from_pemder_data(
            private_key.private_bytes(
                serialization.Encoding.DER,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            ),
            passphrase=None,
        ),
        cert_registry=store,
    )


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
