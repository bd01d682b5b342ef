"""Fixes go where they belong, or nowhere; the rest of a file stays byte for byte."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sopdocs.content import read_workspace
from sopdocs.content.mending import mend
from sopdocs.content.report import slip_of, slips_of
from sopdocs.model import Finding, Fix, Span

from .workspaces import FRONT, make_workspace

PATH = "content/sop/kasus.md"


def _finding(line: int, col: int, old: str, new: str, code: str = "SOP012") -> Finding:
    return Finding(Span(PATH, line, col), code, "Salah", fix=Fix(old, new))


@dataclass(frozen=True)
class _Case:
    before: str
    after: str
    findings: tuple[Finding, ...]


_ANY = st.text(st.characters(exclude_characters="\r\n\ufeff", exclude_categories=("Cs",)) | st.sampled_from("😀é\t "))


@st.composite
def _cases(draw: st.DrawFn) -> _Case:
    """Lines with old texts at known places between arbitrary ones, and what they should become."""
    before = after = draw(st.sampled_from(["", "\ufeff", "\ufeff\ufeff"]))
    findings: list[Finding] = []
    # One kind throughout: a carriage return before an empty line would make a pair with its line feed.
    end = draw(st.sampled_from(["\n", "\r\n", "\r"]))
    for line in range(1, draw(st.integers(1, 5)) + 1):
        col = 1
        for _ in range(draw(st.integers(0, 3))):
            between, old = draw(_ANY), draw(_ANY.filter(bool))
            new = draw(_ANY.filter(lambda text, old=old: text != old))
            findings.append(_finding(line, col + len(between), old, new))
            before, after, col = before + between + old, after + between + new, col + len(between + old)
        rest = draw(_ANY) + end

        before, after = before + rest, after + rest
    return _Case(before, after, tuple(findings))


@given(_cases(), st.randoms(use_true_random=False))
def test_only_the_given_places_change(case: _Case, chance: object) -> None:
    found = list(case.findings)
    chance.shuffle(found)  # type: ignore[attr-defined]
    mended = mend({PATH: case.before}, found)
    if case.findings:
        assert mended.texts == {PATH: case.after}
    else:
        assert mended.texts == {}
    assert mended.done == case.findings


@given(_cases())
def test_places_that_hold_something_else_are_left_alone(case: _Case) -> None:
    others = [
        _finding(f.span.line, f.span.col, f"{f.fix.old}\x00x", f.fix.new)  # no text drawn above goes on like this
        for f in case.findings
        if f.fix and f"{f.fix.old}\x00x" not in case.before
    ]
    assert mend({PATH: case.before}, others).texts == {}


@pytest.mark.parametrize(
    "finding",
    [
        Finding(Span(PATH, 1, 1), "SOP012", "Tanpa perbaikan"),
        _finding(1, 2, "satu", "dua"),
        _finding(0, 1, "satu", "dua"),
        _finding(3, 1, "satu", "dua"),
        _finding(1, 0, "satu", "dua"),
        _finding(1, -1, "satu", "dua"),
        _finding(1, 1, "satu", "satu"),
        _finding(1, 1, "", "dua"),
        _finding(1, 1, "satu", "dua\n"),
        _finding(1, 1, "satu\nsatu", "dua"),
        Finding(Span("content/lain.md"), "SOP012", "Salah", fix=Fix("satu", "dua")),
    ],
)
def test_what_does_not_fit_is_dropped(finding: Finding) -> None:
    mended = mend({PATH: "satu\nsatu"}, [finding])
    assert (mended.texts, mended.done) == ({}, ())


def test_the_first_of_two_that_overlap_wins() -> None:
    first, second = _finding(1, 1, "satu dua", "a"), _finding(1, 6, "dua tiga", "b")
    beside = _finding(1, 9, " ", "-")
    mended = mend({PATH: "satu dua tiga"}, [second, beside, first])
    assert mended.texts == {PATH: "a-tiga"}
    assert mended.done == (first, beside)


def test_a_fix_may_have_a_place_of_its_own() -> None:
    finding = Finding(Span(PATH, 1, 1), "SOP152", "Salah", fix=Fix("c.", "c", Span(PATH, 1, 5)))
    assert mend({PATH: "a b c."}, [finding]).texts == {PATH: "a b c"}


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("pembuatn", "pembuatan"),
        ("pebmuatan", "pembuatan"),
        ("Pembuatan", "pembuatan"),
        ("perlu konfirmasi", "perlu_konfirmasi"),
        ("Perlu-Konfirmasi", "perlu_konfirmasi"),
        ("NAMA", "nama"),
        ("name", ""),  # short: one letter is much
        ("pembuat", ""),
        ("lajur", ""),
        ("jalur3", ""),  # near to two
    ],
)
def test_slips(word: str, meant: str) -> None:
    known = ("pembuatan", "perlu_konfirmasi", "nama", "jalur1", "jalur2")
    assert slip_of(word, known) == meant


def test_a_slip_is_none_where_the_name_is_there_or_meant_twice() -> None:
    assert slips_of(["pelaksan"], ("pelaksana",), ()) == {"pelaksan": "pelaksana"}
    assert slips_of(["pelaksan"], ("pelaksana",), ("pelaksana",)) == {}
    assert slips_of(["pelaksan", "pelaksanaa"], ("pelaksana",), ()) == {}
    assert slips_of(["pelaksan", "pelaksan"], ("pelaksana",), ()) == {}


def _fixes(root: Path, sop: str, **registers: str) -> list[tuple[str, str, str]]:
    reading = read_workspace(make_workspace(root, sop, **registers))
    return [(f.code, f.fix.old, f.fix.new) for f in reading.findings if f.fix]


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2 Januari 2023", "2023-01-02"),
        ("02 januari 2023", "2023-01-02"),
        ("2023/1/2", "2023-01-02"),
        ("2023.1.2", "2023-01-02"),
        ("25/01/2023", "2023-01-25"),
        ("25-1-2023", "2023-01-25"),
        ("02/01/2023", None),
        ("12/11/2023", None),
        ("2 Januari 23", None),
        ("31 Februari 2023", None),
        ("13/13/2023", None),
        ("Januari 2023", None),
    ],
)
def test_dates_of_one_reading(tmp_path: Path, written: str, iso: str | None) -> None:
    fixes = _fixes(tmp_path, FRONT.replace("pengesah:", f"pembuatan: {written}\npengesah:"))
    assert fixes == ([("SOP014", written, iso)] if iso else [])
    assert iso is None or date.fromisoformat(iso)


def test_keys_headings_fields_and_symbols(tmp_path: Path) -> None:
    text = FRONT.replace("pengesah:", "pembuatn: 2023-01-02\npengesah:") + (
        "## Dasar hukumm\n1. Peraturan Contoh\n\n## prosedur\n\n### 1. Langkah\n- Pelaksan: umum\n- Waktuu: 1 menit\n"
        "\n### 2. Langkah\n- Pelaksana: umum (seleesai)\n"
    )
    assert _fixes(tmp_path, text) == [
        ("SOP012", "pembuatn", "pembuatan"),
        ("SOP021", "Dasar hukumm", "Dasar Hukum"),
        ("SOP043", "Pelaksan", "Pelaksana"),
        ("SOP043", "Waktuu", "Waktu"),
        ("SOP047", "seleesai", "selesai"),
    ]


def test_nothing_certain_where_the_name_is_taken(tmp_path: Path) -> None:
    text = FRONT.replace("pengesah:", "pembuatn: 2023-01-02\npembuatan: null\npengesah:") + (
        "## Dasar Hukumm\n1. Peraturan Contoh\n\n## Dasar Hukum\n1. Peraturan Contoh\n\n# Dasar Hukumm\n\n"
        "## Prosedur\n\n### 1. Langkah\n- Pelaksan: umum\n- Syaratt: a\n- Kelengkapan: b\n- Pelaksana: umum\n"
    )
    assert _fixes(tmp_path, text) == []
