"""The kinds of regulations: one table for printing, reading and ordering them.

Source of the order: UU 12/2011 art. 7 (1): UUD 1945, Ketetapan MPR, UU and Perppu, PP, Perpres, Perda provinsi, Perda
kabupaten/kota. Art. 8 acknowledges the regulations of ministers, institutions, governors, regents and others
without giving them a place. By convention, not by law: ministers and institutions stand between Perpres and
Perda; Pergub beside the Perda of a kabupaten; Perbup and Perwali below it; then the villages. Keputusan decide single
cases and have no place; a Surat Edaran is no legislation and comes last.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto

from sopdocs.model.lembaga import find_lembaga, fold_words


class Pemilik(Enum):
    """Whose name tells two regulations of a kind with one number and year apart."""

    TUNGGAL = auto()
    """There is only one maker."""
    LEMBAGA = auto()
    """An institution, which must be named."""
    WILAYAH = auto()
    """A region or one of its offices; left out where it is the writer's own."""


@dataclass(frozen=True, slots=True)
class Sebutan:
    """One name of a kind."""

    nama: str
    """As printed."""
    singkatan: tuple[str, ...] = ()
    """Short names, the usual one first; printed as `nama`."""
    lama: tuple[str, ...] = ()
    """Other and older names; understood, and printed as they are written."""
    lanjutan: tuple[str, ...] = ()
    """Small words of which one must follow; they belong to the maker."""
    jabatan: str = ""
    """The office within `nama` that belongs to the maker: "Menteri"."""
    lembaga: str = ""
    """The maker, when the short name holds it."""
    melekat: bool = False
    """Whether the maker may be joined to the short name: Permendagri."""


@dataclass(frozen=True, slots=True)
class Jenis:
    """A kind of regulation."""

    key: str
    peringkat: int | None
    """1 is highest; None has no place in the order."""
    pemilik: Pemilik
    sebutan: tuple[Sebutan, ...]


_TUNGGAL, _LEMBAGA, _WILAYAH = Pemilik.TUNGGAL, Pemilik.LEMBAGA, Pemilik.WILAYAH
_PUSAT = (
    *("badan", "lembaga", "komisi", "mahkamah", "otoritas", "bank", "arsip nasional"),
    *("anri", "bkn", "bpk", "bpkp", "bps", "kpk", "kpu", "lan", "lkpp"),
)
_KANTOR_DAERAH = ("dinas", "bagian", "kantor", "sekolah", "puskesmas", "upt", "satuan", "sekretariat")
_PERDA = ("Peraturan Daerah", ("Perda",), ())

JENIS = (
    Jenis("uud", 1, _TUNGGAL, (Sebutan("Undang-Undang Dasar", ("UUD",)),)),
    Jenis(
        "tap_mpr",
        2,
        _TUNGGAL,
        (
            Sebutan(
                "Ketetapan Majelis Permusyawaratan Rakyat",
                ("Tap MPR",),
                ("Ketetapan MPR", "Tap MPRS", "Ketetapan MPRS", "Ketetapan Majelis Permusyawaratan Rakyat Sementara"),
            ),
        ),
    ),
    Jenis("uu", 3, _TUNGGAL, (Sebutan("Undang-Undang", ("UU",)),)),
    Jenis("uu_darurat", 3, _TUNGGAL, (Sebutan("Undang-Undang Darurat", ("UU Darurat",)),)),
    Jenis("perppu", 3, _TUNGGAL, (Sebutan("Peraturan Pemerintah Pengganti Undang-Undang", ("Perppu", "Perpu")),)),
    Jenis("pp", 4, _TUNGGAL, (Sebutan("Peraturan Pemerintah", ("PP",)),)),
    Jenis("perpres", 5, _TUNGGAL, (Sebutan("Peraturan Presiden", ("Perpres",)),)),
    Jenis("keppres", 5, _TUNGGAL, (Sebutan("Keputusan Presiden", ("Keppres", "Kepres")),)),
    Jenis("inpres", 5, _TUNGGAL, (Sebutan("Instruksi Presiden", ("Inpres",)),)),
    Jenis(
        "permen",
        6,
        _LEMBAGA,
        (
            Sebutan("Peraturan Menteri", ("Permen",), jabatan="Menteri", melekat=True),
            Sebutan("Peraturan Menteri Negara", ("Permeneg",), jabatan="Menteri Negara"),
            Sebutan("Peraturan Menteri Keuangan", ("PMK",), jabatan="Menteri", lembaga="Keuangan"),
            Sebutan("Peraturan Bersama Menteri", jabatan="Menteri"),
        ),
    ),
    Jenis(
        "peraturan_lembaga",
        6,
        _LEMBAGA,
        (
            Sebutan("Peraturan Kepala", ("Perka",), jabatan="Kepala"),
            Sebutan("Peraturan", ("Perban",), lanjutan=_PUSAT),
        ),
    ),
    Jenis("perda_provinsi", 7, _WILAYAH, (Sebutan(*_PERDA, ("provinsi", "propinsi", "prov")),)),
    Jenis("perda_kabupaten_kota", 8, _WILAYAH, (Sebutan(*_PERDA, ("kabupaten", "kab", "kota")),)),
    Jenis("perda", 8, _WILAYAH, (Sebutan(*_PERDA),)),
    Jenis("pergub", 8, _WILAYAH, (Sebutan("Peraturan Gubernur", ("Pergub",), jabatan="Gubernur"),)),
    Jenis("perbup", 9, _WILAYAH, (Sebutan("Peraturan Bupati", ("Perbup",), jabatan="Bupati"),)),
    Jenis(
        "perwali",
        9,
        _WILAYAH,
        (Sebutan("Peraturan Wali Kota", ("Perwali", "Perwal"), ("Peraturan Walikota",), jabatan="Wali Kota"),),
    ),
    Jenis("perkada", 9, _WILAYAH, (Sebutan("Peraturan Kepala Daerah", ("Perkada",)),)),
    Jenis("perdes", 10, _WILAYAH, (Sebutan("Peraturan Desa", ("Perdes",), jabatan="Desa"),)),
    Jenis("perkades", 10, _WILAYAH, (Sebutan("Peraturan Kepala Desa", ("Perkades",), jabatan="Desa"),)),
    Jenis(
        "peraturan_perangkat_daerah",
        None,
        _WILAYAH,
        (Sebutan("Peraturan Kepala", ("Perka",), (), _KANTOR_DAERAH, "Kepala"), Sebutan("Peraturan Camat")),
    ),
    Jenis("kepmen", None, _LEMBAGA, (Sebutan("Keputusan Menteri", ("Kepmen",), jabatan="Menteri", melekat=True),)),
    Jenis("keputusan_kepala", None, _LEMBAGA, (Sebutan("Keputusan Kepala", ("Kepka",), jabatan="Kepala"),)),
    Jenis("kepgub", None, _WILAYAH, (Sebutan("Keputusan Gubernur", ("Kepgub",), jabatan="Gubernur"),)),
    Jenis("kepbup", None, _WILAYAH, (Sebutan("Keputusan Bupati", ("Kepbup",), jabatan="Bupati"),)),
    Jenis(
        "kepwali",
        None,
        _WILAYAH,
        (Sebutan("Keputusan Wali Kota", ("Kepwali", "Kepwal"), ("Keputusan Walikota",), jabatan="Wali Kota"),),
    ),
    Jenis("se", 11, _WILAYAH, (Sebutan("Surat Edaran", ("SE",)),)),
)
"""In the order of rank, as far as there is one."""

