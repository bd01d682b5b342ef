"""Sizes of the flowchart's symbols, their texts and their outlines."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from sopdocs.layout import settings as s
from sopdocs.layout.geometry import Box
from sopdocs.layout.measure import FontData, TextStyle, break_text, least_room, text_width
from sopdocs.layout.units import Emu, mm, pt
from sopdocs.model import Bentuk, Simbol

SIZES = (8.0, 7.5, 7.0)
"""Points; no text on a sheet is smaller than the last."""
_INSET: Emu = mm(0.6)
"""Room kept at both ends of a line."""
_TIGHT: Emu = mm(0.25)
"""The same where a text would not fit otherwise."""
_DIAMOND_HIGHEST: Emu = mm(18)
_BOX_HIGHEST: Emu = mm(16)
_LOW: Emu = mm(12)
"""No symbol is widened further once it is as low as this."""


class Outline(StrEnum):
    """What a wire meets when it arrives."""

    BOX = "box"
    CAPSULE = "capsule"
    DIAMOND = "diamond"
    POINT_DOWN = "point_down"
    """Off-page connector of a flow that goes down."""
    POINT_UP = "point_up"

    @property
    def connector(self) -> bool:
        """Whether this is an off-page connector."""
        return self in (Outline.POINT_DOWN, Outline.POINT_UP)


def outline(bentuk: Bentuk) -> Outline:
    """The outline of a symbol."""
    if bentuk.terminator:
        return Outline.CAPSULE
    return Outline.DIAMOND if bentuk is Bentuk.KEPUTUSAN else Outline.BOX


@dataclass(frozen=True, slots=True)
class SymbolSize:
    """How a symbol is drawn when it is `width` wide."""

    width: Emu
    height: Emu
    lines: tuple[str, ...] = ()
    size: float = 0
    fits: bool = True
    """False when the text is too long for any size that is allowed."""


def line_height(size: float) -> Emu:
    """Exact line height of text in a symbol."""
    return pt(size * 1.2)


def symbol_size(
    simbol: Simbol, width: Emu, fonts: FontData, inset: Emu = _INSET, sizes: tuple[float, ...] = SIZES
) -> SymbolSize:
    """Size a symbol so that its text fits with `inset` at its ends, at the one of the font sizes that keeps it low."""
    base = s.DIAMOND_HEIGHT if simbol.bentuk is Bentuk.KEPUTUSAN else s.SYMBOL_HEIGHT
    if not simbol.label:
        return SymbolSize(width, base)
    tries = [t for size in sizes for t in _tries(simbol, width, fonts, (size, inset))]
    return min(tries, key=lambda t: (t.height, -t.size)) if tries else without_text(simbol, width)


def crammed(simbol: Simbol, width: Emu, fonts: FontData) -> SymbolSize:
    """The text broken anywhere, in a symbol as high as need be: when it has no place beside it either."""
    style = TextStyle(SIZES[-1])
    lines = tuple(break_text(fonts, simbol.label, style, width - 2 * _INSET))
    return SymbolSize(width, max(_BOX_HIGHEST, len(lines) * line_height(style.size)), lines, style.size, fits=False)


def without_text(simbol: Simbol, width: Emu) -> SymbolSize:
    """The symbol at its usual height, its text to stand beside it."""
    base = s.DIAMOND_HEIGHT if simbol.bentuk is Bentuk.KEPUTUSAN else s.SYMBOL_HEIGHT
    return SymbolSize(width, base, fits=False)


def widened(simbol: Simbol, width: Emu, room: Emu, fonts: FontData) -> SymbolSize:
    """A symbol too narrow for its text, as wide as it must be up to `room`, else with the text close to its outline."""
    tries = [(w, _INSET) for w in range(width, room + 1, mm(0.5))] + [(room, _TIGHT), (width, _TIGHT)]
    sizes = [symbol_size(simbol, max(wide, width), fonts, inset) for wide, inset in tries]
    fitting = [size for size in sizes if size.fits]
    low = [size for size in fitting if size.height <= _LOW]
    return next(iter(low), min(fitting, key=lambda size: size.height, default=without_text(simbol, width)))


def _tries(simbol: Simbol, width: Emu, fonts: FontData, look: tuple[float, Emu]) -> list[SymbolSize]:
    size, inset = look
    style = TextStyle(size)
    least = max(least_room(fonts, simbol.label, style), 1)
    found: list[SymbolSize] = []
    for share in (100, 85, 70, 55, 40):
        room = width * share // 100 - 2 * inset
        lines = tuple(break_text(fonts, simbol.label, style, room)) if room >= least else ()
        if not lines or " ".join(lines).split() != simbol.label.split():
            continue
        text = (max(text_width(fonts, line, style) for line in lines), len(lines) * line_height(size))
        height = _height(simbol.bentuk, width, text, inset)
        if height is not None:
            found.append(SymbolSize(width, height, lines, size))
    return found


def _height(bentuk: Bentuk, width: Emu, text: tuple[Emu, Emu], inset: Emu) -> Emu | None:
    """The least height at which a text of (width, height) stands inside the outline."""
    across, down = text[0] + 2 * inset, text[1]
    if bentuk is Bentuk.KEPUTUSAN:
        if across >= width:
            return None
        height = max(s.DIAMOND_HEIGHT, -(-down * width // (width - across)))
        return height if height <= _DIAMOND_HIGHEST else None
    height = max(s.SYMBOL_HEIGHT, down + 2 * inset)
    # The corners of the text must stay within the round ends of a capsule.
    ends = height - round((height**2 - down**2) ** 0.5) if bentuk.terminator else 0
    # A capsule lies: it is never higher than wide.
    highest = min(_BOX_HIGHEST, max(width, s.SYMBOL_HEIGHT)) if bentuk.terminator else _BOX_HIGHEST
    return height if across + ends <= width and height <= highest else None


def common_size(simbol: Iterable[Simbol], width: Emu, fonts: FontData) -> tuple[float, ...]:
    """The one font size that keeps the symbols lowest whose texts fit at all; all sizes if there is no such one."""
    shapes = [symbol for symbol in simbol if symbol.label and symbol_size(symbol, width, fonts).fits]
    found: list[tuple[Emu, float]] = []
    for size in SIZES:
        drawn = [symbol_size(symbol, width, fonts, sizes=(size,)) for symbol in shapes]
        if all(symbol.fits for symbol in drawn):
            found.append((sum(symbol.height for symbol in drawn), -size))
    return (-min(found)[1],) if found else SIZES


def least_width(simbol: Iterable[Simbol], widest: Emu, fonts: FontData) -> Emu:
    """The narrowest width, in whole millimetres, at which the texts of all symbols fit that fit at all."""
    shapes = [symbol for symbol in simbol if symbol.label and symbol_size(symbol, widest, fonts).fits]
    for width in range(s.SYMBOL_FLOOR, widest, mm(1)):
        if all(symbol_size(symbol, width, fonts).fits for symbol in shapes):
            return width
    return widest


POINT = 0.2
"""Share of a connector's height that its point takes (preset shape flowChartOffpageConnector)."""


