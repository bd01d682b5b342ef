"""Put the answer of a branch beside its first segment, clear of everything else."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise

from sopdocs.layout import settings as s
from sopdocs.layout.geometry import Box, Point
from sopdocs.layout.measure import FontData, break_text, text_width
from sopdocs.layout.symbols import Outline
from sopdocs.layout.units import Emu, mm, pt

_STEP: Emu = mm(0.75)
_FARTHEST: Emu = mm(40)
"""A label farther from the start of its branch would be read as another's."""
_BEYOND: Emu = mm(1.2)
"""How far from the end of a short level stretch a label may begin: in a narrow lane it stands in the next one."""
_SLACK: Emu = mm(0.4)
"""Added to the measured width, so that no program breaks the text."""
SLOPE: Emu = mm(4.5)
"""How far a label may reach back over the slope of its diamond."""
FOOT: Emu = pt(3)
"""How far the letters of a label stand above the lower edge of its box."""
_DESCENDER: Emu = pt(1.5)
"""By how much some letters reach below the others."""
_NEARER: Emu = mm(0.25)
"""By how much a label stands nearer to its own branch than to any other arrow."""
_GAPS: tuple[Emu, ...] = (s.LABEL_GAP, 2 * s.LABEL_GAP, 3 * s.LABEL_GAP, 4 * s.LABEL_GAP)
"""Distances of a label from its branch that are tried in turn."""


_Zone = tuple[Emu, Emu, Emu, Emu]
"""left, top, right, bottom: where the interior of a label's box may not reach."""


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


class Surroundings:
    """Obstacles prepared for many questions; labels are added as they are placed."""

    def __init__(self, obstacles: Obstacles) -> None:
        gap = s.LABEL_GAP - 1
        self.bounds = obstacles.bounds
        self.diamonds = [box for shape, box in obstacles.symbols if shape is Outline.DIAMOND]
        clear = s.LABEL_CLEAR
        self.zones = [_zone(box.grown(clear)) for shape, box in obstacles.symbols if shape is not Outline.DIAMOND]
        self.zones += [_zone(box) for box in obstacles.labels]
        self.zones += [_along(a, b, gap) for line in obstacles.lines for a, b in pairwise(line)]
        self.zones += [_head(line) for line in obstacles.lines]
        self.zones += [_along(a, b, 0) for a, b in obstacles.rules]
        self.segments = [_along(a, b, 0) for line in obstacles.lines for a, b in pairwise(line)]

    def add(self, label: Box) -> None:
        """Keep further labels off this one."""
        self.zones.append(_zone(label))

    def near(self, zone: Box) -> Surroundings:
        """Only what reaches into `zone`."""
        found = Surroundings(Obstacles((), (), (), (), self.bounds))
        left, top, right, bottom = _zone(zone)
        found.zones = [z for z in self.zones if z[0] < right and left < z[2] and z[1] < bottom and top < z[3]]
        found.segments = [z for z in self.segments if z[0] <= right and left <= z[2] and z[1] <= bottom and top <= z[3]]
        found.diamonds = [box for box in self.diamonds if box.overlaps(zone)]
        return found

    def free(self, box: Box) -> bool:
        """Whether a label may stand in `box`."""
        inside = self.bounds
        left, top, right, bottom = box.x, box.y, box.x + box.width, box.y + box.height
        if left < inside.x or right > inside.right or top < inside.y or bottom > inside.bottom:
            return False
        for x0, y0, x1, y1 in self.zones:
            if x0 < right and left < x1 and y0 < bottom and top < y1:
                return False
        clear = box.grown(s.LABEL_CLEAR)
        return not any(_reaches(clear, diamond) for diamond in self.diamonds)


def _zone(box: Box) -> _Zone:
    return box.x, box.y, box.right, box.bottom


def _head(line: tuple[Point, ...]) -> _Zone:
    """The arrowhead at the end of a line, which is wider than the line."""
    (x0, y0), (x1, y1) = line[-2], line[-1]
    length, half = s.HEAD[0], s.HEAD[1] // 2
    if x0 == x1:
        return x1 - half, y1 - length if y1 > y0 else y1, x1 + half, y1 if y1 > y0 else y1 + length
    return x1 - length if x1 > x0 else x1, y1 - half, x1 if x1 > x0 else x1 + length, y1 + half


def _along(a: Point, b: Point, gap: Emu) -> _Zone:
    """What a segment keeps free: without a gap, what its points themselves would cut."""
    return min(a[0], b[0]) - gap, min(a[1], b[1]) - gap, max(a[0], b[0]) + gap, max(a[1], b[1]) + gap


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


