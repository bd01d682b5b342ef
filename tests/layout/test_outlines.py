"""Ports of arrows lie on the outline as it is drawn; texts of symbols too narrow for them."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sopdocs.layout import FontData
from sopdocs.layout.geometry import Box, ConnectorShape, SymbolShape
from sopdocs.layout.settings import DIAMOND_HEIGHT, SYMBOL_HEIGHT
from sopdocs.layout.symbols import (
    Outline,
    border_x,
    border_y,
    crammed,
    line_height,
    symbol_size,
    widened,
    without_text,
)
from sopdocs.layout.units import mm
from sopdocs.model import Bentuk, Simbol, SimbolId
from tests.layout.shapes import Polygon, connector_polygon, segment_distance, symbol_polygon

_ID = SimbolId(1, "a")
_BENTUK = {Outline.BOX: Bentuk.PROSES, Outline.CAPSULE: Bentuk.MULAI, Outline.DIAMOND: Bentuk.KEPUTUSAN}
_ROUNDED = 2
"""EMU: both coordinates of a port, and the middle of its symbol, are whole numbers."""
_SAGITTA = 0.0022
"""Between a circle and the polygon of 48 corners that stands for it, as a share of the radius."""

_boxes = st.builds(Box, st.integers(0, mm(50)), st.integers(0, mm(50)), *[st.integers(mm(4), mm(20))] * 2)


def _polygon(shape: Outline, box: Box) -> Polygon:
    if shape.connector:
        return connector_polygon(ConnectorShape(_ID, _ID, box, 0, 0, "", 0, True, shape is Outline.POINT_UP))
    return symbol_polygon(SymbolShape(_ID, _BENTUK[shape], box, 0, 0))


def _off(shape: Outline, box: Box, point: tuple[int, int]) -> float:
    """Distance of a point from the drawn outline."""
    polygon = _polygon(shape, box)
    return min(segment_distance((point, point), edge) for edge in pairwise((*polygon, polygon[0])))


@pytest.mark.parametrize("shape", Outline)
@settings(max_examples=200, derandomize=True, deadline=None, database=None)
@given(box=_boxes, share=st.floats(0, 1), far=st.booleans())
def test_ports_lie_on_the_outline(shape: Outline, box: Box, share: float, far: bool) -> None:
    allowed = _ROUNDED + (_SAGITTA * min(box.width, box.height) / 2 if shape is Outline.CAPSULE else 0)
    x, y = box.x + round(share * box.width), box.y + round(share * box.height)
    assert _off(shape, box, (x, border_y(shape, box, x, below=far))) <= allowed
    assert _off(shape, box, (border_x(shape, box, y, right=far), y)) <= allowed


@settings(max_examples=200, derandomize=True, deadline=None, database=None)
@given(box=_boxes, share=st.floats(0, 1), below=st.booleans())
def test_round_ends_are_circles(box: Box, share: float, below: bool) -> None:
    # Exact, where the polygon is only near: every point of a round end is one radius from its middle.
    radius = min(box.width, box.height) / 2
    x = box.x + round(share * 2 * radius / 2)
    y = border_y(Outline.CAPSULE, box, x, below=below)
    middle = box.x + radius, box.bottom - radius if below else box.y + radius
    assert ((x - middle[0]) ** 2 + (y - middle[1]) ** 2) ** 0.5 == pytest.approx(radius, abs=_ROUNDED)


def test_ports_lie_on_the_side_that_was_asked_for() -> None:
    box = Box(mm(10), mm(20), mm(16), mm(10))
    x, y = box.centre
    for shape in Outline:
        assert (border_y(shape, box, x, below=False), border_y(shape, box, x, below=True)) == (box.y, box.bottom)
        assert (border_x(shape, box, y, right=False), border_x(shape, box, y, right=True)) == (box.x, box.right)


def _symbol(label: str, bentuk: Bentuk = Bentuk.PROSES) -> Simbol:
    return Simbol(_ID, bentuk, label)


def test_a_symbol_grows_no_wider_than_its_text_needs(fonts: FontData) -> None:
    simbol = _symbol("Penandatanganan")
    assert not symbol_size(simbol, mm(11), fonts).fits
    wide = widened(simbol, mm(11), mm(30), fonts)
    assert wide.fits
    assert wide.lines == ("Penandatanganan",)
    assert mm(11) < wide.width < mm(30)
    assert not symbol_size(simbol, wide.width - mm(0.5), fonts).fits


def test_a_symbol_is_widened_until_it_is_low(fonts: FontData) -> None:
    simbol = _symbol("Apakah berkas sudah lengkap?", Bentuk.KEPUTUSAN)
    narrow = symbol_size(simbol, mm(20), fonts)
    wide = widened(simbol, mm(20), mm(40), fonts)
    assert narrow.height > mm(12) or not narrow.fits
    assert wide.fits
    assert wide.height <= mm(12)


def test_without_room_to_widen_the_text_comes_close_to_the_outline(fonts: FontData) -> None:
    simbol = _symbol("Menyetujui")
    wanted = next(w for w in range(mm(8), mm(30), mm(0.1)) if symbol_size(simbol, w, fonts).fits)
    tight = widened(simbol, wanted - mm(0.5), wanted - mm(0.5), fonts)
    assert tight.fits
    assert tight.width == wanted - mm(0.5)


def test_a_text_that_no_width_holds_is_left_out(fonts: FontData) -> None:
    simbol = _symbol("Pertanggungjawaban", Bentuk.KEPUTUSAN)
    assert widened(simbol, mm(11), mm(12), fonts) == without_text(simbol, mm(11))
    assert (without_text(simbol, mm(11)).height, without_text(_symbol("x"), mm(11)).height) == (
        DIAMOND_HEIGHT,
        SYMBOL_HEIGHT,
    )


def test_a_crammed_text_is_whole_and_its_symbol_as_high_as_its_lines(fonts: FontData) -> None:
    label = "Verifikasi pertanggungjawaban keuangan kelurahan " * 3
    size = crammed(_symbol(label), mm(9), fonts)
    assert "".join(size.lines).replace(" ", "") == label.replace(" ", "")
    assert size.height == len(size.lines) * line_height(size.size)
    assert not size.fits
    # A short text leaves the symbol at the height that boxes may have.
    assert crammed(_symbol("Ya"), mm(9), fonts).height == mm(16)
