"""A picture of two flows as a PDF to read and print: on as many pages as it needs, cut between rows."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast

import pikepdf
from pikepdf import Dictionary, Pdf, Stream

from sopdocs.figure.shapes import Block, Figure, Group, Line, Pen, Rect, Shape, Text
from sopdocs.layout import FontData, Paper
from sopdocs.layout.units import EMU_PER_POINT, Emu, mm
from sopdocs.pdf.document import CREATOR, pdf_bytes
from sopdocs.pdf.typeface import Typeface, typeface

_LARGE = Paper(mm(420), mm(297))
"""A3, landscape."""
_LEAST_SCALE = 0.75
"""To which a picture shrinks before the larger paper is taken."""
_SIDE: Emu = mm(10)
_FOOT: Emu = mm(8)
"""Room for the line at the foot of a page, above the margin."""
_LONE: Emu = mm(30)
"""A block begins on a page only when that much of its body fits."""
_OVER: Emu = mm(0.4)
"""What is seen of a cut line beyond the cut."""
_CURVE = 0.5523
"""Control points of a quarter of a circle, in radii."""
_UNKNOWN = "?"


@dataclass(frozen=True, slots=True)
class _Piece:
    """What of a block stands at one place of a page: its head, or its body from `top` to `bottom`."""

    groups: tuple[Group, ...]
    top: Emu
    bottom: Emu
    y: Emu
    """Where it stands below the margin of the page."""


def figure_pdf(figure: Figure, fonts: FontData, paper: Paper) -> bytes:
    """Return the picture as a PDF on `paper`, or on A3 when it would come out too small; equal inputs, equal bytes."""
    if _scale(figure, paper) < _LEAST_SCALE:
        paper = _LARGE
    scale = min(_scale(figure, paper), 1.0)
    room = paper.height - 2 * _SIDE - _FOOT
    if room / figure.height >= _LEAST_SCALE:  # a little smaller is better than a page more
        scale = min(scale, room / figure.height)
    room = int(room / scale)
    pages = _paged(figure, room)
    feet = [f"{figure.title} · halaman {number} dari {len(pages)}" for number in range(1, len(pages) + 1)]
    letters = _Letters(figure, feet, fonts)
    with Pdf.new() as pdf:
        names = {name: face.embed(pdf) for name, face in (("/R", letters.regular), ("/B", letters.bold)) if face.glyphs}
        for pieces, foot in zip(pages, feet, strict=True):
            page = pdf.add_blank_page(page_size=(paper.width / EMU_PER_POINT, paper.height / EMU_PER_POINT))
            page.obj.Resources = Dictionary(Font=Dictionary(names))
            page.obj.Contents = Stream(pdf, _content(pieces, foot, letters, (paper.height, scale)))
        pdf.Root.Lang = pikepdf.String("id-ID")
        pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
        information = Dictionary(Title=pikepdf.String(figure.title), Creator=pikepdf.String(CREATOR))
        pdf.trailer.Info = pdf.make_indirect(information)
        return pdf_bytes(pdf)


def _scale(figure: Figure, paper: Paper) -> float:
    return (paper.width - 2 * _SIDE) / figure.width


def _paged(figure: Figure, room: Emu) -> list[list[_Piece]]:
    """Share the blocks among pages of that height, with their heads again where they go on."""
    pages: list[list[_Piece]] = [[]]
    y: Emu = 0
    for block in figure.blocks:
        top, first = block.head_height, True
        while top < block.height or first:
            fresh = not pages[-1]
            bottom = _end(block, top, room - y - block.head_height, fresh=fresh)
            if bottom is None:
                pages.append([])
                y = 0
                continue
            if block.head:
                pages[-1].append(_Piece(block.head, 0, block.head_height, y))
            y += block.head_height
            pages[-1].append(_Piece(block.groups, top, bottom, y))
            y += bottom - top
            top, first = bottom, False
    return pages


def _end(block: Block, top: Emu, room: Emu, *, fresh: bool) -> Emu | None:
    """Where the part of a block that begins at `top` ends; None: on a new page it has more room."""
    if block.height - top <= room:
        return block.height
    ends = [cut for cut in block.cuts if cut > top]
    fitting = [cut for cut in ends if cut - top <= room]
    if fitting and (fresh or fitting[-1] - top >= _LONE):
        return fitting[-1]
    # A row higher than a page is shown as far as it goes.
    return next(iter(ends), block.height) if fresh else None


class _Letters:
    """The typeface in both weights, with the letters of a picture."""

    def __init__(self, figure: Figure, feet: Sequence[str], fonts: FontData) -> None:
        known = _known(fonts.regular) & _known(fonts.bold)
        self.known = known
        texts = [s for block in figure.blocks for g in (*block.head, *block.groups) for s in g.shapes]
        words = [(self.clean(s.words), s.bold) for s in texts if isinstance(s, Text)]
        self.regular = typeface(fonts.regular, [text for text, bold in words if not bold] + [*map(self.clean, feet)])
        self.bold = typeface(fonts.bold, [text for text, bold in words if bold])

    def clean(self, text: str) -> str:
        """The text with what the typeface has no letter for replaced."""
        return "".join(letter if ord(letter) in self.known else _UNKNOWN for letter in text)

    def face(self, bold: bool) -> Typeface:
        return self.bold if bold else self.regular


@lru_cache(maxsize=8)
def _known(font: bytes) -> frozenset[int]:
    from fontTools.ttLib import TTFont  # late: it takes a moment to load

    full = cast("Any", TTFont(io.BytesIO(font), lazy=True))
    return frozenset(full.getBestCmap())


def _content(pieces: Sequence[_Piece], foot: str, letters: _Letters, page: tuple[Emu, float]) -> bytes:
    """Draw a page of that height; units are points, y downwards by the page's matrix, so letters are turned back."""
    height, scale = page
    drawn = [b"q %s 0 0 %s %s %s cm" % (*map(_number, (scale, -scale)), _points(_SIDE), _points(height - _SIDE))]
    for piece in pieces:
        shapes = [shape for group in piece.groups if _seen(group, piece) for shape in group.shapes]
        top = piece.top - _OVER
        clip = b"-72 %s 9999 %s re W n" % (_points(top), _points(piece.bottom + _OVER - top))
        drawn.append(b"q 1 0 0 1 0 %s cm %s" % (_points(piece.y - piece.top), clip))
        drawn += [part for shape in shapes for part in _shape(shape, letters)]
        drawn.append(b"Q")
    drawn.append(b"Q")
    line = Text(letters.clean(foot), (_SIDE, height - _SIDE), 8, colour="#6b6b6b")
    drawn += [b"q 1 0 0 -1 0 %s cm" % _points(height), *_shape(line, letters), b"Q"]
    return b"\n".join(drawn)


