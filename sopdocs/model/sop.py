"""One SOP."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from sopdocs.model.finding import Span, SpanMap
from sopdocs.model.procedure import Prosedur
from sopdocs.model.regulation import Rujukan
from sopdocs.model.text import RichText


class Status(StrEnum):
    """Where an SOP stands in its life."""

    KONSEP = "konsep"
    """Being written; never issued."""
    BERLAKU = "berlaku"
    """In force as issued."""
    DIREVISI = "direvisi"
    """In force as issued, while its next revision is being written."""
    DIGANTIKAN = "digantikan"
    """No longer in force; another SOP stands in its place."""
    DICABUT = "dicabut"
    """No longer in force."""

    @property
    def ended(self) -> bool:
        """Whether the SOP is no longer in force, and so in no bundle."""
        return self in (Status.DIGANTIKAN, Status.DICABUT)


IDENTITY_LISTS = {
    "dasar_hukum": "Dasar Hukum",
    "kualifikasi_pelaksana": "Kualifikasi Pelaksana",
    "keterkaitan": "Keterkaitan",
    "peralatan": "Peralatan/Perlengkapan",
    "peringatan": "Peringatan",
    "pencatatan": "Pencatatan dan Pendataan",
}
"""Fields of the six boxes below the identity, and what stands above each."""


@dataclass(frozen=True, slots=True)
class Revisi:
    """A row of `## Riwayat Revisi`."""

    revisi: int
    """0 for the SOP as first issued."""
    tanggal: date
    uraian: str
    alasan: str = ""
    oleh: str = ""
    """Who asked for the change or made it."""
    span: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Kelompok:
    """Neighbouring lanes under a common heading, such as the lanes of one office."""

    nama: str
    pelaksana: tuple[str, ...]
    """Keys in pelaksana.yaml, left to right; at least one."""


@dataclass(frozen=True, slots=True)
class Abaikan:
    """A rule that is silenced for one SOP."""

    kode: str
    alasan: str
    span: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Sop:
    """One SOP as its content file says it, names of lanes and officials still as keys."""

    slug: str
    """File name without .md; names the outputs."""
    nama: str
    pengesah: str
    """Key in pejabat.yaml."""
    pelaksana: tuple[str, ...]
    """Lanes, left to right, grouped or not; keys in pelaksana.yaml."""
    prosedur: tuple[Prosedur, ...]
    nomor: str | None = None
    pembuatan: date | None = None
    revisi: date | None = None
    pengesahan: date | None = None
    efektif: date | None = None
    pemantauan: date | None = field(default=None, repr=False)
    """Day of the last monitoring; never printed."""
    evaluasi: date | None = field(default=None, repr=False)
    """Day of the last evaluation; never printed."""
    dasar_hukum: RichText = RichText()
    rujukan: tuple[Rujukan, ...] = ()
    """What the paragraphs of `dasar_hukum` cite, in their order and at their places."""
    kualifikasi_pelaksana: RichText = RichText()
    keterkaitan: RichText = RichText()
    peralatan: RichText = RichText()
    peringatan: RichText = RichText()
    pencatatan: RichText = RichText()
    kelompok: tuple[Kelompok, ...] = ()
    """Groups in the order of their lanes; a lane is in one of them or stands alone."""
    riwayat_revisi: tuple[Revisi, ...] = ()
    """In the order of the file."""
    status: Status = field(default=Status.KONSEP, repr=False)
    """Never printed on the sheet, so that issuing it changes no byte."""
    pencabutan: date | None = field(default=None, repr=False)
    """First day on which it is no longer in force."""
    pengganti: str | None = field(default=None, repr=False)
    """Slug of the SOP that stands in its place."""
    perlu_konfirmasi: tuple[str, ...] = ()
    """Doubts the secretariat must settle; any makes the sheet a KONSEP."""
    masukan: tuple[str, ...] = field(default=(), repr=False)
    """Kelengkapan that comes from outside, so that no step has it as output; never printed."""
    abaikan: tuple[Abaikan, ...] = field(default=(), repr=False)
    catatan: str = ""
    """Never printed."""
    spans: SpanMap = field(default_factory=SpanMap, compare=False, repr=False, hash=False)

    @property
    def revisi_ke(self) -> int:
        """Number of its last revision; 0 as first issued."""
        return max((row.revisi for row in self.riwayat_revisi), default=0)

    def at(self, field_name: str) -> Span:
        """The place of a field, or of the file when the field was left out."""
        return self.spans.get(field_name) or self.spans[""]
