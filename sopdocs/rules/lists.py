"""The six lists, and the mutu baku of the steps."""

from __future__ import annotations

from collections.abc import Iterator

from sopdocs.model import Finding, Severity, Sop

CODES: dict[str, str] = {
    "SOP110": "Bagian belum diisi",
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


def check_steps(sop: Sop) -> Iterator[Finding]:
    """Report steps whose mutu baku is empty."""
    for step in (step for prosedur in sop.prosedur for step in prosedur.langkah):
        missing = [n for n in ("syarat", "waktu", "output") if not getattr(step, n)]
        if missing:
            message = f"Langkah {step.nomor}: {', '.join(missing)} belum diisi"
            hint = "tulis - bila memang tidak ada"
            yield Finding(step.span or sop.at("prosedur"), "SOP112", message, hint, Severity.PERINGATAN)