def _seen(group: Group, piece: _Piece) -> bool:
    top, bottom = group.reach
    return bottom >= piece.top and top <= piece.bottom


def _shape(shape: Shape, letters: _Letters) -> Iterator[bytes]:
    match shape:
        case Text():
            face = letters.face(shape.bold)
            words = letters.clean(shape.words)
            x, y = (value / EMU_PER_POINT for value in shape.at)
            half = face.width(words, shape.size) / 2 if shape.centred else 0.0
            turn, place = (b"0 -1 -1 0", (x, y + half)) if shape.upright else (b"1 0 0 -1", (x - half, y))
            name = b"/B" if shape.bold else b"/R"
            where = b"%s %s %s Tm" % (turn, *map(_number, place))
            size = _number(shape.size)
            yield b"BT %s rg %s %s Tf %s %s Tj ET" % (_rgb(shape.colour), name, size, where, face.shown(words))
        case Rect() if shape.radius:
            yield _painted(_rounded(shape), shape.pen, shape.fill)
        case Rect():
            box = shape.box
            path = b"%s %s %s %s re" % tuple(map(_points, (box.x, box.y, box.width, box.height)))
            yield _painted(path, shape.pen, shape.fill)
        case Line():
            first, *others = (b"%s %s" % (_points(x), _points(y)) for x, y in shape.points)
            path = b" ".join([first, b"m", *(each + b" l" for each in others), *([b"h"] if shape.closed else [])])
            yield _painted(path, shape.pen, shape.fill)


def _rounded(shape: Rect) -> bytes:
    box, radius = shape.box, shape.radius
    near = round(radius * (1 - _CURVE))
    left, top, right, bottom = box.x, box.y, box.right, box.bottom
    parts = [
        ((left + radius, top), b"m"),
        ((right - radius, top), b"l"),
        ((right - near, top, right, top + near, right, top + radius), b"c"),
        ((right, bottom - radius), b"l"),
        ((right, bottom - near, right - near, bottom, right - radius, bottom), b"c"),
        ((left + radius, bottom), b"l"),
        ((left + near, bottom, left, bottom - near, left, bottom - radius), b"c"),
        ((left, top + radius), b"l"),
        ((left, top + near, left + near, top, left + radius, top), b"c"),
    ]
    return b" ".join(b" ".join([*map(_points, numbers), name]) for numbers, name in parts) + b" h"


def _painted(path: bytes, pen: Pen | None, fill: str | None) -> bytes:
    if pen is None and fill is None:
        return b""
    look = [b"q"]
    if fill is not None:
        look.append(_rgb(fill) + b" rg")
    if pen is not None:
        dash = b" ".join(map(_points, pen.dash))
        look.append(b"%s RG %s w [%s] 0 d" % (_rgb(pen.colour), _points(pen.width), dash))
    paint = b"f" if pen is None else b"S" if fill is None else b"B"
    return b" ".join([*look, path, paint, b"Q"])


def _rgb(colour: str) -> bytes:
    return b" ".join(_number(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))


def _points(length: Emu) -> bytes:
    return _number(length / EMU_PER_POINT)


def _number(value: float) -> bytes:
    return b"%.3f" % value if value % 1 else b"%d" % value
