"""Rules on finished PDFs, each on a good sheet and on a bad one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sopdocs.model import (
    Finding,
    Istilah,
    Kertas,
    PrintedPage,
    PrintedSheet,
    SetelanAturan,
    Severity,
    SmallText,
    Sop,
    Span,
    Workspace,
)
from sopdocs.rules import FINISHED, RULES, check_finished, old_sheet, settle

from .judging import alone
from .making import INSTANSI, sop_of, step

OWN = Span("content/sop/contoh.md", 2, 7)
HEADINGS = "NoUraianProsedurPelaksanaMutuBakuKeteranganStafKelengkapanWaktuOutput"
STEPS = tuple(
    replace(step(number, uraian), span=Span(OWN.path, 10 * number))
    for number, uraian in enumerate(("Menerima surat masuk", "Mencatat surat masuk", "Menyimpan surat"), 1)
)
SOP: Sop = sop_of(*STEPS, spans={"": Span(OWN.path), "nama": OWN})
FIRST = PrintedPage(
    936.0, 609.99, f"IdentitasKualifikasiPelaksana{HEADINGS}1.Menerimasuratmasuk--", False, 61.0, SmallText(7.0, "Ya")
)
SECOND = replace(FIRST, text=f"{HEADINGS}2.Mencatatsuratmasuk--3.Menyimpansurat--CAMAT")
GOOD = PrintedSheet((FIRST, SECOND))


def found(sheet: PrintedSheet, where: Workspace | None = None) -> tuple[Finding, ...]:
    return check_finished(SOP, sheet, where or alone(SOP, office=INSTANSI))


def with_second(**changes: object) -> PrintedSheet:
    return PrintedSheet((FIRST, replace(SECOND, **changes)))


def setting(code: str, **fields: object) -> Workspace:
    return alone(SOP, office=replace(INSTANSI, aturan=(SetelanAturan(code, **fields),)))


def test_a_good_sheet_has_no_finding() -> None:
    assert found(GOOD) == ()


@pytest.mark.parametrize(
    ("sheet", "code", "span", "part"),
    [
        (with_second(blank=True), "SOP851", OWN, "halaman 2 kosong"),
        (with_second(lowest=42.34), "SOP852", OWN, "halaman 2 berisi sampai 42,3 pt dari tepi bawah; 60 pt"),
        (with_second(lowest=0.0), "SOP852", OWN, "0,0 pt"),
        (
            with_second(smallest=SmallText(6.5, "Tidak lengkap")),
            "SOP853",
            OWN,
            "“Tidak lengkap” setinggi 6,5 pt; paling kecil 7 pt",
        ),
        (
            with_second(width=841.9, height=595.3),
            "SOP854",
            OWN,
            "halaman 2 berukuran 297 × 210 mm; kertas kantor F4 rebah 330 × 215 mm",
        ),
        (with_second(width=609.99, height=936.0), "SOP854", OWN, "215 × 330 mm"),
        (
            with_second(text="2.Mencatatsuratmasuk--3.Menyimpansurat--CAMAT"),
            "SOP855",
            Span(OWN.path, 20),
            "halaman 2: tabel prosedur tanpa judul kolom “Uraian Prosedur”, “Pelaksana”, “Mutu Baku”",
        ),
        (
            with_second(text=SECOND.text.replace("MutuBaku", "")),
            "SOP855",
            Span(OWN.path, 20),
            "tanpa judul kolom “Mutu Baku”",
        ),
        (replace(GOOD, not_embedded=("Contoh", "Helvetica")), "SOP856", OWN, "huruf Contoh, Helvetica tidak ikut"),
        (with_second(cut=("Baris " * 20, "lain")), "SOP858", OWN, "2 teks yang terpotong, antara lain “Baris Baris"),
    ],
)
def test_a_bad_sheet_has_one(sheet: PrintedSheet, code: str, span: Span, part: str) -> None:
    (finding,) = found(sheet)
    assert (finding.code, finding.span, finding.severity) == (code, span, RULES[code].severity)
    assert finding.message.startswith("build/sop/contoh.pdf")
    assert part in finding.message
    assert finding.hint


@pytest.mark.parametrize(
    "sheet",
    [
        with_second(lowest=59.6),  # half a line's width below the margin
        with_second(lowest=None, smallest=None),
        with_second(smallest=SmallText(6.96, "x")),
        with_second(width=935.4, height=609.4),
        with_second(text="CAMAT"),  # nothing but the signature
        with_second(text="1.Peraturan2.Mencatat"),  # a list, no row of the table
    ],
    ids=["rounding", "empty", "size", "paper", "signature", "list"],
)
def test_what_is_still_good(sheet: PrintedSheet) -> None:
    assert found(sheet) == ()


def test_the_office_sets_values_headings_and_paper() -> None:
    assert [f.code for f in found(GOOD, setting("SOP852", nilai=(("poin", 70),)))] == ["SOP852", "SOP852"]
    assert [f.code for f in found(GOOD, setting("SOP853", nilai=(("poin", 8),)))] == ["SOP853", "SOP853"]
    assert found(with_second(lowest=56.0), setting("SOP852", nilai=(("poin", 55),))) == ()
    a4 = alone(SOP, office=replace(INSTANSI, kertas=Kertas.A4))
    assert [f.code for f in found(GOOD, a4)] == ["SOP854", "SOP854"]
    words = alone(SOP, office=replace(INSTANSI, istilah=Istilah(mutu_baku="Baku\u00a0Mutu")))
    assert [f.code for f in found(GOOD, words)] == ["SOP855", "SOP855"]
    other = [replace(page, text=page.text.replace("MutuBaku", "BakuMutu")) for page in GOOD.pages]
    assert found(PrintedSheet(tuple(other)), words) == ()


def test_severity_and_switch_of_the_office_count() -> None:
    bad = with_second(lowest=10.0)
    mild = setting("SOP852", tingkat=Severity.CATATAN)
    assert [f.severity for f in settle(found(bad, mild), mild).findings] == [Severity.CATATAN]
    off = setting("SOP852", mati=True)
    assert settle(found(bad, off), off).findings == ()


def test_a_sheet_of_one_of_several_offices_is_told_by_its_own_path() -> None:
    finding = old_sheet(SOP, replace(alone(SOP), office="kec-contoh"), "belum dibuat")
    assert finding.message.startswith(f"build/instansi/kec-contoh/sop/{SOP.slug}.pdf belum dibuat")


def test_an_old_sheet_is_a_note_of_its_own() -> None:
    finding = old_sheet(SOP, alone(SOP), "belum dibuat")
    assert (finding.code, finding.span, finding.severity) == ("SOP857", OWN, Severity.CATATAN)
    assert finding.message == "build/sop/contoh.pdf belum dibuat; halamannya belum diperiksa"
    assert "SOP857" not in FINISHED


def test_every_rule_on_finished_pdfs_is_tried_here() -> None:
    assert sorted(FINISHED) == [f"SOP85{n}" for n in (1, 2, 3, 4, 5, 6, 8)]