def border_y(shape: Outline, box: Box, x: Emu, *, below: bool) -> Emu:
    """Where an upright line at `x` meets the upper or lower outline."""
    edge = box.bottom if below else box.y
    off = abs(x - box.centre[0])
    inset = 0
    if shape is Outline.DIAMOND:
        inset = round(box.height * off / box.width)
    elif shape is Outline.CAPSULE:
        inset = _rounding(box, off - (box.width - min(box.width, box.height)) / 2)
    elif shape.connector and below is (shape is Outline.POINT_DOWN):
        inset = round(2 * box.height * POINT * off / box.width)
    return edge - inset if below else edge + inset


def _rounding(box: Box, beyond: float) -> Emu:
    """How far the round end of a capsule has gone in where it is left by `beyond` from the end's middle."""
    radius = min(box.height, box.width) / 2
    return round(radius - max(radius**2 - beyond**2, 0) ** 0.5) if beyond > 0 else 0


def border_x(shape: Outline, box: Box, y: Emu, *, right: bool) -> Emu:
    """Where a level line at `y` meets the left or right outline."""
    edge = box.right if right else box.x
    off = y - box.centre[1]
    inset = 0
    if shape is Outline.DIAMOND:
        inset = round(box.width * abs(off) / box.height)
    elif shape is Outline.CAPSULE:
        inset = _rounding(box, abs(off) - (box.height - min(box.width, box.height)) / 2)
    elif shape.connector:
        toward = off if shape is Outline.POINT_DOWN else -off
        beyond = toward - box.height * (0.5 - POINT)
        inset = round(beyond / (box.height * POINT) * box.width / 2) if beyond > 0 else 0
    return edge - inset if right else edge + inset
