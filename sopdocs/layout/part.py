"""Draw the rows of one procedure that stand on one page."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace

from sopdocs.layout import settings as s
from sopdocs.layout.geometry import ArrowShape, Box, Column, ConnectorShape, Kolom, LabelShape, Row, SymbolShape
from sopdocs.layout.grid import Node, Problem, Wire
from sopdocs.layout.labels import Obstacles, find_place
from sopdocs.layout.measure import text_width
from sopdocs.layout.place import Band, Lane, Placed, Plan, gutter_need, place
from sopdocs.layout.search import Router
from sopdocs.layout.settings import LayoutSettings
from sopdocs.layout.symbols import Outline, SymbolSize, outline, symbol_size
from sopdocs.layout.tracks import assign_tracks
from sopdocs.layout.units import Emu, mm
from sopdocs.model import Alur, Hubungan, Prosedur, SimbolId

_LABEL_TRIES = 4
_LABEL_STEP: Emu = mm(3)


@dataclass(frozen=True, slots=True)
class Frame:
    """What all parts of a sheet share."""

    columns: tuple[Column, ...]
    header: tuple[Emu, Emu, Emu]
    settings: LayoutSettings
    symbol_width: Emu

    @property
    def lanes(self) -> tuple[Column, ...]:
        """The performers' columns."""
        return tuple(column for column in self.columns if column.kolom is Kolom.LAJUR)


@dataclass(frozen=True, slots=True)
class Drawing:
    """A part before its place on a page is known; y counts from the table's upper edge, header included."""

    rows: tuple[Row, ...]
    symbols: tuple[SymbolShape, ...]
    connectors: tuple[ConnectorShape, ...]
    arrows: tuple[ArrowShape, ...]
    labels: tuple[LabelShape, ...]
    gutter: Emu
    """Width that the busiest gutter needs."""
    unplaced: tuple[SimbolId, ...]
    """Symbols with a branch whose label found no place."""


@dataclass(frozen=True, slots=True)
class _Off:
    """An off-page connector to be drawn."""

    alur: Alur
    lane: int
    at_top: bool
    keluar: bool

    @property
    def outline(self) -> Outline:
        """Points the way the flow goes."""
        return Outline.POINT_UP if self.at_top is self.keluar else Outline.POINT_DOWN


def draw_part(prosedur: Prosedur, first: int, last: int, texts: tuple[Emu, ...], frame: Frame) -> Drawing:
    """Draw steps `first` to `last` (indices, half open) whose texts need the heights `texts` (of all steps)."""
    return _Part(prosedur, (first, last), texts, frame).draw()


