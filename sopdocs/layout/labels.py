"""Put the answer of a branch beside its first segment, clear of everything else."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from sopdocs.layout import settings as s
from sopdocs.layout.geometry import Box, Point
from sopdocs.layout.measure import FontData, break_text, text_width
from sopdocs.layout.symbols import Outline
from sopdocs.layout.units import Emu, mm

_STEP: Emu = mm(0.75)
_FARTHEST: Emu = mm(40)
"""A label farther from the start of its branch would be read as another's."""
_SLACK: Emu = mm(0.4)
"""Added to the measured width, so that no program breaks the text."""
SLOPE: Emu = mm(4.5)
"""How far a label may reach back over the slope of its diamond."""
_GAPS: tuple[Emu, ...] = (s.LABEL_GAP, 2 * s.LABEL_GAP, 3 * s.LABEL_GAP, 4 * s.LABEL_GAP)
"""Distances of a label from its branch that are tried in turn."""


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

    def near(self, a: Point, b: Point, reach: Emu) -> Obstacles:
        """Those within `reach` of a segment; arrows as single segments."""
        (left, right), (top, bottom) = sorted((a[0], b[0])), sorted((a[1], b[1]))
        zone = Box(left, top, right - left, bottom - top).grown(reach)
        lines = (segment for line in self.lines for segment in pairwise(line))
        return Obstacles(
            tuple(entry for entry in self.symbols if zone.overlaps(entry[1])),
            tuple(box for box in self.labels if zone.overlaps(box)),
            tuple(segment for segment in lines if crosses(zone, *segment)),
            tuple(rule for rule in self.rules if crosses(zone, *rule)),
            self.bounds,
        )


@dataclass(frozen=True, slots=True)
class BranchLabel:
    """An answer as it is set."""

    lines: tuple[str, ...]
    width: Emu
    height: Emu


def break_label(text: str, lane: Emu, fonts: FontData) -> BranchLabel:
    """Set an answer on one line, or on several when it is wider than the room beside an arrow in a lane's middle."""
    room = lane // 2 - s.LABEL_GAP - _SLACK
    whole = text_width(fonts, text, s.LABEL)
    lines = (text,) if whole <= room else tuple(break_text(fonts, text, s.LABEL, room))
    if sum(line.count(" ") + 1 for line in lines) > len(text.split()):
        # A word was cut: leave it whole, it may find room elsewhere.
        widest = max(text_width(fonts, word, s.LABEL) for word in text.split())
        lines = tuple(break_text(fonts, text, s.LABEL, widest))
    width = max(text_width(fonts, line, s.LABEL) for line in lines) + _SLACK
    return BranchLabel(lines, width, len(lines) * s.LABEL_HEIGHT)


def find_place(line: tuple[Point, ...], size: tuple[Emu, Emu], obstacles: Obstacles) -> Box | None:
    """Find the free place nearest to the start of a branch; None when its first segment has none."""
    (x0, y0), (x1, y1) = line[0], line[1]
    level = y0 == y1
    reach = min(abs(x1 - x0) if level else abs(y1 - y0), _FARTHEST)
    # A level branch may begin its label above the slope of its diamond.
    first = -SLOPE if level else 0
    offsets = sorted(range(first, max(reach - size[not level], 0) + _STEP, _STEP), key=abs)
    near = obstacles.near(line[0], line[1], max(size) + SLOPE + 4 * s.LABEL_GAP)
    for offset in offsets:
        for gap in _GAPS:
            for box in _candidates(line, size, offset, gap):
                if is_free(box, near):
                    return box
    return None


def _candidates(line: tuple[Point, ...], size: tuple[Emu, Emu], offset: Emu, gap: Emu) -> tuple[Box, Box]:
    (x0, y0), (x1, y1) = line[0], line[1]
    width, height = size
    if y0 == y1:
        x = x0 + offset + s.LABEL_GAP if x1 > x0 else x0 - offset - s.LABEL_GAP - width
        return Box(x, y0 - gap - height, width, height), Box(x, y0 + gap, width, height)
    y = y0 + offset + s.LABEL_GAP if y1 > y0 else y0 - offset - s.LABEL_GAP - height
    return Box(x0 + gap, y, width, height), Box(x0 - gap - width, y, width, height)


def is_free(box: Box, obstacles: Obstacles) -> bool:
    """Whether a label may stand in `box`."""
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
