"""What is drawn in the swimlanes of a table: symbols, connectors, arrows and labels, told from their ink."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Any

from tests.printed.ink import Page, Path, glyph_box, glyph_ink
from tests.printed.plane import (
    XY,
    Polygon,
    Rect,
    Segment,
    bounds,
    centre,
    corners,
    holds,
    inside,
    rect_polygon,
    to_outline,
)
from tests.printed.tables import Table
from tests.printed.violation import TOLERANCE

_HAIR = 0.3
_LEADING = 1.2
"""Distance of lines, in font sizes."""
_WORD_GAP = 0.6
"""Widest gap between glyphs of a line, in font sizes: a space is 0.28 wide, kerning takes 0.1."""
_NECK = 1.6
"""Points between the end of a line and the base of its head, at most; the line is cut short somewhere in the head."""


class Shape(StrEnum):
    """Closed outlines."""

    BOX = "box"
    CAPSULE = "capsule"
    DIAMOND = "diamond"
    DOWN = "connector down"
    UP = "connector up"
    ODD = "odd"

    @property
    def connector(self) -> bool:
        """Whether this is an off-page connector."""
        return self in (Shape.DOWN, Shape.UP)


@dataclass(frozen=True)
class Thing:
    """A symbol or connector. `row` and `lane` are -1 where its middle lies outside the lanes."""

    shape: Shape
    outline: Polygon
    row: int
    lane: int
    text: str
    glyphs: tuple[Rect, ...] = ()
    """Ink of its text."""

    @property
    def box(self) -> Rect:
        """The rectangle around it."""
        return bounds(self.outline)


@dataclass(frozen=True)
class Arrow:
    """A line from its beginning to the tip of its head; drawn either way round when it has none."""

    points: tuple[XY, ...]
    heads: int
    """Ends that bear a head; 1 for an arrow."""
    source: Thing | None
    """Whose border it begins on; None when that is no symbol's or several symbols'."""
    target: Thing | None
    head: Polygon = ()
    """Corners of the head at its end."""

    @property
    def segments(self) -> list[Segment]:
        """Its stretches."""
        return list(pairwise(self.points))

    @property
    def place(self) -> XY:
        """Where it begins."""
        return self.points[0]


@dataclass(frozen=True)
class Label:
    """A text that stands free in the lanes; its box is that of the ink."""

    text: str
    box: Rect


@dataclass(frozen=True)
class Drawn:
    """The swimlanes of one table."""

    table: Table
    things: tuple[Thing, ...]
    arrows: tuple[Arrow, ...]
    labels: tuple[Label, ...]
    loose: tuple[XY, ...]
    """Tips of arrowheads that end no line."""
    captions: tuple[tuple[Thing, Label], ...] = ()
    """Symbols too small for their texts, and these texts, which stand beside them."""

    def said(self, thing: Thing) -> str:
        """The text of a symbol, in it or beside it."""
        return next((label.text for owner, label in self.captions if owner is thing), thing.text)

    @property
    def connectors(self) -> tuple[Thing, ...]:
        """Halves of pairs."""
        return tuple(thing for thing in self.things if thing.shape.connector)


def read_drawing(page: Page, table: Table) -> Drawn:
    """Sort the ink of a table's lanes. A path belongs to the table it begins in."""
    zone = (0.0, table.top, math.inf, table.bottom)
    chars = [c for c in page.chars if c["text"].strip() and holds(table.area, centre(glyph_box(c)))]
    outlines = [path for path in page.outlines if holds(zone, path.points[0])]
    things = tuple(_thing(path, table, chars) for path in outlines)
    heads = [path for path in page.heads if holds(zone, path.points[0])]
    arrows = tuple(_arrow(line, heads, things) for line in page.lines if holds(zone, line.points[0]))
    free = [c for c in chars if not any(inside(centre(glyph_ink(c)), thing.outline) for thing in things)]
    return Drawn(table, things, arrows, tuple(_labels(free)), tuple(_tip(head)[0] for head in heads))


def shape_of(outline: Polygon) -> Shape:
    """Tell a symbol by its corners."""
    x0, top, x1, bottom = bounds(outline)
    x, y = (x0 + x1) / 2, (top + bottom) / 2
    cut = (bottom - top) / 5
    known = {
        Shape.BOX: rect_polygon((x0, top, x1, bottom)),
        Shape.DIAMOND: ((x, top), (x1, y), (x, bottom), (x0, y)),
        Shape.DOWN: ((x0, top), (x1, top), (x1, bottom - cut), (x, bottom), (x0, bottom - cut)),
        Shape.UP: ((x, top), (x1, top + cut), (x1, bottom), (x0, bottom), (x0, top + cut)),
    }
    for shape, wanted in known.items():
        if len(wanted) == len(outline) and all(min(math.dist(a, b) for b in outline) < _HAIR for a in wanted):
            return shape
    return Shape.CAPSULE if len(outline) > 8 and _is_capsule(outline) else Shape.ODD


