"""docs/temuan-lembar-asli.md: what the check says of the two source sheets, as entered and as they were scanned."""

from __future__ import annotations

import shutil
import tempfile
from datetime import date
from pathlib import Path

from sopdocs.cli.checking import load
from sopdocs.model import Finding, Place

ROOT = Path(__file__).parents[1]
TODAY = date(2026, 11, 22)
"""Periods are judged as of this day, so that the page stays the same."""
_FIRST, _SECOND = "sop/pelaksanaan-pengukuran-kinerja.md", "sop/pengumpulan-data-kinerja.md"
_NAME = "Renny Yudisthesia"
AS_SCANNED = (
    ("pejabat.yaml", "camat:\n", "camat_2:\n"),
    ("pejabat.yaml", "jabatan: Camat Paringin Selatan", "jabatan: Camat Paringgi Selatan"),
    (
        "pejabat.yaml",
        "camat_2:\n",
        f"camat: {{jabatan: Camat Paringin Selatan, nama: '{_NAME}, S.P., M.P.', nip: '19890619 200701 2 002'}}\n"
        "camat_2:\n",
    ),
    (
        "pelaksana.yaml",
        "sekcam: {",
        "kasubag: {nama: Kepala Subbagian, singkatan: Kasubag}\nsekcam: {",
    ),
    (_FIRST, "pembuatan: 2023-01-02\nrevisi: null", "pembuatan: null\nrevisi: 2023-01-02"),
    (_FIRST, "1. Renja", "1. Rengja"),
    *((_FIRST, f"### {number}. ", f"### {number + 1}. ") for number in (7, 6, 5, 4, 3)),
    (_FIRST, "Pengentrian/penginputan", "Pengertian/penginputan"),
    (_FIRST, "Penggandaan Dokumen", "Penggunaan Dokumen"),
    (_SECOND, "nomor: null", "nomor: 02 JANUARI 2023"),
    (_SECOND, "pengesah: camat", "pengesah: camat_2"),
    (_SECOND, "[staf, kasi, kasubbag, sekcam, camat]", "[staf, kasi, kasubag, sekcam, camat]"),
    *(
        (_SECOND, f"{before}- Pelaksana: kasubbag", f"{before}- Pelaksana: kasubag")
        for before in ("triwulan\n", "tahunan\n")
    ),
)
"""(file, as entered, as scanned): where the content departs from the scan, undone."""
_HEAD = """# Temuan pada kedua lembar asli

Apa yang dikatakan `sopdocs check` tentang kedua lembar sumber, dinilai per {today}. Butir `perlu_konfirmasi` (SOP107)
tidak diulang di sini; isinya berdiri pada bagian depan berkas masing-masing.
"""


def page() -> str:
    """The whole page."""
    text = _HEAD.format(today=TODAY.isoformat())
    text += "\n## Seperti tercatat di content/\n\n" + _table(load(Place(ROOT), TODAY).findings)
    with tempfile.TemporaryDirectory() as place:
        root = Path(place)
        shutil.copytree(ROOT / "content", root / "content")
        for name, entered, scanned in AS_SCANNED:
            path = root / "content" / name
            found = path.read_text(encoding="utf-8")
            if entered not in found:
                raise SystemExit(f"{name} no longer holds: {entered}")
            path.write_text(found.replace(entered, scanned), encoding="utf-8")
        scanned_findings = load(Place(root), TODAY).findings
    text += "\n## Seandainya disalin persis seperti hasil pindai\n\n"
    text += "Dua ejaan pejabat dan NIP, tanggal di tempat nomor, nomor langkah yang melompat, dua ejaan Kasubbag, dan\n"
    text += "salah baca hasil pindai dibiarkan. Nomor baris mengikuti salinan itu.\n\n"
    return text + _table(scanned_findings)


def _table(findings: tuple[Finding, ...]) -> str:
    rows = "| Tempat | Tingkat | Kode | Temuan |\n|---|---|---|---|\n"
    for finding in findings:
        if finding.code != "SOP107":
            place = f"{finding.span.path.removeprefix('content/')}:{finding.span.line}"
            hint = f" ({finding.hint})" if finding.hint else ""
            message = f"{finding.message}{hint}".replace("|", "\\|")
            rows += f"| {place} | {finding.severity} | {finding.code} | {message} |\n"
    return rows
