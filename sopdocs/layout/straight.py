"""Straighten arrows to and from off-page connectors: a connector moves aside to stand where its arrow runs anyway."""

from __future__ import annotations

from dataclasses import dataclass

from sopdocs.layout import settings as s
from sopdocs.layout.grid import Node, Problem
from sopdocs.layout.spread import Lane, left_of
from sopdocs.layout.tracks import Stretch, Tracks
from sopdocs.layout.units import Emu

_JOG = 3
"""Stretches of a jog: along one upright line, over to another, on in the same direction."""


@dataclass(frozen=True, slots=True)
class Straightener:
    """Works on one drawing; `x` are the upright stretches by (wire, index), and are changed."""

    problem: Problem
    tracks: Tracks
    lanes: tuple[Lane, ...]
    widths: tuple[Emu, ...]
    """Of the nodes."""
    x: dict[tuple[int, int], Emu]
    moved: dict[int, Emu]
    """By node, how far its connector moves to the right: the result."""

    def run(self) -> None:
        """Take out every jog that can be taken out."""
        for wire, ends in enumerate(self.problem.wires):
            stretches = self.tracks.stretches[wire]
            for node, jog in ((ends.source, stretches[:_JOG]), (ends.target, stretches[: -_JOG - 1 : -1])):
                if self.problem.nodes[node].outline.connector and len(jog) == _JOG and not jog[0].line[0]:
                    self.straighten(node, jog[0], jog[2])

    def straighten(self, node: int, near: Stretch, far: Stretch) -> None:
        """Move a connector, and its own stretch, onto the line of the stretch beyond the jog."""
        lane = self.problem.nodes[node].lane
        straight = near.high <= far.low or far.high <= near.low
        at = self.x[far.wire, far.index]
        if straight and self.problem.columns[far.line[1]][0] == lane and self.free(node, near, at):
            self.moved[node] = at - s.CONNECTOR[0] // 2 - self.left(node)
            self.x[near.wire, near.index] = at

    def left(self, node: int) -> Emu:
        """x of the left edge of a node where it stands now."""
        at = self.problem.nodes[node]
        return left_of(at, self.widths[node], self.lanes[at.lane]) + self.moved.get(node, 0)

    def free(self, node: int, near: Stretch, at: Emu) -> bool:
        """Whether a connector may stand with its middle at `at`, its arrow leading there along `near`."""
        here = self.problem.nodes[node]
        lane, half = self.lanes[here.lane], s.CONNECTOR[0] // 2
        if at - half < lane.x + s.CONNECTOR_EDGE or at + half > lane.x + lane.width - s.CONNECTOR_EDGE:
            return False
        for n, other in enumerate(self.problem.nodes):
            if n == node or other.lane != here.lane:
                continue
            # Beside a neighbour the connector itself must stand clear, in other rows its arrow.
            beside = half if other.row == here.row else 0
            passes = other.row == here.row or near.low <= 2 * _middle(other) <= near.high
            left = self.left(n)
            if passes and left - s.CLEARANCE < at + beside and at - beside < left + self.widths[n] + s.CLEARANCE:
                return False
        return not any(
            self.meets(stretch, here, near, at)
            for stretches in self.tracks.stretches
            for stretch in stretches
            if stretch.wire != near.wire
        )

    def meets(self, stretch: Stretch, here: Node, near: Stretch, at: Emu) -> bool:
        """Whether an arrow runs where the connector, or its own arrow, would come to lie."""
        middle = _middle(here)
        if stretch.line[0]:
            lines = [2 * n for n, (lane, _) in enumerate(self.problem.columns) if lane == here.lane]
            return stretch.line[1] == middle and stretch.low <= lines[-1] and lines[0] <= stretch.high
        off = abs(self.x[stretch.wire, stretch.index] - at)
        beside = stretch.low <= 2 * middle <= stretch.high
        along = stretch.low <= near.high and near.low <= stretch.high
        return (beside and off < s.CONNECTOR[0] // 2 + s.CLEARANCE) or (along and off < s.TRACK_PITCH)


def _middle(node: Node) -> int:
    """The level line through the middle of a node's row."""
    return 3 * node.row + 1
