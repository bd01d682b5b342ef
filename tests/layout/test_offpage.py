"""Off-page connectors: where they stand first, and how they change places to spare crossings."""

from __future__ import annotations

from itertools import pairwise

import pytest

from sopdocs.layout import FontData
from sopdocs.layout.geometry import ArrowShape, ConnectorShape
from sopdocs.layout.grid import Kind
from sopdocs.layout.offpage import Off, alternatives, off_page, stack
from sopdocs.layout.part import Drawing, draw_part
from sopdocs.layout.symbols import Outline
from sopdocs.layout.units import Emu, mm
from sopdocs.model import Alur
from tests.layout.sheets import framed, heights, sheet, symbol

_L, _M, _R = Kind.SLOT_LEFT, Kind.MIDDLE, Kind.SLOT_RIGHT
_WIDE, _NARROW = mm(26), mm(24)


def _off(kind: Kind, lane: int = 0, depth: int = 0, *, at_top: bool = False) -> Off:
    return Off(Alur(symbol("1a"), symbol("9a")), lane, at_top, True, depth, kind)


def _arrangements(offs: tuple[Off, ...], *tangled: int) -> list[tuple[Kind, ...]]:
    return [tuple(off.kind for off in other) for other in alternatives(offs, frozenset(tangled))]


def test_two_side_by_side_may_change_places_or_turn_to_the_other_side() -> None:
    assert _arrangements((_off(_M), _off(_L)), 0) == [(_L, _M), (_M, _R), (_R, _M)]


def test_three_side_by_side_have_five_other_orders() -> None:
    found = _arrangements((_off(_M), _off(_L), _off(_R)), 2)
    assert len(found) == len(set(found)) == 5
    assert all(set(kinds) == {_L, _M, _R} for kinds in found)


def test_connectors_change_places_only_in_a_row_that_is_tangled() -> None:
    # Two in lane 0, two in lane 1, one alone, two more in a second row and two at the top.
    row = (_off(_M), _off(_L))
    offs = (*row, _off(_M, 1), _off(_L, 1), _off(_M, 2), _off(_M, 0, 1), _off(_L, 0, 1), _off(_M, at_top=True))
    assert _arrangements(offs) == []
    assert _arrangements(offs, 4, 7) == []
    found = _arrangements(offs, 3)
    assert len(found) == 3
    assert all(kinds[:2] + kinds[4:] == (_M, _L, _M, _M, _L, _M) for kinds in found)


def _placed(flow: str, width: Emu = _WIDE) -> list[tuple[str, Kind, int]]:
    """(start or end of the edge, place, depth) of the connectors of steps 1 to 4 of eight."""
    sop = sheet("a", "1a 2a 3a 4a 5a 6a 7a 8a", flow)
    offs = off_page(sop.prosedur[0], (0, 4), {"a": 0}, width)
    return [(str(off.alur.dari), off.kind, off.depth) for off in offs]


def test_the_nearest_symbol_has_its_connector_straight_below() -> None:
    assert _placed("1a>6a 4a>5a 2a>7a") == [("4.a", _M, 0), ("2.a", _L, 0), ("1.a", _R, 0)]


def test_more_than_three_stand_in_rows_of_two() -> None:
    assert _placed("1a>5a 2a>6a 3a>7a 4a>8a") == [("4.a", _M, 0), ("3.a", _L, 0), ("2.a", _M, 1), ("1.a", _L, 1)]


def test_in_a_narrow_lane_connectors_stand_one_below_another() -> None:
    assert _placed("2a>7a 4a>5a", _NARROW) == [("4.a", _M, 0), ("2.a", _M, 1)]


def test_connectors_point_the_way_the_flow_goes() -> None:
    table = sheet("a", "1a 2a 3a 4a", "1a>2a 3a>4a 4a>1a 2a>1a").prosedur[0]
    offs = off_page(table, (1, 3), {"a": 0}, _WIDE)
    found = {(str(off.alur.dari), str(off.alur.ke)): (off.at_top, off.keluar, off.outline) for off in offs}
    assert found == {
        ("1.a", "2.a"): (True, False, Outline.POINT_DOWN),
        ("3.a", "4.a"): (False, True, Outline.POINT_DOWN),
        ("2.a", "1.a"): (True, True, Outline.POINT_UP),
    }
    assert (stack(offs, at_top=True), stack(offs, at_top=False)) == (1, 1)


def _crossings(arrows: tuple[ArrowShape, ...]) -> int:
    """Points at which a level and an upright segment of two arrows cross."""
    segments = [(arrow, *sorted(pair)) for arrow in arrows for pair in pairwise(arrow.points)]
    level = [(arrow, a, b) for arrow, a, b in segments if a[1] == b[1]]
    upright = [(arrow, a, b) for arrow, a, b in segments if a[0] == b[0]]
    return sum(
        one is not two and a[0] < c[0] < b[0] and c[1] < a[1] < d[1] for one, a, b in level for two, c, d in upright
    )


def _first(fonts: FontData, steps: str, flow: str, *, refined: bool) -> Drawing:
    """The first three steps on a page of their own."""
    sop = sheet("abc", steps, flow)
    frame = framed(sop, fonts)
    return draw_part(sop.prosedur[0], (0, 3), heights(sop, frame), frame, refined=refined)


def _leaving(drawing: Drawing, start: str) -> ConnectorShape:
    return next(connector for connector in drawing.connectors if connector.dari == symbol(start))


@pytest.mark.parametrize(("side", "crossings"), [("a", 1), ("c", 0)])
def test_connectors_change_places_to_spare_a_crossing(fonts: FontData, side: str, crossings: int) -> None:
    # Step 2 stands at one side of lane b and leads back into it; the arrow from 1b wants the other side.
    steps, flow = f"1b 2{side} 3b 4b 5b", f"1b>2{side} 2{side}>3b 3b>4b 1b>5b"
    plain, refined = (_first(fonts, steps, flow, refined=better) for better in (False, True))
    assert (_crossings(plain.arrows), _crossings(refined.arrows)) == (crossings, 0)
    assert _leaving(plain, "1b").box.x < _leaving(plain, "3b").box.x
    right = _leaving(refined, "1b").box.x > _leaving(refined, "3b").box.x
    assert right is (side == "a")
