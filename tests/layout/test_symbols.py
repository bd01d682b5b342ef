"""Where lines meet the outlines of symbols."""

from __future__ import annotations

from sopdocs.layout.geometry import Box
from sopdocs.layout.symbols import Outline, border_x, border_y
from sopdocs.layout.units import mm

_BOX = Box(0, 0, mm(16), mm(8))


def test_diamond() -> None:
    # 2 mm beside the middle the edge has come down 2/8 of half the height: 1 mm.
    assert border_y(Outline.DIAMOND, _BOX, mm(10), below=False) == mm(1)
    assert border_y(Outline.DIAMOND, _BOX, mm(8), below=True) == mm(8)
    # 1 mm above the middle it has gone in by 1/4 of half the width: 2 mm.
    assert border_x(Outline.DIAMOND, _BOX, mm(3), right=True) == mm(14)


def test_capsule() -> None:
    # Round ends of radius 4; 2.4 above the middle: 4 - sqrt(16 - 5.76) = 0.8 mm.
    assert border_x(Outline.CAPSULE, _BOX, mm(1.6), right=False) == mm(0.8)
    assert border_y(Outline.CAPSULE, _BOX, mm(8), below=False) == 0
    # 2.4 beyond the start of the round end, at x = 4 - 2.4.
    assert border_y(Outline.CAPSULE, _BOX, mm(1.6), below=False) == mm(0.8)


def test_connector() -> None:
    box = Box(0, 0, mm(6), mm(6))
    # The point takes the last 1.2 mm: halfway to the corner it has lost half of that.
    assert border_y(Outline.POINT_DOWN, box, mm(4.5), below=True) == mm(5.4)
    assert border_y(Outline.POINT_DOWN, box, mm(4.5), below=False) == 0
    assert border_y(Outline.POINT_UP, box, mm(3), below=False) == 0
    # 0.6 mm above the tip the slope is half as wide as the connector.
    assert border_x(Outline.POINT_DOWN, box, mm(5.4), right=True) == mm(4.5)
