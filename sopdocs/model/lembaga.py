"""Whose regulation it is: institutions with their short names, and regions."""

from __future__ import annotations

import re
import string
from dataclasses import dataclass

_MARKS = ".,:;-_&'\"\u2010\u2011\u2012\u2013"
_FOLD = str.maketrans(string.ascii_uppercase + _MARKS, string.ascii_lowercase + " " * len(_MARKS))


def fold_words(text: str) -> str:
    """Return `text` with small ASCII letters and spaces for marks, of the same length: places stay the same."""
    return text.translate(_FOLD)


@dataclass(frozen=True, slots=True)
class Lembaga:
    """An institution of the state that makes regulations."""

    singkatan: str
    """Capitals throughout for one that stands alone (BKN), otherwise joined to the kind (Permendagri)."""
    nama: str
    """As it stands after "Menteri", or after "Kepala" and alone for an institution without a minister."""
    pengganti: str = ""
    """Short name of the institution that carries on under another name; both count as one."""


_LEMBAGA = (
    Lembaga("ANRI", "Arsip Nasional Republik Indonesia"),
    Lembaga("BKN", "Badan Kepegawaian Negara"),
    Lembaga("BPK", "Badan Pemeriksa Keuangan"),
    Lembaga("BPKP", "Badan Pengawasan Keuangan dan Pembangunan"),
    Lembaga("BPS", "Badan Pusat Statistik"),
    Lembaga("KPK", "Komisi Pemberantasan Korupsi"),
    Lembaga("KPU", "Komisi Pemilihan Umum"),
    Lembaga("LAN", "Lembaga Administrasi Negara"),
    Lembaga("LKPP", "Lembaga Kebijakan Pengadaan Barang/Jasa Pemerintah"),
    Lembaga("PANRB", "Pendayagunaan Aparatur Negara dan Reformasi Birokrasi"),
    Lembaga("PAN", "Pendayagunaan Aparatur Negara", "PANRB"),
    Lembaga("Dagri", "Dalam Negeri"),
    Lembaga("Dikbud", "Pendidikan dan Kebudayaan"),
    Lembaga("Kes", "Kesehatan"),
    Lembaga("Keu", "Keuangan"),
    Lembaga("Kominfo", "Komunikasi dan Informatika"),
    Lembaga("Kumham", "Hukum dan Hak Asasi Manusia"),
    Lembaga("Naker", "Ketenagakerjaan"),
    Lembaga("Sos", "Sosial"),
)
_REPUBLIK = {"republik", "indonesia", "ri", "nri"}
_JABATAN = re.compile(r"(?:menteri|kepala|gubernur|bupati|wali ?kota|desa)(?![a-z]) *(?:negara(?![a-z]) *)?")
_TINGKAT = re.compile(r"(?:(?P<kabupaten>kab|kabupaten)|(?P<provinsi>prov|provinsi|propinsi)|(?P<kota>kota))(?![a-z])")


def find_lembaga(nama: str) -> Lembaga | None:
    """Return the institution that `nama` means, in full or short, with or without "RI" or "Menteri"."""
    return _BY_NAME.get(_squeeze(nama))


def lembaga_key(nama: str) -> str:
    """Fold the name of an institution: short and full names give the same."""
    found = find_lembaga(nama)
    return _squeeze(nama) if found is None else (found.pengganti or found.singkatan).casefold()


def same_region(one: str, other: str) -> bool:
    """Whether two names of a region agree; "Balangan" agrees with "Kabupaten Balangan", "Kota …" does not."""
    (level, name), (other_level, other_name) = _region(one), _region(other)
    return name == other_name and (level == other_level or not level or not other_level)


def _region(nama: str) -> tuple[str, str]:
    words = fold_words(nama).strip()
    words = words[jabatan.end() :] if (jabatan := _JABATAN.match(words)) else words
    match = _TINGKAT.match(words)
    return (match.lastgroup or "", _squeeze(words[match.end() :])) if match else ("", _squeeze(words))


def _squeeze(nama: str) -> str:
    """Leave out what writers leave out: marks, "dan", "RI", the office of a person."""
    words = fold_words(nama).strip()
    words = words[jabatan.end() :] if (jabatan := _JABATAN.match(words)) else words
    return "".join(word for word in words.split() if word != "dan" and word not in _REPUBLIK)


_BY_NAME = {_squeeze(name): lembaga for lembaga in _LEMBAGA for name in (lembaga.nama, lembaga.singkatan)}
