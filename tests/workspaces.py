"""Small workspaces of invented offices and people."""

from __future__ import annotations

from pathlib import Path

INSTANSI = """nama: Kecamatan Contoh Jaya
kabupaten: Kabupaten Contoh
kop: [KECAMATAN CONTOH JAYA, KABUPATEN CONTOH]
tempat: Contoh Jaya
logo: null
aturan: # what changes with the day, or takes files that these tests do not need
  SOP114: {tingkat: mati}
  SOP116: {tingkat: mati}
  SOP118: {tingkat: mati}
  SOP133: {tingkat: mati}
  SOP138: {tingkat: mati}
  SOP168: {tingkat: mati}
  SOP170: {tingkat: mati}
"""
PEJABAT = """camat:
  jabatan: Camat Contoh Jaya
  nama: Budi Contoh, S.Contoh.
  nip: "19700101 199501 1 001"
"""
PELAKSANA = "umum: {nama: Umum}\nkepala: {nama: Kepala}\n"
SOP = """---
nomor: "{nomor}"
nama: {nama}
pembuatan: 2024-01-02
pengesahan: 2024-01-03
pengesah: camat
pelaksana: [umum, kepala]
---

## Dasar Hukum
1. Peraturan Contoh Nomor 1 Tahun 2020 tentang Contoh

## Kualifikasi Pelaksana
1. Memahami contoh

## Keterkaitan
- SOP lain

## Peralatan/Perlengkapan
1. Komputer

## Peringatan
Jika tidak dilaksanakan, contoh gagal.

## Pencatatan dan Pendataan
Disimpan.

## Prosedur

### 1. Menerima {benda}
- Pelaksana: umum
- Syarat: {benda}
- Waktu: 5 menit
- Output: {benda} diterima

### 2. Memeriksa {benda}
- Pelaksana: kepala (keputusan)
- Syarat: {benda} diterima
- Waktu: 5 menit
- Output: {benda} diperiksa
- Alur: Ya → 3; Tidak → 1

### 3. Menyimpan {benda}
- Pelaksana: umum
- Syarat: {benda} diperiksa
- Waktu: 5 menit
- Output: {benda} tersimpan
"""


def make_workspace(root: Path) -> Path:
    """Write a workspace of two faultless SOPs, `surat-keluar` and `surat-masuk`, and return its folder."""
    sop = root / "content" / "sop"
    sop.mkdir(parents=True)
    for name, text in (("instansi", INSTANSI), ("pejabat", PEJABAT), ("pelaksana", PELAKSANA)):
        (root / "content" / f"{name}.yaml").write_text(text, encoding="utf-8")
    for number, word in enumerate(("keluar", "masuk"), start=1):
        text = SOP.format(nomor=f"00{number}/CONTOH/2024", nama=f"Surat {word.title()}", benda=f"surat {word}")
        (sop / f"surat-{word}.md").write_text(text, encoding="utf-8")
    return root


def edit(root: Path, slug: str, old: str, new: str) -> None:
    """Change a text in one SOP; it must be there."""
    path = root / "content" / "sop" / f"{slug}.md"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
