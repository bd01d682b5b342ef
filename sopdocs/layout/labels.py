"""Put the answer of a branch beside its first segment, clear of everything else."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from sopdocs.layout import settings as s
from sopdocs.layout.geometry import Box, Point
from sopdocs.layout.units import Emu, mm

_STEP: Emu = mm(0.5)


@dataclass(frozen=True, slots=True)
class Obstacles:
    """What a label must not touch."""

    boxes: tuple[Box, ...]
    """Outlines of symbols, by their bounding boxes, and labels placed before."""
    lines: tuple[tuple[Point, ...], ...]
    """All arrows."""
    rules: tuple[tuple[Point, Point], ...]
    """Rules of the table."""
    bounds: Box
    """The lanes: no label may leave them."""


def find_place(line: tuple[Point, ...], width: Emu, obstacles: Obstacles) -> Box | None:
    """Find the free place nearest to the start of a branch; None when its first segment has none."""
    (x0, y0), (x1, y1) = line[0], line[1]
    horizontal = y0 == y1
    reach = abs(x1 - x0) if horizontal else abs(y1 - y0)
    size = width if horizontal else s.LABEL_HEIGHT
    for offset in range(0, max(reach - size, 0) + _STEP, _STEP):
        for box in _candidates(line, width, min(offset, max(reach - size, 0))):
            if _free(box, obstacles):
                return box
    return None


def _candidates(line: tuple[Point, ...], width: Emu, offset: Emu) -> tuple[Box, Box]:
    (x0, y0), (x1, y1) = line[0], line[1]
    height = s.LABEL_HEIGHT
    if y0 == y1:
        x = x0 + offset + s.LABEL_GAP if x1 > x0 else x0 - offset - s.LABEL_GAP - width
        return Box(x, y0 - s.LABEL_GAP - height, width, height), Box(x, y0 + s.LABEL_GAP, width, height)
    y = y0 + offset + s.LABEL_GAP if y1 > y0 else y0 - offset - s.LABEL_GAP - height
    return Box(x0 + s.LABEL_GAP, y, width, height), Box(x0 - s.LABEL_GAP - width, y, width, height)


def _free(box: Box, obstacles: Obstacles) -> bool:
    inside = obstacles.bounds
    if box.x < inside.x or box.right > inside.right or box.y < inside.y or box.bottom > inside.bottom:
        return False
    if any(box.overlaps(other) for other in obstacles.boxes):
        return False
    near = box.grown(s.LABEL_GAP - 1)
    lines = (segment for line in obstacles.lines for segment in pairwise(line))
    return not any(crosses(near, a, b) for a, b in lines) and not any(crosses(box, a, b) for a, b in obstacles.rules)


def crosses(box: Box, a: Point, b: Point) -> bool:
    """Whether an upright or level segment passes through the interior of a box."""
    left, right = sorted((a[0], b[0]))
    top, bottom = sorted((a[1], b[1]))
    return left < box.right and right > box.x and top < box.bottom and bottom > box.y
