"""Rules for symbols and connectors: known shapes, each in its cell, apart from each other, texts inside."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from tests.printed.drawn import Drawn, Shape, Thing
from tests.printed.plane import centre, inside, polygons_distance, rect_distance, rect_polygon, within
from tests.printed.violation import SPACING, TOLERANCE, Violation


def place_violations(drawn: Drawn) -> Iterator[Violation]:
    """All rules of this module."""
    for rule in (_shapes, _cells, _apart, _texts):
        yield from rule(drawn)


def _bad(drawn: Drawn, rule: str, thing: Thing, text: str, *, soft: bool = False) -> Violation:
    return Violation(rule, drawn.table.page, centre(thing.box), text, soft)


def _shapes(drawn: Drawn) -> Iterator[Violation]:
    for thing in drawn.things:
        if thing.shape is Shape.ODD:
            yield _bad(drawn, "shape", thing, "an outline that is no symbol's")


def _cells(drawn: Drawn) -> Iterator[Violation]:
    for thing in drawn.things:
        table = drawn.table
        if thing.row < 0 or thing.lane < 0:
            yield _bad(drawn, "cell", thing, f"{thing.shape} stands outside the lanes")
        elif not within(thing.box, table.cell(thing.row, table.lanes[thing.lane])):
            yield _bad(drawn, "cell", thing, f"{thing.shape} leaves its cell")


def _apart(drawn: Drawn) -> Iterator[Violation]:
    for a, b in combinations(drawn.things, 2):
        if rect_distance(a.box, b.box) < SPACING - TOLERANCE:
            gap = polygons_distance(a.outline, b.outline)
            if gap < SPACING - TOLERANCE:
                yield _bad(drawn, "apart", a, f"{a.shape} stands {gap:.2f} pt from {b.shape}", soft=gap > 0)


def _texts(drawn: Drawn) -> Iterator[Violation]:
    for thing in drawn.things:
        out = [glyph for glyph in thing.glyphs if not all(inside(p, thing.outline) for p in rect_polygon(glyph))]
        if out:
            yield _bad(drawn, "text in symbol", thing, f"“{thing.text}” reaches over its outline", soft=True)
