"""What was in force on a day, as the archive of an office tells it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sopdocs.model.edisi import Arsip, Edisi, SopTerbit


@dataclass(frozen=True, slots=True)
class Berlaku:
    """An SOP that was in force on a day."""

    sop: SopTerbit
    """As `edisi` has it."""
    sejak: date
    """First day on which this revision was in force."""
    edisi: Edisi
    """The edition that was out on that day; of a revision that was issued only afterwards, the first that has it."""


def in_force_from(sop: SopTerbit, edisi: Edisi) -> date:
    """The first day on which an SOP of an edition's bundle is in force."""
    return sop.efektif or sop.pengesahan or edisi.tanggal


def in_force(arsip: Arsip, day: date) -> tuple[Berlaku, ...]:
    """Return what was in force on `day`, in the order of the newest edition that has it."""
    slugs = dict.fromkeys(sop.slug for edisi in reversed(arsip.edisi) for sop in edisi.berlaku)
    found = (_in_force(arsip, slug, day) for slug in slugs)
    return tuple(each for each in found if each is not None)


def _in_force(arsip: Arsip, slug: str, day: date) -> Berlaku | None:
    entries = [(edisi, sop) for edisi in arsip.edisi for sop in edisi.sop if sop.slug == slug]
    issued = [(edisi, sop) for edisi, sop in entries if not sop.status.ended]
    begun = [(edisi, sop) for edisi, sop in issued if in_force_from(sop, edisi) <= day]
    if not begun:
        return None
    newest, last = begun[-1]
    ends = (sop.pencabutan for edisi, sop in entries if sop.status.ended and edisi.nomor > newest.nomor)
    if any(end is not None and end <= day for end in ends):
        return None
    # An SOP that did not change stands in edition after edition: what counts is the one that people had.
    same = [(edisi, sop) for edisi, sop in begun if sop.revisi_ke == last.revisi_ke]
    out = [(edisi, sop) for edisi, sop in same if edisi.tanggal <= day]
    edisi, sop = out[-1] if out else same[0]
    return Berlaku(sop, in_force_from(sop, edisi), edisi)
