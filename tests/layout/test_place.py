"""Rows grow to hold their tracks, symbols and texts; tracks beside a symbol stay within its height."""

from __future__ import annotations

from itertools import pairwise

import pytest

from sopdocs.layout import settings as s
from sopdocs.layout.grid import Path, Side
from sopdocs.layout.place import Band, Placed, Plan, place
from sopdocs.layout.units import Emu, mm, whole_twips
from tests.layout.problems import problem, side_by_side, tracked, widths

_SYMBOL = mm(12)
_HEIGHT = mm(8)
_TWIP = 635
"""Rows are rounded up to it."""


def _plan(count: int, text: Emu = 0) -> Plan:
    """`count` plain lines from the top of one symbol, over the line above the row, into others beside it."""
    lanes = count + 1
    made = problem(
        " ".join(f"0{lane}" for lane in range(lanes)), " ".join(f"0>{n}" for n in range(1, lanes)), lanes=lanes
    )
    corners = [((1, 1), (1, 0), (3 * n + 1, 0), (3 * n + 1, 1)) for n in range(1, lanes)]
    sizes = tuple((width, _HEIGHT) for width in widths(made, _SYMBOL))
    paths = tuple(Path(n, points) for n, points in enumerate(corners))
    return Plan(made, sizes, paths, tracked(made, *corners), side_by_side(lanes, mm(26)), (Band((0,), text, 0),))


def _levels(placed: Placed) -> list[Emu]:
    """y of the long level stretches, from the top."""
    return sorted(line[1][1] for line in placed.lines)


@pytest.mark.parametrize("count", [1, 2, 4])
def test_a_row_grows_by_one_pitch_for_each_track(count: int) -> None:
    placed = place(_plan(count))
    above = s.RULE_GAP + (count - 1) * s.TRACK_PITCH + s.HEAD_ROOM
    assert placed.heights == (whole_twips(above + _HEIGHT + s.PAD),)
    levels = _levels(placed)
    assert levels[0] >= s.RULE_GAP
    assert [b - a for a, b in pairwise(levels)] == [s.TRACK_PITCH] * (count - 1)
    assert placed.boxes[0].y - levels[-1] >= s.HEAD_ROOM
    assert placed.tight is None


def test_room_to_spare_goes_above_and_below_the_symbols_alike() -> None:
    low, high = place(_plan(1)), place(_plan(1, text=mm(40)))
    assert high.heights == (whole_twips(mm(40)),)
    spare = high.heights[0] - low.heights[0]
    assert high.boxes[0].y - low.boxes[0].y == pytest.approx(spare / 2, abs=_TWIP)


def test_extra_room_is_given_where_it_is_asked_for() -> None:
    plan = _plan(1)
    usual, below = place(plan), place(plan.with_room(0, Side.DOWN, mm(5)))
    assert below.boxes[0].y == pytest.approx(usual.boxes[0].y, abs=_TWIP)
    assert below.heights[0] - below.boxes[0].bottom == pytest.approx(mm(5), abs=_TWIP)
    above = place(plan.with_room(0, Side.UP, mm(9)))
    assert above.boxes[0].y == pytest.approx(mm(9), abs=_TWIP)
    assert above.heights[0] - above.boxes[0].bottom == pytest.approx(s.PAD, abs=_TWIP)
    # What there is anyway is not given once more.
    assert place(plan.with_room(0, Side.UP, mm(1))) == usual


def _crowded(count: int) -> Plan:
    """`count` plain lines that leave one symbol to the right, to symbols below it in other lanes."""
    lanes = count + 1
    nodes = "00 " + " ".join(f"1{lane}" for lane in range(1, lanes))
    made = problem(nodes, " ".join(f"0>{n}" for n in range(1, lanes)), lanes=lanes)
    corners = [((1, 1), (3 * n + 1, 1), (3 * n + 1, 4)) for n in range(1, lanes)]
    sizes = tuple((width, _HEIGHT) for width in widths(made, _SYMBOL))
    paths = tuple(Path(n, points) for n, points in enumerate(corners))
    bands = (Band((0,), 0, 0), Band((1,), 0, 1))
    return Plan(made, sizes, paths, tracked(made, *corners), side_by_side(lanes, mm(26)), bands)


def test_tracks_beside_a_symbol_move_together_rather_than_beyond_it() -> None:
    # 8 mm less 0.3 mm at both ends hold four gaps of 1.5 mm, but not five.
    fits, crowded = place(_crowded(5)), place(_crowded(6))
    assert fits.tight is None
    assert crowded.tight is not None
    box = crowded.boxes[0]
    starts = sorted(line[0][1] for line in crowded.lines)
    assert box.y < starts[0]
    assert starts[-1] < box.bottom
    gaps = [b - a for a, b in pairwise(starts)]
    assert max(gaps) - min(gaps) <= 1
    assert max(gaps) < s.TRACK_PITCH


def test_connectors_stand_at_the_end_of_the_row_they_belong_to() -> None:
    made = problem("00 10v", "0>1")
    corners = ((1, 1), (1, 4))
    sizes = tuple((width, mm(6)) for width in widths(made, _SYMBOL))
    bands = (Band((0, 1), mm(40), 0),)
    placed = place(Plan(made, sizes, (Path(0, corners),), tracked(made, corners), side_by_side(1, mm(26)), bands))
    assert len(placed.heights) == 1
    assert placed.heights[0] - placed.boxes[1].bottom == pytest.approx(s.PAD, abs=_TWIP)
