"""Give every stretch of a wire its own track on the line it runs along.

Stretches that overlap on a line get different tracks, ordered so that as few as possible cross; wires that enter the
same symbol on the same side share their last stretch.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import permutations

from sopdocs.layout.grid import Path, Problem, Side, direction

Line = tuple[bool, int]
"""(horizontal, index of the line)."""
Levels = dict[tuple[int, int], tuple[int, int]]
"""(wire, index of stretch) -> (track from 0 left or top, number of tracks in its bundle)."""
_EXHAUSTIVE = 5
"""Bundles up to this size are ordered by trying every order."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A straight run of one wire along one line."""

    wire: int
    index: int
    """Position in its wire, from 0 at the source."""
    line: Line
    low: int
    """Start along the line, in half indices of the lines across; an end at a symbol lies half an index off it."""
    high: int
    turn_low: int
    """Which way the wire goes on at the low end: -1 left or up, 1 right or down, 0 into a symbol."""
    turn_high: int
    before_low: int
    """Index of the stretch of the same wire that joins at the low end, -1 when none does."""
    after_high: int
    """The same at the high end."""
    joins: tuple[int, Side] | None
    """(node, side) that it enters, if it is the last stretch of its wire."""
    next_joins: tuple[int, Side] | None
    """The same of the stretch that follows, if that is the last one."""


Group = tuple[Stretch, ...]
"""Stretches on one track: usually one, more when wires join before their common target."""


@dataclass(frozen=True, slots=True)
class Tracks:
    """The result: a track for each stretch."""

    stretches: tuple[tuple[Stretch, ...], ...]
    """By wire, from source to target."""
    level: Levels
    counts: dict[Line, int]
    """Most tracks side by side on each line."""
    groups: dict[Line, tuple[Group, ...]]
    """The tracks of each line, with the stretches that share them."""


def assign_tracks(problem: Problem, paths: tuple[Path, ...]) -> Tracks:
    """Cut the paths into stretches and order them on their lines."""
    wires = tuple(_stretches(problem, path) for path in paths)
    lines: defaultdict[Line, list[Stretch]] = defaultdict(list)
    for stretches in wires:
        for stretch in stretches:
            lines[stretch.line].append(stretch)
    level: Levels = {}
    counts: dict[Line, int] = {}
    # Upright lines first, then level ones; once more, since now each knows the order on the other.
    for line in [*sorted(lines), *sorted(lines)]:
        counts[line] = max(_assign(bundle, level) for bundle in _bundles(_groups(lines[line])))
    return Tracks(wires, level, counts, {line: tuple(_groups(lines[line])) for line in lines})


def _assign(bundle: list[Group], level: Levels) -> int:
    """Order one bundle, enter its tracks in `level` and return their number."""
    ordered = _ordered(bundle, level)
    tracks = _levels(ordered)
    most = max(tracks) + 1
    for group, at in zip(ordered, tracks, strict=True):
        for stretch in group:
            level[stretch.wire, stretch.index] = (at, most)
    return most


def _stretches(problem: Problem, path: Path) -> tuple[Stretch, ...]:
    points = path.crossings
    corners = [0]
    for i in range(1, len(points) - 1):
        if direction(points[i - 1], points[i]) != direction(points[i], points[i + 1]):
            corners.append(i)
    corners.append(len(points) - 1)
    ways = [direction(points[a], points[a + 1]) for a in corners[:-1]]
    target = problem.wires[path.wire].target
    found: list[Stretch] = []
    for n, way in enumerate(ways):
        start, end = points[corners[n]], points[corners[n + 1]]
        along, across = (0, 1) if way.horizontal else (1, 0)
        step = 1 if way in (Side.RIGHT, Side.DOWN) else -1
        first, last = n == 0, n == len(ways) - 1
        a = 2 * start[along] + (step if first else 0)
        b = 2 * end[along] - (step if last else 0)
        turn_a = 0 if first else _sign(ways[n - 1].opposite)
        turn_b = 0 if last else _sign(ways[n + 1])
        ends = sorted([(a, turn_a, n - 1), (b, turn_b, -1 if last else n + 1)], key=lambda end: end[0])
        (low, turn_low, near_low), (high, turn_high, near_high) = ends
        enters = (target, path.enters) if problem.wires[path.wire].head else None
        joins, next_joins = enters if last else None, enters if n == len(ways) - 2 else None
        line = (way.horizontal, start[across])
        ends_at = (low, high, turn_low, turn_high, near_low, near_high)
        found.append(Stretch(path.wire, n, line, *ends_at, joins, next_joins))
    return tuple(found)


