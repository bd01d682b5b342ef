"""Each rule with a workspace that breaks it, at the place it names, and one that does not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from sopdocs.content import read_workspace
from sopdocs.model import (
    Alur,
    Bentuk,
    Finding,
    Langkah,
    Prosedur,
    RichText,
    Severity,
    Simbol,
    SimbolId,
    Span,
    Workspace,
)
from sopdocs.rules import CODES, check_workspace

FILES = {
    "content/instansi.yaml": "nama: Kantor\nkop: [KANTOR]\npola_nomor: '\\d+/KTR/\\d{4}'\n",
    "content/pejabat.yaml": 'camat:\n  jabatan: Camat\n  nama: Siti\n  nip: "19880619 201001 2 002"\n',
    "content/pelaksana.yaml": "umum: {nama: Umum}\nkepala: {nama: Kepala}\n",
    "content/peraturan.yaml": (
        "- {jenis: PP, nomor: 46, tahun: 2011, tentang: Kerja, status: dicabut, dicabut_oleh: PP 30/2019}\n"
        "- {jenis: PP, nomor: 4, tahun: 2011, tentang: Surat, status: berlaku}\n"
        "- {jenis: Perbup, nomor: 7, tahun: 2012, tentang: Arsip, status: dicabut}\n"
    ),
    "content/sop/surat.md": """---
nomor: 12/KTR/2023
nama: Surat
pembuatan: 2023-01-02
pengesahan: 2023-01-02
pengesah: camat
pelaksana: [umum, kepala]
---

## Dasar Hukum
1. [PP 4/2011]
2. Peraturan Kepala Nomor 1 Tahun 2013 tentang Pelaksanaan Peraturan Pemerintah Nomor 46 Tahun 2011

## Kualifikasi Pelaksana
1. Memahami arsip

## Keterkaitan
-

## Peralatan/Perlengkapan
1. Komputer

## Peringatan
Segera.

## Pencatatan dan Pendataan
Arsip.

## Prosedur

### 1. Menerima
- Pelaksana: umum
- Syarat: Surat
- Waktu: 5 menit
- Output: Berkas

### 2. Memeriksa
- Pelaksana: kepala (keputusan)
- Syarat: -
- Waktu: -
- Output: -
- Alur: Ya → 3; Tidak → 1

