"""Find the crossings each wire runs over: shortest paths with costs for bends, crossings and awkward sides.

After Wybrow, Marriott, Stuckey, "Orthogonal Connector Routing" (GD 2009): route one after another, then take
each wire out and route it again against all others until nothing improves.
"""

from __future__ import annotations

import heapq
from collections import Counter
from itertools import pairwise

from sopdocs.layout.grid import STEPS, Crossing, Path, Problem, Side, Wire, direction
from sopdocs.layout.symbols import Outline
from sopdocs.layout.units import Emu, mm

BEND: Emu = mm(14)
CROSSING: Emu = mm(60)
SHARED: Emu = mm(0.5)
"""For each stretch that lies beside another wire."""
TAKEN_SIDE: Emu = mm(40)
"""For a side where another wire already goes the other way, or leaves too."""
LEAVES = {Side.DOWN: 0, Side.LEFT: mm(1), Side.RIGHT: mm(1), Side.UP: mm(40)}
ENTERS = {Side.UP: 0, Side.LEFT: mm(3), Side.RIGHT: mm(3), Side.DOWN: mm(30)}
DENIAL_DOWN: Emu = mm(20)
"""For a negative answer ("Tidak") that leaves downwards, or a positive one that leaves sideways."""
FORBIDDEN: Emu = mm(100_000)
_NEGATIVE = ("tidak", "belum", "bukan", "salah", "kurang", "tolak", "ditolak")
_ROUNDS = 4


