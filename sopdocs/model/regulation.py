"""Regulations (`peraturan.yaml`) and how they are cited."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum

from sopdocs.model.finding import SpanMap

_JENIS_PENUH = {
    "UUD": "Undang-Undang Dasar",
    "UU": "Undang-Undang",
    "PERPPU": "Peraturan Pemerintah Pengganti Undang-Undang",
    "PP": "Peraturan Pemerintah",
    "PERPRES": "Peraturan Presiden",
    "KEPPRES": "Keputusan Presiden",
    "PERMEN PANRB": "Peraturan Menteri Pendayagunaan Aparatur Negara dan Reformasi Birokrasi",
    "PERMENDAGRI": "Peraturan Menteri Dalam Negeri",
    "PERKA BKN": "Peraturan Kepala Badan Kepegawaian Negara",
    "PERDA": "Peraturan Daerah",
    "PERGUB": "Peraturan Gubernur",
    "PERBUP": "Peraturan Bupati",
    "PERWALI": "Peraturan Wali Kota",
}
"""Printed names of the usual short forms; any other `jenis` is printed as it is written."""


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
        penuh = _JENIS_PENUH.get(self.jenis.upper(), self.jenis)
        return f"{penuh} Nomor {self.nomor} Tahun {self.tahun} tentang {self.tentang}"

    @property
    def key(self) -> str:
        """What `[PP 46/2011]` is compared with."""
        return regulation_key(f"{self.jenis} {self.nomor}/{self.tahun}")


def regulation_key(reference: str) -> str:
    """Fold case and white space of a reference such as `PP 46/2011`."""
    return re.sub(r"\s*/\s*", "/", " ".join(reference.split())).casefold()
