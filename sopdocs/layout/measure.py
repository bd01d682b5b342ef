"""Measure and break text with the font files that LibreOffice will use."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, cast

import uharfbuzz as hb

from sopdocs.layout.units import Emu, pt
from sopdocs.model import RichText, Run

_hb = cast(Any, hb)  # the library ships no types
_WORD = re.compile(r"[^\s-]*-+|[^\s-]+|[^\S\n]+|\n")


@dataclass(frozen=True, slots=True)
class FontData:
    """The four styles of the sheet's typeface, as TrueType data."""

    regular: bytes = field(repr=False)
    bold: bytes = field(repr=False)
    italic: bytes = field(repr=False)
    bold_italic: bytes = field(repr=False)

    def style(self, bold: bool, italic: bool) -> bytes:
        """The font file of one style."""
        if bold:
            return self.bold_italic if italic else self.bold
        return self.italic if italic else self.regular

    @property
    def digest(self) -> str:
        """SHA-256 over all four files."""
        parts = (self.regular, self.bold, self.italic, self.bold_italic)
        return hashlib.sha256(b"".join(hashlib.sha256(part).digest() for part in parts)).hexdigest()


@lru_cache(maxsize=16)
def _font(data: bytes) -> Any:
    return _hb.Font(_hb.Face(data))


@lru_cache(maxsize=65536)
def _advance(data: bytes, text: str) -> float:
    """Width of `text` in ems."""
    font = _font(data)
    buffer = _hb.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    _hb.shape(font, buffer, {"kern": True, "liga": True})
    positions: list[Any] = buffer.glyph_positions or []
    return float(sum(position.x_advance for position in positions)) / font.face.upem


@dataclass(frozen=True, slots=True)
class TextStyle:
    """Size and look of a text."""

    size: float
    """Points."""
    bold: bool = False
    italic: bool = False


def text_width(fonts: FontData, text: str, style: TextStyle) -> Emu:
    """Width of a text on one line."""
    return pt(_advance(fonts.style(style.bold, style.italic), text) * style.size)


def line_count(fonts: FontData, text: RichText, style: TextStyle, width: Emu) -> int:
    """Lines that `text` fills in a column of `width`; list items hang by `hanging` EMU."""
    return sum(
        len(break_runs(fonts, p.runs, style, width - hanging(p.marker, p.level, style))) for p in text.paragraphs
    )


_WHOLE, _SPACE, _BREAK = range(3)
"""What a piece is: not to be cut as long as a line has room for it, blanks, or the end of a line."""


@dataclass(frozen=True, slots=True)
class _Piece:
    text: str
    width: Emu
    kind: int
    look: TextStyle


@lru_cache(maxsize=8192)
def _pieces(fonts: FontData, runs: tuple[Run, ...], style: TextStyle) -> tuple[_Piece, ...]:
    """The pieces of a paragraph: it is filled into columns of many widths."""
    found: list[_Piece] = []
    for run in runs:
        look = TextStyle(style.size, style.bold or run.bold, style.italic or run.italic)
        for text in _WORD.findall(run.text):
            kind = _BREAK if text == "\n" else _SPACE if text.isspace() else _WHOLE
            found.append(_Piece(text, text_width(fonts, text, look), kind, look))
    return tuple(found)


class Filling:
    """A text whose pieces are measured once, to be filled into columns of many widths."""

    def __init__(self, fonts: FontData, text: RichText, style: TextStyle) -> None:
        self.whole = fonts, text, style
        self.paragraphs = [
            (p, [(piece.width, piece.kind) for piece in _pieces(fonts, p.runs, style)]) for p in text.paragraphs
        ]
        self.word = 0
        """Room for the widest piece that no break may cut, its indent included."""
        self.line = 0
        """Room for every paragraph on one line."""
        for paragraph, pieces in self.paragraphs:
            indent = hanging(paragraph.marker, paragraph.level, style)
            line = 0
            for advance, kind in pieces:
                line = 0 if kind == _BREAK else line + advance
                self.line = max(self.line, indent + line)
                self.word = max(self.word, indent + advance if kind == _WHOLE else 0)

    def lines(self, width: Emu) -> int:
        """Lines in a column of `width`, the same as `line_count`."""
        if self.word > width:
            return line_count(*self.whole, width)
        total = 0
        for paragraph, pieces in self.paragraphs:
            room = width - hanging(paragraph.marker, paragraph.level, self.whole[2])
            total += 1
            used, empty = 0, True
            for advance, kind in pieces:
                if kind == _WHOLE:
                    if used + advance > room and not empty:
                        total += 1
                        used = 0
                    used += advance
                    empty = False
                elif kind == _BREAK:
                    total += 1
                    used, empty = 0, True
                elif not empty:
                    used += advance
        return total


def hanging(marker: str, level: int, style: TextStyle) -> Emu:
    """Indent of a list item: markers stand in a column of their own."""
    step = pt(style.size * 1.6)
    return step * (level + 1) if marker else step * level


def break_runs(fonts: FontData, runs: tuple[Run, ...], style: TextStyle, width: Emu) -> list[str]:
    """Fill lines greedily: breaks at spaces and after hyphens; a word wider than the line breaks anywhere."""
    lines = [""]
    used: Emu = 0
    for piece in _pieces(fonts, runs, style):
        if piece.kind == _BREAK:
            lines.append("")
            used = 0
        elif piece.kind == _SPACE:
            lines[-1] += piece.text if lines[-1] else ""
            used += piece.width if lines[-1] else 0
        else:
            if used + piece.width > width and lines[-1]:
                lines.append("")
                used = 0
            if used + piece.width <= width:
                lines[-1] += piece.text
                used += piece.width
            else:
                used = _break_anywhere(fonts, piece, lines, (used, width))
    return [line.rstrip() for line in lines]


def _break_anywhere(fonts: FontData, piece: _Piece, lines: list[str], room: tuple[Emu, Emu]) -> Emu:
    used, width = room
    for character in piece.text:
        advance = text_width(fonts, character, piece.look)
        if used + advance > width and lines[-1]:
            lines.append("")
            used = 0
        lines[-1] += character
        used += advance
    return used


@lru_cache(maxsize=8192)
def least_room(fonts: FontData, text: str, style: TextStyle) -> Emu:
    """The narrowest room in which `break_text` cuts no word of a text."""
    pieces = [piece for piece in _pieces(fonts, (Run(text),), style) if piece.kind == _WHOLE]
    letters = (sum(text_width(fonts, letter, style) for letter in piece.text) for piece in pieces)
    return max((min(piece.width, each) for piece, each in zip(pieces, letters, strict=True)), default=0)


def break_text(fonts: FontData, text: str, style: TextStyle, width: Emu) -> list[str]:
    """Break a plain text."""
    return break_runs(fonts, (Run(text),), style, width)


def longest_word(fonts: FontData, text: str, style: TextStyle) -> Emu:
    """Width of the widest piece that no break may cut."""
    return max((text_width(fonts, piece, style) for piece in _WORD.findall(text)), default=0)
