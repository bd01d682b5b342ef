"""Draw the rows of one procedure that stand on one page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sopdocs.layout import settings as s
from sopdocs.layout.beside import Caption, Written, write
from sopdocs.layout.geometry import ArrowShape, Box, Column, ConnectorShape, Kolom, LabelShape, Row, SymbolShape
from sopdocs.layout.grid import Kind, Node, Problem, Wire, bends, upright_lines
from sopdocs.layout.labels import SLOPE, BranchLabel, break_label
from sopdocs.layout.offpage import alternatives, off_page, stack
from sopdocs.layout.place import Band, Plan, row_heights
from sopdocs.layout.routes import rated, rerouted, routed
from sopdocs.layout.settings import LayoutSettings
from sopdocs.layout.spread import Lane, room_beside
from sopdocs.layout.symbols import SIZES, Outline, SymbolSize, crammed, outline, symbol_size, widened
from sopdocs.layout.units import Emu
from sopdocs.model import Alur, Bentuk, Hubungan, Prosedur, SimbolId

_EASY = 3
"""Bends of an arrow to or from a connector that nobody would mend: two of them go where the connector moves aside."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What all parts of a sheet share."""

    columns: tuple[Column, ...]
    header: tuple[Emu, ...]
    settings: LayoutSettings
    symbol_width: Emu
    sizes: tuple[float, ...] = SIZES
    """Font sizes, in points, that texts in symbols may have."""

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
    need: Emu
    """Width at which every lane would have room for its arrows."""
    tight: SimbolId | None
    """Where an arrow starts that runs closer to another, or to a symbol or rule, than it should."""
    unplaced: tuple[SimbolId, ...]
    """Symbols with a branch whose label found no place."""
    untold: tuple[SimbolId, ...]
    """Symbols whose text found no place, neither inside nor beside them."""

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


