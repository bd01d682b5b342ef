"""The decree and its list, the explanation, and who seals, against the sheets of the bundle."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from sopdocs.model import (
    Bundel,
    Keputusan,
    Pejabat,
    Pengertian,
    Penjelasan,
    Peraturan,
    Segel,
    Sop,
    SopDitetapkan,
    Span,
    StatusPeraturan,
    Workspace,
)
from sopdocs.rules import bundle, decree, explanation
from sopdocs.rules.rule import Rule

from .judging import alone, hits
from .making import PEJABAT, sop_of

WHERE = "content/bundel.yaml"
MASUK, KELUAR, ARSIP = "Pengelolaan Surat Masuk", "Pengelolaan Surat Keluar", "Penataan Arsip"


def sheet(slug: str, nama: str, nomor: str | None = None, pengesah: str = "camat") -> Sop:
    spans = {"": Span(f"content/sop/{slug}.md")}
    return replace(sop_of(nama=nama, nomor=nomor, spans=spans), slug=slug, pengesah=pengesah)


SHEETS = (sheet("masuk", MASUK, "1/CJ"), sheet("keluar", KELUAR, "2/CJ"), sheet("arsip", ARSIP))


def adopting(*listed: tuple[str, str | None], sheets: tuple[Sop, ...] = SHEETS, bundled: str = "") -> Workspace:
    """A workspace whose decree lists names and numbers, the n-th, from 0, on line 10 + n."""
    workspace = alone(*sheets)
    spans = {
        f"keputusan.sop.{n}.{key}": Span(WHERE, 10 + n, 5) for n in range(len(listed)) for key in ("nomor", "nama")
    }
    slugs = tuple(bundled.split()) or workspace.bundel.sop
    keputusan = Keputusan(sop=tuple(SopDitetapkan(nama, nomor) for nama, nomor in listed))
    spans |= {"keputusan.sop": Span(WHERE, 9, 3)}
    return replace(workspace, bundel=Bundel("SOP", sop=slugs, keputusan=keputusan, spans=spans))


def told(workspace: Workspace, rule: Rule = decree.other_list) -> list[tuple[int, str]]:
    return [(hit.span.line, hit.message) for hit in hits(rule, workspace)]


SAME = ((MASUK, "1/CJ"), (KELUAR, "2/CJ"), (ARSIP, None))


@pytest.mark.parametrize(
    "listed",
    [
        (),
        SAME,
        SAME[::-1],
        tuple((nama, None) for nama, _ in SAME),
        tuple((f"SOP  {nama.upper()}", nomor and nomor.lower()) for nama, nomor in SAME),
    ],
)
def test_the_same_list_in_any_order_and_writing(listed: tuple[tuple[str, str | None], ...]) -> None:
    workspace = adopting(*listed)
    assert told(workspace) == told(workspace, decree.other_number) == []


def test_one_missing_and_one_too_many() -> None:
    found = told(adopting(SAME[0], SAME[1], ("Legalisasi Surat", None)))
    assert found == [
        (12, "“Legalisasi Surat” ada pada daftar keputusan, tetapi tidak ada di bundel"),
        (9, f"SOP “{ARSIP}” ikut bundel, tetapi tidak ada pada daftar keputusan"),
    ]


@pytest.mark.parametrize("line", [("Pengelola Surat Masuk", None), ("Tata Surat", "1/CJ")])
def test_another_name_is_known_by_likeness_or_by_number(line: tuple[str, str | None]) -> None:
    found = told(adopting(line, *SAME[1:]))
    assert found == [(10, f"Keputusan menyebut “{line[0]}”, sedangkan lembarnya berjudul “{MASUK}”")]


def test_a_line_twice() -> None:
    assert told(adopting(*SAME, SAME[0])) == [(13, f"“{MASUK}” disebut dua kali pada daftar keputusan")]


def test_a_sheet_beside_the_bundle_is_named_in_the_hint() -> None:
    (hit,) = hits(decree.other_list, adopting(*SAME, bundled="masuk keluar"))
    assert hit.hint == "tambahkan arsip pada sop: di bundel.yaml"


def test_while_a_sheet_cannot_be_read_the_line_that_means_it_is_not_blamed() -> None:
    assert told(adopting(*SAME, sheets=SHEETS[:2], bundled="masuk keluar arsip")) == []


def test_swapped_numbers_name_both_sheets() -> None:
    found = hits(decree.other_number, adopting((MASUK, "2/CJ"), (KELUAR, "1 /CJ"), (ARSIP, None)))
    assert [hit.span.line for hit in found] == [10, 11]
    assert f"“2/CJ” diberikan keputusan kepada “{MASUK}”" in found[0].message
    assert found[0].message.endswith(f"tertulis pada lembar “{KELUAR}”")
    assert "content/sop/masuk.md dan content/sop/keluar.md" in found[0].hint


def test_other_numbers_and_sheets_without_one() -> None:
    assert told(adopting((MASUK, "9/CJ"), SAME[1], (ARSIP, "3/CJ")), decree.other_number) == [
        (10, f"Keputusan memberi “{MASUK}” nomor “9/CJ”, lembarnya bernomor “1/CJ”"),
        (12, f"Keputusan memberi “{ARSIP}” nomor “3/CJ”, lembarnya belum bernomor"),
    ]


def deciding(keputusan: Keputusan) -> Workspace:
    return replace(alone(*SHEETS), bundel=Bundel("SOP", sop=("masuk",), keputusan=keputusan))


DAY = date(2024, 1, 2)


@pytest.mark.parametrize(
    ("keputusan", "half", "missing"),
    [
        (Keputusan(), 0, ["nomor, tanggal, tentang"]),
        (Keputusan("1", None, "x"), 1, []),
        (Keputusan(None, DAY, None), 1, ["tentang"]),
        (Keputusan("1", DAY, "x"), 0, []),
    ],
)
def test_what_the_decree_lacks_is_told_once(keputusan: Keputusan, half: int, missing: list[str]) -> None:
    workspace = deciding(keputusan)
    assert len(hits(decree.half_decree, workspace)) == half
    found = [hit.message for hit in hits(decree.decree_missing, workspace)]
    assert found == [f"Keputusan penetapan SOP belum lengkap: {names} kosong" for names in missing]


def test_the_number_of_the_decree_on_a_sheet() -> None:
    assert len(hits(decree.number_of_decree, deciding(Keputusan("1/ cj")))) == 1
    assert hits(decree.number_of_decree, deciding(Keputusan())) == []


PP = Peraturan("PP", "92", 2015, "Contoh Surat", StatusPeraturan.DICABUT, "PP 91/2020")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (PP.kutipan, 1),
        ("bahwa contoh", 0),
        ("Peraturan Pemerintah Nomor 93 Tahun 2015 tentang Contoh Surat", 0),
    ],
)
def test_the_legal_basis_is_looked_up(text: str, found: int) -> None:
    workspace = replace(deciding(Keputusan(mengingat=(text,))), peraturan=(PP,))
    messages = [hit.message for hit in hits(decree.revoked_basis, workspace)]
    assert messages == ["PP 92/2015 menurut peraturan.yaml sudah dicabut oleh PP 91/2020"] * found


def explaining(*pengertian: tuple[str, str]) -> Workspace:
    use = Penjelasan(("x",), ("x",), tuple(Pengertian(*each) for each in pengertian))
    return replace(alone(), bundel=Bundel("SOP", penjelasan=use))


def test_definitions() -> None:
    workspace = explaining(("SOP", "aturan kerja"), (" sop.", "lain"), ("Arsip", "-"), ("Surat", "Surat."), ("A", "ya"))
    assert len(hits(explanation.term_twice, workspace)) == 1
    assert [hit.message.split("”")[0] for hit in hits(explanation.empty_meaning, workspace)] == [
        "Arti istilah “Arsip",
        "Arti istilah “Surat",
    ]
    assert hits(explanation.explanation_missing, workspace) == []
    (hit,) = hits(explanation.explanation_missing, alone())
    assert hit.message.endswith("ruang_lingkup, ringkasan, pengertian kosong")
    assert hit.span == Span(WHERE)


OFFICIALS = {key: replace(PEJABAT, key=key) for key in ("camat", "sekcam", "kasi")}
FILE = {"": Span("content/segel.yaml")}


@pytest.mark.parametrize(
    ("segel", "approving", "issuing", "found"),
    [
        (Segel(spans=FILE), "camat camat", None, 0),
        (Segel(pejabat="camat", spans=FILE), "camat camat", None, 0),
        (Segel(pejabat="sekcam", spans=FILE), "camat camat", None, 1),
        (Segel(pejabat="sekcam", spans=FILE), "camat camat", "sekcam", 0),
        (Segel(pejabat="sekcam", spans=FILE), "camat sekcam", None, 0),
        (Segel(spans=FILE), "camat sekcam", None, 1),
        (Segel(), "camat sekcam", None, 0),
        (Segel(pejabat="sekcam", spans=FILE), "lurah", None, 0),
    ],
)
def test_who_seals(segel: Segel, approving: str, issuing: str | None, found: int) -> None:
    sheets = tuple(sheet(f"s{n}", f"Lembar {n}", pengesah=key) for n, key in enumerate(approving.split()))
    workspace = alone(*sheets)
    bundel = replace(workspace.bundel, keputusan=Keputusan(pejabat=issuing))
    workspace = replace(workspace, pejabat=OFFICIALS, segel=segel, bundel=bundel)
    assert len(hits(bundle.foreign_seal, workspace)) == found


def test_who_issues_the_decree_or_seals_is_in_use() -> None:
    officials = {key: Pejabat(key, "x", "x", "x", spans=FILE) for key in OFFICIALS}
    workspace = replace(deciding(Keputusan(pejabat="sekcam")), pejabat=officials, segel=Segel(pejabat="kasi"))
    assert hits(bundle.unused_official, workspace) == []
