"""Plane geometry in points, y downwards. Knows nothing of sheets, and nothing of the layout that drew them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

XY = tuple[float, float]
Rect = tuple[float, float, float, float]
"""x0, top, x1, bottom."""
Segment = tuple[XY, XY]
Polygon = tuple[XY, ...]
"""Corners; the last is not the first."""
_CURVE = 8
"""Paths of more points are curves, of which no sample is left out."""
_HAIR = 0.15
"""LibreOffice rounds coordinates to 0.05 pt."""


def bounds(points: Sequence[XY]) -> Rect:
    """The rectangle around some points."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def centre(rect: Rect) -> XY:
    """The middle."""
    return (rect[0] + rect[2]) / 2, (rect[1] + rect[3]) / 2


def holds(rect: Rect, point: XY) -> bool:
    """Whether a point lies within a rectangle."""
    return rect[0] <= point[0] <= rect[2] and rect[1] <= point[1] <= rect[3]


def within(inner: Rect, outer: Rect, slack: float = 0.0) -> bool:
    """Whether a rectangle lies in another one."""
    return (
        inner[0] >= outer[0] - slack
        and inner[1] >= outer[1] - slack
        and inner[2] <= outer[2] + slack
        and inner[3] <= outer[3] + slack
    )


def rect_distance(a: Rect, b: Rect) -> float:
    """Gap between two rectangles; 0 when they touch."""
    return math.hypot(max(a[0] - b[2], b[0] - a[2], 0), max(a[1] - b[3], b[1] - a[3], 0))


def rect_polygon(rect: Rect) -> Polygon:
    """The four corners."""
    x0, top, x1, bottom = rect
    return (x0, top), (x1, top), (x1, bottom), (x0, bottom)


def corners(points: Sequence[XY]) -> tuple[XY, ...]:
    """A closed path without points that lie on the way between their neighbours, and without its end."""
    found = [point for n, point in enumerate(points) if math.dist(point, points[n - 1]) > _HAIR]
    if len(found) > _CURVE:
        return tuple(found)
    turns = (to_segment(point, (found[n - 1], found[(n + 1) % len(found)])) for n, point in enumerate(found))
    return tuple(point for point, turn in zip(found, turns, strict=True) if turn > _HAIR)


def sides(polygon: Polygon) -> list[Segment]:
    """Its edges, the last one back to the first corner."""
    return list(pairwise((*polygon, polygon[0])))


def to_segment(p: XY, s: Segment) -> float:
    """Distance of a point from a segment."""
    (x0, y0), (x1, y1) = s
    dx, dy = x1 - x0, y1 - y0
    length = dx * dx + dy * dy
    t = max(0.0, min(1.0, ((p[0] - x0) * dx + (p[1] - y0) * dy) / length)) if length else 0.0
    return math.hypot(p[0] - x0 - t * dx, p[1] - y0 - t * dy)


def to_outline(p: XY, polygon: Polygon) -> float:
    """Distance of a point from the outline, from inside or from outside."""
    return min(to_segment(p, side) for side in sides(polygon))


def inside(p: XY, polygon: Polygon) -> bool:
    """Whether a point lies inside: an even number of edges to its right means no."""
    crossed = False
    for (x0, y0), (x1, y1) in sides(polygon):
        if (y0 > p[1]) != (y1 > p[1]) and p[0] < x0 + (p[1] - y0) * (x1 - x0) / (y1 - y0):
            crossed = not crossed
    return crossed


def segment_distance(a: Segment, b: Segment) -> float:
    """Least distance of two segments; 0 when they cross."""
    if _turn(*a, b[0]) * _turn(*a, b[1]) < 0 and _turn(*b, a[0]) * _turn(*b, a[1]) < 0:
        return 0.0
    return min(to_segment(a[0], b), to_segment(a[1], b), to_segment(b[0], a), to_segment(b[1], a))


def _turn(p: XY, q: XY, r: XY) -> float:
    return (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])


def polygon_distance(segment: Segment, polygon: Polygon) -> float:
    """Distance of a segment from a polygon; 0 when it touches or enters."""
    if inside(segment[0], polygon) or inside(segment[1], polygon):
        return 0.0
    return min(segment_distance(segment, side) for side in sides(polygon))


def polygons_distance(a: Polygon, b: Polygon) -> float:
    """Least distance of two polygons; 0 when they touch or one holds the other."""
    if inside(a[0], b) or inside(b[0], a):
        return 0.0
    return min(polygon_distance(side, b) for side in sides(a))


def depth(segment: Segment, polygon: Polygon, step: float = 0.5) -> float:
    """How far a segment gets away from the outline on the inside; looked at every `step` points."""
    (x0, y0), (x1, y1) = segment
    count = max(math.ceil(math.dist(*segment) / step), 1)
    places = ((x0 + (x1 - x0) * n / count, y0 + (y1 - y0) * n / count) for n in range(count + 1))
    return max((to_outline(place, polygon) for place in places if inside(place, polygon)), default=0.0)


def upright(segment: Segment) -> bool:
    """Whether it is higher than wide."""
    return abs(segment[1][1] - segment[0][1]) > abs(segment[1][0] - segment[0][0])


def beside(s: Segment, t: Segment, least: float) -> float | None:
    """Distance of two parallel segments that run side by side for more than `least`; None when they do not."""
    if upright(s) is not upright(t):
        return None
    along, across = (1, 0) if upright(s) else (0, 1)
    (a, b), (c, d) = sorted((s[0][along], s[1][along])), sorted((t[0][along], t[1][along]))
    return abs(s[0][across] - t[0][across]) if min(b, d) - max(a, c) > least else None
