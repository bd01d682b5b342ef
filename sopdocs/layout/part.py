"""Draw the rows of one procedure that stand on one page."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sopdocs.layout import settings as s
from sopdocs.layout.geometry import ArrowShape, Box, Column, ConnectorShape, Kolom, LabelShape, Row, SymbolShape
from sopdocs.layout.grid import Kind, Node, Problem, Side, Wire, upright_lines
from sopdocs.layout.labels import SLOPE, BranchLabel, Obstacles, break_label, find_place
from sopdocs.layout.offpage import off_page, stack
from sopdocs.layout.place import Band, Lane, Placed, Plan, busiest_wire, gutter_need, place
from sopdocs.layout.routes import routed
from sopdocs.layout.settings import LayoutSettings
from sopdocs.layout.symbols import Outline, SymbolSize, outline, symbol_size
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
    busiest: SimbolId | None
    """Where an arrow starts that runs in it."""
    squeezed: bool
    """Whether arrows run closer together than they should."""
    unplaced: tuple[SimbolId, ...]
    """Symbols with a branch whose label found no place."""

    @property
    def height(self) -> Emu:
        """Of the rows, without the header."""
        return sum(row.height for row in self.rows)


def draw_part(
    prosedur: Prosedur, steps: tuple[int, int], texts: tuple[Emu, ...], frame: Frame, *, refined: bool
) -> Drawing:
    """Draw some steps (indices, half open) whose texts need the heights `texts` (of all steps).

    `refined` spends time on fewer crossings; without it the heights come out nearly the same.
    """
    return _Part(prosedur, steps, texts, frame).draw(refined=refined)


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
        width = frame.lanes[0].width
        self.offs = off_page(prosedur, steps, self.lane, width)
        self.top_rows = stack(self.offs, at_top=True)
        self.bottom_rows = stack(self.offs, at_top=False)
        inner = [alur for alur in prosedur.alur if self.inside(alur.dari) and self.inside(alur.ke)]
        self.edges: list[Alur] = [*inner, *(off.alur for off in self.offs)]
        self.texts_of_labels = [
            break_label(alur.label, frame.lanes[0].width, frame.settings.fonts) if alur.label else None
            for alur in self.edges
        ]

    def inside(self, simbol: SimbolId) -> bool:
        return self.first <= self.index[simbol.langkah] < self.last

    @property
    def grid_rows(self) -> int:
        return self.top_rows + self.last - self.first + self.bottom_rows

    def problem(self) -> Problem:
        nodes: list[Node] = []
        where: dict[SimbolId, int] = {}
        for simbol in self.symbols:
            row = self.top_rows + self.index[simbol.id.langkah] - self.first
            where[simbol.id] = len(nodes)
            nodes.append(Node(row, self.lane[simbol.id.pelaksana], outline(simbol.bentuk)))
        wires: list[Wire] = []
        offs = {(off.alur.dari, off.alur.ke): off for off in self.offs}
        for alur, text in zip(self.edges, self.texts_of_labels, strict=True):
            off = offs.get((alur.dari, alur.ke))
            if off is None:
                head = alur.hubungan is Hubungan.LANJUT
                wires.append(Wire(where[alur.dari], where[alur.ke], alur.label, head, self.cramped(text)))
                continue
            here = len(nodes)
            row = self.top_rows - 1 - off.depth if off.at_top else self.grid_rows - self.bottom_rows + off.depth
            nodes.append(Node(row, off.lane, off.outline, off.kind))
            if off.keluar:
                wires.append(Wire(where[alur.dari], here, alur.label, cramped=self.cramped(text)))
            else:
                wires.append(Wire(here, where[alur.ke]))
        slots = frozenset(off.lane for off in self.offs if off.kind is not Kind.MIDDLE)
        return Problem(tuple(nodes), tuple(wires), upright_lines(len(self.frame.lanes), slots), self.grid_rows)

    def cramped(self, label: BranchLabel | None) -> bool:
        """Whether a label needs more room than there is beside the slope of a diamond and in the gutter."""
        gutter = (self.frame.lanes[0].width - self.frame.symbol_width) // 2
        return label is not None and label.width > gutter + SLOPE - s.LABEL_GAP

    def bands(self) -> tuple[Band, ...]:
        bands: list[Band] = []
        count = self.last - self.first
        for n in range(count):
            start = self.top_rows + n if n else 0
            end = self.top_rows + n + 1 if n < count - 1 else self.grid_rows
            bands.append(Band(tuple(range(start, end)), self.texts[self.first + n], self.top_rows + n))
        return tuple(bands)

    def draw(self, *, refined: bool) -> Drawing:
        problem = self.problem()
        lanes = tuple(Lane(column.x, column.width) for column in self.frame.lanes)
        sizes = (*((size.width, size.height) for size in self.sizes), *(s.CONNECTOR for _ in self.offs))
        ways = routed(problem, refined=refined)
        plan = Plan(problem, sizes, ways.paths, ways.tracks, lanes, self.bands())
        placed = place(plan)
        labels, missing = self.labels(plan, placed)
        for _ in range(_LABEL_TRIES):
            if not missing:
                break
            for wire in missing:
                plan = self.make_room(plan, wire)
            placed = place(plan)
            labels, missing = self.labels(plan, placed)
        unplaced = tuple(self.edges[wire].dari for wire in missing)
        return self.shifted(plan, placed, labels, unplaced)

    def make_room(self, plan: Plan, wire: int) -> Plan:
        """Ask for a higher row beside a branch whose label found no place."""
        leaves = plan.paths[wire].leaves
        row = plan.problem.nodes[plan.problem.wires[wire].source].row
        for side in (Side.UP, Side.DOWN) if leaves.horizontal else (leaves,):
            room = max((r for at, where, r in plan.extra if (at, where) == (row, side)), default=s.PAD)
            plan = plan.with_room(row, side, room + _LABEL_STEP)
        return plan

    def labels(self, plan: Plan, placed: Placed) -> tuple[list[LabelShape], list[int]]:
        lanes = self.frame.lanes
        bounds = Box(lanes[0].x, 0, lanes[-1].x + lanes[-1].width - lanes[0].x, sum(placed.heights))
        symbols = tuple((n.outline, box) for n, box in zip(plan.problem.nodes, placed.boxes, strict=True))
        rules = self.rules(placed, bounds)
        found: list[LabelShape] = []
        missing: list[int] = []
        for index, (wire, label) in enumerate(zip(plan.problem.wires, self.texts_of_labels, strict=True)):
            if not wire.label or label is None:
                continue
            before = tuple(shape.box for shape in found)
            obstacles = Obstacles(symbols, before, placed.lines, rules, bounds)
            box = find_place(placed.lines[index], (label.width, label.height), obstacles)
            if box is None:
                missing.append(index)
            else:
                found.append(LabelShape(wire.label, box, self.edges[index].dari, label.lines))
        return found, missing

    def rules(self, placed: Placed, bounds: Box) -> tuple[tuple[tuple[Emu, Emu], tuple[Emu, Emu]], ...]:
        upright = [((lane.x, 0), (lane.x, bounds.bottom)) for lane in self.frame.lanes]
        level: list[tuple[tuple[Emu, Emu], tuple[Emu, Emu]]] = []
        y = 0
        for height in placed.heights:
            y += height
            level.append(((bounds.x, y), (bounds.right, y)))
        return (*upright, *level)

    def shifted(self, plan: Plan, placed: Placed, labels: list[LabelShape], unplaced: tuple[SimbolId, ...]) -> Drawing:
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
            for alur, line, wire in zip(self.edges, lines, plan.problem.wires, strict=True)
        ]
        moved = tuple(replace(label, box=replace(label.box, y=label.box.y + down)) for label in labels)
        gutter = gutter_need(plan.problem, plan.tracks)
        wire = busiest_wire(plan.problem, plan.tracks)
        busiest = None if wire is None else self.edges[wire].dari
        return Drawing(
            tuple(rows),
            tuple(symbols),
            tuple(connectors),
            tuple(arrows),
            moved,
            gutter,
            busiest,
            placed.squeezed,
            unplaced,
        )
