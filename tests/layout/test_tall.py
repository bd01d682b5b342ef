"""Rows taller than a page are cut at a line, and lose nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sopdocs.layout import FontData
from sopdocs.layout.columns import columns
from sopdocs.layout.geometry import Column, Kolom
from sopdocs.layout.measure import line_count
from sopdocs.layout.settings import CELL_SIDE, MEASURE_SLACK, TEXT, LayoutSettings
from sopdocs.layout.tall import split_tall
from sopdocs.model import Langkah, Paragraph, Prosedur, RichText, Run, Sop
from tests.layout.sheets import sheet, told


def _long(**cells: RichText) -> Sop:
    """Two steps, the second with other cells."""
    sop = sheet("ab", "1a 2b", "1a>2b")
    first, second = sop.prosedur[0].langkah
    return replace(sop, prosedur=(replace(sop.prosedur[0], langkah=(first, replace(second, **cells))),))


def _cut(sop: Sop, fonts: FontData, lines: int, tail: int = 0) -> tuple[Prosedur, tuple[Column, ...], LayoutSettings]:
    settings = told(sop, fonts)
    placed = columns(sop, settings)
    return split_tall(sop.prosedur[0], placed, lines, settings, tail), placed, settings


def _lines(text: RichText, kolom: Kolom, placed: tuple[Column, ...], settings: LayoutSettings) -> int:
    width = next(column.width for column in placed if column.kolom is kolom)
    return line_count(settings.fonts, text, TEXT, width - 2 * CELL_SIDE - MEASURE_SLACK)


def _pieces(table: Prosedur) -> tuple[Langkah, ...]:
    return table.langkah[1:]


_WORDS = " ".join(f"kata{n}" for n in range(300))


def test_rows_that_fit_stay_as_they_are(fonts: FontData) -> None:
    sop = _long()
    assert _cut(sop, fonts, 10)[0] == sop.prosedur[0]


@pytest.mark.parametrize("lines", [1, 2, 7])
def test_no_piece_has_more_lines_and_no_word_is_lost(fonts: FontData, lines: int) -> None:
    table, placed, settings = _cut(_long(uraian=RichText.of(_WORDS)), fonts, lines)
    pieces = _pieces(table)
    assert max(_lines(step.uraian, Kolom.URAIAN, placed, settings) for step in pieces) == lines
    assert " ".join(step.uraian.text for step in pieces).split() == _WORDS.split()


def test_only_the_first_piece_has_number_symbols_and_the_short_cells(fonts: FontData) -> None:
    table, _, _ = _cut(_long(uraian=RichText.of(_WORDS), output=RichText.of("Surat")), fonts, 5)
    first, *rest = _pieces(table)
    assert (first.nomor, len(first.simbol), first.output.text) == (2, 1, "Surat")
    assert rest
    assert {(step.nomor, step.simbol, step.output.text) for step in rest} == {(0, (), "")}


def test_two_long_cells_are_cut_together(fonts: FontData) -> None:
    text = RichText.of(_WORDS)
    table, placed, settings = _cut(_long(uraian=text, syarat=text), fonts, 6)
    for kolom in (Kolom.URAIAN, Kolom.SYARAT):
        cells = [getattr(step, kolom.value) for step in _pieces(table)]
        assert " ".join(cell.text for cell in cells).split() == _WORDS.split()
        assert max(_lines(cell, kolom, placed, settings) for cell in cells) <= 6


def test_the_signature_takes_lines_from_the_last_step_alone(fonts: FontData) -> None:
    text = RichText.of(_WORDS)
    sop = _long(uraian=text)
    both = replace(sop.prosedur[0], langkah=tuple(replace(s, uraian=text) for s in sop.prosedur[0].langkah))
    table, placed, settings = _cut(replace(sop, prosedur=(both,)), fonts, 10, tail=4)
    start = next(n for n, step in enumerate(table.langkah) if step.nomor == 2)
    heights = [_lines(step.uraian, Kolom.URAIAN, placed, settings) for step in table.langkah]
    assert max(heights[:start]) == 10
    assert max(heights[start:]) == 6
    assert _cut(sop, fonts, 3, tail=9)[0].langkah, "at least one line remains"


def test_a_list_keeps_its_markers_at_the_first_line_of_each_point(fonts: FontData) -> None:
    points = tuple(Paragraph((Run("berkas " * 30),), f"{n}.") for n in range(1, 6))
    table, _, _ = _cut(_long(uraian=RichText(points)), fonts, 4)
    markers = [p.marker for step in _pieces(table) for p in step.uraian.paragraphs if p.marker]
    assert markers == ["1.", "2.", "3.", "4.", "5."]
    words = [word for step in _pieces(table) for p in step.uraian.paragraphs for word in p.text.split()]
    assert words == ["berkas"] * 150


def test_looks_survive_the_cut(fonts: FontData) -> None:
    runs = (Run("tebal " * 60, bold=True), Run("miring " * 60, italic=True), Run("biasa " * 60))
    table, _, _ = _cut(_long(uraian=RichText((Paragraph(runs),))), fonts, 3)
    found = [run for step in _pieces(table) for p in step.uraian.paragraphs for run in p.runs]
    for word, bold, italic in (("tebal", True, False), ("miring", False, True), ("biasa", False, False)):
        mine = " ".join(run.text for run in found if (run.bold, run.italic) == (bold, italic)).split()
        assert mine == [word] * 60
