"""Which sheets may be asked for by name."""

from __future__ import annotations

from sopdocs.errors import UsageError
from sopdocs.model import Sop, Workspace


def asked_sop(workspace: Workspace, slug: str) -> Sop:
    """Return the SOP whose sheet is asked for; raises UsageError for one that is not there, or that ended."""
    known = ", ".join(workspace.living)
    if slug not in workspace.sop:
        raise UsageError(f"SOP “{slug}” tidak ada atau tidak terbaca", f"yang ada: {known}")
    sop = workspace.sop[slug]
    if sop.status.ended:
        message = f"SOP “{slug}” berstatus {sop.status}, jadi lembarnya tidak dibuat lagi"
        raise UsageError(message, f"lembar terakhirnya ada di arsip; yang berlaku: {known}")
    return sop
