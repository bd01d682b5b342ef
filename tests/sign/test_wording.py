"""The mark says who, when and by what; BSrE is named only where BSrE signs."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sopdocs.model import Instansi, JenisKunci, Pejabat, Segel
from sopdocs.sign import mark_words
from sopdocs.sign.wording import names_bsre

OFFICE = Instansi("Kecamatan Contoh Jaya", ("KECAMATAN CONTOH JAYA",), tempat="Contoh Jaya")
OFFICIAL = Pejabat("camat", "Camat Contoh Jaya", "Budi Contoh, S.Contoh.", "19700101 199501 1 001")
TIME = datetime(2026, 11, 23, 10, 5, tzinfo=timezone(timedelta(hours=8)))
BSRE = "Ditandatangani dengan sertifikat dari Balai Besar Sertifikasi Elektronik"


def test_the_lines() -> None:
    words = mark_words(Segel(kunci=JenisKunci.PKCS12), OFFICE, OFFICIAL, TIME, b"bundel")
    assert words.lines == (
        "Budi Contoh, S.Contoh.",
        "Camat Contoh Jaya, Kecamatan Contoh Jaya",
        "23 November 2026 pukul 10.05 WITA",
        "Dokumen ini telah ditandatangani secara elektronik menggunakan sertifikat elektronik.",
    )
    assert words.qr == f"sha256:{hashlib.sha256(b'bundel').hexdigest()}"
    for part in ("Tanda tangan elektronik, Budi Contoh", "di Contoh Jaya", "10.05 WITA"):
        assert part in words.alt


def test_a_trial_names_nobody() -> None:
    words = mark_words(Segel(), OFFICE, OFFICIAL, TIME, b"bundel")
    assert words.lines[:2] == ("Segel uji coba", "Kecamatan Contoh Jaya")
    assert OFFICIAL.nama not in " ".join((*words.lines, words.alt))


def test_no_identity_number_is_printed() -> None:
    words = mark_words(Segel(kunci=JenisKunci.BSRE), OFFICE, OFFICIAL, TIME, b"")
    assert OFFICIAL.nip not in " ".join((*words.lines, words.alt, words.qr))


@pytest.mark.parametrize(
    ("hours", "zone"), [(7, "WIB"), (8, "WITA"), (9, "WIT"), (0, "UTC+00.00"), (-3.5, "UTC-03.30"), (5.75, "UTC+05.45")]
)
def test_the_zone(hours: float, zone: str) -> None:
    time = TIME.astimezone(timezone(timedelta(hours=hours)))
    assert mark_words(Segel(), OFFICE, None, time, b"").lines[-2].endswith(f" {zone}")


def test_a_time_without_zone_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="aware"):
        mark_words(Segel(), OFFICE, None, datetime(2026, 1, 1), b"")


@given(st.sampled_from(JenisKunci), st.sampled_from([None, BSRE, "bsre", "Oleh  Balai\nBesar Sertifikasi Elektronik!"]))
def test_bsre_is_named_only_by_bsre(kind: JenisKunci, sentence: str | None) -> None:
    words = mark_words(Segel(kunci=kind, kalimat=sentence), OFFICE, OFFICIAL, TIME.astimezone(UTC), b"")
    assert names_bsre(" ".join((*words.lines, words.alt))) == (kind is JenisKunci.BSRE)


@given(st.one_of(st.none(), st.text(min_size=1)))
def test_a_development_key_always_says_so(sentence: str | None) -> None:
    words = mark_words(Segel(kalimat=sentence), OFFICE, OFFICIAL, TIME, b"")
    assert "bukan tanda tangan elektronik tersertifikasi" in words.lines[-1]
    assert words.alt.startswith("Segel uji coba")
    assert OFFICIAL.nama not in " ".join((*words.lines, words.alt))  # who did not sign is not named


def test_the_office_chooses_sentence_and_address() -> None:
    segel = Segel(
        kunci=JenisKunci.PKCS11, kalimat="Sah tanpa cap basah.", alamat_verifikasi="https://contoh.invalid/cek"
    )
    words = mark_words(segel, OFFICE, OFFICIAL, TIME, b"")
    assert (words.lines[-1], words.qr) == ("Sah tanpa cap basah.", "https://contoh.invalid/cek")


def test_without_an_official_the_office_signs() -> None:
    words = mark_words(Segel(kunci=JenisKunci.PKCS12), OFFICE, None, TIME, b"")
    assert words.lines[0] == "Kecamatan Contoh Jaya"
