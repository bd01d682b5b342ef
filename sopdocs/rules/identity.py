"""The identity block: numbers, dates, officials, open confirmations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from sopdocs.model import Finding, Severity, Sop, Workspace

CODES: dict[str, str] = {
    "SOP101": "Nomor SOP belum ada",
    "SOP102": "Nomor SOP tidak sesuai pola kantor",
    "SOP103": "Nomor SOP dipakai dua kali",
    "SOP104": "Tanggal belum diisi",
    "SOP105": "Urutan tanggal terbalik",
    "SOP106": "NIP tidak wajar",
    "SOP107": "Masih perlu konfirmasi",
}
_NIP = re.compile(r"(\d{4})(\d\d)(\d\d)(\d{4})(\d\d)[12]\d{3}", re.ASCII)
_LEAST_AGE = 18


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


def check_officials(workspace: Workspace) -> Iterator[Finding]:
    """Judge each NIP: birth date (8), start of service (6), sex (1), sequence (3)."""
    for official in workspace.pejabat.values():
        if not official.nip:
            continue
        span = official.spans.get("nip", official.spans[""])
        match = _NIP.fullmatch("".join(official.nip.split()))
        if not match:
            yield Finding(span, "SOP106", f"NIP “{official.nip}” tidak terdiri atas 18 angka yang wajar")
            continue
        year, month, day, start, start_month = (int(part) for part in match.groups())
        if not (_in_calendar(year, month, day) and _in_calendar(start, start_month, 1)):
            yield Finding(span, "SOP106", f"NIP “{official.nip}” memuat tanggal yang tidak ada")
        elif (start * 12 + start_month) - (year * 12 + month) < _LEAST_AGE * 12:
            message = f"Menurut NIP “{official.nip}”, {official.nama} mulai bekerja sebelum berumur {_LEAST_AGE} tahun"
            yield Finding(span, "SOP106", message, "periksa kembali pada dokumen kepegawaian")


def _in_calendar(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
