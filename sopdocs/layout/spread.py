"""Give the upright stretches of each lane their x: apart from each other, from symbols and from the lane's rules.

In a lane everything has an order from left to right: by line, then by track. So each stretch has a least and a greatest
x, found by walking from either rule; it takes the place it would like best between the two.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from sopdocs.layout import settings as s
from sopdocs.layout.grid import Kind, Node, Problem
from sopdocs.layout.tracks import Group, Tracks, span
from sopdocs.layout.units import Emu, mm

SLOT_SIDE = {Kind.SLOT_LEFT: -1, Kind.SLOT_RIGHT: 1}
"""Which way a line for connectors lies from the middle of its lane."""
_SCALES = (1.0, 0.85, 0.7, 0.55, 0.4, 0.25, 0.1)
"""Where room is short, distances shrink together rather than that anything lies on a symbol or rule."""
_CONNECTOR_AIR: Emu = mm(2)
"""Distance of such a connector from the rule, where there is room."""
_PORT_EDGE: Emu = mm(0.6)
"""Least distance of a port from the end of its symbol's side."""


@dataclass(frozen=True, slots=True)
class Lane:
    """A lane's place in the table."""

    x: Emu
    width: Emu

    @property
    def middle(self) -> Emu:
        """x of its middle."""
        return self.x + self.width // 2


@dataclass(frozen=True, slots=True)
class _Body:
    """A symbol or connector: the levels it stands in, and where from left to right."""

    index: int
    node: Node
    left: Emu
    right: Emu

    @property
    def level(self) -> int:
        """Of its middle, in the half indices of stretches."""
        return 2 * (3 * self.node.row + 1)


@dataclass(frozen=True, slots=True)
class _Item:
    """Stretches on one track."""

    group: Group
    kind: Kind
    track: tuple[int, int]
    low: int
    high: int

    def beside(self, level: int) -> bool:
        """Whether it passes a level."""
        return self.low <= level <= self.high

    def after(self, other: _Item) -> bool:
        """Whether it must lie right of another item that comes before it."""
        same = self.kind is other.kind
        apart = self.high < other.low or other.high < self.low
        return not apart and not (same and self.track[0] <= other.track[0])


@dataclass(frozen=True, slots=True)
class Spread:
    """Where the upright stretches lie."""

    x: dict[tuple[int, int], Emu]
    """By (wire, index of the stretch)."""
    need: Emu
    """Width at which the fullest lane would keep all distances."""
    tight: int | None
    """A wire in the lane that is shortest of room, None when all distances could be kept."""


Widths = tuple[Emu, ...]
"""Of the nodes."""


def left_of(node: Node, width: Emu, lane: Lane) -> Emu:
    """x of the left edge of a node."""
    return lane.x + (lane.width - width) // 2 + SLOT_SIDE.get(node.kind, 0) * s.SLOT


def spread(
    problem: Problem, tracks: Tracks, lanes: tuple[Lane, ...], widths: Widths, aside: Mapping[int, Emu]
) -> Spread:
    """Place all upright stretches; `aside` says by wire how far its first one would like to lie right of its place."""
    solved = [_Lane(problem, tracks, n, lane, widths) for n, lane in enumerate(lanes)]
    x = {key: at for lane in solved for key, at in lane.places(aside)}
    tightest = min((lane for lane in solved if lane.items), key=lambda lane: lane.scale, default=None)
    tight = tightest.items[0].group[0].wire if tightest and tightest.scale < 1 else None
    return Spread(x, max((lane.need for lane in solved), default=0), tight)


def room_beside(problem: Problem, tracks: Tracks, lanes: tuple[Lane, ...], widths: Widths) -> Widths:
    """Widths to which the nodes could grow, each about its middle, without touching a stretch, rule or other node."""
    solved = [_Lane(problem, tracks, n, lane, widths) for n, lane in enumerate(lanes)]
    return tuple(solved[node.lane].widest(index) for index, node in enumerate(problem.nodes))


