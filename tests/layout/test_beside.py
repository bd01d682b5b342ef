"""Texts beside shapes: arrows move aside, then rows grow, and what grew in vain shrinks back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sopdocs.layout import FontData, SheetGeometry
from sopdocs.layout.beside import Caption, Written, write
from sopdocs.layout.geometry import JenisLabel
from sopdocs.layout.grid import Path, Side
from sopdocs.layout.labels import BranchLabel
from sopdocs.layout.place import Band, Plan, place
from sopdocs.layout.units import Emu, mm
from tests.layout.problems import problem, side_by_side, tracked, widths
from tests.layout.sheets import drawn, sheet, symbol

_SYMBOL = mm(12)
_DOWN = ((1, 1), (1, 4))


def _plan(lane: Emu, text: Emu = 0) -> Plan:
    """A decision above a step in one lane, the arrow straight down."""
    made = problem("00? 10", "0>1:Ya")
    sizes = tuple((width, mm(10)) for width in widths(made, _SYMBOL))
    bands = (Band((0,), text, 0), Band((1,), text, 1))
    return Plan(made, sizes, (Path(0, _DOWN),), tracked(made, _DOWN), side_by_side(1, lane), bands)


def _answer(width: Emu, height: Emu) -> Caption:
    return Caption("Ya", BranchLabel(("Ya",), width, height), symbol("1a"), 0, 0)


def _own(width: Emu, height: Emu, node: int = 0) -> Caption:
    """The text of a symbol, to stand beside it."""
    return Caption("Setuju?", BranchLabel(("Setuju?",), width, height), symbol("1a"), node, None)


def _heights(written: Written) -> list[float]:
    """Of the rows, in whole millimetres."""
    return [height // mm(1) for height in written.placed.heights]


def test_what_fits_changes_nothing() -> None:
    plan = _plan(mm(20), text=mm(30))
    written = write(plan, (_answer(mm(8), mm(3)), _own(mm(3), mm(3))))
    assert written.plan is plan
    assert written.missing == ()
    assert [label.jenis for label in written.labels] == [JenisLabel.JAWABAN, JenisLabel.LAMBANG]


def test_an_arrow_moves_aside_for_an_answer_wider_than_half_its_lane() -> None:
    plan = _plan(mm(20), text=mm(30))
    written = write(plan, (_answer(mm(10), mm(3)),))
    assert written.missing == ()
    assert written.placed.heights == place(plan).heights
    # 1.8 mm to the right of the middle; the answer stands at the left, clear of the rule.
    assert {x for x, _ in written.placed.lines[0]} == {mm(11.8)}
    (label,) = written.labels
    assert label.box.x >= 0
    assert label.box.right <= mm(11.8)


def test_a_row_grows_for_an_answer_higher_than_its_arrow_is_long() -> None:
    written = write(_plan(mm(20)), (_answer(mm(8), mm(3)),))
    assert written.missing == ()
    assert _heights(written) == [17, 14]
    assert written.plan.aside == {}
    assert {(row, side) for row, side, _ in written.plan.extra} == {(0, Side.DOWN)}


def test_a_row_that_grew_in_vain_shrinks_back() -> None:
    plan, caption = _plan(mm(20)), _answer(mm(15), mm(3))
    written = write(plan, (caption,))
    assert written.missing == (caption,)
    assert written.labels == ()
    assert written.plan.extra == ()
    assert written.placed.heights == place(plan).heights


def test_only_the_row_that_grew_for_something_stays_high() -> None:
    hopeless = _own(mm(30), mm(3), node=1)
    written = write(_plan(mm(20)), (_answer(mm(8), mm(3)), hopeless))
    assert written.missing == (hopeless,)
    assert _heights(written) == [17, 14]


@pytest.mark.parametrize("node", [0, 1])
def test_the_text_of_a_symbol_stands_beside_it_in_its_own_cell(node: int) -> None:
    written = write(_plan(mm(26), text=mm(30)), (_own(mm(4), mm(3), node),))
    (label,) = written.labels
    symbol_box, top = written.placed.boxes[node], sum(written.placed.heights[:node])
    assert label.jenis is JenisLabel.LAMBANG
    assert label.box.x >= symbol_box.right
    assert top < label.box.y
    assert label.box.bottom < top + written.placed.heights[node]


def test_a_row_grows_for_the_text_of_its_symbol() -> None:
    written = write(_plan(mm(20)), (_own(mm(15), mm(3)),))
    assert written.missing == ()
    (label,) = written.labels
    assert label.box.bottom < written.placed.boxes[0].y
    assert {row for row, _, _ in written.plan.extra} == {0}


def _sheet(fonts: FontData, text: str, lanes: int) -> SheetGeometry:
    """Two steps, the first one's symbol bearing a text."""
    sop = sheet("abcdefghijklmno"[:lanes], "1b 2b", "1b>2b")
    first, second = sop.prosedur[0].langkah
    first = replace(first, simbol=(replace(first.simbol[0], label=text),))
    return drawn(replace(sop, prosedur=(replace(sop.prosedur[0], langkah=(first, second)),)), fonts)


def test_a_text_too_long_for_its_symbol_stands_beside_it_on_a_sheet(fonts: FontData) -> None:
    geometry = _sheet(fonts, "Verifikasi pertanggungjawaban", 5)
    (part,) = geometry.parts
    assert geometry.findings == ()
    assert part.symbols[0].lines == ()
    (label,) = part.labels
    assert (label.jenis, label.lines) == (JenisLabel.LAMBANG, ("Verifikasi", "pertanggungjawaban"))


def test_a_text_without_any_place_is_crammed_into_its_symbol_and_told(fonts: FontData) -> None:
    geometry = _sheet(fonts, "Verifikasi pertanggungjawaban", 14)
    (part,) = geometry.parts
    assert [finding.code for finding in geometry.findings] == ["SOP803"]
    assert part.labels == ()
    assert "".join(part.symbols[0].lines) == "Verifikasipertanggungjawaban"
    # The row holds the higher symbol.
    assert part.symbols[0].box.bottom <= part.rows[1].y
