"""The arrows and symbols of one state in their marked looks."""

from __future__ import annotations

from collections.abc import Iterator

from sopdocs.figure.badges import badge, badge_box, place_on
from sopdocs.figure.cells import ASCENT
from sopdocs.figure.marks import SAMA, SideMarks, Tanda
from sopdocs.figure.rows import Shift
from sopdocs.figure.shapes import WHITE, Group, Line, Pen, Rect, Shape, Text
from sopdocs.layout import settings as s
from sopdocs.layout.geometry import ArrowShape, Box, JenisLabel, LabelShape, Point, SymbolShape, TablePart
from sopdocs.layout.symbols import line_height
from sopdocs.layout.units import Emu, mm
from sopdocs.model import Bentuk

_HEAD: tuple[Emu, Emu] = (mm(2.2), mm(0.95))
"""Length and half the width of an arrowhead."""


class Flow:
    """Draws the flow of one table; `shift` carries it to the rows of the picture."""

    def __init__(self, part: TablePart, marks: SideMarks, shift: Shift, sisi: str) -> None:
        self.part = part
        self.marks = marks
        self.shift = shift
        self.sisi = sisi
        self.boxes = {symbol.id: shift.box(symbol.box) for symbol in part.symbols}
        self.taken: list[Box] = [*self.boxes.values(), *(shift.box(label.box) for label in part.labels)]

    def groups(self) -> Iterator[Group]:
        """Arrows, those that differ on top, then symbols, answers, and signs on arrows."""
        told = sorted(self.part.arrows, key=lambda arrow: self.mark(arrow).jenis is not None)
        # Signs are placed clear of each other, so those of symbols come first.
        symbols = [self.symbol(symbol) for symbol in self.part.symbols]
        arrows = [self.arrow(arrow) for arrow in told]
        yield from arrows
        yield from symbols
        yield from (Group(tuple(self.label(label))) for label in self.part.labels)

    def mark(self, arrow: ArrowShape) -> Tanda:
        return self.marks.arrow.get((arrow.dari, arrow.ke, arrow.label), SAMA)

    def arrow(self, arrow: ArrowShape) -> Group:
        mark = self.mark(arrow)
        points = tuple((x, self.shift.y(y)) for x, y in arrow.points)
        shapes: list[Shape] = [Line(points, mark.pen)]
        if arrow.head:
            shapes.append(Line(arrowhead(*points[-2:]), None, mark.colour, closed=True))
        if mark.sign:
            middle = place_on(points, mark, self.taken)
            self.taken.append(badge_box(mark, middle))
            shapes += badge(mark, middle)
        answer = f" {arrow.label}" if arrow.label else ""
        name = f"{arrow.dari} → {arrow.ke}{answer}"
        return Group(tuple(shapes), "panah", self.sisi, name, mark.name, mark.akibat)

    def symbol(self, symbol: SymbolShape) -> Group:
        mark = self.marks.symbol.get(symbol.id, SAMA)
        box = self.boxes[symbol.id]
        shapes: list[Shape] = [_outline(symbol.bentuk, box, mark.pen)]
        line = line_height(symbol.size)
        top = box.y + (box.height - line * len(symbol.lines)) // 2
        for number, words in enumerate(symbol.lines):
            at = box.centre[0], top + round((number + ASCENT) * line)
            shapes.append(Text(words, at, symbol.size, colour=mark.colour, centred=True))
        if mark.sign:
            corner = box.right, box.y
            self.taken.append(badge_box(mark, corner))
            shapes += badge(mark, corner)
        return Group(tuple(shapes), "simbol", self.sisi, str(symbol.id), mark.name, mark.akibat)

    def label(self, label: LabelShape) -> Iterator[Shape]:
        mark = self.mark_of_label(label)
        box = self.shift.box(label.box)
        lines = label.lines or (label.text,)
        top = box.y + (box.height - s.LABEL_HEIGHT * len(lines)) // 2
        bold = mark.jenis is not None and not mark.akibat
        for number, words in enumerate(lines):
            at = box.centre[0], top + round((number + ASCENT) * s.LABEL_HEIGHT)
            yield Text(words, at, s.LABEL.size, bold=bold, colour=mark.colour, centred=True)

    def mark_of_label(self, label: LabelShape) -> Tanda:
        if label.jenis is JenisLabel.LAMBANG:
            return self.marks.symbol.get(label.dari, SAMA)
        told = (mark for (dari, _, text), mark in self.marks.arrow.items() if (dari, text) == (label.dari, label.text))
        return next(told, SAMA)


def arrowhead(start: Point, end: Point) -> tuple[Point, ...]:
    """Three corners of an arrowhead at `end`, for a line that comes from `start`."""
    across, down = end[0] - start[0], end[1] - start[1]
    length = max((across**2 + down**2) ** 0.5, 1)
    back = end[0] - round(across / length * _HEAD[0]), end[1] - round(down / length * _HEAD[0])
    aside = round(-down / length * _HEAD[1]), round(across / length * _HEAD[1])
    return end, (back[0] + aside[0], back[1] + aside[1]), (back[0] - aside[0], back[1] - aside[1])


def _outline(bentuk: Bentuk, box: Box, pen: Pen) -> Shape:
    if bentuk is Bentuk.KEPUTUSAN:
        x, y = box.centre
        return Line(((x, box.y), (box.right, y), (x, box.bottom), (box.x, y)), pen, WHITE, closed=True)
    return Rect(box, pen, WHITE, min(box.width, box.height) // 2 if bentuk.terminator else 0)
