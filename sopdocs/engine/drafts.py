"""Decide which sheets are drafts (KONSEP), and say why."""

from __future__ import annotations

from collections.abc import Iterable

from sopdocs.model import Finding, Severity, Sop


def draft_reasons(sop: Sop, findings: Iterable[Finding]) -> tuple[str, ...]:
    """Why a sheet must not be signed for good: errors in its file or in a shared file, open confirmations."""
    own = f"content/sop/{sop.slug}.md"
    errors = [
        str(finding)
        for finding in findings
        if finding.severity is Severity.GALAT and (finding.span.path == own or not _of_a_sop(finding))
    ]
    doubts = [f"{own}: perlu konfirmasi: {doubt}" for doubt in sop.perlu_konfirmasi]
    return (*errors, *doubts)


def _of_a_sop(finding: Finding) -> bool:
    return finding.span.path.startswith("content/sop/")
