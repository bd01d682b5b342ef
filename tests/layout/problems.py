"""Routing problems for tests: made by hand in few words, or any small tangle."""

from __future__ import annotations

from random import Random

from sopdocs.layout import settings as s
from sopdocs.layout.grid import Crossing, Kind, Node, Path, Problem, Wire, upright_lines
from sopdocs.layout.spread import Lane
from sopdocs.layout.symbols import Outline
from sopdocs.layout.tracks import Tracks, assign_tracks
from sopdocs.layout.units import Emu

_SHAPES = {"?": Outline.DIAMOND, "o": Outline.CAPSULE, "v": Outline.POINT_DOWN, "^": Outline.POINT_UP}
_KINDS = {"<": Kind.SLOT_LEFT, ">": Kind.SLOT_RIGHT}
_SYMBOLS = (Outline.BOX, Outline.BOX, Outline.CAPSULE, Outline.DIAMOND)
_ANSWERS = ("", "", "Ya", "Tidak", "Lengkap")


def problem(nodes: str, wires: str = "", *, lanes: int = 1, slots: frozenset[int] = frozenset()) -> Problem:
    """Nodes "00 11? 20v>" are row, lane, shape and place aside; wires "0>1:Ya …" name nodes."""
    found = [
        Node(int(n[0]), int(n[1]), _SHAPES.get(n[2:3], Outline.BOX), _KINDS.get(n[3:], Kind.MIDDLE))
        for n in nodes.split()
    ]
    ends = [wire.partition(":") for wire in wires.split()]
    made = tuple(Wire(*(int(n) for n in pair.split(">")), label) for pair, _, label in ends)
    return Problem(tuple(found), made, upright_lines(lanes, slots), 1 + max(node.row for node in found))


def tracked(made: Problem, *corners: tuple[Crossing, ...]) -> Tracks:
    """The tracks of wires that run over these corners, both ends included."""
    return assign_tracks(made, tuple(Path(n, points) for n, points in enumerate(corners)))


def side_by_side(count: int, width: Emu) -> tuple[Lane, ...]:
    """Lanes of one width."""
    return tuple(Lane(n * width, width) for n in range(count))


def widths(made: Problem, symbol: Emu) -> tuple[Emu, ...]:
    """Widths of the nodes when symbols are as wide as told."""
    return tuple(s.CONNECTOR[0] if node.outline.connector else symbol for node in made.nodes)


def tangle(seed: int) -> Problem:
    """A small tangle: symbols anywhere, connectors side by side in the last row."""
    rng = Random(seed)
    lanes, rows = rng.randint(2, 4), rng.randint(2, 4)
    places = rng.sample([(row, lane) for row in range(rows) for lane in range(lanes)], min(lanes * rows, 6))
    nodes = [Node(row, lane, rng.choice(_SYMBOLS)) for row, lane in places]
    slots = rng.randrange(lanes)
    nodes += [Node(rows, slots, Outline.POINT_DOWN, kind) for kind in (Kind.SLOT_LEFT, Kind.SLOT_RIGHT)]
    ends = {tuple(rng.sample(range(len(nodes)), 2)) for _ in range(7)}
    wires = [Wire(a, b, rng.choice(_ANSWERS), rng.random() > 0.1, rng.random() < 0.2) for a, b in sorted(ends)]
    return Problem(tuple(nodes), tuple(wires), upright_lines(lanes, frozenset({slots})), rows + 1)
