"""What a comparison of two states says: differences as data, from the old state to the new one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
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
class BedaButir:
    """One paragraph or list item that differs; its number does not count."""

    jenis: Jenis
    lama: str
    baru: str
    nomor: tuple[int | None, int | None]
    """Its place in the old and the new text, from 1."""


@dataclass(frozen=True, slots=True)
class BedaIsian:
    """One field that differs."""

    kunci: str
    """Name of the attribute: `syarat`, `dasar_hukum`, `pengesahan` …"""
    nama: str
    """What the sheet calls it."""
    lama: str
    """Empty when it was empty. As `baru` when only the look of letters or a link differs."""
    baru: str
    butir: tuple[BedaButir, ...] = ()
    """Of a text of several paragraphs: those that differ, by the new order."""


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
    akibat: bool = False
    """Whether it only follows from a step that came, went or moved, which is told of that step: drawn, not said."""


@dataclass(frozen=True, slots=True)
class BedaAlur:
    """An arrow that came, went, leads elsewhere or got another answer; what only follows from new numbers is none."""

    jenis: Jenis
    lama: Alur | None
    baru: Alur | None
    akibat: bool = False
    """As in BedaSimbol."""


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
    """Of steps that stayed one step."""
    alur: tuple[BedaAlur, ...] = ()
    """Every arrow of either state that has none like it in the other, also those of steps that came or went."""

    @property
    def kosong(self) -> bool:
        """Whether nothing differs."""
        same = self.lama is not None and self.baru is not None
        judul = same and self.lama is not None and self.baru is not None and self.lama.judul == self.baru.judul
        return judul and not (self.langkah or self.simbol or self.alur)

    def lama_dari(self, nomor: int) -> tuple[int, ...]:
        """The old numbers of the step that has this number now; none for a new one."""
        return self._others(nomor, new=True)

    def baru_dari(self, nomor: int) -> tuple[int, ...]:
        """The new numbers of the step that had this number; none for one that is gone."""
        return self._others(nomor, new=False)

    def _others(self, nomor: int, *, new: bool) -> tuple[int, ...]:
        here, there = (self.baru, self.lama) if new else (self.lama, self.baru)
        if here is None or there is None:
            return ()
        for pair in self.pasangan:
            mine, others = (pair.baru, pair.lama) if new else (pair.lama, pair.baru)
            if any(here.langkah[position].nomor == nomor for position in mine):
                return tuple(there.langkah[position].nomor for position in others)
        return ()


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
    judul_lama: Mapping[str, str] = field(default_factory=dict[str, str])
    """Headings of all old lanes by key."""
    judul_baru: Mapping[str, str] = field(default_factory=dict[str, str])
    berakhir: Sop | None = None
    """Of an SOP that is gone from a bundle: its content now, which says why; None when that is gone as well."""

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