class _Part:
    def __init__(self, prosedur: Prosedur, steps: tuple[int, int], texts: tuple[Emu, ...], frame: Frame) -> None:
        self.prosedur = prosedur
        self.first, self.last = steps
        self.texts = texts
        self.frame = frame
        self.index = {step.nomor: i for i, step in enumerate(prosedur.langkah)}
        self.lane = {column.lane: i for i, column in enumerate(frame.lanes)}
        self.symbols = [simbol for step in prosedur.langkah[self.first : self.last] for simbol in step.simbol]
        self.sizes: list[SymbolSize] = [
            symbol_size(simbol, frame.symbol_width, frame.settings.fonts) for simbol in self.symbols
        ]
        self.offs = self._offs()
        self.top_rows = self._stack(at_top=True)
        self.bottom_rows = self._stack(at_top=False)

    def inside(self, simbol: SimbolId) -> bool:
        return self.first <= self.index[simbol.langkah] < self.last

    def _offs(self) -> list[_Off]:
        offs: list[_Off] = []
        for alur in self.prosedur.alur:
            leaves, enters = self.inside(alur.dari), self.inside(alur.ke)
            if leaves and not enters:
                above = self.index[alur.ke.langkah] < self.first
                offs.append(_Off(alur, self.lane[alur.dari.pelaksana], above, keluar=True))
            elif enters and not leaves:
                above = self.index[alur.dari.langkah] < self.first
                offs.append(_Off(alur, self.lane[alur.ke.pelaksana], above, keluar=False))
        return offs

    def _stack(self, *, at_top: bool) -> int:
        """Grid rows that the connectors at one end of the page need: one below another in a lane."""
        count: defaultdict[int, int] = defaultdict(int)
        for off in self.offs:
            if off.at_top is at_top:
                count[off.lane] += 1
        return max(count.values(), default=0)

    @property
    def grid_rows(self) -> int:
        return self.top_rows + self.last - self.first + self.bottom_rows

    def problem(self) -> Problem:
        nodes: list[Node] = []
        where: dict[SimbolId, int] = {}
        for simbol, size in zip(self.symbols, self.sizes, strict=True):
            row = self.top_rows + self.index[simbol.id.langkah] - self.first
            where[simbol.id] = len(nodes)
            nodes.append(Node(row, self.lane[simbol.id.pelaksana], size.width, size.height, outline(simbol.bentuk)))
        wires = [
            Wire(where[alur.dari], where[alur.ke], alur.label, alur.hubungan is Hubungan.LANJUT)
            for alur in self.inner()
        ]
        used: defaultdict[tuple[int, bool], int] = defaultdict(int)
        for off in self.offs:
            depth = used[off.lane, off.at_top]
            used[off.lane, off.at_top] += 1
            row = self.top_rows - 1 - depth if off.at_top else self.grid_rows - self.bottom_rows + depth
            here = len(nodes)
            nodes.append(Node(row, off.lane, *s.CONNECTOR, off.outline))
            if off.keluar:
                wires.append(Wire(where[off.alur.dari], here, off.alur.label))
            else:
                wires.append(Wire(here, where[off.alur.ke]))
        return Problem(tuple(nodes), tuple(wires), max(len(self.frame.lanes), 1), self.grid_rows)

    def inner(self) -> list[Alur]:
        return [alur for alur in self.prosedur.alur if self.inside(alur.dari) and self.inside(alur.ke)]

    def bands(self) -> tuple[Band, ...]:
        bands: list[Band] = []
        count = self.last - self.first
        for n in range(count):
            start = self.top_rows + n if n else 0
            end = self.top_rows + n + 1 if n < count - 1 else self.grid_rows
            bands.append(Band(tuple(range(start, end)), self.texts[self.first + n]))
        return tuple(bands)

    def draw(self) -> Drawing:
        problem = self.problem()
        bands = self.bands()
        lanes = tuple(Lane(column.x, column.width) for column in self.frame.lanes)
        xs = [x for lane in lanes for x in (lane.x, lane.x + lane.width // 2, lane.x + lane.width)]
        ys = [y for row in range(problem.rows) for y in (row * mm(18), row * mm(18) + mm(9), row * mm(18) + mm(17))]
        paths = Router(problem, xs, ys).route()
        tracks = assign_tracks(problem, paths)
        plan = Plan(problem, paths, tracks, lanes, bands)
        placed = place(plan)
        labels, missing = self.labels(plan, placed)
        for _ in range(_LABEL_TRIES):
            upright = [wire for wire in missing if not paths[wire].leaves.horizontal]
            if not upright:
                break
            for wire in upright:
                plan = self.make_room(plan, wire)
            placed = place(plan)
            labels, missing = self.labels(plan, placed)
        unplaced = tuple(self.edges()[wire].dari for wire in missing)
        return self.shifted(problem, placed, labels, gutter_need(tracks, problem.lanes), unplaced)

    def edges(self) -> list[Alur]:
        return [*self.inner(), *(off.alur for off in self.offs)]

    def make_room(self, plan: Plan, wire: int) -> Plan:
        """Ask for a higher row beside an upright branch whose label found no place."""
        side = plan.paths[wire].leaves
        row = plan.problem.nodes[plan.problem.wires[wire].source].row
        room = max((r for at, where, r in plan.extra if (at, where) == (row, side)), default=s.PAD)
        return plan.with_room(row, side, room + _LABEL_STEP)

    def labels(self, plan: Plan, placed: Placed) -> tuple[list[LabelShape], list[int]]:
        lanes = self.frame.lanes
        bounds = Box(lanes[0].x, 0, lanes[-1].x + lanes[-1].width - lanes[0].x, sum(placed.heights)) if lanes else None
        found: list[LabelShape] = []
        missing: list[int] = []
        edges = self.edges()
        for index, wire in enumerate(plan.problem.wires):
            if not wire.label or bounds is None:
                continue
            width = text_width(self.frame.settings.fonts, wire.label, s.LABEL) + mm(0.4)
            symbols = tuple((n.outline, box) for n, box in zip(plan.problem.nodes, placed.boxes, strict=True))
            before = tuple(label.box for label in found)
            obstacles = Obstacles(symbols, before, placed.lines, self.rules(placed, bounds), bounds)
            box = find_place(placed.lines[index], width, obstacles)
            if box is None:
                missing.append(index)
            else:
                found.append(LabelShape(wire.label, box, edges[index].dari))
        return found, missing

    def rules(self, placed: Placed, bounds: Box) -> tuple[tuple[tuple[Emu, Emu], tuple[Emu, Emu]], ...]:
        upright = [((lane.x, 0), (lane.x, bounds.bottom)) for lane in self.frame.lanes]
        level: list[tuple[tuple[Emu, Emu], tuple[Emu, Emu]]] = []
        y = 0
        for height in placed.heights:
            y += height
            level.append(((bounds.x, y), (bounds.right, y)))
        return (*upright, *level)

    def shifted(
        self, problem: Problem, placed: Placed, labels: list[LabelShape], gutter: Emu, unplaced: tuple[SimbolId, ...]
    ) -> Drawing:
        """Name everything, and move it below the header."""
        down = sum(self.frame.header)
        rows: list[Row] = []
        y = down
        for n, height in enumerate(placed.heights):
            rows.append(Row(self.first + n, y, height))
            y += height
        boxes = [replace(box, y=box.y + down) for box in placed.boxes]
        lines = [tuple((x, y + down) for x, y in line) for line in placed.lines]
        symbols = [
            SymbolShape(
                simbol.id,
                simbol.bentuk,
                box,
                self.index[simbol.id.langkah] - self.first,
                self.lane[simbol.id.pelaksana],
                size.lines,
                size.size,
            )
            for simbol, size, box in zip(self.symbols, self.sizes, boxes, strict=False)
        ]
        connectors = [
            ConnectorShape(
                off.alur.dari,
                off.alur.ke,
                box,
                0 if off.at_top else len(rows) - 1,
                off.lane,
                "",
                0,
                off.keluar,
                off.outline is Outline.POINT_UP,
            )
            for off, box in zip(self.offs, boxes[len(symbols) :], strict=True)
        ]
        arrows = [
            ArrowShape(alur.dari, alur.ke, line, wire.head, wire.label)
            for alur, line, wire in zip(self.edges(), lines, problem.wires, strict=True)
        ]
        moved = tuple(replace(label, box=replace(label.box, y=label.box.y + down)) for label in labels)
        return Drawing(tuple(rows), tuple(symbols), tuple(connectors), tuple(arrows), moved, gutter, unplaced)
