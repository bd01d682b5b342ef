"""Read again what an edition was made from."""

from __future__ import annotations

from dataclasses import replace

from sopdocs.content.edisi import ISI, RECORD
from sopdocs.content.memory import Memory
from sopdocs.content.report import Report
from sopdocs.content.status import without_status
from sopdocs.content.workspace import SOPS, Reading, read_workspace
from sopdocs.errors import reason
from sopdocs.model import Edisi, Place, Severity, Sop, Span, Terbitan, Workspace

RESTORE = "pulihkan dari salinan cadangan atau riwayat git; jangan diperbaiki atau dihapus sendiri"
_RECORDED = ("nama", "nomor", "revisi_ke", "pembuatan", "revisi", "pengesahan", "efektif")
"""What the record repeats from the content."""
_ADVICE = "arsipnya utuh; perbarui sopdocs, atau bacalah lembarnya sebagai PDF"


def read_edition(place: Place, edisi: Edisi, memory: Memory | None = None) -> Reading:
    """Read the workspace that an edition was made from; places in findings are below its folder `isi/`.

    With the `memory` of reading the workspace of today only what changed since is read; an SOP that differs in its
    status alone is then given as it is today.
    """
    root = place.root / edisi.folder / ISI
    if memory is None:
        return read_workspace(root, office=place.office)
    return read_workspace(root, _unchanged(place, edisi, memory), memory.edition(edisi.folder), place.office)


def read_last(place: Place, edisi: Edisi, memory: Memory | None, report: Report) -> dict[str, Terbitan]:
    """Return the SOPs of an edition's bundle by slug; `memory` is that of reading the workspace of today.

    What can no longer be read is reported.
    """
    path = f"{edisi.folder}/{ISI}"
    try:
        workspace = read_edition(place, edisi, memory).workspace
    except OSError as error:
        report.add(
            Span(path), "SOP218", f"Isi {edisi} tidak dapat dibaca: {reason(error)}", _ADVICE, Severity.PERINGATAN
        )
        return {}
    if workspace is None:
        report.add(
            Span(path), "SOP218", f"Isi {edisi} tidak terbaca lagi oleh sopdocs ini", _ADVICE, Severity.PERINGATAN
        )
        return {}
    found: dict[str, Terbitan] = {}
    for issued in edisi.berlaku:
        sop = workspace.sop.get(issued.slug)
        if sop is None:
            message = f"SOP {issued.slug} dari {edisi} tidak terbaca lagi oleh sopdocs ini"
            report.add(Span(path), "SOP218", message, _ADVICE, Severity.PERINGATAN)
            continue
        found[issued.slug] = terbitan(edisi, replace(sop, status=issued.status), workspace)
        for name in _RECORDED:
            if getattr(issued, name) != getattr(sop, name):
                message = f"Catatan {edisi} tentang {issued.slug} ({name}) tidak sesuai isi edisi itu"
                report.add(Span(f"{edisi.folder}/{RECORD}"), "SOP213", message, RESTORE)
    return found


def terbitan(edisi: Edisi, sop: Sop, workspace: Workspace) -> Terbitan:
    """Return an SOP as `workspace` prints it."""
    lanes = tuple(workspace.pelaksana[key].judul_lajur for key in sop.pelaksana if key in workspace.pelaksana)
    return Terbitan(edisi, sop, workspace.pejabat.get(sop.pengesah), lanes, workspace.instansi)


def _unchanged(place: Place, edisi: Edisi, memory: Memory) -> dict[str, str]:
    """Return today's text of those SOPs that differ in nothing but their status: it is known what they say."""
    found: dict[str, str] = {}
    homes = tuple(f"{home}/" for home in place.candidates(SOPS))
    for path, parsed in memory.files.items():
        if not path.startswith(homes) or parsed.ended:  # of another office, or no longer in today's bundle
            continue
        now = parsed.source.text
        try:
            then = (place.root / edisi.folder / ISI / path).read_text(encoding="utf-8-sig")
        except (OSError, ValueError):
            continue
        if then != now and without_status(then) == without_status(now):
            found[path] = now
    return found
