"""The development key: enough to try signing, worth nothing as a certificate."""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from filelock import FileLock
from pyhanko.sign.signers import Signer

from sopdocs.errors import UsageError, reason
from sopdocs.sign.signer import MemorySigner

DEVELOPMENT_NAME = "Kunci pengembangan sopdocs (TIDAK TERSERTIFIKASI)"
"""Subject CN of every development certificate, by which a verifier knows it."""

KEY_FILE = "kunci-pengembangan.pem"
"""Private key and certificate in one file, so that one rename replaces both."""

LOCK_FILE = "kunci-pengembangan.lock"
YEARS_VALID = 10
KEY_BITS = 3072
WAIT_FOR_LOCK = 60.0
"""Seconds to wait for another process that is making the key."""


@dataclass(frozen=True, slots=True)
class DevelopmentKey:
    """A private key with its self-signed certificate."""

    certificate: bytes = field(repr=False)
    """X.509 certificate, DER."""
    private_key: rsa.RSAPrivateKey = field(repr=False, compare=False)
    """An opaque object, not bytes, so that no log or traceback can print the key."""

    @contextmanager
    def opened(self) -> Generator[Signer]:
        """Yield the key as a signer."""
        yield MemorySigner(self.private_key, self.certificate)


def development_key(folder: Path, *, now: datetime) -> DevelopmentKey:
    """Return the development key of `folder`, made there on first use.

    The key is RSA with 3072 bits: ECDSA would put a PDF 2.0 extension (ISO/TS 32002) into a PDF/A-2 file. The
    certificate is valid from `now` (aware) for ten years. A new folder gets mode 0700, the file mode 0600.
    Processes that start together get the same key. Raises UsageError when the folder cannot be written or is
    open to others' writing, and when the file is damaged, too open, or holds a key and a certificate that do
    not belong together.
    """
    if now.tzinfo is None:
        raise ValueError("now must be aware")
    path = folder / KEY_FILE
    with _as_usage_error(folder):
        if not path.exists():
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            _require_private_folder(folder)
            with FileLock(folder / LOCK_FILE, timeout=WAIT_FOR_LOCK, mode=0o600):
                # Another process may have made the key while this one waited.
                if not path.exists():
                    _write_atomically(path, _make(now))
        _require_private_file(path)
        content = path.read_bytes()
    return _read(content, path)


@contextmanager
def _as_usage_error(folder: Path) -> Generator[None]:
    try:
        yield
    except OSError as error:
        raise UsageError(
            f"Kunci pengembangan tidak dapat dibaca atau disimpan di folder {folder}: {reason(error)}.",
            "Pastikan folder itu dapat ditulisi oleh Anda dan penyimpanan tidak penuh, atau pilih folder lain.",
        ) from error


def _require_private_folder(folder: Path) -> None:
    # Whoever may write into the folder may put another key in place of ours.
    if os.name == "posix" and stat.S_IMODE(folder.stat().st_mode) & 0o022:
        raise UsageError(
            f"Folder kunci pengembangan {folder} dapat ditulisi oleh pengguna lain.",
            f"Jalankan: chmod 700 '{folder}'",
        )


def _require_private_file(path: Path) -> None:
    if os.name == "posix" and stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise UsageError(
            f"Kunci pengembangan {path} terbuka bagi pengguna lain.",
            f"Jalankan: chmod 600 '{path}'",
        )


def _make(now: datetime) -> bytes:
    """Return a new key and its certificate as PEM."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=KEY_BITS)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, DEVELOPMENT_NAME)])
    usage = x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,  # the newer name of nonRepudiation
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now)
        .not_valid_after(_years_after(now))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    # Unencrypted: the key certifies nothing, and a passphrase would have to lie beside it to be of use to a build.
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return private + certificate.public_bytes(serialization.Encoding.PEM)


def _years_after(start: datetime) -> datetime:
    try:
        return start.replace(year=start.year + YEARS_VALID)
    except ValueError:  # 29 February
        return (start - timedelta(days=1)).replace(year=start.year + YEARS_VALID)


def _write_atomically(path: Path, content: bytes) -> None:
    # mkstemp makes the file with mode 0600, whatever the umask.
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise


def _read(content: bytes, path: Path) -> DevelopmentKey:
    advice = f"Hapus {path}; kunci baru dibuat pada pemakaian berikutnya."
    try:
        key = serialization.load_pem_private_key(content, password=None)
        certificate = x509.load_pem_x509_certificate(content)
        certificate.verify_directly_issued_by(certificate)
    except (ValueError, TypeError, UnsupportedAlgorithm, InvalidSignature):
        # Not chained: the parser's message could quote the file.
        raise UsageError(f"Berkas kunci pengembangan {path} rusak.", advice) from None
    if not isinstance(key, rsa.RSAPrivateKey) or key.public_key() != certificate.public_key():
        raise UsageError(f"Kunci dan sertifikat di {path} bukan pasangan.", advice)
    return DevelopmentKey(certificate.public_bytes(serialization.Encoding.DER), key)
