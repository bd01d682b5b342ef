"""Paths, tracks and the improvement of crossings."""

from __future__ import annotations

from sopdocs.layout.grid import Node, Path, Problem, Side, Wire, upright_lines
from sopdocs.layout.routes import crossing_count, routed
from sopdocs.layout.search import Router
from sopdocs.layout.symbols import Outline
from sopdocs.layout.tracks import assign_tracks


def _problem(nodes: str, wires: str, *, lanes: int = 3) -> Problem:
    """Nodes "00 11 …" are row and lane; wires "0>1:Ya …" name nodes."""
    found = [Node(int(n[0]), int(n[1]), Outline.DIAMOND if n.endswith("?") else Outline.BOX) for n in nodes.split()]
    lines = [wire.partition(":") for wire in wires.split()]
    ends = [(ends.split(">"), label) for ends, _, label in lines]
    made = tuple(Wire(int(a), int(b), label) for (a, b), label in ends)
    return Problem(tuple(found), made, upright_lines(lanes, frozenset()), 1 + max(node.row for node in found))


def test_straight_down_is_one_stretch() -> None:
    # Lines of lane 0 are 0, 1, 2; row 0 has 0, 1, 2, row 1 has 3, 4, 5.
    (path,) = Router(_problem("00 10", "0>1")).route()
    assert path.crossings == ((1, 1), (1, 2), (1, 3), (1, 4))


def test_a_symbol_in_between_is_avoided() -> None:
    (path,) = Router(_problem("00 10 20", "0>2")).route()
    assert (1, 4) not in path.crossings
    assert path.crossings[-1] == (1, 7)


def test_yes_leaves_downwards_and_no_sideways() -> None:
    yes, no = Router(_problem("00? 10 11", "0>1:Ya 0>2:Tidak")).route()
    assert yes.leaves is Side.DOWN
    assert no.leaves.horizontal


def test_wires_into_one_side_share_the_last_track() -> None:
    problem = _problem("00 02 11", "0>2 1>2")
    crossings = (((1, 1), (4, 1), (4, 4)), ((7, 1), (4, 1), (4, 4)))
    paths = tuple(Path(n, corners) for n, corners in enumerate(crossings))
    tracks = assign_tracks(problem, paths)
    assert tracks.level[0, 1] == tracks.level[1, 1] == (0, 1)
    assert crossing_count(tracks) == 0


def test_stretches_side_by_side_get_tracks_that_nest() -> None:
    # Both go right and then down; the one that goes farther right must lie above the other.
    problem = _problem("00 11 12", "0>1 0>2")
    paths = (Path(0, ((1, 1), (4, 1), (4, 4))), Path(1, ((1, 1), (7, 1), (7, 4))))
    tracks = assign_tracks(problem, paths)
    assert tracks.level[0, 0] == (1, 2)
    assert tracks.level[1, 0] == (0, 2)
    assert crossing_count(tracks) == 0


def test_improvement_never_adds_crossings() -> None:
    # Two starts, a way back from a decision: drawn by hand without a crossing.
    problem = _problem("00 02 10 20 31?", "0>2 1>3 2>3 3>4 4>0:Tidak", lanes=3)
    plain, refined = routed(problem, refined=False), routed(problem, refined=True)
    assert crossing_count(refined.tracks) <= crossing_count(plain.tracks)
    assert crossing_count(refined.tracks) == 0
