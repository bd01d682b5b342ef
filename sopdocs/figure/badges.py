"""Signs in small circles, put where they cover nothing that must be read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from sopdocs.figure.marks import Tanda
from sopdocs.figure.shapes import WHITE, Pen, Rect, Shape, Text
from sopdocs.layout.geometry import Box, Point
from sopdocs.layout.units import Emu, mm, pt

HIGH: Emu = mm(3.6)
STEP: Emu = mm(4)
"""From badge to badge."""
_WIDER: Emu = mm(2.1)
_BARE: Emu = mm(4)
"""What must be seen of the stretch of an arrow that bears its badge."""
"""What each further letter of a sign takes."""
_SIZE = 8.0
_SMALL = 0.7
"""Size of a sign that only follows from something else, against others."""
_SHARES = (50, 30, 70, 15, 85)
"""Where on a stretch of an arrow a badge may stand, in hundredths, the best first."""


def badge_box(tanda: Tanda, middle: Point) -> Box:
    """The room of a badge around its middle."""
    high = round(HIGH * _SMALL) if tanda.akibat else HIGH
    width = high + _WIDER * (len(tanda.sign) - 1)
    return Box(middle[0] - width // 2, middle[1] - high // 2, width, high)


def badge(tanda: Tanda, middle: Point) -> Iterator[Shape]:
    """The sign of a mark; nothing for one without."""
    if tanda.sign:
        box = badge_box(tanda, middle)
        size = _SIZE * _SMALL if tanda.akibat else _SIZE
        yield Rect(box, Pen(tanda.colour, mm(0.3)), WHITE, radius=box.height // 2)
        base = middle[1] + round(pt(size) * 0.35)
        yield Text(tanda.sign, (middle[0], base), size, bold=True, colour=tanda.colour, centred=True)


def badges(marks: Iterable[Tanda], top: Point) -> Iterator[Shape]:
    """Several badges one below the other, the first around `top`."""
    x, y = top
    for tanda in marks:
        yield from badge(tanda, (x, y))
        y += STEP


def place_on(line: Sequence[Point], tanda: Tanda, taken: Sequence[Box]) -> Point:
    """Where the badge of an arrow stands: on a long stretch, beside the arrow when it is short; clear of `taken`."""
    stretches = sorted(pairwise(line), key=lambda ends: -_length(*ends)) or [(line[0], line[0])]
    room = badge_box(tanda, line[0])
    places = [
        (a[0] + (b[0] - a[0]) * share // 100, a[1] + (b[1] - a[1]) * share // 100)
        for a, b in stretches
        for share in _SHARES
        if _length(a, b) >= room.width + _BARE
    ]
    for a, b in stretches:
        x, y = (a[0] + b[0]) // 2, (a[1] + b[1]) // 2
        aside = room.width // 2 + mm(0.6)
        places += [(x + aside, y), (x - aside, y)] if a[0] == b[0] else [(x, y - aside), (x, y + aside)]
    clear = (place for place in places if not any(badge_box(tanda, place).overlaps(box) for box in taken))
    return next(clear, places[0])


def _length(a: Point, b: Point) -> Emu:
    return abs(a[0] - b[0]) + abs(a[1] - b[1])