JENIS_BY_KEY = {jenis.key: jenis for jenis in JENIS}
RINGKASAN_URUTAN = "UUD, Tap MPR, UU/Perppu, PP, Perpres, Permen dan peraturan lembaga, Perda, Perkada, Perdes, SE"


@dataclass(frozen=True, slots=True)
class JenisTertulis:
    """The kind that a text begins with."""

    jenis: Jenis
    sebutan: Sebutan
    singkat: bool
    """Whether it is written short."""
    end: int
    """Where the name of the kind ends in the text."""

    def lembaga(self, rest: str) -> str | None:
        """Return the maker, of which `rest` is written after the kind: "Menteri Dalam Negeri"; None when not named."""
        if self.jenis.pemilik is Pemilik.TUNGGAL:
            return None
        named = _REPUBLIK.sub("", rest.strip(" .,:;-")) or self.sebutan.lembaga
        return f"{self.sebutan.jabatan} {named}".strip() if named else None


_REPUBLIK = re.compile(r"^(?:Republik Indonesia|R\.? ?I)(?![a-z])[ .,]*", re.IGNORECASE)


def find_jenis(text: str) -> JenisTertulis | None:
    """Return the kind whose name `text` begins with, the longest name first."""
    folded = fold_words(text)
    for pattern, jenis, sebutan, singkat in _NAMES:
        match = pattern.match(folded)
        if match:
            return JenisTertulis(jenis, sebutan, singkat, match.end())
    return None


def printed_jenis(text: str) -> str:
    """Return the `jenis` of a register entry as it is printed: short names in full, others as written."""
    found = find_jenis(text)
    if found is None or not found.singkat:
        return text
    rest = text[found.end :].strip()
    known = find_lembaga(rest) if found.jenis.pemilik is Pemilik.LEMBAGA and rest else None
    return f"{found.sebutan.nama} {known.nama if known else rest}".strip()


def _patterns() -> list[tuple[re.Pattern[str], Jenis, Sebutan, bool]]:
    rows: list[tuple[tuple[bool, int], str, Jenis, Sebutan, bool]] = []
    for jenis in JENIS:
        for sebutan in jenis.sebutan:
            for nama in (sebutan.nama, *sebutan.singkatan, *sebutan.lama):
                words = " {1,3}".join(fold_words(nama).split())
                after = rf" {{1,3}}(?:{'|'.join(sebutan.lanjutan)})(?![a-z])" if sebutan.lanjutan else ""
                joined = sebutan.melekat and nama in sebutan.singkatan
                end = f"(?={after})" if after else "" if joined else "(?![a-z])"
                # What demands more of the text is tried first.
                rows.append(((not after, -len(nama)), words + end, jenis, sebutan, nama in sebutan.singkatan))
    rows.sort(key=lambda row: row[0])
    return [(re.compile(pattern), jenis, sebutan, singkat) for _, pattern, jenis, sebutan, singkat in rows]


_NAMES = _patterns()
