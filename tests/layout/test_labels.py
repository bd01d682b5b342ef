"""Answers stand near the start of their branch, clear of everything; texts of symbols in their own cell."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sopdocs.layout import settings as s
from sopdocs.layout.geometry import Box, Point
from sopdocs.layout.labels import Obstacles, Surroundings, find_place, find_room
from sopdocs.layout.symbols import Outline
from sopdocs.layout.units import Emu, mm

_LABEL = mm(8), mm(3)
_GAP = s.LABEL_GAP
_LANES = Box(0, 0, mm(120), mm(100))
_DOWN = (mm(60), mm(20)), (mm(60), mm(60))
_LEVEL = (mm(40), mm(50)), (mm(90), mm(50))


def _empty(line: tuple[Point, ...]) -> Obstacles:
    """Nothing but the branch itself."""
    return Obstacles((), (), (line,), (), _LANES)


def _placed(line: tuple[Point, ...], obstacles: Obstacles, size: tuple[Emu, Emu] = _LABEL) -> Box:
    found = find_place(line, size, Surroundings(obstacles))
    assert found is not None
    return found


def test_an_answer_stands_right_of_the_start_of_a_branch_that_goes_down() -> None:
    assert _placed(_DOWN, _empty(_DOWN)) == Box(mm(60) + _GAP, mm(20) + _GAP, *_LABEL)


def test_an_answer_stands_above_the_start_of_a_level_branch() -> None:
    box = _placed(_LEVEL, _empty(_LEVEL))
    assert box == Box(mm(40) + _GAP, mm(50) - _GAP - mm(3), *_LABEL)
    back = _LEVEL[::-1]
    assert _placed(back, _empty(back)).right == mm(90) - _GAP


def test_a_branch_upwards_has_its_answer_above_its_start() -> None:
    up = _DOWN[::-1]
    assert _placed(up, _empty(up)).bottom == mm(60) - _GAP


def test_the_other_side_is_nearer_than_further_along() -> None:
    taken = Box(mm(61), mm(20), mm(10), mm(4))
    assert _placed(_DOWN, replace(_empty(_DOWN), labels=(taken,))).right == mm(60) - _GAP


@pytest.mark.parametrize(
    "obstacle",
    [
        {"labels": (Box(mm(30), mm(20), mm(60), mm(9)),)},
        {"symbols": ((Outline.BOX, Box(mm(30), mm(20), mm(60), mm(9))),)},
        {"symbols": ((Outline.DIAMOND, Box(mm(30), mm(10), mm(60), mm(16))),)},
        {"rules": (((mm(0), mm(22)), (mm(120), mm(22))),)},
    ],
    ids=["label", "box", "diamond", "rule"],
)
def test_what_stands_at_the_start_pushes_the_answer_along(obstacle: dict[str, object]) -> None:
    around = replace(_empty(_DOWN), **obstacle)
    box = _placed(_DOWN, around)
    assert box.y > mm(20) + _GAP
    assert Surroundings(around).free(box)
    # One step back it would touch: the place is the nearest there is.
    assert not Surroundings(around).free(replace(box, y=box.y - mm(0.75)))


def test_an_answer_stands_nearer_to_its_own_branch_than_to_another_arrow() -> None:
    crossing = ((mm(0), mm(22)), (mm(120), mm(22)))
    box = _placed(_DOWN, replace(_empty(_DOWN), lines=(_DOWN, crossing)))
    beside = min(abs(box.x - mm(60)), abs(box.right - mm(60)))
    assert box.y - mm(22) > beside or mm(22) - box.bottom > beside


def test_a_rule_may_touch_an_answer_but_not_cut_it() -> None:
    rule = ((mm(0), mm(20)), (mm(120), mm(20)))
    around = Surroundings(replace(_empty(_DOWN), lines=(), rules=(rule,)))
    assert around.free(Box(mm(70), mm(20), *_LABEL))
    assert not around.free(Box(mm(70), mm(20) - 1, *_LABEL))


def test_an_arrow_keeps_its_gap_and_a_symbol_its_clearance() -> None:
    around = Surroundings(_empty(_DOWN))
    assert around.free(Box(mm(60) + _GAP, mm(30), *_LABEL))
    assert not around.free(Box(mm(60) + _GAP - 2, mm(30), *_LABEL))
    symbol = Surroundings(Obstacles(((Outline.BOX, Box(0, 0, mm(10), mm(10))),), (), (), (), _LANES))
    assert symbol.free(Box(mm(10) + s.LABEL_CLEAR, 0, *_LABEL))
    assert not symbol.free(Box(mm(10) + s.LABEL_CLEAR - 1, 0, *_LABEL))


@pytest.mark.parametrize(
    ("line", "beside"),
    [
        (((mm(60), mm(20)), (mm(60), mm(50))), Box(mm(60.8), mm(46), *_LABEL)),
        (((mm(60), mm(80)), (mm(60), mm(50))), Box(mm(60.8), mm(51), *_LABEL)),
        (((mm(20), mm(50)), (mm(60), mm(50))), Box(mm(50), mm(50.8), *_LABEL)),
        (((mm(90), mm(50)), (mm(60), mm(50))), Box(mm(61), mm(50.8), *_LABEL)),
    ],
    ids=["down", "up", "right", "left"],
)
def test_answers_keep_off_arrowheads(line: tuple[Point, ...], beside: Box) -> None:
    # The head is 2.4 mm wide and 2.2 mm long, so 0.8 mm beside the line is enough only before it.
    around = Surroundings(_empty(line))
    assert not around.free(beside)
    (x0, y0), (x1, y1) = line
    back = mm(5)
    away = replace(beside, x=beside.x + (back if x1 < x0 else -back if x1 > x0 else 0))
    away = replace(away, y=away.y + (back if y1 < y0 else -back if y1 > y0 else 0))
    assert around.free(away)


def test_an_answer_may_stand_over_the_slope_of_its_diamond_but_not_in_it() -> None:
    diamond = Box(0, 0, mm(20), mm(10))
    around = Surroundings(Obstacles(((Outline.DIAMOND, diamond),), (), (), (), _LANES.grown(mm(20))))
    # At 5 mm from the middle the outline has come down 2.5 mm.
    assert around.free(Box(mm(15) + s.LABEL_CLEAR, mm(-0.7), mm(8), mm(3)))
    assert not around.free(Box(mm(15), mm(0.5), mm(8), mm(3)))


def test_no_answer_farther_from_its_start_than_another_could_be() -> None:
    long = (mm(60), mm(0)), (mm(60), mm(100))
    first = Box(0, 0, mm(120), mm(41))
    assert find_place(long, _LABEL, Surroundings(replace(_empty(long), labels=(first,)))) is None
    some = replace(first, height=mm(30))
    assert _placed(long, replace(_empty(long), labels=(some,))).y < mm(32)


def test_no_answer_leaves_the_lanes() -> None:
    edge = (mm(119), mm(20)), (mm(119), mm(60))
    assert _placed(edge, _empty(edge)).right == mm(119) - _GAP
    narrow = replace(_empty(edge), bounds=Box(mm(112), 0, mm(8), mm(100)))
    assert find_place(edge, _LABEL, Surroundings(narrow)) is None


def test_an_answer_that_was_placed_is_in_the_way_of_the_next() -> None:
    around = Surroundings(_empty(_DOWN))
    first = find_place(_DOWN, _LABEL, around)
    assert first is not None
    around.add(first)
    second = find_place(_DOWN, _LABEL, around)
    assert second is not None
    assert not first.overlaps(second)


_CELL = Box(mm(30), mm(40), mm(30), mm(20))


def _beside(symbol: Box, *labels: Box, size: tuple[Emu, Emu] = _LABEL) -> Box | None:
    around = Surroundings(Obstacles(((Outline.BOX, symbol),), labels, (), (), _LANES))
    return find_room(symbol, _CELL, size, around)


def test_the_text_of_a_symbol_stands_right_of_it_then_left() -> None:
    symbol = Box(mm(40), mm(46), mm(10), mm(8))
    right = Box(symbol.right + _GAP, symbol.centre[1] - mm(1.5), *_LABEL)
    assert _beside(symbol) == right
    taken = Box(symbol.right, _CELL.y, mm(20), _CELL.height)
    assert _beside(symbol, taken) == replace(right, x=symbol.x - _GAP - mm(8))


def test_a_text_wider_than_the_room_at_its_sides_stands_above_or_below() -> None:
    symbol = Box(mm(40), mm(46), mm(10), mm(8))
    wide = mm(16), mm(3)
    above = _beside(symbol, size=wide)
    assert above is not None
    assert above.bottom == symbol.y - _GAP
    taken = Box(_CELL.x, _CELL.y, _CELL.width, mm(6))
    below = _beside(symbol, taken, size=wide)
    assert below is not None
    assert below.y == symbol.bottom + _GAP


def test_the_text_of_a_symbol_never_leaves_its_cell() -> None:
    symbol = Box(mm(40), mm(46), mm(10), mm(8))
    # Free all around, but outside the cell.
    taken = Box(_CELL.x, _CELL.y, _CELL.width, _CELL.height)
    assert _beside(symbol, taken) is None
    assert _beside(symbol, size=(mm(31), mm(3))) is None
    whole = _beside(symbol, size=(_CELL.width - 2 * mm(0.4), mm(3)))
    assert whole is not None
    assert _CELL.x < whole.x
    assert whole.right < _CELL.right
