"""Plane geometry for the checker: convex outlines as polygons, distances. Knows nothing of the router."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import pairwise

from sopdocs.layout.geometry import Box, ConnectorShape, Point, SymbolShape
from sopdocs.model import Bentuk

XY = tuple[float, float]
Polygon = tuple[XY, ...]
Segment = tuple[Point, Point]
_ARC = 12
"""Corners that stand for a quarter of a circle."""


def symbol_polygon(shape: SymbolShape) -> Polygon:
    """The outline as Word draws it."""
    box = shape.box
    if shape.bentuk is Bentuk.KEPUTUSAN:
        x, y = box.x + box.width / 2, box.y + box.height / 2
        return (x, box.y), (box.right, y), (x, box.bottom), (box.x, y)
    if shape.bentuk in (Bentuk.MULAI, Bentuk.SELESAI):
        return tuple(_capsule(box))
    return box_polygon(box)


def _capsule(box: Box) -> Iterator[XY]:
    radius = min(box.width, box.height) / 2
    for cx, cy, start in (
        (box.right - radius, box.y + radius, -90),
        (box.right - radius, box.bottom - radius, 0),
        (box.x + radius, box.bottom - radius, 90),
        (box.x + radius, box.y + radius, 180),
    ):
        for n in range(_ARC + 1):
            angle = math.radians(start + 90 * n / _ARC)
            yield cx + radius * math.cos(angle), cy + radius * math.sin(angle)


def connector_polygon(shape: ConnectorShape) -> Polygon:
    """The preset flowChartOffpageConnector: the point takes the last fifth of its height."""
    box = shape.box
    x, cut = box.x + box.width / 2, box.height / 5
    if shape.naik:
        return (x, box.y), (box.right, box.y + cut), (box.right, box.bottom), (box.x, box.bottom), (box.x, box.y + cut)
    low = box.bottom - cut
    return (box.x, box.y), (box.right, box.y), (box.right, low), (x, box.bottom), (box.x, low)


def box_polygon(box: Box) -> Polygon:
    """The four corners."""
    return (box.x, box.y), (box.right, box.y), (box.right, box.bottom), (box.x, box.bottom)


def chord(polygon: Polygon, at: float, *, upright: bool) -> tuple[float, float] | None:
    """Where the upright (or level) line at `at` runs inside a convex polygon."""
    along, across = (1, 0) if upright else (0, 1)
    hits: list[float] = []
    for a, b in pairwise((*polygon, polygon[0])):
        low, high = sorted((a[across], b[across]))
        if not low <= at <= high:
            continue
        if a[across] == b[across]:
            hits += [a[along], b[along]]
        else:
            share = (at - a[across]) / (b[across] - a[across])
            hits.append(a[along] + share * (b[along] - a[along]))
    return (min(hits), max(hits)) if hits else None


def bounds(polygon: Polygon) -> tuple[float, float, float, float]:
    """Left, top, right, bottom."""
    xs, ys = [x for x, _ in polygon], [y for _, y in polygon]
    return min(xs), min(ys), max(xs), max(ys)


def segment_distance(a: tuple[XY, XY], b: tuple[XY, XY]) -> float:
    """Least distance of two segments; 0 when they meet."""
    if _meet(a, b):
        return 0.0
    return min(_to_segment(a[0], b), _to_segment(a[1], b), _to_segment(b[0], a), _to_segment(b[1], a))


def _to_segment(p: XY, s: tuple[XY, XY]) -> float:
    (x0, y0), (x1, y1) = s
    dx, dy = x1 - x0, y1 - y0
    length = dx * dx + dy * dy
    t = max(0.0, min(1.0, ((p[0] - x0) * dx + (p[1] - y0) * dy) / length)) if length else 0.0
    return math.hypot(p[0] - x0 - t * dx, p[1] - y0 - t * dy)


def _meet(a: tuple[XY, XY], b: tuple[XY, XY]) -> bool:
    def turn(p: XY, q: XY, r: XY) -> float:
        return (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])

    return turn(*a, b[0]) * turn(*a, b[1]) < 0 and turn(*b, a[0]) * turn(*b, a[1]) < 0


def polygon_distance(segment: Segment, polygon: Polygon) -> float:
    """Distance of an upright or level segment from a convex polygon; 0 when it touches or enters."""
    (x0, y0), (x1, y1) = segment
    upright = x0 == x1
    inside = chord(polygon, x0 if upright else y0, upright=upright)
    low, high = sorted((y0, y1) if upright else (x0, x1))
    if inside and inside[0] <= high and low <= inside[1]:
        return 0.0
    return min(segment_distance(segment, edge) for edge in pairwise((*polygon, polygon[0])))


def polygons_overlap(a: Polygon, b: Polygon) -> bool:
    """Whether the interiors of two convex polygons meet: no edge of either separates them."""
    for shape in (a, b):
        for p, q in pairwise((*shape, shape[0])):
            nx, ny = q[1] - p[1], p[0] - q[0]
            one = [nx * x + ny * y for x, y in a]
            two = [nx * x + ny * y for x, y in b]
            if max(one) <= min(two) or max(two) <= min(one):
                return False
    return True
