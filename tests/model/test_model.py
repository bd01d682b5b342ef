"""The little that the model itself does."""

from __future__ import annotations

import itertools
import pickle

import pytest

from sopdocs.model import (
    Bentuk,
    Finding,
    Fix,
    Paragraph,
    Pelaksana,
    Peraturan,
    RichText,
    Run,
    Severity,
    SimbolId,
    Span,
    regulation_key,
    sorted_findings,
)


def test_findings_are_sorted_by_place_and_without_repeats() -> None:
    a, b = Finding(Span("a.md", 2, 1), "SOP002", "x"), Finding(Span("a.md", 10, 1), "SOP001", "x")
    c, d = Finding(Span("b.md", 1, 1), "SOP001", "x"), Finding(Span("b.md", 1, 1), "SOP001", "y")
    assert sorted_findings([d, c, b, a, c]) == (a, b, c, d)


def test_the_order_of_findings_is_total() -> None:
    """Findings that differ only in hint or severity must not take the order of a set."""
    place = Span("a.md")
    findings = [
        Finding(place, "SOP001", "x", hint, severity)
        for hint in ("a", "b", "c")
        for severity in (Severity.GALAT, Severity.CATATAN)
    ]
    first = sorted_findings(findings)
    assert all(sorted_findings(order) == first for order in itertools.islice(itertools.permutations(findings), 50))
    assert [(f.hint, f.severity.value) for f in first] == [
        ("a", "catatan"),
        ("a", "galat"),
        ("b", "catatan"),
        ("b", "galat"),
        ("c", "catatan"),
        ("c", "galat"),
    ]


def test_a_fix_is_part_of_a_finding() -> None:
    place, other = Span("a.md", 3, 7), Span("a.md", 3, 9)
    fixes = (None, Fix("a", "b"), Fix("a", "c"), Fix("a", "b", other))
    findings = [Finding(place, "SOP001", "x", fix=fix) for fix in fixes]
    first = sorted_findings(findings)
    assert set(first) == set(findings)
    assert len(first) == 4
    assert all(sorted_findings(order) == first for order in itertools.permutations(findings))
    assert [finding.fixed_at for finding in findings] == [place, place, place, other]


@pytest.mark.parametrize("fix", [None, Fix("a", "b"), Fix("a", "", Span("a.md", 3, 9))])
def test_a_finding_is_read_from_its_record(fix: Fix | None) -> None:
    finding = Finding(Span("a.md", 3, 7), "SOP001", "x", "y", Severity.CATATAN, fix)
    assert Finding.of(finding.record()) == finding
    assert ("fix" in finding.record()) == (fix is not None)


def test_the_fix_in_a_record_says_where() -> None:
    record = Finding(Span("a.md", 3, 7), "SOP001", "x", fix=Fix("a", "b", Span("a.md", 3, 9))).record()
    assert record["fix"] == {"path": "a.md", "line": 3, "col": 9, "old": "a", "new": "b"}


def test_a_finding_reads_as_one_line() -> None:
    finding = Finding(Span("content/sop/a.md", 3, 7), "SOP012", "Salah", "benar", Severity.PERINGATAN)
    assert str(finding) == "content/sop/a.md:3:7: peringatan SOP012 Salah (benar)"
    assert str(Finding(Span("a"), "SOP001", "Salah")) == "a:1:1: galat SOP001 Salah"


def test_places_do_not_take_part_in_comparison_or_in_repr() -> None:
    here, there = Paragraph((Run("a"),), span=Span("a", 1)), Paragraph((Run("a"),), span=Span("a", 2))
    assert here == there
    assert hash(here) == hash(there)
    assert repr(here) == repr(there)
    assert pickle.loads(pickle.dumps(here)).span == Span("a", 1)


def test_rich_text() -> None:
    text = RichText((Paragraph((Run("a "), Run("b", bold=True)), "1."), Paragraph((Run("c"),), level=1)))
    assert text.text == "1. a b\nc"
    assert text
    assert not RichText.of("")
    assert not RichText((Paragraph((Run(" \n"),), "1."),))
    assert RichText.of("a").paragraphs == (Paragraph((Run("a"),)),)


@pytest.mark.parametrize(
    ("jenis", "kutipan"),
    [
        ("PP", "Peraturan Pemerintah Nomor 4 Tahun 2011 tentang Surat"),
        ("Perka bkn", "Peraturan Kepala Badan Kepegawaian Negara Nomor 4 Tahun 2011 tentang Surat"),
        ("Surat Edaran Camat", "Surat Edaran Camat Nomor 4 Tahun 2011 tentang Surat"),
    ],
)  # fmt: skip
def test_a_regulation_is_cited_in_full(jenis: str, kutipan: str) -> None:
    assert Peraturan(jenis, "4", 2011, "Surat").kutipan == kutipan


def test_references_fold_case_and_space() -> None:
    assert Peraturan("Perka BKN", "1", 2013, "x").key == regulation_key("  perka  bkn 1 / 2013 ")
    assert regulation_key("PP 1/2013") != regulation_key("PP 12/013")


def test_names() -> None:
    assert Pelaksana("kasi", "Kepala Seksi", "Kasi").judul_lajur == "Kasi"
    assert Pelaksana("kasi", "Kepala Seksi").judul_lajur == "Kepala Seksi"
    assert str(SimbolId(3, "kasi")) == "3.kasi"
    assert [bentuk.value for bentuk in Bentuk if bentuk.terminator] == ["mulai", "selesai"]
