"""What stands before the procedure, as predicted and as LibreOffice lays it out."""

from __future__ import annotations

import io
import random
from typing import Any

import pdfplumber
import pytest
from lxml import etree
from word_samples import SOP_TEMPLATE, build, edited, fonts, inputs, sop, unpack

from sopdocs.layout import paper
from sopdocs.layout.units import EMU_PER_POINT
from sopdocs.model import Kertas, Paragraph, RichText, Run, Sop, TandaTangan
from sopdocs.office import Converter
from sopdocs.word import Sheet
from sopdocs.word import sheet as sheet_module
from sopdocs.word.around import Around, measure_around
from sopdocs.word.formats import Styles
from sopdocs.word.xml import NS, qn

LISTS = ("dasar_hukum", "kualifikasi_pelaksana", "keterkaitan", "peralatan", "peringatan", "pencatatan")
WORDS = "Peraturan Bupati Nomor tentang pelaksanaan dan di Pemerintah Daerah kinerja instansi PAN-RB a/b UU".split()
TOLERANCE = 2 * 72 / 25.4
"""2 mm in points."""


def varied(seed: int, most: int) -> Sop:
    """Lists of up to `most` items, numbered, nested, plain, bold, italic."""
    chance = random.Random(seed)

    def words() -> str:
        return " ".join(chance.choice(WORDS) for _ in range(chance.randint(1, chance.choice((3, 12, 30)))))

    def item(number: int) -> Paragraph:
        kind = chance.random()
        if kind < 0.6:
            return Paragraph((Run(words()),), f"{number}.")
        if kind < 0.8:
            return Paragraph((Run(words()), Run(" " + words(), bold=True)), "a.", 1)
        return Paragraph((Run(words(), bold=chance.random() < 0.5, italic=chance.random() < 0.5),))

    lists = {key: RichText(tuple(item(n) for n in range(1, chance.randint(1, most) + 1))) for key in LISTS}
    return sop(**lists)


def built(sample: Sop, monkeypatch: pytest.MonkeyPatch, **office: Any) -> tuple[Sheet, Around]:
    """A sheet and what was predicted for it."""
    seen: list[Around] = []

    def measure(*args: Any) -> Around:
        seen.append(measure_around(*args))
        return seen[-1]

    monkeypatch.setattr(sheet_module, "measure_around", measure)
    return build(sample, inputs(**office)), seen[0]


def printed_start(pdf: bytes) -> tuple[int, float, int]:
    """Page and height of the procedure's upper rule, and the number of pages."""
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        for number, page in enumerate(document.pages, start=1):
            head = next((word for word in page.extract_words() if word["text"] == "Uraian"), None)
            if head is not None:
                above = [e["top"] for e in page.lines if e["x0"] <= head["x0"] <= e["x1"] and e["top"] < head["top"]]
                return number, max(above), len(document.pages)
    raise AssertionError("no procedure")


VARIANTS = [
    *((seed, 6, kertas, {}) for seed, kertas in enumerate(Kertas)),
    (10, 2, Kertas.F4, {"tanda_tangan": TandaTangan.IDENTITAS}),
    (11, 3, Kertas.A4, {"alamat": "Jalan Jenderal Ahmad Yani Nomor 1, Paringin Selatan, Kode Pos 71662"}),
    (12, 3, Kertas.F4, {"kop": ("PEMERINTAH KABUPATEN CONTOH", "KECAMATAN CONTOH", "KELURAHAN CONTOH")}),
    *((seed, 16, kertas, {}) for seed in range(20, 23) for kertas in (Kertas.F4, Kertas.A4)),
    *((seed, 48, kertas, {}) for seed, kertas in enumerate(Kertas, start=30)),
]


@pytest.mark.parametrize(("seed", "most", "kertas", "office"), VARIANTS)
def test_the_procedure_starts_where_it_was_predicted(
    seed: int, most: int, kertas: Kertas, office: dict[str, Any], converter: Converter, monkeypatch: pytest.MonkeyPatch
):
    made, around = built(varied(seed, most), monkeypatch, kertas=kertas, **office)
    page, top, pages = printed_start(converter.convert(made.docx, name="x"))
    first = made.geometry.parts[0]
    assert pages == made.geometry.pages
    assert page == first.page
    if not first.new_page:
        predicted = (paper(kertas).top + around.before) / EMU_PER_POINT
        assert page == around.pages_before + 1
        assert top <= predicted <= top + TOLERANCE


def test_the_variants_are_of_all_kinds(monkeypatch: pytest.MonkeyPatch):
    """Some start on the page of the identity block, some of these not on the first; so the test above tests."""
    starts = set()
    for seed, most, kertas, office in VARIANTS:
        made, around = built(varied(seed, most), monkeypatch, kertas=kertas, **office)
        starts.add((made.geometry.parts[0].new_page, min(around.pages_before, 2)))
    assert {(False, 0), (False, 1), (True, 0)} <= starts
    assert {pages for _, pages in starts} == {0, 1, 2}


def measured(body: str, styles: str = "", width: int = 300, height: int = 500) -> Around:
    """Before and after a mark in a small document; lengths in points."""
    root = etree.fromstring(f'<w:body xmlns:w="{NS["w"]}" xmlns:wp="{NS["wp"]}">{body}<w:p id="here"/></w:body>')
    sheet = etree.fromstring(f'<w:styles xmlns:w="{NS["w"]}">{styles}</w:styles>')
    return measure_around(root, root[-1], Styles(sheet), fonts(), (width * EMU_PER_POINT, height * EMU_PER_POINT))


