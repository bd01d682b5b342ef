"""What was found when the application of an SOP was monitored (PermenPAN-RB 35/2012, table 7)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from sopdocs.model.finding import Span, SpanMap


@dataclass(frozen=True, slots=True)
class HasilLangkah:
    """How one step went."""

    nomor: int
    """As printed on the sheet that was monitored."""
    prosedur: int = 1
    """Which procedure of the SOP, from 1."""
    berjalan: bool | None = None
    """Whether it goes well; None: not yet said."""
    catatan: str = ""
    tindakan: str = ""
    """What must be done."""
    span: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Pemantauan:
    """One monitoring."""

    tanggal: date
    penilai: str = ""
    """Who assessed; empty: not yet said."""
    langkah: tuple[HasilLangkah, ...] = ()
    catatan: str = ""
    """On the whole."""
    spans: SpanMap = field(default_factory=SpanMap, compare=False, repr=False, hash=False)

    @property
    def selesai(self) -> bool:
        """Whether it is filled in; what is not is no monitoring yet."""
        return bool(self.penilai and self.langkah) and all(each.berjalan is not None for each in self.langkah)

    @property
    def baik(self) -> int:
        """How many steps go well."""
        return sum(each.berjalan is True for each in self.langkah)

    @property
    def tidak(self) -> int:
        """How many steps do not."""
        return sum(each.berjalan is False for each in self.langkah)

    @property
    def teks(self) -> str:
        """ "12 langkah baik, 1 tidak"."""
        return f"{self.baik} langkah baik, {self.tidak} tidak" if self.tidak else f"{self.baik} langkah baik"


def terakhir(monitored: tuple[Pemantauan, ...]) -> Pemantauan | None:
    """Return the last one that is filled in; of two on one day the one that stands last."""
    done = [(each.tanggal, place, each) for place, each in enumerate(monitored) if each.selesai]
    return max(done, key=lambda item: item[:2])[2] if done else None
