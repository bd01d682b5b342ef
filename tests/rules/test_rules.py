"""Each rule with a workspace that breaks it, at the place it names, and one that does not."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sopdocs.content import read_workspace
from sopdocs.model import (
    Finding,
    Severity,
)
from sopdocs.rules import check_workspace

TODAY = date(2023, 6, 1)
FILES = {
    "content/instansi.yaml": "nama: Kantor\nkop: [KANTOR]\nlogo: logo.png\npola_nomor: '\\d+/KTR/\\d{4}'\n",
    "content/logo.png": "there",
    "content/bundel.yaml": (
        "judul: SOP\nkeputusan: {nomor: 1, tanggal: 2023-02-01, tentang: SOP}\n"
        "penjelasan: {ruang_lingkup: Kantor, ringkasan: Surat, pengertian: [{istilah: Arsip, arti: Surat lama}]}\n"
    ),
    "content/pejabat.yaml": 'camat:\n  jabatan: Camat\n  nama: Siti\n  nip: "19880619 201001 2 002"\n',
    "content/pelaksana.yaml": "umum: {nama: Umum}\nkepala: {nama: Kepala}\n",
    "content/peraturan.yaml": (
        "- {jenis: PP, nomor: 46, tahun: 2011, tentang: Kerja, status: dicabut, dicabut_oleh: PP 30/2019, sumber: x}\n"
        "- {jenis: PP, nomor: 4, tahun: 2011, tentang: Surat}\n"
        "- {jenis: Perbup, nomor: 7, tahun: 2012, tentang: Arsip}\n"
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
2. [Perbup 7/2012]

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
    return [shown(finding) for finding in check_workspace(reading.workspace, TODAY)]


def shown(finding: Finding) -> str:
    name = "" if finding.span.path == SOP else finding.span.path.rpartition("/")[2] + ":"
    return f"{finding.code} @ {name}{finding.span.line}:{finding.span.col}"


def test_a_good_workspace_has_no_findings(tmp_path: Path) -> None:
    assert judge(tmp_path) == []


_STEP = "\n### {n}. Mengurus surat {n}\n- Pelaksana: {who}\n- Syarat: -\n- Waktu: -\n- Output: -\n- Alur: {to}\n"
CIRCLE = "".join(_STEP.format(n=n, who="umum", to=to) for n, to in ((4, 5), (5, 6), (6, 5)))  # 4 only leads there
REPAIR = _STEP.format(n=4, who="umum", to=1)
ASKING = _STEP.format(n=4, who='kepala (keputusan "Cukup?")', to="Ya → 5; Tidak → 1")
ASKING += "\n### 5. Menutup\n- Pelaksana: umum\n- Syarat: -\n- Waktu: -\n- Output: -\n"
LEADING_NOWHERE = _STEP.format(n=4, who="umum", to=5)
LEADING_NOWHERE += (
    "\n### 5. Menutup\n- Pelaksana: umum (proses) & kepala (proses)\n- Syarat: -\n- Waktu: -\n- Output: -\n"
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
        ["SOP105 @ 5:13", "SOP105 @ 6:9", "SOP113 @ 6:9", "SOP105 @ 7:10", "SOP119 @ 7:10"],
    ),
    "later dates": ([("pengesahan: 2023-01-02", "pengesahan: 2023-02-01\nrevisi: 2025-01-01")], []),
    "SOP107": (
        [("pelaksana: [umum, kepala]", "pelaksana: [umum, kepala]\nperlu_konfirmasi: [Satu, Dua]")],
        ["SOP107 @ 8:20", "SOP107 @ 8:26"],
    ),
    "SOP110 empty": ([("Segera.", "")], ["SOP110 @ 23:4"]),
    "SOP110 left out": ([("## Peringatan\nSegera.\n", "")], ["SOP110 @ 1:1"]),
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
            ("- Output: Arsip\n", f"- Output: Arsip\n{LEADING_NOWHERE}"),
        ],
        ["SOP123 @ 59:30"],
    ),
    "SOP154": (
        [
            ("Tidak → 1", "Tidak → 4"),
            ("umum & kepala\n", "umum & kepala\n- Alur: selesai\n"),
            ("- Output: Arsip\n", f"- Output: Arsip\n{CIRCLE}"),
        ],
        ["SOP154 @ 59:14"],
    ),
    "SOP154 not where a decision leaves": ([("- Output: Arsip\n", f"- Output: Arsip\n{ASKING}")], []),
    "no end, and a way back that decides nothing": (
        [("umum & kepala\n", "umum & kepala\n- Alur: 1\n")],
        ["SOP124 @ 29:4", "SOP155 @ 45:21"],
    ),
    "SOP155": (
        [
            ("umum & kepala\n", "umum & kepala\n- Alur: selesai\n"),
            ("Tidak → 1", "Tidak → 4"),
            ("- Output: Arsip\n", f"- Output: Arsip\n{REPAIR}"),
        ],
        ["SOP155 @ 52:14"],
    ),
    "SOP155 within a step": (
        [("- Pelaksana: umum\n", "- Pelaksana: umum, kepala (mulai)\n- Alur:\n  - kepala: 1.umum\n  - umum: 2\n")],
        ["SOP155 @ 32:20"],
    ),
    "SOP156": ([("### 2. Memeriksa", "### 2. Menghimpun")], ["SOP156 @ 38:14"]),
    "SOP156 not for a question": (
        [("### 2. Memeriksa", "### 2. Menghimpun"), ("kepala (keputusan)", "kepala (keputusan \"Cukup?\")")],
        [],
    ),
    "SOP156 for a label that asks nothing": (
        [("### 2. Memeriksa", "### 2. Menghimpun"), ("kepala (keputusan)", "kepala (keputusan \"Cukup\")")],
        ["SOP156 @ 38:14"],
    ),
    "SOP143": ([("5 menit", '"Secukupnya"')], ["SOP143 @ 34:11"]),
    "SOP144": ([("5 menit", "31 hari kerja")], ["SOP144 @ 34:10"]),
    "SOP145": ([("5 menit", "1 hari"), ("1 jam", "2 hari kerja")], ["SOP145 @ 47:10"]),
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
        (("### 2. Memeriksa", "### 2. Menghimpun"), Severity.CATATAN),
        (("5 menit", "0 menit"), Severity.PERINGATAN),
        (("5 menit", "2 bulan"), Severity.PERINGATAN),
    ],
)
def test_severity(change: tuple[str, str], severity: Severity, tmp_path: Path) -> None:
    judge(tmp_path, change)
    workspace = read_workspace(tmp_path).workspace
    assert workspace is not None
    assert [finding.severity for finding in check_workspace(workspace, TODAY)] == [severity]