SLACK = 72 / 25.4


def points(around: Around) -> float:
    return round(around.before / EMU_PER_POINT - SLACK, 1)


def paragraph(text: str = "x", properties: str = '<w:spacing w:line="220" w:lineRule="exact"/>', run: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r>{run}<w:t>{text}</w:t></w:r></w:p>"


def row(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(f'<w:tc>{cell}</w:tc>' for cell in cells)}</w:tr>"


def table(*rows: str, columns: int = 1) -> str:
    grid = '<w:gridCol w:w="2000"/>' * columns
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


@pytest.mark.parametrize(
    ("body", "height"),
    [
        ("", 0),
        (paragraph(), 11),
        (paragraph(properties='<w:spacing w:before="40" w:after="60" w:line="220" w:lineRule="exact"/>'), 11 + 2 + 3),
        (paragraph(properties='<w:spacing w:line="480" w:lineRule="auto"/>'), round(10 * 1.149 * 2, 1)),
        (paragraph(properties='<w:spacing w:line="600" w:lineRule="atLeast"/>'), 30),
        (paragraph("x<w:br/>"), 11),  # a break inside w:t is none
        (table(row(paragraph()), row(paragraph() * 2)), 11.5 + 22.5),
        (table(row(paragraph(), paragraph() * 3), columns=2), 33.5),
        (table(row(paragraph(), properties='<w:trHeight w:val="800"/>')), 40),
        (table(row(paragraph() * 3, properties='<w:trHeight w:val="200" w:hRule="exact"/>')), 10),
        (table(row(table(row(paragraph() * 2)))), 22.5 + 0.5),
    ],
)
def test_heights_add_up(body: str, height: float):
    assert points(measured(body)) == pytest.approx(height, abs=0.11)


def test_rows_are_cut_between_lines_and_whole_rows_move():
    # 500 pt: 45 lines of 11 pt in the cut row, 15 on the next page.
    cut = measured(table(row(paragraph() * 60)))
    assert (cut.pages_before, points(cut)) == (1, 15 * 11 + 0.5)
    moved = measured(paragraph() * 10 + table(row(paragraph() * 40, properties="<w:cantSplit/>")))
    assert (moved.pages_before, points(moved)) == (1, 40 * 11 + 0.5)
    # One cell has room for none of its lines, so the row goes as a whole.
    high = paragraph(properties='<w:spacing w:line="2000" w:lineRule="exact"/>')
    both = measured(paragraph() * 40 + table(row(paragraph() * 3, high), columns=2))
    assert (both.pages_before, points(both)) == (1, 100.5)
    assert measured(paragraph() * 100).pages_before == 2


def test_a_row_that_can_never_fit_ends_the_measuring():
    high = '<w:trHeight w:val="20000" w:hRule="exact"/>'
    assert measured(table(row(paragraph(), properties=high))).pages_before == 0


def test_a_merged_cell_makes_its_last_row_higher():
    start, on = '<w:tcPr><w:vMerge w:val="restart"/></w:tcPr>', "<w:tcPr><w:vMerge/></w:tcPr>"
    body = table(
        row(start + paragraph() * 4, paragraph()), row(on, paragraph()), row(paragraph(), paragraph()), columns=2
    )
    assert points(measured(body)) == pytest.approx(44.5 + 11.5, abs=0.11)


def test_markers_take_no_room_from_the_text_of_a_list():
    item = '<w:p><w:pPr><w:ind w:left="400" w:hanging="400"/><w:spacing w:line="220" w:lineRule="exact"/></w:pPr>'
    item += "<w:r><w:t>1.</w:t></w:r><w:r><w:tab/></w:r><w:r><w:t>{}</w:t></w:r></w:p>"
    # Arial m is 0.833 em: 33 of them fill 275 pt of 300 − 20.
    assert points(measured(item.format("m" * 33))) == 11
    assert points(measured(item.format("m" * 34))) == 22


def test_styles_are_followed_to_their_roots():
    root = etree.fromstring(
        f'<w:styles xmlns:w="{NS["w"]}"><w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="18"/></w:rPr></w:rPrDefault>'
        '</w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="N">'
        '<w:pPr><w:spacing w:after="60"/></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="A"><w:basedOn w:val="N"/>'
        '<w:rPr><w:b/><w:sz w:val="30"/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="B"><w:basedOn w:val="B"/></w:style></w:styles>'
    )
    styles = Styles(root)
    made = etree.fromstring(f'<w:p xmlns:w="{NS["w"]}"><w:pPr><w:pStyle w:val="A"/><w:ind w:end="7"/></w:pPr></w:p>')
    look = styles.paragraph(made)
    assert (look.size, look.bold, look.after, look.right) == (15, True, 60, 7)
    made[0][0].set(qn("w:val"), "B")  # a style based on itself ends
    assert styles.paragraph(made).size == 9


def test_texts_are_kerned_as_they_are_measured():
    bare = edited(SOP_TEMPLATE, '<w:kern w:val="1"/>', "", "word/styles.xml")
    styles = etree.fromstring(unpack(build(template=bare).docx)["word/styles.xml"])
    kern = styles.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}/{qn('w:kern')}")
    assert kern.get(qn("w:val")) == "1"
    assert kern.getnext().tag == qn("w:sz")
