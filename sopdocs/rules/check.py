"""Run every rule."""

from __future__ import annotations

from sopdocs.model import Finding, Workspace, sorted_findings
from sopdocs.rules import flow, identity, lists, nip

CODES: dict[str, str] = {**identity.CODES, **nip.CODES, **lists.CODES, **flow.CODES}
"""Every code the rules give, with a short Indonesian title."""


def check_workspace(workspace: Workspace) -> tuple[Finding, ...]:
    """Return what the rules find, sorted by place."""
    found: list[Finding] = [*identity.check_numbers(workspace), *nip.check_officials(workspace)]
    for sop in workspace.sop.values():
        found += identity.check_identity(sop, workspace)
        found += lists.check_lists(sop)
        found += lists.check_regulations(sop, workspace)
        found += lists.check_steps(sop)
        for prosedur in sop.prosedur:
            found += flow.check_flow(sop, prosedur)
        found += flow.check_lanes(sop)
    return sorted_findings(found)
