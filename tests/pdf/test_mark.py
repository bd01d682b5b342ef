"""The visible mark of the seal, as it is drawn and as it looks."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
import segno
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from sopdocs.errors import OutputRejectedError, ToolMissingError
from sopdocs.layout import FontData
from sopdocs.pdf import Mark, draw_mark, page_texts
from sopdocs.pdf.mark import QUIET_ZONE
from tests.conftest import needed

DIGEST = "3f" * 32
LINES = ("Budi Contoh, S.E.", "Kepala Dinas Contoh", "Disahkan 2 Januari 2026 pukul 08.00 WIB", "Kunci pengembangan")
PIXELS = 10
"""A module's side in the picture."""


@pytest.fixture(scope="module")
def made(fonts: FontData) -> Callable[[Mark], bytes]:
    return lambda mark: draw_mark(mark, fonts.regular, fonts.bold)


def rasterised(pdf: bytes, folder: Path, resolution: float) -> Image.Image:
    def find() -> str:
        if found := shutil.which("pdftoppm"):
            return found
        raise ToolMissingError("pdftoppm is not installed")

    (folder / "mark.pdf").write_bytes(pdf)
    command = [needed(find), "-r", str(resolution), "-gray", "-png", "-singlefile"]
    subprocess.run([*command, str(folder / "mark.pdf"), str(folder / "mark")], check=True)
    return Image.open(folder / "mark.png").convert("L")


@pytest.mark.parametrize("said", [DIGEST, "https://contoh.invalid/periksa?berkas=12345", "A", "x" * 400])
def test_the_code_shows_every_module_and_its_quiet_zone(made, tmp_path: Path, said: str):
    code = segno.make(said, error="m", micro=False)
    count = len(code.matrix) + 2 * QUIET_ZONE
    picture = rasterised(made(Mark(said, LINES)), tmp_path, 72 * count * PIXELS / 56)
    middle = [PIXELS * number + PIXELS // 2 for number in range(count)]
    shown = [[int(picture.getpixel((x, y)) < 128) for x in middle] for y in middle]
    assert shown == [list(row) for row in code.matrix_iter(border=QUIET_ZONE)]


def test_the_page_has_the_size_asked_for_and_says_the_lines(made):
    made_mark = made(Mark(DIGEST, LINES, 310.5, 50))
    with pikepdf.open(io.BytesIO(made_mark)) as pdf:
        assert [float(value) for value in pdf.pages[0].mediabox] == [0, 0, 310.5, 50]
    assert page_texts(made_mark)[0].split("\n") == list(LINES)


def test_the_fonts_are_embedded_subsets_and_no_colour_or_transparency_is_used(made):
    with pikepdf.open(io.BytesIO(made(Mark(DIGEST, LINES)))) as pdf:
        page = pdf.pages[0]
        found = page.obj.Resources.Font
        assert list(page.obj.Resources.keys()) == ["/Font"]
        assert "+LiberationSans-Bold" in str(found.B.BaseFont)
        assert all("/FontFile2" in font.DescendantFonts[0].FontDescriptor for font in found.values())
        assert all(
            len(font.DescendantFonts[0].FontDescriptor.FontFile2.read_bytes()) < 30_000 for font in found.values()
        )
        operators = {str(each.operator) for each in pikepdf.parse_content_stream(page)}
        assert operators == {"q", "Q", "g", "cm", "re", "f", "BT", "ET", "Tf", "Tm", "Tj"}


def test_equal_marks_are_equal_bytes(made):
    assert made(Mark(DIGEST, LINES)) == made(Mark(DIGEST, LINES))
    assert made(Mark(DIGEST, LINES)) != made(Mark(DIGEST, LINES[:-1]))


WORDS = st.text(st.sampled_from("abcdefghijklm ABCMW.,-/é"), max_size=120)


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, max_size=5), st.floats(120, 320), st.floats(30, 58))
def test_text_keeps_inside_its_box_or_is_refused(made, lines: list[str], width: float, height: float):
    try:
        pdf = made(Mark("A", tuple(lines), width, height))
    except OutputRejectedError:
        return
    with pikepdf.open(io.BytesIO(pdf)) as document:
        page = document.pages[0]
        faces = page.obj.Resources.get("/Font", {})
        name, size, x, y = "", 0.0, 0.0, 0.0
        for operands, operator in pikepdf.parse_content_stream(page):
            if str(operator) == "Tf":
                name, size = str(operands[0]), float(operands[1])
                assert 7 <= size <= 9
            elif str(operator) == "Tm":
                x, y = float(operands[4]), float(operands[5])
                assert height + 3.9 <= x
                assert 0.2 * size <= y <= height - 0.9 * size
            elif str(operator) == "Tj":
                data = bytes(operands[0])
                array = faces[name].DescendantFonts[0].W
                widths = {int(array[n]): float(array[n + 1][0]) for n in range(0, len(array), 2)}
                codes = [int.from_bytes(data[at : at + 2]) for at in range(0, len(data), 2)]
                assert x + sum(widths[code] for code in codes) * size / 1000 <= width + 0.5


def test_long_lines_are_broken_at_the_smallest_size(made):
    sentence = "Dokumen ini disahkan secara elektronik oleh Kepala Dinas Contoh Kabupaten Contoh pada hari ini"
    (text,) = page_texts(made(Mark(DIGEST, ("Budi Contoh", sentence), 200)))
    assert text.split("\n")[0] == "Budi Contoh"
    assert " ".join(text.split("\n")[1:]) == sentence


@pytest.mark.parametrize(
    ("mark", "message"),
    [
        (Mark("A", ("kata " * 200,)), "terlalu panjang"),
        (Mark("A", ("Budi 文",)), r"文 \(U\+6587\), pada “Budi 文”"),
        (Mark("x" * 5000, ()), "QR"),
    ],
)
def test_what_cannot_be_drawn_is_refused(made, mark: Mark, message: str):
    with pytest.raises(OutputRejectedError, match=message):
        made(mark)
