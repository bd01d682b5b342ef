"""What a comparison says of each step, symbol, arrow and lane of both states, and how that looks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sopdocs.compare import BedaLajur, BedaProsedur, Jenis, Pasangan
from sopdocs.figure.shapes import BLACK, Pen
from sopdocs.layout.units import Emu, mm
from sopdocs.model import Alur, SimbolId

LAMA: str = "lama"
BARU: str = "baru"
COLOUR = {
    Jenis.DITAMBAH: "#14702f",
    Jenis.DIHAPUS: "#b71c1c",
    Jenis.DIUBAH: "#8f5200",
    Jenis.DIPINDAH: "#1a56b0",
    Jenis.DIPECAH: "#6f3391",
    Jenis.DIGABUNG: "#6f3391",
}
TINT = {
    Jenis.DITAMBAH: "#e6f4ea",
    Jenis.DIHAPUS: "#fdecea",
    Jenis.DIUBAH: "#fff4e0",
    Jenis.DIPINDAH: "#e8f0fe",
    Jenis.DIPECAH: "#f4eaf9",
    Jenis.DIGABUNG: "#f4eaf9",
}
SIGN = {
    Jenis.DITAMBAH: "+",
    Jenis.DIHAPUS: "−",
    Jenis.DIUBAH: "≠",
    Jenis.DIPINDAH: "↔",
    Jenis.DIPECAH: "1→2",
    Jenis.DIGABUNG: "2→1",
}
"""What stays of a mark on a black-and-white print, with the dashes of what is gone."""
_DASH = {Jenis.DIHAPUS: (mm(1.6), mm(1.0)), Jenis.DIPINDAH: (mm(3.2), mm(0.7), mm(0.5), mm(0.7))}
_PLAIN: Emu = mm(0.26)
_THICK: Emu = mm(0.6)
_FOLLOWS: Emu = mm(0.35)


@dataclass(frozen=True, slots=True)
class Tanda:
    """A mark."""

    jenis: Jenis | None = None
    """None: as it was."""
    akibat: bool = False
    """Whether it only follows from something else: thinner, with a small sign."""

    @property
    def colour(self) -> str:
        """#rrggbb."""
        return COLOUR[self.jenis] if self.jenis else BLACK

    @property
    def pen(self) -> Pen:
        """How outlines and arrows are drawn."""
        if self.jenis is None:
            return Pen(width=_PLAIN)
        return Pen(self.colour, _FOLLOWS if self.akibat else _THICK, _DASH.get(self.jenis, ()))

    @property
    def sign(self) -> str:
        """What the badge says; empty: none."""
        return SIGN[self.jenis] if self.jenis else ""

    @property
    def name(self) -> str:
        """For programs."""
        return self.jenis.value if self.jenis else "sama"


SAMA = Tanda()


ArrowKey = tuple[SimbolId, SimbolId, str]
"""What names an arrow within one state: its ends and its answer."""


@dataclass(frozen=True, slots=True)
class SideMarks:
    """The marks of one state of a procedure; what is not in here is as it was."""

    step: Mapping[int, tuple[Tanda, ...]]
    """By position; one that moved and changed has two."""
    symbol: Mapping[SimbolId, Tanda]
    arrow: Mapping[ArrowKey, Tanda]


def side_marks(beda: BedaProsedur, sisi: str) -> SideMarks:
    """The marks of one state."""
    table = beda.lama if sisi == LAMA else beda.baru
    step = _steps(beda, sisi)
    symbol: dict[SimbolId, Tanda] = {}
    for place, langkah in enumerate(table.langkah if table else ()):
        whole = next((mark for mark in step.get(place, ()) if mark.jenis is not Jenis.DIUBAH), SAMA)
        symbol.update((simbol.id, whole) for simbol in langkah.simbol)
    for each in beda.simbol:
        one = each.lama if sisi == LAMA else each.baru
        # That its step moved says more than what follows from that.
        if one is not None and not (each.akibat and symbol.get(one.id, SAMA).jenis):
            symbol[one.id] = Tanda(each.jenis, each.akibat)
    if beda.lama is None or beda.baru is None:
        alone = Tanda(Jenis.DITAMBAH if sisi == BARU else Jenis.DIHAPUS, akibat=True)
        return SideMarks(step, symbol, {arrow_key(each): alone for each in (table.alur if table else ())})
    told = (((each.lama if sisi == LAMA else each.baru), Tanda(each.jenis, each.akibat)) for each in beda.alur)
    return SideMarks(step, symbol, {arrow_key(alur): mark for alur, mark in told if alur is not None})


def _steps(beda: BedaProsedur, sisi: str) -> dict[int, tuple[Tanda, ...]]:
    """The marks of steps, by position."""
    changed = {each.baru for each in beda.langkah if each.isian}
    found: dict[int, tuple[Tanda, ...]] = {}
    for pair in beda.pasangan:
        numbers = tuple(beda.baru.langkah[place].nomor for place in pair.baru) if beda.baru else ()
        marks = _of_step(pair, bool(numbers) and numbers in changed)
        found |= dict.fromkeys(pair.lama if sisi == LAMA else pair.baru, marks)
    return found


def arrow_key(alur: Alur) -> ArrowKey:
    """What names an arrow within one state."""
    return alur.dari, alur.ke, alur.label


def lane_marks(lajur: tuple[BedaLajur, ...]) -> dict[str, dict[str, tuple[Tanda, ...]]]:
    """The marks of the lanes of both states, by key; one that moved and has another name has two."""
    sides: dict[str, dict[str, tuple[Tanda, ...]]] = {LAMA: {}, BARU: {}}
    for each in lajur:
        for sisi, lane in ((LAMA, each.lama), (BARU, each.baru)):
            if lane is not None:
                sides[sisi][lane.key] = (*sides[sisi].get(lane.key, ()), Tanda(each.jenis))
    return sides


def _of_step(pair: Pasangan, changed: bool) -> tuple[Tanda, ...]:
    if not pair.lama:
        return (Tanda(Jenis.DITAMBAH),)
    if not pair.baru:
        return (Tanda(Jenis.DIHAPUS),)
    marks: list[Jenis] = []
    if len(pair.lama) + len(pair.baru) > 2:
        marks.append(Jenis.DIPECAH if len(pair.baru) > 1 else Jenis.DIGABUNG)
    if pair.pindah:
        marks.append(Jenis.DIPINDAH)
    if changed:
        marks.append(Jenis.DIUBAH)
    return tuple(map(Tanda, marks))
