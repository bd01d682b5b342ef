"""Routes and tracks of a part, improved on the crossings that the drawing really has.

The search counts a crossing only where both wires go straight on; wires that turn where another passes may cross, or
not, as their tracks come out. So the finished tracks are measured, and wires that cross are taken out and routed again,
in pairs and by other sides, as long as that helps.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from sopdocs.layout.grid import Path, Problem, bends
from sopdocs.layout.search import CROSSING, Router
from sopdocs.layout.tracks import Stretch, Tracks, assign_tracks

_TRIALS = 32
"""Most drawings that are measured for one part: enough for real sheets, and a bound for tangled ones."""
_CROOKED = 4
"""Most wires of a part that are let go first, one after another."""
_SPREAD = 1000
"""Distance of two lines in the units in which two tracks lie two apart."""
_XY = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Routed:
    """The paths of all wires, and their tracks."""

    paths: tuple[Path, ...]
    tracks: Tracks


@dataclass(frozen=True, slots=True)
class Rated:
    """A routed part and how good it is."""

    routed: Routed
    cost: int
    """In the terms of the search, crossings counted as drawn."""
    pairs: tuple[tuple[int, int], ...]
    """Wires that cross, each pair once."""

    @property
    def crossed(self) -> frozenset[int]:
        """Wires that cross another."""
        return frozenset(wire for pair in self.pairs for wire in pair)


@lru_cache(maxsize=512)
def routed(problem: Problem, *, refined: bool) -> Routed:
    """Route a part, and improve it if `refined`.

    Widths and heights do not matter here, so a sheet that is tried in several widths is routed once.
    """
    if refined:
        plain = rated(problem)
        router = Router(problem, plain.routed.paths)
        return _improved(router, _straightened(router, plain))
    router = Router(problem)
    router.route()
    paths = router.result()
    return Routed(paths, assign_tracks(problem, paths))


@lru_cache(maxsize=512)
def rated(problem: Problem) -> Rated:
    """The plain routes of a part, rated."""
    return _rate(Router(problem, routed(problem, refined=False).paths))


def rerouted(problem: Problem, known: Routed, wires: frozenset[int]) -> Rated:
    """Route some wires anew, their ends having moved, among the paths known for the others."""
    others = tuple(path for path in known.paths if path.wire not in wires)
    blocked = problem.blocked()
    if any(crossing in blocked for path in others for crossing in path.crossings[1:-1]):
        return rated(problem)
    router = Router(problem, others)
    for wire in sorted(wires, key=router.order):
        router.put(router.find(wire))
    return _rate(router)


def _straightened(router: Router, best: Rated) -> Rated:
    """Let wires with bends to spare choose their way before those that share a symbol with them."""
    wires = router.problem.wires
    crooked = sorted(
        (-_spare_bends(router, wire), wire) for wire in range(len(wires)) if _spare_bends(router, wire) > 0
    )
    for _, wire in crooked[:_CROOKED]:
        kept = dict(router.paths)
        ends = {wires[wire].source, wires[wire].target}
        near = [n for n, other in enumerate(wires) if n != wire and not ends.isdisjoint((other.source, other.target))]
        for n in (wire, *near):
            router.take(router.paths[n])
        for n in (wire, *sorted(near, key=router.order)):
            router.put(router.find(n))
        router.changes += 1
        for n in range(len(wires)):
            router.again(n)
        found = _rate(router)
        if found.cost < best.cost:
            best = found
        else:
            _restore(router, kept, tuple(n for n in kept if router.paths[n] != kept[n]))
    return best


def _spare_bends(router: Router, wire: int) -> int:
    """Bends beyond one, which most arrows need, and beyond those that go when a connector moves aside."""
    ends, nodes = router.problem.wires[wire], router.problem.nodes
    off_page = nodes[ends.source].outline.connector or nodes[ends.target].outline.connector
    return bends(router.paths[wire]) - (3 if off_page else 1)


def _improved(router: Router, best: Rated) -> Routed:
    trials = _TRIALS
    while trials > 0 and best.pairs:
        found: Rated | None = None
        kept = dict(router.paths)
        for moved in _moves(router, best.pairs):
            trials -= 1
            found = _rate(router)
            if found.cost < best.cost:
                break
            _restore(router, kept, moved)
            found = None
            if trials <= 0:
                break
        if found is None:
            break
        best = found
    return best.routed


def _rate(router: Router) -> Rated:
    paths = router.result()
    tracks = assign_tracks(router.problem, paths)
    places, pairs = _crossings(tracks)
    cost = CROSSING * places
    for path in paths:
        router.take(path)
        cost += router.price(path)
        router.put(path)
    return Rated(Routed(paths, tracks), cost, pairs)


def _moves(router: Router, pairs: tuple[tuple[int, int], ...]) -> Iterator[tuple[int, ...]]:
    """Change the router's paths in one way after another; yields the wires that were changed."""
    for a, b in pairs:
        for first, second in ((a, b), (b, a)):
            before = router.paths[first], router.paths[second]
            router.take(before[0])
            router.take(before[1])
            router.put(router.find(first))
            router.put(router.find(second))
            if (router.paths[first], router.paths[second]) != before:
                yield first, second
    for wire in sorted({wire for pair in pairs for wire in pair}):
        seen = {router.paths[wire]}
        for leaves in (2, 1, 3):
            for enters in (0, 1, 3):
                old = router.paths[wire]
                router.take(old)
                new = router.find(wire, leaves, enters)
                fresh = new not in seen and (new.leaves, new.enters) == (leaves, enters)
                seen.add(new)
                router.put(new if fresh else old)
                if fresh:
                    yield (wire,)


