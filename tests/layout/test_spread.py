"""Upright stretches keep their order and distances; short rooms shrink all distances alike."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest

from sopdocs.layout import settings as s
from sopdocs.layout.grid import Kind, Problem
from sopdocs.layout.routes import routed
from sopdocs.layout.spread import Lane, left_of, room_beside, spread
from sopdocs.layout.tracks import Stretch, Tracks, span
from sopdocs.layout.units import Emu, mm, whole_twips
from tests.layout.problems import problem, side_by_side, tangle, tracked, widths

_SYMBOL = mm(12)
_SEEDS = range(60)


def _three(gutter: int = 2) -> tuple[Problem, Tracks]:
    """Three arrows down from one symbol, past the next by a gutter (0 is left, 2 right), into three others."""
    made = problem("00 10 20 30 40", "0>2 0>3 0>4")
    return made, tracked(made, *[((1, 1), (1, 2), (gutter, 2), (gutter, y), (1, y), (1, y + 1)) for y in (6, 9, 12)])


def _passing(made: Problem, tracks: Tracks, lane: int) -> list[tuple[Stretch, ...]]:
    """Groups of stretches that run upright in a lane, in their order from left to right."""
    lines = [n for n, (at, _) in enumerate(made.columns) if at == lane]
    groups = [group for line in lines for group in tracks.groups.get((False, line), ())]
    return sorted(groups, key=lambda group: (group[0].line[1], tracks.level[group[0].wire, group[0].index][0]))


def _gaps(made: Problem, tracks: Tracks, lanes: tuple[Lane, ...], x: dict[tuple[int, int], Emu]) -> list[Emu]:
    """Every distance in the lanes beyond its least."""
    found: list[Emu] = []
    for number, lane in enumerate(lanes):
        groups = _passing(made, tracks, number)
        at = {group: x[group[0].wire, group[0].index] for group in groups}
        found += [min(here - lane.x, lane.x + lane.width - here) - s.BORDER_GAP for here in at.values()]
        for left, right in combinations(groups, 2):
            (low, high), (start, end) = span(left), span(right)
            if low <= end and start <= high:
                found.append(at[right] - at[left] - s.TRACK_PITCH)
        for node, width in zip(made.nodes, widths(made, _SYMBOL), strict=True):
            left, level = left_of(node, width, lane), 2 * (3 * node.row + 1)
            passing = [group for group in groups if node.lane == number and span(group)[0] <= level <= span(group)[1]]
            found += [max(left - at[group], at[group] - left - width) - s.CLEARANCE for group in passing]
    return found


@pytest.mark.parametrize("seed", _SEEDS)
def test_in_lanes_of_the_width_needed_all_distances_hold(seed: int) -> None:
    made = tangle(seed)
    tracks = routed(made, refined=False).tracks
    count = 1 + made.columns[-1][0]
    need = spread(made, tracks, side_by_side(count, mm(14)), widths(made, _SYMBOL), {}).need
    lanes = side_by_side(count, whole_twips(need))
    wide = spread(made, tracks, lanes, widths(made, _SYMBOL), {})
    assert wide.tight is None
    assert min(_gaps(made, tracks, lanes, wide.x), default=0) >= 0


def test_need_is_the_least_width_that_keeps_all_distances() -> None:
    made, tracks = _three()
    lanes, nodes = side_by_side(1, mm(23.5)), widths(made, _SYMBOL)
    found = spread(made, tracks, lanes, nodes, {})
    # Half a symbol of 12 mm, its clearance, two pitches and the distance from the rule: twice that.
    assert found.need == 2 * (mm(6) + s.CLEARANCE + 2 * s.TRACK_PITCH + s.BORDER_GAP) == mm(23.5)
    assert found.tight is None
    narrow = spread(made, tracks, side_by_side(1, mm(23.4)), nodes, {})
    assert narrow.tight in (0, 1, 2)
    assert narrow.need == found.need


@pytest.mark.parametrize("gutter", [0, 2])
def test_in_a_narrow_lane_all_distances_shrink_alike(gutter: int) -> None:
    made, tracks = _three(gutter)
    # 3 mm beside the symbol, where 5.75 mm were needed: 0.4 is the greatest scale tried that fits.
    x = spread(made, tracks, side_by_side(1, mm(14)), widths(made, mm(8)), {}).x
    at = sorted(x[wire, 2] for wire in range(3))
    steps = [mm(11), *at, mm(14)] if gutter else [mm(3), *at[::-1], 0]
    gaps = [abs(b - a) for a, b in pairwise(steps)]
    least = (s.CLEARANCE, s.TRACK_PITCH, s.TRACK_PITCH, s.BORDER_GAP)
    assert [gap >= 0.4 * distance for gap, distance in zip(gaps, least, strict=True)] == [True] * 4
    assert gaps[1] == gaps[2] == round(0.4 * s.TRACK_PITCH)


def test_need_counts_a_connector_that_stands_aside() -> None:
    made = problem("00 10v> 20", "0>2", slots=frozenset({0}))
    tracks = tracked(made, ((2, 1), (2, 2), (4, 2), (4, 6), (2, 6), (2, 7)))
    found = spread(made, tracks, side_by_side(1, mm(30)), widths(made, mm(8)), {})
    assert found.need == 2 * (s.SLOT + mm(3) + s.CLEARANCE + s.BORDER_GAP)


def test_tight_names_an_arrow_of_the_lane_that_is_short_of_room() -> None:
    made = problem("00 10 20 30 40 01 11", "5>6 0>2 0>3 0>4", lanes=2)
    down = [((1, 1), (1, 2), (2, 2), (2, y), (1, y), (1, y + 1)) for y in (6, 9, 12)]
    tracks = tracked(made, ((4, 1), (4, 4)), *down)
    lanes = (Lane(0, mm(20)), Lane(mm(20), mm(14)))
    assert spread(made, tracks, lanes, widths(made, _SYMBOL), {}).tight in (1, 2, 3)
    assert spread(made, tracks, side_by_side(2, mm(24)), widths(made, _SYMBOL), {}).tight is None


def test_an_arrow_has_room_for_its_head_between_gutter_and_symbol() -> None:
    made = problem("00 10", "0>1")
    tracks = tracked(made, ((1, 1), (2, 1), (2, 4), (1, 4)))
    found = spread(made, tracks, side_by_side(1, mm(20)), widths(made, _SYMBOL), {})
    assert found.need == 2 * (mm(6) + s.HEAD_ROOM + s.BORDER_GAP)
    assert found.x[0, 1] - mm(16) >= s.HEAD_ROOM


def test_arrows_down_the_middle_stand_about_the_middle() -> None:
    made = problem("00 10 20", "0>1 0>2")
    tracks = tracked(made, ((1, 1), (1, 4)), ((1, 1), (1, 2), (2, 2), (2, 7), (1, 7)))
    found = spread(made, tracks, side_by_side(1, mm(30)), widths(made, _SYMBOL), {})
    assert sorted([found.x[0, 0], found.x[1, 0]]) == [mm(15) - s.TRACK_PITCH // 2, mm(15) + s.TRACK_PITCH // 2]


def test_aside_moves_a_first_stretch_as_far_as_its_symbol_reaches() -> None:
    made = problem("00 10", "0>1")
    tracks, lanes = tracked(made, ((1, 1), (1, 4))), side_by_side(1, mm(26))

    def at(aside: Emu, symbol: Emu = _SYMBOL) -> Emu:
        return spread(made, tracks, lanes, widths(made, symbol), {0: aside}).x[0, 0]

    assert (at(0), at(mm(1.8)), at(mm(-1.8))) == (mm(13), mm(14.8), mm(11.2))
    # A symbol of 4 mm ends 2 mm from its middle, and a port keeps 0.6 mm from that end.
    assert at(mm(1.8), mm(4)) == mm(14.4)


def test_a_connector_beside_another_stands_one_slot_from_the_middle() -> None:
    lane = Lane(mm(10), mm(30))
    made = problem("00v< 00v 00v>", slots=frozenset({0}))
    lefts = [left_of(node, s.CONNECTOR[0], lane) for node in made.nodes]
    assert lefts == [mm(22) - s.SLOT, mm(22), mm(22) + s.SLOT]


def test_a_symbol_may_grow_up_to_rules_arrows_and_neighbours() -> None:
    made = problem("00 10 20 30v< 30v", "0>2", slots=frozenset({0}))
    tracks = tracked(made, ((2, 1), (4, 1), (4, 7), (2, 7)))
    lanes, nodes = side_by_side(1, mm(30)), widths(made, _SYMBOL)
    x = spread(made, tracks, lanes, nodes, {}).x[0, 1]
    rooms = room_beside(made, tracks, lanes, nodes)
    # The arrow leaves row 0 and enters row 2 with room for a head; it passes row 1.
    assert rooms[0] == rooms[2] == 2 * (x - mm(15) - s.HEAD_ROOM)
    assert rooms[1] == 2 * (x - mm(15) - s.CLEARANCE)
    # Connectors of 6 mm, their middles 8 mm apart: 2 mm lie between them.
    assert rooms[4] == 2 * (mm(3) + mm(2))
    assert room_beside(problem("00"), tracked(problem("00")), lanes, (_SYMBOL,)) == (mm(30) - 2 * mm(0.6),)


def test_a_symbol_leaves_room_for_a_head_that_comes_across_the_rule() -> None:
    # Lines 0 to 2 are the first lane, 3 to 5 the second: up its left neighbour's gutter, then straight into row 1.
    made = problem("00 11", "0>1", lanes=2)
    lanes, nodes = side_by_side(2, mm(30)), widths(made, _SYMBOL)
    bent = tracked(made, ((1, 1), (1, 2), (2, 2), (2, 4), (4, 4)))
    assert room_beside(made, bent, lanes, nodes)[1] == mm(30) - 2 * (s.HEAD_ROOM - s.BORDER_GAP)
    from_above = tracked(made, ((1, 1), (1, 2), (4, 2), (4, 4)))
    assert room_beside(made, from_above, lanes, nodes)[1] == mm(30) - 2 * mm(0.6)


def test_gutters_lie_between_the_rule_and_the_widest_symbol() -> None:
    made = problem("00 10 20", "0>2")
    assert made.columns[2][1] is Kind.RIGHT
    tracks = tracked(made, ((1, 1), (2, 1), (2, 7), (1, 7)))
    at = spread(made, tracks, side_by_side(1, mm(30)), widths(made, _SYMBOL), {}).x[0, 1]
    # 9 mm of gutter, of which 1.25 mm keep off the rule and 2.5 mm off the symbol: the middle of the rest.
    assert mm(30) - at == (s.BORDER_GAP + mm(9) - s.HEAD_ROOM) // 2