def _is_capsule(outline: Polygon) -> bool:
    """Whether all corners lie half the shorter side away from the line through the middle."""
    x0, top, x1, bottom = bounds(outline)
    radius = min(x1 - x0, bottom - top) / 2
    off = (max(x0 + radius - x, x - x1 + radius, 0.0) for x, _ in outline)
    down = (max(top + radius - y, y - bottom + radius, 0.0) for _, y in outline)
    return all(abs(math.hypot(a, b) - radius) < _HAIR for a, b in zip(off, down, strict=True))


def _thing(path: Path, table: Table, chars: Iterable[dict[str, Any]]) -> Thing:
    outline = corners(path.points)
    x, y = centre(bounds(outline))
    own = [c for c in chars if inside(centre(glyph_ink(c)), outline)]
    place = table.row_at(y), table.lane_at(x)
    return Thing(shape_of(outline), outline, *place, "".join(c["text"] for c in own), tuple(map(glyph_ink, own)))


def _tip(head: Path) -> tuple[XY, XY]:
    """Tip of an arrowhead and middle of its base."""
    a, b, c = corners(head.points)[:3]
    # The two equal sides meet at the tip.
    tip, p, q = min(((a, b, c), (b, a, c), (c, a, b)), key=lambda t: abs(math.dist(t[0], t[1]) - math.dist(t[0], t[2])))
    return tip, ((p[0] + q[0]) / 2, (p[1] + q[1]) / 2)


def _arrow(line: Path, heads: list[Path], things: Sequence[Thing]) -> Arrow:
    """Join a line with the heads at its ends, taking them out of `heads`; it ends where its head is."""
    points = list(line.points)
    end, start = _take(points[-2], points[-1], heads), _take(points[1], points[0], heads)
    if start is not None:
        points = _up_to(points[::-1], _tip(start)[0])[::-1]
    if end is not None:
        points = _up_to(points, _tip(end)[0])
    if start is not None and end is None:
        points.reverse()
    source, target = (_touched(point, things) for point in (points[0], points[-1]))
    head = end or start
    outline = corners(head.points) if head else ()
    return Arrow(tuple(points), (start is not None) + (end is not None), source, target, outline)


def _take(inner: XY, end: XY, heads: list[Path]) -> Path | None:
    """The head that a line coming from `inner` runs into at `end`; it is used up."""
    found = [head for head in heads if _neck(inner, end, head) <= _NECK]
    if not found:
        return None
    best = min(found, key=lambda head: _neck(inner, end, head))
    heads.remove(best)
    return best


def _neck(inner: XY, end: XY, head: Path) -> float:
    """Distance of a line's end from the base of a head that looks onwards, or that it ends within.

    A head longer than the last stretch is tilted: LibreOffice then cuts the line off before its last corner.
    """
    tip, base = _tip(head)
    onwards = (tip[0] - base[0]) * (end[0] - inner[0]) + (tip[1] - base[1]) * (end[1] - inner[1])
    if onwards > 0 and math.dist(end, base) <= _NECK:
        return math.dist(end, base)
    outline = corners(head.points)
    return _NECK if inside(end, outline) or to_outline(end, outline) < _HAIR else math.inf


def _up_to(points: list[XY], tip: XY) -> list[XY]:
    """Prolong a line to the tip of its head, by a corner where the head is tilted."""
    (x0, y0), (x1, y1) = points[-2:]
    straight = abs(tip[0] - x1) < _HAIR if abs(x1 - x0) < abs(y1 - y0) else abs(tip[1] - y1) < _HAIR
    return [*points[:-1], tip] if straight else [*points, tip]


def _touched(point: XY, things: Sequence[Thing]) -> Thing | None:
    near = [thing for thing in things if to_outline(point, thing.outline) <= TOLERANCE]
    return near[0] if len(near) == 1 else None


def _labels(chars: Iterable[dict[str, Any]]) -> Iterator[Label]:
    """Glyphs that follow one another, on one line or on the next one below with the same middle."""
    lines: list[list[dict[str, Any]]] = []
    for char in chars:
        if lines and _follows(lines[-1][-1], char):
            lines[-1].append(char)
        else:
            lines.append([char])
    blocks: list[list[list[dict[str, Any]]]] = []
    for line in lines:
        if blocks and _below(blocks[-1][-1], line):
            blocks[-1].append(line)
        else:
            blocks.append([line])
    for block in blocks:
        glyphs = [char for line in block for char in line]
        yield Label("".join(char["text"] for char in glyphs), _around(glyphs))


def _follows(a: dict[str, Any], b: dict[str, Any]) -> bool:
    return abs(a["bottom"] - b["bottom"]) < _HAIR and abs(b["x0"] - a["x1"]) < _WORD_GAP * a["size"]


def _below(line: list[dict[str, Any]], other: list[dict[str, Any]]) -> bool:
    a, b = _around(line), _around(other)
    down = other[0]["bottom"] - line[0]["bottom"]
    return abs(down - _LEADING * line[0]["size"]) < _HAIR and abs(centre(a)[0] - centre(b)[0]) < 2 * _HAIR


def _around(glyphs: Iterable[dict[str, Any]]) -> Rect:
    boxes = [glyph_ink(char) for char in glyphs]
    return bounds([point for x0, top, x1, bottom in boxes for point in ((x0, top), (x1, bottom))])
