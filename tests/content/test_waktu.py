"""Durations."""

from __future__ import annotations

from pathlib import Path

import pytest

from sopdocs.content.waktu import parse_durasi
from sopdocs.model import Durasi, Satuan

from .workspaces import codes, read_kasus


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("15 menit", Durasi(15, 15, Satuan.MENIT)),
        ("2 Jam", Durasi(2, 2, Satuan.JAM)),
        ("1–2 hari kerja", Durasi(1, 2, Satuan.HARI_KERJA)),
        ("1 - 2 HARI  KERJA", Durasi(1, 2, Satuan.HARI_KERJA)),
        ("1 s.d. 2 minggu", Durasi(1, 2, Satuan.MINGGU)),
        ("1 sd 2 bulan", Durasi(1, 2, Satuan.BULAN)),
        ("1,5 hari", Durasi(1.5, 1.5, Satuan.HARI)),
        ("0.25 jam", Durasi(0.25, 0.25, Satuan.JAM)),
        ("2-2 jam", Durasi(2, 2, Satuan.JAM)),
    ],
)  # fmt: skip
def test_durasi(text: str, expected: Durasi) -> None:
    assert parse_durasi(text) == expected


@pytest.mark.parametrize(
    "text",
    ["", "-", "menit", "15", "15menit", "3–1 hari", "-5 menit", "1-2-3 jam", "1.000.000 jam", "٣ jam", "1 abad"],
)  # fmt: skip
def test_no_durasi(text: str) -> None:
    assert parse_durasi(text) is None


@pytest.mark.parametrize(
    ("waktu", "text", "durasi"),
    [
        ("15 menit", "15 menit", Durasi(15, 15, Satuan.MENIT)),
        ("-", "-", None),
        ("–", "–", None),
        ("", "", None),
        ('"Saat itu juga"', "Saat itu juga", None),
        ("“5 menit”", "5 menit", None),
    ],
)  # fmt: skip
def test_waktu_of_a_step(waktu: str, text: str, durasi: Durasi | None, tmp_path: Path) -> None:
    body = f"## Prosedur\n\n### 1. Satu\n- Pelaksana: umum\n- Waktu: {waktu}\n\n### 2. Dua\n- Pelaksana: umum\n"
    sop, findings = read_kasus(tmp_path, body)
    assert codes(findings) == []
    step = sop.prosedur[0].langkah[0]
    assert (step.waktu.text, step.durasi) == (text, durasi)
