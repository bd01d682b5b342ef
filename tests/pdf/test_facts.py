"""What a PDF shows: blank pages, the lowest mark, the smallest text, cut texts, typefaces that are not in the file."""

from __future__ import annotations

import io
from collections.abc import Callable
from contextlib import suppress

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, Pdf, Stream

from sopdocs.errors import OutputRejectedError
from sopdocs.model import PrintedPage, PrintedSheet, SmallText
from sopdocs.pdf import read_printed

from .pdf_samples import changed

WIDTH, HEIGHT = 936, 610


def helvetica() -> Dictionary:
    return Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)


def drawn(*contents: str, prepare: Callable[[Pdf], None] = lambda document: None) -> bytes:
    """A PDF of landscape pages with these contents and the font /F1; `prepare` may add to it."""
    document = Pdf.new()
    for content in contents:
        page = document.add_blank_page(page_size=(WIDTH, HEIGHT))
        page.Contents = Stream(document, content.encode("cp1252"))
        page.Resources = Dictionary(Font=Dictionary(F1=helvetica()))
    prepare(document)
    output = io.BytesIO()
    document.save(output)
    return output.getvalue()


def read(content: str, prepare: Callable[[Pdf], None] = lambda document: None) -> PrintedPage:
    return read_printed(drawn(content, prepare=prepare), "x.pdf").pages[0]


def text(size: float, y: float, words: str = "Contoh") -> str:
    return f"BT /F1 {size} Tf 100 {y} Td ({words}) Tj ET"


@pytest.mark.parametrize(
    ("content", "blank"),
    [
        ("", True),
        ("1 1 1 rg 0 0 936 610 re f", True),
        ("0 0 936 20 re W n", True),
        ("BT /F1 9 Tf 100 300 Td (   ) Tj ET", True),
        (f"/Artifact BMC {text(12, 580, 'KONSEP')} EMC", True),
        ("/Artifact BMC 40 300 m 900 300 l S EMC", True),
        ("BT /F1 9 Tf 3 Tr 100 300 Td (Contoh) Tj ET", True),
        ("100 -50 m 200 -50 l S", True),
        (text(9, 300), False),
        ("100 300 m 200 300 l S", False),
        ("q 50 0 0 50 100 300 cm BI /W 1 /H 1 /BPC 8 /CS /G ID A EI Q", False),
        (f"/Artifact BMC EMC EMC {text(9, 300)}", False),
    ],
    ids="nothing background clip spaces running-head rules invisible outside text line picture unbalanced".split(),
)
def test_a_page_without_anything_of_its_own_is_blank(content: str, blank: bool) -> None:
    assert read(content).blank is blank


@pytest.mark.parametrize(
    ("content", "lowest"),
    [
        ("100 40 m 200 300 l S", 39.5),  # half of the usual line of 1 pt
        ("4 w 100 40 m 200 40 l S", 38.0),
        ("0 w 100 40 m 200 40 l S", 40.0),
        ("0 0 0 rg 100 30 50 50 re f", 30.0),
        ("1 g 100 30 50 50 re f 0 g 100 80 50 50 re f", 80.0),
        ("0 0 0 0 k 100 30 50 50 re b*", 29.5),
        ("1 1 1 RG 0 g 100 30 50 50 re S", None),
        ("0 g 100 100 m 100 40 200 40 200 100 c f", 55.0),  # a quarter of the way is left below its ends
        ("0 g 100 100 m 200 40 200 100 v f", 73.33),  # 100 - 60·3t²(1-t) at t = 2/3
        ("0 g 100 100 m 200 40 200 100 y f", 73.33),  # 100 - 60·3t(1-t)² at t = 1/3
        ("0 100 936 400 re W n 0 g 100 30 50 200 re f", 100.0),
        ("q 0 100 936 400 re W n Q 0 g 100 30 50 200 re f", 30.0),
        ("q 2 0 0 2 10 20 cm 0 g 100 30 50 200 re f Q", 80.0),
        (text(10, 70), 67.9),  # letters reach 0.21 em below their line
        ("BT /F1 10 Tf 0 -1 1 0 100 300 Tm (iiii) Tj ET", 280.0),  # downwards, half an em a letter
        ("BT /F1 10 Tf 12 TL 100 300 Td (a) Tj (b) ' T* (c) Tj ET", 273.9),
        ("BT /F1 10 Tf 100 300 Td [(a) 500 (b)] TJ 0 -50 TD (c) Tj T* (d) Tj ET", 197.9),
        ("BT /F1 10 Tf -30 Ts 100 300 Td (a) Tj ET", 267.9),
    ],
)
def test_the_lowest_mark(content: str, lowest: float | None) -> None:
    found = read(content).lowest
    assert found == (lowest if lowest is None else pytest.approx(lowest, abs=0.01))


