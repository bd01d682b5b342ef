"""Which rows of two tables stand beside each other, and where what was laid out elsewhere comes to stand."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from sopdocs.compare import Pasangan
from sopdocs.layout.geometry import Box, Row
from sopdocs.layout.units import Emu


@dataclass(frozen=True, slots=True)
class Beside:
    """One row of the picture: positions of the steps that stand there; None: a gap."""

    lama: int | None
    baru: int | None


def beside(pasangan: Sequence[Pasangan], lama: int, baru: int) -> tuple[Beside, ...]:
    """Put the steps of two tables, `lama` and `baru` many, beside each other, both in their own order.

    A step that stayed stands beside itself; one that came, went or moved beside a gap; of a step split or merged the
    first piece stands beside it.
    """
    found: list[Beside] = []
    left = right = 0
    for pair in pasangan:
        if not pair.lama or not pair.baru or pair.pindah or pair.lama[0] < left or pair.baru[0] < right:
            continue
        found += [Beside(place, None) for place in range(left, pair.lama[0])]
        found += [Beside(None, place) for place in range(right, pair.baru[0])]
        found.append(Beside(pair.lama[0], pair.baru[0]))
        left, right = pair.lama[0] + 1, pair.baru[0] + 1
    found += [Beside(place, None) for place in range(left, lama)]
    found += [Beside(None, place) for place in range(right, baru)]
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row comes to stand."""

    y: Emu
    height: Emu

    @property
    def middle(self) -> Emu:
        """y halfway down."""
        return self.y + self.height // 2


class Shift:
    """Carries what was laid out in `rows` to the rows `places`, which are as high or higher.

    A row is carried as a whole, to the middle of its new place, so that what runs along it keeps its distances and
    arrows that cross rows only grow longer.
    """

    def __init__(self, rows: Sequence[Row], places: Sequence[Place]) -> None:
        self.tops = [row.y for row in rows]
        self.by = [place.y + (place.height - row.height) // 2 - row.y for row, place in zip(rows, places, strict=True)]

    def y(self, y: Emu) -> Emu:
        """Where a height comes to stand."""
        return y + self.by[max(bisect_right(self.tops, y) - 1, 0)]

    def box(self, box: Box) -> Box:
        """Where a box within a row comes to stand."""
        return Box(box.x, box.y + self.y(box.centre[1]) - box.centre[1], box.width, box.height)
