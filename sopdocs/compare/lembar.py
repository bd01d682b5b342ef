"""An SOP as its sheet reads: with the names that the registers give."""

from __future__ import annotations

from dataclasses import dataclass, field

from sopdocs.model import Istilah, Pejabat, Pelaksana, Sop, Terbitan, Workspace


@dataclass(frozen=True, slots=True)
class Lembar:
    """One side of a comparison."""

    sop: Sop
    pengesah: Pejabat | None
    """None: not in the register."""
    lajur: tuple[Pelaksana, ...]
    """Lanes, left to right."""
    istilah: Istilah = field(default_factory=Istilah)
    """Headings of the table."""

    def judul_lajur(self, key: str) -> str:
        """The heading of a lane, or its key when the register does not know it."""
        return next((lajur.judul_lajur for lajur in self.lajur if lajur.key == key), key)


def lembar(sop: Sop, workspace: Workspace) -> Lembar:
    """Look up what the sheet of an SOP prints from the registers of its workspace."""
    lanes = tuple(workspace.pelaksana.get(key) or Pelaksana(key, key) for key in sop.pelaksana)
    return Lembar(sop, workspace.pejabat.get(sop.pengesah), lanes, workspace.instansi.istilah)


def lembar_terbit(terbitan: Terbitan) -> Lembar:
    """Return an SOP as it was issued, with the names of then."""
    keys = terbitan.sop.pelaksana
    names = (*terbitan.lajur, *keys[len(terbitan.lajur) :])
    lanes = tuple(Pelaksana(key, name) for key, name in zip(keys, names, strict=False))
    return Lembar(terbitan.sop, terbitan.pengesah, lanes)
