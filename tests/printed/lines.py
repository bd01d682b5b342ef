"""Rules for arrows: their form, their ends, what they may not touch, how far apart they run."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import combinations, pairwise

from tests.printed.drawn import Arrow, Drawn, Thing
from tests.printed.ink import Page, glyph_ink
from tests.printed.plane import (
    XY,
    Rect,
    Segment,
    beside,
    bounds,
    depth,
    holds,
    inside,
    polygon_distance,
    rect_distance,
    rect_polygon,
    to_segment,
    upright,
)
from tests.printed.violation import MM, SPACING, TOLERANCE, Violation

_SLANT = 0.3
_MERGED = 0.5
"""Points between the middles of two strokes of 0.75 pt that look like one."""
_RULE_GAP = 0.75 * MM
"""Least distance of an arrow from a rule of the table that it runs along."""
_HEAD = 5.9
"""Length of a head as LibreOffice draws it."""
_HALF_STROKE = 0.375


def line_violations(drawn: Drawn, page: Page) -> Iterator[Violation]:
    """All rules of this module."""
    for x, y in drawn.loose:
        yield Violation("head", drawn.table.page, (x, y), "an arrowhead that ends no line")
    glyphs = [glyph_ink(char) for char in page.chars if char["upright"] and char["text"].strip()]
    for arrow in drawn.arrows:
        for rule in (_form, _head, _ends, _area, _rules, _itself):
            yield from rule(drawn, arrow)
        for thing in drawn.things:
            yield from _thing(drawn, arrow, thing)
        yield from _texts(drawn, arrow, glyphs)
    for a, b in combinations(drawn.arrows, 2):
        yield from _side_by_side(drawn, a, b)
        yield from _touch(drawn, a, b)


def _bad(drawn: Drawn, rule: str, place: XY, text: str, *, soft: bool = False) -> Violation:
    return Violation(rule, drawn.table.page, place, text, soft)


def _straight(segment: Segment) -> bool:
    return min(abs(segment[1][0] - segment[0][0]), abs(segment[1][1] - segment[0][1])) <= _SLANT


def _form(drawn: Drawn, arrow: Arrow) -> Iterator[Violation]:
    """Level and upright stretches in turn. The last may slant where it is shorter than its head."""
    count = len(arrow.segments)
    for number, segment in enumerate(arrow.segments, start=1):
        if not _straight(segment):
            tilted = number == count and arrow.heads == 1 and math.dist(*segment) <= _HEAD + TOLERANCE
            yield _bad(drawn, "form", segment[0], "a stretch slants", soft=tilted)
    for a, b in pairwise(arrow.segments):
        if _straight(a) and _straight(b) and upright(a) is upright(b):
            yield _bad(drawn, "form", b[0], "a line does not turn at its corner")


def _head(drawn: Drawn, arrow: Arrow) -> Iterator[Violation]:
    if arrow.heads > 1:
        yield _bad(drawn, "head", arrow.place, "a line with two heads")
    if arrow.heads and math.dist(*arrow.segments[-1]) < _HEAD - TOLERANCE:
        yield _bad(drawn, "head", arrow.points[-1], "the last stretch is shorter than its head", soft=True)


def _ends(drawn: Drawn, arrow: Arrow) -> Iterator[Violation]:
    """From the border of one symbol, outwards, to the border of another, inwards."""
    for end, inner, thing, name in (
        (arrow.points[0], arrow.points[1], arrow.source, "begins"),
        (arrow.points[-1], arrow.points[-2], arrow.target, "ends"),
    ):
        if thing is None:
            yield _bad(drawn, "ends", end, f"an arrow {name} on no border, or on several")
            continue
        if not _straight((end, inner)):
            continue
        length = math.dist(end, inner) or 1.0
        ahead = end[0] + 2 * (end[0] - inner[0]) / length, end[1] + 2 * (end[1] - inner[1]) / length
        if not inside(ahead, thing.outline):
            yield _bad(drawn, "ends", end, f"an arrow {name} on a border without pointing at its {thing.shape}")
    if arrow.source is not None and arrow.source is arrow.target:
        yield _bad(drawn, "ends", arrow.place, "an arrow returns to its own symbol")


def _area(drawn: Drawn, arrow: Arrow) -> Iterator[Violation]:
    for point in arrow.points:
        if not holds(drawn.table.area, point):
            yield _bad(drawn, "area", point, "an arrow leaves the lanes")


def _rules(drawn: Drawn, arrow: Arrow) -> Iterator[Violation]:
    """Arrows do not run along a rule of the table."""
    table = drawn.table
    x0, top, x1, bottom = table.area
    xs = [x0, *(table.columns[n][1] for n in table.lanes)]
    ys = [top, *(row.bottom for row in table.rows)]
    rules = [*(((x, top), (x, bottom)) for x in xs), *(((x0, y), (x1, y)) for y in ys)]
    for segment in arrow.segments:
        gaps = [gap for rule in rules if (gap := beside(segment, rule, TOLERANCE)) is not None]
        if gaps and min(gaps) < _RULE_GAP - TOLERANCE:
            text = f"an arrow runs {min(gaps):.2f} pt beside a rule"
            yield _bad(drawn, "rule", segment[0], text, soft=min(gaps) > _MERGED)


def _itself(drawn: Drawn, arrow: Arrow) -> Iterator[Violation]:
    for s, t in combinations(arrow.segments, 2):
        gap = beside(s, t, 0.0)
        if gap is not None and gap < SPACING - TOLERANCE:
            yield _bad(drawn, "spacing", s[0], f"an arrow runs {gap:.2f} pt beside itself", soft=gap > _MERGED)


def _thing(drawn: Drawn, arrow: Arrow, thing: Thing) -> Iterator[Violation]:
    """No arrow enters a symbol, and only its own first and last stretch may come near one."""
    if rect_distance(bounds(arrow.points), thing.box) >= SPACING:
        return
    last = len(arrow.segments) - 1
    for number, segment in enumerate(arrow.segments):
        if depth(segment, thing.outline) > TOLERANCE:
            yield _bad(drawn, "through", segment[0], f"an arrow runs into a {thing.shape}")
            continue
        if (number == 0 and thing is arrow.source) or (number == last and thing is arrow.target):
            continue
        gap = polygon_distance(segment, thing.outline)
        if gap < SPACING - TOLERANCE:
            text = f"an arrow passes a {thing.shape} at {gap:.2f} pt"
            yield _bad(drawn, "clearance", segment[0], text, soft=gap > _MERGED)


def _texts(drawn: Drawn, arrow: Arrow, glyphs: list[Rect]) -> Iterator[Violation]:
    """No arrow runs through a text; the text of its own symbol may reach to its end where it does not fit."""
    around = bounds(arrow.points)
    own = {glyph for thing in (arrow.source, arrow.target) if thing is not None for glyph in thing.glyphs}
    for glyph in glyphs:
        if rect_distance(glyph, around) >= _HALF_STROKE:
            continue
        if min(polygon_distance(segment, rect_polygon(glyph)) for segment in arrow.segments) < _HALF_STROKE:
            rule = "text in symbol" if glyph in own else "text"
            yield _bad(drawn, rule, (glyph[0], glyph[1]), "an arrow runs through a text", soft=glyph in own)


def _joined(a: Arrow, b: Arrow) -> bool:
    """Whether two arrows enter the same symbol at the same place from the same side."""
    (p, q), (r, s) = a.segments[-1], b.segments[-1]
    ahead = (q[0] - p[0]) * (s[0] - r[0]) + (q[1] - p[1]) * (s[1] - r[1])
    same = a.target is not None and a.target is b.target and math.dist(q, s) <= TOLERANCE
    return same and ahead > 0 and a.heads == b.heads == 1


def _side_by_side(drawn: Drawn, a: Arrow, b: Arrow) -> Iterator[Violation]:
    """Two arrows keep apart, except for the stretch in which they enter one symbol together."""
    joined = _joined(a, b)
    for s in a.segments:
        for t in b.segments:
            gap = beside(s, t, TOLERANCE)
            if gap is None or gap >= SPACING - TOLERANCE:
                continue
            if joined and s == a.segments[-1] and t == b.segments[-1]:
                continue
            rule = "spacing" if gap > _MERGED else "overlap"
            yield _bad(drawn, rule, s[0], f"two arrows run {gap:.2f} pt apart", soft=gap > _MERGED)


def _touch(drawn: Drawn, a: Arrow, b: Arrow) -> Iterator[Violation]:
    """No corner or end of an arrow lies on another arrow: it would look like a junction."""
    joined = _joined(a, b)
    for one, other in ((a, b), (b, a)):
        # A tilted head adds a stretch of its own.
        tail = 2 if _straight(one.segments[-1]) else 3
        for number, corner in enumerate(one.points):
            if joined and number >= len(one.points) - tail:
                continue
            if min(to_segment(corner, segment) for segment in other.segments) <= TOLERANCE:
                yield _bad(drawn, "touch", corner, "a corner or end of an arrow lies on another arrow")
