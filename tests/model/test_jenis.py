"""The table of kinds: what is printed, what is recognised, what stands above what."""

from __future__ import annotations

import pytest

from sopdocs.model.jenis import JENIS, JENIS_BY_KEY, Pemilik, find_jenis, printed_jenis


@pytest.mark.parametrize(
    ("jenis", "printed"),
    [
        ("UUD", "Undang-Undang Dasar"),
        ("UU", "Undang-Undang"),
        ("Perppu", "Peraturan Pemerintah Pengganti Undang-Undang"),
        ("PP", "Peraturan Pemerintah"),
        ("Perpres", "Peraturan Presiden"),
        ("Keppres", "Keputusan Presiden"),
        ("Permen PANRB", "Peraturan Menteri Pendayagunaan Aparatur Negara dan Reformasi Birokrasi"),
        ("permen pan-rb", "Peraturan Menteri Pendayagunaan Aparatur Negara dan Reformasi Birokrasi"),
        ("Permendagri", "Peraturan Menteri Dalam Negeri"),
        ("PMK", "Peraturan Menteri Keuangan"),
        ("Permen Contoh", "Peraturan Menteri Contoh"),
        ("Perka BKN", "Peraturan Kepala Badan Kepegawaian Negara"),
        ("Perban BKN", "Peraturan Badan Kepegawaian Negara"),
        ("Perka", "Peraturan Kepala"),
        ("Perda", "Peraturan Daerah"),
        ("Perda Kabupaten Contoh", "Peraturan Daerah Kabupaten Contoh"),
        ("Pergub", "Peraturan Gubernur"),
        ("Perbup", "Peraturan Bupati"),
        ("Perwali", "Peraturan Wali Kota"),
        ("SE Bupati Contoh", "Surat Edaran Bupati Contoh"),
        ("Peraturan Walikota Contoh", "Peraturan Walikota Contoh"),
        ("Peraturan Kepala BKN", "Peraturan Kepala BKN"),
        ("Surat Edaran Camat", "Surat Edaran Camat"),
        ("Peraturan Contoh", "Peraturan Contoh"),
        ("Perbupati", "Perbupati"),
    ],
)
def test_short_names_are_printed_in_full_and_others_as_written(jenis: str, printed: str) -> None:
    assert printed_jenis(jenis) == printed


NAMES = [
    (jenis.key, f"{nama} {sebutan.lanjutan[0]}" if sebutan.lanjutan else nama)
    for jenis in JENIS
    for sebutan in jenis.sebutan
    for nama in (sebutan.nama, *sebutan.singkatan, *sebutan.lama)
]


@pytest.mark.parametrize(("key", "nama"), NAMES)
def test_every_name_is_found(key: str, nama: str) -> None:
    found = find_jenis(nama)
    assert found is not None
    assert found.jenis.key == key


@pytest.mark.parametrize("text", ["", "PPN", "Peraturan", "Peraturan Contoh", "Undang", "SOP", "Perdana"])
def test_no_kind(text: str) -> None:
    assert find_jenis(text) is None


def test_the_order_of_the_law() -> None:
    """UU 12/2011 art. 7 (1); ministers between Perpres and Perda by convention."""
    order = ["uud", "tap_mpr", "uu", "pp", "perpres", "permen", "perda_provinsi", "perda_kabupaten_kota", "perbup"]
    ranks = [JENIS_BY_KEY[key].peringkat for key in order]
    assert ranks == sorted(set(ranks), key=lambda rank: rank or 0)
    equals = [("uu", "perppu"), ("permen", "peraturan_lembaga"), ("pergub", "perda"), ("perbup", "perwali")]
    assert all(JENIS_BY_KEY[one].peringkat == JENIS_BY_KEY[other].peringkat for one, other in equals)
    assert max(jenis.peringkat or 0 for jenis in JENIS) == JENIS_BY_KEY["se"].peringkat
    assert {jenis.key for jenis in JENIS if jenis.peringkat is None} == {
        *("peraturan_perangkat_daerah", "kepmen", "keputusan_kepala", "kepgub", "kepbup", "kepwali")
    }
    assert len(JENIS_BY_KEY) == len(JENIS)


@pytest.mark.parametrize(
    ("text", "lembaga"),
    [
        ("Peraturan Menteri Dalam Negeri", "Menteri Dalam Negeri"),
        ("Permen RI Contoh", "Menteri Contoh"),
        ("PMK", "Menteri Keuangan"),
        ("Peraturan Bupati", None),
        ("Peraturan Presiden Republik Indonesia", None),
    ],
)
def test_the_maker(text: str, lembaga: str | None) -> None:
    found = find_jenis(text)
    assert found is not None
    assert found.lembaga(text[found.end :]) == lembaga
    assert (lembaga is None) or found.jenis.pemilik is Pemilik.LEMBAGA
