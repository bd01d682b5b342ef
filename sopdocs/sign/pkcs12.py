"""A key in a PKCS#12 file (.p12, .pfx)."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, pkcs12
from pyhanko.sign.signers import Signer

from sopdocs.errors import UsageError, reason
from sopdocs.sign.secret import Secret
from sopdocs.sign.signer import MemorySigner, require_usable


@dataclass(frozen=True, slots=True)
class Pkcs12Key:
    """A file with key, certificate and, as a rule, the certificates above it."""

    path: Path
    passphrase: Secret = field(repr=False)

    @contextmanager
    def opened(self) -> Generator[Signer]:
        """Yield the key as a signer; raise UsageError when the file or the passphrase is not right."""
        content = _load(_read(self.path), self.passphrase)
        if content is None:
            raise UsageError(
                f"Kata sandi untuk {self.path.name} salah, atau berkas itu rusak atau bukan PKCS#12.",
                "Ketik ulang kata sandinya; bila tetap gagal, minta berkas .p12 itu lagi kepada penerbitnya.",
            )
        key, certificate = content.key, content.cert
        if certificate is None or key is None:
            raise UsageError(
                f"{self.path.name} tidak memuat kunci beserta sertifikatnya.",
                "Ekspor ulang sertifikat bersama kunci pribadinya.",
            )
        require_usable(certificate.certificate, self.path.name)
        if not isinstance(key, rsa.RSAPrivateKey) or key.public_key() != certificate.certificate.public_key():
            raise UsageError(f"Kunci dan sertifikat di {self.path.name} bukan pasangan.", "Minta berkas .p12 itu lagi.")
        chain = tuple(each.certificate.public_bytes(Encoding.DER) for each in content.additional_certs)
        yield MemorySigner(key, certificate.certificate.public_bytes(Encoding.DER), chain)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UsageError(
            f"Berkas sertifikat {path} tidak dapat dibaca: {reason(error)}.",
            "Periksa letaknya: --pkcs12 pada perintah, atau pkcs12 pada segel.yaml.",
        ) from error


def _load(data: bytes, passphrase: Secret) -> pkcs12.PKCS12KeyAndCertificates | None:
    """Return the content, None when the passphrase or the file is wrong: the library cannot tell which."""
    try:
        return pkcs12.load_pkcs12(data, passphrase.reveal().encode())
    except (ValueError, TypeError, UnsupportedAlgorithm):
        return None
