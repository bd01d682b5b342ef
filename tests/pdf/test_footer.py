"""The page numbers at the foot of the bundle."""

from __future__ import annotations

import io

import pdfplumber
import pikepdf
import pytest
from pikepdf import Array, Name, Pdf

from sopdocs.pdf import BAND, FOOTER_ROOM, Part

from .pdf_samples import bundled, part_with

MARGIN = 15 / 25.4 * 72


def letters(page: pdfplumber.page.Page) -> list[dict]:
    """The letters of the footer; heights from the lower edge."""
    low = page.mediabox[1]
    found = [char for char in page.chars if abs(char["size"] - 7.5) < 0.01]
    return [{**char, "low": char["y0"] - low, "high": char["y1"] - low} for char in found]


@pytest.fixture(scope="module")
def whole(parts: tuple[Part, ...]) -> bytes:
    return bundled(parts)


def test_every_page_says_its_number_in_the_band_at_the_right_margin(whole: bytes):
    with pdfplumber.open(io.BytesIO(whole)) as pdf:
        for number, page in enumerate(pdf.pages, 1):
            drawn = letters(page)
            assert "".join(char["text"] for char in drawn) == f"Halaman {number} dari 6"
            assert all(BAND[0] <= char["low"] and char["high"] <= BAND[1] for char in drawn)
            assert max(char["x1"] for char in drawn) == pytest.approx(float(page.mediabox[2]) - MARGIN, abs=0.1)
            assert min(char["x0"] for char in drawn) > float(page.mediabox[2]) - MARGIN - FOOTER_ROOM


def test_the_widest_number_fits_the_room(fonts):
    from sopdocs.pdf.typeface import typeface

    text = "Halaman 10000 dari 10000"
    assert typeface(fonts.regular, [text]).width(text, 7.5) < FOOTER_ROOM


def test_it_is_an_artifact_and_all_pages_share_one_typeface(whole: bytes):
    with pikepdf.open(io.BytesIO(whole)) as pdf:
        used = set()
        for page in pdf.pages:
            used.add(page.obj.Resources.Font["/NomorHalaman"].objgen)
            *_, (operands, operator) = (
                each for each in pikepdf.parse_content_stream(page) if str(each.operator) == "BDC"
            )
            assert (operands[0], operands[1].Type, operands[1].Subtype) == ("/Artifact", "/Pagination", "/Footer")
            assert str(operator) == "BDC"
        assert len(used) == 1


def test_the_drawing_of_the_page_cannot_move_or_colour_it(parts: tuple[Part, ...], whole: bytes):
    def disorderly(pdf: Pdf) -> None:
        for page in pdf.pages:
            contents = page.obj.Contents
            streams = contents.as_list() if isinstance(contents, Array) else [contents]
            page.obj.Contents = Array([*streams, pdf.make_stream(b"2 0 0 2 30 30 cm 1 0 0 rg 5 Tr")])

    with (
        pdfplumber.open(io.BytesIO(bundled([part_with(part, disorderly) for part in parts]))) as changed,
        pdfplumber.open(io.BytesIO(whole)) as plain,
    ):
        for one, other in zip(changed.pages, plain.pages, strict=True):
            assert [char["matrix"] for char in letters(one)] == [char["matrix"] for char in letters(other)]


def test_it_follows_the_pages_own_box(parts: tuple[Part, ...]):
    def shifted(pdf: Pdf) -> None:
        for page in pdf.pages:
            page.obj.MediaBox = Array([-20, 100, 700, 500])

    with pdfplumber.open(io.BytesIO(bundled([part_with(parts[0], shifted)]))) as pdf:
        # The reader counts from the corner of the page's box.
        places = [char["matrix"][4:] for char in letters(pdf.pages[0])]
        assert {round(y, 6) for _, y in places} == {61.9}
        assert 720 - MARGIN - 8 < max(x for x, _ in places) < 720 - MARGIN


def test_a_page_without_content_or_resources_is_numbered_too(parts: tuple[Part, ...]):
    def emptied(pdf: Pdf) -> None:
        for key in (Name.Contents, Name.Resources):
            del pdf.pages[2].obj[key]

    with pdfplumber.open(io.BytesIO(bundled([part_with(parts[1], emptied)]))) as pdf:
        assert "".join(char["text"] for char in letters(pdf.pages[2])) == "Halaman 3 dari 3"
