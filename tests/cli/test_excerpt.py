"""The line of a finding: caret under the column, nothing that a terminal would obey."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import get_character_cell_size

from sopdocs.cli.excerpt import Sources, excerpt, printable
from sopdocs.cli.output import print_table, say
from sopdocs.content.source import MAX_BYTES
from sopdocs.model import Span


def _cells(text: str) -> int:
    return sum(map(get_character_cell_size, text))


@pytest.mark.parametrize(
    ("line", "col", "shown", "caret"),
    [
        ("- Waktu: sebentar", 10, "   33 | - Waktu: sebentar", "      |          ^"),
        ("\tnama: x", 2, "   33 |     nama: x", "      |     ^"),
        ("漢字 x", 4, "   33 | 漢字 x", "      |      ^"),
        ("e\u0301x", 3, "   33 | e\u0301x", "      |  ^"),
        ("", 1, "   33 |", "      | ^"),
        ("abc", 99, "   33 | abc", "      |    ^"),
        ("a\x1b[2Jb\u202ec", 2, "   33 | a\ufffd[2Jb\ufffdc", "      |  ^"),
    ],
    ids=["plain", "tab", "wide", "combining", "empty", "past the end", "controls"],
)
def test_the_caret_stands_under_the_column(line: str, col: int, shown: str, caret: str) -> None:
    assert excerpt(Span("a", 33, col), line, 80) == (shown, caret)


@pytest.mark.parametrize(
    ("col", "shown", "caret"),
    [
        (1, "0123456789012345678901…", "^"),
        (60, "…8901234567890123456789…", "            ^"),
        (100, "…8901234567890123456789", "                      ^"),
    ],
)
def test_a_long_line_is_cut_around_the_caret(col: int, shown: str, caret: str) -> None:
    found = excerpt(Span("a", 1, col), "0123456789" * 10, len("    1 | ") + 24)
    assert found == (f"    1 | {shown}", f"      | {caret}")


@given(st.text(max_size=300), st.integers(1, 310), st.integers(28, 200))
def test_any_line_is_shown_safely_within_the_width(line: str, col: int, width: int) -> None:
    shown, caret = excerpt(Span("a", 7, col), line, width)
    assert printable(shown) == shown
    assert _cells(shown) <= width
    assert shown.startswith("    7 |")
    assert caret.startswith("      | ")
    assert caret.index("^") <= width


@given(st.text(max_size=40), st.integers(1, 50))
def test_a_line_that_fits_is_shown_whole(line: str, col: int) -> None:
    shown, caret = excerpt(Span("a", 7, col), line, 200)
    assert shown == f"    7 | {_safe(line)}".rstrip()
    assert caret == f"      | {' ' * _cells(_safe(line[: col - 1]))}^"


def _safe(text: str) -> str:
    return "    ".join(map(printable, text.split("\t")))


def test_a_line_of_a_million_characters_is_cut_at_once() -> None:
    line = "x" * MAX_BYTES
    for col in range(1, MAX_BYTES, MAX_BYTES // 500):
        assert len(excerpt(Span("a", 1, col), line, 80)[0]) <= 80


@given(st.text())
def test_printable_keeps_the_number_of_characters(text: str) -> None:
    assert len(printable(text)) == len(text)
    assert not any(char in printable(text) for char in "\x00\x07\x1b\x7f\x9b\n\r\t\u200b\u202e\u2028\ufeff")


def test_lines_are_counted_as_the_content_room_counts_them(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"\xef\xbb\xbfsatu\r\ndua\rtiga \xff x\n\nlima\n")
    sources = Sources(tmp_path)
    lines = [sources.line(Span("a.md", number)) for number in range(7)]
    assert lines == [None, "satu", "dua", "tiga \ufffd x", "", "lima", None]


def test_a_file_is_read_once(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("satu\ndua\n", encoding="utf-8")
    sources = Sources(tmp_path)
    assert sources.line(Span("a.md", 1)) == "satu"
    path.unlink()
    assert sources.line(Span("a.md", 2)) == "dua"


def test_what_is_no_text_file_has_no_lines(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "besar").write_bytes(b"x" * (MAX_BYTES + 1))
    (tmp_path / "biner").write_bytes(b"PK\0\0")
    os.mkfifo(tmp_path / "pipa")
    sources = Sources(tmp_path)
    for name in ("tidak-ada", "folder", "besar", "biner", "pipa", "nol\0"):
        assert sources.line(Span(name)) is None, name


def test_no_printed_line_reaches_the_terminal_with_commands_in_it(capsys: pytest.CaptureFixture[str]) -> None:
    """Names of tools, parts and signers come out of files that nobody vouches for."""
    say("a\x1b]0;judul\x07b\n\x9b2Jc\u202ed")
    print_table(["x\x1b[2J"], [["y\x1b[8m"]])
    assert capsys.readouterr().out.split() == ["a\ufffd]0;judul\ufffdb", "\ufffd2Jc\ufffdd", "x\ufffd[2J", "y\ufffd[8m"]
