"""The routing problem of one table part, and the grid it is solved on.

Every lane has three vertical lines (left gutter, middle, right gutter), every grid row three horizontal ones (above its
symbols, through their middle, below). A wire runs from crossing to crossing; symbols block their own crossing.
Indices: vertical line 3·lane + (0, 1, 2), horizontal line 3·row + (0, 1, 2).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from sopdocs.layout.symbols import Outline
from sopdocs.layout.units import Emu


class Side(IntEnum):
    """Sides of a symbol, and directions of travel."""

    UP = 0
    RIGHT = 1
    DOWN = 2
    LEFT = 3

    @property
    def opposite(self) -> Side:
        """The side across."""
        return Side((self + 2) % 4)

    @property
    def horizontal(self) -> bool:
        """Whether this leads sideways."""
        return self in (Side.LEFT, Side.RIGHT)


STEPS: dict[Side, tuple[int, int]] = {Side.UP: (0, -1), Side.RIGHT: (1, 0), Side.DOWN: (0, 1), Side.LEFT: (-1, 0)}

Crossing = tuple[int, int]
"""(vertical line, horizontal line)."""


@dataclass(frozen=True, slots=True)
class Node:
    """A symbol or off-page connector on the grid."""

    row: int
    """Grid row, from 0 at the top."""
    lane: int
    width: Emu
    height: Emu
    outline: Outline

    @property
    def crossing(self) -> Crossing:
        """The crossing that the node blocks."""
        return 3 * self.lane + 1, 3 * self.row + 1


@dataclass(frozen=True, slots=True)
class Wire:
    """An edge to be drawn, between indices of nodes."""

    source: int
    target: int
    label: str = ""
    head: bool = True


@dataclass(frozen=True, slots=True)
class Problem:
    """What is to be routed."""

    nodes: tuple[Node, ...]
    wires: tuple[Wire, ...]
    lanes: int
    rows: int
    """Grid rows."""


@dataclass(frozen=True, slots=True)
class Path:
    """A routed wire: crossings from source to target, both ends included."""

    wire: int
    crossings: tuple[Crossing, ...]

    @property
    def leaves(self) -> Side:
        """Side of the source."""
        return direction(self.crossings[0], self.crossings[1])

    @property
    def enters(self) -> Side:
        """Side of the target."""
        return direction(self.crossings[-2], self.crossings[-1]).opposite


def direction(a: Crossing, b: Crossing) -> Side:
    """Direction of travel between two crossings on one line."""
    if a[0] == b[0]:
        return Side.DOWN if b[1] > a[1] else Side.UP
    return Side.RIGHT if b[0] > a[0] else Side.LEFT
