"""Draw the visible mark of the seal: a QR code with lines of text beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import segno
from pikepdf import Array, Dictionary, Pdf, Stream

from sopdocs.errors import OutputRejectedError
from sopdocs.pdf.document import pdf_bytes
from sopdocs.pdf.typeface import Typeface, typeface

LARGEST, SMALLEST = 9.0, 7.0
"""Points; between them the lines shrink until they fit."""
_STEP = 0.25
_LEADING = 1.2
"""From base line to base line, in sizes."""
_ASCENT = 0.95
"""From the top of a line to its base line, in sizes."""
QUIET_ZONE = 4
"""Modules left white on each side of the code (ISO/IEC 18004, 6.3.8)."""
_GAP = 4.0
"""Points between code and text."""
_ADVICE = "Pendekkan kalimat atau alamat_verifikasi pada segel.yaml."


@dataclass(frozen=True, slots=True)
class Mark:
    """What the mark says and how much room it has."""

    qr: str
    """What the QR code says."""
    lines: tuple[str, ...]
    """Beside it; the first one bold. A line that is too long goes on in the next."""
    width: float = 300.0
    height: float = 56.0
    """Points."""


@dataclass(frozen=True, slots=True)
class _Setting:
    """Lines as they are set."""

    size: float
    rows: tuple[tuple[str, Typeface], ...]


def draw_mark(mark: Mark, font: bytes, bold: bytes) -> bytes:
    """Return the mark as a PDF of one page of exactly its size, from the lower left corner; equal inputs, equal bytes.

    `font` and `bold` are TrueType files, embedded as subsets. Black on white in DeviceGray without transparency, so
    that the page may become an appearance in a PDF/A-2 file. Raises OutputRejectedError when the code would hold too
    much, a glyph is missing, or the text does not fit even in 7 points.
    """
    modules = _modules(mark.qr)
    faces = (typeface(bold, mark.lines[:1]), typeface(font, mark.lines[1:]))
    left = mark.height + _GAP
    setting = _set(mark, faces, mark.width - left)
    with Pdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(mark.width, mark.height))
        page.obj.MediaBox = Array([0, 0, round(mark.width, 3), round(mark.height, 3)])
        fonts = {name: face.embed(pdf) for name, face in zip(("/B", "/R"), faces, strict=True) if face.glyphs}
        page.obj.Resources = Dictionary(Font=Dictionary(fonts))
        content = _code(modules, mark.height) + _text(setting, faces, (left, mark.height))
        page.obj.Contents = Stream(pdf, content)
        return pdf_bytes(pdf)


def _modules(text: str) -> Sequence[Sequence[int]]:
    """Return the rows of the code from the top, 1 for dark; correction level M, or higher when that costs no room."""
    try:
        return segno.make(text, error="m", micro=False, boost_error=True).matrix
    except ValueError as error:  # more than the largest code holds
        raise OutputRejectedError(f"Isi kode QR tidak dapat dimuat: {len(text)} huruf", _ADVICE) from error


def _code(modules: Sequence[Sequence[int]], side: float) -> bytes:
    """Draw the code with its quiet zone into the square of `side` points at the origin.

    In units of one module from the upper left, so that every edge is a whole number; one path, so that no hair line
    shows between neighbours.
    """
    count = len(modules) + 2 * QUIET_ZONE
    unit = f"{side / count:.5f}".encode()
    drawn = [b"q 1 g %s 0 0 -%s 0 %s cm 0 0 %d %d re f 0 g" % (unit, unit, _number(side), count, count)]
    for y, row in enumerate(modules, QUIET_ZONE):
        x = 0
        while x < len(row):
            end = x
            while end < len(row) and row[end]:
                end += 1
            if end > x:
                drawn.append(b"%d %d %d 1 re" % (x + QUIET_ZONE, y, end - x))
            x = max(end, x + 1)
    return b"\n".join([*drawn, b"f Q\n"])


def _set(mark: Mark, faces: tuple[Typeface, Typeface], width: float) -> _Setting:
    """Choose the largest size at which each line stays whole, or break the lines at the smallest."""
    lines = [(line, faces[0] if number == 0 else faces[1]) for number, line in enumerate(mark.lines)]
    for step in range(round((LARGEST - SMALLEST) / _STEP) + 1):
        size = LARGEST - step * _STEP
        fits = all(face.width(line, size) <= width for line, face in lines)
        if fits and _LEADING * size * len(lines) <= mark.height:
            return _Setting(size, tuple(lines))
    rows = tuple((row, face) for line, face in lines for row in _broken(line, face, width))
    if _LEADING * SMALLEST * len(rows) > mark.height:
        raise OutputRejectedError(
            f"Teks tanda pengesahan terlalu panjang: perlu {len(rows)} baris, "
            f"ruangnya cukup untuk {int(mark.height / (_LEADING * SMALLEST))}",
            _ADVICE,
        )
    return _Setting(SMALLEST, rows)


def _broken(line: str, face: Typeface, width: float) -> list[str]:
    """Break a line between words; a word longer than a line, such as an address, wherever the line is full."""
    rows = [""]
    for word in line.split():
        joined = f"{rows[-1]} {word}".lstrip()
        if face.width(joined, SMALLEST) <= width:
            rows[-1] = joined
            continue
        if rows[-1]:
            rows.append("")
        for character in word:
            if rows[-1] and face.width(rows[-1] + character, SMALLEST) > width:
                rows.append("")
            rows[-1] += character
    return rows


def _text(setting: _Setting, faces: tuple[Typeface, Typeface], corner: tuple[float, float]) -> bytes:
    """Show the rows right of `corner`, centred in its height."""
    left, height = corner
    leading = _LEADING * setting.size
    top = (height + leading * len(setting.rows)) / 2
    shown = [b"BT 0 g"]
    for number, (row, face) in enumerate(setting.rows):
        if not row:
            continue
        base = top - leading * number - _ASCENT * setting.size
        name = b"/B" if face is faces[0] else b"/R"
        place = b"1 0 0 1 %s %s Tm" % (_number(left), _number(base))
        shown.append(b"%s %s Tf %s %s Tj" % (name, _number(setting.size), place, face.shown(row)))
    return b"\n".join([*shown, b"ET\n"])


def _number(value: float) -> bytes:
    return b"%g" % round(value, 3)
