"""Fixes of the rules on words: only where there is but one answer."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sopdocs.model import Fix, Paragraph, RichText, Run, Span
from sopdocs.rules import RULES

from .judging import hits
from .making import rich, sop_of, step, workspace_of


def _fixes(code: str, uraian: str) -> list[tuple[str, str, int]]:
    """Old text, new text and offset in the uraian, which begins at column 8 of line 10."""
    found = [hit.fix for hit in hits(RULES[code], workspace_of(sop_of(step(1, uraian)))) if hit.fix]
    assert all(fix.span and (fix.span.path, fix.span.line) == ("sop.md", 10) for fix in found)
    return [(fix.old, fix.new, fix.span.col - 8) for fix in found if fix.span]


@pytest.mark.parametrize(
    ("uraian", "old", "new", "at"),
    [
        ("Penyusunan laporan", "Penyusunan", "Menyusun", 0),
        ("penyusunan laporan hasil pemeriksaan", "penyusunan", "menyusun", 0),
        ("PENYUSUNAN LAPORAN", "PENYUSUNAN", "MENYUSUN", 0),
        ("Penerimaan surat masuk", "Penerimaan", "Menerima", 0),
        ("a. Periksa berkas", "Periksa", "Memeriksa", 3),
        ("Pemeriksaan", "Pemeriksaan", "Memeriksa", 0),
        ("Rapat persiapan", "Rapat", "Mengadakan rapat", 0),
    ],
)
def test_the_active_verb(uraian: str, old: str, new: str, at: int) -> None:
    assert _fixes("SOP140", uraian) == [(old, new, at)]


@pytest.mark.parametrize(
    "uraian",
    [
        "Disusun laporan",  # passive
        "Diperiksa petugas",
        "Penyusunan oleh tim",  # who acts
        "Pengesahan Camat",
        "Pemeriksaan Kasi",
        "Penerimaan dan pencocokan berkas",  # two acts
        "Penerimaan berkas dan pencocokan isinya",
        "Penerimaan/pencocokan berkas",
        "Penerimaan berkas, pencocokan isinya",
        "Pengiriman surat yang ditandatangani",  # another verb
        "Kirim surat lalu menyimpan tanda terimanya",
        "Permohonan izin",  # a document
        "Disposisi surat",
        "Tata usaha",  # a compound
        "Simpan pinjam",
        "Penyusunannya selesai",
        "PenyuSunan laporan",
        "Terima kasih",
        "Berkas lengkap",
    ],
)
def test_no_active_verb_where_it_takes_judgement(uraian: str) -> None:
    assert _fixes("SOP140", uraian) == []


@pytest.mark.parametrize(
    ("uraian", "fixes"),
    [
        ("Menyimpan berkas.", [("berkas.", "berkas", 10)]),
        ("menyimpan berkas.", [("berkas.", "berkas", 10), ("menyimpan", "Menyimpan", 0)]),
        ("a. menyimpan berkas", [("menyimpan", "Menyimpan", 3)]),
        ("Menyimpan berkas tingkat kec.", []),
        ("Menyimpan berkas tahun 2020.", []),
        ("Menyimpan berkas milik B.Contoh.", []),
        ("Menyimpan berkas. Mencatat nomornya.", []),
        ("Menyimpan berkas .", []),
        ("www.contoh.invalid dibuka", []),
        ("surat@contoh.invalid dibuka", []),
    ],
)
def test_capital_and_full_stop(uraian: str, fixes: list[tuple[str, str, int]]) -> None:
    assert _fixes("SOP152", uraian) == fixes


@pytest.mark.parametrize(
    ("uraian", "fixes"),
    [
        ("Menyimpan surat dan dan arsip", [("dan dan", "dan", 16)]),
        ("Dengan dengan surat", [("Dengan dengan", "Dengan", 0)]),
        ("Mencari di di di lemari", [("di di di", "di", 8)]),
        ("Surat dan dan arsip dan dan buku", [("dan dan arsip dan dan", "dan arsip dan", 6)]),
        ("Surat dan  dan arsip", []),
        ("Surat dan Dan arsip", []),
        ("Surat dan dan arsip dan  dan buku", []),
        ("Menyimpan surat surat", []),
        ("Menghitung saat saat sibuk", []),
        ("Mencari di sana", []),
    ],
)
def test_doubled_function_words(uraian: str, fixes: list[tuple[str, str, int]]) -> None:
    assert _fixes("SOP151", uraian) == fixes


def test_titles_and_regulations_are_not_touched() -> None:
    sop = sop_of(step(1, "Menyimpan"), nama="Surat dan dan Arsip", dasar_hukum=rich("Peraturan tentang tentang Contoh"))
    found = hits(RULES["SOP151"], workspace_of(sop))
    assert [hit.fix for hit in found] == [None, None]


def _linking(text: str, *titles: str) -> list[Fix | None]:
    span = Span("sop.md", 4, 3)
    links = RichText((Paragraph((Run(text),), "•", 0, span),), span)
    others = [replace(sop_of(), slug=f"lain-{n}", nama=title) for n, title in enumerate(titles)]
    workspace = workspace_of(sop_of(keterkaitan=links), *others)
    return [hit.fix for hit in hits(RULES["SOP139"], workspace)]


def test_a_title_in_words_becomes_a_link() -> None:
    at = Span("sop.md", 4, 7)
    assert _linking("SOP Surat Masuk.", "Surat Masuk") == [Fix("Surat Masuk", "[[lain-0]]", at)]
    assert _linking("SOP surat masuk", "Surat Masuk") == [Fix("surat masuk", "[[lain-0]]", at)]


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("Surat Masuk", ("Surat Masuk", "surat masuk")),  # which?
        ("Surat  Masuk", ("Surat Masuk",)),  # not written as it is printed
        ("Surat Masukk", ("Surat Masuk",)),  # like a title only
    ],
)
def test_no_link_where_it_takes_judgement(text: str, titles: tuple[str, ...]) -> None:
    assert _linking(text, *titles) == [None]
