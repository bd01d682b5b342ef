"""Which rows stand on which page."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest

from sopdocs.layout import FontData, SheetGeometry
from sopdocs.layout.pages import Filler, Overflow, Rooms, paginate
from sopdocs.layout.part import draw_part
from sopdocs.layout.settings import EDGES, SPACER
from sopdocs.layout.units import Emu, mm
from sopdocs.model import Sop
from tests.layout.sheets import drawn, framed, heights, sheet, told

_ROW = mm(14)
_CONNECTORS = mm(18)
"""What a page is guessed to lose to connectors."""


def _chain(count: int, more: str = "") -> Sop:
    """Steps in one lane, each leading to the next, and further edges."""
    names = [f"{n}a" for n in range(1, count + 1)]
    return sheet("ab", " ".join(names), " ".join(f"{x}>{y}" for x, y in itertools.pairwise(names)) + f" {more}")


def _filler(sop: Sop, fonts: FontData, rooms: Rooms) -> Filler:
    frame = framed(sop, fonts)
    return Filler(sop.prosedur[0], heights(sop, frame), frame, rooms)


def _guessed(rows: int, tail: Emu = 0) -> Rooms:
    """Pages that are guessed to hold that many rows."""
    whole = rows * _ROW + _CONNECTORS
    return Rooms(whole, whole, whole, tail)


def _needed(sop: Sop, fonts: FontData, count: int) -> Emu:
    """Height of the first rows with their connectors."""
    frame = framed(sop, fonts)
    return draw_part(sop.prosedur[0], (0, count), heights(sop, frame), frame, refined=False).height


def test_a_break_that_cuts_fewer_arrows_is_worth_a_shorter_page(fonts: FontData) -> None:
    # The second edge passes the breaks after rows 5, 6 and 7.
    filler = _filler(_chain(10, "5a>8a"), fonts, _guessed(7))
    assert filler.cuts[1:] == [1, 1, 1, 1, 2, 2, 2, 1, 1, 0]
    assert filler.candidates(0, 6, 1) == [4, 3, 6, 5]


def test_a_break_that_cuts_fewer_arrows_is_not_worth_a_further_page(fonts: FontData) -> None:
    # After 6 of 13 rows a page holds the rest, after 5 it does not.
    filler = _filler(_chain(13, "5a>8a"), fonts, _guessed(7))
    assert [filler.pages_for(start) for start in (6, 5)] == [1, 2]
    assert filler.candidates(0, 6, 1) == [6, 4, 3, 5]


def test_the_last_page_takes_all_rows_that_fit(fonts: FontData) -> None:
    assert _filler(_chain(6, "2a>5a"), fonts, _guessed(7)).candidates(0, 6, 1) == [6, 5, 4, 3]


def test_the_signature_counts_as_a_page_where_it_does_not_fit(fonts: FontData) -> None:
    sop = _chain(7)
    assert _filler(sop, fonts, _guessed(7)).pages_for(0) == 1
    assert _filler(sop, fonts, _guessed(7, tail=1)).pages_for(0) == 2
    assert _filler(sop, fonts, _guessed(7, tail=_ROW)).pages_for(1) == 1


def test_the_signature_takes_rows_with_it(fonts: FontData) -> None:
    sop = _chain(6)
    room = _needed(sop, fonts, 6)
    assert _filler(sop, fonts, Rooms(room, room, room, 0)).counts(fresh=True) == (6,)
    tight = _filler(sop, fonts, Rooms(room, room, room, 1)).counts(fresh=True)
    assert sum(tight) == 6
    assert len(tight) == 2
    assert min(tight) > 1


def test_a_procedure_starts_below_the_identity_block_with_three_rows(fonts: FontData) -> None:
    sop = _chain(9)
    whole = _needed(sop, fonts, 9)
    three = _needed(sop, fonts, 3)
    assert _filler(sop, fonts, Rooms(three, whole, whole, 0)).counts(fresh=False) == (3, 6)
    # One unit less: the procedure turns the page first.
    assert _filler(sop, fonts, Rooms(three - 1, whole, whole, 0)).counts(fresh=False) == (0, 9)


def test_a_procedure_of_two_rows_needs_room_for_both(fonts: FontData) -> None:
    sop = _chain(2)
    both = _needed(sop, fonts, 2)
    assert _filler(sop, fonts, Rooms(both, both, both, 0)).counts(fresh=False) == (2,)
    assert _filler(sop, fonts, Rooms(both - 1, both, both, 0)).counts(fresh=False) == (0, 2)


def test_a_row_higher_than_any_page_still_gets_one(fonts: FontData) -> None:
    assert _filler(_chain(3), fonts, Rooms(1, 1, 1, 0)).counts(fresh=True) == (1, 1, 1)


def test_a_row_that_leaves_no_room_for_the_signature_is_told(fonts: FontData) -> None:
    sop = _chain(2)
    frame = framed(sop, fonts)
    rows = (_ROW, frame.settings.paper.text_height - EDGES - SPACER - sum(frame.header) - mm(30))

    def over(after: Emu) -> tuple[Overflow, ...]:
        settings = replace(frame.settings, after=after)
        return paginate(sop.prosedur, (rows,), replace(frame, settings=settings)).overflow

    assert over(mm(10)) == ()
    assert over(mm(31)) == (Overflow(0, 1, signature=True),)


def _pages(geometry: SheetGeometry) -> list[tuple[int, bool, int]]:
    return [(part.page, part.new_page, len(part.rows)) for part in geometry.parts]


@pytest.mark.parametrize(("before", "pages_before"), [(0, 0), (mm(30), 0), (0, 1), (mm(30), 2)])
def test_a_page_of_its_own_is_turned_to_only_from_a_page_with_something_on_it(
    fonts: FontData, before: Emu, pages_before: int
) -> None:
    geometry = drawn(_chain(4), fonts, before=before, pages_before=pages_before, new_page=True)
    turned = before > 0 or pages_before > 0
    assert _pages(geometry) == [(1 + pages_before + turned, turned, 4)]
    assert geometry.pages == 1 + pages_before + turned


def test_a_second_procedure_follows_on_the_same_page(fonts: FontData) -> None:
    sop = _chain(4)
    twice = Sop("s", "S", "camat", sop.pelaksana, (*sop.prosedur, *sop.prosedur), spans=sop.spans)
    geometry = drawn(twice, fonts)
    assert [(part.prosedur, part.page, part.new_page) for part in geometry.parts] == [(0, 1, False), (1, 1, False)]
    assert geometry.parts[1].top > geometry.parts[0].top + geometry.parts[0].height


def test_the_sheet_ends_with_the_page_that_bears_the_signature(fonts: FontData) -> None:
    sop = _chain(4)
    height = told(sop, fonts).paper.text_height
    part = drawn(sop, fonts).parts[0]
    left = height - EDGES - part.top - part.height
    assert drawn(sop, fonts, after=left).pages == 1
    over = drawn(sop, fonts, after=left + 1)
    assert over.pages == 2
    assert [len(part.rows) for part in over.parts] == [2, 2]
