"""What the content files may hold: every key, with the kind of its value.

One description for the JSON Schemas in schema/ (scripts/schemas.py) and for the order of the keys of an SOP
(canonical.py). A new key is one `Key(...)` here, and one line where its reader takes it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sopdocs.model import Istilah, Kertas, StatusPeraturan, TandaTangan


@dataclass(frozen=True, slots=True)
class Text:
    """A text; numbers and dates count as they are written."""

    pattern: str = ""
    """Regular expression for the whole text; empty for any."""


@dataclass(frozen=True, slots=True)
class Texts:
    """A list of texts, or a single one."""


@dataclass(frozen=True, slots=True)
class Day:
    """A date, year-month-day."""


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number of at most six digits."""


@dataclass(frozen=True, slots=True)
class YesNo:
    """ya or tidak."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the values of an enumeration."""

    kinds: type[StrEnum]


@dataclass(frozen=True, slots=True)
class Lanes:
    """Keys of pelaksana.yaml, some of them under the name of a group."""


@dataclass(frozen=True, slots=True)
class Record:
    """Keys and their values."""

    keys: tuple[Key, ...]


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list of records."""

    item: Record


@dataclass(frozen=True, slots=True)
class MapOf:
    """Records under keys of the office's own choice."""

    item: Record


@dataclass(frozen=True, slots=True)
class RuleSettings:
    """Codes of rules, each with `tingkat` and the values that the rule has."""


Shape = Text | Texts | Day | Whole | YesNo | Choice | Lanes | Record | ListOf | MapOf | RuleSettings
Value = str | int | list[str]


@dataclass(frozen=True, slots=True)
class Key:
    """A key of a record."""

    name: str
    shape: Shape
    meaning: str
    """Indonesian."""
    example: Value | None = None
    required: bool = False


_WORDS = Istilah()
_HEADINGS = (
    ("uraian", _WORDS.uraian),
    ("pelaksana", _WORDS.pelaksana),
    ("mutu_baku", _WORDS.mutu_baku),
    ("syarat", _WORDS.syarat),
    ("waktu", _WORDS.waktu),
    ("output", _WORDS.output),
    ("keterangan", _WORDS.keterangan),
)

INSTANSI = Record(
    (
        Key("nama", Text(), "Nama kantor.", "Kecamatan Contoh Jaya", required=True),
        Key(
            "kop",
            Texts(),
            "Baris kop, dari atas.",
            ["KECAMATAN CONTOH JAYA", "KABUPATEN CONTOH"],
            required=True,
        ),
        Key("kabupaten", Text(), "Nama kabupaten; tersedia bagi templat.", "Kabupaten Contoh"),
        Key("alamat", Text(), "Dicetak di bawah kop bila ada.", "Jalan Contoh Nomor 1"),
        Key("tempat", Text(), "Tempat tanda tangan.", "Contoh Jaya"),
        Key("logo", Text(), "Berkas PNG atau JPEG di dalam content/; null: lambang sementara.", "logo.png"),
        Key("kertas", Choice(Kertas), "Ukuran kertas; selalu mendatar. Bawaan: F4.", "A4"),
        Key("pola_nomor", Text(), "Pola (regular expression) nomor SOP.", "[0-9.]+/[0-9]+/CONTOH/[0-9]{4}"),
        Key(
            "istilah",
            Record(tuple(Key(name, Text(), f"Judul kolom; bawaan: {word}.", word) for name, word in _HEADINGS)),
            "Judul kolom tabel prosedur.",
        ),
        Key(
            "tanda_tangan",
            Choice(TandaTangan),
            "bawah: di kanan bawah tabel (bawaan); identitas: di kolom Pengesahan.",
            "identitas",
        ),
        Key("prosedur_di_halaman_baru", YesNo(), "ya: tabel prosedur selalu mulai di halaman baru.", "ya"),
        Key("kantor_lain", Texts(), "Kantor lain yang boleh disebut di dalam teks.", ["Kecamatan Contoh Raya"]),
        Key("aturan", RuleSettings(), "Setelan aturan untuk kantor ini; lihat docs/aturan.md."),
    )
)
"""instansi.yaml."""

