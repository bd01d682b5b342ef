"""A connector moves aside to take the jog out of its arrow, unless something is in the way."""

from __future__ import annotations

from sopdocs.layout.grid import Path, Problem
from sopdocs.layout.place import Band, Plan, place
from sopdocs.layout.straight import Straightener
from sopdocs.layout.tracks import Tracks
from sopdocs.layout.units import Emu, mm
from tests.layout.problems import problem, side_by_side, tracked, widths

_LANE = mm(26)
_MIDDLE = _LANE // 2
_RIGHT = mm(22)
"""Where the arrow runs before its jog: a connector has just room there."""
_AWAY = ((1, 1), (2, 1), (2, 6), (1, 6), (1, 7))
"""From a symbol in row 0 past one in row 1, then over to the connector below the middle."""
_NODES = "00 10 20v"


def _straightened(made: Problem, tracks: Tracks, x: dict[tuple[int, int], Emu]) -> tuple[dict[int, Emu], Emu]:
    """How far connectors moved, and where the last stretch of wire 0 lies then."""
    lanes = side_by_side(max(node.lane for node in made.nodes) + 1, _LANE)
    moved: dict[int, Emu] = {}
    Straightener(made, tracks, lanes, widths(made, mm(12)), x, moved).run()
    return moved, x[0, 3]


def test_a_jog_to_a_connector_goes_away() -> None:
    made = problem(_NODES, "0>2")
    x = {(0, 1): _RIGHT, (0, 3): _MIDDLE}
    assert _straightened(made, tracked(made, _AWAY), x) == ({2: _RIGHT - _MIDDLE}, _RIGHT)


def test_a_jog_from_a_connector_goes_away() -> None:
    made = problem("00v 10 20", "0>2")
    # Down from the connector, over to the left gutter, past row 1 and into row 2 from the side.
    tracks = tracked(made, ((1, 1), (1, 2), (0, 2), (0, 7), (1, 7)))
    x = {(0, 0): _MIDDLE, (0, 2): mm(4)}
    moved: dict[int, Emu] = {}
    Straightener(made, tracks, side_by_side(1, _LANE), widths(made, mm(12)), x, moved).run()
    assert (moved, x[0, 0]) == ({0: mm(4) - _MIDDLE}, mm(4))


def test_a_connector_keeps_off_the_rule() -> None:
    made = problem(_NODES, "0>2")
    # 3 mm of connector and 0.8 mm of air end 0.1 mm beyond the rule.
    x = {(0, 1): _LANE - mm(3.7), (0, 3): _MIDDLE}
    assert _straightened(made, tracked(made, _AWAY), x) == ({}, _MIDDLE)


def test_a_connector_keeps_off_another() -> None:
    made = problem(f"{_NODES}> 20v<", "0>2", slots=frozenset({0}))
    # Lines 0 to 4 are gutter, slot, middle, slot, gutter; the connector stands on line 3.
    tracks = tracked(made, ((2, 1), (0, 1), (0, 6), (3, 6), (3, 7)))
    x = {(0, 1): mm(4), (0, 3): _MIDDLE + mm(8)}
    assert _straightened(made, tracks, x) == ({}, _MIDDLE + mm(8))
    alone = problem(f"{_NODES}>", "0>2", slots=frozenset({0}))
    assert _straightened(alone, tracks, x)[1] == mm(4)


def test_its_arrow_keeps_off_a_connector_in_a_row_between() -> None:
    # The connector in row 2 stands 8 mm to the right of the middle, where the arrow would pass.
    tracks_of = ((2, 1), (4, 1), (4, 6), (2, 6), (2, 10))
    x = {(0, 1): _RIGHT, (0, 3): _MIDDLE}
    made = problem("00 10 20v> 30v", "0>3", slots=frozenset({0}))
    assert _straightened(made, tracked(made, tracks_of), dict(x)) == ({}, _MIDDLE)
    alone = problem("00 10 20v< 30v", "0>3", slots=frozenset({0}))
    assert _straightened(alone, tracked(alone, tracks_of), dict(x)) == ({3: _RIGHT - _MIDDLE}, _RIGHT)


def test_a_connector_keeps_off_an_upright_arrow() -> None:
    # The other arrow passes beside the connector: 3 mm of connector, 1.5 mm of air.
    made = problem(f"{_NODES} 31", "0>2 1>3", lanes=2)
    tracks = tracked(made, _AWAY, ((1, 4), (2, 4), (2, 9), (4, 9), (4, 10)))
    near = {(0, 1): mm(19), (0, 3): _MIDDLE, (1, 1): mm(19) + mm(4.4), (1, 3): mm(39)}
    assert _straightened(made, tracks, near) == ({}, _MIDDLE)
    far = near | {(0, 3): _MIDDLE, (1, 1): mm(19) + mm(4.5)}
    assert _straightened(made, tracks, far)[1] == mm(19)


def test_its_arrow_keeps_off_another_that_turns_before_the_connector() -> None:
    made = problem(f"{_NODES} 31", "0>2 1>3", lanes=2)
    tracks = tracked(made, _AWAY, ((1, 4), (2, 4), (2, 6), (4, 6), (4, 10)))
    near = {(0, 1): mm(20), (0, 3): _MIDDLE, (1, 1): mm(20) + mm(1.4), (1, 3): mm(39)}
    assert _straightened(made, tracks, near) == ({}, _MIDDLE)
    far = near | {(0, 3): _MIDDLE, (1, 1): mm(20) + mm(1.5)}
    assert _straightened(made, tracks, far)[1] == mm(20)


def test_an_arrow_that_turns_back_has_no_jog() -> None:
    made = problem("00v 01", "0>1", lanes=2)
    # Down from the connector, then up again beside it and over into the next lane from above.
    tracks = tracked(made, ((1, 1), (1, 2), (2, 2), (2, 0), (4, 0), (4, 1)))
    x = {(0, 0): _MIDDLE, (0, 2): mm(18), (0, 4): mm(39)}
    moved: dict[int, Emu] = {}
    Straightener(made, tracks, side_by_side(2, _LANE), widths(made, mm(12)), x, moved).run()
    assert (moved, x[0, 0]) == ({}, _MIDDLE)


def test_a_connector_keeps_off_a_level_arrow() -> None:
    made = problem(f"{_NODES} 21 22", "0>2 4>3", lanes=3)
    x = {(0, 1): _RIGHT, (0, 3): _MIDDLE}
    # From lane 2 to lane 1 in the connector's row, in one case round by lane 0.
    beside = tracked(made, _AWAY, ((7, 7), (4, 7)))
    assert _straightened(made, beside, dict(x))[1] == _RIGHT
    through = tracked(made, _AWAY, ((7, 7), (0, 7), (0, 8), (4, 8), (4, 7)))
    assert _straightened(made, through, x | {(1, 1): mm(3), (1, 3): mm(39)})[1] == _MIDDLE


def test_a_straightened_arrow_has_no_corner_left() -> None:
    made = problem(_NODES, "0>2")
    sizes = tuple((width, mm(8)) for width in widths(made, mm(12)))
    bands = (Band((0,), 0, 0), Band((1, 2), 0, 1))
    plan = Plan(made, sizes, (Path(0, _AWAY),), tracked(made, _AWAY), side_by_side(1, _LANE), bands)
    placed = place(plan)
    (line,) = placed.lines
    # Out of the side of the symbol, then straight down to the middle of the connector.
    assert len(line) == 3
    assert line[1][0] == line[2][0] == placed.boxes[2].centre[0]
    assert line[2][1] == placed.boxes[2].y
