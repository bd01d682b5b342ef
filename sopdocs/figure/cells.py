"""The texts of a step in the picture: its deed, and the cells that differ, words that came or went marked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sopdocs.compare import BedaIsian, BedaLangkah, word_changes
from sopdocs.figure.marks import LAMA
from sopdocs.figure.shapes import BLACK, Line, Pen, Shape, Text
from sopdocs.layout import FontData
from sopdocs.layout import settings as s
from sopdocs.layout.measure import TextStyle, break_text, text_width
from sopdocs.layout.units import Emu, mm, pt
from sopdocs.model import Langkah

_NOTE = 8.0
_LEADING = 1.2
ASCENT = 0.8
"""Share of the line height above the base line."""
_GONE, _COME = "#b71c1c", "#14702f"
_LOOKS = ": hanya rupa huruf, penomoran, atau tautannya berubah"
_NOTHING = "(kosong)"

Stretch = tuple[str, bool]
"""A stretch of a text, and whether only this state has it."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A text of stretches, in one size."""

    stretches: tuple[Stretch, ...]
    size: float

    @property
    def text(self) -> str:
        """All of it."""
        return "".join(text for text, _ in self.stretches)

    @property
    def line(self) -> Emu:
        """Height of a line."""
        return pt(self.size * _LEADING)

    def lines(self, fonts: FontData, width: Emu) -> list[str]:
        """The text as it is broken."""
        return break_text(fonts, self.text, TextStyle(self.size), width)


def cell_paragraphs(langkah: Langkah, beda: BedaLangkah | None, sisi: str) -> tuple[Paragraph, ...]:
    """What a row says: the deed, then each other cell that differs."""
    differing = {isian.kunci: isian for isian in beda.isian} if beda else {}
    deed = differing.pop("uraian", None)
    stretches = _stretches(deed, sisi) if deed else ((langkah.uraian.text, False),)
    found = [Paragraph(stretches, s.TEXT.size)]
    if deed and deed.lama == deed.baru:
        found.append(Paragraph(((f"{deed.nama}{_LOOKS}", True),), _NOTE))
    for isian in differing.values():
        if isian.lama == isian.baru:
            found.append(Paragraph(((f"{isian.nama}{_LOOKS}", True),), _NOTE))
        else:
            found.append(Paragraph(((f"{isian.nama}: ", False), *_stretches(isian, sisi)), _NOTE))
    return tuple(found)


def _stretches(isian: BedaIsian, sisi: str) -> tuple[Stretch, ...]:
    parts = word_changes(isian.lama, isian.baru)
    mine = [(part.lama if sisi == LAMA else part.baru, not part.sama) for part in parts]
    return tuple((text, changed) for text, changed in mine if text) or ((_NOTHING, True),)


def text_height(paragraphs: Sequence[Paragraph], fonts: FontData, width: Emu) -> Emu:
    """Height of the texts in a column of that width, with room above and below."""
    lines = sum(len(paragraph.lines(fonts, width)) * paragraph.line for paragraph in paragraphs)
    return lines + 2 * s.CELL_ENDS


def written(
    paragraphs: Sequence[Paragraph], fonts: FontData, at: tuple[Emu, Emu], width: Emu, sisi: str
) -> Iterator[Shape]:
    """Write from `at`, the upper left corner; what the other state lacks is struck out or underlined."""
    x, y = at
    for paragraph in paragraphs:
        seen = 0
        for line in paragraph.lines(fonts, width):
            base = y + round(ASCENT * paragraph.line)
            seen = paragraph.text.find(line, seen)
            yield from _line(paragraph, (seen, seen + len(line)), fonts, (x, base), sisi)
            seen += len(line)
            y += paragraph.line


def _line(
    paragraph: Paragraph, reach: tuple[int, int], fonts: FontData, at: tuple[Emu, Emu], sisi: str
) -> Iterator[Shape]:
    """The stretches within `reach` of the text, on one line."""
    style = TextStyle(paragraph.size)
    start, end = reach
    begin = 0
    for text, changed in paragraph.stretches:
        low, high = max(begin, start), min(begin + len(text), end)
        begin += len(text)
        words = paragraph.text[low:high].strip() if low < high else ""
        if not words:
            continue
        low += paragraph.text[low:high].index(words[0])
        x = at[0] + text_width(fonts, paragraph.text[start:low], style)
        colour = (_GONE if sisi == LAMA else _COME) if changed else BLACK
        yield Text(words, (x, at[1]), paragraph.size, colour=colour)
        if changed:
            up = round(pt(paragraph.size) * (0.27 if sisi == LAMA else -0.14))
            right = x + text_width(fonts, words, style)
            yield Line(((x, at[1] - up), (right, at[1] - up)), Pen(colour, mm(0.25)))
