"""The office, its officials, its performers and its bundle."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from sopdocs.model.finding import Severity, SpanMap


class Kertas(StrEnum):
    """Paper sizes; sheets always lie landscape."""

    F4 = "F4"
    A4 = "A4"
    LEGAL = "Legal"
    LETTER = "Letter"


class TandaTangan(StrEnum):
    """Where the approving official signs."""

    BAWAH = "bawah"
    """At the right below the procedure table."""
    IDENTITAS = "identitas"
    """In the Pengesahan field of the identity block."""


@dataclass(frozen=True, slots=True)
class Istilah:
    """Headings of the procedure table as this office writes them."""

    uraian: str = "Uraian Prosedur"
    pelaksana: str = "Pelaksana"
    mutu_baku: str = "Mutu Baku"
    syarat: str = "Kelengkapan"
    waktu: str = "Waktu"
    output: str = "Output"
    keterangan: str = "Keterangan"


Nilai = int | str | tuple[str, ...]
"""A value that an office may give to a rule."""


@dataclass(frozen=True, slots=True)
class SetelanAturan:
    """How an office wants one rule (`aturan` in instansi.yaml)."""

    kode: str
    tingkat: Severity | None = None
    """None keeps the rule's own severity."""
    mati: bool = False
    """The rule is switched off (`tingkat: mati`)."""
    nilai: tuple[tuple[str, Nilai], ...] = ()
    """Parameters by name."""
    spans: SpanMap = field(default_factory=SpanMap, compare=False, repr=False, hash=False)


@dataclass(frozen=True, slots=True)
class Instansi:
    """The office whose letterhead the sheets bear (`instansi.yaml`)."""

    nama: str
    kop: tuple[str, ...]
    """Letterhead lines, top to bottom."""
    kabupaten: str | None = None
    alamat: str | None = None
    tempat: str | None = None
    """Place of signing."""
    logo: str | None = None
    """Path of a PNG or JPEG beside instansi.yaml; None prints the placeholder crest."""
    kertas: Kertas = Kertas.F4
    pola_nomor: str | None = None
    """Regular expression that a whole SOP number must match."""
    istilah: Istilah = Istilah()
    tanda_tangan: TandaTangan = TandaTangan.BAWAH
    prosedur_di_halaman_baru: bool = False
    kantor_lain: tuple[str, ...] = field(default=(), repr=False)
    """Other offices that the texts may name."""
    aturan: tuple[SetelanAturan, ...] = field(default=(), repr=False)
    spans: SpanMap = field(default_factory=SpanMap, compare=False, repr=False, hash=False)


@dataclass(frozen=True, slots=True)
class Pejabat:
    """An official who approves SOPs (`pejabat.yaml`)."""

    key: str
    jabatan: str
    nama: str
    nip: str
    pangkat: str | None = None
    spans: SpanMap = field(default_factory=SpanMap, compare=False, repr=False, hash=False)


@dataclass(frozen=True, slots=True)
class Pelaksana:
    """A performer, that is a lane (`pelaksana.yaml`)."""

    key: str
    nama: str
    singkatan: str | None = None
    peringkat: int = 0
    """Position in pelaksana.yaml, from 0: order of rank."""
    spans: SpanMap = field(default_factory=SpanMap, compare=False, repr=False, hash=False)

    @property
    def judul_lajur(self) -> str:
        """The heading of this performer's lane."""
        return self.singkatan or self.nama


@dataclass(frozen=True, slots=True)
class SopDitetapkan:
    """One line of the list that a decree adopts, as the decree prints it."""

    nama: str
    nomor: str | None = None


@dataclass(frozen=True, slots=True)
class Keputusan:
    """The decree (SK) that adopts the SOPs; unknown parts are None or empty."""

    nomor: str | None = None
    tanggal: date | None = None
    tentang: str | None = None
    menimbang: tuple[str, ...] = ()
    """Considerations, one paragraph each."""
    mengingat: tuple[str, ...] = ()
    """Legal basis, one paragraph each; a regulation of the register is printed in full."""
    memutuskan: tuple[str, ...] = ()
    """The rulings after "Menetapkan": KESATU, KEDUA, …"""
    pejabat: str | None = None
    """Key in pejabat.yaml of who issues it."""
    sop: tuple[SopDitetapkan, ...] = ()
    """The list in its attachment as issued; empty: not entered, the bundle's own list is printed."""


@dataclass(frozen=True, slots=True)
class Pengertian:
    """One definition."""

    istilah: str
    arti: str


@dataclass(frozen=True, slots=True)
class Penjelasan:
    """The short explanation of how the document is used; all of it may be empty."""

    ruang_lingkup: tuple[str, ...] = ()
    ringkasan: tuple[str, ...] = ()
    pengertian: tuple[Pengertian, ...] = ()


@dataclass(frozen=True, slots=True)
class Bundel:
    """What is bound together (`bundel.yaml`)."""

    judul: str
    tahun: int | None = None
    sop: tuple[str, ...] = ()
    """Slugs in order, as listed; one that could not be read is missing in `Workspace.sop`."""
    keputusan: Keputusan = Keputusan()
    pengantar: tuple[str, ...] = ()
    """Introductory paragraphs printed on the cover."""
    penjelasan: Penjelasan = Penjelasan()
    formulir_pemantauan: bool = False
    """Whether a monitoring form follows for each SOP (PermenPAN-RB 35/2012, table 7)."""
    spans: SpanMap = field(default_factory=SpanMap, compare=False, repr=False, hash=False)
