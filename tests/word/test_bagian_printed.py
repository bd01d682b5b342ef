"""The parts around the sheets as LibreOffice prints them."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from datetime import date

import pdfplumber
import pikepdf
import pytest
from word_parts import BUNDLE, NAMES, filled, make, sops
from word_samples import LOGO, ROOT, chain, inputs, sop, step

from sopdocs.content import read_workspace
from sopdocs.model import Keputusan, Kertas, Pengertian, Penjelasan, Prosedur, Sop, SopDitetapkan
from sopdocs.office import Converter
from sopdocs.pdf import normalise
from sopdocs.word import Inputs
from tests.pdf.pdf_samples import conformance_failures

DAY = date(2023, 1, 2)
FOOTER = 70
"""Points above the lower edge that stay empty: the stamps, and above them the band of the page numbers."""
LONG = (
    "bahwa tertib administrasi di lingkungan kantor memerlukan prosedur yang baku, terukur, dan ditinjau berkala; " * 3
)


@dataclass(frozen=True)
class Page:
    """A printed page."""

    height: float
    words: list[dict[str, float]]
    text: str
    smallest: float


@dataclass(frozen=True)
class Printed:
    """A printed part."""

    pdf: bytes
    pages: list[Page]

    @property
    def text(self) -> str:
        return "\n".join(page.text for page in self.pages)

    @property
    def links(self) -> list[tuple[str, str]]:
        with pikepdf.open(io.BytesIO(self.pdf)) as document:
            found = [link for page in document.pages for link in page.obj.get("/Annots", [])]
            return [(str(link.A.URI), str(link.Contents).strip()) for link in found]


def print_part(converter: Converter, name: str, found: tuple[Sop, ...], about: Inputs) -> Printed:
    pdf = normalise(converter.convert(make(name, found, about), name=name), title=name, date=DAY)
    pages: list[Page] = []
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        for page in document.pages:
            words = page.extract_words()
            assert all(word["x0"] >= 42 and word["x1"] <= float(page.width) - 42 for word in words)
            marks = [*words, *page.rects, *page.lines, *page.curves]
            assert all(mark["bottom"] <= float(page.height) - FOOTER for mark in marks)
            smallest = min(char["size"] for char in page.chars)
            pages.append(Page(float(page.height), words, page.extract_text(), smallest))
    assert all(page.words and page.smallest >= 7 for page in pages)
    return Printed(pdf, pages)


def real() -> tuple[tuple[Sop, ...], Inputs]:
    workspace = read_workspace(ROOT).workspace
    assert workspace is not None
    return tuple(workspace.sop[slug] for slug in workspace.bundel.sop), Inputs(workspace, LOGO, konsep=True)


@pytest.mark.parametrize("name", NAMES)
def test_the_offices_own_content(name: str, converter: Converter):
    found, about = real()
    printed = print_part(converter, name, found, about)
    assert conformance_failures(printed.pdf) == []
    assert all("KONSEP – belum boleh ditandatangani" in page.text for page in printed.pages)
    if name == "pemantauan":
        assert all(each.nama in printed.text for each in found)
    else:
        assert {(f"../sop/{each.slug}.pdf", each.nama) for each in found} <= set(printed.links)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("kertas", [Kertas.A4, Kertas.LETTER])
def test_other_papers_break_no_heading(name: str, kertas: Kertas, converter: Converter):
    printed = print_part(converter, name, sops(2), inputs(kertas=kertas))
    assert conformance_failures(printed.pdf) == []
    headings = {
        "keputusan": "Menimbang Mengingat MEMUTUSKAN: Menetapkan KESATU LAMPIRAN",
        "daftar-isi": "Bagian Nomor Revisi Terakhir Halaman",
        "penjelasan": "Langkah Pelaksana Keputusan Kapsul Segilima",
        "perubahan": "SOP Yang Berubah Alasan Oleh Evaluasi Umum",
        "register": "Pembuatan Revisi Pengesahan Efektif Pejabat Hlm. Waktu Pemantauan Evaluasi KONSEP 02-01-2023",
        "pemantauan": "Prosedur Penilaian Penerapan Berjalan Baik Tidak Catatan Tindakan Paraf",
    }
    assert set(headings[name].split()) <= set(printed.text.split())


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ("keputusan", "No Nomor SOP Nama SOP"),
        ("daftar-isi", "Bagian / Nama SOP Nomor SOP"),
        ("penjelasan", "Nama SOP Langkah Pelaksana"),
        ("register", "Pembuatan Revisi Pengesahan Efektif"),
    ],
)
def test_two_hundred_sops_repeat_the_header_rows(name: str, header: str, converter: Converter):
    found = sops(200)
    printed = print_part(converter, name, found, inputs())
    assert len(printed.pages) > 5
    with_rows = [page for page in printed.pages if "060/" in page.text or "Umum, Teknis" in page.text]
    assert len(with_rows) > 5
    assert all(header in page.text for page in with_rows)
    targets = [target for target, _ in printed.links if target.startswith("../sop/")]
    assert set(targets) == {f"../sop/{each.slug}.pdf" for each in found}
    assert conformance_failures(printed.pdf) == []


def test_links_look_like_the_text_around_them(converter: Converter):
    printed = print_part(converter, "daftar-isi", sops(1), inputs())
    with pdfplumber.open(io.BytesIO(printed.pdf)) as document:
        page = document.pages[0]
        assert {char["non_stroking_color"] for char in page.chars} <= {(0,), (0.0,), (0, 0, 0), None}
        rules = [rect for rect in (*page.rects, *page.lines) if rect["height"] < 1.5 and 20 < rect["width"] < 330]
        names = [word for word in page.extract_words() if word["text"] == "Pengukuran"]
        assert not [rule for rule in rules for name in names if 0 <= rule["top"] - name["bottom"] < 1]


def test_a_decree_of_many_paragraphs_runs_over_pages(converter: Converter):
    keputusan = Keputusan("1/2023", DAY, LONG, (LONG,) * 12, (LONG,) * 12, (LONG,) * 12)
    about = inputs(bundel=replace(BUNDLE, keputusan=keputusan), tempat="Contoh")
    printed = print_part(converter, "keputusan", sops(3), about)
    assert conformance_failures(printed.pdf) == []
    signed = next(page.text for page in printed.pages if "Ditetapkan di Contoh" in page.text)
    assert "pada tanggal 2 Januari 2023\nCAMAT CONTOH,\nSITI AMINAH, S.I.P.\nNIP. 19700101 199001 2 001" in signed
    assert "KEDUA BELAS" in signed  # no signature alone on its page
    attached = next(page.text for page in printed.pages if "LAMPIRAN" in page.text)
    assert attached.startswith("LAMPIRAN")


def test_the_signature_below_the_list_is_never_alone_on_its_page(converter: Converter):
    keputusan = Keputusan(sop=tuple(SopDitetapkan(f"Nama {n}", f"060/{n}") for n in range(1, 20)))
    printed = print_part(converter, "keputusan", sops(1), inputs(bundel=replace(BUNDLE, keputusan=keputusan)))
    assert conformance_failures(printed.pdf) == []
    last = printed.pages[-1].text
    assert "060/16" not in last
    assert last.index("No Nomor SOP Nama SOP") < last.index("060/17") < last.index("060/19") < last.index("NIP.")


def test_a_form_of_many_steps_repeats_its_header(converter: Converter):
    steps = tuple(step(n, LONG if n % 7 == 0 else "") for n in range(1, 41))
    printed = print_part(converter, "pemantauan", (sop(Prosedur(steps, ())), sop(chain(2), nama="Lain")), filled())
    assert conformance_failures(printed.pdf) == []
    assert len(printed.pages) > 3
    assert all("Berjalan" in page.text and "Paraf Penilai" in page.text for page in printed.pages)
    assert printed.pages[-1].text.startswith("FORMULIR PEMANTAUAN PENERAPAN SOP\nLain\n")
    assert all("FORMULIR" not in page.text for page in printed.pages[1:-1])
    assert {f"{n}." for n in range(1, 41)} <= set(printed.text.split())


def test_the_symbols_stay_on_one_page_with_their_heading(converter: Converter):
    explanation = Penjelasan((LONG,) * 8, (LONG,), (Pengertian("Surat", LONG),) * 4)
    printed = print_part(converter, "penjelasan", sops(1), inputs(bundel=replace(BUNDLE, penjelasan=explanation)))
    assert conformance_failures(printed.pdf) == []
    page = next(page.text for page in printed.pages if "Arti Lambang" in page.text)
    assert all(name in page for name in ("Kapsul", "Kotak", "Belah ketupat", "Anak panah", "Segilima"))