PEJABAT = MapOf(
    Record(
        (
            Key("jabatan", Text(), "Jabatan; dicetak dengan huruf besar.", "Camat Contoh Jaya", required=True),
            Key("nama", Text(), "Nama dan gelar.", "Budi Contoh, S.Contoh.", required=True),
            Key(
                "nip",
                Text("([0-9] ?){17}[0-9]"),
                "NIP: 18 angka, boleh berspasi, diapit tanda kutip.",
                "19700101 199501 1 001",
                required=True,
            ),
            Key("pangkat", Text(), "Pangkat; tersedia bagi templat.", "Pembina"),
        )
    )
)
"""pejabat.yaml."""

PELAKSANA = MapOf(
    Record(
        (
            Key("nama", Text(), "Nama lengkap pelaksana.", "Kepala Seksi", required=True),
            Key("singkatan", Text(), "Judul lajur; bawaan: nama.", "Kasi"),
        )
    )
)
"""pelaksana.yaml."""

PERATURAN = ListOf(
    Record(
        (
            Key("jenis", Text(), "Singkatan jenis peraturan.", "Perbup", required=True),
            Key("nomor", Text(), "Nomor peraturan.", "5A", required=True),
            Key("tahun", Whole(), "Tahun peraturan.", 2020, required=True),
            Key("tentang", Text(), "Judul peraturan.", "Contoh", required=True),
            Key("status", Choice(StatusPeraturan), "Bawaan: tidak_diketahui.", "berlaku"),
            Key("dicabut_oleh", Text(), "Peraturan pencabut.", "Perbup 1/2021"),
            Key("sumber", Text(), "Asal keterangan; tidak tercetak.", "Lembar SOP asli"),
        )
    )
)
"""peraturan.yaml."""

BUNDEL = Record(
    (
        Key("judul", Text(), "Judul di sampul.", "Standar Operasional Prosedur Kecamatan Contoh Jaya"),
        Key("tahun", Whole(), "Tahun di sampul.", 2024),
        Key("sop", Texts(), "Slug SOP menurut urutan; bawaan: semua SOP.", ["surat-masuk", "surat-keluar"]),
        Key("pengantar", Texts(), "Paragraf di sampul.", ["Dokumen ini memuat SOP yang dipakai."]),
        Key(
            "keputusan",
            Record(
                (
                    Key("nomor", Text(), "Nomor keputusan.", "1/2024"),
                    Key("tanggal", Day(), "Tanggal keputusan.", "2024-01-02"),
                    Key("tentang", Text(), "Judul keputusan.", "Penetapan SOP"),
                )
            ),
            "SK penetapan.",
        ),
    )
)
"""bundel.yaml."""

SOP = Record(
    (
        Key("nomor", Text(), "Nomor SOP; null bila belum ada.", "000/02/CONTOH/2024"),
        Key("nama", Text(), "Judul SOP.", "Pengelolaan Surat Masuk", required=True),
        Key("pembuatan", Day(), "Tanggal selesai dibuat.", "2024-01-02"),
        Key("revisi", Day(), "Tanggal revisi; boleh di masa depan.", "2025-01-02"),
        Key("pengesahan", Day(), "Tanggal pengesahan.", "2024-01-03"),
        Key("efektif", Day(), "Tanggal efektif; dicetak bila diisi.", "2024-02-01"),
        Key("pengesah", Text(), "Kunci dari pejabat.yaml.", "camat", required=True),
        Key(
            "pelaksana",
            Lanes(),
            "Lajur dari kiri ke kanan: kunci dari pelaksana.yaml, boleh berkelompok.",
            ["staf", "camat"],
            required=True,
        ),
        Key(
            "perlu_konfirmasi",
            Texts(),
            "Hal yang belum pasti; selama berisi, lembar KONSEP.",
            ["Nomor belum ada."],
        ),
        Key("pemantauan", Day(), "Tanggal pemantauan terakhir; tidak tercetak.", "2024-07-01"),
        Key("evaluasi", Day(), "Tanggal evaluasi terakhir; tidak tercetak.", "2025-01-02"),
        Key("masukan", Texts(), "Kelengkapan yang datang dari luar; tidak tercetak.", ["Surat permohonan"]),
        Key(
            "abaikan",
            ListOf(
                Record(
                    (
                        Key("kode", Text("SOP[0-9]{3}"), "Kode aturan.", "SOP138", required=True),
                        Key("alasan", Text(), "Mengapa aturan itu tidak berlaku.", "Milik dinas lain", required=True),
                    )
                )
            ),
            "Aturan yang diabaikan untuk SOP ini, dengan alasannya.",
        ),
    )
)
"""Front matter of content/sop/<slug>.md, in the order in which `sopdocs format` writes it."""
