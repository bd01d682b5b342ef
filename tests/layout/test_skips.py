"""The page that an edge skipping pages goes to is named beside its connector."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sopdocs.layout import FontData
from sopdocs.layout.geometry import (
    ArrowShape,
    Box,
    Column,
    ConnectorShape,
    JenisLabel,
    Kolom,
    Row,
    SymbolShape,
    TablePart,
)
from sopdocs.layout.labels import gap
from sopdocs.layout.skips import name_pages
from sopdocs.layout.units import mm
from sopdocs.model import Bentuk
from tests.layout.sheets import symbol

_LANE = mm(26)
_COLUMNS = (
    Column(Kolom.NO, "No", 0, mm(9)),
    Column(Kolom.LAJUR, "A", mm(9), _LANE, "a"),
    Column(Kolom.LAJUR, "B", mm(9) + _LANE, _LANE, "b"),
)
_ROW = Row(0, mm(20), mm(30))


def _off(x: int = mm(19), *, halaman: int = 4, keluar: bool = True, ke: str = "9a") -> ConnectorShape:
    """A connector of 6 mm at `x`, whose other half stands on page `halaman`."""
    return ConnectorShape(symbol("1a"), symbol(ke), Box(x, mm(40), mm(6), mm(6)), 0, 0, "1", halaman, keluar, False)


def _part(*offs: ConnectorShape, arrows: tuple[ArrowShape, ...] = ()) -> TablePart:
    return TablePart(0, 1, False, "", (mm(5), mm(5), mm(5)), (_ROW,), connectors=offs, arrows=arrows)


@pytest.mark.parametrize(("halaman", "texts"), [(2, []), (3, ["hal. 3"]), (12, ["hal. 12"])])
def test_only_an_edge_that_skips_a_page_is_named(fonts: FontData, halaman: int, texts: list[str]) -> None:
    part = name_pages(_part(_off(halaman=halaman)), _COLUMNS, fonts)
    assert [label.text for label in part.labels] == texts
    assert all(label.jenis is JenisLabel.HALAMAN for label in part.labels)


def test_going_back_is_named_as_well(fonts: FontData) -> None:
    part = replace(_part(_off(halaman=1)), page=3)
    assert [label.text for label in name_pages(part, _COLUMNS, fonts).labels] == ["hal. 1"]


@pytest.mark.parametrize(("keluar", "own"), [(True, "1a"), (False, "9a")])
def test_the_name_belongs_to_the_symbol_on_this_page(fonts: FontData, keluar: bool, own: str) -> None:
    (label,) = name_pages(_part(_off(keluar=keluar)), _COLUMNS, fonts).labels
    assert label.dari == symbol(own)


def test_it_stands_close_within_the_lane_and_off_the_connector(fonts: FontData) -> None:
    off = _off(mm(12))
    (label,) = name_pages(_part(off), _COLUMNS, fonts).labels
    assert not label.box.overlaps(off.box)
    assert gap(label.box, off.box) <= mm(1)
    assert mm(9) <= label.box.x
    assert label.box.right <= mm(9) + _LANE


def test_it_goes_to_the_other_side_when_one_is_taken(fonts: FontData) -> None:
    off = _off(mm(19))
    free = name_pages(_part(off), _COLUMNS, fonts).labels[0].box
    taken = SymbolShape(symbol("2a"), Bentuk.PROSES, free, 0, 0)
    (label,) = name_pages(replace(_part(off), symbols=(taken,)), _COLUMNS, fonts).labels
    assert not label.box.overlaps(free)


def test_it_keeps_off_arrows_and_their_heads(fonts: FontData) -> None:
    off = _off(mm(19))
    down = ArrowShape(symbol("1a"), symbol("9a"), ((mm(22), mm(25)), (mm(22), mm(40))), head=True)
    walls = tuple(
        ArrowShape(symbol("2a"), symbol("3a"), ((x, mm(21)), (x, mm(49))), head=False) for x in (mm(17.5), mm(26.5))
    )
    for label in name_pages(_part(off, arrows=(down, *walls)), _COLUMNS, fonts).labels:
        for arrow in (down, *walls):
            (x0, y0), (_, y1) = arrow.points
            assert not label.box.overlaps(Box(x0 - mm(0.5), y0, mm(1), y1 - y0))
        assert not label.box.overlaps(Box(mm(22) - mm(1), mm(38), mm(2), mm(2)))


def test_without_room_it_is_left_out(fonts: FontData) -> None:
    low = replace(_part(_off()), rows=(Row(0, mm(39.5), mm(7)),))
    narrow = tuple(replace(c, x=mm(18.5), width=mm(7)) if c.lane == "a" else c for c in _COLUMNS[:2])
    assert name_pages(low, narrow, fonts).labels == ()


def test_it_is_never_nearer_to_another_connector(fonts: FontData) -> None:
    left, right = _off(mm(11)), _off(mm(19), halaman=2, ke="8a")
    for label in name_pages(_part(left, right), _COLUMNS, fonts).labels:
        assert gap(label.box, left.box) <= gap(label.box, right.box)


def test_two_names_do_not_overlap(fonts: FontData) -> None:
    labels = name_pages(_part(_off(mm(11)), _off(mm(27), ke="8a")), _COLUMNS, fonts).labels
    assert len(labels) == 2
    assert not labels[0].box.overlaps(labels[1].box)