def with_form(document: Pdf) -> None:
    form = Stream(document, b"0 g 0 5 10 10 re f")
    form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, Array([0, 0, 100, 100])
    form.Matrix = Array([1, 0, 0, 1, 0, 20])
    outer = Stream(document, b"q 1 0 0 1 0 7 cm /Inner Do Q /Outer Do")
    outer.Type, outer.Subtype, outer.BBox = Name.XObject, Name.Form, Array([0, 0, 936, 610])
    outer.Resources = Dictionary(XObject=Dictionary(Inner=document.make_indirect(form)))
    outer = document.make_indirect(outer)
    outer.Resources.XObject.Outer = outer
    document.pages[0].Resources.XObject = Dictionary(Outer=outer)


def test_forms_are_followed_also_when_they_hold_themselves() -> None:
    page = read("/Outer Do", with_form)
    assert (page.blank, page.lowest) == (False, 32.0)  # 5 in the form, 20 by its matrix, 7 where it is placed


@pytest.mark.parametrize(("turn", "lowest"), [(0, 30.0), (90, 936 - 130.0), (180, 610 - 50.0), (270, 100.0)])
def test_a_page_is_read_as_it_is_shown(turn: int, lowest: float) -> None:
    def put(document: Pdf) -> None:
        document.pages[0].Rotate = turn

    page = read("0 g 100 30 30 20 re f", put)
    assert page.lowest == pytest.approx(lowest)
    assert (page.width, page.height) == ((WIDTH, HEIGHT) if turn in (0, 180) else (HEIGHT, WIDTH))


def test_only_what_lies_in_the_visible_part_counts() -> None:
    def crop(document: Pdf) -> None:
        document.pages[0].CropBox = Array([0, 100, 936, 610])

    page = read("0 g 100 120 m 200 300 l S 100 20 5 5 re f", crop)
    assert (page.height, page.lowest) == (510.0, 19.5)


def test_the_smallest_text_is_named_with_its_size() -> None:
    page = read(f"{text(9, 300)} q 0.5 0 0 0.5 0 0 cm {text(12, 300, ' Kecil ')} Q BT /F1 4 Tf 3 Tr (x) Tj ET")
    assert page.smallest == SmallText(6.0, "Kecil")
    assert read("").smallest is None


def test_what_a_page_says_has_no_white_space() -> None:
    assert read("BT /F1 9 Tf 100 300 Td [(Mutu ) -300 (Ba)(ku)] TJ ET").text == "MutuBaku"


def test_texts_that_a_clip_cuts_are_told() -> None:
    page = read(f"q 0 300 900 5 re W n {text(9, 299, 'Separuh')} Q {text(9, 200, 'Utuh')} {text(9, -30, 'Hilang')}")
    assert page.cut == ("Separuh", "Hilang")
    assert page.text == "SeparuhUtuh"


def test_a_standard_typeface_is_not_in_the_file() -> None:
    assert read_printed(drawn(text(9, 300)), "x.pdf").not_embedded == ("Helvetica",)
    assert read_printed(drawn("BT /F1 9 Tf ET"), "x.pdf").not_embedded == (), "chosen, but nothing is written with it"


