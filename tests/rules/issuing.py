"""Archives of editions that were never written: what the rules are told of them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

from sopdocs.content import read_workspace
from sopdocs.model import Arsip, Edisi, Pengesahan, Sop, SopTerbit, Span, Status, Terbitan, Workspace

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
        )
        for slug, sop in workspace.sop.items()
        if not sop.status.ended
    }
    return Arsip((*before, last), issued, utuh)


def read(root: Path) -> Workspace:
    """The workspace in a folder, with the life of its SOPs."""
    workspace = read_workspace(root).workspace
    assert workspace is not None
    return replace(workspace, sop={slug: _living(sop, root) for slug, sop in workspace.sop.items()})


def _living(sop: Sop, root: Path) -> Sop:
    """What the front matter says of its life, and where each row of the log stands."""
    path = sop.at("").path
    lines = (root / path).read_text(encoding="utf-8").splitlines()
    front = {m[1]: (m[2], Span(path, n, m.start(2) + 1)) for n, m in _matches(r"(\w+): +(.+)", lines)}
    rows = {m[1]: Span(path, n, m.start(1) + 1) for n, m in _matches(r"\| (\d+) \|.+", lines)}
    status, day = front.get("status", ("konsep",))[0], front.get("pencabutan", (None,))[0]
    return replace(
        sop,
        status=Status(status),
        pencabutan=date.fromisoformat(day) if day else None,
        riwayat_revisi=tuple(replace(row, span=rows[str(row.revisi)]) for row in sop.riwayat_revisi),
        spans=sop.spans | {key: span for key, (_, span) in front.items() if key in ("status", "pencabutan")},
    )


def _matches(pattern: str, lines: list[str]) -> Iterable[tuple[int, re.Match[str]]]:
    found = ((number, re.fullmatch(pattern, line)) for number, line in enumerate(lines, 1))
    return ((number, match) for number, match in found if match)
