"""What a comparison of two states says: differences as data, from the old state to the new one."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sopdocs.model import Alur, Pelaksana, Prosedur, Simbol, Sop


class Jenis(StrEnum):
    """What happened to a thing."""

    DITAMBAH = "ditambah"
    DIHAPUS = "dihapus"
    DIUBAH = "diubah"
    DIPINDAH = "dipindah"
    """Stands elsewhere among the things that stayed, otherwise as it was."""
    DIPECAH = "dipecah"
    """One became several."""
    DIGABUNG = "digabung"
    """Several became one."""


@dataclass(frozen=True, slots=True)
class Pasangan:
    """Steps that are the same step before and after, whatever their numbers."""

    lama: tuple[int, ...]
    """Positions in the old procedure, from 0; empty: added. Several: merged."""
    baru: tuple[int, ...]
    """Positions in the new procedure, from 0; empty: removed. Several: split."""
    pindah: bool = False
    """Whether it stands elsewhere among the steps that stayed."""


@dataclass(frozen=True, slots=True)
class BedaIsian:
    """One field that differs."""

    kunci: str
    """Name of the attribute: `syarat`, `dasar_hukum`, `pengesahan` …"""
    nama: str
    """What the sheet calls it."""
    lama: str
    """Empty when it was empty."""
    baru: str


@dataclass(frozen=True, slots=True)
class BedaLangkah:
    """One step, or several that became one, or one that became several."""

    jenis: Jenis
    lama: tuple[int, ...]
    """Numbers as printed in the old state."""
    baru: tuple[int, ...]
    """Numbers as printed in the new state."""
    uraian: str
    """Of the new state; of a removed step, of the old one."""
    isian: tuple[BedaIsian, ...] = ()
    """Cells that differ; that the number differs because others came or went is no difference."""
    pindah: bool = False


@dataclass(frozen=True, slots=True)
class BedaSimbol:
    """A symbol that came, went, or changed its lane, shape or text."""

    jenis: Jenis
    lama: Simbol | None
    baru: Simbol | None


@dataclass(frozen=True, slots=True)
class BedaAlur:
    """An arrow that came, went or got another answer; what only follows from new numbers is none."""

    jenis: Jenis
    lama: Alur | None
    baru: Alur | None


@dataclass(frozen=True, slots=True)
class BedaProsedur:
    """One procedure table."""

    lama: Prosedur | None
    baru: Prosedur | None
    pasangan: tuple[Pasangan, ...] = ()
    """Every step of both states, once; by the new order, removed ones where they stood."""
    langkah: tuple[BedaLangkah, ...] = ()
    """Only those that differ, in the order of `pasangan`."""
    simbol: tuple[BedaSimbol, ...] = ()
    """Of steps that stayed."""
    alur: tuple[BedaAlur, ...] = ()

    @property
    def kosong(self) -> bool:
        """Whether nothing differs."""
        same = self.lama is not None and self.baru is not None
        judul = same and self.lama is not None and self.baru is not None and self.lama.judul == self.baru.judul
        return judul and not (self.langkah or self.simbol or self.alur)


@dataclass(frozen=True, slots=True)
class BedaLajur:
    """A lane that came, went, was moved or is called otherwise."""

    jenis: Jenis
    lama: Pelaksana | None
    baru: Pelaksana | None


@dataclass(frozen=True, slots=True)
class BedaSop:
    """One SOP."""

    lama: Sop | None
    """None: it is new."""
    baru: Sop | None
    """None: it is gone."""
    isian: tuple[BedaIsian, ...] = ()
    """Of the identity block and the lists, in the order of the sheet, the approving official among them."""
    lajur: tuple[BedaLajur, ...] = ()
    prosedur: tuple[BedaProsedur, ...] = ()
    """All of them, also those that are alike."""
    waktu: tuple[BedaIsian, ...] = ()
    """Shortest and longest time in all, and of each lane."""

    @property
    def slug(self) -> str:
        """Of the new state, else of the old one."""
        sop = self.baru or self.lama
        return sop.slug if sop else ""

    @property
    def kosong(self) -> bool:
        """Whether nothing that a reader of the sheet sees differs."""
        if self.lama is None or self.baru is None:
            return False
        return not (self.isian or self.lajur) and all(each.kosong for each in self.prosedur)


@dataclass(frozen=True, slots=True)
class BedaBundel:
    """A whole bundle."""

    sop: tuple[BedaSop, ...]
    """Only those that differ, by the new order, gone ones last."""
    isian: tuple[BedaIsian, ...] = ()
    """Letterhead, title, decree."""

    @property
    def kosong(self) -> bool:
        """Whether nothing differs."""
        return not (self.sop or self.isian)