def _sign(way: Side) -> int:
    return 1 if way in (Side.RIGHT, Side.DOWN) else -1


def _groups(stretches: list[Stretch]) -> list[Group]:
    joined: defaultdict[tuple[int, Side], list[Stretch]] = defaultdict(list)
    groups: list[Group] = []
    for stretch in stretches:
        if stretch.joins is None:
            groups.append((stretch,))
        else:
            joined[stretch.joins].append(stretch)
    return _met(groups) + [tuple(group) for group in joined.values()]


def _met(groups: list[Group]) -> list[Group]:
    """Put stretches on one track that come from both sides to the point where their wires join."""
    found: list[Group] = []
    for group in groups:
        (stretch,) = group
        other = next((g for g in found if len(g) == 1 and _meet(g[0], stretch)), None)
        if other is None:
            found.append(group)
        else:
            found[found.index(other)] = (other[0], stretch)
    return found


def _meet(a: Stretch, b: Stretch) -> bool:
    return a.next_joins is not None and a.next_joins == b.next_joins and (a.high == b.low or b.high == a.low)


def span(group: Group) -> tuple[int, int]:
    """Lower and higher end along the line."""
    return min(s.low for s in group), max(s.high for s in group)


def _bundles(groups: list[Group]) -> list[list[Group]]:
    """Connected sets of overlapping groups, from low to high."""
    bundles: list[list[Group]] = []
    reach = -1
    for group in sorted(groups, key=lambda g: (span(g), g[0].wire, g[0].index)):
        low, high = span(group)
        if bundles and low <= reach:
            bundles[-1].append(group)
            reach = max(reach, high)
        else:
            bundles.append([group])
            reach = high
    return bundles


def _ordered(bundle: list[Group], level: Levels) -> list[Group]:
    """Order a bundle from left to right (top to bottom) so that its members cross least."""
    if len(bundle) == 1:
        return bundle
    size = range(len(bundle))
    cost = [[_between(bundle[i], bundle[j], level) if i != j else 0 for j in size] for i in size]

    def total(order: Sequence[int]) -> int:
        return sum(cost[a][b] for n, a in enumerate(order) for b in order[n + 1 :])

    if len(bundle) <= _EXHAUSTIVE:
        best: Sequence[int] = min(permutations(size), key=lambda order: (total(order), order))
        return [bundle[i] for i in best]
    ordered: list[int] = []
    for new in size:
        places = [[*ordered[:i], new, *ordered[i:]] for i in range(len(ordered) + 1)]
        ordered = min(places, key=total)
    return [bundle[i] for i in ordered]


def _between(before: Group, after: Group, level: Levels) -> int:
    return sum(_pair(s, t, level) for s in before for t in after)


def _pair(s: Stretch, t: Stretch, level: Levels) -> int:
    """Twice the crossings that putting `s` left of (above) `t` makes."""
    cost = 0
    for at, turn, other, toward in (
        (s.low, s.turn_low, t, 1),
        (s.high, s.turn_high, t, 1),
        (t.low, t.turn_low, s, -1),
        (t.high, t.turn_high, s, -1),
    ):
        if turn == toward and other.low <= at <= other.high:
            cost += 1 if at in (other.low, other.high) else 2
    return cost + _nesting(s, t, level)


def _nesting(s: Stretch, t: Stretch, level: Levels) -> int:
    """Both turn the same way onto the same line: the tracks there, if given already, say which is the outer one."""
    cost = 0
    for at_low in (True, False):
        end_s, end_t = (s.low, t.low) if at_low else (s.high, t.high)
        turn_s, turn_t = (s.turn_low, t.turn_low) if at_low else (s.turn_high, t.turn_high)
        if end_s != end_t or turn_s != turn_t or not turn_s:
            continue
        a = level.get((s.wire, s.before_low if at_low else s.after_high))
        b = level.get((t.wire, t.before_low if at_low else t.after_high))
        if a is None or b is None or a == b:
            continue
        # Turning right (down) at the low end, the left (upper) one must lie outside, that is lower in order.
        outside = a[0] < b[0] if at_low else a[0] > b[0]
        cost += 0 if outside == (turn_s > 0) else 2
    return cost


def _levels(order: list[Group]) -> list[int]:
    """Tracks for an ordered bundle: each as far left as those before it that overlap allow."""
    levels: list[int] = []
    for i, group in enumerate(order):
        low, high = span(group)
        before = [levels[j] for j in range(i) if span(order[j])[0] <= high and low <= span(order[j])[1]]
        levels.append(max(before, default=-1) + 1)
    return levels
