"""How an office seals its bundle."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from sopdocs.model.finding import SpanMap


class JenisKunci(StrEnum):
    """Where the signing key lives."""

    PENGEMBANGAN = "pengembangan"
    """A key that this machine makes for itself; it certifies nothing."""
    PKCS12 = "pkcs12"
    """A file that holds key and certificate (.p12, .pfx)."""
    PKCS11 = "pkcs11"
    """A token or hardware module."""
    BSRE = "bsre"
    """The signing service of Balai Besar Sertifikasi Elektronik."""


@dataclass(frozen=True, slots=True)
class Token:
    """Where a PKCS#11 key is found; its PIN is never written down."""

    pustaka: str
    """Path of the vendor's library."""
    token: str
    """Label of the token."""
    label: str
    """Label of certificate and key on the token."""


@dataclass(frozen=True, slots=True)
class LayananBsre:
    """An agency's BSrE service; user, passphrase and NIK are never written down."""

    alamat: str
    """Base URL."""
    versi: int = 2
    """Of the Esign Client API: 1 or 2."""


@dataclass(frozen=True, slots=True)
class Segel:
    """Settings of the seal (`segel.yaml`); never a secret."""

    kunci: JenisKunci = JenisKunci.PENGEMBANGAN
    pejabat: str | None = None
    """Key in pejabat.yaml of who seals; None: the one official who approves every SOP of the bundle."""
    kalimat: str | None = None
    """Wording beside the QR code; None: the one that fits the kind of key."""
    alamat_verifikasi: str | None = None
    """What the QR code says; None: the SHA-256 of the unsigned bundle."""
    penanda_waktu: str | None = None
    """URL of an RFC 3161 time stamping authority."""
    pkcs12: str | None = None
    """Path of the file, absolute or below the workspace."""
    pkcs11: Token | None = None
    bsre: LayananBsre | None = None
    spans: SpanMap = field(default_factory=SpanMap, compare=False, repr=False, hash=False)
