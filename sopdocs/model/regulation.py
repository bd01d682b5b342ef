"""Regulations (`peraturan.yaml`) and how they are cited."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum

from sopdocs.model.finding import Span, SpanMap
from sopdocs.model.jenis import JENIS_BY_KEY, Pemilik, find_jenis, printed_jenis
from sopdocs.model.lembaga import find_lembaga, fold_words, lembaga_key, same_region


class StatusPeraturan(StrEnum):
    """Whether a regulation is in force."""

    BERLAKU = "berlaku"
    DICABUT = "dicabut"
    TIDAK_DIKETAHUI = "tidak_diketahui"


@dataclass(frozen=True, slots=True)
class Peraturan:
    """One entry of the register of regulations."""

    jenis: str
    nomor: str
    tahun: int
    tentang: str
    status: StatusPeraturan = StatusPeraturan.TIDAK_DIKETAHUI
    dicabut_oleh: str | None = None
    sumber: str | None = None
    spans: SpanMap = field(default_factory=SpanMap, compare=False, repr=False, hash=False)

    @property
    def kutipan(self) -> str:
        """The citation in full, as it is printed under Dasar Hukum."""
        return f"{printed_jenis(self.jenis)} Nomor {self.nomor} Tahun {self.tahun} tentang {self.tentang}"

    @property
    def ringkas(self) -> str:
        """The short name for messages: "PP 46/2011"."""
        return f"{self.jenis} {self.nomor}/{self.tahun}"

    @property
    def key(self) -> str:
        """What `[PP 46/2011]` is compared with."""
        return regulation_key(self.ringkas)


def regulation_key(reference: str) -> str:
    """Fold case and white space of a reference such as `PP 46/2011`."""
    return re.sub(r"\s*/\s*", "/", " ".join(reference.split())).casefold()


@dataclass(frozen=True, slots=True)
class Rujukan:
    """A regulation as an SOP cites it; what is not written is None."""

    jenis: str | None
    """Key in `jenis.JENIS`; None for a kind that is not in that table."""
    lembaga: str | None
    """Who made it, as written: "Menteri Dalam Negeri", "Bupati Contoh"; of an unknown kind its whole name."""
    nomor: str | None
    tahun: int | None
    tentang: str | None
    """Without what follows on later changes of the regulation."""
    tertulis: str
    """The whole text, on one line."""
    span: Span = field(compare=False, repr=False)

    @property
    def peringkat(self) -> int | None:
        """Place in the order of regulations, 1 highest; None when it has none."""
        return JENIS_BY_KEY[self.jenis].peringkat if self.jenis else None

    @property
    def nama_jenis(self) -> str:
        """The kind as peraturan.yaml would have it: "PP", "Permen PANRB", "Perbup"."""
        if self.jenis is None:
            return self.lembaga or ""
        jenis = JENIS_BY_KEY[self.jenis]
        maker = self.lembaga or ""
        # The office tells a Peraturan Kepala Badan from a Peraturan Badan, which are printed differently.
        fitting = [one for one in jenis.sebutan if maker.startswith(one.jabatan and f"{one.jabatan} ")]
        sebutan = max(fitting, key=lambda one: len(one.jabatan)) if maker and fitting else jenis.sebutan[0]
        of_institution = jenis.pemilik is Pemilik.LEMBAGA
        alone = of_institution and not sebutan.jabatan
        singkat = sebutan.nama if alone or not sebutan.singkatan else sebutan.singkatan[0]
        known = find_lembaga(maker) if of_institution and not alone else None
        if known is None:
            return f"{singkat} {maker.removeprefix(sebutan.jabatan).strip()}".strip()
        joined = sebutan.melekat and not known.singkatan.isupper()
        return f"{singkat}{known.singkatan.casefold()}" if joined else f"{singkat} {known.singkatan}"

    @property
    def ringkas(self) -> str:
        """The short name for messages: "PP 46/2011"; the whole text when number or year are missing."""
        if self.nomor is None or self.tahun is None:
            return self.tertulis
        return f"{self.nama_jenis} {self.nomor.removesuffix(f'/{self.tahun}')}/{self.tahun}"


def same_regulation(one: Rujukan, other: Rujukan | Peraturan) -> bool:
    """Tell whether both mean one regulation: same kind, maker where the kind needs one, number and year.

    A region counts when both name it. Without number or year nothing can be told, but for the UUD.
    """
    if number_key(one) is None or number_key(one) != number_key(other):
        return False
    kind, maker = one.jenis, one.lembaga
    other_kind, other_maker = _kind_and_maker(other)
    if kind is None or other_kind is None:
        return kind is other_kind and _folded(maker) == _folded(other_maker)
    # "Perda" alone may be of either level.
    kinds = {kind, other_kind}
    if len(kinds) > 1 and not ("perda" in kinds and kinds < {"perda", "perda_provinsi", "perda_kabupaten_kota"}):
        return False
    return _same_maker(JENIS_BY_KEY[kind].pemilik, maker, other_maker)


def number_key(regulation: Rujukan | Peraturan) -> tuple[str, int] | None:
    """Return what is equal for equal number and year, "01" and "1" alike; None when one of them is missing.

    There is one UUD, however it is numbered.
    """
    if _kind_and_maker(regulation)[0] == "uud":
        return "uud", 1945
    if regulation.nomor is None or regulation.tahun is None:
        return None
    nomor = "".join(regulation.nomor.split()).casefold()
    return nomor.removesuffix(f"/{regulation.tahun}").lstrip("0"), regulation.tahun


def _kind_and_maker(regulation: Rujukan | Peraturan) -> tuple[str | None, str | None]:
    if isinstance(regulation, Rujukan):
        return regulation.jenis, regulation.lembaga
    found = find_jenis(regulation.jenis)
    return (found.jenis.key, found.lembaga(regulation.jenis[found.end :])) if found else (None, regulation.jenis)


def _folded(name: str | None) -> str:
    return " ".join(fold_words(name or "").split())


def _same_maker(pemilik: Pemilik, one: str | None, other: str | None) -> bool:
    if pemilik is Pemilik.TUNGGAL:
        return True
    if one is None or other is None:
        return pemilik is Pemilik.WILAYAH or one is other
    if pemilik is Pemilik.WILAYAH:
        return same_region(one, other)
    return lembaga_key(one) == lembaga_key(other)
