"""Forms of words: which are active, and the active verb behind nouns, passives and roots."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sopdocs.rules.bahasa import Form, active_of, form_of, is_active, likely_active_of, with_me
from sopdocs.rules.kosakata import LIKE_PASSIVES, LIKE_VERBS, ROOTS

ME = """lapor melapor rekap merekap wakil mewakil yakin meyakin masuk memasuk nilai menilai nyanyi menyanyi
    baca membaca fasilitas memfasilitas paraf memaraf proses memproses validasi memvalidasi catat mencatat data mendata
    jawab menjawab ziarah menziarah tulis menulis transfer mentransfer ambil mengambil edit mengedit isi mengisi
    olah mengolah ukur mengukur ganti mengganti hitung menghitung kumpul mengumpul klarifikasi mengklarifikasi
    khawatir mengkhawatir cek mengecek cap mengecap sah mengesah susun menyusun syukur mensyukur kaji mengkaji
    survei menyurvei stempel menstempel""".split()


@pytest.mark.parametrize(("root", "verb"), list(zip(ME[::2], ME[1::2], strict=True)))
def test_the_prefix_follows_the_first_sound(root: str, verb: str) -> None:
    assert with_me(root) == verb
    assert is_active(verb)


def test_every_root_makes_verbs_and_nouns_that_are_told_apart() -> None:
    for root, suffix in ROOTS.items():
        verb = with_me(root) + suffix
        noun = f"pe{with_me(root)[2:]}an"
        assert is_active(verb), verb
        assert (form_of(noun), active_of(noun)) == (Form.NOUN, verb)


def test_words_that_only_look_like_verbs() -> None:
    assert not [word for word in LIKE_VERBS if is_active(word)]
    assert not [word for word in LIKE_PASSIVES if form_of(word) is Form.PASSIVE]


@pytest.mark.parametrize(
    ("word", "form"),
    [
        ("Berkasnya", Form.OTHER),
        ("berkas-berkas", Form.OTHER),
        ("me-review", Form.ACTIVE),
        ("ber-", Form.OTHER),
        ("menanda-tangani", Form.ACTIVE),
        ("MEMERIKSA", Form.ACTIVE),
        ("berangkat", Form.ACTIVE),
        ("belajar", Form.ACTIVE),
        ("mulai", Form.ACTIVE),
        ("menit", Form.OTHER),
        ("memo", Form.OTHER),
        ("merek", Form.OTHER),
        ("diterima", Form.PASSIVE),
        ("dinas", Form.OTHER),
        ("kelengkapannya", Form.NOUN),
        ("surat", Form.OTHER),
        ("", Form.OTHER),
    ],
)
def test_form(word: str, form: Form) -> None:
    assert form_of(word) is form


@pytest.mark.parametrize(
    ("word", "verb"),
    [
        ("Diterima", "menerima"),
        ("Dikumpulkan", "mengumpulkan"),
        ("Ditandatangani", "menandatangani"),
        ("Dipelajari", "mempelajari"),
        ("Diperbaiki", "memperbaiki"),
        ("Perbaikan", "memperbaiki"),
        ("Pemeriksaannya", "memeriksa"),
        ("Cek", "mengecek"),
        ("Kumpulkan", "mengumpulkan"),
        ("Arsip", ""),
        ("Data", ""),
        ("Disposisi", "mendisposisi"),
        ("Dinas", ""),
        ("Penyemprotan", ""),
        ("Surat", ""),
        ("Terima", "menerima"),
    ],
)
def test_active_verb_behind_a_word(word: str, verb: str) -> None:
    assert active_of(word) == verb


@pytest.mark.parametrize(
    ("word", "verb"),
    [
        ("Penyemprotan", "menyemprot(kan/i)"),
        ("Peremajaan", "meremaja(kan/i)"),
        ("Pekerjaan", ""),
        ("Pertemuan", ""),
        ("Kegiatan", ""),
        ("Surat", ""),
    ],
)
def test_likely_verb_behind_a_noun(word: str, verb: str) -> None:
    assert likely_active_of(word) == verb


@given(st.text(max_size=30))
def test_any_word_has_a_form(word: str) -> None:
    assert form_of(word) in Form
    assert isinstance(active_of(word) + likely_active_of(word) + with_me(word), str)
