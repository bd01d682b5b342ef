"""Inline Markdown, lists and their places."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest

from sopdocs.content import prose
from sopdocs.content.markdown import Inline
from sopdocs.content.prose import rich_text
from sopdocs.content.report import Report
from sopdocs.model import Run, Span

from .workspaces import codes, read_kasus

STEPS = "\n## Prosedur\n\n### 1. Satu\n- Pelaksana: umum\n\n### 2. Dua\n- Pelaksana: umum\n"
STEP = "## Prosedur\n\n### 1. Satu\n- Pelaksana: umum\n{}\n### 2. Dua\n- Pelaksana: umum\n"


PP = "Peraturan Pemerintah Nomor 46 Tahun 2011 tentang Penilaian Prestasi Kerja Pegawai Negeri Sipil"


def runs(tmp_path: Path, text: str) -> tuple[Run, ...]:
    sop, findings = read_kasus(tmp_path, f"## Peringatan\n{text}\n" + STEPS)
    assert codes(findings) == []
    (paragraph,) = sop.peringatan.paragraphs
    return paragraph.runs


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a **b** c", (Run("a "), Run("b", bold=True), Run(" c"))),
        ("***a** b*", (Run("a", bold=True, italic=True), Run(" b", italic=True))),
        ("a\n  b", (Run("a b"),)),
        ("a  \nb\\\nc", (Run("a\nb\nc"),)),
        ("a &amp; b &lt; &copy;", (Run("a & b < ©"),)),
        (r"\*a\* \[[kasus]] \[PP 46/2011]", (Run("*a* [[kasus]] [PP 46/2011]"),)),
        ("`[[kasus]]`", (Run("[[kasus]]"),)),
        ("SOP [[kasus]].", (Run("SOP "), Run("Kasus", link="kasus"), Run("."))),
        ("*[[ kasus ]]*", (Run("Kasus", italic=True, link="kasus"),)),
        ("[pp  46 /2011]", (Run(PP),)),
        ("[Perbup\n5A/2016]", (Run("Peraturan Bupati Nomor 5A Tahun 2016 tentang Tata Naskah Dinas"),)),
        ("[dan/atau] [2022] [a](b c)", (Run("[dan/atau] [2022] [a](b c)"),)),
        ("a_b_c 2*3*4", (Run("a_b_c 2"), Run("3", italic=True), Run("4"))),
        ("a\tb", (Run("a b"),)),
        ("\u00a0\nx", (Run("x"),)),
    ],
)  # fmt: skip
def test_runs(text: str, expected: tuple[Run, ...], tmp_path: Path) -> None:
    assert runs(tmp_path, text) == expected


def paragraphs(tmp_path: Path, text: str) -> list[tuple[str, int, str, str]]:
    sop, findings = read_kasus(tmp_path, f"## Peralatan/Perlengkapan\n{text}\n" + STEPS)
    assert codes(findings) == []
    return [
        (p.marker, p.level, p.text, f"{p.span.line}:{p.span.col}" if p.span else "") for p in sop.peralatan.paragraphs
    ]


def test_lists_become_paragraphs_with_markers(tmp_path: Path) -> None:
    numbers = "3. tiga\n   lanjut\n4. empat\n   1. satu\n      - titik\n      1. dalam\n   2. dua\n\n   alinea"
    assert paragraphs(tmp_path, f"{numbers}\n\n- lain\n  - anak") == [
        ("3.", 0, "tiga lanjut", "8:4"),
        ("4.", 0, "empat", "10:4"),
        ("a.", 1, "satu", "11:7"),
        ("–", 2, "titik", "12:9"),
        ("1)", 2, "dalam", "13:10"),
        ("b.", 1, "dua", "14:7"),
        ("", 0, "alinea", "16:4"),
        ("•", 0, "lain", "18:3"),
        ("–", 1, "anak", "19:5"),
    ]


def test_a_dash_alone_says_that_there_is_none(tmp_path: Path) -> None:
    assert paragraphs(tmp_path, "-") == [("", 0, "-", "8:1")]
    assert paragraphs(tmp_path, "- -") == [("•", 0, "-", "8:1")]


def test_paragraphs_and_lists_in_one_section(tmp_path: Path) -> None:
    assert paragraphs(tmp_path, "satu\n\ndua\n\n1. tiga") == [
        ("", 0, "satu", "8:1"),
        ("", 0, "dua", "10:1"),
        ("1.", 0, "tiga", "12:4"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\nb <i>c", ["SOP025 @ 9:3"]),
        ("   a <i>\n      b <u>", ["SOP025 @ 8:6", "SOP025 @ 9:9"]),
        ("- a\n  - b\n    c <i>d", ["SOP025 @ 10:7"]),
        ("1. a <i> a <i>", ["SOP025 @ 8:6", "SOP025 @ 8:12"]),
        ("- - a <i>", ["SOP025 @ 8:7"]),
        ("-\ta\n\t<i>", ["SOP025 @ 9:2"]),
        ("- a\n\t  b <i>", ["SOP025 @ 9:6"]),
        ("\u00a0\n\u00a0\na <i>", ["SOP025 @ 10:3"]),
        ("*a **b [[x]]** c*\n`[[x]]` [[x]]", ["SOP033 @ 8:8", "SOP033 @ 9:9"]),
        ("[[x]] [a](b) [[a]](c)", ["SOP033 @ 8:1", "SOP026 @ 8:7", "SOP033 @ 8:14"]),
        ("a [b ![c](d)](e) [f](g)", ["SOP026 @ 8:3", "SOP026 @ 8:6", "SOP026 @ 8:18"]),
        ("a\n&#xE000; \\&#xE000; &nbsp;", ["SOP004 @ 9:1"]),
        ("😀 <i>", ["SOP025 @ 8:3"]),
        ("lanjutan\n## ", ["SOP021 @ 9:4"]),
    ],
)  # fmt: skip
def test_places(text: str, expected: list[str], tmp_path: Path) -> None:
    _, findings = read_kasus(tmp_path, f"## Peringatan\n{text}\n" + STEPS)
    assert codes(findings) == expected


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("- Syarat: a\n  b <i>\n", ["SOP025 @ 12:5"]),
        ("- Syarat:\n  1. a\n     - b\n       c <i>\n", ["SOP025 @ 14:10"]),
        ("- Syarat   :   <i>\n", ["SOP025 @ 11:16"]),
        ("- Waktu:\n  15 mnt\n", ["SOP048 @ 12:3"]),
        ("- Alur: 2,\n  7\n", ["SOP051 @ 12:3"]),
        ("- Alur:\n  - umum: 2,\n    7\n", ["SOP051 @ 13:5"]),
    ],
)  # fmt: skip
def test_places_in_steps(fields: str, expected: list[str], tmp_path: Path) -> None:
    _, findings = read_kasus(tmp_path, STEP.format(fields))
    assert codes(findings) == expected


def test_places_in_a_heading(tmp_path: Path) -> None:
    body = "## Prosedur: a <b>\n\n###   1.  Satu <i> dan [[x]] ##\n- Pelaksana: umum\n\n### 2. Dua\n- Pelaksana: umum\n"
    _, findings = read_kasus(tmp_path, body)
    assert codes(findings) == ["SOP025 @ 7:16", "SOP025 @ 9:16", "SOP033 @ 9:24"]


def test_places_in_a_table(tmp_path: Path) -> None:
    table = (
        "## Riwayat Revisi\nRevisi | Tanggal | Uraian | Alasan\n-|-|-|-\n"
        "1 | 2024-01-31 | 1 <i> | a \\| <b>\n| 2 |2024-02-01|  <i>|\n"
    )
    sop, findings = read_kasus(tmp_path, table + STEPS)
    assert codes(findings) == ["SOP025 @ 10:20", "SOP025 @ 10:30", "SOP025 @ 11:19"]
    assert [row.alasan for row in sop.riwayat_revisi] == ["a | <b>", ""]


def test_a_cell_of_a_step(tmp_path: Path) -> None:
    sop, findings = read_kasus(tmp_path, STEP.format("- Syarat: Surat\n  1. asli\n  2. salinan\n- Keterangan: -\n"))
    assert codes(findings) == []
    step = sop.prosedur[0].langkah[0]
    assert step.syarat.text == "Surat\n1. asli\n2. salinan"
    assert step.keterangan.text == "-"
    assert not step.output


def test_a_long_paragraph_takes_time_in_proportion(tmp_path: Path) -> None:
    """Minutes when each place is looked for from the start."""
    start = time.process_time()
    _, findings = read_kasus(tmp_path, "## Peringatan\n" + "a <i> *b*\n" * 10_000 + STEPS)
    assert len(findings) == 10_000
    assert codes(findings[-1:]) == ["SOP025 @ 10007:3"]
    assert time.process_time() - start < 20


_LETTERS = [chr(number) for number in range(128)] + ["é", "“", "\u00a0", "\u2028", "\ufffd", "😀"]


@pytest.mark.parametrize("frame", ["{}", "a{}", "{}b", "a{}b", " {} ", "{0}a{0}", "{0}{0}a b{0}{0}", "a {0}b{0} (c)"])
def test_text_without_marks_is_what_the_parser_makes_of_it(frame: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The parser is not asked for it."""

    def read(letter: str) -> tuple[Run, ...]:
        return rich_text(Inline(frame.format(letter), ((0, Span("x.md")),)), lambda text, _: Run(text), Report())

    short = [read(letter) for letter in _LETTERS]
    monkeypatch.setattr(prose, "_MARKED", re.compile(""))
    assert short == [read(letter) for letter in _LETTERS]
