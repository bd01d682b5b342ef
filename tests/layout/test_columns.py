"""Widths of columns: no word cut while there is room, lanes as wide as texts allow."""

from __future__ import annotations

import string
import sys
from dataclasses import replace

import pytest

from sopdocs.layout import FontData, Kolom, LayoutSettings, paper
from sopdocs.layout.columns import LANE_NARROWEST, cell_room, cell_text, columns, filling, least_lane, text_height
from sopdocs.layout.geometry import Column
from sopdocs.layout.measure import longest_word
from sopdocs.layout.settings import CELL_ENDS, HEADING, LINE, TEXT
from sopdocs.layout.units import EMU_PER_TWIP, Emu, mm, whole_twips
from sopdocs.model import Kertas, RichText, Sop
from tests.layout.sheets import sheet, told

_LETTERS = string.ascii_letters
_USUAL, _WIDEST, _LIMIT = mm(26), mm(32), mm(38)


def _sheet(lanes: int, steps: int = 3, **fields: str) -> Sop:
    """Steps with these texts, all in the first lane."""
    sop = sheet(_LETTERS[:lanes], " ".join(f"{n}a" for n in range(1, steps + 1)), "")
    texts = {name: RichText.of(text) for name, text in fields.items()}
    table = replace(sop.prosedur[0], langkah=tuple(replace(step, **texts) for step in sop.prosedur[0].langkah))
    return replace(sop, prosedur=(table,))


def _lane(placed: tuple[Column, ...]) -> Emu:
    (width,) = {column.width for column in placed if column.kolom is Kolom.LAJUR}
    return width


def _width(placed: tuple[Column, ...], kolom: Kolom) -> Emu:
    return next(column.width for column in placed if column.kolom is kolom)


def _cut(sop: Sop, settings: LayoutSettings, placed: tuple[Column, ...]) -> set[Kolom]:
    """Columns that cut a word of a step."""
    return {
        column.kolom
        for column in placed
        for step in sop.prosedur[0].langkah
        if column.kolom is not Kolom.LAJUR
        and filling(cell_text(step, column.kolom), settings).word > cell_room(column.width)
    }


@pytest.mark.parametrize("kertas", Kertas)
@pytest.mark.parametrize("lanes", [1, 3, 7, 14, 40])
def test_columns_fill_the_page_in_whole_twips(fonts: FontData, kertas: Kertas, lanes: int) -> None:
    sop = _sheet(lanes, keterangan="SK Camat")
    settings = replace(told(sop, fonts), paper=paper(kertas))
    placed = columns(sop, settings)
    assert all(column.width > 0 and column.width % EMU_PER_TWIP == 0 for column in placed)
    assert [column.x for column in placed] == [sum(c.width for c in placed[:n]) for n in range(len(placed))]
    assert sum(column.width for column in placed) == settings.paper.text_width // EMU_PER_TWIP * EMU_PER_TWIP


def test_lanes_are_never_narrower_than_a_symbol_with_its_arrow_while_the_page_holds_them() -> None:
    assert least_lane(0, mm(300)) == least_lane(18, mm(300)) == LANE_NARROWEST
    assert 0 < least_lane(19, mm(300)) < LANE_NARROWEST
    assert least_lane(40, mm(300)) == int(mm(300) * 0.75) // 40 // EMU_PER_TWIP * EMU_PER_TWIP


@pytest.mark.parametrize("kolom", [Kolom.URAIAN, Kolom.SYARAT, Kolom.OUTPUT, Kolom.KETERANGAN])
def test_no_word_is_cut_while_room_remains(fonts: FontData, kolom: Kolom) -> None:
    text = "Pertanggungjawaban/ketidaksesuaian " + "berkas " * 20
    sop = _sheet(3, **{kolom.value: text})
    settings = told(sop, fonts)
    assert _cut(sop, settings, columns(sop, settings)) == set()


def test_a_word_wider_than_a_quarter_of_the_room_is_not_cut_for_the_sake_of_a_short_text(fonts: FontData) -> None:
    # Widths at which no word is cut add up to 127 mm of the 137 mm that seven lanes leave.
    sop = _sheet(7, uraian="berkas permohonan " * 10, syarat="Pertanggungjawaban/ketidaksesuaian/perundang")
    settings = told(sop, fonts)
    assert _cut(sop, settings, columns(sop, settings)) == set()


def test_a_word_is_cut_only_where_the_page_is_full(fonts: FontData) -> None:
    sop = _sheet(15, syarat="Pertanggungjawaban/ketidaksesuaian", output="Pertanggungjawaban/ketidaksesuaian")
    settings = told(sop, fonts)
    placed = columns(sop, settings)
    assert _lane(placed) == whole_twips(LANE_NARROWEST)
    assert _cut(sop, settings, placed) != set()


