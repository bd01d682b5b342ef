"""Paper sizes, signatures, drafts and the cover."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

import pdfplumber
import pytest
from lxml import etree
from word_flows import over_pages
from word_samples import COVER_TEMPLATE, SOP_TEMPLATE, build, edited, inputs, sop, unpack

from sopdocs.model import Bundel, Kertas, TandaTangan
from sopdocs.office import Converter
from sopdocs.word import make_cover
from sopdocs.word.context import capital_name
from sopdocs.word.xml import qn

SIZES = {  # LibreOffice takes F4 for the 13-inch Folio it knows, 0.6 pt longer
    "F4": (935.4, 609.4),
    "A4": (841.9, 595.3),
    "Legal": (1008, 612),
    "Letter": (792, 612),
}
JUDUL = "Standar Operasional Prosedur Kecamatan Paringin Selatan"


def words(docx: bytes, converter: Converter) -> list[tuple[float, float, list[dict[str, float]], str]]:
    """Width, height, words and text of each page."""
    with pdfplumber.open(io.BytesIO(converter.convert(docx, name="x"))) as document:
        return [(float(p.width), float(p.height), p.extract_words(), p.extract_text()) for p in document.pages]


@pytest.mark.parametrize("kertas", Kertas)
def test_the_sheet_fits_every_paper(kertas: Kertas, converter: Converter):
    for width, height, found, _ in words(build(about=inputs(kertas=kertas, tempat="Paringin")).docx, converter):
        assert (width, height) == pytest.approx(SIZES[kertas.value], abs=0.7)
        assert all(word["x0"] >= 42 and word["x1"] <= width - 42 for word in found)
        name = next((word for word in found if word["text"] == "AMINAH,"), None)
        if name is not None:  # the signature stands in the right third of the page
            assert name["x0"] > width * 0.66


@pytest.mark.parametrize("kertas", Kertas)
def test_far_indents_tabs_and_headers_follow_the_paper_and_lists_do_not(kertas: Kertas):
    tabs = '<w:pPr><w:tabs><w:tab w:val="right" w:pos="17009"/></w:tabs>'
    style = '<w:pPr><w:pStyle w:val="Konsep"/>'
    header = edited(SOP_TEMPLATE, style, style + tabs.removeprefix("<w:pPr>"), "word/header1.xml")
    parts = unpack(build(about=inputs(kertas=kertas), template=header).docx)
    section = etree.fromstring(parts["word/document.xml"]).find(f".//{qn('w:pgSz')}")
    room = int(section.get(qn("w:w"))) - 1700
    tab = etree.fromstring(parts["word/header1.xml"]).find(f".//{qn('w:tab')}")
    assert int(tab.get(qn("w:pos"))) == pytest.approx(room, abs=3)
    styles = {s.get(qn("w:styleId")): s for s in etree.fromstring(parts["word/styles.xml"]).iter(qn("w:style"))}
    left = {key: int(styles[key].find(f".//{qn('w:ind')}").get(qn("w:left"))) for key in ("TandaTangan", "Butir")}
    assert left["TandaTangan"] / room == pytest.approx(10770 / 17009, abs=0.002)
    assert left["Butir"] == 340


def test_the_draft_is_marked_on_every_page_or_on_none(converter: Converter):
    for konsep in (True, False):
        pages = words(build(over_pages(), inputs(konsep=konsep)).docx, converter)
        pages += words(make_cover((sop(),), inputs(konsep=konsep), COVER_TEMPLATE, None), converter)
        assert len(pages) > 3
        assert ["KONSEP – belum boleh ditandatangani" in text for *_, text in pages] == [konsep] * len(pages)


def test_the_signature_stands_below_the_table_with_place_and_date(converter: Converter):
    text = words(build(about=inputs(tempat="Paringin")).docx, converter)[-1][3]
    tail = text[text.index("Paringin, 03 Februari 2023") :]
    assert tail.split("\n") == [
        "Paringin, 03 Februari 2023",
        "CAMAT CONTOH,",
        "SITI AMINAH, S.I.P.",
        "NIP. 19700101 199001 2 001",
        "SOP Nomor 060/01/2023 · lembar 1 dari 1",
    ]


def test_every_page_says_of_which_sop_and_how_many_it_is_above_the_stamp_zone(converter: Converter):
    pages = words(build(over_pages()).docx, converter)
    feet = [text.split("\n")[-1] for *_, text in pages]
    assert feet == [f"SOP Nomor 060/01/2023 · lembar {n} dari {len(pages)}" for n in range(1, len(pages) + 1)]
    unnumbered = words(build(replace(sop(), nomor=None)).docx, converter)[-1][3]
    assert unnumbered.endswith("SOP belum bernomor · lembar 1 dari 1")


def test_a_sheet_not_yet_approved_leaves_room_for_the_date(converter: Converter):
    text = words(build(sop(pengesahan=None), inputs(tempat="Paringin")).docx, converter)[-1][3]
    assert "Paringin, …" in text
    assert "Paringin, -" not in text


def test_without_a_place_no_date_stands_above_the_signature(converter: Converter):
    text = words(build().docx, converter)[-1][3]
    assert "Februari" not in text
    assert "CAMAT CONTOH,\nSITI AMINAH" in text


def test_the_signature_may_stand_in_the_identity_block(converter: Converter):
    text = words(build(about=inputs(tanda_tangan=TandaTangan.IDENTITAS)).docx, converter)[0][3]
    assert text.count("Siti Aminah, S.I.P.") == 1
    assert text.count("NIP. 19700101 199001 2 001") == 1
    assert text.index("Siti Aminah") < text.index("Dasar Hukum")


def test_dates_and_address_are_printed_when_given(converter: Converter):
    bare = words(build().docx, converter)[0][3]
    assert "Tanggal Efektif" not in bare
    given = sop(efektif=date(2023, 12, 31), revisi=date(2023, 5, 6), nomor=None)
    text = words(build(given, inputs(alamat="Jalan Raya 1")).docx, converter)[0][3]
    assert "Tanggal Efektif : 31 DESEMBER 2023" in text
    assert "Tanggal Revisi : 06 MEI 2023" in text
    assert "Nomor SOP : -" in text
    assert "Jalan Raya 1" in text


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Renny Yudisthesia, S.I.P., M.I.P.", "RENNY YUDISTHESIA, S.I.P., M.I.P."),
        ("Drs. H. Ahmad Yani, S.Kom.", "Drs. H. AHMAD YANI, S.Kom."),
        ("Siti", "SITI"),
    ],
)
def test_degrees_keep_their_spelling_in_capitals(name: str, shown: str):
    assert capital_name(name) == shown


COVERS = [
    (2, 0, Kertas.F4),
    (15, 0, Kertas.A4),
    (17, 0, Kertas.LETTER),
    (13, 2, Kertas.LETTER),
    (15, 2, Kertas.A4),
    (40, 3, Kertas.LEGAL),
    (0, 0, Kertas.F4),
]
"""SOPs, sentences of the introduction, paper."""


@pytest.mark.parametrize(("count", "sentences", "kertas"), COVERS)
def test_the_cover_is_one_page(count: int, sentences: int, kertas: Kertas, converter: Converter):
    name = "Pelaksanaan Pengukuran Kinerja dan Penilaian Sasaran Kinerja Pegawai"
    sops = tuple(sop(nama=f"{name} {n}") for n in range(1, count + 1))
    bundel = Bundel(JUDUL, 2023, pengantar=("Berlaku sejak ditetapkan oleh Camat.",) * sentences)
    about = inputs(bundel=bundel, kertas=kertas, kop=("KECAMATAN CONTOH", "KABUPATEN CONTOH", "KOTA"), alamat="Jalan 1")
    (page,) = words(make_cover(sops, about, COVER_TEMPLATE, None), converter)
    _, height, found, text = page
    assert " ".join(text.split()).count(JUDUL.upper()) == 1
    assert "TAHUN 2023" in text
    assert f"Memuat {count} Standar" in text
    assert text.count(name) == (count if count + 2 * sentences < 18 else 0)
    assert max(word["bottom"] for word in found) < height - 60
    if count < 5:
        title = next(word for word in found if word["text"] == "STANDAR")
        office = next(word for word in found if word["text"] == "KABUPATEN")
        assert height * 0.3 < title["top"] < height * 0.5
        assert office["top"] > height * 0.7


def test_the_cover_has_properties_and_no_date_of_today():
    core = unpack(make_cover((sop(),), inputs(bundel=Bundel("A & B {{ x }}")), COVER_TEMPLATE, date(2023, 1, 2)))
    tree = etree.fromstring(core["docProps/core.xml"])
    assert [e.text for e in tree] == ["A & B {{ x }}", "id-ID", "2023-01-02T00:00:00Z", "2023-01-02T00:00:00Z"]
