"""Institutions and regions under their different names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sopdocs.model.lembaga import find_lembaga, fold_words, lembaga_key, same_region


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("PANRB", "PAN-RB"),
        ("PAN dan RB", "Menteri Pendayagunaan Aparatur Negara & Reformasi Birokrasi RI"),
        ("Menteri Negara PAN", "PANRB"),
        ("Kepala BKN", "Badan Kepegawaian Negara"),
        ("ANRI", "Arsip Nasional Republik Indonesia"),
        ("Menteri Dagri", "menteri dalam negeri"),
        ("Menteri Contoh", "CONTOH"),
    ],
)
def test_one_institution(one: str, other: str) -> None:
    assert lembaga_key(one) == lembaga_key(other)


@pytest.mark.parametrize(("one", "other"), [("BKN", "LAN"), ("BPK", "BPKP"), ("Keuangan", "Dagri"), ("Contoh", "BKN")])
def test_two_institutions(one: str, other: str) -> None:
    assert lembaga_key(one) != lembaga_key(other)


def test_an_institution_that_is_not_in_the_table() -> None:
    assert find_lembaga("Contoh") is None
    known = find_lembaga("Kepala Lembaga Administrasi Negara")
    assert known is not None
    assert known.singkatan == "LAN"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Bupati Contoh", "Kabupaten Contoh", True),
        ("Kab. Contoh Jaya", "Kabupaten Contoh Jaya", True),
        ("Wali Kota Contoh", "Kota Contoh", True),
        ("Propinsi Contoh", "prov. contoh", True),
        ("Contoh", "Kota Contoh", True),
        ("Kota Contoh", "Kabupaten Contoh", False),
        ("Kabupaten Contoh", "Kabupaten Contoh Jaya", False),
        ("Kotabaru", "Kota Baru", False),
    ],
)
def test_regions(one: str, other: str, same: bool) -> None:
    assert same_region(one, other) is same
    assert same_region(other, one) is same


@given(st.text())
def test_folding_keeps_places(text: str) -> None:
    assert len(fold_words(text)) == len(text)
