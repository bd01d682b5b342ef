"""Find the crossings each wire runs over: shortest paths with costs for bends, crossings and awkward sides.

After Wybrow, Marriott, Stuckey, "Orthogonal Connector Routing" (GD 2009): route one after another, then take
each wire out and route it again against all others until nothing improves.

For speed a state of the search is one integer, 4 · crossing + direction, and a crossing is line · height + level line.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable
from itertools import pairwise

from sopdocs.layout.grid import Crossing, Kind, Path, Problem, Side, Wire
from sopdocs.layout.symbols import Outline
from sopdocs.layout.units import Emu, mm

BEND: Emu = mm(14)
CROSSING: Emu = mm(60)
SHARED: Emu = mm(0.5)
"""For each stretch that lies beside another wire."""
CROWDED: Emu = mm(6)
"""For each stretch that lies beside more wires than a gutter of usual width holds."""
CROWD = 2
TAKEN_SIDE: Emu = mm(40)
"""For a side where another wire already goes the other way, or leaves too."""
CRAMPED: Emu = mm(70)
"""For a branch that turns before its label has room: worse than a crossing, since the sheet then has a finding."""
LEAVES = (mm(40), mm(1), 0, mm(1))
"""By Side: the flow goes down, so leaving upwards looks odd."""
ENTERS = (0, mm(3), mm(30), mm(3))
SLOT_LINE: Emu = mm(30)
"""For turning onto a line that is meant for connectors."""
DENIAL_DOWN: Emu = mm(20)
"""For a negative answer ("Tidak") that leaves downwards, or a positive one that leaves sideways."""
FORBIDDEN: Emu = mm(100_000)
_ENDLESS = 1 << 62
LANE: Emu = mm(26)
ROW: Emu = mm(18)
"""Sizes of a usual lane and row. Lengths are only compared, and routes that need no true sizes can be kept."""
_NEGATIVE = ("tidak", "belum", "bukan", "salah", "kurang", "tolak", "ditolak")
_ROUNDS = 4
_ACROSS = {Kind.LEFT: 0.0, Kind.SLOT_LEFT: 0.2, Kind.MIDDLE: 0.5, Kind.SLOT_RIGHT: 0.8, Kind.RIGHT: 1.0}
_DOWN = (0.0, 0.5, 0.95)


class Router:
    """Routes the wires of one problem against those already in place."""

    def __init__(self, problem: Problem, paths: tuple[Path, ...] = ()) -> None:
        self.problem = problem
        self.height = 3 * problem.rows
        self.xs = [round((lane + _ACROSS[kind]) * LANE) for lane, kind in problem.columns]
        self.ys = [round((row + down) * ROW) for row in range(problem.rows) for down in _DOWN]
        self.at = [self.number(problem.crossing(index)) for index in range(len(problem.nodes))]
        size = len(self.xs) * self.height
        self.blocked = bytearray(size)
        blocked = problem.blocked()
        for crossing in blocked:
            self.blocked[self.number(crossing)] = 1
        self.covered = {c for c in blocked if c[0] in self.slot_lines() and self.number(c) not in self.at}
        """Crossings on lines for connectors that a symbol covers: its wires leap over them."""
        self.aside = {self.number((x, y)): SLOT_LINE for x in self.slot_lines() for y in range(self.height)}
        self.steps: dict[int, list[tuple[int, int, int, int]]] = {}
        """Ways from each crossing that a search has come to."""
        self.paths: dict[int, Path] = {}
        self.changes = 0
        """How often a path has been replaced by another one."""
        self.settled: dict[int, int] = {}
        """By wire, the changes when it was routed last: without a further one it would come out the same."""
        self.over = ([0] * size, [0] * size)
        """Wires passing straight over each crossing, upright and level."""
        self.beside = ([0] * size, [0] * size)
        """Wires on the stretch that goes right from each crossing, and on the one that goes down."""
        self.leaving = [[0, 0, 0, 0] for _ in problem.nodes]
        self.entering = [[0, 0, 0, 0] for _ in problem.nodes]
        for path in paths:
            self.put(path)

    def number(self, crossing: Crossing) -> int:
        """A crossing as one integer."""
        return crossing[0] * self.height + crossing[1]

    def _steps(self, crossing: int) -> list[tuple[int, int, int, int]]:
        """(direction, neighbour, length, number of the stretch between) of every way that stays on the grid."""
        if crossing in self.steps:
            return self.steps[crossing]
        line, level = divmod(crossing, self.height)
        found: list[tuple[int, int, int, int]] = []
        for side, dx, dy in ((0, 0, -1), (1, 1, 0), (2, 0, 1), (3, -1, 0)):
            x, y = line + dx, level + dy
            while dx and (x, y) in self.covered:
                x += dx
            if 0 <= x < len(self.xs) and 0 <= y < self.height:
                length = abs(self.xs[x] - self.xs[line]) + abs(self.ys[y] - self.ys[level])
                there = x * self.height + y
                found.append((side, there, length, min(crossing, there)))
        self.steps[crossing] = found
        return found

    def route(self) -> tuple[Path, ...]:
        """Route every wire; the result has the order of the problem's wires."""
        for index in sorted(range(len(self.problem.wires)), key=self.order):
            self.put(self.find(index))
        for _ in range(_ROUNDS):
            better = [self.again(index) for index in range(len(self.problem.wires))]
            if not any(better):
                break
        return self.result()

    def result(self) -> tuple[Path, ...]:
        """The paths in the order of the problem's wires."""
        return tuple(self.paths[index] for index in range(len(self.problem.wires)))

    def order(self, index: int) -> tuple[bool, int, int]:
        """Branches first, since each wants a side of its own, which arriving wires may share; then short ones."""
        wire = self.problem.wires[index]
        a, b = self.problem.nodes[wire.source], self.problem.nodes[wire.target]
        return not wire.label, abs(a.row - b.row) + abs(a.lane - b.lane), index

    def again(self, index: int) -> bool:
        """Route one wire again, unless nothing has changed since it was routed; whether its path has changed."""
        if self.settled.get(index) == self.changes:
            return False
        old = self.paths[index]
        self.take(old)
        new = self.find(index)
        self.put(new)
        self.changes += new != old
        self.settled[index] = self.changes
        return new != old

    def put(self, path: Path) -> None:
        """Add a path to those that others are routed against."""
        self.paths[path.wire] = path
        self._count(path, 1)

    def take(self, path: Path) -> None:
        """Remove a path."""
        del self.paths[path.wire]
        self._count(path, -1)

    def _count(self, path: Path, sign: int) -> None:
        wire = self.problem.wires[path.wire]
        numbers = [self.number(crossing) for crossing in path.crossings]
        ways = [int(a[0] == b[0]) for a, b in pairwise(path.crossings)]
        for (a, b), upright in zip(pairwise(numbers), ways, strict=True):
            self.beside[upright][min(a, b)] += sign
        for before, after, crossing in zip(ways, ways[1:], numbers[1:], strict=False):
            if before == after:
                self.over[1 - after][crossing] += sign
        self.leaving[wire.source][path.leaves] += sign
        self.entering[wire.target][path.enters] += sign

    def price(self, path: Path) -> int:
        """What a path costs beside the crossings it makes; it must be taken out first."""
        wire = self.problem.wires[path.wire]
        turns = self._turns(wire)
        total = self.leave_cost(wire, path.leaves) + self.enter_cost(wire, path.enters)
        numbers = [self.number(crossing) for crossing in path.crossings]
        before: int | None = None
        for a, b in pairwise(numbers):
            way, _, length, stretch = next(step for step in self._steps(a) if step[1] == b)
            total += length + self._beside(way, stretch)
            total += BEND + turns.get(a, 0) if before not in (None, way) else 0
            before = way
        return total

    def leave_cost(self, wire: Wire, side: int) -> int:
        """What leaving the source on one side costs."""
        node = self.problem.nodes[wire.source]
        cost: int = LEAVES[side]
        if node.outline.connector:
            cost = _connector_cost(side, Side.UP if node.outline is Outline.POINT_UP else Side.DOWN)
        elif node.outline is Outline.DIAMOND and wire.label:
            negative = wire.label.casefold().split()[0] in _NEGATIVE
            if negative is (side == Side.DOWN):
                cost += DENIAL_DOWN
        taken = self.leaving[wire.source][side] + self.entering[wire.source][side]
        return cost + TAKEN_SIDE * min(taken, 2)

    def enter_cost(self, wire: Wire, side: int) -> int:
        """What entering the target on one side costs."""
        node = self.problem.nodes[wire.target]
        cost: int = ENTERS[side]
        if node.outline.connector:
            cost = _connector_cost(side, Side.DOWN if node.outline is Outline.POINT_UP else Side.UP)
        taken = self.leaving[wire.target][side]
        # A plain line ("together") has no arrowhead to share.
        taken += 0 if wire.head else self.entering[wire.target][side]
        return cost + TAKEN_SIDE * min(taken, 2)

    def find(self, index: int, leaves: int | None = None, enters: int | None = None) -> Path:
        """The cheapest path of one wire against all that are in place, by given sides if any."""
        wire = self.problem.wires[index]
        start, goal = self.at[wire.source], self.at[wire.target]
        entering = [self.enter_cost(wire, (way + 2) % 4) for way in range(4)]
        if enters is not None:
            entering = [cost if (way + 2) % 4 == enters else FORBIDDEN for way, cost in enumerate(entering)]
        open_ways: list[tuple[int, int, int]] = []
        for way, there, length, stretch in self._steps(start):
            if not self.blocked[there] or there == goal:
                cost = self.leave_cost(wire, way) + length + self._beside(way, stretch)
                cost += FORBIDDEN if leaves not in (None, way) else 0
                cost += entering[way] if there == goal else 0
                open_ways.append((cost, there, way))
        return Path(index, self._trace(start, goal, self._search(open_ways, goal, (entering, self._turns(wire)))))

    def _beside(self, way: int, stretch: int) -> int:
        count = self.beside[1 - way % 2][stretch]
        return SHARED * count + (CROWDED * (count - CROWD) if count > CROWD else 0)

    def _turns(self, wire: Wire) -> dict[int, int]:
        """Crossings where a turn costs more: before the label has room, and onto lines for connectors."""
        if not wire.cramped:
            return self.aside
        extra = dict(self.aside)
        line, level = divmod(self.at[wire.source], self.height)
        lane = self.problem.columns[line][0]
        for other, (at, _) in enumerate(self.problem.columns):
            if at == lane and other != line:
                extra[self.number((other, level))] = CRAMPED
        return extra

    def slot_lines(self) -> list[int]:
        """Lines for connectors side by side."""
        return [n for n, (_, kind) in enumerate(self.problem.columns) if not kind.gutter and kind is not Kind.MIDDLE]

    def _search(
        self, starts: list[tuple[int, int, int]], goal: int, costs: tuple[list[int], dict[int, int]]
    ) -> tuple[int, dict[int, int]]:
        """A*: the state in which the goal is reached, and where each state was reached from."""
        entering, turns = costs
        blocked, steps, beside, over = self.blocked, self.steps, self.beside, self.over
        rest = self._rest(goal, min(entering))
        best = {4 * here + way: cost for cost, here, way in starts}
        came: dict[int, int] = {}
        heap = [(cost + rest(here, way), -cost, 4 * here + way) for cost, here, way in starts]
        heapq.heapify(heap)
        while heap:
            _, spent, state = heapq.heappop(heap)
            spent = -spent
            if spent > best[state]:
                continue
            here, way = state >> 2, state & 3
            if here == goal:
                return state, came
            passing = CROSSING * over[1 - (way & 1)][here]
            bending = BEND + turns.get(here, 0)
            for side, there, length, stretch in steps.get(here) or self._steps(here):
                if side ^ way == 2 or (blocked[there] and there != goal):
                    continue
                count = beside[1 - (side & 1)][stretch]
                cost = spent + length + SHARED * count + (passing if side == way else bending)
                if count > CROWD:
                    cost += CROWDED * (count - CROWD)
                if there == goal:
                    cost += entering[side]
                after = 4 * there + side
                if cost < best.get(after, _ENDLESS):
                    best[after] = cost
                    came[after] = state
                    heapq.heappush(heap, (cost + rest(there, side), -cost, after))
        raise AssertionError("the grid's outer lines are never blocked")

    def _rest(self, goal: int, enters: int) -> Callable[[int, int], int]:
        """What the way to the goal costs at least from a crossing, when it is reached in a direction."""
        xs, ys, height = self.xs, self.ys, self.height
        gx, gy = xs[goal // height], ys[goal % height]

        def rest(here: int, way: int) -> int:
            if here == goal:
                return 0
            dx, dy = gx - xs[here // height], gy - ys[here % height]
            along, across = (dx, dy) if way & 1 else (dy, dx)
            # 1 and 2 lead right and down.
            toward = along > 0 if way in (1, 2) else along < 0
            bends = (across != 0) if toward else 1 if along == 0 else 2
            return abs(dx) + abs(dy) + BEND * bends + enters

        return rest

    def _trace(self, start: int, goal: int, found: tuple[int, dict[int, int]]) -> tuple[Crossing, ...]:
        state, came = found
        trail = [goal]
        while state in came:
            state = came[state]
            trail.append(state >> 2)
        return tuple(divmod(crossing, self.height) for crossing in (start, *reversed(trail)))


def _connector_cost(side: int, wanted: Side) -> int:
    return 0 if side == wanted else FORBIDDEN if side == wanted.opposite else mm(6)
