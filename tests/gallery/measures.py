"""What makes a drawing hard to follow, counted from the geometry alone."""

from __future__ import annotations

from itertools import pairwise, product

from sopdocs.layout.geometry import Point, SheetGeometry, TablePart

_Segment = tuple[Point, Point]


def crossings(geometry: SheetGeometry) -> int:
    """Places where an arrow runs across another, or across itself."""
    return sum(len(_crossed(part)) for part in geometry.parts)


def _crossed(part: TablePart) -> set[Point]:
    """Places, not pairs of arrows: arrows that have joined are one line for the eye."""
    segments = [segment for arrow in part.arrows for segment in pairwise(arrow.points)]
    level = [segment for segment in segments if segment[0][1] == segment[1][1]]
    upright = [segment for segment in segments if segment[0][0] == segment[1][0]]
    return {(v[0][0], h[0][1]) for h, v in product(level, upright) if _crosses(h, v)}


def _crosses(level: _Segment, upright: _Segment) -> bool:
    """Whether both go straight on; a corner on the other arrow is a touch, which the checker forbids."""
    (left, right), (top, bottom) = sorted((level[0][0], level[1][0])), sorted((upright[0][1], upright[1][1]))
    return left < upright[0][0] < right and top < level[0][1] < bottom


def bends(geometry: SheetGeometry) -> int:
    """Corners of all arrows."""
    return sum(len(arrow.points) - 2 for part in geometry.parts for arrow in part.arrows)


def length(geometry: SheetGeometry) -> int:
    """Length of all arrows, EMU."""
    ways = (way for part in geometry.parts for arrow in part.arrows for way in pairwise(arrow.points))
    return sum(abs(a[0] - b[0]) + abs(a[1] - b[1]) for a, b in ways)
