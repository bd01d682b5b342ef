"""Two flows side by side as a PDF: whole, on pages cut between rows, the same each time."""

from __future__ import annotations

import io
from dataclasses import replace

import pdfplumber
import pikepdf
import pytest

from sopdocs.compare import BedaSop, compare_procedures
from sopdocs.figure import Figure, compare_flows
from sopdocs.layout import FontData, paper
from sopdocs.model import Istilah, Kertas, Langkah, Prosedur, RichText, Sop
from sopdocs.pdf import figure_pdf

from ..compare.strategies import procedure

F4 = paper(Kertas.F4)


def figure(old: Prosedur, new: Prosedur, fonts: FontData, lanes: tuple[str, ...] = ("staf", "kasi")) -> Figure:
    beda = compare_procedures(old, new, {lane: lane for lane in lanes})
    sops = (Sop("contoh", "Surat Contoh", "camat", lanes, (each,)) for each in (old, new))
    return compare_flows(BedaSop(*sops, prosedur=(beda,)), ("Edisi 0", "Isi sekarang"), Istilah(), fonts)


def steps(count: int) -> list[tuple[str, str, str]]:
    return [(f"Mengerjakan berkas ke-{number}", ("staf", "kasi")[number % 2], "") for number in range(1, count + 1)]


@pytest.fixture
def long(fonts: FontData) -> Figure:
    before = steps(40)
    after = [*before[:10], ("Memindai", "staf", ""), *before[10:30], *before[31:]]
    return figure(procedure(before, []), procedure(after, []), fonts)


def read(pdf: bytes) -> list[str]:
    with pdfplumber.open(io.BytesIO(pdf)) as opened:
        return [page.extract_text() for page in opened.pages]


def test_all_rows_are_there_with_the_head_on_each_page(long: Figure, fonts: FontData) -> None:
    pages = read(figure_pdf(long, fonts, F4))
    assert len(pages) > 2
    for number, page in enumerate(pages, start=1):
        assert f"Surat Contoh · halaman {number} dari {len(pages)}" in page
    text = "\n".join(pages)
    heads = [page for page in pages if "LAMA: Edisi 0" in page and "Uraian Prosedur" in page]
    assert len(heads) == sum("Mengerjakan" in page for page in pages)
    words = text.split()
    for number in range(1, 41):
        assert words.count(f"ke-{number}") >= 1 + (number != 31)
    assert "Yang berubah" in text


def test_no_row_is_cut_between_pages(long: Figure, fonts: FontData) -> None:
    (block,) = long.blocks[1:-1]
    with pikepdf.open(io.BytesIO(figure_pdf(long, fonts, F4))) as pdf:
        contents = b"\n".join(page.Contents.read_bytes() for page in pdf.pages)
    found = (line.split()[-7:] for line in contents.splitlines() if line.endswith(b" re W n"))
    clips = [(float(words[1]), float(words[3])) for words in found]
    ends = {round(cut / 12_700, 1) for cut in (block.head_height, *block.cuts, block.height)}
    bodies = [(top, height) for top, height in clips if round(top + 1.134, 1) in ends]
    assert len(bodies) >= 3
    assert all(round(top + height - 1.134, 1) in ends for top, height in bodies)


def test_equal_inputs_give_equal_bytes_in_a_whole_file(long: Figure, fonts: FontData) -> None:
    first = figure_pdf(long, fonts, F4)
    assert first == figure_pdf(long, fonts, F4)
    with pikepdf.open(io.BytesIO(first)) as pdf:
        assert pdf.check_pdf_syntax() == []
        assert str(pdf.docinfo.Title) == "Surat Contoh"
        assert not any("/Subtype" in font and font.Subtype == "/Type3" for font in pdf.pages[0].Resources.Font.values())


def test_on_the_offices_paper_and_on_a_larger_one_where_it_would_be_small(fonts: FontData) -> None:
    def size(lanes: int) -> tuple[int, int]:
        names = tuple(f"lajur{number}" for number in range(lanes))
        written = [(f"Langkah {number}", name, "") for number, name in enumerate(names)]
        pdf = figure_pdf(figure(procedure(written, []), procedure(written[1:], []), fonts, names), fonts, F4)
        with pikepdf.open(io.BytesIO(pdf)) as opened:
            box = opened.pages[0].MediaBox
            return round(float(box[2]) / 72 * 25.4), round(float(box[3]) / 72 * 25.4)

    assert size(2) == (330, 215)
    assert size(12) == (420, 297)


def test_letters_that_the_typeface_lacks_do_not_stop_it(fonts: FontData) -> None:
    old = procedure([("Menerima 漢 berkas", "staf", "")], [])
    new = procedure([("Menerima 漢 surat", "staf", "")], [])
    assert "Menerima ? berkas" in read(figure_pdf(figure(old, new, fonts), fonts, F4))[0]


def test_a_row_higher_than_a_page_ends_nothing(fonts: FontData) -> None:
    old = procedure([("Menerima", "staf", ""), ("Menyimpan", "staf", "")], [])
    tall = Langkah(1, RichText.of("\n".join(f"Baris {n}" for n in range(120))), old.langkah[0].simbol)
    new = replace(old, langkah=(tall, old.langkah[1]))
    pages = read(figure_pdf(figure(old, new, fonts), fonts, F4))
    assert any("Menyimpan" in page for page in pages)
