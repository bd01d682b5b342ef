"""What was issued: editions of an office's bundle, kept in its archive and never written again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from sopdocs.model.office import Instansi, Pejabat
from sopdocs.model.sop import Sop, Status


class Pengesahan(StrEnum):
    """How the bundle of an edition was signed."""

    SERTIFIKAT = "sertifikat"
    """By a certified key; the seal proves it."""
    BASAH = "basah"
    """On paper; the PDF bears the seal of a development key, which proves no person."""


@dataclass(frozen=True, slots=True)
class SopTerbit:
    """One SOP as an edition has it."""

    slug: str
    nama: str
    nomor: str | None
    revisi_ke: int
    """0 as first issued."""
    status: Status
    """BERLAKU for one that the bundle holds; DIGANTIKAN or DICABUT for one that ended since the edition before."""
    pembuatan: date | None = None
    revisi: date | None = None
    pengesahan: date | None = None
    efektif: date | None = None
    pencabutan: date | None = None
    """First day on which it is no longer in force."""
    pengganti: str | None = None
    halaman: int = 0
    """Pages of its sheet; 0 for one that the bundle does not hold."""


@dataclass(frozen=True, slots=True)
class Edisi:
    """One edition: the whole bundle of an office as it was issued."""

    nomor: int
    """From 0, over the whole life of the office."""
    tanggal: date
    """Day on which it was issued."""
    dicatat: date
    """Day on which the archive got it: later than `tanggal` for one that was entered afterwards."""
    folder: str
    """Below the workspace: arsip/<year>/edisi-<nomor>."""
    pengesahan: Pengesahan
    sop: tuple[SopTerbit, ...]
    """Those of the bundle, in its order, then those that ended."""
    keterangan: str = ""
    sha256: str = ""
    """Of its record, which names every other file of it; the next edition's record repeats it."""

    def __str__(self) -> str:
        return f"edisi {self.nomor}"

    @property
    def berlaku(self) -> tuple[SopTerbit, ...]:
        """What its bundle holds, in order."""
        return tuple(sop for sop in self.sop if not sop.status.ended)


@dataclass(frozen=True, slots=True)
class Terbitan:
    """The content that an SOP was issued from, read again."""

    edisi: Edisi
    sop: Sop
    pengesah: Pejabat | None
    lajur: tuple[str, ...]
    """Headings of its lanes, left to right."""
    instansi: Instansi | None = None
    """Whose letterhead its sheet bears; None: not known."""


@dataclass(frozen=True, slots=True)
class Arsip:
    """All editions of an office that are whole, by number."""

    edisi: tuple[Edisi, ...] = ()
    terakhir: Mapping[str, Terbitan] = field(default_factory=dict[str, Terbitan])
    """The SOPs of the last edition's bundle by slug, as their content was then."""
    utuh: bool = True
    """False when something of it is damaged or missing: then it proves nothing of what is not there."""

    def sop_terakhir(self, slug: str) -> tuple[Edisi, SopTerbit] | None:
        """The last that the archive knows of an SOP, and in which edition; None for one never issued."""
        for edisi in reversed(self.edisi):
            for sop in edisi.sop:
                if sop.slug == slug:
                    return edisi, sop
        return None
