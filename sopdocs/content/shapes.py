"""What the content files may hold: every key, with the kind of its value.

One description for the JSON Schemas in schema/ (scripts/schemas.py) and for the order of the keys of an SOP
(canonical.py). A new key is one `Key(...)` here, and one line where its reader takes it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sopdocs.model import Istilah, JenisKunci, Kertas, Status, StatusPeraturan, TandaTangan


@dataclass(frozen=True, slots=True)
class Text:
    """A text; numbers and dates count as they are written."""

    pattern: str = ""
    """Regular expression for the whole text; empty for any."""


@dataclass(frozen=True, slots=True)
class Texts:
    """A list of texts, or a single one."""

    citing: bool = False
    """Whether an item may be `[PP 46/2011]` without quotation marks, which is a list to YAML."""


@dataclass(frozen=True, slots=True)
class Day:
    """A date, year-month-day."""


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number of at most six digits."""

    least: int = 0
    most: int = 999_999


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

_ADOPTED = Record(
    (
        Key("nomor", Text(), "Nomor SOP seperti pada lampiran.", "000/02/CONTOH/2024"),
        Key("nama", Text(), "Nama SOP seperti pada lampiran.", "Pengelolaan Surat Masuk", required=True),
    )
)
_DEFINITION = Record(
    (
        Key("istilah", Text(), "Kata yang dijelaskan.", "Pelaksana", required=True),
        Key("arti", Text(), "Artinya di dalam dokumen ini.", "Pegawai yang melakukan langkah.", required=True),
    )
)

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
                    Key("menimbang", Texts(), "Pertimbangan, satu butir satu paragraf.", ["bahwa contoh;"]),
                    Key(
                        "mengingat", Texts(citing=True), "Dasar hukum; [PP 46/2011] dicetak lengkap.", ["[PP 46/2011]"]
                    ),
                    Key("memutuskan", Texts(), "Diktum: KESATU, KEDUA, dan seterusnya.", ["Menetapkan SOP contoh."]),
                    Key("pejabat", Text(), "Yang menetapkan: kunci dari pejabat.yaml.", "camat"),
                    Key("sop", ListOf(_ADOPTED), "Daftar SOP pada lampiran; kosong: daftar bundel sendiri."),
                )
            ),
            "SK penetapan.",
        ),
        Key(
            "penjelasan",
            Record(
                (
                    Key("ruang_lingkup", Texts(), "Ruang lingkup; kosong: disusun dari isi bundel.", ["Contoh."]),
                    Key("ringkasan", Texts(), "Ringkasan isi.", ["Dokumen ini memuat SOP contoh."]),
                    Key("pengertian", ListOf(_DEFINITION), "Istilah dan artinya."),
                )
            ),
            "Penjelasan singkat penggunaan.",
        ),
        Key("formulir_pemantauan", YesNo(), "ya: formulir pemantauan (Tabel 7) untuk tiap SOP ikut dibundel.", "ya"),
    )
)
"""bundel.yaml."""

_WEB = Text("https?://[^\\s@]+")
SEGEL = Record(
    (
        Key("kunci", Choice(JenisKunci), "Tempat kunci tanda tangan. Bawaan: pengembangan.", "pkcs12"),
        Key("pejabat", Text(), "Yang menyegel: kunci dari pejabat.yaml; bawaan: pengesah semua SOP.", "camat"),
        Key("kalimat", Text(), "Kalimat di samping kode QR.", "Dokumen ini ditandatangani secara elektronik."),
        Key("alamat_verifikasi", _WEB, "Isi kode QR; bawaan: SHA-256 bundel.", "https://contoh.example/sop"),
        Key("penanda_waktu", _WEB, "Alamat layanan stempel waktu RFC 3161.", "https://tsa.contoh.example"),
        Key("pkcs12", Text(), "Berkas kunci .p12 atau .pfx di luar content/.", "../kunci/camat.p12"),
        Key(
            "pkcs11",
            Record(
                (
                    Key("pustaka", Text(), "Berkas pustaka token.", "/usr/lib/contoh-pkcs11.so", required=True),
                    Key("token", Text(), "Label token.", "Token Contoh", required=True),
                    Key("label", Text(), "Label sertifikat dan kuncinya.", "Camat", required=True),
                )
            ),
            "Token PKCS#11; PIN tidak pernah ditulis.",
        ),
        Key(
            "bsre",
            Record(
                (
                    Key("alamat", _WEB, "Alamat layanan Esign Client.", "https://esign.contoh.example", required=True),
                    Key("versi", Whole(1, 2), "Versi antarmukanya. Bawaan: 2.", 2),
                )
            ),
            "Layanan BSrE; kata sandi dan NIK tidak pernah ditulis.",
        ),
    )
)
"""segel.yaml."""

PEMANTAUAN = ListOf(
    Record(
        (
            Key("tanggal", Day(), "Hari pemantauan.", "2024-07-01", required=True),
            Key("penilai", Text(), "Siapa yang menilai.", "Budi Contoh, S.Contoh."),
            Key("catatan", Text(), "Catatan umum.", "Pengisian buku agenda perlu dibiasakan."),
            Key(
                "langkah",
                ListOf(
                    Record(
                        (
                            Key("nomor", Whole(), "Nomor langkah pada lembar.", 1, required=True),
                            Key("prosedur", Whole(1), "Prosedur ke berapa, bila SOP memuat beberapa. Bawaan: 1.", 2),
                            Key("berjalan", YesNo(), "ya: berjalan dengan baik; kosong: belum dinilai.", "ya"),
                            Key("catatan", Text(), "Catatan hasil penilaian.", "Buku agenda sering tertinggal."),
                            Key("tindakan", Text(), "Tindakan yang harus diambil.", "Kasubbag menyediakan agenda."),
                        )
                    )
                ),
                "Hasil tiap langkah.",
            ),
        )
    )
)
"""monitoring/<slug>.yaml."""

SOP = Record(
    (
        Key("nomor", Text(), "Nomor SOP; null bila belum ada.", "000/02/CONTOH/2024"),
        Key("nama", Text(), "Judul SOP.", "Pengelolaan Surat Masuk", required=True),
        Key("pembuatan", Day(), "Tanggal selesai dibuat.", "2024-01-02"),
        Key("revisi", Day(), "Tanggal revisi; boleh di masa depan.", "2025-01-02"),
        Key("pengesahan", Day(), "Tanggal pengesahan.", "2024-01-03"),
        Key("efektif", Day(), "Tanggal efektif; dicetak bila diisi.", "2024-02-01"),
        Key("status", Choice(Status), "Bawaan: konsep. Diubah oleh sopdocs issue, revise, revoke, replace.", "berlaku"),
        Key("pencabutan", Day(), "Hari pertama SOP tidak berlaku lagi; tidak tercetak.", "2025-03-01"),
        Key("pengganti", Text(), "Slug SOP penggantinya; tidak tercetak.", "surat-masuk-elektronik"),
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
