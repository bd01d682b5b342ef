"""What the layout finds on each sheet, worked out without LibreOffice and remembered between runs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path

from sopdocs import __version__
from sopdocs.engine.attachments import APPROVALS
from sopdocs.engine.stages import Templates, digest
from sopdocs.engine.store import Findings, remembered
from sopdocs.layout import FontData
from sopdocs.model import Sop, Workspace
from sopdocs.word import Inputs, Picture, make_sheet


@dataclass(frozen=True)
class PageCheck:
    """All that the pages of a workspace follow from."""

    workspace: Workspace
    fonts: FontData
    templates: Templates
    logo: bytes | None
    inputs: Mapping[str, str]
    """Path below the workspace -> SHA-256."""

    @cached_property
    def shared(self) -> str:
        """Digest of what all SOPs share."""
        return shared_inputs(self.workspace, self.inputs)

    def key(self, sop: Sop) -> str:
        """Digest of everything that can change a finding or its place."""
        files = sheet_inputs(sop, self.shared, self.inputs)
        return digest(files, __version__, self.fonts.digest, self.templates.sop.data)


def shared_inputs(workspace: Workspace, inputs: Mapping[str, str]) -> str:
    """Digest of what all sheets are made from: registers, templates, and the titles that SOPs name each other by."""
    own = ("content/sop/", f"{APPROVALS}/")
    files = sorted((path, sha256) for path, sha256 in inputs.items() if not path.startswith(own))
    names = sorted((sop.slug, sop.nama) for sop in workspace.sop.values())
    return digest(repr((files, names)))


def sheet_inputs(sop: Sop, shared: str, inputs: Mapping[str, str]) -> str:
    """Digest of the files that one sheet is made from: its own, and what all SOPs share."""
    path = f"content/sop/{sop.slug}.md"
    return digest(shared, path, inputs.get(path, ""))


def page_findings(check: PageCheck, store: Path) -> Findings:
    """Lay every sheet out that has changed since `store` was written; what the office makes of findings is not applied.

    Raises TemplateBrokenError.
    """
    logo = Picture(check.logo or check.templates.lambang, f"Logo {check.workspace.instansi.nama}")
    inputs = Inputs(check.workspace, logo, konsep=False)

    def lay_out(sop: Sop) -> Findings:
        return make_sheet(sop, inputs, check.templates.sop, check.fonts).geometry.findings

    return remembered(store, {check.key(sop): partial(lay_out, sop) for sop in check.workspace.sop.values()})