def part_heights(prosedur: Prosedur, steps: tuple[int, int], texts: tuple[Emu, ...], frame: Frame) -> tuple[Emu, ...]:
    """Heights of the rows of a part as `draw_part` draws it at first, without drawing it if that is possible."""
    part = _Part(prosedur, steps, texts, frame)
    if any(part.texts_of_labels) or not all(size.fits for size in part.sizes):
        return tuple(row.height for row in part.draw(refined=False).rows)
    problem = part.problem()
    ways = routed(problem, refined=False)
    return row_heights(Plan(problem, part.measures(), ways.paths, ways.tracks, part.lanes(), part.bands()))


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
            symbol_size(simbol, frame.symbol_width, frame.settings.fonts, sizes=frame.sizes) for simbol in self.symbols
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
        if refined:
            self.arrange()
        problem = self.problem()
        lanes = self.lanes()
        ways = routed(problem, refined=refined)
        if not all(size.fits for size in self.sizes):
            rooms = room_beside(problem, ways.tracks, lanes, tuple(width for width, _ in self.measures()))
            self.widen(rooms)
        written = self.written(Plan(problem, self.measures(), ways.paths, ways.tracks, lanes, self.bands()))
        untold = {caption.simbol for caption in written.missing if caption.wire is None}
        if untold:
            self.cram(untold)
            written = self.written(replace(written.plan, sizes=self.measures()))
        return self.shifted(written, tuple(sorted(untold)))

    def arrange(self) -> None:
        """Put connectors that stand side by side in the order in which their arrows get on best."""
        if len({(off.lane, off.at_top, off.depth) for off in self.offs}) == len(self.offs):
            return
        best = rated(self.problem())
        first = len(self.edges) - len(self.offs)
        tangled = frozenset(
            n for n in range(len(self.offs)) if first + n in best.crossed or bends(best.routed.paths[first + n]) > _EASY
        )
        for offs in alternatives(self.offs, tangled):
            moved = frozenset(first + n for n, off in enumerate(offs) if off != self.offs[n])
            kept, self.offs = self.offs, offs
            other = rerouted(self.problem(), best.routed, moved)
            if other.cost < best.cost:
                best = other
            else:
                self.offs = kept

    def lanes(self) -> tuple[Lane, ...]:
        return tuple(Lane(column.x, column.width) for column in self.frame.lanes)

    def measures(self) -> tuple[tuple[Emu, Emu], ...]:
        """Width and height of symbols and connectors."""
        return (*((size.width, size.height) for size in self.sizes), *(s.CONNECTOR for _ in self.offs))

    def widen(self, rooms: tuple[Emu, ...]) -> None:
        """Widen the symbols that are too narrow for their texts, where no arrow runs beside them."""
        for n, simbol in enumerate(self.symbols):
            if not self.sizes[n].fits:
                widest = s.DECISION_WIDEST if simbol.bentuk is Bentuk.KEPUTUSAN else s.SYMBOL_WIDEST
                room = min(rooms[n], widest)
                self.sizes[n] = widened(simbol, self.sizes[n].width, room, self.frame.settings.fonts)

    def cram(self, untold: set[SimbolId]) -> None:
        """Break texts anywhere that have no place, neither in their symbols nor beside them."""
        for n, simbol in enumerate(self.symbols):
            if simbol.id in untold:
                self.sizes[n] = crammed(simbol, self.sizes[n].width, self.frame.settings.fonts)

    def written(self, plan: Plan) -> Written:
        wires = zip(plan.problem.wires, self.texts_of_labels, self.edges, strict=True)
        captions = [
            Caption(wire.label, label, edge.dari, wire.source, n)
            for n, (wire, label, edge) in enumerate(wires)
            if wire.label and label is not None
        ]
        room = self.frame.lanes[0].width
        for n, (simbol, size) in enumerate(zip(self.symbols, self.sizes, strict=True)):
            if simbol.label and not size.lines:
                label = break_label(simbol.label, room, self.frame.settings.fonts)
                captions.append(Caption(simbol.label, label, simbol.id, n, None))
        return write(plan, tuple(captions))

    def shifted(self, written: Written, untold: tuple[SimbolId, ...]) -> Drawing:
        """Name everything, and move it below the header."""
        plan, placed = written.plan, written.placed
        down = sum(self.frame.header)
        rows: list[Row] = []
        y = down
        for n, height in enumerate(placed.heights):
            rows.append(Row(self.first + n, y, height))
            y += height
        boxes = [replace(box, y=box.y + down) for box in placed.boxes]
        lines = [tuple((x, y + down) for x, y in line) for line in placed.lines]
        arrows = [
            ArrowShape(alur.dari, alur.ke, line, wire.head, wire.label)
            for alur, line, wire in zip(self.edges, lines, plan.problem.wires, strict=True)
        ]
        moved = tuple(replace(label, box=replace(label.box, y=label.box.y + down)) for label in written.labels)
        tight = None if placed.tight is None else self.edges[placed.tight].dari
        return Drawing(
            tuple(rows),
            self.symbol_shapes(boxes),
            self.connector_shapes(boxes[len(self.symbols) :], len(rows) - 1),
            tuple(arrows),
            moved,
            placed.need,
            tight,
            tuple(caption.simbol for caption in written.missing if caption.wire is not None),
            untold,
        )

    def symbol_shapes(self, boxes: Sequence[Box]) -> tuple[SymbolShape, ...]:
        return tuple(
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
        )

    def connector_shapes(self, boxes: Sequence[Box], last: int) -> tuple[ConnectorShape, ...]:
        """Connectors at their boxes, not numbered yet; `last` is the index of the last row."""
        return tuple(
            ConnectorShape(
                off.alur.dari,
                off.alur.ke,
                box,
                0 if off.at_top else last,
                off.lane,
                "",
                0,
                off.keluar,
                off.outline is Outline.POINT_UP,
            )
            for off, box in zip(self.offs, boxes, strict=True)
        )
