"""The first text of a new SOP."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from sopdocs.content.report import Report
from sopdocs.content.source import printable
from sopdocs.model import Span

_LONGEST_SLUG = 60
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_]*( [A-Za-z0-9()/,.-]+)*")
_NOT_TEXT = ("true", "false", "null", "yes", "no", "on", "off")
"""Words that YAML, or an older version of it, takes for something else than text."""

_TEXT = """\
---
# Isi tiap kunci sesudah titik dua. Catatan seperti ini tidak tercetak dan boleh dihapus.
nomor: null  # nomor SOP, diapit tanda kutip; null bila belum ada
nama: {nama}
# Tanggal ditulis tahun-bulan-hari, misalnya 2024-01-31.
pembuatan: null  # tanggal selesai dibuat
revisi: null  # tanggal revisi; boleh di masa depan
pengesahan: null  # tanggal pengesahan
efektif: null  # hanya dicetak bila diisi
status: konsep  # diubah oleh sopdocs issue, revise, revoke, dan replace
pengesah: {pengesah}  # kunci dari pejabat.yaml
pelaksana: [{pelaksana}]  # lajur dari kiri ke kanan, kunci dari pelaksana.yaml
# Selama daftar ini berisi, lembarnya tercetak KONSEP.
perlu_konfirmasi:
  - "Isi berkas ini masih contoh: ganti semuanya, lalu hapus butir ini."
---

## Dasar Hukum
-

## Kualifikasi Pelaksana
-

## Keterkaitan
-

## Peralatan/Perlengkapan
-

## Peringatan
-

## Pencatatan dan Pendataan
-

## Prosedur

### 1. Menerima berkas
- Pelaksana: {first}
- Syarat: Berkas
- Waktu: 10 menit
- Output: Berkas diterima
- Keterangan: -

### 2. Memeriksa kelengkapan berkas
- Pelaksana: {second} (keputusan "Lengkap?")
- Syarat: Berkas diterima
- Waktu: 30 menit
- Output: Berkas diperiksa
- Keterangan: Yang tidak lengkap dikembalikan
- Alur: Ya → 3; Tidak → 1

### 3. Menyimpan berkas
- Pelaksana: {third}
- Syarat: Berkas diperiksa
- Waktu: 10 menit
- Output: Berkas tersimpan
- Keterangan: -

## Riwayat Revisi
| Revisi | Tanggal | Uraian | Alasan | Oleh |
|---|---|---|---|---|

## Catatan
Bagian ini tidak tercetak dan boleh dihapus.

- Ganti tanda `-` di bawah judul bagian dengan teks atau daftar; biarkan bila memang tidak ada isinya.
- Dasar Hukum: satu peraturan satu nomor. Yang terdaftar di peraturan.yaml cukup ditulis `[jenis nomor/tahun]`.
- Keterkaitan: SOP lain ditulis dengan nama berkasnya seperti `[[nama-berkas]]`, atau sebagai teks biasa.
- Judul langkah berbentuk `### 4. Uraian`, nomornya berurutan; isiannya satu baris tiap isian, diawali `-`.
- Pelaksana: lambang boleh disebut di dalam kurung: mulai, selesai, proses, atau keputusan.
- Waktu: menit, jam, hari, hari kerja, minggu, atau bulan; teks bebas diapit tanda kutip; `-` bila tidak ada.
- Alur: nomor langkah tujuan bila bukan langkah berikutnya; keputusan ditulis seperti `Ya → 3; Tidak → 1`.
"""


def slug_of(name: str) -> str:
    """The file name for an SOP: ASCII in lower case, joined by hyphens, cut at a word; empty when nothing is left."""
    plain = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", plain)
    slug = ""
    for word in words:
        longer = f"{slug}-{word}" if slug else word[:_LONGEST_SLUG]
        if len(longer) > _LONGEST_SLUG:
            break
        slug = longer
    return slug


def new_text(name: str, official: str, lanes: Sequence[str]) -> str:
    """Return a complete SOP file in canonical form; `official` and `lanes` (one to three) are keys of the registers."""
    lanes = list(lanes)
    return _TEXT.format(
        nama=_scalar(" ".join(printable(name, Span(""), Report()).split())),
        pengesah=_scalar(official),
        pelaksana=", ".join(_scalar(lane) for lane in lanes),
        first=lanes[0],
        second=lanes[min(1, len(lanes) - 1)],
        third=lanes[min(2, len(lanes) - 1)],
    )


def _scalar(text: str) -> str:
    """Write a text in YAML, in quotation marks unless it is plain words."""
    if _PLAIN.fullmatch(text) and text.casefold() not in _NOT_TEXT:
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