class _Lane:
    def __init__(self, problem: Problem, tracks: Tracks, number: int, lane: Lane, widths: Widths) -> None:
        self.lane = lane
        self.problem = problem
        self.tracks = tracks
        self.items = _items(problem, tracks, number)
        self.bodies = [
            _Body(n, node, left_of(node, widths[n], lane), left_of(node, widths[n], lane) + widths[n])
            for n, node in enumerate(problem.nodes)
            if node.lane == number
        ]
        self.before = [[j for j in range(i) if self.items[i].after(self.items[j])] for i in range(len(self.items))]

    @cached_property
    def scale(self) -> float:
        """The greatest scale at which everything has its place."""
        return next((scale for scale in _SCALES if self.bounds(scale) is not None), _SCALES[-1])

    def bounds(self, scale: float) -> list[tuple[Emu, Emu]] | None:
        """Least and greatest x of each item, None when some have no place."""
        pitch, edge = round(s.TRACK_PITCH * scale), round(s.BORDER_GAP * scale)
        count = len(self.items)
        least = [self.lane.x + edge] * count
        most = [self.lane.x + self.lane.width - edge] * count
        for i, item in enumerate(self.items):
            low, high = self.limits(item, scale)
            least[i] = max([least[i], low, *(least[j] + pitch for j in self.before[i])])
            most[i] = min(most[i], high)
        for i in range(count - 1, -1, -1):
            for j in self.before[i]:
                most[j] = min(most[j], most[i] - pitch)
        found = list(zip(least, most, strict=True))
        return found if all(low <= high for low, high in found) else None

    def limits(self, item: _Item, scale: float) -> tuple[Emu, Emu]:
        """Between which symbols an item must pass, and where it meets those it is tied to."""
        low, high = self.lane.x, self.lane.x + self.lane.width
        for body in self.bodies:
            if item.beside(body.level):
                gap = round(self.gap(item, body) * scale)
                if item.kind < body.node.kind:
                    high = min(high, body.left - gap)
                elif item.kind > body.node.kind:
                    low = max(low, body.right + gap)
            elif item.kind is body.node.kind and self.tied(item, body):
                low, high = max(low, body.left + _PORT_EDGE), min(high, body.right - _PORT_EDGE)
        return low, high

    def tied(self, item: _Item, body: _Body) -> bool:
        """Whether a stretch of the item starts or ends at the upper or lower side of a symbol."""
        for stretch in item.group:
            wire = self.problem.wires[stretch.wire]
            first, last = stretch.index == 0, stretch.index == len(self.tracks.stretches[stretch.wire]) - 1
            if (first and wire.source == body.index) or (last and wire.target == body.index):
                return True
        return False

    def gap(self, item: _Item, body: _Body) -> Emu:
        """Distance to keep from a symbol: more where the arrow leaves or enters it from here."""
        for stretch in item.group:
            wire = self.problem.wires[stretch.wire]
            last = len(self.tracks.stretches[stretch.wire]) - 1
            leaves = stretch.index == 1 and wire.source == body.index
            enters = stretch.index == last - 1 and wire.target == body.index
            if (leaves or enters) and body.level in (stretch.low, stretch.high):
                return s.HEAD_ROOM
        return s.CLEARANCE

    def places(self, aside: Mapping[int, Emu]) -> Iterator[tuple[tuple[int, int], Emu]]:
        """x of every stretch: as near as may be to where it would like to lie."""
        bounds = self.bounds(self.scale) or [(self.lane.x, self.lane.x + self.lane.width)] * len(self.items)
        pitch = round(s.TRACK_PITCH * self.scale)
        at: list[Emu] = []
        for i, item in enumerate(self.items):
            low = max([bounds[i][0], *(at[j] + pitch for j in self.before[i])])
            liked = self.liked(item, pitch) + sum(aside.get(st.wire, 0) for st in item.group if st.index == 0)
            at.append(min(max(liked, low), bounds[i][1]))
            for stretch in item.group:
                yield (stretch.wire, stretch.index), at[i]

    def liked(self, item: _Item, pitch: Emu) -> Emu:
        """Middle of its line, its bundle spread about it; a gutter lies between the rule and the widest symbol."""
        number, count = item.track
        aside = (2 * number - count + 1) * pitch // 2
        if not item.kind.gutter:
            return self.lane.middle + SLOT_SIDE.get(item.kind, 0) * s.SLOT + aside
        half = max((body.right - body.left for body in self.bodies), default=s.SYMBOL_FLOOR) // 2
        gutter = self.lane.width // 2 - half
        away = (s.BORDER_GAP + max(gutter - s.HEAD_ROOM, s.BORDER_GAP)) // 2
        if any(body.node.outline.connector for body in self.bodies):
            # A connector can then stand straight above or below the arrow.
            away = max(away, min(_CONNECTOR_AIR + s.CONNECTOR[0] // 2, gutter - s.HEAD_ROOM))
        return aside + (self.lane.x + away if item.kind is Kind.LEFT else self.lane.x + self.lane.width - away)

    @cached_property
    def need(self) -> Emu:
        """Width of the lane at which all distances could be kept."""
        left, right = self.chains()
        need = max((a + b for a, b in zip(left, right, strict=True)), default=0)
        for body in self.bodies:
            half = (body.right - body.left) // 2 + abs((body.left + body.right) // 2 - self.lane.middle)
            for i, item in enumerate(self.items):
                if item.beside(body.level) and item.kind is not body.node.kind:
                    chain = left[i] if item.kind < body.node.kind else right[i]
                    need = max(need, 2 * (half + self.gap(item, body) + chain))
        return need

    def chains(self) -> tuple[list[Emu], list[Emu]]:
        """Room that each item needs between itself and the left rule, and the right one, symbols apart."""
        count = len(self.items)
        left, right = [s.BORDER_GAP] * count, [s.BORDER_GAP] * count
        for i in range(count):
            left[i] = max([left[i], *(left[j] + s.TRACK_PITCH for j in self.before[i])])
        for i in range(count - 1, -1, -1):
            for j in self.before[i]:
                right[j] = max(right[j], right[i] + s.TRACK_PITCH)
        return left, right

    def head_room(self, index: int) -> Emu:
        """What the head of an arrow that comes level across the lane's rule needs between the rule and the node."""
        lines = [2 * n for n, (lane, _) in enumerate(self.problem.columns) if lane == self.problem.nodes[index].lane]
        need: Emu = 0
        for wire, stretches in zip(self.problem.wires, self.tracks.stretches, strict=True):
            last = stretches[-1]
            if last.line[0] and not lines[0] <= last.low <= last.high <= lines[-1]:
                # Straight from a symbol beyond the rule, or from an upright stretch that keeps off the rule.
                if len(stretches) == 1 and index in (wire.source, wire.target):
                    need = max(need, s.CLEARANCE)
                elif wire.target == index:
                    need = max(need, s.HEAD_ROOM - s.BORDER_GAP)
        return need

    def widest(self, index: int) -> Emu:
        """How wide a node could be, about its middle."""
        body = next(body for body in self.bodies if body.index == index)
        middle = (body.left + body.right) // 2
        edge = max(_PORT_EDGE, self.head_room(index))
        half = min(middle - self.lane.x, self.lane.x + self.lane.width - middle) - edge
        places = dict(self.places({}))
        for item in self.items:
            if item.beside(body.level):
                at = places[item.group[0].wire, item.group[0].index]
                half = min(half, abs(at - middle) - self.gap(item, body))
        for other in self.bodies:
            if other.node.row == body.node.row and other.index != index:
                half = min(half, max(body.left - other.right, other.left - body.right) + (body.right - body.left) // 2)
        return 2 * half


def _items(problem: Problem, tracks: Tracks, lane: int) -> list[_Item]:
    found: defaultdict[Kind, list[_Item]] = defaultdict(list)
    for line, (at, kind) in enumerate(problem.columns):
        if at == lane:
            for group in tracks.groups.get((False, line), ()):
                track = tracks.level[group[0].wire, group[0].index]
                found[kind].append(_Item(group, kind, track, *span(group)))
    return [item for kind in Kind for item in sorted(found[kind], key=lambda item: (item.track[0], item.low))]
