"""Turn tracks into coordinates: rows grow and symbols shrink until every track has its room."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sopdocs.layout import settings as s
from sopdocs.layout.geometry import Box, Point
from sopdocs.layout.grid import Node, Path, Problem, Side
from sopdocs.layout.symbols import border_x, border_y
from sopdocs.layout.tracks import Stretch, Tracks
from sopdocs.layout.units import Emu, whole_twips


@dataclass(frozen=True, slots=True)
class Lane:
    """A lane's place in the table."""

    x: Emu
    width: Emu


@dataclass(frozen=True, slots=True)
class Band:
    """A table row: the grid rows it holds, and the height its text needs."""

    grid_rows: tuple[int, ...]
    text_height: Emu


@dataclass(frozen=True, slots=True)
class Placed:
    """Coordinates of everything in the lanes, from the upper edge of the first row (y) and the table's left (x)."""

    heights: tuple[Emu, ...]
    """Of the table rows."""
    boxes: tuple[Box, ...]
    """Of the nodes."""
    lines: tuple[tuple[Point, ...], ...]
    """Of the wires."""


@dataclass(frozen=True, slots=True)
class _GridRow:
    top: Emu
    node_top: Emu
    node_bottom: Emu
    bottom: Emu


def gutter_need(tracks: Tracks, lanes: int) -> Emu:
    """Width that the busiest gutter needs."""
    counts = [tracks.counts.get((False, 3 * lane + side), 0) for lane in range(lanes) for side in (0, 2)]
    return _need(max(counts, default=0), s.CLEARANCE)


def _need(count: int, least: Emu) -> Emu:
    return s.BORDER_GAP + (count - 1) * s.TRACK_PITCH + s.HEAD_ROOM if count else least


@dataclass(frozen=True, slots=True)
class Plan:
    """What `place` works on."""

    problem: Problem
    paths: tuple[Path, ...]
    tracks: Tracks
    lanes: tuple[Lane, ...]
    bands: tuple[Band, ...]
    extra: tuple[tuple[int, Side, Emu], ...] = ()
    """(grid row, UP or DOWN, room) wanted above or below the symbols, for labels."""

    def with_room(self, row: int, side: Side, room: Emu) -> Plan:
        """The plan with more room in one place."""
        return replace(self, extra=(*self.extra, (row, side, room)))


def place(plan: Plan) -> Placed:
    """Give every row, node and wire its coordinates."""
    rows, heights = _rows(plan)
    boxes = tuple(_box(node, rows[node.row], plan.lanes[node.lane]) for node in plan.problem.nodes)
    placer = _Placer(plan, rows, boxes)
    return Placed(heights, boxes, tuple(placer.line(index) for index in range(len(plan.paths))))


def _rows(plan: Plan) -> tuple[list[_GridRow], tuple[Emu, ...]]:
    needs = [_row_needs(plan, row) for row in range(plan.problem.rows)]
    rows: list[_GridRow] = []
    heights: list[Emu] = []
    y: Emu = 0
    for band in plan.bands:
        content = sum(sum(needs[row]) for row in band.grid_rows)
        height = whole_twips(max(content, band.text_height))
        share = (height - content) // (2 * len(band.grid_rows))
        heights.append(height)
        top = y
        for row in band.grid_rows:
            above, node, below = needs[row]
            node_top = top + above + share
            bottom = node_top + node + below + share
            rows.append(_GridRow(top, node_top, node_top + node, bottom))
            top = bottom
        y += height
    return rows, tuple(heights)


def _row_needs(plan: Plan, row: int) -> tuple[Emu, Emu, Emu]:
    """Room above the symbols of a grid row, their height, room below."""
    node = max((n.height for n in plan.problem.nodes if n.row == row), default=s.SYMBOL_HEIGHT)
    above = _need(plan.tracks.counts.get((True, 3 * row), 0), s.PAD)
    below = _need(plan.tracks.counts.get((True, 3 * row + 2), 0), s.PAD)
    for at, side, room in plan.extra:
        if at == row and side is Side.UP:
            above = max(above, room)
        elif at == row:
            below = max(below, room)
    return above, node, below


def _box(node: Node, row: _GridRow, lane: Lane) -> Box:
    middle = (row.node_top + row.node_bottom) // 2
    return Box(lane.x + (lane.width - node.width) // 2, middle - node.height // 2, node.width, node.height)


class _Placer:
    def __init__(self, plan: Plan, rows: list[_GridRow], boxes: tuple[Box, ...]) -> None:
        self.plan = plan
        self.rows = rows
        self.boxes = boxes
        widths = [node.width for node in plan.problem.nodes]
        self.symbol = max(widths, default=s.SYMBOL_FLOOR)

    def line(self, index: int) -> tuple[Point, ...]:
        """The corners of one wire, from border to border."""
        path, wire = self.plan.paths[index], self.plan.problem.wires[index]
        stretches = self.plan.tracks.stretches[index]
        at = [self.position(stretch) for stretch in stretches]
        points = [self.port(wire.source, path.leaves, at[0])]
        for n in range(1, len(stretches)):
            horizontal = stretches[n].line[0]
            points.append((at[n - 1], at[n]) if horizontal else (at[n], at[n - 1]))
        points.append(self.port(wire.target, path.enters, at[-1]))
        return tuple(points)

    def port(self, index: int, side: Side, at: Emu) -> Point:
        node, box = self.plan.problem.nodes[index], self.boxes[index]
        if side.horizontal:
            return border_x(node.outline, box, at, right=side is Side.RIGHT), at
        return at, border_y(node.outline, box, at, below=side is Side.DOWN)

    def position(self, stretch: Stretch) -> Emu:
        """x of an upright stretch, y of a level one."""
        at, most = self.plan.tracks.level[stretch.wire, stretch.index]
        low, high = self.band(stretch.line)
        return (low + high) // 2 + (2 * at - most + 1) * s.TRACK_PITCH // 2

    def band(self, line: tuple[bool, int]) -> tuple[Emu, Emu]:
        """Between what limits the tracks of a line are centred."""
        horizontal, index = line
        major, kind = divmod(index, 3)
        if horizontal:
            row = self.rows[major]
            if kind == 1:
                return row.node_top, row.node_bottom
            if kind == 0:
                return row.top + s.BORDER_GAP, row.node_top - s.HEAD_ROOM
            return row.node_bottom + s.HEAD_ROOM, row.bottom - s.BORDER_GAP
        lane = self.plan.lanes[major]
        gutter = (lane.width - self.symbol) // 2
        if kind == 1:
            return lane.x, lane.x + lane.width
        if kind == 0:
            return lane.x + s.BORDER_GAP, lane.x + gutter - s.HEAD_ROOM
        return lane.x + lane.width - gutter + s.HEAD_ROOM, lane.x + lane.width - s.BORDER_GAP
