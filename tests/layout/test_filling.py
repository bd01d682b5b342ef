"""A text measured once fills columns of any width as the line breaker does."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from sopdocs.layout import FontData
from sopdocs.layout.measure import Filling, TextStyle, break_runs, hanging, line_count, text_width
from sopdocs.layout.units import mm, pt
from sopdocs.model import Paragraph, RichText, Run

_NINE = TextStyle(9)
_PIECES = ("berkas", "dan", "e-mail", "surat-menyurat", "a", "-", "--", " ", "  ", "\n", "\n\n", "/", "2023", "\t")
_LONG = "pertanggungjawaban/ketidaksesuaian"

_runs = st.builds(
    Run,
    st.lists(st.sampled_from((*_PIECES, *(" " for _ in _PIECES), _LONG))).map("".join),
    st.booleans(),
    st.booleans(),
)
_paragraphs = st.builds(
    Paragraph,
    st.lists(_runs, max_size=4).map(tuple),
    st.sampled_from(("", "", "1.", "a.", "•")),
    st.integers(0, 2),
)
_texts = st.builds(RichText, st.lists(_paragraphs, max_size=3).map(tuple))


@settings(max_examples=300, derandomize=True, deadline=None, database=None)
@given(text=_texts, width=st.integers(mm(-5), mm(60)))
def test_lines_are_those_of_the_line_breaker(fonts: FontData, text: RichText, width: int) -> None:
    assert Filling(fonts, text, _NINE).lines(width) == line_count(fonts, text, _NINE, width)


@settings(max_examples=100, derandomize=True, deadline=None, database=None)
@given(text=_texts)
def test_lines_at_exactly_the_widest_word_and_around_it(fonts: FontData, text: RichText) -> None:
    filling = Filling(fonts, text, _NINE)
    for width in (filling.word - 1, filling.word, filling.word + 1, filling.line):
        assert filling.lines(width) == line_count(fonts, text, _NINE, width)


def _broken(fonts: FontData, text: RichText, width: int) -> list[str]:
    rooms = ((p, width - hanging(p.marker, p.level, _NINE)) for p in text.paragraphs)
    return [line for p, room in rooms for line in break_runs(fonts, p.runs, _NINE, room)]


def test_word_is_the_least_width_that_cuts_no_piece(fonts: FontData) -> None:
    text = RichText((Paragraph((Run("surat-menyurat "), Run("kelengkapan", bold=True), Run(" dan"))),))
    word = Filling(fonts, text, _NINE).word
    assert word == text_width(fonts, "kelengkapan", TextStyle(9, bold=True))
    assert _broken(fonts, text, word) == ["surat-", "menyurat", "kelengkapan", "dan"]
    # Letter by letter the word is a little narrower, as letters are rounded one by one.
    assert _broken(fonts, text, word - pt(0.5)) == ["surat-", "menyurat", "kelengkapa", "n dan"]


def test_word_of_a_list_item_includes_its_indent(fonts: FontData) -> None:
    plain, item = Paragraph((Run("kelengkapan"),)), Paragraph((Run("berkas"),), "a.", 2)
    indent = hanging("a.", 2, _NINE)
    assert Filling(fonts, RichText((plain, item)), _NINE).word == indent + text_width(fonts, "berkas", _NINE)


def test_line_is_the_least_width_at_which_only_line_feeds_break(fonts: FontData) -> None:
    text = RichText((Paragraph((Run("berkas\nsurat "), Run("keluar", italic=True))), Paragraph((Run("arsip"),), "1.")))
    filling = Filling(fonts, text, _NINE)
    widths = [text_width(fonts, piece, _NINE) for piece in ("surat", " ")]
    assert filling.line == sum(widths) + text_width(fonts, "keluar", TextStyle(9, italic=True))
    assert filling.lines(filling.line) == 3
    assert filling.lines(filling.line - 1) == 4


def test_spaces_at_the_start_of_a_line_take_no_room(fonts: FontData) -> None:
    text = RichText.of("   surat dan\n   surat dan")
    width = text_width(fonts, "surat", _NINE) + text_width(fonts, " ", _NINE) + text_width(fonts, "dan", _NINE)
    filling = Filling(fonts, text, _NINE)
    assert filling.lines(width) == line_count(fonts, text, _NINE, width) == 2
    assert filling.lines(width - 1) == 4


def test_an_empty_text_has_no_lines(fonts: FontData) -> None:
    filling = Filling(fonts, RichText(), _NINE)
    assert (filling.lines(mm(10)), filling.word, filling.line) == (0, 0, 0)
