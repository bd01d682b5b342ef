"""Texts that stand free in the lanes: answers beside the first stretch of their branch, pages beside connectors."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from itertools import combinations

from tests.printed.drawn import Arrow, Drawn, Label, Shape, Thing
from tests.printed.plane import (
    Rect,
    Segment,
    beside,
    centre,
    polygon_distance,
    polygons_distance,
    rect_distance,
    rect_polygon,
    segment_distance,
    sides,
    within,
)
from tests.printed.violation import MM, TOLERANCE, Violation

_REACH = 3 * MM + 2.2
"""Farthest that a text's ink may stand from what it belongs to: 3 mm, and the foot of its line."""
_CLEAR = 1.0
"""Least distance of a text's ink from the middle of an arrow: seen as apart by the eye."""
_TOUCH = 0.4
"""The same for rules, symbols and other texts: half a stroke."""
_HEAD = 0.1
"""The same for heads, which have no stroke."""
_TIE = 0.2
"""Points by which the own branch must be nearer than any other arrow."""
_PAGE = re.compile(r"hal\.(\d+)")


def page_named(label: Label) -> int | None:
    """The page that a text beside a connector names; None for an answer."""
    found = _PAGE.fullmatch(label.text)
    return int(found[1]) if found else None


def answers(drawn: Drawn) -> dict[int, str]:
    """Index of each arrow that has an answer -> its text, as the eye pairs them: with the nearest beginning."""
    found: dict[int, str] = {}
    for label in drawn.labels:
        if page_named(label) is None and drawn.arrows:
            _, _, number = min(_branches(drawn, label))
            found[number] = found.get(number, "") + label.text
    return found


def pages_beside(drawn: Drawn) -> list[tuple[Thing, int]]:
    """Each connector beside which a page is named, and that page."""
    named = ((label, page_named(label)) for label in drawn.labels)
    return [(_nearest(drawn, label), page) for label, page in named if page is not None and drawn.connectors]


def label_violations(drawn: Drawn) -> Iterator[Violation]:
    """All rules of this module."""
    for label in drawn.labels:
        for rule in (_belongs, _lines, _rules, _things):
            yield from rule(drawn, label)
    captions = [label for _, label in drawn.captions]
    for label in captions:
        for rule in (_lines, _rules, _things):
            yield from rule(drawn, label)
    for a, b in combinations((*drawn.labels, *captions), 2):
        if rect_distance(a.box, b.box) < _TOUCH:
            yield _bad(drawn, a, f"“{a.text}” touches “{b.text}”")


def _bad(drawn: Drawn, label: Label, text: str) -> Violation:
    return Violation("label", drawn.table.page, centre(label.box), text)


def _branches(drawn: Drawn, label: Label) -> list[tuple[bool, float, int]]:
    """Each arrow: whether nobody would look for an answer there, its first stretch's distance, its index."""
    polygon = rect_polygon(label.box)
    found: list[tuple[bool, float, int]] = []
    for number, arrow in enumerate(drawn.arrows):
        gap = polygon_distance(arrow.segments[0], polygon)
        asked = arrow.source is not None and arrow.source.shape is Shape.DIAMOND
        found.append((not asked or gap > _REACH + TOLERANCE, gap, number))
    return found


def _nearest(drawn: Drawn, label: Label) -> Thing:
    return min(drawn.connectors, key=lambda thing: _to_connector(drawn, label, thing))


def _to_connector(drawn: Drawn, label: Label, thing: Thing) -> float:
    """Distance of a page from a connector, or from the stretch of arrow that begins or ends there."""
    polygon = rect_polygon(label.box)
    leaving = [arrow.segments[0] for arrow in drawn.arrows if arrow.source is thing]
    arriving = [arrow.segments[-1] for arrow in drawn.arrows if arrow.target is thing]
    stretches = (polygon_distance(segment, polygon) for segment in (*leaving, *arriving))
    return min((polygons_distance(polygon, thing.outline), *stretches))


def _belongs(drawn: Drawn, label: Label) -> Iterator[Violation]:
    """Near to its own, and nearer than to anything it could be taken to belong to."""
    if page_named(label) is not None:
        things = [_to_connector(drawn, label, thing) for thing in drawn.connectors]
        if min(things, default=_REACH + 1) > _REACH + TOLERANCE:
            yield _bad(drawn, label, f"“{label.text}” stands beside no connector")
        return
    ranked = sorted(_branches(drawn, label))
    if not ranked or ranked[0][1] > _REACH + TOLERANCE:
        away = f"{ranked[0][1]:.2f} pt away" if ranked else "there is none"
        yield _bad(drawn, label, f"“{label.text}” stands beside no branch: {away}")
        return
    _, gap, number = ranked[0]
    own = drawn.arrows[number]
    others = [arrow for arrow in drawn.arrows if arrow is not own and not _one_for_the_eye(own, arrow)]
    polygon = rect_polygon(label.box)
    rival = min(
        (polygon_distance(segment, polygon) for arrow in others for segment in arrow.segments), default=math.inf
    )
    if rival < gap + _TIE:
        yield _bad(drawn, label, f"“{label.text}” stands {gap:.2f} pt from its branch, {rival:.2f} from another arrow")


def _one_for_the_eye(a: Arrow, b: Arrow) -> bool:
    """Whether two arrows that end together are one line from the first stretch on."""
    gap = beside(a.segments[0], b.segments[0], TOLERANCE)
    return gap is not None and gap < TOLERANCE


def _lines(drawn: Drawn, label: Label) -> Iterator[Violation]:
    polygon = rect_polygon(label.box)
    for arrow in drawn.arrows:
        gap = min(polygon_distance(segment, polygon) for segment in arrow.segments)
        if gap < _CLEAR:
            yield _bad(drawn, label, f"“{label.text}” stands {gap:.2f} pt from an arrow")


def _rules(drawn: Drawn, label: Label) -> Iterator[Violation]:
    table, area = drawn.table, drawn.table.area
    if not within(label.box, area):
        yield _bad(drawn, label, f"“{label.text}” leaves the lanes")
    xs = [area[0], *(table.columns[n][1] for n in table.lanes)]
    ys = [area[1], *(row.bottom for row in table.rows)]
    rules: list[Segment] = [((x, area[1]), (x, area[3])) for x in xs]
    rules += [((area[0], y), (area[2], y)) for y in ys]
    if min(_gap(label.box, rule) for rule in rules) < _TOUCH:
        yield _bad(drawn, label, f"“{label.text}” touches a rule of the table")


def _gap(box: Rect, segment: Segment) -> float:
    return min(segment_distance(side, segment) for side in sides(rect_polygon(box)))


def _things(drawn: Drawn, label: Label) -> Iterator[Violation]:
    for arrow in drawn.arrows:
        if arrow.head and polygons_distance(rect_polygon(label.box), arrow.head) < _HEAD:
            yield _bad(drawn, label, f"“{label.text}” touches an arrowhead")
    for thing in drawn.things:
        gap = polygons_distance(rect_polygon(label.box), thing.outline)
        if gap < _TOUCH:
            yield _bad(drawn, label, f"“{label.text}” stands {gap:.2f} pt from a {thing.shape}")