class Router:
    """Routes the wires of one problem. `xs` and `ys` are rough positions of the lines, for lengths."""

    def __init__(self, problem: Problem, xs: list[Emu], ys: list[Emu]) -> None:
        self.problem = problem
        self.xs = xs
        self.ys = ys
        self.blocked = {node.crossing: index for index, node in enumerate(problem.nodes)}
        self.paths: dict[int, Path] = {}
        self.straight: dict[tuple[Crossing, bool], Counter[int]] = {}
        """Wires passing straight over a crossing, horizontally or not."""
        self.stretches: Counter[tuple[Crossing, Crossing]] = Counter()
        self.sides: Counter[tuple[int, Side, bool]] = Counter()
        """(node, side, whether a wire leaves there)."""

    def route(self) -> tuple[Path, ...]:
        """Route every wire; the result has the order of the problem's wires."""
        for index in sorted(range(len(self.problem.wires)), key=self.order):
            self.put(self.find(index)[1])
        for _ in range(_ROUNDS):
            better = [self.again(index) for index in range(len(self.problem.wires))]
            if not any(better):
                break
        return tuple(self.paths[index] for index in range(len(self.problem.wires)))

    def order(self, index: int) -> tuple[bool, int, int]:
        """Branches first, since each wants a side of its own, which arriving wires may share; then short ones."""
        wire = self.problem.wires[index]
        a, b = self.problem.nodes[wire.source], self.problem.nodes[wire.target]
        return not wire.label, abs(a.row - b.row) + abs(a.lane - b.lane), index

    def again(self, index: int) -> bool:
        old = self.paths[index]
        self.take(old)
        before = self.cost(old)
        after, new = self.find(index)
        better = after < before
        self.put(new if better else old)
        return better

    def put(self, path: Path) -> None:
        self.paths[path.wire] = path
        self._count(path, 1)

    def take(self, path: Path) -> None:
        del self.paths[path.wire]
        self._count(path, -1)

    def _count(self, path: Path, sign: int) -> None:
        wire = self.problem.wires[path.wire]
        for a, b in pairwise(path.crossings):
            self.stretches[(min(a, b), max(a, b))] += sign
        for a, b, c in zip(path.crossings, path.crossings[1:], path.crossings[2:], strict=False):
            if direction(a, b) == direction(b, c):
                self.straight.setdefault((b, direction(a, b).horizontal), Counter())[path.wire] += sign
        self.sides[wire.source, path.leaves, True] += sign
        self.sides[wire.target, path.enters, False] += sign

    def cost(self, path: Path) -> int:
        wire = self.problem.wires[path.wire]
        total = self.leave_cost(wire, path.leaves) + self.enter_cost(wire, path.enters)
        before: Side | None = None
        for a, b in pairwise(path.crossings):
            way = direction(a, b)
            total += self.step_cost(a, b, before, way)
            before = way
        return total

    def leave_cost(self, wire: Wire, side: Side) -> int:
        node = self.problem.nodes[wire.source]
        cost: int = LEAVES[side]
        if node.outline.connector:
            cost = _connector_cost(side, Side.UP if node.outline is Outline.POINT_UP else Side.DOWN)
        elif node.outline is Outline.DIAMOND and wire.label:
            negative = wire.label.casefold().split()[0] in _NEGATIVE
            if negative is (side is Side.DOWN):
                cost += DENIAL_DOWN
        taken = self.sides[wire.source, side, True] + self.sides[wire.source, side, False]
        return cost + TAKEN_SIDE * min(taken, 2)

    def enter_cost(self, wire: Wire, side: Side) -> int:
        node = self.problem.nodes[wire.target]
        cost: int = ENTERS[side]
        if node.outline.connector:
            cost = _connector_cost(side, Side.DOWN if node.outline is Outline.POINT_UP else Side.UP)
        return cost + TAKEN_SIDE * min(self.sides[wire.target, side, True], 2)

    def step_cost(self, a: Crossing, b: Crossing, before: Side | None, way: Side) -> int:
        cost = abs(self.xs[a[0]] - self.xs[b[0]]) + abs(self.ys[a[1]] - self.ys[b[1]])
        cost += SHARED * self.stretches[(min(a, b), max(a, b))]
        if before is None:
            return cost
        if before != way:
            return cost + BEND
        across = self.straight.get((a, not way.horizontal))
        return cost + CROSSING * sum(across.values()) if across else cost

    def find(self, index: int) -> tuple[int, Path]:
        """The cheapest path of one wire against all that are in place."""
        wire = self.problem.wires[index]
        start, goal = self.problem.nodes[wire.source].crossing, self.problem.nodes[wire.target].crossing
        best: dict[tuple[Crossing, Side], int] = {}
        came: dict[tuple[Crossing, Side], tuple[Crossing, Side] | None] = {}
        heap: list[tuple[int, int, Crossing, Side]] = []

        def offer(cost: int, here: Crossing, way: Side, origin: tuple[Crossing, Side] | None) -> None:
            if here == goal:
                cost += self.enter_cost(wire, way.opposite)
            if cost < best.get((here, way), 1 << 62):
                best[here, way] = cost
                came[here, way] = origin
                rest = abs(self.xs[here[0]] - self.xs[goal[0]]) + abs(self.ys[here[1]] - self.ys[goal[1]])
                heapq.heappush(heap, (cost + rest, cost, here, way))

        for side in Side:
            there = self.next(start, side, goal)
            if there is not None:
                offer(self.leave_cost(wire, side) + self.step_cost(start, there, None, side), there, side, None)
        while heap:
            _, cost, here, way = heapq.heappop(heap)
            if here == goal:
                return cost, Path(index, _trace(start, (here, way), came))
            if cost > best[here, way]:
                continue
            for side in Side:
                there = None if side is way.opposite else self.next(here, side, goal)
                if there is not None:
                    offer(cost + self.step_cost(here, there, way, side), there, side, (here, way))
        raise AssertionError("the grid's outer lines are never blocked")

    def next(self, here: Crossing, side: Side, goal: Crossing) -> Crossing | None:
        """The neighbouring crossing, unless it is outside or another symbol stands there."""
        dx, dy = STEPS[side]
        there = here[0] + dx, here[1] + dy
        if not (0 <= there[0] < 3 * self.problem.lanes and 0 <= there[1] < 3 * self.problem.rows):
            return None
        return None if there in self.blocked and there != goal else there


def _connector_cost(side: Side, wanted: Side) -> int:
    return 0 if side is wanted else FORBIDDEN if side is wanted.opposite else mm(6)


def _trace(
    start: Crossing, end: tuple[Crossing, Side], came: dict[tuple[Crossing, Side], tuple[Crossing, Side] | None]
) -> tuple[Crossing, ...]:
    trail: list[Crossing] = []
    state: tuple[Crossing, Side] | None = end
    while state is not None:
        trail.append(state[0])
        state = came[state]
    return (start, *reversed(trail))
