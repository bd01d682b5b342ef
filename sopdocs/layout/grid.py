"""The routing problem of one table part, and the grid it is solved on.

Every lane has upright lines (left gutter, middle, right gutter, and two more where connectors stand side by side),
every grid row three level ones (above its symbols, through their middle, below). A wire runs from crossing to crossing;
symbols block their own crossing. Level lines have the index 3·row + (0, 1, 2).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise

from sopdocs.layout.symbols import Outline


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


Crossing = tuple[int, int]
"""(upright line, level line)."""


class Kind(IntEnum):
    """Upright lines of a lane, from left to right."""

    LEFT = 0
    SLOT_LEFT = 1
    """Through connectors that stand left of the middle; only in lanes where several stand side by side."""
    MIDDLE = 2
    SLOT_RIGHT = 3
    RIGHT = 4

    @property
    def gutter(self) -> bool:
        """Whether the line runs beside the symbols."""
        return self in (Kind.LEFT, Kind.RIGHT)


_BESIDE = ((Kind.SLOT_LEFT, Kind.LEFT), (Kind.SLOT_RIGHT, Kind.RIGHT))
"""A connector that stands aside from the middle leaves no room in the gutter next to it."""


@dataclass(frozen=True, slots=True)
class Node:
    """A symbol or off-page connector on the grid."""

    row: int
    """Grid row, from 0 at the top."""
    lane: int
    outline: Outline
    kind: Kind = Kind.MIDDLE
    """The line it stands on."""


@dataclass(frozen=True, slots=True)
class Wire:
    """An edge to be drawn, between indices of nodes."""

    source: int
    target: int
    label: str = ""
    head: bool = True
    cramped: bool = False
    """Whether its label does not fit beside a stretch that turns in the source's own lane."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is to be routed."""

    nodes: tuple[Node, ...]
    wires: tuple[Wire, ...]
    columns: tuple[tuple[int, Kind], ...]
    """Lane and kind of every upright line, from left to right."""
    rows: int
    """Grid rows."""

    def crossing(self, index: int) -> Crossing:
        """Where a node stands."""
        node = self.nodes[index]
        return self.columns.index((node.lane, node.kind)), 3 * node.row + 1

    def blocked(self) -> dict[Crossing, int]:
        """The crossings that a wire may not pass: a symbol takes those of its lane's slots, too."""
        found: dict[Crossing, int] = {}
        for index, node in enumerate(self.nodes):
            for line, (lane, kind) in enumerate(self.columns):
                beside = (node.kind, kind) in _BESIDE
                wide = node.kind is Kind.MIDDLE and not node.outline.connector and not kind.gutter
                if lane == node.lane and (kind is node.kind or wide or beside):
                    found[line, 3 * node.row + 1] = index
        return found


def upright_lines(lanes: int, slots: frozenset[int]) -> tuple[tuple[int, Kind], ...]:
    """The upright lines of a part; lanes in `slots` have lines for connectors side by side."""
    plain = (Kind.LEFT, Kind.MIDDLE, Kind.RIGHT)
    return tuple((lane, kind) for lane in range(lanes) for kind in (Kind if lane in slots else plain))


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


def bends(path: Path) -> int:
    """Corners of a path."""
    ways = [direction(a, b) for a, b in pairwise(path.crossings)]
    return sum(a is not b for a, b in pairwise(ways))


def direction(a: Crossing, b: Crossing) -> Side:
    """Direction of travel between two crossings on one line."""
    if a[0] == b[0]:
        return Side.DOWN if b[1] > a[1] else Side.UP
    return Side.RIGHT if b[0] > a[0] else Side.LEFT
