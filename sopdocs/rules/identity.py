"""The identity block: numbers, dates, open confirmations."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sopdocs.model import Finding, Severity, Sop, Workspace

CODES: dict[str, str] = {
    "SOP101": "Nomor SOP belum ada",
    "SOP102": "Nomor SOP tidak sesuai pola kantor",
    "SOP103": "Nomor SOP dipakai dua kali",
    "SOP104": "Tanggal belum diisi",
    "SOP105": "Urutan tanggal terbalik",
    "SOP107": "Masih perlu konfirmasi",
}


def check_identity(sop: Sop, workspace: Workspace) -> Iterator[Finding]:
    """Judge number, dates and confirmations of one SOP."""
    pattern = workspace.instansi.pola_nomor
    if sop.nomor is None:
        yield Finding(
            sop.at("nomor"),
            "SOP101",
            "Nomor SOP belum ada",
            "isi kunci nomor: setelah SOP ini diberi nomor",
            Severity.PERINGATAN,
        )
    elif pattern and not re.fullmatch(pattern, sop.nomor):
        yield Finding(sop.at("nomor"), "SOP102", f"Nomor “{sop.nomor}” tidak sesuai pola {pattern}")
    for name in ("pembuatan", "pengesahan"):
        if getattr(sop, name) is None:
            message = f"Tanggal {name} belum diisi"
            yield Finding(sop.at(name), "SOP104", message, f"contoh: {name}: 2023-01-02", Severity.PERINGATAN)
    # A revision date may lie ahead: it may be the planned review (PermenPAN-RB 35/2012).
    for name in ("revisi", "efektif", "pengesahan"):
        day = getattr(sop, name)
        if day and sop.pembuatan and day < sop.pembuatan:
            message = f"Tanggal {name} mendahului tanggal pembuatan ({sop.pembuatan.isoformat()})"
            yield Finding(sop.at(name), "SOP105", message)
    for number, doubt in enumerate(sop.perlu_konfirmasi):
        yield Finding(
            sop.at(f"perlu_konfirmasi.{number}"),
            "SOP107",
            f"Perlu konfirmasi: {doubt}",
            "hapus butirnya setelah dipastikan",
            Severity.CATATAN,
        )


def check_numbers(workspace: Workspace) -> Iterator[Finding]:
    """Report a number that two SOPs bear."""
    seen: dict[str, str] = {}
    for sop in workspace.sop.values():
        if sop.nomor is None:
            continue
        if sop.nomor in seen:
            yield Finding(sop.at("nomor"), "SOP103", f"Nomor “{sop.nomor}” sudah dipakai {seen[sop.nomor]}.md")
        seen.setdefault(sop.nomor, sop.slug)