def embed(document: Pdf, **extra: object) -> None:
    font = document.pages[0].Resources.Font.F1
    font.FontDescriptor = Dictionary(Type=Name.FontDescriptor, FontFile2=document.make_stream(b"huruf"))
    font.BaseFont = Name("/ABCDEF+ContohSans")
    for key, value in extra.items():
        font[f"/{key}"] = value


def test_an_embedded_typeface_tells_its_letters_and_widths() -> None:
    cmap = b"""2 beginbfchar <01> <0041> <02> <00660069> endbfchar
    2 beginbfrange <03> <05> <0062> <06> <07> [<0058> <0059>] endbfrange"""

    def tell(document: Pdf) -> None:
        embed(document, ToUnicode=document.make_stream(cmap), FirstChar=1, Widths=Array([1000, 250]))

    data = drawn("BT /F1 10 Tf 0 -1 1 0 100 300 Tm <01020304050607> Tj ET", prepare=tell)
    sheet = read_printed(data, "x.pdf")
    assert (sheet.pages[0].text, sheet.not_embedded) == ("AfibcdXY", ())
    assert sheet.pages[0].lowest == pytest.approx(300 - 10 * (1 + 0.25 + 5 * 0.5))


def test_a_wide_typeface_is_judged_by_the_one_within() -> None:
    def widen(document: Pdf) -> None:
        inner = Dictionary(Type=Name.Font, Subtype=Name.CIDFontType2, FontDescriptor=Dictionary())
        cmap = document.make_stream(b"1 beginbfchar <0041> <0042> endbfchar")
        wide = Dictionary(Type=Name.Font, Subtype=Name.Type0, BaseFont=Name.ContohLebar, ToUnicode=cmap)
        wide.DescendantFonts = Array([inner])
        document.pages[0].Resources.Font.F1 = wide

    sheet = read_printed(drawn("BT /F1 9 Tf 100 300 Td <00410043> Tj ET", prepare=widen), "x.pdf")
    assert (sheet.pages[0].text, sheet.not_embedded) == ("B\ufffd", ("ContohLebar",))


@pytest.mark.parametrize(
    "content",
    ["BT /Tidak 9 Tf ET", "/Tidak Do", "1 2 cm", "100 200 100 300 v", "(x) w", "BT /F1 9 Tf (a) TJ ET"],
)
def test_an_odd_drawing_is_refused_in_words(content: str) -> None:
    with pytest.raises(OutputRejectedError) as caught:
        read_printed(drawn(content), "x.pdf")
    assert "rusak" in caught.value.message
    assert "x.pdf" in caught.value.message
    assert caught.value.advice


def test_an_encrypted_file_is_refused() -> None:
    output = io.BytesIO()
    with pikepdf.open(io.BytesIO(drawn(""))) as document:
        document.save(output, encryption=pikepdf.Encryption(owner="a", user="b"))
    with pytest.raises(OutputRejectedError, match="terenkripsi"):
        read_printed(output.getvalue(), "x.pdf")


@given(st.data())
def test_a_damaged_file_is_read_or_refused(data: st.DataObject) -> None:
    whole = drawn(text(9, 300), "100 40 m 200 300 l S")
    at = data.draw(st.integers(0, len(whole) - 1))
    damaged = whole[:at] + data.draw(st.binary(max_size=8)) + whole[at + data.draw(st.integers(0, 20)) :]
    with suppress(OutputRejectedError):
        assert isinstance(read_printed(damaged, "x.pdf"), PrintedSheet)


def test_page_boxes_from_the_node_above_count() -> None:
    def move_up(document: Pdf) -> None:
        document.Root.Pages.MediaBox, document.Root.Pages.Rotate = Array([0, 0, 500, 400]), 90
        del document.pages[0].MediaBox

    page = read_printed(changed(drawn(text(9, 300)), move_up), "x.pdf").pages[0]
    assert (page.width, page.height) == (400.0, 500.0)
