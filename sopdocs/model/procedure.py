"""The procedure: steps as written, and the flow they resolve to."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from sopdocs.model.finding import Span
from sopdocs.model.text import RichText
from sopdocs.model.time import Durasi


class Bentuk(StrEnum):
    """Shapes of the SOP AP flowchart (PermenPAN-RB 35/2012). The off-page connector is the layout's."""

    MULAI = "mulai"
    SELESAI = "selesai"
    PROSES = "proses"
    KEPUTUSAN = "keputusan"

    @property
    def terminator(self) -> bool:
        """Whether this is a capsule."""
        return self in (Bentuk.MULAI, Bentuk.SELESAI)


class Hubungan(StrEnum):
    """What an edge of the flow means."""

    LANJUT = "lanjut"
    """Goes on to; drawn with an arrowhead."""
    BERSAMA = "bersama"
    """Done together (`&`); drawn as a plain line."""


@dataclass(frozen=True, slots=True, order=True)
class SimbolId:
    """Names one symbol of a procedure."""

    langkah: int
    """Number of the step as printed."""
    pelaksana: str
    """Key of the lane."""

    def __str__(self) -> str:
        return f"{self.langkah}.{self.pelaksana}"


@dataclass(frozen=True, slots=True)
class Simbol:
    """One symbol in one lane of one step."""

    id: SimbolId
    bentuk: Bentuk
    label: str = ""
    """Text inside the symbol; empty for most processes."""
    span: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Alur:
    """An edge of the flow."""

    dari: SimbolId
    ke: SimbolId
    label: str = ""
    """Answer of a decision: "Ya", "Tidak", …"""
    hubungan: Hubungan = Hubungan.LANJUT
    span: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Langkah:
    """A step: one row of the procedure table."""

    nomor: int
    uraian: RichText
    simbol: tuple[Simbol, ...]
    """At most one a lane, in the order written."""
    syarat: RichText = RichText()
    waktu: RichText = RichText()
    durasi: Durasi | None = None
    """`waktu` as data; None for "-" and for free text."""
    output: RichText = RichText()
    keterangan: RichText = RichText()
    span: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Prosedur:
    """One procedure table."""

    langkah: tuple[Langkah, ...]
    alur: tuple[Alur, ...]
    """The whole flow, in the order of the steps; every end exists in `langkah`."""
    judul: str = ""
    span: Span | None = field(default=None, compare=False, repr=False)

    @property
    def simbol(self) -> tuple[Simbol, ...]:
        """All symbols, by step, then in the order written."""
        return tuple(simbol for langkah in self.langkah for simbol in langkah.simbol)
