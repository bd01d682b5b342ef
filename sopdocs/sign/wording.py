"""What the visible mark says: who, for which office, when, and by what kind of key."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from babel.dates import format_date

from sopdocs.model import Instansi, JenisKunci, Pejabat, Segel

_BSRE = (
    "Dokumen ini telah ditandatangani secara elektronik menggunakan sertifikat elektronik yang diterbitkan oleh "
    "Balai Besar Sertifikasi Elektronik (BSrE), Badan Siber dan Sandi Negara (BSSN)."
)
_CERTIFICATE = "Dokumen ini telah ditandatangani secara elektronik menggunakan sertifikat elektronik."
_DEVELOPMENT = "Segel uji coba dengan kunci pengembangan; bukan tanda tangan elektronik tersertifikasi."
_ZONES = {7: "WIB", 8: "WITA", 9: "WIT"}
"""Hours ahead of UTC -> Indonesian time zone (Keputusan Presiden Nomor 41 Tahun 1987)."""


@dataclass(frozen=True, slots=True)
class MarkWords:
    """The mark in words."""

    lines: tuple[str, ...]
    """Name, office and rank, time, sentence."""
    qr: str
    """What the QR code says."""
    alt: str
    """What assistive technology reads in place of the picture."""


def mark_words(segel: Segel, office: Instansi, official: Pejabat | None, now: datetime, pdf: bytes) -> MarkWords:
    """Return the words for sealing `pdf`, the unsigned bundle, at `now` (aware, in the office's time zone).

    BSrE is named only for its own kind of key: a `kalimat` that names it is not used with another. With the
    development key no official is named, and the sentence says that nothing is certified, whatever the settings say.
    """
    time, sentence = _time(now), _sentence(segel)
    trial = segel.kunci is JenisKunci.PENGEMBANGAN
    if trial:
        # No official's name: nobody has signed.
        who = ("Segel uji coba", office.nama)
    elif official is None:
        who = (office.nama,)
    else:
        rank = official.jabatan
        who = (official.nama, rank if office.nama in rank else f"{rank}, {office.nama}")
    kind = () if trial else ("Tanda tangan elektronik",)
    place = f", di {office.tempat}" if office.tempat else ""
    alt = f"{', '.join((*kind, *who))}{place}, {time}. {sentence}"
    qr = segel.alamat_verifikasi or f"sha256:{hashlib.sha256(pdf).hexdigest()}"
    return MarkWords((*who, time, sentence), qr, alt)


def _sentence(segel: Segel) -> str:
    if segel.kunci is JenisKunci.PENGEMBANGAN:
        return _DEVELOPMENT
    if segel.kunci is JenisKunci.BSRE:
        return segel.kalimat or _BSRE
    own = segel.kalimat or _CERTIFICATE
    return _CERTIFICATE if names_bsre(own) else own


def names_bsre(text: str) -> bool:
    """Tell whether `text` names the state's certification service."""
    plain = " ".join(text.casefold().split())
    return any(name in plain for name in ("bsre", "balai besar sertifikasi elektronik", "balai sertifikasi elektronik"))


def _time(now: datetime) -> str:
    """Return "23 November 2026 pukul 10.34 WITA"; an offset in hours where no Indonesian zone has it."""
    offset = now.utcoffset()
    if offset is None:
        raise ValueError("now must be aware")
    minutes = int(offset.total_seconds()) // 60
    hours, rest = divmod(abs(minutes), 60)
    shown = _ZONES.get(hours) if rest == 0 and minutes > 0 else None
    shown = shown or f"UTC{'-' if minutes < 0 else '+'}{hours:02d}.{rest:02d}"
    return f"{format_date(now, 'd MMMM y', locale='id')} pukul {now:%H.%M} {shown}"
