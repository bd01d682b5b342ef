"""The rules of docs/layout.md, checked on a finished geometry alone. Imports nothing of the router."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, pairwise

from sopdocs.layout.geometry import (
    ArrowShape,
    Box,
    Column,
    JenisLabel,
    Kolom,
    LabelShape,
    Point,
    SheetGeometry,
    TablePart,
)
from sopdocs.model import Hubungan, SimbolId, Sop
from tests.layout.shapes import (
    Polygon,
    Segment,
    bounds,
    box_polygon,
    chord,
    connector_polygon,
    polygon_distance,
    polygons_overlap,
    symbol_polygon,
)

MM = 36_000
TOLERANCE = 9_525
"""0.75 pt."""
_HAIR = MM // 20
"""Rounding allowed where a least distance is asked for."""
SPACING = 3 * MM // 2
RULE_GAP = 3 * MM // 4
HEAD = 21 * MM // 10
"""Length of an arrowhead."""
LABEL_REACH = 3 * MM


@dataclass(frozen=True, slots=True)
class Violation:
    """A broken rule. `soft` rules, the clearances, may give way where a finding says that the room is missing."""

    rule: str
    part: int
    text: str
    soft: bool = False


def violations(sop: Sop, geometry: SheetGeometry) -> list[Violation]:
    """Everything that is wrong with the drawing of a sheet; pages and texts: rules_of_pages."""
    found = list(_flow(sop, geometry))
    for number, part in enumerate(geometry.parts):
        found += _Part(geometry, number, part).check()
    return found


def _flow(sop: Sop, geometry: SheetGeometry) -> Iterator[Violation]:
    """Every edge once, or as one pair of off-page connectors."""
    for number, table in enumerate(sop.prosedur):
        parts = [(n, part) for n, part in enumerate(geometry.parts) if part.prosedur == number]
        home = {symbol.id: n for n, part in parts for symbol in part.symbols}
        if sorted(s.id for _, part in parts for s in part.symbols) != sorted(s.id for s in table.simbol):
            yield Violation("flow", -1, "symbols are not drawn once each")
            continue
        drawn = Counter(
            (n, arrow.dari, arrow.ke, arrow.label, arrow.head) for n, part in parts for arrow in part.arrows
        )
        wanted: Counter[tuple[int, SimbolId, SimbolId, str, bool]] = Counter()
        halves: Counter[tuple[int, SimbolId, SimbolId, bool, bool, int]] = Counter()
        for edge in table.alur:
            a, b = home[edge.dari], home[edge.ke]
            if a == b:
                wanted[a, edge.dari, edge.ke, edge.label, edge.hubungan is Hubungan.LANJUT] += 1
                continue
            wanted[a, edge.dari, edge.ke, edge.label, True] += 1
            wanted[b, edge.dari, edge.ke, "", True] += 1
            up = b < a
            halves[a, edge.dari, edge.ke, True, up, geometry.parts[b].page] += 1
            halves[b, edge.dari, edge.ke, False, up, geometry.parts[a].page] += 1
        if drawn != wanted:
            yield Violation("flow", -1, f"edges: extra {drawn - wanted}, missing {wanted - drawn}")
        real = Counter((n, c.dari, c.ke, c.keluar, c.naik, c.halaman) for n, part in parts for c in part.connectors)
        if real != halves:
            yield Violation("flow", -1, f"connectors: extra {real - halves}, missing {halves - real}")
        yield from _numbers(parts)


def _numbers(parts: list[tuple[int, TablePart]]) -> Iterator[Violation]:
    """Both halves of a pair bear one number; pairs that cross the same break bear different ones."""
    numbers: dict[tuple[SimbolId, SimbolId], set[str]] = {}
    reach: dict[tuple[SimbolId, SimbolId], list[int]] = {}
    for _, part in parts:
        for c in part.connectors:
            numbers.setdefault((c.dari, c.ke), set()).add(c.nomor)
            reach.setdefault((c.dari, c.ke), []).append(part.page)
    for pair, marks in numbers.items():
        if len(marks) != 1:
            yield Violation("flow", -1, f"pair {pair} bears {marks}")
    for p, q in combinations(reach, 2):
        together = min(reach[p]) < max(reach[q]) and min(reach[q]) < max(reach[p])
        if together and (numbers[p] == numbers[q] or "" in numbers[p] | numbers[q]):
            yield Violation("flow", -1, f"pairs {p} and {q} cross one break with numbers {numbers[p]}, {numbers[q]}")


@dataclass(frozen=True, slots=True)
class _Thing:
    """A symbol or connector: which arrows it belongs to, and its outline."""

    name: str
    symbol: SimbolId | None
    pair: tuple[SimbolId, SimbolId, bool] | None
    polygon: Polygon

    def source_of(self, arrow: ArrowShape) -> bool:
        """Whether `arrow` may start here."""
        return self.symbol == arrow.dari if self.symbol else self.pair == (arrow.dari, arrow.ke, False)

    def target_of(self, arrow: ArrowShape) -> bool:
        """Whether `arrow` may end here."""
        return self.symbol == arrow.ke if self.symbol else self.pair == (arrow.dari, arrow.ke, True)


class _Part:
    def __init__(self, geometry: SheetGeometry, number: int, part: TablePart) -> None:
        self.number = number
        self.part = part
        self.lanes: list[Column] = [column for column in geometry.columns if column.kolom is Kolom.LAJUR]
        self.symbols = [_Thing(str(s.id), s.id, None, symbol_polygon(s)) for s in part.symbols]
        self.offs = [
            _Thing(f"off {c.dari}-{c.ke}", None, (c.dari, c.ke, c.keluar), connector_polygon(c))
            for c in part.connectors
        ]
        self.things = [*self.symbols, *self.offs]
        top = part.rows[0].y
        self.area = Box(
            self.lanes[0].x,
            top,
            self.lanes[-1].x + self.lanes[-1].width - self.lanes[0].x,
            part.rows[-1].y + part.rows[-1].height - top,
        )

    def bad(self, rule: str, text: str, *, soft: bool = False) -> Violation:
        return Violation(rule, self.number, text, soft)

    def check(self) -> Iterator[Violation]:
        yield from self.places()
        for arrow in self.part.arrows:
            yield from self.one(arrow)
        for a, b in combinations(self.part.arrows, 2):
            yield from self.two(a, b)
        yield from self.labels()

    def ends(self, arrow: ArrowShape) -> tuple[_Thing, _Thing]:
        source = next((t for t in self.symbols if t.source_of(arrow)), None)
        target = next((t for t in self.symbols if t.target_of(arrow)), None)
        offs = [t for t in self.offs if t.pair and t.pair[:2] == (arrow.dari, arrow.ke)]
        return source or offs[0], target or offs[0]

    def places(self) -> Iterator[Violation]:
        """Symbols and connectors stand inside their cells and apart from each other."""
        for shape in (*self.part.symbols, *self.part.connectors):
            row, lane = self.part.rows[shape.row], self.lanes[shape.lane]
            box = shape.box
            if not (lane.x <= box.x and box.right <= lane.x + lane.width):
                yield self.bad("cell", f"{shape} leaves its lane")
            if not (row.y <= box.y and box.bottom <= row.y + row.height):
                yield self.bad("cell", f"{shape} leaves its row")
        for symbol in self.part.symbols:
            step = self.part.rows[symbol.row]
            if self.lanes[symbol.lane].lane != symbol.id.pelaksana or step.langkah < 0:
                yield self.bad("cell", f"{symbol.id} stands in the wrong lane")
        for a, b in combinations(self.things, 2):
            if polygons_overlap(a.polygon, b.polygon):
                yield self.bad("cell", f"{a.name} and {b.name} overlap")
        # A connector leaves at the bottom when the flow goes down, and so on.
        for c in self.part.connectors:
            at_top = c.naik is c.keluar
            if c.row != (0 if at_top else len(self.part.rows) - 1):
                yield self.bad("cell", f"connector {c.dari}-{c.ke} stands in row {c.row}")
            rest = [s.box for s in self.part.symbols if s.row == c.row and s.lane == c.lane]
            if any((c.box.y >= s.y) if at_top else (c.box.bottom <= s.bottom) for s in rest):
                yield self.bad("cell", f"connector {c.dari}-{c.ke} stands on the wrong side of the symbol")
            if self.lanes[c.lane].lane != (c.dari if c.keluar else c.ke).pelaksana:
                yield self.bad("cell", f"connector {c.dari}-{c.ke} stands in the wrong lane")

    def one(self, arrow: ArrowShape) -> Iterator[Violation]:
        """An arrow by itself, against symbols, table rules and the area."""
        name = f"{arrow.dari}-{arrow.ke}"
        source, target = self.ends(arrow)
        segments = list(pairwise(arrow.points))
        yield from self.form(arrow, segments)
        for end, inner, thing in (
            (arrow.points[0], arrow.points[1], source),
            (arrow.points[-1], arrow.points[-2], target),
        ):
            if not _on_outline(end, inner, thing.polygon):
                yield self.bad("ends", f"{name}: {_mm(end)} is not on {thing.name}")
        for index, segment in enumerate(segments):
            last = index == len(segments) - 1
            for thing in self.things:
                own = (thing is source and index == 0) or (thing is target and last)
                if own:
                    if _enters(segment, thing.polygon):
                        yield self.bad("through", f"{name} segment {index} runs through its own {thing.name}")
                    continue
                yield from self.near(name, index, segment, thing)
            yield from self.along(name, segment)
        if arrow.head and _length(segments[-1]) < HEAD - _HAIR:
            yield self.bad("head", f"{name}: last stretch {_length(segments[-1]) / MM:.2f} mm", soft=True)
        for a, b in combinations(segments, 2):
            gap = _parallel_gap(a, b)
            if gap is not None and gap < SPACING - _HAIR:
                yield self.bad("spacing", f"{name} runs beside itself, {gap / MM:.2f} mm", soft=gap > 0)

    def form(self, arrow: ArrowShape, segments: list[Segment]) -> Iterator[Violation]:
        name = f"{arrow.dari}-{arrow.ke}"
        for (x0, y0), (x1, y1) in segments:
            if (x0 == x1) is (y0 == y1):
                yield self.bad("form", f"{name}: {_mm((x0, y0))} to {_mm((x1, y1))} is slanted or has no length")
        for (a, b), (_, c) in pairwise(segments):
            level, next_level = a[1] == b[1], b[1] == c[1]
            if level is next_level:
                yield self.bad("form", f"{name} does not turn at {_mm(b)}")
        area = self.area
        for x, y in arrow.points:
            if not (area.x <= x <= area.right and area.y <= y <= area.bottom):
                yield self.bad("form", f"{name} leaves the lanes at {_mm((x, y))}")

    def near(self, name: str, index: int, segment: Segment, thing: _Thing) -> Iterator[Violation]:
        left, top, right, bottom = bounds(thing.polygon)
        (x0, x1), (y0, y1) = sorted((segment[0][0], segment[1][0])), sorted((segment[0][1], segment[1][1]))
        if x0 >= right + SPACING or x1 <= left - SPACING or y0 >= bottom + SPACING or y1 <= top - SPACING:
            return
        gap = polygon_distance(segment, thing.polygon)
        if gap <= 0:
            yield self.bad("through", f"{name} segment {index} touches {thing.name}")
        elif gap < SPACING - _HAIR:
            yield self.bad("clearance", f"{name} segment {index} passes {thing.name} at {gap / MM:.2f} mm", soft=True)

    def along(self, name: str, segment: Segment) -> Iterator[Violation]:
        """Arrows do not run along a rule of the table."""
        (x0, y0), (x1, _) = segment
        if x0 == x1:
            rules = [self.lanes[0].x, *(lane.x + lane.width for lane in self.lanes)]
            gap = min(abs(x0 - rule) for rule in rules)
        else:
            rules = [self.part.rows[0].y, *(row.y + row.height for row in self.part.rows)]
            gap = min(abs(y0 - rule) for rule in rules)
        if gap < RULE_GAP - _HAIR:
            yield self.bad("rule", f"{name} runs {gap / MM:.2f} mm beside a rule", soft=gap > 0)

    def two(self, a: ArrowShape, b: ArrowShape) -> Iterator[Violation]:
        name = f"{a.dari}-{a.ke} and {b.dari}-{b.ke}"
        one, two = list(pairwise(a.points)), list(pairwise(b.points))
        joined = self.ends(a)[1] is self.ends(b)[1] and _side(a) == _side(b)
        for i, s in enumerate(one):
            for j, t in enumerate(two):
                gap = _parallel_gap(s, t)
                if gap is None or gap >= SPACING - _HAIR:
                    continue
                tails = joined and i == len(one) - 1 and j == len(two) - 1 and a.points[-1] == b.points[-1]
                if not tails:
                    rule = "spacing" if gap > 0 else "overlap"
                    yield self.bad(rule, f"{name} run {gap / MM:.2f} mm apart at {_mm(s[0])}", soft=gap > 0)
        for corners, other, count in ((a.points, two, len(one)), (b.points, one, len(two))):
            for n, corner in enumerate(corners):
                for j, segment in enumerate(other):
                    if not _point_on(corner, segment):
                        continue
                    if joined and n >= count - 1 and j >= len(other) - 1:
                        continue
                    if joined and n >= count - 1 and corner == other[-1][0]:
                        continue
                    yield self.bad("touch", f"{name}: corner {n} of one lies on the other at {_mm(corner)}")

    def labels(self) -> Iterator[Violation]:
        wanted = Counter((arrow.dari, arrow.label) for arrow in self.part.arrows if arrow.label)
        drawn = Counter((label.dari, label.text) for label in self.part.labels if label.jenis is JenisLabel.JAWABAN)
        for missing in wanted - drawn:
            yield self.bad("no label", f"{missing[0]} {missing[1]}", soft=True)
        if drawn - wanted:
            yield self.bad("label", f"labels too many: {drawn - wanted}")
        for label in self.part.labels:
            yield from self.label(label)
        for a, b in combinations(self.part.labels, 2):
            if a.box.overlaps(b.box):
                yield self.bad("label", f"{a.dari} {a.text} touches {b.dari} {b.text}")

    def label(self, label: LabelShape) -> Iterator[Violation]:
        polygon = box_polygon(label.box)
        named = label.jenis is JenisLabel.HALAMAN
        offs = [polygon_distance(edge, polygon) for edge in self.edges_of_offs()] if named else []
        if offs and min(offs) > LABEL_REACH:
            yield self.bad("label", f"{label.text} stands far from its connector")
        firsts = [a.points[:2] for a in self.part.arrows if (a.dari, a.label) == (label.dari, label.text)]
        if firsts and min(polygon_distance((f[0], f[1]), polygon) for f in firsts) > LABEL_REACH:
            yield self.bad("label", f"{label.dari} {label.text} stands far from its arrow")
        for arrow in self.part.arrows:
            for segment in pairwise(arrow.points):
                if polygon_distance(segment, polygon) <= 0:
                    yield self.bad("label", f"{label.dari} {label.text} touches {arrow.dari}-{arrow.ke}")
        for thing in self.things:
            if polygons_overlap(polygon, thing.polygon):
                yield self.bad("label", f"{label.dari} {label.text} touches {thing.name}")
        yield from self.label_rules(label.box, f"{label.dari} {label.text}")

    def edges_of_offs(self) -> list[Segment]:
        """The upright sides of connectors."""
        boxes = [c.box for c in self.part.connectors]
        return [((x, box.y), (x, box.bottom)) for box in boxes for x in (box.x, box.right)]

    def label_rules(self, box: Box, name: str) -> Iterator[Violation]:
        upright = [self.lanes[0].x, *(lane.x + lane.width for lane in self.lanes)]
        level = [self.part.rows[0].y, *(row.y + row.height for row in self.part.rows)]
        if any(box.x < x < box.right for x in upright) or any(box.y < y < box.bottom for y in level):
            yield self.bad("label", f"{name} touches a rule of the table")
        area = self.area
        if box.x < area.x or box.right > area.right or box.y < area.y or box.bottom > area.bottom:
            yield self.bad("label", f"{name} leaves the lanes")


def _on_outline(end: Point, inner: Point, polygon: Polygon) -> bool:
    """Whether an arrow that comes from `inner` meets the outline at `end`."""
    upright = end[0] == inner[0]
    reach = chord(polygon, end[0] if upright else end[1], upright=upright)
    if reach is None:
        return False
    at, start = (end[1], inner[1]) if upright else (end[0], inner[0])
    return abs(at - (reach[0] if start < at else reach[1])) <= TOLERANCE


def _enters(segment: Segment, polygon: Polygon) -> bool:
    (x0, y0), (x1, y1) = segment
    upright = x0 == x1
    reach = chord(polygon, x0 if upright else y0, upright=upright)
    low, high = sorted((y0, y1) if upright else (x0, x1))
    return reach is not None and min(high, reach[1]) - max(low, reach[0]) > TOLERANCE


def _parallel_gap(s: Segment, t: Segment) -> int | None:
    """Distance of two parallel segments that lie beside each other; None when they do not."""
    upright = s[0][0] == s[1][0]
    if upright is not (t[0][0] == t[1][0]):
        return None
    along, across = (1, 0) if upright else (0, 1)
    (a, b), (c, d) = sorted((s[0][along], s[1][along])), sorted((t[0][along], t[1][along]))
    return abs(s[0][across] - t[0][across]) if a < d and c < b else None


def _point_on(point: Point, segment: Segment) -> bool:
    (x0, x1), (y0, y1) = sorted((segment[0][0], segment[1][0])), sorted((segment[0][1], segment[1][1]))
    return x0 <= point[0] <= x1 and y0 <= point[1] <= y1


def _side(arrow: ArrowShape) -> tuple[int, int]:
    """Direction in which an arrow arrives."""
    (x0, y0), (x1, y1) = arrow.points[-2:]
    return (x1 > x0) - (x1 < x0), (y1 > y0) - (y1 < y0)


def _length(segment: Segment) -> int:
    return abs(segment[0][0] - segment[1][0]) + abs(segment[0][1] - segment[1][1])


def _mm(point: Point) -> str:
    return f"({point[0] / MM:.2f}, {point[1] / MM:.2f})"
