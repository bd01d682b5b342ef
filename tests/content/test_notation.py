"""`Pelaksana` and `Alur` as written."""

from __future__ import annotations

import time

import pytest

from sopdocs.content.markdown import Inline
from sopdocs.content.notation import Branch, WrittenSymbol, parse_alur, parse_pelaksana
from sopdocs.content.report import Report
from sopdocs.model import Span


def inline(text: str) -> Inline:
    """`text` as it would stand from line 7, column 14 on; later lines begin in column 3."""
    places: list[tuple[int, Span]] = []
    offset = 0
    for number, line in enumerate(text.split("\n")):
        places.append((offset, Span("x.md", 7 + number, 3 if number else 14)))
        offset += len(line) + 1
    return Inline(text, tuple(places))


def pelaksana(text: str) -> tuple[tuple[WrittenSymbol, ...], list[str]]:
    report = Report()
    return parse_pelaksana(inline(text), report), [f"{f.code} {f.span.line}:{f.span.col}" for f in report.findings]


def alur(text: str) -> tuple[tuple[Branch, ...], list[str]]:
    report = Report()
    return parse_alur(inline(text), report), [f"{f.code} {f.span.line}:{f.span.col}" for f in report.findings]


def shown(symbol: WrittenSymbol) -> tuple[str | None, ...]:
    return (symbol.join.value if symbol.join else None, symbol.lane, symbol.bentuk, symbol.label)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("umum", [(None, "umum", None, None)]),
        ("tim_teknis", [(None, "tim_teknis", None, None)]),
        ("kasi-umum-2", [(None, "kasi-umum-2", None, None)]),
        ("umum(proses)", [(None, "umum", "proses", None)]),
        ('umum ( MULAI  " Surel "  )', [(None, "umum", "mulai", "Surel")]),
        ("umum (keputusan “Ya, atau → tidak (5)?”)", [(None, "umum", "keputusan", "Ya, atau → tidak (5)?")]),
        ("a,b", [(None, "a", None, None), (",", "b", None, None)]),
        ("b & c->d", [(None, "b", None, None), ("&", "c", None, None), ("->", "d", None, None)]),
        ("d → e", [(None, "d", None, None), ("->", "e", None, None)]),
        ("a-b->c", [(None, "a-b", None, None), ("->", "c", None, None)]),
        ('umum (mulai "A"), kepala (selesai)', [(None, "umum", "mulai", "A"), (",", "kepala", "selesai", None)]),
    ],
)  # fmt: skip
def test_pelaksana(text: str, expected: list[tuple[str | None, ...]]) -> None:
    symbols, findings = pelaksana(text)
    assert [shown(symbol) for symbol in symbols] == expected
    assert findings == []


@pytest.mark.parametrize(
    ("text", "read", "findings"),
    [
        ("", 0, ["SOP046 7:14"]),
        (",", 0, ["SOP046 7:14"]),
        ("umum,", 1, ["SOP046 7:19"]),
        ("umum kepala", 1, ["SOP046 7:19"]),
        ("umum; kepala", 1, ["SOP046 7:18"]),
        ("umum (mulai", 1, ["SOP046 7:19"]),
        ('umum (mulai "a" "b")', 1, ["SOP046 7:19"]),
        ("umum (lonjong), kepala", 2, ["SOP047 7:20"]),
        ("umum,\nkepala,\n,", 2, ["SOP046 9:3"]),
        ("**umum**", 0, ["SOP046 7:14"]),
        ("umum && kepala", 1, ["SOP046 7:20"]),
    ],
)  # fmt: skip
def test_pelaksana_that_cannot_be_read(text: str, read: int, findings: list[str]) -> None:
    symbols, found = pelaksana(text)
    assert len(symbols) == read
    assert found == findings


def test_a_symbol_knows_its_place() -> None:
    symbols, _ = pelaksana('umum (mulai "A"),\nkepala & sekretaris')
    assert [(s.span.line, s.span.col) for s in symbols] == [(7, 14), (8, 3), (8, 12)]


def ways(branches: tuple[Branch, ...]) -> list[tuple[str, list[str]]]:
    return [(b.label, [f"{t.langkah}.{t.lane or '*'} {t.span.line}:{t.span.col}" for t in b.targets]) for b in branches]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5", [("", ["5.* 7:14"])]),
        ("5.umum", [("", ["5.umum 7:14"])]),
        ("5 . umum", [("", ["5.umum 7:14"])]),
        ("5, 6.kepala ,7", [("", ["5.* 7:14", "6.kepala 7:17", "7.* 7:27"])]),
        ("selesai", [("", [])]),
        ("Selesai", [("", [])]),
        ("Ya → 5; Tidak -> 2.umum, 3", [("Ya", ["5.* 7:19"]), ("Tidak", ["2.umum 7:31", "3.* 7:39"])]),
        ("Ya→5;\nTidak→2", [("Ya", ["5.* 7:17"]), ("Tidak", ["2.* 8:9"])]),
        ('"Ya; setuju → benar" → 5; “A, B” → 6', [("Ya; setuju → benar", ["5.* 7:37"]), ("A, B", ["6.* 7:49"])]),
        ("Lengkap, benar → 5; A → selesai", [("Lengkap, benar", ["5.* 7:31"]), ("A", [])]),
        ('5" → 3; B → 2', [("5", ["3.* 7:19"]), ("B", ["2.* 7:26"])]),
    ],
)  # fmt: skip
def test_alur(text: str, expected: list[tuple[str, list[str]]]) -> None:
    branches, findings = alur(text)
    assert ways(branches) == expected
    assert findings == []


@pytest.mark.parametrize(
    ("text", "expected", "findings"),
    [
        ("", [], ["SOP050 7:14"]),
        (";", [], ["SOP050 7:14", "SOP050 7:15"]),
        ("5;", [("", ["5.* 7:14"])], ["SOP050 7:16"]),
        ("5,", [("", ["5.* 7:14"])], ["SOP050 7:16"]),
        ("langkah 5", [], ["SOP050 7:14"]),
        ("5 umum, 6", [("", ["6.* 7:22"])], ["SOP050 7:14"]),
        ("99999", [], ["SOP050 7:14"]),
        ("→ 5", [("", ["5.* 7:16"])], ["SOP050 7:14"]),
        ("Ya → ; Tidak → 5", [("Tidak", ["5.* 7:29"])], ["SOP050 7:18"]),
        ("Ya → Tidak → 5", [], ["SOP050 7:19"]),
        ("5, selesai", [("", ["5.* 7:14"])], ["SOP050 7:17"]),
    ],
)  # fmt: skip
def test_alur_that_cannot_be_read(text: str, expected: list[tuple[str, list[str]]], findings: list[str]) -> None:
    branches, found = alur(text)
    assert ways(branches) == expected
    assert found == findings


def test_a_long_alur_takes_time_in_proportion() -> None:
    """A hundred thousand targets: seconds when each comma looks back at the whole line."""
    start = time.process_time()
    branches, _ = alur("1,\n" * 100_000 + "1")
    assert len(branches[0].targets) == 100_001
    assert time.process_time() - start < 5


def test_a_message_does_not_repeat_a_page_of_text() -> None:
    report = Report()
    parse_alur(inline("kata " * 5000), report)
    assert len(report.findings[0].message) < 120
