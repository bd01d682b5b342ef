"""Archives of editions that were never written: what the rules are told of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from sopdocs.content import read_workspace
from sopdocs.model import Arsip, Edisi, Pengesahan, Sop, SopTerbit, Status, Terbitan, Workspace

ISSUED = date(2024, 1, 10)


def edition(sops: Iterable[Sop], nomor: int = 0, tanggal: date = ISSUED) -> Edisi:
    """An edition of these SOPs: those that ended are listed as such, all others are in its bundle."""
    entries = tuple(
        SopTerbit(
            sop.slug,
            sop.nama,
            sop.nomor,
            sop.revisi_ke,
            sop.status if sop.status.ended else Status.BERLAKU,
            *(sop.pembuatan, sop.revisi, sop.pengesahan, sop.efektif, sop.pencabutan, sop.pengganti),
        )
        for sop in sops
    )
    return Edisi(nomor, tanggal, tanggal, f"arsip/{tanggal.year}/edisi-{nomor}", Pengesahan.BASAH, entries)


def archive_of(workspace: Workspace, *before: Edisi, tanggal: date = ISSUED, utuh: bool = True) -> Arsip:
    """An archive whose last edition was issued from `workspace`."""
    last = edition(workspace.sop.values(), len(before), tanggal)
    issued = {
        slug: Terbitan(
            last,
            sop,
            workspace.pejabat.get(sop.pengesah),
            tuple(workspace.pelaksana[key].judul_lajur for key in sop.pelaksana),
            workspace.instansi,
        )
        for slug, sop in workspace.sop.items()
        if not sop.status.ended
    }
    return Arsip((*before, last), issued, utuh)


def read(root: Path) -> Workspace:
    """The workspace in a folder."""
    workspace = read_workspace(root).workspace
    assert workspace is not None
    return workspace
