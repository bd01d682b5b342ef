"""Logos: which are taken, and how large they are printed."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from lxml import etree
from PIL import Image
from word_samples import LOGO, build, inputs, unpack

from sopdocs.errors import UsageError
from sopdocs.word import Picture
from sopdocs.word.picture import picture_size
from sopdocs.word.xml import qn


def picture(kind: str, size: tuple[int, int], mode: str = "RGB") -> bytes:
    buffer = io.BytesIO()
    Image.effect_noise(size, 50).convert(mode).save(buffer, kind)
    return buffer.getvalue()


def png_header(across: int, down: int) -> bytes:
    """A PNG that claims a size, with all check sums right."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", across, down, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


PNG, JPEG = picture("PNG", (60, 90)), picture("JPEG", (90, 60))


@pytest.mark.parametrize(
    ("data", "size"),
    [
        (PNG, (60, 90)),
        (JPEG, (90, 60)),
        (picture("JPEG", (7, 9), "CMYK"), (7, 9)),
        (picture("PNG", (1, 1), "L"), (1, 1)),
    ],
)
def test_png_and_jpeg_are_measured(data: bytes, size: tuple[int, int]):
    assert picture_size(data) == size


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "^Logo bukan gambar PNG atau JPEG$"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "^Logo bukan gambar PNG atau JPEG$"),
        (picture("GIF", (9, 9)), "^Logo bukan gambar PNG atau JPEG$"),
        (picture("BMP", (9, 9)), "^Logo bukan gambar PNG atau JPEG$"),
        (PNG[:-12], "utuh"),
        (PNG[:40], "utuh"),
        (PNG[:100] + b"\0" + PNG[101:], "utuh"),
        (JPEG[: len(JPEG) // 2], "utuh"),
        (b"\xff\xd8\xff\xe0", "utuh"),
        (png_header(20_000, 20_000), "20000 × 20000 titik"),
        (png_header(0, 5), "0 × 5 titik"),
        (PNG + bytes(20_000_000), "20 MB"),
    ],
    ids=["empty", "svg", "gif", "bmp", "no end", "head", "damaged", "half jpeg", "four bytes", "huge", "flat", "heavy"],
)
def test_others_are_refused(data: bytes, message: str):
    with pytest.raises(UsageError, match=message) as caught:
        build(about=inputs(logo=Picture(data, "Logo")))
    assert caught.value.advice


@pytest.mark.parametrize("whole", [PNG, JPEG], ids=["png", "jpeg"])
def test_every_cut_is_refused(whole: bytes):
    for length in range(0, len(whole), 7):
        with pytest.raises(UsageError):
            picture_size(whole[:length])


@pytest.mark.parametrize(
    ("data", "across", "down"),
    [
        (PNG, 528_000, 792_000),
        (JPEG, 1_188_000, 792_000),
        (picture("PNG", (2000, 20)), 3_600_000, 36_000),
        (picture("PNG", (10, 2000)), 3_960, 792_000),
    ],
    ids=["png", "jpeg", "wide", "high"],
)
def test_logos_are_22_mm_high_but_never_wider_than_100_mm(data: bytes, across: int, down: int):
    parts = unpack(build(about=inputs(logo=Picture(data, 'Logo "Kita" & {{ x }}'))).docx)
    root = etree.fromstring(parts["word/document.xml"])
    extent = root.find(f".//{qn('wp:inline')}/{qn('wp:extent')}")
    assert (int(extent.get("cx")), int(extent.get("cy"))) == (across, down)
    about = root.find(f".//{qn('wp:inline')}/{qn('wp:docPr')}")
    assert (about.get("name"), about.get("descr")) == ("Logo", 'Logo "Kita" & {{ x }}')
    assert data in parts.values()
    spacing = next(extent.iterancestors(qn("w:p"))).find(f"{qn('w:pPr')}/{qn('w:spacing')}")
    assert spacing.get(qn("w:lineRule")) == "auto"  # an exact line height would cut the picture


def test_the_placeholder_crest_is_taken():
    across, down = picture_size(LOGO.data)
    assert across < down
