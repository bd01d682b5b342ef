"""Put the answer of a branch beside its first segment, clear of everything else."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from sopdocs.layout import settings as s
from sopdocs.layout.geometry import Box, Point
from sopdocs.layout.symbols import Outline
from sopdocs.layout.units import Emu, mm

_STEP: Emu = mm(0.5)
_SLOPE: Emu = mm(3)
_GAPS: tuple[Emu, ...] = (s.LABEL_GAP, 2 * s.LABEL_GAP, 3 * s.LABEL_GAP)
"""Distances of a label from a level branch that are tried in turn."""


@dataclass(frozen=True, slots=True)
class Obstacles:
    """What a label must not touch."""

    symbols: tuple[tuple[Outline, Box], ...]
    labels: tuple[Box, ...]
    """Placed before."""
    lines: tuple[tuple[Point, ...], ...]
    """All arrows."""
    rules: tuple[tuple[Point, Point], ...]
    """Rules of the table."""
    bounds: Box
    """The lanes: no label may leave them."""


def find_place(line: tuple[Point, ...], width: Emu, obstacles: Obstacles) -> Box | None:
    """Find the free place nearest to the start of a branch; None when its first segment has none."""
    (x0, y0), (x1, y1) = line[0], line[1]
    level = y0 == y1
    reach = abs(x1 - x0) if level else abs(y1 - y0)
    size = width if level else s.LABEL_HEIGHT
    # A level branch may begin its label above the slope of its diamond.
    first = -_SLOPE if level else 0
    offsets = sorted(range(first, max(reach - size, 0) + _STEP, _STEP), key=abs)
    for offset in offsets:
        for gap in _GAPS if level else _GAPS[:1]:
            for box in _candidates(line, width, offset, gap):
                if _free(box, obstacles):
                    return box
    return None


def _candidates(line: tuple[Point, ...], width: Emu, offset: Emu, gap: Emu) -> tuple[Box, Box]:
    (x0, y0), (x1, y1) = line[0], line[1]
    height = s.LABEL_HEIGHT
    if y0 == y1:
        x = x0 + offset + s.LABEL_GAP if x1 > x0 else x0 - offset - s.LABEL_GAP - width
        return Box(x, y0 - gap - height, width, height), Box(x, y0 + gap, width, height)
    y = y0 + offset + s.LABEL_GAP if y1 > y0 else y0 - offset - s.LABEL_GAP - height
    return Box(x0 + s.LABEL_GAP, y, width, height), Box(x0 - s.LABEL_GAP - width, y, width, height)


def _free(box: Box, obstacles: Obstacles) -> bool:
    inside = obstacles.bounds
    if box.x < inside.x or box.right > inside.right or box.y < inside.y or box.bottom > inside.bottom:
        return False
    if any(touches(box, shape, symbol) for shape, symbol in obstacles.symbols):
        return False
    if any(box.overlaps(other) for other in obstacles.labels):
        return False
    near = box.grown(s.LABEL_GAP - 1)
    lines = (segment for line in obstacles.lines for segment in pairwise(line))
    return not any(crosses(near, a, b) for a, b in lines) and not any(crosses(box, a, b) for a, b in obstacles.rules)


def touches(box: Box, shape: Outline, symbol: Box) -> bool:
    """Whether a box reaches into a symbol; of a diamond only its true outline counts."""
    if shape is not Outline.DIAMOND:
        return box.overlaps(symbol)
    x, y = symbol.centre
    across = max(box.x - x, x - box.right, 0) / (symbol.width / 2)
    down = max(box.y - y, y - box.bottom, 0) / (symbol.height / 2)
    return across + down < 1


def crosses(box: Box, a: Point, b: Point) -> bool:
    """Whether an upright or level segment passes through the interior of a box."""
    left, right = sorted((a[0], b[0]))
    top, bottom = sorted((a[1], b[1]))
    return left < box.right and right > box.x and top < box.bottom and bottom > box.y