def find_room(symbol: Box, cell: Box, size: tuple[Emu, Emu], around: Surroundings) -> Box | None:
    """Find a place in its own cell for the text of a symbol: at its sides, then above and below it."""
    near = around.near(cell)
    near.bounds = Box(cell.x + _SLACK, cell.y + _SLACK, cell.width - 2 * _SLACK, cell.height - 2 * _SLACK)
    width, height = size
    left, right = symbol.x - s.LABEL_GAP - width, symbol.right + s.LABEL_GAP
    middle = symbol.centre[1] - height // 2
    sides = [Box(x, y, width, height) for y in (middle, symbol.y, symbol.bottom - height) for x in (right, left)]
    across = sorted(range(near.bounds.x, near.bounds.right - width + 1, _STEP), key=lambda x: (-x, x))
    levels = (symbol.y - s.LABEL_GAP - height, symbol.bottom + s.LABEL_GAP)
    corners = [Box(x, y, width, height) for y in levels for x in across]
    # Over the slopes of a diamond there is room, too.
    slopes = [Box(x, y, width, height) for y in (symbol.y, symbol.bottom - height) for x in across]
    return next((box for box in (*sides, *slopes, *corners) if near.free(box)), None)


def find_place(line: tuple[Point, ...], size: tuple[Emu, Emu], around: Surroundings) -> Box | None:
    """Find the free place nearest to the start of a branch; None when its first segment has none."""
    (x0, y0), (x1, y1) = line[0], line[1]
    level = y0 == y1
    reach = min(abs(x1 - x0) if level else abs(y1 - y0), _FARTHEST)
    # A level branch may begin its label above the slope of its diamond.
    first = -SLOPE if level else 0
    farthest = max(reach - size[not level], reach + _BEYOND if level else 0, 0)
    offsets = sorted(range(first, farthest + _STEP, _STEP), key=abs)
    segment = segment_box(line[0], line[1])
    near = around.near(segment.grown(2 * max(size) + SLOPE + 4 * s.LABEL_GAP))
    own = {_along(a, b, 0) for a, b in pairwise(line)}
    foreign = [zone for zone in near.segments if zone not in own]
    for offset in offsets:
        for off in _GAPS if offset <= reach else _GAPS[:2]:
            for box in _candidates(line, size, offset, off):
                if near.free(box) and _reads_as_own(box, _zone(segment), foreign):
                    return box
    return None


def _reads_as_own(box: Box, first: _Zone, foreign: list[_Zone]) -> bool:
    """Whether the letters stand nearest to the first segment of their branch; else they would answer for another."""
    letters = box.x + _SLACK // 2, box.y, box.right - _SLACK // 2, box.bottom - FOOT
    whole = (*letters[:3], letters[3] + _DESCENDER)
    reach = _distance(letters, first) + _NEARER
    return all(_distance(whole, other) >= reach for other in foreign)


def gap(a: Box, b: Box) -> float:
    """Distance between two boxes."""
    return _distance(_zone(a), _zone(b))


def segment_box(a: Point, b: Point) -> Box:
    """The rectangle around a segment, without width or height."""
    left, top, right, bottom = _along(a, b, 0)
    return Box(left, top, right - left, bottom - top)


def _distance(a: _Zone, b: _Zone) -> float:
    across, down = max(a[0] - b[2], b[0] - a[2], 0), max(a[1] - b[3], b[1] - a[3], 0)
    return math.hypot(across, down)


def _candidates(line: tuple[Point, ...], size: tuple[Emu, Emu], offset: Emu, gap: Emu) -> tuple[Box, Box]:
    (x0, y0), (x1, y1) = line[0], line[1]
    width, height = size
    if y0 == y1:
        x = x0 + offset + s.LABEL_GAP if x1 > x0 else x0 - offset - s.LABEL_GAP - width
        return Box(x, y0 - gap - height, width, height), Box(x, y0 + gap, width, height)
    y = y0 + offset + s.LABEL_GAP if y1 > y0 else y0 - offset - s.LABEL_GAP - height
    return Box(x0 + gap, y, width, height), Box(x0 - gap - width, y, width, height)


def _reaches(box: Box, diamond: Box) -> bool:
    """Whether a box reaches into a diamond."""
    x, y = diamond.centre
    across = max(box.x - x, x - box.right, 0) / (diamond.width / 2)
    down = max(box.y - y, y - box.bottom, 0) / (diamond.height / 2)
    return across + down < 1
