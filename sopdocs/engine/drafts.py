"""Decide which sheets are drafts (KONSEP), and say why."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePosixPath

from sopdocs.content import ARCHIVE_CODES
from sopdocs.model import Finding, Severity, Sop


def draft_reasons(sop: Sop, findings: Iterable[Finding]) -> tuple[str, ...]:
    """Why a sheet must not be signed for good.

    Errors in its own file or in a shared one, number or dates missing, open confirmations.
    """
    own = sop.at("").path
    errors = [
        str(finding)
        for finding in findings
        if finding.severity is Severity.GALAT
        and finding.code not in ARCHIVE_CODES  # damage there changes nothing of what the sheet says
        and (finding.span.path == own or not _of_one_sop(finding))
    ]
    gaps = [f"{own}: {text}" for text, missing in _gaps(sop) if missing]
    doubts = [f"{own}: perlu konfirmasi: {doubt}" for doubt in sop.perlu_konfirmasi]
    return (*errors, *gaps, *doubts)


def _gaps(sop: Sop) -> tuple[tuple[str, bool], ...]:
    """What may be missing while an SOP is written, but not on a sheet that is signed for good."""
    return (
        ("nomor SOP belum ada", sop.nomor is None),
        ("tanggal pembuatan belum diisi", sop.pembuatan is None),
        ("tanggal pengesahan belum diisi", sop.pengesahan is None),
    )


def _of_one_sop(finding: Finding) -> bool:
    # How an SOP was monitored says nothing of any sheet.
    return PurePosixPath(finding.span.path).parent.name in ("sop", "monitoring")
