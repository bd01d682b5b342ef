"""Turn tracks into coordinates: rows grow until every track has its room."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from sopdocs.layout import settings as s
from sopdocs.layout.geometry import Box, Point
from sopdocs.layout.grid import Path, Problem, Side
from sopdocs.layout.spread import Lane, Spread, spread
from sopdocs.layout.straight import Straightener
from sopdocs.layout.symbols import border_x, border_y
from sopdocs.layout.tracks import Stretch, Tracks
from sopdocs.layout.units import Emu, mm, whole_twips


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
    tight: int | None
    """A wire that runs where tracks had to move closer together than they should, if any had to."""
    need: Emu
    """Width at which every lane would have room for its arrows."""


@dataclass(frozen=True, slots=True)
class _GridRow:
    top: Emu
    node_top: Emu
    node_bottom: Emu
    bottom: Emu


def _need(count: int, least: Emu) -> Emu:
    return s.RULE_GAP + (count - 1) * s.TRACK_PITCH + s.HEAD_ROOM if count else least


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
    aside: Mapping[int, Emu] = field(default_factory=dict[int, Emu])
    """By wire, how far its first stretch would like to lie right of its place."""

    def with_room(self, row: int, side: Side, room: Emu) -> Plan:
        """The plan with more room in one place."""
        return replace(self, extra=(*self.extra, (row, side, room)))


def place(plan: Plan) -> Placed:
    """Give every row, node and wire its coordinates."""
    rows, heights = _rows(plan)
    widths = tuple(width for width, _ in plan.sizes)
    across = spread(plan.problem, plan.tracks, plan.lanes, widths, plan.aside)
    straightener = Straightener(plan.problem, plan.tracks, plan.lanes, widths, across.x, {})
    straightener.run()
    boxes = tuple(_box(plan, rows, index, straightener.left(index)) for index in range(len(plan.sizes)))
    placer = _Placer(plan, rows, boxes, across)
    lines = tuple(placer.line(index) for index in range(len(plan.paths)))
    level = (stretch for stretches in plan.tracks.stretches for stretch in stretches if stretch.line[0])
    tight = next((stretch.wire for stretch in level if placer.pitch(stretch) < s.TRACK_PITCH), across.tight)
    return Placed(heights, boxes, lines, tight, across.need)


def row_heights(plan: Plan) -> tuple[Emu, ...]:
    """Heights of the table rows."""
    return _rows(plan)[1]


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


def _box(plan: Plan, rows: list[_GridRow], index: int, left: Emu) -> Box:
    width, height = plan.sizes[index]
    row = rows[plan.problem.nodes[index].row]
    middle = (row.node_top + row.node_bottom) // 2
    return Box(left, middle - height // 2, width, height)


def _without_jogs(points: list[Point]) -> tuple[Point, ...]:
    """Drop the corners of a jog that has been straightened."""
    found = points[:1]
    for n, point in enumerate(points[1:], start=1):
        following = points[n + 1] if n + 1 < len(points) else None
        on_the_way = following is not None and found[-1][0] == point[0] == following[0]
        if not on_the_way:
            found.append(point)
    return tuple(found)


_EDGE: Emu = mm(0.3)


class _Placer:
    def __init__(self, plan: Plan, rows: list[_GridRow], boxes: tuple[Box, ...], across: Spread) -> None:
        self.plan = plan
        self.rows = rows
        self.boxes = boxes
        self.across = across

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
        return _without_jogs(points)

    def port(self, index: int, side: Side, at: Emu) -> Point:
        node, box = self.plan.problem.nodes[index], self.boxes[index]
        if side.horizontal:
            return border_x(node.outline, box, at, right=side is Side.RIGHT), at
        return at, border_y(node.outline, box, at, below=side is Side.DOWN)

    def position(self, stretch: Stretch) -> Emu:
        """x of an upright stretch, y of a level one."""
        if not stretch.line[0]:
            return self.across.x[stretch.wire, stretch.index]
        at, most = self.plan.tracks.level[stretch.wire, stretch.index]
        low, high = self.band(stretch.line[1])
        return (low + high) // 2 + (2 * at - most + 1) * self.pitch(stretch) // 2

    def pitch(self, stretch: Stretch) -> Emu:
        """Distance of level tracks: beside a symbol they move together rather than beyond its height."""
        _, most = self.plan.tracks.level[stretch.wire, stretch.index]
        if most == 1 or stretch.line[1] % 3 != 1:
            return s.TRACK_PITCH
        low, high = self.band(stretch.line[1])
        return min(s.TRACK_PITCH, (high - low - 2 * _EDGE) // (most - 1))

    def band(self, level: int) -> tuple[Emu, Emu]:
        """Between what limits the tracks of a level line are centred."""
        major, kind = divmod(level, 3)
        row = self.rows[major]
        if kind == 1:
            return row.node_top, row.node_bottom
        if kind == 0:
            return row.top + s.RULE_GAP, row.node_top - s.HEAD_ROOM
        return row.node_bottom + s.HEAD_ROOM, row.bottom - s.RULE_GAP