### 3. Menyimpan
- Pelaksana: umum & kepala
- Syarat: Berkas
- Waktu: 1 jam
- Output: Arsip
""",
}
SOP = "content/sop/surat.md"


def judge(root: Path, *changes: tuple[str, str], file: str = SOP, extra: dict[str, str] | None = None) -> list[str]:
    """Replace texts in `file` of a good workspace; the findings of the rules as `code @ line:col`."""
    files = FILES | (extra or {})
    for old, new in changes:
        assert files[file].count(old) == 1, old
        files[file] = files[file].replace(old, new)
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
    reading = read_workspace(root)
    assert reading.findings == ()
    assert reading.workspace is not None
    return [shown(finding) for finding in check_workspace(reading.workspace)]


def shown(finding: Finding) -> str:
    name = "" if finding.span.path == SOP else finding.span.path.rpartition("/")[2] + ":"
    return f"{finding.code} @ {name}{finding.span.line}:{finding.span.col}"


def test_a_good_workspace_has_no_findings(tmp_path: Path) -> None:
    assert judge(tmp_path) == []


CIRCLE = "".join(
    f"\n### {here}. Berputar\n- Pelaksana: umum\n- Syarat: -\n- Waktu: -\n- Output: -\n- Alur: {there}\n"
    for here, there in ((4, 5), (5, 4))
)
CASES = {
    "SOP101 null": ([("12/KTR/2023", "null")], ["SOP101 @ 2:8"]),
    "SOP101 left out": ([("nomor: 12/KTR/2023\n", "")], ["SOP101 @ 1:1"]),
    "SOP102": ([("12/KTR/2023", "12/KTR/23")], ["SOP102 @ 2:8"]),
    "SOP102 only a part": ([("12/KTR/2023", "x 12/KTR/2023")], ["SOP102 @ 2:8"]),
    "SOP104": ([("pembuatan: 2023-01-02", "pembuatan: null")], ["SOP104 @ 4:12"]),
    "SOP104 left out": ([("pengesahan: 2023-01-02\n", "")], ["SOP104 @ 1:1"]),
    "SOP105": (
        [("pengesahan: 2023-01-02", "pengesahan: 2023-01-01\nrevisi: 2022-12-31\nefektif: 2022-12-31")],
        ["SOP105 @ 5:13", "SOP105 @ 6:9", "SOP105 @ 7:10"],
    ),
    "later dates": ([("pengesahan: 2023-01-02", "pengesahan: 2023-02-01\nrevisi: 2025-01-01")], []),
    "SOP107": (
        [("pelaksana: [umum, kepala]", "pelaksana: [umum, kepala]\nperlu_konfirmasi: [Satu, Dua]")],
        ["SOP107 @ 8:20", "SOP107 @ 8:26"],
    ),
    "SOP110 empty": ([("Segera.", "")], ["SOP110 @ 23:4"]),
    "SOP110 left out": ([("## Peringatan\nSegera.\n", "")], ["SOP110 @ 1:1"]),
    "SOP111": ([("1. [PP 4/2011]", "1. [PP 4/2011]\n1. [PP 46/2011]\n   jo. lain")], ["SOP111 @ 12:4"]),
    "SOP111 written out": ([("[PP 4/2011]", "peraturan bupati NOMOR 7 Tahun 2012 tentang lain")], ["SOP111 @ 11:4"]),
    "not the same year": ([("[PP 4/2011]", "Peraturan Bupati Nomor 7 Tahun 20121")], []),
    "SOP112": ([("- Syarat: Surat\n", ""), ("- Output: Berkas\n", "- Output:\n")], ["SOP112 @ 31:8"]),
    "SOP120": ([("Ya → 3; Tidak → 1", "Ya → 3")], ["SOP120 @ 38:14"]),
    "SOP122": (
        [("- Output: Berkas\n", "- Output: Berkas\n- Alur: 3\n"), ("Tidak → 1", "Tidak → 3.kepala")],
        ["SOP122 @ 39:14"],
    ),
    "SOP123": (
        [
            ("Tidak → 1", "Tidak → 4"),
            ("umum & kepala\n", "umum & kepala\n- Alur: selesai\n"),
            ("- Output: Arsip\n", f"- Output: Arsip\n{CIRCLE}"),
        ],
        ["SOP123 @ 52:14", "SOP123 @ 59:14"],
    ),
    "SOP124 no end": ([("umum & kepala\n", "umum (proses) & kepala (proses)\n")], ["SOP124 @ 29:4"]),
    "SOP124 no start": ([("- Pelaksana: umum\n", "- Pelaksana: umum (proses)\n")], ["SOP124 @ 29:4"]),
    "SOP125": ([("kepala (keputusan)", "umum (keputusan)"), ("umum & kepala", "umum")], ["SOP125 @ 7:19"]),
    "joined symbols reach each other": ([("Ya → 3; Tidak → 1", "Ya → 3.kepala; Tidak → 1")], []),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_rule(name: str, tmp_path: Path) -> None:
    changes, expected = CASES[name]
    assert judge(tmp_path, *changes) == expected


NIP = {
    "19880619 201001 2 002": [],
    "198806192010012002": [],
    "19880619 200606 2 002": [],
    "19880619 200605 2 002": ["SOP115 @ pejabat.yaml:4:8"],
    "19890619 200701 2 002": ["SOP115 @ pejabat.yaml:4:8"],
    "19500101 200912 2 002": ["SOP115 @ pejabat.yaml:4:8"],
    "19500101 200812 2 002": [],
    "19880619 201021 2 002": ["SOP106 @ pejabat.yaml:4:8"],
    "19880230 201001 2 002": ["SOP106 @ pejabat.yaml:4:8"],
    "19881319 201001 2 002": ["SOP106 @ pejabat.yaml:4:8"],
    "19880619 201013 2 002": ["SOP106 @ pejabat.yaml:4:8"],
    "19880619 201001 3 002": ["SOP106 @ pejabat.yaml:4:8"],
    "19880619 201001 2 02": ["SOP106 @ pejabat.yaml:4:8"],
    "00000619 201001 2 002": ["SOP106 @ pejabat.yaml:4:8"],
    "-": ["SOP106 @ pejabat.yaml:4:8"],
}


@pytest.mark.parametrize("nip", NIP)
def test_nip(nip: str, tmp_path: Path) -> None:
    assert judge(tmp_path, ("19880619 201001 2 002", nip), file="content/pejabat.yaml") == NIP[nip]


def test_a_number_used_twice(tmp_path: Path) -> None:
    other = FILES[SOP].replace("nama: Surat\n", "nama: Arsip\n")
    assert judge(tmp_path / "a", extra={"content/sop/arsip.md": other}) == ["SOP103 @ 2:8"]
    other = other.replace("12/KTR/2023", "13/KTR/2023")
    assert judge(tmp_path / "b", extra={"content/sop/arsip.md": other}) == []


def good(tmp_path: Path) -> Workspace:
    assert judge(tmp_path) == []
    workspace = read_workspace(tmp_path).workspace
    assert workspace is not None
    return workspace


def test_branches_that_lead_to_one_place(tmp_path: Path) -> None:
    """The content room refuses to read such a decision (SOP056), so this one is made by hand."""
    workspace = good(tmp_path)
    places = [SimbolId(number, "umum") for number in (1, 2, 3)]
    kinds = [Bentuk.MULAI, Bentuk.KEPUTUSAN, Bentuk.SELESAI]
    text = RichText.of("-")
    steps = tuple(
        Langkah(place.langkah, text, (Simbol(place, kind, "", Span(SOP, place.langkah, 7)),), text, text, None, text)
        for place, kind in zip(places, kinds, strict=True)
    )
    ways = (
        Alur(places[0], places[1]),
        Alur(places[1], places[2], "Ya"),
        Alur(places[1], places[2], "Tidak"),
    )
    sop = replace(workspace.sop["surat"], prosedur=(Prosedur(steps, ways),), pelaksana=("umum",))
    assert [shown(f) for f in check_workspace(replace(workspace, sop={"surat": sop}))] == ["SOP121 @ 2:7"]
    back = replace(sop, prosedur=(Prosedur(steps, (*ways[:2], Alur(places[1], places[0], "Tidak"))),))
    assert check_workspace(replace(workspace, sop={"surat": back})) == ()


def test_every_code_has_a_case() -> None:
    shown_codes = {line.split(" @ ")[0] for _, expected in CASES.values() for line in expected}
    assert shown_codes | {"SOP103", "SOP106", "SOP115", "SOP121"} == set(CODES)


@pytest.mark.parametrize(
    ("change", "severity"),
    [
        (("12/KTR/2023", "null"), Severity.PERINGATAN),
        (("pengesahan: 2023-01-02", "pengesahan: null"), Severity.PERINGATAN),
        (("pelaksana: [umum, kepala]", "pelaksana: [umum, kepala]\nperlu_konfirmasi: [a]"), Severity.CATATAN),
        (("[PP 4/2011]", "[PP 46/2011]"), Severity.PERINGATAN),
        (("- Waktu: 5 menit\n", ""), Severity.PERINGATAN),
        (("Segera.", ""), Severity.GALAT),
        (("Ya → 3; Tidak → 1", "Ya → 3"), Severity.GALAT),
    ],
)
def test_severity(change: tuple[str, str], severity: Severity, tmp_path: Path) -> None:
    judge(tmp_path, change)
    workspace = read_workspace(tmp_path).workspace
    assert workspace is not None
    assert [finding.severity for finding in check_workspace(workspace)] == [severity]
