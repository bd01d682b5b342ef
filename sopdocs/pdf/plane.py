"""Where things come to lie on a page: matrices as PDF writes them, and how low paths reach. y counts upwards."""

from __future__ import annotations

import math
from collections.abc import Iterable

Matrix = tuple[float, float, float, float, float, float]
"""x' = a x + c y + e, y' = b x + d y + f (ISO 32000-1, 8.3.4)."""
Point = tuple[float, float]
Heights = tuple[float, float]
"""From the lowest to the highest y; nothing when the first is greater."""

SAME: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def chained(first: Matrix, then: Matrix) -> Matrix:
    """The matrix that applies one after the other."""
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def height_of(point: Point, matrix: Matrix) -> float:
    """The y at which a point comes to lie."""
    return matrix[1] * point[0] + matrix[3] * point[1] + matrix[5]


def heights(points: Iterable[Point], matrix: Matrix) -> Heights:
    """How low and how high these points come to lie; there is at least one."""
    found = [height_of(point, matrix) for point in points]
    return min(found), max(found)


def both(a: Heights, b: Heights) -> Heights:
    """Where the two overlap."""
    return max(a[0], b[0]), min(a[1], b[1])


def box(x: float, y: float, width: float, height: float) -> tuple[Point, Point, Point, Point]:
    """The corners of a rectangle."""
    return (x, y), (x + width, y), (x + width, y + height), (x, y + height)


def curve(start: Point, one: Point, two: Point, end: Point) -> list[Point]:
    """The points of a Bézier curve between which it is lowest and highest, whichever way the page is turned by 90°."""
    times = {1.0}
    for axis in (0, 1):
        times |= _turns(start[axis], one[axis], two[axis], end[axis])
    return [_on_curve((start, one, two, end), time) for time in sorted(times)]


def _turns(p: float, q: float, r: float, s: float) -> set[float]:
    """Where a coordinate of a curve stops growing or falling."""
    a, b, c = s - 3 * r + 3 * q - p, 2 * (r - 2 * q + p), q - p
    if math.isclose(a, 0.0, abs_tol=1e-9):
        found = [-c / b] if b else []
    else:
        root = b * b - 4 * a * c
        found = [(-b + sign * math.sqrt(root)) / (2 * a) for sign in (-1, 1)] if root >= 0 else []
    return {time for time in found if 0 < time < 1}


def _on_curve(points: tuple[Point, Point, Point, Point], t: float) -> Point:
    shares = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
    x, y = (sum(share * point[axis] for share, point in zip(shares, points, strict=True)) for axis in (0, 1))
    return x, y
