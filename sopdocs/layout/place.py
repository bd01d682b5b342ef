"""Turn tracks into coordinates: rows grow until every track has its room."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sopdocs.layout import settings as s
from sopdocs.layout.geometry import Box, Point
from sopdocs.layout.grid import Kind, Path, Problem, Side
from sopdocs.layout.symbols import border_x, border_y
from sopdocs.layout.tracks import Stretch, Tracks
from sopdocs.layout.units import Emu, mm, whole_twips


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
    symbols: int
    """The grid row of its symbols; the others hold off-page connectors."""


@dataclass(frozen=True, slots=True)
class Placed:
    """Coordinates of everything in the lanes, from the upper edge of the first row (y) and the table's left (x)."""

    heights: tuple[Emu, ...]
    """Of the table rows."""
    boxes: tuple[Box, ...]
    """Of the nodes."""
    lines: tuple[tuple[Point, ...], ...]
    """Of the wires."""
    squeezed: bool
    """Whether tracks had to move closer together than they should."""


@dataclass(frozen=True, slots=True)
class _GridRow:
    top: Emu
    node_top: Emu
    node_bottom: Emu
    bottom: Emu


def gutter_need(problem: Problem, tracks: Tracks) -> Emu:
    """Width that the busiest gutter needs."""
    lines = [line for line, (_, kind) in enumerate(problem.columns) if kind.gutter]
    return _need(max((tracks.counts.get((False, line), 0) for line in lines), default=0), s.CLEARANCE)


def busiest_wire(problem: Problem, tracks: Tracks) -> int | None:
    """A wire in the busiest gutter, the first of those that lie outermost there."""
    gutters = {line for line, (_, kind) in enumerate(problem.columns) if kind.gutter}
    found = [
        (-tracks.level[stretch.wire, stretch.index][1], stretch.wire)
        for stretches in tracks.stretches
        for stretch in stretches
        if not stretch.line[0] and stretch.line[1] in gutters
    ]
    return min(found)[1] if found else None


def _need(count: int, least: Emu) -> Emu:
    return s.BORDER_GAP + (count - 1) * s.TRACK_PITCH + s.HEAD_ROOM if count else least


@dataclass(frozen=True, slots=True)
class Plan:
    """What `place` works on."""

    problem: Problem
    sizes: tuple[tuple[Emu, Emu], ...]
    """Width and height of the nodes."""
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
    boxes = tuple(_box(plan, index, rows) for index in range(len(plan.sizes)))
    placer = _Placer(plan, rows, boxes)
    lines = tuple(placer.line(index) for index in range(len(plan.paths)))
    every = (stretch for stretches in plan.tracks.stretches for stretch in stretches)
    return Placed(heights, boxes, lines, any(placer.pitch(stretch) < s.TRACK_PITCH for stretch in every))


def _rows(plan: Plan) -> tuple[list[_GridRow], tuple[Emu, ...]]:
    needs = [_row_needs(plan, row) for row in range(plan.problem.rows)]
    rows: list[_GridRow] = []
    heights: list[Emu] = []
    y: Emu = 0
    for band in plan.bands:
        content = sum(sum(needs[row]) for row in band.grid_rows)
        height = whole_twips(max(content, band.text_height))
        # Room to spare goes beside the symbols: connectors stay at the upper and lower end.
        share = (height - content) // 2
        heights.append(height)
        top = y
        for row in band.grid_rows:
            above, node, below = needs[row]
            spare = share if row == band.symbols else 0
            node_top = top + above + spare
            bottom = node_top + node + below + spare
            rows.append(_GridRow(top, node_top, node_top + node, bottom))
            top = bottom
        y += height
    return rows, tuple(heights)


def _row_needs(plan: Plan, row: int) -> tuple[Emu, Emu, Emu]:
    """Room above the symbols of a grid row, their height, room below."""
    here = [size[1] for n, size in zip(plan.problem.nodes, plan.sizes, strict=True) if n.row == row]
    node = max(here, default=s.SYMBOL_HEIGHT)
    above = _need(plan.tracks.counts.get((True, 3 * row), 0), s.PAD)
    below = _need(plan.tracks.counts.get((True, 3 * row + 2), 0), s.PAD)
    for at, side, room in plan.extra:
        if at == row and side is Side.UP:
            above = max(above, room)
        elif at == row:
            below = max(below, room)
    return above, node, below


def _box(plan: Plan, index: int, rows: list[_GridRow]) -> Box:
    node, (width, height) = plan.problem.nodes[index], plan.sizes[index]
    row, lane = rows[node.row], plan.lanes[node.lane]
    middle = (row.node_top + row.node_bottom) // 2
    x = lane.x + (lane.width - width) // 2 + _SLOT_SIDE.get(node.kind, 0) * s.SLOT
    return Box(x, middle - height // 2, width, height)


_EDGE: Emu = mm(0.3)
_SLOT_SIDE = {Kind.SLOT_LEFT: -1, Kind.SLOT_RIGHT: 1}


class _Placer:
    def __init__(self, plan: Plan, rows: list[_GridRow], boxes: tuple[Box, ...]) -> None:
        self.plan = plan
        self.rows = rows
        self.boxes = boxes
        self.symbol = max((width for width, _ in plan.sizes), default=s.SYMBOL_FLOOR)

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
        return (low + high) // 2 + (2 * at - most + 1) * self.pitch(stretch) // 2

    def pitch(self, stretch: Stretch) -> Emu:
        """Distance of tracks: where room is short they move together rather than over a rule or symbol."""
        _, most = self.plan.tracks.level[stretch.wire, stretch.index]
        return min(s.TRACK_PITCH, self.widest(stretch.line) // max(most - 1, 1)) if most > 1 else s.TRACK_PITCH

    def widest(self, line: tuple[bool, int]) -> Emu:
        """How far the outer tracks of a line may lie apart."""
        horizontal, index = line
        if horizontal:
            low, high = self.band(line)
            return high - low - 2 * _EDGE if index % 3 == 1 else s.TRACK_PITCH * len(self.plan.paths)
        lane, kind = self.plan.problem.columns[index]
        return ((self.plan.lanes[lane].width - self.symbol) // 2 if kind.gutter else self.symbol) - 2 * _EDGE

    def band(self, line: tuple[bool, int]) -> tuple[Emu, Emu]:
        """Between what limits the tracks of a line are centred."""
        horizontal, index = line
        if horizontal:
            major, kind = divmod(index, 3)
            row = self.rows[major]
            if kind == 1:
                return row.node_top, row.node_bottom
            if kind == 0:
                return row.top + s.BORDER_GAP, row.node_top - s.HEAD_ROOM
            return row.node_bottom + s.HEAD_ROOM, row.bottom - s.BORDER_GAP
        at, kind = self.plan.problem.columns[index]
        lane = self.plan.lanes[at]
        gutter = (lane.width - self.symbol) // 2
        outer, inner = s.BORDER_GAP, gutter - s.HEAD_ROOM
        if inner - outer < (self.plan.tracks.counts.get(line, 1) - 1) * s.TRACK_PITCH:
            outer, inner = 0, gutter
        if kind is Kind.LEFT:
            return lane.x + outer, lane.x + inner
        if kind is Kind.RIGHT:
            return lane.x + lane.width - inner, lane.x + lane.width - outer
        shift = 2 * _SLOT_SIDE.get(kind, 0) * s.SLOT
        return lane.x + shift, lane.x + lane.width