def test_lanes_grow_to_comfort_when_texts_are_short(fonts: FontData) -> None:
    sop = _sheet(3)
    assert _WIDEST - mm(1) < _lane(columns(sop, told(sop, fonts))) <= _WIDEST


def _lines(sop: Sop, settings: LayoutSettings, wanted: Emu = 0) -> int:
    """Lines of the rows, which are all alike."""
    placed = columns(sop, settings, wanted)
    return (text_height(sop.prosedur[0].langkah[0], placed, settings) - 2 * CELL_ENDS) // LINE


_WORDS = "Memeriksa kelengkapan berkas permohonan dan mencatatnya dalam buku agenda surat masuk kecamatan".split()


def _busy(count: int, keterangan: str = "") -> Sop:
    text = " ".join((_WORDS * 8)[:count])
    return _sheet(4, uraian=text, syarat="Berkas permohonan", output="Berkas lengkap", keterangan=keterangan)


@pytest.mark.parametrize("count", [1, 4, 8, 12, 24, 48, 96])
def test_lanes_grow_only_while_no_row_gets_higher(fonts: FontData, count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    sop = _busy(count)
    settings = told(sop, fonts)
    lane, lines = _lane(columns(sop, settings)), _lines(sop, settings)
    assert _USUAL <= lane <= _WIDEST
    if lane < _WIDEST - mm(1):
        # They stopped since the next step costs a line.
        assert _lines(sop, settings, lane + mm(2)) > lines
    monkeypatch.setattr(sys.modules[columns.__module__], "_LANE_WIDEST", _USUAL)
    assert lines <= max(_lines(sop, settings), 2)


@pytest.mark.parametrize("count", [4, 24, 96])
def test_a_dash_takes_no_width_from_the_others(fonts: FontData, count: int) -> None:
    dash, empty = _busy(count, "-"), _busy(count)
    settings = told(dash, fonts)
    assert columns(dash, settings) == columns(empty, settings)
    heading = longest_word(fonts, settings.istilah.keterangan, HEADING)
    room = cell_room(_width(columns(dash, settings), Kolom.KETERANGAN))
    assert heading <= room < heading + mm(3)


def test_answers_widen_the_lanes_of_decisions_with_three_branches(fonts: FontData) -> None:
    two = sheet("abc", "1a? 2a 3b 4c", "1a>2a:Dikembalikan 1a>3b:Lengkap")
    three = sheet("abc", "1a? 2a 3b 4c", "1a>2a:Dikembalikan 1a>3b:Lengkap 1a>4c:Ditolak")
    settings = told(two, fonts)
    assert _lane(columns(two, settings)) <= _WIDEST
    assert _WIDEST < _lane(columns(three, settings)) <= _LIMIT
    # No answer widens them beyond the limit.
    endless = sheet("abc", "1a? 2a 3b 4c", f"1a>2a:{'Dikembalikan' * 5} 1a>3b:Lengkap 1a>4c:Ditolak")
    assert _LIMIT - mm(1) < _lane(columns(endless, settings)) <= _LIMIT + EMU_PER_TWIP


def test_wanted_lanes_are_given_as_far_as_texts_keep_their_share(fonts: FontData) -> None:
    sop = _busy(96)
    settings = told(sop, fonts)
    assert mm(35) <= _lane(columns(sop, settings, mm(35))) < mm(36)
    page = settings.paper.text_width
    most = columns(sop, settings, mm(99))
    assert page - 4 * _lane(most) - _width(most, Kolom.NO) >= 0.41 * page


def test_time_has_a_width_of_its_own(fonts: FontData) -> None:
    sop = _sheet(3, waktu="Paling lama empatpuluhlima menit", uraian="berkas " * 90)
    settings = told(sop, fonts)
    placed = columns(sop, settings)
    word = longest_word(fonts, "empatpuluhlima", TEXT)
    assert word <= cell_room(_width(placed, Kolom.WAKTU)) < word + 2 * EMU_PER_TWIP


def test_headings_turn_upright_where_a_word_is_wider_than_its_lane(fonts: FontData) -> None:
    sop = _sheet(2)
    settings = replace(told(sop, fonts), lanes=("Penanggungjawab Kegiatan", "Umum"))
    assert [c.upright for c in columns(sop, settings) if c.kolom is Kolom.LAJUR] == [False, False]
    many = _sheet(14)
    settings = replace(told(many, fonts), lanes=("Penanggungjawab Kegiatan", *["Umum"] * 13))
    assert [c.upright for c in columns(many, settings) if c.kolom is Kolom.LAJUR] == [True] * 14
