"""The decree and the explanation in bundel.yaml."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sopdocs.content import read_workspace
from sopdocs.model import Bundel, Keputusan, Pengertian, Penjelasan, SopDitetapkan, Span

from .workspaces import FRONT, codes, make_workspace, read

CASES = Path(__file__).parent / "cases"
STEP = "## Prosedur\n\n### 1. Satu\n- Pelaksana: umum\n"
PP = "Peraturan Pemerintah Nomor 46 Tahun 2011 tentang "


def bundle(tmp_path: Path, text: str) -> Bundel:
    reading = read(tmp_path, FRONT + STEP, bundel=text)
    assert reading.workspace is not None
    return reading.workspace.bundel


@pytest.fixture
def whole(tmp_path: Path) -> Bundel:
    return bundle(tmp_path, (CASES / "baik-bundel-lengkap.bundel.yaml").read_text(encoding="utf-8"))


def test_the_decree(whole: Bundel) -> None:
    decree = whole.keputusan
    assert (decree.nomor, decree.tanggal, decree.pejabat) == ("1/CONTOH/2024", date(2024, 1, 2), "camat")
    assert decree.menimbang[1] == "bahwa untuk itu perlu ditetapkan standar operasional prosedur;"
    assert decree.memutuskan == ("Menetapkan standar operasional prosedur.",)
    assert decree.sop == (SopDitetapkan("Pengelolaan Surat Keluar"), SopDitetapkan("Kasus", "2/CONTOH/2024"))


def test_references_are_printed_in_full_and_other_texts_as_they_are(whole: Bundel) -> None:
    quoted, bare, plain = whole.keputusan.mengingat
    assert quoted == bare
    assert quoted.startswith(PP)
    assert plain == "Peraturan Contoh Nomor 1 Tahun 2020 tentang Contoh (lampiran [A])"


def test_an_unknown_reference_is_printed_as_written(tmp_path: Path) -> None:
    (text,) = bundle(tmp_path, 'keputusan: {mengingat: "[PP 1/1999] dan [PP  46 / 2011]"}').keputusan.mengingat
    assert text.startswith(f"PP 1/1999 dan {PP}")


def test_the_explanation(whole: Bundel) -> None:
    assert whole.formulir_pemantauan
    assert whole.penjelasan == Penjelasan(
        ("Berlaku di kantor contoh.",),
        ("Memuat dua SOP.", "Disusun menurut urutan kerja."),
        (Pengertian("Pelaksana", "pegawai yang melakukan langkah"),),
    )


def test_every_value_keeps_its_place(whole: Bundel) -> None:
    places = {
        "keputusan": (4, 3),
        "keputusan.nomor": (4, 10),
        "keputusan.menimbang.1": (9, 7),
        "keputusan.mengingat.1": (14, 7),
        "keputusan.memutuskan.0": (16, 15),
        "keputusan.pejabat": (17, 12),
        "keputusan.sop.1": (20, 7),
        "keputusan.sop.1.nomor": (20, 15),
        "keputusan.sop.1.nama": (20, 36),
        "penjelasan.ringkasan.1": (23, 32),
        "penjelasan.pengertian.0.istilah": (25, 17),
        "formulir_pemantauan": (26, 22),
    }
    assert {key: whole.spans[key] for key in places} == {
        key: Span("content/bundel.yaml", line, col) for key, (line, col) in places.items()
    }


@pytest.mark.parametrize("text", ["judul: x", "keputusan: null\npenjelasan: {}", "keputusan: {sop: []}"])
def test_what_is_left_out_is_empty(text: str, tmp_path: Path) -> None:
    found = bundle(tmp_path, text)
    assert (found.keputusan, found.penjelasan, found.formulir_pemantauan) == (Keputusan(), Penjelasan(), False)


def test_a_text_in_memory_is_read_in_place_of_the_file(tmp_path: Path) -> None:
    root = make_workspace(tmp_path, FRONT + STEP, bundel="judul: x")
    reading = read_workspace(root, {"content/bundel.yaml": "keputusan: {pejabat: lurah}"})
    assert codes(reading.findings) == ["SOP030 @ bundel.yaml:1:22"]
    assert reading.workspace is not None
    assert reading.workspace.bundel.keputusan.pejabat is None