def _restore(router: Router, kept: dict[int, Path], wires: tuple[int, ...]) -> None:
    for wire in wires:
        router.take(router.paths[wire])
        router.put(kept[wire])


def crossing_count(tracks: Tracks) -> int:
    """Points at which arrows cross in the drawing."""
    return _crossings(tracks)[0]


def _crossings(tracks: Tracks) -> tuple[int, tuple[tuple[int, int], ...]]:
    """Number of points at which arrows cross, and the wires that do."""
    level: list[tuple[int, int, int, int]] = []
    upright: list[tuple[int, int, int, int]] = []
    for wire, stretches in enumerate(tracks.stretches):
        for (x0, y0), (x1, y1) in pairwise(_corners(stretches, tracks)):
            if y0 == y1:
                level.append((wire, y0, min(x0, x1), max(x0, x1)))
            else:
                upright.append((wire, x0, min(y0, y1), max(y0, y1)))
    points: set[_XY] = set()
    pairs: set[tuple[int, int]] = set()
    for a, y, left, right in level:
        for b, x, top, bottom in upright:
            if left < x < right and top < y < bottom and a != b:
                points.add((x, y))
                pairs.add((min(a, b), max(a, b)))
    return len(points), tuple(sorted(pairs))


def _corners(stretches: tuple[Stretch, ...], tracks: Tracks) -> list[_XY]:
    """The corners of a wire in units that keep the order of lines and tracks, as drawn."""

    def across(stretch: Stretch) -> int:
        at, most = tracks.level[stretch.wire, stretch.index]
        return stretch.line[1] * _SPREAD + 2 * at - most + 1

    def at_symbol(stretch: Stretch) -> int:
        """The end that no turn continues."""
        return (stretch.low if stretch.turn_low == 0 else stretch.high) * _SPREAD // 2

    corners: list[_XY] = []
    first, last = stretches[0], stretches[-1]

    def point(along_line: int, stretch: Stretch) -> _XY:
        at = across(stretch)
        return (along_line, at) if stretch.line[0] else (at, along_line)

    if first is last:
        return [point(end * _SPREAD // 2, first) for end in (first.low, first.high)]
    corners.append(point(at_symbol(first), first))
    for a, b in pairwise(stretches):
        corners.append((across(b), across(a)) if a.line[0] else (across(a), across(b)))
    corners.append(point(at_symbol(last), last))
    return corners
