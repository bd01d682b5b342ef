"""The six lists, the regulations they cite, and the mutu baku of the steps."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sopdocs.model import Finding, Severity, Sop, StatusPeraturan, Workspace

CODES: dict[str, str] = {
    "SOP110": "Bagian belum diisi",
    "SOP111": "Dasar hukum sudah dicabut",
    "SOP112": "Mutu baku belum diisi",
}
_LISTS = {
    "dasar_hukum": "Dasar Hukum",
    "kualifikasi_pelaksana": "Kualifikasi Pelaksana",
    "keterkaitan": "Keterkaitan",
    "peralatan": "Peralatan/Perlengkapan",
    "peringatan": "Peringatan",
    "pencatatan": "Pencatatan dan Pendataan",
}


def check_lists(sop: Sop) -> Iterator[Finding]:
    """Report each of the six lists that is empty."""
    for field, title in _LISTS.items():
        if not getattr(sop, field):
            hint = f"tulis ## {title} dan isinya; tulis - bila memang tidak ada"
            yield Finding(sop.at(field), "SOP110", f"Bagian {title} belum diisi", hint)


def check_regulations(sop: Sop, workspace: Workspace) -> Iterator[Finding]:
    """Report a regulation that the register knows as revoked."""
    for entry in workspace.peraturan:
        if entry.status is not StatusPeraturan.DICABUT:
            continue
        # Only at the beginning: the title of another regulation may name this one.
        cited = re.compile(re.escape(entry.kutipan.removesuffix(f" tentang {entry.tentang}")) + r"\b", re.IGNORECASE)
        for paragraph in sop.dasar_hukum.paragraphs:
            if cited.match(paragraph.text):
                by = f" oleh {entry.dicabut_oleh}" if entry.dicabut_oleh else ""
                message = f"{entry.jenis} {entry.nomor}/{entry.tahun} menurut peraturan.yaml sudah dicabut{by}"
                span = paragraph.span or sop.dasar_hukum.span or sop.at("dasar_hukum")
                yield Finding(span, "SOP111", message, "perbarui rujukannya", Severity.PERINGATAN)


def check_steps(sop: Sop) -> Iterator[Finding]:
    """Report steps whose mutu baku is empty."""
    for step in (step for prosedur in sop.prosedur for step in prosedur.langkah):
        missing = [n for n in ("syarat", "waktu", "output") if not getattr(step, n)]
        if missing:
            message = f"Langkah {step.nomor}: {', '.join(missing)} belum diisi"
            hint = "tulis - bila memang tidak ada"
            yield Finding(step.span or sop.at("prosedur"), "SOP112", message, hint, Severity.PERINGATAN)
