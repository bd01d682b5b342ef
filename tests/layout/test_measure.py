"""Widths and line breaks with Liberation Sans (2048 units to the em)."""

from __future__ import annotations

from sopdocs.layout import FontData
from sopdocs.layout.measure import TextStyle, break_text, hanging, line_count, text_width
from sopdocs.layout.units import mm, pt, whole_twips
from sopdocs.model import Paragraph, RichText, Run

_NINE = TextStyle(9)


def test_digits_are_1139_units_wide(fonts: FontData) -> None:
    # 4 × 1139 / 2048 × 9 pt = 20.0215 pt = 254 273 EMU.
    assert text_width(fonts, "2023", _NINE) == round(4 * 1139 / 2048 * 9 * 12_700)


def test_lines_break_at_spaces_and_after_hyphens(fonts: FontData) -> None:
    room = text_width(fonts, "surat-", _NINE)
    assert break_text(fonts, "surat-menyurat", _NINE, text_width(fonts, "menyurat", _NINE)) == ["surat-", "menyurat"]
    assert break_text(fonts, "surat surat", _NINE, room) == ["surat", "surat"]
    # No break after a slash: the word is wider than the line and breaks anywhere.
    assert break_text(fonts, "surat/surat", _NINE, room)[0] == "surat/"


def test_a_word_wider_than_the_line_breaks_anywhere(fonts: FontData) -> None:
    # Three digits of 5.005 pt fit into 16 pt, four do not.
    assert break_text(fonts, "1234567", _NINE, pt(16)) == ["123", "456", "7"]


def test_list_items_hang(fonts: FontData) -> None:
    # 1.6 × 9 pt = 14.4 pt for each level, markers in a column of their own.
    assert hanging("1.", 0, _NINE) == pt(14.4)
    assert hanging("a.", 1, _NINE) == pt(28.8)
    item = RichText((Paragraph((Run("12 12"),), "1."),))
    width = text_width(fonts, "12 12", _NINE)
    assert line_count(fonts, item, _NINE, width + pt(14.4)) == 1
    assert line_count(fonts, item, _NINE, width + pt(12.4)) == 2


def test_lengths_round_once() -> None:
    assert mm(1.5) == 54_000
    assert whole_twips(635) == 635
    assert whole_twips(636) == 1270
