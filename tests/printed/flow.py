"""Rebuild the flow from ink: which symbol each outline is, which arrows join them, which connectors are a pair."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations

from sopdocs.model import Prosedur, SimbolId, Sop
from tests.printed.drawn import Arrow, Drawn, Thing
from tests.printed.labels import answers, pages_beside
from tests.printed.plane import centre
from tests.printed.violation import Violation


@dataclass(frozen=True)
class Half:
    """A connector with its one arrow."""

    thing: Thing
    drawn: Drawn
    symbol: SimbolId
    leaves: bool
    label: str

    @property
    def page(self) -> int:
        """Where it stands."""
        return self.drawn.table.page


@dataclass
class Flow:
    """What the ink of one procedure says."""

    symbols: dict[SimbolId, tuple[Thing, int]] = field(default_factory=dict)
    """Each symbol and its page."""
    texts: dict[SimbolId, str] = field(default_factory=dict)
    """What each symbol says."""
    edges: dict[tuple[SimbolId, SimbolId], str] = field(default_factory=dict)
    """With their answers."""
    plain: set[frozenset[SimbolId]] = field(default_factory=set)
    """Joined by a line without head."""
    halves: list[Half] = field(default_factory=list)
    pairs: list[tuple[Half, Half]] = field(default_factory=list)
    violations: list[Violation] = field(default_factory=list)

    def bad(self, page: int, thing: Thing | Arrow, text: str, *, rule: str = "flow", soft: bool = False) -> None:
        """Note a violation."""
        place = centre(thing.box) if isinstance(thing, Thing) else thing.place
        self.violations.append(Violation(rule, page, place, text, soft))


def numbered(sop: Sop, drawings: list[Drawn]) -> Iterator[tuple[int, Drawn, list[int]]]:
    """Each table with its procedure and the step in each of its rows; 0 where a number is not the next one."""
    todo = [[step.nomor for step in table.langkah] for table in sop.prosedur]
    procedure, step = 0, 0
    for drawn in drawings:
        if not todo[procedure] and procedure + 1 < len(todo) and drawn.table.rows and drawn.table.rows[0].number:
            procedure += 1
        steps: list[int] = []
        for row in drawn.table.rows:
            if row.number:
                step = todo[procedure].pop(0) if todo[procedure] else 0
                step = step if row.number == f"{step}." else 0
            steps.append(step)
        yield procedure, drawn, steps


def read_flow(sop: Sop, drawings: list[Drawn]) -> list[Flow]:
    """The flow of each procedure."""
    flows = [Flow() for _ in sop.prosedur]
    for procedure, drawn, steps in numbered(sop, drawings):
        _read_table(flows[procedure], drawn, steps, sop.pelaksana)
    for flow in flows:
        _join(flow)
    return flows


def _read_table(flow: Flow, drawn: Drawn, steps: list[int], lanes: tuple[str, ...]) -> None:
    page = drawn.table.page
    names: dict[int, SimbolId] = {}
    for thing in drawn.things:
        if thing.shape.connector or not 0 <= thing.lane < len(lanes) or thing.row < 0:
            continue
        name = SimbolId(steps[thing.row], lanes[thing.lane])
        if name in flow.symbols:
            flow.bad(page, thing, f"a second symbol for {name}")
        flow.symbols[name] = thing, page
        flow.texts[name] = drawn.said(thing)
        names[id(thing)] = name
    used: dict[int, int] = {}
    marks = answers(drawn)
    for number, arrow in enumerate(drawn.arrows):
        ends = [arrow.source, arrow.target]
        for thing in ends:
            if thing is not None and thing.shape.connector:
                used[id(thing)] = used.get(id(thing), 0) + 1
        a, b = (names.get(id(thing)) for thing in ends)
        label = marks.get(number, "")
        if a and b:
            _edge(flow, page, arrow, (a, b), label)
        elif a and arrow.target and arrow.target.shape.connector and arrow.heads == 1:
            flow.halves.append(Half(arrow.target, drawn, a, True, label))
        elif b and arrow.source and arrow.source.shape.connector and arrow.heads == 1:
            flow.halves.append(Half(arrow.source, drawn, b, False, label))
        else:
            flow.bad(page, arrow, "a line that does not join two symbols, or a symbol and a connector by an arrow")
    for thing in drawn.connectors:
        if used.get(id(thing), 0) != 1:
            flow.bad(page, thing, f"a connector with {used.get(id(thing), 0)} arrows", rule="connector")


def _edge(flow: Flow, page: int, arrow: Arrow, ends: tuple[SimbolId, SimbolId], label: str) -> None:
    if arrow.heads == 0:
        if frozenset(ends) in flow.plain or label:
            flow.bad(page, arrow, f"a plain line {ends[0]}-{ends[1]} drawn twice or with the answer “{label}”")
        flow.plain.add(frozenset(ends))
        return
    if ends in flow.edges:
        flow.bad(page, arrow, f"{ends[0]} to {ends[1]} is drawn twice")
    flow.edges[ends] = label


def _join(flow: Flow) -> None:
    """Find the other half of each connector that leaves, by number and by the way both point."""
    rest = [half for half in flow.halves if not half.leaves]
    for half in (half for half in flow.halves if half.leaves):
        there = [other for other in rest if _answers(half, other)]
        if not there or (half.thing.text and len(there) > 1):
            text = f"connector “{half.thing.text}” of {half.symbol} has {len(there)} other halves"
            flow.bad(half.page, half.thing, text, rule="connector")
            continue
        other = min(there, key=lambda other: abs(other.page - half.page))
        rest.remove(other)
        flow.pairs.append((half, other))
        if (half.symbol, other.symbol) in flow.edges:
            flow.bad(half.page, half.thing, f"{half.symbol} to {other.symbol} is drawn twice")
        if other.label:
            flow.bad(other.page, other.thing, f"the answer “{other.label}” stands where its branch does not begin")
        flow.edges[half.symbol, other.symbol] = half.label
    for half in rest:
        flow.bad(half.page, half.thing, f"connector “{half.thing.text}” to {half.symbol} has no half", rule="connector")


def _answers(half: Half, other: Half) -> bool:
    down = half.thing.shape.value == "connector down"
    follows = other.page > half.page if down else other.page < half.page
    return follows and half.thing.shape is other.thing.shape and half.thing.text == other.thing.text


def flow_violations(sop: Sop, drawings: list[Drawn]) -> Iterator[Violation]:
    """The flow of the ink is that of the content; connectors stand and are numbered as they must."""
    for table, flow in zip(sop.prosedur, read_flow(sop, drawings), strict=True):
        yield from flow.violations
        yield from _same_symbols(table, flow)
        yield from _same_edges(table, flow)
        yield from _numbers(flow)
        for half in flow.halves:
            yield from _stands(half, sop)
        yield from _pages(flow)


def _same_symbols(table: Prosedur, flow: Flow) -> Iterator[Violation]:
    wanted = {simbol.id: simbol for simbol in table.simbol}
    for name in wanted.keys() - flow.symbols.keys():
        yield Violation("symbol", 0, (0, 0), f"{name} is not drawn")
    for name, (thing, page) in flow.symbols.items():
        simbol = wanted.get(name)
        if simbol is None:
            yield Violation("symbol", page, centre(thing.box), f"{name} is not in the content")
            continue
        shape = {"mulai": "capsule", "selesai": "capsule", "proses": "box", "keputusan": "diamond"}[simbol.bentuk]
        if thing.shape != shape:
            yield Violation("symbol", page, centre(thing.box), f"{name} is drawn as {thing.shape}, not {shape}")
        if flow.texts[name] != "".join(simbol.label.split()):
            text = f"{name} says “{flow.texts[name]}”, not “{simbol.label}”"
            yield Violation("text in symbol", page, centre(thing.box), text, soft=True)


def _same_edges(table: Prosedur, flow: Flow) -> Iterator[Violation]:
    arrows = {(edge.dari, edge.ke): edge.label for edge in table.alur if edge.hubungan == "lanjut"}
    plain = {frozenset((edge.dari, edge.ke)) for edge in table.alur if edge.hubungan == "bersama"}
    for a, b in arrows.keys() - flow.edges.keys():
        yield Violation("flow", *_where(flow, a), f"the arrow {a} to {b} is missing")
    for a, b in flow.edges.keys() - arrows.keys():
        yield Violation("flow", *_where(flow, a), f"the arrow {a} to {b} is not in the content")
    for ends in plain ^ flow.plain:
        text = f"the plain line {' - '.join(map(str, sorted(ends)))} is drawn only or written only"
        yield Violation("flow", *_where(flow, min(ends)), text)
    for (a, b), label in arrows.items():
        drawn, wanted = flow.edges.get((a, b)), "".join(label.split())
        if drawn is not None and drawn != wanted:
            text = f"{a} to {b} is labelled “{drawn}”, not “{label}”"
            yield Violation("flow" if drawn else "no label", *_where(flow, a), text, soft=not drawn)


def _where(flow: Flow, name: SimbolId) -> tuple[int, tuple[float, float]]:
    if name not in flow.symbols:
        return 0, (0, 0)
    thing, page = flow.symbols[name]
    return page, centre(thing.box)


def _numbers(flow: Flow) -> Iterator[Violation]:
    """Pairs that cross the same break bear different numbers."""
    for (a, b), (c, d) in combinations(flow.pairs, 2):
        together = min(a.page, b.page) < max(c.page, d.page) and min(c.page, d.page) < max(a.page, b.page)
        if together and (a.thing.text == c.thing.text or not a.thing.text or not c.thing.text):
            text = f"two pairs over one break with the numbers “{a.thing.text}” and “{c.thing.text}”"
            yield Violation("connector", c.page, centre(c.thing.box), text)


def _stands(half: Half, sop: Sop) -> Iterator[Violation]:
    """Going down a connector leaves at the bottom and enters at the top, in its symbol's lane; going up the reverse."""
    thing, table = half.thing, half.drawn.table
    at_top = (thing.shape.value == "connector up") is half.leaves
    if thing.row != (0 if at_top else len(table.rows) - 1):
        yield Violation("connector", half.page, centre(thing.box), "a connector not in the row at its break")
    if sop.pelaksana[thing.lane : thing.lane + 1] != (half.symbol.pelaksana,):
        yield Violation("connector", half.page, centre(thing.box), f"a connector not in the lane of {half.symbol}")
    for other in half.drawn.things:
        if other.row == thing.row and other.lane == thing.lane and not other.shape.connector:
            over = thing.box[1] < other.box[1] if at_top else thing.box[3] > other.box[3]
            if not over:
                yield Violation("connector", half.page, centre(thing.box), "a connector on the wrong side of a symbol")


def _pages(flow: Flow) -> Iterator[Violation]:
    """A page that is named is that of the other half; where pages are skipped it should be named."""
    for pair in flow.pairs:
        for half, other in (pair, pair[::-1]):
            named = [page for thing, page in pages_beside(half.drawn) if thing is half.thing]
            if any(page != other.page for page in named):
                text = f"a connector names page {named}, its other half stands on {other.page}"
                yield Violation("connector", half.page, centre(half.thing.box), text)
            if not named and abs(half.page - other.page) > 1:
                text = f"a connector does not name page {other.page}"
                yield Violation("no page", half.page, centre(half.thing.box), text, soft=True)
